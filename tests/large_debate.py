"""A debate of as many actors as a test wants, in two camps, with some who change sides."""

import datetime
import random
from dataclasses import replace

from example import STATEMENTS
from graphkit.article import Article
from graphkit.plot.debate import Debate
from graphkit.statement import Actor, Stance, Statement

_FIRST = ("Anna", "Bela", "Ciro", "Dunja", "Emil", "Fatou", "Goran", "Hedda", "Iker", "Jana")
_LAST = ("Varga", "Okoye", "Lindholm", "Sorel", "Brandt", "Teixeira", "Quist")
LONG = "Association of Independent Bakers, Millers and Pastry Cooks of the Northern Provinces"
_TOPICS = (
    "rent cap",
    "night trains to the coast",
    "sugar tax",
    "school uniforms",
    "four-day week for the civil service and the public hospitals",
    "wolf hunting",
    "wealth tax",
    "city toll",
    "free museums",
    "tidal power plant",
)
_START = datetime.date(2023, 1, 2)
_MIXED: tuple[Stance, ...] = ("supports", "opposes", "ambivalent")


def large_debate(actors: int, topics: int = 8, statements: int = 6, days: int = 400) -> Debate:
    """Return the same debate each time: so many `statements` of each actor, over some `days`."""
    dice = random.Random(actors)
    names = [_name(number) for number in range(actors)]
    found = []
    for number, name in enumerate(names):
        for _ in range(dice.randint(1, 2 * statements - 1)):
            topic = _TOPICS[min(int(dice.expovariate(0.5)), topics - 1)]
            day = _START + datetime.timedelta(days=dice.randrange(days))
            found.append(_statement(len(found), name, topic, (_stance(number, topic, dice), day)))
    found.sort(key=lambda one: (one.date or _START, one.id))
    articles = [Article(id=one.article, title="", text="") for one in found]
    return Debate(found, [Actor(name=name, type="person") for name in names], articles)


def _name(number: int) -> str:
    if number == 3:
        return LONG
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]}"
    return name if number < len(_FIRST) * len(_LAST) else f"{name} {number}"


def _stance(number: int, topic: str, dice: random.Random) -> Stance:
    """Let two camps disagree on every topic, each with one in eight statements against it."""
    if dice.random() < 0.12:
        return dice.choice(_MIXED)
    return "supports" if (number % 5 < 2) == (_TOPICS.index(topic) % 2 == 0) else "opposes"


def _statement(number: int, name: str, topic: str, said: tuple[Stance, datetime.date]) -> Statement:
    return replace(
        STATEMENTS[0],
        id=f"{number:016x}",
        article=f"article-{number}",
        date=said[1],
        actor=name,
        actor_type="person",
        stance=said[0],
        topic=topic,
    )
