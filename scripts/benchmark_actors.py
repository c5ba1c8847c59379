"""Measure how long it takes to link a mention and to look up an actor in stores of several sizes.

Stores of generated articles with 1,000, 10,000 and 100,000 actors are made on the disk, with
skewed surnames and some namesakes, acronyms and corrections. Each figure is of one call in a warm
store, over names that are drawn at random from it; linking starts without anything remembered.
Times are those of the processor, which other work on the machine changes less.

    python scripts/benchmark_actors.py [--actors 100000]
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from graphkit.article import Article
from graphkit.linking import profile_of
from graphkit.names import resolve_actor
from graphkit.statement import Actor, Extraction, Statement, statement_id
from graphkit.store import Store

ACTORS_OF_AN_ARTICLE = 20
SAMPLE = 500
SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "vor", "bel", "dun", "el", "far", "gri", "hol")


def name(number: int, syllables: int = 3) -> str:
    """Return a name that belongs to a number."""
    parts = []
    for _ in range(syllables):
        number, part = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts).capitalize()


def actor(number: int, chance: random.Random) -> Actor:
    """Return an actor: most are persons, whose surnames are the more frequent the shorter."""
    if number % 5 == 0:
        body = f"{name(number)} {name(number // 7)} {name(number // 11)} Union"
        return Actor(name=body, type="organization")
    surname = name(int(20_000 ** chance.random()), 4)
    role = chance.choice(("", "", "president", "minister", "senator"))
    country = chance.choice(("", "Norland", "Sudland"))
    return Actor(name=f"{name(number, 5)} {surname}", type="person", role=role, represents=country)


def extraction(number: int, chance: random.Random) -> Extraction:
    """Return an article with new actors and some that stand in most articles."""
    first = number * ACTORS_OF_AN_ARTICLE
    own = {one.name: one for n in range(ACTORS_OF_AN_ARTICLE) for one in [actor(first + n, chance)]}
    common = [Actor(name=one, type="country", is_known=True) for one in ("Norland", "Sudland")]
    actors = (*own.values(), *common)
    identifier = f"a{number}"
    statements = [
        Statement(
            id=statement_id(identifier, (place, place + 1)),
            article=identifier,
            date=None,
            actor=one.name,
            actor_type=one.type,
            affiliation=one.represents,
            stance="supports",
            act="backs",
            topic=f"plan {chance.randrange(1000)}",
            topic_text="the plan",
            speaker="",
            quote="indirect",
            condition="",
            evidence=identifier,
            start=0,
            end=len(identifier),
            actor_span=None,
            cue_span=None,
            topic_span=None,
            confidence=0.8,
            rule="support/nsubj",
        )
        for place, one in enumerate(actors)
    ]
    article = Article(id=identifier, text=identifier, title="", date=None, source="", url="")
    return Extraction(
        article=article, statements=tuple(statements), attributions=(), actors=tuple(actors)
    )


def seconds_of(call: Callable[[Any], Any], values: Iterable[Any]) -> list[float]:
    """Return how long each call takes."""
    taken = []
    for value in values:
        start = time.process_time()
        call(value)
        taken.append(time.process_time() - start)
    return taken


def shown(taken: Sequence[float]) -> str:
    """Return median and 99th percentile in milliseconds."""
    worst = statistics.quantiles(taken, n=100)[98]
    return f"{1000 * statistics.median(taken):7.3f} ms, 99th percentile {1000 * worst:7.3f} ms"


def measure(store: Store, articles: int) -> None:
    """Print the figures of a store with so many articles."""
    chance = random.Random(1)  # noqa: S311 # figures, and no secrets
    drawn = [extraction(chance.randrange(articles), chance) for _ in range(SAMPLE // 10)]
    mentions = [
        (profile_of(one, e.actors), e.article.id, one.name) for e in drawn for one in e.actors
    ]
    stored = [
        one.name
        for number in chance.choices(range(articles), k=SAMPLE // 10)
        for one in store.extraction(f"a{number}").actors
    ]

    def link(mention: Any) -> None:
        store.linker().actor(*mention)

    click.echo(f"  link a mention    {shown(seconds_of(link, mentions))}")
    click.echo(
        f"  look up an actor  {shown(seconds_of(lambda one: resolve_actor(store, one), stored))}"
    )
    added = [extraction(articles + n, chance) for n in range(20)]
    click.echo(
        f"  add an article    {shown(seconds_of(store.add, added))} ({len(added[0].actors)} actors)"
    )


def main() -> None:
    """Make the stores and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--actors", type=int, default=100_000, help="actors of the largest store")
    largest = parser.parse_args().actors
    for size in (largest // 100, largest // 10, largest):
        articles = size // ACTORS_OF_AN_ARTICLE
        chance = random.Random(0)  # noqa: S311 # figures, and no secrets
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "db") as store:
            start = time.process_time()
            for number in range(articles):
                store.add(extraction(number, chance))
            made = time.process_time() - start
            click.echo(f"{size} actors in {articles} articles, made in {made:.0f} s")
            measure(store, articles)


if __name__ == "__main__":
    main()
