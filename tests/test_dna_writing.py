"""What is written is a database of DNA 3: its tables, its rules, and all that was to be in it."""

import base64
import dataclasses
import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings

from coded import databases, make_database, write_dna
from graphkit.dna.passwords import PASSWORD, digest_of
from graphkit.dna.reading import read_dna
from graphkit.dna.records import Coder, Database, Entity
from graphkit.dna.schema import iter_definitions
from graphkit.dna.writing import dna_bytes
from graphkit.errors import DnaError

EXAMPLE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "networks" / "rich.dna"
ROWS = [("Ida", "Pilots", "more tugs", True), ("", "Port", "more tugs", False)]


@given(database=databases())
@settings(max_examples=30)
def test_what_is_written_is_read_back(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write_dna(database, tmp_path_factory.mktemp("written") / "any.dna")
    assert read_dna(path) == database


def test_the_same_content_gives_the_same_bytes() -> None:
    assert dna_bytes(make_database(ROWS)) == dna_bytes(make_database(ROWS))


def test_the_database_is_whole(tmp_path: Path) -> None:
    path = write_dna(make_database(ROWS), tmp_path / "x.dna")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (count,) = connection.execute("SELECT COUNT(*) FROM CODERRELATIONS").fetchone()
        permissions = connection.execute(
            "SELECT PermissionAddStatements, PermissionEditCoders FROM CODERS"
        ).fetchall()
    assert count == 2
    assert permissions == [(1, 1), (1, 1)]


def test_the_first_entity_of_a_variable_is_the_empty_text(tmp_path: Path) -> None:
    database = read_dna(write_dna(make_database(ROWS), tmp_path / "x.dna"))
    first = {one.variable: one.value for one in reversed(database.entities.values())}
    assert first == {1: "", 2: "", 3: ""}


def test_passwords_are_checked_as_dna_checks_them(tmp_path: Path) -> None:
    path = write_dna(make_database(ROWS), tmp_path / "x.dna")
    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT Password FROM CODERS WHERE Name = 'Ida'").fetchone()[0]
    content = base64.b64decode(stored)
    salt, expected = content[:16], content[16:]
    digest = salt + PASSWORD.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    assert digest == expected
    assert digest_of(PASSWORD, "Ida") != digest_of(PASSWORD, "Ola")


def test_what_the_tables_refuse_is_told_in_one_line() -> None:
    long = dataclasses.replace(make_database(ROWS), coders={1: Coder(name="x" * 191)})
    with pytest.raises(DnaError, match=r"^DNA cannot hold this: CHECK constraint failed: .*\.$"):
        dna_bytes(long)


def test_a_row_that_leads_nowhere_is_told() -> None:
    stray = Entity(id=99, variable=77, value="stray")
    database = make_database(ROWS)
    with pytest.raises(DnaError, match="A row of ENTITIES leads to one of VARIABLES"):
        dna_bytes(dataclasses.replace(database, entities={**database.entities, 99: stray}))


# --- the example of DNA itself, which is not part of this repository ----------------------------


def _structure(connection: sqlite3.Connection) -> dict[str, list[object]]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    return {
        name: [
            *(connection.execute(f"PRAGMA {what}({name})").fetchall() for what in _ASPECTS),
            sorted(re.sub(r"\s", "", check) for check in _CHECK.findall(sql)),
        ]
        for name, sql in connection.execute(query).fetchall()
    }


_ASPECTS = ("table_info", "foreign_key_list", "index_list")
_CHECK = re.compile(r"CHECK ?(\([^()]*(?:\([^()]*\)[^()]*)*\))")


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the database of DNA's example is not there")
def test_the_tables_are_those_of_dna() -> None:
    with closing(sqlite3.connect(":memory:")) as ours:
        for definition in iter_definitions():
            ours.execute(definition)
        with closing(sqlite3.connect(f"file:{EXAMPLE}?mode=ro", uri=True)) as its:
            assert _structure(ours) == _structure(its)


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the database of DNA's example is not there")
def test_the_example_of_dna_is_written_as_it_is(tmp_path: Path) -> None:
    database = read_dna(EXAMPLE)
    assert read_dna(write_dna(database, tmp_path / "copy.dna")) == database
