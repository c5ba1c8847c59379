"""Look-ups of agreement: actors side by side, and who stands with an actor or against it.

Names are canonical ones here. What counts is the latest word of each on each topic; what has no
date is the oldest. To support and to oppose is to differ. Who is ambivalent agrees with whom is
ambivalent, and agrees in part with all others, as does who said two things on one day.
"""

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphkit.output import Answer
from graphkit.positions import SENTENCE, row, sources_of, surest
from graphkit.sides import Relation, count_sides, numbers_at, relation_of, stances_of
from graphkit.sightings import Place, Sighting, latest_of_all, sightings_by_pair, surest_on
from graphkit.spells import stance_of
from graphkit.statement import Statement
from graphkit.store import Store

Day = datetime.date | None

_ORDER: tuple[Relation, ...] = ("agree", "differ", "partly")
_HELD = (*SENTENCE, "date")


def compare_actors(
    store: Store,
    actors: Sequence[str],
    *,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
) -> Answer:
    """Show what each actor holds on the topics of which at least two of them speak.

    Where they agree comes first, then where they differ, the most frequent topics first. Numbers of
    statements are in the order of the actors. A group of several articles counts as one. Rows past
    the `limit` are empty.
    """
    named = {node: actor for actor in actors for node in store.actor_nodes(actor)}
    seen = sightings_by_pair(store, "actor", named, since=since, until=until)
    shared = {topic: held for topic, held in _held(store, seen, named).items() if len(held) > 1}
    sides = {topic: _relation(held) for topic, held in shared.items()}
    ranked = sorted(
        shared,
        key=lambda topic: (
            _ORDER.index(sides[topic]),
            -sum(one.statements for one in shared[topic].values()),
            store.label(topic),
        ),
    )
    first = [shared[topic] for topic in ranked[:limit]]
    told = surest_on(
        store, (place for held in first for one in held.values() for place in one.places)
    )
    sources, columns = sources_of(store, told.values()), _Columns(actors)
    rows = [_compared(held, told, columns, sources) for held in first]
    rows += [{}] * (len(ranked) - len(rows))
    facts = {"actors": list(dict.fromkeys(actors)), **_counts(sides.values())}
    return Answer(facts, "topics", columns.all, rows, sentences=columns.sentences)


def list_allies(  # noqa: PLR0913 # options of the command
    store: Store,
    actor: str,
    *,
    is_against: bool = False,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
) -> Answer:
    """List who agrees with an actor, or, `is_against`, who differs from it, on how many topics.

    They are ranked by the topics of agreement less those of difference, or the other way round.
    Groups that mean something in one article only are left out. The sentence is one of the other,
    on the topic on which it said most. Rows past the `limit` are empty.
    """
    named = dict.fromkeys(store.actor_nodes(actor), actor)
    spoken = sightings_by_pair(store, "actor", named, since=since, until=until)
    own = {topic: held[actor] for topic, held in _held(store, spoken, named).items()}
    stances = {topic: held.stance for topic, held in own.items()}
    others = _Period(store, stances, since, until) if since or until else _AllTime(store, stances)
    wanted: Relation = "differ" if is_against else "agree"
    ranks = {
        other: _rank(counts, wanted)
        for other, counts in others.counts.items()
        if counts[wanted] and other not in named and not store.iris.is_local_actor(other)
    }
    chosen = others.commons(_first(store, ranks, limit))
    rows = sorted(
        _ally_rows(store, chosen, wanted),
        key=lambda line: (*_rank(line, wanted), line["actor"], line["id"]),
    )
    rows += [{}] * (len(ranks) - len(rows))
    columns = ("actor", *_ORDER, "statements", "topic", "stance", "date", *SENTENCE)
    statements = sum(one.statements for one in own.values())
    facts = {"actor": actor, "topics": len(own), "statements": statements}
    return Answer(facts, "opponents" if is_against else "allies", columns, rows, below=SENTENCE)


def _counts(relations: Iterable[str]) -> dict[str, int]:
    found = list(relations)
    return {relation: found.count(relation) for relation in _ORDER}


# --- who holds what -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Held:
    """What an actor holds on a topic: its latest stance, and where to find the words for it."""

    stance: str
    statements: int
    places: tuple[Place, ...]


def _held(
    store: Store, seen: Mapping[tuple[str, str], Sequence[Sighting]], named: Mapping[str, str]
) -> dict[str, dict[str, _Held]]:
    """Return what is held on each topic, by its IRI and the name of the actor.

    An actor that is not `named` goes by its IRI; several of one name count as one.
    """
    found: dict[str, dict[str, dict[str, Sequence[Sighting]]]] = {}
    for (node, topic), sightings in seen.items():
        place = store.iris.position(node, topic)
        actors = found.setdefault(topic, {})
        actors.setdefault(named.get(node, node), {})[place] = sightings
    return {
        topic: {actor: _sum_up(places) for actor, places in actors.items()}
        for topic, actors in found.items()
    }


def _sum_up(places: Mapping[str, Sequence[Sighting]]) -> _Held:
    every = [one for sightings in places.values() for one in sightings]
    latest = latest_of_all(every)
    return _Held(
        stance_of(one.stance for one in latest),
        sum(one.statements for one in every),
        tuple(
            (position, latest[0].date)
            for position, sightings in places.items()
            if any(one.date == latest[0].date for one in sightings)
        ),
    )


def _surest(held: _Held, told: Mapping[Place, Statement]) -> Statement:
    return surest(told[place] for place in held.places)


# --- actors side by side ------------------------------------------------------------------------


class _Columns:
    """The columns of a comparison: what each actor holds, and the best sentence for it."""

    def __init__(self, actors: Iterable[str]) -> None:
        fixed = ("sides", "topic", "statements")
        named = {name: f"{name} (actor)" if name in fixed else name for name in actors}
        self.stances = named
        self.sentences = {
            name: tuple(f"{name}: {column}" for column in _HELD) for name in named.values()
        }
        more = itertools.chain(*self.sentences.values())
        self.all = (*fixed[:2], *named.values(), fixed[2], *more)


def _compared(
    by_actor: Mapping[str, _Held],
    told: Mapping[Place, Statement],
    columns: _Columns,
    sources: Mapping[str, str],
) -> dict[str, Any]:
    line: dict[str, Any] = dict.fromkeys(columns.all, "")
    for actor, held in by_actor.items():
        best, column = _surest(held, told), columns.stances[actor]
        sentence = row(best, _HELD, sources).values()
        line |= dict(zip(columns.sentences[column], sentence, strict=True))
        line |= {column: held.stance, "topic": best.topic}
    line["sides"] = _relation(by_actor)
    silent = _Held("", 0, ())
    line["statements"] = [by_actor.get(actor, silent).statements for actor in columns.stances]
    return line


def _relation(by_actor: Mapping[str, _Held]) -> Relation:
    return relation_of(held.stance for held in by_actor.values())


# --- allies -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Common:
    """A topic of both actors, and what the other holds."""

    topic: str
    relation: Relation
    held: _Held


class _AllTime:
    """What others hold on topics with these `stances`, from the summary."""

    def __init__(self, store: Store, stances: Mapping[str, str]) -> None:
        self._store, self._stances = store, stances
        self.counts = count_sides(store, stances)

    def commons(self, others: Sequence[str]) -> list[list[_Common]]:
        """Return what some others hold."""
        places = {
            (other, topic): (self._store.iris.position(other, topic), stance_of(held))
            for (other, topic), held in stances_of(self._store, others).items()
            if topic in self._stances
        }
        numbers = numbers_at(self._store, (position for position, _ in places.values()))
        found: dict[str, list[_Common]] = {other: [] for other in others}
        for (other, topic), (position, stance) in places.items():
            number, day = numbers[position]
            held = _Held(stance, number, ((position, day),))
            found[other].append(_Common(topic, relation_of((self._stances[topic], stance)), held))
        return list(found.values())


class _Period:
    """What others hold in a period on topics with these `stances`, from all their statements."""

    def __init__(self, store: Store, stances: Mapping[str, str], since: Day, until: Day) -> None:
        self._found: dict[str, list[_Common]] = defaultdict(list)
        seen = sightings_by_pair(store, "topic", stances, since=since, until=until)
        for topic, held in _held(store, seen, {}).items():
            for other, theirs in held.items():
                relation = relation_of((stances[topic], theirs.stance))
                self._found[other].append(_Common(topic, relation, theirs))
        self.counts = {
            other: Counter(common.relation for common in one) for other, one in self._found.items()
        }

    def commons(self, others: Sequence[str]) -> list[list[_Common]]:
        """Return what some others hold."""
        return [self._found[other] for other in others]


def _first(store: Store, ranks: Mapping[str, tuple[int, int]], limit: int | None) -> list[str]:
    """Return as many of the first as the limit says, and those who are called like the last."""
    last = sorted(ranks.values())[: limit or len(ranks)][-1:]
    named = sorted(
        ((rank, store.label(other)), other) for other, rank in ranks.items() if [rank] <= last
    )
    last_named = [place for place, _ in named[: limit or len(named)][-1:]]
    return [other for place, other in named if [place] <= last_named]


def _ally_rows(
    store: Store, others: Sequence[Sequence[_Common]], wanted: Relation
) -> Iterator[dict[str, Any]]:
    examples = [_example(commons, wanted) for commons in others]
    told = surest_on(store, (place for held in examples for place in held.places))
    sources = sources_of(store, told.values())
    for commons, held in zip(others, examples, strict=True):
        best = _surest(held, told)
        yield {
            **row(best, ("actor", "topic", "date", *SENTENCE), sources),
            **_counts(common.relation for common in commons),
            "stance": held.stance,
            "statements": sum(common.held.statements for common in commons),
        }


def _example(commons: Iterable[_Common], wanted: Relation) -> _Held:
    """Return what an ally holds on the topic on which it said most."""
    fitting = (common for common in commons if common.relation == wanted)
    return min(fitting, key=lambda common: (-common.held.statements, common.topic)).held


def _rank(line: Mapping[Any, Any], wanted: Relation) -> tuple[int, int]:
    """Put those first who stand on the wanted side the most often, and the least on the other."""
    unwanted = "agree" if wanted == "differ" else "differ"
    return line[unwanted] - line[wanted], -line[wanted]
