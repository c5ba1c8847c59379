"""Our own statements as a table for the algebra."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphkit.algebra.table import Kind, StatementTable
from graphkit.article import Article
from graphkit.errors import NetworkError
from graphkit.statement import Actor, Statement

# Those that say what was said by whom about what; all are texts but for the stance.
_OF_STATEMENTS = (
    "actor",
    "actor_type",
    "affiliation",
    "stance",
    "act",
    "topic",
    "topic_text",
    "speaker",
    "quote",
)
_OF_ARTICLES = ("article", "source")

VARIABLES = (*_OF_STATEMENTS, *_OF_ARTICLES)
"""The variables that a table of our statements can have."""


def table_of(
    statements: Sequence[Statement],
    variables: Iterable[str] = VARIABLES,
    *,
    actors: Iterable[Actor] = (),
    articles: Iterable[Article] = (),
) -> StatementTable:
    """Return a table with the `variables` of statements; of large stores name only what it needs.

    `actors` tell which names mean something in one article only; these stand with the article's
    id. `articles` tell their sources, which without them are empty. Raise NetworkError for an
    unknown variable.
    """
    local = {actor.name for actor in actors if actor.is_local}
    known = {"source": {article.id: article.source for article in articles}, "local": local}
    columns: dict[str, tuple[Kind, list[Any]]] = {}
    for name in variables:
        kind: Kind = "stance" if name == "stance" else "text"
        columns[name] = kind, _values(name, statements, known)
    return StatementTable.of(
        dates=[statement.date for statement in statements],
        documents=[statement.article for statement in statements],
        positions=[(statement.start, statement.end) for statement in statements],
        columns=columns,
        document_variables=_OF_ARTICLES,
    )


def _values(name: str, statements: Sequence[Statement], known: Mapping[str, Any]) -> list[Any]:
    if name == "source":
        sources = known["source"]
        return [sources.get(statement.article, "") for statement in statements]
    if name == "actor" and known["local"]:
        return [_actor(statement, known["local"]) for statement in statements]
    if name not in VARIABLES:
        raise NetworkError(f"No variable '{name}'. There are {', '.join(VARIABLES)}.")
    return [getattr(statement, name) for statement in statements]


def _actor(statement: Statement, local: set[str]) -> str:
    """Keep "some countries" of one article apart from "some countries" of the next."""
    is_local = statement.actor in local
    return f"{statement.actor} ({statement.article})" if is_local else statement.actor
