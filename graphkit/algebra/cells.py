"""The cells of a large sparse matrix, some rows at a time, so that memory stays bounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 512  # rows, which as a dense matrix of 10,000 columns take 40 MB


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells of the rows from `start` to `stop`: where they are, and a view of their values."""

    start: int
    stop: int
    rows: NDArray[np.integer[Any]]
    columns: NDArray[np.integer[Any]]
    values: NDArray[np.float64]


def iter_cells(matrix: Any) -> Iterator[Cells]:
    """Yield all cells of a CSR array; who changes `values` changes the array."""
    for start in range(0, matrix.shape[0], _BLOCK):
        stop = min(start + _BLOCK, matrix.shape[0])
        ends = matrix.indptr[start : stop + 1]
        cells = slice(ends[0], ends[-1])
        rows = np.repeat(np.arange(start, stop), np.diff(ends))
        yield Cells(start, stop, rows, matrix.indices[cells], matrix.data[cells])
