"""Counts of the topics on which others agree and differ, by the summary."""

from collections import Counter

from hypothesis import given, settings

from debates import NAMES, Told, debate_store, debates
from graphkit.sides import count_sides, numbers_at, relation_of, stances_of
from graphkit.spells import stance_of
from graphkit.store import Store


def _nodes(store: Store) -> list[str]:
    return [node for name in NAMES for node in store.actor_nodes(name)]


@settings(max_examples=25, deadline=None)
@given(debates)
def test_sides_are_counted_as_the_stances_have_them(told: list[Told]) -> None:
    with debate_store(told) as store:
        held = {pair: stance_of(found) for pair, found in stances_of(store, _nodes(store)).items()}
        for me in _nodes(store):
            own = {topic: stance for (actor, topic), stance in held.items() if actor == me}
            expected = {
                other: Counter(
                    relation
                    for (actor, topic), stance in held.items()
                    if actor == other and topic in own
                    for relation in [relation_of((own[topic], stance))]
                    if relation != "partly"
                )
                for other in _nodes(store)
            }
            found = count_sides(store, own)
            assert {other: +found[other] for other in expected} == expected


@settings(max_examples=25, deadline=None)
@given(debates)
def test_numbers_are_those_of_the_statements(told: list[Told]) -> None:
    with debate_store(told) as store:
        pairs = stances_of(store, _nodes(store))
        numbers = numbers_at(store, [store.iris.position(*pair) for pair in pairs])
        assert sum(count for count, _ in numbers.values()) == len(told)
        days = [day for _, day in numbers.values() if day]
        assert max(days, default=None) == max((one[0] for one in told if one[0]), default=None)


def test_who_has_said_nothing_is_on_no_side() -> None:
    with debate_store([]) as store:
        assert (count_sides(store, {}), numbers_at(store, [])) == ({}, {})
