"""GEXF keeps to its schema, and reads back whole in networkx, whatever the values are."""

import datetime
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import ACTORS, ARTICLES, CHARGE, STATEMENTS
from gexf_rules import check_gexf
from graphkit.errors import ExportError
from graphkit.export.counting import Counts, count_network
from graphkit.export.gexf import write_gexf
from graphkit.export.two_mode import two_mode_network
from large_network import EDGES, NODES, large_network, weights_of
from strategies import texts
from test_graphml import check_golden, graphs  # noqa: F401  # a fixture

DAY = datetime.date(2024, 3, 4)


def _write(graph: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    write_gexf(graph, stream, **options)
    check_gexf(stream.getvalue())
    return stream.getvalue()


def _read(graph: Any, **options: Any) -> Any:
    return nx.read_gexf(io.BytesIO(_write(graph, **options)))


def _one_node(**values: Any) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_node("a", **values)
    return graph


def _spells(*dates: object) -> list[tuple[str, str]]:
    return _read(_one_node(dates=dates)).nodes["a"].get("spells", [])


def _network() -> Any:
    return two_mode_network(STATEMENTS, actors=ACTORS, articles=ARTICLES, layout="stance")


def test_the_example_is_the_golden_file(check_golden: Callable[[str, bytes], None]) -> None:  # noqa: F811
    check_golden("example.gexf", _write(_network(), edge_kind="stance"))


def test_a_large_network_reads_back_whole(tmp_path: Path) -> None:
    graph = large_network()
    path = tmp_path / "x.gexf"
    path.write_bytes(_write(graph, edge_kind="stance"))
    found = nx.read_gexf(path)
    assert (len(found), found.number_of_edges()) == (NODES, EDGES)
    assert weights_of(found) == weights_of(graph)
    assert count_network(path) == Counts(NODES, EDGES)


# --- time ---------------------------------------------------------------------------------------


def test_an_edge_is_there_on_the_days_of_its_statements() -> None:
    edge = _read(_network(), edge_kind="stance").edges
    ends = "actor: Drivers' Union", f"topic: {CHARGE}"
    (values,) = (values for *found, values in edge(data=True) if tuple(found) == ends)
    assert values["spells"] == [("2024-03-04", "2024-03-04"), ("2024-03-18", "2024-03-18")]


def test_spells_are_sorted_and_days_in_a_row_are_one() -> None:
    days = [DAY + datetime.timedelta(days) for days in (9, 1, 0, 0, 4)]
    assert _spells(*days) == [
        ("2024-03-04", "2024-03-05"),
        ("2024-03-08", "2024-03-08"),
        ("2024-03-13", "2024-03-13"),
    ]


@pytest.mark.parametrize("dates", [(), (DAY, "2024"), (DAY, None), (1, 2), ([],)])
def test_what_is_no_list_of_dates_is_no_spell(dates: tuple[object, ...]) -> None:
    assert _spells(*dates) == []


def test_a_moment_counts_as_its_day() -> None:
    moments = [datetime.datetime(2024, 3, 4, hour) for hour in (8, 9)]
    assert _spells(*moments) == [("2024-03-04", "2024-03-04")]


def test_the_end_of_an_edge_without_a_date_is_there_all_the_time() -> None:
    node = _read(_network()).nodes["actor: Norland"]
    assert "spells" not in node  # it promised trams, nobody knows when


@given(days=st.lists(st.dates()))
def test_any_days_make_the_same_days(days: list[datetime.date]) -> None:
    found: set[datetime.date] = set()
    for spell in _spells(*days):
        start, end = map(datetime.date.fromisoformat, spell)
        found |= {
            datetime.date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)
        }
    assert found == set(days)


# --- look ---------------------------------------------------------------------------------------


def test_colour_size_and_position_are_those_of_the_node() -> None:
    found = _read(_one_node(r=1, g=2, b=255, size=7.5, x=-3.0, y=4)).nodes["a"]
    assert found["viz"] == {
        "color": {"r": 1, "g": 2, "b": 255, "a": 1.0},
        "size": 7.5,
        "position": {"x": -3.0, "y": 4.0, "z": 0.0},
    }
    assert set(found) == {"viz", "label"}


@pytest.mark.parametrize(
    "values",
    [
        {"r": 1, "g": 2},
        {"r": 1, "g": 2, "b": 256},
        {"r": 1, "g": 2, "b": -1},
        {"r": 1.5, "g": 2, "b": 3},
        {"x": 1.0},
        {"x": math.inf, "y": 1.0},
        {"size": "large"},
        {"size": True},
    ],
)
def test_what_cannot_be_drawn_stays_an_attribute(values: dict[str, Any]) -> None:
    found = _read(_one_node(**values)).nodes["a"]
    assert "viz" not in found
    assert {name: found[name] for name in values} == values


@pytest.mark.parametrize("weight", ["much", math.inf])
def test_a_weight_that_is_no_number_stays_an_attribute(weight: object) -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", weight=weight)
    assert b" weight=" not in _write(graph)
    assert f'value="{"Infinity" if weight == math.inf else weight}"'.encode() in _write(graph)


def test_the_kind_keeps_parallel_edges_apart() -> None:
    content = _write(_network(), edge_kind="stance")
    assert content.count(b' kind="supports"') == 5
    assert _read(_network()).number_of_edges() == _network().number_of_edges()


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [True, False])
def test_an_empty_graph_can_be_written(directed: bool) -> None:
    found = _read(nx.MultiDiGraph() if directed else nx.Graph())
    assert len(found) == 0
    assert found.is_directed() == directed


def test_forbidden_characters_are_removed_and_counted() -> None:
    stream = io.BytesIO()
    removed = write_gexf(_one_node(x="a\x00b\ufffe", label="\ud800c"), stream)
    assert removed == 3
    assert _read(_one_node(x="a\x00b\ufffe", label="\ud800c")).nodes["a"] == {
        "x": "ab",
        "label": "c",
    }


@pytest.mark.parametrize("name", ["id", "Source", "target", "TYPE", ""])
def test_names_that_gephi_keeps_for_itself_are_refused(name: str) -> None:
    with pytest.raises(ExportError, match="rename it"):
        _write(_one_node(**{name: 1}))


@given(graph=graphs())
def test_any_graph_keeps_to_the_schema_and_reads_back(graph: nx.MultiDiGraph) -> None:
    found = nx.read_gexf(io.BytesIO(_write(graph, edge_kind="a")))
    assert len(found) == len(graph)
    assert found.number_of_edges() == graph.number_of_edges()
    assert weights_of(found) == weights_of(graph)


@given(text=texts)
def test_a_text_loses_nothing_but_what_is_counted(text: str) -> None:
    stream = io.BytesIO()
    removed = write_gexf(_one_node(x=text), stream)
    check_gexf(stream.getvalue())
    found = nx.read_gexf(io.BytesIO(stream.getvalue())).nodes["a"]["x"]
    assert len(found) == len(text) - removed
