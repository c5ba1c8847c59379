"""Codebooks: curated topics as SKOS concepts, and how a phrase finds its concept."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic with its labels; ``broader`` holds the preferred labels of wider topics."""

    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    iri: str = ""


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
