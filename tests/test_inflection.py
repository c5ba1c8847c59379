"""Verb forms that labels and acts need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.extract.inflection import gerund, present

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("join", "joining"),
        ("open", "opening"),
        ("support", "supporting"),
        ("visit", "visiting"),
        ("tax", "taxing"),
        ("allow", "allowing"),
        ("play", "playing"),
        ("carry", "carrying"),
    ],
)
def test_most_verbs_only_add_ing(lemma: str, expected: str) -> None:
    assert gerund(lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [("close", "closing"), ("make", "making"), ("raise", "raising"), ("pursue", "pursuing")],
)
def test_a_silent_e_is_dropped(lemma: str, expected: str) -> None:
    assert gerund(lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"), [("agree", "agreeing"), ("veto", "vetoing"), ("dye", "dyeing")]
)
def test_a_sounded_vowel_is_kept(lemma: str, expected: str) -> None:
    assert gerund(lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("cut", "cutting"),
        ("stop", "stopping"),
        ("scrap", "scrapping"),
        ("permit", "permitting"),
        ("commit", "committing"),
        ("prefer", "preferring"),
    ],
)
def test_a_stressed_short_syllable_doubles_its_consonant(lemma: str, expected: str) -> None:
    assert gerund(lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"), [("be", "being"), ("see", "seeing"), ("lie", "lying"), ("tie", "tying")]
)
def test_irregular_gerunds(lemma: str, expected: str) -> None:
    assert gerund(lemma) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("support", "supports"),
        ("veto", "vetoes"),
        ("pass", "passes"),
        ("push", "pushes"),
        ("clash", "clashes"),
        ("tax", "taxes"),
        ("carry", "carries"),
        ("delay", "delays"),
        ("be", "is"),
        ("do", "does"),
        ("go", "goes"),
        ("have", "has"),
    ],
)
def test_third_person_singular(lemma: str, expected: str) -> None:
    assert present(lemma) == expected


@given(letters)
def test_any_word_has_both_forms(lemma: str) -> None:
    assert gerund(lemma).endswith("ing")
    assert present(lemma).endswith("s")
