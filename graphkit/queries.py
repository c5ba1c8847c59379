"""Named queries: SPARQL files whose header tells their question and their parameters.

The header of a file is ``# question`` in one line, notes in others, then ``# param name: type``,
with ``, required`` or ``, default X``. A parameter is a line ``VALUES ?name { UNDEF }`` of the
query, so that the file runs as it is in any SPARQL engine; giving a value rewrites that line.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import QueryError
from graphkit.names import (
    nearest,
    resolve_actor,
    resolve_article,
    resolve_statement,
    resolve_topic,
)
from graphkit.periods import first_day, last_day
from graphkit.resources import resource
from graphkit.store import Store

_PARAMETER = re.compile(
    r"(?P<name>[A-Za-z]\w*)\s*:\s*(?P<type>\w+)"
    r"(?:\s*,\s*(?:(?P<required>required)|default\s+(?P<default>.*\S)))?"
)
_VALUES = re.compile(
    r"^(?P<start>[^\S\n]*VALUES\s+\?(?P<name>\w+)\s*\{)\s*UNDEF\s*\}", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query; `default` is None where it has none."""

    name: str
    type: str
    is_required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its name, the question that it answers, its parameters and its whole text.

    `notes` tell what the question does not: what counts, and what is slow in a large store.
    """

    name: str
    question: str
    parameters: tuple[Parameter, ...]
    text: str
    notes: str = ""


def shipped_queries() -> list[Query]:
    """Return the queries that come with graphkit, by name."""
    return [read_query(path) for path in sorted(resource("queries").glob("*.rq"))]


def shipped_query(name: str) -> Query:
    """Return a shipped query. Raise QueryError, with the nearest three names, if there is none."""
    known = {path.stem: path for path in resource("queries").glob("*.rq")}
    if name not in known:
        raise QueryError(
            f"No query '{name}'.{nearest(name, known)} `graphkit queries` lists them all."
        )
    return read_query(known[name])


def read_query(path: Path) -> Query:
    """Read a query from a file. Raise QueryError if it cannot be read or its header is wrong."""
    try:
        return parse_query(path.read_text(encoding="utf-8"), path.stem)
    except OSError as error:
        raise QueryError(f"Cannot read the query {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"The query {path} is not UTF-8 text.") from error


def parse_query(text: str, name: str = "") -> Query:
    """Take a query apart. A text without header is a query without question and parameters.

    Raise QueryError for a parameter that is malformed, or that no VALUES line takes up.
    """
    comments = [line.lstrip("#").strip() for line in _header(text)]
    parameters = tuple(
        _parameter(comment.removeprefix("param ").strip(), name)
        for comment in comments
        if comment.startswith("param ")
    )
    places = {match["name"] for match in _VALUES.finditer(text)}
    for parameter in parameters:
        if parameter.name not in places:
            line = f"VALUES ?{parameter.name} {{ UNDEF }}"
            raise QueryError(f"{_title(name)}: parameter '{parameter.name}' has no line `{line}`.")
    told = [comment for comment in comments if comment and not comment.startswith("param ")]
    return Query(name, "".join(told[:1]), parameters, text, " ".join(told[1:]))


def bind(query: Query, values: Mapping[str, str], store: Store, *, is_partial: bool = False) -> str:
    """Return the SPARQL text of a query with the given values; see `bound_terms`."""
    terms = bound_terms(query, values, store, is_partial=is_partial)
    return _VALUES.sub(
        lambda match: f"{match['start']} {terms.get(match['name'], 'UNDEF')} }}", query.text
    )


def bound_terms(
    query: Query, values: Mapping[str, str], store: Store, *, is_partial: bool = False
) -> dict[str, str]:
    """Return what each parameter with a value or a default gets, as SPARQL has it.

    Actors, topics, articles and statements can be given by name, alias or IRI, dates as 2024,
    2024-03 or 2024-03-01; the parameter `until` is the last day of that, all other dates are the
    first. Raise QueryError for a value that is missing (unless `is_partial`), unknown or malformed,
    and UnknownNameError for a name that is not in the store.
    """
    names = [parameter.name for parameter in query.parameters]
    for name in values:
        if name not in names:
            raise QueryError(f"{_title(query.name)} has {_listed(names)} '{name}'.")
    terms: dict[str, str] = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            terms[parameter.name] = _terms(parameter, value, store)
        elif parameter.is_required and not is_partial:
            raise QueryError(f"{_title(query.name)} needs -p {parameter.name}=VALUE.")
    return terms


def string_term(text: str) -> str:
    r"""Write a text as a SPARQL string that any engine reads back as it was.

    Some engines, rdflib's among them, decode ``\u0022`` before they look for the end of a string,
    even where the backslash is escaped, and take eight digits where they can; so a "u" behind a
    backslash is written as an escape of eight digits. They also turn tabs into blanks.
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    for char, escape in (("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        escaped = escaped.replace(char, escape)
    escaped = re.sub(r"\\([uU])", lambda match: rf"\\U{ord(match[1]):08X}", escaped)
    return f'"{escaped}"'


def _header(text: str) -> Iterable[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line


def _parameter(declaration: str, query: str) -> Parameter:
    match = _PARAMETER.fullmatch(declaration)
    if match is None or match["type"] not in _WRITERS:
        types = ", ".join(_WRITERS)
        raise QueryError(
            f"{_title(query)}: cannot read '# param {declaration}'. Write `# param name: type`, "
            f"then `, required` or `, default X`; types are {types}."
        )
    return Parameter(match["name"], match["type"], match["required"] is not None, match["default"])


def _title(name: str) -> str:
    return f"Query '{name}'" if name else "The query"


def _listed(names: list[str]) -> str:
    return f"the parameters {', '.join(names)}, not" if names else "no parameters, so none named"


def _terms(parameter: Parameter, value: str, store: Store) -> str:
    try:
        return _WRITERS[parameter.type](parameter, value, store)
    except ValueError:
        raise QueryError(f"'{value}' is not of type {parameter.type}.") from None


def _nodes(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _actor(_: Parameter, value: str, store: Store) -> str:
    return _nodes(store.nodes(resolve_actor(store, value)))


def _topic(_: Parameter, value: str, store: Store) -> str:
    return _nodes(store.nodes(resolve_topic(store, value)))


def _article(_: Parameter, value: str, store: Store) -> str:
    return _nodes([store.iris.article(resolve_article(store, value))])


def _statement(_: Parameter, value: str, store: Store) -> str:
    return _nodes([store.iris.statement(resolve_statement(store, value))])


def _date(parameter: Parameter, value: str, _: Store) -> str:
    day = last_day(value) if parameter.name == "until" else first_day(value)
    return f'"{day.isoformat()}"^^<http://www.w3.org/2001/XMLSchema#date>'


def _decimal(_: Parameter, value: str, __: Store) -> str:
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value, re.ASCII):
        raise ValueError(value)
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def _integer(_: Parameter, value: str, __: Store) -> str:
    if not re.fullmatch(r"[+-]?\d+", value, re.ASCII):
        raise ValueError(value)
    return f'"{value}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def _string(_: Parameter, value: str, __: Store) -> str:
    return string_term(value)


_WRITERS: Mapping[str, Callable[[Parameter, str, Store], str]] = {
    "actor": _actor,
    "topic": _topic,
    "article": _article,
    "statement": _statement,
    "date": _date,
    "decimal": _decimal,
    "integer": _integer,
    "string": _string,
}
