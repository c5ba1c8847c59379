"""Open a .dna file so that nothing can change it, or say in one line why it cannot be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from graphkit.errors import DnaError

TABLES = (
    "SETTINGS",
    "CODERS",
    "DOCUMENTS",
    "STATEMENTTYPES",
    "VARIABLES",
    "STATEMENTS",
    "ENTITIES",
    "DATASHORTTEXT",
    "DATALONGTEXT",
    "DATAINTEGER",
    "DATABOOLEAN",
    "ATTRIBUTEVARIABLES",
    "ATTRIBUTEVALUES",
)

_MAGIC = b"SQLite format 3\0"
_WRITE_AHEAD = b"\x02\x02"  # bytes 18 and 19: new pages wait in a file beside this one
_PATIENCE = 1.0  # seconds to wait for another program to finish a change


@contextmanager
def open_dna(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database of DNA 3 to read from it, and close it at the end.

    Raise DnaError, also for what fails while it is open, if the file is missing, empty, encrypted,
    broken, locked, in use, or something else than a database of DNA 3.
    """
    mode = _mode(path)
    try:
        address = f"file:{quote(str(path.absolute()))}?{mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE)
        with closing(connection):
            connection.execute("BEGIN")  # all that is read is of one moment
            _check_tables(connection, path)
            _check_version(connection, path)
            _check_integrity(connection, path)
            yield connection
    except sqlite3.Error as error:
        raise DnaError(f"{path}: {_reason(error)}") from error
    except UnicodeDecodeError as error:  # sqlite3 found no words for what is wrong
        raise DnaError(f"{path}: the database is damaged") from error


def _mode(path: Path) -> str:
    """Look at the first bytes, and return how SQLite is to open the file."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise DnaError(f"{path}: {error.strerror}") from error
    if not head:
        raise DnaError(f"{path}: the file is empty")
    if head[:16] != _MAGIC:
        raise DnaError(f"{path}: no SQLite database, or an encrypted one; a .dna file is one")
    if head[18:20] != _WRITE_AHEAD:
        return "mode=ro"
    waiting = path.with_name(f"{path.name}-wal")
    if waiting.exists() and waiting.stat().st_size:
        raise DnaError(f"{path}: in use, or not closed well: {waiting.name} holds changes to it")
    return "mode=ro&immutable=1"  # else SQLite would put files beside it


def _check_tables(connection: sqlite3.Connection, path: Path) -> None:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    names = {name.upper() for (name,) in rows if isinstance(name, str)}
    missing = [name for name in TABLES if name not in names]
    if "SETTINGS" in missing or len(missing) > len(TABLES) // 2:
        raise DnaError(f"{path}: a SQLite database, but not one of DNA 3")
    if missing:
        raise DnaError(f"{path}: a database of DNA 3 without the table {', '.join(missing)}")


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    query = "SELECT Value FROM SETTINGS WHERE Property = 'version'"
    row = connection.execute(query).fetchone()
    version = str(row[0]) if row else ""
    if not version.startswith("3."):
        told = f"made by DNA {version}" if version else "of no version"
        raise DnaError(f"{path}: a database {told}; only those of DNA 3 can be read")


def _check_integrity(connection: sqlite3.Connection, path: Path) -> None:
    (result,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if result != "ok":
        problem = " ".join(str(result).replace("*** in database main ***", "").split())
        raise DnaError(f"{path}: the database is damaged: {problem}")


def _reason(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program is changing it; try again when that is done"
    if code.startswith("SQLITE_READONLY"):
        return "a change to it was broken off; open it in DNA once to repair it"
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "the database is damaged"
    return f"cannot be read as a database of DNA 3: {' '.join(str(error).split())}"
