"""``graphkit measures`` prints tables for people and all digits for programs."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import make_store
from graphkit.cli import cli
from graphkit.measures.of_statements import INTERVALS
from graphkit.measures.summary import COLUMNS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["measures", *arguments, "-s", str(path)])
    assert result.exit_code == 0, result.stderr
    return result


def test_json_holds_the_whole_and_each_actor(path: Path) -> None:
    found = json.loads(_run(path, "-f", "json").stdout)
    assert found["statements"] == 14
    assert found["nodes"] == len(found["actors"]) == 7
    assert tuple(found["actors"][0]) == COLUMNS


def test_csv_holds_the_nodes(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_run(path, "-f", "csv").stdout, newline="")))
    norland = next(row for row in rows if row["name"] == "Norland")
    assert norland["group"] == "country"


def test_topics_can_be_measured(path: Path) -> None:
    found = json.loads(_run(path, "-f", "json", "--mode", "topics").stdout)
    assert len(found["topics"]) == 3
    assert found["ei_congruence"] is None


def test_a_table_names_the_measures(path: Path) -> None:
    shown = _run(path, "-n", "2").stdout
    assert "polarization" in shown
    assert "camp sizes" in shown


def test_bootstrap_gives_intervals(path: Path) -> None:
    found = json.loads(_run(path, "-f", "json", "--bootstrap", "5").stdout)
    for name in INTERVALS:
        low, high = found[f"{name}_95"]
        assert low <= high


def test_the_period_and_the_seed_are_kept_to(path: Path) -> None:
    early = json.loads(_run(path, "-f", "json", "--until", "2024-03-04").stdout)
    assert early["statements"] == 7
    assert _run(path, "--seed", "5").stdout == _run(path, "--seed", "5").stdout


def test_a_period_without_statements_has_no_nodes(path: Path) -> None:
    found = json.loads(_run(path, "-f", "json", "--since", "2030").stdout)
    assert (found["nodes"], found["actors"]) == (0, [])


def test_windows_show_what_changes(path: Path) -> None:
    rows = json.loads(_run(path, "-f", "json", "--window", "3 days").stdout)["windows"]
    assert len(rows) == 13
    assert rows[0]["start"] == "2024-03-04"
    assert "change" in _run(path, "--window", "3 days").stdout


@pytest.mark.parametrize(
    "arguments", [("--window", "soon"), ("--window", "3 days", "--bootstrap", "3")]
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], path: Path) -> None:
    result = CliRunner().invoke(cli, ["measures", *arguments, "-s", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
