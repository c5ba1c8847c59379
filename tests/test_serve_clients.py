"""Clients that others wrote ask the endpoint, and read what it answers."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, JSON, N3, POST, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from example import STATEMENTS, make_store
from graphkit.queries import shipped_query
from serving import Server, serving

GK = rdflib.Namespace("https://w3id.org/graphkit/ns#")
SUPPORTERS = """SELECT ?node ?actor WHERE {
  ?topic skos:prefLabel "congestion charge" .
  ?node gk:supports ?topic ; skos:prefLabel ?actor .
} ORDER BY ?actor"""
ANSWER = ["Ana Pérez", "Norland", "Łucja Novák"]
ODD = """SELECT ?text ?none ?number WHERE {
  VALUES (?text ?none ?number) { ("a\\tb\\n\\"c\\", é <&>\\\\"@en UNDEF 1.5) (<x:y> "" 2) }
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(path).close()
    with serving(path) as running:
        yield running


# --- rdflib -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/tab-separated-values", "tsv"),
        ("text/csv", "csv"),
    ],
)
def test_rdflib_reads_all_formats_of_rows(accept: str, syntax: str, server: Server) -> None:
    def read(query: str) -> list[tuple[object, ...]]:
        reply = server.post(query, accept)
        result = Result.parse(io.BytesIO(reply.body), format=syntax, content_type=accept)
        return [tuple(row) for row in result]  # type: ignore[arg-type]

    rows = read(SUPPORTERS)
    assert [str(row[1]) for row in rows] == ANSWER
    assert all(isinstance(row[0], rdflib.URIRef) for row in rows)
    if syntax in {"json", "xml"}:  # rdflib reads neither escapes in TSV nor the gaps of either
        text = rdflib.Literal('a\tb\n"c", é <&>\\', lang="en")
        number = rdflib.Literal("1.5", datatype=rdflib.XSD.decimal)
        assert read(ODD)[0] == (text, None, number)
        assert read(ODD)[1][:2] == (rdflib.URIRef("x:y"), rdflib.Literal(""))


@pytest.mark.parametrize("syntax", ["json", "xml"])
def test_rdflib_reads_a_yes_or_no(syntax: str, server: Server) -> None:
    accept = f"application/sparql-results+{syntax}"
    for query, expected in (("ASK {}", True), ("ASK { ?s a gk:Nothing }", False)):
        reply = server.get(query, accept)
        assert Result.parse(io.BytesIO(reply.body), format=syntax).askAnswer is expected


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_store_sees_the_store(method: str, server: Server) -> None:
    store = SPARQLStore(server.endpoint, method=method)
    graph = rdflib.Graph(store)
    rows = graph.query(SUPPORTERS, initNs={"gk": GK, "skos": rdflib.SKOS})
    assert [str(row.actor) for row in rows] == ANSWER  # type: ignore[union-attr]
    statements = set(graph.subjects(rdflib.RDF.type, GK.Statement))
    assert len(statements) == len(STATEMENTS)
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    described = graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/graphkit/ns#Statement> }")
    assert len(described.graph or ()) == len(STATEMENTS)


def test_rdflib_asks_one_graph(server: Server) -> None:
    current = "https://w3id.org/graphkit/id/graph/current"
    store = SPARQLStore(server.endpoint, context_aware=True)
    graph = rdflib.Graph(store, identifier=current)
    predicates = {str(row[0]) for row in graph.query("SELECT DISTINCT ?p { ?s ?p ?o }")}  # type: ignore[index]
    assert predicates
    assert predicates <= {str(GK[name]) for name in ("supports", "opposes", "ambivalentOn")}


# --- SPARQLWrapper ------------------------------------------------------------------------------


def _wrapper(server: Server, query: str, format: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(server.endpoint)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(format)
    return wrapper


def test_sparqlwrapper_reads_rows(server: Server) -> None:
    wrapper = _wrapper(server, SUPPORTERS, JSON)
    bindings = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["actor"]["value"] for row in bindings] == ANSWER
    wrapper.setMethod(POST)
    assert wrapper.queryAndConvert()["results"]["bindings"] == bindings
    table = _wrapper(server, SUPPORTERS, CSV).queryAndConvert().decode()
    assert [row["actor"] for row in csv.DictReader(io.StringIO(table))] == ANSWER
    document = _wrapper(server, SUPPORTERS, XML).queryAndConvert()
    literals = document.getElementsByTagName("literal")
    assert [one.firstChild.data for one in literals] == ANSWER


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # in which it returns RDF/XML
@pytest.mark.parametrize("format", [RDFXML, TURTLE, N3])
def test_sparqlwrapper_reads_graphs(format: str, server: Server) -> None:
    query = "CONSTRUCT WHERE { ?s a gk:Statement }"
    found = _wrapper(server, query, format).queryAndConvert()
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert len(found) == len(STATEMENTS)


def test_sparqlwrapper_runs_the_shipped_queries(server: Server) -> None:
    text = shipped_query("current").text
    rows = _wrapper(server, text, JSON).queryAndConvert()["results"]["bindings"]
    assert rows


def test_sparqlwrapper_tells_what_is_wrong(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column 18"):
        _wrapper(server, "SELECT * { ?a ?b }", JSON).query()
    update = _wrapper(server, "DROP ALL", JSON)
    update.setMethod(POST)
    with pytest.raises(HTTPError, match="403"):
        update.query()


# --- curl ---------------------------------------------------------------------------------------


@pytest.fixture
def curl() -> str:
    found = shutil.which("curl")
    if found is None:
        pytest.skip("curl is not installed")
    return found


def _run(curl: str, *arguments: str) -> str:
    command = [curl, "--silent", "--max-time", "20", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_curl_asks_in_all_ways(curl: str, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(SUPPORTERS)
    data = ("--data-urlencode", f"query={SUPPORTERS}")
    direct = ("--data-binary", f"@{file}", "-H", "Content-Type: application/sparql-query")
    for how in (("--get", *data), data, direct):
        table = _run(curl, "-H", "Accept: text/csv", *how, server.endpoint)
        assert [row["actor"] for row in csv.DictReader(io.StringIO(table))] == ANSWER


def test_curl_sends_a_large_body_and_is_told(curl: str, server: Server, tmp_path: Path) -> None:
    file = tmp_path / "large.rq"
    file.write_bytes(b"#" * 30_000_000)
    for more in ((), ("-H", "Expect:"), ("-H", "Expect:", "-H", "Transfer-Encoding: chunked")):
        kind = ("-H", "Content-Type: application/sparql-query")
        told = _run(curl, "--data-binary", f"@{file}", *kind, *more, server.endpoint)
        assert told == "A request has 4,000,000 bytes at most.\n"


def test_curl_keeps_its_connection(curl: str, server: Server) -> None:
    url = f"{server.endpoint}?query=ASK%7B%7D"
    connections = _run(curl, "-w", "%{num_connects}\n", "-o", "/dev/null", url, url, url)
    assert connections.count("1") == 1 or "0" in connections
