"""What the place of a node in a network is worth: communities and centralities, by networkx."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import networkx as nx

LARGEST = 50_000
"""Edges up to which nodes are measured; communities of as many take some 10 s."""

_STEPS = 5_000_000  # nodes times edges that betweenness may visit, which is about 5 s
_FEWEST = 50  # nodes from which betweenness is estimated at least


def measure_nodes(graph: Any, *, seed: int = 1) -> dict[Any, dict[str, Any]]:
    """Return `community`, `degree`, `betweenness`, `closeness` for each node of an exported graph.

    The degree counts neighbours, whatever is said. Betweenness and closeness are those of the ties
    without direction or weight, from 0 to 1; in large networks the first is estimated from some
    nodes, drawn by the `seed`, and the second, which would take long, is None. A network of more
    than LARGEST edges has no measures.
    """
    if graph.number_of_edges() > LARGEST:
        return {}
    numbers = {node: number for number, node in enumerate(graph)}
    simple = nx.Graph()
    simple.add_nodes_from(range(len(numbers)))
    simple.add_edges_from((numbers[source], numbers[target]) for source, target in graph.edges())
    between, close = centralities_of(simple, seed=seed)
    groups = communities_of(graph, seed=seed)
    return {
        node: {
            "community": groups[node],
            "degree": simple.degree(number),
            "betweenness": round(between[number], 6),
            "closeness": round(close[number], 6) if close else None,
        }
        for node, number in numbers.items()
    }


def centralities_of(graph: Any, *, seed: int) -> tuple[dict[Any, float], dict[Any, float]]:
    """Return betweenness and closeness; where the one is estimated, the other is left out."""
    sample = sample_size(graph)
    between = nx.betweenness_centrality(graph, k=sample, seed=seed)
    return between, nx.closeness_centrality(graph) if sample is None else {}


def sample_size(graph: Any) -> int | None:
    """Return from how many nodes the betweenness of a graph is estimated; None if from all."""
    nodes = max(_FEWEST, _STEPS // max(graph.number_of_edges(), 1))
    return nodes if nodes < len(graph) else None


def communities_of(graph: Any, *, seed: int = 1) -> dict[Any, int]:
    """Return the number of each node's community by Louvain's method; 1 is the largest.

    Ties of conflict hold nobody together. In a network of actors and topics each topic has two
    sides, and an actor is tied to the one or the other: those who oppose the same matter belong
    together as those do who support it, and an ambivalent statement is half a tie to each. A topic
    belongs to those who support it.
    """
    numbers = {node: number for number, node in enumerate(graph)}
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, values in graph.edges(data=True):
        for other, weight in _sides(numbers[target], len(numbers), values):
            ties[numbers[source], other] += weight
    helped = nx.Graph()
    helped.add_nodes_from(range(2 * len(numbers)))
    helped.add_weighted_edges_from((*ends, weight) for ends, weight in ties.items() if weight > 0)
    found = nx.community.louvain_communities(helped, seed=seed)
    own = ordered_groups([n for n in group if n < len(numbers)] for group in found)
    return {node: own[number] for node, number in numbers.items()}


def _sides(target: int, total: int, values: Any) -> Iterable[tuple[int, float]]:
    """Return the node of a tie, or the two sides of a topic, the second of which is a new node."""
    if "supports" not in values:
        return [(target, 0 if values.get("relation") == "conflict" else values.get("weight", 1))]
    half = values["ambivalent"] / 2
    return [(target, values["supports"] + half), (target + total, values["opposes"] + half)]


def ordered_groups(groups: Iterable[Iterable[int]]) -> dict[int, int]:
    """Number groups of nodes from 1, the largest first, and of equals that of the first node."""
    members = [sorted(group) for group in groups]
    ordered = sorted((group for group in members if group), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered, 1) for node in group}
