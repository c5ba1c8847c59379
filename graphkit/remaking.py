"""Make anew, in bulk, all that follows from the articles of a database that nobody else uses.

`Store.repair` does the same in one transaction, which takes memory for all that it changes.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad

from graphkit.database import (
    FORMAT,
    change_database,
    closed_to_writers,
    explained_errors,
    load_in_bulk,
    write_marker,
)
from graphkit.integrity import find_faults
from graphkit.replacing import put, working_folder
from graphkit.vocabulary import Iris

_LOGGER = logging.getLogger("graphkit")
_BATCH = 100_000  # quads: Oxigraph makes files for each, and Python takes 0.3 kB for a quad
_REMOVED_AT_ONCE = 5_000  # quads, since the database parses them


def remake(database: pyoxigraph.Store, iris: Iris) -> list[str]:
    """Make anew what follows from articles, codebook and corrections, and flush.

    The memory grows with the actors, topics and positions. Return in words what cannot be put right
    so; if it is interrupted, the database is at odds with its articles.
    """
    wrong: list[str] = []

    def iter_changes() -> Iterator[tuple[Quad, bool]]:
        for finding in find_faults(database, iris):
            if not finding.is_repairable:
                wrong.append(finding.text)
            yield from ((quad, False) for quad in finding.removed)
            yield from ((quad, True) for quad in finding.added)

    for batch in batched(iter_changes(), _BATCH):
        remove_in_bulk(database, (quad for quad, is_added in batch if not is_added))
        load_in_bulk(database, (quad for quad, is_added in batch if is_added))
    database.flush()
    return wrong


def remove_in_bulk(database: pyoxigraph.Store, quads: Iterable[Quad]) -> None:
    """Remove quads, some thousand at once."""
    for few in batched(quads, _REMOVED_AT_ONCE):
        change_database(database, set(few), set())


def migrate(path: Path, base: str, version: int) -> None:
    """Make the store of an older format in a folder one of the present format.

    It stays as it was until all is done. Raise StoreInUseError if another process has it.
    """
    with explained_errors(path):
        held = [pyoxigraph.Store(str(path))]  # which nobody else can write to now
        _LOGGER.warning(
            "The store %s is migrated from format %s to %s; interrupted, it stays as it is.",
            *(path, version, FORMAT),
        )
        with rewriting(path, base, lambda: held[0], held.clear) as copy:
            remake(copy(), Iris(base))


@contextmanager
def rewriting(
    path: Path,
    base: str,
    opened: Callable[[], pyoxigraph.Store],
    close: Callable[[], None],
) -> Iterator[Callable[[], pyoxigraph.Store]]:
    """Yield what returns a copy of a store's database, which takes its place at the end.

    `opened` returns the database, which has the lock, and `close` lets it go, which happens last.
    If anything fails before, the store is as it was.
    """
    with explained_errors(path), working_folder(path) as folder:
        place = folder / "new"
        opened().flush()  # or what is not written out yet is missing in the copy
        opened().backup(str(place))  # by hard links, which takes no time
        copies = [pyoxigraph.Store(str(place))]
        yield lambda: copies[0]
        copies.pop().flush()  # and close it, since it cannot move while it is open
        write_marker(place, base)
        close()  # or it would remove the files in its folder that it does not know
        with closed_to_writers(path):
            put(place, path)
