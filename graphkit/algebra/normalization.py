"""Normalization of one-mode networks: by what two rows could have had in common."""

from collections.abc import Callable
from typing import Any

import numpy as np

from graphkit.algebra.cells import Cells, iter_cells
from graphkit.algebra.counts import Counts, Numbers
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.similarity import squared_norms


def normalize(matrix: Any, counts: Counts, options: NetworkOptions) -> None:
    """Divide each cell of a CSR array by the average activity, the union or the norms of its rows.

    The norms are the roots of what a row has in common with itself; the Discourse Network Analyzer
    divides by the product of both activities instead.
    """
    find_divisors = _divisors(counts, options)
    for cells in iter_cells(matrix):
        divisors = find_divisors(cells)
        np.divide(cells.values, divisors, out=cells.values, where=divisors != 0)


def _divisors(counts: Counts, options: NetworkOptions) -> Callable[[Cells], Numbers]:
    activity = counts.activity
    if options.normalize == "average":
        return lambda cells: (activity[cells.rows] + activity[cells.columns]) / 2
    if options.normalize == "jaccard":
        return _unions(counts)
    if options.dna_compat:
        return lambda cells: activity[cells.rows] * activity[cells.columns]
    squares = squared_norms(counts, options)
    return lambda cells: np.sqrt(squares[cells.rows] * squares[cells.columns])


def _unions(counts: Counts) -> Callable[[Cells], Numbers]:
    """Return a function for m10 + m01 + m11 of each cell.

    m10 are the statements of the first row without any alike in the second, m01 the reverse, and
    m11 the products of those that are alike. Hence m10 is the activity less the statements that
    have some alike.
    """
    stacked, activity = counts.stacked, counts.activity
    occurring = stacked.sign()
    others = (occurring - stacked).T.tocsr()
    transposed = stacked.T.tocsr()

    def find(cells: Cells) -> Numbers:
        block = slice(cells.start, cells.stop)
        alike = (stacked[block] @ others + occurring[block] @ transposed).toarray()
        both = activity[cells.rows] + activity[cells.columns]
        unions: Numbers = both - alike[cells.rows - cells.start, cells.columns]
        return unions

    return find
