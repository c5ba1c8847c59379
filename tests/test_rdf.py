import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

import example
from graphkit.codebook import Concept
from graphkit.errors import StoreError
from graphkit.rdf import fingerprint, software_version, term, to_quads
from graphkit.statement import Extraction
from graphkit.store import Store
from graphkit.vocabulary import Iris
from graphs import quads_of, rows_of, stored
from strategies import extractions

IRIS = Iris()


def in_order(extraction: Extraction) -> Extraction:
    """Return an extraction as the store returns it, which keeps no order and no attributions."""

    return dataclasses.replace(
        extraction,
        statements=tuple(sorted(extraction.statements, key=str)),
        actors=tuple(sorted(extraction.actors, key=str)),
        attributions=(),
    )


@given(extractions())
def test_an_extraction_comes_back_from_rdf_as_it_was(extraction: Extraction) -> None:
    store = stored(extraction)
    assert in_order(store.extraction(extraction.article.id)) == in_order(extraction)


@given(st.lists(extractions(), max_size=3, unique_by=lambda e: e.article.id))
def test_each_article_comes_back_from_a_store_with_others(added: list[Extraction]) -> None:
    store = stored(*added)
    for extraction in added:
        assert in_order(store.extraction(extraction.article.id)) == in_order(extraction)


@given(extractions())
def test_the_same_input_gives_the_same_quads(extraction: Extraction) -> None:
    assert to_quads(extraction, IRIS) == to_quads(extraction, IRIS)


def test_there_are_no_blank_nodes() -> None:
    quads = (str(quad) for e in example.EXTRACTIONS for quad in to_quads(e, IRIS))
    assert not [quad for quad in quads if re.search(r"(^| )_:", quad)]


def test_nested_speakers_form_a_chain_of_utterances() -> None:
    extraction = next(e for e in example.EXTRACTIONS if e.article.id == "herald-1")
    statement = dataclasses.replace(extraction.statements[0], speaker="Ana Pérez < Norland")
    store = stored(dataclasses.replace(extraction, statements=(statement,)))
    query = (
        "SELECT ?inner ?outer { ?s gk:utterance ?u . ?u schema:spokenByCharacter ?inner ;"
        " gk:saidAccordingTo/schema:spokenByCharacter ?outer }"
    )
    assert rows_of(store, query) == [[IRIS.actor("Ana Perez"), IRIS.actor("Norland")]]
    assert store.statements() == [statement]


def test_a_topic_that_is_an_actor_is_the_actors_node() -> None:
    store = stored(*example.EXTRACTIONS)
    rows = rows_of(store, "SELECT DISTINCT ?t { ?s gk:topic ?t . ?t a gk:Actor }")
    assert rows == [[IRIS.actor("Lucja Novak")]]


def test_a_topic_of_the_codebook_has_the_iri_of_the_codebook() -> None:
    store = Store.open(None)
    store.add_concepts([Concept(example.CHARGE, iri="https://example.org/charge")])
    for extraction in example.EXTRACTIONS:
        store.add(extraction)
    assert store.nodes(example.CHARGE) == ["https://example.org/charge"]
    assert len(store.statements()) == len(example.STATEMENTS)


def test_a_local_group_belongs_to_its_article() -> None:
    store = stored(*example.EXTRACTIONS)
    assert store.nodes("some shopkeepers") == [
        f"{IRIS.article(article)}#some_shopkeepers" for article in ("brief", "herald-1")
    ]


def test_what_happens_not_to_be_known_leaves_no_quad() -> None:
    extraction = next(e for e in example.EXTRACTIONS if e.article.id == "brief")
    predicates = {quad.predicate for quad in to_quads(extraction, IRIS)}
    unknown = ("gk:onDate", "schema:datePublished", "schema:url", "schema:publisher")
    assert not predicates & {term(name) for name in unknown}


def test_the_run_names_the_version_and_no_time() -> None:
    quads = to_quads(example.EXTRACTIONS[0], IRIS)
    assert any(quad.object == Literal(software_version()) for quad in quads)
    assert not [quad for quad in quads if "dateTime" in str(quad)]


def test_a_name_without_an_actor_is_refused() -> None:
    extraction = dataclasses.replace(example.EXTRACTIONS[0], actors=())
    with pytest.raises(StoreError, match="is not among its actors"):
        to_quads(extraction, IRIS)


def test_the_fingerprint_changes_with_the_article() -> None:
    article = example.ARTICLES[0]
    assert fingerprint(article) == f"{article.digest}@{software_version()}"
    assert fingerprint(article) != fingerprint(dataclasses.replace(article, title="Other"))


def test_the_fingerprint_changes_with_the_settings() -> None:
    article = example.ARTICLES[0]
    marks = {fingerprint(article, settings) for settings in ("", "model 1", "model 2")}
    assert len(marks) == 3


def test_the_run_keeps_its_settings() -> None:
    store = Store.open(None)
    store.add(example.EXTRACTIONS[0], "model 1")
    rows = rows_of(store, "SELECT ?settings { ?run a prov:Activity ; gk:settings ?settings }")
    assert rows == [["model 1"]]


@given(st.lists(extractions(), max_size=3))
def test_no_triple_stands_in_two_graphs(added: list[Extraction]) -> None:
    store = stored(*added)
    triples = {str(quad.triple) for quad in store._inner}
    assert len(triples) == len(quads_of(store))
