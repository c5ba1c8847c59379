"""A table of statements in columns of numbers, as the algebra needs them."""

import datetime
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import NetworkError

Kind = Literal["text", "integer", "boolean", "stance"]
Codes = NDArray[np.int64]
Moments = NDArray[np.datetime64]

EMPTY = -1
"""The code of no value, or of the empty text."""

# In the order of their scores; both sides are levels even where nobody takes one of them.
_FIXED_VALUES: Mapping[Kind, tuple[Any, ...]] = {
    "boolean": (0, 1),
    "stance": ("opposes", "ambivalent", "supports"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One variable: statement n has the value ``values[codes[n]]``, or none where that is EMPTY.

    `values` are distinct and in order: numbers by size, texts by their code points, stances from
    opposition to support.
    """

    kind: Kind
    values: tuple[Any, ...]
    codes: Codes

    @classmethod
    def of(cls, kind: Kind, values: Sequence[Any]) -> "Column":
        """Make a column of one value for each statement; None and "" are empty.

        Raise NetworkError for a value that the kind does not have.

        >>> Column.of("text", ["b", "a", "", "b"]).codes.tolist()
        [1, 0, -1, 1]
        """
        distinct = dict.fromkeys(values)
        distinct.pop(None, None)
        distinct.pop("", None)
        fixed = _FIXED_VALUES.get(kind)
        order = fixed or tuple(sorted(distinct))
        if foreign := [value for value in distinct if value not in order]:
            possible = ", ".join(map(str, order))
            raise NetworkError(f"{foreign[0]!r} is no {kind}: it can be {possible}.")
        code_of: dict[Any, int] = {value: code for code, value in enumerate(order)}
        code_of |= {None: EMPTY, "": EMPTY}
        codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
        return cls(kind, order, codes)


@dataclass(frozen=True, slots=True, eq=False)
class StatementTable:
    """Statements in the order of date, document and place, those without a date last.

    `dates` are seconds, NaT where there is none; `documents` are codes; `origins` tell which of the
    statements that the table was made of stands in a row. `document_variables` names the columns
    that belong to the document and not to the statement.
    """

    dates: Moments
    documents: Codes
    origins: Codes
    columns: Mapping[str, Column]
    document_variables: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        dates: Sequence[datetime.date | None],
        documents: Sequence[Any],
        positions: Sequence[tuple[int, int]],
        columns: Mapping[str, tuple[Kind, Sequence[Any]]],
        document_variables: Iterable[str] = (),
    ) -> "StatementTable":
        """Make a table of one date, document, position and value of each column for each statement.

        A date is a `datetime.date`, or a `datetime.datetime` in UTC, or None; a position is where
        the statement starts and stops in its document.
        """
        moments = np.array(dates, "datetime64[s]")
        starts, stops = np.array(positions, np.int64).reshape(-1, 2).T
        ranks = _ranks(documents)
        order = np.lexsort((stops, starts, ranks, moments))
        return cls(
            dates=moments[order],
            documents=ranks[order],
            origins=order,
            columns={
                name: _ordered(Column.of(kind, values), order)
                for name, (kind, values) in columns.items()
            },
            document_variables=frozenset(document_variables),
        )

    def __len__(self) -> int:
        return len(self.dates)

    def take(self, rows: NDArray[np.intp]) -> "StatementTable":
        """Return a table of some rows, each as often as it is named; `rows` are in order."""
        return StatementTable(
            dates=self.dates[rows],
            documents=self.documents[rows],
            origins=self.origins[rows],
            columns={name: _ordered(column, rows) for name, column in self.columns.items()},
            document_variables=self.document_variables,
        )

    def column(self, name: str) -> Column:
        """Return a column. Raise NetworkError, with the nearest names, if there is none."""
        if name in self.columns:
            return self.columns[name]
        close = difflib.get_close_matches(name, self.columns, n=3)
        named = f"Did you mean {' or '.join(close)}?" if close else _listed(self.columns)
        raise NetworkError(f"No variable '{name}'. {named}")


def _ranks(values: Sequence[Any]) -> Codes:
    rank_of = {value: rank for rank, value in enumerate(sorted(set(values)))}
    return np.fromiter(map(rank_of.__getitem__, values), np.int64, len(values))


def _ordered(column: Column, order: NDArray[np.intp]) -> Column:
    return Column(column.kind, column.values, column.codes[order])


def _listed(columns: Iterable[str]) -> str:
    return f"There are {', '.join(columns)}."
