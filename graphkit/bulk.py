"""Make a store of many articles at once: worked out in one pass, and loaded in bulk.

The store is made beside its place and put there when it is whole, so nothing half-made is left.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graphkit.backup import making_store
from graphkit.codebook import Concept
from graphkit.derivation import Derivation
from graphkit.linking import Profile, profile_of
from graphkit.rdf import concept_quads, to_quads
from graphkit.statement import Extraction
from graphkit.vocabulary import BASE, Iris


def make_store(
    path: Path,
    extractions: Callable[[], Iterable[Extraction]],
    concepts: Iterable[Concept] = (),
    *,
    settings: str = "",
    base: str = BASE,
) -> int:
    """Make a new store of articles and a codebook, and return its number of quads.

    `extractions` is called twice and must yield the same each time, every article once. Raise
    StoreError if there is something at the path, or if anything fails; nothing is then left there.
    """
    iris = Iris(base)
    codebook = concept_quads(concepts, iris, {})
    derivation = Derivation(iris, _profiles(extractions()), codebook)
    with making_store(path, base) as place:
        database = pyoxigraph.Store(str(place))
        told = (_article_quads(one, iris, settings) for one in extractions())
        database.bulk_extend(derivation.quads(told))
        database.flush()
        return len(database)


def _profiles(extractions: Iterable[Extraction]) -> set[Profile]:
    return {
        profile_of(actor, extraction.actors)
        for extraction in extractions
        for actor in extraction.actors
    }


def _article_quads(extraction: Extraction, iris: Iris, settings: str) -> set[Quad]:
    graph = NamedNode(iris.article(extraction.article.id))
    return {quad for quad in to_quads(extraction, iris, settings) if quad.graph_name == graph}
