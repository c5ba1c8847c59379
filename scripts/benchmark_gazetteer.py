"""Measure a user's gazetteer of 100,000 actors: load time, memory, and time per look-up.

A plain dict with the same names is measured beside it, and so is a gazetteer of a hundredth of the
size: a look-up that searched the names would take a hundred times as long in the larger one. Times
are those of the processor, which other work on the machine changes less.

Usage: python scripts/benchmark_gazetteer.py [ENTRIES]
"""

import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice, product
from pathlib import Path
from time import process_time

import click
import spacy
from spacy.tokens import Doc

from graphkit.extract.gazetteer import Gazetteer, default_gazetteer, name_key
from graphkit.extract.gazetteer_file import load_gazetteer
from graphkit.extract.listed import listed_spans

ENTRIES = 100_000
LOOKUPS = 100_000
LIMIT = 1000.0
"""Microseconds that a look-up may take at most."""

SYLLABLES = ("ba", "do", "fi", "gu", "ke", "lo", "ma", "ne", "po", "ri", "su", "ta", "ve", "zo")


def main() -> None:
    """Print the figures; exit with 1 if a look-up takes longer than LIMIT."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    default_gazetteer()
    slowest = 0.0
    for count in (max(entries // 100, 2), entries):
        names = ["".join(parts).title() for parts in islice(product(SYLLABLES, repeat=5), count)]
        before, start = _memory(), process_time()
        gazetteer = _load(names)
        seconds, grown = process_time() - start, _memory() - before
        click.echo(f"{count} entries, {3 * count} aliases: {seconds:.2f} s to load, {grown:.0f} MB")
        slowest = max(slowest, *_measure(gazetteer, names))
    sys.exit(slowest > LIMIT)


def _load(names: Sequence[str]) -> Gazetteer:
    """Load a table in which every other actor is a person."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.csv"
        with path.open("w", encoding="utf-8") as stream:
            print("name,type,aliases,affiliation,from", file=stream)
            for number, name in enumerate(names):
                aliases = f"{name[0]}. {name} Var|{name} of Port|Old {name}"
                rest = ",Harbour Party,2020-01-01" if number % 2 else ",,"
                actor_type = "person" if number % 2 else "organization"
                print(f"Ada {name} Var,{actor_type},{aliases}{rest}", file=stream)
        return load_gazetteer([path], _stop)


def _stop(error: Exception) -> None:
    raise error


def _measure(gazetteer: Gazetteer, names: Sequence[str]) -> list[float]:
    persons = names[1::2]
    hits = [f"Old {persons[number * 7919 % len(persons)]}" for number in range(LOOKUPS)]
    misses = [f"{text} Bridge" for text in hits]
    plain = dict.fromkeys(map(name_key, hits))
    figures = {
        "hit": _time(gazetteer.find_person, hits),
        "miss": _time(gazetteer.find, misses),
        "hit in a plain dict": _time(plain.get, hits),
        "word of a text searched for persons": _time_linking(gazetteer, names),
    }
    for label, microseconds in figures.items():
        click.echo(f"  {microseconds:8.2f} µs per {label}")
    return list(figures.values())


def _time(find: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return microseconds per call."""
    start = process_time()
    for text in texts:
        find(text)
    return (process_time() - start) / len(texts) * 1e6


def _time_linking(gazetteer: Gazetteer, names: Sequence[str]) -> float:
    """Return microseconds per token of a text in which every tenth word begins a known name."""
    words = [
        word for name in names[:1000] for word in f"The old town greeted Ada {name} Var".split()
    ]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=["PROPN"] * len(words))
    start = process_time()
    found = listed_spans(doc, gazetteer)
    elapsed = process_time() - start
    if not found:
        raise SystemExit("no name was found in the text")
    return elapsed / len(words) * 1e6


def _memory() -> float:
    """Return the most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
