"""Hypothesis strategy for stores of short debates: few actors and days, so that they meet."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from example import ACTORS, CHARGE, PROPOSAL, STATEMENTS, TRAMS
from graphkit.statement import STANCES, Extraction
from graphkit.store import Store

NAMES = ("Łucja Novák", "Norland", "Chamber of Commerce", "some shopkeepers")
TOPICS = (CHARGE, TRAMS)
_DAYS = tuple(datetime.date(2024, 3, day) for day in range(1, 5))

Told = tuple[datetime.date | None, str, str, str]

debates = st.lists(
    st.tuples(
        st.sampled_from((None, *_DAYS)),
        st.sampled_from(NAMES),
        st.sampled_from(STANCES),
        st.sampled_from(TOPICS),
    ),
    max_size=10,
)


def debate_store(told: list[Told], called: Mapping[str, str] | None = None) -> Store:
    """Return a store in memory with one article for each statement that is told.

    `called` gives actors other names.
    """
    store = Store.open(None)
    for number, (date, name, stance, topic) in enumerate(told):
        (actor,) = (one for one in ACTORS if one.name == name)
        actor = replace(actor, name=(called or {}).get(name, name), represents="")
        statement = replace(
            STATEMENTS[0],
            id=f"{number:016x}",
            article=f"told-{number}",
            date=date,
            actor=actor.name,
            actor_type=actor.type,
            affiliation="",
            stance=stance,
            topic=topic,
        )
        article = replace(PROPOSAL, id=statement.article, date=date)
        store.add(
            Extraction(article=article, statements=(statement,), attributions=(), actors=(actor,))
        )
    return store
