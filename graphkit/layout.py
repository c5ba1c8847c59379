"""Where the nodes of a network stand in a picture: friends near each other, opponents apart."""

import math
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse.linalg import eigsh
from scipy.spatial import cKDTree

Position = tuple[float, float]

LARGE = 1000
"""Nodes of a component from which the quick layout is used.

The other takes 3 to 6 s for as many, and half a second for 500, since networkx moves the nodes of
larger graphs one by one. Its layout by energy is no quicker, that of ForceAtlas2 twice as quick.
"""

_SPACING = 40.0  # from most nodes to the next one; their diameters are 10 to some 50
_CROWDED = 0.3  # share of the nodes that may be nearer to the next one
_STEPS = 20_000_000  # pairs of nodes that may push each other apart, which is about 2 s
_OPPOSED = 0.1  # how strongly opponents are pulled together, compared with supporters


def positions_of(graph: Any, *, seed: int = 1) -> dict[Any, Position]:
    """Return x and y for each node; the same graph and seed give the same positions.

    Each component is laid out on its own by the forces of Fruchterman and Reingold (networkx's
    `spring_layout`), or if it is LARGE by the spectrum of its normalised Laplacian, and all stand
    in rows, the largest first. An edge pulls the less the more its `score` or its `relation` says
    that its ends oppose each other.
    """
    pulls = nx.Graph()
    pulls.add_nodes_from(graph)
    for source, target, values in graph.edges(data=True):
        pull = _pull(values)
        if pulls.has_edge(source, target):
            pull += pulls[source][target]["pull"]
        pulls.add_edge(source, target, pull=pull)
    order = {node: number for number, node in enumerate(graph)}
    components = [sorted(found, key=order.__getitem__) for found in nx.connected_components(pulls)]
    components.sort(key=lambda nodes: (-len(nodes), order[nodes[0]]))
    placed = [_place(pulls, nodes, seed) for nodes in components]
    found: dict[Any, Position] = {}
    for nodes, points, corner in zip(components, placed, _corners(placed), strict=True):
        moved = ((points + corner) * (1, -1)).round(1) + 0.0  # y grows upwards; no -0.0
        found |= zip(nodes, map(tuple, moved.tolist()), strict=True)
    return {node: found[node] for node in graph}


def _pull(values: Any) -> float:
    size: float = math.sqrt(abs(values.get("weight", 1)))
    if values.get("relation") == "conflict":
        return size * _OPPOSED
    score: float = values.get("score", 1)
    return size * (_OPPOSED + (1 - _OPPOSED) * (score + 1) / 2)


def _place(pulls: Any, nodes: list[Any], seed: int) -> Any:
    """Return the points of a component, whose box begins at 0, 0."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    component = nx.Graph()  # the nodes in order, for a subgraph has them in that of a set
    component.add_nodes_from(range(len(nodes)))
    numbers = {node: number for number, node in enumerate(nodes)}
    for node in nodes:
        for other, values in pulls[node].items():
            component.add_edge(numbers[node], numbers[other], pull=values["pull"])
    points = _by_spectrum(component) if len(nodes) > LARGE else _by_force(component, seed)
    points -= points.min(axis=0)
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    return points * _SPACING / max(np.quantile(nearest, _CROWDED), 1e-3)


def _by_force(component: Any, seed: int) -> Any:
    if len(component) == 2:  # side by side, so that labels do not overlap much
        return np.array([[0.0, 0.3], [1.0, 0.0]])
    rounds = min(200, max(50, _STEPS // len(component) ** 2))
    found = nx.spring_layout(component, weight="pull", seed=seed, method="force", iterations=rounds)
    return np.array([found[number] for number in component])


def _by_spectrum(component: Any) -> Any:
    """Place nodes by the two eigenvectors after the first; by their ranks, so that none overlap."""
    adjacency = nx.to_scipy_sparse_array(component, weight="pull", dtype=float)
    roots = sparse.diags_array(1 / np.sqrt(adjacency.sum(axis=1)))
    start = np.ones(len(component)) / len(component)
    _, vectors = eigsh(roots @ adjacency @ roots, k=3, which="LA", v0=start, tol=1e-4)
    # A vector's sign is arbitrary: its largest entry shall be positive.
    vectors = (
        vectors[:, [1, 0]] * np.sign(vectors[np.abs(vectors).argmax(axis=0), range(3)])[[1, 0]]
    )
    return vectors.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable").astype(float)


def _corners(placed: list[Any]) -> list[Any]:
    """Return where the boxes of components begin, in rows as wide as all of them need."""
    area = sum(float(np.prod(points.max(axis=0) + 2 * _SPACING)) for points in placed)
    width = max([math.sqrt(area), *(float(points[:, 0].max()) for points in placed)])
    corners, x, y, height = [], 0.0, 0.0, 0.0
    for points in placed:
        wide, high = points.max(axis=0).tolist()
        if x and x + wide > width:
            x, y, height = 0.0, y + height + 2 * _SPACING, 0.0
        corners.append(np.array([x, y]))
        x += wide + 2 * _SPACING
        height = max(height, high)
    return corners
