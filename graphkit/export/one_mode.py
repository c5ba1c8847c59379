"""One-mode networks for Gephi: who is tied to whom, how strongly, and by what."""

import itertools
import math
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import networkx as nx
from scipy import sparse

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.selection import select
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import StatementTable
from graphkit.article import Article
from graphkit.export import Report
from graphkit.export.graphml import write_graphml
from graphkit.network import NODE_COLOURS, STANCE_COLOURS
from graphkit.rollup import chosen_statements
from graphkit.statement import Actor, Statement
from graphkit.store import Store

Said = Mapping[str, Mapping[str, Sequence[Statement]]]  # by a value of each variable

_COLOURS: Mapping[str, tuple[int, int, int]] = {
    "congruence": STANCE_COLOURS["supports"],
    "conflict": STANCE_COLOURS["opposes"],
    "shared": STANCE_COLOURS["ambivalent"],
}
_QUOTE_WIDTH = 200  # about two lines of an edge's tooltip


def export_one_mode(
    store: Store, stream: BinaryIO, options: NetworkOptions, *, roll_up: bool = False
) -> Report:
    """Write the one-mode network of a store's statements as GraphML; `roll_up` as `export_store`.

    Raise NetworkError for options that do not fit our statements, and for a window.
    """
    statements = chosen_statements(store, options.since, options.until, roll_up=roll_up)
    graph = one_mode_network(statements, options, actors=store.actors(), articles=store.articles())
    removed = write_graphml(graph, stream)
    size = graph.number_of_nodes(), graph.number_of_edges()
    return Report(graph.graph["statements"], *size, removed)


def one_mode_network(
    statements: Sequence[Statement],
    options: NetworkOptions,
    *,
    actors: Iterable[Actor] = (),
    articles: Iterable[Article] = (),
) -> Any:
    """Return the undirected networkx graph of a one-mode network, with the evidence on each edge.

    An edge has the cell of the matrix as its `value`. Its `weight` is the size of that, since Gephi
    takes no weight below zero: those who disagree more than they agree have the `relation`
    "conflict" and another colour. `shared_topics`, or whatever `variable2` is, lists what ties
    both, and what they say of that is the evidence. Raise NetworkError as `compute_network` does.
    """
    articles = list(articles)
    table = table_of(statements, options.variables, actors=actors, articles=articles)
    network = compute_network(table, options)
    said = _said(table, statements, options)
    sources = {article.id: article.source for article in articles}
    graph = nx.Graph(statements=network.statements)
    names = [f"{options.variable1}: {label}" for label in network.rows]
    for name, label in zip(names, network.rows, strict=True):
        total = sum(map(len, said[label].values())) if label in said else 0
        graph.add_node(name, **_node(label, options.variable1, total))
    for row, column, value in _pairs(network):
        both = said[network.rows[row]], said[network.rows[column]]
        edge = _edge(value, options) | _evidence(both, options, sources)
        graph.add_edge(names[row], names[column], **edge)
    return graph


def _said(table: StatementTable, statements: Sequence[Statement], options: NetworkOptions) -> Said:
    """Return the statements that are kept, by the values of both variables."""
    found: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    kept = select(table, options).kept
    first, second = table.column(options.variable1), table.column(options.variable2)
    codes = first.codes[kept].tolist(), second.codes[kept].tolist()
    for row, column, origin in zip(*codes, table.origins[kept].tolist(), strict=True):
        found[first.values[row]][second.values[column]].append(statements[origin])
    return found


def _pairs(network: LabelledMatrix) -> list[tuple[int, int, float]]:
    upper = sparse.triu(network.values, k=1).tocoo()
    rows, columns = (numbers.tolist() for numbers in upper.coords)
    return sorted(zip(rows, columns, upper.data.tolist(), strict=True))


def _node(label: str, kind: str, total: int) -> dict[str, Any]:
    return {
        "label": label,
        "name": label,
        "kind": kind,
        "statements": total,
        **_colour(NODE_COLOURS.get(kind, NODE_COLOURS["actor"])),
        "size": round(5 + 5 * math.sqrt(total), 1),  # the area grows with the activity
    }


def _edge(value: float, options: NetworkOptions) -> dict[str, Any]:
    relation = "shared"  # the same matters, whatever is said of them
    if options.aggregate != "ignore":
        is_conflict = value < 0 or options.aggregate == "conflict"
        relation = "conflict" if is_conflict else "congruence"
    number = int(value) if value.is_integer() else value
    colour = _colour(_COLOURS[relation])
    return {"weight": abs(number), "value": number, "relation": relation, **colour}


def _evidence(
    both: Sequence[Mapping[str, Sequence[Statement]]],
    options: NetworkOptions,
    sources: Mapping[str, str],
) -> dict[str, Any]:
    """Return what ties two actors or topics: the statements of both on what they share."""
    shared = sorted(both[0].keys() & both[1].keys())
    members = list(itertools.chain(*(side[name] for side in both for name in shared)))
    dates = [member.date for member in members if member.date]
    best = max(members, key=lambda member: member.confidence, default=None)  # of equals the first
    quote = best.evidence if best else ""  # texts conflict even where nothing is shared
    return {
        f"shared_{options.variable2}s": "; ".join(shared),
        "first_date": min(dates).isoformat() if dates else None,
        "last_date": max(dates).isoformat() if dates else None,
        "statement_ids": "; ".join(member.id for member in members),
        "sources": "; ".join(sorted({sources.get(m.article) or m.article for m in members})),
        "quote": textwrap.shorten(quote, _QUOTE_WIDTH, placeholder=" ..."),
    }


def _colour(colour: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip("rgb", colour, strict=True))
