"""Statements as tables: CSV (RFC 4180) and JSON lines, with the fields of the JSON contract."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from graphkit.statement import STATEMENT_FIELDS, Statement

_SPANS = ("actor_span", "cue_span", "topic_span")


def write_csv(statements: Iterable[Statement], stream: BinaryIO) -> None:
    """Write a header and one row for each statement, in UTF-8, with CRLF line ends.

    A span is "start:end"; an unknown date or span is empty. Texts are written as they are, even
    where a spreadsheet would take one that begins with "=" for a formula: import them as text.
    """
    with _as_text(stream) as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(STATEMENT_FIELDS)
        writer.writerows(to_row(statement).values() for statement in statements)


def read_csv(stream: BinaryIO) -> Iterator[Statement]:
    """Yield the statements that `write_csv` wrote. Raise KeyError for a missing column."""
    with _as_text(stream) as file:
        yield from map(from_row, csv.DictReader(file))


def write_jsonl(statements: Iterable[Statement], stream: BinaryIO) -> None:
    """Write one JSON object a line for each statement, in UTF-8."""
    lines = (json.dumps(found.to_json(), ensure_ascii=False) for found in statements)
    stream.writelines(line.encode() + b"\n" for line in lines)


def read_jsonl(stream: BinaryIO) -> Iterator[Statement]:
    """Yield the statements that `write_jsonl` wrote. Raise KeyError for a missing field."""
    return (Statement.from_json(json.loads(line)) for line in stream)


def to_row(statement: Statement) -> dict[str, str]:
    """Return the fields of a statement as CSV holds them."""
    values = statement.to_json()
    for name in _SPANS:
        values[name] = "" if values[name] is None else ":".join(map(str, values[name]))
    return {name: "" if value is None else str(value) for name, value in values.items()}


def from_row(row: Mapping[str, str]) -> Statement:
    """Read what `to_row` wrote. Raise KeyError for a missing field."""
    values = {
        **row,
        "start": int(row["start"]),
        "end": int(row["end"]),
        "confidence": float(row["confidence"]),
        **{name: _span(row[name]) for name in _SPANS},
    }
    return Statement.from_json(values)


def _span(text: str) -> list[int] | None:
    return [int(part) for part in text.split(":")] if text else None


@contextmanager
def _as_text(stream: BinaryIO) -> Iterator[TextIO]:
    """Open a binary stream as UTF-8 text for a while, and leave it open."""
    file = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield file
    finally:
        file.detach()
