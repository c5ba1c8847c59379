"""``graphkit query`` asks, and changes a store only where it may."""

import csv
import io
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from example import CHARGE, make_store
from graphkit.cli import cli
from graphkit.store import Store
from graphs import union_of

SUPPORTERS = """SELECT ?actor WHERE {
  ?topic skos:prefLabel "congestion charge" .
  ?node gk:supports ?topic ; skos:prefLabel ?actor .
} ORDER BY ?actor"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


class Outcome(NamedTuple):
    """What a command said."""

    exit_code: int
    stdout: str
    stderr: str


def _start(path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "graphkit", "query", *arguments, "-s", str(path)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)


def _run(path: Path, *arguments: str, stdin: str | bytes = b"") -> Outcome:
    """Run the command in a process of its own: it forks, and we have had stores open."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    with _start(path, *arguments) as process:
        try:
            stdout, stderr = process.communicate(data, timeout=60)
        finally:
            process.kill()
    return Outcome(process.returncode, stdout.decode(), stderr.decode())


def _names(result: Outcome) -> list[str]:
    assert (result.exit_code, result.stderr) == (0, "")
    rows = csv.DictReader(io.StringIO(result.stdout))
    return [row["actor"] for row in rows]


TWICE = ("topic-positions", "-p", "topic=x", "-p", "topic=y")
ANSWER = ["Ana Pérez", "Norland", "Łucja Novák"]


def test_a_query_can_be_text_file_or_standard_input(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.rq"
    file.write_text(SUPPORTERS)
    assert _names(_run(path, "-e", SUPPORTERS, "-f", "csv")) == ANSWER
    assert _names(_run(path, str(file), "-f", "csv")) == ANSWER
    assert _names(_run(path, "-", "-f", "csv", stdin=SUPPORTERS)) == ANSWER


def test_a_named_query_takes_names_as_people_write_them(path: Path) -> None:
    result = _run(path, "topic-positions", "-p", "topic=Congestion CHARGE", "-f", "jsonl")
    actors = [json.loads(line)["actorLabel"] for line in result.stdout.splitlines()]
    assert "Łucja Novák" in actors


def test_a_table_shortens_iris(path: Path) -> None:
    query = "SELECT ?actor { ?actor skos:prefLabel 'Norland' }"
    assert _run(path, "-e", query).stdout.split() == ["actor", "────────", ":Norland"]


def test_ask_and_construct_are_answered(path: Path) -> None:
    asked = _run(path, "-e", "ASK { :Norland gk:supports ?topic }", "-f", "json")
    assert json.loads(asked.stdout)["boolean"] is True
    graph = "CONSTRUCT { ?actor :likes :it } WHERE { ?actor gk:supports ?topic }"
    assert ":Norland :likes :it" in _run(path, "-e", graph, "-f", "ttl").stdout


def test_zero_rows_are_no_failure(path: Path) -> None:
    result = _run(path, "-e", "SELECT ?a WHERE { ?a gk:opposes :nothing }")
    assert (result.exit_code, result.stdout) == (0, "no rows\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-e", ""), "Not SPARQL: the query is empty"),
        (("-e", SUPPORTERS, "-f", "ttl"), "Turtle holds graphs"),
        (("topic-position", "-p", "topic=x"), "Did you mean 'topic-positions'"),
        (("missing.rq",), "Cannot read the query missing.rq"),
        (("topic-positions",), "needs -p topic=VALUE"),
        (("topic-positions", "-p", "tpic=x"), "not 'tpic'"),
        (("topic-positions", "-p", "topic=congestion chrge"), f"Did you mean '{CHARGE}'"),
        (("topic-positions", "-p", 'topic=x") } DROP ALL #'), "No topic"),
        (("-e", "DROP ALL", "--write", "--limit", "1"), "--limit and --explain are for queries"),
        (("-",), "not UTF-8"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str, ...], told: str, path: Path) -> None:
    result = _run(path, *arguments, stdin=b"\xff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("x", "-e", "ASK {}"),
        ("-e", "ASK {}", "-p", "novalue"),
        ("-e", "ASK {}", "--limit", "0"),
        ("-e", "ASK {}", "--timeout", "0"),
        ("-e", "ASK {}", "--timeout", "nan"),
        ("-e", "ASK {}", "--explain", "-f", "xml"),
        TWICE,
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], path: Path) -> None:
    assert _run(path, *arguments).exit_code == 2


@pytest.mark.parametrize(
    "update",
    [
        "DROP ALL",
        "insert data { :a :b :c }",
        "DELETE WHERE { ?s ?p ?o }",
        "# a comment\nPREFIX x: <http://x.example/>\nBASE <http://x.example/> CLEAR ALL",
        "LOAD <http://x.example/>",
        "WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_and_changes_nothing(update: str, path: Path) -> None:
    result = _run(path, "-e", update)
    assert result.exit_code == 1
    assert "This is an update, and queries only read" in result.stderr
    with Store.open(path, read_only=True) as store:
        assert len(store.statements()) == 14


def test_a_syntax_error_is_shown_with_a_caret(path: Path) -> None:
    result = _run(path, "-e", "SELECT *\nWHERE { ?s ?p nope }")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "graphkit: Not SPARQL: line 2, column 15: unexpected 'nope'.",
        "  WHERE { ?s ?p nope }",
        "                ^",
    ]


# --- the network --------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Listen, so that a call is seen; nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening


def _was_called(server: socket.socket) -> bool:
    try:
        connection, _ = server.accept()
    except BlockingIOError:
        return False
    connection.close()
    return True


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE {url} {{ ?s ?p ?o }} }}",
        "ASK {{ ?s ?p ?o FILTER(1<2)serviceSILENT#>\n{url} {{ ?s ?p ?o }} }}",
        "PREFIX e: {url} ASK {{ ?s ?p ?o . SERVICEe: {{ ?s ?p ?o }} }}",
        "LOAD {url}",
        "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {url} {{ ?s ?p ?o }} }}",
    ],
)
def test_only_where_it_is_allowed_the_network_is_used(
    text: str, path: Path, tmp_path: Path, server: socket.socket
) -> None:
    copied = shutil.copytree(path, tmp_path / "copy.db")
    query = text.format(url=f"<http://127.0.0.1:{server.getsockname()[1]}/>")
    result = _run(copied, "-e", query, "--write")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "would use the network; --allow-network permits it.\n" in result.stderr
    assert not _was_called(server)
    result = _run(copied, "-e", query, "--write", "--allow-network", "--timeout", "2")
    assert result.exit_code == 124
    assert _was_called(server)


def test_from_and_graph_name_graphs_of_the_store_only(path: Path, server: socket.socket) -> None:
    url = f"<http://127.0.0.1:{server.getsockname()[1]}/>"
    query = f"SELECT * FROM {url} FROM NAMED {url} {{ ?s ?p ?o . GRAPH {url} {{ ?s ?p ?o }} }}"
    assert _run(path, "-e", query).stdout == "no rows\n"
    assert not _was_called(server)


def test_the_notes_of_a_query_are_told_beside_its_rows(path: Path) -> None:
    result = _run(path, "latest-stances", "-f", "csv")
    assert result.stdout.startswith("actorLabel,")
    assert "the 30 actors and the 30 topics with the most statements" in result.stderr


# --- limits -------------------------------------------------------------------------------------

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9)) + " }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (!:x|!:y|^!:z)*/(!:x|^!:y)*/(!:z|^!:x)* ?b . ?c (!:x)* ?d }"


@pytest.mark.parametrize("query", [ENDLESS, PATHS])
def test_a_timeout_stops_a_query_and_leaves_no_file(query: str, path: Path, tmp_path: Path) -> None:
    result = _run(path, "-e", query, "--timeout", "0.3", "-o", str(tmp_path / "rows.csv"))
    assert result.exit_code == 124
    told = "graphkit: The query was stopped after 0.3 s. Narrow it, or raise --timeout.\n"
    assert (result.stdout, result.stderr) == ("", told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "ASK { " + "{ ?s ?p ?o } UNION " * 10_000 + "{} }",
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "ASK { ?s " + "(" * 20_000 + "<x:p>" + ")" * 20_000 + " ?o }",
        "ASK { ?s ?p " + "(" * 20_000 + ")" * 20_000 + " }",
    ],
    ids=["unions", "groups", "brackets", "paths", "lists"],
)
def test_a_query_that_the_engine_cannot_take_is_one_line(query: str, path: Path) -> None:
    result = _run(path, "-", stdin=query)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The SPARQL engine gave up" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_limit_cuts_the_rows(path: Path) -> None:
    assert _names(_run(path, "-e", SUPPORTERS, "--limit", "2", "-f", "csv")) == ANSWER[:2]
    named = _run(path, "current", "--limit", "3", "-f", "jsonl")
    assert len(named.stdout.splitlines()) == 3


# --- updates ------------------------------------------------------------------------------------


def _quads(path: Path) -> int:
    with Store.open(path, read_only=True) as store:
        return len(store._inner)


def test_an_update_says_what_it_changed(path: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(path, tmp_path / "copy.db")
    before = _quads(copied)
    insert = "INSERT DATA { GRAPH :notes { :Norland rdfs:comment 'a', 'b' } }"
    result = _run(copied, "-e", insert, "--write")
    told = f"Quads added: 2, removed: 0; the store holds {before + 2:,}.\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", told)
    change = (
        "DELETE { GRAPH ?g { ?s rdfs:comment 'a' } } INSERT { GRAPH ?g { ?s rdfs:comment 'c' } } "
        "WHERE { GRAPH ?g { ?s rdfs:comment 'a' } }"
    )
    assert "Quads added: 1, removed: 1;" in _run(copied, "-e", change, "--write").stderr
    assert "Nothing changed" in _run(copied, "-e", change, "--write").stderr
    assert _quads(copied) == before + 2


def test_an_update_that_fails_or_is_stopped_changes_nothing(path: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(path, tmp_path / "copy.db")
    before = _quads(copied)
    failing = "INSERT DATA { GRAPH :g { :a :b 1 } } ; CLEAR GRAPH :no-such-graph"
    result = _run(copied, "-e", failing, "--write")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    pairs = " ".join(f"GRAPH ?g{n} {{ ?a{n} ?b{n} ?c{n} }}" for n in range(9))
    endless = f"DELETE {{ GRAPH ?g0 {{ ?a0 ?b0 ?c0 }} }} WHERE {{ {pairs} }}"
    assert _run(copied, "-e", endless, "--write", "--timeout", "0.5").exit_code == 124
    assert _quads(copied) == before


def test_an_update_makes_no_store(tmp_path: Path) -> None:
    result = _run(tmp_path / "none.db", "-e", "INSERT DATA { :a :b :c }", "--write")
    assert result.exit_code == 1
    assert "There is no store at" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_query_may_read_where_an_update_could_write(path: Path) -> None:
    assert _names(_run(path, "-e", SUPPORTERS, "--write", "-f", "csv")) == ANSWER


# --- the process --------------------------------------------------------------------------------


def test_a_killed_command_leaves_no_query_behind(path: Path, tmp_path: Path) -> None:
    """The pipe for its output ends only when all who could write to it are gone."""
    with _start(path, "-e", ENDLESS, "-o", str(tmp_path / "rows.csv")) as process:
        while not list(tmp_path.iterdir()):
            assert process.poll() is None
        process.kill()
        assert process.communicate(timeout=10) == (b"", b"")


def test_a_long_query_stops_at_ctrl_c(path: Path, tmp_path: Path) -> None:
    with _start(path, "-e", ENDLESS, "-o", str(tmp_path / "rows.csv")) as process:
        while not list(tmp_path.iterdir()):  # the file is begun right before the query runs
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        try:
            _, told = process.communicate(timeout=10)
        finally:
            process.kill()
    assert (process.returncode, told) == (130, b"graphkit: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_read_whatever_its_ending(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my.sparql").write_text(SUPPORTERS)
    Path("one.md").write_text("An article.")
    Path("current").mkdir()
    assert _names(_run(path, "my.sparql", "-f", "csv")) == ANSWER
    assert _run(path, "current").exit_code == 0
    result = _run(path, "one.md")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Not SPARQL: line 1, column 1" in result.stderr


def test_many_blanks_before_a_query_are_no_burden(path: Path) -> None:
    assert _names(_run(path, "-e", " \n" * 10_000 + SUPPORTERS, "-f", "csv")) == ANSWER


def test_show_prints_the_query_and_runs_nothing(path: Path, tmp_path: Path) -> None:
    plain = _run(tmp_path / "none.db", "topic-positions", "--show")
    assert "VALUES ?topic { UNDEF }" in plain.stdout
    bound = _run(path, "topic-positions", "-p", f"topic={CHARGE}", "--show")
    assert "VALUES ?topic { <https://w3id.org/graphkit/id/" in bound.stdout
    update = _run(path, "-e", "DROP ALL", "--show")
    assert (update.exit_code, update.stdout) == (0, "DROP ALL\n")


def test_show_prints_what_any_engine_takes(path: Path) -> None:
    shown = _run(path, "-e", SUPPORTERS, "--limit", "2", "--show").stdout
    assert shown.splitlines()[:2] == [
        "PREFIX gk: <https://w3id.org/graphkit/ns#>",
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
    ]
    with Store.open(path, read_only=True) as store:
        assert len(union_of(store).query(shown)) == 2


def test_explain_tells_what_is_sent_and_what_comes(path: Path) -> None:
    result = _run(path, "needs-review", "-p", "max=0.6", "--explain", "-f", "json")
    told = json.loads(result.stdout)
    assert (told["query"], told["rows"]) == ("needs-review", 2)
    assert told["text"].startswith("# Which statements is the extractor least sure of?")
    assert told["parameters"][0]["parameter"] == "max"
    assert told["parameters"][0]["term"].startswith('"0.6"^^')
    assert told["all_rows_ms"] >= told["first_row_ms"] >= 0


def test_explain_shows_the_text_to_people(path: Path) -> None:
    shown = _run(path, "-e", "ASK { :Norland gk:supports ?topic }", "--explain").stdout
    assert "\nASK { :Norland gk:supports ?topic }\n" in shown
    assert "all rows ms" in shown


def test_queries_lists_what_can_be_asked() -> None:
    result = CliRunner().invoke(cli, ["queries", "-f", "jsonl"])
    rows = {row["query"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert rows["topic-positions"]["question"] == "Who supports and who opposes a topic?"
    assert "topic: topic, required" in rows["topic-positions"]["parameters"]


def test_queries_shows_the_text_of_one() -> None:
    result = CliRunner().invoke(cli, ["queries", "topic-positions"])
    assert result.stdout.startswith("# Who supports and who opposes a topic?\n")
    assert "SELECT" in result.stdout


def test_queries_tells_the_nearest_names() -> None:
    result = CliRunner().invoke(cli, ["queries", "topic-position"])
    assert result.exit_code == 1
    assert "'topic-positions'" in result.stderr
