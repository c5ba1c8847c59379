"""A store on a real SPARQL server answers and changes as one at hand does."""

import dataclasses
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import URIRef

import example
from example import CHARGE, EXTRACTIONS, STATEMENTS
from graphkit.cli import cli
from graphkit.codebook import Concept
from graphkit.correcting import alias, merge, rename, represents
from graphkit.database import FORMAT
from graphkit.errors import QueryError, StoreChangedError, StoreError
from graphkit.queries import shipped_queries
from graphkit.rdf import term
from graphkit.remote.marker import HALFWAY, HOME
from graphkit.remote.server import Server, ServerError
from graphkit.remote.store import RemoteStore
from graphkit.statement import Extraction
from graphkit.store import Store
from processes import numbered, run_python
from servers import oxigraph, update

LOOK_UPS = [
    ["actors"],
    ["actors", "doubtful"],
    ["actors", "corrections"],
    ["topics"],
    ["topics", "worst"],
    ["topics", "suggest"],
    ["actor", "Norland"],
    ["actor", "norlandd"],
    ["topic", CHARGE],
    ["topic", "transport", "--narrower"],
    ["quotes", "Norland"],
    ["article", "herald-1"],
    ["explain", STATEMENTS[0].id],
    ["stance", "novak", CHARGE],
    ["timeline", CHARGE],
    ["changes"],
    ["compare", "novak", "norland"],
    ["allies", "novak"],
    ["measures"],
    ["check"],
    ["export", "-o", "-", "-f", "graphml"],
    ["export", "-o", "-", "-f", "csv"],
    ["export", "-o", "-", "-f", "ttl"],
    ["export", "-o", "-", "-f", "nq"],
]
VALUES = {"actor": "norland", "principal": "norland", "topic": CHARGE, "article": "herald-1"}
QUERIES = [
    ["query", query.name, "-f", "csv"]
    + [
        part
        for p in query.parameters
        if p.is_required
        for part in ("-p", f"{p.name}={VALUES[p.name]}")
    ]
    for query in shipped_queries()
]


def fill(store: Store) -> None:
    """Add articles, a codebook and corrections of all kinds, and change and remove some."""
    store.add_concepts([Concept("tram fares", ("free trams",), broader=("transport",))])
    for extraction in EXTRACTIONS:
        store.add(extraction)
    store.correct(alias(store, "Łucja Novák", ["The mayor"]))
    store.correct(merge(store, "Norland", ["Chamber of Commerce"]))
    store.correct(rename(store, "Ana Pérez", "Ana Maria Pérez"))
    store.correct(represents(store, "Tom Reed", "Norland"))
    store.undo([store.curations.corrections[1].id])
    store.remove(EXTRACTIONS[1].article.id)
    store.add(EXTRACTIONS[1])
    store.add(reread(EXTRACTIONS[0]))


def reread(extraction: Extraction) -> Extraction:
    """Return an article of which less was found."""
    return dataclasses.replace(extraction, statements=extraction.statements[:1])


def dump(store: Store) -> bytes:
    stream = io.BytesIO()
    store.dump(stream)
    return stream.getvalue()


def remote(store: Store) -> RemoteStore:
    return cast(RemoteStore, store._inner)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """Return the address of an empty store."""
    update(server, "CLEAR ALL")
    return server


@pytest.fixture(scope="module")
def filled() -> Iterator[str]:
    with oxigraph("--union-default-graph") as url:
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
    with Store.open(url) as store:
        fill(store)
        assert list(store.find_faults()) == []
    with Store.open(url, read_only=True) as again, Store.open(local, read_only=True) as other:
        assert dump(again) == dump(other)
        assert list(again.find_faults()) == []
        assert again.corrections() == other.corrections()
        assert again.extraction("herald-1") == other.extraction("herald-1")


@pytest.mark.parametrize("command", [*LOOK_UPS, *QUERIES], ids=" ".join)
def test_commands_print_the_same(command: list[str], filled: str, local: Path) -> None:
    runner = CliRunner()
    told, wanted = (runner.invoke(cli, [*command, "-s", str(s)]) for s in (filled, local))
    assert (told.exit_code, told.stdout, told.stderr) == (
        wanted.exit_code,
        wanted.stdout,
        wanted.stderr,
    )
    assert wanted.stdout or wanted.exit_code


def test_the_variable_names_a_server(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHKIT_STORE", filled)
    result = CliRunner().invoke(cli, ["info", "-f", "json"])
    facts = json.loads(result.stdout)
    assert (facts["store"], facts["articles"]) == (filled, 3)


def test_queries_of_all_forms(filled: str, local: Path) -> None:
    texts = [
        "ASK { ?s a gk:Statement }",
        "ASK { ?s a gk:Nothing }",
        "CONSTRUCT { ?a gk:opposes ?t } WHERE { ?a gk:opposes ?t }",
        "DESCRIBE :Norland",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s a gk:Statement }",
        "# a comment\nPREFIX x: <https://x.example/>\nASK { ?s x:y ?o }",
    ]
    runner = CliRunner()
    for text in texts:
        told, wanted = (
            runner.invoke(cli, ["query", "-e", text, "-s", str(s), "-f", "json"])
            for s in (filled, local)
        )
        assert told.stdout == wanted.stdout
        assert wanted.stdout


def test_what_is_no_sparql_is_told_before_it_is_sent(filled: str) -> None:
    with Store.open(filled, read_only=True) as store:
        sent = remote(store).server.requests
        with pytest.raises(QueryError, match="line 1, column"):
            store.query("SELECT * WHERE { ?s ?p }")
        assert remote(store).server.requests == sent


def test_a_store_that_is_not_there_is_only_made_by_a_change(url: str) -> None:
    with pytest.raises(StoreError, match=r"There is no store at .* `graphkit add` makes one"):
        Store.open(url, read_only=True)
    with Store.open(url) as store:
        assert store.articles() == []
    with pytest.raises(StoreError, match="There is no store"):
        Store.open(url, read_only=True)


def test_what_is_opened_for_reading_is_not_changed(filled: str) -> None:
    with Store.open(filled, read_only=True) as store:
        with pytest.raises(StoreError, match="is open for reading only"):
            store.add(EXTRACTIONS[0])
        with pytest.raises(StoreError, match="is open for reading only"):
            remote(store).update("CLEAR ALL")


def test_another_base_or_format_is_refused(url: str) -> None:
    with Store.open(url, base="https://a.example/") as store:
        store.add(EXTRACTIONS[0])
    with Store.open(url) as store:
        assert store.iris.base == "https://a.example/"
    with pytest.raises(StoreError, match=r"has the base https://a.example/, not https://b"):
        Store.open(url, base="https://b.example/")
    update(
        url,
        f'DELETE {{ GRAPH {HOME} {{ ?s ?p "{FORMAT}" }} }} '
        f'INSERT {{ GRAPH {HOME} {{ ?s ?p "99" }} }} '
        f'WHERE {{ GRAPH {HOME} {{ ?s ?p "{FORMAT}" }} }}',
    )
    with pytest.raises(StoreError, match="has format 99"):
        Store.open(url)


def test_other_data_on_the_server_is_left_alone(url: str) -> None:
    update(url, "INSERT DATA { GRAPH <x:g> { <x:s> <x:p> 1 } <x:s> <x:p> 2 }")
    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])
        assert b"x:g" not in dump(store)
        assert list(store.find_faults()) == []
        with Store.open(None) as other:
            other.add(EXTRACTIONS[0])
            assert dump(store) == dump(other)


def test_data_of_the_servers_own_loader_is_a_store(url: str, local: Path) -> None:
    with Store.open(local, read_only=True) as store:
        quads = "\n".join(
            f"GRAPH {q.graph_name} {{ {q.subject} {q.predicate} {q.object} }}"
            for q in store.iter_quads()
        )
        update(url, f"INSERT DATA {{ {quads} }}")
        with Store.open(url, read_only=True) as other:
            assert dump(other) == dump(store)
    with Store.open(url) as other:
        other.remove("herald-1")
        assert list(other.find_faults()) == []


# --- several at a time ----------------------------------------------------------------------------


def test_two_writers_lose_nothing(url: str) -> None:
    with Store.open(url) as one, Store.open(url) as other:
        one.add(EXTRACTIONS[0])
        other.add(EXTRACTIONS[1])  # follows from a store without the first article
        one.add(EXTRACTIONS[2])
        assert list(one.find_faults()) == []
    with Store.open(url, read_only=True) as store, Store.open(None) as wanted:
        for extraction in EXTRACTIONS:
            wanted.add(extraction)
        assert dump(store) == dump(wanted)


def test_two_processes_write_at_once(url: str) -> None:
    code = """
        import sys
        from graphkit.store import Store
        from processes import numbered
        with Store.open(sys.argv[1]) as store:
            for number in range(int(sys.argv[2]), 12, 2):
                store.add(numbered(number))
        """
    writers = [run_python(code, url, start) for start in (0, 1)]
    for writer in writers:
        writer.communicate()
    assert [writer.returncode for writer in writers] == [0, 0]
    with Store.open(url, read_only=True) as store, Store.open(None) as wanted:
        for number in range(12):
            wanted.add(numbered(number))
        assert dump(store) == dump(wanted)


def test_what_changes_while_it_is_read_is_told_in_one_line(url: str) -> None:
    with Store.open(url) as writer:
        writer.add(EXTRACTIONS[0])

        def read() -> None:
            with Store.open(url, read_only=True) as reader:
                nodes = list(reader.actors_by_node())
                writer.remove(EXTRACTIONS[0].article.id)
                remote(reader)._memory.clear()  # as if all that had not been asked yet
                next(reader._inner.quads_for_pattern(NamedNode(nodes[0]), None, None))

        with pytest.raises(StoreChangedError, match=r"meanwhile\. Run it again"):
            read()


def test_a_correction_of_what_has_changed_is_refused_as_a_whole(url: str) -> None:
    with Store.open(url) as one, Store.open(url) as other:
        one.add(EXTRACTIONS[0])
        renaming = rename(one, "Norland", "Northland")
        other.add(EXTRACTIONS[1])
        with pytest.raises(StoreChangedError, match="nothing of this change was made"):
            one.correct(renaming)
        assert [one for one, _ in other.corrections()] == []
        one._forget()
        one.correct(renaming)
        assert list(one.find_faults()) == []


def test_an_update_of_the_user_is_a_change_to_others(url: str) -> None:
    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])
        home = store.iris.graph("topics")
        text = f"INSERT DATA {{ GRAPH <{home}> {{ :new a skos:Concept ; skos:prefLabel 'new' }} }}"
        refused = CliRunner().invoke(cli, ["query", "-e", text, "-s", url])
        assert "--write lets it change a store" in refused.stderr
        count = len(store._inner)
        assert CliRunner().invoke(cli, ["query", "-e", text, "-s", url, "--write"]).exit_code == 0
        assert len(store._inner) == count + 2
        with pytest.raises(StoreChangedError):
            store.add_concepts([Concept("fares")])


def test_a_change_whose_answer_is_lost_is_known_to_be_made(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = Server.update

    def lose(self: Server, text: str) -> None:
        send(self, text)
        raise ServerError("the line broke")

    with Store.open(url) as store:
        with monkeypatch.context() as patched:
            patched.setattr(Server, "update", lose)
            store.add(EXTRACTIONS[0])
        assert len(store.articles()) == 1


def test_a_change_that_the_server_refuses_is_not_made(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Server, text: str) -> None:
        raise ServerError("out of memory", 500)

    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])
        before = dump(store)
        with monkeypatch.context() as patched:
            patched.setattr(Server, "update", refuse)
            with pytest.raises(ServerError, match="out of memory"):
                store.add(EXTRACTIONS[1])
        assert dump(store) == before


# --- servers that take little at once -------------------------------------------------------------


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let servers refuse what has more than 200 lines; return the sizes of what they took."""
    send, taken = Server.update, []

    def take(self: Server, text: str) -> None:
        if text.count(" .\n") > 200:
            raise ServerError("too large", 400)
        taken.append(text.count(" .\n"))
        send(self, text)

    monkeypatch.setattr(Server, "update", take)
    return taken


def test_a_large_change_is_made_in_pieces(url: str, narrow: list[int]) -> None:
    with Store.open(url) as store, Store.open(None) as wanted:
        store.add(EXTRACTIONS[0])
        wanted.add(EXTRACTIONS[0])
        assert len(narrow) > 1
        assert dump(store) == dump(wanted)
        assert list(store.find_faults()) == []


def test_a_change_that_was_stopped_halfway_is_found_and_mended(
    url: str, narrow: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Server.update

    def stop(self: Server, text: str) -> None:
        if len(narrow) == stop_after:
            raise KeyboardInterrupt
        take(self, text)

    with Store.open(url) as store:
        store.add(EXTRACTIONS[1])
        stop_after = len(narrow) + 2
        monkeypatch.setattr(Server, "update", stop)
        with pytest.raises(KeyboardInterrupt):
            store.add(EXTRACTIONS[0])
        monkeypatch.setattr(Server, "update", take)
    with Store.open(url) as store:
        assert "herald-1" not in store.digests()  # so that `add` reads it again
        with pytest.raises(StoreError, match=r"halfway through a change.*check --repair"):
            store.add(EXTRACTIONS[2])
    runner = CliRunner()
    told = runner.invoke(cli, ["check", "-s", url])
    assert told.exit_code == 1
    assert "a change was stopped halfway" in told.output
    assert "article herald-1" in runner.invoke(cli, ["check", "--repair", "-s", url]).output
    with Store.open(url) as store, Store.open(None) as wanted:
        store.add(EXTRACTIONS[0])
        assert list(store.find_faults()) == []
        wanted.add(EXTRACTIONS[0])
        wanted.add(EXTRACTIONS[1])
        assert dump(store) == dump(wanted)


def test_what_was_read_halfway_through_a_change_is_not_used(url: str) -> None:
    with Store.open(url) as one:
        one.add(EXTRACTIONS[0])
        remote(one)._take([], is_halfway=True)
        with Store.open(url) as other:
            assert len(other.articles()) == 1
            with pytest.raises(StoreError, match="halfway through a change"):
                other.add(EXTRACTIONS[1])
            remote(one)._take([])
            one.add(EXTRACTIONS[2])
            other.add(EXTRACTIONS[1])
            assert list(other.find_faults()) == []
            assert len(other.articles()) == 3


# --- few requests ---------------------------------------------------------------------------------


def test_an_article_takes_few_requests(url: str) -> None:
    with Store.open(url) as store:
        for extraction in EXTRACTIONS[:2]:
            store.add(extraction)
        before = remote(store).server.requests
        store.add(EXTRACTIONS[2])
        assert remote(store).server.requests - before <= 15


def test_things_that_came_together_are_asked_about_together(filled: str) -> None:
    with Store.open(filled, read_only=True) as store:
        before = remote(store).server.requests
        assert len(store.actors_by_node()) > 5
        assert remote(store).server.requests - before <= 8


def test_much_that_has_one_value_comes_as_a_whole(url: str) -> None:
    base, kind = "https://w3id.org/graphkit/id/", term("rdf:type")
    graph = NamedNode(f"{base}article/many")
    quads = {
        Quad(NamedNode(f"{base}article/many#actor={n}"), kind, term("gk:Mention"), graph)
        for n in range(6_000)
    }
    with Store.open(url) as store:
        remote(store).extend(quads)
        assert set(store._inner.quads_for_pattern(None, kind, term("gk:Mention"))) == quads
        assert set(store._inner.quads_for_pattern(None, None, None, graph)) == quads
        assert set(store._inner) == quads
        assert len(store._inner) == 6_000


def test_a_store_at_hand_needs_nothing_of_this(local: Path) -> None:
    code = (
        "import sys; from graphkit.cli import cli; "
        f"cli(['topics', '-s', {str(local)!r}], standalone_mode=False); "
        "print({'requests', 'urllib3', 'graphkit.remote'} & {*sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "set()\n"


# --- rdflib ---------------------------------------------------------------------------------------


def test_rdflib_reads_and_writes_the_same_store(url: str) -> None:
    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])
        dataset: Any = store.dataset
        rows = dataset.query("SELECT ?s WHERE { ?s a gk:Statement }")
        assert {str(row.s) for row in rows} == {
            store.iris.statement(one.id) for one in EXTRACTIONS[0].statements
        }
        home = dataset.get_context(URIRef(store.iris.graph("topics")))
        home.add((URIRef("x:a"), URIRef("x:b"), URIRef("x:c")))
        node = NamedNode("x:a")
        (quad,) = store._inner.quads_for_pattern(node, None, None)
        assert quad.object == NamedNode("x:c")
    with Store.open(url, read_only=True) as store:
        reading: Any = store.dataset
        assert len(list(reading.query("SELECT ?s WHERE { ?s a gk:Statement }"))) > 0


def test_terms_come_back_as_they_were(url: str) -> None:
    base = "https://w3id.org/graphkit/id/"
    graph, node = NamedNode(f"{base}graph/topics"), NamedNode(f"{base}x")
    values = [
        Literal('"quoted" \\ and\nlines\r\t\x01 \u2028 😀 e\u0301'),
        Literal("Strom", language="de"),
        Literal("1.5", datatype=term("xsd:decimal")),
        Literal("true", datatype=term("xsd:boolean")),
        Literal(""),
        NamedNode("https://x.example/%C3%A9?a=b#c"),
    ]
    quads = {Quad(node, term("skos:note"), value, graph) for value in values}
    with Store.open(url) as store:
        remote(store).extend(quads)
    with Store.open(url) as store:
        assert set(store._inner.quads_for_pattern(node, None, None)) == quads
        remote(store).change(quads, set())
        assert list(store._inner.quads_for_pattern(node, None, None)) == []
        assert HALFWAY not in store._inner


def test_graphs_of_the_example_are_there(filled: str) -> None:
    with Store.open(filled, read_only=True) as store:
        graph = NamedNode(store.iris.article(example.PROPOSAL.id))
        assert store._inner.contains_named_graph(graph)
        assert not store._inner.contains_named_graph(NamedNode(store.iris.article("nothing")))
