"""``graphkit actor``, ``topic``, ``quotes``, ``article`` and ``explain``: look something up."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.options import format_option, output_option, store_option
from graphkit.cli.period import period_options
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.output import Answer
    from graphkit.store import Store

Command = Callable[..., Any]

limit_option = click.option("-n", "--limit", type=click.IntRange(min=1), help="Rows to show.")


def look_up_options(command: Command) -> Command:
    """Add the formats of a look-up, ``--output`` and ``--store``."""
    formats = format_option("table", "csv", "tsv", "json", "jsonl", default="table")
    return formats(output_option(store_option(command)))


@click.command()
@click.argument("name", metavar="ACTOR")
@limit_option
@period_options
@look_up_options
def actor(
    name: str,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Tell who an actor is, and where it stands on each topic.

    ACTOR is a name, an alias or an IRI; case and accents do not matter. The stance is the latest,
    `before` the one that was given up for it.

    \b
    Example:
      graphkit actor "Olaf Scholz"
      graphkit actor germany --since 2024-03 -f json
    """
    from graphkit.lookup import look_up_actor

    with open_store(store) as opened:
        found = find_actor(opened, name)
        print_answer(
            look_up_actor(opened, found, since=since, until=until, limit=options["limit"]),
            **options,
        )


@click.command()
@click.argument("label", metavar="TOPIC")
@click.option("--narrower", is_flag=True, help="Count what is said on narrower topics, too.")
@limit_option
@period_options
@look_up_options
def topic(
    label: str,
    narrower: bool,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Tell who supports a topic, who opposes it and who leaves it open.

    TOPIC is a label, another name or an IRI, or an actor that others are for or against. Each actor
    stands under its latest stance, with one sentence for it; `before` is the stance it gave up.

    \b
    Example:
      graphkit topic "ground troops in Ukraine"
      graphkit topic "ground troops in Ukraine" --until 2024-02 -f csv
      graphkit topic "military aid for Ukraine" --narrower
    """
    from graphkit.lookup import look_up_topic
    from graphkit.names import resolve_topic

    with open_store(store) as opened:
        found = resolve_topic(opened, label)
        answer = look_up_topic(
            opened,
            found,
            since=since,
            until=until,
            narrower=narrower,
            limit=options["limit"],
        )
        print_answer(answer, **options)


@click.command()
@click.argument("name", metavar="ACTOR")
@click.argument("label", metavar="[TOPIC]", required=False)
@limit_option
@period_options
@look_up_options
def quotes(
    name: str,
    label: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """List the statements of an actor with their sentences, the latest first.

    \b
    Example:
      graphkit quotes "Emmanuel Macron"
      graphkit quotes "Emmanuel Macron" "ground troops in Ukraine" -n 3
    """
    from graphkit.lookup import look_up_quotes
    from graphkit.names import resolve_topic

    with open_store(store) as opened:
        found = find_actor(opened, name)
        on = resolve_topic(opened, label) if label else None
        answer = look_up_quotes(opened, found, on, since=since, until=until, limit=options["limit"])
        print_answer(answer, **options)


@click.command()
@click.argument("id", metavar="ID")
@limit_option
@look_up_options
def article(id: str, store: Place, **options: Any) -> None:
    """Show where an article comes from, and its statements in the order of the text.

    ID is the article's id, its beginning if no other has it, or its IRI.

    \b
    Example:
      graphkit article 2024-02-27-summit
      graphkit article 2024-02-27-summit -f jsonl
    """
    from graphkit.lookup import look_up_article
    from graphkit.names import resolve_article

    with open_store(store) as opened:
        print_answer(look_up_article(opened, resolve_article(opened, id)), **options)


@click.command()
@click.argument("id", metavar="STATEMENT")
@look_up_options
def explain(id: str, store: Place, **options: Any) -> None:
    """Show why a statement was found, and how its words came to mean actor and topic.

    STATEMENT is an id as `graphkit quotes` lists them, its beginning, or its IRI. Each step has the
    words, what they mean, how that is known (the article, a full name, an office, the codebook, a
    correction) and an IRI. Earlier and later statements of the actor on the topic are named, too.

    \b
    Example:
      graphkit explain 04208a8981342da5
      graphkit explain 0420 -f csv
    """
    from graphkit.explanation import explain_statement
    from graphkit.names import resolve_statement

    with open_store(store) as opened:
        print_answer(explain_statement(opened, resolve_statement(opened, id)), **options)


def open_store(path: Place) -> "Store":
    """Open a store to look something up; see `Store.open`."""
    from graphkit.store import Store

    return Store.open(path, read_only=True)


def find_actor(store: "Store", name: str) -> str:
    """Return the canonical name of an actor, and say who else bears it; see `resolve_actor`."""
    from graphkit.names import namesakes, resolve_actor

    found = resolve_actor(store, name)
    if others := namesakes(store, found):
        listed = " and ".join(f"'{other}'" for other in others)
        click.echo(f"'{found}' is also a name of {listed}.", err=True)
    return found


def print_answer(answer: "Answer", format: str, output: str, limit: int | None = None) -> None:
    """Write an answer, and say how many rows the limit hides."""
    from graphkit.output import open_output, write_answer

    answer = dataclasses.replace(answer, limit=limit)
    with open_output(output) as stream:
        write_answer(answer, format, stream)
    if hidden := len(answer.rows) - len(answer.shown):
        it = "it" if hidden == 1 else "them"
        click.echo(f"{_counted(hidden, answer.name)}; see {it} without -n.", err=True)


def _counted(hidden: int, name: str) -> str:
    """Return "1 more ally" or "2 more allies"."""
    one = f"{name.removesuffix('ies')}y" if name.endswith("ies") else name.removesuffix("s")
    return f"{hidden} more {one if hidden == 1 else name}"
