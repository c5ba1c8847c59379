"""Phases of a debate: which windows over time have networks of the same kind, and what changed.

The way of Masuda and Holme (2019): the networks of all windows are compared with each other, and
grouped into states. A phase is a time in which the state stays; a state can come back.
"""

import datetime
import functools
import itertools
import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from graphkit.algebra.networks import iter_networks
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.selection import select
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import Column, Moments, StatementTable
from graphkit.errors import NetworkError
from graphkit.measures import over_time
from graphkit.measures.states import Distance, Labels, Numbers, distances_between, states_of
from graphkit.measures.ties import Ties
from graphkit.statement import Actor, Statement

COLUMNS = (
    "phase",
    "state",
    "start",
    "stop",
    "windows",
    "statements",
    "distance",
    "jump",
    "topics",
    "ties",
)

FEWEST = 3
"""Windows with statements that there must be to tell phases apart."""

MOST_WINDOWS = 3_000
"""Windows up to which all are compared with each other; that takes some seconds."""

_SHOWN = 3  # topics and ties that changed most
_TIMED_UNITS = ("second", "minute", "hour")


@dataclass(frozen=True, slots=True)
class PhaseSearch:
    """How windows are compared, and into how many states they are grouped.

    Without a `number` it is the one from 2 to `most` with the greatest silhouette.
    """

    distance: Distance = "spectral"
    number: int | None = None
    most: int = 6


@dataclass(frozen=True, slots=True, eq=False)
class Phases:
    """`rows` has COLUMNS for each phase, `windows` start, middle, stop, statements, state, phase.

    `distances` are those of all windows with statements, square. `silhouettes` are those of each
    number of states that was tried; `silhouette` is that of the one taken, None for one state.
    `silent` counts the windows without statements, which belong to no state, and `left_out` the
    statements that no window holds: those without a date, and those after the last whole window or,
    as all windows move by one unit, between those that are shorter than that.
    """

    rows: list[dict[str, Any]]
    windows: list[dict[str, Any]]
    distances: Numbers
    silhouettes: Mapping[int, float]
    silhouette: float | None
    silent: int
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """The network in one place of the window."""

    start: datetime.date
    middle: datetime.date
    stop: datetime.date
    ties: Ties


def find_phases(
    statements: Sequence[Statement],
    options: NetworkOptions,
    search: PhaseSearch | None = None,
    *,
    actors: Iterable[Actor] = (),
) -> Phases:
    """Find the phases of a one-mode network over the window that the options have.

    Raise NetworkError for fewer than FEWEST windows with statements, for more than MOST_WINDOWS,
    for more states than windows, and for networks that are too large.
    """
    search = search or PhaseSearch()
    if options.window is None or options.window.unit in _TIMED_UNITS:
        raise NetworkError("Phases need a window of days, weeks, months or years.")
    table = table_of(statements, options.variables, actors=actors)
    everywhere = _places(table, options)
    places = [place for place in everywhere if place.ties.statements]
    _check(len(places), search)
    distances = distances_between([place.ties for place in places], search.distance)
    states, silhouettes = states_of(distances, number=search.number, most=search.most)
    runs = _runs(states)
    rows = [
        {"phase": phase, "state": int(states[run.start]), **time, "windows": run.stop - run.start}
        for phase, (run, time) in enumerate(zip(runs, _times(places, runs), strict=True), 1)
    ]
    days, topics = _said(table, options)
    _add_statements(rows, days, topics)
    _add_changes(rows, runs, places, distances)
    phases = np.repeat(np.arange(1, len(runs) + 1), [run.stop - run.start for run in runs])
    number = int(states.max())
    return Phases(
        rows=[{name: row[name] for name in COLUMNS} for row in rows],
        windows=_windows(places, states, phases),
        distances=distances,
        silhouettes=silhouettes,
        silhouette=silhouettes.get(number),
        silent=len(everywhere) - len(places),
        left_out=_left_out(places, days),
    )


def _places(table: StatementTable, options: NetworkOptions) -> list[_Place]:
    """Return the networks of all places, which have the same nodes."""
    both = (
        iter_networks(table, replace(options, aggregate=name, isolates=True))
        for name in ("congruence", "conflict")
    )
    found: list[_Place] = []
    for agreed, opposed in zip(*both, strict=True):
        if len(agreed.rows) > over_time.LARGEST or len(found) == MOST_WINDOWS:
            raise NetworkError(
                f"More than {over_time.LARGEST} nodes or {MOST_WINDOWS} windows: choose a longer "
                "unit, or a shorter time."
            )
        ties = Ties(agreed.rows, agreed.values, opposed.values, agreed.statements)
        start, middle, stop = (
            moment.date() for moment in (agreed.start, agreed.middle, agreed.stop)
        )
        found.append(_Place(start, middle, stop, ties))
    return found


def _check(number: int, search: PhaseSearch) -> None:
    if number < FEWEST:
        raise NetworkError(
            f"Phases need {FEWEST} windows with statements, and there are {number}: choose a "
            "shorter window or a longer time."
        )
    if search.number is not None and not 1 <= search.number <= number:
        raise NetworkError(f"{search.number} states: there are {number} windows with statements.")


def _runs(states: Labels) -> list[slice]:
    """Return the windows of each phase."""
    starts = [0, *(np.flatnonzero(np.diff(states)) + 1).tolist()]
    return [slice(*ends) for ends in itertools.pairwise([*starts, len(states)])]


def _times(places: Sequence[_Place], runs: Sequence[slice]) -> list[dict[str, datetime.date]]:
    """Let a phase last from the middle of its first window to the day before the next phase.

    The first begins with its first window, and the last ends with its last one.
    """
    begins = [places[run.start].middle for run in runs]
    ends = [begin - datetime.timedelta(days=1) for begin in begins[1:]]
    times = zip([places[0].start, *begins[1:]], [*ends, places[-1].stop], strict=True)
    return [{"start": start, "stop": stop} for start, stop in times]


def _windows(
    places: Sequence[_Place], states: Labels, phases: NDArray[Any]
) -> list[dict[str, Any]]:
    return [
        {
            "start": place.start,
            "middle": place.middle,
            "stop": place.stop,
            "statements": place.ties.statements,
            "state": state,
            "phase": phase,
        }
        for place, state, phase in zip(places, states.tolist(), phases.tolist(), strict=True)
    ]


def _said(table: StatementTable, options: NetworkOptions) -> tuple[Moments, Column]:
    """Return the day of each statement that counts, and the topic of each."""
    kept = select(table, options).kept
    column = table.column(options.variable2)
    days = table.dates[kept].astype("datetime64[D]")
    return days, replace(column, codes=column.codes[kept])


def _left_out(places: Sequence[_Place], days: Moments) -> int:
    """Count the days that no window holds; windows that start later never end earlier."""
    starts, stops = (
        np.array([getattr(place, name) for place in places], "datetime64[D]")
        for name in ("start", "stop")
    )
    latest = np.searchsorted(starts, days, side="right") - 1
    is_inside = (latest >= 0) & (days <= stops[latest])  # never true of days that are missing
    return int((~is_inside).sum())


def _add_statements(rows: Sequence[dict[str, Any]], days: Moments, topics: Column) -> None:
    """Count the statements of each phase, and what it speaks of more or less than before.

    Their shares of the statements are compared with those of the last phase that has any: windows
    reach beyond a phase, in whose own days there may be nothing.
    """
    before: Any = None
    for row in rows:
        is_inside = (days >= np.datetime64(row["start"])) & (days <= np.datetime64(row["stop"]))
        counts = np.bincount(topics.codes[is_inside], minlength=len(topics.values))
        row["statements"], row["topics"] = int(counts.sum()), []
        if not row["statements"]:
            continue
        shares = counts / row["statements"]
        if before is not None:
            row["topics"] = _changed(before, shares, topics.values)
        before = shares


def _changed(before: Numbers, after: Numbers, names: Sequence[Any]) -> list[dict[str, Any]]:
    change = np.round(np.abs(after - before), 9)
    largest = np.argsort(-change, kind="stable")[:_SHOWN].tolist()
    return [
        {"name": names[n], "before": float(before[n]), "after": float(after[n])}
        for n in largest
        if change[n]
    ]


def _add_changes(
    rows: Sequence[dict[str, Any]],
    runs: Sequence[slice],
    places: Sequence[_Place],
    distances: Numbers,
) -> None:
    """Say how far each phase is from the one before, and which ties changed most.

    A tie is its congruence less its conflict, in the mean of the windows of a phase.
    """
    names = places[0].ties.names
    means = [_mean([place.ties.signed for place in places[run]]) for run in runs]
    rows[0].update(distance=None, jump=None, ties=[])
    for number, (former, later) in enumerate(itertools.pairwise(runs), 1):
        rows[number].update(
            distance=float(distances[former, later].mean()),
            jump=float(distances[later.start - 1, later.start]),
            ties=_changed_ties(means[number - 1], means[number], names),
        )


def _mean(matrices: Sequence[Any]) -> Any:
    total: Any = functools.reduce(operator.add, matrices)
    return total / len(matrices)


def _changed_ties(before: Any, after: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    change = sparse.triu(after - before).tocoo()
    pairs = zip(*(numbers.tolist() for numbers in change.coords), strict=True)
    sizes = np.abs(change.data).round(9).tolist()
    ranked = sorted((-size, pair) for size, pair in zip(sizes, pairs, strict=True) if size)
    return [
        {
            "name": names[row],
            "other": names[column],
            "before": float(before[row, column]),
            "after": float(after[row, column]),
        }
        for _, (row, column) in ranked[:_SHOWN]
    ]
