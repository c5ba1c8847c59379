"""Codebooks: curated topics as SKOS concepts, and how a phrase finds its concept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from graphkit.errors import GraphkitError

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic with its labels; ``broader`` holds the preferred labels of wider topics."""

    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    iri: str = ""


def read_codebook(path: Path) -> list[Concept]:
    """Read the SKOS concepts of a Turtle file, sorted by label.

    Raise GraphkitError, with file and line, if the file is no Turtle, holds no concept, or
    holds one without exactly one preferred label.
    """
    graph = _read_turtle(path)
    concepts = []
    for node, properties in graph.items():
        if SKOS + "Concept" not in properties.get(RDF_TYPE, []):
            continue
        labels = sorted(properties.get(SKOS + "prefLabel", []))
        if len(labels) != 1:
            raise GraphkitError(
                f"{path}: {node} needs exactly one skos:prefLabel, not {len(labels)}"
            )
        wider = [graph.get(wide, {}) for wide in properties.get(SKOS + "broader", [])]
        broader = sorted(label for wide in wider for label in wide.get(SKOS + "prefLabel", [])[:1])
        alternatives = sorted(properties.get(SKOS + "altLabel", []))
        concepts.append(Concept(labels[0], tuple(alternatives), tuple(broader), node))
    if not concepts:
        raise GraphkitError(f"{path}: no skos:Concept found")
    return sorted(concepts, key=lambda concept: concept.label)


def _read_turtle(path: Path) -> dict[str, dict[str, list[str]]]:
    """Return subject -> predicate -> objects, as strings."""
    import pyoxigraph

    graph: dict[str, dict[str, list[str]]] = {}
    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject, value = _text(quad.subject), _text(quad.object)
            graph.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(value)
    except OSError as error:
        reason = error.strerror or error
        raise GraphkitError(f"The codebook {path} cannot be read: {reason}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = f"{path}:{line}" if line else str(path)
        raise GraphkitError(f"{where}: not valid Turtle") from error
    return graph


def _text(term: Any) -> str:
    return term.value if hasattr(term, "value") else str(term)


_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "to",
        "for",
        "on",
        "from",
        "with",
        "by",
        "at",
        "and",
        "or",
        "its",
        "their",
        "his",
        "her",
        "our",
        "s",
    ]
)


class ConceptMatcher:
    """Find the concept that a topic phrase names.

    A phrase belongs to a concept if it equals one of its labels, or if all content words of a
    label occur in it; the label with the most words wins, so that the narrower concept is found.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._labels: list[tuple[frozenset[str], str]] = []
        for concept in concepts:
            for label in (concept.label, *concept.alt_labels):
                key = _key(label)
                if key:
                    self._labels.append((key, concept.label))
        self._labels.sort(key=lambda pair: (-len(pair[0]), pair[1]))
        self._exact = dict(reversed(self._labels))

    def find(self, phrases: Sequence[str]) -> str | None:
        """Return the preferred label of the concept that one of the phrases names, or None."""
        keys = [_key(phrase) for phrase in phrases] if self._labels else []
        for key in keys:
            if key in self._exact:
                return self._exact[key]
        for key in keys:
            for words, label in self._labels:
                if words <= key:
                    return label
        return None


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


def _key(text: str) -> frozenset[str]:
    """Return the stems of the content words of a phrase."""
    words = _WORD.findall(text.casefold().replace("u.s.", "us").replace("’", "'").replace("'s", ""))
    return frozenset(_stem(word) for word in words if word not in _STOP)
