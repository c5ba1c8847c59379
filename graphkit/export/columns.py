"""Nodes or edges as columns, some hundred at a time, and the lines of a file that they become.

What many rows share is done once for all of them: their names are looked up, their texts searched
for markup, and one format string writes them. That is what makes the writers quick; memory depends
on the size of a batch and not on that of the network.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graphkit.export.values import Column

BATCH = 512  # rows; measured: of more, the columns do not stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Run:
    """Rows in a line that have the same attributes: what comes before them, and their columns."""

    heads: Sequence[Sequence[Any]]  # columns, too: the nodes, or the sources and the targets
    columns: Mapping[Any, Sequence[Any]]
    size: int


def iter_node_runs(graph: Any) -> Iterator[Run]:
    """Yield the nodes of a networkx graph in runs; the one head is the node."""
    for batch in itertools.batched(graph.nodes(data=True), BATCH):
        yield from _runs([[node for node, _ in batch]], [values for _, values in batch])


def iter_edge_runs(graph: Any) -> Iterator[Run]:
    """Yield the edges of a networkx graph in runs; the heads are source and target."""
    if not (graph.is_directed() and graph.is_multigraph()):
        for batch in itertools.batched(graph.edges(data=True), BATCH):
            *heads, mappings = ([edge[n] for edge in batch] for n in range(3))
            yield from _runs(heads, mappings)
        return
    for batch in itertools.batched(_adjacent(graph), BATCH):
        sources, targets, keyed = zip(*batch, strict=True)
        numbers = list(map(len, keyed))
        mappings = list(itertools.chain.from_iterable(map(dict.values, keyed)))
        yield from _runs([_repeated(sources, numbers), _repeated(targets, numbers)], mappings)


def _adjacent(graph: Any) -> Iterator[tuple[Any, Any, dict[Any, Any]]]:
    """Yield the pairs of neighbours with the edges between them."""
    for source, neighbours in graph.adjacency():
        yield from zip(itertools.repeat(source), neighbours, neighbours.values(), strict=False)


def _repeated(nodes: Sequence[Any], numbers: Sequence[int]) -> Sequence[Any]:
    if max(numbers) == 1:
        return nodes
    return list(itertools.chain.from_iterable(map(itertools.repeat, nodes, numbers)))


def _runs(heads: Sequence[Sequence[Any]], mappings: Sequence[Mapping[Any, Any]]) -> Iterator[Run]:
    if run := _run(heads, mappings):
        yield run
        return
    start = 0
    for _, group in itertools.groupby(mappings, key=frozenset):
        members = list(group)
        stop = start + len(members)
        if run := _run([head[start:stop] for head in heads], members):
            yield run
        start = stop


def _run(heads: Sequence[Sequence[Any]], mappings: Sequence[Mapping[Any, Any]]) -> Run | None:
    """Return the columns of rows, or None if they do not have the same names."""
    names = list(mappings[0])
    if len(set(map(len, mappings))) > 1:
        return None
    try:
        if len(names) == 1:  # of one name, `itemgetter` makes no tuple
            columns: Iterable[Sequence[Any]] = [[values[names[0]] for values in mappings]]
        else:
            columns = zip(*map(itemgetter(*names), mappings), strict=True) if names else ()
    except KeyError:
        return None
    return Run(heads, dict(zip(names, columns, strict=True)), len(mappings))


class Line:
    """A line of a file for each row: fixed parts, and columns between them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._columns: list[Iterable[Any]] = []

    def add(self, fixed: str) -> None:
        """Add what is the same in all rows."""
        self._parts.append(fixed.replace("%", "%%"))

    def add_texts(self, before: str, texts: Iterable[Any], after: str) -> None:
        """Add a column, in which nothing is missing, between two fixed parts."""
        self.add(before)
        self._parts.append("%s")
        self._columns.append(texts)
        self.add(after)

    def add_column(self, before: str, column: Column, after: str) -> None:
        """Add a column between two fixed parts, all of which is left out where it has a gap."""
        if column.has_gaps:
            texts = ["" if text is None else f"{before}{text}{after}" for text in column.texts]
            self.add_texts("", texts, "")
        else:
            self.add_texts(before, column.texts, after)

    def add_all(self, other: "Line") -> None:
        """Add the parts and the columns of another line."""
        self._parts += other._parts
        self._columns += other._columns

    def write(self) -> bytes:
        """Return all lines in UTF-8; without any column there is none."""
        return "".join(map("".join(self._parts).__mod__, zip(*self._columns, strict=True))).encode()
