"""Windows over time: a middle that runs by one unit, and as much before it as after it."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graphkit.algebra.options import Unit, Window
from graphkit.algebra.table import Codes, Moments

_SECONDS: Mapping[Unit, int] = {
    "second": 1,
    "minute": 60,
    "hour": 60 * 60,
    "day": 24 * 60 * 60,
    "week": 7 * 24 * 60 * 60,
}
_MONTHS: Mapping[Unit, int] = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A time with its middle; both ends belong to it."""

    start: np.datetime64
    middle: np.datetime64
    stop: np.datetime64


def iter_spans(window: Window, start: np.datetime64, stop: np.datetime64) -> Iterator[Span]:
    """Yield the windows that lie wholly between `start` and `stop`.

    The middle is `start`, one unit later and so on; half of the window, rounded up if the size is
    even, lies on each side. All are counted from `start`: from one moment to the next, months that
    begin on the 31st would stay on the 29th after February. No window fits a range without dates.
    """
    half = window.size // 2
    for steps in itertools.count(half):
        before, middle, after = (
            shift(start, window.unit, steps + distance) for distance in (-half, 0, half)
        )
        if np.isnat(stop) or after > stop:
            return
        yield Span(before, middle, after)


def whole_span(start: np.datetime64, stop: np.datetime64) -> Span:
    """Return a range with its middle, to the second."""
    return Span(start, start + (stop - start) // 2, stop)


def shift(moment: Any, unit: Unit, steps: int) -> Any:
    """Move a moment by units; the 31st of a month becomes the last day of a shorter one.

    >>> str(shift(np.datetime64("2024-01-31T12:00:00"), "month", 1))
    '2024-02-29T12:00:00'
    """
    if unit in _SECONDS:
        return moment + np.timedelta64(steps * _SECONDS[unit], "s")
    month = moment.astype("datetime64[M]")
    target = month + np.timedelta64(steps * _MONTHS[unit], "M")
    following = target + np.timedelta64(1, "M")
    end = following.astype("datetime64[s]") - np.timedelta64(_SECONDS["day"], "s")
    time = moment - moment.astype("datetime64[D]")
    elapsed = moment - time - month.astype("datetime64[s]")
    return min(target.astype("datetime64[s]") + elapsed, end) + time


def units_between(moments: Moments, middle: np.datetime64, unit: Unit) -> Codes:
    """Count the whole units from each moment to `middle`, below zero for those after it."""
    if unit in _SECONDS:
        seconds = (middle - moments).astype(np.int64)
        return _quotient(seconds, _SECONDS[unit])
    months, rests = _month_and_rest(moments)
    middle_month, middle_rest = _month_and_rest(middle)
    difference = middle_month - months
    begun = np.where(difference > 0, middle_rest < rests, middle_rest > rests)
    return _quotient(difference - np.sign(difference) * begun, _MONTHS[unit])


def _month_and_rest(moments: Any) -> tuple[Any, Any]:
    months = moments.astype("datetime64[M]")
    return months.astype(np.int64), (moments - months.astype("datetime64[s]")).astype(np.int64)


def _quotient(values: Codes, divisor: int) -> Codes:
    """Divide towards zero."""
    whole: Codes = np.sign(values) * (np.abs(values) // divisor)
    return whole
