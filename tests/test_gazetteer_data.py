"""The shipped names: every row is whole, and no name means two things unless it is listed here."""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from graphkit.extract.gazetteer import default_gazetteer, name_key
from graphkit.resources import resource

KINDS = {
    "international",
    "court",
    "government",
    "authority",
    "region",
    "legislature",
    "party",
    "movement",
    "military",
    "ngo",
    "other",
    "union",
    "bank",
    "company",
    "media",
}
SENSES = {
    "aliases": "name",
    "adjectives": "adjective",
    "people": "people",
    "capital": "capital",
    "seats": "seat",
}
AMBIGUOUS: dict[str, set[str]] = {}
"""Names that stand for several, with all of them; the first in the file is meant."""


def rows(file: str) -> list[dict[str, Any]]:
    with resource("data", file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def values(row: dict[str, Any], *columns: str) -> list[str]:
    return [value for column in columns for value in row[column].split("|") if value]


def named() -> Iterator[tuple[str, str, str]]:
    """Yield each name with its sense and whom it means."""
    for row in rows("organizations.csv"):
        for value in values(row, "name", "aliases"):
            yield value, "name", row["name"]
    for row in rows("countries.csv"):
        yield row["name"], "name", row["name"]
        for column, sense in SENSES.items():
            for value in values(row, column):
                yield value, sense, row["name"]


@pytest.mark.parametrize("file", ["countries.csv", "organizations.csv", "bodies.csv"])
def test_every_row_is_whole(file: str) -> None:
    for row in rows(file):
        assert row["name"]
        assert None not in row, row["name"]
        for cell in row.values():
            assert cell is not None, row["name"]
            assert cell == unicodedata.normalize("NFC", cell), row["name"]
            parts = cell.split("|")
            assert [part.strip() for part in parts] == parts, row["name"]
            assert len(set(parts)) == len(parts), row["name"]
            assert cell == "" or all(parts), row["name"]


@pytest.mark.parametrize("file", ["countries.csv", "organizations.csv", "bodies.csv"])
def test_every_name_has_one_row(file: str) -> None:
    names = [row["name"] for row in rows(file)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", ["organizations.csv", "bodies.csv"])
def test_every_kind_is_known(file: str) -> None:
    for row in rows(file):
        assert row["kind"] in KINDS, row["name"]


def test_the_country_of_an_organization_is_known() -> None:
    countries = {row["name"] for row in rows("countries.csv")}
    assert {row["country"] for row in rows("organizations.csv")} - {""} <= countries


def test_no_name_means_two_in_one_sense() -> None:
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for value, sense, name in named():
        meanings[name_key(value), sense].add(name)
    shared = {key: names for (key, _), names in meanings.items() if len(names) > 1}
    assert shared == AMBIGUOUS


def test_no_name_is_one_short_word() -> None:
    """Keep out what begins a sentence: one or two letters, unless in capitals."""
    short = {key for key in default_gazetteer().names if len(key) < 3 and not key.isupper()}
    assert short == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Polish Foreign Ministry", "Polish Foreign Ministry"),
        ("Polish Ministry of Foreign Affairs", "Polish Foreign Ministry"),
        ("Poland's foreign ministry", "Polish Foreign Ministry"),
        ("Poland’s Foreign Ministry", "Polish Foreign Ministry"),
        ("U.K. Defense Ministry", "UK Ministry of Defence"),
        ("German Ministry of Foreign Affairs", "German Foreign Office"),
        ("Turkey's parliament", "Grand National Assembly"),
        ("Chilean Supreme Court", "Chilean Supreme Court"),
        ("America's Supreme Court", "Supreme Court"),
        ("Kenyan central bank", "Central Bank of Kenya"),
    ],
)
def test_what_every_state_has_goes_by_one_name(text: str, name: str) -> None:
    entry = default_gazetteer().find(text, "name")
    assert entry is not None
    assert (entry.name, entry.type) == (name, "organization")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bavaria", "Bavaria"),
        ("Québec", "Quebec"),
        ("the Freedom Caucus", "House Freedom Caucus"),
        ("SCOTUS", "Supreme Court"),
        ("the Riksbank", "Sveriges Riksbank"),
        ("M.S.F.", "Doctors Without Borders"),
        ("U.A.W.", "United Auto Workers"),
        ("The Hill", "The Hill"),
    ],
)
def test_organizations_of_all_kinds_are_known(text: str, name: str) -> None:
    entry = default_gazetteer().find(text)
    assert entry is not None
    assert (entry.name, entry.type) == (name, "organization")


@pytest.mark.parametrize(
    "name", ["Hill", "Economist", "Hague", "Sun", "Moody", "McDonald", "Goldman"]
)
def test_a_surname_is_no_organization(name: str) -> None:
    assert default_gazetteer().find(name) is None


@pytest.mark.parametrize("name", ["Virginia", "Wales", "Montana"])
def test_a_place_that_may_be_a_person_is_no_sure_name(name: str) -> None:
    assert default_gazetteer().find(name, "name") is None


def test_all_members_of_the_united_nations_are_known() -> None:
    """193 members, two observers (Palestine, the Vatican), Kosovo, Taiwan, and fourteen others."""
    assert len(rows("countries.csv")) == 193 + 2 + 2 + 14


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Polish Foreign Ministry", "Poland"),
        ("Chile's embassy", "Chile"),
        ("Chilean mission to the United Nations", "Chile"),
        ("Kenyan army", "Kenya"),
        ("Chilean presidency", "Chile"),
        ("Pentagon", "United States"),
        ("Bundeswehr", "Germany"),
        ("Palestinian Authority", "Palestine"),
        ("Chilean parliament", ""),
        ("Chilean Supreme Court", ""),
        ("Kenyan central bank", ""),
        ("Scottish Government", ""),
        ("Bavaria", ""),
        ("Pemex", ""),
        ("BBC", ""),
        ("Labour Party", ""),
        ("NATO", ""),
    ],
)
def test_only_the_bodies_of_a_government_speak_for_its_country(text: str, country: str) -> None:
    entry = default_gazetteer().find(text)
    assert entry is not None
    assert entry.represents == country
