"""Where results go: a table for people, CSV, TSV, JSON and JSON lines for programs.

Nothing here imports rich before a table is asked for, so that the other formats stay quick.
"""

import csv
import datetime
import io
import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from graphkit.errors import ExportError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Row = Mapping[str, Any]

ROW_FORMATS = ("table", "csv", "tsv", "json", "jsonl")

_PLAIN_WIDTH = 100  # of a table in a pipe or a file, where there is no terminal to fit
_SHORT = 14  # cells up to this width are not wrapped: a date, a stance, a count

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_STYLES = {
    "supports": "green",
    "opposes": "red",
    "ambivalent": "yellow",
    "mixed": "magenta",
}
_TSV_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up found: `facts` about the thing asked for, and `rows` that `name` names.

    All rows have the same columns, `columns`. A table shows the value of the column `group_by`
    once, above a line, for all rows that share it.
    """

    facts: Mapping[str, Any]
    name: str
    columns: Sequence[str]
    rows: Sequence[Row] = field(default=())
    group_by: str = ""


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


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    part = path.with_name(f".graphkit-{os.getpid()}.part")
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
        value = {**answer.facts, answer.name: [dict(row) for row in answer.rows]}
        _write_json(value, stream)
    elif format == "table":
        _write_table(answer, stream)
    else:
        write_rows(answer.rows, answer.columns, format, stream)


def write_rows(rows: Iterable[Row], columns: Sequence[str], format: str, stream: BinaryIO) -> None:
    """Write the `columns` of rows as one of ROW_FORMATS; JSON is an array of objects."""
    if format == "jsonl":
        for row in rows:
            line = json.dumps(dict(row), ensure_ascii=False, default=_to_json)
            stream.write(line.encode() + b"\n")
    elif format == "json":
        _write_json([dict(row) for row in rows], stream)
    elif format == "table":
        _write_table(Answer({}, "rows", columns, list(rows)), stream)
    else:
        table = itertools.chain([columns], ([row[name] for name in columns] for row in rows))
        lines = _tsv_lines(table) if format == "tsv" else _csv_lines(table)
        stream.writelines(line.encode() for line in lines)


def _write_json(value: Any, stream: BinaryIO) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_to_json)
    stream.write(text.encode() + b"\n")


def _to_json(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _csv_lines(table: Iterable[Sequence[Any]]) -> Iterator[str]:
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
    if isinstance(value, (list, tuple)):
        return "; ".join(map(as_text, value))
    return str(value)


# --- tables -------------------------------------------------------------------------------------


def _write_table(answer: Answer, stream: BinaryIO) -> None:
    """Fit a table to the terminal; without one, or with NO_COLOR, write no escape codes."""
    from rich.console import Console

    is_terminal = stream.isatty()
    width = shutil.get_terminal_size((_PLAIN_WIDTH, 0)).columns
    file = io.StringIO()
    is_coloured = is_terminal and not os.environ.get("NO_COLOR")
    console = Console(
        file=file,
        width=width,
        force_terminal=is_coloured,
        color_system="auto" if is_coloured else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    _print_facts(answer.facts, console)
    if answer.rows:
        console.print(_table(answer))
    elif answer.columns:
        console.print(f"no {answer.name}")
    lines = (line.rstrip() for line in file.getvalue().splitlines())
    stream.writelines(line.encode() + b"\n" for line in lines)


def _print_facts(facts: Mapping[str, Any], console: "Console") -> None:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value not in (None, "", [], ()):
            grid.add_row(_label(name), _cell(value))
    if grid.row_count:
        console.print(grid)
        console.print()


def _table(answer: Answer) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    columns = [name for name in answer.columns if any(as_text(row[name]) for row in answer.rows)]
    for name in columns:
        _add_column(table, name, [row[name] for row in answer.rows])
    for _, rows in itertools.groupby(answer.rows, lambda row: row.get(answer.group_by)):
        for number, row in enumerate(rows):
            repeated = answer.group_by if number > 0 else ""
            table.add_row(*(_cell("" if name == repeated else row[name]) for name in columns))
        if answer.group_by:
            table.add_section()
    return table


def _add_column(table: "Table", name: str, values: Sequence[Any]) -> None:
    is_number = all(isinstance(value, (int, float)) for value in values)
    table.add_column(
        _label(name),
        justify="right" if is_number else "left",
        no_wrap=all(len(as_text(value)) <= _SHORT for value in values),
        overflow="fold",
    )


def _label(name: str) -> "Text":
    from rich.text import Text

    return Text(name.replace("_", " "), style="bold")


def _cell(value: Any) -> "Text":
    """Show a value without the control characters by which a text could move the cursor."""
    from rich.text import Text

    text = _CONTROL.sub(" ", as_text(value))
    return Text(text, style=_STYLES.get(text, ""))
