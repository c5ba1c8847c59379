"""Make a store of many articles at once: worked out in one pass, and loaded in bulk.

The store is made beside its place and put there when it is whole, so nothing half-made is left.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from graphkit.backup import making_store
from graphkit.codebook import Concept
from graphkit.database import load_in_bulk
from graphkit.errors import StoreError
from graphkit.rdf import concept_quads, to_quads
from graphkit.remaking import remake
from graphkit.statement import Extraction
from graphkit.vocabulary import BASE, Iris


def make_store(
    path: Path,
    extractions: Iterable[Extraction],
    concepts: Iterable[Concept] = (),
    *,
    settings: str = "",
    base: str = BASE,
) -> int:
    """Make a new store of articles and a codebook, and return its number of quads.

    Raise StoreError if there is something at the path, if an article comes twice, or if anything
    else fails; nothing is then left there.
    """
    iris = Iris(base)
    with making_store(path, base) as place:
        database = pyoxigraph.Store(str(place))
        database.extend(concept_quads(concepts, iris, {}))
        load_in_bulk(database, _quads(extractions, iris, settings))
        wrong = remake(database, iris)
        quads = len(database)
        del database  # which closes it
        if wrong:
            raise StoreError(f"{path}: {wrong[0]}")
    return quads


def _quads(extractions: Iterable[Extraction], iris: Iris, settings: str) -> Iterator[Quad]:
    for extraction in extractions:
        yield from to_quads(extraction, iris, settings)
