"""Matrices in CSV hold every cell with all its digits; one-mode networks what ties whom."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import CHARGE, STATEMENTS, TRAMS, make_store
from graphkit.algebra.networks import compute_network, iter_networks
from graphkit.algebra.options import NetworkOptions, Window
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import StatementTable
from graphkit.errors import NetworkError
from graphkit.export.matrices import export_matrices, number_text
from graphkit.export.networks import one_mode_of_store, write_network
from graphkit.export.one_mode import one_mode_network
from graphkit.store import Store

ACTORS: Any = {"mode": "one", "variable1": "actor", "variable2": "topic"}
WEEK = Window(7, "day")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _export(store: Store, options: NetworkOptions) -> list[list[str]]:
    stream = io.BytesIO()
    export_matrices(store, stream, options)
    return list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))


def _table(store: Store) -> StatementTable:
    return table_of(store.statements(), actors=store.actors(), articles=store.articles())


# --- matrices -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        NetworkOptions(aggregate="subtract", normalize="activity"),
        NetworkOptions(**ACTORS, aggregate="congruence", normalize="jaccard"),
        NetworkOptions(**ACTORS, aggregate="conflict", ambivalent="halve"),
    ],
)
def test_a_matrix_reads_back_cell_for_cell(options: NetworkOptions, store: Store) -> None:
    network = compute_network(_table(store), options)
    header, *rows = _export(store, options)
    assert header == ["actor", *sorted(network.columns)]
    assert [row[0] for row in rows] == list(network.rows)
    values = [[float(cell) for cell in row[1:]] for row in rows]
    np.testing.assert_array_equal(values, network.values.toarray())


def test_windows_stand_below_each_other(store: Store) -> None:
    options = NetworkOptions(window=WEEK)
    header, *rows = _export(store, options)
    networks = list(iter_networks(_table(store), options))
    assert header[:4] == ["start", "middle", "stop", "actor"]
    assert sorted({row[1] for row in rows}) == [n.middle.isoformat() for n in networks if n.rows]  # type: ignore[union-attr]
    assert len(rows) == sum(len(network.rows) for network in networks)


def test_a_column_that_a_window_does_not_have_is_empty(store: Store) -> None:
    header, *rows = _export(store, NetworkOptions(window=WEEK))
    assert set(header[4:]) == {CHARGE, TRAMS, "Łucja Novák"}
    first = rows[0]
    assert first[header.index(TRAMS)] == ""
    isolates = NetworkOptions(window=WEEK, isolates=True)
    assert _export(store, isolates)[1][header.index(TRAMS)] == "0"


def test_what_was_written_is_counted(store: Store) -> None:
    report = export_matrices(store, io.BytesIO(), NetworkOptions())
    assert (report.matrices, report.rows, report.columns) == (1, 7, 3)
    assert (report.statements, report.undated) == (14, 0)
    assert export_matrices(store, io.BytesIO(), NetworkOptions(window=WEEK)).undated == 2


def test_an_empty_store_has_an_empty_matrix() -> None:
    with Store.open(None) as empty:
        assert _export(empty, NetworkOptions()) == [["actor"]]


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back_as_themselves(value: float) -> None:
    assert float(number_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(-2.0, "-2"), (0.1, "0.1"), (2 / 3, "0.6666666666666666")]
)
def test_numbers_are_as_short_as_can_be(value: float, text: str) -> None:
    assert number_text(value) == text


# --- one-mode networks --------------------------------------------------------------------------


def _graph(store: Store, **options: Any) -> Any:
    stream = io.BytesIO()
    write_network(one_mode_of_store(store, NetworkOptions(**options)), stream, "graphml")
    stream.seek(0)
    return nx.read_graphml(stream)


def test_edges_are_the_cells_above_the_diagonal(store: Store) -> None:
    options = NetworkOptions(**ACTORS, aggregate="subtract", normalize="cosine")
    network = compute_network(_table(store), options)
    graph = _graph(store, **ACTORS, aggregate="subtract", normalize="cosine")
    assert [graph.nodes[node]["label"] for node in graph] == list(network.rows)
    assert graph.number_of_edges() == network.values.nnz / 2
    for one, other, edge in graph.edges(data=True):
        row, column = (network.rows.index(name.removeprefix("actor: ")) for name in (one, other))
        assert edge["value"] == network.values[row, column]


def test_no_weight_is_below_zero(store: Store) -> None:
    graph = _graph(store, **ACTORS, aggregate="subtract")
    edge = graph.edges["actor: Drivers' Union", "actor: Norland"]
    assert (edge["weight"], edge["value"], edge["relation"]) == (2, -2, "conflict")
    other = graph.edges["actor: Drivers' Union", "actor: Chamber of Commerce"]
    assert (other["value"], other["relation"]) == (2, "congruence")
    assert edge["r"] != other["r"]


def test_edges_tell_what_ties_both(store: Store) -> None:
    graph = _graph(store, **ACTORS)
    edge = graph.edges["actor: Norland", "actor: Łucja Novák"]
    assert (edge["relation"], edge["shared_topics"]) == ("shared", f"{CHARGE}; {TRAMS}")


def test_topics_are_tied_by_actors(store: Store) -> None:
    graph = _graph(store, mode="one", variable1="topic", variable2="actor", aggregate="conflict")
    assert set(graph) == {f"topic: {name}" for name in (CHARGE, TRAMS, "Łucja Novák")}
    edge = graph.edges[f"topic: {CHARGE}", f"topic: {TRAMS}"]
    assert edge["relation"] == "conflict"
    assert edge["shared_actors"] == "Chamber of Commerce; Norland; Łucja Novák"


def test_edges_carry_what_both_say_of_it(store: Store) -> None:
    graph = _graph(store, **ACTORS, aggregate="subtract")
    edge = graph.edges["actor: Chamber of Commerce", "actor: Drivers' Union"]
    said = [
        statement.id
        for statement in STATEMENTS
        if statement.actor in {"Chamber of Commerce", "Drivers' Union"}
        and statement.topic == CHARGE
    ]
    assert sorted(edge["statement_ids"].split("; ")) == sorted(said)
    assert (edge["first_date"], edge["last_date"]) == ("2024-03-04", "2024-03-18")
    assert edge["sources"] == "The Norwick Herald"
    assert edge["quote"].startswith("The Chamber of Commerce and the Drivers' Union criticised")


def test_nodes_and_edges_count_the_statements_that_are_kept() -> None:
    twice = [STATEMENTS[1], replace(STATEMENTS[1], id="again", start=STATEMENTS[1].start + 1)]
    options = NetworkOptions(**ACTORS, duplicates="range", aggregate="congruence")
    graph = one_mode_network([*twice, STATEMENTS[2]], options)
    assert set(dict(graph.nodes(data="statements")).values()) == {1}
    (ids,) = (ids for _, _, ids in graph.edges(data="statement_ids"))
    assert "again" not in ids


def test_edges_of_texts_may_have_nothing_to_show() -> None:
    """Texts conflict with all that the other does not say, even where they share no topic."""
    drivers = next(s for s in STATEMENTS if s.topic == "Łucja Novák")
    options = NetworkOptions(**ACTORS, qualifier="quote", aggregate="conflict")
    graph = one_mode_network([drivers, STATEMENTS[3]], options)
    ((_, _, edge),) = graph.edges(data=True)
    assert (edge["value"], edge["shared_topics"], edge["quote"]) == (2, "", "")


def test_a_network_of_windows_is_refused(store: Store) -> None:
    with pytest.raises(NetworkError, match="several networks"):
        _graph(store, **ACTORS, window=WEEK)


def test_sizes_grow_with_the_activity(store: Store) -> None:
    graph = _graph(store, **ACTORS)
    node = graph.nodes["actor: Łucja Novák"]
    assert (node["statements"], node["kind"]) == (3, "actor")
    assert node["size"] == pytest.approx(5 + 5 * math.sqrt(3), abs=0.05)
