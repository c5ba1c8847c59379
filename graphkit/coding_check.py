"""Check what coders work with, as stored in the graph ``codings``, to be complete and readable."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pyoxigraph import NamedNode

from graphkit.coding_rdf import GRAPH
from graphkit.dna.records import DataType
from graphkit.quad_store import QuadStore
from graphkit.rdf import term
from graphkit.vocabulary import Iris

Values = Mapping[Any, list[Any]]

_LABEL, _NUMBER, _COLOUR, _DATA = map(term, ("rdfs:label", "gk:number", "gk:colour", "gk:dataType"))
_TYPE, _KIND = term("rdf:type"), term("gk:CodingType")
_VARIABLE, _ATTRIBUTE, _ENTITY, _PARENT = map(
    term, ("gk:variableOf", "gk:attributeOf", "gk:entityOf", "gk:childOf")
)
_NEEDED = {_VARIABLE: (_NUMBER, _DATA), _ATTRIBUTE: (_NUMBER,)}
"""What is needed besides a label by what has a property."""

_FORMS = {
    _NUMBER: re.compile(r"[0-9]{1,18}"),
    _COLOUR: re.compile(r"#[0-9a-f]{6}"),
    _DATA: re.compile("|".join(get_args(DataType))),
}


def wrong_codings(store: QuadStore, iris: Iris) -> Iterator[str]:
    """Yield in words what `coding_records.read_scheme` could not read, in a fixed order."""
    home = NamedNode(iris.graph(GRAPH))
    nodes: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in store.quads_for_pattern(None, None, None, home):
        nodes[quad.subject][quad.predicate].append(quad.object)
    for node in sorted(nodes, key=str):
        for fault in _faults(nodes[node], nodes):
            yield f"{GRAPH}: {iris.shorten(node.value)} {fault}"


def _faults(values: Values, nodes: Mapping[Any, Values]) -> Iterator[str]:
    needed = [_LABEL, *(name for kind in _NEEDED if kind in values for name in _NEEDED[kind])]
    yield from (f"has no {_short(name)}" for name in needed if name not in values)
    for name, form in _FORMS.items():
        for value in values.get(name, ()):
            if not form.fullmatch(value.value):
                yield f"has a {_short(name)} that is none: {value.value}"
    for name, mark in ((_ATTRIBUTE, _VARIABLE), (_ENTITY, _VARIABLE), (_PARENT, _ENTITY)):
        for value in values.get(name, ()):
            if mark not in nodes.get(value, ()):
                yield f"has a {_short(name)} that is not there: {value}"
    for value in values.get(_VARIABLE, ()):
        if _KIND not in nodes.get(value, {}).get(_TYPE, ()):
            yield f"has a {_short(_VARIABLE)} that is not there: {value}"


def _short(predicate: NamedNode) -> str:
    return Iris("").shorten(predicate.value)
