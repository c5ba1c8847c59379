"""What the commands of ``graphkit measures`` share: which network, and how its numbers look."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.network import parse_window
from graphkit.place import Place

if TYPE_CHECKING:
    import datetime

    from graphkit.statement import Actor, Statement

Command = Callable[..., Any]

_DIGITS = 4  # of a measure in a table for people; the other formats have all

seed_option = click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="For searches, layouts and draws.",
)

_OPTIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "--mode",
        ("actors", "topics"),
        "Who or what is tied: actors by the topics they share, or topics by their actors.",
    ),
    (
        "--normalize",
        ("none", "average", "jaccard", "cosine"),
        "By what to divide the ties; average lets those who speak often count no more.",
    ),
    ("--ambivalent", ("count", "halve", "drop"), "Ambivalent statements, as in graphkit export."),
    (
        "--duplicates",
        ("keep", "document", "day", "week", "month", "year", "range"),
        "Keep only the first of equal statements per unit.",
    ),
)

_BOOTSTRAP: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--bootstrap",
        {
            "type": click.IntRange(1),
            "metavar": "N",
            "help": "Draw N times from the statements, and give the intervals of 95 % of them.",
        },
    ),
    (
        "--resample",
        {
            "type": click.Choice(["confidence", "statements", "both"]),
            "help": "Keep each statement by its confidence, draw as many with replacement, or both."
            "  [default: confidence]",
        },
    ),
)


def measured_network(command: Command) -> Command:
    """Add the options of a network of actors or topics; the command gets ``network``.

    That is a `NetworkOptions`, with the window where the command has ``--window``.
    """

    @functools.wraps(command)
    def checked(*, mode: str, window: str | None = None, **given: Any) -> Any:
        from graphkit.algebra.options import NetworkOptions

        names = ("normalize", "ambivalent", "duplicates")
        network = NetworkOptions(
            mode="one",
            variable1="actor" if mode == "actors" else "topic",
            variable2="topic" if mode == "actors" else "actor",
            window=parse_window(window),
            **{name: given.pop(name) for name in names},
        )
        return command(network=network, **given)

    for name, choices, text in reversed(_OPTIONS):
        checked = click.option(
            name, type=click.Choice(choices), default=choices[0], show_default=True, help=text
        )(checked)
    return checked


def bootstrap_options(command: Command) -> Command:
    """Add ``--bootstrap``, ``--resample`` and ``--seed``.

    The command gets ``seed``, and ``bootstrap``, a `Bootstrap` or None.
    """

    @functools.wraps(command)
    def checked(*, bootstrap: int | None, resample: Any, seed: int, **given: Any) -> Any:
        drawn = None
        if bootstrap:
            from graphkit.measures.bootstrap import Bootstrap

            drawn = Bootstrap(bootstrap, resample or "confidence", seed)
        elif resample:
            raise click.UsageError("--resample says how to draw: say how often with --bootstrap.")
        return command(bootstrap=drawn, seed=seed, **given)

    for name, settings in reversed(_BOOTSTRAP):
        checked = click.option(name, **settings)(checked)
    return seed_option(checked)


def read_statements(
    store: Place, since: "datetime.date | None", until: "datetime.date | None"
) -> "tuple[list[Statement], list[Actor]]":
    """Return the statements of a store in a period, and its actors."""
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        return list(opened.statements(since=since, until=until)), list(opened.actors())


def rounded(values: Any, format: str) -> Any:
    """Round the numbers of a row or of facts in a table for people; leave the others as they are.

    >>> rounded({"share": [0.123456]}, "table")
    {'share': [0.1235]}
    """
    if format != "table":
        return values
    if isinstance(values, dict):
        return {name: rounded(value, format) for name, value in values.items()}
    if isinstance(values, list):
        return [rounded(value, format) for value in values]
    return round(values, _DIGITS) if isinstance(values, float) else values
