"""``graphkit plot``: timelines, heat maps, camps and networks as SVG, PNG or a page."""

import datetime
from typing import TYPE_CHECKING, Any, Literal

import click

from graphkit.algebra.options import AMBIVALENT, DUPLICATES
from graphkit.cli.lookup import find_actor, open_store
from graphkit.cli.picture import (
    PictureFile,
    narrower_option,
    picture_options,
    refuse_option,
    roll_up_option,
    top_option,
    topics_option,
    write_picture,
)
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.plot.debate import Debate
    from graphkit.statement import Statement
    from graphkit.store import Store

Day = datetime.date | None


@click.group()
def plot() -> None:
    """Draw who stands where: over time, by topic, in camps, as a network.

    The ending of the file is the format: .svg for print, .png, or .html, a page that works offline
    and tells the statements behind each mark.

    \b
    Example:
      graphkit plot network -o network.svg
      graphkit plot timeline "ground troops in Ukraine" -o timeline.png
    """


@plot.command()
@click.argument("label", metavar="TOPIC")
@click.argument("names", metavar="[ACTOR]...", nargs=-1)
@click.option(
    "--by",
    type=click.Choice(["day", "week", "month", "year"]),
    help="Period of a bar.  [default: by the range]",
)
@top_option(30)
@narrower_option
@picture_options
def timeline(
    label: str,
    names: tuple[str, ...],
    by: Any,
    top: int,
    narrower: bool,
    since: Day,
    until: Day,
    look: dict[str, Any],
    file: PictureFile,
    store: Place,
) -> None:
    """Draw how often a topic was backed and opposed, and when each actor said what.

    With actors, only theirs. A ring marks a change of mind, as `graphkit changes` finds them;
    with --narrower also one between narrower topics, which count as the same.

    \b
    Example:
      graphkit plot timeline "ground troops in Ukraine" -o timeline.svg
      graphkit plot timeline "ground troops in Ukraine" verbruggen germany --by week -o two.png
    """
    from graphkit.names import resolve_topic
    from graphkit.plot.debate import debate_of
    from graphkit.plot.timeline import draw_timeline

    with open_store(store) as opened:
        topic = resolve_topic(opened, label)
        actors = [find_actor(opened, name) for name in names]
        debate = debate_of(opened, _on_topic(opened, topic, actors, until, narrower=narrower))
    look |= {"actors": actors, "since": since, "by": by, "top": top}
    write_picture(draw_timeline(debate, topic, **look), file)


@plot.command()
@click.option(
    "--value",
    type=click.Choice(["mean", "net"]),
    default="mean",
    show_default=True,
    help="Colours: the mean stance, or supports less opposes.",
)
@top_option(30)
@topics_option(12)
@roll_up_option
@picture_options
def heatmap(
    value: Literal["mean", "net"],
    top: int,
    topics: int,
    roll_up: bool,
    since: Day,
    until: Day,
    look: dict[str, Any],
    file: PictureFile,
    store: Place,
) -> None:
    """Draw a table of actors by topics, in an order that puts those together who say alike.

    \b
    Example:
      graphkit plot heatmap -o heatmap.svg
      graphkit plot heatmap -n 50 --topics 8 --since 2024-03 -o march.png
    """
    from graphkit.plot.heatmap import draw_heatmap

    debate = _debate(store, since, until, roll_up=roll_up)
    write_picture(draw_heatmap(debate, value=value, actors=top, topics=topics, **look), file)


@plot.command()
@click.argument("label", metavar="[TOPIC]", required=False)
@top_option(30, "Actors to name on each side: those with most statements.")
@topics_option(4)
@narrower_option
@roll_up_option
@picture_options
def camps(
    label: str | None,
    top: int,
    topics: int,
    narrower: bool,
    roll_up: bool,
    since: Day,
    until: Day,
    look: dict[str, Any],
    file: PictureFile,
    store: Place,
) -> None:
    """Draw who is on which side of a topic, or of each main topic, and how strongly.

    Sides are those of the latest word, as in `graphkit topic`.

    \b
    Example:
      graphkit plot camps "ground troops in Ukraine" -o camps.svg
      graphkit plot camps --topics 8 -o camps.html
    """
    from graphkit.names import resolve_topic
    from graphkit.plot.camps import draw_camps
    from graphkit.plot.debate import debate_of

    if label and roll_up:
        raise click.UsageError("--roll-up is for all topics; with a TOPIC use --narrower.")
    if label:
        refuse_option("topics", "is for all topics; with a TOPIC there is one.")
    if narrower and not label:
        raise click.UsageError("--narrower needs a TOPIC; for all topics use --roll-up.")
    if label:
        with open_store(store) as opened:
            topic = resolve_topic(opened, label)
            chosen = _on_topic(opened, topic, [], until, since=since, narrower=narrower)
            debate = debate_of(opened, chosen)
    else:
        debate = _debate(store, since, until, roll_up=roll_up)
    write_picture(draw_camps(debate, actors=top, topics=topics, **look), file)


@plot.command()
@click.option(
    "--mode",
    type=click.Choice(["actors", "topics", "two"]),
    default="actors",
    show_default=True,
    help="Actors tied by topics, topics tied by actors, or actors and topics.",
)
@click.option(
    "--aggregate",
    type=click.Choice(["subtract", "congruence", "conflict", "ignore"]),
    default="subtract",
    show_default=True,
    help="What ties two: agreement less disagreement, either alone, or all they say.",
)
@click.option(
    "--normalize",
    type=click.Choice(["none", "average", "jaccard", "cosine"]),
    default="none",
    show_default=True,
    help="By what to divide the ties; average lets those who speak often count no more.",
)
@click.option(
    "--ambivalent",
    type=click.Choice(AMBIVALENT),
    default="count",
    show_default=True,
    help="Ambivalent statements, as in graphkit export.",
)
@click.option(
    "--duplicates",
    type=click.Choice(DUPLICATES),
    default="keep",
    show_default=True,
    help="Keep only the first of equal statements per unit.",
)
@click.option(
    "--ties",
    type=click.IntRange(1),
    default=200,
    show_default=True,
    metavar="N",
    help="Ties to draw: the strongest, and the strongest of each node.",
)
@top_option(40)
@topics_option(20)
@roll_up_option
@picture_options
def network(
    mode: Literal["actors", "topics", "two"],
    aggregate: str,
    normalize: str,
    ambivalent: str,
    duplicates: str,
    ties: int,
    top: int,
    topics: int,
    roll_up: bool,
    since: Day,
    until: Day,
    look: dict[str, Any],
    file: PictureFile,
    store: Place,
) -> None:
    """Draw who stands with whom: camps that agree inside, and ties of disagreement between them.

    Places are those of `graphkit export`, pushed apart so that names do not overlap. The two camps
    are found as in `graphkit measures`, among those that are shown.

    \b
    Example:
      graphkit plot network -o network.svg
      graphkit plot network --mode two -o two.html
      graphkit plot network -n 60 --normalize average --ties 300 -o large.png --scale 4
    """
    from graphkit.plot.network import draw_network, options_for

    if mode == "actors":
        refuse_option("topics", "needs --mode topics or two: actors are tied by all topics.")
    if mode == "topics":
        refuse_option("top", "needs --mode actors or two: topics are tied by all actors.")
    chosen = {
        "aggregate": aggregate,
        "normalize": normalize,
        "ambivalent": ambivalent,
        "duplicates": duplicates,
    }
    for name in chosen if mode == "two" else ():
        refuse_option(name, "needs --mode actors or topics: two has each stance.")
    options = options_for(mode, **chosen)
    debate = _debate(store, since, until, roll_up=roll_up)
    look |= {"actors": top, "topics": topics, "ties": ties}
    write_picture(draw_network(debate, mode=mode, options=options, **look), file)


# --- what all of them do ------------------------------------------------------------------------


def _on_topic(
    store: "Store",
    topic: str,
    actors: list[str],
    until: Day,
    *,
    since: Day = None,
    narrower: bool,
) -> "list[Statement]":
    """Return the statements on a topic, and on narrower ones if wanted, as if on the topic."""
    import dataclasses

    from graphkit.records import statement_order
    from graphkit.rollup import with_narrower

    found = (
        store.statements(actor=actor, topic=each, since=since, until=until)
        for each in (with_narrower(store, topic) if narrower else [topic])
        for actor in dict.fromkeys(actors or (None,))
    )
    renamed = (dataclasses.replace(one, topic=topic) for members in found for one in members)
    return sorted(renamed, key=statement_order)


def _debate(store: Place, since: Day, until: Day, *, roll_up: bool) -> "Debate":
    from graphkit.plot.debate import debate_of
    from graphkit.rollup import chosen_statements

    with open_store(store) as opened:
        return debate_of(opened, chosen_statements(opened, since, until, roll_up=roll_up))
