"""The options ``--since``, ``--until`` and ``--as-of``, alike in all commands that take them."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import datetime

    Day = datetime.date | None

Command = Callable[..., Any]


def period_options(command: Command) -> Command:
    """Add ``--since`` and ``--until``; the command gets ``since`` and ``until``, dates or None."""

    @functools.wraps(command)
    def checked(*, since: "Day", until: "Day", **options: Any) -> Any:
        if since and until and since > until:
            raise click.UsageError(f"--since {since} is after --until {until}.")
        return command(since=since, until=until, **options)

    for name, callback, day in (
        ("--until", _last_day, "Last"),
        ("--since", _first_day, "First"),
    ):
        checked = click.option(
            name,
            metavar="DATE",
            callback=callback,
            help=f"{day} day: 2024-03-01; or month, 2024-03; or year, 2024.",
        )(checked)
    return checked


def as_of_option(command: Command) -> Command:
    """Add ``--as-of``; the command gets ``as_of``, a date or None."""
    return click.option(
        "--as-of",
        metavar="DATE",
        callback=_last_day,
        help="The last day that counts: 2024-03-01; or month, 2024-03; or year, 2024.",
    )(command)


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
