"""The store as linked data: Turtle, N-Quads, TriG and JSON-LD; equal stores give equal bytes."""

from typing import BinaryIO

from graphkit.results import write_results
from graphkit.store import Store

# Below the base: a server may hold other things, too.
ALL_TRIPLES = """
CONSTRUCT { ?s ?p ?o }
WHERE { GRAPH ?graph { ?s ?p ?o } FILTER(STRSTARTS(STR(?graph), "%s")) }
"""


def write_linked_data(store: Store, format: str, stream: BinaryIO) -> None:
    """Write all that a store holds as "ttl", "nq", "trig" or "jsonld".

    Turtle knows no graphs: it has the triples of all of them, and so not which article said what
    about an actor.
    """
    if format == "ttl":
        triples = store.query(ALL_TRIPLES % store.iris.base)
        write_results(triples, "ttl", stream, prefixes=store.iris.prefixes)
    else:
        store.dump(stream, format)
