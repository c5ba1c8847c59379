"""Exports hold what the store holds, in each format, the same bytes for the same store."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from example import CHARGE, EXTRACTIONS, STATEMENTS, make_store
from graphkit.errors import ExportError
from graphkit.export import FORMATS, LINKED_FORMATS, STATEMENT_FORMATS, export_store, format_of
from graphkit.export.tables import read_csv, read_jsonl, write_csv, write_jsonl
from graphkit.periods import first_day, last_day
from graphkit.statement import STATEMENT_FIELDS, Statement
from graphkit.store import Store
from strategies import extractions

QUAD_FORMATS = {
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _export(store: Store, format: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    export_store(store, stream, format, **options)
    return stream.getvalue()


def _in_order(statements: Any) -> list[Statement]:
    return sorted(statements, key=lambda statement: statement.id)


# --- all formats --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_equal_stores_give_equal_bytes(format: str, store: Store) -> None:
    with Store.open(None) as other:
        for extraction in reversed(EXTRACTIONS):
            other.add(extraction)
        assert _export(other, format) == _export(store, format)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_store_can_be_exported(format: str) -> None:
    with Store.open(None) as empty:
        _export(empty, format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_ending_is_the_format(format: str) -> None:
    assert format_of(f"folder.x/net.{format.upper()}") == format


@pytest.mark.parametrize("target", ["net.xlsx", "net.gml", "net", "-"])
def test_another_ending_is_refused_with_those_that_are_possible(target: str) -> None:
    with pytest.raises(ExportError, match="graphml, gexf, csv, jsonl, ttl"):
        format_of(target)


def test_an_unknown_format_is_refused(store: Store) -> None:
    with pytest.raises(ExportError, match="No format 'xlsx'"):
        _export(store, "xlsx")


@pytest.mark.parametrize("format", LINKED_FORMATS)
def test_a_period_does_not_fit_a_whole_store(format: str, store: Store) -> None:
    with pytest.raises(ExportError, match="holds the whole store"):
        _export(store, format, since=first_day("2024"))


@pytest.mark.parametrize("format", STATEMENT_FORMATS)
def test_a_report_counts_the_statements_of_the_period(format: str, store: Store) -> None:
    period = {"since": first_day("2024-03-05"), "until": last_day("2024-03")}
    report = export_store(store, io.BytesIO(), format, **period)
    assert report.statements == sum(each.article == "herald-2" for each in STATEMENTS)


# --- statements ---------------------------------------------------------------------------------


def test_csv_holds_the_fields_of_the_contract(store: Store) -> None:
    header, first, *_ = csv.reader(io.StringIO(_export(store, "csv").decode(), newline=""))
    assert tuple(header) == STATEMENT_FIELDS
    row = dict(zip(header, first, strict=True))
    assert (row["date"], row["actor_span"]) == ("", "0:16")  # undated, "Some shopkeepers"


@pytest.mark.parametrize(("format", "read"), [("csv", read_csv), ("jsonl", read_jsonl)])
def test_statements_of_a_store_read_back(format: str, read: Any, store: Store) -> None:
    assert list(read(io.BytesIO(_export(store, format)))) == store.statements()
    assert _in_order(store.statements()) == _in_order(STATEMENTS)


@given(extraction=extractions())
@pytest.mark.parametrize(("write", "read"), [(write_csv, read_csv), (write_jsonl, read_jsonl)])
def test_any_statement_reads_back(write: Any, read: Any, extraction: Any) -> None:
    stream = io.BytesIO()
    write(extraction.statements, stream)
    stream.seek(0)
    assert tuple(read(stream)) == extraction.statements


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_json_lines_keep_one_line_for_each_statement(text: str) -> None:
    stream = io.BytesIO()
    write_jsonl([_with_evidence(text)], stream)
    assert stream.getvalue().count(b"\n") == 1


def test_a_text_like_a_formula_is_not_altered() -> None:
    stream = io.BytesIO()
    write_csv([_with_evidence("=1+1")], stream)
    assert b",=1+1," in stream.getvalue()


def _with_evidence(text: str) -> Statement:
    return Statement.from_json({**STATEMENTS[0].to_json(), "evidence": text})


# --- linked data --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", QUAD_FORMATS)
def test_linked_data_reads_back_as_the_same_quads(format: str, store: Store) -> None:
    quads = set(pyoxigraph.parse(_export(store, format), format=QUAD_FORMATS[format]))
    assert quads == set(pyoxigraph.parse(_export(store, "nq"), format=QUAD_FORMATS["nq"]))
    assert len({quad.graph_name for quad in quads}) >= len(EXTRACTIONS)


def test_turtle_has_the_triples_of_all_graphs(store: Store) -> None:
    quads = pyoxigraph.parse(_export(store, "nq"), format=QUAD_FORMATS["nq"])
    triples = pyoxigraph.parse(_export(store, "ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    assert {quad.triple for quad in triples} == {quad.triple for quad in quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib 7.6 warns of itself
def test_json_ld_is_understood_by_rdflib(store: Store) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=_export(store, "jsonld"), format="json-ld")
    assert len(list(dataset.quads())) == len(_export(store, "nq").splitlines())


def test_a_store_loads_what_was_exported(store: Store) -> None:
    with Store.open(None) as other:
        other.load(_export(store, "trig"), "trig")
        assert other.statements() == store.statements()


# --- the network --------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_the_network_is_told_as_it_is_read(layout: Any, store: Store) -> None:
    stream = io.BytesIO()
    report = export_store(store, stream, "graphml", layout=layout)
    stream.seek(0)
    network = nx.read_graphml(stream)
    assert (report.nodes, report.edges) == (len(network), network.number_of_edges())
    assert sum(weight for _, _, weight in network.edges(data="weight")) == report.statements


def test_the_network_is_that_of_the_period(store: Store) -> None:
    content = _export(store, "graphml", until=last_day("2024-03-04"))
    network = nx.read_graphml(io.BytesIO(content))
    assert {node for node in network if node.startswith("topic")} == {f"topic: {CHARGE}"}


def test_characters_that_xml_forbids_are_counted() -> None:
    odd = Statement.from_json({**EXTRACTIONS[2].statements[1].to_json(), "evidence": "a\x00b\x01"})
    with Store.open(None) as store:
        store.add(replace(EXTRACTIONS[2], statements=(odd,)))
        assert export_store(store, io.BytesIO(), "graphml").removed == 2
