"""The user's corrections of actors, applied last and in the order in which they were made.

A correction speaks of actors by their IRIs. Each mention of an actor walks from the actor that the
linking gives it along the corrections that concern it, so that a later one sees what the earlier
ones made.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

from pyoxigraph import NamedNode

from graphkit.digest import digest
from graphkit.errors import CorrectionError
from graphkit.folding import fold
from graphkit.statement import ActorType

Kind = Literal["actor", "topic"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Action = Literal["merge", "rename", "split", "alias", "represents", "broader", "retire"]
ACTIONS: Mapping[Kind, tuple[Action, ...]] = {
    "actor": ("merge", "rename", "split", "alias", "represents"),
    "topic": ("merge", "rename", "split", "alias", "broader", "retire"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One thing that the user knows better.

    - merge: all mentions of `actor` are of `other`.
    - rename: `actor` is shown as `name`.
    - split: the mentions of `actor` in `articles` are of `other`, a new actor or one that is known.
    - alias: what an article calls `name` is `actor`.
    - represents: `actor` speaks for `other` ("" is nobody) from `since` to `until`, both inclusive.
    - broader: `other` is wider than `actor`, which is called `name`.
    - retire: `actor` is no topic, and its statements rest.

    `actor` and `other` are IRIs. A correction of the `kind` topic is about topics, whose mentions
    are statements, each with the label that its article gives the topic. `shown` and `type` are
    what the actor that mentions are moved to, or that is spoken for, was called and was when the
    correction was made, for the case that no article tells them.
    """

    kind: Kind = "actor"
    action: Action
    actor: str
    other: str = ""
    name: str = ""
    shown: str = ""
    type: ActorType = "person"
    articles: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def id(self) -> str:
        """A hash of what it says: the same correction made twice is one."""
        articles = sorted({*self.articles})
        said = (self.kind, self.action, self.actor, self.other, self.name, articles)
        days = [str(day) for day in (self.since, self.until)]
        return digest(repr((said, days)), 10)

    @property
    def target(self) -> str:
        """The IRI of the actor that mentions are of after a merge, a split or an alias.

        After another correction it is that of the actor that is spoken for, or "".
        """
        return self.actor if self.action == "alias" else self.other

    @property
    def moves_mentions(self) -> bool:
        """Tell whether it makes mentions those of another actor, its `target`."""
        return self.action in {"merge", "split", "alias"}

    def check(self) -> None:
        """Raise CorrectionError if it lacks something, or makes no sense."""
        missing = {
            {"actor": "an actor", "topic": "a topic"}[self.kind]: not self.actor,
            f"another {self.kind}": self.action in {"merge", "split", "broader"} and not self.other,
            "a name": self.action in {"rename", "alias"} and not self.name.strip(),
            "articles": self.action == "split" and not self.articles,
        }
        if self.action not in ACTIONS[self.kind]:
            raise CorrectionError(f"There is nothing to {self.action} about {self.kind}s.")
        for what, is_missing in missing.items():
            if is_missing:
                raise CorrectionError(f"A correction to {self.action} needs {what}.")
        for iri in (self.actor, self.other):
            _check_iri(iri)
        if self.actor == self.other:
            verb = {"represents": "speak for", "broader": "be wider than"}.get(
                self.action, "become"
            )
            raise CorrectionError(f"{self.actor} cannot {verb} itself.")
        if self.since and self.until and self.since > self.until:
            raise CorrectionError(f"from {self.since} lies after to {self.until}.")

    def describe(self, shorten: Callable[[str], str]) -> str:
        """Return what it says in words; `shorten` makes IRIs readable."""
        actor, other = shorten(self.actor), shorten(self.other) if self.other else "nobody"
        days = f" {self.since or ''}..{self.until or ''}" if self.since or self.until else ""
        return {
            "merge": f"{actor} is {other}",
            "rename": f"{actor} is called '{self.name}'",
            "split": f"{actor} is {other} in {', '.join(self.articles)}",
            "alias": f"'{self.name}' is {actor}",
            "represents": f"{actor} represents {other}{days}",
            "broader": f"{other} is wider than {actor}",
            "retire": f"{actor} is no topic",
        }[self.action]

    def moves(self, article: str) -> bool:
        """Tell whether a merge or split moves the mentions of its actor in an article."""
        return self.action == "merge" or article in self.articles

    def holds_on(self, day: datetime.date | None) -> bool:
        """Tell whether it holds on a day; one with dates does not hold on an unknown day."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since or day) <= day <= (self.until or day)


def overridden(corrections: Iterable[Correction]) -> set[str]:
    """Return the ids of corrections after which a later one says something else of the same."""
    last: dict[tuple[str, ...], str] = {}
    found: set[str] = set()
    for one in corrections:
        if one.action in {"rename", "represents", "alias"}:
            about = fold(one.name) if one.action == "alias" else one.actor
            found |= {last.pop((one.kind, one.action, about), one.id)} - {one.id}
            last[one.kind, one.action, about] = one.id
    return found


def _check_iri(iri: str) -> None:
    try:
        NamedNode(iri or "x:")
    except ValueError:
        raise CorrectionError(f"'{iri}' is no IRI.") from None


class Curation:
    """All corrections in their order, each once."""

    def __init__(self, corrections: Iterable[Correction] = ()) -> None:
        known: dict[str, Correction] = {}
        for one in corrections:
            known.setdefault(one.id, one)
        self.corrections = tuple(known.values())
        self._moves: dict[str, list[int]] = defaultdict(list)
        self._aliases: dict[str, list[int]] = defaultdict(list)
        self._roles: dict[str, list[Correction]] = defaultdict(list)
        self._links: list[Correction] = []
        self._retired: set[str] = set()
        self._labels: dict[str, str] = {}
        self._made: dict[str, Correction] = {}
        self._named: dict[str, Correction] = {}
        for number, one in enumerate(self.corrections):
            self._index(number, one)
        for one in self.corrections:
            if one.action == "represents":  # who was merged brings along whom he speaks for
                self._roles[self.outcome(one.actor)].append(one)

    def outcome(self, iri: str, name: str = "", article: str = "") -> str:
        """Return the IRI of the actor of a mention, from the one that the linking gives it.

        `name` is what the article calls it, `article` the article's id.
        """
        steps = self.steps(iri, name, article)
        return self.corrections[steps[-1]].target if steps else iri

    def steps(self, iri: str, name: str = "", article: str = "") -> list[int]:
        """Return the numbers of the corrections along which a mention walks; see `outcome`."""
        steps: list[int] = []
        while (step := self._next(iri, name, article, steps[-1] + 1 if steps else 0)) is not None:
            iri = self.corrections[step].target
            steps.append(step)
        return steps

    def label(self, iri: str) -> str:
        """Return the name that the user gave to an actor last, or ""."""
        return self._labels.get(iri, "")

    def made(self, iri: str) -> tuple[str, ActorType] | None:
        """Return name and type of an actor that mentions are moved to, as the user last saw it."""
        one = self._made.get(iri)
        return (one.shown, one.type) if one else None

    def is_retired(self, iri: str) -> bool:
        """Tell whether the user took a topic out of use."""
        return iri in self._retired

    def wider(self, iri: str) -> list[str]:
        """Return the topics that the user says are wider than a topic."""
        return sorted(self._hierarchy.get(iri, ()))

    def keeps(self, iri: str) -> bool:
        """Tell whether a topic stays though no statement is about it, as one of a hierarchy."""
        return iri in self._hierarchy

    @cached_property
    def _hierarchy(self) -> Mapping[str, set[str]]:
        """Map topics to the wider ones: none was merged into another, none is retired."""
        found: dict[str, set[str]] = {}
        for one in self._links:
            narrower, wider = self.outcome(one.actor), self.outcome(one.other)
            if narrower != wider and not self._retired & {narrower, wider}:
                found.setdefault(narrower, set()).add(wider)
                found.setdefault(wider, set())
        return found

    def named(self, iri: str) -> tuple[str, ActorType] | None:
        """Return name and type of an actor that is spoken for, as the user last saw it."""
        one = self._named.get(iri)
        return (one.shown, one.type) if one else None

    def principal(self, iri: str, day: datetime.date | None) -> str | None:
        """Return whom the user says an actor speaks for on a day, "" for nobody; None is unsaid."""
        for one in reversed(self._roles.get(iri, ())):
            if one.holds_on(day):
                return self.outcome(one.other) if one.other else ""
        return None

    def changed_since(self, before: "Curation") -> tuple[frozenset[str], frozenset[str]]:
        """Return the actors and the names whose mentions may be of another actor now.

        The actors are IRIs of what mentions are of before the change.
        """
        changed = self._unlike(before)
        names = frozenset(one.name for one in changed if one.action == "alias")
        found: set[str] = set()
        waiting = {iri for one in changed for iri in (one.actor, one.other) if iri}
        while waiting:
            iri = waiting.pop()
            found.add(iri)
            waiting |= (self._beyond(iri) | before._beyond(iri)) - found
        return frozenset(found), names

    def renamed_since(self, before: "Curation") -> frozenset[str]:
        """Return the actors that may be shown by another name now."""
        changed = self._unlike(before)
        named = {iri for one in changed for iri in (one.actor, one.target) if iri}
        if changed:  # a merge or a retired topic changes what is wider than others
            named |= self._hierarchy.keys() | before._hierarchy.keys()
        return frozenset(named)

    def reached_from(self, iri: str) -> set[str]:
        """Return all actors or topics that mentions may walk to from one, and itself."""
        found: set[str] = set()
        waiting = {iri} | {one.actor for one in self.corrections if one.action == "alias"}
        while waiting:
            found |= waiting
            waiting = {one for iri in waiting for one in self._beyond(iri)} - found
        return found

    def _unlike(self, before: "Curation") -> set[Correction]:
        """Return the corrections that came, went or stand at another place among the others."""
        now, then = {*self.corrections}, {*before.corrections}
        kept = (one for one in self.corrections if one in then)
        kept_then = (one for one in before.corrections if one in now)
        moved = {
            one for pair in zip(kept, kept_then, strict=True) if len({*pair}) > 1 for one in pair
        }
        return (now ^ then) | moved

    def _beyond(self, iri: str) -> set[str]:
        """Return where the mentions of an actor may go, and who speaks for it."""
        moves = {self.corrections[number].target for number in self._moves.get(iri, ())}
        return moves | {one.actor for one in self.corrections if one.other == iri}

    def _index(self, number: int, one: Correction) -> None:
        if one.action in {"merge", "split"}:
            self._moves[one.actor].append(number)
        elif one.action == "alias":
            self._aliases[fold(one.name)].append(number)
        elif one.action == "broader":
            self._links.append(one)
        elif one.action == "retire":
            self._retired.add(one.actor)
        elif one.action == "rename":
            self._labels[one.actor] = one.name
        if one.action == "broader" and one.name:
            self._named.setdefault(one.actor, replace(one, shown=one.name))
        if one.shown:
            shown = self._made if one.moves_mentions else self._named
            shown[one.target] = one

    def _next(self, iri: str, name: str, article: str, start: int) -> int | None:
        """Return the number of the first correction from `start` on that moves a mention."""
        aliases = self._aliases.get(fold(name), ()) if self._aliases and name else ()
        steps = [n for n in self._moves.get(iri, ()) if self.corrections[n].moves(article)]
        steps += [n for n in aliases if self.corrections[n].actor != iri]
        return min((n for n in steps if n >= start), default=None)


@dataclass(frozen=True, slots=True)
class Curations:
    """All corrections in their order, and what follows from those of actors and of topics."""

    corrections: Sequence[Correction]
    actors: Curation
    topics: Curation

    @classmethod
    def of(cls, corrections: Sequence[Correction]) -> "Curations":
        """Return the curations of corrections of both kinds."""
        actors, topics = (Curation(c for c in corrections if c.kind == kind) for kind in KINDS)
        return cls(corrections, actors, topics)

    def outcome(self, iri: str) -> str:
        """Return the IRI of what an actor or a topic was merged into."""
        return self.topics.outcome(self.actors.outcome(iri))
