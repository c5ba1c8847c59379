"""GraphML that Gephi, igraph, yEd and networkx read alike, written without building a tree.

Own code, for networkx's writer repeats the edge ids of parallel edges, of which Gephi then drops
all but one, and takes 25 times as long for a million edges.
"""

import datetime
import itertools
import math
import numbers
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from graphkit.errors import ExportError

Writer = Callable[[Any], str]

XMLNS = "http://graphml.graphdrawing.org/xmlns"

# Gephi keeps these for itself: a column of that name is dropped or overwrites its own.
RESERVED = frozenset({"id", "source", "target", "type"})

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"\t\n\r]')
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # any of both
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+")

_PLAIN_TYPES = frozenset({str, int, bool})

_INT_LIMIT = 2**31  # GraphML's int has 32 bits; yEd and Gephi do not share a wider type
_EXACT_LIMIT = 2**53  # the integers up to here are exact as double


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes and edges a program shows after opening a file."""

    nodes: int
    edges: int


def write_graphml(graph: Any, stream: BinaryIO, *, edge_kind: str = "") -> int:
    """Write a networkx `graph` and return how many characters XML forbids, and hence were removed.

    Values become int, double, boolean or string, one type for each attribute; lists are joined
    with "; ", dates are written as ISO strings, None and NaN are left out. `edge_kind` names the
    edge attribute that Gephi shall take as the kind of the edge, so that it keeps parallel edges
    of different kinds apart. Raise ExportError for an attribute name that readers cannot keep.
    """
    text = _XmlText()
    lines = itertools.chain(
        ['<?xml version="1.0" encoding="UTF-8"?>\n', f'<graphml xmlns="{XMLNS}">\n'],
        _body(graph, text, edge_kind),
        ["</graphml>\n"],
    )
    stream.writelines(line.encode() for line in lines)
    return text.removed


def count_graphml(path: Path) -> Counts:
    """Count what Gephi shows of a file: one edge per id, and per source, target and kind.

    Raise ExportError if the file is not GraphML.
    """
    nodes: set[str] = set()
    edges: dict[str, tuple[str, ...]] = {}
    try:
        for _, element in ElementTree.iterparse(path):  # noqa: S314  # expat limits entities
            tag = element.tag.rpartition("}")[2]
            if tag == "node":
                nodes.add(element.attrib["id"])
            elif tag == "edge":
                ends = (element.attrib["source"], element.attrib["target"])
                edges[element.attrib["id"]] = (*ends, element.attrib.get("label", ""))
            element.clear()
    except (ElementTree.ParseError, KeyError) as error:
        raise ExportError(f"{path} is not GraphML: {error}") from error
    return Counts(len(nodes), len(set(edges.values())))


def _body(graph: Any, text: "_XmlText", edge_kind: str) -> Iterator[str]:
    node_keys = _keys("node", (values for _, values in graph.nodes(data=True)), text)
    edge_keys = _keys("edge", (values for _, _, values in graph.edges(data=True)), text)
    yield from (key.declaration for key in (*node_keys.values(), *edge_keys.values()))
    yield f'  <graph edgedefault="{"directed" if graph.is_directed() else "undirected"}">\n'
    ids: dict[Any, str] = {}
    taken: set[str] = set()
    writers = _writers(node_keys, text)
    for node, values in graph.nodes(data=True):
        ids[node] = _unique(text(str(node)), taken)
        yield f'    <node id="{ids[node]}">{_data(values, writers)}</node>\n'
    writers = _writers(edge_keys, text)
    for number, (source, target, values) in enumerate(graph.edges(data=True)):
        kind = f' label="{text(_as_string(values.get(edge_kind, "")))}"' if edge_kind else ""
        ends = f'source="{ids[source]}" target="{ids[target]}"'
        yield f'    <edge id="e{number}" {ends}{kind}>{_data(values, writers)}</edge>\n'
    yield "  </graph>\n"


class _XmlText:
    """Escape texts for XML, and count the characters that XML 1.0 cannot hold."""

    removed = 0

    def __call__(self, text: str) -> str:
        if not _SPECIAL.search(text):
            return text
        text, count = _FORBIDDEN.subn("", text)
        self.removed += count
        return _MARKUP.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"&#{ord(match[0])};"  # a reader would turn a tab to a blank


def _unique(name: str, taken: set[str]) -> str:
    """Keep nodes apart whose ids differ only in their type or in characters that were removed.

    An empty id becomes "_": igraph refuses it.
    """
    name = name or "_"
    candidates = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(2)))
    unique = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(unique)
    return unique


# --- attributes ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Key:
    """One attribute: where it belongs, and the types of the values seen so far."""

    domain: str
    id: str
    name: str
    types: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """The one type that holds all values."""
        if len(self.types) == 1:
            return next(iter(self.types))
        return "double" if self.types == {"int", "double"} else "string"

    @property
    def declaration(self) -> str:
        names = f'attr.name="{self.name}" attr.type="{self.type}"'
        return f'  <key id="{self.id}" for="{self.domain}" {names}/>\n'


def _keys(domain: str, rows: Iterable[Mapping[Any, Any]], text: _XmlText) -> dict[Any, _Key]:
    keys: dict[Any, _Key] = {}
    for values in rows:
        for name, value in values.items():
            if _is_missing(value):
                continue
            if name not in keys:
                keys[name] = _new_key(domain, str(name), keys, text)
            keys[name].types.add(_type_of(value))
    return keys


def _new_key(domain: str, name: str, keys: Mapping[Any, _Key], text: _XmlText) -> _Key:
    shown = text(name)
    if shown.lower() in RESERVED or not shown.strip():
        raise ExportError(f"Gephi cannot keep a {domain} attribute called {name!r}: rename it.")
    if any(key.name == shown for key in keys.values()):
        raise ExportError(f"Two {domain} attributes are called {shown!r} in GraphML: rename one.")
    is_plain = _PLAIN_NAME.fullmatch(name)
    return _Key(domain, f"{domain[0]}_{name}" if is_plain else f"{domain[0]}{len(keys)}", shown)


def _writers(keys: Mapping[Any, _Key], text: _XmlText) -> dict[Any, tuple[str, Writer]]:
    """Map each attribute to the tag that opens its value and to what writes the value."""
    by_type: dict[str, Writer] = {
        "int": str,
        "boolean": _as_string,
        "double": _as_double,
        "string": lambda value: text(_as_string(value)),
    }
    return {name: (f'<data key="{key.id}">', by_type[key.type]) for name, key in keys.items()}


def _data(values: Mapping[Any, Any], writers: Mapping[Any, tuple[str, Writer]]) -> str:
    cells = []
    for name, value in values.items():
        if not _is_missing(value):
            tag, write = writers[name]
            cells.append(f"{tag}{write(value)}</data>")
    return "".join(cells)


# --- values -------------------------------------------------------------------------------------


def _is_missing(value: Any) -> bool:
    if type(value) in _PLAIN_TYPES:  # quicker than the general question
        return False
    return value is None or (isinstance(value, numbers.Real) and math.isnan(value))


def _type_of(value: Any) -> str:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, numbers.Integral)):
        if -_INT_LIMIT <= int(value) < _INT_LIMIT:
            return "int"
        return "double" if abs(int(value)) <= _EXACT_LIMIT else "string"
    return "double" if isinstance(value, numbers.Real) else "string"


def _as_double(value: Any) -> str:
    number = float(value)
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return repr(number if abs(number) >= sys.float_info.min else 0.0)  # igraph refuses subnormals


def _as_string(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return "; ".join(sorted(map(_as_string, value)))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_as_string, value))
    return str(value)
