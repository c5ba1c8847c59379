"""A store as a database of DNA 3: what coders made of it as they did, and our statements beside it.

Our statements are of a type with the variables of DNA's own: person, organization, concept and
agreement, which is 1 or 0. Ambivalent ones, of which agreement would say what they do not, are of a
type of their own without it. What else we know of a statement is in a long text variable; see
`dna.extras`.
"""

import datetime
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from graphkit.article import Article
from graphkit.coding import CODED, CodedArticle, Coding
from graphkit.coding_records import Scheme, read_coded_article, read_scheme
from graphkit.dna.extras import join_notes
from graphkit.dna.offsets import JavaText
from graphkit.dna.passwords import PASSWORD
from graphkit.dna.records import CodedStatement, Coder, Database, Document, Value
from graphkit.dna.schema import VERSION
from graphkit.dna.writing import ADMIN, dna_bytes
from graphkit.export import Report
from graphkit.export.dna_entities import all_entities, shortened
from graphkit.export.dna_statements import AMBIVALENT, OwnStatements
from graphkit.statement import Extraction, Span, Statement
from graphkit.store import Store
from graphkit.wording import counted

PROGRAM = "graphkit"
"""The coder of statements that nobody coded."""

_ADMIN = "Admin"
_LAST = 2**63  # sorts articles that no coder numbered behind those that one did


def export_dna(store: Store, stream: BinaryIO) -> Report:
    """Write all articles and statements of a store as a database of DNA 3.

    Raise DnaError for what its tables cannot hold.
    """
    building = _Building(store)
    database = building.database()
    stream.write(dna_bytes(database))
    return Report(len(database.statements), notes=tuple(building.notes()))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A statement before it has an id: its place, and the order among those at the same."""

    span: Span
    number: int
    coder: str
    type: int
    values: Mapping[str, Value]


@dataclass
class _Building:
    """The way from a store to a database; it counts what DNA has in another form than we."""

    store: Store
    coders: set[str] = field(default_factory=set)
    shortened: int = 0
    undated: int = 0
    other_days: int = 0

    @cached_property
    def scheme(self) -> Scheme:
        return read_scheme(self.store)

    @cached_property
    def own(self) -> OwnStatements:
        return OwnStatements(self.store, self.scheme)

    @cached_property
    def statements(self) -> Mapping[str, Mapping[str, Statement]]:
        """The statements of each article by their ids."""
        found: dict[str, dict[str, Statement]] = defaultdict(dict)
        for statement in self.store.statements():
            found[statement.article][statement.id] = statement
        return found

    def database(self) -> Database:
        articles = sorted(
            (self._article(article) for article in self.store.articles()),
            key=lambda coded: (coded.number or _LAST, coded.extraction.article.id),
        )
        marks = [sorted(self._marks(one), key=lambda m: (m.span, m.number)) for one in articles]
        types = {**{kind.id: kind for kind in self.scheme.types.values()}, **self.own.types}
        self.coders |= {one.coder for one in articles} | {m.coder for each in marks for m in each}
        self.coders |= self.scheme.coders.keys()
        ids = {name: n for n, name in enumerate(sorted(self.coders - {"", _ADMIN}), ADMIN + 1)}
        ids |= {_ADMIN: ADMIN, "": ADMIN}
        documents = {
            number: self._document(number, article, ids[article.coder])
            for number, article in enumerate(articles, start=1)
        }
        statements = tuple(self._coded(marks, documents, ids))
        entities = all_entities(types.values(), statements, self.scheme, self.own.attributes)
        return Database(
            version=VERSION,
            coders={number: self._coder(name) for name, number in ids.items() if name},
            documents=documents,
            statement_types=types,
            entities=entities,
            statements=statements,
            attributes={**self.scheme.attributes, **self.own.attribute_names},
            regexes=self.scheme.regexes,
        )

    def notes(self) -> Iterator[str]:
        """Yield in words what DNA has in another form."""
        yield f"DNA asks for a coder and a password: {_ADMIN}, '{PASSWORD}'"
        if self.own.ambivalent:
            told = counted(self.own.ambivalent, "ambivalent statement")
            yield f"{told} stand as '{AMBIVALENT}', since agreement is yes or no"
        for number, what in (
            (self.undated, "document{s} without a date stand{z} at 1970-01-01"),
            (self.other_days, "statement{s} on another day than the article stand{z} at that day"),
            (self.shortened + self.own.shortened, "long name{s} shortened to 190 characters"),
        ):
            if number:
                words = what.format(s="" if number == 1 else "s", z="s" if number == 1 else "")
                yield f"{number:,} {words}"

    def _article(self, article: Article) -> CodedArticle:
        text = self.store.article(article.id)
        extraction = Extraction(article=text, statements=(), attributions=(), actors=())
        return read_coded_article(self.store, extraction, self.scheme)

    def _document(self, number: int, coded: CodedArticle, coder: int) -> Document:
        article = coded.extraction.article
        title, source = (shortened(text) for text in (article.title or article.id, article.source))
        kept = {"title": title != article.title, "source": source != article.source}
        extras = {"article": article.id, **({"url": article.url} if article.url else {})}
        extras |= {name: getattr(article, name) for name, is_kept in kept.items() if is_kept}
        moment = coded.moment or _midnight(article.date)
        self.undated += moment is None
        self.shortened += len(article.title) > len(title)
        self.shortened += len(article.source) > len(source)
        return Document(
            id=number,
            title=title,
            text=article.text,
            coder=coder,
            author=shortened(coded.author),
            source=source,
            section=shortened(coded.section),
            notes=join_notes(coded.notes, extras if moment else {**extras, "date": None}),
            type=shortened(coded.type),
            date=moment,
        )

    def _marks(self, coded: CodedArticle) -> Iterator[_Mark]:
        """Yield the codings of an article as they were, and the statements without any."""
        article = coded.extraction.article
        statements = dict(self.statements.get(article.id, {}))
        renamed = self._renamed(article.id, statements)
        coders = {}
        for coding in coded.codings:
            coders[coding.statement] = coding.coder
            kind = self.scheme.types.get(coding.type)
            if kind and coding.span:
                values = _with_names(coding, renamed.get(coding.statement, {}))
                yield _Mark(coding.span, coding.number, coding.coder, kind.id, values)
                statements.pop(coding.statement, None)
        for number, statement in enumerate(statements.values()):
            self.other_days += statement.date != article.date
            coder = coders.get(statement.id) or ("" if statement.rule == CODED else PROGRAM)
            kind_id, own = self.own.values(statement, article)
            yield _Mark((statement.start, statement.end), number, coder, kind_id, own)

    def _renamed(
        self, article: str, statements: Mapping[str, Statement]
    ) -> dict[str, dict[str, str]]:
        """Return what the user's corrections call actors and topics of each statement instead."""
        if not self._is_corrected:
            return {}
        return {
            told.id: {
                getattr(told, name): getattr(statements[told.id], name)
                for name in ("affiliation", "topic", "actor")
                if getattr(told, name) and getattr(statements[told.id], name)
            }
            for told in self.store.extraction(article).statements
            if told.id in statements
        }

    @cached_property
    def _is_corrected(self) -> bool:
        return bool(self.store.curations.corrections)

    def _coded(
        self,
        marks: Iterable[Iterable[_Mark]],
        documents: Mapping[int, Document],
        coders: Mapping[str, int],
    ) -> Iterator[CodedStatement]:
        number = 0
        for document, listed in zip(documents.values(), marks, strict=True):
            text = JavaText(document.text)
            for mark in listed:
                number += 1
                yield CodedStatement(
                    id=number,
                    type=mark.type,
                    document=document.id,
                    start=text.unit(mark.span[0]),
                    stop=text.unit(mark.span[1]),
                    coder=coders[mark.coder],
                    values=mark.values,
                )

    def _coder(self, name: str) -> Coder:
        return self.scheme.coders.get(name) or Coder(name=shortened(name))


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    return datetime.datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001


def _with_names(coding: Coding, renamed: Mapping[str, str]) -> dict[str, Value]:
    """Return the values of a coding with other names where the user's corrections say so."""
    return {
        name: renamed.get(unicodedata.normalize("NFC", value), value)
        if isinstance(value, str)
        else value
        for name, value in coding.values.items()
    }
