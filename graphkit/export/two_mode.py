"""The two-mode network: who stands where on what, as a networkx graph.

A stance is never the sign of a weight: Gephi adds up parallel edges and drops what sums to zero.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import networkx as nx

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.appearance import DIVIDED, colour_of_edge, look_of_node
from graphkit.article import Article
from graphkit.evidence import evidence_of, lifetime_of, local_names, name_of_actor
from graphkit.records import statement_order
from graphkit.statement import STANCES, Actor, Stance, Statement

Layout = Literal["pair", "stance"]
Tie = tuple[str, str, str]  # actor node, topic node, and the stance where it splits the edges

SCORES: Mapping[Stance, int] = {"supports": 1, "opposes": -1, "ambivalent": 0}


def two_mode_network(
    statements: Iterable[Statement],
    *,
    actors: Iterable[Actor] = (),
    articles: Iterable[Article] = (),
    layout: Layout = "pair",
) -> Any:
    """Return the network of actors and topics, with the evidence on each edge.

    Layout "pair" gives a DiGraph with one edge from actor to topic that counts each stance;
    "stance" gives a MultiDiGraph with one edge for each stance, which is the edge's key. `weight`
    is the number of statements, `score` the mean of +1, -1 and 0. The nodes are "actor: NAME" and
    "topic: LABEL": somebody whom others are for or against stands on both sides, so that the
    network stays bipartite. `actors` tell the types of topics that are actors, and which names
    mean something in one article only; `articles` tell the names of the sources.
    """
    graph = nx.DiGraph() if layout == "pair" else nx.MultiDiGraph()
    actors = list(actors)
    local = local_names(actors)
    sources = {article.id: article.source for article in articles}
    ties: dict[Tie, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=statement_order):
        ties[tie_of(statement, local, layout)].append(statement)
    graph.add_nodes_from(_nodes(ties, _types(actors)))
    for (actor, topic, stance), members in sorted(ties.items()):
        key = {"key": stance} if stance else {}
        graph.add_edge(actor, topic, **key, **_edge(members, sources))
    return graph


def two_mode_graph(
    matrix: LabelledMatrix,
    statements: Iterable[Statement],
    actors: Iterable[Actor],
    articles: Iterable[Article],
    *,
    layout: Layout = "pair",
) -> Any:
    """Return the network of the statements that a matrix of actors by topics counts.

    It is that of `two_mode_network`, but its isolates are nodes, too, and where each pair has one
    edge, that has the cell of the matrix as its `value`.
    """
    actors = list(actors)
    graph = two_mode_network(statements, actors=actors, articles=articles, layout=layout)
    types = _types(actors)
    for kind, labels in (("actor", matrix.rows), ("topic", matrix.columns)):
        for label in labels:
            if f"{kind}: {label}" not in graph:
                node = _node(kind, label, types.get(label), None, [])
                graph.add_node(f"{kind}: {label}", **node)
    if layout == "pair":
        cells = {(row, column): value for row, column, value in matrix.cells()}
        for actor, topic, values in graph.edges(data=True):
            ends = actor.removeprefix("actor: "), topic.removeprefix("topic: ")
            values["value"] = cells.get(ends, 0)
    return graph


def tie_of(statement: Statement, local: frozenset[str], layout: Layout) -> Tie:
    """Return the ends of the edge of a statement, and in layout "stance" its key, else ""."""
    ends = f"actor: {name_of_actor(statement, local)}", f"topic: {statement.topic}"
    return *ends, statement.stance if layout == "stance" else ""


def _types(actors: Iterable[Actor]) -> dict[str, str]:
    """Map names to types; one that is known everywhere goes before a local one."""
    ordered = sorted(actors, key=lambda actor: not actor.is_local)
    return {actor.name: actor.type for actor in ordered}


def _nodes(
    ties: Mapping[Tie, list[Statement]], types: Mapping[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    actors: dict[str, list[Statement]] = defaultdict(list)
    topics: dict[str, list[Statement]] = defaultdict(list)
    undated = set()
    for (actor, topic, _), members in ties.items():
        actors[actor] += members
        topics[topic] += members
        if not any(member.date for member in members):
            undated |= {actor, topic}
    nodes = [
        *((node, _actor_node(members)) for node, members in sorted(actors.items())),
        *((node, _topic_node(members, types)) for node, members in sorted(topics.items())),
    ]
    for node, values in nodes:
        if node in undated:  # an edge without a date is there all the time, and so are its ends
            values["dates"] = None
    return nodes


def _actor_node(members: Sequence[Statement]) -> dict[str, Any]:
    ordered = sorted(members, key=statement_order)
    affiliations = [member.affiliation for member in ordered]
    represents = next((name for name in reversed(affiliations) if name), None)
    latest = ordered[-1]
    return _node("actor", latest.actor, latest.actor_type or None, represents, members)


def _topic_node(members: Sequence[Statement], types: Mapping[str, str]) -> dict[str, Any]:
    topic = members[0].topic
    return _node("topic", topic, types.get(topic), None, members)


def _node(
    kind: str,
    name: str,
    actor_type: str | None,
    represents: str | None,
    members: Sequence[Statement],
) -> dict[str, Any]:
    return {
        "label": name,
        "name": name,
        "kind": kind,
        "actor_type": actor_type,
        "represents": represents,
        "statements": len(members),
        **lifetime_of(members),
        **look_of_node(kind, len(members)),
    }


def _edge(members: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    counts = Counter(member.stance for member in members)
    stance = _majority(counts)
    return {
        "weight": len(members),
        "stance": stance,
        **{name: counts[name] for name in STANCES},
        "score": round(sum(SCORES[member.stance] for member in members) / len(members), 4),
        **evidence_of(members, sources),
        **colour_of_edge(stance),
    }


def _majority(counts: Counter[Stance]) -> str:
    ranked = counts.most_common()
    return DIVIDED if len(ranked) > 1 and ranked[0][1] == ranked[1][1] else ranked[0][0]
