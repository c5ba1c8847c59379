"""``graphkit query`` asks; it never changes a store."""

import csv
import io
import json
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


ANSWER = ["Ana_Pérez", "Norland", "Łucja_Novák"]


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
    "arguments", [(), ("x", "-e", "ASK {}"), ("-e", "ASK {}", "-p", "novalue")]
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
