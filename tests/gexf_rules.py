"""The rules of the schema of GEXF 1.3 that matter, and those of Gephi that no schema can state."""

import datetime
import math
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"

READERS: dict[str, Callable[[str], Any]] = {
    "integer": lambda text: _within(int(text), -(2**31), 2**31 - 1),
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "string": str,
}
ATTRIBUTES = {
    "node": {"id", "label"},
    "edge": {"id", "source", "target", "kind", "label", "weight"},
    "attvalue": {"for", "value"},
    "spell": {"start", "end"},
    "color": {"r", "g", "b", "a"},
    "position": {"x", "y", "z"},
    "size": {"value"},
}
CHILDREN = {
    "node": {"attvalues", "spells", "color", "position", "size"},
    "edge": {"attvalues", "spells", "color"},
}


def check_gexf(content: bytes) -> None:
    """Raise AssertionError, KeyError or ValueError for the first rule that is broken."""
    root = ElementTree.fromstring(content)
    assert (root.tag, dict(root.attrib)) == (f"{GEXF}gexf", {"version": "1.3"})
    (graph,) = root
    assert graph.tag == f"{GEXF}graph"
    assert graph.attrib["defaultedgetype"] in {"directed", "undirected"}
    assert graph.attrib["mode"] in {"static", "dynamic"}
    has_spells = next(graph.iter(f"{GEXF}spell"), None) is not None
    assert has_spells == (graph.attrib.get("timeformat") == "date")
    assert has_spells == (graph.attrib["mode"] == "dynamic")
    assert [_tag(child) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    types = {own.attrib["class"]: _types(own) for own in graph.findall(f"{GEXF}attributes")}
    assert set(types) == {"node", "edge"}
    assert not types["node"].keys() & types["edge"].keys()
    *_, inner, edges = graph
    nodes = _ids(inner, "node")
    _ids(edges, "edge")
    for element in (*graph.iter(f"{GEXF}node"), *graph.iter(f"{GEXF}edge")):
        _check_element(element, types[_tag(element)])
    for edge in edges:
        assert edge.attrib["source"] in nodes
        assert edge.attrib["target"] in nodes


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2]


def _types(attributes: Any) -> dict[str, str]:
    titles = [each.attrib["title"] for each in attributes]
    assert len(set(titles)) == len(titles)
    assert not {"id", "source", "target", "type"} & {title.lower() for title in titles}
    types = {each.attrib["id"]: each.attrib["type"] for each in attributes}
    assert len(types) == len(titles)
    assert set(types.values()) <= set(READERS)
    return types


def _ids(elements: Iterable[Any], tag: str) -> set[str]:
    elements = list(elements)
    assert {_tag(element) for element in elements} <= {tag}
    ids = {element.attrib["id"] for element in elements}
    assert len(ids) == len(elements)
    return ids


def _check_element(element: Any, types: dict[str, str]) -> None:
    tag = _tag(element)
    assert set(element.attrib) <= ATTRIBUTES[tag]
    assert math.isfinite(float(element.attrib.get("weight", 1)))
    children = [_tag(child) for child in element]
    assert len(set(children)) == len(children)
    assert set(children) <= CHILDREN[tag]
    values = element.findall(f"{GEXF}attvalues/{GEXF}attvalue")
    keys = [value.attrib["for"] for value in values]
    assert len(set(keys)) == len(keys)
    for value in values:
        assert set(value.attrib) == ATTRIBUTES["attvalue"]
        READERS[types[value.attrib["for"]]](value.attrib["value"])
    _check_spells(element.find(f"{GEXF}spells"))
    _check_look(element)


def _check_spells(spells: Any) -> None:
    if spells is None:
        return
    assert len(spells) > 0
    last = datetime.date.min
    for number, spell in enumerate(spells):
        assert set(spell.attrib) == ATTRIBUTES["spell"]
        start, end = (datetime.date.fromisoformat(spell.attrib[name]) for name in ("start", "end"))
        assert start <= end
        assert number == 0 or last < start
        last = end


def _check_look(element: Any) -> None:
    for child in element:
        if child.tag.startswith(VIZ):
            assert set(child.attrib) == ATTRIBUTES[_tag(child)]
    color = element.find(f"{VIZ}color")
    if color is not None:
        assert all(0 <= int(color.attrib[name]) <= 255 for name in "rgb")
        assert 0 <= float(color.attrib["a"]) <= 1
    for tag in ("position", "size"):
        for found in element.findall(f"{VIZ}{tag}"):
            assert all(math.isfinite(float(value)) for value in found.attrib.values())


def _within(number: int, low: int, high: int) -> int:
    assert low <= number <= high
    return number
