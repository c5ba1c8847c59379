"""The service description: what the endpoint understands and holds, as SPARQL 1.1 has it."""

from typing import BinaryIO

from pyoxigraph import BlankNode, NamedNode, QueryResultsFormat, RdfFormat, Triple

from graphkit.results import write_triples
from graphkit.store import Store

_SD = "http://www.w3.org/ns/sparql-service-description#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SHOWN_GRAPHS = 1000  # a store may have a graph for each of a million articles

# What the engine has beside the functions of SPARQL 1.1: casts to types of dates and durations.
CASTS = (
    *("date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"),
    *("duration", "dayTimeDuration", "yearMonthDuration"),
)
_SOLUTIONS = (
    QueryResultsFormat.JSON,
    QueryResultsFormat.XML,
    QueryResultsFormat.CSV,
    QueryResultsFormat.TSV,
)
_RDF = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)
_JSON_LD = "http://www.w3.org/ns/formats/JSON-LD"


def write_description(store: Store, endpoint: str, format: str, stream: BinaryIO) -> None:
    """Write the description of the service at an IRI, which reads a store, as "ttl" or the like.

    At most 1,000 named graphs are in it, those that all articles share first.
    """
    triples = [*_service(NamedNode(endpoint)), *_dataset(store)]
    prefixes = store.iris.prefixes | {"sd": _SD}
    write_triples(triples, format, stream, prefixes)


def _service(endpoint: NamedNode) -> list[Triple]:
    service = BlankNode("service")
    formats = [form.iri for form in (*_SOLUTIONS, *_RDF)]
    objects: list[tuple[str, NamedNode | BlankNode]] = [
        ("endpoint", endpoint),
        ("supportedLanguage", _sd("SPARQL11Query")),
        ("feature", _sd("UnionDefaultGraph")),
        ("defaultEntailmentRegime", NamedNode("http://www.w3.org/ns/entailment/Simple")),
        ("defaultDataset", BlankNode("dataset")),
        *(("resultFormat", NamedNode(iri)) for iri in (*formats, _JSON_LD)),
        *(("extensionFunction", NamedNode(_XSD + name)) for name in CASTS),
    ]
    functions = [_typed(NamedNode(_XSD + name), "Function") for name in CASTS]
    return [
        _typed(service, "Service"),
        *(Triple(service, _sd(name), value) for name, value in objects),
        *functions,
    ]


def _dataset(store: Store) -> list[Triple]:
    dataset, union = BlankNode("dataset"), BlankNode("union")
    described = [
        _typed(dataset, "Dataset"),
        Triple(dataset, _sd("defaultGraph"), union),
        _typed(union, "Graph"),
    ]
    articles = store.iris.article("")
    graphs = sorted(graph.value for graph in store._inner.named_graphs())
    graphs.sort(key=lambda graph: graph.startswith(articles))
    for number, graph in enumerate(graphs[:_SHOWN_GRAPHS]):
        node = BlankNode(f"graph{number}")
        described += [
            Triple(dataset, _sd("namedGraph"), node),
            _typed(node, "NamedGraph"),
            Triple(node, _sd("name"), NamedNode(graph)),
        ]
    return described


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _typed(node: NamedNode | BlankNode, kind: str) -> Triple:
    return Triple(node, _TYPE, _sd(kind))
