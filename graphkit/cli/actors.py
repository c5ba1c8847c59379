"""``graphkit actors``: list the actors, see which are doubtful, and correct them."""

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.listing import ListingGroup
from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.options import format_option, output_option, store_option

if TYPE_CHECKING:
    from graphkit.curation import Correction
    from graphkit.errors import CorrectionError
    from graphkit.store import Store

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
      graphkit actors merge "Emmanuel Macron" "Macron"
      graphkit actors --help
    """


@actors.command("list")
@click.argument("text", required=False, default="")
@limit_option
@look_up_options
def list_(text: str, store: Path, **options: Any) -> None:
    """List the actors, or those with TEXT in a name; those with most statements come first.

    \b
    Example:
      graphkit actors
      graphkit actors list union -n 10
    """
    from graphkit.lookup import list_actors
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_actors(opened, text), **options)


@actors.command()
@limit_option
@look_up_options
def doubtful(store: Path, **options: Any) -> None:
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
def merge(actor: str, others: tuple[str, ...], store: Path) -> None:
    """Make all statements of OTHER those of ACTOR.

    \b
    Example:
      graphkit actors merge "Emmanuel Macron" "President Macron"
    """
    from graphkit import correcting

    _correct(store, lambda opened: correcting.merge(opened, actor, others))


@actors.command()
@click.argument("actor")
@click.argument("name")
@store_option
def rename(actor: str, name: str, store: Path) -> None:
    """Show ACTOR by another NAME; its IRI stays.

    \b
    Example:
      graphkit actors rename "Federal Republic of Germany" Germany
    """
    from graphkit import correcting

    _correct(store, lambda opened: correcting.rename(opened, actor, name))


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
def split(actor: str, name: str, articles: tuple[str, ...], store: Path) -> None:
    """Say that in some articles ACTOR is another, called NAME.

    \b
    Example:
      graphkit actors split "John Smith" "John Smith (Ohio)" --article 2024-03-01-vote
    """
    from graphkit import correcting

    _correct(store, lambda opened: correcting.split(opened, actor, name, articles))


@actors.command()
@click.argument("actor")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@store_option
def alias(actor: str, names: tuple[str, ...], store: Path) -> None:
    """Say that what articles call NAME is ACTOR, in all articles, those to come as well.

    \b
    Example:
      graphkit actors alias "Emmanuel Macron" Macron
    """
    from graphkit import correcting

    _correct(store, lambda opened: correcting.alias(opened, actor, names))


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
    store: Path,
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
    _correct(store, lambda opened: correcting.represents(opened, actor, principal, *days))


@actors.command("apply")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@store_option
def apply_(paths: tuple[Path, ...], store: Path) -> None:
    """Make the corrections of tables (.csv, .tsv) or of Turtle (.ttl) files.

    `graphkit actors corrections -f tsv` writes such a table. What is there already stays as it is.

    \b
    Example:
      graphkit actors apply corrections.tsv
    """
    from graphkit.cli.inputs import report
    from graphkit.correcting import apply_file
    from graphkit.store import Store

    mistakes: list[CorrectionError] = []
    with Store.open(store) as opened:
        made = sum(apply_file(opened, path, mistakes.append) for path in paths)
    report(mistakes)
    click.echo(f"{made} corrections made, {len(mistakes)} wrong", err=True)
    if mistakes:
        sys.exit(1)


@actors.command()
@format_option("table", "csv", "tsv", "json", "jsonl", "ttl", default="table")
@output_option
@store_option
def corrections(format: str, output: str, store: Path) -> None:
    """List the corrections in their order, with ids, and whether they still concern an actor.

    \b
    Example:
      graphkit actors corrections
      graphkit actors corrections -o corrections.tsv
    """
    from graphkit.curation_rdf import to_turtle
    from graphkit.lookup import list_corrections
    from graphkit.output import open_output
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        if format == "ttl":
            found = [one for one, _ in opened.corrections()]
            with open_output(output) as stream:
                stream.write(to_turtle(found, opened.iris))
        else:
            print_answer(list_corrections(opened), format, output)


@actors.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@store_option
def undo(ids: tuple[str, ...], store: Path) -> None:
    """Take corrections back, by the ids that `graphkit actors corrections` lists.

    \b
    Example:
      graphkit actors undo 3f2a90c1
    """
    from graphkit.store import Store

    with Store.open(store) as opened:
        opened.undo(ids)
        click.echo(f"{len(set(ids))} taken back", err=True)
        tell_what_applies_no_more(opened)


def _correct(path: Path, make: "Callable[[Store], Sequence[Correction]]") -> None:
    from graphkit.store import Store

    with Store.open(path) as opened:
        before = len(opened.corrections())
        made = make(opened)
        opened.correct(made)
        if len(opened.corrections()) == before:
            click.echo("That is so already.", err=True)
        for one in made:
            click.echo(f"{one.id}: {one.describe(opened.iris.shorten)}", err=True)


def tell_what_applies_no_more(store: "Store") -> None:
    """Name the corrections that concern no actor any more, one a line on standard error."""
    for one, applies in store.corrections():
        if not applies:
            said = one.describe(store.iris.shorten)
            click.echo(
                f"graphkit: correction {one.id} concerns no actor any more: {said}", err=True
            )
