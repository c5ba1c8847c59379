"""States: networks that are alike, by their distances and a hierarchical grouping."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform

from graphkit.errors import NetworkError
from graphkit.measures.spectra import DIGITS, spectrum_of
from graphkit.measures.ties import Ties

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]
Distance = Literal["spectral", "absolute", "euclidean"]

CLEAR = 0.25
"""Silhouette above which there is more than one state (Kaufman and Rousseeuw 1990, p. 88)."""

_MOST_CELLS = 50_000_000  # ties times networks, which take 0.4 GB


def distances_between(networks: Sequence[Ties], distance: Distance) -> Numbers:
    """Return the distances of all networks from each other, which have the same nodes.

    Raise NetworkError where there are too many ties to compare one by one.
    """
    if distance == "spectral":
        points = np.array([spectrum_of(ties.congruence) for ties in networks])
    else:
        points = _cells(networks)
    found = pdist(points, "cityblock" if distance == "absolute" else "euclidean")
    return np.asarray(squareform(np.round(found, DIGITS)), float)


def _cells(networks: Sequence[Ties]) -> Numbers:
    """Return a row for each network: the congruence and the conflict of all pairs with any."""
    rows = sparse.vstack(
        [
            sparse.hstack([sparse.triu(each).reshape(1, -1) for each in pair])
            for pair in ((ties.congruence, ties.conflict) for ties in networks)
        ]
    ).tocsc()
    is_tied = np.diff(rows.indptr) > 0
    if len(networks) * int(is_tied.sum()) > _MOST_CELLS:
        raise NetworkError(
            f"{len(networks)} networks of {int(is_tied.sum())} ties are too many to compare tie by "
            "tie: take the spectral distance, a longer unit or a shorter time."
        )
    return np.asarray(rows[:, np.flatnonzero(is_tied)].toarray(), float)


def states_of(
    distances: Numbers, *, number: int | None = None, most: int = 6
) -> tuple[Labels, dict[int, float]]:
    """Group networks by average linkage, and number the states by their first one.

    Without a `number` of states it is that from 2 to `most` with the greatest silhouette, if that
    is above CLEAR, and else 1. A `number` that would part equal distances becomes the next smaller
    one that does not. Return the silhouettes of the numbers that were tried, too.
    """
    tree = linkage(squareform(distances), "average")
    numbers = [number] if number else range(2, min(most, len(distances) - 1) + 1)
    silhouettes: dict[int, float] = {}
    groupings = {1: np.ones(len(distances), np.int64)}
    for size in numbers:
        states = _numbered(fcluster(tree, size, "maxclust"))
        found = int(states.max())  # fewer where equal distances cannot be told apart
        groupings[found] = states
        if 1 < found < len(states):
            silhouettes[found] = silhouette(distances, states)
    if number:
        return groupings[max(groupings)], silhouettes
    best = max(silhouettes, key=lambda size: (silhouettes[size], -size), default=1)
    is_clear = silhouettes.get(best, 0) > CLEAR
    return groupings[best if is_clear else 1], silhouettes


def silhouette(distances: Numbers, states: Labels) -> float:
    """Return the mean silhouette of Rousseeuw (1987): from -1 to 1, how well the states part.

    Each network has (b - a) / max(a, b), where a is its mean distance to the others of its state,
    and b to those of the nearest other state; one that is alone in its state has 0.
    """
    members = np.array([states == state for state in np.unique(states)])
    sizes = members.sum(axis=1)
    sums = members @ distances
    own = members.argmax(axis=0)
    each = np.arange(len(states))
    inside = sums[own, each] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes[:, None]
    means[own, each] = np.inf
    outside = means.min(axis=0)
    largest = np.maximum(inside, outside)
    values = np.divide(outside - inside, largest, out=np.zeros(len(each)), where=largest > 0)
    return round(float(np.where(sizes[own] > 1, values, 0).mean()), 9)


def _numbered(groups: Labels) -> Labels:
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups.tolist()), 1)}
    return np.array([numbers[group] for group in groups.tolist()], np.int64)
