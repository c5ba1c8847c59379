"""Matching: to which of many concepts a topic belongs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from graphkit.concepts.index import (
    Index,
    IndexedConcept,
    held_keys,
    label_key,
    signature_key,
    words_key,
)
from graphkit.concepts.words import content

_ASIDE = re.compile(r"\b,? (?:which|who|whose|where)\b.*", re.DOTALL)

How = Literal["label", "words", "contained", "signature"]

SCORES: dict[How, float] = {"label": 1.0, "words": 0.95, "contained": 0.9, "signature": 0.85}
"""How much each way of matching can be relied on: an order, not measured shares."""


@dataclass(frozen=True, slots=True)
class Match:
    """The concept of a topic, and how it was found; `score` lies in 0..1."""

    iri: str
    label: str
    how: How
    score: float


def find_concept(label: str, text: str, index: Index) -> Match | None:
    """Return the concept that a topic belongs to, or None if it is a new one.

    `label` is the topic's label and `text` the words of the article for it, or "". A codebook goes
    first: its concepts by their labels, those written alike before others, by the same words in any
    order, and by a label of which the label or the text holds all words, the longest first; what a
    text adds with "which" is no part of the topic. Then come all concepts, by their labels, by the
    same words, and by what the label says. The index is asked for keys and never searched.
    """
    phrases = tuple(dict.fromkeys(phrase for phrase in (label, _ASIDE.sub("", text)) if phrase))
    curated = _curated(index)
    return (
        _labelled(phrases, curated)
        or _contained(phrases, index)
        or _first("label", [label_key(label)], index)
        or _first("words", [words_key(label)], index)
        or _first("signature", [signature_key(label)], curated)
        or _first("signature", [signature_key(label)], index)
    )


def _curated(index: Index) -> Index:
    return lambda key: [concept for concept in index(key) if concept.is_curated]


def _labelled(phrases: Iterable[str], index: Index) -> Match | None:
    """Find a label of a phrase's words, of several the one that is written as the phrase is."""
    for phrase in phrases:
        key = label_key(phrase)
        if key and (found := index(key)):
            best = min(found, key=lambda one: (phrase not in one.labels, *_order(one)))
            return _match(best, "label")
    return None


def _first(how: How, keys: Iterable[str], index: Index) -> Match | None:
    for key in filter(None, keys):
        if found := index(key):
            return _match(min(found, key=_order), how)
    return None


def _order(concept: IndexedConcept) -> tuple[bool, str, str]:
    """Order concepts under one key: curated before others, whatever order the index has."""
    return not concept.is_curated, concept.label, concept.iri


def _match(concept: IndexedConcept, how: How) -> Match:
    return Match(concept.iri, concept.label, how, SCORES[how])


def _contained(phrases: Iterable[str], index: Index) -> Match | None:
    """Find a label of which a phrase holds all the words; the same words go before more words."""
    held = [(content(phrase), list(_held(phrase, index))) for phrase in phrases]
    for stems, labels in held:
        same = [concept for kept, concept in labels if kept == stems]
        if same:
            return _match(min(same, key=_order), "words")
    for _, labels in held:
        if labels:
            return _match(min(labels, key=_longest)[1], "contained")
    return None


def _held(phrase: str, index: Index) -> Iterator[tuple[frozenset[str], IndexedConcept]]:
    stems = content(phrase)
    for key in held_keys(phrase):
        for concept in index(key):  # all of them curated, for no others are filed there
            for label in (concept.label, *concept.alt_labels):
                kept = content(label)
                if kept and kept <= stems:
                    yield kept, concept


def _longest(labelled: tuple[frozenset[str], IndexedConcept]) -> tuple[int, tuple[bool, str, str]]:
    stems, concept = labelled
    return -len(stems), _order(concept)
