"""What the graphs that articles share should hold: gathered from all articles, and not by changes.

`derived` keeps these graphs up with each change. Here they are made from nothing, to check and to
repair a store. The memory grows with the actors, topics and positions, not with the articles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.codebook_index import indexed, key_quads
from graphkit.derived import (
    Change,
    Fact,
    facts_of_actors,
    facts_of_topic,
    facts_of_wider,
    labels_of_topics,
    name_quads,
)
from graphkit.profiles import Linker, identity_quads
from graphkit.quad_store import QuadStore
from graphkit.rdf import ACTOR_CLASSES, profile_triples, software_triples, term
from graphkit.statement import ActorType
from graphkit.summary import Summary
from graphkit.topics import TopicLinker

_LABEL, _OTHER_LABEL, _TYPE = map(term, ("skos:prefLabel", "skos:altLabel", "rdf:type"))


class SharedGraphs:
    """Gathers what articles say, and tells what each shared graph should hold then."""

    def __init__(self, store: QuadStore, linker: Linker, topics: TopicLinker) -> None:
        self._store = store
        self._iris = linker.iris
        self._linker = linker
        self._topics = Change(topics)
        self._actors: dict[Any, set[Fact]] = defaultdict(set)
        self._shown: dict[str, tuple[str, ActorType]] = {}
        self._labels: dict[Any, set[Any]] = defaultdict(set)
        self._summary = Summary()
        self._software: set[Any] = set()
        self._profiles: set[str] = set()

    def gather(self, article: Collection[Quad], shown: Mapping[str, tuple[str, ActorType]]) -> None:
        """Note what the graph of an article says; `shown` are labels and types of its actors."""
        self._shown.update(shown)
        for node, facts in facts_of_actors(article).items():
            self._actors[node] |= facts
        for node, labels in labels_of_topics(article).items():
            self._labels[node] |= labels
        self._summary.gather(article)
        for quad in article:
            value: Any = quad.object
            if quad.predicate == term("prov:wasAssociatedWith"):
                self._software.add(value)
            elif quad.predicate == term("gk:profile"):
                self._profiles.add(value.value)

    def graphs(self, codebook: set[Quad]) -> dict[str, set[Quad]]:
        """Return the quads of each graph by its name; `codebook` are those of the graph topics."""
        entities = self._entities({quad.subject for quad in codebook})
        names = name_quads(entities | codebook, self._iris)
        return {
            "entities": entities,
            "names": names | key_quads(indexed(codebook), self._iris),
            "profiles": self._profile_quads(),
            "runs": self._runs(),
            **self._summary.graphs(self._iris),
        }

    def _entities(self, listed: Collection[Any]) -> set[Quad]:
        home = self._home("entities")
        facts = {node: self._described(node, home) for node in self._actors}
        curation = self._topics.linker.curation
        kept = {NamedNode(one) for c in curation.corrections for one in (c.actor, c.target) if one}
        for node in {*self._labels, *kept}:
            if node in listed or node in facts:
                facts[node] = facts.get(node, set()) | facts_of_wider(node, self._topics)
            else:
                facts[node] = facts_of_topic(node, self._labels.get(node, set()), self._topics)
        return {Quad(node, *fact, home) for node, told in facts.items() for fact in told}

    def _described(self, node: Any, home: NamedNode) -> set[Fact]:
        """Return what an actor is; one that only unreadable articles know stays as it is."""
        if node.value not in self._shown:
            stored: Iterable[Any] = self._store.quads_for_pattern(node, None, None, home)
            return {(quad.predicate, quad.object) for quad in stored}
        label, actor_type = self._shown[node.value]
        name = Literal(label)
        return {
            (_LABEL, name),
            (_TYPE, term("gk:Actor")),
            (_TYPE, term(ACTOR_CLASSES[actor_type])),
            *(self._actors[node] - {(_OTHER_LABEL, name)}),
        }

    def _profile_quads(self) -> set[Quad]:
        home = self._home("profiles")
        profiles = [self._linker.profile(iri) for iri in self._profiles]
        told = {
            Quad(*triple, home)
            for profile in profiles
            for triple in profile_triples(profile, self._iris)
        }
        return told | identity_quads(self._linker, profiles)

    def _runs(self) -> set[Quad]:
        home, beginning = self._home("runs"), self._iris.software("")
        versions = {unquote(node.value.removeprefix(beginning)) for node in self._software}
        return {
            Quad(*t, home) for version in versions for t in software_triples(version, self._iris)
        }

    def _home(self, name: str) -> NamedNode:
        return NamedNode(self._iris.graph(name))
