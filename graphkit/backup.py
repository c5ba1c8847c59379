"""Copies of a store: made beside what they replace, and put in their place when they are whole.

A copy is a folder, which is a store itself, or a file of N-Quads. Folders hold the same files as
the store, by hard links, which takes no time and no space, unless another process is writing: what
it has not yet written out is in no such file (a backup of a store opened for reading only lacks
it), so the quads are copied one by one from a snapshot.
"""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph
from pyoxigraph import RdfFormat

from graphkit.database import (
    FORMAT,
    MARKER,
    check_format,
    explained_errors,
    load_in_bulk,
    open_database,
    read_marker,
    write_marker,
)
from graphkit.errors import StoreError, StoreInUseError
from graphkit.place import Place, ServerUrl
from graphkit.rdf_file import open_rdf, parsed
from graphkit.replacing import making
from graphkit.vocabulary import Iris

_FILES = (".nq", ".nq.gz")
_HEADER = "# graphkit store "
_END = b"# end of store, quads: "


def is_file(path: Path) -> bool:
    """Tell whether a copy is a file of N-Quads, by its ending."""
    return path.name.lower().endswith(_FILES)


def _is_zipped(path: Path) -> bool:
    return path.name.lower().endswith(".gz")


def back_up(path: Place, target: Path) -> int:
    """Copy the store in a folder to `target`, and return its number of quads.

    What other processes write meanwhile is in the copy as a whole or not at all. Raise StoreError
    if there is something at `target`, which is then left alone, or if anything fails.
    """
    if target.exists() and not _is_empty(target):
        raise StoreError(f"There is something at {target} already. Name another place.")
    if isinstance(path, Path):
        open_database(path, read_only=True)  # before anything is made
    with making(target) as place, explained_errors(target):
        if is_file(target):
            return _dump(path, place, is_zipped=_is_zipped(target))
        return _copy(path, place)


def restore(source: Path, path: Place, *, force: bool = False) -> int:
    """Make the store in a folder anew from a copy, and return its number of quads.

    Raise StoreError if there is a store, unless with `force`: it is then removed when the new one
    is whole. Raise it, too, for other things at `path`, and for what is no whole copy.
    """
    if not source.exists():
        raise StoreError(f"There is no {source}.")
    if isinstance(path, ServerUrl):
        return _fill_server(source, path)
    _check_replaceable(path, force=force)
    with making(path) as place, explained_errors(path):
        quads = _load(source, place) if source.is_file() else _copy_folder(source, place)
        _check_replaceable(path, force=force)  # a writer may have come in the meantime
    return quads


def compact(path: Place) -> tuple[int, int]:
    """Make the files of a store small and quick to read. Return the bytes before and after.

    Raise StoreInUseError if another process writes.
    """
    if isinstance(path, ServerUrl):
        raise StoreError(f"How {path} keeps its files is the server's matter.")
    open_database(path, read_only=True)  # or a missing store would be made
    before = size_of(path)
    database, _ = open_database(path)
    with explained_errors(path):
        database.optimize()
        database.flush()
    del database  # which removes the files that are not needed any more
    return before, size_of(path)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder, but for those that go meanwhile."""
    size = 0
    for one in path.iterdir() if path.is_dir() else [path]:
        with suppress(FileNotFoundError):  # a writer replaces its files as it likes
            size += one.stat().st_size
    return size


def _check_replaceable(path: Path, *, force: bool) -> None:
    if not path.exists() or _is_empty(path):
        return
    if not (path.is_dir() and (path / MARKER).exists()):
        raise StoreError(f"{path} is no graphkit store, and is left alone. Name another place.")
    if not force:
        raise StoreError(f"There is a store at {path} already. --force puts the copy in its place.")
    try:
        open_database(path)
    except StoreInUseError:
        raise
    except StoreError:  # a damaged one is what copies are for
        return


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


@contextmanager
def making_store(path: Path, base: str) -> Iterator[Path]:
    """Yield a place for the database of a new store, which is at `path` when all is done.

    Raise StoreError if there is something at the path.
    """
    _check_replaceable(path, force=False)
    with making(path) as place, explained_errors(path):
        yield place
        write_marker(place, base)


# --- folders -------------------------------------------------------------------------------------


def _copy_folder(source: Path, place: Path) -> int:
    marker = read_marker(source)
    if marker is not None and marker["format"] != FORMAT:
        return _migrate_copy(source, place, marker["base"])
    open_database(source, read_only=True)  # whatever is wrong with it is told as with a store
    return _copy(source, place)


def _migrate_copy(source: Path, place: Path, base: str) -> int:
    """Copy a store of an older format, and make anew there what follows from its articles."""
    from graphkit.remaking import remake

    _fill(place, pyoxigraph.Store.read_only(str(source)))
    database = pyoxigraph.Store(str(place))
    remake(database, Iris(base))
    write_marker(place, base)
    return len(database)


def _copy(path: Place, place: Path) -> int:
    """Copy a store that is there to a place where nothing is."""
    if isinstance(path, ServerUrl):
        return _fetch(path, place)
    try:
        database, base = open_database(path)
    except StoreError:  # another process writes, or nobody may
        database, base = open_database(path, read_only=True)
        _fill(place, database)
    else:
        database.flush()
        database.backup(place)
    write_marker(place, base)
    return len(database)


def _fill(place: Path, database: pyoxigraph.Store) -> None:
    copy = pyoxigraph.Store(str(place))
    load_in_bulk(copy, iter(database))
    copy.flush()


# --- servers -------------------------------------------------------------------------------------


def _fetch(url: ServerUrl, place: Path) -> int:
    """Copy a store from a server into a folder."""
    from graphkit.store import Store

    with Store.open(url, read_only=True) as store:
        copy = pyoxigraph.Store(str(place))
        load_in_bulk(copy, store.iter_quads())
        copy.flush()
        write_marker(place, store.iris.base)
        return store.count_quads()


def _fill_server(source: Path, url: ServerUrl) -> int:
    """Fill a store on a server from a copy, which is first looked at as a whole."""
    from graphkit.remote.store import open_server

    with tempfile.TemporaryDirectory(prefix="graphkit-") as folder:
        path = Path(folder, "store")
        restore(source, path)
        database, base = open_database(path, read_only=True)
        with closing(open_server(url, base=base)) as server:
            if len(server):
                raise StoreError(
                    f"There is a store at {url} already. Empty it by the server's own means."
                )
            server.fill(iter(database))
        return len(database)


# --- files ---------------------------------------------------------------------------------------


def _dump(path: Place, place: Path, *, is_zipped: bool) -> int:
    """Write a store to a file that says at its beginning and its end what it is."""
    from graphkit.store import Store

    with ExitStack() as stack:
        store = stack.enter_context(Store.open(path, read_only=True))
        stream: BinaryIO = stack.enter_context(place.open("wb"))
        if is_zipped:
            stream = _zipped(stream, stack)
        marker = json.dumps({"format": FORMAT, "base": store.iris.base})
        stream.write(f"{_HEADER}{marker}\n".encode())
        store.dump(stream)
        quads = store.count_quads()
        stream.write(_END + f"{quads}\n".encode())
    return quads


def _zipped(stream: BinaryIO, stack: ExitStack) -> BinaryIO:
    """Compress without a clock and a name, so that equal stores give equal bytes."""
    file = gzip.GzipFile(filename="", mode="wb", fileobj=stream, compresslevel=6, mtime=0)
    return cast(BinaryIO, stack.enter_context(file))


def _load(source: Path, place: Path) -> int:
    """Fill a new store from a file. Raise StoreError, with the line, if it is not whole."""
    if not is_file(source):
        raise StoreError(
            f"{source} is no copy of a store: give a folder, an .nq or an .nq.gz file."
        )
    database = pyoxigraph.Store(str(place))
    base, version = fill(database, source)
    base = base or _base_of(database, source)
    if version != FORMAT:
        from graphkit.remaking import remake

        remake(database, Iris(base))
    write_marker(place, base)
    return len(database)


def fill(database: pyoxigraph.Store, source: Path) -> tuple[str, int]:
    """Load a file of N-Quads in bulk, and flush. Return base and format, "" and 0 if it tells none.

    Raise StoreError, with the line, if it is malformed, or not as long as it says at its end.
    """
    with open_rdf(source) as stream:
        base, version = _read_header(stream.first, source)
        load_in_bulk(database, parsed(stream, RdfFormat.N_QUADS))
        database.flush()
        end = stream.last
    if base and not end.endswith(_END + f"{len(database)}\n".encode()):
        raise StoreError(f"{source} is not whole: its end is missing.")
    return base, version


def is_copy_of(source: Path, base: str) -> bool:
    """Tell whether a file says that it is a copy of a store of this format, with a base."""
    if not is_file(source):
        return False
    with open_rdf(source) as stream:
        return _read_header(stream.first, source) == (base, FORMAT)


def _read_header(line: bytes, source: Path) -> tuple[str, int]:
    """Return the base of the IRIs and the format that our own files tell, else "" and 0."""
    text = line.decode("utf-8", errors="replace")
    if not text.startswith(_HEADER):
        return "", 0
    try:
        marker = json.loads(text.removeprefix(_HEADER))
        version, base = marker["format"], str(marker["base"])
    except (ValueError, TypeError, KeyError):
        raise StoreError(f"{source}:1: the line that says what it is cannot be read.") from None
    check_format(version, str(source))
    return base, version


def _base_of(database: pyoxigraph.Store, source: Path) -> str:
    """Return the base that the names of the graphs begin with."""
    for graph in sorted(database.named_graphs(), key=str):
        if match := re.fullmatch(r"(.*)graph/(runs|topics|curation)", str(graph.value)):
            return match[1]
    raise StoreError(f"{source} holds no graphkit store.")
