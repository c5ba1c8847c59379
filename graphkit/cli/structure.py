"""``graphkit measures backbone`` and ``phases``: what holds a network together, when it turns."""

import datetime
from typing import TYPE_CHECKING, Any, Literal

import click

from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.measured import measured_network, read_statements, rounded, seed_option
from graphkit.cli.period import period_options
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.algebra.options import NetworkOptions
    from graphkit.measures.backbone import Backbone
    from graphkit.measures.phases import Phases

_SHOWN_PHASES = ("phase", "state", "start", "stop", "statements", "distance", "topics")


@click.command()
@measured_network
@click.option(
    "--method",
    type=click.Choice(["anneal", "nested"]),
    default="anneal",
    show_default=True,
    help="nested drops one topic after the other; anneal searches on from there.",
)
@click.option(
    "--penalty",
    type=click.FloatRange(0),
    default=1.0,
    show_default=True,
    help="What it costs to keep all topics, as a share of what it costs to drop all.",
)
@click.option("--size", type=click.IntRange(1), metavar="N", help="Keep N, whatever that loses.")
@click.option(
    "--iterations",
    type=click.IntRange(1),
    metavar="N",
    default=1000,
    show_default=True,
    help="Moves of the annealing.",
)
@seed_option
@limit_option
@period_options
@look_up_options
def backbone(
    network: "NetworkOptions",
    method: Literal["anneal", "nested"],
    penalty: float,
    size: int | None,
    iterations: int,
    seed: int,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Find the fewest topics that keep the structure of who agrees with whom.

    The rows are the topics that several speak of, in the order of the nested search, the one that
    is dropped last first: `loss` is how far the network is from that of all topics once a topic and
    all below it are dropped. A backbone by annealing need not be the first rows. With --mode topics
    the actors are found that keep the network of topics.

    \b
    Example:
      graphkit measures backbone
      graphkit measures backbone --penalty 2 --normalize average
      graphkit measures backbone --method nested -f csv -o topics.csv
      graphkit measures backbone --size 5 -f json
    """
    from graphkit.measures.backbone import COLUMNS, Search, find_backbone
    from graphkit.output import Answer

    statements, actors = read_statements(store, since, until)
    search = Search(method, penalty, size, iterations, seed)
    found = find_backbone(statements, network, search, actors=actors)
    facts = {"method": method, **({"size": size} if size else {"penalty": penalty})}
    facts |= _facts_of_backbone(found, is_table=options["format"] == "table")
    rows = [rounded(row, options["format"]) for row in found.rows]
    name = network.variable2 + "s"
    print_answer(Answer(rounded(facts, options["format"]), name, COLUMNS, rows), **options)


def _facts_of_backbone(found: "Backbone", *, is_table: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "backbone": list(found.names),
        "redundant": list(found.redundant),
        "unshared": list(found.unshared),
    }
    if is_table:
        facts = {name: len(names) for name, names in facts.items()}
    return {
        **facts,
        "loss": found.loss,
        "share": found.loss / found.greatest,
        "redundant_loss": found.redundant_loss,
        "greatest_loss": found.greatest,
    }


@click.command()
@measured_network
@click.option("--window", metavar="TIME", required=True, help="What to compare: '30 days'.")
@click.option(
    "--distance",
    type=click.Choice(["spectral", "absolute", "euclidean"]),
    default="spectral",
    show_default=True,
    help="Compare the structure, whoever has which place in it, or each tie.",
)
@click.option(
    "--states",
    type=click.IntRange(1),
    metavar="N",
    help="Group the windows into N states, and not into as many as part them most clearly.",
)
@click.option(
    "--most",
    type=click.IntRange(2),
    metavar="N",
    default=6,
    show_default=True,
    help="States to try up to.",
)
@click.option("--distances", is_flag=True, help="JSON: add the distances of all windows.")
@limit_option
@period_options
@look_up_options
def phases(
    network: "NetworkOptions",
    distance: Literal["spectral", "absolute", "euclidean"],
    states: int | None,
    most: int,
    distances: bool,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Find the phases of a debate, and what changed from one to the next.

    The networks of all places of the window are grouped into states; a phase is a time in which the
    state stays. `distance` is how far a phase is from the one before in the mean of their windows,
    `jump` that of the two windows at the turn; `topics` and `ties` changed most.

    \b
    Example:
      graphkit measures phases --window "30 days"
      graphkit measures phases --window "8 weeks" --distance absolute --normalize average
      graphkit measures phases --window "30 days" --states 3 -f json --distances
    """
    from graphkit.measures.phases import COLUMNS, PhaseSearch, find_phases
    from graphkit.output import Answer

    shape = options["format"]
    if distances and shape != "json":
        raise click.UsageError("--distances are part of JSON: add -f json.")
    statements, actors = read_statements(store, since, until)
    search = PhaseSearch(distance, states, most)
    found = find_phases(statements, network, search, actors=actors)
    facts = _facts_of_phases(found, distance)
    rows = found.rows
    if shape == "json":
        facts |= {"silhouettes": found.silhouettes, "windows": found.windows}
        if distances:
            facts["distances"] = found.distances.tolist()
    else:
        rows = [_told(row) for row in rows]
    columns = _SHOWN_PHASES if shape == "table" else COLUMNS
    rows = [rounded(row, shape) for row in rows]
    print_answer(Answer(rounded(facts, shape), "phases", columns, rows), **options)


def _facts_of_phases(found: "Phases", distance: str) -> dict[str, Any]:
    states = len({window["state"] for window in found.windows})
    return {
        "measured_by": distance,
        "compared": len(found.windows),
        "silent": found.silent,
        "left_out": found.left_out,
        "states": states,
        "silhouette": found.silhouette,
    }


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Write what changed as people read it."""
    topics = [
        f"{each['name']} {each['before']:.0%} > {each['after']:.0%}" for each in row["topics"]
    ]
    ties = [
        f"{each['name']} - {each['other']} {each['before']:.2f} > {each['after']:.2f}"
        for each in row["ties"]
    ]
    return {**row, "topics": topics, "ties": ties}
