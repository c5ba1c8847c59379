#!/usr/bin/env python3
"""Measure the network of actors against a plain scipy product and against networkx, in one run.

Statements are drawn at random, with a fixed seed. The product is that of a ready matrix of actors
by topics, without names, selection or diagonal; ours starts from the table of statements, and the
time to make that table of lists of texts stands beside it. networkx projects a smaller network,
which ours then computes, too. Times are those of the processor, the least of some rounds; memory is
the most that a process of its own takes above that of the statements.

Usage: python scripts/benchmark_networks.py [--statements N] [--rounds N]
"""

import datetime
import json
import multiprocessing
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time
from typing import Any

import click
import networkx as nx
import numpy as np
from scipy import sparse

from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.table import StatementTable

ACTORS, TOPICS = 10_000, 1_000
SMALL_ACTORS, SMALL_TOPICS, SMALL_STATEMENTS = 1_000, 200, 20_000
LIMIT = 3.0
"""How many times the plain product the network of actors may take at most."""

STANCES = ("opposes", "ambivalent", "supports")
NETWORKS: dict[str, dict[str, Any]] = {
    "ignore": {},
    "congruence": {"aggregate": "congruence"},
    "conflict": {"aggregate": "conflict"},
    "subtract": {"aggregate": "subtract"},
    "congruence, average": {"aggregate": "congruence", "normalize": "average"},
    "congruence, jaccard": {"aggregate": "congruence", "normalize": "jaccard"},
    "congruence, cosine": {"aggregate": "congruence", "normalize": "cosine"},
    "congruence, no duplicates": {"aggregate": "congruence", "duplicates": "week"},
}


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements as numbers, from which every process draws the same."""

    actors: Any
    topics: Any
    stances: Any
    days: Any

    @classmethod
    def draw(cls, number: int, actors: int, topics: int) -> "Statements":
        """Draw statements, each of any actor on any topic."""
        random = np.random.default_rng(1)
        limits = actors, topics, len(STANCES), 1_000
        return cls(*(random.integers(0, limit, number) for limit in limits))

    def table(self) -> StatementTable:
        """Make a table of lists of texts, as a store gives them."""
        number = len(self.actors)
        start = datetime.date(2020, 1, 1)
        return StatementTable.of(
            dates=[start + datetime.timedelta(day) for day in self.days.tolist()],
            documents=[f"article {n % 100_000}" for n in range(number)],
            positions=[(n, n + 1) for n in range(number)],
            columns={
                "actor": ("text", [f"actor {n}" for n in self.actors.tolist()]),
                "topic": ("text", [f"topic {n}" for n in self.topics.tolist()]),
                "stance": ("stance", [STANCES[n] for n in self.stances.tolist()]),
            },
        )

    def matrix(self) -> Any:
        """Make a plain matrix of actors by topics."""
        ones = np.ones(len(self.actors))
        places = self.actors.astype(np.int32), self.topics.astype(np.int32)
        return sparse.coo_array((ones, places)).tocsr()


@click.command(help=__doc__)
@click.option("--statements", type=click.IntRange(1), default=1_000_000, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(*, statements: int, rounds: int, as_json: bool) -> None:
    """Print the figures; exit with 1 if the plain network of actors takes more than LIMIT."""
    memory = measure_memory(statements)
    figures = measure_large(statements, rounds) | memory | measure_small(rounds)
    if as_json:
        click.echo(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            click.echo(f"{value:10.2f}  {name}")
    sys.exit(figures["ignore: times the product"] > LIMIT)


def measure_large(number: int, rounds: int) -> dict[str, float]:
    """Measure the networks of many statements against a plain product."""
    drawn = Statements.draw(number, ACTORS, TOPICS)
    seconds, table = _time(drawn.table, rounds)
    matrix = drawn.matrix()
    product, _ = _time(lambda: matrix @ matrix.T, rounds)
    figures = {"s for the table": seconds, "s for the plain product": product}
    for name, chosen in NETWORKS.items():
        options = NetworkOptions(mode="one", **chosen)
        seconds, _ = _time(lambda options=options: compute_network(table, options), rounds)
        figures[f"{name}: times the product"] = seconds / product
    with_table = figures["ignore: times the product"] + figures["s for the table"] / product
    figures["ignore, with the table: times the product"] = with_table
    return figures


def measure_memory(number: int) -> dict[str, float]:
    """Measure the memory of a plain product and of some networks, while this process is small."""
    names = ("ignore", "congruence, jaccard")
    product = {"MB for the plain product": _memory(number, None)}
    return product | {f"{name}: MB": _memory(number, NETWORKS[name]) for name in names}


def measure_small(rounds: int) -> dict[str, float]:
    """Measure the network of actors against networkx, which weights by the shared topics."""
    drawn = Statements.draw(SMALL_STATEMENTS, SMALL_ACTORS, SMALL_TOPICS)
    table = drawn.table()
    actors = [("actor", n) for n in sorted(set(drawn.actors.tolist()))]
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    pairs = zip(drawn.actors.tolist(), drawn.topics.tolist(), strict=True)
    graph.add_edges_from((("actor", actor), ("topic", topic)) for actor, topic in pairs)
    project = nx.bipartite.weighted_projected_graph
    theirs, projection = _time(lambda: project(graph, actors), 1)
    ours, network = _time(lambda: compute_network(table, NetworkOptions(mode="one")), rounds)
    if network.values.nnz != 2 * projection.number_of_edges():
        raise SystemExit("the two networks of actors differ")
    return {"s for networkx, small": theirs, "networkx: times ours": theirs / ours}


def _time(compute: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Return the least seconds of some rounds, and the last result."""
    times = []
    result = None
    for _ in range(rounds):
        result = None  # two results would not fit beside each other
        start = process_time()
        result = compute()
        times.append(process_time() - start)
    return min(times), result


def _memory(number: int, chosen: dict[str, Any] | None) -> float:
    """Return the megabytes that a computation takes at most, in a new process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_megabytes, (number, chosen))


def _megabytes(number: int, chosen: dict[str, Any] | None) -> float:
    drawn = Statements.draw(number, ACTORS, TOPICS)
    if chosen is None:
        matrix = drawn.matrix()
        before = _peak()
        result: Any = matrix @ matrix.T
    else:
        table = drawn.table()
        before = _peak()
        result = compute_network(table, NetworkOptions(mode="one", **chosen)).values
    return _peak() - before + 0 * result.nnz


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
