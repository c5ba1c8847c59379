"""How far two levels of a qualifier agree."""

from typing import Any

import numpy as np
from scipy import sparse

from graphkit.algebra.counts import Counts, Levels, Numbers
from graphkit.algebra.options import NetworkOptions


def similarity(levels: Levels) -> Numbers:
    """Return by how much each two levels agree: 1 if equal, 0 if as far apart as can be."""
    if levels.kind == "text":
        return np.eye(len(levels))
    distances = np.abs(levels.scores[:, None] - levels.scores)
    return 1 - distances / (levels.reach or 1)


def mixed(counts: Counts, effects: Numbers) -> Any:
    """Return for each row what its statements add to one statement of each column and level.

    `effects` say what a pair of statements adds by its levels. The result has the form of
    `Counts.stacked`; the product of both, one transposed, is the network.
    """
    if np.array_equal(effects, np.eye(len(effects))):
        return counts.stacked
    return counts.stacked @ sparse.kron(effects, sparse.eye_array(len(counts.columns)), "csr")


def squared_norms(counts: Counts, options: NetworkOptions) -> Numbers:
    """Return what each row has in common with itself: its congruence, or its pairs."""
    if options.aggregate == "ignore":
        products = counts.totals.power(2)
    else:
        products = counts.stacked.multiply(mixed(counts, similarity(counts.levels)))
    return np.asarray(products.sum(axis=1), float).reshape(-1)
