"""What articles share: the graphs that follow from all article graphs and change with each.

``entities`` and ``runs`` hold what some article says, once; ``current`` holds the latest stances as
plain triples. The work of a change depends on the article and on how often its actors take a
position on its topics, not on the size of the store.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from graphkit.rdf import ACTOR_CLASSES, term
from graphkit.statement import STANCES
from graphkit.vocabulary import DIRECT_TERMS, PREFIXES, STANCE_TERMS, Iris

Pair = tuple[Any, Any]

# How an article's graph refers to a shared node, and what in a mention backs the node's details.
_TOPIC, _ACTOR, _SOFTWARE = "gk:topic", "prov:specializationOf", "prov:wasAssociatedWith"
_DETAILS = {
    term("skos:altLabel"): "gk:alias",
    term("schema:jobTitle"): "gk:role",
    term("gk:represents"): "gk:affiliation",
    term("schema:sameAs"): "gk:sameAs",
}
_TYPES = {term(name): type_ for type_, name in ACTOR_CLASSES.items()}

_DIRECT = {term(STANCE_TERMS[stance]): term(DIRECT_TERMS[stance]) for stance in STANCES}


def derived_changes(
    store: Store, iris: Iris, graph: NamedNode, old: set[Quad], new: set[Quad]
) -> tuple[set[Quad], set[Quad]]:
    """Return what to remove from and to add to the shared graphs if `old` becomes `new`.

    Both are quads of the article's `graph`; those in `new` for the shared graphs are not looked at.
    """
    wanted, existing = _current(store, iris, graph, old, new)
    return (existing - wanted) | _obsolete(store, iris, graph, old, new), wanted - existing


def _obsolete(
    store: Store, iris: Iris, graph: NamedNode, old: set[Quad], new: set[Quad]
) -> set[Quad]:
    """Return the quads about shared nodes that no article says any more."""
    homes = [NamedNode(iris.graph(name)) for name in ("entities", "runs")]
    return {
        quad
        for node, link in _shared_nodes(old).items()
        for home in homes
        for quad in store.quads_for_pattern(node, None, None, home)
        if quad not in new and not _is_said_elsewhere(store, quad, link, graph)
    }


def _shared_nodes(quads: Iterable[Quad]) -> dict[NamedNode, str]:
    """Map the shared nodes of an article to how it refers to them; an actor can be a topic, too."""
    nodes: dict[NamedNode, str] = {}
    for link in (_TOPIC, _SOFTWARE, _ACTOR):
        predicate = term(link)
        nodes |= {quad.object: link for quad in quads if quad.predicate == predicate}  # type: ignore[misc] # IRIs, by `rdf`
    return nodes


def _is_said_elsewhere(store: Store, quad: Quad, link: str, graph: NamedNode) -> bool:
    pattern = f"?x {link} {quad.subject}"
    if quad.predicate in _DETAILS:
        pattern += f" ; {_DETAILS[quad.predicate]} {quad.object}"
    elif quad.object in _TYPES:
        pattern += f' ; gk:actorType "{_TYPES[quad.object]}"'  # type: ignore[index] # in _TYPES
    query = f"ASK {{ GRAPH ?g {{ {pattern} }} FILTER(?g != {graph}) }}"
    return bool(store.query(query, prefixes=PREFIXES))


def _current(
    store: Store, iris: Iris, graph: NamedNode, old: set[Quad], new: set[Quad]
) -> tuple[set[Quad], set[Quad]]:
    """Return what `current` shall hold and what it holds on the pairs that an article touches."""
    home = NamedNode(iris.graph("current"))
    taken = list(_positions(new))
    pairs = {position: pair for position, pair, _, _ in (*_positions(old), *taken)}
    latest: dict[Any, dict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for position, _, stance, date in taken:
        latest[position][date].add(stance)
    for position, stance, date in _positions_elsewhere(store, graph, pairs):
        latest[position][date].add(stance)
    wanted = {
        Quad(pairs[position][0], _DIRECT[stance], pairs[position][1], home)
        for position, dates in latest.items()
        for stance in dates[max(dates)]
    }
    existing = {
        quad
        for actor, topic in pairs.values()
        for quad in store.quads_for_pattern(actor, None, topic, home)
    }
    return wanted, existing


def _positions(quads: Iterable[Quad]) -> Iterator[tuple[Any, Pair, Any, str]]:
    """Yield position, pair, stance and ISO date of each statement; no date is "", the oldest."""
    fields: dict[Any, dict[NamedNode, Any]] = defaultdict(dict)
    for quad in quads:
        fields[quad.subject][quad.predicate] = quad.object
    for values in fields.values():
        if position := values.get(term("gk:position")):
            date = values.get(term("gk:onDate"))
            pair = values[term("gk:actor")], values[term("gk:topic")]
            yield position, pair, values[term("gk:stance")], date.value if date else ""


def _positions_elsewhere(
    store: Store, graph: NamedNode, positions: Iterable[Any]
) -> Iterator[tuple[Any, Any, str]]:
    """Yield what `_positions` does for the other articles.

    Quad by quad, and by position: a SPARQL query goes through all statements of the actor and,
    for an OPTIONAL date, through the whole store.
    """
    for position in positions:
        for quad in store.quads_for_pattern(None, term("gk:position"), position):
            if quad.graph_name != graph:
                stance = _value(store, quad.subject, "gk:stance")
                date = _value(store, quad.subject, "gk:onDate")
                yield position, stance, date.value if date else ""


def _value(store: Store, node: Any, predicate: str) -> Any:
    quad = next(store.quads_for_pattern(node, term(predicate), None), None)
    return quad.object if quad else None
