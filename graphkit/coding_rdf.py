"""Codings as RDF: each in its article's graph, types and entities in the graph ``codings``.

A variable is a property, so that SPARQL asks for the values of codings as for anything else.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.coding import CodedArticle, Coding, type_key
from graphkit.digest import digest
from graphkit.dna.extras import is_ours
from graphkit.dna.records import (
    Colour,
    Database,
    Entity,
    StatementType,
    Variable,
)
from graphkit.rdf import Triple, term
from graphkit.vocabulary import Iris

if TYPE_CHECKING:
    import datetime


GRAPH = "codings"

DETAILS = {
    "coder": "gk:coder",
    "author": "schema:author",
    "section": "schema:articleSection",
    "notes": "gk:notes",
    "type": "gk:documentType",
    "moment": "gk:moment",
    "number": "gk:number",
    "is_partial": "gk:isPartial",
}
"""The properties of what only coded articles have."""

VARIABLES = f"/graph/{GRAPH}/"
"""What is in the IRI of each variable, which is a property of codings."""


def article_quads(coded: CodedArticle, iris: Iris) -> set[Quad]:
    """Return the quads of codings and of what only coded articles have, in the article's graph."""
    graph = NamedNode(iris.article(coded.extraction.article.id))
    triples = [*_article_triples(graph, coded)]
    for place, coding in enumerate(coded.codings, start=1):
        node = NamedNode(f"{graph.value}#coding={place}")
        triples += _coding_triples(node, coding, iris)
    return {Quad(*triple, graph) for triple in triples}


def _article_triples(node: NamedNode, coded: CodedArticle) -> Iterator[Triple]:
    for name, predicate in DETAILS.items():
        value = getattr(coded, name)
        if value:
            yield node, term(predicate), _literal(value)


def _literal(value: "str | int | datetime.datetime") -> Literal:
    if isinstance(value, (str, int)):
        return Literal(value)
    return Literal(value.isoformat(), datatype=term("xsd:dateTime"))


def _coding_triples(node: NamedNode, coding: Coding, iris: Iris) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("gk:Coding")
    if coding.number:
        yield node, term("gk:number"), Literal(coding.number)
    if coding.coder:
        yield node, term("gk:coder"), Literal(coding.coder)
    if coding.span:
        yield node, term("gk:codedSpan"), Literal(f"{coding.span[0]},{coding.span[1]}")
    if coding.type:
        yield node, term("gk:codingType"), NamedNode(_type_iri(coding.type, iris))
    if coding.statement:
        yield NamedNode(iris.statement(coding.statement)), term("gk:coding"), node
    for name, value in coding.values.items():
        if value != "":  # 0 and false are values
            yield node, NamedNode(_variable_iri(coding.type, name, iris)), Literal(value)


# --- types and entities -------------------------------------------------------------------------


def _type_iri(key: str, iris: Iris) -> str:
    return f"{iris.graph(GRAPH)}/{key}"


def _variable_iri(key: str, name: str, iris: Iris) -> str:
    return f"{_type_iri(key, iris)}/{_encoded(name)}"


def _encoded(name: str) -> str:
    return quote(name, safe="")


def scheme_quads(database: Database, iris: Iris) -> set[Quad]:
    """Return the quads of coders, types, variables, entities and expressions of a database."""
    home = NamedNode(iris.graph(GRAPH))
    triples = [
        *_coloured("coder", {one.name: one.colour for one in database.coders.values()}, iris),
        *_coloured("regex", database.regexes, iris),
    ]
    variables: dict[int, str] = {}
    for kind in database.statement_types.values():
        if is_ours(kind):
            continue  # made anew whenever a store is written
        key = type_key(kind)
        triples += _type_triples(kind, NamedNode(_type_iri(key, iris)))
        for place, variable in enumerate(kind.variables, start=1):
            node = NamedNode(_variable_iri(key, variable.name, iris))
            variables[variable.id] = node.value
            names = database.attributes.get(variable.id, ())
            triples += _variable_triples(variable, place, node, NamedNode(_type_iri(key, iris)))
            triples += _attribute_triples(names, node)
    for entity in database.entities.values():
        if entity.variable in variables:
            triples += _entity_triples(entity, variables, database.entities)
    return {Quad(*triple, home) for triple in triples}


def _coloured(kind: str, colours: Mapping[str, Colour], iris: Iris) -> Iterator[Triple]:
    for label, colour in colours.items():
        node = NamedNode(f"{iris.graph(GRAPH)}/{kind}/{_hash(label)}")
        yield node, term("rdf:type"), term(f"gk:Coding{kind.title()}")
        yield node, term("rdfs:label"), Literal(label)
        yield node, term("gk:colour"), Literal(_hex(colour))


def _hash(text: str) -> str:
    return digest(text, 16)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _type_triples(kind: StatementType, node: NamedNode) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("gk:CodingType")
    yield node, term("rdfs:label"), Literal(kind.label)
    yield node, term("gk:colour"), Literal(_hex(kind.colour))


def _variable_triples(
    variable: Variable, place: int, node: NamedNode, kind: NamedNode
) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("rdf:Property")
    yield node, term("rdfs:label"), Literal(variable.name)
    yield node, term("gk:variableOf"), kind
    yield node, term("gk:dataType"), Literal(variable.data_type)
    yield node, term("gk:number"), Literal(place)


def _attribute_triples(names: Iterable[str], variable: NamedNode) -> Iterator[Triple]:
    for place, name in enumerate(names, start=1):
        node = NamedNode(f"{variable.value}/{_encoded(name)}")
        yield node, term("rdf:type"), term("rdf:Property")
        yield node, term("rdfs:label"), Literal(name)
        yield node, term("gk:attributeOf"), variable
        yield node, term("gk:number"), Literal(place)


def _entity_triples(
    entity: Entity, variables: Mapping[int, str], entities: Mapping[int, Entity]
) -> Iterator[Triple]:
    node = NamedNode(_entity_iri(entity, variables))
    yield node, term("rdf:type"), term("gk:CodedEntity")
    yield node, term("rdfs:label"), Literal(entity.value)
    yield node, term("gk:entityOf"), NamedNode(variables[entity.variable])
    if entity.colour:
        yield node, term("gk:colour"), Literal(_hex(entity.colour))
    if entity.parent and entities[entity.parent].variable in variables:
        above = _entity_iri(entities[entity.parent], variables)
        yield node, term("gk:childOf"), NamedNode(above)
    for name, value in entity.attributes.items():
        if value:
            attribute = NamedNode(f"{variables[entity.variable]}/{_encoded(name)}")
            yield node, attribute, Literal(value)


def _entity_iri(entity: Entity, variables: Mapping[int, str]) -> str:
    return f"{variables[entity.variable]}/entity/{_hash(entity.value)}"
