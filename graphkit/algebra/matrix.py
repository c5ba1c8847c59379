"""What the algebra yields: a sparse matrix with the names of its rows and columns."""

import datetime
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
