"""Tables of statements as articles: with their texts where these are known, else of their quotes.

A table has the words behind each statement, but not the article around them. Where neither the
store nor the table has its text, the article consists of these words, and is marked as partial.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from graphkit.article import Article
from graphkit.coding import CodedArticle, Coding
from graphkit.digest import digest
from graphkit.errors import ImportFault
from graphkit.importing.actors import Known, extraction_of, likely_type, told_apart, topics_of
from graphkit.importing.fields import coded_id, is_empty, to_integer, to_statement
from graphkit.importing.parcel import Choices, Parcel, listed, some_of
from graphkit.importing.quotes import Quote, text_of_quotes
from graphkit.importing.rows import Row, read_rows
from graphkit.statement import STANCES, ActorType, Span, Statement
from graphkit.wording import counted

_SPANS = ("actor_span", "cue_span", "topic_span")


class Library(Protocol):
    """What the store knows before the import."""

    def article(self, name: str) -> Article | None:
        """Return the article with an id, if its whole text is known."""

    def home(self, statement: str) -> str:
        """Return the id of the article that has a statement, "" if there is none."""

    def actor_type(self, name: str) -> ActorType | None:
        """Return the type of the actor with a name, if there is one and only one."""


def read_table_parcel(path: Path, choices: Choices, library: Library) -> Parcel:
    """Read a table of statements to import it.

    Wrong rows are faults of the parcel, each with its line. Raise ImportFault for a file that
    cannot be read, or that lacks a column.
    """
    parcel = Parcel(file=path.name)
    rows, unknown = read_rows(path, choices, parcel.faults.append)
    reading = _Reading(path, library, choices.coder, parcel.faults)
    found = [reading.article(name, members) for name, members in _by_article(path, rows).items()]
    articles = [article for article in found if article]
    apart = told_apart(article.extraction for article in articles)
    parcel.articles = [
        replace(article, extraction=extraction)
        for article, extraction in zip(articles, apart, strict=True)
    ]
    parcel.topics = tuple(sorted(topics_of(apart)))
    parcel.faults.sort(key=_line)
    parcel.notes = [*_notes(reading, articles, unknown)]
    return parcel


def _line(fault: ImportFault) -> int:
    """Return the line that a fault names, 0 without one."""
    match = re.search(r":(\d+): ", str(fault))
    return int(match[1]) if match else 0


def _by_article(path: Path, rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.text("article") or _made_id(path, row), []).append(row)
    return groups


def _made_id(path: Path, row: Row) -> str:
    """Name the article of a row that names none: equal quotes from one place are of one."""
    told = [row.text("text") or row.text("evidence")]
    told += [row.text(name) for name in ("title", "source", "url", "date")]
    return f"{path.stem}-{digest('|'.join(told), 12)}"


@dataclass
class _Reading:
    """The way from rows to articles; it notes what users may want to know."""

    path: Path
    library: Library
    coder: str
    faults: list[ImportFault]
    places: dict[str, tuple[str, Statement]] = field(default_factory=dict)
    guessed: dict[str, ActorType] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    changed: int = 0

    def article(self, name: str, rows: Sequence[Row]) -> CodedArticle | None:
        """Return the article with an id; None if none of its rows can be used."""
        known = self.library.article(name)
        text = "" if known else _whole_text(rows)
        article = known or _article(name, text or text_of_quotes(_quotes(rows)), rows)
        statements: list[Statement] = []
        codings: list[Coding] = []
        numbers: Counter[Span] = Counter()
        for row in rows:
            try:
                statement = self._statement(row, article, numbers)
            except ValueError as error:
                self._refuse(row, str(error))
                continue
            if statement:
                statements.append(statement)
                coder = row.text("coder") or self.coder
                codings.append(Coding(number=len(statements), coder=coder, statement=statement.id))
        if not statements:
            return None
        types = {
            name: kind
            for one in statements
            for name in (one.affiliation, *one.speaker.split(" < "))
            if name and (kind := self.library.actor_type(name))
        }
        extraction, changed = extraction_of(article, statements, Known(types))
        self.changed += changed
        return CodedArticle(
            extraction=extraction, codings=tuple(codings), is_partial=not (known or text)
        )

    def _refuse(self, row: Row, reason: str) -> None:
        self.faults.append(ImportFault(f"{row.place}: {reason}"))

    def _statement(self, row: Row, article: Article, numbers: Counter[Span]) -> Statement | None:
        """Return the statement of a row, None if another row tells the same.

        Raise ValueError that says what is wrong with it.
        """
        span = _place(row, article)
        values = {**row.values, "start": span[0], "end": span[1]}
        if is_empty(row.values.get("start")):
            values |= dict.fromkeys(_SPANS)  # of which text they are nobody knows
        if "date" not in values:
            values["date"] = article.date.isoformat() if article.date else ""
        actor, stance = row.text("actor"), row.text("stance")
        if stance and stance not in STANCES:
            hint = f"say what it means with --stance-value {stance}=supports, or another stance"
            raise ValueError(f"the stance '{stance}' is unknown; {hint}")
        if actor and not values.get("actor_type"):
            values["actor_type"] = self._type(actor)
        if values.get("id"):
            self.given.add(values["id"])
        else:
            values["id"] = coded_id(article.id, span, numbers[span])
            numbers[span] += 1
        statement = to_statement(values, article.id, article.text)
        if values["actor_type"] != row.values.get("actor_type"):
            self.guessed |= {statement.actor: statement.actor_type}
        return statement if self._is_new(statement, row.place) else None

    def _type(self, name: str) -> ActorType:
        return self.library.actor_type(name) or likely_type(name)

    def _is_new(self, statement: Statement, place: str) -> bool:
        """Tell whether no other has the id. Raise ValueError if another one has."""
        earlier = self.places.setdefault(statement.id, (place, statement))
        if earlier[0] != place and earlier[1] != statement:
            raise ValueError(f"the id {statement.id} is that of {earlier[0]}")
        home = self.library.home(statement.id) if statement.id in self.given else ""
        if home not in {"", statement.article}:
            raise ValueError(f"the id {statement.id} is that of a statement of article '{home}'")
        return earlier[0] == place


def _whole_text(rows: Iterable[Row]) -> str:
    return next((text for row in rows if (text := row.text("text"))), "")


def _quotes(rows: Iterable[Row]) -> Iterator[Quote]:
    for row in rows:
        with suppress(ValueError):  # which is told when the row becomes a statement
            words, start = row.text("evidence"), _start(row)
            if words and (start is None or start + len(words) == to_integer(row.values.get("end"))):
                yield Quote(words, start)


def _start(row: Row) -> int | None:
    value = row.values.get("start")
    return None if is_empty(value) else to_integer(value)


def _place(row: Row, article: Article) -> Span:
    """Return where the words of a row are. Raise ValueError if they are not there."""
    words, start = row.text("evidence"), _start(row)
    if not words:
        raise ValueError("no evidence, which is the sentence or the words that show the stance")
    if start is None:
        start = article.text.find(words)
        if start < 0:
            raise ValueError(f"the evidence is not in the text of article '{article.id}'")
        return start, start + len(words)
    end = to_integer(row.values.get("end"))
    if start < 0 or article.text[start:end] != words:
        raise ValueError(f"the evidence is not what article '{article.id}' has at {start} to {end}")
    return start, end


def _article(name: str, text: str, rows: Sequence[Row]) -> Article:
    """Return an article of what its rows tell; its day is the one that all of them have."""
    days = {row.text("date") for row in rows}
    return Article(
        id=name,
        text=text,
        date=_day(days.pop()) if len(days) == 1 else None,
        **{
            key: next((told for row in rows if (told := row.text(key))), "")
            for key in ("title", "source", "url")
        },
    )


def _day(text: str) -> datetime.date | None:
    """Return a day; a text that is none is told of with its row."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _notes(
    reading: _Reading, articles: Sequence[CodedArticle], unknown: Sequence[str]
) -> Iterator[str]:
    if unknown:
        yield f"left out, since nothing here is called so: {listed(unknown)}"
    partial = sum(article.is_partial for article in articles)
    if partial:
        yield f"{counted(partial, 'article')} without a text: made of what is quoted"
    names = [name for name, kind in reading.guessed.items() if kind == "organization"]
    if names:
        yield f"taken for organizations, for want of a column actor_type: {some_of(names)}"
    if reading.changed:
        yield (
            f"{counted(reading.changed, 'statement')} got the affiliation or type that the actor "
            "has first in the article"
        )
