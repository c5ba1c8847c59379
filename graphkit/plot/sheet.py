"""The sheet that every picture is drawn on: its title, what it shows, its key and its notes.

A sheet becomes a Vega specification in which all places are pixels, so that nothing depends on who
draws it; only the axis of time is Vega's own.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.appearance import DIVIDED, STANCE_COLOURS, Colour
from graphkit.errors import ExportError
from graphkit.plot.lettering import elided, width_of, wrapped
from graphkit.spells import MIXED

Item = dict[str, Any]

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
MARGIN = 20.0
LETTERS = 12.0  # size of most words; that of the small ones is 11
SMALL = 11.0
INK, GREY, PALE = "#222222", "#5f5f5f", "#d9d9d9"

SHAPES = {
    "supports": "triangle-up",
    "opposes": "triangle-down",
    "ambivalent": "circle",
    MIXED: "diamond",
}
SIGNS = {"supports": "+", "opposes": "−", "ambivalent": "±"}

_TITLE = 18.0
_LINE = 1.35  # from one line to the next, in sizes of letters


def hexadecimal(colour: Colour) -> str:
    """Return a colour as "#0072b2"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


COLOURS = {name: hexadecimal(colour) for name, colour in STANCE_COLOURS.items()}
COLOURS[MIXED] = COLOURS[DIVIDED]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture shall be, in pixels; without a height it is as high as it needs."""

    width: int = 960
    height: int | None = None


class Sheet:
    """A picture in the making; `y` is where its next part begins."""

    def __init__(self, title: str, lines: Iterable[str], size: Size) -> None:
        self.title = title
        self.lines = list(lines)
        self.size = size
        self.y = MARGIN
        self.marks: list[Item] = []
        self.data: list[Item] = []
        self._notes: list[str] = []
        self._write(title, _TITLE, INK, fontWeight="bold")
        for line in self.lines:
            self._write(line, LETTERS, GREY)
        self.y += 10

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.size.width - 2 * MARGIN

    def add(self, kind: str, items: Sequence[Item], **constants: Any) -> None:
        """Draw marks of a Vega type: each item has its channels, `constants` are those of all.

        An item's `tip` is its tooltip; its `about` is read aloud, and where no item has one, the
        marks are decoration that is passed over.
        """
        if not items:
            return
        name = f"layer_{len(self.data)}"
        channels = {key: {"field": key} for key in items[0] if key not in {"tip", "about"}}
        channels |= {key: {"value": value} for key, value in constants.items()}
        if "tip" in items[0]:
            channels["tooltip"] = {"field": "tip"}
        is_read = "about" in items[0]
        if is_read:
            channels["description"] = {"field": "about"}
        values = [{key: _rounded(value) for key, value in item.items()} for item in items]
        self.data.append({"name": name, "values": values})
        self.marks.append(
            {
                "type": kind,
                "from": {"data": name},
                "encode": {"enter": channels},
                "interactive": "tip" in items[0],
                "aria": is_read,
            }
        )

    def add_group(self, place: Item, scales: Sequence[Item], axes: Sequence[Item]) -> None:
        """Draw axes of Vega's own behind all that is drawn so far, in the box `place`."""
        channels = {key: {"value": value} for key, value in place.items()}
        sides = [{"name": name, "value": place[name]} for name in ("width", "height")]
        group = {"type": "group", "encode": {"enter": channels}, "interactive": False}
        own = {"signals": sides, "scales": list(scales), "axes": list(axes)}
        self.marks.insert(0, group | own)

    def add_text(self, items: Sequence[Item], **constants: Any) -> None:
        """Write words, each with `x`, `y`, which is the middle of the line, and `text`."""
        defaults = {"font": FONT, "fontSize": LETTERS, "fill": INK, "baseline": "middle"}
        given = {key for item in items[:1] for key in item}
        chosen = {key: value for key, value in defaults.items() if key not in given}
        self.add("text", items, **chosen | constants)

    def add_key(self, entries: Sequence[tuple[str, Item | None]]) -> None:
        """Explain symbols in a row, or in several: the words for each, and its channels, if any.

        Symbols without words stand close to what is before them.
        """
        x, written = MARGIN, []
        for (words, symbol), after in zip(entries, [*entries[1:], ("", None)], strict=True):
            begins = 0 if symbol is None else 28 if symbol["shape"] == "stroke" else 18
            text = elided(words, self.room - begins, SMALL)
            wide = begins + width_of(text, SMALL)
            if x > MARGIN and x + wide > self.size.width - MARGIN:
                x, self.y = MARGIN, self.y + 18
            if symbol:
                self.add("symbol", [{"x": x + begins / 2 - 2, "y": self.y + 9, **symbol}])
            if text:
                written.append({"x": x + begins, "y": self.y + 9, "text": text})
            x += wide + (16 if text and after[0] else 6 if text else 2)
        self.add_text(written, fontSize=SMALL, fill=GREY)
        self.y += 26

    def note(self, *notes: str) -> None:
        """Tell something below the picture, such as what was left out."""
        self._notes += [note for note in notes if note]

    def left(self, *notes: str) -> float | None:
        """Return how high all that is still to come may be, above these notes and those before.

        None is for as high as it needs.
        """
        if self.size.height is None:
            return None
        lines = sum(len(self._wrapped(note, SMALL)) for note in (*self._notes, *notes))
        return self.size.height - self.y - lines * SMALL * _LINE - MARGIN - 10

    def share(self, rows: float, best: float, least: float, *, more: float = 0) -> float:
        """Return how high each row can be, `best` where nothing limits it.

        `more` is what stands below the rows. Raise ExportError where that is lower than `least`.
        """
        if (left := self.left()) is None:
            return best
        left -= more
        if left < rows * least:
            needed = math.ceil(rows * least - left) + (self.size.height or 0)
            raise ExportError(
                f"A height of {self.size.height} is too low for what is to be shown, which needs "
                f"{needed}: leave --height out, or show fewer with -n."
            )
        return min(left / max(rows, 1), 2 * best)

    def spec(self) -> Item:
        """Write the notes, and return the specification. A sheet is used up by that."""
        self.y += 10 if self._notes else 0
        for note in self._notes:
            self._write(note, SMALL, GREY)
        height = self.size.height or round(self.y + MARGIN)
        return {
            "description": self.title,
            "usermeta": {"title": self.title, "about": [*self.lines, *self._notes]},
            "width": self.size.width,
            "height": height,
            "padding": 0,
            "autosize": "none",
            "background": "white",
            "data": self.data,
            "marks": self.marks,
        }

    def _write(self, text: str, size: float, fill: str, **more: Any) -> None:
        for line in self._wrapped(text, size, bold=bool(more)):
            place = {"x": MARGIN, "y": self.y + size * 0.6, "text": line}
            self.add_text([place], fontSize=size, fill=fill, **more)
            self.y += size * _LINE

    def _wrapped(self, text: str, size: float, *, bold: bool = False) -> list[str]:
        return wrapped(text, self.room, size, bold=bold)


def _rounded(value: Any) -> Any:
    """Round places, so that they are the same on machines that compute the last digit otherwise."""
    return round(value, 2) if isinstance(value, float) else value


def symbol_of(stance: str, size: float = 90) -> Item:
    """Return the channels by which a stance is known, by its colour and by its shape."""
    return {"shape": SHAPES[stance], "fill": COLOURS[stance], "size": size}


def name_column(sheet: Sheet, names: Iterable[str], *, least: float = 60) -> float:
    """Return how wide the names of rows may be: no more than 3 in 10 of the sheet."""
    widest = max((width_of(name, LETTERS) for name in names), default=0)
    return min(max(widest, least), 0.3 * sheet.size.width) + 2


def write_names(
    sheet: Sheet, names: Iterable[tuple[str, float, Item]], right: float, room: float
) -> None:
    """Write the names of rows, which end at `right`, at their heights and with their tooltips."""
    items = [
        {"x": right, "y": y, "text": elided(name, room, LETTERS), **tip} for name, y, tip in names
    ]
    sheet.add_text(items, align="right")
