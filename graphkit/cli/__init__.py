"""The command line: a group that imports a command's module when that command is called.

Modules of this package import only click at the top, so that ``graphkit --help`` and the look-ups
start fast; spaCy, rdflib and networkx are imported inside the functions that need them.
"""

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import click

from graphkit.errors import GraphkitError

SECTIONS = {
    "Extract and store": {
        "extract": ("extract:extract", "Print the statements of articles; nothing is stored."),
        "add": ("add:add", "Extract statements from articles and store them."),
        "import": ("imports:import_", "Import databases of DNA, tables and RDF."),
    },
    "Look up": {
        "actors": ("actors:actors", "List the actors, or correct who is who."),
        "actor": ("lookup:actor", "Tell who an actor is, and where it stands."),
        "topics": ("topics:topics", "List the topics, import a codebook, correct them."),
        "topic": ("lookup:topic", "Tell who supports and who opposes a topic."),
        "stance": ("over_time:stance", "Tell the latest word of an actor on a topic."),
        "timeline": ("over_time:timeline", "List by date who said what on a topic."),
        "changes": ("over_time:changes", "List who changed its mind on what."),
        "compare": ("agreement:compare", "Show actors side by side on shared topics."),
        "allies": ("agreement:allies", "List who agrees with an actor on most topics."),
        "quotes": ("lookup:quotes", "List the statements of an actor, with sentences."),
        "article": ("lookup:article", "Show an article and its statements."),
        "explain": ("lookup:explain", "Show why a statement was found."),
    },
    "Query, measure and export": {
        "query": ("query:query", "Run a SPARQL query: shipped, of a file, or a text."),
        "queries": ("query:queries", "List the queries that come with graphkit."),
        "serve": ("serve:serve", "Answer SPARQL clients and browsers on this machine."),
        "measures": ("measures:measures", "Measure camps, polarization and centrality."),
        "plot": ("plot:plot", "Draw timelines, heat maps, camps and networks."),
        "export": ("export:export", "Write the network, the statements or all data."),
    },
    "Look after the store": {
        "evaluate": ("evaluate:evaluate", "Score the extraction against a hand-made key."),
        "check": ("maintenance:check", "Check that the store agrees with its articles."),
        "backup": ("maintenance:backup", "Copy the store, while others use it."),
        "restore": ("maintenance:restore", "Make a store from such a copy."),
        "compact": ("maintenance:compact", "Make the files of the store small."),
        "info": ("info:info", "Show versions, and what the store holds."),
    },
}
"""Each command with its function in this package and what it does: help imports no command."""

COMMANDS = {name: place for section in SECTIONS.values() for name, (place, _) in section.items()}

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and turns every failure into one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        found = importlib.import_module(f"graphkit.cli.{module}")
        return cast(click.Command, getattr(found, attribute))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, by section."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, text) for name, (_, text) in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or name those that are spelt like it."""
        if args[0] not in COMMANDS:
            import difflib

            if close := difflib.get_close_matches(args[0], COMMANDS):
                ctx.fail(f"No such command '{args[0]}'. Did you mean {' or '.join(close)}?")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line; see `click.Command.main`."""
        with _failures_as_one_line(debug=False):  # ``--help`` writes before any command runs
            return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        with _failures_as_one_line(debug=ctx.params["debug"]):
            result = super().invoke(ctx)
            sys.stdout.flush()  # here a full disk still gets its line and its exit code
            return result


@contextmanager
def _failures_as_one_line(*, debug: bool) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _drop_stdout()
        sys.exit(0)  # the reader has seen enough: ``graphkit ... | head`` is no failure
    except KeyboardInterrupt as interrupt:
        click.echo(f"graphkit: {str(interrupt) or 'interrupted'}", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except (GraphkitError, OSError) as error:
        if debug:
            import traceback

            traceback.print_exc()
        else:
            click.echo(f"graphkit: {_describe(error)}", err=True)
        _drop_stdout()
        sys.exit(EXIT_FAILED)


def _describe(error: GraphkitError | OSError) -> str:
    """Say what failed, without the number that the system gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _drop_stdout() -> None:
    """Send what is still buffered nowhere, or Python complains about it once more at its exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="stance-graphkit", prog_name="graphkit")
@click.option("--debug", is_flag=True, help="Show the traceback of a failure.")
def cli(debug: bool) -> None:
    """Track who supports and who opposes what, from news articles.

    \b
    Example:
      graphkit add articles/
      graphkit topic "ground troops in Ukraine"
      graphkit export -o network.graphml
    """
