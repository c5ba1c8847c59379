"""Of the media types that we have, a client gets the one that it likes best."""

import pytest

from graphkit.serve.negotiation import choose

OFFERS = ["application/sparql-results+json", "application/xml", "text/csv"]
JSON, XML, CSV = OFFERS


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV ; charset=utf-8", CSV),
        ("text/*", CSV),
        ("text/csv, */*", CSV),
        ("*/*, text/csv", CSV),
        ("text/csv;q=0.5, application/xml;q=0.7", XML),
        ("text/csv;q=0.5, */*;q=0.9", JSON),
        ("application/sparql-results+json;q=0, */*", XML),
        ("application/*;q=0.2, application/xml;q=0.1, text/csv; q=0.15", JSON),
        ("text/csv, application/xml", XML),
        (",, text/csv ,", CSV),
        ("text/csv; q=1.000", CSV),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=most", None),
        ("*/*;q=0", None),
    ],
)
def test_the_best_liked_is_chosen(accept: str, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen
