"""Pointers: which topic of the article "it", "such a step" and "those purchases" mean."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graphkit.extract.topics.phrases import TopicPhrase
from graphkit.word_lists import word_list

STEM = 5
"""Letters by which two words count as forms of one: "purchases", "purchasing"."""
DECAY = 0.85
"""Weight of a topic mention per sentence of distance (best of the measured anaphora methods)."""
PRONOUNS = frozenset({"it", "this", "that", "they", "these", "those"})
"""Lemmas that agree in number with what they mean; "the option" may mean "cuts"."""
LAWS = word_list("laws")


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A topic's label at one place: token index, sentence number, and how many actors share it."""

    index: int
    sentence: int
    label: str
    holders: int
    is_plural: bool = False


def settle(
    phrase: TopicPhrase, history: Sequence[TopicMention], index: int, sentence: int
) -> str | None:
    """Return a phrase's label, read against the article's other topics.

    A pointer takes the salient topic; "those purchases" and a bare "attending" take the topic
    that is told in full elsewhere with the same word, and "this request" else a salient one. "The
    pact" takes a law that was told in more words before, or else what was to be made law.
    """
    if phrase.label is None:
        agreeing = [m for m in history if m.is_plural == phrase.is_plural]
        if phrase.head in PRONOUNS and any(m.index < index for m in agreeing):
            history = agreeing
        return salient(history, phrase.head, index, sentence)
    if phrase.is_taking_up:
        told = [m for m in history if m.index < index and " " in m.label]
        return salient(told, phrase.head, index, sentence) or phrase.label
    if phrase.entity is None and (phrase.is_demonstrative or phrase.label.endswith("ing")):
        earlier = [m for m in history if m.index < index and m.label != phrase.label]
        return _told_before(phrase, earlier, index, sentence) or phrase.full_label or phrase.label
    return phrase.label


def _told_before(
    phrase: TopicPhrase, earlier: Sequence[TopicMention], index: int, sentence: int
) -> str | None:
    """Return the earlier topic that has the phrase's word, or that "this request" means."""
    is_bare = " " not in (phrase.label or "")
    stem = phrase.head[:STEM]
    full = [m.label for m in earlier if _has_stem(m.label, stem)]
    if full and (phrase.is_demonstrative or is_bare) and len(stem) == STEM:
        return full[-1]
    if phrase.is_demonstrative and is_bare:
        return salient(earlier, phrase.head, index, sentence)
    return None


def salient(history: Sequence[TopicMention], head: str, index: int, sentence: int) -> str | None:
    """Return the topic with the highest recency-weighted frequency before a token.

    With nothing before it, the most frequent one after wins, as a headline's pointer reads
    forward. A mention counts more if several actors share it. ``head`` is the pointer's noun:
    "the measure" can only mean something that is called a bill, a law, a package.
    """
    weights: dict[str, float] = {}
    if head in LAWS:
        laws = [m for m in history if LAWS & set(m.label.casefold().split())]
        history = [m for m in laws if not m.label.split()[0].endswith("ing")] or laws or history
    candidates = [m for m in history if m.index < index] or history
    for mention in candidates:
        weight = math.sqrt(mention.holders) * DECAY ** abs(sentence - mention.sentence)
        for label in dict.fromkeys(m.label for m in candidates):
            weights[label] = weights.get(label, 0.0) + weight * _likeness(label, mention.label)
    return max(weights, key=lambda label: weights[label]) if weights else None


def _likeness(one: str, other: str) -> float:
    a, b = _stems(one), _stems(other)
    return len(a & b) / len(a | b)


def _stems(label: str) -> set[str]:
    return {word[:STEM] for word in label.casefold().split()}


def _has_stem(label: str, stem: str) -> bool:
    return " " in label and any(word.startswith(stem) for word in label.casefold().split())
