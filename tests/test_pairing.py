"""Pairing: as many pairs as there can be, with the first keys first."""

from hypothesis import given
from hypothesis import strategies as st

from graphkit.pairing import paired

choices = st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), unique=True), max_size=6)


def test_a_key_moves_to_its_second_choice_where_that_lets_another_pair() -> None:
    assert paired({0: [5, 6], 1: [5]}) == {0: 6, 1: 5}


def test_where_not_all_can_pair_the_first_do() -> None:
    assert paired({2: [5], 1: [5]}) == {2: 5}


@given(choices)
def test_pairs_are_among_the_choices_and_one_to_one(options: dict[int, list[int]]) -> None:
    pairs = paired(options)

    assert all(choice in options[key] for key, choice in pairs.items())
    assert len(set(pairs.values())) == len(pairs)


@given(choices)
def test_no_key_is_left_that_could_take_a_free_choice(options: dict[int, list[int]]) -> None:
    pairs = paired(options)
    free = [key for key in options if key not in pairs]

    assert not any(set(options[key]) - set(pairs.values()) for key in free)
