"""Each node has a place, the same one each time, and friends stand near each other."""

import math
from typing import Any

import networkx as nx
import pytest

from example import ACTORS, STATEMENTS
from graphkit import layout
from graphkit.export.two_mode import two_mode_network
from graphkit.layout import positions_of


@pytest.fixture(params=[1000, 3], ids=["by force", "by spectrum"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "LARGE", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 30])
def test_every_node_has_a_place_of_its_own(number: int) -> None:
    found = positions_of(nx.path_graph(number))
    assert len(set(found.values())) == number
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in found.values())


@pytest.mark.usefixtures("way")
def test_components_do_not_overlap() -> None:
    graph = nx.disjoint_union_all([nx.cycle_graph(12), nx.cycle_graph(7), nx.path_graph(2)])
    graph.add_node("alone")
    found = positions_of(graph)
    boxes = []
    for component in nx.connected_components(graph):
        xs, ys = zip(*(found[node] for node in component), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert one[1] < other[0] or other[1] < one[0] or one[3] < other[2] or other[3] < one[2]


@pytest.mark.usefixtures("way")
def test_the_same_network_has_the_same_places() -> None:
    network = two_mode_network(STATEMENTS, actors=ACTORS)
    other = two_mode_network(STATEMENTS[::-1], actors=ACTORS)
    assert positions_of(network) == positions_of(other)


def test_another_seed_gives_another_picture() -> None:
    assert positions_of(nx.cycle_graph(9)) != positions_of(nx.cycle_graph(9), seed=2)


def _distance(found: Any, one: str, other: str) -> float:
    return math.dist(found[one], found[other])


@pytest.mark.parametrize("seed", range(5))
def test_supporters_stand_nearer_to_a_topic_than_opponents(seed: int) -> None:
    graph = nx.DiGraph()
    for number in range(4):
        graph.add_edge(f"for {number}", "topic", weight=1, score=1)
        graph.add_edge(f"against {number}", "topic", weight=1, score=-1)
    found = positions_of(graph, seed=seed)
    far = [_distance(found, f"against {number}", "topic") for number in range(4)]
    near = [_distance(found, f"for {number}", "topic") for number in range(4)]
    assert max(near) < min(far)


def test_allies_stand_nearer_than_opponents() -> None:
    graph = nx.Graph()
    for one, other in (("a", "b"), ("c", "d")):
        graph.add_edge(one, other, weight=1, relation="congruence")
    graph.add_edge("a", "c", weight=1, relation="conflict")
    found = positions_of(graph)
    assert _distance(found, "a", "b") < _distance(found, "a", "c")


def test_a_large_network_is_laid_out_quickly_and_spreads() -> None:
    graph = nx.random_regular_graph(4, layout.LARGE + 2, seed=1)
    xs, ys = zip(*positions_of(graph).values(), strict=True)
    assert len(set(xs)) > layout.LARGE * 0.9
    assert len(set(ys)) > layout.LARGE * 0.9
