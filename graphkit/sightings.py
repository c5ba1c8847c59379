"""Sightings: how often an actor stood where on which day, without reading what it said.

The database counts. To decode its terms takes most of the time, so statements are read only once it
is known which of them to show.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphkit.positions import surest
from graphkit.statement import STANCES, Statement
from graphkit.store import Store
from graphkit.vocabulary import STANCE_TERMS, expand

Day = datetime.date | None
Pair = tuple[str, str]  # the IRIs of an actor and of a topic
Place = tuple[str, Day]  # the IRI of a position, and a day

_STANCE_OF = {expand(STANCE_TERMS[stance]): stance for stance in STANCES}

_COUNTS = """
SELECT ?actor ?topic ?stance %(day)s (COUNT(?node) AS ?statements) WHERE {
  %(selection)s
  ?node gk:actor ?actor ; gk:topic ?topic ; gk:stance ?stance .
  %(dated)s
}
GROUP BY ?actor ?topic ?stance
"""

_NUMBERS = (
    "SELECT ?position ?actor ?topic ?statements { %s ?position gk:statementCount ?statements }"
)
_LAST = "SELECT ?position ?day { %s ?position gk:lastDate ?day }"
_WORDS = "SELECT ?position ?stance { %s ?position gk:lastWord ?word . ?word gk:stance ?stance }"
_SEEN = """
SELECT ?node ?actor ?position ?article ?actor_type ?stance ?day {
  %s
  ?node gk:actor ?actor ; gk:article ?article ; gk:actorType ?actor_type ; gk:stance ?stance .
  OPTIONAL { ?node gk:onDate ?day }
}
"""
_CHANGES = "SELECT ?position ?day { ?position gk:changedOn ?day %s }"
_NUMBER_OF_CHANGES = "SELECT (COUNT(?day) AS ?number) { ?position gk:changedOn ?day %s }"
_LATEST_CHANGES = """
SELECT (MIN(?day) AS ?least) {
  { SELECT ?day { ?position gk:changedOn ?day %s } ORDER BY DESC(?day) LIMIT %d }
}
"""

_ON_DAYS = """
SELECT ?node ?position ?day WHERE {
  VALUES (?position ?day) { %s }
  ?node gk:position ?position ; gk:onDate ?day .
}
"""
_EVER = "SELECT ?node ?position { VALUES ?position { %s } ?node gk:position ?position }"


@dataclass(frozen=True, slots=True)
class Seen:
    """As much of a statement as tells who stood where when; `actor` and `position` are IRIs."""

    id: str
    actor: str
    position: str
    article: str
    date: Day
    stance: str
    actor_type: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """A stance on a day, or on no known one, and a number of statements that show it."""

    date: Day
    stance: str
    statements: int
    actor_type: str = ""


def sightings_by_pair(
    store: Store, name: str, iris: Iterable[str], *, since: Day = None, until: Day = None
) -> dict[Pair, list[Sighting]]:
    """Return what each actor last held on each topic, in the order of their IRIs.

    `name` is "actor" or "topic", and `iris` are those to look for. In a period, it is the last day
    of each stance; `since` and `until`, both inclusive, leave out what has no date. Of all time, it
    is the last day, and all statements are counted with one of its stances.
    """
    selection = f"VALUES ?{name} {{ {_listed(sorted(iris))} }}"
    if not (since or until):
        return _summed_up(store, selection)
    dated = f"?node gk:onDate ?on . {_period('on', since, until)}"
    query = _COUNTS % {"day": "(MAX(?on) AS ?day)", "selection": selection, "dated": dated}
    found: dict[Pair, list[Sighting]] = defaultdict(list)
    for pair, one in _counted(store, query):
        found[pair].append(one)
    return _ordered(found)


def _summed_up(store: Store, selection: str) -> dict[Pair, list[Sighting]]:
    selection = f"{selection} ?position gk:positionOf ?actor ; gk:positionOn ?topic ."
    days = {line["position"].value: line["day"].value for line in _select(store, _LAST % selection)}
    stances: dict[str, set[str]] = defaultdict(set)
    for line in _select(store, _WORDS % selection):
        stances[line["position"].value].add(_STANCE_OF[line["stance"].value])
    found: dict[Pair, list[Sighting]] = {}
    for line in _select(store, _NUMBERS % selection):
        position, number = line["position"].value, int(line["statements"].value)
        day = datetime.date.fromisoformat(days[position]) if position in days else None
        first, *others = sorted(stances[position])
        found[line["actor"].value, line["topic"].value] = [
            Sighting(day, first, number),
            *(Sighting(day, other, 0) for other in others),
        ]
    return _ordered(found)


def seen_at(store: Store, positions: Iterable[str]) -> list[Seen]:
    """Return the statements of the positions with some IRIs, by date and id."""
    listed = _listed(sorted(positions))
    return _seen(store, f"VALUES ?position {{ {listed} }} ?node gk:position ?position .")


def seen_by(store: Store, actors: Iterable[str], topics: Iterable[str] | None) -> list[Seen]:
    """Return the statements of the actors with some IRIs, on all topics or some, by date and id."""
    selection = f"VALUES ?actor {{ {_listed(sorted(actors))} }} ?node gk:actor ?actor"
    if topics is not None:
        selection = f"VALUES ?topic {{ {_listed(sorted(topics))} }} {selection} ; gk:topic ?topic"
    return _seen(store, f"{selection} ; gk:position ?position .")


def seen_on(store: Store, topics: Iterable[str]) -> list[Seen]:
    """Return the statements on the topics with some IRIs, by date and id."""
    listed = _listed(sorted(topics))
    selection = f"VALUES ?topic {{ {listed} }} ?node gk:topic ?topic ; gk:position ?position ."
    return _seen(store, selection)


def changes_by_day(
    store: Store, since: Day, until: Day, limit: int | None = None
) -> tuple[list[tuple[datetime.date, str]], int]:
    """Return the days of changes of mind with the IRIs of the positions, and how many there are.

    They are the latest, as many as the `limit` says and all others of the last of these days.
    """
    (line,) = _select(store, _NUMBER_OF_CHANGES % _period("day", since, until))
    number = int(line["number"].value)
    if limit is not None and limit < number:
        (line,) = _select(store, _LATEST_CHANGES % (_period("day", since, until), limit))
        since = datetime.date.fromisoformat(line["least"].value)
    found = [
        (datetime.date.fromisoformat(line["day"].value), line["position"].value)
        for line in _select(store, _CHANGES % _period("day", since, until))
    ]
    return sorted(found, reverse=True), number


def told_by(store: Store, groups: Iterable[Sequence[Seen]]) -> list[Statement]:
    """Return the statement with the best sentence of each group."""
    listed = [[one.id for one in group] for group in groups]
    order = store.statements_with_ids(itertools.chain(*listed))
    read = {statement.id: (place, statement) for place, statement in enumerate(order)}
    chosen = ([read[name] for name in ids] for ids in listed)
    return [surest(statement for _, statement in sorted(found, key=_place)) for found in chosen]


def _place(found: tuple[int, Statement]) -> int:
    return found[0]


def _seen(store: Store, selection: str) -> list[Seen]:
    found = [
        Seen(
            store.iris.statement_id(line["node"].value),
            line["actor"].value,
            line["position"].value,
            store.iris.article_id(line["article"].value),
            datetime.date.fromisoformat(line["day"].value) if line["day"] else None,
            _STANCE_OF[line["stance"].value],
            line["actor_type"].value,
        )
        for line in _select(store, _SEEN % selection)
    ]
    return sorted(found, key=lambda one: (one.date or datetime.date.min, one.id))


def latest_of_all(seen: Iterable[Sighting]) -> list[Sighting]:
    """Return the sightings of the last day; no date is the oldest."""
    known = list(seen)
    last = max(one.date or datetime.date.min for one in known)
    return [one for one in known if (one.date or datetime.date.min) == last]


def surest_on(store: Store, places: Iterable[Place]) -> dict[Place, Statement]:
    """Return the statement with the best sentence of positions on days.

    Without a day, the position is one that has none.
    """
    wanted = set(places)
    nodes = _nodes_on(store, sorted((position, day) for position, day in wanted if day))
    ever = sorted(position for position, day in wanted if not day)
    for line in _select(store, _EVER % _listed(ever)) if ever else ():
        nodes[store.iris.statement_id(line["node"].value)] = (line["position"].value, None)
    best: dict[Place, Statement] = {}
    for statement in store.statements_with_ids(nodes):
        place = nodes[statement.id]
        if place not in best or statement.confidence > best[place].confidence:
            best[place] = statement
    return best


def _nodes_on(store: Store, places: Sequence[tuple[str, datetime.date]]) -> dict[str, Place]:
    """Return where each statement stands that was made on one of these positions and days."""
    if not places:
        return {}
    pairs = " ".join(f'(<{position}> "{day}"^^xsd:date)' for position, day in places)
    return {
        store.iris.statement_id(line["node"].value): (
            line["position"].value,
            datetime.date.fromisoformat(line["day"].value),
        )
        for line in _select(store, _ON_DAYS % pairs)
    }


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _period(name: str, since: Day, until: Day) -> str:
    signs = ((">=", since), ("<=", until))
    return " ".join(f'FILTER(?{name} {sign} "{day}"^^xsd:date)' for sign, day in signs if day)


def _counted(store: Store, query: str) -> Iterable[tuple[Pair, Sighting]]:
    for line in _select(store, query):
        yield (line["actor"].value, line["topic"].value), _sighting(line)


def _sighting(line: Mapping[str, Any], actor_type: str = "") -> Sighting:
    day = line["day"]  # None where the query has no days
    return Sighting(
        datetime.date.fromisoformat(day.value) if day else None,
        _STANCE_OF[line["stance"].value],
        int(line["statements"].value),
        actor_type,
    )


def _ordered[Key](found: Mapping[Key, list[Sighting]]) -> dict[Key, list[Sighting]]:
    def order(one: Sighting) -> tuple[Any, ...]:
        return (one.date or datetime.date.min, one.stance, one.actor_type)

    keys: list[Any] = sorted(cast("Any", found))
    return {key: sorted(found[key], key=order) for key in keys}


def _select(store: Store, query: str) -> Any:
    return cast("Any", store.query(query))
