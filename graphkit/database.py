"""The Oxigraph database of a store: open and change it, and say plainly what it refuses."""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from graphkit.errors import StoreError, StoreInUseError
from graphkit.lock_holder import describe_holder
from graphkit.place import Place
from graphkit.quad_store import QuadStore
from graphkit.vocabulary import BASE

if TYPE_CHECKING:
    from graphkit.remote.store import RemoteStore

MARKER = "graphkit.json"
FORMAT = 3
"""The format of a store; raised when an older graphkit would misread what a newer one writes."""

OLDEST_FORMAT = 2
"""The oldest format that can be migrated: what articles tell has been the same since."""

_IN_USE = ("lock hold by current process", "While lock file")
_VANISHED = "While open a file for random read"  # since the writer has just replaced it
_ATTEMPTS = 20
_QUADS_AT_ONCE = 100_000

_DAMAGED = "is damaged. Put a copy in its place, or add the articles to a new store."
_FULL = "cannot be written: the disk is full. Nothing of this change was kept."
_DENIED = "cannot be used: permission denied."

# By what RocksDB and the system say; the first that fits counts.
_EXPLANATIONS = {
    "lock hold by current process": "is already open in this process.",
    "While lock file": "is in use by another process{holder}. Wait until it is done, or stop it.",
    "only possible on read-write instances": "is open for reading only.",
    "Permission denied": _DENIED,
    "Read-only file system": _DENIED,
    "No space left on device": _FULL,
    "Disk quota exceeded": _FULL,
    "Corruption": _DAMAGED,
    "No such file or directory": _DAMAGED,
}


def open_database(
    path: Path | None, *, read_only: bool = False, base: str | None = None
) -> tuple[pyoxigraph.Store, str]:
    """Open the database in a folder, or one in memory, and return it with the base of its IRIs.

    A missing or empty folder becomes a new store, unless it is opened `read_only`. Raise StoreError
    if the path is a file or a folder with other things in it, if it is damaged, of a newer format,
    or has another base than the one that is asked for; StoreInUseError if another process has it.
    One of an older format is migrated, unless it is opened `read_only`, which is an error, too.
    """
    check_base(base)
    if path is None:
        return pyoxigraph.Store(), base or BASE
    with explained_errors(path):
        marker = read_marker(path)
        if marker is None:
            marker = _prepare(path, read_only=read_only, base=base or BASE)
        if base not in {None, marker["base"]}:
            raise StoreError(f"{path} has the base {marker['base']}, not {base}.")
        if not (path / "CURRENT").exists():  # a writer was stopped before it wrote anything
            if any(path.glob("*.sst")):
                raise StoreError(f"The store {path} is damaged: its file CURRENT is missing.")
            if read_only:
                return pyoxigraph.Store(), marker["base"]
        if marker["format"] < FORMAT:
            _migrate(path, marker, read_only=read_only)
        opener = _open_beside_writer if read_only else pyoxigraph.Store
        return opener(str(path)), marker["base"]


def check_base(base: str | None) -> None:
    """Raise StoreError if IRIs cannot begin with a base."""
    if base is None:
        return
    try:
        NamedNode(base)
        is_absolute = True
    except ValueError:
        is_absolute = False
    if not is_absolute or not base.endswith("/") or "#" in base:
        raise StoreError(
            f"'{base}' cannot be the base of a store: give an absolute IRI without '#' that ends "
            "in '/', such as https://example.org/debate/."
        )


def write_marker(place: Path, base: str) -> None:
    """Write what says that a folder is a store, and of which format."""
    marker = json.dumps({"format": FORMAT, "base": base}) + "\n"
    (place / MARKER).write_text(marker, encoding="utf-8")


def _migrate(path: Path, marker: dict[str, Any], *, read_only: bool) -> None:
    """Migrate a store of an older format. Raise StoreError if it is opened `read_only`."""
    if read_only:
        import shlex

        raise StoreError(
            f"The store {path} is of an older graphkit (format {marker['format']}, and this one "
            f"reads {FORMAT}). `graphkit check --repair -s {shlex.quote(str(path))}` migrates it."
        )
    from graphkit.remaking import migrate

    migrate(path, marker["base"], marker["format"])


def _open_beside_writer(path: str) -> pyoxigraph.Store:
    """Open a database for reading; what a writer replaces meanwhile is looked for once more."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return pyoxigraph.Store.read_only(path)
        except (OSError, RuntimeError) as error:
            if _VANISHED not in str(error):
                raise
    return pyoxigraph.Store.read_only(path)


@contextmanager
def explained_errors(path: Place | None) -> Iterator[None]:
    """Turn what the database or the file system raises into a StoreError of one line."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        kind = StoreInUseError if any(part in str(error) for part in _IN_USE) else StoreError
        raise kind(_explain(path, str(error))) from error


@contextmanager
def closed_to_writers(path: Path) -> Iterator[None]:
    """Keep writers out of a store's folder that takes another's place. Nobody may have it open.

    Raise StoreInUseError if anybody has, or comes in between.
    """
    with explained_errors(path):
        guard = pyoxigraph.Store(str(path))  # which cannot be opened twice, in this process neither
        state = (path / "CURRENT").read_bytes()  # changed by each writer that opens it
        del guard
    lock = os.open(path / "LOCK", os.O_RDWR)
    try:
        if not _is_locked(lock) or (path / "CURRENT").read_bytes() != state:
            raise StoreInUseError(_explain(path, _IN_USE[1]))
        yield
    finally:
        os.close(lock)


def _is_locked(file: int) -> bool:
    """Lock an open file as the database does, and tell whether that was possible."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def change_database(
    database: QuadStore,
    removed: set[Quad],
    added: set[Quad],
    dropped: Sequence[NamedNode] = (),
) -> None:
    """Remove and add quads, and drop graphs that are empty then, in one transaction."""
    if not isinstance(database, pyoxigraph.Store):  # a server's graphs go with their last quads
        cast("RemoteStore", database).change(removed, added)
        return
    if not removed and not dropped:  # needs no text for the database to parse
        database.extend(added)
        return
    operations = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
    operations += [
        f"{verb} DATA {{ {block} }}"
        for verb, quads in (("DELETE", removed), ("INSERT", added))
        if (block := _quad_block(quads))
    ]
    database.update(" ;\n".join(operations))


def load_in_bulk(database: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    """Add quads, many of them quickly, to a database that nobody else uses yet: in no transaction.

    Some at once: Oxigraph's own `bulk_load` takes as long, but 0.9 GB for a million quads and 1.7
    for four millions, where this takes 0.2 GB for any number.
    """
    for few in batched(quads, _QUADS_AT_ONCE):
        database.bulk_extend(few)


def _quad_block(quads: Iterable[Quad]) -> str:
    """Write quads as SPARQL has them: a block for each graph, in a fixed order."""
    lines = (
        f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}"
        for quad in quads
    )
    return "\n".join(sorted(lines))


def explain_syntax(query: str, message: str) -> str:
    """Say about where a query stops being SPARQL; what the parser expected there helps nobody."""
    match = re.match(r"error at (\d+):(\d+): ", message)
    if match is None:
        return f"Not SPARQL: {' '.join(message.split())[:160]}"
    line, column = int(match[1]), int(match[2])
    text = "".join(query.splitlines()[line - 1 : line])
    reason = f"near '{text[max(0, column - 21) : column + 19].strip()}'"
    prefixed = re.search(r"(\w*:)\S*$", text[: column - 1])
    if prefixed and "Prefix not found" in message:
        reason = f"the prefix '{prefixed[1]}' is not declared"
    return f"Not SPARQL: line {line}, column {column}: {reason}."


def read_marker(path: Path) -> dict[str, Any] | None:
    """Return the "format" and the "base" of the store in a folder, None if there is none.

    Raise StoreError if it can be neither read nor migrated.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path} is a file; a store is a folder. Give another path.")
    try:
        marker = json.loads((path / MARKER).read_text(encoding="utf-8"))
        version, base = marker["format"], marker["base"]
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(f"The store {path} is damaged: {MARKER} cannot be read.") from error
    check_format(version, f"The store {path}")
    return {"format": version, "base": base}


def check_format(version: Any, what: str) -> None:
    """Raise StoreError if `what` is of a format that can be neither read nor migrated."""
    if isinstance(version, int) and OLDEST_FORMAT <= version <= FORMAT:
        return
    is_newer = isinstance(version, int) and version > FORMAT
    raise StoreError(
        f"{what} has format {version}; this graphkit reads formats {OLDEST_FORMAT} to {FORMAT}. "
        + ("Use a newer graphkit." if is_newer else "Add its articles to a new store.")
    )


def _prepare(path: Path, *, read_only: bool, base: str) -> dict[str, Any]:
    """Make the folder of a new store. The marker comes first: half-made stores are recognized."""
    if path.is_dir() and any(path.iterdir()):
        raise StoreError(f"{path} is a folder with other things in it, not a graphkit store.")
    if read_only:
        raise StoreError(f"There is no store at {path}. `graphkit add` makes one.")
    try:
        path.mkdir(parents=True, exist_ok=True)
        write_marker(path, base)
    except OSError as error:
        reason = error.strerror or error
        raise StoreError(f"Cannot make a store at {path}: {reason}.") from error
    return {"format": FORMAT, "base": base}


def _explain(path: Place | None, message: str) -> str:
    """Say in one line what an error text of RocksDB or the system means for the user."""
    place = f"The store {path}" if path else "The store in memory"
    text = " ".join(message.split())
    for part, explanation in _EXPLANATIONS.items():
        if part in text:
            return f"{place} {explanation.format(holder=_holder(path))}"
    return f"{place} failed: {text[:200]}"


def _holder(path: Place | None) -> str:
    holder = describe_holder(path / "LOCK") if isinstance(path, Path) else ""
    return f": {holder}" if holder else ""
