"""``graphkit info``: which versions run, and what the store holds."""

import json
import platform
from typing import TYPE_CHECKING, Any, cast

import click

from graphkit.cli.options import format_option, store_option
from graphkit.place import Place

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

_COUNTED = ("articles", "statements", "actors", "topics")
_DATES = ("first_date", "last_date")
_COUNTS = """
SELECT ?articles ?statements ?actors ?topics ?first_date ?last_date WHERE {
  { SELECT (COUNT(DISTINCT ?article) AS ?articles) WHERE { ?article a schema:NewsArticle } }
  { SELECT (MIN(?date) AS ?first_date) (MAX(?date) AS ?last_date)
    WHERE { ?article a schema:NewsArticle ; schema:datePublished ?date } }
  { SELECT (COUNT(DISTINCT ?statement) AS ?statements) (COUNT(DISTINCT ?topic) AS ?topics)
    WHERE { ?statement a gk:Statement ; gk:topic ?topic } }
  { SELECT (COUNT(DISTINCT ?name) AS ?actors)
    WHERE { ?actor a gk:Actor ; skos:prefLabel ?name } }
}
"""


@click.command()
@format_option("table", "json", default="table")
@store_option
def info(format: str, store: Place) -> None:
    """Show the versions that run and what the store holds.

    \b
    Example:
      graphkit info
      graphkit info -s demo.db -f json
    """
    facts = {**_versions(), "store": str(store), **_contents(store)}
    if format == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    if "articles" not in facts:
        facts["store"] += " (none there; `graphkit add` makes one)"
    for name, value in facts.items():
        click.echo(f"{name:<12}{'unknown' if value is None else value}")


def _versions() -> dict[str, Any]:
    return {
        "graphkit": _version("stance-graphkit"),
        "python": platform.python_version(),
        "spacy": _version("spacy"),
        "model": _model(),
        "rdflib": _version("rdflib"),
        "pyoxigraph": _version("pyoxigraph"),
    }


def _version(distribution: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _model() -> str | None:
    from graphkit.settings import describe_model

    try:
        return describe_model()
    except ImportError:
        return None


def _contents(path: Place) -> dict[str, Any]:
    """Count what the store holds; nothing where there is none."""
    if not path.exists():
        return {}
    from graphkit.store import Store

    with Store.open(path, read_only=True) as store:
        (row,) = cast("QuerySolutions", store.query(_COUNTS))
        counts = {name: int(row[name].value) for name in _COUNTED}
        dates = {name: row[name].value if row[name] else None for name in _DATES}
    return {**counts, **dates}
