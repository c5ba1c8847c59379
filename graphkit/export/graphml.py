"""GraphML that Gephi, igraph, yEd and networkx read alike, written without building a tree.

Own code, for networkx's writer repeats the edge ids of parallel edges, of which Gephi then drops
all but one, and takes about ten times as long; see scripts/benchmark_exports.py.
"""

import shutil
import tempfile
from typing import Any, BinaryIO

from graphkit.export.columns import Line, Run, iter_edge_runs, iter_node_runs
from graphkit.export.keys import Keys
from graphkit.export.values import Column, column_of
from graphkit.export.xml_text import XmlText, unique_name

XMLNS = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(graph: Any, stream: BinaryIO, *, edge_kind: str = "") -> int:
    """Write a networkx `graph` and return how many characters XML forbids, and hence were removed.

    Values become int, double, boolean or string, one type for each attribute; lists are joined
    with "; ", dates are written as ISO strings, None and NaN are left out. `edge_kind` names the
    edge attribute that Gephi shall take as the kind of the edge, so that it keeps parallel edges
    of different kinds apart. Raise ExportError for an attribute name that readers cannot keep.
    """
    text = XmlText()
    keys = Keys("node", text), Keys("edge", text)
    direction = "directed" if graph.is_directed() else "undirected"
    with tempfile.TemporaryFile() as body:  # what it declares stands first, and is known last
        _write_body(graph, body, keys, edge_kind)
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(f'<graphml xmlns="{XMLNS}">\n'.encode())
        for own in keys:
            stream.writelines(line.encode() for line in _declarations(own))
        stream.write(f'  <graph edgedefault="{direction}">\n'.encode())
        body.seek(0)
        shutil.copyfileobj(body, stream, 1 << 20)
    stream.write(b"  </graph>\n</graphml>\n")
    return text.removed


def node_ids(graph: Any, text: XmlText) -> dict[Any, str]:
    """Map the nodes of a graph to ids that are ready for XML, each another."""
    taken: set[str] = set()
    return {node: unique_name(text(str(node)), taken) for node in graph}


def kinds_of(run: Run, name: str, text: XmlText) -> Column:
    """Return what stands in an attribute of XML: the kinds of edges, or labels."""
    column = (
        column_of(run.columns[name])
        if name in run.columns
        else Column([None] * run.size, frozenset(), has_gaps=True)
    )
    texts = (
        column.texts
        if "string" in column.types
        else [None if each is None else str(each) for each in column.texts]
    )
    return text.of_column(Column(texts, column.types, column.has_gaps))


def _declarations(keys: Keys) -> list[str]:
    return [
        f'  <key id="{key.id}" for="{keys.domain}" '
        f'attr.name="{key.name}" attr.type="{key.type}"/>\n'
        for key in keys.found.values()
    ]


def _write_body(graph: Any, body: Any, keys: tuple[Keys, Keys], edge_kind: str) -> None:
    text = keys[0].text
    ids = node_ids(graph, text)
    for run in iter_node_runs(graph):
        line = Line()
        line.add_texts('    <node id="', [ids[node] for node in run.heads[0]], '">')
        _add_data(line, run, keys[0])
        line.add("</node>\n")
        body.write(line.write())
    number = 0
    for run in iter_edge_runs(graph):
        line = Line()
        line.add_texts('    <edge id="e', range(number, number + run.size), '"')
        line.add_texts(' source="', [ids[node] for node in run.heads[0]], '"')
        line.add_texts(' target="', [ids[node] for node in run.heads[1]], '"')
        if edge_kind:
            line.add_column(' label="', kinds_of(run, edge_kind, text), '"')
        line.add(">")
        _add_data(line, run, keys[1])
        line.add("</edge>\n")
        body.write(line.write())
        number += run.size


def _add_data(line: Line, run: Run, keys: Keys) -> None:
    for name, values in run.columns.items():
        key, column = keys.write(name, values)
        if key:
            line.add_column(f'<data key="{key}">', column, "</data>")
