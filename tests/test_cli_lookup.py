"""The look-ups on the command line: formats, names as people write them, exit codes."""

import csv
import dataclasses
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import CHARGE, EXTRACTIONS, STATEMENTS, make_store
from graphkit.cli import cli
from graphkit.cli.lookup import _counted
from graphkit.statement import Actor

BRIEF = EXTRACTIONS[-1]

LOOK_UPS = [
    ["actor", "Norland"],
    ["topic", CHARGE],
    ["quotes", "Norland"],
    ["article", "herald-1"],
    ["explain", STATEMENTS[0].id],
    ["stance", "novak", CHARGE],
    ["timeline", CHARGE],
    ["changes"],
    ["compare", "novak", "norland"],
    ["allies", "novak"],
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
    assert result.stdout.count("\n") >= (1 if format == "jsonl" else 2)  # which has no header


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_csv_and_json_have_the_same_rows(look_up: list[str], path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_run(path, *look_up, "-f", "csv").stdout)))
    lines = _run(path, *look_up, "-f", "jsonl").stdout.splitlines()
    assert [list(row) for row in rows] == [list(json.loads(line)) for line in lines]
    *_, in_json = json.loads(_run(path, *look_up, "-f", "json").stdout).values()
    assert in_json == [json.loads(line) for line in lines]


def test_a_name_that_another_actor_has_too_is_told(tmp_path: Path) -> None:
    with make_store(tmp_path / "debate.db") as store:
        actors = (*BRIEF.actors, Actor(name="Pérez", type="person"))
        store.add(dataclasses.replace(BRIEF, actors=actors))
    result = _run(tmp_path / "debate.db", "actor", "Pérez")
    assert (result.exit_code, result.stderr) == (0, "'Pérez' is also a name of 'Ana Pérez'.\n")


def test_a_limit_leaves_the_sizes_of_the_groups_as_they_are(path: Path) -> None:
    lines = _run(path, "topic", CHARGE, "-n", "4").stdout.splitlines()
    assert [line for line in lines if line.endswith(")")] == ["supports (2)", "opposes (2 of 3)"]


def test_a_period_that_ends_before_it_begins_is_wrong_usage(path: Path) -> None:
    result = _run(path, "topic", CHARGE, "--since", "2024-03", "--until", "2024-02")
    assert result.exit_code == 2
    assert "--since 2024-03-01 is after --until 2024-02-29." in result.stderr


def test_the_ending_of_a_file_is_its_format_or_wrong_usage(path: Path, tmp_path: Path) -> None:
    for name, exit_code in (("a.csv", 0), ("a.txt", 0), ("a", 0), ("a.xlsx", 2)):
        assert _run(path, "actor", "Norland", "-o", str(tmp_path / name)).exit_code == exit_code
    assert (tmp_path / "a.csv").read_bytes().startswith(b"topic,")
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "a").read_bytes()
    assert not (tmp_path / "a.xlsx").exists()


def test_a_table_names_supporters_opponents_and_those_who_leave_it_open(path: Path) -> None:
    lines = _run(path, "topic", CHARGE).stdout.splitlines()
    headings = [line for line in lines if line.endswith(")")]
    assert headings == ["supports (2)", "opposes (3)", "ambivalent (1)", "mixed (1)"]
    assert any(line.split()[:2] == ["Łucja", "Novák"] for line in lines)
    assert "opposes, 2024-03-04" in "".join(lines)


@pytest.mark.parametrize(
    "name", ["novak", "MAYOR łucja  novák", "<https://w3id.org/graphkit/id/Lucja_Novak>"]
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
        (("stance", "Norlnd", CHARGE), "'Norland'"),
        (("timeline", "free tram"), "'free trams'"),
        (("timeline", CHARGE, "Norlnd"), "'Norland'"),
        (("compare", "novak", "Norlnd"), "'Norland'"),
        (("allies", "Norlnd"), "'Norland'"),
        (("article", "herald-3"), "'herald-1' or 'herald-2'"),
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


def test_a_stance_can_be_that_of_an_earlier_day(path: Path) -> None:
    def stance(day: str) -> str:
        result = _run(path, "stance", "novak", CHARGE, "--as-of", day, "-f", "json")
        return str([row["stance"] for row in json.loads(result.stdout)["positions"]])

    assert [stance(day) for day in ("2024-03-17", "2024-03", "2023")] == [
        "['opposes']",
        "['supports']",
        "[]",
    ]


def test_a_change_is_told_with_both_sentences(path: Path) -> None:
    text = " ".join(_run(path, "changes").stdout.split())
    assert "before: Mayor Łucja Novák rejected a congestion charge on Monday. — The" in text
    assert "now: Novák now supports the congestion charge. — The Norwick Herald" in text


def test_a_period_without_a_change_is_no_failure(path: Path) -> None:
    result = _run(path, "changes", "--until", "2024-03-17")
    assert (result.exit_code, result.stdout) == (0, "no changes\n")


def test_a_comparison_takes_two_actors(path: Path) -> None:
    result = _run(path, "compare", "novak", "Łucja Novák")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "takes two actors" in result.stderr


def test_allies_can_be_turned_round(path: Path) -> None:
    def names(*more: str) -> list[str]:
        lines = _run(path, "allies", "novak", "-f", "jsonl", *more).stdout.splitlines()
        return [json.loads(line)["actor"] for line in lines]

    assert names() == ["Norland"]
    assert names("--against") == ["Chamber of Commerce", "Drivers' Union"]


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
    assert "5 more positions; see them without -n." in result.stderr
    six = _run(path, "topic", CHARGE, "-n", "6")
    assert six.stderr == "1 more position; see it without -n.\n"


def test_one_row_that_is_hidden_is_named_as_one(path: Path) -> None:
    assert "1 more opponent; see it" in _run(path, "allies", "novak", "--against", "-n1").stderr
    assert _counted(1, "allies") == "1 more ally"
    assert _counted(2, "allies") == "2 more allies"


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


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_a_look_up_needs_neither_spacy_nor_rdflib_nor_networkx(
    look_up: list[str], path: Path
) -> None:
    code = (
        "import sys; from graphkit.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        "print(*{'spacy', 'rdflib', 'networkx'} & set(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *look_up, "-s", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip()
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("look_up", [["topic", CHARGE], ["explain", STATEMENTS[0].id]])
def test_a_look_up_leaves_out_what_only_others_need(look_up: list[str], path: Path) -> None:
    unneeded = (
        "graphkit.doubtful",
        "graphkit.correction_files",
        "graphkit.changes",
        "graphkit.concepts",
        "graphkit.links",
        "rapidfuzz",
        "rich",
        "snowballstemmer",
    )
    code = (
        "import sys; from graphkit.cli import cli; cli(sys.argv[1:], standalone_mode=False); "
        f"print(*(name for name in {unneeded} if name in sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *look_up, "-s", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("look_up", LOOK_UPS, ids=lambda look_up: look_up[0])
def test_help_has_an_example(look_up: list[str]) -> None:
    assert f"graphkit {look_up[0]} " in CliRunner().invoke(cli, [look_up[0], "--help"]).stdout
