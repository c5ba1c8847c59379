"""Pairing: the members of two lists one to one, as many pairs as there can be."""

from collections.abc import Mapping, Sequence


def paired(choices: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Give each key at most one of its choices, each choice to one key, as many as possible.

    Earlier keys come first, since on an augmenting path what is matched stays matched.

    >>> paired({0: [5, 6], 1: [5], 2: [5]})
    {1: 5, 0: 6}
    """
    holders: dict[int, int] = {}
    for i in choices:
        _place(i, choices, holders, set())
    return {i: j for j, i in holders.items()}


def _place(
    i: int, choices: Mapping[int, Sequence[int]], holders: dict[int, int], tried: set[int]
) -> bool:
    """Give `i` one of its choices, if need be by moving those that hold one to another."""
    for j in choices[i]:
        if j in tried:
            continue
        tried.add(j)
        if j not in holders or _place(holders[j], choices, holders, tried):
            holders[j] = i
            return True
    return False
