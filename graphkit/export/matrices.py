"""Networks as matrices in CSV: one row for each actor or topic, with all digits of each number."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.networks import iter_networks
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.rollup import chosen_statements
from graphkit.store import Store

_TIMES = ("start", "middle", "stop")
_EXACT = 2**53  # all integers up to here are exact in a double


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """What was written: `matrices` with up to so many `rows` and `columns`.

    `statements` went into them, some into several windows; `undated` are those that could not,
    since windows leave out what has no date.
    """

    matrices: int
    rows: int
    columns: int
    statements: int
    undated: int


def export_matrices(
    store: Store, stream: BinaryIO, options: NetworkOptions, *, roll_up: bool = False
) -> MatrixReport:
    """Write the network of a store's statements, or one for each window below each other.

    `roll_up` counts statements for the widest topics that theirs belong to.

    Raise NetworkError for options that do not fit our statements.
    """
    table = table_of(
        chosen_statements(store, options.since, options.until, roll_up=roll_up),
        options.variables,
        actors=store.actors(),
        articles=store.articles(),
    )
    networks = list(iter_networks(table, options))
    columns = sorted({name for network in networks for name in network.columns})
    write_matrices(networks, columns, options, stream)
    return MatrixReport(
        matrices=len(networks),
        rows=len({name for network in networks for name in network.rows}),
        columns=len(columns),
        statements=sum(network.statements for network in networks),
        undated=int(np.isnat(table.dates).sum()) if options.window else 0,
    )


def write_matrices(
    networks: Iterable[LabelledMatrix],
    columns: Sequence[str],
    options: NetworkOptions,
    stream: BinaryIO,
) -> None:
    """Write networks below each other, in UTF-8, with CRLF line ends.

    The header has the name of the variable in the rows, and before it, if the options have a
    window, start, middle and stop; then the `columns`. A column that a network does not have is
    empty, which says something else than 0.
    """
    times = _TIMES if options.window else ()
    stream.write(_line([*times, options.variable1, *columns]))
    for network in networks:
        moments = [getattr(network, name).isoformat() for name in times]
        rows = _rows(network, columns)
        stream.writelines(_line([*moments, label, *cells]) for label, cells in rows)


def _rows(network: LabelledMatrix, columns: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows, of which only one at a time is not sparse."""
    place_of = {name: place for place, name in enumerate(network.columns)}
    places = [place_of.get(name) for name in columns]
    for number, label in enumerate(network.rows):
        values = network.values[[number]].toarray()[0].tolist()
        yield label, ["" if place is None else number_text(values[place]) for place in places]


def number_text(value: float) -> str:
    """Write a number so that it reads back as the same one.

    >>> number_text(2.0), number_text(1 / 3)
    ('2', '0.3333333333333333')
    """
    is_whole = value.is_integer() and abs(value) <= _EXACT
    return str(int(value)) if is_whole else repr(value)


def _line(cells: Sequence[Any]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
