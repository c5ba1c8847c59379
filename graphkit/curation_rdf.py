"""The user's corrections as RDF: as the graph ``curation`` keeps them, and as Turtle files."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graphkit.curation import ACTIONS, KINDS, Correction, Curation, Kind
from graphkit.errors import CorrectionError
from graphkit.rdf import term
from graphkit.statement import ACTOR_TYPES
from graphkit.vocabulary import Iris

_NODES = {"actor": "gk:correctedActor", "other": "gk:otherActor"}
_TEXTS = {"kind": "gk:kind", "action": "gk:action", "name": "gk:givenName", "shown": "gk:shownName"}
_DAYS = {"since": "schema:startDate", "until": "schema:endDate"}


def correction_quads(corrections: Sequence[Correction], iris: Iris) -> set[Quad]:
    """Return the quads of corrections in their order, in the graph ``curation``.

    What was merged into another points to where it ends after all corrections.
    """
    home = NamedNode(iris.graph("curation"))
    triples = (*_all_triples(corrections, iris), *_replacements(corrections))
    return {Quad(node, key, value, home) for node, key, value in triples}


def read_corrections(quads: Iterable[Any], iris: Iris) -> list[Correction]:
    """Return the corrections that quads or triples tell, in their order.

    Those without a ``gk:order`` come first, as they appear. Raise CorrectionError if one is
    incomplete, with its IRI.
    """
    told: dict[Any, dict[str, list[Any]]] = {}
    for quad in quads:
        values = told.setdefault(quad.subject, {})
        values.setdefault(quad.predicate.value, []).append(quad.object)
    listed = [node for node in told if term("gk:action").value in told[node]]
    listed.sort(key=lambda node: _order(node, told[node]))
    return [_correction(node, told[node], iris) for node in listed]


def to_turtle(corrections: Sequence[Correction], iris: Iris) -> bytes:
    """Return corrections as Turtle, which `read_turtle` reads."""
    triples = sorted((Triple(*one) for one in _all_triples(corrections, iris)), key=str)
    found = serialize(triples, format=RdfFormat.TURTLE, prefixes=iris.prefixes)
    return found or b""


def read_turtle(text: str, place: str, iris: Iris) -> list[Correction]:
    """Return the corrections of a Turtle file called `place`.

    Raise CorrectionError, with the line, if it is no Turtle, or if a correction is incomplete.
    """
    from graphkit.rdf_file import explained_turtle  # what look-ups need not import

    with explained_turtle(place, CorrectionError):
        triples = list(parse(text, format=RdfFormat.TURTLE))
    try:
        return read_corrections(triples, iris)
    except CorrectionError as error:
        raise CorrectionError(f"{place}: {error}") from error


def _replacements(corrections: Sequence[Correction]) -> Iterator[Any]:
    for kind in KINDS:
        curation = Curation(one for one in corrections if one.kind == kind)
        for one in curation.corrections:
            if one.action == "merge" and (now := curation.outcome(one.actor)) != one.actor:
                yield NamedNode(one.actor), term("dcterms:isReplacedBy"), NamedNode(now)


def _all_triples(corrections: Iterable[Correction], iris: Iris) -> Iterator[Any]:
    for order, one in enumerate(corrections, start=1):
        yield from _triples(order, one, iris)


def _triples(order: int, one: Correction, iris: Iris) -> Iterator[Any]:
    node = NamedNode(iris.correction(one.id))
    yield node, term("rdf:type"), term("gk:Correction")
    yield node, term("gk:order"), Literal(order)
    yield node, term("gk:shownType"), Literal(one.type)
    for field, predicate in _TEXTS.items():
        if value := getattr(one, field):
            yield node, term(predicate), Literal(value)
    for field, predicate in _NODES.items():
        if value := getattr(one, field):
            yield node, term(predicate), NamedNode(value)
    for field, predicate in _DAYS.items():
        if value := getattr(one, field):
            yield node, term(predicate), Literal(value.isoformat(), datatype=term("xsd:date"))
    for article in one.articles:
        yield node, term("gk:inArticle"), NamedNode(iris.article(article))


def _order(node: Any, values: Mapping[str, Sequence[Any]]) -> int:
    orders = [value.value for value in values.get(term("gk:order").value, ())]
    wrong = [order for order in orders if not order.isdecimal()]
    if wrong:
        raise CorrectionError(f"{_called(node)}: the gk:order '{wrong[0]}' is no number")
    return min(map(int, orders), default=0)


def _correction(node: Any, values: Mapping[str, Sequence[Any]], iris: Iris) -> Correction:
    try:
        fields: dict[str, Any] = {field: _only(values, name) for field, name in _TEXTS.items()}
        fields |= {field: _only(values, name, NamedNode) for field, name in _NODES.items()}
        fields |= {field: _day(_only(values, name)) for field, name in _DAYS.items()}
        fields["kind"] = fields["kind"] or "actor"
        fields["type"] = _only(values, "gk:shownType") or "person"
        articles = (one.value for one in values.get(term("gk:inArticle").value, ()))
        fields["articles"] = tuple(sorted({iris.article_id(iri) for iri in articles}))
        if fields["kind"] not in KINDS:
            raise CorrectionError(f"the gk:kind '{fields['kind']}' is none")
        if fields["action"] not in ACTIONS[cast("Kind", fields["kind"])]:
            raise CorrectionError(f"the gk:action '{fields['action']}' is none")
        if fields["type"] not in ACTOR_TYPES:
            raise CorrectionError(f"the gk:shownType '{fields['type']}' is none")
        found = Correction(**fields)
        found.check()
    except CorrectionError as error:
        raise CorrectionError(f"{_called(node)}: {error}") from None
    return found


def _only(values: Mapping[str, Sequence[Any]], name: str, kind: type = Literal) -> str:
    """Return the only value of a property, "" without one."""
    found = values.get(term(name).value, ())
    if len(found) > 1:
        raise CorrectionError(f"there is more than one {name}")
    if any(not isinstance(one, kind) for one in found):
        wanted = "IRI" if kind is NamedNode else "text"
        raise CorrectionError(f"the {name} '{found[0].value}' is no {wanted}")
    return "".join(one.value for one in found)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise CorrectionError(f"'{text}' is no date; write it as 2024-03-31") from None


def _called(node: Any) -> str:
    """Return the IRI of a correction; a blank node's name means nothing to anybody."""
    return str(node.value) if isinstance(node, NamedNode) else "a correction without an IRI"
