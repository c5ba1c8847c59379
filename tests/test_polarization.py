"""The split with the least distance from two pure camps is found, for every seed."""

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.measures.polarization import polarization
from graphkit.measures.ties import Ties, ties_of
from said import statements_of


def _ties(congruence: Any, conflict: Any) -> Ties:
    return Ties.of([f"n{n}" for n in range(len(congruence))], congruence, conflict)


def _two_camps(camps: str) -> Ties:
    same = np.array([[float(a == b) for b in camps] for a in camps])
    return _ties(same, 1 - same)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("camps", ["AABB", "ABABABABAB", "ABBBBBBBB", "A" * 30 + "B" * 20])
def test_two_pure_camps_are_found_for_every_seed(camps: str, seed: int) -> None:
    found = polarization(_two_camps(camps), seed=seed)
    assert found.camps == tuple(1 if camp == "A" else 2 for camp in camps)
    assert (found.distance, found.index) == (0, 1)


@pytest.mark.parametrize("seed", range(20))
def test_pure_camps_are_found_where_few_know_each_other(seed: int) -> None:
    dice = np.random.default_rng(seed)
    camps = dice.integers(0, 2, 60)
    camps[0] = 0
    has_tie = np.triu(dice.random((60, 60)) < 0.05)
    has_tie |= np.eye(60, k=1, dtype=bool)  # a chain, so that they are one component
    has_tie |= has_tie.T
    same = camps[:, None] == camps
    found = polarization(_ties(has_tie & same, has_tie & ~same), seed=seed, starts=1)
    assert found.camps == tuple((camps + 1).tolist())
    assert found.index == 1


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("sizes", [(1, 1), (1, 2), (1, 40), (3, 47), (25, 26), (30, 90)])
def test_unequal_camps_are_found_whatever_the_ties_weigh(sizes: tuple[int, int], seed: int) -> None:
    dice = np.random.default_rng(seed)
    camps = dice.permutation(np.repeat([0, 1], sizes))
    camps = camps if camps[0] == 0 else 1 - camps
    weights = np.triu(dice.random((len(camps), len(camps))) ** 5, k=1)
    weights *= (dice.random(weights.shape) < 0.3) | np.eye(len(camps), k=1, dtype=bool)
    weights += weights.T
    same = camps[:, None] == camps
    found = polarization(_ties(weights * same, weights * ~same), seed=seed)
    assert found.camps == tuple((camps + 1).tolist())
    assert found.distance == pytest.approx(0, abs=1e-9)
    assert found.index == pytest.approx(1)


@pytest.mark.parametrize("seed", range(10))
def test_two_camps_of_statements_are_found_for_every_seed(seed: int) -> None:
    dice = np.random.default_rng(seed)
    side = {f"actor {number}": number % 3 == 0 for number in range(24)}
    told = [
        (actor, "+-"[topic % 2 ^ camp], f"topic {topic}")
        for actor, camp in side.items()
        for topic in [0, *dice.integers(1, 9, 3).tolist()]
    ]
    ties = ties_of(table_of(statements_of(told)), NetworkOptions(mode="one"))
    found = polarization(ties, seed=seed)
    camp_of = dict(zip(ties.names, found.camps, strict=True))
    assert camp_of == {name: 1 if camp == side["actor 0"] else 2 for name, camp in side.items()}
    assert (found.distance, found.index) == (0, 1)


def test_one_camp_that_agrees_is_not_polarized() -> None:
    found = polarization(_two_camps("AAAAA"))
    assert (found.camps, found.distance, found.index) == ((1,) * 5, 0, 0)


def test_everybody_against_everybody_is_less_polarized_than_two_camps() -> None:
    found = polarization(_ties(np.zeros((4, 4)), np.ones((4, 4))))
    # Two camps of two leave 2 of 6 conflicts inside; by chance it would be 3.
    assert found.distance == 2
    assert found.index == pytest.approx(1 / 3)


def test_one_friend_across_the_camps_costs_what_the_tie_weighs() -> None:
    same = np.kron(np.eye(2), np.ones((2, 2)))
    across = np.zeros((4, 4))
    across[0, 2] = across[2, 0] = 0.5
    found = polarization(_ties(same + across, (1 - same) - across))
    assert found.camps == (1, 1, 2, 2)
    assert found.distance == pytest.approx(0.5)
    # congruence 2.5, conflict 3.5: half of all is 3
    assert found.index == pytest.approx(1 - 0.5 / 3)


def test_a_node_without_ties_is_in_no_camp() -> None:
    conflict = np.zeros((3, 3))
    conflict[0, 2] = conflict[2, 0] = 1
    assert polarization(_ties(np.zeros((3, 3)), conflict)).camps == (1, 0, 2)


def test_an_empty_network_has_no_polarization() -> None:
    found = polarization(_ties(np.zeros((0, 0)), np.zeros((0, 0))))
    assert (found.camps, found.distance, found.index) == ((), 0, 0)


WEIGHTS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=15, max_size=15)


@given(weights=WEIGHTS, seed=st.integers(0, 9))
def test_no_split_of_a_small_network_is_better(weights: list[tuple[int, int]], seed: int) -> None:
    both = np.zeros((2, 6, 6))
    for (row, column), pair in zip(itertools.combinations(range(6), 2), weights, strict=True):
        both[:, row, column] = both[:, column, row] = pair
    congruence, conflict = both

    def distance(sides: tuple[int, ...]) -> float:
        pairs = itertools.combinations(range(6), 2)
        return sum((conflict if sides[a] == sides[b] else congruence)[a, b] for a, b in pairs)

    least = min(map(distance, itertools.product([1, 2], repeat=6)))
    found = polarization(_ties(congruence, conflict), seed=seed)
    assert found.distance == pytest.approx(least)
    assert distance(tuple(camp or 1 for camp in found.camps)) == pytest.approx(least)
    assert 0 <= found.index <= 1
