"""The order of the rows of a table in which those that are alike stand together."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def seriated(rows: Sequence[Sequence[float]]) -> list[int]:
    """Return the numbers of the rows in the order in which neighbours differ least.

    That is the optimal order of the leaves (Bar-Joseph and others, 2001) of the tree that joins
    rows by the mean distance of their groups, as scipy has it. Of its two directions it is the one
    that begins with the greater sums. The same rows give the same order.
    """
    if len(rows) < 3:  # which the sums put in order
        return sorted(range(len(rows)), key=lambda number: (-sum(rows[number]), number))
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import pdist

    table = np.asarray(rows, float)
    # Not of the table itself: linkage warns of a square one that looks like a table of distances.
    tree = linkage(pdist(table), method="average", optimal_ordering=True)
    order: list[int] = leaves_list(tree).tolist()
    return order[::-1] if _rises(table[order]) else order


def _rises(table: Any) -> bool:
    """Say whether the sums of the rows are the greater the further down these stand."""
    sums = table.sum(axis=1)
    weights = np.arange(len(sums)) - (len(sums) - 1) / 2
    return bool(round(float(weights @ sums), 9) > 0)
