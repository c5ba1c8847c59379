"""Which statements count, and which are duplicates of others."""

import datetime
from typing import Any

import pytest

from graphkit.algebra.options import Filter, NetworkOptions
from graphkit.algebra.selection import select
from graphkit.errors import NetworkError
from tables import cells, compute, make_table

ROWS = [("Ann", "trams", 1), ("Bob", "trams", 0), ("Ann", "charge", 1), ("Cem", "charge", 0)]


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _kept(number: int, dates: list[str | None], *, documents: Any = None, **options: Any) -> int:
    """Count what is kept of equal statements on some dates."""
    table = make_table(
        [("Ann", "trams", 1)] * number,
        dates=[_date(text) if text else None for text in dates],
        documents=documents,
    )
    return len(select(table, NetworkOptions(qualifier="view", **options)).kept)


# --- filters ------------------------------------------------------------------------------------


def test_a_filter_leaves_out_the_values_of_a_variable() -> None:
    only = Filter("actor", frozenset({"Ann", "Cem"}))
    assert compute(make_table(ROWS), filters=(only,)).rows == ("Bob",)


def test_a_filter_can_keep_only_the_values() -> None:
    only = Filter("view", frozenset({1}), keeps=True)
    assert compute(make_table(ROWS), filters=(only,)).statements == 2


def test_a_filter_can_leave_out_the_empty_value() -> None:
    rows = [*ROWS, ("Dag", "", 1)]
    nameless = Filter("topic", frozenset({""}))
    assert compute(make_table(rows), filters=(nameless,)).statements == 4


def test_an_unknown_variable_of_a_filter_is_refused() -> None:
    with pytest.raises(NetworkError, match="No variable 'mood'"):
        compute(make_table(ROWS), filters=(Filter("mood", frozenset({"glum"})),))


def test_statements_without_a_value_that_is_needed_are_left_out() -> None:
    table = make_table([*ROWS, ("", "trams", 1), ("Dag", "", 1), ("Eve", "trams", None)])
    assert compute(table, aggregate="subtract").rows == ("Ann", "Bob", "Cem")
    assert compute(table).rows == ("Ann", "Bob", "Cem", "Eve")


def test_a_range_holds_both_of_its_days_and_nothing_undated() -> None:
    dates = [
        None,
        datetime.datetime(2024, 3, 1),
        datetime.datetime(2024, 3, 2, 23, 59, 59),
        datetime.datetime(2024, 3, 3),
    ]
    table = make_table(ROWS, dates=dates)
    network = compute(table, since=_date("2024-03-01"), until=_date("2024-03-02"))
    assert network.statements == 2
    assert network.stop == datetime.datetime(2024, 3, 2, 23, 59, 59)
    assert network.middle == datetime.datetime(2024, 3, 1, 23, 59, 59)


def test_an_open_range_ends_with_the_last_date() -> None:
    table = make_table(ROWS, dates=[_date(f"2024-03-0{day}") for day in (1, 2, 3, 4)])
    network = compute(table, since=_date("2024-03-03"))
    assert (network.statements, network.stop) == (2, datetime.datetime(2024, 3, 4))


# --- isolates -----------------------------------------------------------------------------------


def test_isolates_are_those_that_only_filters_of_statements_leave_out() -> None:
    table = make_table(ROWS, documents=["a1", "a2", "a3", "b1"])
    filters = (
        Filter("topic", frozenset({"trams"}), keeps=True),
        Filter("document_source", frozenset({"b"})),
    )
    network = compute(table, filters=filters, isolates=True)
    assert (network.rows, network.columns) == (("Ann", "Bob"), ("charge", "trams"))
    assert cells(network) == [[0, 1], [0, 1]]
    assert compute(table, filters=filters).columns == ("trams",)


# --- duplicates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("duplicates", "kept"),
    [
        ("keep", 6),
        ("document", 4),
        ("day", 5),
        ("week", 4),
        ("month", 3),
        ("year", 2),
        ("range", 1),
    ],
)
def test_the_first_of_equal_statements_in_each_unit_is_kept(duplicates: str, kept: int) -> None:
    dates: list[str | None] = [
        "2024-03-04",  # a Monday
        "2024-03-04",
        "2024-03-10",  # the Sunday of the same week
        "2024-03-11",
        "2024-04-01",
        "2025-03-03",
    ]
    documents = ["a", "b", "b", "c", "c", "d"]
    assert _kept(6, dates, documents=documents, duplicates=duplicates) == kept


@pytest.mark.parametrize("unit", ["week", "month"])
def test_units_of_different_years_differ_but_for_dna(unit: str) -> None:
    dates: list[str | None] = ["2023-03-06", "2024-03-04"]  # both Monday of the tenth week
    assert _kept(2, dates, duplicates=unit) == 2
    assert _kept(2, dates, duplicates=unit, dna_compat=True) == 1


def test_a_week_goes_on_after_new_year() -> None:
    dates: list[str | None] = ["2020-12-31", "2021-01-01", "2021-01-04"]
    assert _kept(3, dates, duplicates="week") == 2


def test_dates_before_1970_have_weeks_and_months() -> None:
    dates: list[str | None] = ["1969-12-29", "1970-01-04", "1970-01-05"]
    assert _kept(3, dates, duplicates="week") == 2
    assert _kept(3, dates, duplicates="month") == 2


@pytest.mark.parametrize("duplicates", ["day", "week", "month", "year"])
def test_without_a_date_only_those_of_one_article_are_duplicates(duplicates: str) -> None:
    dates = [None, None, None, "1970-01-01"]
    assert _kept(4, dates, documents=["a", "a", "b", "a"], duplicates=duplicates) == 3


def test_the_qualifier_parts_duplicates_unless_it_is_ignored() -> None:
    table = make_table([("Ann", "trams", 1), ("Ann", "trams", 0), ("Ann", "trams", 1)])
    assert compute(table, aggregate="subtract", duplicates="range").statements == 2
    assert compute(table, aggregate="ignore", duplicates="range").statements == 1


def test_the_first_in_time_is_kept_whatever_the_order_of_the_table() -> None:
    table = make_table(
        [("Ann", "trams", 0), ("Ann", "trams", 1)],
        dates=[_date("2024-03-05"), _date("2024-03-04")],
    )
    selection = select(table, NetworkOptions(qualifier="view", duplicates="range"))
    view = table.column("view")
    assert [view.values[view.codes[row]] for row in selection.kept] == [1]
