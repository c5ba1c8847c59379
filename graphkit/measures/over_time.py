"""The measures of a network in each place of a window, and where its structure changes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from graphkit.algebra.networks import iter_networks
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.errors import NetworkError
from graphkit.measures.spectra import distance_of, spectrum_of
from graphkit.measures.summary import measure_whole
from graphkit.measures.ties import Ties
from graphkit.statement import Actor, Statement

COLUMNS = (
    "start",
    "stop",
    "statements",
    "congruence_density",
    "conflict_density",
    "polarization",
    "communities",
    "modularity",
    "change",
)

LARGEST = 3_000
"""Nodes up to which spectra are computed; for as many, one takes some seconds."""


def measure_windows(
    statements: Sequence[Statement],
    options: NetworkOptions,
    *,
    actors: Iterable[Actor] = (),
    seed: int = 1,
) -> Iterator[dict[str, Any]]:
    """Yield a row of COLUMNS for each place of the window that the options have.

    `change` is the spectral distance of the networks of congruence of this window and the one
    before, None for the first; the nodes are the same all the time. Raise NetworkError for options
    that do not fit our statements, and for networks of more than LARGEST nodes.
    """
    table = table_of(statements, options.variables, actors=actors)
    both = (
        iter_networks(table, replace(options, aggregate=name, isolates=True))
        for name in ("congruence", "conflict")
    )
    before: Any = None
    for agreed, opposed in zip(*both, strict=True):
        if len(agreed.rows) > LARGEST:
            raise NetworkError(f"{len(agreed.rows)} nodes: changes over time need up to {LARGEST}.")
        ties = Ties(agreed.rows, agreed.values, opposed.values, agreed.statements)
        spectrum = spectrum_of(ties.congruence)
        change = None if before is None else distance_of(spectrum, before)
        before = spectrum
        whole = measure_whole(ties, seed=seed)
        dates = {"start": agreed.start.date(), "stop": agreed.stop.date()}
        row = {**whole, **dates, "change": change}
        yield {name: row[name] for name in COLUMNS}
