"""Boxes that do not overlap: where nodes with their names can stand in a picture of a network."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_ROUNDS = 300
_TOUCH = 1e-6  # pixels of an overlap that do not count
_EVEN = 0.5  # how far places follow their ranks, which fill a room evenly
_SPARE = 1.0  # pixels that two boxes are pushed further than they need


def fit(points: Numbers, sizes: Numbers, room: tuple[float, float]) -> Numbers:
    """Stretch points so that the boxes around them, of some widths and heights, fill the room.

    Who stands left of whom, or above, stays; but crowds get more of the room, and gaps less.
    """
    free = np.maximum(np.asarray(room) - sizes, 0)
    fitted: Numbers = _spread(points) * free + sizes / 2
    return fitted


def _spread(points: Numbers) -> Numbers:
    """Return points from 0 to 1, half way between where they are and where their ranks are."""
    low, high = points.min(axis=0), points.max(axis=0)
    shares = np.where(high > low, (points - low) / np.where(high > low, high - low, 1), 0.5)
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = ranks / (len(points) - 1) if len(points) > 1 else ranks + 0.5
    spread: Numbers = np.where(high > low, (1 - _EVEN) * shares + _EVEN * even, 0.5)
    return spread


def separate(points: Numbers, sizes: Numbers, room: tuple[float, float]) -> tuple[Numbers, int]:
    """Push boxes apart until none overlaps; return their middles and how many still do.

    Two boxes that overlap move away from each other in the direction in which they overlap less,
    by turns and in their order, so that there is no chance in it. None leaves the room.
    """
    places = points.copy()
    if float(np.prod(sizes, axis=1).sum()) > float(np.prod(room)):
        return places, len(_overlapping(places, sizes))  # there is no hope
    low, high = sizes / 2, np.maximum(np.asarray(room) - sizes / 2, sizes / 2)
    for _ in range(_ROUNDS):
        pairs = _overlapping(places, sizes)
        if not len(pairs):
            return places, 0
        for first, second in pairs.tolist():
            _push(places, (first, second), sizes)
        places = np.clip(places, low, high)
    return places, len(_overlapping(places, sizes))


def _overlapping(places: Numbers, sizes: Numbers) -> NDArray[np.intp]:
    apart = np.abs(places[:, None, :] - places[None, :, :])
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    is_over = (reach - apart > _TOUCH).all(axis=2)
    return np.argwhere(np.triu(is_over, k=1))


def _push(places: Numbers, pair: tuple[int, int], sizes: Numbers) -> None:
    first, second = pair
    apart = places[second] - places[first]
    overlap = (sizes[first] + sizes[second]) / 2 - np.abs(apart)
    if overlap.min() <= _TOUCH:  # an earlier push has parted them
        return
    axis = int(overlap.argmin())
    step = (overlap[axis] + _SPARE) / 2 * (1 if apart[axis] >= 0 else -1)
    places[first, axis] -= step
    places[second, axis] += step
