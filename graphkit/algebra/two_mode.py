"""Two-mode networks: the values of one variable by those of another."""

from typing import Any

import numpy as np

from graphkit.algebra.counts import Counts
from graphkit.algebra.options import NetworkOptions
from graphkit.errors import NetworkError

_EXACT = 53  # levels, whose powers of two a double can still add up


def two_mode(counts: Counts, options: NetworkOptions) -> Any:
    """Return the sparse matrix of rows by columns. Raise NetworkError for too many levels."""
    if options.aggregate == "combine":
        matrix = _combined(counts)
    elif options.aggregate == "subtract":
        matrix = counts.scored(counts.levels.scores)  # of texts each is 1
    else:
        matrix = counts.totals
    matrix.eliminate_zeros()
    if options.normalize == "none":
        return matrix
    axis = 1 if options.normalize == "activity" else 0
    sums = np.asarray(_sums(counts, matrix, options, axis), float).reshape(-1)
    entries = matrix.tocoo()
    matrix.data = matrix.data / sums[entries.row if axis else entries.col]
    return matrix


def _combined(counts: Counts) -> Any:
    """Add up a power of two for each level that occurs, the first level the highest."""
    number = len(counts.levels)
    if number > _EXACT:
        raise NetworkError(
            f"'combine' of {number} levels: a number tells no more than {_EXACT} apart. "
            "Choose another aggregation or qualifier."
        )
    occurring = counts.stacked.copy()
    occurring.eliminate_zeros()
    occurring.data[:] = 1
    once = Counts(counts.rows, counts.columns, counts.levels, occurring)
    return once.scored(2.0 ** np.arange(number - 1.0, -1, -1))


def _sums(counts: Counts, matrix: Any, options: NetworkOptions, axis: int) -> Any:
    """Return the divisors: statements of a row or a column, or its cells in a combination."""
    if options.aggregate == "combine":
        return (matrix != 0).sum(axis=axis)
    return counts.totals.sum(axis=axis)
