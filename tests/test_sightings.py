"""Sightings are counted as the statements are that they stand for."""

import datetime
from collections import defaultdict
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from debates import NAMES, TOPICS, Told, debate_store, debates
from graphkit.sightings import changes_by_day, seen_at, sightings_by_pair, surest_on
from graphkit.spells import changes_of

_DAYS = st.sampled_from((None, datetime.date(2024, 3, 2), datetime.date(2024, 3, 3)))


@settings(max_examples=25, deadline=None)
@given(debates, _DAYS, _DAYS)
def test_pairs_have_the_last_day_of_each_stance(told: list[Told], since: Any, until: Any) -> None:
    since = since or (None if until else datetime.date(2024, 3, 1))
    expected: dict[Any, list[Any]] = defaultdict(list)
    with debate_store(told) as store:
        for one in store.statements(actor=NAMES[0], since=since, until=until):
            expected[one.topic, one.stance].append(one.date)
        nodes = store.actor_nodes(NAMES[0])
        pairs = sightings_by_pair(store, "actor", nodes, since=since, until=until)
        found: dict[Any, list[Any]] = defaultdict(list)
        for topic in TOPICS:
            for node in store.topic_nodes(topic):
                for one in pairs.pop((nodes[0], node), []) if nodes else []:
                    found[topic, one.stance].append((one.date, one.statements))
    assert pairs == {}
    for key, dates in expected.items():
        dated = [day for day in dates if day]
        undated = len(dates) - len(dated)
        wanted = [(None, undated)] if undated else []
        wanted += [(max(dated), len(dated))] if dated else []
        assert sorted(found.pop(key), key=str) == sorted(wanted, key=str)
    assert found == {}


@settings(max_examples=25, deadline=None)
@given(debates)
def test_of_all_time_pairs_have_the_last_day_and_all_statements(told: list[Told]) -> None:
    with debate_store(told) as store:
        statements = store.statements(actor=NAMES[0])
        nodes = store.actor_nodes(NAMES[0])
        pairs = sightings_by_pair(store, "actor", nodes)
        labels = {topic: store.label(topic) for _, topic in pairs}
    assert sorted(labels.values()) == sorted({one.topic for one in statements})
    for (_, topic), seen in pairs.items():
        own = [one for one in statements if one.topic == labels[topic]]
        last = max(one.date or datetime.date.min for one in own)
        latest = {one.stance for one in own if (one.date or datetime.date.min) == last}
        assert {one.date or datetime.date.min for one in seen} == {last}
        assert {one.stance for one in seen} == latest
        assert sum(one.statements for one in seen) == len(own)


@settings(max_examples=25, deadline=None)
@given(debates)
def test_the_days_of_changes_are_those_that_the_statements_show(told: list[Told]) -> None:
    positions: dict[Any, list[Any]] = defaultdict(list)
    with debate_store(told) as store:
        for one in store.statements():
            place = one.article if one.actor == NAMES[-1] else ""
            positions[one.actor, one.topic, place].append(one)
        found, number = changes_by_day(store, None, None)
        few, _ = changes_by_day(store, None, None, 1)
        seen = seen_at(store, {position for _, position in found})
    wanted = [one.date for members in positions.values() for one in changes_of(members)]
    assert [day for day, _ in found] == sorted(wanted, reverse=True)
    assert number == len(wanted)
    assert few == [one for one in found if one[0] == found[0][0]]
    assert {one.position for one in seen} == {position for _, position in found}


def test_the_surest_statement_of_a_place_is_one_of_its_day() -> None:
    days = [datetime.date(2024, 3, day) for day in (1, 2)]
    told: list[Told] = [(day, NAMES[0], "supports", TOPICS[0]) for day in (*days, None)]
    with debate_store(told) as store:
        (actor,), (topic,) = store.actor_nodes(NAMES[0]), store.topic_nodes(TOPICS[0])
        position = store.iris.position(actor, topic)
        found = surest_on(store, [(position, day) for day in days])
        assert {place: one.date for place, one in found.items()} == {
            (position, day): day for day in days
        }
        assert surest_on(store, []) == {}
