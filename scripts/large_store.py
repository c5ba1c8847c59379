#!/usr/bin/env python3
"""Make a large store of generated articles, to measure with.

Ten statements an article, by at most five actors on at most three topics. Few of the 10,000 actors
and 1,000 topics are in most statements, as Zipf has it. Each actor has a position on each topic for
three years, and one in six changes it on some day. The sentences are evidence where the text has
them, so `graphkit check` finds nothing wrong. The same seed makes the same store.

    python scripts/large_store.py big.db [--statements 1000000] [--seed 1]
"""

import argparse
import datetime
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from graphkit.article import Article
from graphkit.bulk import make_store
from graphkit.codebook import Concept
from graphkit.statement import Actor, Extraction, Stance, Statement, statement_id

STATEMENTS_OF_AN_ARTICLE, ACTORS_OF_AN_ARTICLE, TOPICS_OF_AN_ARTICLE = 10, 5, 3
ACTORS, TOPICS, SOURCES = 10_000, 1_000, 20
COUNTRIES, BODIES = 120, 1_500
"""The first actors are countries, the next organizations, all others persons."""

FIRST_DAY, DAYS = datetime.date(2021, 1, 1), 3 * 365
FOUND, ROLED, REVERSED, UNSURE, UNDATED, RELAYED, ENTITY = 0.02, 0.7, 1 / 6, 0.08, 0.02, 0.1, 0.03
"""How often articles have an unnamed group, actors a role there, and so on."""

SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "vor", "bel", "dun", "el", "far", "gri", "hol")
ROLES = ("minister", "senator", "president", "mayor", "deputy", "chairwoman", "spokesman")
BODY_NAMES = ("Union", "Council", "Party", "Institute", "Trust")
PLANS = (
    "ban on {} exports",
    "subsidies for {} producers",
    "taxes on {} imports",
    "expansion of {} mining",
    "privatization of the {} industry",
    "limits on {} storage",
    "inspections of {} plants",
    "closure of {} markets",
    "price controls for {}",
    "research into {} recycling",
)
VERBS: dict[Stance, tuple[str, ...]] = {
    "supports": ("supports", "backs", "welcomes", "calls for"),
    "opposes": ("opposes", "rejects", "warns against", "condemns"),
    "ambivalent": ("has mixed feelings about", "does not rule out"),
}
FILLERS = (
    "The debate had begun in the morning and lasted for nine hours.",
    "Outside, some hundred people waited in the rain for the result.",
    "A decision is expected before the end of the month.",
    "Figures that the office released last week had set off the dispute.",
)


def name(number: int, syllables: int) -> str:
    """Return a name that belongs to a number below 12 ** `syllables`."""
    parts = []
    for _ in range(syllables):
        number, part = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts).capitalize()


def skewed(number: int) -> list[float]:
    """Return cumulative weights by which the first of many are drawn most, as Zipf has it."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


@dataclass(frozen=True)
class World:
    """Who is in the generated articles, and what they think."""

    seed: int = 1

    @cached_property
    def actors(self) -> list[Actor]:
        """All actors, in an order in which the kinds are mixed."""
        mixed = list(range(ACTORS))
        random.Random(self.seed).shuffle(mixed)  # noqa: S311 # figures, and no secrets
        return [self._actor(number) for number in mixed]

    def _actor(self, number: int) -> Actor:
        country = f"{name(number % COUNTRIES, 2)}land"
        if number < COUNTRIES:
            return Actor(name=country, type="country", is_known=True)
        if number < COUNTRIES + BODIES:
            body = f"{name(number, 4)} {BODY_NAMES[number % len(BODY_NAMES)]}"
            return Actor(name=body, type="organization", represents=country)
        role = ROLES[number % len(ROLES)]
        full = f"{name(number, 4)} {name(number * 7 % 20_000, 4)}er"
        return Actor(name=full, type="person", role=role, represents=country)

    @cached_property
    def goods(self) -> list[str]:
        """What the topics are about."""
        return [name(number * 13, 4).lower() for number in range(TOPICS // len(PLANS))]

    @cached_property
    def topics(self) -> list[str]:
        """The labels of all topics, in an order in which they are mixed."""
        labels = [plan.format(good) for good in self.goods for plan in PLANS]
        random.Random(self.seed).shuffle(labels)  # noqa: S311 # figures again
        return labels

    @cached_property
    def sources(self) -> list[str]:
        """The names of all sources."""
        return [f"The {name(number * 5, 3)} Herald" for number in range(SOURCES)]

    @cached_property
    def weights(self) -> tuple[list[float], list[float], list[float]]:
        """How often actors, topics and sources are drawn."""
        return skewed(ACTORS), skewed(TOPICS), skewed(SOURCES)

    def concepts(self) -> list[Concept]:
        """Return a codebook that knows the topics of one good in ten."""
        return [
            Concept(label=plan.format(good), broader=(f"{good} policy",))
            for good in self.goods[::10]
            for plan in PLANS
        ]

    def stance(self, actor: int, topic: int, day: int) -> Stance:
        """Return what an actor thinks of a topic on a day."""
        fate = random.Random(hash((self.seed, actor, topic)))  # noqa: S311 # figures again
        leaning = fate.random() < 1 / 2
        if fate.random() < REVERSED and day > fate.randrange(DAYS):
            leaning = not leaning
        return "supports" if leaning else "opposes"

    def extraction(self, number: int) -> Extraction:
        """Return the article with a number, and what is found in it."""
        return _Writing(self, number).extraction()


class _Writing:
    """An article in the making."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._chance = random.Random(hash((world.seed, number)))  # noqa: S311 # figures again
        self._id = f"article-{number}"
        self._day = self._chance.randrange(DAYS)
        actors, topics, _ = world.weights
        draw = self._chance.choices
        self._cast = draw(range(ACTORS), cum_weights=actors, k=ACTORS_OF_AN_ARTICLE)
        self._agenda = draw(range(TOPICS), cum_weights=topics, k=TOPICS_OF_AN_ARTICLE)
        self._actors: dict[str, Actor] = {}
        self._text = ""
        self._statements: list[Statement] = []

    def extraction(self) -> Extraction:
        chance, (_, _, sources) = self._chance, self._world.weights
        for _ in range(STATEMENTS_OF_AN_ARTICLE):
            self._state()
            if chance.random() < 1 / 4:
                self._text += chance.choice(FILLERS) + " "
        article = Article(
            id=self._id,
            text=self._text.rstrip(),
            title=f"Dispute over {self._statements[0].topic}",
            date=self._date,
            source=chance.choices(self._world.sources, cum_weights=sources)[0],
            url=f"https://news.example/{self._id}",
        )
        found, actors = tuple(self._statements), tuple(self._actors.values())
        return Extraction(article=article, statements=found, attributions=(), actors=actors)

    @property
    def _date(self) -> datetime.date:
        return FIRST_DAY + datetime.timedelta(self._day)

    def _state(self) -> None:
        """Write a sentence in which somebody takes a position."""
        chance, world = self._chance, self._world
        number, about = chance.choice(self._cast), chance.choice(self._agenda)
        actor, topic = self._mention(world.actors[number]), world.topics[about]
        stance = world.stance(number, about, self._day)
        if chance.random() < FOUND:
            actor = self._known(Actor(name="local residents", type="group", is_local=True))
        if chance.random() < ENTITY:
            target = chance.choice(world.actors[:COUNTRIES])
            topic = topic if target.name == actor.name else self._mention(target).name
        if chance.random() < UNSURE:
            stance = "ambivalent"
        self._write(actor, stance, topic)

    def _mention(self, actor: Actor) -> Actor:
        """Return an actor as this article shows it: not always with a role."""
        if actor.name in self._actors:
            return self._actors[actor.name]
        if actor.represents:
            self._known(Actor(name=actor.represents, type="country", is_known=True))
        if actor.role and self._chance.random() > ROLED:
            actor = Actor(name=actor.name, type=actor.type, represents=actor.represents)
        return self._known(actor)

    def _known(self, actor: Actor) -> Actor:
        return self._actors.setdefault(actor.name, actor)

    def _write(self, actor: Actor, stance: Stance, topic: str) -> None:
        chance, act = self._chance, self._chance.choice(VERBS[stance])
        speaker = ""
        if chance.random() < RELAYED:
            others = [one.name for one in self._actors.values() if one.name != actor.name]
            speaker = chance.choice(sorted(others) or [""])
        beginning = f"According to {speaker}, " if speaker else ""
        who = f"{actor.name[:1].upper()}{actor.name[1:]}" if not speaker else actor.name
        sentence = f"{beginning}{who} {act} {topic}."
        start = len(self._text)
        spans = []
        place = start + len(beginning)
        for words in (who, act, topic):
            spans.append((place, place + len(words)))
            place += len(words) + 1
        self._text += sentence + " "
        self._statements.append(
            Statement(
                id=statement_id(self._id, *spans),
                article=self._id,
                date=None if chance.random() < UNDATED else self._date,
                actor=actor.name,
                actor_type=actor.type,
                affiliation=actor.represents,
                stance=stance,
                act=act,
                topic=topic,
                topic_text=topic,
                speaker=speaker,
                quote="indirect",
                condition="",
                evidence=sentence,
                start=start,
                end=start + len(sentence),
                actor_span=spans[0],
                cue_span=spans[1],
                topic_span=spans[2],
                confidence=chance.randrange(40, 96) / 100,
                rule=f"{stance}/nsubj",
            )
        )


def iter_extractions(statements: int, seed: int = 1) -> Iterator[Extraction]:
    """Yield articles with so many statements in all."""
    world = World(seed)
    for number in range(-(-statements // STATEMENTS_OF_AN_ARTICLE)):
        yield world.extraction(number)


def main() -> None:
    """Make the store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="where the store shall be")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    start = time.perf_counter()
    quads = make_store(
        chosen.path,
        iter_extractions(chosen.statements, chosen.seed),
        World(chosen.seed).concepts(),
    )
    taken = time.perf_counter() - start
    print(f"{quads} quads in {chosen.path}, {taken:.0f} s")  # noqa: T201 # what was made


if __name__ == "__main__":
    main()
