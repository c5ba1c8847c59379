"""Actors that a person should look at: who may be one though they are two, or two though one.

Each doubt names the command that settles it. Those with the most statements come first.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from graphkit.folding import fold
from graphkit.shell import command_line
from graphkit.statement import Actor
from graphkit.store import Store

_ALIKE = 88  # percent, as rapidfuzz counts: "Zelensky" and "Zelenskyy", not "Obama" and "Osama"
_CROWD = 50  # actors with one surname, beyond which spelling says nothing


_Pairs = Collection[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two names that may mean one actor, or one name that may mean two."""

    actor: str
    other: str
    reason: str
    statements: int
    command: str


@dataclass(frozen=True, slots=True)
class _Known:
    """An actor with its words, folded, and the number of its statements."""

    actor: Actor
    node: str
    words: tuple[str, ...]
    statements: int


def doubtful_actors(store: Store) -> list[Doubt]:
    """Return the doubts about the actors of a store, those that touch most statements first."""
    known = _known_actors(store)
    found: dict[tuple[str, str], Doubt] = {}
    apart = {
        frozenset((one.actor, one.other)) for one in store.curations.corrections if one.articles
    }
    for doubt in (*_surnames(known), *_namesakes(known, apart), *_spellings(known, apart)):
        found.setdefault((doubt.actor, doubt.other), doubt)  # the best reason for a pair
    return sorted(found.values(), key=lambda doubt: (-doubt.statements, doubt.actor, doubt.other))


def _known_actors(store: Store) -> list[_Known]:
    counts = store.statement_counts()
    return [
        _Known(actor, node, tuple(fold(actor.name).split()), counts[node])
        for node, actor in store.actors_by_node().items()
    ]


def _surnames(known: Iterable[_Known]) -> Iterator[Doubt]:
    """Yield surnames that stand alone in some article beside the full names that have them."""
    full = _by_surname(one for one in known if len(one.words) > 1 and not one.actor.is_local)
    alone: dict[str, list[_Known]] = defaultdict(list)
    for one in known:
        if one.actor.type == "person" and one.actor.is_local and len(one.words) == 1:
            alone[one.actor.name].append(one)
    for name, members in sorted(alone.items()):
        statements = sum(one.statements for one in members)
        bearers = full.get(fold(name), [])
        for bearer in bearers[:3]:
            reason = "surname alone" if len(bearers) == 1 else "surname of several"
            command = _command("alias", bearer.actor.name, name)
            yield Doubt(name, bearer.actor.name, reason, statements, command)
        if not bearers and len(members) > 1:
            command = _command("merge", name, name)
            reason = f"one name in {len(members)} articles"
            yield Doubt(name, "", reason, statements, command)


def _spellings(known: Iterable[_Known], apart: _Pairs) -> Iterator[Doubt]:
    """Yield full names that are spelt alike and share a word, or its beginning.

    Those that are `apart` the user has split.
    """
    from rapidfuzz import fuzz

    seen = set()
    for members in _blocks(known).values():
        if len(members) > _CROWD:
            continue
        for one, other in combinations(members, 2):
            pair = (one.actor.name, other.actor.name)
            if pair in seen or one.actor.type != other.actor.type or _are(one, other, apart):
                continue
            seen.add(pair)
            if fuzz.ratio(" ".join(one.words), " ".join(other.words)) >= _ALIKE:
                yield _merging(one, other, "spelt alike")


def _blocks(known: Iterable[_Known]) -> Mapping[str, list[_Known]]:
    blocks: dict[str, list[_Known]] = defaultdict(list)
    for one in sorted(known, key=lambda one: one.actor.name):
        if not one.actor.is_local and not one.actor.is_known:
            for key in {one.words[-1][:4], one.words[0]} if one.words else ():
                blocks[key].append(one)
    return blocks


def _namesakes(known: Iterable[_Known], apart: _Pairs) -> Iterator[Doubt]:
    """Yield actors of one name that were told apart by type, country, initials or identifier."""
    names: dict[str, list[_Known]] = defaultdict(list)
    for one in known:
        if not one.actor.is_local:
            names[_plain_name(one)].append(one)
    for _, members in sorted(names.items()):
        for one, other in combinations(sorted(members, key=lambda one: one.actor.name), 2):
            if not _are(one, other, apart):
                yield _merging(one, other, "one name, told apart")


def _are(one: _Known, other: _Known, apart: _Pairs) -> bool:
    return frozenset((one.node, other.node)) in apart


def _merging(one: _Known, other: _Known, reason: str) -> Doubt:
    kept, lost = sorted((one, other), key=lambda one: (-one.statements, one.actor.name))
    command = _command("merge", kept.actor.name, lost.actor.name)
    return Doubt(kept.actor.name, lost.actor.name, reason, lost.statements, command)


def _plain_name(one: _Known) -> str:
    """Return a name without what tells namesakes apart: brackets, a person's middle initials."""
    first, *words = fold(one.actor.name.partition(" (")[0]).split() or [one.actor.name]
    if one.actor.type == "person":
        words = [word for word in words[:-1] if len(word.strip(".")) > 1] + words[-1:]
    return " ".join([first, *words])


def _command(action: str, *names: str) -> str:
    return command_line(f"graphkit actors {action}", *names)


def _by_surname(known: Iterable[_Known]) -> dict[str, list[_Known]]:
    found: dict[str, list[_Known]] = defaultdict(list)
    for one in known:
        if one.actor.type == "person":
            found[one.words[-1]].append(one)
    for members in found.values():
        members.sort(key=lambda one: (-one.statements, one.actor.name))
    return found
