"""Which of the user's corrections still concern anything that some article says."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from pyoxigraph import Literal, NamedNode

from graphkit.changes import Rules
from graphkit.curation import Correction, Curation
from graphkit.folding import fold
from graphkit.linking import text_key
from graphkit.profiles import Linker, ProfileReader
from graphkit.quad_store import QuadStore
from graphkit.rdf import term
from graphkit.vocabulary import Iris


def applying_corrections(store: QuadStore, iris: Iris, rules: Rules) -> set[str]:
    """Return the ids of the corrections that concern an actor or a topic that is there.

    One that an earlier correction makes is there, too.
    """
    actors, topics = _Actors(store, iris, rules.actors), _Topics(store, iris, rules)
    return {*_applying(rules.actors, actors), *_applying(rules.topics.curation, topics)}


def _applying(curation: Curation, things: "_Actors | _Topics") -> Iterator[str]:
    reached: set[str] = set()
    for number, one in enumerate(curation.corrections):
        if one.action == "alias":
            applies = things.is_called(one.name)
        elif one.action == "split":
            applies = any(number in steps for steps in things.walks(one.articles))
        else:
            applies = one.actor in reached or things.is_there(one)
        if applies:
            yield one.id
            reached |= {one.target} - {""}


class _Actors:
    """The actors that articles mention."""

    def __init__(self, store: QuadStore, iris: Iris, curation: Curation) -> None:
        self._store = store
        self._reader = ProfileReader(store)
        self._linker = Linker(self._reader, iris, curation)

    def is_called(self, name: str) -> bool:
        return bool(self._reader.having("gk:key", Literal(text_key(name))))

    def is_there(self, one: Correction) -> bool:
        return self._linker.is_linked(one.actor)

    def walks(self, articles: Iterable[str]) -> Iterator[list[int]]:
        """Yield the corrections along which each mention of articles walks."""
        linker = self._linker
        for article in articles:
            graph = NamedNode(linker.iris.article(article))
            for quad in self._store.quads_for_pattern(None, term("gk:profile"), None, graph):
                told = _told(self._store, quad.subject)
                profile, name = linker.profile(told["gk:profile"]), told["gk:name"]
                yield linker.curation.steps(linker.linked(profile, article, name), name, article)


class _Topics:
    """The topics that statements are about."""

    def __init__(self, store: QuadStore, iris: Iris, rules: Rules) -> None:
        self._store = store
        self._iris = iris
        self._linker = rules.topics

    def is_called(self, name: str) -> bool:
        return fold(name) in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        quads: Any = self._store.quads_for_pattern(None, term("gk:topicLabel"), None)
        return frozenset(fold(quad.object.value) for quad in quads)

    def is_there(self, one: Correction) -> bool:
        """Tell whether the codebook has the topic, or statements are linked to it."""
        node = NamedNode(one.actor)
        codebook = NamedNode(self._iris.graph("topics"))
        if next(self._store.quads_for_pattern(node, None, None, codebook), None):
            return True
        told = (_told(self._store, statement) for statement in self._statements(one.actor))
        return any(
            self._linker.linked(one["gk:topicLabel"], one["gk:topicText"]) == node.value
            for one in told
            if "gk:topicLabel" in one  # others are about actors
        )

    def walks(self, articles: Iterable[str]) -> Iterator[list[int]]:
        """Yield the corrections along which each statement of articles walks."""
        for article in articles:
            graph = NamedNode(self._iris.article(article))
            for quad in self._store.quads_for_pattern(None, term("gk:topicLabel"), None, graph):
                told = _told(self._store, quad.subject)
                label, text = told["gk:topicLabel"], told["gk:topicText"]
                linked = self._linker.linked(label, text)
                yield self._linker.curation.steps(linked, label, article)

    def _statements(self, topic: str) -> Iterator[Any]:
        """Yield the statements that may be linked to a topic, wherever corrections moved them."""
        reached = self._linker.curation.reached_from(topic)
        for iri in sorted(reached):
            for quad in self._store.quads_for_pattern(None, term("gk:topic"), NamedNode(iri)):
                yield quad.subject
        if any(map(self._linker.curation.is_retired, reached)):
            resting = term("gk:RetiredStatement")
            for quad in self._store.quads_for_pattern(None, term("rdf:type"), resting):
                yield quad.subject


def _told(store: QuadStore, node: Any) -> dict[str, str]:
    names = ("gk:profile", "gk:name", "gk:topicLabel", "gk:topicText")
    quads: Any = store.quads_for_pattern(node, None, None)
    values = {quad.predicate: quad.object.value for quad in quads}
    return {name: values[term(name)] for name in names if term(name) in values}
