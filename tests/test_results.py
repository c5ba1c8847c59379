"""SPARQL results come in the W3C's formats and in ours."""

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from typing import Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import example, given
from rdflib.query import Result

from graphkit.errors import QueryError
from graphkit.queries import string_term
from graphkit.results import RESULT_FORMATS, write_results
from graphkit.store import Store
from strategies import NASTY, texts

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
@pytest.mark.parametrize(("format", "name"), [("ttl", "Turtle"), ("nt", "N-Triples")])
def test_rows_are_no_graph(query: str, format: str, name: str) -> None:
    with pytest.raises(QueryError, match=f"{name} holds graphs"):
        _write(query, format)


def test_a_graph_is_n_triples_in_order_and_without_repetition() -> None:
    lines = _write(GRAPH, "nt").splitlines()
    assert lines == sorted(set(lines))
    assert len(rdflib.Graph().parse(data=_write(GRAPH, "nt"), format="nt")) == len(lines) == 3


def test_a_table_has_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    with Store.open(None) as store:
        for is_terminal in (True, False):
            stream = io.BytesIO()
            results = store.query('SELECT ("supports" AS ?stance) {}')
            write_results(results, "table", stream, prefixes={}, is_terminal=is_terminal)
            assert (b"\x1b[" in stream.getvalue()) is is_terminal


@pytest.mark.parametrize("format", RESULT_FORMATS)
def test_every_format_ends_with_a_line_end(format: str) -> None:
    assert _write(GRAPH, format).endswith("\n")


def test_xml_is_well_formed_where_the_text_has_markup() -> None:
    text = _write('SELECT ("<&>" AS ?a) WHERE {}', "xml")
    assert "".join(ElementTree.fromstring(text).itertext()).strip() == "<&>"


# --- read by another library --------------------------------------------------------------------


def _read_by_rdflib(query: str, format: str) -> Result:
    return Result.parse(io.BytesIO(_write(query, format).encode()), format=format)


# rdflib parts the lines of TSV also where Unicode, but nobody else, sees the end of a line.
ODD_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
@given(text=texts.filter(lambda text: not set(text) & set(ODD_LINE_ENDS)))
@example(text="a\rb\r\nc")
@example(text="\ufffd\uffff")
def test_rdflib_reads_any_text(format: str, text: str) -> None:
    term = string_term(text)
    query = f"SELECT ?a ?b ?c ?d {{ VALUES (?a ?b ?c ?d) {{ ({term} {term}@en UNDEF <x:y>) }} }}"
    (row,) = _read_by_rdflib(query, format)
    expected = _as_xml(text) if format == "xml" else text
    assert list(row) == [  # type: ignore[arg-type] # a row of a SELECT
        rdflib.Literal(expected),
        rdflib.Literal(expected, lang="en"),
        None,
        rdflib.URIRef("x:y"),
    ]


def _as_xml(text: str) -> str:
    """XML has no control characters but for blanks, and not the last two of a plane's start."""
    kept = {"\t", "\n", "\r"}
    return "".join(
        "\ufffd" if (char < " " and char not in kept) or char in "\ufffe\uffff" else char
        for char in text
    )


@given(texts)
def test_python_reads_any_text_from_csv(text: str) -> None:
    written = _write(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ ({string_term(text)} 1) }} }}", "csv")
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["a", "b"], [text, "1"]]


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_rdflib_reads_columns_without_rows(format: str) -> None:
    read = _read_by_rdflib("SELECT ?b ?a { ?a ?b ?c }", format)
    assert ([str(name) for name in read.vars or ()], list(read)) == (["b", "a"], [])


@pytest.mark.parametrize("format", ["json", "xml"])
@pytest.mark.parametrize(("query", "expected"), [("ASK {}", True), ("ASK { ?s ?p ?o }", False)])
def test_rdflib_reads_a_yes_or_no(query: str, expected: bool, format: str) -> None:
    assert _read_by_rdflib(query, format).askAnswer is expected


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
def test_rdflib_reads_typed_values(format: str) -> None:
    query = 'SELECT (5 AS ?a) (1.5 AS ?b) ("2024-03-01"^^xsd:date AS ?c) (true AS ?d) {}'
    (row,) = _read_by_rdflib(query, format)
    types = [term.datatype.fragment for term in row]  # type: ignore[union-attr] # literals
    assert types == ["integer", "decimal", "date", "boolean"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's JSON-LD parser still uses it
@pytest.mark.parametrize(
    ("format", "name"), [("ttl", "turtle"), ("nt", "nt"), ("xml", "xml"), ("json", "json-ld")]
)
def test_rdflib_reads_a_graph(format: str, name: str) -> None:
    values = " ".join(string_term(text) for text in NASTY if text != NASTY[-2])
    query = f"CONSTRUCT {{ <x:s> <x:p> ?text }} {{ VALUES ?text {{ {values} }} }}"
    read = rdflib.Graph().parse(data=_write(query, format), format=name)
    assert {str(term) for term in read.objects()} == {text for text in NASTY if text != NASTY[-2]}
