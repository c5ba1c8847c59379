"""The store: articles and what they say, as RDF in an Oxigraph database.

What only changes need is imported where they are made: look-ups need not spend 40 ms on it.
"""

import contextlib
import dataclasses
import datetime
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

from graphkit import records
from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.curation import Correction, Curations, overridden
from graphkit.database import (
    explain_syntax,
    explained_errors,
    load_in_bulk,
    open_database,
)
from graphkit.editor import Editor
from graphkit.errors import (
    CorrectionError,
    QueryError,
    StoreChangedError,
    StoreError,
    UnknownNameError,
)
from graphkit.place import Place, ServerUrl, to_place
from graphkit.quad_store import QuadStore, Results
from graphkit.rdf import concept_quads, term, to_quads
from graphkit.records import Office
from graphkit.statement import Actor, Extraction, Statement
from graphkit.vocabulary import Iris

if TYPE_CHECKING:
    import rdflib.store

    from graphkit.integrity import Finding
    from graphkit.profiles import Linker
    from graphkit.remote.store import RemoteStore
    from graphkit.topics import TopicLinker

_QUAD_FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
_DUMP_FORMATS = {**_QUAD_FORMATS, "jsonld": RdfFormat.JSON_LD}

_TRIES = 10  # with as many writers as one server has, the odds that none gets through are small


class Store:
    """Articles, statements, actors and topics; make one with `Store.open`.

    Each article has a named graph; the graphs ``entities``, ``runs`` and ``current`` follow from
    these, ``topics`` is the codebook. Every change is one transaction: it is made or it is not.
    """

    def __init__(
        self,
        database: QuadStore,
        iris: Iris,
        path: Place | None = None,
        *,
        is_read_only: bool = False,
    ) -> None:
        self.iris = iris
        self.path = path
        self.is_read_only = is_read_only
        self._database: QuadStore | None = database
        self._dataset: rdflib.Dataset | None = None
        self._known_editor: Editor | None = None

    @classmethod
    def open(
        cls, path: Place | str | None, *, read_only: bool = False, base: str | None = None
    ) -> Self:
        """Open the store in a folder or on a server, or make one; None is a new one in memory.

        A server is given by the address of its SPARQL queries, as text or by `place.to_place`.
        `base` is where the IRIs of a new store begin: an absolute IRI that ends in "/". A store of
        an older format is migrated first. Raise StoreError if the path is a file or another folder,
        if the store is in use by another process, damaged or of a newer format, or, `read_only`, if
        there is none or one of an older format; and if a server cannot be reached.
        """
        place = to_place(path) if isinstance(path, str) else path
        if isinstance(place, ServerUrl):
            from graphkit.remote.store import open_server

            server = open_server(place, read_only=read_only, base=base)
            return cls(server, Iris(server.base), place, is_read_only=read_only)
        database, base = open_database(place, read_only=read_only, base=base)
        return cls(database, Iris(base), place, is_read_only=read_only)

    def close(self) -> None:
        """Write all to the disk and release the store. Closing it twice is fine."""
        database, self._database, self._dataset = self._database, None, None
        self._forget()  # what holds the database, too
        if database is not None and isinstance(self.path, ServerUrl):
            cast("RemoteStore", database).close()
        elif database is not None and not self.is_read_only:
            with explained_errors(self.path):
                database.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is not None and isinstance(self.path, ServerUrl):
                cast("RemoteStore", self._inner).explain(error)
        finally:
            with contextlib.suppress(*([StoreError] if error else [])):  # the first tells more
                self.close()

    # --- writing ----------------------------------------------------------------------------------

    def add(self, extraction: Extraction, settings: str = "") -> None:
        """Store an article with its statements, in place of what was stored of it before.

        Its graph is replaced, and the shared graphs follow. `settings` are those of the extraction,
        for `digests`. Raise StoreError if that cannot be written; the store is then as it was.
        """
        new = to_quads(extraction, self.iris, settings)
        self._rebuild_articles({NamedNode(self.iris.article(extraction.article.id)): new})

    def remove(self, article_id: str) -> None:
        """Remove an article and all that only it said. Raise UnknownNameError if there is none."""
        graph = NamedNode(self.iris.article(article_id))
        if not self._inner.contains_named_graph(graph):
            raise _no_article(article_id)
        self._rebuild_articles({graph: set()})

    def add_concepts(self, concepts: Iterable[Concept]) -> None:
        """Add concepts to the codebook; one with the IRI of an earlier one takes its place.

        A concept without an IRI gets that of its label. A broader concept that is neither among
        them nor in the codebook is added, too.
        """
        self._editor.merge({}, self._concept_quads(concepts))

    def add_articles(
        self,
        articles: Mapping[str, set[Quad]],
        concepts: Iterable[Concept] = (),
        shared: Mapping[str, set[Quad]] | None = None,
    ) -> None:
        """Store what `rdf.to_quads` and others give of articles, by id, in one transaction.

        `concepts` come into the codebook as with `add_concepts`; for `shared` see `merge`.
        """
        nodes = {NamedNode(self.iris.article(name)): quads for name, quads in articles.items()}
        self._editor.merge(nodes, self._concept_quads(concepts), shared=shared)

    def _concept_quads(self, concepts: Iterable[Concept]) -> set[Quad]:
        known = {concept.label: concept.iri for concept in reversed(self.concepts())}
        return concept_quads(concepts, self.iris, known)

    def merge(
        self,
        articles: Mapping[NamedNode, set[Quad]],
        codebook: set[Quad],
        corrections: Iterable[Correction] = (),
        shared: Mapping[str, set[Quad]] | None = None,
    ) -> None:
        """Take in articles' graphs, a codebook's quads and corrections; see `Editor.merge`."""
        self._editor.merge(articles, codebook, corrections, shared)

    def load(self, data: bytes | BinaryIO, format: str = "nq") -> None:
        """Add the quads of N-Quads ("nq") or TriG ("trig"), as `dump` writes them, in bulk.

        Raise StoreError, with the line, if that is not what they are. Nothing is then added.
        """
        from graphkit.rdf_file import explained_data, parsed

        syntax = _QUAD_FORMATS[format]
        with explained_data(syntax), explained_errors(self.path):
            if isinstance(self.path, Path):
                self.rewrite(lambda copy: load_in_bulk(copy, parsed(data, syntax)))
            else:
                self._inner.load(data, syntax)
        self._forget()

    def rewrite(self, change: Callable[[pyoxigraph.Store], object]) -> None:
        """Let a changed copy of the database take its place: for what is too large for one change.

        The store is as it was until all is done. An rdflib Dataset of it is closed by this.
        """
        from graphkit.remaking import rewriting

        if not isinstance(self.path, Path) or self.is_read_only:
            raise StoreError("Only a store in a folder that is open for writing can be rewritten.")
        database = lambda: cast(pyoxigraph.Store, self._inner)  # noqa: E731 # as it is then
        with rewriting(self.path, self.iris.base, database, self._release) as copy:
            change(copy())
        self._database, _ = open_database(self.path)

    def _release(self) -> None:
        """Close the database, and let go of all that holds it."""
        if self._dataset is not None:
            self._dataset.close()
        self._database = self._dataset = None
        self._forget()

    def correct(self, corrections: Iterable[Correction], *, anew: bool = False) -> None:
        """Add corrections after those that are there; one that is there already is left alone.

        If they are made `anew`, one that a later one overrides comes last, and holds again.
        Raise CorrectionError, and add none, if one makes no sense, or if mentions are to move to an
        actor of one article.
        """
        corrections = list(corrections)
        for one in corrections:
            self.check(one)
        there = self.curations.corrections
        again = {one.id for one in corrections} & overridden(there) if anew else set()
        kept = [one for one in there if one.id not in again]
        self._editor.curate([*kept, *map(self._editor.shown, corrections)])

    def check(self, correction: Correction) -> None:
        """Raise CorrectionError if a correction cannot be made; see `correct`."""
        correction.check()
        wrong = [one for one in (correction.actor, correction.other) if self.iris.is_actor(one)]
        if correction.kind == "topic" and wrong:
            raise CorrectionError(f"{self.iris.shorten(wrong[0])} is an actor and no topic.")
        if correction.moves_mentions and self.iris.is_local_actor(correction.target):
            raise CorrectionError(
                f"{correction.target} means something in one article only; give another name."
            )

    def undo(self, ids: Iterable[str]) -> None:
        """Take corrections back. Raise UnknownNameError, and undo none, if an id is of none."""
        unwanted = set(ids)
        kept = [one for one in self.curations.corrections if one.id not in unwanted]
        missing = unwanted - {one.id for one in self.curations.corrections}
        if missing:
            raise UnknownNameError(
                f"No correction '{min(missing)}'. `graphkit actors corrections` lists them. "
                "`graphkit topics corrections` lists those of topics."
            )
        self._editor.curate(kept)

    def corrections(self) -> list[tuple[Correction, bool]]:
        """Return the corrections in their order, and whether each still concerns anything."""
        from graphkit.applying import applying_corrections

        applying = applying_corrections(self._inner, self.iris, self._editor.rules)
        return [(one, one.id in applying) for one in self.curations.corrections]

    def find_faults(self) -> Iterator["Finding"]:
        """Yield all that is wrong with what is stored; see `integrity.find_faults`."""
        from graphkit.integrity import find_faults  # needed here only, and the look-ups start fast

        with explained_errors(self.path):
            yield from find_faults(self._inner, self.iris)

    def repair(self) -> list["Finding"]:
        """Make all anew that follows from articles, codebook and corrections; these stay.

        That is one transaction. Return what was found, which it cannot all put right.
        """
        from graphkit.integrity import to_changes

        findings = list(self.find_faults())
        changes = to_changes(findings)
        self._forget()
        self._editor.update(changes.removed, changes.added)
        return findings

    def _rebuild_articles(self, articles: Mapping[NamedNode, set[Quad]]) -> None:
        """Let articles' graphs tell these quads, even if others change the store on a server."""
        for _ in range(_TRIES - 1):
            try:
                return self._editor.rebuild(articles)
            except StoreChangedError:
                self._forget()  # what the change followed from
        return self._editor.rebuild(articles)

    # --- reading ----------------------------------------------------------------------------------

    def digests(self) -> dict[str, str]:
        """Return the fingerprint of each article by its id; see `rdf.fingerprint`."""
        return records.read_digests(self._inner)

    def articles(self, ids: Iterable[str] | None = None) -> list[Article]:
        """Return all articles, or those with some ids, without their texts, by id."""
        if ids is None:
            return records.read_articles(self._inner)
        nodes = (self.iris.article(one) for one in sorted(set(ids)))
        return records.read_articles(self._inner, nodes)

    def article(self, article_id: str) -> Article:
        """Return an article with its text. Raise UnknownNameError if there is none."""
        node = self.iris.article(article_id)
        for article in records.read_articles(self._inner, [node]):
            return dataclasses.replace(article, text=records.read_text(self._inner, node))
        raise _no_article(article_id)

    def extraction(self, article_id: str) -> Extraction:
        """Return what `add` stored of an article in its own names, which is all but attributions.

        Statements are in the order of `statements`, actors in that of their names. Raise
        UnknownNameError if there is no such article.
        """
        article, node = self.article(article_id), self.iris.article(article_id)
        return Extraction(
            article=article,
            statements=tuple(records.read_told_statements(self._inner, self.iris, node)),
            attributions=(),
            actors=tuple(records.read_mentions(self._inner, node)),
        )

    def statements(  # noqa: PLR0913 # one for each thing that people select by
        self,
        *,
        actor: str | None = None,
        topic: str | None = None,
        article: str | None = None,
        since: datetime.date | None = None,
        until: datetime.date | None = None,
        statement: str | None = None,
    ) -> list[Statement]:
        """Return the statements that fit all that is given, by date, article, start and id.

        `actor` and `topic` are canonical names, `article` and `statement` ids. `since` and `until`,
        both inclusive, leave out statements without a date. What nothing fits gives no rows.
        """
        nodes: dict[str, list[str]] = {}
        if actor is not None:
            nodes["actor"] = self.nodes(actor)
        if topic is not None:
            nodes["topic"] = self.nodes(topic)
        if article is not None:
            nodes["article"] = [self.iris.article(article)]
        if statement is not None:
            nodes["node"] = [self.iris.statement(statement)]
        if not all(nodes.values()):
            return []
        return records.read_statements(self._inner, self.iris, nodes, since=since, until=until)

    def statements_with_ids(self, ids: Iterable[str]) -> list[Statement]:
        """Return the statements with some ids, in the order of `statements`."""
        nodes = sorted(self.iris.statement(one) for one in set(ids))
        found = (
            records.read_statements(self._inner, self.iris, {"node": some})
            for some in itertools.batched(nodes, 500)  # to bound the length of a query
        )
        return sorted((one for few in found for one in few), key=records.statement_order)

    def actors(self, names: Iterable[str] | None = None) -> list[Actor]:
        """Return all actors, or those with some canonical names, each once, by name."""
        if names is None:
            return records.read_actors(self._inner, self.iris)
        nodes = [node for name in set(names) for node in self.nodes(name)]
        return records.read_actors(self._inner, self.iris, nodes)

    def actors_by_node(self, nodes: Iterable[str] | None = None) -> dict[str, Actor]:
        """Return all actors, or those among some IRIs, by their IRIs, in the order of these."""
        return records.read_actors_by_node(self._inner, self.iris, nodes)

    def statement_counts(self, by: str = "actor") -> Counter[str]:
        """Return the number of statements of each "actor", or on each "topic", by its IRI."""
        of, tally = term(f"gk:tallyOf{by.capitalize()}"), term(f"gk:{by}Tally")
        counted, numbers = (self._inner.quads_for_pattern(None, key, None) for key in (of, tally))
        found: dict[Any, Any] = {quad.subject: quad.object for quad in numbers}
        things: Any = ((found[quad.subject], quad.object) for quad in counted)
        return Counter({thing.value: int(number.value) for number, thing in things})

    def topics_by_node(self) -> dict[str, Concept]:
        """Return what stances are about and no actor is, and the codebook, by their IRIs.

        Those of the codebook that the user merged into others or retired are left out.
        """
        quads: Any = self._inner.quads_for_pattern(None, term("rdf:type"), term("skos:Concept"))
        nodes = {quad.subject for quad in quads if self.is_in_use(quad.subject.value)}
        found = records.read_concepts(self._inner, nodes)
        return {concept.iri: concept for concept in sorted(found, key=lambda one: one.iri)}

    def narrower(self, topic: str) -> list[str]:
        """Return the labels of the topics of which a topic is the next wider one."""
        wider = [NamedNode(node) for node in self.nodes(topic)]
        return records.read_subjects(self._inner, "skos:broader", wider)

    def offices(self, actor: str) -> list[Office]:
        """Return in which roles articles show an actor, and for whom, the earliest first."""
        return records.read_offices(self._inner, self.nodes(actor))

    def principals(self, node: str) -> list[str]:
        """Return the names of those whom the actor with an IRI speaks for in some article."""
        return records.read_labels(self._inner, NamedNode(node), "gk:represents")

    def speakers_for(self, actor: str) -> list[str]:
        """Return the names of those who speak for an actor."""
        principals = [NamedNode(node) for node in self.nodes(actor)]
        return records.read_subjects(self._inner, "gk:represents", principals)

    def topics(self, labels: Iterable[str] | None = None) -> list[Concept]:
        """Return what a stance is about or the codebook knows, or those with some labels."""
        if labels is not None:
            named = {NamedNode(node) for label in set(labels) for node in self.nodes(label)}
            return records.read_concepts(self._inner, named)
        current = NamedNode(self.iris.graph("current"))
        used = {quad.object for quad in self._inner.quads_for_pattern(None, None, None, current)}
        return records.read_concepts(self._inner, used | self._codebook_nodes())

    def concepts(self) -> list[Concept]:
        """Return the concepts of the codebook, by label."""
        return records.read_concepts(self._inner, self._codebook_nodes())

    def nodes(self, label: str) -> list[str]:
        """Return the IRIs of the actors and topics with this preferred label."""
        quads = self._inner.quads_for_pattern(None, term("skos:prefLabel"), Literal(label))
        return sorted({str(quad.subject).strip("<>") for quad in quads})

    def linker(self) -> "Linker":
        """Return who tells whom a mention is of; it remembers nothing yet."""
        from graphkit.profiles import Linker, ProfileReader

        return Linker(ProfileReader(self._inner), self.iris, self.curations.actors)

    def topic_linker(self) -> "TopicLinker":
        """Return who tells which topic a statement's label is."""
        from graphkit.codebook_index import CodebookIndex
        from graphkit.topics import TopicLinker

        return TopicLinker(CodebookIndex(self._inner), self.iris, self.curations.topics)

    def follow(self, iri: str) -> str:
        """Return the IRI of the actor that the one with an IRI was merged into, or the same."""
        return self.curations.outcome(iri)

    def is_in_use(self, iri: str) -> bool:
        """Tell whether an actor or a topic was neither merged into another nor retired.

        What was merged may be in use again, by what a later correction moves there.
        """
        if self.curations.topics.is_retired(iri):
            return False
        node, home = NamedNode(iri), NamedNode(self.iris.graph("entities"))
        found = (
            *itertools.islice(self._inner.quads_for_pattern(node, None, None, home), 1),
            *itertools.islice(self._inner.quads_for_pattern(None, term("gk:topic"), node), 1),
        )
        return bool(found) or self.follow(iri) == iri

    def label(self, node: str) -> str:
        """Return the preferred label of the actor or topic with an IRI, or else the IRI."""
        quads: Any = self._inner.quads_for_pattern(NamedNode(node), term("skos:prefLabel"), None)
        return next((str(quad.object.value) for quad in quads), node)

    def actor_nodes(self, label: str) -> list[str]:
        """Return the IRIs of the actors with this preferred label."""
        return self._nodes_of(label, "gk:Actor")

    def topic_nodes(self, label: str) -> list[str]:
        """Return the IRIs of the topics with this preferred label that are no actors."""
        return self._nodes_of(label, "skos:Concept")

    def _nodes_of(self, label: str, kind: str) -> list[str]:
        nodes = ((iri, NamedNode(iri)) for iri in self.nodes(label))
        return [iri for iri, node in nodes if term(kind) in records.classes_of(self._inner, node)]

    def query(self, text: str) -> Results:
        """Run a SPARQL query over the union of all graphs, or over those that FROM names.

        Our prefixes need no declaration. Raise QueryError, with line and column, if it is not
        SPARQL, or if it calls a function that the engine does not have.
        """
        if not text.strip():
            raise QueryError("Not SPARQL: the query is empty.")
        try:
            prefixes = self.iris.prefixes
            is_union = not _names_graphs(text, prefixes)  # or Oxigraph would not look at FROM
            with explained_errors(self.path):
                return self._inner.query(
                    text, prefixes=prefixes, use_default_graph_as_union=is_union
                )
        except SyntaxError as error:
            raise QueryError(explain_syntax(text, str(error))) from error
        except StoreError as error:
            if "custom function" in str(error):  # the one fault of a query that is told so early
                raise QueryError(f"The query failed: {error.__cause__}") from error
            raise

    def count_quads(self) -> int:
        """Return the number of quads; raise StoreError if it has changed on a server meanwhile."""
        if not isinstance(self._inner, pyoxigraph.Store):
            cast("RemoteStore", self._inner).check_unchanged()
        return len(self._inner)

    def iter_quads(self) -> Iterator[Quad]:
        """Yield all quads."""
        return iter(self._inner)

    def dump(self, stream: BinaryIO, format: str = "nq") -> None:
        """Write all graphs as "nq", "trig" or "jsonld"; equal stores give equal bytes."""
        graphs = sorted(self._inner.named_graphs(), key=str)
        quads = (
            quad
            for graph in graphs
            for quad in sorted(self._inner.quads_for_pattern(None, None, None, graph), key=str)
        )
        pyoxigraph.serialize(quads, stream, _DUMP_FORMATS[format], prefixes=self.iris.prefixes)

    @property
    def dataset(self) -> "rdflib.Dataset":
        """The same store as an rdflib Dataset whose default graph is the union of all graphs."""
        if self._dataset is None:
            from rdflib import Dataset, Namespace

            dataset = Dataset(store=self._rdflib_store(), default_union=True)
            for prefix, namespace in self.iris.prefixes.items():
                dataset.bind(prefix, Namespace(namespace), replace=True)
            self._dataset = dataset
        return self._dataset

    def _rdflib_store(self) -> "rdflib.store.Store":
        if not isinstance(self._inner, pyoxigraph.Store):
            return cast("RemoteStore", self._inner).server.rdflib_store(
                is_read_only=self.is_read_only
            )
        from oxrdflib import OxigraphStore

        return OxigraphStore(store=self._inner)

    @property
    def _inner(self) -> QuadStore:
        if self._database is None:
            raise StoreError("The store is closed.")
        return self._database

    @property
    def curations(self) -> Curations:
        """The user's corrections."""
        return self._editor.curations

    @property
    def _editor(self) -> Editor:
        if self._known_editor is None:
            self._known_editor = Editor(self._inner, self.iris, self.path)
        return self._known_editor

    def _forget(self) -> None:
        """Read anew what is kept of the database when it is next needed."""
        self._known_editor = None

    def _codebook_nodes(self) -> set[Any]:
        home = NamedNode(self.iris.graph("topics"))
        concept = term("skos:Concept")
        quads = self._inner.quads_for_pattern(None, term("rdf:type"), concept, home)
        return {quad.subject for quad in quads}


def _no_article(article_id: str) -> UnknownNameError:
    return UnknownNameError(f"No article '{article_id}' in the store.")


def _names_graphs(text: str, prefixes: Mapping[str, str]) -> bool:
    if "from" not in text.lower():  # look-ups do not, and start fast
        return False
    from graphkit.sparql import names_graphs

    return names_graphs(text, prefixes)
