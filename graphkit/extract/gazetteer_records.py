"""Records of the user's gazetteers as they are written, from tables and from SKOS in Turtle."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graphkit.errors import GazetteerError
from graphkit.skos_file import (
    SKOS,
    Properties,
    classes,
    literals,
    node_name,
    preferred_label,
    read_turtle,
    texts,
)
from graphkit.tables_file import check_columns, iter_rows, parts, read_header, read_text

OnError = Callable[[GazetteerError], None]

COLUMNS = ("name", "type", "aliases", "affiliation", "from", "to", "id")

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
    """Read the lines of a table; its header tells which of COLUMNS it has, and what parts them."""

    def tell(line: int, message: str) -> None:
        on_error(GazetteerError(f"{path}:{line}: {message}"))

    text = read_text(path, "gazetteer", GazetteerError)
    header = read_header(text, {"alias": "aliases"})  # for it may hold just one
    if "name" not in header.columns:
        raise GazetteerError(
            f"{path}:1: no gazetteer: the first line must name its columns, of {', '.join(COLUMNS)}"
        )
    check_columns(header, COLUMNS, tell)
    for row in iter_rows(text, header, tell):
        yield _row_record(f"{path}:{row.line}", row.cells)


def _row_record(place: str, cells: Mapping[str, str]) -> Record:
    return Record(
        place,
        cells["name"],
        cells.get("type", ""),
        parts(cells.get("aliases", "")),
        cells.get("affiliation", ""),
        cells.get("from", ""),
        cells.get("to", ""),
        cells.get("id", "").strip(),
    )


# --- SKOS in Turtle -----------------------------------------------------------------------------


def read_skos(path: Path, on_error: OnError) -> Iterator[Record]:
    """Read what has a preferred label or the type of an actor, one record for each affiliation.

    An affiliation is an IRI with a label in the file, a name, or a node with ``schema:startDate``
    and ``schema:endDate`` that has the affiliation under the same property (schema.org's Role).
    """
    graph = read_turtle(path, "gazetteer", GazetteerError).graph
    listed = sorted(node for node, properties in graph.items() if _is_listed(properties))
    if not listed:
        raise GazetteerError(f"{path}: no gazetteer: nothing in it has a skos:prefLabel")
    for node in listed:
        try:
            yield from _concept_records(f"{path}: {node}", node, graph)
        except ValueError as error:
            on_error(GazetteerError(f"{path}: {node}: {error}"))


def _is_listed(properties: Properties) -> bool:
    types = classes(properties)
    if f"{SKOS}ConceptScheme" in types:
        return False
    return f"{SKOS}prefLabel" in properties or not types.isdisjoint({*_TYPES, f"{SKOS}Concept"})


def _concept_records(place: str, node: str, graph: dict[str, Properties]) -> Iterator[Record]:
    properties = graph[node]
    record = Record(
        place,
        preferred_label(properties),
        _actor_type(properties),
        [*texts(properties, "prefLabel"), *texts(properties, "altLabel")],
        id="" if node.startswith("_:") else node,
    )
    keys = sorted(_AFFILIATIONS & properties.keys())
    held = [_affiliation(key, value, graph) for key in keys for value in properties[key]]
    if not held:
        yield record
    for name, since, until in held:
        yield replace(record, affiliation=name, since=since, until=until)


def _actor_type(properties: Properties) -> str:
    given = sorted(text.value for text in literals(properties, f"{_GK}actorType"))
    types = given or sorted({_TYPES[name] for name in classes(properties) & _TYPES.keys()})
    if len(types) > 1:
        raise ValueError(f"has the types {' and '.join(types)}; one actor has one type")
    return types[0] if types else ""


def _affiliation(key: str, value: Any, graph: dict[str, Properties]) -> tuple[str, str, str]:
    """Return the name of an affiliation with its first and last day."""
    inner = graph.get(node_name(value), {})
    if key in inner:
        name, _, _ = _affiliation(key, inner[key][0], {**graph, node_name(value): {}})
        return name, _day(inner, "startDate"), _day(inner, "endDate")
    if f"{SKOS}prefLabel" in inner:
        return preferred_label(inner), "", ""
    if hasattr(value, "language"):  # a text, and no node
        return str(value.value), "", ""
    raise ValueError(f"{node_name(value)}, which it belongs to, has no skos:prefLabel in the file")


def _day(properties: Properties, name: str) -> str:
    days = [day.value for schema in _SCHEMAS for day in properties.get(schema + name, [])]
    return str(days[0]) if days else ""
