"""A table keeps its statements in the order of time, and its values as codes."""

import datetime

import numpy as np
import pytest

from graphkit.algebra.table import EMPTY, Column, StatementTable
from graphkit.errors import NetworkError
from tables import make_table


def test_values_are_in_the_order_of_their_code_points() -> None:
    column = Column.of("text", ["é", "b", "B", "a", "b"])
    assert column.values == ("B", "a", "b", "é")
    assert column.codes.tolist() == [3, 2, 0, 1, 2]


def test_integers_are_in_the_order_of_their_size() -> None:
    assert Column.of("integer", [10, -3, -1, 9]).values == (-3, -1, 9, 10)


def test_no_value_and_the_empty_text_are_empty() -> None:
    assert Column.of("text", ["", "a", None]).codes.tolist() == [EMPTY, 0, EMPTY]  # type: ignore[list-item]


def test_both_sides_are_values_even_where_nobody_takes_one() -> None:
    assert Column.of("boolean", [True, True]).values == (0, 1)
    assert Column.of("stance", ["supports"]).codes.tolist() == [2]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [("boolean", 2, "2 is no boolean"), ("stance", "agrees", "opposes, ambivalent, supports")],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: object, told: str) -> None:
    with pytest.raises(NetworkError, match=told):
        Column.of(kind, [value])  # type: ignore[arg-type]


def test_statements_are_in_the_order_of_time_and_place() -> None:
    day = datetime.date(2024, 1, 1)
    table = StatementTable.of(
        dates=[None, datetime.datetime(2024, 1, 1, 8), day, day, day],
        documents=["a", "a", "b", "a", "a"],
        positions=[(0, 1), (0, 1), (0, 1), (9, 10), (3, 4)],
        columns={"actor": ("text", ["undated", "at eight", "other", "late", "early"])},
    )
    column = table.column("actor")
    names = [column.values[code] for code in column.codes]
    assert names == ["early", "late", "other", "at eight", "undated"]
    assert np.isnat(table.dates[-1])


def test_an_unknown_variable_is_told_with_those_spelt_like_it() -> None:
    table = make_table([("Ann", "trams", 1)])
    with pytest.raises(NetworkError, match="Did you mean actor"):
        table.column("actors")
    with pytest.raises(NetworkError, match="There are actor, topic, view, document_source"):
        table.column("xyz")


def test_an_empty_table_is_a_table() -> None:
    assert len(make_table([])) == 0
