"""`graphkit.network` gives what the files of ``graphkit export`` hold, by the same options."""

import csv
import datetime
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import graphkit
from example import ARTICLES, CHARGE, STATEMENTS, make_store
from graphkit.algebra.options import NamedOptions, named_options, window_of
from graphkit.cli.export import export
from graphkit.cli.network import _OPTIONS as ON_THE_COMMAND_LINE
from graphkit.errors import GraphkitError, NetworkError, QueryError
from graphkit.export.matrices import export_matrices
from graphkit.export.networks import network_of_store, one_mode_of_store
from graphkit.measures.bootstrap import Bootstrap
from graphkit.networks import Options
from graphkit.store import Store

BARE = [
    {"actor": one.actor, "stance": one.stance, "topic": one.topic, "date": one.date}
    for one in STATEMENTS
]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _parts(graph: Any) -> tuple[Any, ...]:
    return dict(graph.nodes(data=True)), sorted(graph.edges(data=True), key=lambda edge: edge[:2])


def _without_values(graph: Any) -> Any:
    for _, _, values in graph.edges(data=True):
        values.pop("value")
    return graph


def test_the_graph_of_a_store_is_the_one_that_is_exported(store: Store) -> None:
    ours = _without_values(graphkit.network(store))
    assert _parts(ours) == _parts(network_of_store(store).graph)


def test_layout_stance_is_the_one_that_is_exported(store: Store) -> None:
    ours = graphkit.network(store, layout="stance")
    assert _parts(ours) == _parts(network_of_store(store, "stance").graph)


@pytest.mark.parametrize("mode", ["actors", "topics"])
def test_a_network_of_one_mode_is_the_one_that_is_exported(mode: Any, store: Store) -> None:
    options = {"aggregate": "subtract", "normalize": "average"}
    ours = graphkit.network(store, mode=mode, aggregate="subtract", normalize="average")
    exported = one_mode_of_store(store, named_options(mode, **options))
    assert _parts(ours) == _parts(exported.graph)


@pytest.mark.parametrize("mode", ["two", "actors"])
def test_a_bootstrap_and_a_backbone_are_those_of_the_export(mode: Any, store: Store) -> None:
    more: Any = {"backbone": mode == "two", "seed": 3}
    ours = graphkit.network(store, mode=mode, bootstrap=20, resample="both", **more)
    more["bootstrap"] = Bootstrap(20, "both", 3)
    if mode == "two":
        assert _parts(_without_values(ours)) == _parts(network_of_store(store, **more).graph)
    else:
        exported = one_mode_of_store(store, named_options(mode), **more)
        assert _parts(ours) == _parts(exported.graph)


def test_the_period_is_that_of_the_export(store: Store) -> None:
    since, until = datetime.date(2024, 3, 5), datetime.date(2024, 3, 31)
    ours = graphkit.network(store, since="2024-03-05", until="2024-03")
    exported = network_of_store(store, since=since, until=until)
    assert _parts(_without_values(ours)) == _parts(exported.graph)
    assert len(graphkit.network(store, since=since)) == len(ours)


def test_other_sources_give_the_same_graph_with_actors_and_articles(store: Store) -> None:
    expected = _parts(graphkit.network(store))
    rows = [one.to_json() for one in STATEMENTS]
    more: Any = {"actors": store.actors(), "articles": ARTICLES}
    assert _parts(graphkit.network(rows, **more)) == expected
    assert _parts(graphkit.network(pd.DataFrame(rows), **more)) == expected


def test_actor_stance_and_topic_are_enough() -> None:
    graph = graphkit.network([{"actor": "a", "stance": "opposes", "topic": "t"}])
    (edge,) = (values for _, _, values in graph.edges(data=True))
    assert (edge["opposes"], edge["statement_ids"], edge["first_date"]) == (1, "row 1", None)
    assert graph.nodes["actor: a"]["actor_type"] is None


@pytest.mark.parametrize(
    "options",
    [
        {"mode": "two", "aggregate": "subtract", "normalize": "activity"},
        {"mode": "two", "aggregate": "combine", "duplicates": "document"},
        {"mode": "actors", "aggregate": "congruence", "ambivalent": "halve"},
        {"mode": "topics", "normalize": "cosine", "dna_compat": True, "isolates": True},
        {"mode": "two", "window": "3 days"},
        {"mode": "two", "window": "3 days", "kernel": "triangular"},
    ],
)
def test_a_matrix_is_the_one_that_is_exported(options: dict[str, Any], store: Store) -> None:
    found = graphkit.network(store, as_matrix=True, **options)
    matrices = [each for _, each in found] if "window" in options else [found]
    chosen = dict(options)
    if "window" in chosen:
        chosen["window"] = window_of(chosen["window"], chosen.pop("kernel", None))
    file = io.BytesIO()
    export_matrices(store, file, named_options(**chosen))
    header, *exported = csv.reader(io.StringIO(file.getvalue().decode()))
    ends = 3 if "window" in options else 0  # which come before the name of a row
    names, columns = [row[ends] for row in exported], header[ends + 1 :]
    assert names == [name for matrix in matrices for name in matrix.rows]
    assert {*columns} == {name for matrix in matrices for name in matrix.columns}
    ours = [row for matrix in matrices for row in _dense(matrix, columns)]
    numbers = [[float(cell or 0) for cell in row[ends + 1 :]] for row in exported]
    assert ours == numbers


def _dense(matrix: graphkit.LabelledMatrix, columns: list[str]) -> list[list[float]]:
    cells = {(row, column): number for row, column, number in matrix.cells()}
    return [[cells.get((row, column), 0) for column in columns] for row in matrix.rows]


@pytest.mark.parametrize("mode", ["two", "actors"])
@pytest.mark.parametrize("kernel", [None, "uniform", "gaussian"])
def test_the_graph_of_a_window_holds_its_matrix(mode: Any, kernel: Any, store: Store) -> None:
    options: Any = {"mode": mode, "aggregate": "subtract", "window": "7 days", "kernel": kernel}
    graphs = graphkit.network(store, measures=False, **options)
    matrices = graphkit.network(store, as_matrix=True, **options)
    kind = "actor" if mode == "actors" else "topic"
    assert len(graphs) == len(matrices) > 1
    for (period, graph), (same, matrix) in zip(graphs, matrices, strict=True):
        assert period == same
        cells = {
            frozenset({f"actor: {row}", f"{kind}: {column}"}): number
            for row, column, number in matrix.cells()
            if mode == "two" or row != column
        }
        edges = {frozenset(ends): number for *ends, number in graph.edges(data="value") if number}
        assert edges == pytest.approx(cells)


def test_a_window_holds_the_statements_of_its_days(store: Store) -> None:
    for period, graph in graphkit.network(store, window="3 days", measures=False):
        dates = {day for *_, days in graph.edges(data="dates") for day in days}
        assert all(period.start.date() <= day <= period.stop.date() for day in dates)


def test_isolates_are_nodes_without_an_edge(store: Store) -> None:
    options: Any = {"filters": [_only("Norland")], "isolates": True}
    graph = graphkit.network(store, **options)
    assert {*graph} == {*graphkit.network(store)}
    tied = {"actor: Norland", f"topic: {CHARGE}", "topic: free trams"}
    assert {node for node in graph if graph.degree(node)} == tied
    alone = graph.nodes["actor: Łucja Novák"]
    assert (alone["statements"], alone["degree"], alone["kind"]) == (0, 0, "actor")
    assert {"label", "size", "x", "community"} <= {*alone}


def _only(actor: str) -> graphkit.Filter:
    return graphkit.Filter("actor", {actor}, keeps=True)


def test_a_cell_of_zero_is_an_edge_that_says_so(store: Store) -> None:
    graph = graphkit.network(store, aggregate="subtract")
    edge = graph.edges["actor: Ana Pérez", f"topic: {CHARGE}"]
    assert (edge["value"], edge["weight"]) == (0, 2)


def test_filters_keep_or_leave_out(store: Store) -> None:
    only = graphkit.network(store, filters=[_only("Norland")])
    assert [name for name in only if name.startswith("actor")] == ["actor: Norland"]
    without = graphkit.network(store, filters=[graphkit.Filter("actor_type", ["person", "group"])])
    kinds = {each["actor_type"] for each in without._node.values() if each["kind"] == "actor"}
    assert kinds == {"organization", "country"}


def test_measures_can_be_left_out(store: Store) -> None:
    graph = graphkit.network(store, measures=False)
    assert all("x" not in values and "community" not in values for values in graph._node.values())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"agregate": "ignore"}, "No option 'agregate'. Did you mean aggregate?"),
        ({"zzz": 1}, "No option 'zzz'. window, as_matrix, "),
        ({"mode": "one"}, "No mode 'one': there are two, actors, topics"),
        ({"aggregate": "sum"}, "No aggregate 'sum': there are ignore, congruence"),
        ({"aggregate": "congruence"}, "choose ignore, subtract, combine"),
        ({"normalize": "jaccard"}, "choose none, activity, prominence"),
        ({"kernel": "uniform"}, "give a window, too"),
        ({"window": "soon"}, "'soon' is no time such as '3 months'"),
        ({"window": 30}, "'30' is no time"),
        ({"layout": "circle"}, "No layout 'circle': there are pair, stance"),
        ({"layout": "pair", "mode": "actors"}, "A layout is for the graph"),
        ({"layout": "pair", "as_matrix": True}, "A layout is for the graph"),
        ({"filters": ["actor"]}, "'actor' is no graphkit.Filter"),
        ({"filters": graphkit.Filter("actor", ["a"])}, r"give \[graphkit.Filter"),
        ({"actors": ["Norland"]}, "'Norland' is no graphkit.Actor"),
        ({"articles": 3}, r"give \[graphkit.Article"),
        ({"seed": "a"}, "seed is a whole number from 0 on, and not 'a'"),
        ({"seed": -1}, "not -1"),
        ({"bootstrap": 2.5}, "bootstrap is a whole number"),
        ({"bootstrap": True}, "not True"),
        ({"filters": [graphkit.Filter("party", {"A"})]}, "No variable 'party'"),
        ({"bootstrap": 5, "window": "3 days"}, "leave the window out"),
        ({"bootstrap": 5, "as_matrix": True}, "A bootstrap is for graphs"),
        ({"resample": "both"}, "say how often with bootstrap"),
        ({"bootstrap": 5, "resample": "all"}, "No resample 'all': there are confidence,"),
        ({"bootstrap": 0}, "draws at least once"),
        ({"since": "2024-05", "until": "2024-04"}, "begins on 2024-05-01"),
        ({"since": "yesterday"}, "'yesterday' is no date"),
    ],
)
def test_wrong_options_are_told_with_what_there_is(options: Any, told: str) -> None:
    with pytest.raises((NetworkError, QueryError), match=told):
        graphkit.network(STATEMENTS, **options)


def test_the_values_of_a_filter_are_no_text() -> None:
    with pytest.raises(NetworkError, match=r"give \['group'\]"):
        graphkit.Filter("actor_type", "group")


@pytest.mark.parametrize("values", [3, None, [["group"]]])
def test_a_filter_takes_values(values: Any) -> None:
    with pytest.raises(NetworkError, match="a list of values"):
        graphkit.Filter("actor_type", values)


@pytest.mark.parametrize(
    "values", [["Norland"], pd.Series(["Norland"]), (name for name in ["Norland"])]
)
def test_the_values_of_a_filter_can_come_from_anywhere(values: Any, store: Store) -> None:
    only = graphkit.Filter("actor", values, keeps=True)
    for _ in range(2):  # an iterator would be used up
        graph = graphkit.network(store, filters=[only], measures=False)
        assert [name for name in graph if name.startswith("actor")] == ["actor: Norland"]


def test_none_is_no_filter_and_no_actor(store: Store) -> None:
    options: Any = {"filters": None, "actors": None, "articles": None}
    assert _parts(graphkit.network(store, **options)) == _parts(graphkit.network(store))


def test_duplicates_need_to_know_the_article() -> None:
    with pytest.raises(NetworkError, match="per document: 'row 1' needs an article"):
        graphkit.network(BARE, duplicates="document")
    with pytest.raises(NetworkError, match="per week: 'row 13' needs an article"):
        graphkit.network(BARE, duplicates="week")
    assert len(graphkit.network(BARE[:12], duplicates="week")) > 0


def test_the_options_are_those_of_the_command_line() -> None:
    networks = {name.removeprefix("--").replace("-", "_") for name, _ in ON_THE_COMMAND_LINE}
    assert networks - {"explain"} == {*NamedOptions.__annotations__, "window"}
    of_files = {"format", "check", "output", "store", "explain"}
    of_python = {"filters", "measures", "actors", "articles"}
    given = {option.name for option in export.params} - of_files
    assert given == {*Options.__annotations__, "window"} - of_python


def test_public_names_are_there_and_no_module_takes_their_place() -> None:
    package = Path(graphkit.__file__).parent
    for name in graphkit.__all__:
        assert getattr(graphkit, name).__module__.startswith("graphkit.")
        assert name in dir(graphkit)
        assert not (package / f"{name}.py").exists()
        assert not (package / name).exists()
    assert graphkit.GraphkitError is GraphkitError
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        graphkit.nothing  # noqa: B018


def test_import_graphkit_imports_nothing_else() -> None:
    code = (
        "import sys; import graphkit;"
        "print(*{m for m in sys.modules if m.startswith('graphkit')} - {'graphkit'},"
        " *{'click', 'pyoxigraph', 'numpy', 'networkx', 'spacy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
