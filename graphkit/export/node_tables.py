"""The nodes and the edges of a network as two CSV files, as Gephi's and R's importers want them."""

import csv
import io
import itertools
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from graphkit.export.columns import Run, iter_edge_runs, iter_node_runs
from graphkit.export.values import column_of
from graphkit.export.xml_text import XmlText, unique_name


def write_node_table(graph: Any, stream: BinaryIO) -> int:
    """Write a header and a row for each node, beginning with its `id`, in UTF-8.

    Values are written as in GraphML; what is missing is an empty cell. Return how many characters
    were removed because few readers of CSV can hold them.
    """
    text = XmlText()
    ids = _ids(graph, text)
    names = _names(values for _, values in graph.nodes(data=True))
    _write_rows(stream, [["id", *map(text.strip, map(str, names))]])
    for run in iter_node_runs(graph):
        heads = [ids[node] for node in run.heads[0]]
        _write_rows(stream, zip(heads, *_cells(run, names, text), strict=True))
    return text.removed


def write_edge_table(graph: Any, stream: BinaryIO, *, edge_kind: str = "") -> int:
    """Write a header and a row for each edge: `source`, `target`, `type`, `id`, `kind`, and more.

    `type` says whether it is directed, as Gephi asks; `kind` is the attribute `edge_kind`. Return
    how many characters were removed.
    """
    text = XmlText()
    ids = _ids(graph, XmlText())  # what is removed there is counted with the nodes
    names = _names(values for _, _, values in graph.edges(data=True))
    type_ = "Directed" if graph.is_directed() else "Undirected"
    header = ["source", "target", "type", "id", "kind", *map(text.strip, map(str, names))]
    _write_rows(stream, [header])
    number = 0
    for run in iter_edge_runs(graph):
        ends = ([ids[node] for node in nodes] for nodes in run.heads)
        own = (f"e{number + n}" for n in range(run.size))
        (kinds,) = _cells(run, [edge_kind], XmlText())
        columns = [*ends, [type_] * run.size, own, kinds, *_cells(run, names, text)]
        _write_rows(stream, zip(*columns, strict=True))
        number += run.size
    return text.removed


def _ids(graph: Any, text: XmlText) -> dict[Any, str]:
    taken: set[str] = set()
    return {node: unique_name(text.strip(str(node)), taken) for node in graph}


def _names(rows: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(itertools.chain.from_iterable(rows)))


def _cells(run: Run, names: Sequence[Any], text: XmlText) -> list[list[str]]:
    missing = [None] * run.size
    columns = (column_of(run.columns.get(name, missing)).texts for name in names)
    return [
        ["" if value is None else text.strip(str(value)) for value in values] for values in columns
    ]


def _write_rows(stream: BinaryIO, rows: Iterable[Sequence[str]]) -> None:
    page = io.StringIO()
    csv.writer(page, lineterminator="\r\n").writerows(rows)
    stream.write(page.getvalue().encode())
