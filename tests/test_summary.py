"""The summary of positions follows from the statements, in whatever order articles come and go."""

import datetime
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import example
from debates import NAMES, TOPICS, Told, debate_store, debates
from graphkit.correcting import merge
from graphkit.lookup import list_actors
from graphkit.statement import Extraction
from graphkit.store import Store
from graphs import quads_of, rows_of, stored

MAYOR, NORLAND, _, GROUP = NAMES
CHARGE, TRAMS = TOPICS
DAYS = tuple(datetime.date(2024, 3, day) for day in range(1, 5))


def of(store: Store, *properties: str) -> list[list[str]]:
    """Return values of all positions that have them."""
    names = " ".join(f"?v{number}" for number in range(len(properties)))
    told = " ; ".join(f"{name} ?v{number}" for number, name in enumerate(properties))
    return sorted(rows_of(store, f"SELECT {names} {{ ?position {told} }}"))


def test_a_position_counts_and_has_its_days() -> None:
    told: list[Told] = [
        (DAYS[1], MAYOR, "opposes", CHARGE),
        (DAYS[0], MAYOR, "opposes", CHARGE),
        (None, MAYOR, "ambivalent", CHARGE),
    ]
    store = debate_store(told)
    counts = ("gk:statementCount", "gk:supportsCount", "gk:opposesCount")
    assert of(store, *counts) == [["3", "0", "2"]]
    assert of(store, "gk:firstDate", "gk:lastDate") == [["2024-03-01", "2024-03-02"]]
    assert [row[0][-16:] for row in of(store, "gk:lastWord")] == ["0000000000000000"]


def test_changes_are_noted_with_what_was_held_before() -> None:
    stances = ("supports", "opposes", "opposes", "ambivalent")
    told: list[Told] = [(day, MAYOR, one, CHARGE) for day, one in zip(DAYS, stances, strict=True)]
    store = debate_store(told)
    assert of(store, "gk:changedOn") == [["2024-03-02"], ["2024-03-04"]]
    assert of(store, "gk:bothSidesSince") == [["2024-03-02"]]
    assert of(store, "gk:dateBefore") == [["2024-03-03"]]
    assert of(store, "gk:stanceBefore")[0][0].endswith("#Opposes")


@pytest.mark.parametrize(
    "told",
    [
        [(DAYS[0], MAYOR, "supports", CHARGE), (DAYS[0], MAYOR, "opposes", CHARGE)],
        [(DAYS[0], GROUP, "supports", CHARGE), (DAYS[1], GROUP, "opposes", CHARGE)],
        [(DAYS[0], MAYOR, "supports", CHARGE), (None, MAYOR, "opposes", CHARGE)],
        [(DAYS[0], MAYOR, "supports", CHARGE), (DAYS[1], MAYOR, "opposes", TRAMS)],
    ],
    ids=["mixed day", "group", "no date", "two topics"],
)
def test_what_is_no_change_of_mind(told: list[Told]) -> None:
    store = debate_store(told)
    assert of(store, "gk:changedOn") == of(store, "gk:bothSidesSince") == []


def test_what_an_article_took_with_it_is_counted_no_more() -> None:
    store = stored(*example.EXTRACTIONS)
    store.remove("herald-2")
    assert of(store, "gk:changedOn") == []
    for extraction in example.EXTRACTIONS:
        if extraction.article.id != "herald-2":
            store.remove(extraction.article.id)
    graph = f"<{store.iris.graph('positions')}>"
    assert not [line for line in quads_of(store) if line.endswith(graph)]


def test_tallies_count_statements_and_articles() -> None:
    store = stored(*example.EXTRACTIONS)
    assert store.statement_counts().total() == len(example.STATEMENTS)
    assert store.statement_counts("topic").total() == len(example.STATEMENTS)
    query = "SELECT ?n ?a { ?t gk:tallyOfActor :Norland ; gk:actorTally ?n ; gk:articleCount ?a }"
    assert rows_of(store, query) == [["2", "2"]]
    query = "SELECT ?n ?s { ?t gk:tallyOfTopic :free-trams ; gk:actorCount ?n ; gk:sideCount ?s }"
    node = store.topic_nodes(TRAMS)[0]
    assert rows_of(store, query.replace(":free-trams", f"<{node}>")) == [["3", "2"]]
    sure = Counter(f"{one.confidence}" for one in example.STATEMENTS)
    rows = rows_of(store, "SELECT ?c ?n { ?t gk:tallyOfConfidence ?c ; gk:confidenceTally ?n }")
    assert {f"{float(value)}": int(number) for value, number in rows} == sure


def test_the_most_active_are_the_first_of_all() -> None:
    store = stored(*example.EXTRACTIONS)
    every = list_actors(store).rows
    for limit in range(1, len(every) + 2):
        few = list_actors(store, limit=limit).rows
        assert (list(few[:limit]), len(few)) == (list(every[:limit]), len(every))


@settings(max_examples=40, deadline=None)
@given(debates, st.randoms(use_true_random=False), st.booleans())
def test_the_order_in_which_articles_come_and_go_makes_no_difference(
    told: list[Told], chance: random.Random, is_merged: bool
) -> None:
    straight, roundabout = debate_store(told), Store.open(None)
    extractions: list[Extraction] = [
        straight.extraction(article.id) for article in straight.articles()
    ]
    for extraction in chance.sample(extractions, len(extractions)):
        roundabout.add(extraction)
    for extraction in chance.sample(extractions, len(extractions) // 2):
        roundabout.remove(extraction.article.id)
        roundabout.add(extraction)
    if is_merged and all(store.actor_nodes(name) for store in (straight,) for name in NAMES[:2]):
        for store in (straight, roundabout):
            store.correct(merge(store, MAYOR, [NORLAND]))
    assert quads_of(straight) == quads_of(roundabout)
    assert list(straight.find_faults()) == []
