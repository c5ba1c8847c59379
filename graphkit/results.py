"""Results of SPARQL queries in the formats of the W3C, and as the tables of all other results."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, cast

import pyoxigraph

from graphkit.errors import QueryError
from graphkit.output import write_rows
from graphkit.quad_store import Results

RESULT_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "xml", "ttl", "nt")

_SOLUTIONS = {
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
_TRIPLES = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "json": pyoxigraph.RdfFormat.JSON_LD,
    "xml": pyoxigraph.RdfFormat.RDF_XML,
}
_GRAPHS = {"ttl": "Turtle", "nt": "N-Triples"}
_UNENDED = frozenset({"json", "xml"})  # Oxigraph writes no line end after the last line
_TRIPLE_COLUMNS = ("subject", "predicate", "object")
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # UTF-8
_CUT = (b"\xef\xbf", b"\xef")
_REPLACEMENT = "\ufffd".encode()
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS: Mapping[str, type[int] | type[float]] = {
    **{_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{_XSD + name: float for name in ("decimal", "double", "float")},
}


def write_results(
    results: Results,
    format: str,
    stream: BinaryIO,
    *,
    prefixes: Mapping[str, str],
    is_terminal: bool | None = None,
) -> None:
    """Write what a query gave as one of RESULT_FORMATS.

    Rows and a yes or no have the W3C's CSV, TSV, JSON and XML; a graph is Turtle, N-Triples,
    JSON-LD or RDF/XML, or a table of its triples. XML has U+FFFD in place of control characters,
    which it cannot hold. `prefixes` shorten the IRIs of tables and Turtle. A table has colours
    where it `is_terminal` that will show it. Raise QueryError where a result has no such format.
    """
    if isinstance(results, pyoxigraph.QueryTriples):
        write_triples(results, format, stream, prefixes)
    elif format in _GRAPHS:
        name = _GRAPHS[format]
        raise QueryError(f"{name} holds graphs: this query gives rows. Use -f table, csv or json.")
    elif format in _SOLUTIONS:
        results.serialize(_for(format, stream), _SOLUTIONS[format])
        if format in _UNENDED or isinstance(results, pyoxigraph.QueryBoolean):
            stream.write(b"\n")
    elif isinstance(results, pyoxigraph.QueryBoolean):
        answer = [{"answer": bool(results)}]
        write_rows(answer, ["answer"], format, stream, is_terminal=is_terminal)
    else:
        columns = [variable.value for variable in results.variables]
        rows = _rows(results, columns, format, prefixes)
        headings = [_heading(name, columns) if format == "table" else name for name in columns]
        named = (dict(zip(headings, row, strict=True)) for row in rows)
        write_rows(named, headings, format, stream, is_terminal=is_terminal)


def _for(format: str, stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _XmlWriter(stream)) if format == "xml" else stream


class _XmlWriter:
    """Write XML to a stream with the characters mended that Oxigraph writes as they are.

    A reader turns a carriage return into a line feed, and refuses most other control characters.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = b""  # what may be the beginning of a character of three bytes

    def write(self, data: bytes) -> int:
        whole = self._kept + data
        self._kept = next((end for end in _CUT if whole.endswith(end)), b"")
        mended = _NOT_XML.sub(_REPLACEMENT, whole.removesuffix(self._kept))
        self._stream.write(mended.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        """Do nothing: XML ends with ">", so that nothing is kept at its end."""


def _heading(column: str, columns: list[str]) -> str:
    """Return a column's name as a reader's word: "actor" for "actorLabel"."""
    short = column.removesuffix("Label")
    return short if short and short not in columns else column


def _rows(
    solutions: pyoxigraph.QuerySolutions,
    columns: list[str],
    format: str,
    prefixes: Mapping[str, str],
) -> Iterator[list[Any]]:
    shown = prefixes if format == "table" else {}
    for solution in solutions:
        yield [_value(solution[name], shown) for name in columns]


def write_triples(
    triples: Iterable[pyoxigraph.Triple],
    format: str,
    stream: BinaryIO,
    prefixes: Mapping[str, str],
) -> None:
    """Write each triple once and in order, for Oxigraph gives some twice and in any order.

    `format` is one of RESULT_FORMATS.
    """
    ordered = [triple for triple, _ in itertools.groupby(sorted(triples, key=str))]
    if format in _TRIPLES:
        known = dict(prefixes) if format == "ttl" else None
        pyoxigraph.serialize(ordered, _for(format, stream), _TRIPLES[format], prefixes=known)
        stream.write(b"\n" if format in _UNENDED else b"")
        return
    shown = prefixes if format == "table" else {}
    rows = ({name: _value(getattr(t, name), shown) for name in _TRIPLE_COLUMNS} for t in ordered)
    write_rows(rows, _TRIPLE_COLUMNS, format, stream)


def _value(term: Any, prefixes: Mapping[str, str]) -> Any:
    """Return a term as JSON and people have it: numbers as numbers, IRIs shortened, else text."""
    if isinstance(term, pyoxigraph.Literal):
        return _number(term) if term.datatype.value in _NUMBERS else term.value
    if isinstance(term, pyoxigraph.NamedNode):
        return _shorten(term.value, prefixes)
    return None if term is None else str(term)


def _number(literal: pyoxigraph.Literal) -> int | float | str:
    """Keep as text what JSON cannot hold: "INF", and what only claims to be a number."""
    try:
        number = _NUMBERS[literal.datatype.value](literal.value)
    except ValueError:
        return literal.value
    return number if math.isfinite(number) else literal.value


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI with the prefix that leaves least of it."""
    fitting = [(space, name) for name, space in prefixes.items() if iri.startswith(space)]
    if not fitting:
        return iri
    namespace, name = max(fitting, key=lambda pair: len(pair[0]))
    return f"{name}:{iri.removeprefix(namespace)}"
