"""The index: under which keys a concept is filed, and an index in memory.

A key has a kind and a value. ``label:`` is a label as it stands but for case and articles,
``words:`` its stems with its signature, ``says:`` its signature. Curated concepts are filed under
``holds:`` as well: two rare stems of each label, by which a longer phrase that has all finds it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from graphkit.codebook import Concept
from graphkit.concepts.signature import signature_of
from graphkit.concepts.synonyms import common_stems
from graphkit.concepts.words import content, words

ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class IndexedConcept:
    """A concept as matching sees it; ``is_curated`` if a person made it or put it in a codebook."""

    iri: str
    label: str
    alt_labels: tuple[str, ...] = ()
    is_curated: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the preferred and then the alternative labels."""
        return (self.label, *self.alt_labels)


def curated(concepts: Iterable[Concept]) -> list[IndexedConcept]:
    """Return a codebook as matching sees it; a concept without an IRI goes by its label."""
    return [
        IndexedConcept(one.iri or one.label, one.label, one.alt_labels, is_curated=True)
        for one in concepts
    ]


Index = Callable[[str], Sequence[IndexedConcept]]
"""Returns the concepts that are filed under a key, in any order."""


def keys_of(
    label: str, alt_labels: Sequence[str] = (), *, is_curated: bool = False
) -> tuple[str, ...]:
    """Return the keys under which a concept is filed, each once.

    >>> for key in keys_of("cutting the taxes on sugar"):
    ...     print(key)
    label:cutting taxes on sugar
    words:cut sugar tax cut|sugar,taxes||||
    says:cut|sugar,taxes||||
    """
    found: list[str] = []
    for one in (label, *alt_labels):
        found += (key for key in (label_key(one), words_key(one), signature_key(one)) if key)
        if is_curated:
            found += sorted(_rarest(content(one)))[:1]
    return tuple(dict.fromkeys(found))


def label_key(label: str) -> str:
    """Return the key of a label as it stands, "" if it has no words."""
    kept = [word.casefold() for word in words(label) if word.casefold() not in ARTICLES]
    return f"label:{' '.join(kept)}" if kept else ""


def words_key(label: str) -> str:
    """Return the key of a label's stems in any order that says the same, "" if there are none.

    "Aid from Chad" has the words of "aid to Chad", but not what it says.
    """
    stems = sorted(content(label))
    return f"words:{' '.join(stems)} {signature_of(label).key}" if stems else ""


def signature_key(label: str) -> str:
    """Return the key of what a label says, "" if that is too little to know an issue by."""
    signature = signature_of(label)
    return f"says:{signature.key}" if signature.is_telling else ""


def held_keys(phrase: str) -> Iterator[str]:
    """Yield the keys of all labels of which a phrase may hold every word."""
    stems = sorted(content(phrase))
    yield from (f"holds:{one}" for one in stems)
    yield from (f"holds:{one} {other}" for one, other in combinations(stems, 2))


def _rarest(stems: frozenset[str]) -> Iterator[str]:
    """Yield the key of two stems that few labels have: long ones that are in no list of ours."""
    rarest = sorted(stems, key=lambda one: (one in common_stems(), -len(one), one))[:2]
    if rarest:
        yield f"holds:{' '.join(sorted(rarest))}"


class MemoryIndex:
    """An index in memory: call it with a key."""

    def __init__(self, concepts: Iterable[IndexedConcept] = ()) -> None:
        self._filed: dict[str, list[IndexedConcept]] = {}
        for concept in concepts:
            self.add(concept)

    def __call__(self, key: str) -> Sequence[IndexedConcept]:
        """Return the concepts under a key, in the order in which they were added."""
        return self._filed.get(key, ())

    def add(self, concept: IndexedConcept) -> None:
        """File a concept, which stays beside those that are there."""
        for key in keys_of(concept.label, concept.alt_labels, is_curated=concept.is_curated):
            self._filed.setdefault(key, []).append(concept)
