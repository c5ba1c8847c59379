"""Synonyms: the shipped classes keep the format's promises."""

import tomllib
from collections import Counter

import pytest

from graphkit.concepts.synonyms import Place, places, synonyms
from graphkit.concepts.words import words
from graphkit.resources import resource

TABLES = tomllib.loads(resource("data", "synonyms.toml").read_text("utf-8"))
CLASSES = {**TABLES["things"], **TABLES["actions"], **TABLES["bringing"]}


def test_a_phrase_belongs_to_one_class() -> None:
    known = synonyms()
    counts = Counter([*known.things, *known.actions, *known.bringing])

    assert [phrase for phrase, count in counts.items() if count > 1] == []
    for name, phrases in CLASSES.items():
        for phrase in phrases:
            assert known.classes(tuple(words(phrase)))[1] == name, phrase


def test_kinds_and_opposites_name_classes() -> None:
    listed = {name for kind in TABLES["kinds"].values() for name in kind}
    sides = {side for pair in TABLES["words"]["opposites"] for side in pair.split(":")}

    assert listed - set(TABLES["things"]) == {"bill"}
    assert sides <= {*TABLES["actions"], *TABLES["bringing"]}
    assert set(TABLES["empty"]) == set(TABLES["bringing"])


@pytest.mark.parametrize(
    ("phrase", "kind", "name"),
    [
        (("deployment",), "bringing", "send"),
        (("slashing",), "action", "cut"),
        (("ground", "troops"), "thing", "troops"),
        (("arming",), "thing", "arms"),
        (("dealing",), "", ""),  # no form of the noun
        (("dog",), "", ""),
    ],
)
def test_forms_of_a_word_are_in_its_class(phrase: tuple[str, ...], kind: str, name: str) -> None:
    assert synonyms().classes(phrase) == (kind, name)


def test_countries_go_by_name_adjective_and_capital() -> None:
    assert places()[("Peruvian",)] == places()[("Peru",)] == Place("Peru")
    assert places()[("Lima",)] == Place("Peru", is_capital=True)
    assert places()[("US",)] == places()[("United", "States")]
    assert ("peru",) not in places()
