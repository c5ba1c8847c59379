"""What graphkit needs of a database of quads, whether Oxigraph's here or a server elsewhere."""

from collections.abc import Iterable, Iterator
from typing import IO, Any, Protocol

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

Results = QuerySolutions | QueryBoolean | QueryTriples


class QuadStore(Protocol):
    """The part of `pyoxigraph.Store` that is used; `remote.RemoteStore` has it, too.

    A pattern's None stands for anything. What is asked for may come at once or bit by bit.
    """

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit a pattern."""
        ...

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,
    ) -> Results:
        """Run a SPARQL query; `prefixes` need no declaration. Raise SyntaxError if it is none."""
        ...

    def update(self, update: str) -> None:
        """Run a SPARQL update in one transaction."""
        ...

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction."""
        ...

    def load(
        self,
        input: bytes | str | IO[bytes] | IO[str] | None = None,
        format: RdfFormat | None = None,
    ) -> None:
        """Add the quads of a file in one transaction. Raise SyntaxError if it is malformed."""
        ...

    def named_graphs(self) -> Iterator[NamedNode | BlankNode]:
        """Yield the names of the graphs."""
        ...

    def contains_named_graph(self, graph_name: NamedNode | BlankNode | DefaultGraph) -> bool:
        """Tell whether there is a graph."""
        ...

    def flush(self) -> None:
        """Write to the disk what is not there yet."""
        ...

    def __contains__(self, key: Any, /) -> bool: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __len__(self) -> int: ...
