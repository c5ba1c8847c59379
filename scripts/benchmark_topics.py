"""Measure how long a topic takes to find its concept among 100,000, and what suggestions take.

The concepts are generated: words come by Zipf's law, as in news, and short words are the common
ones. Half of the topics look for a concept that is there, worded otherwise; half for none. It is
measured for candidates, which topics find by what they say, and for a codebook, of which a topic
may hold any label. A hundredth of the size stands beside it: a search through all would take a
hundred times as long in the larger one. Times are those of the processor, which other work on the
machine changes less.

Usage: python scripts/benchmark_topics.py [CONCEPTS]
"""

import random
import statistics
import sys
from collections.abc import Sequence
from itertools import accumulate, islice, product
from time import process_time

import click

from graphkit.concepts import IndexedConcept, MemoryIndex, find_concept, suggest

CONCEPTS = 100_000
TOPICS = 2_000
WORDS = 20_000
LIMIT = 5.0
"""Milliseconds that the slowest hundredth of topics may take at least."""

CONSONANTS = "bdfgklmnprstvz"
VOWELS = "aeiou"
COUNTRIES = ("Chad", "Chile", "Poland", "Japan", "Kenya", "Peru", "Norway", "Laos")


def main() -> None:
    """Print the figures; exit with 1 if a topic in a hundred takes longer than LIMIT."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CONCEPTS
    slowest = 0.0
    for size in (max(count // 100, 10), count):
        for is_curated in (False, True):
            slowest = max(slowest, _measure(size, is_curated=is_curated))
        _measure_suggestions(size)
    sys.exit(slowest > LIMIT)


def _measure(size: int, *, is_curated: bool) -> float:
    """Print and return the 99th percentile, in milliseconds."""
    labels = _labels(size)
    start = process_time()
    index = MemoryIndex(_concepts(labels, is_curated=is_curated))
    seconds = process_time() - start
    times, found = [], 0
    for label, text in _topics(labels):
        start = process_time()
        found += find_concept(label, text, index) is not None
        times.append((process_time() - start) * 1000)
    *_, last = statistics.quantiles(times, n=100)
    kind = "of a codebook" if is_curated else "candidates"
    click.echo(
        f"{size} concepts, {kind}: {seconds:.1f} s to file, {found} of {len(times)} topics found, "
        f"median {statistics.median(times):.3f} ms, 99th percentile {last:.3f} ms"
    )
    return last


def _measure_suggestions(size: int) -> None:
    concepts = _concepts(_labels(size), is_curated=False)
    start = process_time()
    found = suggest(concepts, {})
    seconds = process_time() - start
    click.echo(f"{size} concepts: {len(found)} suggestions in {seconds:.1f} s")


def _concepts(labels: Sequence[str], *, is_curated: bool) -> list[IndexedConcept]:
    return [IndexedConcept(f"c{i}", label, (), is_curated) for i, label in enumerate(labels)]


def _labels(size: int) -> list[str]:
    """Return labels like "sending kabo lade to Chad", with words by Zipf's law."""
    chance = random.Random(1)  # noqa: S311 - no secret
    syllables = ["".join(pair) for pair in product(CONSONANTS, VOWELS)]
    vocabulary: list[str] = []
    for length, number in ((2, WORDS // 10), (3, WORDS)):
        made = ["".join(parts) for parts in islice(product(syllables, repeat=length), number)]
        vocabulary += chance.sample(made, len(made))  # as often in the alphabet's end
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    labels = []
    for _ in range(size):
        words = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(2, 4))
        place = chance.choice(["", "", f" to {chance.choice(COUNTRIES)}"])
        labels.append(f"{chance.choice(['sending ', 'cutting ', ''])}{' '.join(words)}{place}")
    return labels


def _topics(labels: Sequence[str]) -> list[tuple[str, str]]:
    """Return topics with the words of the article: thirty, as only one in a hundred has."""
    chance = random.Random(2)  # noqa: S311 - no secret
    topics = []
    for number in range(TOPICS):
        label = chance.choice(labels)
        known = label.replace("sending", "dispatching").replace("cutting", "reducing")
        topic = f"more {known}" if number % 2 else f"{label} unheard"
        topics.append((topic, " ".join([topic, *chance.sample(labels, 8)])))
    return topics


if __name__ == "__main__":
    main()
