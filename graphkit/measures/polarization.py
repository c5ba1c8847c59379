"""Polarization: how near a network is to two camps that agree inside and conflict with each other.

The distance of a split into two camps from that ideal is the conflict inside the camps plus the
congruence between them: the criterion of Doreian and Mrvar (1996), whose least value is the
frustration, or line index, of Harary (1959). DNA looks for the greatest distance instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse.csgraph import (
    breadth_first_order,
    connected_components,
    minimum_spanning_tree,
)

from graphkit.measures.ties import Ties

STARTS = 30
"""Random splits to start from, besides the one that is exact where no tie is frustrated."""


@dataclass(frozen=True, slots=True)
class Polarization:
    """The best split that was found: the `camps` in the order of the names, 1, 2, or 0 for no tie.

    `distance` is the weight of the ties against it. `index` is 1 - distance / the smaller of two
    distances that need no search: that of one single camp, and that of a split by chance, which is
    half of all ties. 1 is two pure camps; 0 is no better than that, as with one camp for all.
    """

    camps: tuple[int, ...]
    distance: float
    index: float


def polarization(ties: Ties, *, seed: int = 1, starts: int = STARTS) -> Polarization:
    """Search the split into two camps with the least distance from the ideal.

    From each start single nodes change sides as long as that helps. One start follows the
    strongest ties from node to node, which finds the split of a perfectly polarized network; the
    others are random, by the `seed`. The first node of each component is in camp 1: which camps of
    two components belong together, no tie can say.
    """
    signed = ties.signed
    _, labels = connected_components(abs(signed), directed=False)
    _, firsts = np.unique(labels, return_index=True)
    improved = (_improved(start, signed) for start in _iter_starts(signed, seed, starts))
    best = min(
        (sides * sides[firsts][labels] for sides in improved),  # firsts of components in camp 1
        key=lambda sides: (round(_distance(sides, ties), 9), (-sides).tolist()),
    )
    conflict, congruence = float(ties.conflict.sum()) / 2, float(ties.congruence.sum()) / 2
    distance = max(_distance(best, ties), 0.0)
    reference = min(conflict, (conflict + congruence) / 2)
    index = 1 - distance / reference if reference > 0 else 0.0
    is_tied = np.asarray((ties.congruence + ties.conflict).sum(axis=1)).ravel() > 0
    camps = np.where(is_tied, np.where(best > 0, 1, 2), 0)
    return Polarization(tuple(camps.tolist()), distance, max(index, 0.0))


def _iter_starts(signed: Any, seed: int, starts: int) -> Iterator[Any]:
    size = signed.shape[0]
    yield _along_strongest(signed)
    yield np.ones(size)
    dice = np.random.default_rng(seed)
    for _ in range(starts if size > 1 else 0):
        yield dice.choice([-1.0, 1.0], size)


def _along_strongest(signed: Any) -> Any:
    """Take sides along a spanning tree of the strongest ties of each component."""
    sides = np.zeros(signed.shape[0])
    strength = abs(signed)
    strength.eliminate_zeros()
    inverse = strength.copy()
    inverse.data = 1 / inverse.data
    tree = minimum_spanning_tree(inverse)
    tree = (tree + tree.T).tocsr()
    for first in range(len(sides)):
        if sides[first]:
            continue
        order, before = breadth_first_order(tree, first, directed=False)
        sides[first] = 1.0
        for node in order[1:].tolist():
            sides[node] = sides[before[node]] * np.sign(signed[node, before[node]])
    return sides


def _improved(sides: Any, signed: Any) -> Any:
    """Let the node change sides that gains most by it, as long as any does."""
    sides = sides.copy()
    gains = -sides * (signed @ sides)
    limit = 1e-9 * max(abs(signed).sum(), 1.0)
    while len(gains) and gains[node := int(np.argmax(gains))] > limit:
        cells = slice(*signed.indptr[node : node + 2])  # scipy's own row takes ten times as long
        others = signed.indices[cells]
        gains[others] += 2 * sides[others] * sides[node] * signed.data[cells]
        gains[node] = -gains[node]
        sides[node] = -sides[node]
    return sides


def _distance(sides: Any, ties: Ties) -> float:
    """Return the conflict inside camps and the congruence between them."""
    inside = (ties.conflict.sum() + sides @ (ties.conflict @ sides)) / 4
    between = (ties.congruence.sum() - sides @ (ties.congruence @ sides)) / 4
    return float(inside + between)
