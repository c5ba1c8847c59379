"""``graphkit stance``, ``timeline`` and ``changes``: where actors stand, and when that changed."""

import datetime
from typing import Any

import click

from graphkit.cli.lookup import (
    find_actor,
    limit_option,
    look_up_options,
    open_store,
    print_answer,
)
from graphkit.cli.period import as_of_option, period_options
from graphkit.place import Place


@click.command()
@click.argument("name", metavar="ACTOR")
@click.argument("label", metavar="TOPIC")
@as_of_option
@limit_option
@look_up_options
def stance(
    name: str, label: str, as_of: datetime.date | None, store: Place, **options: Any
) -> None:
    """Tell the latest word of an actor on a topic, and what it held before.

    With --as-of, the latest word up to that day. A day with more than one stance is "mixed".
    Groups never change their minds: "some countries" may be others the next time.

    \b
    Example:
      graphkit stance "Emmanuel Macron" "ground troops in Ukraine"
      graphkit stance verbruggen "ground troops in Ukraine" --as-of 2024-03
    """
    from graphkit.names import resolve_topic
    from graphkit.time_lookup import look_up_stance

    with open_store(store) as opened:
        actor, topic = find_actor(opened, name), resolve_topic(opened, label)
        print_answer(look_up_stance(opened, actor, topic, as_of=as_of), **options)


@click.command()
@click.argument("label", metavar="TOPIC")
@click.argument("names", metavar="[ACTOR]...", nargs=-1)
@limit_option
@period_options
@look_up_options
def timeline(
    label: str,
    names: tuple[str, ...],
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """List by date who said what on a topic: one row for each day of an actor.

    With actors, only theirs. `before` is the stance that an actor gave up on that day. A day with
    more than one stance is "mixed", and no change. Statements without a date are counted only.

    \b
    Example:
      graphkit timeline "ground troops in Ukraine" --since 2024-03
      graphkit timeline "ground troops in Ukraine" verbruggen germany -f csv
    """
    from graphkit.names import resolve_topic
    from graphkit.time_lookup import look_up_timeline

    with open_store(store) as opened:
        topic = resolve_topic(opened, label)
        actors = [find_actor(opened, name) for name in names]
        limit = options["limit"]
        answer = look_up_timeline(opened, topic, actors, since=since, until=until, limit=limit)
        print_answer(answer, **options)


@click.command()
@limit_option
@period_options
@look_up_options
def changes(
    since: datetime.date | None, until: datetime.date | None, store: Place, **options: Any
) -> None:
    """List who changed its mind on what, with a quote from before and from after.

    The latest change comes first. The dates are those of the last word before and of the first
    after, the counts those of the statements that held to either stance. "ambivalent" is a stance
    of its own: from support over doubt to opposition are two changes. A day with more than one
    stance is passed over, and so is what has no date. Groups never change their minds. --since and
    --until choose by the day of the change; the word before may be older.

    \b
    Example:
      graphkit changes
      graphkit changes --since 2024-04 -f csv
    """
    from graphkit.time_lookup import list_changes

    with open_store(store) as opened:
        answer = list_changes(opened, since=since, until=until, limit=options["limit"])
        print_answer(answer, **options)
