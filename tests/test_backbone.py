"""The backbone keeps what holds the network together, and no other set of topics does it better."""

import itertools
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from example import ACTORS, STATEMENTS
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.errors import NetworkError
from graphkit.measures import backbone
from graphkit.measures.backbone import COLUMNS, Backbone, Search, find_backbone
from graphkit.measures.spectra import spectral_distance
from graphkit.statement import Statement
from said import statements_of

ONE_MODE = NetworkOptions(mode="one")
NESTED = Search("nested")

# Two camps on the port, where all have a say; of the others each ties two who agree anyway.
CAMPS = statements_of(
    [
        *((actor, "+", "port") for actor in "abcd"),
        *((actor, "-", "port") for actor in "efgh"),
        *((actor, "+", "buoys") for actor in "ab"),
        *((actor, "-", "lamps") for actor in "ef"),
        ("a", "+", "ropes"),
    ]
)


def _debate(number: int, *, actors: int = 9, topics: int = 6) -> list[Statement]:
    """Return a random debate."""
    dice = np.random.default_rng(number)
    told = [
        (
            f"actor {dice.integers(actors)}",
            "+-0"[dice.integers(3)],
            f"topic {dice.integers(topics)}",
        )
        for _ in range(45)
    ]
    return statements_of(told)


def _loss(
    statements: list[Statement], kept: tuple[str, ...], options: NetworkOptions = ONE_MODE
) -> float:
    """Compute the loss from both networks, written out."""
    options = replace(options, aggregate="congruence")
    full = compute_network(table_of(statements), options)
    part = compute_network(table_of([each for each in statements if each.topic in kept]), options)
    place = {name: number for number, name in enumerate(full.rows)}
    cells = np.zeros(full.values.shape)
    where = [place[name] for name in part.rows]
    cells[np.ix_(where, where)] = part.values.toarray()
    return spectral_distance(full.values, type(full.values)(cells))


def test_the_topic_that_parts_the_camps_is_the_backbone() -> None:
    found = find_backbone(CAMPS, ONE_MODE)
    assert found.names == ("port",)
    assert found.redundant == ("buoys", "lamps")
    assert found.unshared == ("ropes",)
    assert 0 < found.loss < found.redundant_loss < found.greatest
    assert [row["name"] for row in found.rows] == ["port", "lamps", "buoys"]
    assert tuple(found.rows[0]) == COLUMNS
    assert found.rows[0] == {
        "rank": 1,
        "name": "port",
        "backbone": 1,
        "loss": pytest.approx(found.greatest),
        "statements": 8,
        "nodes": 8,
    }


@pytest.mark.parametrize("normalize", ["none", "average", "jaccard", "cosine"])
@pytest.mark.parametrize("ambivalent", ["count", "halve", "drop"])
def test_losses_are_spectral_distances_of_the_networks(normalize: Any, ambivalent: Any) -> None:
    debate = _debate(2)
    options = NetworkOptions(mode="one", normalize=normalize, ambivalent=ambivalent)
    found = find_backbone(debate, options)
    assert not found.unshared
    assert found.loss == pytest.approx(_loss(debate, found.names, options), abs=1e-8)
    assert found.redundant_loss == pytest.approx(_loss(debate, found.redundant, options), abs=1e-8)
    names = [row["name"] for row in found.rows]
    for row in found.rows[1:]:
        kept = tuple(names[: row["rank"] - 1])
        assert row["loss"] == pytest.approx(_loss(debate, kept, options), abs=1e-8)


def _costs(debate: list[Statement], found: Backbone, penalty: float) -> list[float]:
    """Return the penalized losses of all sets of topics."""
    names = found.names + found.redundant
    sets = itertools.chain.from_iterable(
        itertools.combinations(names, size) for size in range(1, len(names) + 1)
    )
    return [
        _loss(debate, kept) / found.greatest + penalty * len(kept) / len(names) for kept in sets
    ]


@pytest.mark.parametrize("penalty", [0.3, 1])
@pytest.mark.parametrize("number", range(3))
def test_no_set_of_topics_costs_less(number: int, penalty: float) -> None:
    debate = _debate(number)
    found = find_backbone(debate, ONE_MODE, Search(penalty=penalty))
    cost = found.loss / found.greatest + penalty * len(found.names) / 6
    assert cost == pytest.approx(min([*_costs(debate, found, penalty), 1.0]), abs=1e-8)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_no_set_of_the_size_loses_less(size: int) -> None:
    debate = _debate(4)
    found = find_backbone(debate, ONE_MODE, Search(size=size))
    assert len(found.names) == size
    names = found.names + found.redundant
    least = min(_loss(debate, kept) for kept in itertools.combinations(names, size))
    assert found.loss == pytest.approx(least, abs=1e-8)


@settings(max_examples=25)
@given(number=st.integers(0, 99), penalty=st.floats(0, 3), seed=st.integers(0, 9))
def test_annealing_never_costs_more_than_the_nested_search(
    number: int, penalty: float, seed: int
) -> None:
    debate = _debate(number, actors=5, topics=5)
    searches = (
        Search("nested", penalty),
        Search("anneal", penalty, iterations=20, seed=seed),
    )
    nested, annealed = (find_backbone(debate, ONE_MODE, search) for search in searches)
    costs = [
        found.loss / found.greatest + penalty * len(found.names) / len(found.steps)
        for found in (nested, annealed)
    ]
    assert costs[1] <= costs[0] + 1e-9


def test_nested_backbones_lie_in_each_other() -> None:
    debate = _debate(5)
    sets = [
        set(find_backbone(debate, ONE_MODE, Search("nested", size=size)).names)
        for size in range(1, 7)
    ]
    assert all(one < other for one, other in itertools.pairwise(sets))


def test_without_penalty_nothing_is_lost_and_with_a_high_one_nothing_is_kept() -> None:
    debate = _debate(6)
    assert find_backbone(debate, ONE_MODE, Search(penalty=0)).loss == 0
    assert find_backbone(debate, ONE_MODE, Search(penalty=99)).names == ()


@pytest.mark.parametrize("number", range(6))
def test_all_that_is_lost_is_the_greatest_loss(number: int) -> None:
    found = find_backbone(_debate(number), ONE_MODE, Search(penalty=99))
    assert found.loss == found.greatest == found.rows[0]["loss"]


@pytest.mark.parametrize("method", ["anneal", "nested"])
@pytest.mark.parametrize("actors", range(2, 9))
def test_the_only_topic_is_kept(actors: int, method: Any) -> None:
    # At a penalty of 1 it costs the same to keep and to drop it.
    told = [(f"actor {actor}", "+-"[actor % 5 == 4], "port") for actor in range(actors)]
    assert find_backbone(statements_of(told), ONE_MODE, Search(method)).names == ("port",)


def test_the_backbone_depends_neither_on_the_order_nor_on_chance() -> None:
    debate = _debate(7)
    found = find_backbone(debate, ONE_MODE)
    assert find_backbone(debate[::-1], ONE_MODE) == found
    assert find_backbone(debate, ONE_MODE) == found


def test_the_search_is_greedy_among_those_that_mattered_least(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backbone, "_FEWEST", 2)
    monkeypatch.setattr(backbone, "_TRIED", 2)
    steps = find_backbone(_debate(8), ONE_MODE, NESTED).steps
    assert sorted(step.name for step in steps) == [f"topic {number}" for number in range(6)]


def test_actors_can_be_the_backbone_of_topics() -> None:
    options = NetworkOptions(mode="one", variable1="topic", variable2="actor")
    found = find_backbone(STATEMENTS, options, actors=ACTORS)
    assert set(found.names + found.redundant) < {actor.name for actor in ACTORS}


@pytest.mark.parametrize(
    ("told", "search", "message"),
    [
        ([], Search(), "No two values of 'actor' agree on any 'topic'"),
        ([("a", "+", "port"), ("b", "-", "port")], Search(), "No two values"),
        ([("a", "+", "port"), ("b", "+", "port")], Search(size=2), "A backbone of 2: there are 1"),
    ],
)
def test_too_little_is_told(told: Any, search: Search, message: str) -> None:
    with pytest.raises(NetworkError, match=message):
        find_backbone(statements_of(told), ONE_MODE, search)


def test_too_many_nodes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backbone, "LARGEST", 2)
    with pytest.raises(NetworkError, match="up to 2"):
        find_backbone(CAMPS, ONE_MODE)
