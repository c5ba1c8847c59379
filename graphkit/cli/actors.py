"""``graphkit actors``: list the actors, see which are doubtful, and correct them."""

import datetime
from typing import Any

import click

from graphkit.cli.corrections import add_correction_commands, correct
from graphkit.cli.listing import ListingGroup
from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.options import store_option
from graphkit.place import Place

_DATE = click.DateTime(["%Y-%m-%d"])


@click.group(cls=ListingGroup)
def actors() -> None:
    """List the actors, or correct who is who.

    Corrections are kept in the store, come after all linking, and stay when articles are extracted
    anew. An actor is given by its name, an alias or its IRI.

    \b
    Example:
      graphkit actors
      graphkit actors macron
      graphkit actors doubtful
      graphkit actors merge "Emmanuel Macron" "President Macron"
      graphkit actors rename "Federal Republic of Germany" Germany
      graphkit actors split "John Smith" "John Smith (Ohio)" --article 2024-03-01-vote
      graphkit actors alias "Emmanuel Macron" Macron
      graphkit actors represents "Olaf Scholz" Germany --from 2021-12-08
      graphkit actors corrections -o corrections.tsv
      graphkit actors apply corrections.tsv
      graphkit actors undo 3f2a90c1d4
    """


@actors.command("list")
@click.argument("text", required=False, default="")
@limit_option
@look_up_options
def list_(text: str, store: Place, **options: Any) -> None:
    """List the actors, or those with TEXT in a name; those with most statements come first.

    \b
    Example:
      graphkit actors
      graphkit actors list union -n 10
    """
    from graphkit.lookup import list_actors
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_actors(opened, text, limit=options["limit"]), **options)


@actors.command()
@limit_option
@look_up_options
def doubtful(store: Place, **options: Any) -> None:
    """List who may be one actor or two, and the command that says so.

    \b
    Example:
      graphkit actors doubtful -n 20
    """
    from graphkit.lookup import list_doubts
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_doubts(opened), **options)


@actors.command()
@click.argument("actor")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@store_option
def merge(actor: str, others: tuple[str, ...], store: Place) -> None:
    """Make all statements of OTHER those of ACTOR.

    \b
    Example:
      graphkit actors merge "Emmanuel Macron" "President Macron"
    """
    from graphkit import correcting

    correct(store, lambda opened: correcting.merge(opened, actor, others))


@actors.command()
@click.argument("actor")
@click.argument("name")
@store_option
def rename(actor: str, name: str, store: Place) -> None:
    """Show ACTOR by another NAME; its IRI stays.

    \b
    Example:
      graphkit actors rename "Federal Republic of Germany" Germany
    """
    from graphkit import correcting

    correct(store, lambda opened: correcting.rename(opened, actor, name))


@actors.command()
@click.argument("actor")
@click.argument("name")
@click.option(
    "--article",
    "articles",
    multiple=True,
    required=True,
    metavar="ID",
    help="Article in which ACTOR is somebody else. May be given several times.",
)
@store_option
def split(actor: str, name: str, articles: tuple[str, ...], store: Place) -> None:
    """Say that in some articles ACTOR is another, called NAME.

    \b
    Example:
      graphkit actors split "John Smith" "John Smith (Ohio)" --article 2024-03-01-vote
    """
    from graphkit import correcting

    correct(store, lambda opened: correcting.split(opened, actor, name, articles))


@actors.command()
@click.argument("actor")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@store_option
def alias(actor: str, names: tuple[str, ...], store: Place) -> None:
    """Say that what articles call NAME is ACTOR, in all articles, those to come as well.

    \b
    Example:
      graphkit actors alias "Emmanuel Macron" Macron
    """
    from graphkit import correcting

    correct(store, lambda opened: correcting.alias(opened, actor, names))


@actors.command()
@click.argument("actor")
@click.argument("principal", required=False, default="")
@click.option("--nobody", is_flag=True, help="ACTOR speaks for itself only.")
@click.option("--from", "since", type=_DATE, metavar="YYYY-MM-DD", help="First day.")
@click.option("--to", "until", type=_DATE, metavar="YYYY-MM-DD", help="Last day.")
@store_option
def represents(
    actor: str,
    principal: str,
    nobody: bool,
    since: datetime.datetime | None,
    until: datetime.datetime | None,
    store: Place,
) -> None:
    """Say that ACTOR speaks for PRINCIPAL, in articles of some days or in all.

    \b
    Example:
      graphkit actors represents "Olaf Scholz" Germany --from 2021-12-08 --to 2025-05-05
      graphkit actors represents "Angela Merkel" --nobody --from 2021-12-08
    """
    from graphkit import correcting

    if bool(principal) == nobody:
        raise click.UsageError("Give PRINCIPAL or --nobody.")
    days = [day.date() if day else None for day in (since, until)]
    correct(store, lambda opened: correcting.represents(opened, actor, principal, *days))


add_correction_commands(actors, "actor")
