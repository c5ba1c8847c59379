"""What an extraction yields: statements, attributions, and the actors behind them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from graphkit.article import Article
from graphkit.digest import digest

Stance = Literal["supports", "opposes", "ambivalent"]
ActorType = Literal["person", "organization", "country", "group"]
Quote = Literal["direct", "indirect", "action"]
Span = tuple[int, int]

STANCES: tuple[Stance, ...] = get_args(Stance)
ACTOR_TYPES: tuple[ActorType, ...] = get_args(ActorType)
QUOTES: tuple[Quote, ...] = get_args(Quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One actor's position on one topic, from one place of one article.

    Spans are code-point offsets into the article's text, end exclusive, and
    ``article.text[start:end] == evidence``. ``confidence`` lies in 0..1.
    """

    id: str
    article: str
    date: datetime.date | None
    actor: str
    actor_type: ActorType
    affiliation: str
    stance: Stance
    act: str
    topic: str
    topic_text: str
    speaker: str
    quote: Quote
    condition: str
    evidence: str
    start: int
    end: int
    actor_span: Span | None
    cue_span: Span | None
    topic_span: Span | None
    confidence: float
    rule: str

    def to_json(self) -> dict[str, Any]:
        """Return the fields in contract order, with an ISO date and lists for spans."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["date"] = self.date.isoformat() if self.date else None
        return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Statement":
        """Read what `to_json` wrote. Raise KeyError for a missing field."""
        row = {field.name: values[field.name] for field in fields(cls)}
        row["date"] = datetime.date.fromisoformat(row["date"]) if row["date"] else None
        for key in ("actor_span", "cue_span", "topic_span"):
            row[key] = tuple(row[key]) if row[key] is not None else None
        return cls(**row)


STATEMENT_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Statement))


def statement_id(article: str, *spans: Span | None) -> str:
    """Hash the article's id with the actor, cue and topic spans.

    Names take no part, so that renaming or merging an actor or a topic keeps the id.
    """
    parts = [article, *("-" if span is None else f"{span[0]}:{span[1]}" for span in spans)]
    return digest("|".join(parts), 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said what: a content with its source and the cue that links them."""

    article: str
    source: Span | None
    cue: Span | None
    content: Span
    speaker: str
    quote: Quote

    def to_json(self) -> dict[str, Any]:
        """Return the fields in contract order, with lists for spans."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor as one article shows it.

    ``represents`` names the country or organization that the actor speaks for, or is "";
    ``id`` is an IRI or another identifier from the user's gazetteer, or "";
    ``is_local`` marks a group or anonymous source that means something in this article only;
    ``is_known`` one that a gazetteer knows, so that its name is the canonical one.
    """

    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    role: str = ""
    represents: str = ""
    id: str = ""
    is_local: bool = False
    is_known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was found in one article.

    ``actors`` covers every actor, speaker, affiliation and entity topic of the statements:
    a topic that equals an actor's name is that actor.
    """

    article: Article
    statements: tuple[Statement, ...]
    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]
