"""A small database as DNA 3 makes it, about a quarrel over a harbour; all of it is our own."""

import calendar
import datetime
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL,
    Coder INTEGER, Author TEXT, Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT, DataType TEXT,
    StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER,
    DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER, Value TEXT);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
    VariableId INTEGER, Entity INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
    VariableId INTEGER, Value TEXT);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
    VariableId INTEGER, Value INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER,
    VariableId INTEGER, Value INTEGER);
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER,
    AttributeVariable TEXT);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER,
    AttributeVariableId INTEGER, AttributeValue TEXT);
"""

TEXT = "⚓🚢 Pilots want tugs. The port says tugs cost too much."
"""The ship is one character, but two of Java's."""

PILOTS, PORT = (4, 22), (22, 55)  # as Java counts


def _seconds(*moment: int) -> int:
    return calendar.timegm(datetime.datetime(*moment).timetuple())  # type: ignore[misc]


ROWS: dict[str, list[tuple[Any, ...]]] = {
    "SETTINGS": [("version", "3.0.11"), ("date", "2023-05-01")],
    "CODERS": [(1, "Admin"), (2, "Ida")],
    "DOCUMENTS": [
        (1, "Tugs", TEXT, 2, "Ola", "The Quay", "", "", "News", _seconds(2023, 5, 2, 8, 30)),
        (2, "More tugs", "No tugs!", 2, "", "The Quay", "", "", "", _seconds(1969, 12, 31)),
    ],
    "STATEMENTTYPES": [(1, "Position"), (2, "Unused")],
    "VARIABLES": [
        (1, "group", "short text", 1),
        (2, "demand", "short text", 1),
        (3, "agrees", "boolean", 1),
        (4, "force", "integer", 1),
        (5, "remark", "long text", 1),
    ],
    "STATEMENTS": [(1, 1, 1, *PILOTS, 2), (2, 1, 1, *PORT, 2), (3, 1, 2, 0, 8, 1)],
    "ENTITIES": [
        (1, 1, ""),
        (2, 1, "Pilots"),
        (3, 1, 'Port "Authority"; Ltd'),
        (4, 2, "more tugs"),
    ],
    "DATASHORTTEXT": [
        (1, 1, 1, 2),
        (2, 1, 2, 4),
        (3, 2, 1, 3),
        (4, 2, 2, 4),
        (5, 3, 1, 1),
        (6, 3, 2, 4),
    ],
    "DATALONGTEXT": [(1, 1, 5, "off the record"), (2, 2, 5, None)],
    "DATAINTEGER": [(1, 1, 4, 3), (2, 2, 4, -2), (3, 3, 4, 0)],
    "DATABOOLEAN": [(1, 1, 3, 1), (2, 2, 3, 0), (3, 3, 3, 0)],
    "ATTRIBUTEVARIABLES": [(1, 1, "Type"), (2, 1, "Alias")],
    "ATTRIBUTEVALUES": [(1, 2, 1, "union"), (2, 2, 2, ""), (3, 3, 1, "company")],
}


def make_dna(path: Path, changes: Sequence[str] = ()) -> Path:
    """Write the database to a file, after SQL commands that change or break it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA synchronous = OFF; BEGIN; {SCHEMA}")
        for table, rows in ROWS.items():
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        for change in changes:
            connection.execute(change)
        connection.commit()
    return path
