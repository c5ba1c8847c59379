"""``graphkit query`` and ``graphkit queries``: ask in SPARQL."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from graphkit.cli.options import finite, format_option, output_option, store_option
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.asking import Question
    from graphkit.queries import Query
    from graphkit.store import Store

EXIT_TIMEOUT = 124
ROW_FORMATS = ("table", "csv", "tsv", "json", "jsonl")


def _parse_values(
    _: click.Context, __: click.Parameter, assignments: tuple[str, ...]
) -> dict[str, str]:
    values = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals:
            raise click.BadParameter(f"'{assignment}' is not of the form name=value.")
        if (name := name.strip()) in values:
            raise click.BadParameter(f"'{name}' is given twice.")
        values[name] = value
    return values


@click.command()
@click.argument("source", metavar="[NAME|FILE.rq|-]", required=False)
@click.option("-e", "text", metavar="TEXT", help="The query itself.")
@click.option(
    "-p",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_parse_values,
    help="Value of a parameter; can be given several times.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Rows to give at most.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=1e6),
    callback=finite,
    metavar="S",
    help="Stop after so many seconds, with exit code 124.  [default: none]",
)
@click.option("--explain", is_flag=True, help="Tell what is sent, and how long it takes.")
@click.option("--show", is_flag=True, help="Print the query as it is sent instead of running it.")
@click.option("--write", is_flag=True, help="Let an update change the store.")
@click.option("--allow-network", is_flag=True, help="Let SERVICE and LOAD reach other servers.")
@format_option("table", "csv", "tsv", "json", "jsonl", "xml", "ttl", "nt", default="table")
@output_option
@store_option
def query(
    source: str | None,
    text: str | None,
    values: Mapping[str, str],
    limit: int | None,
    timeout: float | None,
    explain: bool,
    show: bool,
    write: bool,
    allow_network: bool,
    format: str,
    output: str,
    store: Place,
) -> None:
    """Run a SPARQL query: one of `graphkit queries`, a file, standard input or the text itself.

    Actors and topics are given by name, alias or IRI, dates as 2024, 2024-03 or 2024-03-01. Our
    prefixes (gk:, skos: and so on, and : for actors and topics) need no declaration. A query reads
    all graphs as one, and takes the time it needs; Ctrl-C stops it. An update needs --write, is one
    transaction, and says with GRAPH which graph it reads or changes.

    \b
    Example:
      graphkit query topic-positions -p topic="ground troops in Ukraine"
      graphkit query my.rq -f csv -o rows.csv --timeout 60
      graphkit query -e "SELECT ?topic WHERE { :Germany gk:opposes ?topic }" --limit 10
    """
    if (source is None) == (text is None):
        raise click.UsageError("Give one query: its name, a file, - for standard input, or -e.")
    if explain and format not in ROW_FORMATS:
        raise click.UsageError(f"--explain has the formats {', '.join(ROW_FORMATS)}.")
    is_terminal = output == "-" and sys.stdout.isatty()

    def ask(stream: BinaryIO) -> None:
        """Import, open and run all in the child: a process with a store open should not fork."""
        from graphkit.asking import Question
        from graphkit.store import Store

        question = Question(
            query=_read(source, text), values=values, limit=limit, allow_network=allow_network
        )
        is_changing = question.is_update and not show
        if is_changing:
            _check_update(may_write=write, has_rows=explain or limit is not None)
            Store.open(store, read_only=True).close()  # an update makes no new store
        path = None if show and not values and not store.exists() else store
        with Store.open(path, read_only=path is not None and not is_changing) as opened:
            if is_changing:
                _report(question, opened)
            elif show:
                _show(question, opened, stream)
            elif explain:
                _explain(question, opened, format, stream)
            else:
                _answer(question, opened, format, stream, is_terminal=is_terminal)

    _run(ask, output, timeout)


def _run(ask: Callable[[BinaryIO], None], output: str, timeout: float | None) -> None:
    from graphkit.child import run_apart
    from graphkit.errors import QueryTimeoutError
    from graphkit.output import open_output

    try:
        with open_output(output) as stream:
            run_apart(ask, stream, timeout)
    except QueryTimeoutError as error:
        click.echo(f"graphkit: {error}", err=True)
        sys.exit(EXIT_TIMEOUT)


def _check_update(*, may_write: bool, has_rows: bool) -> None:
    from graphkit.errors import QueryError

    if has_rows:
        raise QueryError("This is an update: --limit and --explain are for queries.")
    if not may_write:
        raise QueryError(
            "This is an update, and queries only read: --write lets it change a store."
        )


def _answer(
    question: "Question", store: "Store", format: str, stream: BinaryIO, *, is_terminal: bool
) -> None:
    from graphkit.asking import answer

    answer(question, store, format, stream, is_terminal=is_terminal)
    if question.query.notes:  # such as which rows there are at most
        click.echo(question.query.notes, err=True)


def _explain(question: "Question", store: "Store", format: str, stream: BinaryIO) -> None:
    from graphkit.asking import explain

    explain(question, store, format, stream)


def _show(question: "Question", store: "Store", stream: BinaryIO) -> None:
    from graphkit.asking import prepare

    stream.write(prepare(question, store, is_partial=True).rstrip().encode() + b"\n")


def _report(question: "Question", store: "Store") -> None:
    from graphkit.asking import apply

    change = apply(question, store)
    if not change.added and not change.removed and change.is_exact:
        told = "Nothing changed"
    else:
        told = f"Quads added: {change.added:,}, removed: {change.removed:,}"
        told += "" if change.is_exact else " on balance"
    click.echo(f"{told}; the store holds {change.total:,}.", err=True)


def _read(source: str | None, text: str | None) -> "Query":
    from graphkit.queries import parse_query, read_query, shipped_query

    if source is None:
        return parse_query(text or "")
    if source == "-":
        return parse_query(_read_stdin())
    path = Path(source)  # no shipped query has a dot in its name
    is_path = path.suffix == ".rq" or os.sep in source or ("." in source and path.is_file())
    return read_query(path) if is_path else shipped_query(source)


def _read_stdin() -> str:
    from graphkit.errors import QueryError

    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("The query on standard input is not UTF-8 text.") from error


@click.command()
@click.argument("name", required=False)
@format_option("table", "csv", "tsv", "json", "jsonl", default="table")
@output_option
def queries(name: str | None, format: str, output: str) -> None:
    """List the queries that come with graphkit, or show the text of one.

    \b
    Example:
      graphkit queries
      graphkit queries topic-positions
    """
    from graphkit.output import open_output, write_rows
    from graphkit.queries import shipped_queries, shipped_query

    with open_output(output) as stream:
        if name and format == "table":
            stream.write(shipped_query(name).text.encode())
            return
        found = [shipped_query(name)] if name else shipped_queries()
        columns = ("query", "question", "parameters", *(("notes", "text") if name else ()))
        write_rows([_describe(one) for one in found], columns, format, stream)


def _describe(query: "Query") -> dict[str, Any]:
    parameters = (
        f"{one.name}: {one.type}{', required' if one.is_required else ''}"
        for one in query.parameters
    )
    return {
        "query": query.name,
        "question": query.question,
        "parameters": list(parameters),
        "notes": query.notes,
        "text": query.text,
    }
