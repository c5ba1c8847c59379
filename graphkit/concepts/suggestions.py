"""Suggestions: which concepts may be one, and which may be narrower than another.

Matching joins only what says the same; what is merely alike is for a person to decide. Concepts
meet under shared keys and are never compared all with all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from graphkit.concepts.index import IndexedConcept
from graphkit.concepts.signature import Signature, head_of, signature_of, value_of
from graphkit.concepts.synonyms import synonyms
from graphkit.concepts.words import STOP_WORDS, content, stem, words

Kind = Literal["merge", "broader"]
_Labelled = tuple[IndexedConcept, str]  # a concept, and one of its labels

OVERLAP = 0.6
"""Share of common words from which two labels are held to be alike."""
MAX_BLOCK = 50
"""Concepts under one pair of words, beyond which the pair says nothing and would cost too much."""
RARE_WORDS = 3

_SAME, _PLACE, _QUALIFIER, _WORDS = 1.0, 0.8, 0.7, 0.6


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Merge `concept` into `other`, or make `other` broader than `concept`; IRIs, and a reason.

    `score` lies in 0..1 and grows with how alike they are and how many statements both have.
    """

    kind: Kind
    concept: str
    other: str
    reason: str
    score: float


def suggest(concepts: Sequence[IndexedConcept], counts: Mapping[str, int]) -> list[Suggestion]:
    """Return what may be merged or broader, best first; `counts` are statements by IRI.

    A pair of concepts comes once, with its best reason. The order of the concepts does not matter.
    """
    ordered = sorted(concepts, key=lambda concept: (concept.label, concept.iri))
    best: dict[tuple[str, str], Suggestion] = {}
    for found in (*_iter_alike(ordered, counts), *_iter_overlapping(ordered, counts)):
        first, second = sorted((found.concept, found.other))
        fewest = min(counts.get(first, 0), counts.get(second, 0))
        weighed = replace(found, score=round(found.score * (fewest + 1) / (fewest + 2), 4))
        if (first, second) not in best or weighed.score > best[first, second].score:
            best[first, second] = weighed
    return sorted(best.values(), key=lambda one: (-one.score, one.kind, one.concept, one.other))


# --- what labels say ----------------------------------------------------------------------------


def _iter_alike(
    concepts: Sequence[IndexedConcept], counts: Mapping[str, int]
) -> Iterator[Suggestion]:
    """Yield concepts that say the same, or the same and a place, a doer or a qualifier more."""
    saying: defaultdict[Signature, list[_Labelled]] = defaultdict(list)
    for concept in concepts:
        for label in concept.labels:
            if signature_of(label).is_telling:
                saying[signature_of(label)].append((concept, label))
    for signature, labelled in saying.items():
        kept, label = labelled[0]
        for other, _ in labelled[1:]:  # with the first one each: comparing all adds nothing
            if kept.iri != other.iri:
                yield _merge(kept, other, counts, f'both say "{label}"', _SAME)
        for wider, kind, score in _iter_wider(signature):
            found = _with_one_head(labelled, saying.get(wider, ()))
            if found is not None:
                (narrower, label), (other, other_label) = found
                is_issue = other.is_curated or not wider.is_single
                if narrower.iri != other.iri and is_issue:
                    reason = f"adds {kind}: {' '.join(_added(label, other_label))}"
                    if label != narrower.label:  # else nobody sees where the words come from
                        reason += f' (as "{label}")'
                    yield Suggestion("broader", narrower.iri, other.iri, reason, score)


def _with_one_head(
    narrower: Sequence[_Labelled], wider: Sequence[_Labelled]
) -> tuple[_Labelled, _Labelled] | None:
    """Return the first two labels that are about the same: "tax cuts in Chad", not "cutting"."""
    pairs = ((one, other) for other in wider[:1] for one in narrower)
    return next((pair for pair in pairs if len({head_of(label) for _, label in pair}) == 1), None)


def _iter_wider(signature: Signature) -> Iterator[tuple[Signature, str, float]]:
    """Yield what is left without places, doers or one word, and what kind of thing is gone."""
    if signature.doers:
        yield replace(signature, doers=()), "who", _PLACE
    if signature.places:
        yield replace(signature, places=()), "where", _PLACE
    if signature.places and signature.doers:
        yield replace(signature, doers=(), places=()), "who and where", _PLACE
    for thing in signature.things if len(signature.things) > 1 else ():
        rest = tuple(one for one in signature.things if one != thing)
        yield replace(signature, things=rest), "what kind", _QUALIFIER


def _added(label: str, other: str) -> list[str]:
    """Return the words of a label that mean nothing in the other."""
    known = {value_of(word) for word in words(other)}
    light = synonyms().at | synonyms().by | synonyms().light | STOP_WORDS
    new = [word for word in words(label) if word.casefold() not in light]
    return [
        w for w in new if value_of(w) not in known and synonyms().classes((w,))[0] != "bringing"
    ]


# --- words that labels share --------------------------------------------------------------------


def _iter_overlapping(
    concepts: Sequence[IndexedConcept], counts: Mapping[str, int]
) -> Iterator[Suggestion]:
    """Yield concepts whose labels share most words and contradict each other in nothing."""
    for block in _blocks(concepts):
        for one, other in combinations(block, 2):
            shared = content(one.label) & content(other.label)
            share = len(shared) / len(content(one.label) | content(other.label))
            if share >= OVERLAP and _may_be_one(one.label, other.label):
                common = (word for word in words(one.label) if stem(word) in shared)
                reason = f"share the words {', '.join(dict.fromkeys(common))}"
                yield _merge(one, other, counts, reason, _WORDS * share)


def _may_be_one(label: str, other: str) -> bool:
    one, two = signature_of(label), signature_of(other)
    is_same = (one.actions, one.apart, head_of(label)) == (two.actions, two.apart, head_of(other))
    return is_same and not one.conflicts(two) and set(one.order) == set(two.order)


def _blocks(concepts: Sequence[IndexedConcept]) -> Iterable[Sequence[IndexedConcept]]:
    """Return the concepts that have two of their rarest words in common, in small groups."""
    frequency = Counter(word for concept in concepts for word in content(concept.label))
    blocks: defaultdict[tuple[str, str], list[IndexedConcept]] = defaultdict(list)
    for concept in concepts:
        rare = sorted(content(concept.label), key=lambda word: (frequency[word], word))
        for first, second in combinations(sorted(rare[:RARE_WORDS]), 2):
            blocks[first, second].append(concept)
    return [block for block in blocks.values() if 1 < len(block) <= MAX_BLOCK]


def _merge(
    one: IndexedConcept,
    other: IndexedConcept,
    counts: Mapping[str, int],
    reason: str,
    score: float,
) -> Suggestion:
    """Suggest to merge the lesser concept into the other: curated ones stay, then frequent ones."""

    def rank(concept: IndexedConcept) -> tuple[bool, int, str, str]:
        return not concept.is_curated, -counts.get(concept.iri, 0), concept.label, concept.iri

    kept, merged = sorted((one, other), key=rank)
    return Suggestion("merge", merged.iri, kept.iri, reason, score)
