"""Look-ups over time: an actor's word on a topic, the timeline of a topic, changes of mind.

Names are canonical ones here. What has no date changes nothing and stands on no timeline.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graphkit.output import Answer
from graphkit.positions import SENTENCE, extent, latest_of, row, sources_of, stance_before
from graphkit.sightings import Seen, changes_by_day, seen_at, seen_on, told_by
from graphkit.spells import Change, changes_of, days_of, stance_of
from graphkit.spells import Day as DayOf
from graphkit.statement import Statement
from graphkit.store import Store

Turn = DayOf[Seen]
Day = datetime.date | None

_BEFORE = tuple(f"{name}_before" for name in SENTENCE)
_SENTENCES = {"before": _BEFORE, "now": SENTENCE}


def look_up_stance(store: Store, actor: str, topic: str, *, as_of: Day = None) -> Answer:
    """Tell the latest word of an actor on a topic up to a day, and what it held before.

    `as_of`, which counts, leaves out statements without a date.
    """
    seen = _up_to(_seen_of(store, [actor], topic), as_of)
    rows = _stance_rows(store, _grouped(store, seen))
    columns = ("stance", "statements", "date", "stance_before", "date_before", *SENTENCE, *_BEFORE)
    facts = {"actor": actor, "topic": topic, "as_of": as_of, **extent(seen)}
    return Answer(facts, "positions", columns, rows, sentences=_SENTENCES)


def look_up_timeline(  # noqa: PLR0913 # options of the command
    store: Store,
    topic: str,
    actors: Sequence[str] = (),
    *,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
) -> Answer:
    """List by date who said what on a topic, a row for each day of an actor.

    `actors` are those to show, all if there are none. What a change of mind gave up may be older
    than `since`. Rows past the `limit` are empty.
    """
    seen = _up_to(
        _seen_of(store, actors, topic) if actors else seen_on(store, store.nodes(topic)), until
    )
    shown = [one for one in seen if since is None or (one.date and one.date >= since)]
    names = _names(store, {one.actor for one in seen})
    days = [
        (day.date, names[day.members[0].actor], day, before)
        for members in _grouped(store, seen)
        for day, before in _days_with_turns(members)
        if since is None or day.date >= since
    ]
    days.sort(key=lambda found: found[:2])
    chosen = _first(days, limit, key=lambda found: found[:2])
    rows = _timeline_rows(store, [found[2:] for found in chosen])
    undated = sum(one.date is None for one in shown)
    facts = {"topic": topic, **extent(shown), "undated": undated}
    columns = ("date", "actor", "affiliation", "stance", "statements", "before", *SENTENCE)
    rows += [{}] * (len(days) - len(rows))
    return Answer(facts, "days", columns, rows, below=SENTENCE)


def list_changes(
    store: Store, *, since: Day = None, until: Day = None, limit: int | None = None
) -> Answer:
    """List who changed its mind on what, with the last word before and the first one after.

    `since` and `until`, both inclusive, choose by the day of the change; the latest comes first.
    Counts are of the statements from one change to the next, up to `until`. Rows past the `limit`
    are empty.
    """
    chosen, number = changes_by_day(store, since, until, limit)
    days: dict[str, set[datetime.date]] = defaultdict(set)
    for date, position in chosen:
        days[position].add(date)
    seen: dict[str, list[Seen]] = defaultdict(list)
    for one in _up_to(seen_at(store, days), until):
        seen[one.position].append(one)
    changes = [
        change
        for position, dates in days.items()
        for change in changes_of(seen[position])
        if change.date in dates
    ]
    rows = _change_rows(store, changes)
    rows.sort(key=lambda line: (-line["date"].toordinal(), line["actor"], line["topic"]))
    rows += [{}] * (number - len(rows))
    columns = (
        *("date", "actor", "topic", "stance_before", "date_before", "statements_before"),
        *("stance", "statements", *_BEFORE, *SENTENCE),
    )
    return Answer({}, "changes", columns, rows, sentences=_SENTENCES)


# --- what was seen ------------------------------------------------------------------------------


def _seen_of(store: Store, actors: Iterable[str], topic: str) -> list[Seen]:
    """Return the statements of actors on a topic, by date."""
    topics = store.nodes(topic)
    nodes = {node for actor in actors for node in store.nodes(actor)}
    positions = [store.iris.position(node, other) for node in nodes for other in topics]
    return seen_at(store, positions)


def _up_to(seen: list[Seen], day: Day) -> list[Seen]:
    return [one for one in seen if one.date and one.date <= day] if day else seen


def _names(store: Store, nodes: Iterable[str]) -> dict[str, str]:
    return {node: label for node in nodes for label in [store.label(node)]}


def _grouped(store: Store, seen: Iterable[Seen]) -> list[list[Seen]]:
    """Return what was seen of each actor; namesakes that mean something everywhere are one."""
    groups: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    names: dict[str, tuple[str, str]] = {}
    for one in seen:
        if one.actor not in names:
            place = one.article if store.iris.is_local_actor(one.actor) else ""
            names[one.actor] = (store.label(one.actor), place)
        groups[names[one.actor]].append(one)
    return [members for _, members in sorted(groups.items())]


def _first[Found](
    found: list[Found], limit: int | None, key: Callable[[Found], Any]
) -> list[Found]:
    """Return as many as the limit says, and those that stand equal with the last of them."""
    if limit is None or limit >= len(found):
        return found
    last = key(found[limit - 1])
    equal = itertools.takewhile(lambda one: key(one) == last, found[limit:])
    return [*found[:limit], *equal]


# --- rows ---------------------------------------------------------------------------------------


def _stance_rows(store: Store, groups: Sequence[Sequence[Seen]]) -> list[dict[str, Any]]:
    sides = [(latest_of(members), stance_before(members)) for members in groups]
    told = iter(told_by(store, [side for pair in sides for side in pair if side]))
    found = [(next(told), next(told) if before else None) for _, before in sides]
    sources = sources_of(store, [said for pair in found for said in pair if said])
    return [
        {
            "stance": stance_of(one.stance for one in latest),
            "statements": len(members),
            "date": latest[0].date,
            "stance_before": before[0].stance if before else "",
            "date_before": before[0].date if before else None,
            **row(said, SENTENCE, sources),
            **_sentence_before(earlier, sources),
        }
        for members, (latest, before), (said, earlier) in zip(groups, sides, found, strict=True)
    ]


def _sentence_before(before: Statement | None, sources: Mapping[str, str]) -> dict[str, Any]:
    told = row(before, SENTENCE, sources) if before else dict.fromkeys(SENTENCE, "")
    return {f"{name}_before": value for name, value in told.items()}


def _days_with_turns(members: Sequence[Seen]) -> Iterator[tuple[Turn, Turn | None]]:
    """Yield the days of an actor, with the last day of the stance that it gave up on each."""
    changes = {change.date: change.last_day_before for change in changes_of(members)}
    yield from ((day, changes.get(day.date)) for day in days_of(members))


def _timeline_rows(store: Store, days: Sequence[tuple[Turn, Turn | None]]) -> list[dict[str, Any]]:
    told = told_by(store, [day.members for day, _ in days])
    sources = sources_of(store, told)
    rows = [
        {
            **row(said, ("date", "actor", "affiliation"), {}),
            "stance": day.stance,
            "statements": len(day.members),
            "before": f"{before.stance}, {before.date}" if before else "",
            **row(said, SENTENCE, sources),
        }
        for (day, before), said in zip(days, told, strict=True)
    ]
    return sorted(rows, key=lambda line: (line["date"], line["actor"], line["id"]))


def _change_rows(store: Store, changes: Sequence[Change[Seen]]) -> list[dict[str, Any]]:
    sides = [side for one in changes for side in (one.last_day_before, one.after.days[0])]
    told = told_by(store, [day.members for day in sides])
    sources = sources_of(store, told)
    return [
        {
            "date": after.date,
            "actor": after.actor,
            "topic": after.topic,
            "stance_before": before.stance,
            "date_before": before.date,
            "statements_before": len(change.before.members),
            "stance": after.stance,
            "statements": len(change.after.members),
            **_sentence_before(before, sources),
            **row(after, SENTENCE, sources),
        }
        for change, before, after in zip(changes, told[::2], told[1::2], strict=True)
    ]
