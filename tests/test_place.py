"""Where a store is."""

from pathlib import Path

import pytest

from graphkit.errors import StoreError
from graphkit.place import ServerUrl, to_place


@pytest.mark.parametrize("text", ["graphkit.db", "/data/debate.db", "httpd", "http.db", "a:b"])
def test_what_is_no_address_is_a_path(text: str) -> None:
    assert to_place(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("https://data.example/sparql", ServerUrl("https://data.example/sparql")),
        ("HTTP://data.example:8890/q?x=1#y", ServerUrl("http://data.example:8890/q?x=1")),
        ("http://ann:p%40ss@data.example/q", ServerUrl("http://data.example/q", "ann", "p@ss")),
        ("http://[::1]:7878/query", ServerUrl("http://[::1]:7878/query")),
    ],
)
def test_an_address_parts_from_name_and_password(text: str, place: ServerUrl) -> None:
    assert to_place(text) == place


@pytest.mark.parametrize("text", ["http://", "https:/host/sparql", "http://host:port/sparql"])
def test_an_address_without_a_host_is_refused(text: str) -> None:
    with pytest.raises(StoreError, match="The store's address is none"):
        to_place(text)


def test_nothing_that_is_printed_tells_the_password() -> None:
    place = to_place("https://ann:secret@data.example/sparql")
    assert "secret" not in f"{place} {place!r}"
