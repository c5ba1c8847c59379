"""Networks by examples computed by hand."""

import math
from typing import Any

import pytest

from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.errors import NetworkError
from tables import cells, compute, make_table

# Ann is for trams twice and for the charge; Bob for trams and against the charge; Cem is against
# both trams and, twice, the charge; Dag says something about parks only.
TABLE = make_table(
    [
        ("Ann", "trams", 1),
        ("Ann", "trams", 1),
        ("Ann", "charge", 1),
        ("Bob", "trams", 1),
        ("Bob", "charge", 0),
        ("Cem", "trams", 0),
        ("Cem", "charge", 0),
        ("Cem", "charge", 0),
        ("Dag", "parks", 1),
    ]
)


def _approx(rows: list[list[float]]) -> Any:
    return [pytest.approx(row) for row in rows]


# --- two-mode -----------------------------------------------------------------------------------


def test_labels_are_in_order() -> None:
    network = compute(TABLE)
    assert network.rows == ("Ann", "Bob", "Cem", "Dag")
    assert network.columns == ("charge", "parks", "trams")


@pytest.mark.parametrize(
    ("aggregate", "rows"),
    [
        ("ignore", [[1, 0, 2], [1, 0, 1], [2, 0, 1], [0, 1, 0]]),
        ("subtract", [[1, 0, 2], [-1, 0, 1], [-2, 0, -1], [0, 1, 0]]),
        ("combine", [[1, 0, 1], [2, 0, 1], [2, 0, 2], [0, 1, 0]]),
    ],
)
def test_two_mode_counts(aggregate: str, rows: list[list[float]]) -> None:
    assert cells(compute(TABLE, aggregate=aggregate)) == rows


def test_both_sides_combine_to_three() -> None:
    table = make_table([("Ann", "trams", 1), ("Ann", "trams", 0), ("Ann", "trams", 1)])
    assert cells(compute(table, aggregate="combine")) == [[3]]


def test_those_in_favour_and_against_cancel_but_are_activity() -> None:
    table = make_table([("Ann", "trams", 1), ("Ann", "trams", 0), ("Ann", "parks", 1)])
    network = compute(table, aggregate="subtract", normalize="activity")
    assert cells(network) == _approx([[1 / 3, 0]])
    assert network.values.nnz == 1


def test_integers_are_added_up() -> None:
    table = make_table([("Ann", "trams", 3), ("Ann", "trams", -1), ("Bob", "trams", -3)], "integer")
    assert cells(compute(table, aggregate="subtract")) == [[2], [-3]]
    assert cells(compute(table, aggregate="combine")) == [[0b011], [0b100]]  # levels -3, -1, 3


def test_texts_are_counted() -> None:
    table = make_table([("Ann", "trams", "said"), ("Ann", "trams", "wrote")], "text")
    assert cells(compute(table, aggregate="subtract")) == [[2]]
    assert cells(compute(table, aggregate="combine")) == [[0b11]]


def test_more_levels_than_a_number_can_tell_apart_are_refused() -> None:
    table = make_table([("Ann", "trams", level) for level in range(54)], "integer")
    with pytest.raises(NetworkError, match="'combine' of 54 levels"):
        compute(table, aggregate="combine")


@pytest.mark.parametrize(
    ("normalize", "aggregate", "rows"),
    [
        (
            "activity",
            "ignore",
            [[1 / 3, 0, 2 / 3], [1 / 2, 0, 1 / 2], [2 / 3, 0, 1 / 3], [0, 1, 0]],
        ),
        ("activity", "combine", [[1 / 2, 0, 1 / 2], [1, 0, 1 / 2], [1, 0, 1], [0, 1, 0]]),
        (
            "prominence",
            "subtract",
            [[1 / 4, 0, 1 / 2], [-1 / 4, 0, 1 / 4], [-1 / 2, 0, -1 / 4], [0, 1, 0]],
        ),
    ],
)
def test_two_mode_normalization(normalize: str, aggregate: str, rows: list[list[float]]) -> None:
    network = compute(TABLE, normalize=normalize, aggregate=aggregate)
    assert cells(network) == _approx(rows)


def test_any_two_variables_make_a_network() -> None:
    network = compute(TABLE, variable1="topic", variable2="document_source")
    assert (network.rows, network.columns) == (("charge", "parks", "trams"), ("d",))
    assert cells(network) == [[4], [1], [4]]


def test_a_network_needs_no_qualifier() -> None:
    modes: tuple[Any, ...] = ("two", "one")
    for mode in modes:
        network = compute_network(TABLE, NetworkOptions(mode=mode, qualifier=""))
        assert cells(network) == cells(compute(TABLE, mode=mode))


# --- one-mode -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aggregate", "rows"),
    [
        ("ignore", [[0, 3, 4, 0], [3, 0, 3, 0], [4, 3, 0, 0], [0, 0, 0, 0]]),
        ("congruence", [[0, 2, 0, 0], [2, 0, 2, 0], [0, 2, 0, 0], [0, 0, 0, 0]]),
        ("conflict", [[0, 1, 4, 0], [1, 0, 1, 0], [4, 1, 0, 0], [0, 0, 0, 0]]),
        ("subtract", [[0, 1, -4, 0], [1, 0, 1, 0], [-4, 1, 0, 0], [0, 0, 0, 0]]),
    ],
)
def test_one_mode_pairs(aggregate: str, rows: list[list[float]]) -> None:
    network = compute(TABLE, mode="one", aggregate=aggregate)
    assert cells(network) == rows
    assert network.columns == network.rows


def test_topics_are_tied_by_the_actors_they_share() -> None:
    network = compute(TABLE, mode="one", variable1="topic", variable2="actor", aggregate="conflict")
    assert network.rows == ("charge", "parks", "trams")
    assert cells(network) == [[0, 0, 1], [0, 0, 0], [1, 0, 0]]


def test_integers_agree_by_their_distance() -> None:
    rows = [("Ann", "trams", 0), ("Bob", "trams", 1), ("Cem", "trams", 4)]
    network = compute(make_table(rows, "integer"), mode="one", aggregate="congruence")
    assert cells(network) == _approx([[0, 0.75, 0], [0.75, 0, 0.25], [0, 0.25, 0]])


def test_integers_of_one_size_agree() -> None:
    rows = [("Ann", "trams", 7), ("Bob", "trams", 7)]
    table = make_table(rows, "integer")
    assert cells(compute(table, mode="one", aggregate="congruence")) == [[0, 1], [1, 0]]
    assert cells(compute(table, mode="one", aggregate="conflict")) == [[0, 0], [0, 0]]


TEXTS = make_table(
    [
        ("Ann", "trams", "said"),
        ("Ann", "trams", "said"),
        ("Ann", "charge", "wrote"),
        ("Bob", "trams", "said"),
        ("Bob", "trams", "wrote"),
    ],
    "text",
)


@pytest.mark.parametrize(
    ("aggregate", "value"), [("congruence", 2), ("conflict", 2), ("subtract", 0)]
)
def test_texts_conflict_where_the_other_has_none_alike(aggregate: str, value: float) -> None:
    assert cells(compute(TEXTS, mode="one", aggregate=aggregate)) == [[0, value], [value, 0]]


# --- normalization of one-mode networks ---------------------------------------------------------


def test_the_average_is_that_of_both_activities() -> None:
    network = compute(TABLE, mode="one", aggregate="congruence", normalize="average")
    assert cells(network)[0] == pytest.approx([0, 2 / ((3 + 2) / 2), 0, 0])


def test_jaccard_divides_by_what_either_has() -> None:
    network = compute(TABLE, mode="one", aggregate="congruence", normalize="jaccard")
    # Ann and Bob: her statement on the charge, his against it, and 2 pairs on trams.
    assert cells(network)[0] == pytest.approx([0, 2 / (1 + 1 + 2), 0, 0])


def test_cosine_divides_by_the_norms() -> None:
    table = make_table(
        [("Ann", "trams", 1)] * 2
        + [("Ann", "charge", 1)]
        + [("Bob", "trams", 1)] * 4
        + [("Bob", "charge", 1)] * 2
    )
    for aggregate in ("ignore", "congruence", "subtract"):
        right = compute(table, mode="one", aggregate=aggregate, normalize="cosine")
        assert cells(right)[0][1] == pytest.approx(1)  # equal shares
        theirs = compute(
            table, mode="one", aggregate=aggregate, normalize="cosine", dna_compat=True
        )
        assert cells(theirs)[0][1] == pytest.approx(10 / (3 * 6))


def test_cosines_of_congruence_and_conflict_share_their_norms() -> None:
    congruence = compute(TABLE, mode="one", aggregate="congruence", normalize="cosine")
    conflict = compute(TABLE, mode="one", aggregate="conflict", normalize="cosine")
    # Ann has 2 and 1, Bob 1 and 1; two pairs of theirs agree, one does not.
    assert cells(congruence)[0][1] == pytest.approx(2 / math.sqrt(5 * 2))
    assert cells(conflict)[0][1] == pytest.approx(1 / math.sqrt(5 * 2))


def test_the_norm_of_integers_knows_how_far_they_agree() -> None:
    table = make_table(
        [("Ann", "trams", 0), ("Ann", "trams", 1), ("Bob", "trams", 0), ("Bob", "trams", 4)],
        "integer",
    )
    network = compute(table, mode="one", aggregate="congruence", normalize="cosine")
    congruence = 1 + 0 + 0.75 + 0.25
    assert cells(network)[0][1] == pytest.approx(congruence / math.sqrt((2 + 2 * 0.75) * 2))


def test_nothing_in_common_is_zero_and_not_an_error() -> None:
    for normalize in ("average", "jaccard", "cosine"):
        table = make_table([("Ann", "trams", 1), ("", "parks", 1), ("Bob", "charge", 1)])
        network = compute(table, mode="one", normalize=normalize, isolates=True)
        assert cells(network) == [[0, 0], [0, 0]]


# --- three-valued stances -----------------------------------------------------------------------

STANCES = make_table(
    [
        ("Ann", "trams", "supports"),
        ("Bob", "trams", "ambivalent"),
        ("Cem", "trams", "opposes"),
        ("Dag", "trams", "ambivalent"),
    ],
    "stance",
)


@pytest.mark.parametrize(
    ("ambivalent", "congruence", "conflict"),
    [
        # with Bob, Cem and Dag, of whom the first and the last are ambivalent
        ("count", [0.5, 0, 0.5], [0.5, 1, 0.5]),
        ("halve", [0.5, 0, 0.5], [0.5, 1, 0.5]),
        ("drop", [0], [1]),
    ],
)
def test_ambivalent_statements_stand_between_the_sides(
    ambivalent: str, congruence: list[float], conflict: list[float]
) -> None:
    options: Any = {"mode": "one", "ambivalent": ambivalent}
    assert cells(compute(STANCES, aggregate="congruence", **options))[0][1:] == congruence
    assert cells(compute(STANCES, aggregate="conflict", **options))[0][1:] == conflict


@pytest.mark.parametrize(("ambivalent", "congruence"), [("count", 1), ("halve", 0.5)])
def test_two_ambivalent_statements_agree_if_they_are_a_level(
    ambivalent: Any, congruence: float
) -> None:
    network = compute(STANCES, mode="one", aggregate="congruence", ambivalent=ambivalent)
    assert cells(network)[1][3] == congruence


@pytest.mark.parametrize(
    ("ambivalent", "subtract", "combine"),
    [
        ("count", [1, 0, -1, 0], [1, 2, 4, 2]),
        ("halve", [1, 0, -1, 0], [1, 3, 2, 3]),
        ("drop", [1, -1], [1, 2]),
    ],
)
def test_ambivalent_statements_in_two_mode_networks(
    ambivalent: str, subtract: list[float], combine: list[float]
) -> None:
    column = compute(STANCES, ambivalent=ambivalent, aggregate="subtract")
    assert [row[0] for row in cells(column)] == subtract
    column = compute(STANCES, ambivalent=ambivalent, aggregate="combine")
    assert [row[0] for row in cells(column)] == combine


def test_a_halved_statement_is_still_one() -> None:
    network = compute(STANCES, ambivalent="halve")
    assert (network.statements, cells(network)) == (4, [[1], [1], [1], [1]])


def test_only_stances_can_be_ambivalent() -> None:
    with pytest.raises(NetworkError, match="'view' is no stance"):
        compute(TABLE, ambivalent="halve")


# --- borders ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["boolean", "integer", "text", "stance"])
@pytest.mark.parametrize(
    "options",
    [
        {"mode": "two", "aggregate": "ignore", "normalize": "activity"},
        {"mode": "two", "aggregate": "subtract", "normalize": "prominence"},
        {"mode": "two", "aggregate": "combine", "duplicates": "week"},
        {"mode": "one", "aggregate": "ignore", "normalize": "jaccard"},
        {"mode": "one", "aggregate": "subtract", "normalize": "cosine"},
        {"mode": "one", "aggregate": "conflict", "normalize": "average"},
    ],
)
def test_no_statements_give_an_empty_network(kind: Any, options: dict[str, Any]) -> None:
    network = compute(make_table([], kind), **options)
    assert (network.rows, network.columns, network.statements) == ((), (), 0)
    assert network.values.shape == (0, 0)
    assert (network.start, network.middle, network.stop) == (None, None, None)
