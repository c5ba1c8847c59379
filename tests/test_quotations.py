"""Quotation marks: every kind that newspapers print, and texts that get them wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.extract.quotations import quotations

MARKS = "“”„\"'‘’«»`"


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “no deal” twice.", ["“no deal”"]),
        ('She said "no deal" twice.', ['"no deal"']),
        ("She said ‘no deal’ twice.", ["‘no deal’"]),
        ("She said ``no deal'' twice.", ["``no deal''"]),
        ("She said «no deal» twice.", ["«no deal»"]),
        ("Sie sagte „no deal“ twice.", ["„no deal“"]),
    ],
    ids=["curly", "straight", "single", "doubled", "angle", "low"],
)
def test_a_quotation_includes_its_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody is quoted here.",
        "The minister’s office won’t say what the parties’ aides know.",
        "The minister's office won't say.",
        "It closed in the ’90s.",
        "A closing mark without an opening one” ends nothing.",
    ],
)
def test_apostrophes_and_stray_closing_marks_quote_nothing(text: str) -> None:
    assert quotations(text) == []


def test_several_quotations_come_in_text_order() -> None:
    assert quoted('“One,” he said. "Two," she said.') == ["“One,”", '"Two,"']


def test_a_broken_quotation_is_two() -> None:
    assert quoted("“We will come,” he said, “and stay.”") == ["“We will come,”", "“and stay.”"]


@pytest.mark.parametrize(
    "text",
    [
        "“They call it ‘peace’ and mean war,” he said.",
        "“They call it 'peace' and mean war,” he said.",
        '“They call it "peace" and mean war,” he said.',
        "“They call it «peace» and mean war,” he said.",
    ],
    ids=["single", "apostrophes", "straight", "angle"],
)
def test_a_nested_quotation_belongs_to_the_outer_one(text: str) -> None:
    assert quoted(text) == [text.removesuffix(" he said.")]


def test_an_apostrophe_does_not_close_a_quotation_that_a_straight_mark_closes() -> None:
    text = '“It isn’t over," he said. “We won’t go," she said.'
    assert quoted(text) == ['“It isn’t over,"', '“We won’t go,"']


def test_an_apostrophe_does_not_close_a_single_quotation() -> None:
    assert quoted("He said: ‘It isn’t over.’ Then he left.") == ["‘It isn’t over.’"]


def test_a_plural_possessive_does_not_close_a_single_quotation() -> None:
    assert quoted("A ‘blow to the allies’ plans,’ he said.") == ["‘blow to the allies’ plans,’"]


@pytest.mark.parametrize("mark", ["“", '"'])
def test_a_quotation_left_open_ends_with_its_paragraph(mark: str) -> None:
    text = f"He said: {mark}We go on.\nNobody else spoke."
    assert quoted(text) == [f"{mark}We go on."]


def test_a_speaker_who_goes_on_opens_each_paragraph() -> None:
    assert quoted("“First.\n“Second.”") == ["“First.", "“Second.”"]


@pytest.mark.parametrize(
    "text", ['He said "no deal” twice.', 'He said “no deal" twice, and “no” to her.']
)
def test_mismatched_marks_still_pair(text: str) -> None:
    assert quoted(text)[0].strip('"“”') == "no deal"


def test_a_single_quotation_left_open_is_none() -> None:
    assert quoted("It was in the ‘90s that they met.\nLater they parted.") == []


@given(st.text(alphabet=MARKS + "ab s.,\n", max_size=80) | st.text(max_size=80))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    position = 0
    for start, end in quotations(text):
        assert position <= start < end <= len(text)
        assert text[start] in MARKS
        assert "\n" not in text[start:end]
        position = end


@given(st.text(alphabet="ab .,", max_size=20), st.sampled_from(["“”", '""', "«»"]))
def test_what_stands_between_marks_is_found_whole(words: str, marks: str) -> None:
    assert quoted(f"He said: {marks[0]}{words}{marks[1]} and left.") == [
        f"{marks[0]}{words}{marks[1]}"
    ]
