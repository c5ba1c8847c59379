"""Patterns of quads as questions to a server, of which one request answers many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, Quad

from graphkit.rdf import term

Kind = Literal["about", "whole", "text", "having", "graph"]

_TEXT = term("schema:articleBody")  # kilobytes, where all else is short
_LONGEST_NAME = 200  # characters; the claims that stand as topics are among the names
_BOOLEAN = term("xsd:boolean")
_TRUTHS = {"1": RdfLiteral("true", datatype=_BOOLEAN), "0": RdfLiteral("false", datatype=_BOOLEAN)}

_CONDITIONS: dict[Kind, str] = {
    "about": "VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } FILTER(?p != " + str(_TEXT) + ")",
    "whole": "VALUES ?s { %s } GRAPH ?g { ?s ?p ?o }",
    "text": "VALUES ?s { %s } BIND(" + str(_TEXT) + " AS ?p) GRAPH ?g { ?s " + str(_TEXT) + " ?o }",
    "having": "VALUES (?p ?o) { %s } GRAPH ?g { ?s ?p ?o }",
    "graph": "VALUES ?g { %s } GRAPH ?g { ?s ?p ?o }",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What one may want to know: all about a subject, or who has a value, or a whole graph.

    "about" leaves out the texts of articles, "text" is nothing else, "whole" is both.
    """

    kind: Kind
    value: Any
    predicate: Any = None

    @property
    def words(self) -> str:
        """Return what stands for it among the values of a query."""
        if self.kind == "having":
            return f"({self.predicate} {self.value})"
        return str(self.value)

    def with_value(self, value: Any) -> "Question":
        """Return the same question about something else."""
        return Question(self.kind, value, self.predicate)


def question_for(subject: Any, predicate: Any, object: Any, graph: Any) -> Question | None:
    """Return the question whose answer has all that fits a pattern, None if it fits none."""
    if subject is not None:
        kind: Kind = "whole" if predicate is None else "text" if predicate == _TEXT else "about"
        return Question(kind, subject)
    if predicate is not None and object is not None:
        return Question("having", object, predicate)
    if predicate is None and object is None and graph is not None:
        return Question("graph", graph)
    return None


def to_query(questions: Sequence[Question], limit: int | None = None) -> str:
    """Return the query that asks questions of one kind."""
    values = " ".join(question.words for question in questions)
    rows = f" LIMIT {limit}" if limit else ""
    return f"SELECT ?s ?p ?o ?g WHERE {{ {_CONDITIONS[questions[0].kind] % values} }}{rows}"


def pattern_query(subject: Any, predicate: Any, object: Any, graph: Any) -> str:
    """Return the query that asks for what fits any pattern."""
    terms = zip(("?s", "?p", "?o", "?g"), (subject, predicate, object, graph), strict=True)
    s, p, o, g = (str(value or name) for name, value in terms)
    return f"SELECT ?s ?p ?o ?g WHERE {{ GRAPH {g} {{ {s} {p} {o} }} }}"


def question_of(quad: Any, kind: Kind) -> Question:
    """Return the question of a kind that a quad belongs to the answer of."""
    if kind == "having":
        return Question(kind, quad.object, quad.predicate)
    return Question(kind, quad.graph_name if kind == "graph" else quad.subject)


def to_quads(rows: Iterable[Any], given: Sequence[Any] = (None,) * 4) -> Iterator[Quad]:
    """Yield the quads of a query's rows; `given` are the terms that it does not ask for."""
    for row in rows:
        s, p, o, g = (
            row[name] if value is None else value for name, value in zip("spog", given, strict=True)
        )
        yield Quad(s, p, _as_written(o), g)


def _as_written(value: Any) -> Any:
    """Return a value as graphkit writes it; Virtuoso 7 gives back true as 1."""
    if isinstance(value, RdfLiteral) and value.datatype == _BOOLEAN:
        return _TRUTHS.get(value.value, value)
    return value


def fits(quad: Any, subject: Any, predicate: Any, object: Any, graph: Any) -> bool:
    """Tell whether a quad fits a pattern."""
    return (
        (subject is None or quad.subject == subject)
        and (predicate is None or quad.predicate == predicate)
        and (object is None or quad.object == object)
        and (graph is None or quad.graph_name == graph)
    )


def is_askable(value: Any) -> bool:
    """Tell whether a question may be about a value: an IRI, or a name and no text."""
    return isinstance(value, NamedNode) or (
        isinstance(value, RdfLiteral) and len(value.value) <= _LONGEST_NAME
    )
