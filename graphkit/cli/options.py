"""Options that commands share, so that one word means the same everywhere."""

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-s/--store``; the command gets ``store: Place``, a path or a server's address."""

    def to_place(_ctx: click.Context, _param: click.Parameter, value: str) -> Any:
        from graphkit import place  # whose time `--help` need not spend

        return place.to_place(value)

    return click.option(
        "-s",
        "--store",
        type=click.Path(),
        callback=to_place,
        metavar="FOLDER|URL",
        default="graphkit.db",
        envvar="GRAPHKIT_STORE",
        show_default=True,
        show_envvar=True,
        help="Folder of the store, or address of a SPARQL server that holds it.",
    )(command)


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-o/--output``; the command gets ``output: str``, where ``-`` is standard output."""
    return click.option(
        "-o",
        "--output",
        default="-",
        metavar="FILE",
        is_eager=True,  # `format_option` looks at its ending
        help="File to write; - is standard output.  [default: -]",
    )(command)


def format_option(*choices: str, default: str | None = None) -> Decorator:
    """Add ``-f/--format``; the command gets ``format: str``, always one of `choices`.

    Without the option the format is the ending of ``--output``, where ``.txt`` is ``table`` and any
    other that is no choice is a usage error. Without an ending it is `default`; with no `default`
    it is ``table`` on a terminal, where that is a choice, and else the first one.
    """

    def choose(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
        return value or _default_format(choices, default, ctx.params.get("output", "-"))

    return click.option(
        "-f",
        "--format",
        type=click.Choice(choices),
        callback=choose,
        help=f"Format.  [default: {_describe_default(choices, default)}]",
    )


def _default_format(choices: tuple[str, ...], default: str | None, output: str) -> str:
    ending = Path(output).suffix.removeprefix(".").lower()
    named = "table" if ending == "txt" else ending
    if named in choices:
        return named
    if ending:
        listed = ", ".join(choices)
        raise click.UsageError(f"'.{ending}' is no format; give one with -f: {listed}.")
    if default is not None:
        return default
    is_terminal = output == "-" and sys.stdout.isatty()
    return "table" if is_terminal and "table" in choices else choices[0]


def _describe_default(choices: tuple[str, ...], default: str | None) -> str:
    if default is not None:
        return default
    return f"table on a terminal, else {choices[0]}" if "table" in choices else choices[0]


def finite(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """Refuse "nan", which no range keeps out: it is neither too small nor too large."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number.")
    return value


def article_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the articles to read and how: ``inputs``, ``date``, ``jobs`` and `extraction_options`."""
    for decorate in (
        click.option(
            "--jobs",
            type=click.IntRange(1, 64),
            metavar="N",
            default=1,
            help="Processes to extract with; each loads the pipeline.  [default: 1]",
        ),
        extraction_options,
        click.option(
            "--date",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            callback=lambda _ctx, _param, value: value and value.date(),
            help="Date of the articles that carry none.",
        ),
        click.argument("inputs", nargs=-1, required=True, metavar="PATH|- ..."),
    ):
        command = decorate(command)
    return command


def extraction_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what the extraction goes by: ``model``, ``lexicon``, ``gazetteer`` and ``codebook``.

    `gazetteer` is a tuple of paths.
    """
    for decorate in (
        click.option(
            "--codebook",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Topics to map to: CSV or TSV, by the ending, or SKOS in Turtle, such as "
            "data/topics.ttl; see the README.",
        ),
        click.option(
            "--gazetteer",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Names of actors to know before the shipped ones: CSV, TSV, or SKOS in Turtle; "
            "see the README. May be given several times.",
        ),
        click.option(
            "--lexicon",
            type=click.Path(path_type=Path),
            metavar="FILE.toml",
            help="Cue words to add to the shipped ones, or to remove; see data/lexicon.toml.",
        ),
        click.option(
            "--model", help="English spaCy pipeline, by its package or folder, for the default one."
        ),
    ):
        command = decorate(command)
    return command
