"""Databases of DNA as articles with statements, and with the codings that these were made of."""

import itertools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from graphkit.article import Article
from graphkit.coding import CodedArticle, Coding, type_key
from graphkit.dna.extras import VARIABLE, from_text, is_ours, split_notes
from graphkit.dna.offsets import JavaText, normalized
from graphkit.dna.reading import EPOCH, read_dna
from graphkit.dna.records import CodedStatement, Database, Document
from graphkit.errors import DnaError, ImportFault
from graphkit.importing.actors import (
    Known,
    extraction_of,
    likely_type,
    told_apart,
    topics_of,
)
from graphkit.importing.fields import coded_id, to_statement
from graphkit.importing.parcel import Choices, Parcel
from graphkit.importing.roles import PERSON, Roles, roles_of
from graphkit.statement import ACTOR_TYPES, ActorType, Span, Statement
from graphkit.wording import counted

_TYPE, _ALIAS = "Type", "Alias"  # attributes that DNA gives to all entities


def read_dna_parcel(path: Path, choices: Choices) -> Parcel:
    """Read a database of DNA 3 to import it.

    Raise DnaError for what is none or contradicts itself, and ImportFault, which tells the
    variables that there are, if none of them can be actor, topic and stance.
    """
    database = read_dna(path)
    try:
        roles = roles_of(database, choices)
    except ImportFault as error:
        raise ImportFault(f"{path}: {error}.") from None
    return _Reading(path, database, roles).parcel()


@dataclass
class _Reading:
    """The way from a database to a parcel; it counts what makes no statement, or another one."""

    path: Path
    database: Database
    roles: Mapping[int, Roles]
    lost: Counter[str] = field(default_factory=Counter)
    changed: int = 0
    articles: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def parcel(self) -> Parcel:
        marks: dict[int, list[CodedStatement]] = defaultdict(list)
        for mark in sorted(self.database.statements, key=lambda one: (one.start, one.stop, one.id)):
            marks[mark.document].append(mark)
        articles = [self._article(one, marks[one.id]) for one in self.database.documents.values()]
        apart = told_apart(article.extraction for article in articles)
        return Parcel(
            file=self.path.name,
            articles=[
                replace(article, extraction=extraction)
                for article, extraction in zip(articles, apart, strict=True)
            ],
            topics=tuple(sorted({*self._topics(), *topics_of(apart)})),
            scheme=self.database,
            notes=[*self._notes()],
        )

    def _article(self, document: Document, marks: Sequence[CodedStatement]) -> CodedArticle:
        notes, extras = split_notes(document.notes)
        own = {name: value for name, value in extras.items() if isinstance(value, str)}
        moment = None if "date" in extras and document.date == EPOCH else document.date
        text, places = normalized(document.text, self._spans(document, marks))
        article = Article(
            id=self._article_id(own.get("article", ""), document),
            text=text,
            title=own.get("title", document.title),
            date=moment.date() if moment else None,
            source=own.get("source", document.source),
            url=own.get("url", ""),
        )
        made = _Made(keeps_ids=article.id == own.get("article"))
        numbers: Counter[Span] = Counter()
        codings = []
        for mark, place in zip(marks, places, strict=True):
            statement = self._statement(mark, article, (place, numbers[place]), made)
            numbers[place] += 1
            codings.append(self._coding(mark, place, statement))
        known = Known(self._types | made.types, self._aliases, made.local, made.topics)
        extraction, changed = extraction_of(article, made.statements, known)
        self.changed += changed
        return CodedArticle(
            extraction=extraction,
            codings=tuple(codings),
            coder=self._coder(document.coder),
            author=document.author,
            section=document.section,
            notes=notes,
            type=document.type,
            moment=moment,
            number=document.id,
        )

    def _article_id(self, told: str, document: Document) -> str:
        """Return the id that our own notes tell, unless a copy of the document has it, too."""
        own = f"{_stem(self.path)}-{document.id}"
        possible = itertools.chain((told, own), (f"{own}-{n}" for n in itertools.count(2)))
        found = next(one for one in possible if one and one not in self.articles)
        self.articles.add(found)
        return found

    def _spans(self, document: Document, marks: Sequence[CodedStatement]) -> list[Span]:
        """Return where statements are, in code points. Raise DnaError for places that are none."""
        text = JavaText(document.text)
        for mark in marks:
            if not 0 <= mark.start < mark.stop <= text.units:
                raise DnaError(
                    f"{self.path}: STATEMENTS {mark.id}: {mark.start} to {mark.stop} is not in the "
                    f"text of document {document.id}, which has {text.units:,} characters"
                )
        return [
            (text.place(mark.start, is_end=False), text.place(mark.stop, is_end=True))
            for mark in marks
        ]

    def _coding(self, mark: CodedStatement, place: Span, statement: Statement | None) -> Coding:
        is_ours = VARIABLE in mark.values  # all that it tells is in the statement
        return Coding(
            number=mark.id,
            coder=self._coder(mark.coder),
            span=place,
            type="" if is_ours else type_key(self.database.statement_types[mark.type]),
            values={} if is_ours else mark.values,
            statement=statement.id if statement else "",
        )

    def _coder(self, number: int | None) -> str:
        coder = self.database.coders.get(number) if number is not None else None
        return coder.name if coder else ""

    # --- statements ---------------------------------------------------------------------------

    def _statement(
        self, mark: CodedStatement, article: Article, where: tuple[Span, int], made: "_Made"
    ) -> Statement | None:
        """Return the statement that a coding makes, and note it; None if it makes none.

        `where` is its place in the article, and how many came before it there.
        """
        (start, end), _ = where
        extras = from_text(mark.values.get(VARIABLE))
        fields = self._fields(mark, extras)
        if isinstance(fields, str):
            self.lost[fields] += 1
            return None
        told = {"date": _iso(article), **fields}
        if not made.keeps_ids or not told.get("id") or told["id"] in self.ids:  # a copy made in DNA
            told["id"] = coded_id(article.id, *where)
        try:
            statement = to_statement({**told, "start": start, "end": end}, article.id, article.text)
        except ValueError as error:  # extras that somebody changed in DNA
            raise DnaError(f"{self.path}: STATEMENTS {mark.id}: {error}") from None
        made.note(statement, extras)
        self.ids.add(statement.id)
        return statement

    def _fields(self, mark: CodedStatement, extras: Mapping[str, Any]) -> dict[str, Any] | str:
        """Return the fields of a statement, or why a coding makes none."""
        roles = self.roles.get(mark.type)
        if roles is None:
            return "of a type without actor, topic or stance"
        actor_variable = next((name for name in roles.actors if mark.values.get(name)), "")
        actor, topic, affiliation = (
            _name(mark.values.get(name, ""), extras)
            for name in (actor_variable, roles.topic, roles.affiliation)
        )
        if not actor or not topic:
            return "without an actor or a topic"
        value = mark.values.get(roles.stance, "")
        stance = roles.stances.get(value) if roles.stance else extras.get("stance")
        if stance is None:
            return "without a stance, or with a value that is none"
        likely = "person" if actor_variable == PERSON else likely_type(actor)
        return {
            "actor_type": self._types.get(actor) or likely,
            "affiliation": "" if affiliation == actor else affiliation,
            **{name: value for name, value in extras.items() if name not in {"actor", "topic"}},
            "actor": actor,
            "topic": topic,
            "stance": stance,
        }

    @cached_property
    def _entities(self) -> list[tuple[str, Mapping[str, str]]]:
        """The names of all that can be an actor, with their attributes."""
        actors = {
            each.id
            for number, roles in self.roles.items()
            for each in self.database.statement_types[number].variables
            if each.name in {*roles.actors, roles.affiliation}
        }
        found = (one for one in self.database.entities.values() if one.variable in actors)
        return [(_nfc(one.value), one.attributes) for one in found if one.value]

    @cached_property
    def _types(self) -> dict[str, ActorType]:
        """The types that attributes tell."""
        return {
            name: kind
            for name, attributes in self._entities
            for kind in ACTOR_TYPES
            if attributes.get(_TYPE, "").strip().casefold() == kind
        }

    @cached_property
    def _aliases(self) -> dict[str, tuple[str, ...]]:
        """The other names that attributes tell."""
        parts = (
            (name, {part.strip() for part in attributes.get(_ALIAS, "").split(";")})
            for name, attributes in self._entities
        )
        return {name: tuple(sorted(others - {"", name})) for name, others in parts}

    # --- what else there is to tell -----------------------------------------------------------

    def _topics(self) -> Iterator[str]:
        """Yield the topics that coders listed, used or not."""
        variables = {
            each.id
            for number, roles in self.roles.items()
            for each in self.database.statement_types[number].variables
            if each.name == roles.topic and not is_ours(self.database.statement_types[number])
        }
        for entity in self.database.entities.values():
            if entity.variable in variables and entity.value:
                yield _nfc(entity.value)

    def _notes(self) -> Iterator[str]:
        for number, roles in self.roles.items():
            if roles.stance:
                label = self.database.statement_types[number].label
                yield f"'{label}': {roles.describe()}"
        for reason, count in sorted(self.lost.items()):
            yield (
                f"{counted(count, 'coding')} {reason}: kept for a .dna export, "
                "but no statement here"
            )
        if self.changed:
            yield (
                f"{counted(self.changed, 'statement')} got the affiliation or type that the actor "
                "has first in the article; a .dna export has what was coded"
            )
        for what, count in self.database.left_out.items():
            if count:
                yield f"{count:,} {what} left out"


@dataclass(slots=True)
class _Made:
    """The statements of an article, and what their extras tell of names.

    The ids in the extras are of this article if it `keeps_ids`.
    """

    keeps_ids: bool

    statements: list[Statement] = field(default_factory=list)
    types: dict[str, ActorType] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()

    def note(self, statement: Statement, extras: Mapping[str, Any]) -> None:
        self.statements.append(statement)
        types = _mapping(extras.get("types"))
        self.types |= {name: kind for name, kind in types.items() if kind in ACTOR_TYPES}
        self.topics |= {statement.topic} & types.keys()
        local = extras.get("local")
        self.local |= frozenset(map(str, local if isinstance(local, list) else ()))


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _name(value: Any, extras: Mapping[str, Any]) -> str:
    """Return a name in full, where DNA shows only a part of it or more than that."""
    full = _mapping(extras.get("names")).get(value, value)
    return str(full) if extras else _nfc(str(full))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _iso(article: Article) -> str:
    return article.date.isoformat() if article.date else ""


def _stem(path: Path) -> str:
    return _nfc(path.stem)
