"""Which statements count: the range, the filters, the empty ones, the duplicates."""

import datetime
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphkit.algebra.options import Duplicates, Filter, NetworkOptions
from graphkit.algebra.table import EMPTY, Codes, Moments, StatementTable

Rows = NDArray[np.intp]

_DAY_OF_MONDAY = 3  # 1970-01-01, day 0, was a Thursday


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Rows of a table in its order: `pool` passed the range and the filters of documents.

    `kept` are those of the pool that count; the others can still be isolates. `start` and `stop`
    are the range, NaT where nothing has a date.
    """

    pool: Rows
    kept: Rows
    start: np.datetime64
    stop: np.datetime64


def select(table: StatementTable, options: NetworkOptions) -> Selection:
    """Select the statements of a network. Raise NetworkError for a variable that is not there."""
    start, stop = _range(table.dates, options)
    passed = np.ones(len(table), bool)
    if options.since or options.until:
        passed &= (table.dates >= start) & (table.dates <= stop)  # never true of NaT
    for each in options.filters:
        if each.variable in table.document_variables:
            passed &= _passes(table, each)
    pool = np.flatnonzero(passed)
    for each in options.filters:
        passed &= _passes(table, each)
    for name in _needed(options):
        passed &= table.column(name).codes != EMPTY
    if _drops_ambivalent(table, options):
        passed &= _passes(table, Filter(options.qualifier, frozenset({"ambivalent"})))
    kept = _without_duplicates(table, options, np.flatnonzero(passed))
    return Selection(pool, kept, start, stop)


def first_second(day: datetime.date) -> np.datetime64:
    """Return where a range begins; a `datetime.datetime` is exact."""
    return np.datetime64(day, "s")


def last_second(day: datetime.date) -> np.datetime64:
    """Return where a range ends, which for a day is its last second."""
    if isinstance(day, datetime.datetime):
        return np.datetime64(day, "s")
    return np.datetime64(day, "s") + np.timedelta64(24 * 60 * 60 - 1, "s")


def _range(dates: Moments, options: NetworkOptions) -> tuple[np.datetime64, np.datetime64]:
    """Reach from the first to the last date of the whole table where the options do not say."""
    dated = dates[~np.isnat(dates)]
    missing = np.datetime64("NaT", "s")
    first, last = (dated.min(), dated.max()) if len(dated) else (missing, missing)
    start = first_second(options.since) if options.since else first
    stop = last_second(options.until) if options.until else last
    return start, stop


def _passes(table: StatementTable, each: Filter) -> NDArray[np.bool_]:
    column = table.column(each.variable)
    codes = [code for code, value in enumerate(column.values) if value in each.values]
    if "" in each.values:
        codes.append(EMPTY)
    return np.isin(column.codes, codes, invert=not each.keeps)


def _needed(options: NetworkOptions) -> list[str]:
    """Return the variables without which a statement says nothing in this network."""
    names = [options.variable1, options.variable2]
    return names if options.aggregate == "ignore" else [*names, options.qualifier]


def _drops_ambivalent(table: StatementTable, options: NetworkOptions) -> bool:
    if options.ambivalent != "drop" or not options.qualifier:
        return False
    return table.column(options.qualifier).kind == "stance"


# --- duplicates ---------------------------------------------------------------------------------


def _without_duplicates(table: StatementTable, options: NetworkOptions, rows: Rows) -> Rows:
    """Keep the first of equal statements in each unit; rows are in the order of time."""
    if options.duplicates == "keep":
        return rows
    names = _needed(options)
    keys = [table.column(name).codes[rows] for name in names]
    keys += _units(table, options.duplicates, rows, dna_compat=options.dna_compat)
    _, first = np.unique(_joined(keys), return_index=True)
    return rows[np.sort(first)]


def _units(
    table: StatementTable, duplicates: Duplicates, rows: Rows, *, dna_compat: bool
) -> list[Codes]:
    """Say to which unit each row belongs; without a date it is a duplicate in its article only."""
    documents = table.documents[rows]
    if duplicates == "document":
        return [documents]
    dates = table.dates[rows]
    if duplicates == "range":
        return [np.zeros(len(rows), np.int64)]
    undated = np.isnat(dates)
    units = _unit_numbers(dates, duplicates, dna_compat=dna_compat)
    return [np.where(undated, documents, units), undated.astype(np.int64)]


def _unit_numbers(dates: Moments, duplicates: Duplicates, *, dna_compat: bool) -> Codes:
    days = dates.astype("datetime64[D]").astype(np.int64)
    if duplicates == "day":
        return days
    if duplicates == "week":
        weeks = (days + _DAY_OF_MONDAY) // 7
        return _week_of_year(weeks) if dna_compat else weeks
    if duplicates == "month":
        months = dates.astype("datetime64[M]").astype(np.int64)
        return months % 12 if dna_compat else months
    return dates.astype("datetime64[Y]").astype(np.int64)


def _week_of_year(weeks: Codes) -> Codes:
    """Return the ISO number, by which the weeks of different years are the same."""
    thursdays = (weeks * 7).astype("datetime64[D]")  # the ISO year is that of the Thursday
    new_year = thursdays.astype("datetime64[Y]").astype("datetime64[D]")
    numbers: Codes = (thursdays - new_year).astype(np.int64) // 7
    return numbers


def _joined(keys: list[Codes]) -> Codes:
    """Number the combinations of all keys; after each step anew, so that nothing overflows."""
    joined = np.zeros(len(keys[0]), np.int64)
    for key in keys:
        _, codes = np.unique(key, return_inverse=True)
        _, joined = np.unique(joined * (codes.max(initial=0) + 1) + codes, return_inverse=True)
    return joined
