"""The options of ``graphkit export`` that say which network to compute."""

import functools
from collections.abc import Callable
from typing import Any

import click

from graphkit.algebra.options import (
    AGGREGATIONS,
    AMBIVALENT,
    DUPLICATES,
    KERNELS,
    MODES,
    NORMALIZATIONS,
    NetworkOptions,
    Window,
    named_options,
    window_of,
)
from graphkit.errors import NetworkError

Command = Callable[..., Any]

_OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--mode",
        {
            "type": click.Choice(MODES),
            "help": "Network to compute: actors by topics, or who is tied to whom by the other.",
        },
    ),
    (
        "--aggregate",
        {
            "type": click.Choice(AGGREGATIONS),
            "help": "What to make of the stances; congruence and conflict need --mode actors or "
            "topics, combine needs two.  [default: ignore]",
        },
    ),
    (
        "--normalize",
        {
            "type": click.Choice(NORMALIZATIONS),
            "help": "By what to divide; activity and prominence need --mode two, the others actors "
            "or topics.  [default: none]",
        },
    ),
    (
        "--ambivalent",
        {
            "type": click.Choice(AMBIVALENT),
            "help": "Ambivalent statements: a level half way between the sides, half a statement "
            "for each side, or none.  [default: count]",
        },
    ),
    (
        "--duplicates",
        {
            "type": click.Choice(DUPLICATES),
            "help": "Keep only the first of equal statements per unit.  [default: keep]",
        },
    ),
    (
        "--window",
        {"metavar": "TIME", "help": "One network for each place of a window: '3 months', 30days."},
    ),
    (
        "--kernel",
        {
            "type": click.Choice(KERNELS),
            "help": "Weight by the distance from the middle of the window.",
        },
    ),
    ("--isolates", {"is_flag": True, "help": "Keep also those whom other options leave out."}),
    (
        "--dna-compat",
        {
            "is_flag": True,
            "help": "Compute as the Discourse Network Analyzer does, errors included.",
        },
    ),
    (
        "--explain",
        {"is_flag": True, "help": "Say where the Discourse Network Analyzer computes otherwise."},
    ),
)


def network_options(command: Command) -> Command:
    """Add ``--mode`` and what belongs to it; the command gets ``network`` and ``explain``.

    `network` is a `NetworkOptions`, or None without ``--mode``.
    """

    @functools.wraps(command)
    def checked(*, mode: str | None, explain: bool, **given: Any) -> Any:
        names = ("aggregate", "normalize", "ambivalent", "duplicates", "isolates", "dna_compat")
        chosen = {name: given.pop(name) for name in names}
        chosen["window"] = parse_window(given.pop("window"), given.pop("kernel"))
        chosen = {name: value for name, value in chosen.items() if value}
        if mode is None and (chosen or explain):
            name = next(iter(chosen), "explain").replace("_", "-")
            raise click.UsageError(f"--{name} needs --mode two, actors or topics.")
        network = _network(mode, chosen) if mode else None
        return command(network=network, explain=explain, **given)

    for name, settings in reversed(_OPTIONS):
        checked = click.option(name, **settings)(checked)
    return checked


def _network(mode: str, chosen: dict[str, Any]) -> NetworkOptions:
    try:
        return named_options(mode, **chosen)
    except NetworkError as error:
        raise click.UsageError(str(error)) from error


def parse_window(text: str | None, kernel: Any = None) -> Window | None:
    """Return the window that people write as "3 months". Raise UsageError for what is none."""
    if text is None:
        if kernel:
            raise click.UsageError("--kernel weights what is in a window: give --window, too.")
        return None
    try:
        return window_of(text, kernel)
    except NetworkError as error:
        raise click.UsageError(f"--window: {error}") from error
