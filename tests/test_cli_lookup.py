"""The look-ups on the command line: formats, names as people write them, exit codes."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import CHARGE, STATEMENTS, make_store
from graphkit.cli import cli

LOOK_UPS = [
    ["actor", "Norland"],
    ["topic", CHARGE],
    ["quotes", "Norland"],
    ["article", "herald-1"],
    ["explain", STATEMENTS[0].id],
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "-s", str(path)])


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "jsonl"])
def test_a_look_up_has_all_formats(look_up: list[str], format: str, path: Path) -> None:
    result = _run(path, *look_up, "-f", format)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("\n") > 1


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_csv_and_json_have_the_same_rows(look_up: list[str], path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_run(path, *look_up, "-f", "csv").stdout)))
    lines = _run(path, *look_up, "-f", "jsonl").stdout.splitlines()
    assert [list(row) for row in rows] == [list(json.loads(line)) for line in lines]
    *_, in_json = json.loads(_run(path, *look_up, "-f", "json").stdout).values()
    assert in_json == [json.loads(line) for line in lines]


def test_a_table_names_supporters_opponents_and_those_who_leave_it_open(path: Path) -> None:
    lines = _run(path, "topic", CHARGE).stdout.splitlines()
    headings = [line for line in lines if line.endswith(")")]
    assert headings == ["supports (2)", "opposes (3)", "ambivalent (1)", "mixed (1)"]
    assert any(line.split()[:2] == ["Łucja", "Novák"] for line in lines)
    assert "opposes, 2024-03-04" in "".join(lines)


@pytest.mark.parametrize(
    "name", ["novak", "MAYOR łucja  novák", "<https://w3id.org/graphkit/id/Łucja_Novák>"]
)
def test_an_actor_is_found_by_alias_case_accent_and_iri(name: str, path: Path) -> None:
    result = _run(path, "actor", name, "-f", "json")
    assert json.loads(result.stdout)["actor"] == "Łucja Novák"


def test_a_topic_can_be_an_actor(path: Path) -> None:
    assert "Drivers' Union" in _run(path, "topic", "novak").stdout


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (("actor", "Norlnd"), "'Norland'"),
        (("topic", "congestion chrge"), f"'{CHARGE}'"),
        (("quotes", "Norlnd"), "'Norland'"),
        (("quotes", "Norland", "free tram"), "'free trams'"),
        (("article", "herald-3"), "'herald-2' or 'herald-1'"),
        (("explain", "zzz"), ""),
    ],
)
def test_an_unknown_name_is_one_line_with_the_nearest(
    arguments: tuple[str, ...], nearest: str, path: Path
) -> None:
    result = _run(path, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("graphkit: No ")
    assert result.stderr.count("\n") == 1
    assert nearest in result.stderr


def test_a_period_takes_years_months_and_days(path: Path) -> None:
    def count(*period: str) -> int:
        return len(_run(path, "quotes", "novak", "-f", "jsonl", *period).stdout.splitlines())

    assert count("--since", "2024") == 3
    assert count("--since", "2024-03-05", "--until", "2024-03") == 2
    assert count("--until", "2024-02") == 0


def test_zero_rows_are_no_failure(path: Path) -> None:
    result = _run(path, "topic", CHARGE, "--since", "2025")
    assert result.exit_code == 0
    assert result.stdout.endswith("no positions\n")


@pytest.mark.parametrize("date", ["yesterday", "2024-13", "2024-02-30"])
def test_a_wrong_date_is_wrong_usage(date: str, path: Path) -> None:
    result = _run(path, "topic", CHARGE, "--since", date)
    assert result.exit_code == 2
    assert f"'{date}'" in result.stderr


def test_a_limit_tells_what_it_hides(path: Path) -> None:
    result = _run(path, "topic", CHARGE, "-n", "2", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    assert "5 more positions" in result.stderr


def test_an_output_file_tells_the_format(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    result = _run(path, "topic", CHARGE, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("stance,actor,")


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_without_a_store_the_way_on_is_told(look_up: list[str], tmp_path: Path) -> None:
    result = _run(tmp_path / "none.db", *look_up)
    assert result.exit_code == 1
    assert "`graphkit add` makes one" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_look_up_needs_neither_spacy_nor_rdflib_nor_networkx(path: Path) -> None:
    code = (
        "import sys; from graphkit.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        "print(*{'spacy', 'rdflib', 'networkx'} & set(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "topic", CHARGE, "-s", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Norland" in done.stdout
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_help_has_an_example(look_up: list[str]) -> None:
    assert f"graphkit {look_up[0]} " in CliRunner().invoke(cli, [look_up[0], "--help"]).stdout
