"""Statements of debates that tests make up: who says what when, and how sure that is."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from example import PROPOSAL, STATEMENTS
from graphkit.statement import Actor, Extraction, Statement
from graphkit.store import Store

SIGNS = {"+": "supports", "-": "opposes", "0": "ambivalent"}
FIRST = datetime.date(2024, 1, 1)

Told = tuple[str, str, str] | tuple[str, str, str, int]


def statements_of(told: Iterable[Told], *, confidence: float = 1.0) -> list[Statement]:
    """Return a statement for each actor, sign, topic and day after FIRST, which is 0 without one.

    Each has an article of its own.
    """
    found = []
    for number, (actor, sign, topic, *day) in enumerate(told):
        date = FIRST + datetime.timedelta(days=day[0] if day else 0)
        found.append(
            replace(
                STATEMENTS[0],
                id=f"{number:016x}",
                article=f"told-{number}",
                date=date,
                actor=actor,
                actor_type="organization",
                affiliation="",
                stance=SIGNS[sign],
                topic=topic,
                confidence=confidence,
            )
        )
    return found


def make_store_of(path: Path, statements: Iterable[Statement]) -> None:
    """Make a store with an article for each statement."""
    with Store.open(path) as store:
        for each in statements:
            store.add(
                Extraction(
                    article=replace(PROPOSAL, id=each.article, date=each.date),
                    statements=(each,),
                    attributions=(),
                    actors=(Actor(name=each.actor, type=each.actor_type),),
                )
            )
