"""What stands behind an edge of a network: its statements, their dates, their sources, a quote."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphkit.statement import Actor, Statement

_QUOTE_WIDTH = 200  # about two lines of an edge's tooltip


def evidence_of(members: Sequence[Statement], sources: Mapping[str, str]) -> dict[str, Any]:
    """Return what the statements of an edge say of it; `sources` maps articles to their sources.

    The quote is that of the statement with the highest confidence, of equals the first.
    """
    best = max(members, key=lambda member: member.confidence, default=None)
    quote = best.evidence if best else ""  # conflicts of texts have no statements in common
    return {
        **lifetime_of(members),
        "statement_ids": "; ".join(member.id for member in members),
        "sources": "; ".join(sorted({sources.get(m.article) or m.article for m in members})),
        "quote": textwrap.shorten(quote, _QUOTE_WIDTH, placeholder=" ..."),
    }


def lifetime_of(members: Iterable[Statement]) -> dict[str, Any]:
    """Return the first and the last date of statements, and all dates; None where there is none."""
    dates = tuple(sorted({member.date for member in members if member.date}))
    return {
        "first_date": dates[0].isoformat() if dates else None,
        "last_date": dates[-1].isoformat() if dates else None,
        "dates": dates or None,
    }


def local_names(actors: Iterable[Actor]) -> frozenset[str]:
    """Return the names that mean something in one article only, as "some countries" does."""
    actors = list(actors)
    everywhere = {actor.name for actor in actors if not actor.is_local}
    return frozenset(actor.name for actor in actors) - everywhere


def name_of_actor(statement: Statement, local: frozenset[str]) -> str:
    """Return the name of a statement's actor, with the article where the name is a local one."""
    is_local = statement.actor in local
    return f"{statement.actor} ({statement.article})" if is_local else statement.actor
