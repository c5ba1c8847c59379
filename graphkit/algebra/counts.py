"""How many statements of each level tie each row to each column, as one sparse matrix."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.selection import Rows
from graphkit.algebra.table import EMPTY, Codes, Column, Kind, StatementTable

Numbers = NDArray[np.float64]

_OPPOSES, _AMBIVALENT, _SUPPORTS = range(3)  # the codes of a column of stances


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The levels of a qualifier: their codes in its column, and what each is worth.

    `reach` is the distance from the least to the greatest score that the qualifier can have.
    """

    kind: Kind
    codes: Codes
    scores: Numbers
    reach: float

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts A[i, j, k] of statements, weighted, by row i, column j and level k.

    `stacked` has A[i, j, k] in row i and column k * len(columns) + j.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    levels: Levels
    stacked: Any

    @cached_property
    def totals(self) -> Any:
        """The sums over all levels, rows by columns."""
        return self.scored(np.ones(len(self.levels)))

    def scored(self, scores: Numbers) -> Any:
        """Return the sums over all levels, each times its score."""
        width = len(self.columns)
        entries = self.stacked.tocoo()
        levels, columns = np.divmod(entries.col, max(width, 1))
        values = entries.data * scores[levels]
        return _summed(values, entries.row, columns, (len(self.rows), width))

    @cached_property
    def activity(self) -> Numbers:
        """How many statements each row has."""
        return np.asarray(self.stacked.sum(axis=1), float).reshape(-1)


def find_levels(table: StatementTable, options: NetworkOptions, kept: Rows) -> Levels:
    """Find the levels of the qualifier: both or all three sides, or the values that occur."""
    if not options.qualifier:
        return Levels("text", np.array([EMPTY]), np.ones(1), 0)
    column = table.column(options.qualifier)
    if column.kind == "boolean":
        return Levels("boolean", np.array([0, 1]), np.array([-1.0, 1.0]), 2)
    if column.kind == "stance" and options.ambivalent == "count":
        codes = np.array([_OPPOSES, _AMBIVALENT, _SUPPORTS])
        return Levels("stance", codes, np.array([-1.0, 0.0, 1.0]), 2)
    if column.kind == "stance":
        return Levels("stance", np.array([_OPPOSES, _SUPPORTS]), np.array([-1.0, 1.0]), 2)
    codes = np.unique(column.codes[kept])
    scores = _scores(column, codes, by_text=bool(options.dna_compat and options.kernel))
    return Levels(column.kind, codes, scores, float(np.ptp(scores)) if len(scores) else 0)


def count_statements(
    table: StatementTable,
    options: NetworkOptions,
    levels: Levels,
    weighted: tuple[Rows, Numbers],
    nodes: Rows,
) -> Counts:
    """Count the statements, each as much as its weight, in a matrix of the labels of `nodes`."""
    first, second = table.column(options.variable1), table.column(options.variable2)
    row_codes, column_codes = _occurring(first, nodes), _occurring(second, nodes)
    rows, level_codes, weights = _with_levels(table, options, *weighted)
    shape = len(row_codes), len(column_codes) * len(levels)
    level = np.searchsorted(levels.codes, level_codes)
    place = level * len(column_codes) + np.searchsorted(column_codes, second.codes[rows])
    return Counts(
        rows=_labels(first, row_codes),
        columns=_labels(second, column_codes),
        levels=levels,
        stacked=_summed(weights, np.searchsorted(row_codes, first.codes[rows]), place, shape),
    )


def _scores(column: Column, codes: Codes, *, by_text: bool) -> Numbers:
    """Return what each level is worth, which of a text is 1."""
    if column.kind != "integer":
        return np.ones(len(codes))
    if by_text:
        texts = [str(column.values[code]) for code in codes]
        return np.array([float(sorted(texts).index(text)) for text in texts])
    return np.array([float(column.values[code]) if code != EMPTY else 0.0 for code in codes])


def _with_levels(
    table: StatementTable, options: NetworkOptions, rows: Rows, weights: Numbers
) -> tuple[Rows, Codes, Numbers]:
    """Return rows, the codes of their levels and weights; a halved statement stands there twice."""
    if not options.qualifier:
        return rows, np.full(len(rows), EMPTY), weights
    column = table.column(options.qualifier)
    codes = column.codes[rows]
    if column.kind != "stance" or options.ambivalent != "halve":
        return rows, codes, weights
    halved = codes == _AMBIVALENT
    return (
        np.concatenate([rows, rows[halved]]),
        np.concatenate([np.where(halved, _OPPOSES, codes), np.full(halved.sum(), _SUPPORTS)]),
        np.concatenate([np.where(halved, weights / 2, weights), weights[halved] / 2]),
    )


def _occurring(column: Column, rows: Rows) -> Codes:
    codes: Codes = np.setdiff1d(column.codes[rows], [EMPTY])
    return codes


def _labels(column: Column, codes: Codes) -> tuple[str, ...]:
    return tuple(str(column.values[code]) for code in codes)


def _summed(values: Numbers, rows: Any, columns: Any, shape: tuple[int, int]) -> Any:
    """Return a sparse matrix in which the values of one cell are added up."""
    if max(shape) <= np.iinfo(np.int32).max:  # half the memory of all that follows
        rows, columns = rows.astype(np.int32), columns.astype(np.int32)
    return sparse.coo_array((values, (rows, columns)), shape=shape).tocsr()
