"""What the algebra yields: a sparse matrix with the names of its rows and columns."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class LabelledMatrix:
    """A network as a scipy CSR array `values`, one row for each of `rows`.

    `start`, `middle` and `stop` are the range or the window, in UTC and both ends inclusive; None
    where no statement has a date. `statements` is how many were counted.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Any
    start: datetime.datetime | None
    middle: datetime.datetime | None
    stop: datetime.datetime | None
    statements: int

    def cells(self) -> Iterator[tuple[str, str, float]]:
        """Yield row, column and number of each cell that is not 0; whole numbers are integers."""
        entries = self.values.tocoo()
        places = zip(*(numbers.tolist() for numbers in entries.coords), strict=True)
        for (row, column), value in zip(places, entries.data.tolist(), strict=True):
            number = int(value) if value.is_integer() else value
            yield self.rows[row], self.columns[column], number
