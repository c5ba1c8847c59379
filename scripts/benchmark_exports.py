#!/usr/bin/env python3
"""Measure how fast networks are written, against networkx, in one run.

The network is drawn at random, with a fixed seed: an edge has what an edge of our exports has. The
writers of networkx get the same attributes, the dates and colours in the form that they want. They
write a smaller network, since they need several gigabytes for the large one; ours write both, and
the ratio is that of the seconds for each edge. Times are those of the processor, the least of some
rounds; memory is the most that a process of its own takes above that of the network itself.

Usage: python scripts/benchmark_exports.py [--edges N] [--small N] [--rounds N]
"""

import datetime
import itertools
import json
import multiprocessing
import random
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import click
import networkx as nx

from graphkit.export.gexf import write_gexf
from graphkit.export.graphml import write_graphml

LIMIT = 10.0
"""How many times as quick as networkx our writers have to be at least."""

NODES = 20_000
OUT = Path("/dev/null")  # the disk is the same for all
START = datetime.date(2020, 1, 1)
STANCES = ("supports", "opposes", "ambivalent")
COLOURS = ((0, 114, 178), (213, 94, 0), (153, 153, 153))


def draw(edges: int) -> Any:
    """Draw a network with an edge for each stance that some actor takes on some topic."""
    dice = random.Random(1)  # noqa: S311  # no secret
    graph = nx.MultiDiGraph()
    names = [f"actor: Member {n} of the council" for n in range(NODES)]
    for name in names:
        shade = dict(zip("rgb", (86, 180, 233), strict=True))
        place = {"x": round(dice.random(), 2), "y": round(dice.random(), 2)}
        graph.add_node(name, label=name[7:], kind="actor", size=12.1, **shade, **place)
    for _ in range(edges):
        number = dice.randrange(3)
        day = START + datetime.timedelta(dice.randrange(1000))
        graph.add_edge(
            *dice.sample(names, 2),
            weight=dice.randrange(1, 9),
            stance=STANCES[number],
            **{stance: int(stance == STANCES[number]) for stance in STANCES},
            score=round(dice.random(), 4),
            first_date=day.isoformat(),
            last_date=day.isoformat(),
            dates=(day,),
            statement_ids=f"{dice.getrandbits(64):016x}; {dice.getrandbits(64):016x}",
            sources="The Norwick Herald",
            quote=f"Member {dice.randrange(NODES)} said it would hurt the shops on quay {number}.",
            **dict(zip("rgb", COLOURS[number], strict=True)),
        )
    return graph


def graphml(graph: Any) -> None:
    """Write our GraphML."""
    with OUT.open("wb") as stream:
        write_graphml(graph, stream, edge_kind="stance")


def gexf(graph: Any) -> None:
    """Write our GEXF."""
    with OUT.open("wb") as stream:
        write_gexf(graph, stream, edge_kind="stance")


def graphml_of_networkx(graph: Any) -> None:
    """Write networkx's GraphML."""
    nx.write_graphml_lxml(graph, OUT)


def gexf_of_networkx(graph: Any) -> None:
    """Write networkx's GEXF."""
    nx.write_gexf(graph, OUT, version="1.2draft")


def for_graphml(graph: Any) -> Any:
    """Give networkx the dates as texts, for its GraphML knows no lists."""
    for _, _, values in graph.edges(data=True):
        values["dates"] = "; ".join(date.isoformat() for date in values["dates"])
    return graph


def for_gexf(graph: Any) -> Any:
    """Give networkx what it writes as spells and viz elements."""
    for *_, values in itertools.chain(graph.nodes(data=True), graph.edges(data=True)):
        values["viz"] = {"color": {**{name: values.pop(name) for name in "rgb"}, "a": 1.0}}
        if "dates" in values:
            values["spells"] = [(date.isoformat(), date.isoformat()) for date in values["dates"]]
            values["dates"] = "; ".join(date.isoformat() for date in values["dates"])
        else:
            values["viz"]["position"] = {name: values.pop(name) for name in "xy"} | {"z": 0.0}
            values["viz"]["size"] = values.pop("size")
    return graph


@click.command(help=__doc__)
@click.option("--edges", type=click.IntRange(1), default=1_000_000, show_default=True)
@click.option("--small", type=click.IntRange(1), default=100_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(*, edges: int, small: int, rounds: int, as_json: bool) -> None:
    """Print the figures; exit with 1 if networkx takes less than LIMIT times ours."""
    figures = {}
    writers = {"GraphML": graphml, "GEXF": gexf}
    for name, write in writers.items():
        for number in (small, edges):
            figures[f"{name}: MB above the network, {number} edges"] = memory(write, number)
    graph = draw(edges)
    ours = {name: seconds(write, graph, rounds) / edges for name, write in writers.items()}
    del graph
    theirs = {
        "GraphML": seconds(graphml_of_networkx, for_graphml(draw(small)), rounds) / small,
        "GEXF": seconds(gexf_of_networkx, for_gexf(draw(small)), rounds) / small,
    }
    graph = draw(small)
    for name, write in writers.items():
        figures[f"{name}: us for each of {edges} edges"] = ours[name] * 1e6
        figures[f"{name}: us for each of {small} edges, networkx"] = theirs[name] * 1e6
        figures[f"{name}: networkx, times ours"] = theirs[name] / ours[name]
        own = seconds(write, graph, rounds) / small
        figures[f"{name}: networkx, times ours, both with {small} edges"] = theirs[name] / own
    if as_json:
        click.echo(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            click.echo(f"{value:10.2f}  {name}")
    sys.exit(any(theirs[name] < LIMIT * ours[name] for name in writers))


def seconds(write: Callable[[Any], None], graph: Any, rounds: int) -> float:
    """Return the least seconds of some rounds."""
    times = []
    for _ in range(rounds):
        start = process_time()
        write(graph)
        times.append(process_time() - start)
    return min(times)


def memory(write: Callable[[Any], None], edges: int) -> float:
    """Return the megabytes that writing takes at most, in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_megabytes, (write, edges))


def _megabytes(write: Callable[[Any], None], edges: int) -> float:
    graph = draw(edges)
    before = _peak()
    write(graph)
    return _peak() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
