"""Look-ups tell what the store holds, with counts, dates and the best sentence."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from example import ARTICLES, CHARGE, EXTRACTIONS, STATEMENTS, TRAMS, make_store
from graphkit.errors import UnknownNameError
from graphkit.lookup import (
    look_up_actor,
    look_up_article,
    look_up_quotes,
    look_up_topic,
)
from graphkit.output import Answer
from graphkit.store import Store

MARCH_4, MARCH_18 = datetime.date(2024, 3, 4), datetime.date(2024, 3, 18)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _only(answer: Answer, **wanted: Any) -> Any:
    (row,) = [row for row in answer.rows if wanted.items() <= row.items()]
    return row


# --- topic --------------------------------------------------------------------------------------


def test_a_topic_groups_its_actors_by_their_latest_stance(store: Store) -> None:
    rows = look_up_topic(store, CHARGE).rows
    assert [(row["stance"], row["actor"], row["statements"]) for row in rows] == [
        ("supports", "Łucja Novák", 2),
        ("supports", "Norland", 1),
        ("opposes", "Drivers' Union", 2),
        ("opposes", "Chamber of Commerce", 1),
        ("opposes", "some shopkeepers", 1),
        ("ambivalent", "some shopkeepers", 1),
        ("mixed", "Ana Pérez", 2),
    ]


def test_a_position_has_the_date_and_the_sentence_of_the_latest_stance(store: Store) -> None:
    row = _only(look_up_topic(store, CHARGE), actor="Łucja Novák")
    assert row["date"] == MARCH_18
    assert row["evidence"] == "Novák now supports the congestion charge."
    assert row["source"] == "The Norwick Herald"
    assert row["affiliation"] == "Norwick"
    assert store.statements(statement=row["id"])[0].evidence == row["evidence"]


def test_a_change_names_the_stance_that_was_given_up(store: Store) -> None:
    answer = look_up_topic(store, CHARGE)
    assert {row["actor"]: row["before"] for row in answer.rows if row["before"]} == {
        "Łucja Novák": "opposes, 2024-03-04"
    }


def test_a_day_with_two_stances_is_mixed_and_keeps_what_was_before() -> None:
    novak = [found for found in STATEMENTS if found.actor == "Łucja Novák"]
    earlier = replace(novak[0], date=datetime.date(2024, 3, 1))
    other = replace(
        EXTRACTIONS[0].statements[1],
        actor="Łucja Novák",
        actor_type="person",
        affiliation=novak[0].affiliation,
    )
    with Store.open(None) as store:
        statements = (earlier, other, replace(novak[0], id="0", stance="supports"))
        store.add(replace(EXTRACTIONS[0], statements=statements))
        (row,) = look_up_topic(store, CHARGE).rows
    assert (row["stance"], row["before"]) == ("mixed", "opposes, 2024-03-01")


def test_the_sentence_of_a_day_is_the_surest(store: Store) -> None:
    row = _only(look_up_topic(store, CHARGE), actor="Ana Pérez")
    assert row["evidence"].startswith("Norland backed the charge")


def test_a_topic_tells_how_much_there_is(store: Store) -> None:
    assert look_up_topic(store, CHARGE).facts == {
        "topic": CHARGE,
        "iri": ":charg-congest_54e5b1aa",
        "also_called": [],
        "part_of": [],
        "narrower": [],
        "statements": 10,
        "articles": 3,
        "first_date": MARCH_4,
        "last_date": MARCH_18,
        "actors": 7,
    }


def test_a_period_changes_what_is_the_latest(store: Store) -> None:
    row = _only(look_up_topic(store, CHARGE, until=MARCH_4), actor="Łucja Novák")
    assert (row["stance"], row["statements"], row["before"]) == ("opposes", 1, "")


def test_a_period_leaves_out_what_has_no_date(store: Store) -> None:
    answer = look_up_topic(store, TRAMS, since=MARCH_4)
    assert [row["actor"] for row in answer.rows] == ["Łucja Novák", "Chamber of Commerce"]


def test_an_actor_can_be_the_topic(store: Store) -> None:
    (row,) = look_up_topic(store, "Łucja Novák").rows
    assert (row["actor"], row["stance"]) == ("Drivers' Union", "opposes")


def test_without_statements_a_topic_has_no_positions(store: Store) -> None:
    answer = look_up_topic(store, CHARGE, since=datetime.date(2025, 1, 1))
    assert list(answer.rows) == []
    assert answer.facts["first_date"] is None


# --- actor --------------------------------------------------------------------------------------


def test_an_actor_has_a_position_on_each_topic(store: Store) -> None:
    rows = look_up_actor(store, "Łucja Novák").rows
    keys = ("topic", "stance", "supports", "opposes", "ambivalent", "before")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        (CHARGE, "supports", 1, 1, 0, "opposes, 2024-03-04"),
        (TRAMS, "supports", 1, 0, 0, ""),
    ]


def test_an_actor_is_described(store: Store) -> None:
    facts = look_up_actor(store, "Łucja Novák").facts
    assert facts["actor_type"] == "person"
    assert facts["also_called"] == ["Mayor Łucja Novák", "Novák", "The mayor"]
    assert facts["roles"] == ["mayor of Norwick, 2024-03-04 to 2024-03-18"]
    assert facts["represents"] == "Norwick"
    assert (facts["statements"], facts["articles"]) == (3, 2)


def test_an_actor_is_told_with_those_who_speak_for_it(store: Store) -> None:
    facts = look_up_actor(store, "Norland").facts
    assert facts["represented_by"] == ["Ana Pérez"]


def test_a_group_of_two_articles_keeps_two_positions_and_never_changes_its_mind(
    store: Store,
) -> None:
    rows = look_up_actor(store, "some shopkeepers").rows
    assert sorted((row["stance"], row["before"]) for row in rows) == [
        ("ambivalent", ""),
        ("opposes", ""),
    ]


# --- quotes -------------------------------------------------------------------------------------


def test_quotes_begin_with_the_latest(store: Store) -> None:
    rows = look_up_quotes(store, "Drivers' Union", None).rows
    assert [row["date"] for row in rows] == [MARCH_18, MARCH_18, MARCH_4]
    assert rows[0]["speaker"] == "Tom Reed"


def test_quotes_can_be_those_on_one_topic(store: Store) -> None:
    answer = look_up_quotes(store, "Drivers' Union", CHARGE)
    assert {row["topic"] for row in answer.rows} == {CHARGE}
    assert len(answer.rows) == 2


def test_quotes_name_their_condition(store: Store) -> None:
    answer = look_up_quotes(store, "some shopkeepers", None)
    assert _only(answer, stance="ambivalent")["condition"] == "if trams were free"


# --- article ------------------------------------------------------------------------------------


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_article_has_its_statements_in_the_order_of_the_text(store: Store, article: Any) -> None:
    (extraction,) = [each for each in EXTRACTIONS if each.article == article]
    answer = look_up_article(store, article.id)
    assert [row["id"] for row in answer.rows] == [each.id for each in extraction.statements]
    assert (answer.facts["title"], answer.facts["date"]) == (article.title, article.date)


def test_an_unknown_article_is_told(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="nowhere"):
        look_up_article(store, "nowhere")
