"""Networks as files: GraphML, GEXF, or tables of nodes and edges, with places and measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from graphkit.algebra.options import NetworkOptions
from graphkit.export import Report
from graphkit.export.gexf import write_gexf
from graphkit.export.graphml import write_graphml
from graphkit.export.marks import mark_actors, mark_backbone, mark_one_mode
from graphkit.export.node_tables import write_edge_table, write_node_table
from graphkit.export.two_mode import Layout, two_mode_network
from graphkit.layout import positions_of
from graphkit.measures.bootstrap import Bootstrap, add_intervals
from graphkit.measures.nodes import LARGEST, measure_nodes, sample_size
from graphkit.rollup import chosen_statements
from graphkit.statement import Actor, Statement

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from graphkit.store import Store

NODES, EDGES = "nodes.csv", "edges.csv"


@dataclass(frozen=True, slots=True)
class Network:
    """A network that is ready to be written, and which attribute is the kind of its edges."""

    graph: Any
    edge_kind: str
    statements: int
    notes: tuple[str, ...]

    def report(self, removed: int) -> Report:
        """Say what was written."""
        size = self.graph.number_of_nodes(), self.graph.number_of_edges()
        days = self.graph.edges(data="dates")
        undated = sum(dates is None for _, _, dates in days)
        return Report(self.statements, *size, removed, undated, self.notes)


def network_of_store(  # noqa: PLR0913  # one for each thing that people choose
    store: "Store",
    layout: Layout = "pair",
    *,
    since: "datetime.date | None" = None,
    until: "datetime.date | None" = None,
    roll_up: bool = False,
    bootstrap: Bootstrap | None = None,
    backbone: bool = False,
    seed: int = 1,
) -> Network:
    """Return the network of the actors and topics of a store; see `two_mode_network`.

    `roll_up` is that of `export_store`. With a `bootstrap` edges have intervals, see
    `add_intervals`, and with a `backbone` topics are marked by it, see `mark_backbone`.
    """
    statements, actors = chosen_statements(store, since, until, roll_up=roll_up), store.actors()
    graph = two_mode_network(statements, actors=actors, articles=store.articles(), layout=layout)
    if bootstrap:
        add_intervals(graph, statements, bootstrap, actors=actors)
    if backbone:
        mark_backbone(graph, statements, NetworkOptions(mode="one"), actors, seed=seed)
    has_camps = place_and_measure(graph, statements, NetworkOptions(), actors, seed=seed)
    return _ready(graph, "stance", len(statements), has_camps=has_camps)


def one_mode_of_store(  # noqa: PLR0913  # as above
    store: "Store",
    options: NetworkOptions,
    *,
    roll_up: bool = False,
    bootstrap: Bootstrap | None = None,
    backbone: bool = False,
    seed: int = 1,
) -> Network:
    """Return the network of the actors, or of the topics, of a store; see `one_mode_network`.

    `roll_up`, `bootstrap` and `backbone` are those of `network_of_store`. Raise NetworkError for
    options that do not fit our statements, and for a window.
    """
    from graphkit.export.one_mode import one_mode_network

    statements = chosen_statements(store, options.since, options.until, roll_up=roll_up)
    actors = store.actors()
    graph = one_mode_network(
        statements,
        options,
        actors=actors,
        articles=store.articles(),
        bootstrap=bootstrap,
    )
    if backbone:
        mark_backbone(graph, statements, options, actors, seed=seed)
    has_camps = place_and_measure(graph, statements, options, actors, seed=seed)
    return _ready(graph, "relation", graph.graph["statements"], has_camps=has_camps)


def _ready(graph: Any, edge_kind: str, statements: int, *, has_camps: bool) -> Network:
    return Network(graph, edge_kind, statements, tuple(_notes(graph, has_camps=has_camps)))


def place_and_measure(
    graph: Any,
    statements: Sequence[Statement],
    options: NetworkOptions,
    actors: Iterable[Actor],
    *,
    seed: int = 1,
) -> bool:
    """Give the nodes of a network their places and measures, and return whether it has camps.

    See `marks`, `layout` and `measures.nodes`.
    """
    if options.mode == "one":
        has_camps = mark_one_mode(graph, statements, options, actors, seed=seed)
    else:
        has_camps = mark_actors(graph, statements, actors, seed=seed)
    places = positions_of(graph, seed=seed)
    measures = measure_nodes(graph, seed=seed)
    for node, values in graph.nodes(data=True):
        values["x"], values["y"] = places[node]
        values.update(measures.get(node, {}))
    return has_camps


def _notes(graph: Any, *, has_camps: bool) -> "Iterator[str]":
    if not has_camps:
        yield "no camps: there are too many ties between actors"
    if graph.number_of_edges() > LARGEST:
        names = "community, degree, betweenness and closeness"
        yield f"no {names}: there are more than {LARGEST} edges"
    elif sample := sample_size(graph):
        nodes = f"{sample} of {len(graph)} nodes"
        yield f"betweenness is estimated from {nodes}, and closeness left out"


def write_network(network: Network, stream: BinaryIO, format: str) -> Report:
    """Write a network as "graphml" or "gexf".

    GraphML names the kinds of edges only where pairs have several: a kind of its own for each pair
    would hide nothing, but fill Gephi's list of types.
    """
    if format == "gexf":
        return network.report(write_gexf(network.graph, stream, edge_kind=network.edge_kind))
    kind = network.edge_kind if network.graph.is_multigraph() else ""
    return network.report(write_graphml(network.graph, stream, edge_kind=kind))


def write_tables(network: Network, folder: Path, open_file: Any) -> Report:
    """Write nodes.csv and edges.csv to a folder, which is made if there is none.

    `open_file` opens a file by its name; see `output.open_output`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_file(str(folder / NODES)) as stream:
        removed = write_node_table(network.graph, stream)
    with open_file(str(folder / EDGES)) as stream:
        removed += write_edge_table(network.graph, stream, edge_kind=network.edge_kind)
    return network.report(removed)
