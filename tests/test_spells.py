"""Spells: when an actor changes its mind, against a slow statement of the rule."""

import datetime
import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from graphkit.spells import MIXED, changes_of, days_of, stance_of
from graphkit.statement import STANCES


@dataclass(frozen=True)
class Seen:
    """One statement, as far as spells go."""

    date: datetime.date | None
    stance: str
    actor_type: str = "person"


def _day(number: int) -> datetime.date:
    return datetime.date(2024, 3, number)


def _told(*days: tuple[int, str]) -> list[Seen]:
    return [Seen(_day(number), stance) for number, stance in days]


def _shown(seen: list[Seen]) -> list[tuple[str, int, str, int]]:
    return [
        (
            one.before.stance,
            one.last_day_before.date.day,
            one.after.stance,
            one.date.day,
        )
        for one in changes_of(seen)
    ]


# Few days, so that stances meet on one.
sightings = st.lists(
    st.builds(Seen, st.one_of(st.none(), st.integers(1, 6).map(_day)), st.sampled_from(STANCES)),
    max_size=12,
)


@given(sightings)
def test_changes_are_what_the_rule_says(seen: list[Seen]) -> None:
    held: dict[int, set[str]] = {}
    for one in seen:
        if one.date:
            held.setdefault(one.date.day, set()).add(one.stance)
    expected = []
    for day in sorted(held):
        clear_before = [d for d in held if d < day and len(held[d]) == 1]
        if len(held[day]) == 1 and clear_before and held[max(clear_before)] != held[day]:
            (before,), (after,) = held[max(clear_before)], held[day]
            expected.append((before, max(clear_before), after, day))
    assert _shown(seen) == expected


@given(sightings)
def test_each_change_begins_with_what_the_one_before_it_led_to(seen: list[Seen]) -> None:
    changes = changes_of(seen)
    for one, following in itertools.pairwise(changes):
        assert one.after == following.before
    if changes:
        clear = [day for day in days_of(seen) if day.stance != MIXED]
        spells = [changes[0].before, *(one.after for one in changes)]
        assert [day for spell in spells for day in spell.days] == clear
        assert len(changes[0].before.members) == sum(
            len(day.members) for day in changes[0].before.days
        )


@given(sightings)
def test_the_order_of_statements_does_not_matter(seen: list[Seen]) -> None:
    assert _shown(seen) == _shown(seen[::-1])


def test_a_change_over_doubt_is_two_changes() -> None:
    seen = _told((1, "supports"), (2, "ambivalent"), (3, "opposes"))
    assert _shown(seen) == [("supports", 1, "ambivalent", 2), ("ambivalent", 2, "opposes", 3)]


def test_a_mixed_day_is_no_change_and_ends_no_spell() -> None:
    seen = _told((1, "supports"), (2, "supports"), (2, "opposes"), (3, "supports"))
    assert _shown(seen) == []
    assert _shown([*seen, *_told((4, "opposes"))]) == [("supports", 3, "opposes", 4)]


def test_what_has_no_date_changes_nothing() -> None:
    assert changes_of([Seen(None, "supports"), Seen(_day(1), "opposes")]) == []


def test_groups_never_change_their_minds() -> None:
    seen = [Seen(_day(1), "supports", "group"), Seen(_day(2), "opposes", "group")]
    assert changes_of(seen) == []


def test_more_than_one_stance_is_mixed() -> None:
    assert stance_of(["opposes", "opposes"]) == "opposes"
    assert stance_of(["opposes", "ambivalent"]) == MIXED
