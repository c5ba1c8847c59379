"""The nodes of a network with their names, placed so that none lies over another."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkit.errors import ExportError
from graphkit.layout import positions_of
from graphkit.plot.lettering import elided, width_of
from graphkit.plot.placing import fit, separate
from graphkit.plot.sheet import INK, LETTERS, MARGIN, Item, Sheet

OUTLINE: Item = {"stroke": INK, "strokeWidth": 0.8}

_NAME_HIGH = 15.0
_LOWEST = 460.0  # height of a network of a few nodes
_CROWDING = 0.2  # share of the room that boxes take where they can still be pushed apart

# How wide names may be, what share of the nodes has one, those with most statements first, and by
# how much the height may grow, in the order in which that is tried.
_TRIES = (180, 1, 1.0), (180, 1, 1.4), (180, 1, 2.0), (120, 1, 2.0), (80, 1, 2.0)
_TRIES_IN_HEIGHT = (
    (180, 1, 1),
    (120, 1, 1),
    (120, 0.5, 1),
    (120, 0.25, 1),
    (80, 0.25, 1),
    (80, 0, 1),
)


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is drawn: its place, its look, and its name as far as there is room for it."""

    values: Mapping[str, Any]
    look: Item
    name: str
    x: float = 0
    y: float = 0

    @property
    def radius(self) -> float:
        """The half of its width without the name; the area grows with its statements."""
        return float(min(4 + 2.2 * math.sqrt(self.values["statements"]), 20))

    @property
    def box(self) -> tuple[float, float]:
        """Width and height with the name, which stands below the symbol."""
        wide = max(2 * self.radius, width_of(self.name, LETTERS)) + 8
        return wide, 2 * self.radius + (_NAME_HIGH if self.name else 0) + 6


def place_nodes(sheet: Sheet, graph: Any, looks: Mapping[str, Item]) -> dict[str, Node]:
    """Place the nodes as exports do, but so that they fill the sheet and no name hides another.

    Where the sheet has a height and is too small for that, names are cut shorter, and at last left
    out, which the sheet then tells. Raise ExportError if there is no room for the symbols alone.
    """
    points = np.array(list(positions_of(graph).values())) * (1, -1)  # y grows downwards here
    top = sheet.y
    for widest, share, growth in _TRIES if sheet.size.height is None else _TRIES_IN_HEIGHT:
        nodes = _named(graph, looks, widest, round(share * len(graph)))
        sizes = np.array([node.box for node in nodes.values()])
        note = _note(nodes)
        room = sheet.room, _height(sheet, sizes, note) * growth
        middles, overlaps = separate(fit(points, sizes, room), sizes, room)
        if not overlaps:
            break
    else:
        raise ExportError("There is no room for so many: choose a larger size, or fewer with -n.")
    sheet.note(note)
    sheet.y += room[1]
    return {
        key: _moved(node, MARGIN + x, top + y)
        for (key, node), (x, y) in zip(nodes.items(), middles.tolist(), strict=True)
    }


def _named(graph: Any, looks: Mapping[str, Item], widest: float, limit: int) -> dict[str, Node]:
    """Return the nodes, so many of them with a name: those with the most statements."""
    ranked = sorted(graph, key=lambda key: (-graph.nodes[key]["statements"], key))
    chosen = set(ranked[:limit])
    return {
        key: Node(
            values, looks[key], elided(values["name"], widest, LETTERS) if key in chosen else ""
        )
        for key, values in graph.nodes(data=True)
    }


def _note(nodes: Mapping[str, Node]) -> str:
    """Say how many nodes have no name for want of room, or return "" for none."""
    nameless = sum(not node.name for node in nodes.values())
    if not nameless:
        return ""
    names = "names" if nameless == len(nodes) else f"{nameless} of {len(nodes)} names"
    return f"No room for {names}: the tooltips of .html and .svg files have them."


def _height(sheet: Sheet, sizes: NDArray[np.float64], note: str) -> float:
    """Return the room above a note: what is left of a sheet, else what the boxes need."""
    if (left := sheet.left(note)) is not None:
        return max(left, 1.0)
    area = float(np.prod(sizes, axis=1).sum())
    return max(area / _CROWDING / sheet.room, _LOWEST)


def _moved(node: Node, x: float, y: float) -> Node:
    """Put a box's middle at a place; the symbol is at the top of the box."""
    high = node.box[1]
    return replace(node, x=x, y=y - high / 2 + node.radius + 2)


def draw_nodes(sheet: Sheet, nodes: Mapping[str, Node], tips: Mapping[str, Item]) -> None:
    """Draw symbols and names, the latter with a white edge, for ties run below them."""
    symbols, names = [], []
    for key, node in nodes.items():
        size = math.pi * node.radius**2
        symbols.append({"x": node.x, "y": node.y, "size": size, **node.look, **tips[key]})
        y = node.y + node.radius + _NAME_HIGH / 2 + 1
        names.append({"x": node.x, "y": y, "text": node.name, **tips[key]})
    written = [name for name in names if name["text"]]
    edges = [{key: name[key] for key in ("x", "y", "text")} for name in written]
    sheet.add_text(edges, align="center", stroke="white", strokeWidth=3.5, fill="white")
    sheet.add("symbol", symbols, **OUTLINE)
    sheet.add_text(written, align="center")
