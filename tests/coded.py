"""Databases of DNA for the tests: one of our own making, and any that hypothesis thinks of."""

import datetime
from pathlib import Path

from hypothesis import strategies as st

from graphkit.dna.records import (
    CodedStatement,
    Coder,
    Colour,
    Database,
    DataType,
    Document,
    Entity,
    StatementType,
    Value,
    Variable,
)
from graphkit.dna.schema import VERSION
from graphkit.dna.writing import dna_bytes

VARIABLES: tuple[tuple[str, DataType], ...] = (
    ("person", "short text"),
    ("organization", "short text"),
    ("concept", "short text"),
    ("agreement", "boolean"),
    ("strength", "integer"),
    ("kind", "short text"),
    ("remark", "long text"),
)
AWKWARD = (
    "",
    "Ida",
    "ida",
    "Ída",
    "The Ida",
    "I. Ida",
    "IDA",
    "Norway",
    "a < b",
    'x"; DROP TABLE y --',
    "🚢 line",
    " blank ",
    "e\u0301l",
    "él",
    "<b>&amp;</b>",
    "?!",
    "the tugs",
    "Tugs",
    "more tugs",
    "more tugs and fewer pilots",
)
"""Names that are easily taken for each other, or for something else than names."""

TEXTS = (
    "Tugs are needed. No, they are not.",
    "🚢🚢 Tugs e\u0301lan; \r\n\r\nno \u1112\u1161\u11ab.",
    "e\u0301\u0327x\rTugs",
)


def write_dna(database: Database, path: Path) -> Path:
    """Write a database to a file."""
    path.write_bytes(dna_bytes(database))
    return path


def make_database(
    rows: list[tuple[str, str, str, bool]], text: str = TEXTS[0], **more: object
) -> Database:
    """Return a database of one document, in which each row is a statement on all of the text.

    A row is person, organization, concept and agreement.
    """
    values: list[dict[str, Value]] = [
        {**dict(zip(("person", "organization", "concept"), row, strict=False)), "agreement": row[3]}
        for row in rows
    ]
    length = len(text.encode("utf-16-le")) // 2
    statements = tuple(
        CodedStatement(id=n, type=1, document=1, start=0, stop=length, coder=2, values=value)
        for n, value in enumerate(values, start=1)
    )
    document = Document(
        id=1,
        title="Tugs",
        text=text,
        coder=2,
        author="Ola",
        source="The Quay",
        section="Harbour",
        notes="read twice",
        type="News",
        date=datetime.datetime(2023, 5, 2, 8, 30),  # DNA's have no zone
    )
    return _database({1: document}, statements, VARIABLES[:4], **more)


def _database(
    documents: dict[int, Document],
    statements: tuple[CodedStatement, ...],
    variables: tuple[tuple[str, DataType], ...],
    **more: object,
) -> Database:
    kind = StatementType(
        id=1,
        label="DNA Statement",
        variables=tuple(
            Variable(id=n, name=name, data_type=data_type)
            for n, (name, data_type) in enumerate(variables, start=1)
        ),
        colour=(12, 34, 56),
    )
    short = [one for one in kind.variables if one.data_type == "short text"]
    values = [
        (one.id, value)
        for one in short
        for value in sorted({"", *(str(s.values.get(one.name, "")) for s in statements)})
    ]
    entities = {
        n: Entity(
            id=n,
            variable=variable,
            value=value,
            attributes={"Type": "", "Alias": f"alias of {value}" if value else "", "Notes": ""},
            colour=(n % 256, 0, 0),
        )
        for n, (variable, value) in enumerate(values, start=1)
    }
    fields = {
        "version": VERSION,
        "coders": {1: Coder(name="Admin"), 2: Coder(name="Ida", colour=(1, 2, 3))},
        "documents": documents,
        "statement_types": {1: kind},
        "entities": entities,
        "statements": statements,
        "attributes": {one.id: ("Type", "Alias", "Notes") for one in short},
        "regexes": {"tug(s)?": (255, 0, 0)},
        "left_out": {"links between variables": 0},
    }
    return Database(**(fields | more))  # type: ignore[arg-type]  # of many types


@st.composite
def databases(draw: st.DrawFn) -> Database:
    """Draw a database with up to three documents and eight statements of one type."""
    colours: st.SearchStrategy[Colour] = st.tuples(*[st.integers(0, 255)] * 3)
    moments = st.datetimes(datetime.datetime(1950, 1, 1), datetime.datetime(2030, 1, 1))
    words = st.sampled_from(AWKWARD)
    documents = {
        n: Document(
            id=n,
            title=draw(words),
            text=draw(st.sampled_from(TEXTS)),
            coder=draw(st.sampled_from([1, 2])),
            author=draw(words),
            source=draw(words),
            section=draw(words),
            notes=draw(st.sampled_from(["", "read\ntwice"])),
            type=draw(words),
            date=draw(moments).replace(microsecond=0),
        )
        for n in range(1, draw(st.integers(1, 3)) + 1)
    }
    statements = tuple(
        _statement(draw, n, documents, words) for n in range(1, draw(st.integers(0, 8)) + 1)
    )
    return _database(
        documents,
        statements,
        VARIABLES,
        regexes={"tug": draw(colours)} if draw(st.booleans()) else {},
    )


def _statement(
    draw: st.DrawFn, number: int, documents: dict[int, Document], words: st.SearchStrategy[str]
) -> CodedStatement:
    document = draw(st.sampled_from([*documents.values()]))
    length = len(document.text.encode("utf-16-le")) // 2
    ends = st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True)
    start, stop = sorted(draw(ends))
    values: dict[str, Value] = {
        "person": draw(words),
        "organization": draw(words),
        "concept": draw(words),
        "agreement": draw(st.booleans()),
        "strength": draw(st.integers(-2, 2)),
        "kind": draw(words),
        "remark": draw(words),
    }
    return CodedStatement(
        id=number,
        type=1,
        document=document.id,
        start=start,
        stop=stop,
        coder=draw(st.sampled_from([1, 2])),
        values=values,
    )
