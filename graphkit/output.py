"""Where results go: a table for people, CSV, TSV, JSON and JSON lines for programs.

What draws a table is imported when one is asked for, so that the other formats stay quick.
"""

import datetime
import io
import itertools
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from graphkit.errors import ExportError

Row = Mapping[str, Any]

ROW_FORMATS = ("table", "csv", "tsv", "json", "jsonl")

_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up found: `facts` about the thing asked for, and `rows` that `name` names.

    All rows have the same `columns`. For people, rows with one value of `group_by` stand together
    under that value, and the columns `below` stand under their row, in the full width: the first as
    a sentence with its source, or, `is_stacked`, each on a line of its own. Where a row has several
    sentences, `sentences` maps what stands before each to its columns. Where there is a `limit`,
    only so many rows are `shown`.
    """

    facts: Mapping[str, Any]
    name: str
    columns: Sequence[str]
    rows: Sequence[Row]
    group_by: str = ""
    below: Sequence[str] = ()
    is_stacked: bool = False
    sentences: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limit: int | None = None

    @property
    def shown(self) -> Sequence[Row]:
        """The rows up to the limit."""
        return self.rows[: self.limit]


@contextmanager
def open_output(target: str) -> Iterator[BinaryIO]:
    """Open standard output for "-", else a file that replaces `target` once it is complete.

    A failure leaves what was there before. Raise ExportError if the file cannot be written.
    """
    if target == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(os.path.realpath(target))  # a link stays, and what it points to is replaced
    try:
        with _replacing(path) if path.is_file() or not path.exists() else path.open("wb") as file:
            yield file
    except OSError as error:
        raise ExportError(f"Cannot write {target}: {error.strerror or error}.") from error


def part_of(target: str | Path) -> Path:
    """Return where the output for `target` stands until it is complete."""
    return Path(os.path.realpath(target)).with_name(f".graphkit-{os.getpid()}.part")


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    part = part_of(path)
    try:
        with part.open("wb") as file:
            yield file
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_answer(answer: Answer, format: str, stream: BinaryIO) -> None:
    """Write an answer as one of ROW_FORMATS.

    JSON is one object, the facts and the rows under their name; CSV, TSV and JSON lines hold the
    rows only.
    """
    if format == "json":
        rows = [_select(row, answer.columns) for row in answer.shown]
        value = {**answer.facts, answer.name: rows}
        _write_json(value, stream)
    elif format == "table":
        _write_page(answer, stream)
    else:
        write_rows(answer.shown, answer.columns, format, stream)


def write_rows(
    rows: Iterable[Row],
    columns: Sequence[str],
    format: str,
    stream: BinaryIO,
    *,
    is_terminal: bool | None = None,
) -> None:
    """Write the `columns` of rows as one of ROW_FORMATS; JSON is an array of objects.

    A table has colours where it `is_terminal` that will show it; None asks the stream.
    """
    if format == "jsonl":
        for row in rows:
            line = json.dumps(_select(row, columns), ensure_ascii=False, default=_to_json)
            stream.write(line.encode() + b"\n")
    elif format == "json":
        _write_json([_select(row, columns) for row in rows], stream)
    elif format == "table":
        _write_page(Answer({}, "rows", columns, list(rows)), stream, is_terminal=is_terminal)
    else:
        table = itertools.chain([columns], ([row[name] for name in columns] for row in rows))
        lines = _tsv_lines(table) if format == "tsv" else _csv_lines(table)
        stream.writelines(line.encode() for line in lines)


def _write_page(answer: Answer, stream: BinaryIO, *, is_terminal: bool | None = None) -> None:
    from graphkit.pages import write_page

    write_page(answer, stream, is_terminal=is_terminal)


def _select(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in columns}


def _write_json(value: Any, stream: BinaryIO) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_to_json)
    stream.write(text.encode() + b"\n")


def _to_json(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _csv_lines(table: Iterable[Sequence[Any]]) -> Iterator[str]:
    import csv  # needed here only, and look-ups start fast

    for row in table:
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow([as_text(value) for value in row])
        yield line.getvalue()


def _tsv_lines(table: Iterable[Sequence[Any]]) -> Iterator[str]:
    for row in table:
        yield "\t".join(as_text(value).translate(_TSV_ESCAPES) for value in row) + "\n"


def as_text(value: Any) -> str:
    """Return a value as a cell holds it: nothing for None, lists joined with "; "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(as_text, value))
    return str(value)
