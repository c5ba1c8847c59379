"""The two-mode network: who stands where on what, as a networkx graph.

A stance is never the sign of a weight: Gephi adds up parallel edges and drops what sums to zero.
"""

import math
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import networkx as nx

from graphkit.article import Article
from graphkit.records import statement_order
from graphkit.statement import STANCES, Actor, Stance, Statement

Layout = Literal["pair", "stance"]
Colour = tuple[int, int, int]
Tie = tuple[str, str, str]  # actor node, topic node, and the stance where it splits the edges

DIVIDED = "divided"  # no stance has more statements than each of the others

# Okabe and Ito's palette: told apart by the colour-blind, too.
STANCE_COLOURS: Mapping[str, Colour] = {
    "supports": (0, 114, 178),
    "opposes": (213, 94, 0),
    "ambivalent": (153, 153, 153),
    DIVIDED: (204, 121, 167),
}
NODE_COLOURS: Mapping[str, Colour] = {"actor": (86, 180, 233), "topic": (240, 228, 66)}

_SCORES: Mapping[Stance, int] = {"supports": 1, "opposes": -1, "ambivalent": 0}
_QUOTE_WIDTH = 200  # about two lines of an edge's tooltip


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
    known = {actor.name: actor for actor in sorted(actors, key=lambda actor: not actor.is_local)}
    sources = {article.id: article.source for article in articles}
    ties: dict[Tie, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=statement_order):
        ends = _actor_id(statement, known), f"topic: {statement.topic}"
        ties[*ends, statement.stance if layout == "stance" else ""].append(statement)
    graph.add_nodes_from(_nodes(ties, known))
    for (actor, topic, stance), members in sorted(ties.items()):
        key = {"key": stance} if stance else {}
        graph.add_edge(actor, topic, **key, **_edge(members, sources))
    return graph


def _actor_id(statement: Statement, known: Mapping[str, Actor]) -> str:
    """Keep "some countries" of one article apart from "some countries" of the next."""
    actor = known.get(statement.actor)
    place = f" ({statement.article})" if actor and actor.is_local else ""
    return f"actor: {statement.actor}{place}"


def _nodes(
    ties: Mapping[Tie, list[Statement]], known: Mapping[str, Actor]
) -> list[tuple[str, dict[str, Any]]]:
    actors: dict[str, list[Statement]] = defaultdict(list)
    topics: dict[str, list[Statement]] = defaultdict(list)
    for (actor, topic, _), members in ties.items():
        actors[actor] += members
        topics[topic] += members
    return [
        *((node, _actor_node(members)) for node, members in sorted(actors.items())),
        *((node, _topic_node(members, known)) for node, members in sorted(topics.items())),
    ]


def _actor_node(members: Sequence[Statement]) -> dict[str, Any]:
    latest = max(members, key=statement_order)
    affiliations = [member.affiliation for member in sorted(members, key=statement_order)]
    represents = next((name for name in reversed(affiliations) if name), None)
    return _node("actor", latest.actor, latest.actor_type, represents, len(members))


def _topic_node(members: Sequence[Statement], known: Mapping[str, Actor]) -> dict[str, Any]:
    topic = members[0].topic
    actor_type = known[topic].type if topic in known else None
    return _node("topic", topic, actor_type, None, len(members))


def _node(
    kind: str, name: str, actor_type: str | None, represents: str | None, count: int
) -> dict[str, Any]:
    return {
        "label": name,
        "name": name,
        "kind": kind,
        "actor_type": actor_type,
        "represents": represents,
        "statements": count,
        **_colour(NODE_COLOURS[kind]),
        "size": round(5 + 5 * math.sqrt(count), 1),  # the area grows with the activity
    }


def _edge(members: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    counts = Counter(member.stance for member in members)
    dates = [member.date for member in members if member.date]
    stance = _majority(counts)
    return {
        "weight": len(members),
        "stance": stance,
        **{name: counts[name] for name in STANCES},
        "score": round(sum(_SCORES[member.stance] for member in members) / len(members), 4),
        "first_date": min(dates).isoformat() if dates else None,
        "last_date": max(dates).isoformat() if dates else None,
        "statement_ids": "; ".join(member.id for member in members),
        "sources": "; ".join(sorted({sources.get(m.article) or m.article for m in members})),
        "quote": _best_quote(members),
        **_colour(STANCE_COLOURS[stance]),
    }


def _majority(counts: Counter[Stance]) -> str:
    ranked = counts.most_common()
    return DIVIDED if len(ranked) > 1 and ranked[0][1] == ranked[1][1] else ranked[0][0]


def _best_quote(members: Sequence[Statement]) -> str:
    best = max(members, key=lambda member: member.confidence)  # of equals the earliest
    return textwrap.shorten(best.evidence, _QUOTE_WIDTH, placeholder=" ...")


def _colour(colour: Colour) -> dict[str, int]:
    return dict(zip("rgb", colour, strict=True))
