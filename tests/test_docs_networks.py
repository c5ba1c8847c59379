"""The numbers in docs/networks.md are those that graphkit computes."""

import csv
import datetime
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graphkit.algebra.networks import compute_network, iter_networks
from graphkit.algebra.options import NetworkOptions, Window
from graphkit.algebra.table import StatementTable
from graphkit.cli import cli
from graphkit.measures.polarization import polarization
from graphkit.measures.summary import summarize
from graphkit.measures.ties import Ties, ties_of
from said import FIRST, SIGNS, make_store_of, statements_of
from test_readme import commands

PAGE = (Path(__file__).parents[1] / "docs" / "networks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, flags=re.DOTALL)
SIGN_OF = {stance: sign for sign, stance in SIGNS.items()}
ONE_MODE = NetworkOptions(mode="one")


def _rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a header, without header and line."""
    _, _, table = PAGE.partition(heading)
    lines = table.splitlines()[2:]
    end = next(number for number, line in enumerate(lines) if not line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[:end]]


STATEMENTS = _rows("| date | actor | stance | topic |")
DIFFERENCES = {what: (ours, theirs) for what, ours, theirs in _rows("| what | graphkit | DNA |")}


@pytest.fixture(scope="module")
def table() -> StatementTable:
    dates, actors, stances, topics = zip(*STATEMENTS, strict=True)
    return StatementTable.of(
        dates=[datetime.date.fromisoformat(date) for date in dates],
        documents=[f"article {number}" for number in range(len(dates))],
        positions=[(0, 1)] * len(dates),
        columns={
            "actor": ("text", list(actors)),
            "topic": ("text", list(topics)),
            "stance": ("stance", list(stances)),
        },
    )


def _cell(network: Any, row: str, column: str) -> float:
    return network.values.toarray()[network.rows.index(row), network.columns.index(column)]


def _both(what: str) -> list[float]:
    return [float(number) for number in DIFFERENCES[what]]


def test_the_example_has_nine_statements() -> None:
    assert len(STATEMENTS) == 9
    assert "these nine statements" in PAGE


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a store of the example in the folder that is the present one."""
    told = [
        (actor, SIGN_OF[stance], topic, (datetime.date.fromisoformat(date) - FIRST).days)
        for date, actor, stance, topic in STATEMENTS
    ]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GRAPHKIT_STORE", raising=False)
    make_store_of(tmp_path / "graphkit.db", statements_of(told, confidence=0.8))
    return tmp_path


def test_the_commands_print_what_is_shown(store: Path) -> None:
    for command, shown in [pair for block in BLOCKS for pair in commands(block)]:
        program, *arguments = shlex.split(command)
        assert program == "graphkit"
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        lines = [line.strip() for line in result.stdout.splitlines()]
        for line in shown:
            assert line == "[...]" or line in lines, f"{command}\n{result.stdout}"


def test_the_intervals_of_edges_are_those_of_the_example(store: Path) -> None:
    command = next(line for block in BLOCKS for line, _ in commands(block) if "-o allies/" in line)
    assert CliRunner().invoke(cli, shlex.split(command)[1:]).exit_code == 0
    with (store / "allies" / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = {f"{row['source'][7:]}, {row['target'][7:]}": row for row in csv.DictReader(file)}
    for name, *numbers in _rows("| edge | value | low | high | certainty |"):
        found = [float(edges[name][key]) for key in ("value", "low", "high", "certainty")]
        assert found == [float(number) for number in numbers], name


def test_the_measures_are_those_of_the_example(table: StatementTable) -> None:
    found = summarize(ties_of(table, ONE_MODE))
    for name, value in _rows("| measure | value |"):
        assert found.whole[name] == pytest.approx(float(value), abs=5e-5), name
    camps = {row["name"]: row["camp"] for row in found.nodes}
    assert camps == {"Pilots": 1, "Town": 1, "Port": 2, "Shippers": 2}


def _greatest_distance(ties: Ties) -> float:
    """Return what DNA looks for: the ties that are not against the best split of the opposite."""
    total = (ties.congruence.sum() + ties.conflict.sum()) / 2
    return total - polarization(Ties(ties.names, ties.conflict, ties.congruence)).distance


def _cosine(table: StatementTable, *, dna_compat: bool) -> float:
    options = NetworkOptions(
        mode="one", aggregate="congruence", normalize="cosine", dna_compat=dna_compat
    )
    return _cell(compute_network(table, options), "Port", "Shippers")


def _per_week(table: StatementTable, *, dna_compat: bool) -> float:
    options = NetworkOptions(duplicates="week", dna_compat=dna_compat)
    return _cell(compute_network(table, options), "Pilots", "tugs")


def _in_window(
    table: StatementTable, day: str, ends: tuple[str, str], *, dna_compat: bool
) -> float:
    window = Window(4, "day", "triangular")
    since = datetime.date(2024, 1, 1)
    options = NetworkOptions(window=window, since=since, dna_compat=dna_compat)
    networks = {str(each.middle)[:10]: each for each in iter_networks(table, options)}
    return _cell(networks[day], *ends)


def test_the_differences_from_dna_are_those_of_the_example(table: StatementTable) -> None:
    window = "triangular window of 4 days around"
    late = "2024-01-05", ("Port", "night work")
    early = "2024-01-03", ("Pilots", "tugs")
    ties = ties_of(table, ONE_MODE)
    ways = (False, True)
    found = {
        "cosine of Port and Shippers, who say the same": [
            _cosine(table, dna_compat=way) for way in ways
        ],
        "statements of Pilots on tugs, `--duplicates week`": [
            _per_week(table, dna_compat=way) for way in ways
        ],
        f"weight of Port on night work, {window} {late[0]}": [
            _in_window(table, *late, dna_compat=way) for way in ways
        ],
        f"weight of Pilots on tugs, {window} {early[0]}": [
            _in_window(table, *early, dna_compat=way) for way in ways
        ],
        "distance from the ideal split": [polarization(ties).distance, _greatest_distance(ties)],
    }
    assert {what: _both(what) for what in list(DIFFERENCES)} == {
        what: pytest.approx(numbers) for what, numbers in found.items()
    }
