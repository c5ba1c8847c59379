"""Validate a store against ``data/shapes.ttl`` with pySHACL: a second opinion."""

from typing import Any

from graphkit.errors import StoreError
from graphkit.export.linked import ALL_TRIPLES
from graphkit.resources import resource
from graphkit.store import Store


def violations(store: Store) -> list[str]:
    """Return a line for each violation of the shapes, in order; warnings are none.

    The store is copied into memory. Raise StoreError if pySHACL is not installed.
    """
    try:
        from pyshacl import validate
    except ImportError:
        raise StoreError(
            "--shacl needs pySHACL: `pip install 'stance-graphkit[check]'` installs it."
        ) from None
    import pyoxigraph
    from rdflib import RDF, Graph, Namespace

    shapes, vocabulary = (
        Graph().parse(resource("data", name)) for name in ("shapes.ttl", "vocabulary.ttl")
    )
    triples: Any = store.query(ALL_TRIPLES % store.iris.base)
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    data = Graph().parse(data=lines, format="nt")
    _, report, _ = validate(data, shacl_graph=shapes, ont_graph=vocabulary, advanced=True)
    shacl = Namespace("http://www.w3.org/ns/shacl#")
    found = (
        result
        for result in report.subjects(RDF.type, shacl.ValidationResult)
        if report.value(result, shacl.resultSeverity) == shacl.Violation
    )
    return sorted(
        f"shapes: {store.iris.shorten(str(report.value(result, shacl.focusNode)))} "
        f"{' '.join(str(report.value(result, shacl.resultMessage)).split())}"
        for result in found
    )
