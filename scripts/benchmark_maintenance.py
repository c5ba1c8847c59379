"""Measure how long it takes to check, repair, back up and restore a store of generated articles.

The articles are those of benchmark_actors.py, 22 statements each. Times are those of the clock;
loading the same quads with Oxigraph alone is the measure beside them.

    python scripts/benchmark_maintenance.py [--statements 10000]
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from benchmark_actors import ACTORS_OF_AN_ARTICLE, extraction

from graphkit.backup import back_up, compact, restore
from graphkit.database import open_database
from graphkit.store import Store

STATEMENTS_OF_AN_ARTICLE = ACTORS_OF_AN_ARTICLE + 2


def timed(what: str, call: Callable[[], object]) -> None:
    """Print how long a call takes."""
    start = time.perf_counter()
    call()
    print(f"{what:<24}{time.perf_counter() - start:8.2f} s")  # noqa: T201 # figures


def make(path: Path, statements: int) -> None:
    """Make a store with so many statements."""
    chance = random.Random(1)  # noqa: S311 # figures, and no secrets
    with Store.open(path) as store:
        for number in range(round(statements / STATEMENTS_OF_AN_ARTICLE)):
            store.add(extraction(number, chance))


def check(path: Path) -> None:
    """Check a store in which nothing is wrong."""
    with Store.open(path, read_only=True) as store:
        if any(store.find_faults()):
            raise SystemExit("the store is at odds with its articles")


def spoil_and_repair(path: Path) -> None:
    """Empty the graph of latest stances, and make it anew."""
    with Store.open(path) as store:
        store._inner.clear_graph(pyoxigraph.NamedNode(store.iris.graph("current")))
        store.repair()


def load(path: Path, copy: Path) -> None:
    """Load the quads of a store with Oxigraph alone."""
    database, _ = open_database(path, read_only=True)
    pyoxigraph.Store(str(copy)).bulk_extend(iter(database))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=10_000)
    statements = parser.parse_args().statements
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        path = place / "db"
        timed(f"add {statements}", lambda: make(path, statements))
        timed("Oxigraph's bulk load", lambda: load(path, place / "bulk"))
        timed("check", lambda: check(path))
        timed("repair", lambda: spoil_and_repair(path))
        timed("backup, folder", lambda: back_up(path, place / "copy"))
        timed("backup, .nq.gz", lambda: back_up(path, place / "copy.nq.gz"))
        timed("restore, folder", lambda: restore(place / "copy", place / "one"))
        timed("restore, .nq.gz", lambda: restore(place / "copy.nq.gz", place / "two"))
        timed("compact", lambda: compact(path))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'memory at the most':<24}{memory:8} MB")  # noqa: T201 # figures


if __name__ == "__main__":
    main()
