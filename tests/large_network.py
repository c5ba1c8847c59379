"""A network of 2,000 nodes and 20,000 edges, many of them parallel with another stance."""

import random
from typing import Any

import networkx as nx

from graphkit.statement import STANCES

NODES, EDGES = 2_000, 20_000


def large_network() -> Any:
    """Return the same network each time."""
    dice = random.Random(3)
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((f"n{n}", {"label": f"Number {n}", "size": 10.0}) for n in range(NODES))
    names = list(graph)
    number = 0
    while number < EDGES:
        source, target = dice.sample(names, 2)
        if graph.has_edge(source, target):
            continue
        for stance in dice.sample(STANCES, 2):
            number += 1
            graph.add_edge(source, target, key=stance, stance=stance, weight=dice.randint(1, 9))
    return graph


def weights_of(graph: Any) -> list[float]:
    """Return the weights of all edges of a networkx graph, sorted."""
    return sorted(weight for *_, weight in graph.edges(data="weight"))
