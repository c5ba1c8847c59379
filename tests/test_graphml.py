"""GraphML reads back whole in networkx and igraph, whatever the values are."""

import datetime
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import ACTORS, ARTICLES, STATEMENTS
from graphkit.errors import ExportError
from graphkit.export.columns import BATCH
from graphkit.export.counting import Counts, count_network
from graphkit.export.graphml import write_graphml
from graphkit.export.two_mode import two_mode_network
from large_network import EDGES, NODES, large_network, weights_of
from strategies import texts

GOLDEN = Path(__file__).parent / "golden"


def _write(graph: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    write_graphml(graph, stream, **options)
    return stream.getvalue()


def _read(graph: Any, **options: Any) -> Any:
    return nx.read_graphml(io.BytesIO(_write(graph, **options)), force_multigraph=True)


def _one_node(**values: Any) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_node("a", **values)
    return graph


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare with a file in tests/golden; `pytest --update-golden` writes it first."""

    def check(name: str, content: bytes) -> None:
        if request.config.getoption("--update-golden", default=False):
            (GOLDEN / name).write_bytes(content)
        assert content.decode() == (GOLDEN / name).read_text(encoding="utf-8")

    return check


def _network(layout: str) -> Any:
    return two_mode_network(STATEMENTS, actors=ACTORS, articles=ARTICLES, layout=layout)


# --- the file of the example --------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_the_example_is_the_golden_file(
    layout: str, check_golden: Callable[[str, bytes], None]
) -> None:
    edge_kind = "stance" if layout == "stance" else ""
    check_golden(f"example-{layout}.graphml", _write(_network(layout), edge_kind=edge_kind))


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_networkx_and_igraph_agree(layout: str, tmp_path: Path) -> None:
    network = _network(layout)
    path = tmp_path / "x.graphml"
    path.write_bytes(_write(network, edge_kind="stance"))
    by_networkx = nx.read_graphml(path)
    by_igraph = igraph.Graph.Read_GraphML(str(path))
    assert by_networkx.number_of_nodes() == by_igraph.vcount() == network.number_of_nodes()
    assert by_networkx.number_of_edges() == by_igraph.ecount() == network.number_of_edges()
    weights = sorted(weight for _, _, weight in by_networkx.edges(data="weight"))
    assert weights == sorted(by_igraph.es["weight"])
    assert weights[0] >= 1


@pytest.mark.parametrize("edge_kind", ["", "stance"])
def test_a_large_network_reads_back_whole_in_both(edge_kind: str, tmp_path: Path) -> None:
    graph = large_network()
    path = tmp_path / "x.graphml"
    path.write_bytes(_write(graph, edge_kind=edge_kind))
    by_networkx = nx.read_graphml(path)
    by_igraph = igraph.Graph.Read_GraphML(str(path))
    assert len(by_networkx) == by_igraph.vcount() == NODES
    assert by_networkx.number_of_edges() == by_igraph.ecount() == EDGES
    assert weights_of(by_networkx) == sorted(by_igraph.es["weight"]) == weights_of(graph)
    pairs = len(set(graph.edges()))
    assert count_network(path) == Counts(NODES, EDGES if edge_kind else pairs)


def test_gephi_counts_parallel_edges_of_different_kinds(tmp_path: Path) -> None:
    network = _network("stance")
    path = tmp_path / "x.graphml"
    path.write_bytes(_write(network, edge_kind="stance"))
    assert count_network(path) == Counts(network.number_of_nodes(), network.number_of_edges())


def test_gephi_adds_up_parallel_edges_without_a_kind(tmp_path: Path) -> None:
    path = tmp_path / "x.graphml"
    path.write_bytes(_write(_network("stance")))
    assert count_network(path).edges == _network("pair").number_of_edges()


@pytest.mark.parametrize("text", ["", "no XML", "<graphml><node/></graphml>"])
def test_counting_says_that_a_file_is_neither_graphml_nor_gexf(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.graphml"
    path.write_text(text)
    with pytest.raises(ExportError, match="is not GraphML"):
        count_network(path)


# --- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, math.nan])
def test_missing_values_are_left_out(value: object) -> None:
    assert "key" not in _write(_one_node(x=value)).decode()


@pytest.mark.parametrize(
    ("value", "type_", "read"),
    [
        (True, "boolean", True),
        (7, "int", 7),
        (2**31, "double", 2.0**31),  # too large for Gephi's and yEd's int
        (2**60, "string", str(2**60)),  # and no longer exact as a double
        (0.1, "double", 0.1),
        (5e-324, "double", 0.0),  # igraph refuses it
        (math.inf, "double", math.inf),
        ("", "string", ""),
        (["a", 1, True], "string", "a; 1; true"),
        ({"b", "a"}, "string", "a; b"),
        (datetime.date(2024, 3, 4), "string", "2024-03-04"),
    ],
)
def test_a_value_has_a_type_that_all_readers_know(value: object, type_: str, read: object) -> None:
    assert f'attr.type="{type_}"' in _write(_one_node(x=value)).decode()
    assert _read(_one_node(x=value)).nodes["a"]["x"] == read


@pytest.mark.parametrize(
    ("values", "type_"),
    [((1, 0.5), "double"), ((1, "a"), "string"), ((True, 1), "string"), ((None, 1), "int")],
)
def test_an_attribute_has_one_type(values: tuple[object, ...], type_: str) -> None:
    graph = nx.DiGraph()
    graph.add_nodes_from((number, {"x": value}) for number, value in enumerate(values))
    text = _write(graph).decode()
    assert text.count("<key ") == 1
    assert f'attr.type="{type_}"' in text


@pytest.mark.parametrize("number", [BATCH - 1, BATCH, BATCH + 1, 3 * BATCH])
def test_an_attribute_has_one_type_in_all_batches(number: int) -> None:
    graph = nx.path_graph(number + 1, nx.DiGraph())
    values = {edge: {"x": n if n < BATCH else n + 0.5} for n, edge in enumerate(graph.edges())}
    nx.set_edge_attributes(graph, values)
    found = _read(graph)
    assert [x for *_, x in found.edges(data="x")] == [each["x"] for each in values.values()]


def test_rows_with_other_attributes_keep_theirs() -> None:
    graph = nx.MultiGraph()
    rows = [{"x": 1}, {}, {"y": "%s"}, {"y": "b", "x": 2}, {"x": 3, "y": "d"}, {"x": None, "z": 1}]
    for number, values in enumerate(rows):
        graph.add_edge(number, number + 1, **values)
        graph.add_edge(number, number + 1, **values)
    found = [values for *_, values in _read(graph).edges(data=True)]
    expected = [{name: x for name, x in row.items() if x is not None} for row in rows]
    assert [{k: v for k, v in each.items() if k != "id"} for each in found[::2]] == expected


@given(text=texts)
def test_a_text_loses_nothing_but_what_is_counted(text: str) -> None:
    stream = io.BytesIO()
    removed = write_graphml(_one_node(x=text), stream)
    found = nx.read_graphml(io.BytesIO(stream.getvalue())).nodes["a"].get("x")
    assert len(found or "") == len(text) - removed


def test_an_integer_of_which_python_writes_no_decimals_is_kept() -> None:
    number = 10**5000
    assert int(_read(_one_node(x=number)).nodes["a"]["x"], 16) == number


def test_forbidden_characters_are_removed_and_counted() -> None:
    stream = io.BytesIO()
    removed = write_graphml(_one_node(x="a\x00b\x1b[1m\ufffe\ud800c"), stream)
    assert removed == 4
    assert b"ab[1mc" in stream.getvalue()


def test_nodes_stay_apart_where_only_a_forbidden_character_does() -> None:
    graph = nx.DiGraph([("a", "a\x00"), ("1", 1)])
    assert sorted(_read(graph)) == ["1", "1_2", "a", "a_2"]
    assert _read(graph).number_of_edges() == 2


# --- keys ---------------------------------------------------------------------------------------


def test_keys_of_nodes_and_edges_have_different_ids() -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", label="x")
    graph.add_node("a", label="y")
    text = _write(graph).decode()
    assert 'id="n_label"' in text
    assert 'id="e_label"' in text


@pytest.mark.parametrize("name", ["id", "Source", "target", "type", "", " ", "\x00"])
def test_names_that_gephi_keeps_for_itself_are_refused(name: str) -> None:
    graph = nx.DiGraph()
    graph.add_edge("a", "b", **{name: 1})
    with pytest.raises(ExportError, match="rename it"):
        _write(graph)


def test_two_names_that_look_alike_in_xml_are_refused() -> None:
    with pytest.raises(ExportError, match="rename one"):
        _write(_one_node(**{"a": 1, "a\x00": 2}))


# --- all of it ----------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
XML_TEXT = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"],
        exclude_characters="\ufffe\uffff",
        include_characters="\t\n\r",
    ),
    max_size=20,
)
NAMES = st.text("abcABC _-.é&<\"'", min_size=1, max_size=5).filter(str.strip)
ANY_TEXT = st.text(max_size=20)  # surrogates, too
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    ANY_TEXT,
    st.lists(TEXT),
    st.dates(),
    st.tuples(st.dates()),
)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    nodes = draw(st.lists(st.one_of(TEXT, st.integers()), min_size=1, max_size=4, unique=True))
    for node in nodes:
        graph.add_node(node, **draw(st.dictionaries(NAMES, VALUES, max_size=3)))
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes))
    for source, target in draw(st.lists(pairs, max_size=5)):
        weight = draw(st.integers(1, 9))
        graph.add_edge(
            source, target, weight=weight, **draw(st.dictionaries(NAMES, VALUES, max_size=2))
        )
    return graph


@given(graph=graphs())
def test_any_graph_reads_back_in_both(graph: nx.MultiDiGraph, tmp_path_factory: Any) -> None:
    path = tmp_path_factory.mktemp("any") / "x.graphml"
    path.write_bytes(_write(graph))
    by_networkx = nx.read_graphml(path, force_multigraph=True)
    by_igraph = igraph.Graph.Read_GraphML(str(path))
    assert by_networkx.number_of_nodes() == by_igraph.vcount() == graph.number_of_nodes()
    assert by_networkx.number_of_edges() == by_igraph.ecount() == graph.number_of_edges()
    weights = sorted(weight for _, _, weight in graph.edges(data="weight"))
    assert sorted(weight for _, _, weight in by_networkx.edges(data="weight")) == weights
    assert count_network(path).nodes == graph.number_of_nodes()


@given(text=XML_TEXT, name=NAMES)
def test_any_text_that_xml_can_hold_reads_back_unchanged(text: str, name: str) -> None:
    assert _read(_one_node(**{name: text})).nodes["a"] == {name: text}
