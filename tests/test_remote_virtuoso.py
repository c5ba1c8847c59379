"""Virtuoso, which differs from Oxigraph in what SPARQL leaves open, and in some that it tells."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad

from example import CHARGE, STATEMENTS
from graphkit.cli import cli
from graphkit.remote.store import RemoteStore
from graphkit.store import Store
from servers import virtuoso
from test_remote_store import fill

pytestmark = pytest.mark.slow
COMMANDS = [
    ["actors"],
    ["topic", CHARGE],
    ["article", "herald-1"],
    ["explain", STATEMENTS[0].id],
    ["stance", "novak", CHARGE],
    ["changes"],
    ["check"],
    ["export", "-o", "-", "-f", "ttl"],
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        with Store.open(url) as store:
            fill(store)
        yield url


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("local") / "debate.db"
    with Store.open(path) as store:
        fill(store)
    return path


def test_all_changes_leave_the_same_quads(url: str, local: Path) -> None:
    dumps = []
    for place in (url, local):
        with Store.open(place, read_only=True) as store:
            stream = io.BytesIO()
            store.dump(stream)
            dumps.append(stream.getvalue())
    assert dumps[0] == dumps[1]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same(command: list[str], url: str, local: Path) -> None:
    runner = CliRunner()
    told, wanted = (runner.invoke(cli, [*command, "-s", str(s)]) for s in (url, local))
    assert (told.exit_code, told.stdout, told.stderr) == (0, wanted.stdout, wanted.stderr)


def test_a_change_too_large_for_one_request_is_made_in_pieces(url: str) -> None:
    with Store.open(url) as store:
        assert isinstance(store._inner, RemoteStore)
        before = set(store._inner)
        more = _many(store, 3_000)
        store._inner.change(set(), more)
        assert set(store._inner) == before | more
        store._inner.change(more, set())
        assert set(store._inner) == before


def _many(store: Store, number: int) -> set[Quad]:
    graph = NamedNode(store.iris.graph("topics"))
    note = NamedNode("http://www.w3.org/2004/02/skos/core#note")
    node = NamedNode(f"{store.iris.base}many")
    return {Quad(node, note, Literal(f"note {n}"), graph) for n in range(number)}
