"""One-mode networks for Gephi: who is tied to whom, how strongly, and by what."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
from scipy import sparse

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.networks import compute_network, rows_of
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.selection import Rows
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import StatementTable
from graphkit.appearance import colour_of_edge, look_of_node
from graphkit.article import Article
from graphkit.evidence import evidence_of, lifetime_of
from graphkit.measures.bootstrap import Bootstrap, intervals_of_cells, iter_tables
from graphkit.statement import Actor, Statement

Said = Mapping[str, Mapping[str, Sequence[Statement]]]  # by a value of each variable


def one_mode_network(
    statements: Sequence[Statement],
    options: NetworkOptions,
    *,
    actors: Iterable[Actor] = (),
    articles: Iterable[Article] = (),
    bootstrap: Bootstrap | None = None,
) -> Any:
    """Return the undirected networkx graph of a one-mode network, with the evidence on each edge.

    An edge has the cell of the matrix as its `value`. Its `weight` is the size of that, since Gephi
    takes no weight below zero: those who disagree more than they agree have the `relation`
    "conflict" and another colour. `shared_topics`, or whatever `variable2` is, lists what ties
    both, and what they say of that is the evidence. With a `bootstrap`, `low`, `high` and
    `certainty` say how much the value hangs on single statements. Raise NetworkError as
    `compute_network` does, and for too many draws.
    """
    articles = list(articles)
    table = table_of(statements, options.variables, actors=actors, articles=articles)
    network = compute_network(table, options)
    kept = rows_of(table, options, network)
    graph = one_mode_graph(network, (table, kept), statements, options, articles)
    if bootstrap:
        add_cell_intervals(graph, network, (table, statements), options, bootstrap)
    return graph


def one_mode_graph(
    network: LabelledMatrix,
    kept: tuple[StatementTable, Rows],
    statements: Sequence[Statement],
    options: NetworkOptions,
    articles: Iterable[Article],
) -> Any:
    """Return the graph of a matrix; `kept` are the table of the statements and its rows that count.

    See `one_mode_network`.
    """
    said = _said(kept, statements, options)
    sources = {article.id: article.source for article in articles}
    graph = nx.Graph(statements=network.statements)
    names = [f"{options.variable1}: {label}" for label in network.rows]
    for name, label in zip(names, network.rows, strict=True):
        members = list(itertools.chain(*said[label].values())) if label in said else []
        graph.add_node(name, **_node(label, options.variable1, members))
    for row, column, value in _pairs(network):
        both = said[network.rows[row]], said[network.rows[column]]
        edge = _edge(value, options) | _evidence(both, options, sources)
        graph.add_edge(names[row], names[column], **edge)
    return graph


def add_cell_intervals(
    graph: Any,
    network: LabelledMatrix,
    said: tuple[StatementTable, Sequence[Statement]],
    options: NetworkOptions,
    bootstrap: Bootstrap,
) -> None:
    """Add `low`, `high` and `certainty` to the edges of the graph of a matrix.

    `said` are the table and the statements that it was made of. Raise NetworkError for too many
    edges and draws.
    """
    drawn = (compute_network(each, options) for each in iter_tables(*said, bootstrap))
    cells = [pair[:2] for pair in _pairs(network)]
    found = intervals_of_cells(network.rows, cells, drawn, bootstrap.draws)
    for (row, column), ends in zip(cells, found, strict=True):
        names = (f"{options.variable1}: {network.rows[place]}" for place in (row, column))
        graph.edges[*names].update(ends)


def _said(
    kept: tuple[StatementTable, Rows], statements: Sequence[Statement], options: NetworkOptions
) -> Said:
    """Return the statements that are kept, by the values of both variables."""
    found: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    table, rows = kept
    first, second = table.column(options.variable1), table.column(options.variable2)
    codes = first.codes[rows].tolist(), second.codes[rows].tolist()
    for row, column, origin in zip(*codes, table.origins[rows].tolist(), strict=True):
        found[first.values[row]][second.values[column]].append(statements[origin])
    return found


def _pairs(network: LabelledMatrix) -> list[tuple[int, int, float]]:
    upper = sparse.triu(network.values, k=1).tocoo()
    rows, columns = (numbers.tolist() for numbers in upper.coords)
    return sorted(zip(rows, columns, upper.data.tolist(), strict=True))


def _node(label: str, kind: str, members: Sequence[Statement]) -> dict[str, Any]:
    lifetime = lifetime_of(members)
    if not all(member.date for member in members):
        lifetime["dates"] = None  # it may be there at any time
    return {
        "label": label,
        "name": label,
        "kind": kind,
        "statements": len(members),
        **lifetime,
        **look_of_node(kind, len(members)),
    }


def _edge(value: float, options: NetworkOptions) -> dict[str, Any]:
    relation = "shared"  # the same matters, whatever is said of them
    if options.aggregate != "ignore":
        is_conflict = value < 0 or options.aggregate == "conflict"
        relation = "conflict" if is_conflict else "congruence"
    number = int(value) if value.is_integer() else value
    look = colour_of_edge(relation)
    return {"weight": abs(number), "value": number, "relation": relation, **look}


def _evidence(
    both: Sequence[Mapping[str, Sequence[Statement]]],
    options: NetworkOptions,
    sources: Mapping[str, str],
) -> dict[str, Any]:
    """Return what ties two actors or topics: the statements of both on what they share."""
    shared = sorted(both[0].keys() & both[1].keys())
    members = list(itertools.chain(*(side[name] for side in both for name in shared)))
    return {f"shared_{options.variable2}s": "; ".join(shared), **evidence_of(members, sources)}
