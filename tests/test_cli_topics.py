"""``graphkit topics`` and ``graphkit topic``: lists, codebooks, corrections, and wrong input."""

import csv
import gc
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import example
from example import CHARGE, TRAMS
from graphkit.cli import cli
from graphkit.store import Store
from graphs import quads_of

CODEBOOK = """label,alternatives,broader,id
road pricing,congestion charge|toll,city traffic,https://x.example/pricing
city traffic,,,
"""
COMMANDS = (
    "list",
    "import",
    "suggest",
    "worst",
    "merge",
    "rename",
    "split",
    "alias",
    "broader",
    "retire",
    "apply",
    "corrections",
    "undo",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "debate.db"
    example.make_store(folder).close()
    return folder


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "-s", str(path)])


def done(path: Path, *arguments: str) -> Result:
    result = run(path, *arguments)
    assert result.exit_code == 0, result.stderr
    return result


def rows(path: Path, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(done(path, *arguments, "-f", "csv").stdout)))


def correction_ids(path: Path) -> Iterator[str]:
    return (row["id"] for row in rows(path, "topics", "corrections"))


# --- lists --------------------------------------------------------------------------------------


def test_topics_are_listed_with_those_of_most_statements_first(path: Path) -> None:
    assert [(row["topic"], row["statements"]) for row in rows(path, "topics")] == [
        (CHARGE, "10"),
        (TRAMS, "3"),
        ("Łucja Novák", "1"),
    ]


def test_an_actor_that_others_are_against_is_listed_as_a_topic(path: Path) -> None:
    (mayor,) = rows(path, "topics", "novak")
    assert (mayor["topic"], mayor["actor_type"]) == ("Łucja Novák", "person")


def test_a_text_selects_among_all_labels(path: Path) -> None:
    done(path, "topics", "merge", TRAMS, CHARGE)
    assert [row["topic"] for row in rows(path, "topics", "CHARGE")] == [TRAMS]
    assert rows(path, "topics", "list", "zebra") == []


LISTS = [
    ("topics",),
    ("topics", "list", "tram"),
    ("topics", "suggest"),
    ("topics", "worst"),
    ("topics", "corrections"),
]


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "jsonl"])
def test_a_list_has_all_formats(arguments: tuple[str, ...], format: str, path: Path) -> None:
    done(path, "topics", "rename", TRAMS, "it")
    result = done(path, *arguments, "-f", format)
    assert result.stderr == ""
    if format == "json":
        (*_, listed) = json.loads(result.stdout).values()
        assert listed == rows_as_json(done(path, *arguments, "-f", "jsonl").stdout)


def rows_as_json(text: str) -> list[object]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_bad_label_is_listed_with_what_is_wrong(path: Path) -> None:
    done(path, "topics", "rename", TRAMS, "it")
    (worst,) = rows(path, "topics", "worst")
    assert (worst["topic"], worst["statements"]) == ("it", "3")
    assert worst["problems"]


def test_a_limit_is_told(path: Path) -> None:
    result = done(path, "topics", "-n", "1")
    assert result.stderr == "2 more topics; see them without -n.\n"


# --- a topic ------------------------------------------------------------------------------------


def test_a_topic_counts_narrower_ones_if_asked(path: Path) -> None:
    for topic in (TRAMS, CHARGE):
        done(path, "topics", "broader", topic, "city traffic")
    alone = json.loads(done(path, "topic", "city traffic", "-f", "json").stdout)
    whole = json.loads(done(path, "topic", "city traffic", "--narrower", "-f", "json").stdout)
    assert (alone["statements"], whole["statements"]) == (0, 13)
    assert alone["narrower"] == whole["narrower"] == [CHARGE, TRAMS]


def test_the_iri_that_a_topic_shows_leads_to_it_after_it_was_merged(path: Path) -> None:
    old = json.loads(done(path, "topic", CHARGE, "-f", "json").stdout)["iri"]
    done(path, "topics", "merge", TRAMS, CHARGE)
    found = json.loads(done(path, "topic", old, "-f", "json").stdout)
    assert (found["topic"], found["also_called"], found["statements"]) == (TRAMS, [CHARGE], 13)


# --- codebooks ----------------------------------------------------------------------------------


def test_an_import_tells_how_many_statements_landed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "codebook.csv").write_text(CODEBOOK)
    result = done(path, "topics", "import", str(tmp_path / "codebook.csv"))
    assert result.stdout == ""
    assert result.stderr == (
        "2 topics imported; 10 of 14 statements are on the 2 topics of the codebook\n"
    )
    assert rows(path, "topics")[0] == {
        "topic": "road pricing",
        "statements": "10",
        "part_of": "city traffic",
        "actor_type": "",
    }


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.csv", CODEBOOK + "road pricing,,,\n", "a.csv:4: "),
        ("a.csv", "title\nroad pricing\n", "a.csv:1: "),
        ("a.csv", CODEBOOK + '"toll bridges,,,\n', "a.csv:4: "),
        ("a.ttl", "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n:a a", "a.ttl:2"),
    ],
)
def test_a_broken_codebook_is_named_and_leaves_the_store_as_it_was(
    name: str, text: str, place: str, path: Path, tmp_path: Path
) -> None:
    with Store.open(path) as store:
        before = quads_of(store)
    (tmp_path / "sound.csv").write_text("label\nanother topic\n")
    (tmp_path / name).write_text(text)
    result = run(path, "topics", "import", str(tmp_path / "sound.csv"), str(tmp_path / name))
    assert (result.exit_code, result.stdout) == (1, "")
    assert place in result.stderr
    assert "Traceback" not in result.stderr
    with Store.open(path) as store:
        assert quads_of(store) == before


# --- corrections --------------------------------------------------------------------------------

CORRECTIONS = {
    "merge": (TRAMS, CHARGE),
    "rename": (TRAMS, "trams without fares"),
    "split": (TRAMS, "Norland's trams", "--article", "brief"),
    "alias": (CHARGE, "the toll", TRAMS),
    "broader": (TRAMS, "city traffic"),
    "retire": (TRAMS, CHARGE),
}


@pytest.mark.parametrize("action", CORRECTIONS)
def test_a_correction_is_told_listed_and_taken_back(action: str, path: Path) -> None:
    with Store.open(path) as store:
        before = quads_of(store)
    result = done(path, "topics", action, *CORRECTIONS[action])
    ids = [*correction_ids(path)]
    assert result.stdout == ""
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ids
    assert {row["applies"] for row in rows(path, "topics", "corrections")} <= {"yes", "no more"}
    done(path, "topics", "undo", *ids)
    with Store.open(path) as store:
        assert quads_of(store) == before


def test_corrections_are_told_in_labels_though_topics_were_merged(path: Path) -> None:
    told = done(path, "topics", "merge", TRAMS, CHARGE).stderr
    assert told.endswith(f": '{CHARGE}' is '{TRAMS}'\n")
    done(path, "topics", "broader", TRAMS, "city traffic")
    listed = done(path, "topics", "corrections").stdout
    assert f"'{CHARGE}' is '{TRAMS}'" in listed
    assert f"'city traffic' is wider than '{TRAMS}'" in listed


def test_renamed_and_retired_topics_are_told_by_what_they_were_called(path: Path) -> None:
    for name in ("fares", "the free trams"):  # of which the second says the same as before
        told = done(path, "topics", "rename", TRAMS, name).stderr
        assert told.endswith(f": '{TRAMS}' is called '{name}'\n")
    told = done(path, "topics", "retire", CHARGE).stderr
    assert told.endswith(f": '{CHARGE}' is no topic\n")


def test_an_import_names_the_corrections_that_concern_nothing_any_more(
    path: Path, tmp_path: Path
) -> None:
    done(path, "topics", "rename", CHARGE, "toll")
    (tmp_path / "codebook.csv").write_text(CODEBOOK)
    told = done(path, "topics", "import", str(tmp_path / "codebook.csv")).stderr
    assert "concerns no topic any more" in told.splitlines()[0]


def test_what_is_so_already_is_told(path: Path) -> None:
    done(path, "topics", "broader", TRAMS, "city traffic")
    again = done(path, "topics", "broader", TRAMS, "city traffic")
    assert again.stderr.startswith("That is so already.\n")


def test_corrections_of_actors_are_listed_apart(path: Path) -> None:
    done(path, "actors", "rename", "Norland", "Northland")
    done(path, "topics", "rename", TRAMS, "trams")
    assert [row["action"] for row in rows(path, "topics", "corrections")] == ["rename"]
    assert [row["kind"] for row in rows(path, "topics", "corrections")] == ["topic"]
    assert [row["kind"] for row in rows(path, "actors", "corrections")] == ["actor"]


@pytest.mark.parametrize("ending", ["csv", "tsv", "ttl"])
def test_listed_corrections_can_be_applied_elsewhere(
    ending: str, path: Path, tmp_path: Path
) -> None:
    done(path, "topics", "merge", TRAMS, CHARGE)
    done(path, "topics", "broader", TRAMS, "city traffic")
    file = tmp_path / f"corrections.{ending}"
    done(path, "topics", "corrections", "-f", ending, "-o", str(file))
    other = tmp_path / "other.db"
    example.make_store(other).close()
    result = done(other, "topics", "apply", str(file))
    assert result.stderr == "2 corrections made, 0 wrong\n"
    with Store.open(path, read_only=True) as one, Store.open(other, read_only=True) as two:
        assert quads_of(one) == quads_of(two)


# --- wrong input and help -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("topic", "congestion charg"), "No topic 'congestion charg'. Did you mean"),
        (("topic", ":no-such"), "No topic ':no-such'."),
        (("topics", "merge", TRAMS, "zebra crossings"), "No topic 'zebra crossings'."),
        (("topics", "merge", "Norland", TRAMS), "No topic 'Norland'."),
        (("topics", "merge", "novak", TRAMS), "'Łucja Novák' is an actor"),
        (("topics", "rename", TRAMS, CHARGE), f"'{CHARGE}' is another topic"),
        (("topics", "split", TRAMS, "x", "--article", "none"), "No article 'none'."),
        (("topics", "broader", TRAMS, TRAMS), "it cannot be wider."),
        (("topics", "retire", "zebra"), "No topic 'zebra'."),
        (("topics", "undo", "zzz"), "`graphkit topics corrections` lists"),
        (("topics", "apply", "no-such.csv"), "no-such.csv"),
        (("topics", "import", "no-such.csv"), "no-such.csv"),
        (("topics", "import", "codebook.xlsx"), "codebook.xlsx"),
    ],
)
def test_wrong_input_is_one_line_and_changes_nothing(
    arguments: tuple[str, ...], message: str, path: Path
) -> None:
    with Store.open(path, read_only=True) as store:
        before = quads_of(store)
    result = run(path, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 1 + ("apply" in arguments)
    del result  # its traceback keeps the database open, which goes on tidying its files
    gc.collect()
    with Store.open(path, read_only=True) as store:
        assert quads_of(store) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_without_a_store_makes_none(command: str, tmp_path: Path) -> None:
    needed = {"split": ("a", "b", "--article", "c"), "suggest": (), "worst": (), "list": ()}
    (tmp_path / "codebook.csv").write_text(CODEBOOK)
    file = str(tmp_path / "codebook.csv")
    needed |= {"corrections": (), "undo": ("a",), "apply": (file,), "retire": ("a",)}
    if command == "import":  # a codebook may come before the articles
        assert run(tmp_path / "none.db", "topics", "import", file).exit_code == 0
        return
    result = run(tmp_path / "none.db", "topics", command, *needed.get(command, ("a", "b")))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_an_example_of_itself(command: str) -> None:
    text = CliRunner().invoke(cli, ["topics", command, "--help"]).stdout
    examples = re.findall(r"^ +graphkit (topics.*)$", text.partition("Example:")[2], re.MULTILINE)
    assert examples
    for line in examples:
        group, name, *arguments = shlex.split(line + " --help")
        assert name in (command, "--help")
        assert CliRunner().invoke(cli, [group, name, *arguments]).exit_code == 0
