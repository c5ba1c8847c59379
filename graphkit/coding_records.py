"""Read codings back from a store: the reverse of `coding_rdf`."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from graphkit.coding import CodedArticle, Coding
from graphkit.coding_rdf import DETAILS, GRAPH
from graphkit.dna.records import (
    Coder,
    Colour,
    DataType,
    Entity,
    StatementType,
    Value,
    Variable,
)
from graphkit.errors import StoreError
from graphkit.statement import Extraction
from graphkit.vocabulary import expand

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

    from graphkit.store import Store

_BOOLEANS = {"true": True, "false": False}
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")

Facts = dict[str, dict[str, list[Any]]]
"""The values of each subject by predicate, all by their IRIs."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What coders work with, its ids being ours; `types` and `variables` are by their IRIs.

    `variables` are a name and a type of data each.
    """

    types: Mapping[str, StatementType]
    variables: Mapping[str, tuple[str, str]]
    entities: tuple[Entity, ...]
    attributes: Mapping[int, tuple[str, ...]]
    coders: Mapping[str, Coder]
    regexes: Mapping[str, Colour]


def read_scheme(store: "Store") -> Scheme:
    """Read the types, variables, entities, coders and expressions of all that was imported."""
    facts = _facts(store, store.iris.graph(GRAPH))
    types = _types(facts)
    ids = {
        iri: number
        for number, iri in enumerate(
            sorted(_having(facts, "gk:variableOf"), key=lambda iri: _in_type(facts, iri)), start=1
        )
    }
    named = {
        iri: (_text(facts[iri], "rdfs:label"), _text(facts[iri], "gk:dataType")) for iri in ids
    }
    return Scheme(
        types={
            iri: replace(kind, variables=_variables(facts, iri, ids)) for iri, kind in types.items()
        },
        variables=named,
        entities=_entities(facts, ids),
        attributes=_attributes(facts, ids),
        coders={
            _text(told, "rdfs:label"): Coder(
                name=_text(told, "rdfs:label"), colour=_colour(told) or (0, 0, 0)
            )
            for told in _of_class(facts, "gk:CodingCoder")
        },
        regexes={
            _text(told, "rdfs:label"): _colour(told) or (0, 0, 0)
            for told in _of_class(facts, "gk:CodingRegex")
        },
    )


def _types(facts: Facts) -> dict[str, StatementType]:
    """Return the types without their variables, in the order of labels and IRIs."""
    found = [
        (_text(told, "rdfs:label"), iri, told)
        for iri, told in facts.items()
        if _is_a(told, "gk:CodingType")
    ]
    return {
        iri: StatementType(id=number, label=label, variables=(), colour=_colour(told) or (0, 0, 0))
        for number, (label, iri, told) in enumerate(sorted(found, key=lambda f: f[:2]), start=1)
    }


def _in_type(facts: Facts, iri: str) -> tuple[Any, ...]:
    told = facts[iri]
    return _one(told, "gk:variableOf").value, int(_text(told, "gk:number")), iri


def _variables(facts: Facts, kind: str, ids: Mapping[str, int]) -> tuple[Variable, ...]:
    return tuple(
        Variable(
            id=number,
            name=_text(facts[iri], "rdfs:label"),
            data_type=cast("DataType", _text(facts[iri], "gk:dataType")),
        )
        for iri, number in ids.items()
        if _one(facts[iri], "gk:variableOf").value == kind
    )


def _attributes(facts: Facts, ids: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for iri in _having(facts, "gk:attributeOf"):
        told = facts[iri]
        variable = ids[_one(told, "gk:attributeOf").value]
        found[variable].append((int(_text(told, "gk:number")), _text(told, "rdfs:label")))
    return {
        variable: tuple(name for _, name in sorted(found[variable])) for variable in sorted(found)
    }


def _entities(facts: Facts, ids: Mapping[str, int]) -> tuple[Entity, ...]:
    names = {iri: _text(facts[iri], "rdfs:label") for iri in _having(facts, "gk:attributeOf")}
    order = sorted(
        _having(facts, "gk:entityOf"),
        key=lambda iri: (
            ids[_one(facts[iri], "gk:entityOf").value],
            _text(facts[iri], "rdfs:label"),
        ),
    )
    numbers = {iri: number for number, iri in enumerate(order, start=1)}
    return tuple(
        Entity(
            id=numbers[iri],
            variable=ids[_one(facts[iri], "gk:entityOf").value],
            value=_text(facts[iri], "rdfs:label"),
            attributes={
                names[predicate]: values[0].value
                for predicate, values in sorted(facts[iri].items())
                if predicate in names
            },
            colour=_colour(facts[iri]),
            parent=numbers[_one(facts[iri], "gk:childOf").value]
            if expand("gk:childOf") in facts[iri]
            else None,
        )
        for iri in order
    )


# --- articles -----------------------------------------------------------------------------------


def read_coded_article(store: "Store", extraction: Extraction, scheme: Scheme) -> CodedArticle:
    """Read the codings of an article, and what is known of it besides what all articles have."""
    node = store.iris.article(extraction.article.id)
    facts = _facts(store, node)
    made = {
        told[expand("gk:coding")][0].value: store.iris.statement_id(iri)
        for iri, told in facts.items()
        if expand("gk:coding") in told
    }
    codings = [
        _coding(told, made.get(iri, ""), scheme)
        for iri, told in facts.items()
        if _is_a(told, "gk:Coding")
    ]
    own = facts.get(node, {})
    details: dict[str, Any] = {
        name: _detail(name, own[expand(predicate)][0].value)
        for name, predicate in DETAILS.items()
        if expand(predicate) in own
    }
    return CodedArticle(
        extraction=extraction,
        codings=tuple(sorted(codings, key=lambda one: (one.number, one.span or (), one.statement))),
        **details,
    )


def _coding(told: Mapping[str, list[Any]], statement: str, scheme: Scheme) -> Coding:
    span = _text(told, "gk:codedSpan")
    start, _, end = span.partition(",")
    kind = _one(told, "gk:codingType")
    return Coding(
        number=int(_text(told, "gk:number") or 0),
        coder=_text(told, "gk:coder"),
        span=(int(start), int(end)) if span else None,
        type=kind.value if kind else "",
        values={
            scheme.variables[predicate][0]: _value(values[0].value, *scheme.variables[predicate])
            for predicate, values in sorted(told.items())
            if predicate in scheme.variables
        },
        statement=statement,
    )


# --- quads --------------------------------------------------------------------------------------


def _facts(store: "Store", graph: str) -> Facts:
    query = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    found: Facts = defaultdict(lambda: defaultdict(list))
    for row in cast("QuerySolutions", store.query(query)):
        found[row["s"].value][row["p"].value].append(row["o"])
    return dict(sorted(found.items()))


def _having(facts: Facts, predicate: str) -> list[str]:
    return [iri for iri, told in facts.items() if expand(predicate) in told]


def _of_class(facts: Facts, name: str) -> Iterable[Mapping[str, list[Any]]]:
    found = [told for told in facts.values() if _is_a(told, name)]
    return sorted(found, key=lambda told: _text(told, "rdfs:label"))


def _is_a(told: Mapping[str, list[Any]], name: str) -> bool:
    return any(kind.value == expand(name) for kind in told.get(expand("rdf:type"), ()))


def _one(told: Mapping[str, list[Any]], predicate: str) -> Any:
    return next(iter(told.get(expand(predicate), ())), None)


def _text(told: Mapping[str, list[Any]], predicate: str) -> str:
    value = _one(told, predicate)
    return str(value.value) if value is not None else ""


def _colour(told: Mapping[str, list[Any]]) -> Colour | None:
    text = _text(told, "gk:colour").removeprefix("#")
    return (int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)) if text else None


def _detail(name: str, text: str) -> Any:
    """Return what is known of an article as the type that it has there."""
    if name == "moment":
        return datetime.datetime.fromisoformat(text)
    if name == "number":
        return int(text)
    return text == "true" if name == "is_partial" else text


def _value(text: str, name: str, data_type: str) -> Value:
    """Return the value of a variable. Raise StoreError if it is none of its type."""
    if data_type == "boolean" and text in _BOOLEANS:
        return _BOOLEANS[text]
    if data_type == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if not data_type.endswith("text"):
        raise StoreError(
            f"A coding has the value '{text:.40}' of '{name}', which is no {data_type}."
        )
    return text
