"""``graphkit measures``: camps, communities, densities and centralities of a network."""

import datetime
from pathlib import Path
from typing import Any, Literal

import click

from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.network import parse_window
from graphkit.cli.period import period_options

_DIGITS = 4  # of a measure in a table for people; the other formats have all, and all columns
_SHOWN: tuple[str, ...] = (
    "name",
    "group",
    "camp",
    "community",
    "allies",
    "opponents",
    "betweenness",
)
_SHOWN_WINDOWS = ("start", "stop", "statements", "polarization", "modularity", "change")


@click.command()
@click.option(
    "--mode",
    type=click.Choice(["actors", "topics"]),
    default="actors",
    show_default=True,
    help="Who or what is tied: actors by the topics they share, or topics by their actors.",
)
@click.option(
    "--groups",
    type=click.Choice(["actor_type", "affiliation"]),
    default="actor_type",
    show_default=True,
    help="Who belongs together for the E-I index.",
)
@click.option(
    "--normalize",
    type=click.Choice(["none", "average", "jaccard", "cosine"]),
    default="none",
    show_default=True,
    help="By what to divide the ties; average lets those who speak often count no more.",
)
@click.option(
    "--ambivalent",
    type=click.Choice(["count", "halve", "drop"]),
    default="count",
    show_default=True,
    help="Ambivalent statements, as in graphkit export.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "document", "day", "week", "month", "year", "range"]),
    default="keep",
    show_default=True,
    help="Keep only the first of equal statements per unit.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="For searches.")
@click.option(
    "--bootstrap",
    type=click.IntRange(1),
    metavar="N",
    help="Draw N times by the confidence of the statements, and give intervals.",
)
@click.option(
    "--window",
    metavar="TIME",
    help="Measure each place of a window instead, and how much changes: '30 days', '6 weeks'.",
)
@limit_option
@period_options
@look_up_options
def measures(
    mode: str,
    groups: str,
    normalize: Literal["none", "average", "jaccard", "cosine"],
    ambivalent: Literal["count", "halve", "drop"],
    duplicates: Any,
    seed: int,
    bootstrap: int | None,
    window: str | None,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Path,
    **options: Any,
) -> None:
    """Measure who stands with whom: the network as a whole, and each actor in it.

    With --window, how all of that changes over time.

    docs/networks.md has the formulas. JSON holds all of it, CSV, TSV and JSON lines the actors.

    \b
    Example:
      graphkit measures
      graphkit measures --normalize average --bootstrap 200 -f json
      graphkit measures --mode topics -o topics.csv
      graphkit measures --window "30 days"
    """
    from graphkit.algebra.options import NetworkOptions
    from graphkit.measures import over_time
    from graphkit.measures.of_statements import intervals_of, measure_statements
    from graphkit.measures.summary import COLUMNS
    from graphkit.output import Answer
    from graphkit.store import Store

    network = NetworkOptions(
        mode="one",
        variable1="actor" if mode == "actors" else "topic",
        variable2="topic" if mode == "actors" else "actor",
        normalize=normalize,
        ambivalent=ambivalent,
        duplicates=duplicates,
        window=parse_window(window),
    )
    if window and bootstrap:
        raise click.UsageError("--bootstrap is for the whole time: leave --window out.")
    with Store.open(store, read_only=True) as opened:
        statements = opened.statements(since=since, until=until)
        actors = opened.actors()
    if window:
        found = over_time.measure_windows(statements, network, actors=actors, seed=seed)
        rows = [_shown(row, options["format"]) for row in found]
        columns = _SHOWN_WINDOWS if options["format"] == "table" else over_time.COLUMNS
        print_answer(Answer({}, "windows", columns, rows), **options)
        return
    chosen: dict[str, Any] = {"actors": actors, "groups": groups, "seed": seed}
    summary = measure_statements(statements, network, **chosen)
    facts = summary.whole
    if bootstrap:
        intervals = intervals_of(statements, network, draws=bootstrap, **chosen)
        facts |= {f"{name}_95": ends for name, ends in intervals.items()}
    shown = _SHOWN if options["format"] == "table" else COLUMNS
    rows = [_shown(row, options["format"]) for row in summary.nodes]
    print_answer(Answer(_shown(facts, options["format"]), mode, shown, rows), **options)


def _shown(values: dict[str, Any], format: str) -> dict[str, Any]:
    if format != "table":
        return values
    return {name: _round(value) for name, value in values.items()}


def _round(value: Any) -> Any:
    if isinstance(value, list):
        return [_round(each) for each in value]
    return round(value, _DIGITS) if isinstance(value, float) else value
