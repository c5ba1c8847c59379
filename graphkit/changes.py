"""Work out a change of a store: what articles tell anew, and all that follows from it.

Articles tell profiles of actors. Profiles that come and go can change who the actors of other
articles are, and so can the user's corrections. The links of all these articles are made anew, and
the shared graphs follow.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.concepts import Index
from graphkit.curation import Curation, Curations
from graphkit.derived import READ_IN_ARTICLES, Change, derived_changes
from graphkit.folding import fold
from graphkit.linking import Identity, Profile, text_key
from graphkit.links import LINKED_BY, is_link, link, told
from graphkit.profiles import Linker, ProfileReader, identity_quads, read_profile
from graphkit.quad_store import QuadStore
from graphkit.rdf import profile_node, term
from graphkit.topics import TopicLinker
from graphkit.vocabulary import Iris

_GONE_BY = LINKED_BY | READ_IN_ARTICLES
_PROFILE, _ACTOR = term("gk:profile"), term("prov:specializationOf")


@dataclass(slots=True)
class Changes:
    """What to remove from a store and what to add."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)

    def replace(self, before: set[Quad], after: set[Quad]) -> None:
        """Note that quads take the place of others."""
        self.removed |= before - after
        self.added |= after - before


@dataclass(frozen=True)
class Rules:
    """What the links of all articles go by, besides what the articles tell."""

    topics: TopicLinker
    actors: Curation


def make_rules(codebook: Index, iris: Iris, curations: Curations) -> Rules:
    """Return the rules by a codebook and all corrections."""
    return Rules(TopicLinker(codebook, iris, curations.topics), curations.actors)


@dataclass(frozen=True)
class Rebuild:
    """Works out changes of a store, and makes none; `listed` are IRIs new in the codebook."""

    store: QuadStore
    iris: Iris
    reader: ProfileReader
    rules_before: Rules
    rules: Rules
    listed: frozenset[str] = frozenset()

    def changes(self, articles: Mapping[NamedNode, set[Quad]]) -> Changes:
        """Return what to remove and to add if articles' graphs are to tell these quads.

        They may belong to shared graphs, too, as `rdf.to_quads` gives them. An article that tells
        nothing is removed. All others stay as they are, but for their links.
        """
        shared = {q for graph, quads in articles.items() for q in quads if q.graph_name != graph}
        come, gone = self._profile_changes(articles, shared)
        earlier = Linker(self.reader, self.iris, self.rules_before.actors)
        later = Linker(self.reader, self.iris, self.rules.actors, come, gone)
        moved = {p for p in later.related() if earlier.identify(p) != later.identify(p)}
        now = {graph: {q for q in quads if q not in shared} for graph, quads in articles.items()}
        others = self._moved_graphs(moved, earlier, later) | self._corrected_graphs(earlier, later)
        others |= self._topic_graphs()
        for graph in others - articles.keys():
            now[graph] = told(self._linked_quads(graph))
        change = self._linked(now, articles.keys(), later)
        before = ((profile, earlier) for profile in gone | moved)
        after = ((profile, later) for profile in come | moved)
        self._show((*before, *after), later, change)
        found = Changes()
        found.replace(change.old, change.new)
        found.replace(*derived_changes(self.store, self.iris, change))
        found.replace({q for q in shared if q in self.store}, shared)
        found.replace({q for p in gone for q in self._about(profile_node(p, self.iris))}, set())
        found.replace(identity_quads(earlier, moved), identity_quads(later, moved | come))
        return found

    def _profile_changes(
        self, articles: Mapping[NamedNode, set[Quad]], shared: set[Quad]
    ) -> tuple[set[Profile], set[Profile]]:
        """Return the profiles that nobody told before, and those that nobody will tell."""
        told_now = {node for quads in articles.values() for node in _objects(quads, _PROFILE)}
        told_before = {n for graph in articles for n in _objects(self._quads(graph), _PROFILE)}
        come = {
            read_profile(quad for quad in shared if quad.subject == node)
            for node in told_now
            if next(self._about(node), None) is None
        }
        gone = {
            self.reader.read(node.value)
            for node in told_before - told_now
            if all(quad.graph_name in articles for quad in self._tellings(node))
        }
        return come, gone

    def _moved_graphs(self, moved: set[Profile], earlier: Linker, later: Linker) -> set[NamedNode]:
        """Return the graphs of articles with an actor that is another one now."""
        others = (p for p in moved if not _is_same_node(earlier.identify(p), later.identify(p)))
        nodes = (profile_node(profile, self.iris) for profile in others)
        return {quad.graph_name for node in nodes for quad in self._tellings(node)}

    def _corrected_graphs(self, earlier: Linker, later: Linker) -> set[NamedNode]:
        """Return the graphs of articles where a change of the corrections shows in the links."""
        iris, names = later.curation.changed_since(earlier.curation)
        mentions: set[tuple[Any, Any]] = {
            (quad.subject, quad.graph_name)
            for iri in iris
            for quad in self.store.quads_for_pattern(None, _ACTOR, NamedNode(iri))
        }
        for name in names:
            for profile in self.reader.having("gk:key", Literal(text_key(name))):
                tellings = self._tellings(profile_node(profile, self.iris))
                mentions |= {(quad.subject, quad.graph_name) for quad in tellings}
        return {
            graph
            for mention, graph in mentions
            if self._meaning(mention, graph, earlier) != self._meaning(mention, graph, later)
        }

    def _meaning(self, mention: Any, graph: Any, linker: Linker) -> tuple[str | None, ...]:
        """Return the actor of a mention, its type, and whom the user says it speaks for."""
        profile, name = self._profile(mention), self._value(mention, "gk:name")
        actor = linker.actor(profile, self.iris.article_id(graph.value), name)
        published = self._value(graph, "schema:datePublished")
        day = datetime.date.fromisoformat(published) if published else None
        return actor, linker.described(actor, profile)[1], linker.curation.principal(actor, day)

    def _topic_graphs(self) -> set[NamedNode]:
        """Return the graphs of articles with a statement whose topic is another one now."""
        before, now = self.rules_before.topics, self.rules.topics
        if before.codebook is now.codebook and before.curation is now.curation:
            return set()
        return {
            quad.graph_name
            for quad in self._statements_to_look_at(before, now)
            if self._topic(quad, before) != self._topic(quad, now)
        }

    def _statements_to_look_at(self, before: TopicLinker, now: TopicLinker) -> Iterator[Any]:
        """Yield a quad of each statement that corrections or a codebook may have moved."""
        if before.codebook is not now.codebook:
            yield from self.store.quads_for_pattern(None, term("gk:topicLabel"), None)
            return
        iris, names = now.curation.changed_since(before.curation)
        folded = frozenset(map(fold, names))
        labels: Any = self.store.quads_for_pattern(None, term("gk:topicLabel"), None)
        if folded:  # a codebook's topics are not found by the labels that articles give them
            yield from (quad for quad in labels if fold(quad.object.value) in folded)
        for iri in iris:
            yield from self.store.quads_for_pattern(None, term("gk:topic"), NamedNode(iri))
        resting = term("gk:RetiredStatement")
        yield from self.store.quads_for_pattern(None, term("rdf:type"), resting)

    def _topic(self, quad: Any, topics: TopicLinker) -> str:
        label, text = (self._value(quad.subject, key) for key in ("gk:topicLabel", "gk:topicText"))
        return topics.topic(label, text, self.iris.article_id(quad.graph_name.value))

    def _linked(
        self,
        articles: Mapping[NamedNode, set[Quad]],
        retold: Collection[NamedNode],
        linker: Linker,
    ) -> Change:
        """Return the change of articles that are to tell these quads, with their links.

        Of those that are not `retold` these are only the quads that links go by.
        """
        change = Change(
            self.rules.topics, self.listed, graphs=set(articles), topics=set(self.listed)
        )
        for graph, quads in articles.items():
            linked = link(quads, linker, self.rules.topics)
            change.old |= self._quads(graph) if graph in retold else self._linked_quads(graph)
            change.new |= quads | linked.quads
            change.actors |= linked.actors
            change.topics |= linked.topics
        return change

    def _show(
        self, profiles: Iterable[tuple[Profile, Linker]], later: Linker, change: Change
    ) -> None:
        """Note the labels and types of actors that may be shown in another way now."""
        for profile, linker in profiles:
            identity = linker.identify(profile)
            if identity is not None:
                iri = self.iris.actor(identity.iri_name)
                change.actors[iri] = later.described(iri, profile)
        for iri in self.rules.actors.renamed_since(self.rules_before.actors):
            shown = next(self.store.quads_for_pattern(None, _ACTOR, NamedNode(iri)), None)
            if shown:
                change.actors[iri] = later.described(iri, self._profile(shown.subject))
            else:  # it is at most spoken for, or a mention comes with this change
                change.actors.setdefault(iri, later.described(iri))
        change.topics |= self.rules.topics.curation.renamed_since(self.rules_before.topics.curation)

    def _profile(self, mention: Any) -> Profile:
        return self.reader.read(self._value(mention, "gk:profile"))

    def _tellings(self, profile: NamedNode) -> Iterator[Any]:
        return self.store.quads_for_pattern(None, _PROFILE, profile)

    def _about(self, node: Any) -> Iterator[Quad]:
        return self.store.quads_for_pattern(node, None, None)

    def _quads(self, graph: NamedNode) -> set[Quad]:
        return set(self.store.quads_for_pattern(None, None, None, graph))

    def _linked_quads(self, graph: NamedNode) -> set[Quad]:
        """Return the links of an article, and what they and the shared graphs go by.

        All else of it, two thirds, stays as it is: an actor may be in thousands of articles.
        """
        quads = self.store.quads_for_pattern(None, None, None, graph)
        return {quad for quad in quads if is_link(quad) or quad.predicate in _GONE_BY}

    def _value(self, node: Any, predicate: str) -> str:
        quads: Any = self.store.quads_for_pattern(node, term(predicate), None)
        return next((str(quad.object.value) for quad in quads), "")


def _objects(quads: Iterable[Quad], predicate: NamedNode) -> set[Any]:
    return {quad.object for quad in quads if quad.predicate == predicate}


def _is_same_node(one: Identity | None, other: Identity | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.iri_name, one.type) == (other.iri_name, other.type)
