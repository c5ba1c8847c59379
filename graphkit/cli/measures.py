"""``graphkit measures``: camps, communities, densities and centralities of a network."""

import datetime
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.listing import ListingGroup
from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.measured import bootstrap_options, measured_network, read_statements, rounded
from graphkit.cli.period import period_options
from graphkit.cli.structure import backbone, phases
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.algebra.options import NetworkOptions
    from graphkit.measures.bootstrap import Bootstrap

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


class _MeasuresGroup(ListingGroup):
    default = "network"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Name the commands that are spelt like one that there is not."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            ctx.fail(f"No such command '{args[0]}': there are {', '.join(self.commands)}.")
        return super().parse_args(ctx, args)


@click.group(cls=_MeasuresGroup)
def measures() -> None:
    """Measure who stands with whom: the network as a whole, and each actor in it.

    Without a command it is that of `network`. docs/networks.md has the formulas.

    \b
    Example:
      graphkit measures
      graphkit measures --normalize average --bootstrap 200 -f json
      graphkit measures --mode topics -o topics.csv
      graphkit measures --window "30 days"
      graphkit measures backbone
      graphkit measures phases --window "30 days"
    """


@measures.command()
@measured_network
@click.option(
    "--groups",
    type=click.Choice(["actor_type", "affiliation"]),
    default="actor_type",
    show_default=True,
    help="Who belongs together for the E-I index.",
)
@bootstrap_options
@click.option(
    "--window",
    metavar="TIME",
    help="Measure each place of a window instead, and how much changes: '30 days', '6 weeks'.",
)
@limit_option
@period_options
@look_up_options
def network(
    network: "NetworkOptions",
    groups: str,
    seed: int,
    bootstrap: "Bootstrap | None",
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Measure the network as a whole, and each actor in it.

    With --window, how all of that changes over time. JSON holds all of it, CSV, TSV and JSON lines
    the actors.

    \b
    Example:
      graphkit measures
      graphkit measures --normalize average --bootstrap 200 -f json
      graphkit measures --mode topics -o topics.csv
      graphkit measures --window "30 days"
    """
    from graphkit.measures import over_time
    from graphkit.measures.of_statements import intervals_of, measure_statements
    from graphkit.measures.summary import COLUMNS
    from graphkit.output import Answer

    if network.window and bootstrap:
        raise click.UsageError("--bootstrap is for the whole time: leave --window out.")
    statements, actors = read_statements(store, since, until)
    if network.window:
        found = over_time.measure_windows(statements, network, actors=actors, seed=seed)
        rows = [rounded(row, options["format"]) for row in found]
        columns = _SHOWN_WINDOWS if options["format"] == "table" else over_time.COLUMNS
        print_answer(Answer({}, "windows", columns, rows), **options)
        return
    chosen: dict[str, Any] = {"actors": actors, "groups": groups, "seed": seed}
    summary = measure_statements(statements, network, **chosen)
    facts = summary.whole
    if bootstrap:
        intervals = intervals_of(statements, network, bootstrap=bootstrap, **chosen)
        facts |= {f"{name}_95": ends for name, ends in intervals.items()}
    shown = _SHOWN if options["format"] == "table" else COLUMNS
    rows = [rounded(row, options["format"]) for row in summary.nodes]
    print_answer(
        Answer(rounded(facts, options["format"]), f"{network.variable1}s", shown, rows), **options
    )


measures.add_command(backbone)
measures.add_command(phases)
