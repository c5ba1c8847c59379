"""What holds of every table: sums, symmetry, and pairs counted one by one."""

import datetime
import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.algebra.differences import differences
from graphkit.algebra.networks import compute_network, iter_networks
from graphkit.algebra.options import NetworkOptions, Window
from graphkit.algebra.table import Kind, StatementTable
from tables import compute, make_table

LEVELS: dict[Kind, list[Any]] = {
    "boolean": [0, 1],
    "integer": [-10, -3, -1, 0, 2, 11],
    "stance": ["opposes", "ambivalent", "supports"],
    "text": ["said", "wrote", "sang"],
}
SCORES = {"opposes": -1, "ambivalent": 0, "supports": 1}
NUMERIC: list[Kind] = ["boolean", "integer", "stance"]


def _rows(kind: Kind) -> st.SearchStrategy[list[Any]]:
    names = st.sampled_from(["Ann", "Bob", "Cem", "Dag"])
    topics = st.sampled_from(["trams", "charge", "parks"])
    row = st.tuples(names, topics, st.sampled_from(LEVELS[kind]))
    return st.lists(row, min_size=1, max_size=25)


def _tables(kinds: list[Kind]) -> st.SearchStrategy[tuple[Kind, list[Any], StatementTable]]:
    return st.sampled_from(kinds).flatmap(
        lambda kind: _rows(kind).map(lambda rows: (kind, rows, make_table(rows, kind)))
    )


def _values(table: StatementTable, **options: Any) -> Any:
    return compute(table, **options).values.toarray()


def _ambivalent(kind: Kind) -> list[str]:
    return ["count", "halve"] if kind == "stance" else ["count"]


@given(drawn=_tables(NUMERIC))
def test_pairs_agree_or_disagree(drawn: Any) -> None:
    kind, _, table = drawn
    for ambivalent in _ambivalent(kind):
        options = {"mode": "one", "ambivalent": ambivalent}
        pairs, congruence, conflict, difference = (
            _values(table, aggregate=aggregate, **options)
            for aggregate in ("ignore", "congruence", "conflict", "subtract")
        )
        np.testing.assert_allclose(congruence + conflict, pairs, atol=1e-9)
        np.testing.assert_allclose(congruence - conflict, difference, atol=1e-9)


@given(drawn=_tables([*NUMERIC, "text"]))
def test_one_mode_networks_are_symmetric(drawn: Any) -> None:
    _, _, table = drawn
    for aggregate, normalize in itertools.product(
        ["ignore", "congruence", "conflict", "subtract"], ["none", "average", "jaccard", "cosine"]
    ):
        values = _values(table, mode="one", aggregate=aggregate, normalize=normalize)
        np.testing.assert_allclose(values, values.T, atol=1e-12)
        assert not values.diagonal().any()


@given(drawn=_tables(NUMERIC))
def test_every_pair_is_counted(drawn: Any) -> None:
    kind, rows, table = drawn
    scores = [SCORES[level] if kind == "stance" else level for _, _, level in rows]
    reach = {"boolean": 1, "stance": 2}.get(kind) or max(scores) - min(scores) or 1
    network = compute(table, mode="one", aggregate="congruence")
    expected = np.zeros(network.values.shape)
    for (one, one_score), (other, other_score) in itertools.permutations(
        zip(rows, scores, strict=True), 2
    ):
        if one[0] != other[0] and one[1] == other[1]:
            cell = network.rows.index(one[0]), network.rows.index(other[0])
            expected[cell] += 1 - abs(one_score - other_score) / reach
    np.testing.assert_allclose(network.values.toarray(), expected, atol=1e-9)


@given(drawn=_tables([*NUMERIC, "text"]))
def test_every_statement_is_counted_once(drawn: Any) -> None:
    kind, rows, table = drawn
    for ambivalent in _ambivalent(kind):
        assert _values(table, ambivalent=ambivalent).sum() == pytest.approx(len(rows))


@given(drawn=_tables([*NUMERIC, "text"]))
def test_rows_and_columns_change_places(drawn: Any) -> None:
    _, _, table = drawn
    for aggregate in ("ignore", "subtract", "combine"):
        turned = _values(table, aggregate=aggregate, variable1="topic", variable2="actor")
        np.testing.assert_allclose(turned.T, _values(table, aggregate=aggregate))


@given(drawn=_tables(NUMERIC))
def test_normalized_values_stay_in_their_range(drawn: Any) -> None:
    kind, _, table = drawn
    shares = _values(table, normalize="activity").sum(axis=1)
    np.testing.assert_allclose(shares, np.ones(len(shares)))
    for ambivalent in _ambivalent(kind):
        for aggregate in ("ignore", "congruence", "conflict", "subtract"):
            cosines = _values(
                table, mode="one", aggregate=aggregate, normalize="cosine", ambivalent=ambivalent
            )
            assert (np.abs(cosines) <= 1 + 1e-9).all()


@given(drawn=_tables([*NUMERIC, "text"]))
def test_what_dna_computes_alike_is_alike(drawn: Any) -> None:
    kind, _, table = drawn
    for mode, aggregate, normalize in itertools.product(
        ["two", "one"], ["ignore", "subtract"], ["none", "activity", "average", "jaccard"]
    ):
        if (mode == "two") == (normalize in {"average", "jaccard"}) and normalize != "none":
            continue
        options = NetworkOptions(
            mode=mode,  # type: ignore[arg-type]
            aggregate=aggregate,  # type: ignore[arg-type]
            normalize=normalize,  # type: ignore[arg-type]
            qualifier="view",
        )
        assert not differences(options, kind)
        ours = compute_network(table, options).values.toarray()
        theirs = _values(
            table, mode=mode, aggregate=aggregate, normalize=normalize, dna_compat=True
        )
        np.testing.assert_array_equal(ours, theirs)


# --- time ---------------------------------------------------------------------------------------

_START = datetime.date(2024, 2, 20)


def _dated(rows: list[Any], days: list[int]) -> StatementTable:
    dates = [_START + datetime.timedelta(day) for day in days]
    return make_table(rows, dates=dates)


def _dated_tables() -> st.SearchStrategy[StatementTable]:
    return _rows("boolean").flatmap(
        lambda rows: st.lists(st.integers(0, 20), min_size=len(rows), max_size=len(rows)).map(
            lambda days: _dated(rows, days)
        )
    )


@given(table=_dated_tables())
def test_windows_of_a_day_add_up_to_the_whole(table: StatementTable) -> None:
    options = NetworkOptions(
        qualifier="view", aggregate="subtract", window=Window(1, "day"), isolates=True
    )
    windows = list(iter_networks(table, options))
    total = sum(network.values for network in windows)
    np.testing.assert_allclose(total.toarray(), _values(table, aggregate="subtract"))
    assert sum(network.statements for network in windows) == len(table)


@given(table=_dated_tables())
def test_the_uniform_kernel_is_half_of_the_window(table: StatementTable) -> None:
    for mode in ("two", "one"):
        plain, weighted = (
            NetworkOptions(
                qualifier="view",
                mode=mode,  # type: ignore[arg-type]
                aggregate="subtract",
                window=Window(5, "day", kernel),  # type: ignore[arg-type]
                isolates=True,
            )
            for kernel in (None, "uniform")
        )
        for one, other in zip(
            iter_networks(table, plain), iter_networks(table, weighted), strict=True
        ):
            half = other.values.toarray() * 2
            np.testing.assert_allclose(one.values.toarray(), half, atol=1e-9)


@given(table=_dated_tables())
def test_a_coarser_unit_keeps_no_more(table: StatementTable) -> None:
    kept = [
        compute(table, duplicates=unit, aggregate="subtract").statements
        for unit in ("keep", "day", "month", "year", "range")
    ]
    assert kept == sorted(kept, reverse=True)
    assert not math.isnan(kept[0])


@given(rows=_rows("stance"), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(rows: list[Any], seed: Any) -> None:
    numbers = list(range(len(rows)))
    documents = [f"d{number:04}" for number in numbers]
    seed.shuffle(numbers)
    shuffled = make_table(
        [rows[n] for n in numbers], "stance", documents=[documents[n] for n in numbers]
    )
    options = {"mode": "one", "aggregate": "subtract", "duplicates": "range"}
    plain = make_table(rows, "stance", documents=documents)
    np.testing.assert_array_equal(_values(shuffled, **options), _values(plain, **options))
