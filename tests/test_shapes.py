import functools
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

import example
from graphkit.codebook import Concept
from graphkit.resources import resource
from graphkit.statement import Extraction
from graphkit.store import Store
from graphkit.vocabulary import DIRECT_TERMS, STANCE_TERMS, VOCABULARY, expand
from graphs import union_of
from strategies import extractions

GK = Namespace(VOCABULARY)
OA = Namespace("http://www.w3.org/ns/oa#")
SCHEMA = Namespace("https://schema.org/")


@functools.cache
def shipped(name: str) -> Graph:
    return Graph().parse(resource("data", name))


def graph_of(*added: Extraction) -> Graph:
    store = Store.open(None)
    store.add_concepts([Concept(example.TRAMS, broader=("transport",), iri="https://x.example/t")])
    for extraction in added:
        store.add(extraction)
    return union_of(store)


def problems(graph: Graph) -> str:
    """Return the report of what breaks the shapes, "" if nothing does."""
    conforms, _, report = validate(
        graph, shacl_graph=shipped("shapes.ttl"), ont_graph=shipped("vocabulary.ttl"), advanced=True
    )
    return "" if conforms else report


def test_a_store_validates() -> None:
    assert problems(graph_of(*example.EXTRACTIONS)) == ""


@settings(max_examples=10, deadline=None)
@given(st.lists(extractions(), max_size=2))
def test_any_store_validates(added: list[Extraction]) -> None:
    report = problems(graph_of(*added))
    assert not re.search("Severity: sh:Violation", report), report


def _statement(graph: Graph) -> URIRef:
    return min(node for node in graph.subjects(RDF.type, GK.Statement) if isinstance(node, URIRef))


def _drop_evidence(graph: Graph) -> None:
    graph.remove((_statement(graph), GK.evidence, None))


def _move_evidence(graph: Graph) -> None:
    start = next(graph.subjects(OA.start, Literal(0)))
    graph.set((start, OA.start, Literal(1)))


def _drop_a_label(graph: Graph) -> None:
    graph.remove((graph.value(_statement(graph), GK.actor), SKOS.prefLabel, None))


def _second_stance(graph: Graph) -> None:
    for stance in (GK.Supports, GK.Opposes):
        graph.add((_statement(graph), GK.stance, stance))


def _too_sure(graph: Graph) -> None:
    graph.set((_statement(graph), GK.confidence, Literal(1.5)))


def _forget_current(graph: Graph) -> None:
    for direct in DIRECT_TERMS.values():
        graph.remove((None, URIRef(expand(direct)), None))


def _invent_current(graph: Graph) -> None:
    subject = next(graph.subjects(RDF.type, SCHEMA.Person))
    graph.add((subject, GK.supports, URIRef("https://x.example/nothing-said")))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_drop_evidence, "must point at its sentence"),
        (_move_evidence, "does not have this text at this place"),
        (_drop_a_label, "needs exactly one name"),
        (_second_stance, "needs exactly one stance"),
        (_too_sure, "1.5"),
        (_forget_current, "has no current stance on its topic"),
        (_invent_current, "no statement backs a current stance"),
    ],
)
def test_what_is_wrong_is_found(spoil: Callable[[Graph], None], message: str) -> None:
    graph = graph_of(*example.EXTRACTIONS)
    spoil(graph)
    assert message in problems(graph)


def test_the_vocabulary_tells_what_each_of_its_terms_means() -> None:
    used = {
        node
        for triple in graph_of(*example.EXTRACTIONS)
        for node in triple
        if isinstance(node, URIRef) and node.startswith(VOCABULARY)
    }
    unlabelled = {
        node
        for node in used
        if not list(shipped("vocabulary.ttl").objects(node, RDFS.label | SKOS.prefLabel))
    }
    assert unlabelled == set()


def test_the_vocabulary_is_that_of_the_code() -> None:
    vocabulary = shipped("vocabulary.ttl")
    assert URIRef(VOCABULARY.rstrip("#")) in set(vocabulary.subjects(RDF.type, OWL.Ontology))
    for stance, value in STANCE_TERMS.items():
        direct = vocabulary.value(URIRef(expand(value)), GK.directProperty)
        assert direct == URIRef(expand(DIRECT_TERMS[stance]))
