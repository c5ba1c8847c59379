"""SKOS as users write it in Turtle: nodes with their properties, labels, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graphkit.errors import GraphkitError
from graphkit.tables_file import read_text

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Properties = dict[str, list[Any]]


@dataclass(frozen=True)
class TurtleFile:
    """A file's text, its prefixes, and its triples: node -> predicate -> terms, as written."""

    text: str
    prefixes: Mapping[str, str]
    graph: dict[str, Properties]

    def line_of(self, node: str, literal: str = "") -> int | None:
        """Return the line where a node is told of, or one of its literals; None if that is unsure.

        The parser keeps no lines: it is the only line that begins with the node's name.
        """
        start = self._subject_lines.get(node)
        if start is None:
            return None
        quoted = (f'"{literal}"', f"'{literal}'")
        for number in range(start, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > start and number in self._starts:
                break
            if any(text in line for text in quoted) and not line.lstrip().startswith("#"):
                return number
        return start

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _subject_lines(self) -> dict[str, int]:
        """Return the line of each node whose name begins just one line."""
        first: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines, start=1):
            words = line.split(maxsplit=1)
            if words:
                first.setdefault(words[0], []).append(number)
        named = {node: [n for name in self._names(node) for n in first.get(name, [])]
                 for node in self.graph}  # fmt: skip
        return {node: numbers[0] for node, numbers in named.items() if len(numbers) == 1}

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(self._subject_lines.values())

    def _names(self, node: str) -> list[str]:
        short = [
            f"{prefix}:{node.removeprefix(iri)}"
            for prefix, iri in self.prefixes.items()
            if node.startswith(iri)
        ]
        return [node if node.startswith("_:") else f"<{node}>", *short]


def read_turtle(path: Path, name: str, error: type[GraphkitError]) -> TurtleFile:
    """Read a Turtle file. Raise `error`, with file and line, if it cannot be read or is none."""
    import pyoxigraph

    from graphkit.rdf_file import explained_turtle

    text = read_text(path, name, error)
    graph: dict[str, Properties] = {}
    parser = pyoxigraph.parse(input=text, format=pyoxigraph.RdfFormat.TURTLE)
    with explained_turtle(path, error):
        for quad in parser:
            properties = graph.setdefault(node_name(quad.subject), {})
            properties.setdefault(quad.predicate.value, []).append(quad.object)
    return TurtleFile(text, parser.prefixes, graph)


def node_name(term: Any) -> str:
    """Return an IRI as it is, and a blank node as "_:name"."""
    import pyoxigraph

    return str(term.value) if isinstance(term, pyoxigraph.NamedNode) else str(term)


def classes(properties: Properties) -> set[str]:
    """Return the types of a node."""
    return {node_name(term) for term in properties.get(RDF_TYPE, [])}


def preferred_label(properties: Properties) -> str:
    """Return the English label, or the one without a language. Raise ValueError."""
    labels = literals(properties, f"{SKOS}prefLabel")
    for language in ("en", ""):
        fitting = {one.value for one in labels if (one.language or "").split("-")[0] == language}
        if len(fitting) == 1:
            return str(fitting.pop())
        if fitting:
            raise ValueError(f"needs exactly one skos:prefLabel, not {len(fitting)}")
    raise ValueError("needs a skos:prefLabel in English or without a language")


def texts(properties: Properties, name: str) -> list[str]:
    """Return the texts of a property of SKOS, such as "altLabel", in order. Raise ValueError."""
    return sorted({label.value for label in literals(properties, SKOS + name)})


def literals(properties: Properties, name: str) -> list[Any]:
    """Return the literals of a property. Raise ValueError if it has something else."""
    import pyoxigraph

    values = properties.get(name, [])
    for value in values:
        if not isinstance(value, pyoxigraph.Literal):
            raise ValueError(f"{name.rpartition('#')[2]} is {value}, and must be a text")
    return values
