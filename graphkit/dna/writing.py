"""Write a database of DNA 3: the same content always gives the same bytes."""

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from graphkit.dna.passwords import PASSWORD, digest_of
from graphkit.dna.reading import EPOCH
from graphkit.dna.records import (
    BLACK,
    CodedStatement,
    Coder,
    Database,
    DataType,
    Document,
    Entity,
    StatementType,
)
from graphkit.dna.schema import RELEASED, VERSION, iter_definitions
from graphkit.errors import DnaError

ADMIN = 1
"""The id of the coder whom DNA calls the administrator, and lets do anything."""

_TABLES: Mapping[DataType, str] = {
    "short text": "DATASHORTTEXT",
    "long text": "DATALONGTEXT",
    "integer": "DATAINTEGER",
    "boolean": "DATABOOLEAN",
}


def dna_bytes(database: Database) -> bytes:
    """Return the file of a database that DNA 3 opens; every coder has the password `PASSWORD`.

    A document without a date is dated 1970-01-01, since DNA knows no unknown date. Each short text
    variable needs an entity for each value that statements have. Raise DnaError for what the tables
    refuse, such as names of more than `schema.LONGEST` characters.
    """
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            for definition in iter_definitions():
                connection.execute(definition)
            connection.execute("BEGIN")
            for table, rows in _tables(database).items():
                _insert(connection, table, rows)
            connection.execute("COMMIT")
            _check(connection)
            connection.execute("VACUUM")
            return connection.serialize()
    except (sqlite3.Error, OverflowError) as error:
        raise DnaError(f"DNA cannot hold this: {' '.join(str(error).split())}.") from error


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        marks = ", ".join("?" * len(row))
        connection.execute(
            f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})",  # noqa: S608
            tuple(row.values()),
        )


def _check(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise DnaError(f"A row of {broken[0]} leads to one of {broken[2]} that is not there.")


def _tables(database: Database) -> dict[str, Iterable[Mapping[str, Any]]]:
    """Return the rows of each table, in an order in which none leads to a later table."""
    types = database.statement_types.values()
    return {
        "SETTINGS": (
            {"Property": name, "Value": value}
            for name, value in (("version", VERSION), ("date", RELEASED))
        ),
        "CODERS": (_coder(number, coder) for number, coder in database.coders.items()),
        "CODERRELATIONS": _relations(database.coders),
        "DOCUMENTS": (_document(document) for document in database.documents.values()),
        "STATEMENTTYPES": (
            {"ID": one.id, "Label": one.label, **_colour(one.colour)} for one in types
        ),
        "VARIABLES": (
            {"ID": each.id, "Variable": each.name, "DataType": each.data_type}
            | {"StatementTypeId": one.id}
            for one in types
            for each in one.variables
        ),
        "REGEXES": (
            {"Label": label, **_colour(colour)} for label, colour in database.regexes.items()
        ),
        "ENTITIES": (_entity(entity) for entity in database.entities.values()),
        **_attributes(database),
        "STATEMENTS": (_statement(statement) for statement in database.statements),
        **_values(database),
    }


def _colour(colour: tuple[int, int, int] | None) -> dict[str, int | None]:
    red, green, blue = colour or (None, None, None)
    return {"Red": red, "Green": green, "Blue": blue}


def _coder(number: int, coder: Coder) -> dict[str, Any]:
    password = digest_of(PASSWORD, coder.name)
    return {"ID": number, "Name": coder.name, **_colour(coder.colour), "Password": password}


def _relations(coders: Mapping[int, Coder]) -> Iterator[dict[str, int]]:
    """Yield a row for each pair; all may see and edit what the others did."""
    pairs = ((one, other) for one in coders for other in coders if one != other)
    for number, (one, other) in enumerate(pairs, start=1):
        yield {"ID": number, "Coder": one, "OtherCoder": other}


def _document(document: Document) -> dict[str, Any]:
    texts = ("title", "text", "author", "source", "section", "notes", "type")
    seconds = (document.date or EPOCH) - EPOCH
    return {
        "ID": document.id,
        **{name.title(): getattr(document, name) for name in texts},
        "Coder": document.coder,
        "Date": seconds // datetime.timedelta(seconds=1),
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "ID": entity.id,
        "VariableId": entity.variable,
        "Value": entity.value,
        **_colour(entity.colour or BLACK),
        "ChildOf": entity.parent,
    }


def _attributes(database: Database) -> dict[str, Iterable[dict[str, Any]]]:
    """Return the attributes of each variable, and a value of each for each of its entities."""
    names = [(variable, name) for variable, named in database.attributes.items() for name in named]
    ids = {name: number for number, name in enumerate(names, start=1)}
    values = [
        {"EntityId": entity.id, "AttributeVariableId": ids[entity.variable, name]}
        | {"AttributeValue": entity.attributes.get(name, "")}
        for entity in database.entities.values()
        for name in database.attributes.get(entity.variable, ())
    ]
    return {
        "ATTRIBUTEVARIABLES": (
            {"ID": number, "VariableId": variable, "AttributeVariable": name}
            for (variable, name), number in ids.items()
        ),
        "ATTRIBUTEVALUES": ({"ID": n, **value} for n, value in enumerate(values, start=1)),
    }


def _statement(statement: CodedStatement) -> dict[str, int | None]:
    return {
        "ID": statement.id,
        "StatementTypeId": statement.type,
        "DocumentId": statement.document,
        "Start": statement.start,
        "Stop": statement.stop,
        "Coder": statement.coder,
    }


def _values(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return the values of statements; a text that is missing is empty, as DNA expects it."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in sorted(_TABLES.values())}
    entities = {(one.variable, one.value): one.id for one in database.entities.values()}
    for statement in database.statements:
        for variable in _type_of(statement, database).variables:
            is_text = variable.data_type.endswith("text")
            value: Any = statement.values.get(variable.name, "" if is_text else None)
            if value is None:
                continue
            table, column = _TABLES[variable.data_type], "Value"
            if table == "DATASHORTTEXT":
                column, value = "Entity", entities[variable.id, value]
            row = {"ID": len(rows[table]) + 1, "StatementId": statement.id}
            rows[table].append({**row, "VariableId": variable.id, column: value})
    return rows


def _type_of(statement: CodedStatement, database: Database) -> StatementType:
    return database.statement_types[statement.type]
