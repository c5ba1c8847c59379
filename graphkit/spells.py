"""Spells: how long an actor kept to one stance on a topic, and when it changed its mind.

A day with more than one stance is mixed: it neither ends a spell nor begins one. What has no date
belongs to no spell. Groups never change their minds, for "some countries" may be others the next
time.
"""

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

MIXED = "mixed"  # more than one stance on the same day


class Sighting(Protocol):
    """What a spell is made of: a statement, or as much of one as tells who stood where when."""

    @property
    def date(self) -> datetime.date | None:
        """The day of the position, if it is known."""

    @property
    def stance(self) -> str:
        """One of STANCES."""

    @property
    def actor_type(self) -> str:
        """One of ACTOR_TYPES."""


@dataclass(frozen=True, slots=True)
class Day[Seen: Sighting]:
    """What one actor said on one topic on one day; the stance may be MIXED."""

    date: datetime.date
    stance: str
    members: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Spell[Seen: Sighting]:
    """Days of one stance, one after the other, and none of another between them."""

    stance: str
    days: tuple[Day[Seen], ...]

    @property
    def members(self) -> tuple[Seen, ...]:
        """What was seen on these days."""
        return tuple(one for day in self.days for one in day.members)


@dataclass(frozen=True, slots=True)
class Change[Seen: Sighting]:
    """A change of mind: from the last day of one spell to the first day of the next."""

    before: Spell[Seen]
    after: Spell[Seen]

    @property
    def date(self) -> datetime.date:
        """The first day of the new stance."""
        return self.after.days[0].date

    @property
    def dates(self) -> tuple[datetime.date, datetime.date]:
        """The last day of the stance that was given up, and the first day of the new one."""
        return self.last_day_before.date, self.date

    @property
    def last_day_before(self) -> Day[Seen]:
        """The last day of the stance that was given up."""
        return self.before.days[-1]


def stance_of(stances: Iterable[str]) -> str:
    """Return the one stance of all, or MIXED."""
    held = set(stances)
    return held.pop() if len(held) == 1 else MIXED


def days_of[Seen: Sighting](seen: Iterable[Seen]) -> list[Day[Seen]]:
    """Return the days of what one actor said on one topic, the first day first."""
    dated = sorted(
        ((one.date, one) for one in seen if one.date is not None), key=lambda pair: pair[0]
    )
    grouped = itertools.groupby(dated, key=lambda pair: pair[0])
    days = ((date, tuple(one for _, one in pairs)) for date, pairs in grouped)
    return [Day(date, stance_of(one.stance for one in members), members) for date, members in days]


def changes_of[Seen: Sighting](seen: Iterable[Seen]) -> list[Change[Seen]]:
    """Return how one actor changed its mind on one topic, the first change first."""
    known = list(seen)
    if any(one.actor_type == "group" for one in known):
        return []
    clear = (day for day in days_of(known) if day.stance != MIXED)
    grouped = itertools.groupby(clear, key=lambda day: day.stance)
    spells = (Spell(stance, tuple(days)) for stance, days in grouped)
    return [Change(before, after) for before, after in itertools.pairwise(spells)]
