"""What a person reads of an answer: facts, tables, and sentences below their rows."""

import itertools
import os
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from graphkit.output import Answer, Row, as_text
from graphkit.styled import (
    Styled,
    cells,
    coloured,
    fitted,
    joined,
    longest_word,
    plain,
    styled,
    wrapped,
)

_PLAIN_WIDTH = 100  # of a table in a pipe or a file, where there is no terminal to fit
_LISTED = 5  # names of a fact that a table shows; the other formats show all
_GAP = 2  # blanks between two columns
_TABLE_GAP = 3  # and in a table, where rows stand close
_STUB = 4  # letters that stay together of a word of the header
_INDENT = 4  # of what stands below a row

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_STYLES = {
    "supports": "green",
    "opposes": "red",
    "ambivalent": "yellow",
    "mixed": "magenta",
}

Line = Sequence[Styled]
"""The cells of a row."""


def write_page(answer: Answer, stream: BinaryIO, *, is_terminal: bool | None = None) -> None:
    """Fit an answer to the terminal; in a pipe, in a file or with NO_COLOR without escape codes.

    It has colours where it `is_terminal` that will show it; None asks the stream.
    """
    is_shown = stream.isatty() if is_terminal is None else is_terminal
    has_colours = is_shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((_PLAIN_WIDTH, 0)).columns
    for line in _page(answer, width):
        text = coloured(line) if has_colours else plain(line)
        stream.write(text.rstrip().encode() + b"\n")


def _page(answer: Answer, width: int) -> Iterator[Styled]:
    yield from _facts(answer, width)
    if not answer.rows:
        yield _cell(f"no {answer.name}")
    elif answer.below or answer.sentences:
        yield from _cards(answer, width)
    else:
        yield from _table(answer, width)


def _facts(answer: Answer, width: int) -> Iterator[Styled]:
    facts = {name: value for name, value in answer.facts.items() if as_text(value)}
    lines = [(_label(name), _cell(_abridged(value))) for name, value in facts.items()]
    if lines:
        yield from itertools.chain(*_aligned(lines, width, _GAP))
    if answer.facts:
        yield ()


def _abridged(value: Any) -> Any:
    """Cut a long list: a topic of a codebook can have thirty other names."""
    if not isinstance(value, (list, tuple)) or len(value) <= _LISTED:
        return value
    return [*value[:_LISTED], f"and {len(value) - _LISTED} more"]


def _table(answer: Answer, width: int) -> Iterator[Styled]:
    columns = _filled_columns(answer)
    rows = [
        [_cell("" if number and name == answer.group_by else row[name]) for name in columns]
        for _, grouped in _groups(answer)
        for number, row in enumerate(grouped)
    ]
    ends = set(itertools.accumulate(len(list(grouped)) for _, grouped in _groups(answer)))
    header, *lines = _aligned(
        [[_label(name) for name in columns], *rows], width, _TABLE_GAP, _numeric(answer, columns)
    )
    yield from header
    yield (("─" * max((cells(plain(line)) for line in header), default=0), ""),)
    for number, line in enumerate(lines, 1):
        yield from line
        if answer.group_by and number in ends and number < len(lines):
            yield ()


def _filled_columns(answer: Answer, hidden: Collection[str] = ()) -> list[str]:
    """Return the columns in which something stands; where nothing does anywhere, all."""
    names = [name for name in answer.columns if name not in hidden]
    return [name for name in names if any(as_text(row[name]) for row in answer.shown)] or names


def _groups(answer: Answer) -> Iterator[tuple[Any, Iterator[Row]]]:
    return itertools.groupby(answer.shown, lambda row: row.get(answer.group_by))


def _numeric(answer: Answer, columns: Iterable[str]) -> list[bool]:
    """Tell which columns hold numbers; True is a number to Python, but not to a reader."""
    given = ([row[name] for row in answer.shown if row[name] is not None] for name in columns)
    return [all(type(value) in {int, float} for value in values) for values in given]


def _cards(answer: Answer, width: int) -> Iterator[Styled]:
    """Yield each row as a line, and its sentence below it, where it has the full width."""
    hidden = {answer.group_by, *answer.below, *itertools.chain(*answer.sentences.values())}
    columns = _filled_columns(answer, hidden)
    rows = [[_cell(row[name]) for name in columns] for row in answer.shown]
    header = [_label(name) for name in columns]
    lines = _aligned([header, *rows], width, _GAP, _numeric(answer, columns))
    totals = Counter(row.get(answer.group_by) for row in answer.rows)
    yield from next(lines)
    yield ()
    for value, grouped in _groups(answer):
        group = list(grouped)
        if answer.group_by:
            total = totals[value]
            count = f"{total}" if len(group) == total else f"{len(group)} of {total}"
            yield (*_cell(value), (f" ({count})", ""))
        for row in group:
            yield from next(lines)
            for line in wrapped(_below(answer, row), max(width - _INDENT, 1)):
                yield ((" " * _INDENT, ""), *line)
            yield ()


def _aligned(
    rows: Sequence[Line], width: int, gap: int, is_right: Sequence[bool] | None = None
) -> Iterator[list[Styled]]:
    """Yield the lines of each row; all rows share the widths of their columns.

    `is_right` tells for each column whether its cells end at its right side.
    """
    widths = _widths(rows, width - gap * (len(rows[0]) - 1))
    sides = is_right or [False] * len(widths)
    for row in rows:
        parts = [wrapped(cell, room) for cell, room in zip(row, widths, strict=True)]
        lines = itertools.zip_longest(*parts, fillvalue=())
        yield [joined([*map(_padded, line, widths, sides)], " " * gap) for line in lines]


def _widths(rows: Sequence[Line], room: int) -> list[int]:
    """Return the widths of columns: words are broken last, and those of the first row first."""
    columns = list(zip(*rows, strict=True))
    natural = [max(cells(plain(cell)) for cell in column) for column in columns]
    words = [[longest_word(cell) for cell in column] for column in columns]
    whole = [max(column) for column in words]
    below = [max(min(_STUB, column[0]), *column[1:], 1) for column in words]
    least = next((one for one in (whole, below) if sum(one) <= room), ())
    return fitted(natural, room, least)


def _padded(text: Styled, width: int, is_right: bool) -> Styled:  # noqa: FBT001 # maps columns
    blanks = (" " * (width - cells(plain(text))), "")
    return (blanks, *text) if is_right else (*text, blanks)


def _below(answer: Answer, row: Row) -> Styled:
    """Return what stands under a row."""
    if answer.sentences:
        named = ((name, _filled(row, columns)) for name, columns in answer.sentences.items())
        told = [_cell(f"{name}: ") + _sentence(parts) for name, parts in named if parts]
        return joined(told, "\n")
    parts = _filled(row, answer.below)
    return joined(parts, "\n") if answer.is_stacked else _sentence(parts)


def _filled(row: Row, columns: Sequence[str]) -> list[Styled]:
    return [_cell(row[name]) for name in columns if as_text(row[name])]


def _sentence(parts: Sequence[Styled]) -> Styled:
    origin = styled(joined(parts[1:], ", "), "dim")
    return joined([*parts[:1], origin] if origin else parts[:1], " — ")


def _label(name: str) -> Styled:
    return ((name.replace("_", " "), "bold"),)


def _cell(value: Any) -> Styled:
    """Show a value without the control characters by which a text could move the cursor."""
    text = _CONTROL.sub(" ", as_text(value))
    return ((text, _STYLES.get(text, "")),)
