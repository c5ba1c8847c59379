"""Persons of the user's gazetteer in articles: found, named and affiliated as it says."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkit.article import Article
from graphkit.extract.gazetteer_file import load_gazetteer

if TYPE_CHECKING:
    from graphkit.extract import Extractor

TABLE = """\
name,type,aliases,affiliation,id
Jane Roe,person,J. Roe|Roe|Iron Jane,Harbour Party,https://example.org/jane
Harbour Party,organization,HARB,,Q1
Tollgate Watch,group,Tollgaters,,
Max Poe,person,Anti-Toll Max,,
"""


@pytest.fixture(scope="module")
def knowing(extractor: "Extractor", tmp_path_factory: pytest.TempPathFactory) -> "Extractor":
    """Return the extractor with a gazetteer of the user's."""
    path: Path = tmp_path_factory.mktemp("gazetteer") / "mine.csv"
    path.write_text(TABLE)
    return replace(extractor, gazetteer=load_gazetteer([path], pytest.fail))


def actors(extractor: "Extractor", text: str) -> list[tuple[str, str, str]]:
    (extraction,) = extractor.pipe([Article(id="a", text=text)])
    return [(s.actor, s.actor_type, s.affiliation) for s in extraction.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Roe rejected the bridge toll.",
        "J. Roe rejected the bridge toll.",
        "Iron Jane rejected the bridge toll.",
        "The minister, Jane Roe, rejected the bridge toll.",
        "Mayor Roe rejected the bridge toll.",
        "“The bridge toll is a mistake,” Roe said.",
    ],
)
def test_a_listed_person_is_known_by_every_alias(knowing: "Extractor", text: str) -> None:
    assert actors(knowing, text) == [("Jane Roe", "person", "Harbour Party")]


def test_the_surname_of_a_listed_person_is_known_whatever_the_model_takes_it_for(
    extractor: "Extractor", tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,type\nJane Orban,person")
    knowing = replace(extractor, gazetteer=load_gazetteer([path], pytest.fail))
    text = "Jane Orban spoke on Monday. Orban rejected the toll."
    (surname,) = (e for e in extractor.nlp(text).ents if e.text == "Orban")

    assert surname.label_ == "ORG"
    assert actors(knowing, text) == [("Jane Orban", "person", "")]


def test_an_alias_may_hold_a_hyphen(knowing: "Extractor") -> None:
    found = actors(knowing, "Anti-Toll Max rejected the bridge plan.")
    assert found == [("Max Poe", "person", "")]


def test_the_aliases_of_one_article_are_one_person(knowing: "Extractor") -> None:
    text = "Iron Jane rejected the bridge toll. Later Jane Roe condemned the harbour tax."
    assert actors(knowing, text) == [("Jane Roe", "person", "Harbour Party")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Peter Roe rejected the bridge toll. Roe also condemned the harbour tax.",
        "The Jane Roe Foundation rejected the bridge toll.",
    ],
)
def test_a_listed_name_in_a_longer_one_means_somebody_else(knowing: "Extractor", text: str) -> None:
    assert all(name != "Jane Roe" for name, _, _ in actors(knowing, text))
    assert actors(knowing, text)


@pytest.mark.parametrize("name", ["The Harbour Party", "HARB"])
def test_a_listed_organization_is_known_by_every_alias(knowing: "Extractor", name: str) -> None:
    found = actors(knowing, f"{name} condemned the bridge toll.")
    assert found == [("Harbour Party", "organization", "")]


def test_a_listed_group_is_one(knowing: "Extractor") -> None:
    found = actors(knowing, "Tollgate Watch condemned the bridge toll.")
    assert found == [("Tollgate Watch", "group", "")]


def test_a_listed_actor_keeps_its_id(knowing: "Extractor") -> None:
    text = "Iron Jane rejected the bridge toll. The HARB condemned it."
    (extraction,) = knowing.pipe([Article(id="a", text=text)])
    ids = {actor.name: actor.id for actor in extraction.actors}
    assert ids["Jane Roe"] == "https://example.org/jane"
    assert ids["Harbour Party"] == "Q1"
