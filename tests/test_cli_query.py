"""``graphkit query`` asks; it never changes a store."""

import csv
import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import CHARGE, make_store
from graphkit.cli import cli
from graphkit.store import Store

SUPPORTERS = "SELECT ?actor WHERE { ?actor gk:supports :congestion-charge } ORDER BY ?actor"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["query", *arguments, "-s", str(path)], input=stdin)


def _names(result: Result) -> list[str]:
    assert (result.exit_code, result.stderr) == (0, "")
    rows = csv.DictReader(io.StringIO(result.stdout))
    return [row["actor"].rpartition("/")[2] for row in rows]


TWICE = ("topic-positions", "-p", "topic=x", "-p", "topic=y")
ANSWER = ["Ana_Perez", "Norland", "Lucja_Novak"]


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
    assert ":Norland" in _run(path, "-e", SUPPORTERS).stdout


def test_ask_and_construct_are_answered(path: Path) -> None:
    asked = _run(path, "-e", "ASK { :Norland gk:supports ?topic }", "-f", "json")
    assert json.loads(asked.stdout)["boolean"] is True
    graph = "CONSTRUCT { ?actor :likes ?topic } WHERE { ?actor gk:supports ?topic }"
    assert ":Norland :likes :congestion-charge" in _run(path, "-e", graph, "-f", "ttl").stdout


def test_zero_rows_are_no_failure(path: Path) -> None:
    result = _run(path, "-e", "SELECT ?a WHERE { ?a gk:opposes :nothing }")
    assert (result.exit_code, result.stdout) == (0, "no rows\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-e", "SELECT * WHERE { ?s ?p"), "Not SPARQL: line 1, column "),
        (("-e", ""), "Not SPARQL: the query is empty"),
        (("-e", SUPPORTERS, "-f", "ttl"), "Turtle holds graphs"),
        (("topic-position", "-p", "topic=x"), "Did you mean 'topic-positions'"),
        (("missing.rq",), "Cannot read the query missing.rq"),
        (("topic-positions",), "needs -p topic=VALUE"),
        (("topic-positions", "-p", "tpic=x"), "not 'tpic'"),
        (("topic-positions", "-p", "topic=congestion chrge"), f"Did you mean '{CHARGE}'"),
        (("topic-positions", "-p", 'topic=x") } DROP ALL #'), "No topic"),
        (("-",), "not UTF-8"),
    ],
)
def test_a_mistake_is_one_line(arguments: tuple[str, ...], told: str, path: Path) -> None:
    result = _run(path, *arguments, stdin=b"\xff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [(), ("x", "-e", "ASK {}"), ("-e", "ASK {}", "-p", "novalue"), TWICE]
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


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE <http://x.example/> { ?s ?p ?o }",
        "service silent <http://x.example/> { ?s ?p ?o }",
        "?s ?p 'it''s' .SERVICE<http://x.example/>{ ?s ?p ?o }",
        "?s ?p ?o # 'a comment\n SERVICE ?o { ?s ?p ?o }",
    ],
)
def test_a_query_does_not_use_the_network(pattern: str, path: Path) -> None:
    result = _run(path, "-e", f"SELECT * WHERE {{ {pattern} }}")
    assert (result.exit_code, result.stdout) == (1, "")
    told = "graphkit: SERVICE would use the network; graphkit queries only the store.\n"
    assert result.stderr == told


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service :service 'SERVICE' } # SERVICE",
        'ASK { <http://x.example/service> ?p """a "SERVICE" """@service }',
        r'ASK { ?microservice rdfs:service "a \" SERVICE " }',
        "PREFIX services: <x:> ASK { ?service services:Service ?p }",
    ],
)
def test_the_word_service_elsewhere_is_no_harm(query: str, path: Path) -> None:
    assert _run(path, "-e", query).exit_code == 0


def test_a_long_query_stops_at_ctrl_c(path: Path, tmp_path: Path) -> None:
    pairs = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    query = f"SELECT (COUNT(*) AS ?n) WHERE {{ {pairs} }}"
    command = [sys.executable, "-m", "graphkit", "query", "-e", query, "-s", str(path)]
    target = tmp_path / "rows.csv"
    with subprocess.Popen([*command, "-o", str(target)], stderr=subprocess.PIPE) as process:
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
    assert "VALUES ?topic { <https://w3id.org/graphkit/id/congestion-charge> }" in bound.stdout


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
