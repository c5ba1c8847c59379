"""Phases are where the network changes, and a state that comes back is known again."""

import datetime
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.algebra.options import NetworkOptions, Window
from graphkit.errors import NetworkError
from graphkit.measures import phases
from graphkit.measures import states as grouping
from graphkit.measures.phases import COLUMNS, PhaseSearch, find_phases
from graphkit.measures.states import silhouette
from said import FIRST, statements_of


def _options(size: int = 1, unit: Any = "day") -> NetworkOptions:
    return NetworkOptions(mode="one", window=Window(size, unit))


def _day(number: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=number)


# Days 0 to 9 all agree on the port, days 10 to 19 in pairs on buoys, days 20 to 29 as at first.
TURNS = statements_of(
    [
        *((actor, "+", "port", day) for day in (*range(10), *range(20, 30)) for actor in "abcd"),
        *((actor, sign, "buoys", day)
            for day in range(10, 20) for actor, sign in zip("abcd", "++--", strict=True)),
    ]
)  # fmt: skip


@pytest.mark.parametrize("distance", ["spectral", "absolute", "euclidean"])
def test_phases_are_the_times_between_the_turns(distance: Any) -> None:
    found = find_phases(TURNS, _options(), PhaseSearch(distance))
    assert [(row["phase"], row["state"]) for row in found.rows] == [(1, 1), (2, 2), (3, 1)]
    assert [row["start"] for row in found.rows] == [_day(0), _day(10), _day(20)]
    assert [row["stop"] for row in found.rows] == [_day(9), _day(19), _day(29)]
    assert [row["windows"] for row in found.rows] == [10, 10, 10]
    assert [row["statements"] for row in found.rows] == [40, 40, 40]
    assert tuple(found.rows[0]) == COLUMNS
    assert found.silhouette == pytest.approx(1)
    assert found.distances.shape == (30, 30)


def test_distances_are_those_of_the_networks() -> None:
    # Six ties of 1 become two of 1, and four of conflict.
    absolute, euclidean, spectral = (
        find_phases(TURNS, _options(), PhaseSearch(name)).rows[1]
        for name in ("absolute", "euclidean", "spectral")
    )
    assert absolute["distance"] == absolute["jump"] == 8
    assert euclidean["distance"] == pytest.approx(np.sqrt(8))
    # 0, 4/3, 4/3, 4/3 becomes 0, 0, 2, 2.
    assert spectral["distance"] == pytest.approx(np.sqrt((4 / 3) ** 2 + 2 * (2 / 3) ** 2))


def test_what_changed_most_is_told() -> None:
    first, second, _ = find_phases(TURNS, _options()).rows
    assert (first["distance"], first["jump"], first["topics"], first["ties"]) == (
        None,
        None,
        [],
        [],
    )
    assert second["topics"] == [
        {"name": "buoys", "before": 0, "after": 1},
        {"name": "port", "before": 1, "after": 0},
    ]
    assert second["ties"] == [
        {"name": "a", "other": "c", "before": 1, "after": -1},
        {"name": "a", "other": "d", "before": 1, "after": -1},
        {"name": "b", "other": "c", "before": 1, "after": -1},
    ]


def test_who_changes_places_is_seen_tie_by_tie_and_not_by_the_structure() -> None:
    told = [
        (actor, sign, "port", day)
        for day in range(10)
        for actor, sign in zip("abcd", "++--" if day < 5 else "+-+-", strict=True)
    ]
    statements = statements_of(told)
    assert len(find_phases(statements, _options()).rows) == 1
    assert len(find_phases(statements, _options(), PhaseSearch("absolute")).rows) == 2


def test_a_debate_that_stays_as_it_is_has_one_phase() -> None:
    statements = statements_of([(actor, "+", "port", day) for day in range(6) for actor in "ab"])
    found = find_phases(statements, _options())
    assert (len(found.rows), found.silhouette, found.silhouettes) == (1, None, {})


def test_days_of_silence_belong_to_no_state() -> None:
    days = (0, 1, 2, 6, 7, 8)
    statements = statements_of([(actor, "+", "port", day) for day in days for actor in "ab"])
    found = find_phases(statements, _options())
    assert (len(found.rows), len(found.windows), found.silent) == (1, 6, 3)
    assert found.rows[0]["statements"] == 12


def test_a_phase_in_whose_days_nothing_is_said_changes_no_shares() -> None:
    # On the days 4 and 5 windows of 3 days hold other statements than in the middle of them.
    told = [
        *((actor, "+", "port", day) for day in range(4) for actor in "abc"),
        *((actor, "+", "buoys", 6) for actor in "ab"),
        *((actor, "+", "port", day) for day in range(8, 12) for actor in "abc"),
    ]
    rows = find_phases(statements_of(told), _options(3), PhaseSearch(number=4)).rows
    assert any(row["statements"] == 0 for row in rows)
    for row in rows:
        if row["statements"]:
            shares = [each["after"] for each in row["topics"]]
            assert not shares or max(shares) == 1
        else:
            assert row["topics"] == []


@pytest.mark.parametrize(
    ("size", "unit", "last", "left_out"),
    [(1, "day", 15, 0), (7, "day", 15, 0), (1, "week", 15, 13), (2, "week", 29, 1)],
)
def test_statements_that_no_window_holds_are_counted(
    size: int, unit: Any, last: int, left_out: int
) -> None:
    statements = statements_of([("a", "+", "port", day) for day in (*range(last + 1), 0)])
    statements[-1] = replace(statements[-1], date=None)
    found = find_phases(statements, _options(size, unit))
    assert found.left_out == left_out + 1  # that without a date


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_number_of_states_can_be_given(number: int) -> None:
    statements = [each for each in TURNS if each.actor != "a" or each.date != _day(29)]
    found = find_phases(statements, _options(), PhaseSearch(number=number))
    assert len({row["state"] for row in found.rows}) == number


@pytest.mark.parametrize(("size", "unit"), [(5, "day"), (2, "week"), (1, "month"), (2, "month")])
def test_phases_cover_the_time_without_overlap(size: int, unit: Any) -> None:
    statements = statements_of(
        [(a, "+-0"[d % 7 % 3], "port", 2 * d) for d in range(90) for a in "abc"]
    )
    found = find_phases(statements, _options(size, unit), PhaseSearch(number=3))
    for one, other in zip(found.rows, found.rows[1:], strict=False):
        assert one["stop"] + datetime.timedelta(days=1) == other["start"] <= other["stop"]
    assert found.rows[0]["start"] == FIRST
    covered = [s for s in statements if s.date and s.date <= found.rows[-1]["stop"]]
    assert sum(row["statements"] for row in found.rows) == len(covered)


@pytest.mark.parametrize(("number", "found"), [(1, 1), (2, 1), (3, 3)])
def test_equal_distances_are_not_parted(number: int, found: int) -> None:
    states, _ = grouping.states_of(1 - np.eye(3), number=number)
    assert states.max() == found


POINTS = st.lists(st.floats(-9, 9), min_size=3, max_size=8)


@given(points=POINTS, data=st.data())
def test_the_silhouette_is_that_of_its_definition(points: list[float], data: Any) -> None:
    distances = np.abs(np.subtract.outer(points, points))
    states = np.array(
        data.draw(st.lists(st.integers(1, 3), min_size=len(points), max_size=len(points)))
    )
    states[:2] = 1, 2
    values = []
    for one, state in enumerate(states):
        others = [n for n in range(len(states)) if n != one and states[n] == state]
        if not others:
            values.append(0.0)
            continue
        inside = np.mean([distances[one, n] for n in others])
        outside = min(np.mean(distances[one, states == other]) for other in set(states) - {state})
        largest = max(inside, outside)
        values.append((outside - inside) / largest if largest else 0.0)
    assert silhouette(distances, states) == pytest.approx(np.mean(values), abs=1e-8)


@pytest.mark.parametrize(
    ("options", "search", "message"),
    [
        (_options(29), PhaseSearch(), "need 3 windows with statements, and there are 2"),
        (_options(99), PhaseSearch(), "there are 0"),
        (_options(), PhaseSearch(number=31), "31 states: there are 30"),
        (_options(2, "hour"), PhaseSearch(), "a window of days"),
        (NetworkOptions(mode="one"), PhaseSearch(), "a window of days"),
    ],
)
def test_what_cannot_be_parted_is_told(
    options: NetworkOptions, search: PhaseSearch, message: str
) -> None:
    with pytest.raises(NetworkError, match=message):
        find_phases(TURNS, options, search)


@pytest.mark.parametrize(
    ("module", "name", "distance"),
    [(phases, "MOST_WINDOWS", "spectral"), (grouping, "_MOST_CELLS", "absolute")],
)
def test_what_is_too_large_is_told(
    module: Any, name: str, distance: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, 5)
    with pytest.raises(NetworkError, match="a longer unit"):
        find_phases(TURNS, _options(), PhaseSearch(distance))


@pytest.mark.parametrize("distance", ["spectral", "absolute", "euclidean"])
def test_a_debate_of_one_is_one_phase(distance: Any) -> None:
    statements = statements_of([("a", "+", "port", day) for day in range(5)])
    found = find_phases(statements, _options(), PhaseSearch(distance))
    assert [row["statements"] for row in found.rows] == [5]
