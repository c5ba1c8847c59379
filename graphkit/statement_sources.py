"""Statements from wherever people have them: our objects, dicts, data frames, files, stores."""

import csv
import datetime
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graphkit.article import Article
from graphkit.errors import StatementError
from graphkit.statement import (
    ACTOR_TYPES,
    QUOTES,
    STANCES,
    STATEMENT_FIELDS,
    Actor,
    Span,
    Statement,
)
from graphkit.store import Store
from graphkit.tables_file import read_text


class Frame(Protocol):
    """What types need to know of a data frame of pandas or polars."""

    @property
    def columns(self) -> Any:
        """The names of its columns."""


Source = Store | str | os.PathLike[str] | Iterable[Statement | Mapping[str, Any]] | Frame
"""What `read_source` takes."""

_NEEDED = ("actor", "stance", "topic")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "stance": STANCES,
    "actor_type": ("", *ACTOR_TYPES),
    "quote": ("", *QUOTES),
}
_UNSAID: Mapping[str, Any] = {
    "date": None,
    "start": 0,
    "end": 0,
    "actor_span": None,
    "cue_span": None,
    "topic_span": None,
    "confidence": 1.0,
}  # all other fields are texts, and empty


@dataclass(frozen=True, slots=True)
class Told:
    """The statements of a source, and what it knows of their actors and articles."""

    statements: list[Statement]
    actors: list[Actor]
    articles: list[Article]


def read_source(source: Source, *, roll_up: bool = False) -> Told:
    """Return the statements of a source, in its order.

    A source is a `Store` or its folder, a .jsonl or .csv file as ``graphkit export`` writes them, a
    data frame, or any number of `Statement`s and dicts with their fields, of which only actor,
    stance and topic are needed. `roll_up` counts statements of a store for the widest topics that
    theirs belong to. Raise StatementError for what is no statement, and StoreError for a folder
    that is no store.
    """
    if isinstance(source, Store):
        return _read_store(source, roll_up=roll_up)
    if isinstance(source, str | os.PathLike) and Path(source).is_dir():
        with Store.open(Path(source), read_only=True) as store:
            return _read_store(store, roll_up=roll_up)
    if roll_up:
        raise StatementError("Only a store knows which topics are wider: give one for roll_up.")
    if isinstance(source, str | os.PathLike):
        return Told(list(_read_file(Path(source))), [], [])
    rows = _rows(source)
    if isinstance(rows, Mapping) or not isinstance(rows, Iterable):
        raise StatementError(f"A {type(source).__name__} is no list of statements.")
    return Told([_statement(row, f"Row {n}") for n, row in enumerate(rows, 1)], [], [])


def _read_store(store: Store, *, roll_up: bool) -> Told:
    from graphkit.rollup import chosen_statements

    statements = chosen_statements(store, None, None, roll_up=roll_up)
    return Told(statements, store.actors(), store.articles())


def _rows(source: Any) -> Any:
    """Return the rows of a data frame as dicts; all else is rows already."""
    if hasattr(source, "to_dicts"):  # polars
        return source.to_dicts()
    if hasattr(source, "columns") and hasattr(source, "to_dict"):  # pandas, with its kinds of NaN
        return source.astype(object).where(source.notna(), None).to_dict("records")
    return source


def _read_file(path: Path) -> Iterator[Statement]:
    readers: Mapping[str, Callable[[str, Path], Iterator[tuple[int, Any]]]] = {
        ".csv": _csv_rows,
        ".jsonl": _json_rows,
    }
    if path.suffix.lower() not in readers:
        raise StatementError(f"{path} is no .csv or .jsonl file of statements, and no store.")
    text = read_text(path, "file", StatementError)
    for line, row in readers[path.suffix.lower()](text, path):
        yield _statement(row, f"{path}:{line}")


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise StatementError(f"{path}:{reader.line_num}: {error}") from error


def _json_rows(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise StatementError(f"{path}:{number}: no JSON: {error}") from error


# --- one statement ------------------------------------------------------------------------------


def _statement(row: Any, place: str) -> Statement:
    """Return a statement as it is, or that of a dict. Raise StatementError, with the place."""
    if isinstance(row, Statement):
        return row
    if not isinstance(row, Mapping):
        raise StatementError(f"{place}: a {type(row).__name__} is no statement.")
    given = {name: row[name] for name in STATEMENT_FIELDS if not _is_missing(row.get(name))}
    if missing := [name for name in _NEEDED if name not in given]:
        raise StatementError(f"{place}: no {missing[0]}; a statement needs {', '.join(_NEEDED)}.")
    values = {name: given.get(name, _UNSAID.get(name, "")) for name in STATEMENT_FIELDS}
    values["id"] = values["id"] or place.lower()
    for name, choices in _CHOICES.items():
        if values[name] not in choices:
            listed = ", ".join(filter(None, choices))
            raise StatementError(f"{place}: no {name} '{values[name]}': there are {listed}.")
    return Statement(**{name: _value(name, values[name], place) for name in STATEMENT_FIELDS})


def _is_missing(value: Any) -> bool:
    is_not_itself = isinstance(value, float | datetime.date) and value != value  # NaN and NaT
    return value is None or value == "" or is_not_itself


def _value(name: str, value: Any, place: str) -> Any:
    try:
        if name == "date":
            return _date(value)
        if name.endswith("_span"):
            return _span(value)
        if name in {"start", "end"}:
            return int(value)
        if name == "confidence":
            return _share(value)
    except (TypeError, ValueError):
        raise StatementError(f"{place}: '{value}' is no {name.replace('_', ' ')}.") from None
    return str(value)


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)  # which reads days, too
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    raise TypeError(value)


def _share(value: Any) -> float:
    """Return a number from 0 to 1; draws keep a statement with the probability that this is."""
    share = float(value)
    if not 0 <= share <= 1:  # nor is NaN
        raise ValueError(value)
    return share


def _span(value: Any) -> Span | None:
    """Return the span that JSON has as a list, and CSV as "start:end"."""
    if value is None:
        return None
    start, end = value.split(":") if isinstance(value, str) else value
    return int(start), int(end)
