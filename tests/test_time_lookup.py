"""Look-ups over time tell words, timelines and changes of mind, with quotes and dates."""

import datetime
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from debates import NAMES, TOPICS, Told, debate_store, debates
from example import CHARGE, TRAMS, make_store
from graphkit.output import Answer
from graphkit.store import Store
from graphkit.time_lookup import list_changes, look_up_stance, look_up_timeline

MARCH_4, MARCH_18 = datetime.date(2024, 3, 4), datetime.date(2024, 3, 18)
MAYOR = "Łucja Novák"
REJECTED = "Mayor Łucja Novák rejected a congestion charge on Monday."
SUPPORTS = "Novák now supports the congestion charge."


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _only(answer: Answer) -> Any:
    (row,) = answer.rows
    return row


# --- stance -------------------------------------------------------------------------------------


def test_a_stance_is_the_latest_word_with_what_it_was_before(store: Store) -> None:
    row = _only(look_up_stance(store, MAYOR, CHARGE))
    assert (row["stance"], row["date"], row["statements"]) == ("supports", MARCH_18, 2)
    assert row["evidence"] == SUPPORTS
    assert (row["stance_before"], row["date_before"]) == ("opposes", MARCH_4)
    assert row["evidence_before"] == REJECTED
    assert store.statements(statement=row["id_before"])[0].evidence == REJECTED


def test_a_stance_as_of_a_day_knows_nothing_later(store: Store) -> None:
    for day in (MARCH_4, datetime.date(2024, 3, 17)):
        answer = look_up_stance(store, MAYOR, CHARGE, as_of=day)
        row = _only(answer)
        assert (row["stance"], row["statements"], row["stance_before"]) == ("opposes", 1, "")
        assert (answer.facts["as_of"], answer.facts["last_date"]) == (day, MARCH_4)
    assert not look_up_stance(store, MAYOR, CHARGE, as_of=datetime.date(2024, 3, 3)).rows


def test_a_stance_of_two_signs_on_one_day_is_mixed(store: Store) -> None:
    row = _only(look_up_stance(store, "Ana Pérez", CHARGE))
    assert (row["stance"], row["stance_before"], row["date_before"]) == ("mixed", "", None)


def test_a_group_of_two_articles_has_two_stances_and_gave_up_none(store: Store) -> None:
    rows = look_up_stance(store, "some shopkeepers", CHARGE).rows
    assert [(row["stance"], row["stance_before"]) for row in rows] == [
        ("opposes", ""),
        ("ambivalent", ""),
    ]


# --- timeline -----------------------------------------------------------------------------------


def test_a_timeline_goes_by_date(store: Store) -> None:
    rows = look_up_timeline(store, CHARGE).rows
    keys = ("date", "actor", "stance", "statements", "before")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        (MARCH_4, "Ana Pérez", "mixed", 2, ""),
        (MARCH_4, "Chamber of Commerce", "opposes", 1, ""),
        (MARCH_4, "Drivers' Union", "opposes", 1, ""),
        (MARCH_4, "Norland", "supports", 1, ""),
        (MARCH_4, "some shopkeepers", "ambivalent", 1, ""),
        (MARCH_4, MAYOR, "opposes", 1, ""),
        (MARCH_18, "Drivers' Union", "opposes", 1, ""),
        (MARCH_18, MAYOR, "supports", 1, "opposes, 2024-03-04"),
    ]
    assert rows[-1]["evidence"] == SUPPORTS


def test_a_timeline_counts_what_has_no_date(store: Store) -> None:
    assert look_up_timeline(store, CHARGE).facts["undated"] == 1
    assert look_up_timeline(store, CHARGE, since=MARCH_4).facts["undated"] == 0
    assert look_up_timeline(store, CHARGE, until=MARCH_18).facts["undated"] == 0


def test_a_timeline_can_be_that_of_some_actors(store: Store) -> None:
    answer = look_up_timeline(store, CHARGE, [MAYOR, "Norland", MAYOR])
    assert [row["actor"] for row in answer.rows] == ["Norland", MAYOR, MAYOR]
    assert answer.facts["statements"] == 3


def test_what_was_given_up_may_be_older_than_the_period(store: Store) -> None:
    answer = look_up_timeline(store, CHARGE, since=MARCH_18)
    assert [row["before"] for row in answer.rows] == ["", "opposes, 2024-03-04"]
    assert (answer.facts["statements"], answer.facts["first_date"]) == (2, MARCH_18)


# --- changes ------------------------------------------------------------------------------------


def test_a_change_has_both_quotes_and_both_dates(store: Store) -> None:
    row = _only(list_changes(store))
    assert (row["actor"], row["topic"]) == (MAYOR, CHARGE)
    assert (row["stance_before"], row["date_before"]) == ("opposes", MARCH_4)
    assert (row["stance"], row["date"]) == ("supports", MARCH_18)
    assert (row["evidence_before"], row["evidence"]) == (REJECTED, SUPPORTS)
    assert (row["statements_before"], row["statements"]) == (1, 1)


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (MARCH_18, None, 1),
        (None, MARCH_18, 1),
        (None, datetime.date(2024, 3, 17), 0),
        (datetime.date(2024, 3, 19), None, 0),
    ],
)
def test_a_period_chooses_by_the_day_of_the_change(
    since: Any, until: Any, count: int, store: Store
) -> None:
    assert len(list_changes(store, since=since, until=until).rows) == count


def test_the_latest_change_comes_first() -> None:
    days = [datetime.date(2024, 3, day) for day in (1, 2, 3)]
    told = [
        (day, MAYOR, stance, TRAMS)
        for day, stance in zip(days, ("supports", "ambivalent", "opposes"), strict=True)
    ]
    with debate_store(told) as store:
        rows = list_changes(store).rows
    assert [(row["stance_before"], row["stance"]) for row in rows] == [
        ("ambivalent", "opposes"),
        ("supports", "ambivalent"),
    ]


@settings(max_examples=25, deadline=None)
@given(debates)
def test_changes_are_found_among_all_statements(told: list[Told]) -> None:
    expected = []
    for name in NAMES[:-1]:  # the last is a group
        for topic in TOPICS:
            days: dict[datetime.date, set[str]] = {}
            for date, actor, stance, on in told:
                if date and (actor, on) == (name, topic):
                    days.setdefault(date, set()).add(stance)
            clear = [(day, *stances) for day, stances in sorted(days.items()) if len(stances) == 1]
            expected += [
                (name, topic, *one, *other)
                for one, other in itertools.pairwise(clear)
                if one[1] != other[1]
            ]
    keys = ("actor", "topic", "date_before", "stance_before", "date", "stance")
    with debate_store(told) as store:
        rows = list_changes(store).rows
        found = [tuple(row[key] for key in keys) for row in rows]
        for row in rows:
            (one,) = store.statements(statement=row["id"])
            (before,) = store.statements(statement=row["id_before"])
            assert (one.actor, one.topic, one.date) == (row["actor"], row["topic"], row["date"])
            assert (before.date, before.stance) == (row["date_before"], row["stance_before"])
    assert sorted(found) == sorted(expected)


@settings(max_examples=25, deadline=None)
@given(debates)
def test_timelines_show_each_change_on_its_day(told: list[Told]) -> None:
    with debate_store(told) as store:
        changes = {
            (
                row["topic"],
                row["actor"],
                row["date"],
                f"{row['stance_before']}, {row['date_before']}",
            )
            for row in list_changes(store).rows
        }
        shown = {
            (topic, row["actor"], row["date"], row["before"])
            for topic in TOPICS
            for row in look_up_timeline(store, topic).rows
            if row["before"]
        }
    assert shown == changes
