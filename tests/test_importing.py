"""Texts are made of quotes so that each is found again, and fields are taken or told as wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.dna.extras import from_text, join_notes, split_notes
from graphkit.importing.fields import coded_id, quote_of, to_statement
from graphkit.importing.quotes import Quote, text_of_quotes

TEXT = "Tugs are needed. “No,” says the port."
FIELDS: dict[str, Any] = {
    "actor": "Port",
    "stance": "opposes",
    "topic": "tugs",
    "start": 17,
    "end": 37,
}


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_quotes_of_one_text_are_found_at_their_places(
    text: str, spans: list[tuple[int, int]]
) -> None:
    quotes = [Quote(text[a:b], a) for a, b in spans if a < b <= len(text)]
    made = text_of_quotes([*quotes, Quote("And this.", None)])
    for words, start in quotes:
        assert start is not None
        assert made[start : start + len(words)] == words
    assert "And this." in made


def test_quotes_that_contradict_an_earlier_one_are_left_out() -> None:
    assert text_of_quotes([Quote("abc", 0), Quote("xyz", 1)]) == "abc"


def test_quotes_too_far_away_are_left_out() -> None:
    assert text_of_quotes([Quote("abc", 10**12)]) == ""


def test_a_statement_needs_little() -> None:
    found = to_statement(FIELDS, "a-1", TEXT)
    assert (found.evidence, found.quote, found.rule) == (TEXT[17:], "direct", "coded")
    assert (found.confidence, found.actor_span, found.date) == (1.0, None, None)
    assert found.id == coded_id("a-1", (17, 37), 0)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"actor": ""}, "no actor"),
        ({"stance": ""}, "no stance"),
        ({"stance": "pro"}, "stance is 'pro', not supports, opposes or ambivalent"),
        ({"actor_type": "firm"}, "actor_type is 'firm', not person"),
        ({"quote": "loud"}, "quote is 'loud', not direct, indirect or action"),
        ({"confidence": 1.5}, "confidence is 1.5, not a number from 0 to 1"),
        ({"confidence": "nan"}, "confidence is 'nan', not a number"),
        ({"confidence": True}, "confidence is True, not a number"),
        ({"date": "May"}, "date is 'May', not of the form"),
        ({"date": 2024}, "date is 2024, not of the form"),
        ({"end": 38}, "17 to 38 is not in the text of 37 characters"),
        ({"start": "9" * 30}, "-1 to 37 is not in the text"),
        ({"topic_span": [3]}, "topic_span is"),
        ({"cue_span": "5:99"}, "cue_span 5 to 99 is not in the text"),
        ({"act": 3}, "act is 3, not a text"),
    ],
)
def test_wrong_fields_are_told(change: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        to_statement(FIELDS | change, "a-1", TEXT)


def test_quotation_marks_tell_direct_speech() -> None:
    assert quote_of("«Non», dit-il") == "direct"
    assert quote_of("The port's tugs") == "indirect"


@given(st.text(), st.dictionaries(st.text(), st.text(), min_size=1))
def test_extras_come_back_from_notes(notes: str, extras: dict[str, str]) -> None:
    assert split_notes(join_notes(notes, extras)) == (notes, extras)


@pytest.mark.parametrize("text", ["", "{", "[1]", "3", None, 7, "[" * 100_000])
def test_what_are_no_extras_is_none(text: object) -> None:
    assert from_text(text) == {}
    assert split_notes(f"read\ngraphkit: {text}") == (f"read\ngraphkit: {text}", {})
