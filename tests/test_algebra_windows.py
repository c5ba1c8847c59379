"""Windows and kernels, by examples computed by hand."""

import datetime
from typing import Any

import numpy as np
import pytest

from graphkit.algebra.kernels import kernel_weights
from graphkit.algebra.networks import compute_network, iter_networks
from graphkit.algebra.options import NetworkOptions, Unit, Window
from graphkit.algebra.windows import iter_spans, shift, units_between
from graphkit.errors import NetworkError
from tables import cells, make_table


def _moment(text: str) -> np.datetime64:
    return np.datetime64(text, "s")


def _middles(size: int, unit: Unit, start: str, stop: str) -> list[str]:
    spans = iter_spans(Window(size, unit), _moment(start), _moment(stop))
    return [str(span.middle)[:10] for span in spans]


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "unit", "steps", "end"),
    [
        ("2024-01-31T10:00:00", "month", 1, "2024-02-29T10:00:00"),
        ("2024-03-31T23:59:59", "month", -1, "2024-02-29T23:59:59"),
        ("2024-02-29T00:00:00", "year", 1, "2025-02-28T00:00:00"),
        ("2024-12-15T01:02:03", "month", 2, "2025-02-15T01:02:03"),
        ("2024-12-30T00:00:00", "week", 1, "2025-01-06T00:00:00"),
        ("1969-12-31T23:59:59", "second", 1, "1970-01-01T00:00:00"),
    ],
)
def test_a_moment_moves_by_units(start: str, unit: Unit, steps: int, end: str) -> None:
    assert shift(_moment(start), unit, steps) == _moment(end)


@pytest.mark.parametrize(
    ("moment", "middle", "unit", "whole"),
    [
        ("2024-01-15T12:00:00", "2024-03-15T12:00:00", "month", 2),
        ("2024-01-15T12:00:01", "2024-03-15T12:00:00", "month", 1),
        ("2024-03-15T12:00:00", "2024-01-15T12:00:00", "month", -2),
        ("2024-03-15T12:00:00", "2024-01-15T12:00:01", "month", -1),
        ("2020-03-01T00:00:00", "2024-02-28T00:00:00", "year", 3),
        ("2024-01-01T00:00:00", "2024-01-14T23:59:59", "week", 1),
        ("2024-01-14T23:59:59", "2024-01-01T00:00:00", "week", -1),
        ("2024-01-01T00:00:00", "2024-01-01T00:59:59", "hour", 0),
    ],
)
def test_whole_units_are_counted(moment: str, middle: str, unit: Unit, whole: int) -> None:
    moments = np.array([moment], "datetime64[s]")
    assert units_between(moments, _moment(middle), unit).tolist() == [whole]


@pytest.mark.parametrize(
    ("size", "middles"),
    [
        (1, ["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"]),
        (2, ["2024-03-02", "2024-03-03"]),  # half of 1 is rounded up
        (3, ["2024-03-02", "2024-03-03"]),
        (4, []),
    ],
)
def test_windows_lie_wholly_in_the_range(size: int, middles: list[str]) -> None:
    assert _middles(size, "day", "2024-03-01", "2024-03-04T12:00:00") == middles


@pytest.mark.parametrize("day", [29, 30, 31])
def test_months_that_begin_at_their_end_do_not_drift(day: int) -> None:
    spans = list(
        iter_spans(Window(2, "month"), _moment(f"2023-10-{day}"), _moment("2024-10-31T12:00:00"))
    )
    ends = {10: day, 11: min(day, 30), 12: day, 1: day, 2: 29, 3: day, 4: min(day, 30)}
    months = [(each.start, each.middle, each.stop) for each in spans]
    assert len(spans) == 11
    for moments in months[:5]:
        for moment in moments:
            found = moment.item()
            assert found.day == ends[found.month]
    assert [one.stop for one in spans[:-2]] == [one.start for one in spans[2:]]


def test_years_that_begin_on_a_leap_day_come_back_to_it() -> None:
    found = _middles(1, "year", "2020-02-29", "2024-12-31")
    assert found == ["2020-02-29", "2021-02-28", "2022-02-28", "2023-02-28", "2024-02-29"]


def test_a_window_longer_than_all_time_fits_nowhere() -> None:
    assert _middles(10**9, "year", "0001-01-01", "9999-12-31") == []


# --- windows ------------------------------------------------------------------------------------


def _day(number: int) -> datetime.date:
    return datetime.date(2024, 3, number)


TABLE = make_table(
    [("Ann", "trams", 1), ("Bob", "trams", 0), ("Ann", "trams", 1), ("Cem", "trams", 1)],
    dates=[_day(1), _day(2), _day(3), None],
)


def _windows(**options: Any) -> list[Any]:
    return list(iter_networks(TABLE, NetworkOptions(qualifier="view", **options)))


def test_each_window_has_the_nodes_and_statements_of_its_time() -> None:
    first, second, third = _windows(window=Window(1, "day"), aggregate="subtract")
    assert [each.rows for each in (first, second, third)] == [("Ann",), ("Bob",), ("Ann",)]
    assert [cells(each) for each in (first, second, third)] == [[[1]], [[-1]], [[1]]]
    assert second.start == second.middle == second.stop == datetime.datetime(2024, 3, 2)


def test_isolates_give_all_windows_the_same_nodes() -> None:
    windows = _windows(window=Window(1, "day"), isolates=True)
    assert {each.rows for each in windows} == {("Ann", "Bob", "Cem")}


def test_a_window_without_statements_is_empty() -> None:
    table = make_table([("Ann", "trams", 1)] * 2, dates=[_day(1), _day(3)])
    options = NetworkOptions(qualifier="view", window=Window(1, "day"))
    empty = list(iter_networks(table, options))[1]
    assert (empty.rows, empty.columns, empty.statements) == ((), (), 0)
    assert empty.values.shape == (0, 0)


def test_windows_need_a_date() -> None:
    table = make_table([("Ann", "trams", 1)], dates=[None])
    options = NetworkOptions(qualifier="view", window=Window(1, "day"))
    with pytest.raises(NetworkError, match="No statement has a date"):
        list(iter_networks(table, options))


def test_one_network_cannot_have_windows() -> None:
    with pytest.raises(NetworkError, match="several networks"):
        compute_network(TABLE, NetworkOptions(window=Window(1, "day")))


# --- kernels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kernel", "weights"),
    [
        ("uniform", [0.5, 0.5, 0.5, 0.5, 0.5]),
        ("triangular", [0, 0.5, 1, 0.5, 0]),
        ("epanechnikov", [0, 0.5625, 0.75, 0.5625, 0]),
        ("gaussian", [0.2419707245, 0.3520653268, 0.3989422804, 0.3520653268, 0.2419707245]),
    ],
)
def test_kernels_weight_by_the_distance_in_days(kernel: Any, weights: list[float]) -> None:
    dates = np.array([_day(number) for number in (3, 4, 5, 6, 7)], "datetime64[s]")
    window = Window(4, "day", kernel)
    got = kernel_weights(window, dates, _moment("2024-03-05"), dna_compat=False)
    assert got.tolist() == pytest.approx(weights)


def test_the_triangle_of_dna_is_lopsided() -> None:
    window = Window(4, "day", "triangular")
    dates = np.array([_day(n) for n in (3, 4, 5, 6, 7)], "datetime64[s]")
    got = kernel_weights(window, dates, _moment("2024-03-05"), dna_compat=True)
    assert got.tolist() == [0, 0.5, 1, 1.5, 2]


def _smoothed(kind: Any, views: list[Any], **options: Any) -> list[list[float]]:
    """Return the only window of five days: Ann, Bob and Ann again on the same topic."""
    table = make_table(
        [("Ann", "trams", views[0]), ("Bob", "trams", views[1]), ("Ann", "trams", views[2])],
        kind,
        dates=[_day(1), _day(3), _day(5)],
    )
    window = Window(4, "day", options.pop("kernel"))
    (network,) = iter_networks(table, NetworkOptions(qualifier="view", window=window, **options))
    return cells(network)


def test_two_mode_kernels_add_up_weighted_signs() -> None:
    assert _smoothed("boolean", [1, 0, 1], kernel="uniform", aggregate="subtract") == [[1], [-0.5]]
    assert _smoothed("boolean", [1, 0, 1], kernel="epanechnikov") == [[0], [0.75]]


def test_one_mode_kernels_add_up_the_roots_of_both_weights() -> None:
    got = _smoothed("boolean", [1, 0, 1], kernel="uniform", mode="one", aggregate="conflict")
    assert got == [[0, pytest.approx(1.0)], [pytest.approx(1.0), 0]]


def test_the_diagonal_is_zero_but_for_dna() -> None:
    options = {"kernel": "uniform", "mode": "one", "aggregate": "congruence"}
    assert _smoothed("boolean", [1, 1, 1], **options)[0][0] == 0
    assert _smoothed("boolean", [1, 1, 1], **options, dna_compat=True)[0][0] == pytest.approx(2)


def test_integers_count_by_their_value_but_for_dna() -> None:
    options = {"kernel": "uniform", "mode": "one", "aggregate": "congruence"}
    right = _smoothed("integer", [-1, -3, 7], **options)
    similarity = (1 - 2 / 10) + (1 - 10 / 10)
    assert right[0][1] == pytest.approx(0.5 * similarity)
    theirs = _smoothed("integer", [-1, -3, 7], **options, dna_compat=True)
    similarity = (1 - 1 / 2) + (1 - 1 / 2)  # -1, -3 and 7 are their texts in order
    assert theirs[0][1] == pytest.approx(0.5 * similarity)


def test_the_gaussian_kernel_reaches_the_whole_range() -> None:
    table = make_table([("Ann", "trams", 1)] * 5, dates=[_day(n) for n in (1, 2, 3, 4, 5)])
    window = Window(2, "day", "gaussian")
    options = NetworkOptions(qualifier="view", window=window)
    networks = list(iter_networks(table, options))
    assert [each.statements for each in networks] == [5, 5, 5]
    assert networks[0].start == datetime.datetime(2024, 3, 1)
    assert networks[0].stop == datetime.datetime(2024, 3, 5)
