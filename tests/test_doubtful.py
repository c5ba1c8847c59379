"""Doubtful actors: each doubt has a reason, and a command after which it is no doubt any more."""

import dataclasses
import random
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from example import EXTRACTIONS
from graphkit.article import Article
from graphkit.cli import cli
from graphkit.correcting import split
from graphkit.doubtful import Doubt, doubtful_actors
from graphkit.statement import Actor, Extraction
from graphkit.store import Store
from graphs import stored

BRIEF = EXTRACTIONS[2]


def article(id: str, *actors: Actor) -> Extraction:
    return Extraction(
        article=Article(id=id, text="They met."), statements=(), attributions=(), actors=actors
    )


def person(name: str, **more: object) -> Actor:
    return dataclasses.replace(Actor(name=name, type="person"), **more)  # type: ignore[arg-type]


def body(name: str) -> Actor:
    return Actor(name=name, type="organization")


# What articles say, and the doubts about it: actor, other, reason.
CASES: dict[str, tuple[list[Extraction], list[tuple[str, str, str]]]] = {
    "a surname alone": (
        [article("a", person("Ada Holt")), article("b", person("Holt"))],
        [("Holt", "Ada Holt", "surname alone")],
    ),
    "a surname of two": (
        [article("a", person("Ada Holt"), person("Ben Holt")), article("b", person("Holt"))],
        [("Holt", "Ada Holt", "surname of several"), ("Holt", "Ben Holt", "surname of several")],
    ),
    "a surname in two articles": (
        [article("a", person("Holt")), article("b", person("Holt"))],
        [("Holt", "", "one name in 2 articles")],
    ),
    "another spelling": (
        [article("a", person("Volodar Zelenko")), article("b", person("Volodar Zelenkko"))],
        [("Volodar Zelenkko", "Volodar Zelenko", "spelt alike")],
    ),
    "a body spelt otherwise": (
        [article("a", body("Tram Union")), article("b", body("Trams Union"))],
        [("Tram Union", "Trams Union", "spelt alike")],
    ),
    "another initial": (
        [article("a", person("Ada B. Holt")), article("b", person("Ada C. Holt"))],
        [
            ("Ada B. Holt", "Ada C. Holt", "one name, told apart"),
        ],
    ),
    "another identifier": (
        [article("a", person("Ada Holt", id="Q1")), article("b", person("Ada Holt", id="Q2"))],
        [("Ada Holt (Q1)", "Ada Holt (Q2)", "one name, told apart")],
    ),
    "another type": (
        [
            article("a", person("Tramway")),
            article("a2", person("Ada Tramway")),
            article("b", body("Ada Tramway")),
        ],
        [
            ("Ada Tramway", "Ada Tramway (organization)", "one name, told apart"),
            ("Tramway", "Ada Tramway", "surname alone"),
        ],
    ),
    "marks that a shell reads": (
        [article("a", person('Ada "$HOME" Holt')), article("b", person("Holt"))],
        [("Holt", 'Ada "$HOME" Holt', "surname alone")],
    ),
}
cases = pytest.mark.parametrize(("extractions", "doubts"), CASES.values(), ids=CASES)


def told(doubts: list[Doubt]) -> list[tuple[str, str, str]]:
    return [(doubt.actor, doubt.other, doubt.reason) for doubt in doubts]


@cases
def test_a_doubt_has_a_reason(
    extractions: list[Extraction], doubts: list[tuple[str, str, str]]
) -> None:
    assert told(doubtful_actors(stored(*extractions))) == doubts


@cases
def test_after_its_command_a_doubt_is_none(
    extractions: list[Extraction], doubts: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "debate.db"
    for number in range(len(doubts)):
        with Store.open(path) as store:
            store.undo(one.id for one, _ in store.corrections())
            for extraction in extractions:
                store.add(extraction)
            doubt = doubtful_actors(store)[number]
        name, *arguments = shlex.split(doubt.command)
        assert name == "graphkit"
        result = CliRunner().invoke(cli, [*arguments, "-s", str(path)])
        assert result.exit_code == 0, result.stderr
        with Store.open(path, read_only=True) as store:
            assert (doubt.actor, doubt.other, doubt.reason) not in told(doubtful_actors(store))


@cases
def test_the_order_of_articles_makes_no_difference(
    extractions: list[Extraction], doubts: list[tuple[str, str, str]]
) -> None:
    shuffled = random.Random(7).sample(extractions, len(extractions))
    assert doubtful_actors(stored(*shuffled)) == doubtful_actors(stored(*extractions))


CLEAR = {
    "one person": [article("a", person("Ada Holt")), article("b", person("Ada Holt"))],
    "other first names": [article("a", person("Ada Holt")), article("b", person("Ben Holt"))],
    "an alias in its article": [article("a", person("Ada Holt", aliases=("Holt",)))],
    "another kind of thing": [
        article("a", body("Green Party")),
        article("b", person("Green Perty")),
    ],
    "one group of one article": [
        article("a", Actor(name="some shops", type="group", is_local=True)),
        article("b", Actor(name="some shops", type="group", is_local=True)),
    ],
    "names that a gazetteer knows": [
        article("a", Actor(name="Greater Nordia", type="country", is_known=True)),
        article("b", Actor(name="Greater Nordja", type="country", is_known=True)),
    ],
    "nobody": [],
    "a believable debate": [*EXTRACTIONS],
}


@pytest.mark.parametrize("extractions", CLEAR.values(), ids=CLEAR)
def test_clear_actors_are_no_doubt(extractions: list[Extraction]) -> None:
    assert doubtful_actors(stored(*extractions)) == []


def test_what_the_user_split_is_no_doubt() -> None:
    store = stored(article("a", person("Ada Holt")), article("b", person("Ada Holt")))
    store.correct(split(store, "Ada Holt", "Ada Holt (Hull)", ["b"]))
    assert len(store.actors()) == 2
    assert doubtful_actors(store) == []


def test_what_touches_most_statements_comes_first() -> None:
    actors = (person("Reed"), person("Pérez"))
    (first, *_) = BRIEF.statements
    said = [
        dataclasses.replace(
            first, id=f"{n}", actor=name, actor_type="person", affiliation="", topic="trams"
        )
        for n, name in enumerate(["Reed", "Reed", "Pérez"])
    ]
    brief = dataclasses.replace(BRIEF, statements=tuple(said), actors=actors)
    doubts = doubtful_actors(stored(*EXTRACTIONS[:2], brief))
    assert [(one.actor, one.other, one.statements) for one in doubts] == [
        ("Reed", "Tom Reed", 2),
        ("Pérez", "Ana Pérez", 1),
    ]


def test_strange_names_are_no_failure() -> None:
    strange = [person(name) for name in ("!", "...", "\u202e", "北京", "a\nb", "'")]
    assert all(doubt.command for doubt in doubtful_actors(stored(article("a", *strange))))
