"""``graphkit measures`` prints tables for people and all digits for programs."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import CHARGE, TRAMS, make_store
from graphkit.cli import cli
from graphkit.measures.of_statements import INTERVALS
from graphkit.measures.summary import COLUMNS
from said import make_store_of, statements_of


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


def test_the_backbone_is_a_table_and_json(path: Path) -> None:
    found = json.loads(_run(path, "backbone", "-f", "json").stdout)
    assert found["backbone"] + found["redundant"] == [CHARGE, TRAMS]
    assert len(found["unshared"]) == 1
    assert found["topics"][0]["name"] == CHARGE
    nested = json.loads(_run(path, "backbone", "--method", "nested", "-f", "json").stdout)
    assert {**nested, "method": "anneal"} == found
    assert CHARGE in _run(path, "backbone", "--size", "1").stdout


def test_the_backbone_of_topics_are_actors(path: Path) -> None:
    found = json.loads(_run(path, "backbone", "--mode", "topics", "-f", "json").stdout)
    assert found["actors"]


def test_phases_are_a_table_and_json(tmp_path: Path) -> None:
    path = tmp_path / "turns.db"
    told = [(actor, "+-"[day // 4], "port", day) for day in range(8) for actor in "ab"]
    make_store_of(path, statements_of([*told, *(("c", "+", "port", day) for day in range(8))]))
    found = json.loads(
        _run(path, "phases", "--window", "3 days", "-f", "json", "--distances").stdout
    )
    assert len(found["windows"]) == len(found["distances"]) == found["compared"]
    assert found["phases"][0]["start"] == "2024-01-01"
    assert "distances" not in json.loads(
        _run(path, "phases", "--window", "3 days", "-f", "json").stdout
    )
    shown = _run(path, "phases", "--window", "3 days", "--states", "2").stdout
    assert "silhouette" in shown
    rows = list(
        csv.DictReader(io.StringIO(_run(path, "phases", "--window", "3 days", "-f", "csv").stdout))
    )
    assert len(rows) == len(found["phases"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("backbone", "--size", "9"), "A backbone of 9: there are 2 to keep."),
        (("backbone", "--since", "2030"), "No two values of 'actor' agree on any 'topic'"),
        (("phases", "--window", "3 days", "--since", "2030"), "No statement has a date"),
        (("phases", "--window", "3 days"), "Phases need 3 windows with statements"),
        (("backbone", "--penalty", "nan"), "A penalty of nan"),
        (("phases", "--window", "3 hours"), "Phases need a window of days"),
    ],
)
def test_too_little_gets_one_line(arguments: tuple[str, ...], message: str, path: Path) -> None:
    result = CliRunner().invoke(cli, ["measures", *arguments, "-s", str(path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--window", "soon"),
        ("--window", "3 days", "--bootstrap", "3"),
        ("phases",),
        ("bakbone",),
        ("phases", "--window", "3 days", "--distances"),
        ("backbone", "--penalty", "-1"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], path: Path) -> None:
    result = CliRunner().invoke(cli, ["measures", *arguments, "-s", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
