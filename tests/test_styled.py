"""Styled text is wrapped to the cells of a terminal, and nothing of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.styled import Styled, cells, coloured, fitted, joined, plain, styled, wrapped

# What a page is made of: any letters but control characters, which `pages` takes out.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])
PIECES = st.tuples(st.text(st.one_of(st.sampled_from("ab  漢e\u0301"), LETTERS)), st.just("dim"))
TEXTS = st.lists(PIECES, max_size=4).map(tuple)


@given(text=TEXTS, width=st.integers(2, 20))
def test_every_line_fits_and_no_letter_is_lost(text: Styled, width: int) -> None:
    lines = wrapped(text, width)
    assert max(cells(plain(line)) for line in lines) <= width
    kept = "".join(map(plain, lines))
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", plain(text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one  two", 8, ["one  two"]),
        ("a verylongword", 6, ["a", "verylo", "ngword"]),
        ("東京都庁", 5, ["東京", "都庁"]),
        ("first\nsecond", 20, ["first", "second"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_between_words_and_long_words_are_cut(
    text: str, width: int, lines: list[str]
) -> None:
    assert [plain(line) for line in wrapped(((text, ""),), width)] == lines


def test_styles_stay_on_their_words_across_lines() -> None:
    text: Styled = (("no ", ""), ("loud words", "bold"))
    assert [coloured(line) for line in wrapped(text, 7)] == [
        "no \x1b[1mloud\x1b[0m",
        "\x1b[1mwords\x1b[0m",
    ]


def test_texts_are_joined_with_plain_separators() -> None:
    quote, origin = (("Yes.", ""),), styled((("paper", ""), ("day", "")), "dim")
    assert joined([quote, origin], " — ") == (
        *(("Yes.", ""), (" — ", "")),
        *(("paper", "dim"), ("day", "dim")),
    )


@given(widths=st.lists(st.integers(0, 300), min_size=1, max_size=8), room=st.integers(8, 100))
def test_columns_fit_and_none_grows_or_vanishes(widths: list[int], room: int) -> None:
    fitting = fitted(widths, room)
    assert sum(fitting) <= room
    assert all(min(old, 1) <= new <= old for old, new in zip(widths, fitting, strict=True))


def test_columns_that_fit_keep_their_widths() -> None:
    assert fitted([3, 5], 8) == [3, 5]
