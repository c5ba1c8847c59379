"""Take into a store what RDF files tell: dumps of other graphkit stores, or parts of them.

What a dump tells is taken: articles, codebook and corrections. What follows from these is made anew
for all articles together, whatever the dump has of it. What is not graphkit's is refused.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from graphkit.backup import fill, is_copy_of
from graphkit.codebook_index import concept_changes, indexed
from graphkit.coding_rdf import GRAPH as CODINGS
from graphkit.curation import Correction, Curation
from graphkit.curation_rdf import correction_quads, read_corrections
from graphkit.database import explained_errors, load_in_bulk
from graphkit.errors import StoreError
from graphkit.integrity import find_losses
from graphkit.links import told
from graphkit.quad_store import QuadStore
from graphkit.rdf import term
from graphkit.rdf_file import format_of, open_rdf, parsed
from graphkit.remaking import remake, remove_in_bulk
from graphkit.replacing import working_folder
from graphkit.store import Store
from graphkit.ungrouped import grouped
from graphkit.vocabulary import Iris

MOST_AT_ONCE = 500
"""As many articles are taken in one transaction, in the memory; more are loaded in bulk into a copy
of the store, in which all that follows is made anew."""

_BASE = re.compile(r"(.*/)(?:article/[^/#]+|graph/(?:topics|curation))")
_IDENTIFIES, _PROFILE, _ARTICLE = map(term, ("gk:identifies", "gk:profile", "gk:article"))
_SOFTWARE = term("prov:wasAssociatedWith")


@dataclass(frozen=True, slots=True)
class Imported:
    """How many articles were taken, how many were there already, and what came with them.

    Topics are those of the codebook.
    """

    articles: int
    unchanged: int
    topics: int
    corrections: int


def import_rdf(store: Store, path: Path) -> Imported:
    """Take in what a file of RDF tells, and return what that was.

    Articles and concepts with the IRIs of earlier ones take their place; corrections come after
    those that are there, and one that is there already is left alone. All of it is taken, or
    nothing. Raise StoreError, with the line if the parser knows it, if the file is no RDF, holds
    what is not graphkit's or an article that is not whole, or has another base than the store.
    """
    syntax = format_of(path)
    if syntax is None:
        raise StoreError(f"{path} is no file of RDF by its ending.")
    if isinstance(store.path, Path) and not len(store._inner) and is_copy_of(path, store.iris.base):
        return _take_whole(store, path)
    place = store.path if isinstance(store.path, Path) else Path(tempfile.gettempdir(), "graphkit")
    with working_folder(place) as folder, explained_errors(store.path):
        dump = _read(path, syntax, folder, store.iris)
        for fault in find_losses(dump.database, store.iris):
            raise StoreError(f"{path}: {fault}")
        return _merge(store, dump, path)


def _take_whole(store: Store, path: Path) -> Imported:
    """Fill an empty store from a copy of another, in which nothing has to be made anew."""
    store.rewrite(lambda copy: fill(copy, path))
    return Imported(
        articles=len(store.digests()),
        unchanged=0,
        topics=len(store.concepts()),
        corrections=len(store.curations.corrections),
    )


# --- reading -------------------------------------------------------------------------------------


class _Dump:
    """What a dump tells, in a database of its own."""

    def __init__(self, database: pyoxigraph.Store, iris: Iris) -> None:
        self.database = database
        self._iris = iris

    @cached_property
    def articles(self) -> list[NamedNode]:
        """The graphs of its articles, in order."""
        graphs = (graph for graph in self.database.named_graphs() if isinstance(graph, NamedNode))
        beginning = self._iris.article("")
        return sorted((one for one in graphs if one.value.startswith(beginning)), key=str)

    @cached_property
    def codebook(self) -> set[Quad]:
        return set(self.quads("topics"))

    @cached_property
    def corrections(self) -> list[Correction]:
        return read_corrections(sorted(self.quads("curation"), key=str), self._iris)

    def shared(self) -> Iterator[Quad]:
        """Yield all that it tells of profiles, of software and of how coders worked."""
        quads = chain.from_iterable(map(self.quads, ("profiles", "runs", CODINGS)))
        return (quad for quad in quads if quad.predicate != _IDENTIFIES)

    def whole(self, graph: NamedNode) -> set[Quad]:
        """Return what an article tells, with its profiles and its software."""
        tells = _told(self.database, graph)
        nodes: set[Any] = {quad.object for quad in tells if quad.predicate in {_PROFILE, _SOFTWARE}}
        about = {q for n in nodes for q in self.database.quads_for_pattern(n, None, None)}
        return tells | {quad for quad in about if quad.predicate != _IDENTIFIES}

    def quads(self, name: str) -> Iterator[Quad]:
        """Yield what stands in a graph that articles share."""
        home = NamedNode(self._iris.graph(name))
        return self.database.quads_for_pattern(None, None, None, home)


def _told(database: QuadStore, graph: NamedNode) -> set[Quad]:
    return told(database.quads_for_pattern(None, None, None, graph))


def _read(path: Path, syntax: RdfFormat, folder: Path, iris: Iris) -> _Dump:
    """Load a file into a database in a folder. Raise StoreError if it is of another base."""
    database = pyoxigraph.Store(str(folder / "dump"))
    with open_rdf(path) as stream:
        load_in_bulk(database, parsed(stream, syntax))
    base = _base_of(database)
    if not base:
        raise StoreError(
            f"{path} holds nothing that a store of graphkit tells. `graphkit topics import` reads "
            "codebooks, and `graphkit extract --gazetteer` actors of your own."
        )
    if base != iris.base:
        raise StoreError(f"{path} has the base {base}, and the store {iris.base}.")
    if next(database.named_graphs(), None) is None:
        sorted_out = pyoxigraph.Store(str(folder / "grouped"))
        try:
            load_in_bulk(sorted_out, grouped(database, iris))
        except StoreError as error:
            raise StoreError(f"{path}: {error}") from error
        database = sorted_out
    return _Dump(database, iris)


def _base_of(database: pyoxigraph.Store) -> str:
    """Return what the IRIs of articles, or of a codebook or corrections, begin with, or ""."""
    articles = database.quads_for_pattern(None, term("rdf:type"), term("schema:NewsArticle"))
    concepts = database.quads_for_pattern(None, term("skos:inScheme"), None)
    nodes: Iterator[Any] = chain(
        database.named_graphs(), (q.subject for q in articles), (q.object for q in concepts)
    )
    found = (_BASE.fullmatch(str(node.value)) for node in nodes)
    return next((match[1] for match in found if match), "")


# --- merging -------------------------------------------------------------------------------------


def _merge(store: Store, dump: _Dump, path: Path) -> Imported:
    new = [one for one in dump.articles if _told(dump.database, one) != _told(store._inner, one)]
    _check_statements(dump, new, store._inner, path)
    for correction in dump.corrections:
        store.check(correction)
    known = {one.id for one in store.curations.corrections}
    codebook = set() if all(quad in store._inner for quad in dump.codebook) else dump.codebook
    if not isinstance(store.path, Path) or len(new) <= MOST_AT_ONCE:
        codings = {CODINGS: set(dump.quads(CODINGS))}
        store.merge({one: dump.whole(one) for one in new}, codebook, dump.corrections, codings)
    else:
        curation = Curation([*store.curations.corrections, *dump.corrections])
        store.rewrite(lambda copy: _merge_in_bulk(copy, store.iris, dump, new, curation))
    return Imported(
        articles=len(new),
        unchanged=len(dump.articles) - len(new),
        topics=len(indexed(codebook)),
        corrections=len({one.id for one in dump.corrections} - known),
    )


def _check_statements(dump: _Dump, new: list[NamedNode], database: QuadStore, path: Path) -> None:
    """Raise StoreError if a statement belongs to another article of the store."""
    for graph in new:
        for quad in dump.database.quads_for_pattern(None, _ARTICLE, None, graph):
            for other in database.quads_for_pattern(quad.subject, _ARTICLE, None):
                if other.graph_name != graph:
                    raise StoreError(
                        f"{path}: {quad.subject} is a statement of {other.object} in the store"
                    )


def _merge_in_bulk(
    copy: pyoxigraph.Store, iris: Iris, dump: _Dump, new: list[NamedNode], curation: Curation
) -> None:
    codebook = concept_changes(copy, dump.codebook, iris)
    home = NamedNode(iris.graph("curation"))
    for graph in (*new, home):
        copy.remove_graph(graph)
    remove_in_bulk(copy, codebook.removed)
    remove_in_bulk(copy, _replaced_codings(copy, dump, iris))
    articles = (quad for graph in new for quad in _told(dump.database, graph))
    corrections = correction_quads(curation.corrections, iris)
    load_in_bulk(copy, chain(articles, dump.shared(), codebook.added, corrections))
    remake(copy, iris)


def _replaced_codings(copy: pyoxigraph.Store, dump: _Dump, iris: Iris) -> list[Quad]:
    """Return what a store says of the types, entities and coders that a dump tells of."""
    home = NamedNode(iris.graph(CODINGS))
    subjects = {quad.subject for quad in dump.quads(CODINGS)}
    return [q for node in subjects for q in copy.quads_for_pattern(node, None, None, home)]
