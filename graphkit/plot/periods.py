"""Days, weeks, months and years: which of them a timeline counts by, and where each begins."""

import datetime
from collections.abc import Iterator
from typing import Literal, get_args

Unit = Literal["day", "week", "month", "year"]

UNITS: tuple[Unit, ...] = get_args(Unit)

_MOST = 62  # periods of a timeline that stay wide enough to be told apart
_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.2}


def unit_for(first: datetime.date, last: datetime.date) -> Unit:
    """Return the shortest unit by which a range does not have too many periods.

    >>> unit_for(datetime.date(2024, 2, 26), datetime.date(2024, 4, 12))
    'day'
    """
    days = (last - first).days + 1
    return next((unit for unit in UNITS if days / _DAYS[unit] <= _MOST), "year")


def start_of(day: datetime.date, unit: Unit) -> datetime.date:
    """Return the first day of the period that a day is in; weeks begin on Mondays.

    >>> start_of(datetime.date(2024, 2, 29), "week")
    datetime.date(2024, 2, 26)
    """
    if unit == "week":
        # The first days of the calendar have no Monday before them.
        return datetime.date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def end_of(day: datetime.date, unit: Unit) -> datetime.date:
    """Return the last day of the period that a day is in."""
    start = start_of(day, unit)
    if unit == "day":
        return start
    if unit == "week":
        return _plus(start, 6)
    longer = _plus(start, 31 if unit == "month" else 366)
    if start_of(longer, unit) == start:  # the last period of the calendar
        return longer
    return _plus(start_of(longer, unit), -1)


def iter_periods(
    first: datetime.date, last: datetime.date, unit: Unit
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Yield the first and the last day of each period from that of one day to that of another."""
    day = first
    while True:
        start, end = start_of(day, unit), end_of(day, unit)
        yield start, end
        if end >= last or end == datetime.date.max:
            return
        day = _plus(end, 1)


def _plus(day: datetime.date, days: int) -> datetime.date:
    return datetime.date.fromordinal(min(day.toordinal() + days, datetime.date.max.toordinal()))
