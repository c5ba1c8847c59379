"""Values of nodes and edges as network files hold them: their types, and how they are written."""

import datetime
import functools
import itertools
import math
import numbers
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Type = Literal["int", "double", "boolean", "string"]

_INT_LIMIT = 2**31  # GraphML's int has 32 bits; yEd and Gephi do not share a wider type
_EXACT_LIMIT = 2**53  # the integers up to here are exact as double
_LARGEST_DECIMAL = 10**4000  # Python writes no integer of more than 4,300 digits
_STRING, _INT, _DOUBLE = (frozenset[Type]({name}) for name in ("string", "int", "double"))
_PLAIN_TYPES = frozenset({str, int, bool})


def is_missing(value: object) -> bool:
    """Say whether a value is None or no number, which no file can hold in a column of numbers."""
    if type(value) in _PLAIN_TYPES:  # quicker than the general question
        return False
    return value is None or (isinstance(value, numbers.Real) and bool(value != value))  # NaN


def type_of(value: Any) -> Type:
    """Return the type that all readers know for a value that is there."""
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, numbers.Integral)):
        if -_INT_LIMIT <= int(value) < _INT_LIMIT:
            return "int"
        return "double" if abs(int(value)) <= _EXACT_LIMIT else "string"
    return "double" if isinstance(value, numbers.Real) else "string"


def one_type(types: set[Type]) -> Type:
    """Return the type that holds all values of an attribute."""
    if len(types) == 1:
        return next(iter(types))
    return "double" if types == {"int", "double"} else "string"


@dataclass(frozen=True, slots=True)
class Column:
    """The values of an attribute as they are written, not yet escaped, and their types.

    What is missing is None, and has no type; `has_gaps` says whether there is any.
    """

    texts: Sequence[Any]
    types: frozenset[Type]
    has_gaps: bool = False


def column_of(values: Sequence[Any]) -> Column:
    """Write values as text; columns of one kind are quick, and stay what they are."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return Column(values, _STRING)
    if kinds == {int} and min(values) >= -_INT_LIMIT and max(values) < _INT_LIMIT:
        return Column(values, _INT)
    if kinds == {float}:
        joined = "\n".join(map(repr, values))
        if "n" not in joined and "e-3" not in joined:  # no nan, no inf, nothing below 1e-308
            return Column(joined.split("\n"), _DOUBLE)
    if kinds == {tuple}:
        has_dates = set(map(type, itertools.chain.from_iterable(values))) == {datetime.date}
        return Column(list(map(_joined_dates if has_dates else _joined, values)), _STRING)
    texts = [None if is_missing(value) else _text(value) for value in values]
    types = {type_of(value) for value, text in zip(values, texts, strict=True) if text is not None}
    return Column(texts, frozenset(types), has_gaps=None in texts)


def _text(value: Any) -> str:
    return _as_double(value) if type_of(value) == "double" else as_string(value)


def _as_double(value: Any) -> str:
    if isinstance(value, numbers.Integral):
        return str(int(value))
    number = float(value)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return repr(number if abs(number) >= sys.float_info.min else 0.0)  # igraph refuses subnormals


def as_string(value: Any) -> str:
    """Write a value as a text: lists joined with "; ", dates as ISO 8601 has them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < _LARGEST_DECIMAL else hex(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return "; ".join(sorted(map(as_string, value)))
    if isinstance(value, (list, tuple)):
        return _joined(tuple(value))
    return str(value)


def _joined(values: tuple[Any, ...]) -> str:
    return "; ".join(map(as_string, values))


@functools.lru_cache(maxsize=1 << 14)  # the edges of one article have the same dates
def _joined_dates(dates: tuple[datetime.date, ...]) -> str:
    return "; ".join(date.isoformat() for date in dates)
