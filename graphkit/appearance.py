"""How networks look: a colour for each stance and kind of node, sizes that grow with activity."""

import math
from collections.abc import Mapping

Colour = tuple[int, int, int]

DIVIDED = "divided"  # no stance has more statements than each of the others

# Okabe and Ito's palette: told apart by the colour-blind, too.
STANCE_COLOURS: Mapping[str, Colour] = {
    "supports": (0, 114, 178),
    "opposes": (213, 94, 0),
    "ambivalent": (153, 153, 153),
    DIVIDED: (204, 121, 167),
}
RELATION_COLOURS: Mapping[str, Colour] = {
    "congruence": STANCE_COLOURS["supports"],
    "conflict": STANCE_COLOURS["opposes"],
    "shared": STANCE_COLOURS["ambivalent"],
}
NODE_COLOURS: Mapping[str, Colour] = {"actor": (86, 180, 233), "topic": (240, 228, 66)}


def colour_of_edge(name: str) -> dict[str, int]:
    """Return the colour of a stance or of a relation as `r`, `g` and `b`."""
    return _rgb({**STANCE_COLOURS, **RELATION_COLOURS}[name])


def look_of_node(kind: str, statements: int) -> dict[str, float]:
    """Return colour and size of a node; its area grows with the number of its statements."""
    colour = NODE_COLOURS.get(kind, NODE_COLOURS["actor"])
    return {**_rgb(colour), "size": round(5 + 5 * math.sqrt(statements), 1)}


def _rgb(colour: Colour) -> dict[str, int]:
    return dict(zip("rgb", colour, strict=True))
