"""Foresee what working out a change of articles will ask, so that a server is asked it at once.

Only what is asked is foreseen, never an answer: where this module is wrong, the work takes more
requests and comes to the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.changes import Changes, Rebuild, Rules
from graphkit.concepts import IndexedConcept
from graphkit.links import link, told
from graphkit.profiles import Linker, ProfileReader, read_profile
from graphkit.rdf import term
from graphkit.remote.questions import Question
from graphkit.remote.store import RemoteStore
from graphkit.topics import TopicLinker
from graphkit.vocabulary import Iris

_PROFILE, _NAME, _KEY = map(term, ("gk:profile", "gk:name", "gk:key"))
_IDENTIFIES, _TOPIC_KEY = map(term, ("gk:identifies", "gk:topicKey"))
_ACTOR, _TOPIC, _POSITION = map(term, ("prov:specializationOf", "gk:topic", "gk:position"))
_SHARED_BY = frozenset({_PROFILE, term("prov:wasAssociatedWith")})
_SHOWN = frozenset({_ACTOR, _TOPIC, term("gk:affiliation")})


def changes_on_server(rebuild: Rebuild, articles: Mapping[NamedNode, set[Quad]]) -> Changes:
    """Return what `Rebuild.changes` does; raise StoreChangedError if others change the store."""
    store = cast(RemoteStore, rebuild.store)
    with store.steadied():
        _look_ahead(store, rebuild.iris, rebuild.rules, articles)
        return rebuild.changes(articles)


def _look_ahead(
    store: RemoteStore, iris: Iris, rules: Rules, articles: Mapping[NamedNode, set[Quad]]
) -> None:
    """Ask what `Rebuild.changes` will ask if these articles' graphs are to tell these quads."""
    store.expect(Question("graph", graph) for graph in articles)
    before = {quad for graph in articles for quad in store.quads_for_pattern(*_NOTHING, graph)}
    now = {quad for quads in articles.values() for quad in quads}
    store.expect(Question("whole", node) for node in _objects(before | now, _SHARED_BY))
    nodes = _objects(now, {_PROFILE})
    profiles = [read_profile(quad for quad in now if quad.subject == node) for node in nodes]
    keys = sorted({key for profile in profiles for key in (*profile.keys, *profile.seekers)})
    having = [Question("having", Literal(key), _KEY) for key in keys]
    store.expect([*having, *_topic_keys(now, iris, rules)])
    store.expect(
        Question("whole", quad.subject)
        for key in keys
        for quad in store.quads_for_pattern(None, _KEY, Literal(key))
    )
    linker = Linker(ProfileReader(store), iris, rules.actors, profiles)
    actors = [iri for graph in articles for iri in _actors(graph, now, linker)]
    store.expect(Question("having", NamedNode(iri), _IDENTIFIES) for iri in actors)
    links = [link(told(quads), linker, rules.topics).quads for quads in articles.values()]
    after = before.union(*links)
    store.expect(Question("whole", node) for node in _objects(after, _SHOWN))
    store.expect(Question("having", node, _POSITION) for node in _objects(after, {_POSITION}))


_NOTHING = (None, None, None)


def _objects(quads: Iterable[Any], predicates: Iterable[Any]) -> list[Any]:
    wanted = set(predicates)
    return sorted({quad.object for quad in quads if quad.predicate in wanted}, key=str)


def _topic_keys(quads: Iterable[Any], iris: Iris, rules: Rules) -> Iterator[Question]:
    """Yield the questions for topics: those that come up if a codebook knows none of them."""
    values: dict[Any, dict[Any, str]] = {}
    for quad in quads:
        values.setdefault(quad.subject, {})[quad.predicate] = quad.object.value
    asked: list[str] = []

    def index(key: str) -> Sequence[IndexedConcept]:
        asked.append(key)
        return ()

    topics = TopicLinker(index, iris, rules.topics.curation)
    for told_of_it in values.values():
        if label := told_of_it.get(term("gk:topicLabel")):
            topics.linked(label, told_of_it[term("gk:topicText")])
    yield from (Question("having", Literal(key), _TOPIC_KEY) for key in asked)


def _actors(graph: NamedNode, quads: Iterable[Any], linker: Linker) -> Iterator[str]:
    """Yield the IRIs of the actors that an article mentions."""
    mentions = [quad for quad in quads if quad.graph_name == graph]
    names = {quad.subject: quad.object.value for quad in mentions if quad.predicate == _NAME}
    for quad in mentions:
        if quad.predicate == _PROFILE:
            profile = linker.profile(quad.object.value)
            yield linker.actor(profile, linker.iris.article_id(graph.value), names[quad.subject])
