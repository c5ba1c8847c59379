"""Tables of nodes and edges hold what the graph holds."""

import csv
import datetime
import io
from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from example import ACTORS, ARTICLES, STATEMENTS
from graphkit.export.node_tables import write_edge_table, write_node_table
from graphkit.export.two_mode import two_mode_network
from large_network import EDGES, NODES, large_network, weights_of
from test_graphml import graphs


def _rows(write: Any, graph: Any, **options: Any) -> list[dict[str, str]]:
    stream = io.BytesIO()
    write(graph, stream, **options)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


def test_the_first_columns_are_those_that_importers_look_for() -> None:
    network = two_mode_network(STATEMENTS, actors=ACTORS, articles=ARTICLES, layout="stance")
    node, *_ = _rows(write_node_table, network)
    assert list(node)[:3] == ["id", "label", "name"]
    edge, *_ = _rows(write_edge_table, network, edge_kind="stance")
    assert list(edge)[:6] == ["source", "target", "type", "id", "kind", "weight"]
    assert edge["source"] == "actor: Ana Pérez"
    assert (edge["type"], edge["kind"], edge["weight"]) == ("Directed", "opposes", "1")


def test_what_is_missing_is_an_empty_cell() -> None:
    graph = nx.Graph()
    graph.add_node("a", x=None, y=float("nan"))
    graph.add_node("b", x=datetime.date(2024, 3, 4), z=["p", 2])
    graph.add_edge("a", "b")
    assert _rows(write_node_table, graph) == [
        {"id": "a", "x": "", "y": "", "z": ""},
        {"id": "b", "x": "2024-03-04", "y": "", "z": "p; 2"},
    ]
    (edge,) = _rows(write_edge_table, graph)
    assert edge == {"source": "a", "target": "b", "type": "Undirected", "id": "e0", "kind": ""}


def test_characters_that_readers_cannot_hold_are_counted() -> None:
    graph = nx.DiGraph()
    graph.add_edge("a\x00", "b", x="\ud800\x01c", stance="\x02")
    assert write_node_table(graph, io.BytesIO()) == 1
    assert write_edge_table(graph, io.BytesIO(), edge_kind="stance") == 3
    (edge,) = _rows(write_edge_table, graph, edge_kind="stance")
    assert (edge["source"], edge["x"]) == ("a", "c")


def test_an_empty_network_is_two_headers() -> None:
    assert _rows(write_node_table, nx.DiGraph()) == _rows(write_edge_table, nx.DiGraph()) == []


@pytest.mark.parametrize(
    ("write", "number"), [(write_node_table, NODES), (write_edge_table, EDGES)]
)
def test_a_large_network_is_whole(write: Any, number: int) -> None:
    assert len(_rows(write, large_network())) == number


def test_weights_are_those_of_the_network() -> None:
    graph = large_network()
    rows = _rows(write_edge_table, graph)
    assert sorted(int(row["weight"]) for row in rows) == weights_of(graph)


@given(graph=graphs())
def test_any_graph_has_a_row_for_each_node_and_edge(graph: nx.MultiDiGraph) -> None:
    nodes = _rows(write_node_table, graph)
    edges = _rows(write_edge_table, graph)
    assert len({row["id"] for row in nodes}) == len(graph)
    assert len(edges) == graph.number_of_edges()
    assert {row[end] for row in edges for end in ("source", "target")} <= {
        row["id"] for row in nodes
    }
