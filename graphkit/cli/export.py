"""``graphkit export``: the store as a file for Gephi, spreadsheets and other programs."""

import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from graphkit.algebra.options import NetworkOptions
from graphkit.cli.measured import bootstrap_options
from graphkit.cli.network import network_options
from graphkit.cli.options import output_option, store_option
from graphkit.cli.period import period_options
from graphkit.errors import ExportError
from graphkit.export import (
    FORMATS,
    NETWORK_FORMATS,
    TABLES,
    WHOLE_FORMATS,
    Report,
    default_layout,
    export_store,
    format_of,
)
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.export.networks import Network
    from graphkit.export.two_mode import Layout
    from graphkit.measures.bootstrap import Bootstrap
    from graphkit.store import Store


@click.command()
@click.option(
    "-f",
    "--format",
    type=click.Choice([*FORMATS, TABLES]),
    help="Format, where the ending of the file does not tell it.",
)
@click.option(
    "--layout",
    type=click.Choice(["pair", "stance"]),
    help="Networks: one edge for each actor and topic, or one for each of their stances."
    "  [default: pair; in GEXF stance]",
)
@network_options
@bootstrap_options
@click.option(
    "--backbone",
    is_flag=True,
    help="Mark the topics that keep the network together; see graphkit measures backbone.",
)
@period_options
@click.option("--roll-up", is_flag=True, help="Count narrower topics for the widest above them.")
@click.option("--check", is_flag=True, help="Read the network back and count what Gephi shows.")
@output_option
@store_option
def export(
    format: str | None,
    layout: Literal["pair", "stance"] | None,
    network: NetworkOptions | None,
    explain: bool,
    bootstrap: "Bootstrap | None",
    seed: int,
    backbone: bool,
    since: datetime.date | None,
    until: datetime.date | None,
    roll_up: bool,
    check: bool,
    output: str,
    store: Place,
) -> None:
    """Write the network, the statements or all data to a file.

    The ending of the file is the format: .graphml is the network of actors and topics, .gexf the
    same with its dates for Gephi's timeline, .csv and .jsonl are the statements, .ttl, .nq, .trig
    and .jsonld are all that the store holds, as RDF, and .dna is a database that the Discourse
    Network Analyzer opens. A folder, by its / at the end, gets the
    network as nodes.csv and edges.csv. With --mode, .csv is a matrix, and a network that of actors,
    or of topics, alone.

    \b
    Example:
      graphkit export -o network.graphml --check
      graphkit export -o network/
      graphkit export -o issues.graphml --roll-up
      graphkit export -o march.csv --since 2024-03 --until 2024-03
      graphkit export -o allies.csv --mode actors --aggregate congruence --normalize average
      graphkit export -o allies.gexf --mode actors --aggregate subtract --bootstrap 200
      graphkit export -o - -f nq | gzip > all.nq.gz
    """
    from graphkit.output import open_output
    from graphkit.store import Store

    chosen = format or _format_of(output)
    if chosen in WHOLE_FORMATS and (since or until or roll_up):
        raise click.UsageError(
            f"A {chosen} file holds the whole store: --since, --until and --roll-up need another "
            "format."
        )
    is_network = chosen in (*NETWORK_FORMATS, TABLES)
    if layout and not is_network:
        raise click.UsageError(f"--layout is for networks; {chosen} has none.")
    if (bootstrap or backbone) and not is_network:
        name = "--bootstrap" if bootstrap else "--backbone"
        raise click.UsageError(f"{name} needs a network: a .graphml or .gexf file, or a folder.")
    if check and (output == "-" or chosen not in NETWORK_FORMATS):
        raise click.UsageError("--check reads a .graphml or .gexf file back: name one with -o.")
    if chosen == TABLES and output == "-":
        raise click.UsageError("Tables are two files: name a folder with -o.")
    if network and is_network and network == NetworkOptions() and not explain:
        network = None  # which is what these files hold anyway
    if network:
        _check_network(network, chosen, layout)
        network = dataclasses.replace(network, since=since, until=until)
        if explain:
            _explain(network)
    told = ""
    choice: dict[str, Any] = {"since": since, "until": until, "roll_up": roll_up}
    with Store.open(store, read_only=True) as opened:
        if is_network:
            choice |= {"bootstrap": bootstrap, "backbone": backbone, "seed": seed}
            ready = _ready_network(opened, network, layout or default_layout(chosen), choice)
            report = _write_network(ready, chosen, output)
        else:
            with open_output(output) as stream:
                if network:
                    report, told = _export_matrices(opened, stream, network, roll_up=roll_up)
                else:
                    report = export_store(opened, stream, chosen, **choice)
    _tell(report, output, told, chosen)
    if check:
        _check(Path(output), report)


def _check_network(network: NetworkOptions, chosen: str, layout: str | None) -> None:
    """Refuse what the file cannot hold."""
    if chosen == "csv":
        return
    if chosen not in (*NETWORK_FORMATS, TABLES):
        listed = ".csv, .graphml or .gexf file, or tables in a folder"
        raise click.UsageError(f"--mode makes a {listed}; {chosen} has no networks.")
    if network.mode == "two":
        message = (
            f"{chosen} counts the stances of --mode two as they are; other numbers need a .csv."
        )
        raise click.UsageError(message)
    if network.window:
        raise click.UsageError("--window makes several networks, which only a .csv file holds.")
    if layout:
        raise click.UsageError("--layout is for the network of actors and topics.")


def _explain(network: NetworkOptions) -> None:
    from graphkit.algebra.differences import differences

    lines = differences(network, "stance")
    for line in lines:
        click.echo(line, err=True)
    used = "DNA's way is used here." if network.dna_compat else "Use --dna-compat for DNA's way."
    click.echo(used if lines else "DNA computes the same with these options.", err=True)


def _ready_network(
    store: "Store", network: NetworkOptions | None, layout: "Layout", choice: dict[str, Any]
) -> "Network":
    from graphkit.export.networks import network_of_store, one_mode_of_store

    if network:
        if choice["backbone"] and network.variable1 == "actor":
            raise click.UsageError("--backbone marks topics, and --mode actors has none.")
        own = {name: value for name, value in choice.items() if name not in ("since", "until")}
        return one_mode_of_store(store, network, **own)
    return network_of_store(store, layout, **choice)


def _write_network(ready: "Network", chosen: str, output: str) -> Report:
    from graphkit.export.networks import write_network, write_tables
    from graphkit.output import open_output

    if chosen == TABLES:
        return write_tables(ready, Path(output), open_output)
    with open_output(output) as stream:
        return write_network(ready, stream, chosen)


def _export_matrices(
    store: "Store", stream: BinaryIO, network: NetworkOptions, *, roll_up: bool
) -> tuple[Report, str]:
    """Return what was written, and words for it."""
    from graphkit.export.matrices import export_matrices

    matrices = export_matrices(store, stream, network, roll_up=roll_up)
    number = "a matrix" if matrices.matrices == 1 else f"{matrices.matrices} matrices"
    undated = f" ({matrices.undated} undated statements left out)" if matrices.undated else ""
    told = f"{number} of {matrices.rows} rows by {matrices.columns} columns{undated}"
    return Report(matrices.statements), told


def _format_of(output: str) -> str:
    if output == "-":
        raise click.UsageError("Name a file with -o, or give a format with -f.")
    try:
        return format_of(output)
    except ExportError as error:
        raise click.UsageError(str(error)) from error


def _tell(report: Report, output: str, told: str, chosen: str) -> None:
    place = "standard output" if output == "-" else output
    what = "all data" if report.statements is None else f"{report.statements} statements"
    click.echo(f"{told or what} written to {place}", err=True)
    if report.removed:
        what = "tables" if chosen == TABLES else "XML"
        click.echo(f"{report.removed} characters left out, which {what} cannot hold", err=True)
    for note in report.notes:
        click.echo(note, err=True)
    if report.undated and chosen == "gexf":
        click.echo(f"{report.undated} edges have no date and so are there all the time", err=True)


def _check(path: Path, report: Report) -> None:
    from graphkit.export.counting import count_network

    counts = count_network(path)
    click.echo(f"Gephi will show {counts.nodes} nodes and {counts.edges} edges.")
    if (counts.nodes, counts.edges) != (report.nodes, report.edges):
        raise ExportError(f"{report.nodes} nodes and {report.edges} edges were to be written.")
