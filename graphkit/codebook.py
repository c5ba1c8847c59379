"""Codebooks: curated topics as SKOS concepts, and how a phrase finds its concept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.errors import GraphkitError


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
    from rdflib import Graph
    from rdflib.namespace import RDF, SKOS

    graph = Graph()
    try:
        graph.parse(path, format="turtle")
    except OSError as error:
        raise GraphkitError(
            f"The codebook {path} cannot be read: {error.strerror or error}"
        ) from error
    except Exception as error:  # rdflib's parser raises many types
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line.group(1)}" if line else str(path)
        raise GraphkitError(f"{where}: not valid Turtle") from error
    concepts = []
    for node in graph.subjects(RDF.type, SKOS.Concept):
        labels = sorted(str(label) for label in graph.objects(node, SKOS.prefLabel))
        if len(labels) != 1:
            raise GraphkitError(
                f"{path}: {node} needs exactly one skos:prefLabel, not {len(labels)}"
            )
        broader = (graph.value(wide, SKOS.prefLabel) for wide in graph.objects(node, SKOS.broader))
        alternatives = sorted(str(label) for label in graph.objects(node, SKOS.altLabel))
        concepts.append(
            Concept(
                labels[0],
                tuple(alternatives),
                tuple(sorted(str(b) for b in broader if b)),
                str(node),
            )
        )
    if not concepts:
        raise GraphkitError(f"{path}: no skos:Concept found")
    return sorted(concepts, key=lambda concept: concept.label)


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
_SUFFIXES = ("ments", "ment", "ings", "ing", "ions", "ion", "ies", "ied", "es", "ed", "s", "e", "y")


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
        for phrase in phrases:
            key = _key(phrase)
            if key in self._exact:
                return self._exact[key]
        for phrase in phrases:
            key = _key(phrase)
            for words, label in self._labels:
                if words <= key:
                    return label
        return None


def _key(text: str) -> frozenset[str]:
    """Return the stems of the content words of a phrase."""
    words = _WORD.findall(text.casefold().replace("u.s.", "us").replace("’", "'").replace("'s", ""))
    return frozenset(_stem(word) for word in words if word not in _STOP)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word
