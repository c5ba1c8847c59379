"""Camps: for each topic the actors that support it, oppose it, or leave it open, side by side."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graphkit.errors import ExportError
from graphkit.plot.debate import Debate, Members, signed_counts
from graphkit.plot.lettering import elided, width_of
from graphkit.plot.sheet import (
    COLOURS,
    GREY,
    LETTERS,
    MARGIN,
    PALE,
    SIGNS,
    SMALL,
    Item,
    Sheet,
    Size,
    symbol_of,
)
from graphkit.positions import latest_of, stance_before, stance_counts
from graphkit.spells import MIXED, stance_of
from graphkit.statement import STANCES
from graphkit.wording import counted

_SIDES = {
    "supports": ("supports",),
    "ambivalent": ("ambivalent", MIXED),
    "opposes": ("opposes",),
}
"""The columns, and which latest words of an actor put it there."""

_HEAD, _BELOW = 44.0, 18.0  # height of what stands above the rows of a topic, and below them
_ROW, _LOWEST_ROW = 20.0, 14.0
_BAR, _GAP = 74.0, 14.0  # the longest bar, and what is between two columns
_INDENT = 10.0  # from the symbol of a side to its head
_LEAST_NAME = 90.0

_Side = Sequence[tuple[str, Members]]  # its actors with their statements, the strongest first


@dataclass(frozen=True, slots=True)
class _Camps:
    """The sides of a topic, by the columns in which they stand."""

    topic: str
    members: Members
    sides: Mapping[str, _Side]

    def rows(self, limit: int) -> int:
        """Return how many rows the longest side takes, with the one that counts the rest."""
        longest = max(map(len, self.sides.values()))
        return longest if longest <= limit else limit + 1


def draw_camps(
    debate: Debate,
    *,
    actors: int = 30,
    topics: int = 4,
    title: str = "",
    size: Size | None = None,
) -> Sheet:
    """Draw for each topic who is on which side by the latest word, with a bar for its strength.

    A bar is as long as the actor has statements on the topic, in the colours of their stances. Up
    to so many `actors` are named on each side. Raise ExportError if the size is too small.
    """
    shown = debate.on_most_discussed(topics)
    camps = [_camps(shown, topic, members) for topic, members in shown.by_topic().items()]
    about = "Sides: the latest word of each actor. Bars: how many statements it made on the topic."
    named = f"Camps: {camps[0].topic}" if len(camps) == 1 else "Camps on the main topics"
    sheet = Sheet(title or named, [shown.caption, about], size or Size())
    sheet.note(*shown.notes)
    if any(stance_before(members) for members in _all_members(camps)):
        sheet.note("* Took another stance on this topic before.")
    wide = _column_width(sheet, camps)
    squares = {name: {"shape": "square", "size": 110, "fill": COLOURS[name]} for name in STANCES}
    sheet.add_key([(f"{SIGNS[name]} {name}", square) for name, square in squares.items()])
    unit = _BAR / max(map(len, _all_members(camps)))
    rows = sum(camp.rows(actors) for camp in camps)
    high = sheet.share(rows, _ROW, _LOWEST_ROW, more=len(camps) * (_HEAD + _BELOW))
    for camp in camps:
        _draw_head(sheet, shown, camp, wide)
        for column, stance in enumerate(camp.sides):
            x = MARGIN + column * (wide + _GAP)
            place = _Place(stance, x, sheet.y, wide, high, min(unit, 12))
            _draw_side(sheet, shown, camp.sides[stance], actors, place)
        sheet.y += camp.rows(actors) * high + _BELOW
    return sheet


def _camps(shown: Debate, topic: str, members: Members) -> _Camps:
    sides: dict[str, list[tuple[str, Members]]] = {name: [] for name in _SIDES}
    for name, own in replace(shown, statements=members).by_actor().items():
        latest = stance_of(one.stance for one in latest_of(own))
        column = next(side for side, words in _SIDES.items() if latest in words)
        sides[column].append((name, own))
    return _Camps(topic, members, sides)


def _all_members(camps: Sequence[_Camps]) -> Iterator[Members]:
    for camp in camps:
        for side in camp.sides.values():
            yield from (members for _, members in side)


def _column_width(sheet: Sheet, camps: Sequence[_Camps]) -> float:
    """Return how wide a side is. Raise ExportError where names, or heads, would have no room."""
    wide = (sheet.room - (len(_SIDES) - 1) * _GAP) / len(_SIDES)
    # Only the last head has nothing beside it into whose room it could reach.
    heads = (_head(*list(camp.sides.items())[-1]) for camp in camps)
    least = max(_LEAST_NAME, *(_INDENT + width_of(head, LETTERS) for head in heads))
    if wide - _BAR < least:
        needed = math.ceil(sheet.size.width + len(_SIDES) * (_BAR + least - wide))
        raise ExportError(f"A width of {sheet.size.width} is too small: it needs {needed}.")
    return wide


def _head(name: str, side: _Side) -> str:
    words = " or both" if name == "ambivalent" else ""
    return f"{name}{words}: {counted(len(side), 'actor')}"


def _draw_head(sheet: Sheet, shown: Debate, camp: _Camps, wide: float) -> None:
    """Write a topic above its three columns, and what each of these is."""
    number = sum(map(len, camp.sides.values()))
    told = f"{counted(len(camp.members), 'statement')} of {counted(number, 'actor')}"
    label = elided(camp.topic, sheet.room - width_of(told, SMALL) - 12, LETTERS, bold=True)
    y, right = sheet.y + 10, sheet.size.width - MARGIN
    topic = {"x": MARGIN, "y": y, "text": label, **shown.tip(camp.members, camp.topic)}
    sheet.add_text([topic], fontWeight="bold")
    sheet.add_text([{"x": right, "y": y, "text": told}], fontSize=SMALL, fill=GREY, align="right")
    sheet.add("rule", [{"x": MARGIN, "x2": right, "y": y + 10, "y2": y + 10}], stroke=PALE)
    for column, (name, side) in enumerate(camp.sides.items()):
        x = MARGIN + column * (wide + _GAP) + _BAR
        sheet.add("symbol", [{"x": x, "y": y + 22, **symbol_of(name)}])
        text = _head(name, side)
        sheet.add_text([{"x": x + _INDENT, "y": y + 22, "text": text}], fill=GREY)
    sheet.y += _HEAD


@dataclass(frozen=True, slots=True)
class _Place:
    """Which side is drawn where: its corner, its width, the height of a row, a bar's unit."""

    stance: str
    x: float
    y: float
    wide: float
    high: float
    unit: float


def _draw_side(sheet: Sheet, shown: Debate, side: _Side, limit: int, place: _Place) -> None:
    bars: list[Item] = []
    names, numbers = [], []
    x = place.x + _BAR + 6
    for row, (name, members) in enumerate(side[:limit]):
        y = place.y + (row + 0.5) * place.high
        tip = shown.tip(members, name, **_before(members))
        bars += _bar(members, place, y, tip)
        counts = signed_counts(members)
        room = place.wide - _BAR - 12 - width_of(counts, SMALL)
        text = elided(name, room - 6, LETTERS) + ("*" if stance_before(members) else "")
        names.append({"x": x, "y": y, "text": text, **tip})
        numbers.append({"x": x + width_of(text, LETTERS) + 6, "y": y, "text": counts})
    sheet.add("rect", bars)
    sheet.add_text(names)
    sheet.add_text(numbers, fontSize=SMALL, fill=GREY)
    if len(side) > limit:
        y = place.y + (limit + 0.5) * place.high
        text = f"and {len(side) - limit} more"
        sheet.add_text([{"x": x, "y": y, "text": text}], fill=GREY)


def _before(members: Members) -> dict[str, str]:
    before = stance_before(members)
    return {"before": f"{before[0].stance}, {before[0].date}"} if before else {}


def _bar(members: Members, place: _Place, y: float, tip: Item) -> Iterator[Item]:
    """Yield the parts of a bar that ends beside the name, that of the own side next to it."""
    right, half = place.x + _BAR, min(place.high / 2 - 3, 7)
    counts = stance_counts(members)
    for part in sorted(filter(counts.get, counts), key=lambda name: name != place.stance):
        left = right - counts[part] * place.unit
        edge = left + min(0.8, place.unit / 4)
        box = {"x": edge, "x2": right, "y": y - half, "y2": y + half}
        yield {**box, "fill": COLOURS[part], **tip}
        right = left
