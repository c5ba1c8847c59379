import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graphkit.vocabulary import BASE, PREFIXES, Iris, expand
from strategies import texts

IRIS = Iris()
MINTS: list[Callable[[str], str]] = [
    IRIS.actor,
    IRIS.topic,
    IRIS.article,
    IRIS.statement,
    IRIS.software,
    lambda name: IRIS.local_actor("a", name),
    lambda name: IRIS.mention("a", name),
    lambda version: IRIS.run("a", version),
    lambda statement: IRIS.utterance(statement, 0),
    lambda topic: IRIS.position("a", topic),
    lambda topic: IRIS.tally("a", topic),
]


def is_iri(text: str) -> bool:
    return NamedNode(text).value == text  # raises ValueError for what is none


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Emmanuel Macron", "Emmanuel_Macron"),
        ("Élysée Palace", "Élysée_Palace"),
        ("U.S. Steel-Group", "U.S._Steel-Group"),
        ("O'Brien & Co", "O%27Brien_%26_Co"),
        ("adidas", "_adidas"),
        ("a_b", "_a%5Fb"),
    ],
)
def test_actors_are_readable(name: str, expected: str) -> None:
    assert IRIS.actor(name) == BASE + expected


def test_a_plain_label_is_its_own_slug() -> None:
    assert IRIS.topic("ammunition purchases") == BASE + "ammunition-purchases"


def test_topics_that_differ_in_case_only_share_the_readable_part() -> None:
    lower, upper = IRIS.topic("nato troops"), IRIS.topic("NATO troops")
    assert lower == BASE + "nato-troops"
    assert upper.startswith(lower + "_")


def test_a_long_topic_has_a_short_iri() -> None:
    assert len(IRIS.topic("a claim that goes on " * 50)) < len(BASE) + 100


@given(texts, texts)
@example("topic", "")
@example("Nato", "NATO")
@example("a b", "a-b")
@example("a_b", "a b")
@example(" ", "_")
@example("%20", " ")
@example(".", "..")
def test_different_names_get_different_iris(one: str, other: str) -> None:
    for mint in MINTS:
        assert (mint(one) == mint(other)) == (one == other)


@given(st.lists(texts, min_size=len(MINTS), max_size=len(MINTS)))
@example(["ADIDAS"] * len(MINTS))
@example(["adidas"] * len(MINTS))
@example(["𝐀"] * len(MINTS))
@example(["_1c9e2f00"] * len(MINTS))
def test_different_kinds_get_different_iris(names: list[str]) -> None:
    minted = [mint(name) for mint, name in zip(MINTS, names, strict=True)]
    assert len(set(minted)) == len(minted)


@given(texts)
def test_what_is_minted_is_an_iri(name: str) -> None:
    assert all(is_iri(mint(name)) for mint in MINTS)


@given(texts)
def test_ids_come_back_from_their_iris(id: str) -> None:
    assert IRIS.article_id(IRIS.article(id)) == id
    assert IRIS.statement_id(IRIS.statement(id)) == id


def test_spans_and_local_actors_do_not_collide() -> None:
    assert IRIS.local_actor("a", "char=1,2") != IRIS.span("a", (1, 2))


def test_the_base_is_a_setting() -> None:
    iris = Iris("https://example.org/data/")
    assert iris.actor("Germany") == "https://example.org/data/Germany"
    assert iris.prefixes[""] == "https://example.org/data/"
    assert iris.prefixes["gk"] == PREFIXES["gk"]


def test_prefixed_names_expand() -> None:
    assert expand("skos:prefLabel") == "http://www.w3.org/2004/02/skos/core#prefLabel"
    with pytest.raises(KeyError):
        expand("nosuch:name")


def test_the_read_path_imports_neither_rdflib_nor_spacy() -> None:
    code = (
        "import sys, graphkit.store, graphkit.names, graphkit.queries;"
        "print({'rdflib', 'oxrdflib', 'spacy', 'networkx'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
