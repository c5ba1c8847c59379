"""Python in other processes, for what one process cannot show: locks, kills and full disks."""

import contextlib
import dataclasses
import itertools
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import example
from graphkit.codebook import Concept
from graphkit.curation import Correction
from graphkit.statement import Extraction
from graphkit.store import Store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WRITER = """
    import itertools, pathlib, sys
    from graphkit.store import Store
    from processes import numbered
    with Store.open(pathlib.Path(sys.argv[1])) as store:
        for number in itertools.count():
            store.add(numbered(number))
            if number % 5 == 0:
                store._inner.optimize()
            print(number, flush=True)
    """
"""Adds articles and compacts the store, until it is killed; prints the number of each."""


def run_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python code with arguments; it can import graphkit and what the tests share."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, "tests"])},
    )


def numbered(number: int) -> Extraction:
    """Return one of the example's articles in turn, as another article of its own."""
    extraction = example.EXTRACTIONS[number % len(example.EXTRACTIONS)]
    article = dataclasses.replace(extraction.article, id=f"a{number}")
    statements = tuple(
        dataclasses.replace(one, id=f"s{number}-{one.id}", article=article.id)
        for one in extraction.statements
    )
    return dataclasses.replace(extraction, article=article, statements=statements)


ARTICLES = 24


def change(store: Store, number: int) -> None:
    """Make the change of a store that has a number: an article, a concept, or a correction."""
    if number % 7 == 3:
        labels = (example.TRAMS,) if number % 2 else (example.CHARGE, "toll")
        store.add_concepts([Concept(f"plan {number % 4}", labels, broader=("transport",))])
    elif number % 14 == 5:
        novak, perez = map(store.iris.actor, ("Lucja Novak", "Ana Perez"))
        store.correct(
            [
                Correction(action="rename", actor=perez, name=f"Ana the {number}th"),
                Correction(action="merge", actor=novak, other=perez, shown="Ana Pérez"),
            ]
        )
    elif number % 14 == 12:
        store.undo([one.id for one, _ in store.corrections()])
    else:
        later = numbered(number % ARTICLES)
        title = f"Version {number}"
        store.add(
            dataclasses.replace(later, article=dataclasses.replace(later.article, title=title))
        )


def keep_changing(path: Path, number: int, told: "Connection[object, object]") -> None:
    """Make changes from a number on, and tell of each before and after, until a signal comes."""
    with contextlib.suppress(KeyboardInterrupt), Store.open(path) as store:
        for current in itertools.count(number):
            told.send(("begun", current))
            change(store, current)
            told.send(("done", current))
