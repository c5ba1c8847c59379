"""Rows become tables for people and formats for programs; a file is written whole or not at all."""

import csv
import io
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import ExportError
from graphkit.output import ROW_FORMATS, Answer, open_output, write_answer, write_rows

COLUMNS = ("actor", "count", "date", "names")
ROWS = [
    {"actor": "Łucja", "count": 2, "date": date(2024, 3, 4), "names": ["a", "b"]},
    {"actor": 'He said "no",\tthen\nleft', "count": 10, "date": None, "names": []},
]


class _Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


def _write(format: str, rows: list[dict[str, Any]] = ROWS, columns: Any = COLUMNS) -> str:
    stream = io.BytesIO()
    write_rows(rows, columns, format, stream)
    return stream.getvalue().decode()


def _show(answer: Answer, stream: io.BytesIO | None = None) -> str:
    stream = stream or io.BytesIO()
    write_answer(answer, "table", stream)
    return stream.getvalue().decode()


# --- formats for programs -----------------------------------------------------------------------


def test_csv_is_that_of_rfc_4180() -> None:
    assert _write("csv") == (
        "actor,count,date,names\r\n"
        "Łucja,2,2024-03-04,a; b\r\n"
        '"He said ""no"",\tthen\nleft",10,,\r\n'
    )


def test_tsv_has_one_line_for_each_row() -> None:
    lines = _write("tsv").splitlines()
    assert lines[2] == 'He said "no",\\tthen\\nleft\t10\t\t'
    assert len(lines) == 3


def test_json_is_an_array_with_typed_values() -> None:
    first, second = json.loads(_write("json"))
    assert first == {"actor": "Łucja", "count": 2, "date": "2024-03-04", "names": ["a", "b"]}
    assert second["date"] is None


def test_json_lines_are_the_rows_of_json() -> None:
    lines = [json.loads(line) for line in _write("jsonl").splitlines()]
    assert lines == json.loads(_write("json"))


@pytest.mark.parametrize("format", ROW_FORMATS)
def test_only_the_columns_are_written_in_their_order(format: str) -> None:
    text = _write(format, [{"b": "two", "hidden": "x", "a": "one"}], ("a", "b"))
    assert text.index("one") < text.index("two")
    assert "x" not in text


@pytest.mark.parametrize(("format", "text"), [("csv", "a\r\n"), ("json", "[]\n"), ("jsonl", "")])
def test_no_rows_are_no_error(format: str, text: str) -> None:
    assert _write(format, [], ("a",)) == text


@given(
    rows=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)
    )
)
def test_csv_reads_back_as_it_was(rows: list[list[str]]) -> None:
    text = _write("csv", [dict(zip("ab", row, strict=True)) for row in rows], "ab")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *rows]


def test_an_answer_is_one_json_object() -> None:
    stream = io.BytesIO()
    write_answer(Answer({"topic": "tea"}, "positions", ("actor",), ROWS), "json", stream)
    value = json.loads(stream.getvalue())
    assert value["topic"] == "tea"
    assert [row["actor"] for row in value["positions"]] == [row["actor"] for row in ROWS]


# --- tables for people --------------------------------------------------------------------------

LONG = "a sentence with quite a few words in it " * 5
CARDS = Answer(
    {"topic": "tea", "unknown": None},
    "positions",
    ("stance", "actor", "before", "evidence", "id"),
    [
        {"stance": "supports", "actor": "Ann", "before": "", "evidence": LONG, "id": "1"},
        {"stance": "supports", "actor": "Bob", "before": "", "evidence": "Yes.", "id": "2"},
        {"stance": "opposes", "actor": "Eve", "before": "", "evidence": "No.", "id": "3"},
    ],
    group_by="stance",
    below=("evidence", "id"),
)
TABLE = Answer({}, "rows", ("stance", "evidence"), CARDS.rows)


@pytest.mark.parametrize("answer", [CARDS, TABLE])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_fits_the_terminal(
    answer: Answer, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = _show(answer)
    assert max(map(len, text.splitlines())) <= width
    assert text.count("sentence") == 5  # wrapped, not cut


WORDS = Answer(
    {},
    "rows",
    ("statements", "who", "about_what", "date", "evidence"),
    [
        {
            "statements": number,
            "who": "Hanneke Verbruggen",
            "about_what": "ground troops in Ukraine",
            "date": date(2024, 3, 4),
            "evidence": "Yes.",
        }
        for number in (7, 12)
    ],
    below=("evidence",),
)


@pytest.mark.parametrize(
    ("width", "broken", "whole"),
    [
        (60, (), ("statements", "Hanneke", "Verbruggen", "Ukraine", "2024-03-04", "about what")),
        (50, (), ("statements", "Hanneke", "Verbruggen", "Ukraine", "2024-03-04", "what")),
        (42, ("statements",), ("Hanneke", "Verbruggen", "Ukraine", "2024-03-04", "what")),
        (30, ("statements", "Verbruggen"), ()),
    ],
)
def test_words_are_broken_last_and_those_of_the_header_first(
    width: int, broken: tuple[str, ...], whole: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = _show(WORDS)
    assert max(map(len, text.splitlines())) <= width
    assert [word for word in broken if word in text] == []
    assert [word for word in whole if word not in text] == []


def test_an_iri_is_never_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    iri = "https://example.org/" + "x" * 60
    text = _show(Answer({"iri": iri, "date": "2024"}, "rows", (), []))
    assert "".join(line.split()[-1] for line in text.splitlines()[:3]) == iri


def test_a_group_is_named_once_with_its_size() -> None:
    lines = _show(CARDS).splitlines()
    assert [line for line in lines if line.endswith(")")] == ["supports (2)", "opposes (1)"]


def test_a_grouped_table_names_the_group_in_its_first_row_only() -> None:
    rows = [{"article": "x", "actor": "Ann"}, {"article": "x", "actor": "Bob"}]
    text = _show(Answer({}, "rows", ("article", "actor"), rows, group_by="article"))
    assert text.count("x") == 1


def test_a_sentence_stands_below_its_row_with_its_origin() -> None:
    lines = _show(CARDS).splitlines()
    assert lines[lines.index("Bob") + 1] == "    Yes. — 2"


def test_several_sentences_of_a_row_are_told_apart() -> None:
    rows = [
        {"actor": "Ann", "old": "No.", "old_id": "1", "new": "Yes.", "new_id": "2"},
        {"actor": "Bob", "old": "", "old_id": "", "new": "Hm.", "new_id": "3"},
    ]
    sentences = {"before": ("old", "old_id"), "now": ("new", "new_id")}
    lines = _show(Answer({}, "rows", tuple(rows[0]), rows, sentences=sentences)).splitlines()
    assert lines[lines.index("Ann") :] == [
        *("Ann", "    before: No. — 1", "    now: Yes. — 2", ""),
        *("Bob", "    now: Hm. — 3", ""),
    ]


def test_what_is_empty_everywhere_is_not_shown() -> None:
    text = _show(CARDS)
    assert "before" not in text
    assert "unknown" not in text


def test_a_long_list_of_facts_is_cut_for_people_only() -> None:
    answer = Answer({"also_called": list("abcdefgh")}, "rows", ("x",), [])
    assert "a; b; c; d; e; and 3 more\n" in _show(answer)
    stream = io.BytesIO()
    write_answer(answer, "json", stream)
    assert json.loads(stream.getvalue())["also_called"] == list("abcdefgh")


def test_no_rows_are_told() -> None:
    assert _show(Answer({}, "positions", ("a",), [])) == "no positions\n"


def test_rows_in_which_nothing_stands_are_shown_as_such() -> None:
    assert _show(Answer({}, "rows", ("a", "b"), [{"a": "", "b": None}])) == "a   b\n─────\n\n"
    assert _show(Answer({}, "rows", (), [{}])) == "\n"
    empty = {"a": "Ann", "quote": "", "id": ""}
    cards = Answer({}, "rows", tuple(empty), [empty], below=("quote", "id"))
    assert _show(cards).splitlines() == ["a", "", "Ann", "", ""]


def test_a_pipe_gets_no_escape_codes() -> None:
    assert "\x1b" not in _show(CARDS)


@pytest.mark.parametrize(("no_color", "is_coloured"), [("", True), ("1", False)])
def test_a_terminal_gets_colours_unless_no_color_is_set(
    no_color: str, is_coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert ("\x1b[" in _show(CARDS, _Terminal())) is is_coloured


def test_control_characters_of_a_text_do_not_reach_the_terminal() -> None:
    rows = [{"a": "red \x1b[31m\x9b31m\r\nalert", "b": ""}]
    assert "red  [31m 31m alert" in _show(Answer({}, "rows", ("a", "b"), rows), _Terminal())


def test_brackets_in_a_text_are_no_markup() -> None:
    assert "[bold]x[/bold] :smile:" in _write("table", [{"a": "[bold]x[/bold] :smile:"}], ("a",))


# --- files --------------------------------------------------------------------------------------


def test_a_file_is_replaced_once_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    with open_output(str(path)) as stream:
        stream.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), open_output(str(path)) as stream:
        stream.writelines(b"half" * (1 // number) for number in (1, 0))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_replaced_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.touch(mode=0o600)
    with open_output(str(path)) as stream:
        stream.write(b"new")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    link = tmp_path / "link"
    link.symlink_to("target")
    with open_output(str(link)) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_device_is_written_and_not_replaced() -> None:
    with open_output(os.devnull) as stream:
        stream.write(b"x")
    assert not Path(os.devnull).is_file()


def _in_missing_folder(folder: Path) -> Path:
    return folder / "missing" / "x.csv"


@pytest.mark.parametrize("place", [_in_missing_folder, lambda folder: folder])
def test_a_place_that_cannot_be_written_is_named(
    place: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = place(tmp_path)
    with pytest.raises(ExportError, match=f"Cannot write {path}: "), open_output(str(path)):
        pass
    assert list(tmp_path.iterdir()) == []
