"""The heat map: which actor stands where on which topic, in an order that shows the camps."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphkit.appearance import STANCE_COLOURS, Colour
from graphkit.errors import ExportError
from graphkit.plot.debate import Debate, Members, score, signed_counts
from graphkit.plot.lettering import elided, width_of
from graphkit.plot.seriation import seriated
from graphkit.plot.sheet import (
    GREY,
    INK,
    LETTERS,
    MARGIN,
    SIGNS,
    SMALL,
    Item,
    Sheet,
    Size,
    hexadecimal,
    name_column,
    write_names,
)
from graphkit.statement import Statement
from graphkit.wording import counted

Value = Literal["mean", "net"]
Cells = Mapping[tuple[str, str], Members]  # by actor and topic

_ROW, _LOWEST_ROW = 26.0, 22.0
_WIDEST_CELL, _NARROWEST_CELL = 74.0, 32.0
_SLANT = 40  # degrees by which the names of topics rise
_LONGEST = 210.0  # pixels of such a name
_TINY = 10.0  # size of the letters in cells
_TOTAL = 34.0  # width of the column of totals
_MIDDLE: Colour = (222, 222, 222)
_BLANK = "#f8f8f8"
_DARK = 0.5  # share of blue from which white letters are the clearer ones


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells with the orders of their rows and columns, and where these stand."""

    cells: Cells
    rows: Sequence[str]
    columns: Sequence[str]
    left: float
    top: float
    wide: float
    high: float

    def x(self, column: int) -> float:
        return self.left + (column + 0.5) * self.wide

    def y(self, row: int) -> float:
        return self.top + (row + 0.5) * self.high


def draw_heatmap(  # noqa: PLR0913  # one for each thing that people choose
    debate: Debate,
    *,
    value: Value = "mean",
    actors: int = 30,
    topics: int = 12,
    title: str = "",
    size: Size | None = None,
) -> Sheet:
    """Draw a table of actors by topics, in which each cell has the colour of its stance.

    `value` is the mean stance of a cell, or "net", its supports less its opposes; the numbers of
    each are in it. Raise ExportError if the size is too small.
    """
    shown = debate.on_most_discussed(topics).of_most_active(actors)
    cells = _cells(shown)
    rows, columns = _orders(cells)
    sheet = Sheet(title or "Who stands where on which topic", [shown.caption], size or Size())
    sheet.note(*shown.notes)
    strengths = _strengths(cells, value)
    _draw_key(sheet, value, cells)
    names = name_column(sheet, rows)
    left = MARGIN + names + 10
    wide = _cell_width(sheet, left, columns)
    _draw_topics(sheet, shown, columns, left, wide)
    high = sheet.share(len(rows), _ROW, _LOWEST_ROW, more=_ROW)
    table = _Table(cells, rows, columns, left, sheet.y, wide, high)
    _draw_cells(sheet, shown, table, strengths)
    _draw_names(sheet, shown, table, names)
    sheet.y += len(rows) * high + _ROW
    return sheet


def _cells(shown: Debate) -> Cells:
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in shown.statements:
        found[shown.name(one), one.topic].append(one)
    return found


def _orders(cells: Cells) -> tuple[list[str], list[str]]:
    """Return actors and topics so that those stand together who say alike of the same."""
    actors, topics = (sorted({pair[end] for pair in cells}) for end in (0, 1))
    table = [
        [score(cells[actor, topic]) if (actor, topic) in cells else 0.0 for topic in topics]
        for actor in actors
    ]
    columns = [list(column) for column in zip(*table, strict=True)]
    return (
        [actors[number] for number in seriated(table)],
        [topics[number] for number in seriated(columns)],
    )


def _strengths(cells: Cells, value: Value) -> dict[tuple[str, str], float]:
    """Return what each cell is worth, from -1 to 1."""
    if value == "mean":
        return {pair: score(members) for pair, members in cells.items()}
    largest = _largest_net(cells)
    return {pair: _net(members) / largest for pair, members in cells.items()}


def _net(members: Members) -> float:
    return score(members) * len(members)


def _largest_net(cells: Cells) -> float:
    return max(1.0, *(abs(_net(members)) for members in cells.values()))


def _draw_key(sheet: Sheet, value: Value, cells: Cells) -> None:
    what, most = "mean stance", "1"
    if value == "net":
        what, most = "supports less opposes", f"{_largest_net(cells):.0f}"
    squares = [
        ("", {"shape": "square", "size": 180, "fill": _colour(step)})
        for step in (-1, -0.5, 0, 0.5, 1)
    ]
    words = ", ".join(f"{SIGNS[name]} {name}" for name in SIGNS)
    ends = (f"{what}: −{most}", None), (f"+{most}", None)
    sheet.add_key([ends[0], *squares, ends[1], (f"number of statements: {words}", None)])


def _colour(strength: float) -> str:
    end = STANCE_COLOURS["supports" if strength > 0 else "opposes"]
    mixed = (
        round(middle + abs(strength) * (full - middle))
        for middle, full in zip(_MIDDLE, end, strict=True)
    )
    red, green, blue = mixed
    return hexadecimal((red, green, blue))


# --- names --------------------------------------------------------------------------------------


def _cell_width(sheet: Sheet, left: float, columns: Sequence[str]) -> float:
    """Return how wide cells can be, with room for the totals and for the last name's slant."""
    last = min(width_of(columns[-1], LETTERS), _LONGEST)
    right = max(_TOTAL, math.cos(math.radians(_SLANT)) * last)
    room = sheet.size.width - MARGIN - left - right
    if room < len(columns) * _NARROWEST_CELL:
        raise ExportError(
            f"A width of {sheet.size.width} is too small for {counted(len(columns), 'topic')}: "
            "choose a greater --width, or show fewer with --topics."
        )
    return min(room / len(columns), _WIDEST_CELL)


def _draw_topics(
    sheet: Sheet, shown: Debate, columns: Sequence[str], left: float, wide: float
) -> None:
    """Write the names of the topics above their columns, in a slant."""
    by_topic = shown.by_topic()
    names = [elided(name, _LONGEST, LETTERS) for name in columns]
    longest = max(width_of(name, LETTERS) for name in names)
    sheet.y += math.sin(math.radians(_SLANT)) * longest + 14
    items = [
        {
            "x": left + (number + 0.5) * wide,
            "y": sheet.y - 8,
            "text": name,
            **shown.tip(by_topic[topic], topic),
        }
        for number, (name, topic) in enumerate(zip(names, columns, strict=True))
    ]
    sheet.add_text(items, angle=-_SLANT, align="left")


def _draw_names(sheet: Sheet, shown: Debate, table: _Table, room: float) -> None:
    """Write the names of the actors, and how many statements each row and column has."""
    by_actor, by_topic = shown.by_actor(), shown.by_topic()
    names = [
        (name, table.y(row), shown.tip(by_actor[name], name)) for row, name in enumerate(table.rows)
    ]
    write_names(sheet, names, table.left - 10, room)
    edge = table.left + len(table.columns) * table.wide
    of_rows = [{"x": edge + 8, "y": y, "text": str(len(by_actor[name]))} for name, y, _ in names]
    sheet.add_text(of_rows, align="left", fontSize=SMALL, fill=GREY)
    below = table.y(len(table.rows) - 1) + table.high / 2 + 12
    of_columns = [
        {"x": table.x(column), "y": below, "text": str(len(by_topic[name]))}
        for column, name in enumerate(table.columns)
    ]
    sheet.add_text(of_columns, align="center", fontSize=SMALL, fill=GREY)
    sheet.add_text(
        [{"x": table.left - 10, "y": below, "text": "statements"}],
        align="right",
        fontSize=SMALL,
        fill=GREY,
    )


# --- cells --------------------------------------------------------------------------------------


def _draw_cells(
    sheet: Sheet, shown: Debate, table: _Table, strengths: Mapping[tuple[str, str], float]
) -> None:
    boxes: list[Item] = []
    blank: list[Item] = []
    words: list[Item] = []
    for row, actor in enumerate(table.rows):
        for column, topic in enumerate(table.columns):
            members = table.cells.get((actor, topic), [])
            x, y = table.x(column), table.y(row)
            box = {
                "x": x - table.wide / 2 + 1,
                "x2": x + table.wide / 2 - 1,
                "y": y - table.high / 2 + 1,
                "y2": y + table.high / 2 - 1,
            }
            if not members:
                blank.append(box)
                continue
            strength = strengths[actor, topic]
            tip = shown.tip(members, f"{actor}: {topic}", mean=f"{score(members):+.2f}")
            boxes.append({**box, "fill": _colour(strength), **tip})
            words.append(
                {
                    "x": x,
                    "y": y,
                    "text": _counts(members, table.wide - 4),
                    "fill": "white" if strength > _DARK else INK,
                }
            )
    sheet.add("rect", blank, fill=_BLANK)
    sheet.add("rect", boxes)
    for word in words:
        lines = len(word["text"])
        word["y"] -= (lines - 1) * _TINY / 2
    sheet.add_text(words, align="center", fontSize=_TINY, lineHeight=_TINY)


def _counts(members: Members, room: float) -> list[str]:
    """Return "+3" and "−1" in as few lines as fit, or only their sum where three were needed."""
    lines: list[str] = []
    for part in signed_counts(members).split():
        if lines and width_of(lines[-1] + part, _TINY) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    return lines if len(lines) <= 2 else [f"{len(members)}"]
