"""The store as linked data: Turtle, N-Quads, TriG and JSON-LD; equal stores give equal bytes."""

from typing import BinaryIO

from graphkit.results import write_results
from graphkit.store import Store

_ALL_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def write_linked_data(store: Store, format: str, stream: BinaryIO) -> None:
    """Write all that a store holds as "ttl", "nq", "trig" or "jsonld".

    Turtle knows no graphs: it has the triples of all of them, and so not which article said what
    about an actor.
    """
    if format == "ttl":
        triples = store.query(_ALL_TRIPLES)
        write_results(triples, "ttl", stream, prefixes=store.iris.prefixes)
    else:
        store.dump(stream, format)
