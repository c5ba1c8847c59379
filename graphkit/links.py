"""Say who and what an article means: the links from its mentions to actors, and to topics.

Links follow from what the article tells (`rdf`), from the profiles of all articles and from the
user's corrections, so they can be made anew at any time.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.profiles import Linker
from graphkit.rdf import Triple, term
from graphkit.statement import ActorType
from graphkit.topics import TopicLinker

LINKS = frozenset(
    map(
        term,
        (
            "prov:specializationOf",
            "gk:actor",
            "gk:actorType",
            "gk:affiliation",
            "gk:topic",
            "gk:position",
            "schema:spokenByCharacter",
        ),
    )
)
"""The predicates of links: all else in an article's graph is what the article tells."""

_KINDS = frozenset(map(term, ("gk:Statement", "gk:RetiredStatement")))

LINKED_BY = frozenset(
    map(
        term,
        (
            "dcterms:identifier",
            "schema:datePublished",
            "gk:profile",
            "gk:name",
            "gk:affiliationMention",
            "gk:actorMention",
            "gk:speakerMention",
            "gk:topicMention",
            "gk:topicLabel",
            "gk:topicText",
        ),
    )
)
"""The predicates of what links are made from."""


@dataclass(slots=True)
class Linked:
    """The links of an article, label and type of each actor in it by its IRI, and its topics."""

    quads: set[Quad] = field(default_factory=set)
    actors: dict[str, tuple[str, ActorType]] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)


def told(quads: Iterable[Quad]) -> set[Quad]:
    """Return what of an article's graph the article tells, which is all but the links."""
    return {quad for quad in quads if not is_link(quad)}


def is_link(quad: Quad) -> bool:
    """Tell whether a quad of an article's graph follows from what articles tell."""
    return quad.predicate in LINKS or quad.object in _KINDS


def link(article: Iterable[Quad], linker: Linker, topics: TopicLinker) -> Linked:
    """Return the links of an article from the quads of what it tells."""
    facts: dict[Any, dict[Any, Any]] = {predicate: {} for predicate in LINKED_BY}
    graph: Any = None
    for quad in article:
        if quad.predicate in LINKED_BY:
            facts[quad.predicate][quad.subject] = quad.object
            graph = quad.graph_name
    if graph is None:
        return Linked()
    linking = _Linking(facts, linker, topics)
    quads = {Quad(*triple, graph) for triple in linking.triples()}
    return Linked(quads, linking.actors_shown, linking.topics)


class _Linking:
    """The links of one article; `facts` map subjects to objects, by predicate."""

    def __init__(
        self, facts: Mapping[Any, Mapping[Any, Any]], linker: Linker, topics: TopicLinker
    ) -> None:
        self._facts = facts
        self._linker = linker
        self._topics = topics
        self.actors_shown: dict[str, tuple[str, ActorType]] = {}
        self.topics: set[str] = set()
        self._actors = self._find_actors()

    def triples(self) -> Iterator[Triple]:
        for mention, actor in self._actors.items():
            yield mention, term("prov:specializationOf"), NamedNode(actor)
            yield from self._position_holder(mention, mention)
        for utterance, mention in self._of("gk:speakerMention").items():
            yield utterance, term("schema:spokenByCharacter"), NamedNode(self._actors[mention])
        for statement, mention in self._of("gk:actorMention").items():
            actor, topic = self._actors[mention], self._topic_of(statement)
            kind = "gk:Statement" if topic else "gk:RetiredStatement"
            yield statement, term("rdf:type"), term(kind)
            if not topic:
                continue
            position = self._linker.iris.position(actor, topic)
            yield statement, term("gk:actor"), NamedNode(actor)
            yield statement, term("gk:topic"), NamedNode(topic)
            yield statement, term("gk:position"), NamedNode(position)
            yield from self._position_holder(statement, mention)

    def _position_holder(self, node: NamedNode, mention: Any) -> Iterator[Triple]:
        """Yield the type of the actor of a mention, and whom it speaks for."""
        actor = self._actors[mention]
        yield node, term("gk:actorType"), Literal(self.actors_shown[actor][1])
        principal = self._principal(mention)
        if principal and principal != actor:
            if principal not in self.actors_shown:
                self.actors_shown[principal] = self._linker.described(principal)
            yield node, term("gk:affiliation"), NamedNode(principal)

    def _principal(self, mention: Any) -> str:
        said = self._linker.curation.principal(self._actors[mention], self._day)
        if said is not None:
            return said
        affiliation = self._of("gk:affiliationMention").get(mention)
        return self._actors[affiliation] if affiliation is not None else ""

    def _topic_of(self, statement: Any) -> str:
        mention = self._of("gk:topicMention").get(statement)
        if mention is not None:
            return self._actors[mention]
        label, text = (self._of(key)[statement].value for key in ("gk:topicLabel", "gk:topicText"))
        topic = self._topics.topic(label, text, self._article)
        if topic:
            self.topics.add(topic)
        return topic

    @property
    def _article(self) -> str:
        (article,) = (name.value for name in self._of("dcterms:identifier").values())
        return str(article)

    def _find_actors(self) -> dict[Any, str]:
        """Map the mentions to the IRIs of their actors."""
        actors = {}
        for mention, node in self._of("gk:profile").items():
            profile = self._linker.profile(node.value)
            actors[mention] = iri = self._linker.actor(
                profile, self._article, self._of("gk:name")[mention].value
            )
            self.actors_shown[iri] = self._linker.described(iri, profile)
        return actors

    @property
    def _day(self) -> datetime.date | None:
        days = (
            datetime.date.fromisoformat(d.value) for d in self._of("schema:datePublished").values()
        )
        return next(days, None)

    def _of(self, predicate: str) -> Mapping[Any, Any]:
        return self._facts[term(predicate)]
