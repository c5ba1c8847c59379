"""Ellipses: what a short label leaves to the other topics of its article.

After "sending troops to Chad", an article says "the deployment of troops", and after "the trade
agreement with Chile", "the pact". Read alone, such labels would meet those of other articles.
"""

import re
from collections.abc import Iterator, Sequence

from graphkit.concepts.signature import Signature, front_of, signature_of, value_of
from graphkit.concepts.synonyms import synonyms
from graphkit.concepts.words import words

_WHERE = re.compile(r" (in|into|inside|to|on|against|for|with|toward|towards) ((?:the )?[A-Z].*)$")
_PARTICIPLE = re.compile("(?:ing|ed)$")
_GOAL = frozenset({"to", "into"})


def completed(label: str, beside: Sequence[str]) -> str:
    """Return a label with what it leaves to the labels `beside` it, or as it is.

    A topic without a place takes the place where all fuller ones agree, and a single word becomes
    the one fuller label that is about it. Either asks for one choice only.

    >>> completed("deployment of troops", ["sending troops to Chad"])
    'deployment of troops in Chad'
    >>> completed("pact", ["trade agreement with Chile"])
    'trade agreement with Chile'
    """
    said = signature_of(label)
    others = [other for other in beside if signature_of(other) != said]
    wheres = dict(_iter_wheres(said, others))
    if len(wheres) == 1:
        return _placed(label, next(iter(wheres.values())))
    if said.is_single:
        fuller = [other for other in others if _is_fuller(other, *said.actions, *said.things)]
        if len({signature_of(other) for other in fuller}) == 1:
            return fuller[0]
    return label


def _is_fuller(other: str, value: str) -> bool:
    """Tell "trade agreement with Chile" beside "pact", and "closing mines" beside "closing"."""
    front = front_of(other)
    if not front or signature_of(other).is_single:
        return False
    acts = [word for word in front if _is_gerund(word)]
    if value == value_of(front[0]):
        return acts[:1] == front[:1] or len(front) == 1 or bool(_PARTICIPLE.search(front[1]))
    is_brought = acts == front[:1] and synonyms().is_empty(value_of(acts[0]), value)
    return value == value_of(front[-1]) and (not acts or is_brought)


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and word.casefold() not in synonyms().nouns_in_ing


def _iter_wheres(
    said: Signature, others: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    """Yield the places of the labels that say the same, each with its words."""
    if said.places or said.order or set(said.things) & synonyms().mutual:
        return
    for other in others:
        full = signature_of(other)
        where = _WHERE.search(other)
        if full.places and where and (full.things, full.actions) == (said.things, said.actions):
            yield full.places, (where[1], where[2])


def _placed(label: str, where: tuple[str, str]) -> str:
    """Add a place: troops are sent "to Chad", but are "in Chad"."""
    preposition, place = where
    is_goal = preposition in _GOAL and not any(map(_is_gerund, words(label)))
    is_there = is_goal and bool(set(signature_of(label).things) & synonyms().joint)
    return f"{label} {'in' if is_there else preposition} {place}"
