"""Stores as rdflib graphs, for the tests that ask a second library."""

from typing import Any

import pyoxigraph
import rdflib

from graphkit.statement import Extraction
from graphkit.store import Store


def stored(*extractions: Extraction) -> Store:
    """Return a store in memory with these articles."""
    store = Store.open(None)
    for extraction in extractions:
        store.add(extraction)
    return store


def quads_of(store: Store) -> set[str]:
    """Return all that is in a store, as lines of N-Quads."""
    return {str(quad) for quad in store._inner}


def rows_of(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT as texts, without what tells an IRI from a string."""
    rows: Any = store.query(query)
    return [[term.value for term in row] for row in rows]


def union_of(store: Store) -> rdflib.Graph:
    """Return the union of all graphs of a store, in rdflib's own memory."""
    triples: Any = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines, format="nt")
