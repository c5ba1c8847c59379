"""``graphkit query`` and ``graphkit queries``: ask in SPARQL."""

import os
import re
import signal
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.options import format_option, output_option, store_option

if TYPE_CHECKING:
    from graphkit.queries import Query

_UPDATE = re.compile(
    r"(?:\s|#[^\n]*\n|(?:PREFIX\s+\S*\s*|BASE\s*)<[^>]*>)*"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r'''"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"|'''
    r"""'''(?:\\.|[^\\])*?'''|'(?:\\.|[^'\\\n])*'|"""
    r"""<[^<>"{}|^`\\\s]*>|\#[^\n]*|[?$]\w*|@[\w-]*|:[\w.-]*|"""
    r"(?P<service>SERVICE(?:SILENT)?\b)|[^\W\d]\w*",
    re.IGNORECASE | re.DOTALL,
)


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
@click.option("--show", is_flag=True, help="Print the query instead of running it.")
@format_option("table", "csv", "tsv", "json", "jsonl", "xml", "ttl", default="table")
@output_option
@store_option
def query(
    source: str | None,
    text: str | None,
    values: Mapping[str, str],
    show: bool,
    format: str,
    output: str,
    store: Path,
) -> None:
    """Run a SPARQL query: one of `graphkit queries`, a file, standard input or the text itself.

    Actors and topics are given by name, alias or IRI, dates as 2024, 2024-03 or 2024-03-01. Our
    prefixes (gk:, skos: and so on, and : for actors and topics) need no declaration.

    \b
    Example:
      graphkit query topic-positions -p topic="ground troops in Ukraine"
      graphkit query my.rq -f csv -o rows.csv
      graphkit query -e "SELECT ?topic WHERE { :Germany gk:opposes ?topic }"
    """
    from graphkit.output import open_output
    from graphkit.queries import bind
    from graphkit.results import write_results
    from graphkit.store import Store

    found = _read(source, text)
    if show and not values:
        click.echo(found.text)
        return
    _refuse_update(found.text)
    _refuse_service(found.text)
    with Store.open(store, read_only=True) as opened:
        bound = bind(found, values, opened)
        if show:
            click.echo(bound)
            return
        with _ending_at_ctrl_c(output), open_output(output) as stream:
            write_results(opened.query(bound), format, stream, prefixes=opened.iris.prefixes)


@contextmanager
def _ending_at_ctrl_c(output: str) -> Iterator[None]:
    """End the process at Ctrl-C, which the engine keeps the main thread from hearing.

    The store is open for reading only, so that nothing but a half-written output has to go.
    """
    if current_thread() is not main_thread():
        yield
        return
    heard, told = socket.socketpair()
    told.settimeout(0)
    previous = signal.set_wakeup_fd(told.fileno())
    Thread(target=_listen, args=(heard, output), daemon=True).start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(previous)
        told.close()  # which ends the listener


def _listen(heard: socket.socket, output: str) -> None:
    from graphkit.output import part_of

    with heard:
        while number := heard.recv(1):
            if number[0] == signal.SIGINT:
                if output != "-":
                    part_of(output).unlink(missing_ok=True)
                os.write(2, b"graphkit: interrupted\n")
                os._exit(130)


def _read(source: str | None, text: str | None) -> "Query":
    from graphkit.queries import parse_query, read_query, shipped_query

    if source is None and text is not None:
        return parse_query(text)
    if source is None or text is not None:
        raise click.UsageError("Give one query: its name, a file, - for standard input, or -e.")
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


def _refuse_update(text: str) -> None:
    from graphkit.errors import QueryError

    if _UPDATE.match(text):
        raise QueryError(
            "This is an update, and queries only read: `graphkit add` changes a store."
        )


def _refuse_service(text: str) -> None:
    from graphkit.errors import QueryError

    if any(match["service"] for match in _SERVICE.finditer(text)):
        raise QueryError("SERVICE would use the network; graphkit queries only the store.")


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
        columns = ("query", "question", "parameters", *(("text",) if name else ()))
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
        "text": query.text,
    }
