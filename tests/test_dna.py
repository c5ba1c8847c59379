"""Databases of DNA 3 are read whole; what is none is refused in one line, and never changed."""

import contextlib
import csv
import datetime
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dna_file import PILOTS, PORT, make_dna
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.dna.reading import read_dna
from graphkit.dna.records import Database, selected_text
from graphkit.dna.table import to_table
from graphkit.errors import DnaError

SHARED = Path(__file__).resolve().parents[2] / "shared" / "eval" / "networks"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_dna(tmp_path / "harbour.dna")


@pytest.fixture
def database(path: Path) -> Database:
    return read_dna(path)


# --- what is read -------------------------------------------------------------------------------


def test_documents_have_their_dates_in_utc(database: Database) -> None:
    first, second = database.documents.values()
    assert (first.title, first.author, first.source, first.type) == (
        "Tugs",
        "Ola",
        "The Quay",
        "News",
    )
    assert first.date == datetime.datetime(2023, 5, 2, 8, 30)
    assert second.date == datetime.datetime(1969, 12, 31)


def test_statements_have_a_value_of_each_type(database: Database) -> None:
    first, second, third = database.statements
    assert first.values == {
        "group": "Pilots",
        "demand": "more tugs",
        "agrees": True,
        "force": 3,
        "remark": "off the record",
    }
    assert (second.values["force"], second.values["remark"]) == (-2, "")
    assert "remark" not in third.values


def test_statements_select_their_words_as_java_counts(database: Database) -> None:
    document = database.documents[1]
    first, second, _ = database.statements
    assert (first.start, first.stop) == PILOTS
    assert selected_text(first, document) == "Pilots want tugs. "
    assert (second.start, second.stop) == PORT
    assert selected_text(second, document) == "The port says tugs cost too much."


def test_entities_have_their_attributes(database: Database) -> None:
    assert database.entities[2].attributes == {"Type": "union", "Alias": ""}
    assert database.entities[4].attributes == {}


def test_the_version_coders_and_variables_are_known(database: Database) -> None:
    assert database.version == "3.0.11"
    assert [coder.name for coder in database.coders.values()] == ["Admin", "Ida"]
    kind = database.statement_types[1]
    assert [variable.name for variable in kind.variables] == [
        "group",
        "demand",
        "agrees",
        "force",
        "remark",
    ]


# --- as a table ---------------------------------------------------------------------------------


def test_a_database_makes_networks(database: Database) -> None:
    options = NetworkOptions(
        variable1="group", variable2="demand", qualifier="agrees", aggregate="subtract"
    )
    network = compute_network(to_table(database), options)
    assert network.rows == ("Pilots", 'Port "Authority"; Ltd')
    assert network.values.toarray().tolist() == [[1], [-1]]
    assert network.start == datetime.datetime(1969, 12, 31)


def test_documents_have_variables_too(database: Database) -> None:
    table = to_table(database, "Position")
    assert table.column("document_source").values == ("The Quay",)
    assert "document_source" in table.document_variables


def test_an_unknown_type_of_statements_is_told_with_those_there_are(database: Database) -> None:
    with pytest.raises(DnaError, match="No statement type 'Frame': there are 'Position', 'Unused'"):
        to_table(database, "Frame")


def test_of_several_types_one_must_be_chosen(tmp_path: Path) -> None:
    path = make_dna(tmp_path / "two.dna", ["UPDATE STATEMENTS SET StatementTypeId = ID % 2 + 1"])
    with pytest.raises(DnaError, match="choose one of 'Position', 'Unused'"):
        to_table(read_dna(path))


def test_a_database_without_statements_makes_an_empty_table(tmp_path: Path) -> None:
    path = make_dna(
        tmp_path / "new.dna", ["DELETE FROM STATEMENTS", "DELETE FROM STATEMENTTYPES WHERE ID = 2"]
    )
    assert len(to_table(read_dna(path))) == 0


# --- what cannot be read ------------------------------------------------------------------------


def _refused(path: Path) -> str:
    """Return the line that says why a file is refused, which must leave it as it is."""
    folder = sorted(path.parent.iterdir())
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(DnaError) as caught:
        read_dna(path)
    assert sorted(path.parent.iterdir()) == folder
    assert (path.read_bytes() if path.is_file() else b"") == before
    line = str(caught.value)
    assert line.startswith(str(path))
    assert "\n" not in line
    return line


def test_reading_changes_nothing(path: Path) -> None:
    before = path.read_bytes(), path.stat().st_mtime_ns
    read_dna(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_written_can_be_read(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        assert read_dna(path).version == "3.0.11"
    finally:
        path.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"<graphml/>", "no SQLite database, or an encrypted one"),
        (hashlib.sha256(b"secret").digest() * 256, "or an encrypted one"),
        (b"SQLite format 3\0" + bytes(50), "damaged"),
        (b"SQLite format 3\0" + hashlib.sha256(b"noise").digest() * 200, "damaged"),
    ],
)
def test_another_file_is_refused(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "other.dna"
    path.write_bytes(content)
    assert told in _refused(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "No such file" in _refused(tmp_path / "none.dna")
    assert "Is a directory" in _refused(tmp_path)


def test_another_sqlite_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "birds.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE birds(name TEXT)")
    assert "but not one of DNA 3" in _refused(path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'",
            "DNA 2.0 beta 25;",
        ),
        ("DELETE FROM SETTINGS", "of no version"),
        ("DROP TABLE ENTITIES", "without the table ENTITIES"),
        ("ALTER TABLE DOCUMENTS RENAME COLUMN Date TO Day", "no such column: Date"),
        ("UPDATE DOCUMENTS SET Date = 'May' WHERE ID = 2", "DOCUMENTS 2: 'May' is no integer"),
        ("UPDATE DOCUMENTS SET Date = 1 << 60 WHERE ID = 2", "DOCUMENTS 2: .* is no date"),
        ("UPDATE DOCUMENTS SET Text = x'00ff' WHERE ID = 1", "DOCUMENTS 1: .* is no text"),
        ("UPDATE DOCUMENTS SET Title = CAST(x'ff' AS TEXT)", "UTF-8"),
        ("DELETE FROM DOCUMENTS WHERE ID = 2", "STATEMENTS 3: no document 2"),
        ("UPDATE STATEMENTS SET StatementTypeId = 7", "STATEMENTS 1: no statement type 7"),
        ("DELETE FROM ENTITIES WHERE ID = 3", "DATASHORTTEXT 3: no entity 3"),
        ("DELETE FROM VARIABLES WHERE ID = 4", "DATAINTEGER 1: no variable 4"),
        ("UPDATE DATABOOLEAN SET Value = 2 WHERE ID = 2", "DATABOOLEAN 2: 2 is neither 0 nor 1"),
        ("UPDATE DATAINTEGER SET Value = 'much' WHERE ID = 2", "DATAINTEGER 2: 'much' is no int"),
        ("UPDATE VARIABLES SET DataType = 'image' WHERE ID = 1", "no data type 'image'"),
        ("UPDATE STATEMENTS SET Start = NULL WHERE ID = 1", "STATEMENTS 1: None is no integer"),
    ],
)
def test_what_contradicts_itself_is_told_with_its_row(
    change: str, told: str, tmp_path: Path
) -> None:
    path = make_dna(tmp_path / "broken.dna", [change])
    with pytest.raises(DnaError, match=told):
        read_dna(path)
    _refused(path)


def test_a_truncated_database_is_refused(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "damaged" in _refused(path)


def test_a_database_with_overwritten_pages_is_refused(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 3] = b"\xaa" * 8192
    path.write_bytes(content)
    assert "damaged" in _refused(path)


def test_a_locked_database_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "another program is changing it" in _refused(path)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_dna(tmp_path_factory.mktemp("whole") / "harbour.dna").read_bytes()


@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_any_damage_is_refused_or_does_no_harm(
    changes: list[tuple[float, int]], content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    damaged = bytearray(content)
    for place, byte in changes:
        damaged[int(place * (len(damaged) - 1))] = byte
    path = tmp_path_factory.mktemp("damaged") / "harbour.dna"
    path.write_bytes(damaged)
    with contextlib.suppress(DnaError):
        to_table(read_dna(path))
    assert path.read_bytes() == bytes(damaged)


def _in_write_ahead_mode(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def test_a_closed_database_in_write_ahead_mode_is_read(path: Path) -> None:
    _in_write_ahead_mode(path)
    assert read_dna(path).version == "3.0.11"
    assert list(path.parent.iterdir()) == [path]


def test_changes_that_wait_beside_the_file_are_not_overlooked(path: Path) -> None:
    _in_write_ahead_mode(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE SETTINGS SET Value = '3.0.12' WHERE Property = 'version'")
        other.commit()
        with pytest.raises(DnaError, match="dna-wal holds changes"):
            read_dna(path)


def test_a_change_that_was_broken_off_is_told(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA cache_spill = 1")
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN IMMEDIATE")
        for number in range(200):
            other.execute("INSERT INTO CODERS VALUES (?, ?)", (number + 9, "x" * 2000))
        broken = tmp_path / "copy" / "broken.dna"
        broken.parent.mkdir()
        shutil.copy(path, broken)
        shutil.copy(f"{path}-journal", f"{broken}-journal")
        other.rollback()
    assert "broken off" in _refused(broken)


# --- the example of DNA itself, which is not part of this repository ----------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="the database of DNA's example is not there")
def test_statements_are_those_that_dna_lists() -> None:
    database = read_dna(SHARED / "rich.dna")
    with (SHARED / "expected" / "r_events.csv").open(encoding="utf-8", newline="") as stream:
        listed = {int(row["statement_id"]): row for row in csv.DictReader(stream, delimiter=";")}
    for statement in database.statements:
        if statement.id not in listed:
            continue
        row, document = listed[statement.id], database.documents[statement.document]
        assert selected_text(statement, document) == row["text"]
        assert document.date == datetime.datetime.fromisoformat(row["time"])
        assert _as_listed(document.title) == row["document_title"]
        for name in ("person", "organization", "concept", "referral"):
            assert _as_listed(statement.values[name]) == row[name]
        assert int(statement.values["agreement"]) == int(row["agreement"])
        assert statement.values["intensity"] == int(row["intensity"])
    assert len(listed) > 250


def _as_listed(value: object) -> str:
    """Replace the characters that DNA replaces in its lists."""
    return str(value).replace(";", ",").replace('"', "'")
