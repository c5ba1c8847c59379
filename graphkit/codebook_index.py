"""The codebook of a store as matching asks it: concepts by their keys, and never searched."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.changes import Changes
from graphkit.concepts import IndexedConcept, MemoryIndex, keys_of
from graphkit.derived import name_quads
from graphkit.quad_store import QuadStore
from graphkit.rdf import term
from graphkit.vocabulary import Iris

_KEY, _LABEL, _OTHER_LABEL = map(term, ("gk:topicKey", "skos:prefLabel", "skos:altLabel"))


class CodebookIndex:
    """An index of the codebook in a store; call it with a key.

    `added` are concepts that will be there after a change, in place of those with their IRIs.
    """

    def __init__(self, store: QuadStore, added: Iterable[IndexedConcept] = ()) -> None:
        self._store = store
        self._added = list(added)
        self._replaced = frozenset(concept.iri for concept in self._added)
        self._index = MemoryIndex(self._added)
        self._known: dict[str, IndexedConcept] = {}

    def __call__(self, key: str) -> Sequence[IndexedConcept]:
        """Return the concepts under a key."""
        quads: Any = self._store.quads_for_pattern(None, _KEY, Literal(key))
        iris = (quad.subject.value for quad in quads)
        stored = [self._read(iri) for iri in iris if iri not in self._replaced]
        return [*stored, *self._index(key)]

    def _read(self, iri: str) -> IndexedConcept:
        if iri not in self._known:
            (label,), others = (self._labels(iri, name) for name in (_LABEL, _OTHER_LABEL))
            self._known[iri] = IndexedConcept(iri, label, tuple(sorted(others)), is_curated=True)
        return self._known[iri]

    def _labels(self, iri: str, predicate: NamedNode) -> list[str]:
        quads: Any = self._store.quads_for_pattern(NamedNode(iri), predicate, None)
        return [quad.object.value for quad in quads]


def indexed(quads: Collection[Quad]) -> list[IndexedConcept]:
    """Return the concepts that quads of a codebook tell, as matching sees them."""
    told: dict[str, tuple[list[str], list[str]]] = {}
    for quad in quads:
        if quad.predicate in {_LABEL, _OTHER_LABEL}:
            node: Any = quad.subject
            value: Any = quad.object
            told.setdefault(node.value, ([], []))[quad.predicate == _OTHER_LABEL].append(
                value.value
            )
    return [
        IndexedConcept(iri, labels[0], tuple(sorted(others)), is_curated=True)
        for iri, (labels, others) in sorted(told.items())
    ]


def key_quads(concepts: Iterable[IndexedConcept], iris: Iris) -> set[Quad]:
    """Return the quads by which a store finds concepts of a codebook."""
    home = NamedNode(iris.graph("names"))
    return {
        Quad(NamedNode(one.iri), _KEY, Literal(key), home)
        for one in concepts
        for key in keys_of(one.label, one.alt_labels, is_curated=True)
    }


def concept_changes(store: QuadStore, codebook: set[Quad], iris: Iris) -> Changes:
    """Return what quads of a codebook change; concepts take the place of those with their IRIs."""
    new = codebook | name_quads(codebook, iris) | key_quads(indexed(codebook), iris)
    homes = [NamedNode(iris.graph(name)) for name in ("topics", "names")]
    old = {
        quad
        for node in {quad.subject for quad in new}
        for home in homes
        for quad in store.quads_for_pattern(node, None, None, home)
    }
    # all of it: names that a topic of articles had with the same IRI are taken from it
    return Changes(old - new, new)
