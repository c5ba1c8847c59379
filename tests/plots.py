"""What tests ask of every picture: all its words lie on the sheet, and none over another."""

import itertools
import json
import math
from collections.abc import Iterator, Set
from typing import Any

from graphkit.plot.lettering import width_of
from graphkit.plot.sheet import LETTERS

Box = tuple[float, float, float, float]

_BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # share of a text that is left of its place


def texts_of(spec: dict[str, Any]) -> list[str]:
    """Return all words of a picture, line by line."""
    return [line for item, _ in _written(spec) for line in _lines(item)]


def outline(spec: dict[str, Any], *, without: Set[str] = frozenset()) -> str:
    """Return what is drawn, a line for each item, in the order in which it is drawn.

    Of a tooltip there is the title with the number of statements, and nothing of what is read
    aloud, which is the same; `without` names channels to leave out.
    """
    items = {layer["name"]: layer["values"] for layer in spec["data"]}
    lines = [f"{spec['width']} x {spec['height']}"]
    for mark in spec["marks"]:
        lines.append(" ".join([mark["type"], *_pairs(_constants(mark), without)]))
        axes = {key: mark[key] for key in ("signals", "scales", "axes") if key in mark}
        lines += [f"  {key} {json.dumps(value)}" for key, value in axes.items()]
        found = items[mark["from"]["data"]] if "from" in mark else []
        lines += ["  " + " ".join(_pairs(item, without)) for item in found]
    return "\n".join(lines) + "\n"


def _pairs(item: dict[str, Any], without: Set[str]) -> Iterator[str]:
    for key, value in item.items():
        if key == "tip":
            number = f" ({value['statements']})" if "statements" in value else ""
            yield f"[{value['title']}{number}]"
        elif key != "about" and key not in without:
            yield f"{key}={json.dumps(value, ensure_ascii=False)}"


def check_words(spec: dict[str, Any]) -> None:
    """Assert that no words leave the picture, and that no two lie over each other."""
    boxes = []
    for item, constants in _written(spec):
        box = _box(item, constants)
        assert box[0] >= 0, item
        assert box[1] >= 0, item
        assert box[2] <= spec["width"], item
        assert box[3] <= spec["height"], item
        if not constants.get("angle"):
            boxes.append((box, item["text"]))
    for (one, its), (other, others) in itertools.combinations(boxes, 2):
        assert not _is_over(one, other), (its, others)


def _written(spec: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the texts with what all of their layer share, but for the white edges of names."""
    values = {layer["name"]: layer["values"] for layer in spec["data"]}
    found = []
    for mark in spec["marks"]:
        if mark["type"] != "text":
            continue
        constants = _constants(mark)
        if constants.get("stroke") != "white":
            found += [(item, constants) for item in values[mark["from"]["data"]]]
    return found


def _constants(mark: dict[str, Any]) -> dict[str, Any]:
    """Return what all items of a mark share."""
    channels = mark["encode"]["enter"]
    return {key: value["value"] for key, value in channels.items() if "value" in value}


def _lines(item: dict[str, Any]) -> list[str]:
    return item["text"] if isinstance(item["text"], list) else [item["text"]]


def _box(item: dict[str, Any], constants: dict[str, Any]) -> Box:
    """Return left, top, right and bottom, as high as capitals are."""
    size = constants.get("fontSize", LETTERS)
    bold = constants.get("fontWeight") == "bold"
    wide = max(width_of(line, size, bold=bold) for line in _lines(item))
    x, y, half = item["x"], item["y"], size * 0.36
    if angle := constants.get("angle"):
        rise = math.sin(math.radians(-angle)) * wide
        return x, y - rise - half, x + math.cos(math.radians(angle)) * wide, y + half
    left = x - _BEFORE[constants.get("align", "left")] * wide
    lower = y + (len(_lines(item)) - 1) * size
    return left, y - half, left + wide, lower + half


def _is_over(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 1
