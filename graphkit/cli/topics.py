"""``graphkit topics``: list the topics, import a codebook, and correct what belongs together."""

from pathlib import Path
from typing import Any

import click

from graphkit.cli.corrections import (
    add_correction_commands,
    correct,
    tell_what_applies_no_more,
)
from graphkit.cli.listing import ListingGroup
from graphkit.cli.lookup import limit_option, look_up_options, print_answer
from graphkit.cli.options import store_option
from graphkit.place import Place


@click.group(cls=ListingGroup)
def topics() -> None:
    """List the topics, import a codebook, or correct what is one topic.

    Corrections are kept in the store, come after all matching, and stay when articles are extracted
    anew. A topic is given by a label or its IRI.

    \b
    Example:
      graphkit topics
      graphkit topics troops
      graphkit topics import codebook.csv
      graphkit topics suggest
      graphkit topics worst
      graphkit topics merge "ground troops in Ukraine" "sending soldiers to Ukraine"
      graphkit topics rename "charging drivers" "congestion charge"
      graphkit topics split "the reform" "pension reform" --article 2024-03-01-vote
      graphkit topics alias "ground troops in Ukraine" "the troops question"
      graphkit topics broader "US troops in Ukraine" "ground troops in Ukraine"
      graphkit topics retire "this matter"
      graphkit topics corrections -o corrections.tsv
      graphkit topics apply corrections.tsv
      graphkit topics undo 3f2a90c1d4
    """


@topics.command("list")
@click.argument("text", required=False, default="")
@limit_option
@look_up_options
def list_(text: str, store: Place, **options: Any) -> None:
    """List the topics, or those with TEXT in a label; those with most statements come first.

    \b
    Example:
      graphkit topics
      graphkit topics list tax -n 10
    """
    from graphkit.lookup import list_topics
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_topics(opened, text), **options)


@topics.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@store_option
def import_(paths: tuple[Path, ...], store: Place) -> None:
    """Import codebooks: SKOS in Turtle, or tables (.csv, .tsv) of labels and alternatives.

    The columns of a table are label, alternatives (parted by |), broader, id and note. Statements
    that are stored already move to the topics that fit; none is extracted anew. A topic with the
    id of an earlier one takes its place. A codebook with a mistake is refused as a whole.

    \b
    Example:
      graphkit topics import codebook.csv
    """
    from graphkit.codebook_file import read_codebook
    from graphkit.store import Store

    concepts = [concept for path in paths for concept in read_codebook(path)]
    with Store.open(store) as opened:
        opened.add_concepts(concepts)
        counts = opened.statement_counts("topic")
        listed = opened.concepts()
        tell_what_applies_no_more(opened)
    landed = sum(counts[concept.iri] for concept in listed)
    click.echo(
        f"{len(concepts)} topics imported; {landed} of {sum(counts.values())} statements are on "
        f"the {len(listed)} topics of the codebook",
        err=True,
    )


@topics.command()
@limit_option
@look_up_options
def suggest(store: Place, **options: Any) -> None:
    """List which topics may be one, or part of another, with the reason, quotes and the command.

    \b
    Example:
      graphkit topics suggest -n 10
    """
    from graphkit.lookup import list_suggestions
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_suggestions(opened), **options)


@topics.command()
@limit_option
@look_up_options
def worst(store: Place, **options: Any) -> None:
    """List the labels that do not stand alone, and why: pronouns, loose ends, whole sentences.

    \b
    Example:
      graphkit topics worst -n 20
    """
    from graphkit.lookup import list_worst_labels
    from graphkit.store import Store

    with Store.open(store, read_only=True) as opened:
        print_answer(list_worst_labels(opened), **options)


@topics.command()
@click.argument("topic")
@click.argument("others", nargs=-1, required=True, metavar="OTHER...")
@store_option
def merge(topic: str, others: tuple[str, ...], store: Place) -> None:
    """Make all statements on OTHER those on TOPIC.

    \b
    Example:
      graphkit topics merge "ground troops in Ukraine" "boots on the ground"
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.merge(opened, topic, others))


@topics.command()
@click.argument("topic")
@click.argument("name")
@store_option
def rename(topic: str, name: str, store: Place) -> None:
    """Show TOPIC by another label, NAME; its IRI stays.

    \b
    Example:
      graphkit topics rename "charging drivers" "congestion charge"
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.rename(opened, topic, name))


@topics.command()
@click.argument("topic")
@click.argument("name")
@click.option(
    "--article",
    "articles",
    multiple=True,
    required=True,
    metavar="ID",
    help="Article in which TOPIC is something else. May be given several times.",
)
@store_option
def split(topic: str, name: str, articles: tuple[str, ...], store: Place) -> None:
    """Say that in some articles TOPIC is another, called NAME.

    \b
    Example:
      graphkit topics split "the reform" "pension reform" --article 2024-03-01-vote
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.split(opened, topic, name, articles))


@topics.command()
@click.argument("topic")
@click.argument("labels", nargs=-1, required=True, metavar="LABEL...")
@store_option
def alias(topic: str, labels: tuple[str, ...], store: Place) -> None:
    """Say that statements with LABEL are on TOPIC, in all articles, those to come as well.

    \b
    Example:
      graphkit topics alias "ground troops in Ukraine" "the troops question"
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.alias(opened, topic, labels))


@topics.command()
@click.argument("topic")
@click.argument("wider")
@store_option
def broader(topic: str, wider: str, store: Place) -> None:
    """Put TOPIC below WIDER, a known topic or a new one; statements stay where they are.

    `graphkit topic WIDER --narrower` and `graphkit export --roll-up` then count TOPIC for WIDER.

    \b
    Example:
      graphkit topics broader "US troops in Ukraine" "ground troops in Ukraine"
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.broader(opened, topic, wider))


@topics.command()
@click.argument("labels", nargs=-1, required=True, metavar="TOPIC...")
@store_option
def retire(labels: tuple[str, ...], store: Place) -> None:
    """Take TOPIC out of use: its statements are kept, and shown nowhere.

    \b
    Example:
      graphkit topics retire "this matter"
    """
    from graphkit import topic_correcting

    correct(store, lambda opened: topic_correcting.retire(opened, labels))


add_correction_commands(topics, "topic")
