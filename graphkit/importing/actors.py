"""The actors of coded statements: one for each name in an article, as coders tell them apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from graphkit.article import Article
from graphkit.linking import Profile
from graphkit.statement import Actor, ActorType, Extraction, Statement

_TYPE_ORDER: Sequence[ActorType] = ("country", "person", "organization", "group")
"""Of several types of a name the first counts."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is told of names besides the statements: types, other names, and whose are special.

    `local` ones mean something in one article only; `topics` are actors that stances are about.
    """

    types: Mapping[str, ActorType] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


def extraction_of(
    article: Article, statements: Sequence[Statement], known: Known
) -> tuple[Extraction, int]:
    """Return an article with its statements and their actors, and how many were changed for that.

    In one article an actor has one type and one affiliation: the first that is told.
    """
    types: dict[str, ActorType] = {}
    principals: dict[str, str] = {}
    for statement in statements:
        types.setdefault(statement.actor, statement.actor_type)
        if statement.affiliation not in {"", statement.actor}:
            principals.setdefault(statement.actor, statement.affiliation)
    for name in _others(statements, known):
        types.setdefault(name, known.types.get(name) or likely_type(name))
    unified = tuple(
        replace(
            statement,
            actor_type=types[statement.actor],
            affiliation=principals.get(statement.actor, ""),
        )
        for statement in statements
    )
    actors = tuple(
        Actor(
            name=name,
            type=types[name],
            aliases=known.aliases.get(name, ()),
            represents=principals.get(name, ""),
            is_local=name in known.local,
            is_known=name not in known.local,
        )
        for name in sorted(types)
    )
    changed = sum(old != new for old, new in zip(statements, unified, strict=True))
    return Extraction(article=article, statements=unified, attributions=(), actors=actors), changed


def _others(statements: Iterable[Statement], known: Known) -> Iterator[str]:
    """Yield the names of actors that hold none of the positions, each maybe several times."""
    for statement in statements:
        if statement.speaker:
            yield from statement.speaker.split(" < ")
        if statement.affiliation:
            yield statement.affiliation
        if statement.topic in known.topics:
            yield statement.topic


@cache
def likely_type(name: str) -> ActorType:
    """Return "country" for the name of one, and else "organization"."""
    from graphkit.extract.gazetteer import default_gazetteer

    found = default_gazetteer().find(name)
    return "country" if found and found.type == "country" else "organization"


def topics_of(extractions: Iterable[Extraction]) -> set[str]:
    """Return the topics of statements but for those that are actors of their articles."""
    return {
        statement.topic
        for extraction in extractions
        for statement in extraction.statements
        if statement.topic not in {actor.name for actor in extraction.actors}
    }


def told_apart(extractions: Iterable[Extraction]) -> list[Extraction]:
    """Return extractions whose actors stay as many as there are names, and have one type each.

    The linking takes names for one actor that differ in case or accents only; coders who list both
    mean two, so such names become identifiers. It tells a person from a body of the same name;
    coders who put one name into two columns mean one.
    """
    extractions = list(extractions)
    names: dict[str, set[str]] = defaultdict(set)
    types: dict[str, set[ActorType]] = defaultdict(set)
    for actor in _shared_actors(extractions):
        names[_key(actor)].add(actor.name)
        types[_key(actor)].add(actor.type)
    type_of = {
        actor.name: min(types[_key(actor)], key=_TYPE_ORDER.index)
        for actor in _shared_actors(extractions)
    }
    apart = {name for alike in names.values() if len(alike) > 1 for name in alike}
    return [_unified(extraction, type_of, apart) for extraction in extractions]


def _shared_actors(extractions: Iterable[Extraction]) -> Iterator[Actor]:
    for extraction in extractions:
        yield from (actor for actor in extraction.actors if not actor.is_local)


def _key(actor: Actor) -> str:
    return Profile(actor.name, actor.type, is_known=True).key


def _unified(
    extraction: Extraction, type_of: Mapping[str, ActorType], apart: Collection[str]
) -> Extraction:
    actors = {
        actor.name: actor
        if actor.is_local
        else replace(actor, type=type_of[actor.name], id=actor.name if actor.name in apart else "")
        for actor in extraction.actors
    }
    statements = (replace(s, actor_type=actors[s.actor].type) for s in extraction.statements)
    return replace(extraction, statements=tuple(statements), actors=tuple(actors.values()))
