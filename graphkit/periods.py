"""Dates as people write them: a year, a month or a day."""

import calendar
import datetime
import re

from graphkit.errors import QueryError

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)


def first_day(text: str) -> datetime.date:
    """Return the first day of "2024", "2024-03" or "2024-03-01". Raise QueryError for all else.

    >>> first_day("2024-03")
    datetime.date(2024, 3, 1)
    """
    return _day(text, is_end=False)


def last_day(text: str) -> datetime.date:
    """Return the last day of "2024", "2024-03" or "2024-03-01". Raise QueryError for all else.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    return _day(text, is_end=True)


def _day(text: str, *, is_end: bool) -> datetime.date:
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month = int(match[1]), int(match[2] or (12 if is_end else 1))
        day = int(match[3] or (calendar.monthrange(year, month)[1] if is_end else 1))
        return datetime.date(year, month, day)
    except ValueError:
        raise QueryError(f"'{text}' is no date: write 2024, 2024-03 or 2024-03-01.") from None
