#!/usr/bin/env python3
"""Measure adding one changed article again to stores of several sizes.

The stores are those of large_store.py, of 1,000, 10,000 and 100,000 articles. Articles drawn at
random are added again with another title, and with another statement; stores take turns, so that
what else the machine does touches all. Printed are medians in milliseconds, and the ratio of the
largest store to the smallest, for the first article after opening and for those after it.

    python scripts/benchmark_adding.py [--articles 1000 --articles 10000] [--turns 30]
"""

import dataclasses
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
from large_store import STATEMENTS_OF_AN_ARTICLE, World, iter_extractions

from graphkit.bulk import make_store
from graphkit.statement import Extraction
from graphkit.store import Store

LIMIT = 2.0
"""How many times as long an article may take in the largest store as in the smallest."""

WORLD = World()


def retitled(extraction: Extraction) -> Extraction:
    """Return an article that tells the same below another title."""
    article = dataclasses.replace(extraction.article, title=f"{extraction.article.title}, again")
    return dataclasses.replace(extraction, article=article)


def shortened(extraction: Extraction) -> Extraction:
    """Return an article that lacks its last statement."""
    return dataclasses.replace(extraction, statements=extraction.statements[:-1])


CHANGES: dict[str, Callable[[Extraction], Extraction]] = {
    "another title": retitled,
    "a statement less": shortened,
}


@click.command(help=__doc__)
@click.option("--articles", type=int, multiple=True, default=(1_000, 10_000, 100_000))
@click.option("--turns", type=click.IntRange(2), default=30, show_default=True)
@click.option("--stores", type=click.Path(path_type=Path), help="Keep the stores in a folder.")
def main(*, articles: tuple[int, ...], turns: int, stores: Path | None) -> None:
    """Print the figures; exit with 1 if the largest store is slower than LIMIT."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        paths = [make(stores or Path(folder), number, Path(folder)) for number in articles]
        found = measure(paths, articles, turns)
    worst = 0.0
    for change in CHANGES:
        first = [1000 * found[number, change][0] for number in articles]
        later = [1000 * statistics.median(found[number, change][1:]) for number in articles]
        for what, figures in (("first", first), ("later", later)):
            ratio = figures[-1] / figures[0]
            shown = "".join(f"{figure:10.1f}" for figure in figures)
            click.echo(f"{change:<18}{what:<8}{shown} ms   {ratio:.2f} times")
            worst = max(worst, ratio if what == "later" else 0)
    sys.exit(worst > LIMIT)


def make(home: Path, articles: int, folder: Path) -> Path:
    """Return a copy of a store of generated articles; what is there already is not made again."""
    kept = home / f"articles-{articles}.db"
    if not kept.exists():
        extractions = iter_extractions(articles * STATEMENTS_OF_AN_ARTICLE)
        make_store(kept, extractions, WORLD.concepts())
    copy = folder / f"copy-{articles}.db"
    shutil.copytree(kept, copy)
    return copy


def measure(
    paths: list[Path], articles: tuple[int, ...], turns: int
) -> dict[tuple[int, str], list[float]]:
    """Return how long each addition takes, by the number of articles and the change."""
    chance = random.Random(1)  # noqa: S311 # figures, and no secrets
    found: dict[tuple[int, str], list[float]] = {}
    for change, changed in CHANGES.items():
        stores = [Store.open(path) for path in paths]
        for _ in range(turns):
            for number, store in zip(articles, stores, strict=True):
                extraction = changed(WORLD.extraction(chance.randrange(number)))
                start = time.perf_counter()
                store.add(extraction)
                taken = time.perf_counter() - start
                found.setdefault((number, change), []).append(taken)
        for store in stores:
            store.close()
    return found


if __name__ == "__main__":
    main()
