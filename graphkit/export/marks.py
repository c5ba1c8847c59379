"""Marks on the nodes and edges of a network: who is in which camp, and what its backbone is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.measures.backbone import Search, find_backbone
from graphkit.measures.nodes import LARGEST
from graphkit.measures.of_statements import groups_of
from graphkit.measures.summary import measure_sides
from graphkit.measures.ties import Ties, ties_of
from graphkit.statement import Actor, Statement

_MOST_PAIRS = 4 * LARGEST  # of actors with a topic in common; camps of as many take some seconds


def mark_actors(
    graph: Any, statements: Sequence[Statement], actors: Iterable[Actor], *, seed: int = 1
) -> bool:
    """Add to the actors of a two-mode graph what their place in the network of actors is.

    That is `camp`, `allies`, `opponents`, `congruence` and `conflict`. Return whether that was
    done, which it is not where too many actors speak of the same topics.
    """
    degrees = [degree for node, degree in graph.degree() if graph.nodes[node]["kind"] == "topic"]
    if sum(degree**2 for degree in degrees) > 2 * _MOST_PAIRS:
        return False
    options = NetworkOptions(mode="one")
    ties = ties_of(table_of(statements, options.variables, actors=actors), options)
    _mark_nodes(graph, "actor", measure_sides(ties, seed=seed))
    return True


def mark_one_mode(
    graph: Any,
    statements: Sequence[Statement],
    options: NetworkOptions,
    actors: Iterable[Actor],
    *,
    seed: int = 1,
) -> bool:
    """Add to a one-mode graph the camps, and both sides of each tie.

    Nodes have what `mark_actors` adds, and actors their `actor_type` and `represents`. Edges have
    `congruence` and `conflict`, whichever of both the network shows, and `inside_camp`, which is 1
    or 0. Return whether that was done, which it is not in networks of more than LARGEST edges.
    """
    if graph.number_of_edges() > LARGEST:
        return False
    actors = list(actors)
    ties = ties_of(table_of(statements, options.variables, actors=actors), options)
    sides = measure_sides(ties, seed=seed)
    _mark_nodes(graph, options.variable1, sides)
    if options.variable1 == "actor":
        for name, group in (("actor_type", "actor_type"), ("represents", "affiliation")):
            found = groups_of(statements, actors, group)
            _mark_nodes(graph, "actor", {actor: {name: value} for actor, value in found.items()})
    _mark_edges(graph, options.variable1, ties, sides)
    return True


def mark_backbone(
    graph: Any,
    statements: Sequence[Statement],
    options: NetworkOptions,
    actors: Iterable[Actor],
    *,
    seed: int = 1,
) -> None:
    """Add `backbone`, 1 or 0, to the topics of a graph, and their `backbone_rank`.

    The first rank is that of the topic that matters most; topics of which only one speaks have
    none. Raise NetworkError as `find_backbone` does.
    """
    network = replace(options, mode="one", variable1="actor", variable2="topic", isolates=False)
    found = find_backbone(statements, network, Search(seed=seed), actors=actors)
    marks = {
        row["name"]: {"backbone": row["backbone"], "backbone_rank": row["rank"]}
        for row in found.rows
    }
    _mark_nodes(graph, "topic", {name: {"backbone": 0} for name in found.unshared} | marks)


def _mark_nodes(graph: Any, kind: str, marks: Mapping[str, Mapping[str, Any]]) -> None:
    for name, values in marks.items():
        node = f"{kind}: {name}"
        if node in graph:
            graph.nodes[node].update(values)


def _mark_edges(graph: Any, kind: str, ties: Ties, sides: Mapping[str, Mapping[str, Any]]) -> None:
    place_of = {f"{kind}: {name}": place for place, name in enumerate(ties.names)}
    camps = [sides[name]["camp"] for name in ties.names]
    for one, other, values in graph.edges(data=True):
        row, column = place_of[one], place_of[other]
        values["congruence"] = float(ties.congruence[row, column])
        values["conflict"] = float(ties.conflict[row, column])
        values["inside_camp"] = int(camps[row] == camps[column])
