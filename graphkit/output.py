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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from graphkit.errors import ExportError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

Row = Mapping[str, Any]

ROW_FORMATS = ("table", "csv", "tsv", "json", "jsonl")

_PLAIN_WIDTH = 100  # of a table in a pipe or a file, where there is no terminal to fit
_NARROW = 14  # cells up to this width are not wrapped: a date, a stance, a count
_LISTED = 5  # names of a fact that a table shows; the other formats show all
_GAP = 2  # blanks between two columns

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
        _write_table(answer, stream)
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
        _write_table(Answer({}, "rows", columns, list(rows)), stream, is_terminal=is_terminal)
    else:
        table = itertools.chain([columns], ([row[name] for name in columns] for row in rows))
        lines = _tsv_lines(table) if format == "tsv" else _csv_lines(table)
        stream.writelines(line.encode() for line in lines)


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


# --- tables for people --------------------------------------------------------------------------


def _write_table(answer: Answer, stream: BinaryIO, *, is_terminal: bool | None = None) -> None:
    """Fit a table to the terminal; in a pipe, in a file or with NO_COLOR without escape codes."""
    from rich.console import Console

    page = io.StringIO()
    is_shown = stream.isatty() if is_terminal is None else is_terminal
    is_coloured = is_shown and not os.environ.get("NO_COLOR")
    console = Console(
        file=page,
        width=shutil.get_terminal_size((_PLAIN_WIDTH, 0)).columns,
        force_terminal=is_coloured,
        color_system="auto" if is_coloured else None,
        highlight=False,
        emoji=False,
        markup=False,
    )
    _print_facts(answer, console)
    if not answer.rows:
        console.print(f"no {answer.name}")
    elif answer.below or answer.sentences:
        _print_cards(answer, console)
    else:
        console.print(_table(answer))
    stream.writelines(line.rstrip().encode() + b"\n" for line in page.getvalue().split("\n")[:-1])


def _print_facts(answer: Answer, console: "Console") -> None:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    for name, value in answer.facts.items():
        if as_text(value):
            grid.add_row(_label(name), _cell(_abridged(value)))
    if answer.facts:
        console.print(grid, "", sep="\n")


def _abridged(value: Any) -> Any:
    """Cut a long list: a topic of a codebook can have thirty other names."""
    if not isinstance(value, (list, tuple)) or len(value) <= _LISTED:
        return value
    return [*value[:_LISTED], f"and {len(value) - _LISTED} more"]


def _filled_columns(answer: Answer) -> list[str]:
    return [name for name in answer.columns if any(as_text(row[name]) for row in answer.shown)]


def _table(answer: Answer) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    columns = _filled_columns(answer)
    for name in columns:
        values = [row[name] for row in answer.shown]
        is_narrow = all(len(as_text(value)) <= _NARROW for value in values)
        table.add_column(_label(name), justify=_justify(values), no_wrap=is_narrow, overflow="fold")
    for _, rows in _groups(answer):
        for number, row in enumerate(rows):
            repeated = answer.group_by if number else ""
            table.add_row(*(_cell("" if name == repeated else row[name]) for name in columns))
        if answer.group_by:
            table.add_section()
    return table


def _groups(answer: Answer) -> Iterator[tuple[Any, Iterator[Row]]]:
    return itertools.groupby(answer.shown, lambda row: row.get(answer.group_by))


def _print_cards(answer: Answer, console: "Console") -> None:
    """Print each row as a line, and its sentence below it, where it has the full width."""
    from rich.padding import Padding

    hidden = {answer.group_by, *answer.below, *itertools.chain(*answer.sentences.values())}
    columns = [name for name in _filled_columns(answer) if name not in hidden]
    lines = _aligned(columns, answer.shown, console.width)
    totals = Counter(row.get(answer.group_by) for row in answer.rows)
    console.print(next(lines), "", sep="\n")
    for value, grouped in _groups(answer):
        rows = list(grouped)
        if answer.group_by:
            total = totals[value]
            count = f"{total}" if len(rows) == total else f"{len(rows)} of {total}"
            console.print(_cell(value), f"({count})")
        for row in rows:
            console.print(next(lines))
            console.print(Padding(_below(answer, row), (0, 0, 1, 4)))


def _aligned(columns: Sequence[str], rows: Sequence[Row], width: int) -> Iterator["Table"]:
    """Yield a header and one line for each row, which share the widths of their columns."""
    from rich.table import Table

    header = [_label(name) for name in columns]
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    widths = [max(cell.cell_len for cell in column) for column in zip(header, *cells, strict=True)]
    while sum(widths) + _GAP * (len(widths) - 1) > width and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1  # the widest wraps first, dates and counts last
    sides = [_justify([row[name] for row in rows]) for name in columns]
    for line in [header, *cells]:
        table = Table.grid(padding=(0, _GAP))
        for side, room in zip(sides, widths, strict=True):
            table.add_column(justify=side, width=room, overflow="fold")
        table.add_row(*line)
        yield table


def _justify(values: Sequence[Any]) -> Literal["left", "right"]:
    """Align numbers at their last digit; True is a number to Python, but not to a reader."""
    return "right" if all(type(value) in {int, float} for value in values) else "left"


def _below(answer: Answer, row: Row) -> "Text":
    """Return what stands under a row."""
    if answer.sentences:
        named = ((name, _filled(row, columns)) for name, columns in answer.sentences.items())
        return _stacked([_cell(f"{name}: ") + _sentence(parts) for name, parts in named if parts])
    parts = _filled(row, answer.below)
    return _stacked(parts) if answer.is_stacked else _sentence(parts)


def _filled(row: Row, columns: Sequence[str]) -> list["Text"]:
    return [_cell(row[name]) for name in columns if as_text(row[name])]


def _sentence(parts: Sequence["Text"]) -> "Text":
    from rich.text import Text

    origin = Text(", ").join(parts[1:])
    origin.stylize("dim")
    return Text(" — ").join([parts[0], origin] if origin else [parts[0]])


def _stacked(parts: Sequence["Text"]) -> "Text":
    from rich.text import Text

    return Text("\n").join(parts)


def _label(name: str) -> "Text":
    from rich.text import Text

    return Text(name.replace("_", " "), style="bold")


def _cell(value: Any) -> "Text":
    """Show a value without the control characters by which a text could move the cursor."""
    from rich.text import Text

    text = _CONTROL.sub(" ", as_text(value))
    return Text(text, style=_STYLES.get(text, ""))
