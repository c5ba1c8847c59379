"""The options ``--since`` and ``--until``, alike in all commands that take them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import datetime

Command = Callable[..., Any]


def period_options(command: Command) -> Command:
    """Add ``--since`` and ``--until``; the command gets ``since`` and ``until``, dates or None."""
    for name, callback, day in (
        ("--until", _last_day, "Last"),
        ("--since", _first_day, "First"),
    ):
        command = click.option(
            name,
            metavar="DATE",
            callback=callback,
            help=f"{day} day: 2024-03-01; or month, 2024-03; or year, 2024.",
        )(command)
    return command


def _first_day(_: click.Context, __: click.Parameter, text: str | None) -> "datetime.date | None":
    from graphkit.periods import first_day

    return _read(first_day, text)


def _last_day(_: click.Context, __: click.Parameter, text: str | None) -> "datetime.date | None":
    from graphkit.periods import last_day

    return _read(last_day, text)


def _read(parse: "Callable[[str], datetime.date]", text: str | None) -> "datetime.date | None":
    from graphkit.errors import GraphkitError

    try:
        return parse(text) if text else None
    except GraphkitError as error:
        raise click.BadParameter(str(error)) from error
