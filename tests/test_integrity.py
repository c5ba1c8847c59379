"""What a store holds follows from its articles, codebook and corrections; what does not is told."""

import dataclasses
import datetime
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

import example
from graphkit.codebook import Concept
from graphkit.correcting import alias, merge, rename, represents
from graphkit.curation import Correction
from graphkit.integrity import SHARED, Finding
from graphkit.rdf import term
from graphkit.statement import Extraction
from graphkit.store import Store
from graphs import quads_of, stored
from strategies import (
    TOPICS,
    crowded_corrections,
    crowded_extractions,
    extractions,
    topic_corrections,
)

IDS = ("herald-1", "herald-2")
DERIVED = tuple(name for name in SHARED if name not in {"topics", "curation"})
corrected = st.lists(
    st.one_of(crowded_corrections(IDS), topic_corrections(IDS)),
    max_size=5,
    unique_by=lambda one: one.id,
)
codebooks = st.lists(
    st.sampled_from([Concept(label, broader=("issues",)) for label in TOPICS]), max_size=2
)
LINKS = ("gk:actor", "gk:topic", "gk:position", "gk:actorType", "prov:specializationOf")


def debate() -> Store:
    """Return a store with articles, a codebook and corrections of both kinds."""
    store = stored(*example.EXTRACTIONS)
    store.add_concepts([Concept("tram fares", ("free trams",), broader=("transport",))])
    store.correct(alias(store, "Łucja Novák", ["The mayor"]))
    store.correct(rename(store, "Ana Pérez", "Ana Maria Pérez"))
    store.correct(represents(store, "Tom Reed", "Norland"))
    return store


def told(store: Store) -> list[str]:
    return [finding.text for finding in store.find_faults()]


def repaired(store: Store) -> list[Finding]:
    """Repair a store, and return what that cannot put right."""
    return [finding for finding in store.repair() if not finding.is_repairable]


def quads(store: Store, graph: str = "", predicate: str = "") -> list[Quad]:
    home = NamedNode(graph) if graph else None
    found = store._inner.quads_for_pattern(None, term(predicate) if predicate else None, None, home)
    return sorted(found, key=str)


# --- what is whole -------------------------------------------------------------------------------


def test_nothing_is_wrong_with_what_graphkit_stores() -> None:
    assert told(debate()) == []
    assert told(Store.open(None)) == []


@given(st.lists(extractions(), max_size=3, unique_by=lambda one: one.article.id))
def test_nothing_is_wrong_with_any_articles(added: list[Extraction]) -> None:
    assert told(stored(*added)) == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(*map(crowded_extractions, IDS)),
    corrected,
    codebooks,
)
def test_nothing_is_wrong_after_any_corrections(
    added: tuple[Extraction, ...], corrections: list[Correction], codebook: list[Concept]
) -> None:
    store = stored(*added)
    store.add_concepts(codebook)
    store.correct(corrections)
    assert told(store) == []


def test_nothing_is_wrong_after_merges_and_removals() -> None:
    store = debate()
    store.correct(merge(store, "Łucja Novák", ["Norwick"]))
    store.remove("herald-1")
    assert told(store) == []


# --- what follows from articles is repaired -------------------------------------------------------


@pytest.mark.parametrize("graph", DERIVED)
def test_what_a_shared_graph_lost_is_told_and_repaired(graph: str) -> None:
    store = debate()
    before = quads_of(store)
    home = store.iris.graph(graph)
    if graph in {"profiles", "runs"}:  # they hold what no other graph tells
        lost = [q for q in quads(store, home) if q.predicate in _REPAIRABLE]
    else:
        lost = quads(store, home)
    assert lost
    for quad in lost:
        store._inner.remove(quad)
    assert {line.partition(":")[0] for line in told(store)} == {graph}
    assert repaired(store) == []
    assert quads_of(store) == before


_REPAIRABLE = set(map(term, ("gk:identifies", "gk:key", "rdf:type", "schema:softwareVersion")))


@pytest.mark.parametrize("graph", DERIVED)
def test_what_a_shared_graph_has_too_much_is_told_and_repaired(graph: str) -> None:
    store = debate()
    before = quads_of(store)
    strange = NamedNode(store.iris.actor("Nobody"))
    predicate = term("gk:identifies") if graph == "profiles" else term("gk:supports")
    store._inner.add(Quad(strange, predicate, strange, NamedNode(store.iris.graph(graph))))
    (line,) = told(store)
    assert line.startswith(f"{graph}: :Nobody has a wrong gk:")
    assert repaired(store) == []
    assert quads_of(store) == before


@pytest.mark.parametrize("link", LINKS)
def test_links_that_are_wrong_are_told_and_repaired(link: str) -> None:
    store = debate()
    before = quads_of(store)
    for quad in quads(store, store.iris.article("herald-2"), link):
        store._inner.remove(quad)
        wrong = NamedNode(store.iris.actor("Nobody"))
        store._inner.add(Quad(quad.subject, quad.predicate, wrong, quad.graph_name))
    lines = told(store)
    assert lines
    assert all(
        line.startswith("article herald-2: ") and f"lacks {link} and has a wrong {link}" in line
        for line in lines
    )
    assert repaired(store) == []
    assert quads_of(store) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.tuples(*map(crowded_extractions, IDS)),
    corrected,
    st.randoms(use_true_random=False),
)
def test_a_store_spoilt_at_random_is_repaired(
    added: tuple[Extraction, ...], corrections: list[Correction], chance: random.Random
) -> None:
    store = stored(*added)
    store.correct(corrections)
    before = quads_of(store)
    shared = [store.iris.graph(name) for name in ("entities", "names", "current")]
    derived = [quad for home in shared for quad in quads(store, home)]
    derived += [quad for link in LINKS for quad in quads(store, predicate=link)]
    derived += quads(store, predicate="gk:identifies")
    for quad in chance.sample(derived, min(len(derived), 8)):
        store._inner.remove(quad)
        other = chance.choice(derived)
        store._inner.add(Quad(other.subject, quad.predicate, quad.object, quad.graph_name))
    is_spoilt = quads_of(store) != before
    assert bool(told(store)) == is_spoilt
    assert repaired(store) == []
    assert quads_of(store) == before


def test_a_repaired_store_goes_on(tmp_path: object) -> None:
    store = debate()
    for quad in quads(store, store.iris.graph("names")):
        store._inner.remove(quad)
    assert repaired(store) == []
    later = dataclasses.replace(example.BRIEF, id="later", date=datetime.date(2025, 1, 1))
    statements = tuple(
        dataclasses.replace(one, id=f"{one.id}-later", article="later")
        for one in example.EXTRACTIONS[2].statements
    )
    extraction = dataclasses.replace(example.EXTRACTIONS[2], article=later, statements=statements)
    store.add(extraction)
    fresh = debate()
    fresh.add(extraction)
    assert quads_of(store) == quads_of(fresh)


# --- what articles tell is told, and stays --------------------------------------------------------


def _first(store: Store, predicate: str) -> Quad:
    return quads(store, store.iris.article("herald-1"), predicate)[0]


def _without(predicate: str) -> Callable[[Store], None]:
    return lambda store: store._inner.remove(_first(store, predicate))


def _instead(predicate: str, value: NamedNode | Literal) -> Callable[[Store], None]:
    def spoil(store: Store) -> None:
        quad = _first(store, predicate)
        store._inner.remove(quad)
        store._inner.add(Quad(quad.subject, quad.predicate, value, quad.graph_name))

    return spoil


def _twice(predicate: str, value: NamedNode | Literal) -> Callable[[Store], None]:
    def spoil(store: Store) -> None:
        quad = _first(store, predicate)
        store._inner.add(Quad(quad.subject, quad.predicate, value, quad.graph_name))

    return spoil


def _lose_a_profile(store: Store) -> None:
    node: object = _first(store, "gk:profile").object
    assert isinstance(node, NamedNode)
    for quad in list(store._inner.quads_for_pattern(node, None, None)):
        store._inner.remove(quad)


def _change_a_profile(store: Store) -> None:
    quad = quads(store, store.iris.graph("profiles"), "gk:profileName")[0]
    store._inner.remove(quad)
    store._inner.add(Quad(quad.subject, quad.predicate, Literal("Nobody"), quad.graph_name))


def _strange_graph(store: Store) -> None:
    node = NamedNode("https://x.example/mine")
    store._inner.add(Quad(node, node, node, node))


def _outside(store: Store) -> None:
    node = NamedNode("https://x.example/mine")
    store._inner.add(Quad(node, node, node))


def _statement_of_two_articles(store: Store) -> None:
    quad = _first(store, "gk:actorMention")
    other = NamedNode(store.iris.article("brief"))
    store._inner.add(Quad(quad.subject, quad.predicate, quad.object, other))


def _blank_node(store: Store) -> None:
    home = NamedNode(store.iris.graph("current"))
    store._inner.add(Quad(BlankNode("b"), term("gk:supports"), NamedNode("x:y"), home))


def _break_a_correction(store: Store) -> None:
    store._inner.remove(quads(store, store.iris.graph("curation"), "gk:correctedActor")[0])


def _lose_a_concept_label(store: Store) -> None:
    store._inner.remove(quads(store, store.iris.graph("topics"), "skos:prefLabel")[0])


SPOILT = [
    (_without("gk:evidence"), "has no gk:evidence"),
    (_without("gk:stance"), "has no gk:stance"),
    (_without("gk:actorMention"), "has no gk:actorMention"),
    (_without("gk:utterance"), "has no gk:utterance"),
    (_without("gk:topicLabel"), "has no topic"),
    (_without("oa:exact"), "has no oa:exact"),
    (_without("gk:profile"), "has no gk:profile"),
    (_without("gk:speakerMention"), "has no gk:speakerMention"),
    (_without("dcterms:identifier"), "has no dcterms:identifier"),
    (_without("schema:articleBody"), "has no schema:articleBody"),
    (_instead("oa:start", Literal(1)), "is not what the text has from 1 to"),
    (_instead("oa:end", Literal("x")), "offsets that are no numbers"),
    (_instead("oa:exact", Literal("other words")), "is not what the text has from 0 to"),
    (_instead("schema:headline", Literal("Another")), "is not what was added (gk:digest)"),
    (_instead("schema:datePublished", Literal("soon")), "schema:datePublished is none: soon"),
    (_instead("gk:onDate", Literal("2024-13-01")), "gk:onDate that is none: 2024-13-01"),
    (_instead("gk:confidence", Literal(1.5)), "gk:confidence that is none: 1.5"),
    (_instead("gk:stance", term("gk:Mention")), "gk:stance that is none"),
    (_instead("gk:evidence", NamedNode("x:gone")), "gk:evidence that is not there"),
    (_instead("dcterms:identifier", Literal("x")), "is that of another article"),
    (_twice("gk:stance", term("gk:Ambivalent")), "more than one gk:stance"),
    (_twice("gk:topicText", Literal("it")), "more than one gk:topicText"),
    (_statement_of_two_articles, "is a statement of another article, too"),
    (_lose_a_profile, "has a gk:profile that is not there"),
    (_change_a_profile, "is not what was stored"),
    (_strange_graph, "the graph <https://x.example/mine> is none of graphkit's"),
    (_outside, "outside of all graphs"),
    (_blank_node, "a blank node"),
    (_break_a_correction, "curation: "),
    (_lose_a_concept_label, "has no skos:prefLabel"),
]


@pytest.mark.parametrize(("spoil", "message"), SPOILT)
def test_what_articles_tell_is_checked_and_never_changed(
    spoil: Callable[[Store], None], message: str
) -> None:
    store = debate()
    spoil(store)
    spoilt = quads_of(store)
    assert any(message in line for line in told(store)), told(store)
    remaining = repaired(store)
    assert any(message in one.text for one in remaining)
    lost = spoilt - quads_of(store)
    homes = tuple(f"<{store.iris.graph(name)}>" for name in DERIVED)
    assert [line for line in lost if not line.endswith(homes)] == []
    assert {one.text for one in store.find_faults()} == {one.text for one in remaining}


@pytest.mark.parametrize("extraction", example.EXTRACTIONS)
def test_an_article_that_was_spoilt_is_whole_when_it_is_added_again(extraction: Extraction) -> None:
    store = debate()
    before = quads_of(store)
    home = store.iris.article(extraction.article.id)
    for quad in quads(store, home, "gk:evidence") + quads(store, home, "oa:start"):
        store._inner.remove(quad)
    assert repaired(store) != []
    store.add(extraction)
    assert told(store) == []
    assert quads_of(store) == before
