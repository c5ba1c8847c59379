"""Boxes are pushed apart, and rows that are alike stand together."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graphkit.plot.placing import fit, separate
from graphkit.plot.seriation import seriated

ROOM = (900.0, 700.0)


def _random_boxes(seed: int, number: int) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(seed)
    return dice.normal(size=(number, 2)), dice.uniform((30, 20), (120, 40), size=(number, 2))


def _overlaps(places: np.ndarray, sizes: np.ndarray) -> int:
    number = 0
    for one in range(len(places)):
        for other in range(one):
            apart = np.abs(places[one] - places[other])
            number += bool((apart < (sizes[one] + sizes[other]) / 2 - 1e-5).all())
    return number


@given(st.integers(0, 1000), st.integers(1, 40))
def test_boxes_do_not_overlap_and_stay_inside(seed: int, number: int) -> None:
    points, sizes = _random_boxes(seed, number)
    places, left = separate(fit(points, sizes, ROOM), sizes, ROOM)
    assert left == 0
    assert _overlaps(places, sizes) == 0
    assert (places - sizes / 2 >= -1e-6).all()
    assert (places + sizes / 2 <= np.array(ROOM) + 1e-6).all()


def test_boxes_at_one_place_are_parted() -> None:
    sizes = np.full((9, 2), 30.0)
    places, left = separate(np.full((9, 2), 350.0), sizes, ROOM)
    assert left == _overlaps(places, sizes) == 0


def test_too_many_boxes_are_told() -> None:
    sizes = np.full((9, 2), 30.0)
    _, left = separate(np.full((9, 2), 25.0), sizes, (50.0, 50.0))
    assert left > 0


def test_who_is_left_stays_left() -> None:
    points, sizes = _random_boxes(4, 30)
    sizes[:] = 10
    fitted = fit(points, sizes, ROOM)
    assert (fitted.argsort(axis=0) == points.argsort(axis=0)).all()


def test_two_camps_stand_apart() -> None:
    dice = random.Random(2)
    camps = [dice.choice([1, -1]) for _ in range(20)]
    rows = [[camp * dice.choice([0.5, 1, 1]) for _ in range(6)] for camp in camps]
    ordered = [camps[number] for number in seriated(rows)]
    assert ordered == sorted(camps, reverse=True)


def test_rows_that_look_like_distances_are_rows() -> None:
    assert sorted(seriated([[0, 1, 1], [1, 0, 1], [1, 1, 0]])) == [0, 1, 2]


@given(st.lists(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=3, max_size=3), max_size=12))
def test_each_row_has_one_place(rows: list[list[float]]) -> None:
    order = seriated(rows)
    assert sorted(order) == list(range(len(rows)))
    assert seriated(rows) == order
