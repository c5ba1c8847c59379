"""Roll statements up to wider topics: a choice of who asks, never inferred into the statements."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from graphkit.statement import Statement
from graphkit.store import Store

Day = datetime.date | None


def with_narrower(store: Store, topic: str) -> list[str]:
    """Return the label of a topic, and those of all that are narrower, over others as well."""
    found = [topic]
    for label in found:  # which grows on the way
        found += [narrower for narrower in store.narrower(label) if narrower not in found]
    return found


def chosen_statements(
    store: Store, since: Day, until: Day, *, roll_up: bool = False
) -> list[Statement]:
    """Return the statements of a period, both ends inclusive, about the widest topics if wanted."""
    statements = store.statements(since=since, until=until)
    return rolled_up(store, statements) if roll_up else statements


def rolled_up(store: Store, statements: Iterable[Statement]) -> list[Statement]:
    """Return statements about the widest topics that theirs belong to.

    Of several wider topics the first in the alphabet counts, and so it does of a circle.
    """
    known: dict[str, str] = {}
    return [dataclasses.replace(one, topic=_widest(store, one.topic, known)) for one in statements]


def _widest(store: Store, topic: str, known: dict[str, str]) -> str:
    way: list[str] = []
    while topic not in known and topic not in way:
        way.append(topic)
        topic = next(iter(_wider(store, topic)), topic)
    widest = known.get(topic) or min(way[way.index(topic) :])
    known |= dict.fromkeys(way, widest)
    return widest


def _wider(store: Store, topic: str) -> Sequence[str]:
    return sorted({label for concept in store.topics([topic]) for label in concept.broader})
