"""Intervals show what is left of ties if doubtful statements, or chance ones, are not there."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from example import ACTORS, STATEMENTS
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.errors import NetworkError
from graphkit.export.one_mode import one_mode_network
from graphkit.export.two_mode import two_mode_network
from graphkit.measures import bootstrap
from graphkit.measures.bootstrap import Bootstrap, add_intervals, interval, iter_draws, iter_tables
from graphkit.statement import Actor, Statement
from said import statements_of

SUBTRACT = NetworkOptions(mode="one", aggregate="subtract")

# Two actors with a statement each of the confidence 0.6 and 0.5.
PAIR = [
    replace(each, confidence=confidence)
    for each, confidence in zip(
        statements_of([("a", "+", "port"), ("b", "+", "port")]), (0.6, 0.5), strict=True
    )
]


def _edges(
    statements: list[Statement], draws: Bootstrap, options: NetworkOptions = SUBTRACT
) -> dict[tuple[str, str], Any]:
    graph = one_mode_network(statements, options, actors=ACTORS, bootstrap=draws)
    return {
        (one.removeprefix("actor: "), other.removeprefix("actor: ")): values
        for one, other, values in graph.edges(data=True)
    }


def test_statements_are_kept_by_their_confidence() -> None:
    counts = np.array(list(iter_draws(np.array([1, 0.8, 0]), Bootstrap(2000))))
    assert set(counts.ravel().tolist()) == {0, 1}
    assert counts.mean(axis=0) == pytest.approx([1, 0.8, 0], abs=0.03)


def test_statements_are_drawn_with_replacement() -> None:
    counts = np.array(list(iter_draws(np.full(4, 0.5), Bootstrap(500, "statements"))))
    assert set(counts.sum(axis=1).tolist()) == {4}
    assert counts.max() > 1
    both = np.array(list(iter_draws(np.full(4, 0.5), Bootstrap(2000, "both"))))
    assert both.sum(axis=1).mean() == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("resample", ["confidence", "statements", "both"])
def test_there_is_nothing_to_draw_from_no_statements(resample: Any) -> None:
    assert [len(each) for each in iter_draws(np.zeros(0), Bootstrap(2, resample))] == [0, 0]


def test_a_drawn_table_has_the_rows_as_often_as_they_are_drawn() -> None:
    table = table_of(STATEMENTS, actors=ACTORS).take(np.array([0, 0, 3]))
    assert len(table) == 3
    assert table.origins[0] == table.origins[1] != table.origins[2]


def test_an_edge_is_as_certain_as_both_its_statements() -> None:
    edge = _edges(PAIR, Bootstrap(1500))["a", "b"]
    assert edge["certainty"] == pytest.approx(0.3, abs=0.03)
    assert (edge["low"], edge["value"], edge["high"]) == (0, 1, 1)


@pytest.mark.parametrize("ambivalent", ["count", "halve", "drop"])
def test_sure_statements_give_no_width(ambivalent: Any) -> None:
    sure = [replace(each, confidence=1.0) for each in STATEMENTS]
    options = replace(SUBTRACT, ambivalent=ambivalent)
    for edge in _edges(sure, Bootstrap(3), options).values():
        assert edge["low"] == edge["high"] == edge["value"]
        assert edge["certainty"] == 1


@pytest.mark.parametrize(("ambivalent", "lowest"), [("count", 0.5), ("halve", 0.5), ("drop", None)])
def test_ambivalent_statements_count_as_they_do_in_the_network(
    ambivalent: Any, lowest: float | None
) -> None:
    # One statement in favour, and one sure ambivalent one: half a tie, unless it is dropped.
    told = statements_of([("a", "+", "port"), ("b", "0", "port"), ("b", "+", "port")])
    told[2] = replace(told[2], confidence=0.5)
    options = NetworkOptions(mode="one", aggregate="congruence", ambivalent=ambivalent)
    edge = _edges(told, Bootstrap(200), options)["a", "b"]
    assert (edge["low"], edge["high"]) == (lowest or 0, 1 + (lowest or 0))


def test_a_duplicate_takes_the_place_of_the_first_one() -> None:
    told = statements_of([("a", "+", "port"), ("a", "+", "port"), ("b", "+", "port")])
    told[:2] = [replace(each, confidence=0.5) for each in told[:2]]
    options = replace(SUBTRACT, duplicates="range")
    edge = _edges(told, Bootstrap(1500), options)["a", "b"]
    assert edge["certainty"] == pytest.approx(0.75, abs=0.03)
    assert edge["high"] == 1


def test_the_interval_is_that_of_all_draws() -> None:
    draws = Bootstrap(50, "both", seed=7)
    values = []
    for table in iter_tables(table_of(STATEMENTS, actors=ACTORS), STATEMENTS, draws):
        drawn = [STATEMENTS[origin] for origin in table.origins.tolist()]
        edges = _edges(drawn, None, SUBTRACT)  # type: ignore[arg-type]  # no draws
        values.append(edges.get(("Chamber of Commerce", "Drivers' Union"), {"value": 0})["value"])
    edge = _edges(list(STATEMENTS), draws)["Chamber of Commerce", "Drivers' Union"]
    assert [edge["low"], edge["high"]] == pytest.approx(interval(values))
    assert edge["certainty"] == np.mean(np.array(values) != 0)


@pytest.mark.parametrize("resample", ["confidence", "statements", "both"])
def test_intervals_depend_on_the_seed_and_not_on_the_order(resample: Any) -> None:
    one = _edges(list(STATEMENTS), Bootstrap(20, resample))
    assert _edges(list(STATEMENTS[::-1]), Bootstrap(20, resample)) == one
    assert _edges(list(STATEMENTS), Bootstrap(20, resample, seed=2)) != one


# --- actors and topics --------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_edges_of_actors_and_topics_have_intervals(layout: Any) -> None:
    told = statements_of([("a", "+", "port"), ("a", "-", "port"), ("b", "0", "port")])
    told[1] = replace(told[1], confidence=0.5)
    graph = two_mode_network(told, layout=layout)
    add_intervals(graph, told, Bootstrap(400))
    found = [values for _, _, values in graph.edges(data=True)]
    doubtful = next(values for values in found if values["opposes"])
    sure = next(values for values in found if values["ambivalent"])
    assert (sure["low"], sure["high"], sure["certainty"]) == (1, 1, 1)
    assert (sure["score_low"], sure["score_high"]) == (0, 0)
    if layout == "pair":
        assert (doubtful["low"], doubtful["high"], doubtful["certainty"]) == (1, 2, 1)
        assert (doubtful["score_low"], doubtful["score_high"]) == (0, 1)
    else:
        assert (doubtful["low"], doubtful["high"]) == (0, 1)
        assert doubtful["certainty"] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_edges_are_found_whatever_the_ids_and_the_names_are(layout: Any) -> None:
    told = statements_of([("some", "+", "port"), ("some", "+", "port"), ("b", "-", "port; x")])
    told = [replace(each, id=f"{each.article}; {number}") for number, each in enumerate(told)]
    actors = [Actor(name="some", type="group", is_local=True)]
    graph = two_mode_network(told, actors=actors, layout=layout)
    add_intervals(graph, told, Bootstrap(3), actors=actors)
    found = [(values["low"], values["high"]) for _, _, values in graph.edges(data=True)]
    assert found == [(1, 1)] * 3


def test_an_edge_that_is_never_there_has_no_score() -> None:
    told = [replace(each, confidence=0.0) for each in PAIR]
    graph = two_mode_network(told)
    add_intervals(graph, told, Bootstrap(5))
    for _, _, values in graph.edges(data=True):
        assert (values["low"], values["high"], values["certainty"]) == (0, 0, 0)
        assert values["score_low"] is values["score_high"] is None


def test_a_network_without_edges_has_no_intervals() -> None:
    graph = two_mode_network([])
    add_intervals(graph, [], Bootstrap(5))
    assert one_mode_network([], SUBTRACT, bootstrap=Bootstrap(5)).size() == 0


def test_too_many_draws_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_MOST_CELLS", 10)
    with pytest.raises(NetworkError, match="draw up to 10 times"):
        _edges(PAIR, Bootstrap(11))


@pytest.mark.parametrize(("values", "ends"), [([], None), ([1.0] * 9, [1, 1])])
def test_an_interval_has_two_ends(values: list[float], ends: list[float] | None) -> None:
    assert interval(values) == ends


def test_ends_of_intervals_lie_between_draws() -> None:
    values = np.array([[1.0], [2.0], [math.nan], [4.0]])
    low, high = bootstrap._quantiles(values)
    assert [*low, *high] == pytest.approx(np.quantile([1, 2, 4], bootstrap.ENDS).tolist())
