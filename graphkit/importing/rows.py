"""Read the rows of a table of statements: CSV, TSV or JSON lines, each with its line."""

import csv
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkit.errors import ImportFault
from graphkit.importing.fields import is_empty
from graphkit.importing.parcel import Choices
from graphkit.statement import STATEMENT_FIELDS
from graphkit.tables_file import read_text

OnFault = Callable[[ImportFault], None]

MORE_FIELDS = ("title", "source", "url", "text", "coder")
"""What a row may say of its article and of who coded it, besides the fields of a statement."""

_FIELDS = frozenset({*STATEMENT_FIELDS, *MORE_FIELDS})
_IDS = frozenset({"id", "article"})
_NUMBERS = frozenset({"start", "end", "actor_span", "cue_span", "topic_span", "confidence"})
_TEXTS = _FIELDS - _NUMBERS
_NEEDED = ("actor", "stance", "topic", "evidence")
_JSON = (".jsonl", ".ndjson")
_LONGEST = 2**30  # bytes of one cell: csv's own limit is shorter than an article


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says by the names of fields; `place` is its file and line."""

    place: str
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a field that is a text; what is missing or null is ""."""
        return str(self.values.get(name) or "")


def read_rows(path: Path, choices: Choices, on_fault: OnFault) -> tuple[list[Row], list[str]]:
    """Return the rows of a file, and the names of columns that say nothing to us.

    Wrong rows are given to `on_fault`. Raise ImportFault for a file that cannot be read, or without
    a column that is needed.
    """
    text = read_text(path, "table", ImportFault)
    is_json = path.suffix.lower() in _JSON
    read = _json_rows if is_json else _csv_rows
    names = _names(choices)
    rows = []
    unknown: dict[str, None] = {}
    for number, values in read(text, path, names, on_fault):
        unknown |= dict.fromkeys(name for name in values if name not in {*_FIELDS, *names})
        place = f"{path}:{number}"
        try:
            rows.append(Row(place, _cleaned(_renamed(values, names, choices))))
        except ValueError as error:
            on_fault(ImportFault(f"{place}: {error}"))
    return rows, list(unknown)


def _names(choices: Choices) -> dict[str, str]:
    """Return the names that the user gives to columns, with ours."""
    given = dict.fromkeys(choices.actor, "actor")
    return given | {name: ours for name, ours in _given(choices) if name}


def _given(choices: Choices) -> tuple[tuple[str, str], ...]:
    return (choices.topic, "topic"), (choices.stance, "stance")


def _renamed(
    values: Mapping[str, Any], names: Mapping[str, str], choices: Choices
) -> dict[str, Any]:
    ours = {name: value for name, value in values.items() if name in _FIELDS}
    for name, field in reversed([*names.items()]):  # of several actors the first counts
        if values.get(name):
            ours[field] = values[name]
    stance = ours.get("stance")
    if not isinstance(stance, (dict, list, float)) and stance is not None:
        ours["stance"] = choices.stances.get(str(stance).strip(), stance)
    return ours


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values whose texts are NFC with plain line ends, and without blanks around them.

    Raise ValueError for one that should be a text and is none.
    """
    cleaned = dict(values)
    for name in _TEXTS & values.keys():
        value = values[name]
        if isinstance(value, int) and not isinstance(value, bool) and name in _IDS:
            value = str(value)
        if not isinstance(value, str) and value is not None:
            raise ValueError(f"{name} is {value!r:.40}, not a text")
        plain = unicodedata.normalize(
            "NFC", (value or "").replace("\r\n", "\n").replace("\r", "\n")
        )
        is_placed = name == "text" or (name == "evidence" and not is_empty(values.get("start")))
        cleaned[name] = plain if is_placed else plain.strip()
        if any("\ud800" <= char <= "\udfff" for char in plain):  # JSON can escape half a character
            raise ValueError(f"{name} has half a surrogate pair; write the whole character")
    return cleaned


# --- JSON lines ---------------------------------------------------------------------------------


def _json_rows(
    text: str, path: Path, _: Mapping[str, str], on_fault: OnFault
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
        except json.JSONDecodeError as error:
            on_fault(ImportFault(f"{path}:{number}: not JSON: {error.msg} at column {error.colno}"))
            continue
        except (ValueError, RecursionError) as error:
            on_fault(ImportFault(f"{path}:{number}: not JSON that can be read: {error}"))
            continue
        if isinstance(values, dict):
            yield number, values
        else:
            on_fault(ImportFault(f"{path}:{number}: not a JSON object; each line is a statement"))


# --- CSV ----------------------------------------------------------------------------------------


def _csv_rows(
    text: str, path: Path, names: Mapping[str, str], on_fault: OnFault
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = text.splitlines(keepends=True) if "\n" not in text else text.split("\n")
    lines = [f"{line}\n" for line in lines]
    delimiter = _delimiter(path, lines[0] if lines else "")
    records = _records(lines, delimiter, lambda line, what: on_fault(_fault(path, line, what)))
    _, header = next(records, (1, []))
    columns = [_column(name, names) for name in header]
    while columns and not columns[-1]:
        columns.pop()
    _check_columns(columns, names, path)
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            what = f"{len(cells)} fields, but the header has {len(columns)}"
            on_fault(_fault(path, number, what))
            continue
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        yield number, dict(zip(columns, padded, strict=False))


def _fault(path: Path, line: int, what: str) -> ImportFault:
    return ImportFault(f"{path}:{line}: {what}")


def _delimiter(path: Path, header: str) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    return max(",;\t", key=lambda mark: (header.count(mark), mark == ","))


def _column(name: str, names: Mapping[str, str]) -> str:
    stripped = name.strip()
    return stripped if stripped in names else stripped.casefold().replace(" ", "_")


def _check_columns(columns: Sequence[str], names: Mapping[str, str], path: Path) -> None:
    twice = next((name for name in columns if name and columns.count(name) > 1), "")
    if twice:
        raise ImportFault(f"{path}:1: the column '{twice}' is there twice")
    missing = [name for name in names if name not in columns]
    ours = {names.get(name, name) for name in columns}
    missing += [name for name in _NEEDED if name not in ours]
    if missing:
        there = ", ".join(filter(None, columns)) or "none"
        raise ImportFault(
            f"{path}:1: no column '{missing[0]}'; there are {there}. Needed are "
            f"{', '.join(_NEEDED)}; --actor, --topic and --stance name those called otherwise"
        )


def _records(
    lines: Sequence[str], delimiter: str, on_fault: Callable[[int, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line of each record, and its cells; a broken one costs its first line."""
    csv.field_size_limit(_LONGEST)
    start = 0
    while start < len(lines):
        rest = (lines[number] for number in range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        try:
            yield start + 1, next(reader)
            start += reader.line_num
        except csv.Error as error:
            on_fault(
                start + 1, f"broken quotation marks ({error}); inside of them, write them twice"
            )
            start += 1
