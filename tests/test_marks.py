"""Networks in files tell who is in which camp, and which topics are the backbone."""

from typing import Any

import pytest

from graphkit.algebra.options import NetworkOptions
from graphkit.export import marks
from graphkit.export.marks import mark_actors, mark_backbone, mark_one_mode
from graphkit.export.one_mode import one_mode_network
from graphkit.export.two_mode import two_mode_network
from said import statements_of

# a and b against c and d on the port; on the lamps b and c agree.
SAID = statements_of(
    [
        *((actor, sign, "port") for actor, sign in zip("abcd", "++--", strict=True)),
        ("b", "+", "lamps"),
        ("c", "+", "lamps"),
        ("a", "0", "ropes"),
    ]
)
SUBTRACT = NetworkOptions(mode="one", aggregate="subtract")


def _values(graph: Any, *names: str) -> dict[str, list[Any]]:
    return {
        values["name"]: [values.get(name) for name in names] for _, values in graph.nodes(data=True)
    }


def test_actors_have_the_camps_of_the_network_of_actors() -> None:
    graph = two_mode_network(SAID)
    assert mark_actors(graph, SAID, [])
    found = _values(graph, "camp", "allies", "opponents", "congruence", "conflict")
    assert found == {
        "a": [1, 1, 2, 1, 2],
        "b": [1, 2, 2, 2, 2],
        "c": [2, 2, 2, 2, 2],
        "d": [2, 1, 2, 1, 2],
        **dict.fromkeys(("port", "lamps", "ropes"), [None] * 5),
    }


def test_edges_of_one_mode_networks_have_both_sides() -> None:
    graph = one_mode_network(SAID, SUBTRACT)
    assert mark_one_mode(graph, SAID, SUBTRACT, [])
    assert _values(graph, "camp", "allies", "actor_type")["c"] == [2, 2, "organization"]
    found = {
        (one[-1], other[-1]): (values["congruence"], values["conflict"], values["inside_camp"])
        for one, other, values in graph.edges(data=True)
    }
    assert found == {
        ("a", "b"): (1, 0, 1),
        ("a", "c"): (0, 1, 0),
        ("a", "d"): (0, 1, 0),
        ("b", "d"): (0, 1, 0),
        ("c", "d"): (1, 0, 1),
    }  # of b and c, one of each is nothing


def test_topics_are_marked_by_the_backbone() -> None:
    graph = two_mode_network(SAID)
    mark_backbone(graph, SAID, NetworkOptions(mode="one"), [])
    found = _values(graph, "backbone", "backbone_rank")
    assert (found["port"], found["lamps"][1], found["ropes"]) == ([1, 1], 2, [0, None])
    assert found["a"] == [None, None]
    options = NetworkOptions(mode="one", variable1="topic", variable2="actor", isolates=True)
    topics = one_mode_network(SAID, options)
    mark_backbone(topics, SAID, options, [])
    assert _values(topics, "backbone", "backbone_rank")["port"] == [1, 1]


@pytest.mark.parametrize("limit", ["LARGEST", "_MOST_PAIRS"])
def test_large_networks_have_no_camps(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, limit, 1)
    if limit == "LARGEST":
        assert not mark_one_mode(one_mode_network(SAID, SUBTRACT), SAID, SUBTRACT, [])
    else:
        assert not mark_actors(two_mode_network(SAID), SAID, [])
