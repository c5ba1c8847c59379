"""How much ties hang on doubts about statements, and on which statements happen to be there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.table import StatementTable
from graphkit.errors import NetworkError
from graphkit.evidence import local_names
from graphkit.export.two_mode import SCORES, Layout, tie_of
from graphkit.records import statement_order
from graphkit.statement import Actor, Statement

Numbers = NDArray[np.float64]
Resample = Literal["confidence", "statements", "both"]

ENDS = (0.025, 0.975)
"""The quantiles between which an interval lies."""

_MOST_CELLS = 100_000_000  # ties times draws: 0.9 GB, and 1.8 GB for actors and topics


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """How to draw anew from the statements.

    With "confidence" each statement is kept with the probability that its confidence is: what if
    doubtful readings are wrong? With "statements" as many as there are, are drawn with replacement:
    what if others had been made? With "both" each of those is then kept by its confidence.
    """

    draws: int
    resample: Resample = "confidence"
    seed: int = 1


def iter_draws(confidence: Numbers, bootstrap: Bootstrap) -> Iterator[NDArray[np.int64]]:
    """Yield for each draw how often each statement is in it."""
    dice = np.random.default_rng(bootstrap.seed)
    number = len(confidence)
    for _ in range(bootstrap.draws):
        counts = np.ones(number, np.int64)
        if bootstrap.resample != "confidence":
            drawn = dice.integers(number, size=number) if number else counts
            counts = np.bincount(drawn, minlength=number)
        if bootstrap.resample != "statements":
            counts = dice.binomial(counts, confidence)
        yield counts


def iter_tables(
    table: StatementTable, statements: Sequence[Statement], bootstrap: Bootstrap
) -> Iterator[StatementTable]:
    """Yield the table of each draw from a table of `statements`, in whatever order these are."""
    order = sorted(range(len(statements)), key=lambda place: statement_order(statements[place]))
    confidence = np.array([statements[place].confidence for place in order], float)
    rank = np.argsort(np.array(order, np.int64))[table.origins]
    for counts in iter_draws(confidence, bootstrap):
        yield table.take(np.repeat(np.arange(len(table)), counts[rank]))


def intervals_of_cells(
    names: Sequence[str],
    cells: Sequence[tuple[int, int]],
    networks: Iterable[LabelledMatrix],
    draws: int,
) -> list[dict[str, Any]]:
    """Return `low`, `high` and `certainty` for some cells, rows and columns, of a one-mode network.

    `names` are its rows, and `networks` those of as many draws. The interval holds 95 % of the
    values, and the certainty is the share of the draws in which the cell is not 0. Raise
    NetworkError for too many cells and draws.
    """
    _check_size(len(cells), draws)
    both = np.array(cells, np.int64).reshape(-1, 2).T
    values = np.zeros((draws, len(cells)))
    place_of = {name: place for place, name in enumerate(names)}
    for number, network in enumerate(networks):
        places = np.full(len(names), -1)
        places[[place_of[name] for name in network.rows]] = np.arange(len(network.rows))
        ends = places[both]
        is_there = (ends >= 0).all(axis=0)
        if is_there.any():
            found = network.values[ends[0][is_there], ends[1][is_there]]
            values[number, is_there] = np.asarray(found).ravel()
    certainty = (values != 0).mean(axis=0).tolist()
    columns = (*_quantiles(values), certainty)
    attributes = ("low", "high", "certainty")
    return [dict(zip(attributes, row, strict=True)) for row in zip(*columns, strict=True)]


def add_intervals(
    graph: Any,
    statements: Sequence[Statement],
    bootstrap: Bootstrap,
    *,
    actors: Iterable[Actor] = (),
) -> None:
    """Add to each edge of a two-mode graph `low` and `high`, those of its weight.

    The graph is that of `two_mode_network` of the same statements and actors. `score_low` and
    `score_high` are those of the score in the draws that have the edge, and `certainty` is the
    share of these. Raise NetworkError for too many edges and draws.
    """
    edges = [values for _, _, values in graph.edges(data=True)]
    _check_size(len(edges), bootstrap.draws)
    ordered = sorted(statements, key=statement_order)
    ends = _edges_of(ordered, graph, local_names(actors))
    scores = np.array([SCORES[statement.stance] for statement in ordered], float)
    confidence = np.array([statement.confidence for statement in ordered], float)
    weights = np.zeros((bootstrap.draws, len(edges)))
    sums = np.zeros_like(weights)
    for number, counts in enumerate(iter_draws(confidence, bootstrap)):
        weights[number] = np.bincount(ends, counts, minlength=len(edges))
        sums[number] = np.bincount(ends, counts * scores, minlength=len(edges))
    is_there = weights > 0
    means = np.divide(sums, weights, out=sums, where=is_there)
    means[~is_there] = np.nan
    columns = (*_quantiles(weights), *_quantiles(means), is_there.mean(axis=0).tolist())
    names = ("low", "high", "score_low", "score_high", "certainty")
    for values, row in zip(edges, zip(*columns, strict=True), strict=True):
        values.update(zip(names, row, strict=True))


def _edges_of(
    statements: Sequence[Statement], graph: Any, local: frozenset[str]
) -> NDArray[np.int64]:
    """Return for each statement the number of its edge in a two-mode graph."""
    layout: Layout = "stance" if graph.is_multigraph() else "pair"
    ties = graph.edges(keys=True) if layout == "stance" else ((*ends, "") for ends in graph.edges())
    number_of = {tie: number for number, tie in enumerate(ties)}
    found = (number_of[tie_of(statement, local, layout)] for statement in statements)
    return np.fromiter(found, np.int64, len(statements))


def interval(values: Sequence[float]) -> list[float] | None:
    """Return between which two values 95 % of some lie; None without any."""
    ends: list[float] = np.quantile(values, ENDS).tolist() if len(values) else []
    return ends or None


def _check_size(cells: int, draws: int) -> None:
    if cells * draws > _MOST_CELLS:
        raise NetworkError(
            f"{draws} draws of {cells} edges do not fit in memory: draw up to "
            f"{_MOST_CELLS // cells} times, or choose a shorter time."
        )


def _quantiles(values: Numbers) -> list[list[float | None]]:
    """Return the ends of the interval of each column; None where all of it is missing.

    The values are sorted where they are, since they can be as many as fit in memory.
    Numpy's `nanquantile` takes one column after the other, which is some hundred times slower.
    """
    values.sort(axis=0)  # what is missing comes last
    last = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    return [_at(values, share * last) for share in ENDS]


def _at(ordered: Numbers, places: Numbers) -> list[float | None]:
    """Return a value of each column, between two of them where the place is."""
    before = np.floor(places).astype(np.int64)
    low, high = (
        np.take_along_axis(ordered, each[None], axis=0)[0]
        for each in (before, np.ceil(places).astype(np.int64))
    )
    found = low + (high - low) * (places - before)
    return [None if np.isnan(value) else value for value in found.tolist()]
