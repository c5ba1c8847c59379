"""What articles share: the graphs that follow from all article graphs and change with each.

``entities`` holds each actor, and each topic that no codebook knows, once, with what articles say
of it; ``names`` the folded names by which people find them; ``positions`` and ``current`` what all
statements come to (see `summary`); ``runs`` the versions of the software. The work of a change
depends on the articles that it changes and on how often others say the same, not on the size of the
store.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.folding import fold
from graphkit.quad_store import QuadStore
from graphkit.rdf import ACTOR_CLASSES, term
from graphkit.statement import ActorType
from graphkit.summary import SUMMED_UP, summary_changes
from graphkit.topics import TopicLinker
from graphkit.vocabulary import Iris

Fact = tuple[Any, Any]  # predicate and object of what articles say of an actor

_ACTOR, _TOPIC, _SOFTWARE = map(
    term, ("prov:specializationOf", "gk:topic", "prov:wasAssociatedWith")
)
_TOPIC_LABEL = term("gk:topicLabel")
_PRINCIPAL = term("gk:affiliation")
_LABEL, _OTHER_LABEL, _TYPE = map(term, ("skos:prefLabel", "skos:altLabel", "rdf:type"))
_DETAILS = {
    term("gk:name"): _OTHER_LABEL,
    term("gk:alias"): _OTHER_LABEL,
    term("gk:role"): term("schema:jobTitle"),
    term("gk:affiliation"): term("gk:represents"),
    term("gk:sameAs"): term("schema:sameAs"),
}
_FACTS = frozenset(_DETAILS.values())

READ_IN_ARTICLES = frozenset({*_DETAILS, _ACTOR, _TOPIC, _TOPIC_LABEL, _SOFTWARE} | SUMMED_UP)
"""The predicates of an article's graph that the shared graphs follow from."""


@dataclass(slots=True)
class Change:
    """Some articles' graphs as they are and as they will be.

    `actors` maps the IRIs of actors to label and type where these may be new, `topics` are the IRIs
    of topics that may have another label, and `linker` is how topics will be found. `listed` are
    those that come into the codebook.
    """

    linker: TopicLinker
    listed: frozenset[str] = frozenset()
    graphs: set[NamedNode] = field(default_factory=set)
    old: set[Quad] = field(default_factory=set)
    new: set[Quad] = field(default_factory=set)
    actors: dict[str, tuple[str, ActorType]] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)


def derived_changes(store: QuadStore, iris: Iris, change: Change) -> tuple[set[Quad], set[Quad]]:
    """Return what to remove from and to add to the shared graphs with a change of articles."""
    before, after = summary_changes(store, iris, change)
    for old, new in (
        _entities(store, iris, change),
        _candidates(store, iris, change),
        _runs(store, iris, change),
    ):
        before |= old
        after |= new
    return before - after, after - before


# --- actors -------------------------------------------------------------------------------------


def _entities(store: QuadStore, iris: Iris, change: Change) -> tuple[set[Quad], set[Quad]]:
    """Return what the shared graphs hold and shall hold of the actors that a change touches."""
    said_before, said_now = facts_of_actors(change.old), facts_of_actors(change.new)
    before: set[Quad] = set()
    after: set[Quad] = set()
    for node in {*said_before, *said_now, *map(NamedNode, change.actors)}:
        home = NamedNode(iris.graph("entities"))
        kept = {(q.predicate, q.object) for q in store.quads_for_pattern(node, None, None, home)}
        wanted: set[Fact] = set()
        if node in said_now or any(
            _is_used_elsewhere(store, use, node, change.graphs) for use in (_ACTOR, _PRINCIPAL)
        ):
            gone = said_before.get(node, set()) - said_now.get(node, set())
            elsewhere = {fact for fact in gone if _is_said_elsewhere(store, node, fact, change)}
            said = said_now.get(node, set()) | elsewhere | ((kept - gone) & _details(kept))
            wanted = _described(store, node, kept, said, change)
        before |= {Quad(node, *fact, home) for fact in kept} | _names(iris, node, kept)
        after |= {Quad(node, *fact, home) for fact in wanted} | _names(iris, node, wanted)
    return before, after


def facts_of_actors(quads: Iterable[Quad]) -> dict[Any, set[Fact]]:
    """Return what mentions say of each actor; of those that are spoken for it may be nothing."""
    mentions = {quad.subject: quad.object for quad in quads if quad.predicate == _ACTOR}
    principals: set[Any] = {quad.object for quad in quads if quad.predicate == _PRINCIPAL}
    facts: dict[Any, set[Fact]] = {actor: set() for actor in (*mentions.values(), *principals)}
    for quad in quads:
        if quad.predicate in _DETAILS and quad.subject in mentions:
            facts[mentions[quad.subject]].add((_DETAILS[quad.predicate], quad.object))
    return facts


def _details(facts: Iterable[Fact]) -> set[Fact]:
    return {fact for fact in facts if fact[0] in _FACTS}


def _described(
    store: QuadStore, node: Any, kept: Collection[Fact], said: set[Fact], change: Change
) -> set[Fact]:
    """Return what an actor is: label, type, and what is said of it."""
    basics = {fact for fact in kept if fact[0] in {_LABEL, _TYPE}}
    if node.value in change.actors:
        label, actor_type = change.actors[node.value]
        earlier = [fact for fact in basics if fact[0] == _LABEL and fact[1].value != label]
        names = [(_OTHER_LABEL, name) for _, name in earlier]
        said = said | {fact for fact in names if _is_said_elsewhere(store, node, fact, change)}
        basics = {
            (_LABEL, Literal(label)),
            (_TYPE, term("gk:Actor")),
            (_TYPE, term(ACTOR_CLASSES[actor_type])),
        }
    return basics | (said - {(_OTHER_LABEL, name) for _, name in basics})


def _names(iris: Iris, node: Any, facts: Iterable[Fact]) -> set[Quad]:
    return name_quads((Quad(node, *fact) for fact in facts), iris)


def name_quads(quads: Iterable[Quad], iris: Iris) -> set[Quad]:
    """Return the folded labels of actors and topics, an index for those who look them up."""
    home = NamedNode(iris.graph("names"))
    labels: Iterable[Any] = (q for q in quads if q.predicate in {_LABEL, _OTHER_LABEL})
    return {
        Quad(quad.subject, term("gk:foldedName"), Literal(fold(quad.object.value)), home)
        for quad in labels
    }


def _is_said_elsewhere(store: QuadStore, node: Any, fact: Fact, change: Change) -> bool:
    """Tell whether another article says this of an actor; the rarer of the two leads there."""
    detail, value = fact
    predicates = [name for name, known in _DETAILS.items() if known == detail]
    sayings = (
        quad for predicate in predicates for quad in store.quads_for_pattern(None, predicate, value)
    )
    mentions = store.quads_for_pattern(None, _ACTOR, node)
    for saying, mention in zip(sayings, mentions, strict=False):
        for quad in (saying, mention):
            if quad.graph_name not in change.graphs and _says(store, quad, node, fact):
                return True
    return False


def _says(store: QuadStore, mention: Quad, node: Any, fact: Fact) -> bool:
    quads = set(store.quads_for_pattern(mention.subject, None, None, mention.graph_name))
    return fact in facts_of_actors(quads).get(node, ())


def _is_used_elsewhere(
    store: QuadStore, predicate: NamedNode, node: Any, graphs: Collection[NamedNode]
) -> bool:
    quads = store.quads_for_pattern(None, predicate, node)
    return any(quad.graph_name not in graphs for quad in quads)


# --- topics and software ------------------------------------------------------------------------


def _candidates(store: QuadStore, iris: Iris, change: Change) -> tuple[set[Quad], set[Quad]]:
    """Return what the shared graphs hold and shall hold of topics that no codebook knows."""
    home, codebook = NamedNode(iris.graph("entities")), NamedNode(iris.graph("topics"))
    said_before, said_now = labels_of_topics(change.old), labels_of_topics(change.new)
    before: set[Quad] = set()
    after: set[Quad] = set()
    for node in {*said_before, *said_now, *map(NamedNode, change.topics)}:
        kept = {(q.predicate, q.object) for q in store.quads_for_pattern(node, None, None, home)}
        stored = next(store.quads_for_pattern(node, _LABEL, None, codebook), None)
        listed = stored or node.value in change.listed
        if listed or (_TYPE, term("gk:Actor")) in kept:
            wanted = {fact for fact in kept if not listed} | facts_of_wider(node, change)
        else:
            labels = _topic_labels(store, node, kept, (said_before, said_now), change)
            wanted = facts_of_topic(node, labels, change)
        before |= {Quad(node, key, value, home) for key, value in kept} | _names(iris, node, kept)
        after |= {Quad(node, key, value, home) for key, value in wanted}
        after |= _names(iris, node, wanted)
    return before, after


def labels_of_topics(quads: Iterable[Quad]) -> dict[Any, set[Any]]:
    """Return by which labels statements call each topic."""
    labels = {quad.subject: quad.object for quad in quads if quad.predicate == _TOPIC_LABEL}
    found: dict[Any, set[Any]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == _TOPIC and quad.subject in labels:
            found[quad.object].add(labels[quad.subject])
    return found


def _topic_labels(
    store: QuadStore,
    node: Any,
    kept: Iterable[Fact],
    said: tuple[Mapping[Any, set[Any]], Mapping[Any, set[Any]]],
    change: Change,
) -> set[Any]:
    """Return the labels by which statements will call a topic."""
    old, new = (labels.get(node, set()) for labels in said)
    earlier = {value for key, value in kept if key in {_LABEL, _OTHER_LABEL}} | old
    return new | {
        label for label in earlier - new if _is_called_elsewhere(store, node, label, change)
    }


def _is_called_elsewhere(store: QuadStore, node: Any, label: Any, change: Change) -> bool:
    """Tell whether a statement of another article calls a topic so; see `_is_said_elsewhere`."""
    callings = store.quads_for_pattern(None, _TOPIC_LABEL, label)
    uses = store.quads_for_pattern(None, _TOPIC, node)
    for calling, use in zip(callings, uses, strict=False):
        for quad, predicate, value in ((calling, _TOPIC, node), (use, _TOPIC_LABEL, label)):
            if quad.graph_name not in change.graphs and next(
                store.quads_for_pattern(quad.subject, predicate, value), None
            ):
                return True
    return False


def facts_of_topic(node: Any, labels: set[Any], change: Change) -> set[Fact]:
    """Return what a topic that no codebook knows is, nothing if it is none any more."""
    topics = change.linker
    if not labels and not topics.curation.keeps(node.value):
        return set()
    label = Literal(topics.label(node.value, {one.value for one in labels}))
    return {
        (_TYPE, term("skos:Concept")),
        (_LABEL, label),
        *((_OTHER_LABEL, other) for other in labels - {label}),
        *facts_of_wider(node, change),
    }


def facts_of_wider(node: Any, change: Change) -> set[Fact]:
    """Return the wider topics that the user told."""
    wider = change.linker.curation.wider(node.value)
    return {(term("skos:broader"), NamedNode(iri)) for iri in wider}


def _runs(store: QuadStore, iris: Iris, change: Change) -> tuple[set[Quad], set[Quad]]:
    """Return what the graph of runs holds of software, and what of it is still in use."""
    home = NamedNode(iris.graph("runs"))
    used = {quad.object for quad in change.new if quad.predicate == _SOFTWARE}
    before: set[Quad] = set()
    after: set[Quad] = set()
    old: set[Any] = {quad.object for quad in change.old if quad.predicate == _SOFTWARE}
    for node in old:
        quads = set(store.quads_for_pattern(node, None, None, home))
        before |= quads
        if node in used or _is_used_elsewhere(store, _SOFTWARE, node, change.graphs):
            after |= quads
    return before, after
