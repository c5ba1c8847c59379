"""Roll statements up to wider topics: a choice of who asks, never inferred into the statements."""

import dataclasses
from collections.abc import Iterable, Sequence

from graphkit.statement import Statement
from graphkit.store import Store


def with_narrower(store: Store, topic: str) -> list[str]:
    """Return the label of a topic, and those of all that are narrower, over others as well."""
    found = [topic]
    for label in found:  # which grows on the way
        found += [narrower for narrower in store.narrower(label) if narrower not in found]
    return found


def rolled_up(store: Store, statements: Iterable[Statement]) -> list[Statement]:
    """Return statements about the widest topics that theirs belong to.

    Of several wider topics the first in the alphabet counts; a circle ends where it began.
    """
    known: dict[str, str] = {}
    return [dataclasses.replace(one, topic=_widest(store, one.topic, known)) for one in statements]


def _widest(store: Store, topic: str, known: dict[str, str]) -> str:
    way: list[str] = []
    while topic not in known and topic not in way:
        way.append(topic)
        wider = _wider(store, topic)
        if not wider:
            break
        topic = wider[0]
    widest = known.get(topic, topic)
    known |= dict.fromkeys(way, widest)
    return widest


def _wider(store: Store, topic: str) -> Sequence[str]:
    return sorted({label for concept in store.topics([topic]) for label in concept.broader})
