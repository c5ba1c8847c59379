"""Look-ups of agreement: actors side by side, allies and opponents."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from debates import NAMES, TOPICS, Told, debate_store, debates
from example import CHARGE, TRAMS, make_store
from graphkit.agreement_lookup import compare_actors, list_allies, relation_of
from graphkit.lookup import look_up_quotes
from graphkit.store import Store

MARCH_4, MARCH_18 = datetime.date(2024, 3, 4), datetime.date(2024, 3, 18)
MAYOR, CHAMBER, UNION = "Łucja Novák", "Chamber of Commerce", "Drivers' Union"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _line(row: Any, *keys: str) -> tuple[Any, ...]:
    return tuple(row[key] for key in keys)


@pytest.mark.parametrize(
    ("stances", "relation"),
    [
        (("supports", "supports"), "agree"),
        (("ambivalent", "ambivalent"), "agree"),
        (("supports", "opposes", "mixed"), "differ"),
        (("supports", "ambivalent"), "partly"),
        (("mixed", "mixed"), "partly"),
    ],
)
def test_sides_are_told_from_the_stances(stances: tuple[str, ...], relation: str) -> None:
    assert relation_of(stances) == relation


# --- compare ------------------------------------------------------------------------------------


def test_actors_are_compared_on_the_topics_of_two_of_them(store: Store) -> None:
    answer = compare_actors(store, [MAYOR, "Norland", CHAMBER])
    keys = ("sides", "topic", MAYOR, "Norland", CHAMBER, "statements")
    assert [_line(row, *keys) for row in answer.rows] == [
        ("differ", CHARGE, "supports", "supports", "opposes", [2, 1, 1]),
        ("partly", TRAMS, "supports", "supports", "ambivalent", [1, 1, 1]),
    ]
    assert {key: answer.facts[key] for key in ("agree", "differ", "partly")} == {
        "agree": 0,
        "differ": 1,
        "partly": 1,
    }


def test_each_actor_has_its_sentence(store: Store) -> None:
    row = compare_actors(store, [MAYOR, "Norland"]).rows[0]
    assert row[f"{MAYOR}: evidence"] == "Novák now supports the congestion charge."
    assert row[f"{MAYOR}: date"] == MARCH_18
    (statement,) = store.statements(statement=row["Norland: id"])
    assert statement.evidence == row["Norland: evidence"]


def test_agreement_comes_first(store: Store) -> None:
    answer = compare_actors(store, [UNION, CHAMBER, "Norland"])
    assert [_line(row, "sides", "topic", UNION) for row in answer.rows] == [
        ("differ", CHARGE, "opposes"),
        ("partly", TRAMS, ""),
    ]
    assert compare_actors(store, [UNION, CHAMBER]).rows[0]["sides"] == "agree"


def test_a_comparison_goes_by_the_latest_word_of_the_period(store: Store) -> None:
    def sides(**period: Any) -> list[str]:
        answer = compare_actors(store, [MAYOR, CHAMBER], **period)
        return [row["sides"] for row in answer.rows if row["topic"] == CHARGE]

    assert (sides(), sides(until=MARCH_4), sides(since=MARCH_18)) == (["differ"], ["agree"], [])


def test_an_actor_may_be_called_like_a_column() -> None:
    told: list[Told] = [(MARCH_4, name, "opposes", CHARGE) for name in (MAYOR, "Norland")]
    with debate_store(told, {"Norland": "topic"}) as store:
        (row,) = compare_actors(store, [MAYOR, "topic"]).rows
    assert (row["topic"], row["topic (actor)"], row[MAYOR]) == (CHARGE, "opposes", "opposes")


# --- allies -------------------------------------------------------------------------------------


def test_allies_are_ranked_by_the_topics_on_which_they_agree(store: Store) -> None:
    answer = list_allies(store, MAYOR)
    keys = ("actor", "agree", "differ", "partly", "statements")
    assert [_line(row, *keys) for row in answer.rows] == [("Norland", 2, 0, 0, 2)]
    assert answer.facts == {"actor": MAYOR, "topics": 2, "statements": 3}


def test_opponents_are_those_who_differ(store: Store) -> None:
    rows = list_allies(store, MAYOR, is_against=True).rows
    keys = ("actor", "agree", "differ", "partly", "statements", "topic", "stance")
    assert [_line(row, *keys) for row in rows] == [
        (CHAMBER, 0, 1, 1, 2, CHARGE, "opposes"),
        (UNION, 0, 1, 0, 2, CHARGE, "opposes"),
    ]


def test_an_ally_has_a_sentence_on_which_it_agrees(store: Store) -> None:
    row = list_allies(store, UNION).rows[0]
    assert _line(row, "actor", "topic", "stance") == (CHAMBER, CHARGE, "opposes")
    (statement,) = store.statements(statement=row["id"])
    assert (statement.actor, statement.evidence) == (CHAMBER, row["evidence"])


def test_who_says_nothing_has_no_allies(store: Store) -> None:
    answer = list_allies(store, "Norwick")
    assert (list(answer.rows), answer.facts["topics"]) == ([], 0)


def test_allies_are_those_of_the_period(store: Store) -> None:
    def names(**period: Any) -> list[str]:
        return [row["actor"] for row in list_allies(store, MAYOR, **period).rows]

    assert names(until=MARCH_4) == [CHAMBER, UNION]
    assert names(since=MARCH_18) == []


@settings(max_examples=25, deadline=None)
@given(debates)
def test_allies_and_opponents_are_counted_as_in_comparisons(told: list[Told]) -> None:
    with debate_store(told) as store:
        for is_against, wanted in ((False, "agree"), (True, "differ")):
            found = {
                row["actor"]: _line(row, "agree", "differ", "partly")
                for row in list_allies(store, MAYOR, is_against=is_against).rows
            }
            expected = {}
            for name in NAMES[1:-1]:  # the last means something in one article only
                facts = compare_actors(store, [MAYOR, name]).facts
                if facts[wanted]:
                    expected[name] = _line(facts, "agree", "differ", "partly")
            assert found == expected


@settings(max_examples=25, deadline=None)
@given(debates)
def test_comparisons_go_by_the_last_day(told: list[Told]) -> None:
    actors = NAMES[:-1]
    expected = {}
    for topic in TOPICS:
        held = {}
        for name in actors:
            said = [one for one in told if (one[1], one[3]) == (name, topic)]
            last = max((one[0] or datetime.date.min for one in said), default=None)
            stances = {one[2] for one in said if (one[0] or datetime.date.min) == last}
            held[name] = "mixed" if len(stances) > 1 else "".join(stances)
        if sum(map(bool, held.values())) > 1:
            expected[topic] = held
    with debate_store(told) as store:
        rows = compare_actors(store, actors).rows
    assert {row["topic"]: {name: row[name] for name in actors} for row in rows} == expected


@given(debates)
@settings(max_examples=20)
def test_a_limit_leaves_the_first_rows_as_they_are(told: list[Told]) -> None:
    with debate_store(told) as store:
        for limit in (1, 3):
            for actor in NAMES:
                whole = look_up_quotes(store, actor, None)
                some = look_up_quotes(store, actor, None, limit=limit)
                assert some.rows[:limit] == whole.rows[:limit]
                assert (some.facts, len(some.rows)) == (whole.facts, len(whole.rows))
            whole = compare_actors(store, NAMES[:-1])
            some = compare_actors(store, NAMES[:-1], limit=limit)
            assert some.rows[:limit] == whole.rows[:limit]
            assert (some.facts, len(some.rows)) == (whole.facts, len(whole.rows))
