"""Change a database: each change with all that follows from it, in one transaction."""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graphkit import records
from graphkit.curation import Correction, Curation, Curations
from graphkit.curation_rdf import correction_quads, read_corrections
from graphkit.database import change_database, explained_errors
from graphkit.place import Place
from graphkit.quad_store import QuadStore
from graphkit.vocabulary import Iris

if TYPE_CHECKING:
    from graphkit.changes import Changes, Rules
    from graphkit.profiles import ProfileReader


class Editor:
    """Makes changes; what it has read for one is kept for the next.

    So it is of no use any more once somebody else has changed the database.
    """

    def __init__(self, database: QuadStore, iris: Iris, place: Place | None) -> None:
        self._database = database
        self._iris = iris
        self._place = place
        self._reader: ProfileReader | None = None
        self._known_rules: Rules | None = None
        self._known_curations: Curations | None = None

    def merge(
        self,
        articles: Mapping[NamedNode, set[Quad]],
        codebook: set[Quad],
        corrections: Iterable[Correction] = (),
        shared: Mapping[str, set[Quad]] | None = None,
    ) -> None:
        """Take in articles' graphs, quads of a codebook and corrections, in one transaction.

        Articles and concepts with the IRIs of earlier ones take their place; corrections come after
        those that are there. Quads of `shared` graphs, by name, take the place of all that such a
        graph says of their subjects. What quads of an article are is told at `rdf.to_quads`.
        """
        from graphkit.changes import make_rules
        from graphkit.codebook_index import CodebookIndex, concept_changes, indexed

        changes, listed = concept_changes(self._database, codebook, self._iris), indexed(codebook)
        for name, new in (shared or {}).items():
            changes.replace(self._told_of({quad.subject for quad in new}, name), new)
        index = CodebookIndex(self._database, listed) if listed else self.rules.topics.codebook
        curations = self._with(corrections)
        changes.replace(*self._correction_changes(curations))
        rules = make_rules(index, self._iris, curations)
        self.rebuild(articles, rules, changes, frozenset(concept.iri for concept in listed))
        self._known_curations = curations
        # an index that holds concepts is of no use any more: the next one finds them stored
        self._known_rules = None if listed else rules

    def curate(self, corrections: Iterable[Correction]) -> None:
        """Let these corrections hold, and no others."""
        from graphkit.changes import Changes, make_rules

        curations = Curations.of(Curation(corrections).corrections)
        changes = Changes()
        changes.replace(*self._correction_changes(curations))
        rules = make_rules(self.rules.topics.codebook, self._iris, curations)
        self.rebuild({}, rules, changes)
        self._known_rules, self._known_curations = rules, curations

    def rebuild(
        self,
        articles: Mapping[NamedNode, set[Quad]],
        rules: "Rules | None" = None,
        more: "Changes | None" = None,
        listed: frozenset[str] = frozenset(),
    ) -> None:
        """Let articles' graphs tell these quads, with all that follows from it and from `rules`.

        `more` is changed in the same transaction; `listed` are IRIs that come into the codebook.
        """
        from graphkit.changes import Changes, Rebuild
        from graphkit.profiles import ProfileReader

        more = more or Changes()
        with explained_errors(self._place):
            self._reader = self._reader or ProfileReader(self._database)
            before, now = self.rules, rules or self.rules
            rebuild = Rebuild(self._database, self._iris, self._reader, before, now, listed)
            if isinstance(self._database, pyoxigraph.Store):
                changes = rebuild.changes(articles)
            else:
                from graphkit.remote.ahead import changes_on_server

                changes = changes_on_server(rebuild, articles)
        dropped = [graph for graph, quads in articles.items() if not quads]
        self.update(changes.removed | more.removed, changes.added | more.added, dropped)

    def update(
        self, removed: set[Quad], added: set[Quad], dropped: Sequence[NamedNode] = ()
    ) -> None:
        """Remove and add quads, and drop graphs."""
        with explained_errors(self._place):
            change_database(self._database, removed, added, dropped)

    def shown(self, correction: Correction) -> Correction:
        """Return a correction that says what the actor or topic that it leads to is called here."""
        if correction.shown or not correction.target:
            return correction
        if correction.kind == "topic":
            labels = records.read_labels_of(self._database, correction.target)
            shown = labels[0] if labels else self._iris.name(correction.target)
            return dataclasses.replace(correction, shown=shown)
        known = records.read_actors(self._database, self._iris, [correction.target])
        name = known[0].name if known else self._iris.name(correction.target)
        kind = known[0].type if known else correction.type
        return dataclasses.replace(correction, shown=name, type=kind)

    @property
    def curations(self) -> Curations:
        """The user's corrections; kept, since each article and look-up needs them."""
        if self._known_curations is None:
            home = NamedNode(self._iris.graph("curation"))
            quads = sorted(self._database.quads_for_pattern(None, None, None, home), key=str)
            self._known_curations = Curations.of(read_corrections(quads, self._iris))
        return self._known_curations

    @property
    def rules(self) -> "Rules":
        """What the links go by; kept, since each article needs it."""
        from graphkit.changes import make_rules
        from graphkit.codebook_index import CodebookIndex

        if self._known_rules is None:
            self._known_rules = make_rules(
                CodebookIndex(self._database), self._iris, self.curations
            )
        return self._known_rules

    def _told_of(self, subjects: Iterable[Any], graph: str) -> set[Quad]:
        home = NamedNode(self._iris.graph(graph))
        found = (self._database.quads_for_pattern(node, None, None, home) for node in subjects)
        return set(itertools.chain.from_iterable(found))

    def _with(self, corrections: Iterable[Correction]) -> Curations:
        """Return the curations with more corrections, the same if there are none."""
        added = list(corrections)
        there = self.curations
        return Curations.of(Curation([*there.corrections, *added]).corrections) if added else there

    def _correction_changes(self, curations: Curations) -> tuple[set[Quad], set[Quad]]:
        home = NamedNode(self._iris.graph("curation"))
        old = set(self._database.quads_for_pattern(None, None, None, home))
        return old, correction_quads(curations.corrections, self._iris)
