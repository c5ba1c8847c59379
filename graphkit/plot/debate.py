"""The statements that a picture shows, by whom they are, and what its caption says of them."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graphkit.article import Article
from graphkit.errors import ExportError
from graphkit.evidence import evidence_of, local_names, name_of_actor
from graphkit.plot.sheet import SIGNS
from graphkit.positions import extent, stance_counts
from graphkit.statement import Actor, Statement
from graphkit.store import Store
from graphkit.wording import counted

Members = Sequence[Statement]

_LISTED = 8  # ids, sources or topics that a tooltip names


@dataclass(frozen=True)
class Debate:
    """Statements, in the order of a store, with what else a picture tells of them.

    `notes` say what was left out.
    """

    statements: Members
    actors: Sequence[Actor] = ()
    articles: Sequence[Article] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """What people call the source of each article, by its id."""
        return {article.id: article.source or article.id for article in self.articles}

    @cached_property
    def _local(self) -> frozenset[str]:
        return local_names(self.actors)

    def name(self, statement: Statement) -> str:
        """Return the name of a statement's actor, with the article if it means nothing outside."""
        return name_of_actor(statement, self._local)

    def by_actor(self) -> dict[str, list[Statement]]:
        """Return the statements of each actor, those with the most first."""
        return _grouped(self.statements, self.name)

    def by_topic(self) -> dict[str, list[Statement]]:
        """Return the statements on each topic, those with the most first."""
        return _grouped(self.statements, lambda statement: statement.topic)

    def of_most_active(self, top: int) -> "Debate":
        """Keep the actors with the most statements."""
        groups = self.by_actor()
        kept = set(list(groups)[:top])
        fewer = [one for one in self.statements if self.name(one) in kept]
        return self._with(fewer, len(groups), top, "actors")

    def on_most_discussed(self, top: int) -> "Debate":
        """Keep the topics with the most statements."""
        groups = self.by_topic()
        kept = set(list(groups)[:top])
        fewer = [one for one in self.statements if one.topic in kept]
        return self._with(fewer, len(groups), top, "topics")

    def on_shared(self, kind: str) -> "Debate":
        """Keep what can tie two: topics of more than one actor, or, for "topic", the other way."""
        groups = self.by_topic() if kind == "actor" else self.by_actor()
        kept = {
            one.id
            for members in groups.values()
            if len({self._node(kind, one) for one in members}) > 1
            for one in members
        }
        fewer = [one for one in self.statements if one.id in kept]
        lost = len(self.statements) - len(fewer)
        if not lost:
            return self
        which = "on topics of one actor" if kind == "actor" else "of actors with one topic"
        note = f"Left out: {counted(lost, 'statement')} {which} only, which cannot tie two {kind}s."
        return replace(self, statements=fewer, notes=(*self.notes, note))

    def _node(self, kind: str, statement: Statement) -> str:
        return self.name(statement) if kind == "actor" else statement.topic

    def _with(self, fewer: Members, total: int, top: int, what: str) -> "Debate":
        if total <= top:
            return self
        lost = len(self.statements) - len(fewer)
        gone = len(self.by_topic()) - len(replace(self, statements=fewer).by_topic())
        too = f", and with them {counted(gone, 'topic')}" if gone and what == "actors" else ""
        note = (
            f"Shown: the {top} of {total} {what} with the most statements; "
            f"{counted(lost, 'statement')} {'of' if what == 'actors' else 'on'} the others left "
            f"out{too}."
        )
        return replace(self, statements=fewer, notes=(*self.notes, note))

    @property
    def caption(self) -> str:
        """When, and how many statements of how many actors in how many articles."""
        found = extent(self.statements)
        parts = [
            period_of(found["first_date"], found["last_date"]),
            " ".join(
                (
                    counted(len(self.statements), "statement"),
                    f"of {counted(len(self.by_actor()), 'actor')}",
                    f"in {counted(found['articles'], 'article')}",
                )
            ),
        ]
        return " · ".join(part for part in parts if part)

    def tip(self, members: Members, title: str, **facts: Any) -> dict[str, Any]:
        """Return the tooltip of some statements, and as `about` the same to be read aloud."""
        evidence = evidence_of(members, self.sources)
        counts = {name: number for name, number in stance_counts(members).items() if number}
        tip = {"title": title, **facts, "statements": len(members), **counts}
        tip |= tip_of_evidence(evidence)
        return {"tip": tip, "about": about(tip)}


def debate_of(store: Store, statements: Members) -> Debate:
    """Return chosen statements with what the store tells of them. Raise ExportError for none."""
    articles = store.articles()
    if not articles:
        raise ExportError("The store is empty: `graphkit add` fills it.")
    if not statements:
        raise ExportError("No statement fits: there is nothing to draw.")
    return Debate(statements, store.actors(), articles)


def tip_of_evidence(evidence: Mapping[str, Any]) -> dict[str, str]:
    """Return the part of a tooltip that leads to the statements; see `evidence_of`."""
    return {
        "dates": period_of(evidence["first_date"], evidence["last_date"]) or "none known",
        "quote": evidence["quote"],
        "sources": some_of(evidence["sources"]),
        "statement ids": some_of(evidence["statement_ids"]),
    }


def some_of(listed: str) -> str:
    """Return the first of what a text lists, parted by ";", and how many more there are."""
    parts = listed.split("; ")
    more = f" and {len(parts) - _LISTED} more" if len(parts) > _LISTED else ""
    return "; ".join(parts[:_LISTED]) + more


def about(tip: Mapping[str, Any]) -> str:
    """Return a tooltip as lines of text."""
    rest = (f"{key}: {value}" for key, value in tip.items() if key != "title")
    return "\n".join([str(tip["title"]), *rest])


def period_of(first: datetime.date | str | None, last: datetime.date | str | None) -> str:
    """Return "2024-02-26 to 2024-04-12", one day alone, or "" where no day is known."""
    if first is None or last is None:
        return ""
    return f"{first} to {last}" if first != last else f"{first}"


def signed_counts(members: Members) -> str:
    """Return how many statements have each stance, as in "+2 −1"."""
    counts = stance_counts(members)
    return " ".join(f"{SIGNS[name]}{number}" for name, number in counts.items() if number)


def score(members: Members) -> float:
    """Return the mean stance: 1 for support, -1 for opposition, 0 for what is neither."""
    counts = Counter(one.stance for one in members)
    return (counts["supports"] - counts["opposes"]) / len(members)


def _grouped(statements: Members, key: Callable[[Statement], str]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[key(statement)].append(statement)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))
