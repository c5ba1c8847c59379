"""Measures of toy networks are what one computes by hand."""

import dataclasses
from typing import Any

import networkx as nx
import numpy as np
import pytest

from example import ACTORS, STATEMENTS
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.export.two_mode import two_mode_network
from graphkit.measures import nodes
from graphkit.measures.bootstrap import Bootstrap
from graphkit.measures.nodes import communities_of, measure_nodes
from graphkit.measures.of_statements import INTERVALS, intervals_of, measure_statements
from graphkit.measures.summary import COLUMNS, density, ei_index, mean_tie, summarize
from graphkit.measures.ties import Ties, ties_of

# a - b - c in a chain of congruence, with weights 2 and 1; a and c, c and d in conflict.
AGREED = [[9, 2, 0, 0], [2, 9, 1, 0], [0, 1, 9, 0], [0, 0, 0, 9]]
OPPOSED = [[0, 0, 3, 0], [0, 0, 0, 0], [3, 0, 0, 1], [0, 0, 1, 0]]
TOY = Ties.of("abcd", AGREED, OPPOSED)
ONE_MODE = NetworkOptions(mode="one")


def test_density_is_the_share_of_pairs_with_a_tie() -> None:
    assert density(TOY.congruence) == pytest.approx(2 / 6)
    assert density(TOY.conflict) == pytest.approx(2 / 6)
    assert mean_tie(TOY.congruence) == pytest.approx(3 / 6)
    assert mean_tie(TOY.conflict) == pytest.approx(4 / 6)


def test_the_ei_index_weighs_ties_between_groups_against_those_inside() -> None:
    assert ei_index(TOY.congruence, ["x", "x", "y", "y"]) == pytest.approx((1 - 2) / 3)
    assert ei_index(TOY.conflict, ["x", "x", "y", "y"]) == pytest.approx((3 - 1) / 4)
    assert ei_index(TOY.congruence, ["x", "x", "", "y"]) == -1
    assert ei_index(TOY.congruence, ["", "", "", ""]) is None


def test_a_summary_has_the_measures_of_the_whole_and_of_each_node() -> None:
    found = summarize(TOY, {"a": "x", "b": "x", "c": "y", "d": "y"})
    # {a, b} against {c}, and {d} against {c}: only the tie of b and c is against that.
    assert found.whole["distance"] == 1
    assert found.whole["polarization"] == pytest.approx(1 - 1 / 3.5)
    assert found.whole["camp_sizes"] == [3, 1]
    rows = {row["name"]: row for row in found.nodes}
    assert list(rows) == ["c", "a", "b", "d"]  # by their partners: 3, 2, 2, 1
    assert tuple(rows["a"]) == COLUMNS
    assert [rows[name]["camp"] for name in "abcd"] == [1, 1, 2, 1]
    assert [rows[name]["congruence"] for name in "abcd"] == [2, 3, 1, 0]
    assert [rows[name]["conflict"] for name in "abcd"] == [3, 0, 4, 1]
    # of the 3 pairs without b, only a - c has its way through b
    assert rows["b"]["betweenness"] == pytest.approx(1 / 3)
    assert [rows[name]["closeness"] for name in "abcd"] == pytest.approx([4 / 9, 2 / 3, 4 / 9, 0])


def test_modularity_of_two_pairs_is_a_half() -> None:
    pairs = np.kron(np.eye(2), np.ones((2, 2)))
    found = summarize(Ties.of("abcd", pairs, 0 * pairs))
    assert found.whole["modularity"] == pytest.approx(0.5)
    assert found.whole["communities"] == 2
    assert {row["name"]: row["community"] for row in found.nodes} == {
        "a": 1,
        "b": 1,
        "c": 2,
        "d": 2,
    }


def test_a_network_without_nodes_has_a_summary() -> None:
    found = summarize(Ties.of([], np.zeros((0, 0)), np.zeros((0, 0))))
    assert found.whole["modularity"] is None
    assert found.nodes == []


# --- statements ---------------------------------------------------------------------------------


def test_ties_are_those_of_the_algebra() -> None:
    ties = ties_of(table_of(STATEMENTS, actors=ACTORS), ONE_MODE)
    place = {name: number for number, name in enumerate(ties.names)}
    drivers, chamber = place["Drivers' Union"], place["Chamber of Commerce"]
    assert ties.congruence[drivers, chamber] == 2  # twice against the charge, and once
    assert ties.conflict[drivers, place["Norland"]] == 2


def test_groups_are_the_types_or_the_affiliations_of_actors() -> None:
    types = measure_statements(STATEMENTS, ONE_MODE, actors=ACTORS).nodes
    assert {row["name"]: row["group"] for row in types}["Norland"] == "country"
    own = measure_statements(STATEMENTS, ONE_MODE, actors=ACTORS, groups="affiliation").nodes
    assert {row["name"]: row["group"] for row in own}["Ana Pérez"] == "Norland"


def test_intervals_of_sure_statements_have_no_width() -> None:
    sure = [dataclasses.replace(each, confidence=1.0) for each in STATEMENTS]
    whole = measure_statements(sure, ONE_MODE, actors=ACTORS).whole
    found = intervals_of(sure, ONE_MODE, bootstrap=Bootstrap(3), actors=ACTORS)
    assert tuple(found) == INTERVALS
    assert all(ends == pytest.approx([whole[name]] * 2) for name, ends in found.items())


def test_intervals_of_doubtful_statements_have_a_width_and_depend_on_the_seed_only() -> None:
    found = intervals_of(STATEMENTS, ONE_MODE, bootstrap=Bootstrap(40), actors=ACTORS)
    low, high = found["conflict_density"]
    assert low < high
    assert intervals_of(STATEMENTS, ONE_MODE, bootstrap=Bootstrap(40), actors=ACTORS) == found
    assert (
        intervals_of(STATEMENTS, ONE_MODE, bootstrap=Bootstrap(40, seed=2), actors=ACTORS) != found
    )


# --- the nodes of an export ---------------------------------------------------------------------


def _two_mode(**stances: str) -> Any:
    graph = nx.DiGraph()
    for actor, signs in stances.items():
        for topic, sign in zip(("t", "u"), signs, strict=True):
            counts = {"supports": sign == "+", "opposes": sign == "-", "ambivalent": False}
            if sign != " ":
                graph.add_edge(actor, topic, weight=1, **{k: int(v) for k, v in counts.items()})
    return graph


def test_supporters_and_opponents_of_the_same_topics_are_two_communities() -> None:
    graph = _two_mode(a="+-", b="+-", c="-+", d="-+")
    found = communities_of(graph)
    assert found["a"] == found["b"] != found["c"] == found["d"]
    assert (found["t"], found["u"]) == (found["a"], found["c"])  # with those who support it


def test_conflict_holds_no_community_together() -> None:
    graph = nx.Graph([("a", "b", {"relation": "conflict", "weight": 9}), ("b", "c", {"weight": 1})])
    found = communities_of(graph)
    assert found["b"] == found["c"] != found["a"]


def test_nodes_have_degree_and_betweenness() -> None:
    found = measure_nodes(nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "c")]))
    assert [found[node]["degree"] for node in "abc"] == [1, 2, 1]
    assert [found[node]["betweenness"] for node in "abc"] == [0, 1, 0]
    assert [found[node]["closeness"] for node in "abc"] == pytest.approx(
        [2 / 3, 1, 2 / 3], abs=1e-6
    )


def test_measures_are_left_out_of_too_large_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LARGEST", 1)
    assert measure_nodes(nx.path_graph(3)) == {}


def test_betweenness_of_a_large_network_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = np.ones((60, 60))
    assert summarize(Ties.of(map(str, range(60)), pairs, 0 * pairs)).nodes[0]["closeness"] == 1
    monkeypatch.setattr(nodes, "_STEPS", 1)
    found = summarize(Ties.of(map(str, range(60)), pairs, 0 * pairs))
    assert found.whole["betweenness_sample"] == 50
    assert found.nodes[0]["closeness"] is None


def test_measures_do_not_depend_on_the_order_of_the_statements() -> None:
    one = two_mode_network(STATEMENTS, actors=ACTORS)
    other = two_mode_network(STATEMENTS[::-1], actors=ACTORS)
    assert measure_nodes(one) == measure_nodes(other)
