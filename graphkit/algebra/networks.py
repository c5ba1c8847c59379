"""Compute the networks of a table of statements: one, or one for each window."""

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np

from graphkit.algebra.counts import Counts, Levels, count_statements, find_levels
from graphkit.algebra.kernels import kernel_weights
from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.one_mode import one_mode
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.selection import Rows, Selection, select
from graphkit.algebra.table import StatementTable
from graphkit.algebra.two_mode import two_mode
from graphkit.algebra.windows import Span, iter_spans, whole_span
from graphkit.errors import NetworkError


def iter_networks(table: StatementTable, options: NetworkOptions) -> Iterator[LabelledMatrix]:
    """Yield the network of a table; with a window in the options one for each of its places.

    Raise NetworkError for a variable that the table does not have, and for a window where no
    statement has a date.
    """
    _check(table, options)
    selection = select(table, options)
    levels = find_levels(table, options, selection.kept)
    if options.window is None:
        span = whole_span(selection.start, selection.stop)
        yield _network(table, options, selection, levels, span)
        return
    if np.isnat(selection.start) or np.isnat(selection.stop):
        raise NetworkError("No statement has a date, and windows run over time.")
    for span in iter_spans(options.window, selection.start, selection.stop):
        yield _network(table, options, selection, levels, span)


def compute_network(table: StatementTable, options: NetworkOptions) -> LabelledMatrix:
    """Return the network of a table, over the whole range. Raise NetworkError for a window."""
    if options.window:
        raise NetworkError("A window gives several networks: take `iter_networks`.")
    return next(iter_networks(table, options))


def counts_of(table: StatementTable, options: NetworkOptions) -> Counts:
    """Return what the network over the whole range is made of. Raise NetworkError as above."""
    _check(table, options)
    selection = select(table, options)
    kept = selection.kept
    levels = find_levels(table, options, kept)
    nodes = selection.pool if options.isolates else kept
    return count_statements(table, options, levels, (kept, np.ones(len(kept))), nodes)


def rows_of(table: StatementTable, options: NetworkOptions, network: LabelledMatrix) -> Rows:
    """Return the rows of the table that a network of `iter_networks` counts."""
    kept = select(table, options).kept
    if options.window is None:
        return kept
    ends = (network.start, network.middle, network.stop)
    return _rows_of(table, options, kept, Span(*(np.datetime64(end, "s") for end in ends)))


def _check(table: StatementTable, options: NetworkOptions) -> None:
    for name in options.variables:
        table.column(name)
    kind = table.column(options.qualifier).kind if options.qualifier else None
    if options.ambivalent != "count" and kind != "stance":
        raise NetworkError(
            f"Ambivalent statements to {options.ambivalent}: '{options.qualifier}' is no stance."
        )


def _network(
    table: StatementTable,
    options: NetworkOptions,
    selection: Selection,
    levels: Levels,
    span: Span,
) -> LabelledMatrix:
    if options.kernel == "gaussian":  # which has no end
        span = Span(selection.start, span.middle, selection.stop)
    rows = _rows_of(table, options, selection.kept, span)
    weights = _weights(table, options, rows, span)
    nodes = _nodes(options, selection, rows)
    counts = count_statements(table, options, levels, (rows, weights), nodes)
    is_one_mode = options.mode == "one"
    return LabelledMatrix(
        rows=counts.rows,
        columns=counts.rows if is_one_mode else counts.columns,
        values=(one_mode if is_one_mode else two_mode)(counts, options),
        start=_moment(span.start),
        middle=_moment(span.middle),
        stop=_moment(span.stop),
        statements=len(rows),
    )


def _rows_of(table: StatementTable, options: NetworkOptions, kept: Rows, span: Span) -> Rows:
    """Return the rows in the window; those without a date are last, and in none."""
    if options.window is None:
        return kept
    dates = table.dates[kept]
    start = np.searchsorted(dates, span.start, side="left")
    stop = np.searchsorted(dates, span.stop, side="right")
    return kept[start:stop]


def _weights(table: StatementTable, options: NetworkOptions, rows: Rows, span: Span) -> Any:
    """Return how much each statement counts, of which a pair multiplies the two roots."""
    if options.window is None:
        return np.ones(len(rows))
    weights = kernel_weights(
        options.window, table.dates[rows], span.middle, dna_compat=options.dna_compat
    )
    return np.sqrt(weights) if options.mode == "one" else weights


def _nodes(options: NetworkOptions, selection: Selection, rows: Rows) -> Rows:
    """Return the rows whose values become nodes; with a kernel they are the same all the time."""
    if options.isolates:
        return selection.pool
    return selection.kept if options.kernel else rows


def _moment(moment: np.datetime64) -> datetime.datetime | None:
    value: datetime.datetime | None = moment.item()
    return value
