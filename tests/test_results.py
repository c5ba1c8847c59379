"""SPARQL results come in the W3C's formats and in ours."""

import io
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pyoxigraph
import pytest

from graphkit.errors import QueryError
from graphkit.results import RESULT_FORMATS, write_results
from graphkit.store import Store

PREFIXES = {"": "http://x.example/", "more": "http://x.example/more#"}
ROWS = """SELECT ?iri ?number ?text ?none WHERE {
  VALUES (?iri ?number ?text ?none) { (<http://x.example/more#a> 1.5 "é, \\"b\\""@en UNDEF) }
}"""
GRAPH = """CONSTRUCT { <http://x.example/b> a 1 . <http://x.example/a> a ?n }
WHERE { VALUES ?n { 2 1 2 } }"""


def _write(query: str, format: str) -> str:
    stream = io.BytesIO()
    with Store.open(None) as store:
        write_results(store.query(query), format, stream, prefixes=PREFIXES)
    return stream.getvalue().decode()


def _read(query: str, format: str) -> Any:
    formats = {"json": "JSON", "xml": "XML", "tsv": "TSV"}
    chosen = getattr(pyoxigraph.QueryResultsFormat, formats[format])
    return pyoxigraph.parse_query_results(_write(query, format).encode(), format=chosen)


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
def test_rows_in_the_formats_of_the_w3c_keep_their_terms(format: str) -> None:
    (row,) = _read(ROWS, format)
    assert row["iri"] == pyoxigraph.NamedNode("http://x.example/more#a")
    assert float(row["number"].value) == 1.5
    assert row["text"] == pyoxigraph.Literal('é, "b"', language="en")
    assert row["none"] is None


def test_csv_has_plain_values() -> None:
    assert _write(ROWS, "csv") == (
        'iri,number,text,none\r\nhttp://x.example/more#a,1.5,"é, ""b""",\r\n'
    )


def test_json_lines_have_plain_values_with_their_types() -> None:
    assert json.loads(_write(ROWS, "jsonl")) == {
        "iri": "http://x.example/more#a",
        "number": 1.5,
        "text": 'é, "b"',
        "none": None,
    }


def test_a_number_that_json_cannot_hold_stays_a_text() -> None:
    query = 'SELECT ("INF"^^xsd:double AS ?a) ("x"^^xsd:integer AS ?b) WHERE {}'
    assert json.loads(_write(query, "jsonl")) == {"a": "INF", "b": "x"}


def test_a_table_shortens_iris_by_the_longest_prefix() -> None:
    assert "more:a" in _write(ROWS, "table")
    assert "http" not in _write(ROWS, "table")


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "jsonl", "xml"])
def test_a_yes_or_no_has_each_row_format(format: str) -> None:
    assert "true" in _write("ASK {}", format)
    assert "false" in _write("ASK { ?s ?p ?o }", format)


def test_a_graph_is_turtle_in_order_and_without_repetition() -> None:
    text = _write(GRAPH, "ttl")
    body = [line for line in text.splitlines() if not line.startswith("@prefix")]
    assert body == [":a a 1 , 2 .", ":b a 1 ."]


@pytest.mark.parametrize("format", ["json", "xml"])
def test_a_graph_reads_back_from_json_ld_and_rdf_xml(format: str) -> None:
    query = "CONSTRUCT { <http://x.example/a> <http://x.example/b> 1 } WHERE {}"
    chosen = {"json": pyoxigraph.RdfFormat.JSON_LD, "xml": pyoxigraph.RdfFormat.RDF_XML}[format]
    (quad,) = pyoxigraph.parse(_write(query, format).encode(), format=chosen)
    assert quad.object == pyoxigraph.Literal(1)


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "jsonl"])
def test_a_graph_is_a_table_of_its_triples(format: str) -> None:
    lines = [
        line for line in _write(GRAPH, format).splitlines() if "x.example" in line or ":" in line
    ]
    assert len(lines) == 3


@pytest.mark.parametrize("query", [ROWS, "ASK {}"])
def test_rows_are_no_turtle(query: str) -> None:
    with pytest.raises(QueryError, match="Turtle holds graphs"):
        _write(query, "ttl")


@pytest.mark.parametrize("format", RESULT_FORMATS)
def test_every_format_ends_with_a_line_end(format: str) -> None:
    assert _write(GRAPH, format).endswith("\n")


def test_xml_is_well_formed_where_the_text_has_markup() -> None:
    text = _write('SELECT ("<&>" AS ?a) WHERE {}', "xml")
    assert "".join(ElementTree.fromstring(text).itertext()).strip() == "<&>"
