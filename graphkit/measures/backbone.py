"""Backbone: the fewest topics that keep the structure of who agrees with whom.

Topics are parted in a backbone and a redundant set, as the Discourse Network Analyzer's
`dna_backbone` does (Leifeld and Henrichsen): nested, which drops one topic after the other, or by
simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) with a penalty for each topic that is
kept. What is lost is the spectral distance of the network of congruence by the topics that are
kept from that by all topics; docs/networks.md has the formulas.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graphkit.algebra.counts import Counts
from graphkit.algebra.networks import counts_of
from graphkit.algebra.one_mode import with_itself
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.errors import NetworkError
from graphkit.measures.spectra import DIGITS, Spectrum, distance_of, spectrum_of
from graphkit.statement import Actor, Statement

Mask = NDArray[np.bool_]

COLUMNS = ("rank", "name", "backbone", "loss", "statements", "nodes")

LARGEST = 1000
"""Nodes with different ties up to which a backbone is searched; their spectrum takes 0.1 s."""

_FEWEST, _TRIED = 8, 400  # topics that a step of the nested search tries: all of up to 20
_HOT, _COLD = 0.05, 0.0005  # what a step may make worse, as a share of the greatest loss


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: by annealing from the nested backbone on, or that one alone.

    A backbone may have any size, at the cost of the `penalty`, or the `size` that is given. Raise
    NetworkError for a penalty that is no number.
    """

    method: Literal["anneal", "nested"] = "anneal"
    penalty: float = 1.0
    size: int | None = None
    iterations: int = 1000
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.penalty < math.inf:
            raise NetworkError(f"A penalty of {self.penalty}: it needs to be a number from 0 on.")


@dataclass(frozen=True, slots=True)
class Step:
    """A topic of the nested order, and the loss once it and all before it are gone."""

    name: str
    loss: float
    statements: int
    nodes: int


@dataclass(frozen=True, slots=True)
class Backbone:
    """The topics that are kept, and those that are redundant, both in the order of their names.

    `loss` is the spectral distance of the backbone's network from that of all topics,
    `redundant_loss` that of the other topics' network, and `greatest` that of a network without
    any tie. `steps` are the nested order, the topic that matters least first; `unshared` are the
    topics of which only one speaks, which tie nobody.
    """

    names: tuple[str, ...]
    redundant: tuple[str, ...]
    unshared: tuple[str, ...]
    loss: float
    redundant_loss: float
    greatest: float
    steps: tuple[Step, ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row of COLUMNS for each topic that is shared, the most important first."""
        kept = frozenset(self.names)
        return [
            {
                "rank": rank,
                "name": step.name,
                "backbone": int(step.name in kept),
                "loss": step.loss,
                "statements": step.statements,
                "nodes": step.nodes,
            }
            for rank, step in enumerate(reversed(self.steps), 1)
        ]


def find_backbone(
    statements: Sequence[Statement],
    options: NetworkOptions,
    search: Search | None = None,
    *,
    actors: Iterable[Actor] = (),
) -> Backbone:
    """Find the backbone of a one-mode network; its `aggregate` is not used.

    It is made of the values of `variable2`: of topics in a network of actors. Raise NetworkError
    where nobody agrees with anybody, for a size that there is not, and for networks of more than
    LARGEST nodes.
    """
    search = search or Search()
    options = replace(options, aggregate="congruence")
    counts = counts_of(table_of(statements, options.variables, actors=actors), options)
    is_shared = np.asarray(counts.totals.sign().sum(axis=0)).ravel() > 1
    losses = _Losses(_reduced(counts, is_shared), options)
    if search.size is not None and not 0 < search.size <= len(losses.names):
        raise NetworkError(f"A backbone of {search.size}: there are {len(losses.names)} to keep.")
    order = _nested(losses)
    kept = _best_nested(order, losses, search)
    if search.method == "anneal":
        kept = _annealed(kept, losses, search)
    unshared = (name for name, has in zip(counts.columns, is_shared, strict=True) if not has)
    return Backbone(
        names=losses.named(kept),
        redundant=losses.named(~kept),
        unshared=tuple(unshared),
        loss=losses.of(kept),
        redundant_loss=losses.of(~kept),
        greatest=losses.greatest,
        steps=tuple(losses.step(topic, loss) for topic, loss in order),
    )


class _Losses:
    """The losses of sets of topics, each of which is computed once."""

    def __init__(self, counts: Counts, options: NetworkOptions) -> None:
        self._counts, self._options = counts, options
        self._known: dict[bytes, float] = {}
        # Rows in which the same is said add up to the same number, and others never do.
        self._marks = np.random.default_rng(0).random(counts.stacked.shape[1])
        self.names = counts.columns
        self.said = np.asarray(counts.totals.sum(axis=0)).ravel().round().astype(int).tolist()
        everything = np.ones(len(self.names), bool)
        self._full = self._spectrum(everything)
        self.greatest = distance_of(self._full, np.zeros(len(self._full)))
        if self.greatest == 0:
            what = f"No two values of '{options.variable1}' agree on any '{options.variable2}'"
            raise NetworkError(f"{what}: there is no network of congruence to keep.")

    def of(self, kept: Mask) -> float:
        """Return the spectral distance of the network of the topics that are kept from all."""
        key = kept.tobytes()
        if key not in self._known:
            self._known[key] = distance_of(self._spectrum(kept), self._full)
        return self._known[key]

    def penalized(self, kept: Mask, penalty: float) -> float:
        """Return the loss as a share of the greatest, with the penalty for what is kept."""
        return round(self.of(kept) / self.greatest + penalty * float(kept.mean()), DIGITS)

    def named(self, kept: Mask) -> tuple[str, ...]:
        """Return the names of topics."""
        return tuple(self.names[number] for number in np.flatnonzero(kept))

    def step(self, topic: int, loss: float) -> Step:
        """Describe a topic of the nested order."""
        nodes = int((self._counts.totals[:, [topic]] > 0).sum())
        return Step(self.names[topic], loss, self.said[topic], nodes)

    def _spectrum(self, kept: Mask) -> Spectrum:
        columns = np.tile(kept, len(self._counts.levels))
        marks = self._counts.stacked @ np.where(columns, self._marks, 0)
        _, first, sizes = np.unique(marks, return_index=True, return_counts=True)
        if len(first) > LARGEST:
            raise NetworkError(
                f"{len(first)} nodes with different ties: a backbone can be found for up to "
                f"{LARGEST}. Choose a shorter time."
            )
        return spectrum_of(with_itself(_reduced(self._counts, kept, first), self._options), sizes)


def _reduced(counts: Counts, columns: Mask, rows: Any = None) -> Counts:
    """Return the counts of some columns, and of some rows."""
    cells = np.flatnonzero(np.tile(columns, len(counts.levels)))
    stacked = counts.stacked if rows is None else counts.stacked[rows]
    names = counts.rows if rows is None else tuple(counts.rows[row] for row in rows)
    kept = tuple(counts.columns[column] for column in np.flatnonzero(columns))
    return Counts(names, kept, counts.levels, stacked[:, cells])


def _nested(losses: _Losses) -> list[tuple[int, float]]:
    """Drop the topic that costs least, again and again; return the topics with the losses.

    Of equals that with fewer statements goes first. Of many topics only those are tried that cost
    least when they were tried before.
    """
    kept = np.ones(len(losses.names), bool)
    known: dict[int, float] = dict.fromkeys(range(len(kept)), 0.0)
    order: list[tuple[int, float]] = []
    while known:
        tried = sorted(known, key=lambda topic: (known[topic], losses.said[topic], topic))
        if order:  # at first all are tried
            tried = tried[: max(_FEWEST, _TRIED // len(tried))]
        for topic in tried:
            kept[topic] = False
            known[topic] = losses.of(kept)
            kept[topic] = True
        least = min(tried, key=lambda topic: (known[topic], losses.said[topic], topic))
        kept[least] = False
        order.append((least, known.pop(least)))
    return order


def _best_nested(order: Sequence[tuple[int, float]], losses: _Losses, search: Search) -> Mask:
    """Return the set of the nested order that has the size, or the least penalized loss.

    Of equals it is the smallest, but for that of no topic, which is no backbone.
    """
    kept = np.ones(len(order), bool)
    sets = [kept.copy()]
    for topic, _ in order:
        kept[topic] = False
        sets.append(kept.copy())
    if search.size is not None:
        return sets[len(order) - search.size]
    return min(
        reversed(sets), key=lambda each: (losses.penalized(each, search.penalty), not each.any())
    )


def _annealed(start: Mask, losses: _Losses, search: Search) -> Mask:
    """Move single topics in or out, or exchange two, and let a move cost less and less."""
    penalty = 0 if search.size is not None else search.penalty
    dice = np.random.default_rng(search.seed)
    current = best = start
    cost = least = losses.penalized(start, penalty)
    for heat in np.geomspace(_HOT, _COLD, search.iterations):
        moved = _moved(current, dice, is_fixed=search.size is not None)
        changed = losses.penalized(moved, penalty)
        if dice.random() < np.exp(min((cost - changed) / heat, 0)):
            current, cost = moved, changed
        if cost < least:
            best, least = current, cost
    return best


def _moved(kept: Mask, dice: np.random.Generator, *, is_fixed: bool) -> Mask:
    moved = kept.copy()
    inside, outside = np.flatnonzero(kept), np.flatnonzero(~kept)
    if len(inside) and len(outside) and (is_fixed or dice.random() < 1 / 2):
        moved[[dice.choice(inside), dice.choice(outside)]] = False, True
    elif not is_fixed:
        topic = dice.integers(len(kept))
        moved[topic] = not moved[topic]
    return moved
