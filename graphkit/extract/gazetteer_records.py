"""Records of the user's gazetteers as they are written, from tables and from SKOS in Turtle."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graphkit.errors import GazetteerError

OnError = Callable[[GazetteerError], None]

COLUMNS = ("name", "type", "aliases", "affiliation", "from", "to", "id")

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_GK = "https://w3id.org/graphkit/ns#"
_SCHEMAS = ("https://schema.org/", "http://schema.org/")
_TYPES = {
    **{f"{schema}{name}": name.casefold() for schema in _SCHEMAS for name in ("Person", "Country")},
    **{
        f"{schema}{name}": "organization"
        for schema in _SCHEMAS
        for name in (
            "Organization",
            "GovernmentOrganization",
            "PoliticalParty",
            "NGO",
            "Corporation",
            "NewsMediaOrganization",
        )
    },
    f"{_GK}Group": "group",
}
_AFFILIATIONS = frozenset(
    {f"{_GK}represents"}
    | {f"{schema}{name}" for schema in _SCHEMAS for name in ("memberOf", "affiliation", "worksFor")}
)


@dataclass(frozen=True, slots=True)
class Record:
    """One line or concept as it is written; `place` is "names.csv:3" or ends in an IRI."""

    place: str
    name: str
    type: str = ""
    aliases: Sequence[str] = ()
    affiliation: str = ""
    since: str = ""
    until: str = ""
    id: str = ""


# --- tables -------------------------------------------------------------------------------------


def read_table(path: Path, on_error: OnError) -> Iterator[Record]:
    """Read the lines of a table; its header tells which of COLUMNS it has, and what parts them.

    Each line stands for itself, so that a forgotten quotation mark costs one line and not the rest.
    """
    lines = _text(path).split("\n")  # and not at the marks inside a line that splitlines() knows
    header = lines[0]
    delimiter = next((mark for mark in "\t;" if mark in header), ",")
    columns = [_column(name) for name in _cells(header, delimiter)]
    if "name" not in columns:
        raise GazetteerError(
            f"{path}:1: no gazetteer: the first line must name its columns, of {', '.join(COLUMNS)}"
        )
    for name in columns:
        if name not in COLUMNS:
            known = ", ".join(COLUMNS)
            on_error(GazetteerError(f"{path}:1: the column '{name}' is unknown; known are {known}"))
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            place = f"{path}:{number}"
            try:
                yield _line_record(place, columns, _cells(line, delimiter))
            except (csv.Error, ValueError) as error:
                on_error(GazetteerError(f"{place}: {error}"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or error
        raise GazetteerError(f"The gazetteer {path} cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise GazetteerError(f"{path}:{line}: not UTF-8; save the file as such") from error


def _column(name: str) -> str:
    """Return a column's name; "alias" is understood, for it may hold just one."""
    bare = name.strip().casefold()
    return "aliases" if bare == "alias" else bare


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        message = f'broken quotation marks ({error}); inside of them, write " twice'
        raise ValueError(message) from None


def _line_record(place: str, columns: Sequence[str], cells: Sequence[str]) -> Record:
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        message = f"{len(cells)} fields, but the header has {len(columns)}"
        raise ValueError(f'{message}; put "" around a field that holds the separator')
    fields = dict(zip(columns, cells, strict=False))
    return Record(
        place,
        fields["name"],
        fields.get("type", ""),
        [alias for alias in fields.get("aliases", "").split("|") if alias.strip()],
        fields.get("affiliation", ""),
        fields.get("from", ""),
        fields.get("to", ""),
        fields.get("id", "").strip(),
    )


# --- SKOS in Turtle -----------------------------------------------------------------------------

Properties = dict[str, list[Any]]


def read_skos(path: Path, on_error: OnError) -> Iterator[Record]:
    """Read what has a preferred label or the type of an actor, one record for each affiliation.

    An affiliation is an IRI with a label in the file, a name, or a node with ``schema:startDate``
    and ``schema:endDate`` that has the affiliation under the same property (schema.org's Role).
    """
    graph = _read_turtle(path)
    listed = sorted(node for node, properties in graph.items() if _is_listed(properties))
    if not listed:
        raise GazetteerError(f"{path}: no gazetteer: nothing in it has a skos:prefLabel")
    for node in listed:
        try:
            yield from _concept_records(f"{path}: {node}", node, graph)
        except ValueError as error:
            on_error(GazetteerError(f"{path}: {node}: {error}"))


def _read_turtle(path: Path) -> dict[str, Properties]:
    import pyoxigraph

    graph: dict[str, Properties] = {}
    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            properties = graph.setdefault(_node(quad.subject), {})
            properties.setdefault(quad.predicate.value, []).append(quad.object)
    except OSError as error:
        reason = error.strerror or error
        raise GazetteerError(f"The gazetteer {path} cannot be read: {reason}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise GazetteerError(f"{path}:{line or 1}: not valid Turtle: {error}") from error
    return graph


def _node(term: Any) -> str:
    """Return an IRI as it is, and a blank node as "_:name"."""
    import pyoxigraph

    return str(term.value) if isinstance(term, pyoxigraph.NamedNode) else str(term)


def _is_listed(properties: Properties) -> bool:
    types = _classes(properties)
    if f"{_SKOS}ConceptScheme" in types:
        return False
    return f"{_SKOS}prefLabel" in properties or not types.isdisjoint({*_TYPES, f"{_SKOS}Concept"})


def _concept_records(place: str, node: str, graph: dict[str, Properties]) -> Iterator[Record]:
    properties = graph[node]
    record = Record(
        place,
        _label(properties),
        _actor_type(properties),
        [*_texts(properties, "prefLabel"), *_texts(properties, "altLabel")],
        id="" if node.startswith("_:") else node,
    )
    keys = sorted(_AFFILIATIONS & properties.keys())
    held = [_affiliation(key, value, graph) for key in keys for value in properties[key]]
    if not held:
        yield record
    for name, since, until in held:
        yield replace(record, affiliation=name, since=since, until=until)


def _label(properties: Properties) -> str:
    """Return the English label, or the one without a language. Raise ValueError."""
    labels = _literals(properties, f"{_SKOS}prefLabel")
    for language in ("en", ""):
        fitting = {one.value for one in labels if (one.language or "").split("-")[0] == language}
        if len(fitting) == 1:
            return str(fitting.pop())
        if fitting:
            raise ValueError(f"needs exactly one skos:prefLabel, not {len(fitting)}")
    raise ValueError("needs a skos:prefLabel in English or without a language")


def _texts(properties: Properties, name: str) -> list[str]:
    return sorted({label.value for label in _literals(properties, _SKOS + name)})


def _literals(properties: Properties, name: str) -> list[Any]:
    import pyoxigraph

    values = properties.get(name, [])
    for value in values:
        if not isinstance(value, pyoxigraph.Literal):
            raise ValueError(f"{name.rpartition('#')[2]} is {value}, and must be a text")
    return values


def _classes(properties: Properties) -> set[str]:
    return {_node(term) for term in properties.get(_RDF_TYPE, [])}


def _actor_type(properties: Properties) -> str:
    given = sorted(text.value for text in _literals(properties, f"{_GK}actorType"))
    types = given or sorted({_TYPES[name] for name in _classes(properties) & _TYPES.keys()})
    if len(types) > 1:
        raise ValueError(f"has the types {' and '.join(types)}; one actor has one type")
    return types[0] if types else ""


def _affiliation(key: str, value: Any, graph: dict[str, Properties]) -> tuple[str, str, str]:
    """Return the name of an affiliation with its first and last day."""
    inner = graph.get(_node(value), {})
    if key in inner:
        name, _, _ = _affiliation(key, inner[key][0], {**graph, _node(value): {}})
        return name, _day(inner, "startDate"), _day(inner, "endDate")
    if f"{_SKOS}prefLabel" in inner:
        return _label(inner), "", ""
    if hasattr(value, "language"):  # a text, and no node
        return str(value.value), "", ""
    raise ValueError(f"{_node(value)}, which it belongs to, has no skos:prefLabel in the file")


def _day(properties: Properties, name: str) -> str:
    days = [day.value for schema in _SCHEMAS for day in properties.get(schema + name, [])]
    return str(days[0]) if days else ""
