"""Words fit where they are put, and periods follow each other without gaps."""

import datetime
import itertools

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from graphkit.plot.lettering import ELLIPSIS, elided, width_of, wrapped
from graphkit.plot.periods import UNITS, end_of, iter_periods, start_of, unit_for
from graphkit.plot.sheet import FONT

_SIZE = 20
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40">'
    '<rect width="900" height="40" fill="white"/>{text}<rect width="{wide}" height="40" '
    'fill="white"/></svg>'
)
_TEXT = '<text y="28" font-family="{font}" font-size="{size}" font-weight="{weight}">{words}</text>'


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(
    "words",
    [
        "Chamber of Commerce",
        "Łucja Novák",
        "WWW MMM @@@ %%%",
        "fit illicit, fll",
        "Жуков Щё",
        "Nguyễn Văn Thiệu",
    ],
)
def test_words_are_not_wider_than_they_are_taken_for(words: str, weight: str) -> None:
    text = _TEXT.format(font=FONT, size=_SIZE, weight=weight, words=words)
    wide = width_of(words, _SIZE, bold=weight == "bold") + 1
    covered = vl_convert.svg_to_png(_SVG.format(text=text, wide=wide))
    assert covered == vl_convert.svg_to_png(_SVG.format(text="", wide=wide))
    lesser = vl_convert.svg_to_png(_SVG.format(text=text, wide=wide * 0.6))
    assert lesser != covered  # or the width is far too great


def test_chinese_letters_are_square() -> None:
    assert width_of("中文", 10) >= 20


def test_a_text_that_fits_is_left_alone() -> None:
    assert elided("Norland", 200, 12) == "Norland"


@given(st.text(max_size=60), st.floats(30, 300))
def test_a_cut_text_fits(text: str, room: float) -> None:
    cut = elided(text, room, 12)
    assert width_of(cut, 12) <= room
    assert cut == " ".join(text.split()) or cut.endswith(ELLIPSIS)


def test_lines_break_between_words() -> None:
    assert wrapped("one two three", width_of("one two", 12) + 1, 12) == ["one two", "three"]


_DAYS = st.dates(max_value=datetime.date(2200, 1, 1))


@given(_DAYS, st.integers(0, 900), st.sampled_from(UNITS))
def test_periods_follow_each_other(first: datetime.date, length: int, unit: str) -> None:
    last = first + datetime.timedelta(days=length)
    periods = list(iter_periods(first, last, unit))
    assert periods[0][0] <= first
    assert periods[-1][0] <= last <= periods[-1][1]
    for (_, end), (start, _) in itertools.pairwise(periods):
        assert start - end == datetime.timedelta(days=1)


@given(st.dates(), st.sampled_from(UNITS))
def test_a_day_lies_in_its_period(day: datetime.date, unit: str) -> None:
    assert start_of(day, unit) <= day <= end_of(day, unit)
    assert start_of(end_of(day, unit), unit) == start_of(day, unit)


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2024-01-01", "day"),
        ("2024-03-15", "week"),
        ("2026-01-01", "month"),
        ("2090-01-01", "year"),
    ],
)
def test_the_range_chooses_the_unit(last: str, unit: str) -> None:
    assert unit_for(datetime.date(2024, 1, 1), datetime.date.fromisoformat(last)) == unit
