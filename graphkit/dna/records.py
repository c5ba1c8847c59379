"""What a database of the Discourse Network Analyzer holds."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DataType = Literal["short text", "long text", "integer", "boolean"]
Value = str | int | bool
Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """Who codes, and the colour of that."""

    name: str
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with what is known of it; `date` is in UTC and has no time zone, None is unknown."""

    id: int
    title: str
    text: str
    coder: int | None
    author: str
    source: str
    section: str
    notes: str
    type: str
    date: datetime.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable of one statement type."""

    id: int
    name: str
    data_type: DataType


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementType:
    """A kind of statements, with the variables that each of them has."""

    id: int
    label: str
    variables: tuple[Variable, ...]
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One value of a short text variable, such as an organization, with its attributes.

    `parent` is the id of the entity that it is a child of.
    """

    id: int
    variable: int
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    colour: Colour | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedStatement:
    """A statement coded in a document, with a value for each variable by its name.

    `start` and `stop` count UTF-16 units of the document's text, as Java does; see
    `selected_text`. A variable without a value in the file is missing.
    """

    id: int
    type: int
    document: int
    start: int
    stop: int
    coder: int | None
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """All that was read, each in the order of its ids.

    `attributes` are the names of attributes of each variable by its id, `regexes` the expressions
    that DNA highlights, by their colours. `left_out` counts what is not read.
    """

    version: str
    coders: Mapping[int, Coder]
    documents: Mapping[int, Document]
    statement_types: Mapping[int, StatementType]
    entities: Mapping[int, Entity]
    statements: tuple[CodedStatement, ...]
    attributes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    regexes: Mapping[str, Colour] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)


def selected_text(statement: CodedStatement, document: Document) -> str:
    """Return the words that a statement marks in its document.

    Java counts a character beyond U+FFFF as two.
    """
    units = document.text.encode("utf-16-le", "surrogatepass")
    selected = units[2 * statement.start : 2 * statement.stop]
    return selected.decode("utf-16-le", "replace")
