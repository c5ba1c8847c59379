"""What a child process does for a request: open the store, ask, and write the answer.

It writes the media type of the answer, a line end, and the answer.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

from graphkit.asking import ask, engine_errors
from graphkit.child import Work
from graphkit.errors import ServeError
from graphkit.quad_store import Results
from graphkit.results import write_results
from graphkit.serve.description import write_description
from graphkit.serve.negotiation import choose
from graphkit.serve.protocol import Operation
from graphkit.store import Store

ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""The formats of rows, and of a yes or no, by media type; what a client likes best goes first."""

GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""The formats of graphs, by media type."""


def answering(store: Path, operation: Operation, accept: str, limit: int | None) -> Work:
    """Return the work that answers a query in a format that an Accept header likes."""

    def work(stream: BinaryIO) -> None:
        with Store.open(store, read_only=True) as opened:
            question = operation.question(limit)
            with engine_errors():
                results = ask(question, opened)
                offers = _offers(results)
                media = accepted(accept, offers)
                stream.write(f"{media}\n".encode())
                write_results(results, offers[media], stream, prefixes=opened.iris.prefixes)

    return work


def describing(store: Path, endpoint: str, media: str) -> Work:
    """Return the work that describes the service, of which GRAPHS has the media type."""

    def work(stream: BinaryIO) -> None:
        with Store.open(store, read_only=True) as opened:
            stream.write(f"{media}\n".encode())
            write_description(opened, endpoint, GRAPHS[media], stream)

    return work


def accepted(accept: str, offers: Mapping[str, str]) -> str:
    """Return the media type that an Accept header likes best; raise ServeError if it likes none."""
    media = choose(accept, offers)
    if media is None:
        raise ServeError(f"None of the formats is accepted: {', '.join(offers)}.", 406)
    return media


def _offers(results: Results) -> Mapping[str, str]:
    return GRAPHS if isinstance(results, pyoxigraph.QueryTriples) else ROWS
