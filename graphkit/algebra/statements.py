"""Our own statements as a table for the algebra."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graphkit.algebra.table import Kind, StatementTable
from graphkit.article import Article
from graphkit.errors import NetworkError
from graphkit.evidence import local_names, name_of_actor
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
    sources = {article.id: article.source for article in articles}
    known = {"source": sources, "local": local_names(actors)}
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
        return [name_of_actor(statement, known["local"]) for statement in statements]
    if name not in VARIABLES:
        raise NetworkError(f"No variable '{name}'. There are {', '.join(VARIABLES)}.")
    return [getattr(statement, name) for statement in statements]
