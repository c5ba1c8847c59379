"""The gazetteer: names of countries and organizations in every form that news uses."""

import pytest

from graphkit.extract.gazetteer import Entry, Sense, default_gazetteer, name_key
from graphkit.statement import ACTOR_TYPES

GAZETTEER = default_gazetteer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the United States", "united states"),
        ("The  United\nStates", "united states"),
        ("U.S.", "US"),
        ("the W.H.O.'s", "WHO"),
        ("Who", "who"),
        ("X", "x"),
        ("Germany's", "germany"),
        ("Germany’s", "germany"),
        ("the Netherlands'", "netherlands"),
        ("", ""),
    ],
)
def test_names_are_compared_without_article_case_dots_and_possessive(
    text: str, expected: str
) -> None:
    assert name_key(text) == expected


@pytest.mark.parametrize(
    ("text", "sense", "name"),
    [
        ("Germany", "name", "Germany"),
        ("German", "adjective", "Germany"),
        ("Germans", "people", "Germany"),
        ("Berlin", "capital", "Germany"),
        ("the Kremlin", "seat", "Russia"),
        ("Élysée Palace", "seat", "France"),
        ("the U.S.", "name", "United States"),
        ("Britain", "name", "United Kingdom"),
    ],
)
def test_a_country_is_found_by_name_adjective_people_capital_and_seat(
    text: str, sense: Sense, name: str
) -> None:
    assert GAZETTEER.find(text, sense) == Entry(name, "country", "country", sense)


@pytest.mark.parametrize("text", ["NATO", "the UN", "U.N.", "the European Union", "E.U.", "EU"])
def test_an_organization_is_found_by_name_and_acronym(text: str) -> None:
    entry = GAZETTEER.find(text)
    assert entry is not None
    assert entry.type == "organization"


def test_a_sense_that_a_name_lacks_finds_nothing() -> None:
    assert GAZETTEER.find("Berlin", "name") is None
    assert GAZETTEER.find("Germany", "capital", "seat") is None


@pytest.mark.parametrize("text", ["GERMANY", "THE UNITED STATES", "U.S.A.", "Nato", "NATO's"])
def test_a_name_is_found_in_capitals(text: str) -> None:
    assert GAZETTEER.find(text) is not None


@pytest.mark.parametrize("text", ["Who", "Us", "us", "Ice", "Sec", "Pan"])
def test_a_word_is_no_acronym(text: str) -> None:
    assert GAZETTEER.find(text) is None


@pytest.mark.parametrize("text", ["", "the", "Nowhereland", "pipeline"])
def test_an_unknown_name_is_none(text: str) -> None:
    assert GAZETTEER.find(text) is None


def test_every_entry_is_complete() -> None:
    for key, entries in GAZETTEER.names.items():
        assert name_key(key) == key.removeprefix("the ")
        assert entries
        for entry in entries:
            assert entry.name.strip() == entry.name != ""
            assert entry.type in ACTOR_TYPES
            assert entry.kind


def test_every_canonical_name_finds_itself() -> None:
    canonical = {(e.name, e.type) for entries in GAZETTEER.names.values() for e in entries}
    for name, kind in sorted(canonical):
        readings = GAZETTEER.names[name_key(name)]
        assert (name, kind) in {(entry.name, entry.type) for entry in readings}


def test_a_country_name_means_one_country() -> None:
    for key, entries in GAZETTEER.names.items():
        countries = {e.name for e in entries if e.type == "country" and e.sense == "name"}
        assert len(countries) <= 1, key


@pytest.mark.parametrize(
    ("kind", "noun"),
    [
        ("offices", "prime minister"),
        ("spokespeople", "spokeswoman"),
        ("people", "voter"),
        ("bodies", "parliament"),
        ("anonymous", "source"),
        ("female_titles", "ms."),
        ("male_titles", "mr."),
    ],
)
def test_the_nouns_that_name_actors_are_sorted_by_kind(kind: str, noun: str) -> None:
    assert noun in GAZETTEER.nouns[kind]
