"""``graphkit backup``, ``restore``, ``check`` and ``compact``."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

import example
from graphkit.cli import cli
from graphkit.rdf import term
from graphkit.store import Store
from graphs import quads_of
from processes import WRITER, run_python


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "debate.db"
    example.make_store(path).close()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def contents(path: Path) -> set[str]:
    with Store.open(path, read_only=True) as store:
        return quads_of(store)


def spoil(path: Path, graph: str) -> int:
    """Empty a shared graph, and return how many subjects it told of."""
    with Store.open(path) as store:
        home = NamedNode(store.iris.graph(graph))
        quads = list(store._inner.quads_for_pattern(None, None, None, home))
        for quad in quads:
            store._inner.remove(quad)
        return len({quad.subject for quad in quads})


def test_a_backup_is_restored(tmp_path: Path, store: Path) -> None:
    before = contents(store)
    for name in ("copy.db", "copy.nq.gz"):
        made = run("backup", tmp_path / name, "-s", store)
        assert made.exit_code == 0, made.output
        assert made.stderr.startswith(f"{len(before)} quads copied to {tmp_path / name} (")
        assert made.stdout == ""
        assert run("restore", tmp_path / name, "-s", tmp_path / f"new-{name}").exit_code == 0
        assert contents(tmp_path / f"new-{name}") == before


def test_restoring_over_a_store_needs_force(tmp_path: Path, store: Path) -> None:
    before = contents(store)
    run("backup", tmp_path / "copy.db", "-s", store)
    with Store.open(store) as opened:
        opened.remove("brief")
    refused = run("restore", tmp_path / "copy.db", "-s", store)
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert "--force" in refused.stderr
    assert run("restore", tmp_path / "copy.db", "-s", store, "--force").exit_code == 0
    assert contents(store) == before


def test_compact_tells_sizes(store: Path) -> None:
    before = contents(store)
    result = run("compact", "-s", store)
    assert result.exit_code == 0
    assert re.search(r"\d [kM]B before, ", result.stderr)
    assert contents(store) == before


@pytest.mark.parametrize(
    "command", [("backup", "copy"), ("compact",), ("check",), ("check", "--repair")]
)
def test_no_store_is_made_where_none_is(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "none"
    target = [tmp_path / one if one == "copy" else one for one in command]
    result = run(*target, "-s", path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"graphkit: There is no store at {path}.")
    assert list(tmp_path.iterdir()) == []


def test_a_whole_store_is_summed_up(store: Path) -> None:
    result = run("check", "-s", store)
    assert (result.exit_code, result.stdout) == (0, "3 articles, 14 statements: nothing is wrong\n")


def test_findings_are_listed_and_repaired(store: Path) -> None:
    before = contents(store)
    number = spoil(store, "current")
    found = run("check", "-s", store)
    assert found.exit_code == 1
    assert len(found.stdout.splitlines()) == number
    assert all(line.startswith("current: ") for line in found.stdout.splitlines())
    assert "--repair" in found.stderr
    assert contents(store) != before
    repaired = run("check", "--repair", "-s", store)
    assert repaired.exit_code == 0
    assert repaired.stderr == f"{number} findings put right\n"
    assert contents(store) == before


def test_only_twenty_findings_are_listed(store: Path) -> None:
    number = spoil(store, "names") + spoil(store, "entities")
    lines = run("check", "-s", store).stdout.splitlines()
    assert len(lines) == 21
    assert lines[-1] == f"... and {number - 20} more"


def test_what_no_repair_brings_back_is_told(store: Path) -> None:
    with Store.open(store) as opened:
        home = NamedNode(opened.iris.article("brief"))
        pattern = (None, term("schema:headline"), None, home)
        for quad in list(opened._inner.quads_for_pattern(*pattern)):
            opened._inner.remove(quad)
            opened._inner.add(Quad(quad.subject, quad.predicate, Literal("Other"), home))
    for options in ((), ("--repair",)):
        result = run("check", *options, "-s", store)
        assert result.exit_code == 1
        assert result.stdout.startswith("article brief: ")
        assert result.stdout.count("\n") == 1
        assert "graphkit add --force" in result.stderr


def test_shacl_is_a_second_opinion(store: Path) -> None:
    assert run("check", "--shacl", "-s", store).exit_code == 0
    with Store.open(store) as opened:
        for quad in list(opened._inner.quads_for_pattern(None, term("gk:evidence"), None)):
            opened._inner.remove(quad)
    lines = run("check", "--shacl", "-s", store).stdout.splitlines()
    assert "... and 8 more" in lines  # of 14 without evidence, each found by both


def test_a_store_is_checked_beside_a_writer(tmp_path: Path) -> None:
    writer = run_python(WRITER, tmp_path / "db")
    assert writer.stdout
    writer.stdout.readline()
    checked = run("check", "-s", tmp_path / "db")
    repaired = run("check", "--repair", "-s", tmp_path / "db")
    writer.kill()
    writer.communicate()
    assert checked.exit_code == 0, checked.output
    assert repaired.exit_code == 1
    assert f"in use by another process: {writer.pid} (" in repaired.stderr
