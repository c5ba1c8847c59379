"""``graphkit actors``: list, doubt, correct, undo; formats, messages, exit codes."""

import csv
import gc
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import make_store
from graphkit.cli import cli
from graphkit.curation_rdf import read_turtle
from graphkit.statement import Actor
from graphkit.store import Store
from graphkit.vocabulary import Iris
from graphs import quads_of
from test_doubtful import article, person

COMMANDS = (
    "list",
    "doubtful",
    "merge",
    "rename",
    "split",
    "alias",
    "represents",
    "apply",
    "corrections",
    "undo",
)
FORMATS = ("table", "csv", "tsv", "json", "jsonl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "debate.db"
    with make_store(folder) as store:
        store.add(article("later", person("Pérez"), Actor(name="Norland", type="country")))
    return folder


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["actors", *arguments, "-s", str(path)])


def listed(path: Path, *arguments: str) -> list[dict[str, str]]:
    result = run(path, *arguments, "-f", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def names(path: Path, *arguments: str) -> list[str]:
    return [row["actor"] for row in listed(path, *arguments)]


def corrected(path: Path, *arguments: str) -> str:
    """Make a correction; return its id."""
    result = run(path, *arguments)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    (made,) = re.findall(r"^([0-9a-f]{10}): ", result.stderr, flags=re.MULTILINE)
    return made


# --- help ---------------------------------------------------------------------------------------


def test_help_shows_all_commands_with_an_example_each() -> None:
    shown = CliRunner().invoke(cli, ["actors", "--help"]).stdout
    for command in COMMANDS:
        assert f"\n  {command} " in shown
        assert f"    graphkit actors {command}" in shown or command == "list"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(cli, ["actors", command, "--help"]).stdout
    assert "    graphkit actors" in shown


# --- listing ------------------------------------------------------------------------------------


def test_actors_are_listed_with_most_statements_first(path: Path) -> None:
    rows = listed(path)
    assert rows == listed(path, "list")
    counts = [int(row["statements"]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert rows[0] == {
        "actor": "Drivers' Union",
        "actor_type": "organization",
        "represents": "",
        "statements": "3",
        "also_called": "",
    }


@pytest.mark.parametrize("text", ["novak", "ŁUCJA", "the mayor"])
def test_a_text_restricts_the_list_to_names_and_aliases_with_it(text: str, path: Path) -> None:
    assert names(path, text) == names(path, "list", text) == ["Łucja Novák"]


def test_a_text_that_is_a_command_is_listed_by_list(path: Path) -> None:
    assert names(path, "list", "merge") == []
    assert run(path, "list", "merge").exit_code == 0


def test_a_table_tells_corrections_in_words(path: Path) -> None:
    made = corrected(path, "split", "Norland", "Norland Rail", "--article", "brief")
    (line,) = [line for line in run(path, "corrections").stdout.splitlines() if made in line]
    assert line.split("   ") == [made, ":Norland is :Norland_Rail in brief", "yes"]


@pytest.mark.parametrize("command", [[], ["list"], ["doubtful"], ["corrections"]])
@pytest.mark.parametrize("format", FORMATS)
def test_lists_have_all_formats(command: list[str], format: str, path: Path) -> None:
    corrected(path, "rename", "Tom Reed", "Thomas Reed")
    result = run(path, *command, "-f", format)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.strip() != ""


def test_a_limit_tells_what_it_hides(path: Path) -> None:
    result = run(path, "-n", "2", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    assert "8 more actors" in result.stderr


def test_doubtful_actors_come_with_the_command_that_settles_them(path: Path) -> None:
    (row,) = json.loads(run(path, "doubtful", "-f", "json").stdout)["doubts"]
    assert row == {
        "actor": "Pérez",
        "other": "Ana Pérez",
        "reason": "surname alone",
        "statements": 0,
        "command": 'graphkit actors alias "Ana Pérez" "Pérez"',
    }
    assert row["command"] in run(path, "doubtful").stdout


def test_without_doubts_the_list_is_empty(path: Path) -> None:
    corrected(path, "alias", "Ana Pérez", "Pérez")
    result = run(path, "doubtful")
    assert (result.exit_code, result.stdout.strip()) == (0, "no doubts")


# --- correcting ---------------------------------------------------------------------------------


def test_merge_tells_what_it_did_and_how_to_undo_it(path: Path) -> None:
    result = run(path, "merge", "Ana Pérez", "Tom Reed", "Norland")
    assert result.exit_code == 0
    assert len(re.findall(r"^[0-9a-f]{10}: \S+ is :Ana_Perez$", result.stderr, re.MULTILINE)) == 2
    assert {"Tom Reed", "Norland"} & {*names(path)} == set()


def test_what_is_so_already_is_told(path: Path) -> None:
    corrected(path, "rename", "Tom Reed", "Thomas Reed")
    for same in (["rename", "Tom Reed", "Thomas Reed"], ["merge", "Tom Reed", "Thomas Reed"]):
        result = run(path, *same)
        assert (result.exit_code, "That is so already." in result.stderr) == (0, True)
    assert len(listed(path, "corrections")) == 1


@pytest.mark.parametrize(
    ("one", "other", "then"),
    [
        (
            ("rename", ":Tom_Reed", "Thomas Reed"),
            ("rename", ":Tom_Reed", "T. Reed"),
            ("Thomas Reed", "Drivers' Union"),
        ),
        (
            ("represents", "Tom Reed", "Norland"),
            ("represents", "Tom Reed", "--nobody"),
            ("Tom Reed", "Norland"),
        ),
        (
            ("alias", "Norland", "Tom Reed"),
            ("alias", "Ana Pérez", "Tom Reed"),
            ("Norland", "Drivers' Union"),
        ),
    ],
)
def test_what_was_said_before_something_else_can_be_said_again(
    one: tuple[str, ...], other: tuple[str, ...], then: tuple[str, str], path: Path
) -> None:
    for arguments in (one, other, one):
        result = run(path, *arguments)
        assert (result.exit_code, "so already" in result.stderr) == (0, False)
    assert len(listed(path, "corrections")) == 2
    assert then in {(row["actor"], row["represents"]) for row in listed(path)}


def test_rename(path: Path) -> None:
    corrected(path, "rename", "Tom Reed", "Thomas Reed")
    assert names(path, "reed") == ["Thomas Reed"]


def test_split(path: Path) -> None:
    corrected(path, "split", "Norland", "Norland Rail", "--article", "brief")
    assert sorted(names(path, "norland")) == ["Norland", "Norland Rail"]
    assert run(path, "split", "Norland", "Norland Rail").exit_code == 2


def test_alias(path: Path) -> None:
    corrected(path, "alias", "Ana Pérez", "Pérez")
    assert names(path, "pérez") == ["Ana Pérez"]


def test_represents(path: Path) -> None:
    corrected(path, "represents", "Tom Reed", "Norland", "--from", "2024-01-01")
    corrected(path, "represents", "Ana Pérez", "--nobody")
    shown = {row["actor"]: row["represents"] for row in listed(path)}
    assert (shown["Tom Reed"], shown["Ana Pérez"]) == ("Norland", "")
    told = listed(path, "corrections")
    assert [(row["other"], row["from"], row["to"]) for row in told] == [
        (":Norland", "2024-01-01", ""),
        ("", "", ""),
    ]


@pytest.mark.parametrize("arguments", [("Tom Reed",), ("Tom Reed", "Norland", "--nobody")])
def test_represents_takes_somebody_or_nobody(arguments: tuple[str, ...], path: Path) -> None:
    result = run(path, "represents", *arguments)
    assert result.exit_code == 2
    assert "Give PRINCIPAL or --nobody." in result.stderr


# --- files --------------------------------------------------------------------------------------


def correct_all(path: Path) -> None:
    corrected(path, "merge", "Ana Pérez", "Tom Reed")
    corrected(path, "split", "Norland", "Norland Rail", "--article", "brief")
    corrected(path, "rename", "Norland Rail", "Railways")


@pytest.mark.parametrize("ending", ["csv", "tsv", "ttl"])
def test_exported_corrections_can_be_applied(ending: str, path: Path, tmp_path: Path) -> None:
    correct_all(path)
    table = tmp_path / f"corrections.{ending}"
    assert run(path, "corrections", "-o", str(table)).exit_code == 0
    other = tmp_path / "other.db"
    with make_store(other) as store:
        store.add(article("later", person("Pérez"), Actor(name="Norland", type="country")))
    result = run(other, "apply", str(table))
    assert (result.exit_code, result.stderr) == (0, "3 corrections made, 0 wrong\n")
    with Store.open(path, read_only=True) as one, Store.open(other, read_only=True) as two:
        assert quads_of(one) == quads_of(two)
    again = run(other, "apply", str(table))
    assert (again.exit_code, again.stderr) == (0, "0 corrections made, 0 wrong\n")


def test_corrections_are_turtle_on_standard_output(path: Path) -> None:
    correct_all(path)
    result = run(path, "corrections", "-f", "ttl")
    made = read_turtle(result.stdout, "-", Iris())
    assert [one.action for one in made] == ["merge", "split", "rename"]


def test_wrong_lines_are_named_and_the_others_made(path: Path, tmp_path: Path) -> None:
    table, broken = tmp_path / "corrections.csv", tmp_path / "broken.ttl"
    table.write_text("action,actor,name\nrename,Tom Rede,T.\nrename,Tom Reed,T. Reed\n")
    broken.write_text("nothing like it")
    result = run(path, "apply", str(broken), str(table))
    assert result.exit_code == 1
    first, second, last = result.stderr.splitlines()
    assert first.startswith(f"graphkit: {broken}:1: not valid Turtle")
    assert second.startswith(f"graphkit: {table}:2: No actor 'Tom Rede'. Did you mean 'Tom Reed'")
    assert last == "1 correction made, 2 wrong"
    assert names(path, "T. Reed") == ["T. Reed"]


# --- undoing ------------------------------------------------------------------------------------


def test_undo_takes_back_and_names_what_applies_no_more(path: Path) -> None:
    with Store.open(path, read_only=True) as store:
        before = quads_of(store)
    made = corrected(path, "split", "Norland", "Norland Rail", "--article", "brief")
    renamed = corrected(path, "rename", "Norland Rail", "Railways")
    result = run(path, "undo", made)
    assert result.exit_code == 0
    first, second = result.stderr.splitlines()
    assert first == "1 correction taken back"
    assert second.startswith(f"graphkit: correction {renamed} concerns no actor any more: ")
    assert [row["applies"] for row in listed(path, "corrections")] == ["no more"]
    assert run(path, "undo", renamed).exit_code == 0
    with Store.open(path, read_only=True) as store:
        assert quads_of(store) == before


def test_a_correction_is_taken_back_by_the_beginning_of_its_id(path: Path) -> None:
    made = corrected(path, "rename", "Tom Reed", "T. Reed")
    assert run(path, "undo", made[:4]).exit_code == 0
    assert listed(path, "corrections") == []


def test_adding_articles_names_what_applies_no_more(path: Path, tmp_path: Path) -> None:
    corrected(path, "rename", "Tom Reed", "T. Reed")
    with Store.open(path) as store:
        store.remove("herald-2")
        unchanged = tmp_path / "note.txt"
        unchanged.write_text("Nobody said anything.\n")
    result = CliRunner().invoke(cli, ["add", str(unchanged), "-s", str(path)])
    assert result.exit_code == 0, result.stderr
    assert "concerns no actor any more: :Tom_Reed is called 'T. Reed'" in result.stderr


# --- wrong input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("merge", "Norland", "Tom Rede"), "No actor 'Tom Rede'. Did you mean 'Tom Reed'"),
        (("merge", "some shopkeeprs", "Norland"), "Did you mean 'some shopkeepers'?"),
        (("rename", "some shopkeepers", "S."), "is the name of several actors; give one of"),
        (("rename", "Tom Reed", " "), "A name must not be empty."),
        (("rename", "Tom Reed", "Norland"), "'Norland' is another actor"),
        (("split", "Norland", "N.", "--article", "herald-9"), "No article 'herald-9'."),
        (("represents", "Tom Reed", "Tom Reed"), "'Tom Reed' cannot speak for itself."),
        (
            ("represents", "Tom Reed", "Norland", "--from", "2024-05-01", "--to", "2024-04-01"),
            "2024-05-01 lies after to 2024-04-01",
        ),
        (("undo", "zzz"), "No correction 'zzz'. `graphkit actors corrections` lists them."),
    ],
)
def test_wrong_input_is_one_line_and_changes_nothing(
    arguments: tuple[str, ...], message: str, path: Path
) -> None:
    with Store.open(path, read_only=True) as store:
        before = quads_of(store)
    result = run(path, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("graphkit: ")
    assert result.stderr.count("\n") == 1
    assert message in result.stderr
    del result  # and with its traceback the store, which would tidy up while it is read
    gc.collect()
    with Store.open(path, read_only=True) as store:
        assert quads_of(store) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "Norland", "Tom Reed"),
        ("apply", "corrections.csv"),
        ("undo", "zzz"),
        ("list",),
        ("corrections",),
    ],
)
def test_without_a_store_the_way_on_is_told_and_none_is_made(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = run(tmp_path / "none.db", *arguments)
    assert result.exit_code == 1
    assert "`graphkit add` makes one" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_an_unknown_option_is_wrong_usage(path: Path) -> None:
    assert run(path, "--nosuch").exit_code == 2
    assert run(path, "merge", "Norland").exit_code == 2
    assert run(path, "undo").exit_code == 2
