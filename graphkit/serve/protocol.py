"""Requests of the SPARQL 1.1 Protocol: which query they ask, over which graphs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from graphkit.asking import Question
from graphkit.errors import ServeError
from graphkit.queries import Query, parse_query
from graphkit.sparql import is_update

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_FIELDS = 1000
_READS_ONLY = "This endpoint only reads: updates are refused."


@dataclass(frozen=True, slots=True)
class Operation:
    """A query as a request has it; `values` are those of its parameters, as the page sends them.

    `graphs` are the IRIs of the default graph and of the named graphs, None where it names neither.
    """

    text: str
    graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def question(self, limit: int | None) -> Question:
        """Return it as a question of at most `limit` rows.

        The comments of a query mean nothing, unless there are values for the parameters in them.
        Raise QueryError if they are malformed, ServeError if a required value is missing.
        """
        query = parse_query(self.text) if self.values else Query("", "", (), self.text)
        values = {name: value for name, value in self.values.items() if value.strip()}
        for parameter in query.parameters:
            if parameter.is_required and parameter.name not in values:
                raise ServeError(f"The parameter '{parameter.name}' needs a value.", 400)
        return Question(query=query, values=values, limit=limit, graphs=self.graphs)


def read_operation(
    method: str, url_query: bytes, content_type: str, body: bytes
) -> Operation | None:
    """Return the query that a request asks, or None if it asks for the service description.

    `url_query` is what stands behind the "?". Raise ServeError, with its HTTP status, for what is
    no query: an update, a malformed request, or a body of another type.
    """
    fields = _fields(url_query)
    if method == "POST":
        media, _, parameters = content_type.partition(";")
        kind = media.strip().lower()
        if kind == UPDATE:
            raise ServeError(_READS_ONLY, 403)
        if kind == FORM:
            fields += _fields(body)
        elif kind == QUERY:
            fields.append(("query", _text(body, parameters)))
        else:
            raise ServeError(f"A POST has the type {FORM} or {QUERY}, not '{media.strip()}'.", 415)
    return _operation(fields, is_get=method != "POST")


def read_iri(text: str) -> str:
    """Return an IRI as it is; raise ServeError, with status 400, if a text is none."""
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise ServeError(f"'{text}' is no IRI.", 400) from error


def _operation(fields: list[tuple[str, str]], *, is_get: bool) -> Operation | None:
    values = {name.removeprefix("$"): value for name, value in fields if name.startswith("$")}
    counts = Counter(name for name, _ in fields)
    once = ("query", "update", *(f"${name}" for name in values))
    for name in once:
        if counts[name] > 1:
            raise ServeError(f"'{name}' is given {counts[name]} times.", 400)
    if counts["update"]:
        raise ServeError(_READS_ONLY, 403)
    if not counts["query"]:
        if is_get:
            return None
        raise ServeError("There is no query.", 400)
    text = next(value for name, value in fields if name == "query")
    if is_update(text):
        raise ServeError(_READS_ONLY, 400)
    default, named = (
        tuple(read_iri(value) for name, value in fields if name == f"{kind}-graph-uri")
        for kind in ("default", "named")
    )
    return Operation(text, (default, named) if default or named else None, values)


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError as error:
        raise ServeError("The request is not percent-encoded UTF-8.", 400) from error
    except ValueError as error:
        raise ServeError(f"A request has {_FIELDS} fields at most.", 400) from error


def _text(body: bytes, parameters: str) -> str:
    charset = parameters.partition("charset=")[2].partition(";")[0].strip('" ').lower()
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise ServeError(f"A query is UTF-8 text, not {charset}.", 415)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ServeError("The query is not UTF-8 text.", 400) from error
