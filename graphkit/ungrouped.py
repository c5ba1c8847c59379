"""Sort triples of a dump that tells no graphs, as Turtle and RDF/XML do, back into their graphs.

The IRIs tell of most things where they belong. What follows from articles anyway is left out: there
the triples of several graphs cannot be told apart.
"""

from collections.abc import Iterator
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graphkit.coding_rdf import GRAPH as CODINGS
from graphkit.errors import StoreError
from graphkit.rdf import term
from graphkit.vocabulary import Iris

_IN_ARTICLES = ("actor", "char", "coding", "position", "quote", "run")
_SHARED = {"profile": "profiles", "software": "runs", "correction": "curation"}
_CODEBOOK = frozenset(
    map(term, ("rdf:type", "skos:prefLabel", "skos:altLabel", "skos:broader", "skos:inScheme"))
)
_KINDS = (term("gk:Actor"), term("skos:Concept"))
_ARTICLE, _SCHEME, _TYPE = map(term, ("gk:article", "skos:inScheme", "rdf:type"))


def grouped(triples: Store, iris: Iris) -> Iterator[Quad]:
    """Yield the triples in the default graph of a database as quads of the graphs of a store.

    Raise StoreError for a node that is none of a store's.
    """
    graphs: dict[Any, NamedNode | None] = {}
    for quad in triples.quads_for_pattern(None, None, None, DefaultGraph()):
        node: Any = quad.subject
        if node not in graphs:
            graphs = {node: _graph_of(node, triples, iris)}  # its triples follow each other
        graph = graphs[node]
        is_topic = graph is not None and graph.value == iris.graph("topics")
        if graph is not None and (not is_topic or quad.predicate in _CODEBOOK):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _graph_of(node: Any, triples: Store, iris: Iris) -> NamedNode | None:
    """Return the graph that tells of a node, None if it follows from others."""
    name = node.value if isinstance(node, NamedNode) else ""
    kind, _, local = name.removeprefix(iris.base).partition("/")
    if name.startswith(iris.article("")):
        beginning, _, part = name.partition("#")
        is_told = not part or part.partition("=")[0] in _IN_ARTICLES
        return NamedNode(beginning) if is_told else None
    if name.startswith(iris.statement("")):
        statement = NamedNode(iris.statement("") + local.partition("/")[0])
        article: NamedNode | None = _object(triples, statement, _ARTICLE)
        return article
    if name.startswith(iris.base) and kind in _SHARED and local:
        return NamedNode(iris.graph(_SHARED[kind]))
    if name.startswith(f"{iris.graph(CODINGS)}/"):
        return NamedNode(iris.graph(CODINGS))
    scheme = NamedNode(iris.graph("topics"))
    if node == scheme or _object(triples, node, _SCHEME) == scheme:
        return scheme
    types = {quad.object for quad in triples.quads_for_pattern(node, _TYPE, None)}
    is_replaced = _object(triples, node, term("dcterms:isReplacedBy")) is not None
    if not (name.startswith(iris.base) or is_replaced or types.intersection(_KINDS)):
        raise StoreError(f"{node} is nothing that a store of graphkit tells of")
    return None


def _object(triples: Store, node: Any, predicate: NamedNode) -> Any:
    quad = next(triples.quads_for_pattern(node, predicate, None, DefaultGraph()), None)
    return quad.object if quad else None
