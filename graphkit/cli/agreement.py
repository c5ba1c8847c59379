"""``graphkit compare`` and ``allies``: who agrees with whom."""

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
from graphkit.cli.period import period_options
from graphkit.place import Place


@click.command()
@click.argument("names", metavar="ACTOR ACTOR...", nargs=-1, required=True)
@limit_option
@period_options
@look_up_options
def compare(
    names: tuple[str, ...],
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """Show actors side by side on the topics of which at least two of them speak.

    `sides`: they "agree" if all hold the same, they "differ" if one supports what another opposes,
    and else it is "partly": one is ambivalent, or said two things on its last day. The latest word
    of each counts. `statements` are the numbers of each, in the order of the actors.

    \b
    Example:
      graphkit compare "Emmanuel Macron" "Olaf Scholz"
      graphkit compare france germany poland --until 2024-03 -f csv
    """
    from graphkit.agreement_lookup import compare_actors

    with open_store(store) as opened:
        actors = list(dict.fromkeys(find_actor(opened, name) for name in names))
        if len(actors) < 2:
            raise click.UsageError(f"To compare takes two actors, and this is one: {actors[0]}.")
        answer = compare_actors(opened, actors, since=since, until=until, limit=options["limit"])
        print_answer(answer, **options)


@click.command()
@click.argument("name", metavar="ACTOR")
@click.option("--against", is_flag=True, help="List who differs from it instead.")
@limit_option
@period_options
@look_up_options
def allies(
    name: str,
    against: bool,
    since: datetime.date | None,
    until: datetime.date | None,
    store: Place,
    **options: Any,
) -> None:
    """List who agrees with an actor on most topics, by the latest word of each.

    The counts are of topics: `agree` on which both hold the same, `differ` on which one supports
    what the other opposes, `partly` all else (one is ambivalent, or said two things on its last
    day). First comes who has most of `agree` less `differ`. Groups that mean something in one
    article only ("some countries") are left out. The sentence is one of the ally.

    \b
    Example:
      graphkit allies germany
      graphkit allies germany --against --since 2024-03
    """
    from graphkit.agreement_lookup import list_allies

    with open_store(store) as opened:
        actor = find_actor(opened, name)
        answer = list_allies(
            opened,
            actor,
            is_against=against,
            since=since,
            until=until,
            limit=options["limit"],
        )
        print_answer(answer, **options)
