"""Look-ups of agreement: actors side by side, and who stands with an actor or against it.

Names are canonical ones here. What counts is the latest word of each on each topic; what has no
date is the oldest. To support and to oppose is to differ. Who is ambivalent agrees with whom is
ambivalent, and agrees in part with all others, as does who said two things on one day.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from graphkit.output import Answer
from graphkit.positions import SENTENCE, latest_of, row, sources_of, surest
from graphkit.spells import MIXED, stance_of
from graphkit.statement import Statement
from graphkit.store import Store
from graphkit.vocabulary import STANCE_TERMS, expand

Day = datetime.date | None
Relation = Literal["agree", "differ", "partly"]

_ORDER: tuple[Relation, ...] = ("agree", "differ", "partly")
_HELD = (*SENTENCE, "date")

# Two queries, since Oxigraph reads the whole store for an OPTIONAL.
_ON_TOPICS = "VALUES ?topic { %s } ?node gk:topic ?topic ; "
_STANCES = f"SELECT * WHERE {{ {_ON_TOPICS} gk:actor ?actor ; gk:stance ?stance }}"
_DAYS = f"SELECT ?node ?day WHERE {{ {_ON_TOPICS} gk:onDate ?day }}"


def relation_of(stances: Iterable[str]) -> Relation:
    """Tell whether actors with these stances on a topic agree, differ, or agree in part."""
    held = set(stances)
    if {"supports", "opposes"} <= held:
        return "differ"
    return "agree" if len(held) == 1 and MIXED not in held else "partly"


def compare_actors(
    store: Store, actors: Sequence[str], *, since: Day = None, until: Day = None
) -> Answer:
    """Show what each actor holds on the topics of which at least two of them speak.

    Where they agree comes first, then where they differ, the most frequent topics first. Numbers of
    statements are in the order of the actors. A group of
    several articles counts as one.
    """
    held: dict[str, dict[str, list[Statement]]] = defaultdict(dict)
    for actor in dict.fromkeys(actors):
        statements = store.statements(actor=actor, since=since, until=until)
        for topic, members in itertools.groupby(
            sorted(statements, key=lambda one: one.topic), key=lambda one: one.topic
        ):
            held[topic][actor] = list(members)
    shared = {topic: by_actor for topic, by_actor in held.items() if len(by_actor) > 1}
    every = [
        one for by_actor in shared.values() for members in by_actor.values() for one in members
    ]
    sources = sources_of(store, every)
    columns = _Columns(actors)
    rows = [_compared(topic, by_actor, columns, sources) for topic, by_actor in shared.items()]
    rows.sort(
        key=lambda line: (_ORDER.index(line["sides"]), -sum(line["statements"]), line["topic"])
    )
    facts = {"actors": list(dict.fromkeys(actors)), **_counts(line["sides"] for line in rows)}
    return Answer(facts, "topics", columns.all, rows, sentences=columns.sentences)


def list_allies(
    store: Store, actor: str, *, is_against: bool = False, since: Day = None, until: Day = None
) -> Answer:
    """List who agrees with an actor, or, `is_against`, who differs from it, on how many topics.

    They are ranked by the topics of agreement less those of difference, or the other way round.
    Groups that mean something in one article only are left out. The sentence is one of the other,
    on the topic on which it said most.
    """
    mine = store.nodes(actor)
    topics = {node for one in mine for node in _topics_of(store, one)}
    held = _held(store, topics, since, until)
    own = {topic: [one for node in mine for one in held.get((node, topic), ())] for topic in topics}
    others: dict[str, list[_Common]] = defaultdict(list)
    for (other, topic), seen in held.items():
        if own[topic] and other not in mine and not store.iris.is_local_actor(other):
            relation = relation_of((_stance(own[topic]), _stance(seen)))
            others[other].append(_Common(topic, relation, tuple(seen)))
    wanted: Relation = "differ" if is_against else "agree"
    chosen = [one for one in others.values() if any(common.relation == wanted for common in one)]
    rows = list(_ally_rows(store, chosen, wanted))
    rows.sort(key=lambda line: _rank(line, wanted))
    columns = ("actor", *_ORDER, "statements", "topic", "stance", "date", *SENTENCE)
    name = "opponents" if is_against else "allies"
    spoken = sum(map(len, own.values()))
    facts = {"actor": actor, "topics": sum(map(bool, own.values())), "statements": spoken}
    return Answer(facts, name, columns, rows, below=SENTENCE)


def _counts(relations: Iterable[str]) -> dict[str, int]:
    found = list(relations)
    return {relation: found.count(relation) for relation in _ORDER}


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
    topic: str,
    by_actor: Mapping[str, Sequence[Statement]],
    columns: _Columns,
    sources: Mapping[str, str],
) -> dict[str, Any]:
    line: dict[str, Any] = dict.fromkeys(columns.all, "")
    stances = {}
    for actor, members in by_actor.items():
        latest = latest_of(members)
        stances[columns.stances[actor]] = stance_of(one.stance for one in latest)
        best = row(surest(latest), _HELD, sources)
        names = columns.sentences[columns.stances[actor]]
        line |= dict(zip(names, best.values(), strict=True))
    counts = [len(by_actor.get(actor, ())) for actor in columns.stances]
    sides = relation_of(stances.values())
    return line | stances | {"sides": sides, "topic": topic, "statements": counts}


# --- allies -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """As much of a statement as tells where an actor stands; without a date it is the oldest."""

    id: str
    stance: str
    day: str


@dataclass(frozen=True, slots=True)
class _Common:
    """A topic of both actors, and what the other said on it."""

    topic: str
    relation: Relation
    seen: tuple[_Seen, ...]


def _topics_of(store: Store, actor: str) -> list[str]:
    rows = store.query(f"SELECT DISTINCT ?topic {{ ?node gk:actor <{actor}> ; gk:topic ?topic }}")
    return [line["topic"].value for line in cast("Any", rows)]


def _held(
    store: Store, topics: Iterable[str], since: Day, until: Day
) -> dict[tuple[str, str], list[_Seen]]:
    """Return what was said in a period, by the IRIs of actor and topic, in their order."""
    listed = " ".join(f"<{topic}>" for topic in sorted(topics))
    days = {line["node"]: line["day"].value for line in cast("Any", store.query(_DAYS % listed))}
    stances = {expand(term): stance for stance, term in STANCE_TERMS.items()}
    first, last = (day.isoformat() if day else "" for day in (since, until))
    found: dict[tuple[str, str], list[_Seen]] = defaultdict(list)
    for line in cast("Any", store.query(_STANCES % listed)):
        day = days.get(line["node"], "")
        if (first or last) and not (day and first <= day <= (last or day)):
            continue
        seen = _Seen(
            store.iris.statement_id(line["node"].value), stances[line["stance"].value], day
        )
        found[line["actor"].value, line["topic"].value].append(seen)
    return dict(sorted(found.items()))


def _latest(seen: Sequence[_Seen]) -> list[_Seen]:
    last = max(one.day for one in seen)
    return [one for one in seen if one.day == last]


def _stance(seen: Sequence[_Seen]) -> str:
    return stance_of(one.stance for one in _latest(seen))


def _ally_rows(
    store: Store, others: Iterable[Sequence[_Common]], wanted: Relation
) -> Iterator[dict[str, Any]]:
    shown = [(commons, _latest(_example(commons, wanted).seen)) for commons in others]
    told = store.statements_with_ids(one.id for _, latest in shown for one in latest)
    statements = {one.id: one for one in told}
    sources = sources_of(store, told)
    for commons, latest in shown:
        best = surest(sorted((statements[one.id] for one in latest), key=lambda one: one.id))
        yield {
            "actor": best.actor,
            **_counts(common.relation for common in commons),
            "statements": sum(len(common.seen) for common in commons),
            **row(best, ("topic", "stance", "date", *SENTENCE), sources),
        }


def _example(commons: Iterable[_Common], wanted: Relation) -> _Common:
    """Return the topic on which an ally said most."""
    fitting = (common for common in commons if common.relation == wanted)
    return min(fitting, key=lambda common: (-len(common.seen), common.topic))


def _rank(line: Mapping[str, Any], wanted: Relation) -> tuple[Any, ...]:
    """Put those first who stand on the wanted side the most often, and the least on the other."""
    unwanted = "agree" if wanted == "differ" else "differ"
    return (line[unwanted] - line[wanted], -line[wanted], line["actor"], line["id"])
