"""Positions: what statements of one actor on one topic come to, with their best sentence.

A position sums up statements by the latest day; what has no date counts as the oldest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkit.spells import MIXED, Sighting, days_of, stance_of
from graphkit.statement import STANCES, Statement
from graphkit.store import Store

if TYPE_CHECKING:
    from graphkit.sightings import Seen

SENTENCE = ("evidence", "source", "id")
POSITION = ("statements", "date", "before", *SENTENCE)


def grouped(keyed: Iterable[tuple[str, str, Statement]]) -> list[list[Statement]]:
    """Return the statements that share a name and a place, in the order of both."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for name, place, statement in keyed:
        groups[name, place].append(statement)
    return [members for _, members in sorted(groups.items())]


def place_of(statement: Statement, local: frozenset[str]) -> str:
    """Return the article that "some countries" mean something in, or "" for an actor of all."""
    return statement.article if statement.actor in local else ""


def local_names(store: Store, statements: Iterable[Statement]) -> frozenset[str]:
    """Return the names of the statements' actors that mean something in one article only."""
    actors = store.actors({statement.actor for statement in statements})
    return frozenset(actor.name for actor in actors if actor.is_local)


def by_actor(store: Store, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements of each actor, in the order of the names."""
    local = local_names(store, statements)
    return grouped((found.actor, place_of(found, local), found) for found in statements)


def by_topic(store: Store, statements: Sequence[Statement]) -> list[list[Statement]]:
    """Return the statements on each topic, in the order of the labels; see `by_actor`."""
    local = local_names(store, statements)
    return grouped((found.topic, place_of(found, local), found) for found in statements)


def position(members: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    """Sum up what one actor said on one topic; `members` are in the order of their dates."""
    latest = latest_of(members)
    stance, best = stance_of(one.stance for one in latest), surest(latest)
    before = stance_before(members)
    return {
        "stance": stance,
        "statements": len(members),
        "date": best.date,
        "before": f"{before[0].stance}, {before[0].date}" if before else "",
        **row(best, SENTENCE, sources),
    }


def latest_of[Seen: Sighting](members: Sequence[Seen]) -> list[Seen]:
    """Return the statements of the last day; `members` are in the order of their dates."""
    return [member for member in members if member.date == members[-1].date]


def surest(members: Iterable[Statement]) -> Statement:
    """Return the statement with the best sentence: the one that is most likely right."""
    return max(members, key=lambda member: member.confidence)


def stance_before[Seen: Sighting](members: Sequence[Seen]) -> list[Seen]:
    """Return the statements of the last day with another clear stance than the latest, if any.

    A statement without a date is no earlier one, and "some countries" may be others the next time.
    """
    if members[0].actor_type == "group":
        return []
    unlike = {stance_of(one.stance for one in latest_of(members)), MIXED}
    earlier = [day for day in days_of(members) if day.stance not in unlike]
    return list(earlier[-1].members) if earlier else []


def stance_counts(members: Iterable[Statement]) -> dict[str, int]:
    """Return the number of statements with each stance."""
    counts = Counter(member.stance for member in members)
    return {stance: counts[stance] for stance in STANCES}


def affiliation_of(members: Sequence[Statement]) -> str:
    """Return the latest affiliation that is told: not every article tells it."""
    return next((member.affiliation for member in reversed(members) if member.affiliation), "")


def extent(statements: "Sequence[Statement | Seen]") -> dict[str, Any]:
    """Return how many statements there are, in how many articles, from when to when."""
    dates = [statement.date for statement in statements if statement.date]
    return {
        "statements": len(statements),
        "articles": len({statement.article for statement in statements}),
        "first_date": min(dates, default=None),
        "last_date": max(dates, default=None),
    }


def sources_of(store: Store, statements: Iterable[Statement]) -> dict[str, str]:
    """Map the ids of the statements' articles to what people call their source."""
    articles = store.articles({statement.article for statement in statements})
    return {article.id: article.source or article.id for article in articles}


def row(statement: Statement, columns: Iterable[str], sources: Mapping[str, str]) -> dict[str, Any]:
    """Return columns of a statement; "source" is that of its article."""
    source = {"source": sources.get(statement.article, statement.article)}
    return {name: source.get(name) or getattr(statement, name) for name in columns}
