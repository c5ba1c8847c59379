"""``graphkit export``: the store as a file for Gephi, spreadsheets and other programs."""

import datetime
from pathlib import Path
from typing import Literal

import click

from graphkit.cli.options import output_option, store_option
from graphkit.cli.period import period_options
from graphkit.errors import ExportError
from graphkit.export import FORMATS, LINKED_FORMATS, Report, export_store, format_of


@click.command()
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    help="Format, where the ending of the file does not tell it.",
)
@click.option(
    "--layout",
    type=click.Choice(["pair", "stance"]),
    help="GraphML: one edge for each actor and topic, or one for each of their stances."
    "  [default: pair]",
)
@period_options
@click.option("--check", is_flag=True, help="Read the GraphML back and count what Gephi shows.")
@output_option
@store_option
def export(
    format: str | None,
    layout: Literal["pair", "stance"] | None,
    since: datetime.date | None,
    until: datetime.date | None,
    check: bool,
    output: str,
    store: Path,
) -> None:
    """Write the network, the statements or all data to a file.

    The ending of the file is the format: .graphml is the network of actors and topics, .csv and
    .jsonl are the statements, .ttl, .nq, .trig and .jsonld are all that the store holds, as RDF.

    \b
    Example:
      graphkit export -o network.graphml --check
      graphkit export -o march.csv --since 2024-03 --until 2024-03
      graphkit export -o - -f nq | gzip > all.nq.gz
    """
    from graphkit.output import open_output
    from graphkit.store import Store

    chosen = format or _format_of(output)
    if chosen in LINKED_FORMATS and (since or until):
        message = f"A {chosen} file holds the whole store: --since and --until need another format."
        raise click.UsageError(message)
    if layout and chosen != "graphml":
        raise click.UsageError(f"--layout is for graphml; {chosen} has none.")
    if check and (output == "-" or chosen != "graphml"):
        raise click.UsageError("--check reads a .graphml file back: name one with -o.")
    with Store.open(store, read_only=True) as opened, open_output(output) as stream:
        report = export_store(
            opened, stream, chosen, since=since, until=until, layout=layout or "pair"
        )
    _tell(report, output)
    if check:
        _check(Path(output), report)


def _format_of(output: str) -> str:
    if output == "-":
        raise click.UsageError("Name a file with -o, or give a format with -f.")
    try:
        return format_of(output)
    except ExportError as error:
        raise click.UsageError(str(error)) from error


def _tell(report: Report, output: str) -> None:
    place = "standard output" if output == "-" else output
    what = "all data" if report.statements is None else f"{report.statements} statements"
    click.echo(f"{what} written to {place}", err=True)
    if report.removed:
        click.echo(f"{report.removed} characters left out, which XML cannot hold", err=True)


def _check(path: Path, report: Report) -> None:
    from graphkit.export.graphml import count_graphml

    counts = count_graphml(path)
    click.echo(f"Gephi will show {counts.nodes} nodes and {counts.edges} edges.")
    if (counts.nodes, counts.edges) != (report.nodes, report.edges):
        raise ExportError(f"{report.nodes} nodes and {report.edges} edges were to be written.")
