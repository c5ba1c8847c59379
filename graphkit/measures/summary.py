"""The measures of a network of actors, or of topics, in one answer: the whole, and each node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from graphkit.measures.nodes import ordered_groups
from graphkit.measures.polarization import polarization
from graphkit.measures.ties import Ties

COLUMNS = (
    "name",
    "group",
    "camp",
    "community",
    "allies",
    "opponents",
    "congruence",
    "conflict",
    "betweenness",
    "closeness",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """`whole` has the measures of the network, `nodes` a row of COLUMNS for each node.

    Those with the most partners come first.
    """

    whole: dict[str, Any]
    nodes: list[dict[str, Any]]


def summarize(ties: Ties, groups: Mapping[str, str] | None = None, *, seed: int = 1) -> Summary:
    """Return all measures of a network; `groups` says for the E-I index who belongs together.

    Communities, betweenness and closeness are those of the ties of congruence; communities count
    its size, the others only whether there is any. `communities` are those of at least two nodes.
    """
    agreed = _graph(ties.congruence)
    found = nx.community.louvain_communities(agreed, seed=seed) if len(agreed) else []
    split = polarization(ties, seed=seed)
    communities = ordered_groups(found)
    named = [(groups or {}).get(name, "") for name in ties.names]
    whole = {
        "statements": ties.statements,
        "nodes": len(ties.names),
        "congruence_density": density(ties.congruence),
        "conflict_density": density(ties.conflict),
        "mean_congruence": mean_tie(ties.congruence),
        "mean_conflict": mean_tie(ties.conflict),
        "polarization": split.index,
        "distance": split.distance,
        "camp_sizes": [split.camps.count(1), split.camps.count(2)],
        "communities": sum(len(group) > 1 for group in found),
        "modularity": nx.community.modularity(agreed, found) if agreed.size() else None,
        "ei_congruence": ei_index(ties.congruence, named),
        "ei_conflict": ei_index(ties.conflict, named),
    }
    return Summary(whole, _nodes(ties, agreed, named, (split.camps, communities)))


def _graph(values: Any) -> Any:
    graph = nx.Graph()
    graph.add_nodes_from(range(values.shape[0]))
    upper = values.tocoo()
    rows, columns = (numbers.tolist() for numbers in upper.coords)
    for row, column, weight in zip(rows, columns, upper.data.tolist(), strict=True):
        if row < column and weight > 0:
            graph.add_edge(row, column, weight=weight)
    return graph


def _nodes(
    ties: Ties, agreed: Any, groups: Sequence[str], parts: tuple[Sequence[int], Mapping[int, int]]
) -> list[dict[str, Any]]:
    camps, communities = parts
    between = nx.betweenness_centrality(agreed)
    close = nx.closeness_centrality(agreed)
    allies, opponents = _partners(ties.congruence), _partners(ties.conflict)
    sums = ties.congruence.sum(axis=1).tolist(), ties.conflict.sum(axis=1).tolist()
    rows = zip(
        ties.names,
        groups,
        camps,
        (communities[n] for n in range(len(camps))),
        allies,
        opponents,
        *sums,
        (between[n] for n in range(len(camps))),
        (close[n] for n in range(len(camps))),
        strict=True,
    )
    nodes = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return sorted(nodes, key=lambda row: (-row["allies"] - row["opponents"], row["name"]))


def _partners(values: Any) -> list[int]:
    """Count with how many others each node has a tie."""
    return np.asarray((values > 0).sum(axis=1)).ravel().astype(int).tolist()


def density(values: Any) -> float:
    """Return the share of all pairs that have a tie; 0 for fewer than two nodes."""
    pairs = values.shape[0] * (values.shape[0] - 1)
    return float((values > 0).sum() / pairs) if pairs else 0.0


def mean_tie(values: Any) -> float:
    """Return the mean weight over all pairs, those without a tie included."""
    pairs = values.shape[0] * (values.shape[0] - 1)
    return float(values.sum() / pairs) if pairs else 0.0


def ei_index(values: Any, groups: Sequence[str]) -> float | None:
    """Return the E-I index of Krackhardt and Stern (1988): from -1, inside groups, to 1, between.

    Ties count by their weight; those of nodes without a group are left out. None without any tie.
    """
    ties = values.tocoo()
    names = np.array(groups, dtype=object)
    rows, columns = ties.coords
    is_known = (names[rows] != "") & (names[columns] != "")
    is_inside = names[rows] == names[columns]
    inside = float(ties.data[is_known & is_inside].sum())
    outside = float(ties.data[is_known & ~is_inside].sum())
    return (outside - inside) / (outside + inside) if outside + inside else None
