"""The user's corrections as RDF: as the graph ``curation`` keeps them, and as Turtle files."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graphkit.curation import ACTIONS, Correction
from graphkit.errors import CorrectionError
from graphkit.rdf import term
from graphkit.statement import ACTOR_TYPES
from graphkit.vocabulary import Iris

_NODES = {"actor": "gk:correctedActor", "other": "gk:otherActor"}
_TEXTS = {"action": "gk:action", "name": "gk:givenName", "shown": "gk:shownName"}
_DAYS = {"since": "schema:startDate", "until": "schema:endDate"}


def correction_quads(corrections: Sequence[Correction], iris: Iris) -> set[Quad]:
    """Return the quads of corrections in their order, in the graph ``curation``."""
    home = NamedNode(iris.graph("curation"))
    return {Quad(node, key, value, home) for node, key, value in _all_triples(corrections, iris)}


def read_corrections(quads: Iterable[Any], iris: Iris) -> list[Correction]:
    """Return the corrections that quads or triples tell, in their order.

    Raise CorrectionError if one is incomplete, with its IRI.
    """
    known: dict[str, dict[str, list[Any]]] = {}
    for quad in quads:
        values = known.setdefault(quad.subject.value, {})
        values.setdefault(quad.predicate.value, []).append(quad.object.value)
    told = {node: {key: sorted(values) for key, values in known[node].items()} for node in known}
    listed = [node for node in told if term("gk:action").value in told[node]]
    listed.sort(key=lambda node: (_order(node, told[node]), node))
    return [_correction(node, told[node], iris) for node in listed]


def to_turtle(corrections: Sequence[Correction], iris: Iris) -> bytes:
    """Return corrections as Turtle, which `read_turtle` reads."""
    triples = sorted((Triple(*one) for one in _all_triples(corrections, iris)), key=str)
    found = serialize(triples, format=RdfFormat.TURTLE, prefixes=iris.prefixes)
    return (found or b"") + b"\n"


def read_turtle(text: str, place: str, iris: Iris) -> list[Correction]:
    """Return the corrections of a Turtle file called `place`.

    Raise CorrectionError, with the line, if it is no Turtle, or if a correction is incomplete.
    """
    try:
        return read_corrections(list(parse(text, format=RdfFormat.TURTLE)), iris)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise CorrectionError(f"{place}:{line}: not valid Turtle: {error}") from error


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


def _order(node: str, values: dict[str, list[str]]) -> int:
    orders = values.get(term("gk:order").value, ["0"])
    if not orders[0].isdigit():
        raise CorrectionError(f"{node}: the gk:order '{orders[0]}' is no number")
    return int(orders[0])


def _correction(node: str, values: dict[str, list[str]], iris: Iris) -> Correction:
    def first(predicate: str) -> str:
        return values.get(term(predicate).value, [""])[0]

    action, actor, shown = first("gk:action"), first("gk:correctedActor"), first("gk:shownType")
    if action not in ACTIONS or not actor:
        raise CorrectionError(f"{node}: a correction needs a gk:action and a gk:correctedActor")
    if shown and shown not in ACTOR_TYPES:
        raise CorrectionError(f"{node}: the gk:shownType '{shown}' is none")
    try:
        days = {field: _day(first(predicate)) for field, predicate in _DAYS.items()}
    except ValueError as error:
        raise CorrectionError(f"{node}: {error}") from error
    return Correction(
        action=action,
        actor=actor,
        other=first("gk:otherActor"),
        name=first("gk:givenName"),
        shown=first("gk:shownName"),
        type=shown or "person",
        articles=tuple(map(iris.article_id, values.get(term("gk:inArticle").value, ()))),
        **days,
    )


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
