"""Look-ups over time: an actor's word on a topic, the timeline of a topic, changes of mind.

Names are canonical ones here. What has no date changes nothing and stands on no timeline.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.output import Answer
from graphkit.positions import (
    SENTENCE,
    by_actor,
    extent,
    latest_of,
    row,
    sources_of,
    stance_before,
    surest,
)
from graphkit.records import statement_order
from graphkit.sightings import Sighting, surest_on, wavering_sightings
from graphkit.spells import Change, changes_of, days_of, stance_of
from graphkit.statement import Statement
from graphkit.store import Store

Day = datetime.date | None

_BEFORE = tuple(f"{name}_before" for name in SENTENCE)
_SENTENCES = {"before": _BEFORE, "now": SENTENCE}


def look_up_stance(store: Store, actor: str, topic: str, *, as_of: Day = None) -> Answer:
    """Tell the latest word of an actor on a topic up to a day, and what it held before.

    `as_of`, which counts, leaves out statements without a date.
    """
    statements = store.statements(actor=actor, topic=topic, until=as_of)
    sources = sources_of(store, statements)
    rows = [_stance_row(members, sources) for members in by_actor(store, statements)]
    columns = ("stance", "statements", "date", "stance_before", "date_before", *SENTENCE, *_BEFORE)
    facts = {"actor": actor, "topic": topic, "as_of": as_of, **extent(statements)}
    return Answer(facts, "positions", columns, rows, sentences=_SENTENCES)


def look_up_timeline(
    store: Store, topic: str, actors: Sequence[str] = (), *, since: Day = None, until: Day = None
) -> Answer:
    """List by date who said what on a topic, a row for each day of an actor.

    `actors` are those to show, all if there are none. What a change of mind gave up may be older
    than `since`.
    """
    found = (
        store.statements(actor=actor, topic=topic, until=until)  # which tells what was before, too
        for actor in dict.fromkeys(actors or (None,))
    )
    statements = sorted((one for members in found for one in members), key=statement_order)
    shown = [one for one in statements if since is None or (one.date and one.date >= since)]
    sources = sources_of(store, shown)
    rows = [
        line
        for members in by_actor(store, statements)
        for line in _timeline_rows(members, sources)
        if since is None or line["date"] >= since
    ]
    rows.sort(key=lambda line: (line["date"], line["actor"], line["id"]))
    undated = sum(one.date is None for one in shown)
    facts = {"topic": topic, **extent(shown), "undated": undated}
    columns = ("date", "actor", "affiliation", "stance", "statements", "before", *SENTENCE)
    return Answer(facts, "days", columns, rows, below=SENTENCE)


def list_changes(store: Store, *, since: Day = None, until: Day = None) -> Answer:
    """List who changed its mind on what, with the last word before and the first one after.

    `since` and `until`, both inclusive, choose by the day of the change; the latest comes first.
    Counts are of the statements from one change to the next, up to `until`.
    """
    changes = [
        (position, change)
        for position, seen in wavering_sightings(store, until).items()
        for change in changes_of(seen)
        if since is None or change.date >= since
    ]
    days = ((position, day) for position, change in changes for day in change.dates)
    statements = surest_on(store, days)
    sources = sources_of(store, statements.values())
    rows = [
        _change_row(change, [statements[position, day] for day in change.dates], sources)
        for position, change in changes
    ]
    rows.sort(key=lambda line: (-line["date"].toordinal(), line["actor"], line["topic"]))
    columns = (
        *("date", "actor", "topic", "stance_before", "date_before", "statements_before"),
        *("stance", "statements", *_BEFORE, *SENTENCE),
    )
    return Answer({}, "changes", columns, rows, sentences=_SENTENCES)


# --- rows ---------------------------------------------------------------------------------------


def _stance_row(members: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    latest, before = latest_of(members), stance_before(members)
    return {
        "stance": stance_of(one.stance for one in latest),
        "statements": len(members),
        "date": latest[0].date,
        "stance_before": before[0].stance if before else "",
        "date_before": before[0].date if before else None,
        **row(surest(latest), SENTENCE, sources),
        **_sentence_before(before, sources),
    }


def _sentence_before(before: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    told = row(surest(before), SENTENCE, sources) if before else dict.fromkeys(SENTENCE, "")
    return {f"{name}_before": value for name, value in told.items()}


def _timeline_rows(
    members: Sequence[Statement], sources: Mapping[str, str]
) -> list[dict[str, Any]]:
    changes = {change.date: change.last_day_before for change in changes_of(members)}
    return [
        {
            **row(surest(day.members), ("date", "actor", "affiliation"), {}),
            "stance": day.stance,
            "statements": len(day.members),
            "before": f"{before.stance}, {before.date}" if before else "",
            **row(surest(day.members), SENTENCE, sources),
        }
        for day in days_of(members)
        for before in [changes.get(day.date)]
    ]


def _change_row(
    change: Change[Sighting], sides: Sequence[Statement], sources: Mapping[str, str]
) -> dict[str, Any]:
    before, after = sides
    return {
        "date": after.date,
        "actor": after.actor,
        "topic": after.topic,
        "stance_before": before.stance,
        "date_before": before.date,
        "statements_before": sum(one.statements for one in change.before.members),
        "stance": after.stance,
        "statements": sum(one.statements for one in change.after.members),
        **_sentence_before([before], sources),
        **row(after, SENTENCE, sources),
    }
