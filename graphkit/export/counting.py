"""What Gephi shows of a network file, counted from the file itself."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from graphkit.errors import ExportError

# The attribute of an edge by which Gephi keeps parallel edges apart, by the root of the file.
_KINDS = {"graphml": "label", "gexf": "kind"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes and edges a program shows after opening a file."""

    nodes: int
    edges: int


def count_network(path: Path) -> Counts:
    """Count what Gephi shows of a file: one edge per id, and per source, target and kind.

    Raise ExportError if the file is neither GraphML nor GEXF.
    """
    nodes: set[str] = set()
    edges: dict[str, tuple[str, ...]] = {}
    kind = above = None
    try:
        for event, element in ElementTree.iterparse(path, ["start", "end"]):  # noqa: S314  # expat limits entities
            tag = element.tag.rpartition("}")[2]
            if kind is None:
                kind = _KINDS[tag]
            if event == "start":
                above = element if tag in {"graph", "nodes", "edges"} else above
                continue
            if tag == "node":
                nodes.add(element.attrib["id"])
            elif tag == "edge":
                ends = (element.attrib["source"], element.attrib["target"])
                edges[element.attrib["id"]] = (*ends, element.attrib.get(kind, ""))
            if above is not None and tag in {"node", "edge"}:
                above.clear()  # or the tree grows with the file
    except (ElementTree.ParseError, KeyError) as error:
        raise ExportError(f"{path} is not GraphML or GEXF: {error}") from error
    return Counts(len(nodes), len(set(edges.values())))
