"""Tables: what parts their columns, and what is told of lines that break them."""

from pathlib import Path

import pytest

from graphkit.errors import CodebookError
from graphkit.tables_file import (
    Header,
    Row,
    check_columns,
    iter_rows,
    parts,
    read_header,
    read_text,
)


def rows(text: str) -> tuple[list[Row], list[tuple[int, str]]]:
    mistakes: list[tuple[int, str]] = []
    header = read_header(text, {})
    found = list(iter_rows(text, header, lambda line, message: mistakes.append((line, message))))
    return found, mistakes


@pytest.mark.parametrize(
    ("line", "header"),
    [
        ("a,b", Header(("a", "b"), ",")),
        ("a;b,c", Header(("a", "b,c"), ";")),
        ("a\tb;c", Header(("a", "b;c"), "\t")),
        (" A , Bee ", Header(("a", "b"), ",")),
        ('"a","b"\r', Header(("a", "b"), ",")),
        ("a,b,,", Header(("a", "b"), ",")),
        ("a,,b", Header(("a", "", "b"), ",")),
        ('"a,b', Header((), ",")),
        ("", Header((), ",")),
    ],
)
def test_the_first_line_names_the_columns_and_shows_what_parts_them(
    line: str, header: Header
) -> None:
    assert read_header(line, {"bee": "b"}) == header


def test_rows_keep_their_line_and_blank_ones_are_left_out() -> None:
    text = 'a,b\n1,2\n\n \r\n3\n"4,5",6,,\n'
    assert rows(text) == (
        [
            Row(2, {"a": "1", "b": "2"}),
            Row(5, {"a": "3", "b": ""}),
            Row(6, {"a": "4,5", "b": "6"}),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [("1,2,3", '3 fields, but the header has 2; put ""'), ('"1,2', "broken quotation marks ")],
)
def test_a_broken_line_is_told_and_the_others_are_read(line: str, message: str) -> None:
    found, mistakes = rows(f"a,b\n{line}\n4,5")
    assert found == [Row(3, {"a": "4", "b": "5"})]
    assert [number for number, _ in mistakes] == [2]
    assert mistakes[0][1].startswith(message)


def test_columns_that_are_unknown_or_there_twice_are_told() -> None:
    told: list[tuple[int, str]] = []
    header = read_header("a,x,a", {})
    check_columns(header, ("a", "b"), lambda line, message: told.append((line, message)))
    assert told == [
        (1, "the column 'x' is unknown; known are a, b"),
        (1, "the column 'a' is there twice"),
    ]


def test_a_cell_may_hold_several_texts() -> None:
    assert parts("tax|| income tax | ") == ["tax", "income tax"]
    assert parts(" ") == []


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b")
    assert read_text(path, "codebook", CodebookError) == "a,b"
