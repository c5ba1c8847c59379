"""Tables as users write them: CSV or TSV, whose first line names the columns."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import GraphkitError

OnMistake = Callable[[int, str], None]
"""Called with the line of a mistake and what is wrong."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the columns in their order, and the mark between them."""

    columns: tuple[str, ...]
    delimiter: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number, and its cells by column, "" where it breaks off."""

    line: int
    cells: Mapping[str, str]


def read_text(path: Path, name: str, error: type[GraphkitError]) -> str:
    """Return a UTF-8 text file without its byte order mark.

    Raise `error`, which calls the file a `name`, for one that cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as failure:
        reason = failure.strerror or failure
        raise error(f"The {name} {path} cannot be read: {reason}") from failure
    except UnicodeDecodeError as failure:
        line = failure.object.count(b"\n", 0, failure.start) + 1
        raise error(f"{path}:{line}: not UTF-8; save the file as such") from failure


def read_header(text: str, synonyms: Mapping[str, str]) -> Header:
    """Return the header of a table; `synonyms` maps other names of columns to ours.

    >>> read_header("Label;alternative", {"alternative": "alternatives"})
    Header(columns=('label', 'alternatives'), delimiter=';')
    """
    line = text.partition("\n")[0]
    delimiter = next((mark for mark in "\t;" if mark in line), ",")
    try:
        names = [name.strip().casefold() for name in _cells(line, delimiter)]
    except ValueError:
        names = []
    while names and not names[-1]:  # spreadsheets write the empty columns of their sheets, too
        names.pop()
    return Header(tuple(synonyms.get(name, name) for name in names), delimiter)


def check_columns(header: Header, known: Sequence[str], on_mistake: OnMistake) -> None:
    """Tell of columns that are unknown, or named twice."""
    for number, name in enumerate(header.columns):
        if name not in known:
            message = f"the column '{name}' is unknown; known are {', '.join(known)}"
            on_mistake(1, message)
        elif name in header.columns[:number]:
            on_mistake(1, f"the column '{name}' is there twice")


def iter_rows(text: str, header: Header, on_mistake: OnMistake) -> Iterator[Row]:
    """Yield the lines below the header but for blank ones.

    Each line stands for itself, so that a forgotten quotation mark costs one line and not the rest.
    """
    lines = text.split("\n")  # and not at the marks inside a line that splitlines() knows
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            yield Row(number, _by_column(header.columns, _cells(line, header.delimiter)))
        except ValueError as error:
            on_mistake(number, str(error))


def parts(cell: str) -> list[str]:
    """Return the parts of a cell that holds several texts: "cuts | tax cuts"."""
    return [part for part in map(str.strip, cell.split("|")) if part]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r")], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        message = f'broken quotation marks ({error}); inside of them, write " twice'
        raise ValueError(message) from None


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        message = f"{len(cells)} fields, but the header has {len(columns)}"
        raise ValueError(f'{message}; put "" around a field that holds the separator')
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return dict(zip(columns, padded, strict=False))
