"""The measures of a network of actors, or of topics, in one answer: the whole, and each node."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from graphkit.measures.nodes import centralities_of, ordered_groups, sample_size
from graphkit.measures.polarization import Polarization, polarization
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
    found = _communities(agreed, seed)
    split = polarization(ties, seed=seed)
    communities = ordered_groups(found)
    named = _named(ties, groups)
    whole = {
        **_whole(ties, split, agreed, found),
        **_ei_indices(ties, named),
        "betweenness_sample": sample_size(agreed),
    }
    rows = _nodes(ties, named, split.camps, communities)
    between, close = centralities_of(agreed, seed=seed)
    for number, row in enumerate(rows):
        row |= {"betweenness": between[number], "closeness": close.get(number)}
    return Summary(whole, sorted(rows, key=_rank))


def measure_sides(ties: Ties, *, seed: int = 1) -> dict[str, dict[str, Any]]:
    """Return for each node by its name the camp, and with how many it agrees and disagrees.

    These are the columns `camp`, `allies`, `opponents`, `congruence` and `conflict`.
    """
    columns = {"camp": polarization(ties, seed=seed).camps, **_partners_of(ties)}
    rows = zip(*columns.values(), strict=True)
    return {
        name: dict(zip(columns, row, strict=True))
        for name, row in zip(ties.names, rows, strict=True)
    }


def measure_whole(
    ties: Ties, groups: Mapping[str, str] | None = None, *, seed: int = 1
) -> dict[str, Any]:
    """Return the measures of a network as a whole; see `summarize`."""
    agreed = _graph(ties.congruence)
    whole = _whole(ties, polarization(ties, seed=seed), agreed, _communities(agreed, seed))
    return whole | _ei_indices(ties, _named(ties, groups))


def _named(ties: Ties, groups: Mapping[str, str] | None) -> list[str]:
    return [(groups or {}).get(name, "") for name in ties.names]


def _ei_indices(ties: Ties, groups: Sequence[str]) -> dict[str, Any]:
    return {
        "ei_congruence": ei_index(ties.congruence, groups),
        "ei_conflict": ei_index(ties.conflict, groups),
    }


def _communities(agreed: Any, seed: int) -> list[set[int]]:
    found: list[set[int]] = nx.community.louvain_communities(agreed, seed=seed)
    return found


def _whole(ties: Ties, split: Polarization, agreed: Any, found: list[set[int]]) -> dict[str, Any]:
    return {
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
    }


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
    ties: Ties, groups: Sequence[str], camps: Sequence[int], communities: Mapping[int, int]
) -> list[dict[str, Any]]:
    columns = {
        "name": ties.names,
        "group": groups,
        "camp": camps,
        "community": [communities[number] for number in range(len(ties.names))],
        **_partners_of(ties),
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _partners_of(ties: Ties) -> dict[str, Sequence[float]]:
    """Return how many allies and opponents each node has, and how much of both."""
    return {
        "allies": _partners(ties.congruence),
        "opponents": _partners(ties.conflict),
        "congruence": ties.congruence.sum(axis=1).tolist(),
        "conflict": ties.conflict.sum(axis=1).tolist(),
    }


def _rank(row: Mapping[str, Any]) -> tuple[int, str]:
    return -row["allies"] - row["opponents"], row["name"]


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
