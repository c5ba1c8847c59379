"""Find the store on a server, and the way in which the server takes all graphs as one."""

import re
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, Quad, QueryResultsFormat, parse_query_results

from graphkit.database import FORMAT as VERSION
from graphkit.errors import StoreError
from graphkit.remote import marker
from graphkit.remote.marker import HOME, Revision
from graphkit.remote.server import Server, ServerError
from graphkit.vocabulary import BASE, expand

_UNIONS: tuple[dict[str, str], ...] = (
    {},
    {"union-default-graph": ""},  # Oxigraph
    {"default-graph-uri": "urn:x-arq:UnionGraph"},  # Fuseki
    {"default-graph-uri": "tag:stardog:api:context:all"},
)
"""What servers want to hear with each query so that its default graph is the union of all."""

_NO_UNION = (
    "{}: a query reads its default graph only, and graphkit asks for the union of all graphs. Turn "
    "that on in the server: Oxigraph has --union-default-graph, Fuseki tdb2:unionDefaultGraph."
)
_MARKS = f"GRAPH {HOME} {{ {HOME} ?key ?value }} OPTIONAL {{ {HOME} ?key ?union }}"
_SOFTWARE = f"<{expand('schema:softwareVersion')}>"
_CONCEPTS = f"<{expand('rdf:type')}> <{expand('skos:Concept')}>"
_DATA = (
    f"{{ GRAPH ?key {{ ?value {_SOFTWARE} ?any }} OPTIONAL {{ ?value {_SOFTWARE} ?union }} }} UNION"
    f" {{ GRAPH ?key {{ ?value {_CONCEPTS} }} OPTIONAL {{ ?value ?union <{expand('skos:Concept')}>"
    ' } } FILTER(REGEX(STR(?key), "graph/(runs|topics)$"))'
)
_OUR_GRAPH = re.compile(r"(.*)graph/(?:runs|topics)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A store as it was found: where its IRIs begin, and which revision it had."""

    base: str
    revision: Revision

    @property
    def marks(self) -> set[Quad]:
        """What the server keeps of a store once and for all."""
        facts = ((marker.FORMAT, Literal(str(VERSION))), (marker.BASE, Literal(self.base)))
        return {Quad(HOME, key, value, HOME) for key, value in facts}


def look_at(server: Server, *, read_only: bool, base: str | None) -> Opened:
    """Find the store on a server, which then gets with each query what makes all graphs one.

    Raise StoreError if there is none to read, if it has another format or another base than the one
    asked for, or if the server reads one graph only.
    """
    rows = _rows_with_union(server, _MARKS)
    if rows:
        marks = {row["key"]: row["value"].value for row in rows}
        opened = Opened(str(marks.get(marker.BASE)), _revision(marks))
        if marks.get(marker.FORMAT) != str(VERSION):
            raise StoreError(
                f"The store at {server} has format {marks.get(marker.FORMAT)}; this graphkit reads "
                f"format {VERSION}. Use the graphkit that wrote it."
            )
    else:
        opened = Opened(_base_of_data(server) or "", Revision(None))
        if not opened.base:
            if read_only:
                raise StoreError(f"There is no store at {server}. `graphkit add` makes one.")
            return Opened(base or BASE, Revision(None))
    if base not in {None, opened.base}:
        raise StoreError(f"{server} has the base {opened.base}, not {base}.")
    return opened


def read_revision(server: Server) -> Revision:
    """Read the revision that a store has now."""
    rows = _ask(server, f"GRAPH {HOME} {{ {HOME} ?key ?value }} BIND(?key AS ?union)")
    return _revision({row["key"]: row["value"].value for row in rows})


def _revision(marks: dict[Any, str]) -> Revision:
    return Revision(marks.get(marker.REVISION), marker.UNFINISHED in marks)


def _base_of_data(server: Server) -> str | None:
    """Return the base of data without marks, as the server's own loader leaves them."""
    for row in _rows_with_union(server, _DATA):
        if match := _OUR_GRAPH.fullmatch(row["key"].value):
            return match[1]
    return None


def _rows_with_union(server: Server, condition: str) -> list[Any]:
    """Return rows of which each must be found without naming its graph, too."""
    refused: ServerError | None = None
    for parameters in _UNIONS:
        server.parameters = parameters
        try:
            rows = _ask(server, condition)
        except ServerError as error:
            if not parameters:
                raise
            refused = error  # the server does not know this parameter
            continue
        if all(row["union"] for row in rows) and (rows or not parameters):
            return rows
    raise StoreError(_NO_UNION.format(server)) from refused


def _ask(server: Server, condition: str) -> list[Any]:
    query = f"SELECT ?key ?value ?union WHERE {{ {condition} }} LIMIT 100"
    try:
        found: Any = parse_query_results(server.ask(query), QueryResultsFormat.JSON)
        return list(found)
    except SyntaxError as error:
        raise ServerError(f"{server} answers with what are no SPARQL results.") from error
