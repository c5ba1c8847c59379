"""Signatures: what a topic label says, so that two wordings of one issue have the same.

"Dispatching Dutch soldiers to Chad" and "Dutch troops in Chad" say: troops, of the Netherlands, at
Chad. Words of one class count as one; what brings a thing about adds nothing to it; who acts and
where it happens stay apart. Two labels with equal signatures mean the same, and no others do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile

from graphkit.concepts.synonyms import Phrase, Place, places, synonyms
from graphkit.concepts.words import STOP_WORDS, stem, words

MAX_PHRASE = 4
"""Words of the longest phrase that stands for a class."""


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """What a label says: each part a sorted choice of stems, classes or names of countries.

    ``actions`` are what is done to ``things``; ``doers`` who does it or whose it is, ``places``
    where or toward whom. ``apart`` holds what "without", "outside" and their like introduce.
    ``order`` keeps names in order where there are several, for who beats whom matters.
    """

    actions: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the signature as one text, equal if and only if the signatures are."""
        parts = (self.actions, self.things, self.doers, self.places, self.apart, self.order)
        return "|".join(",".join(part) for part in parts)

    @property
    def is_telling(self) -> bool:
        """Tell whether this is enough to be one issue and no other: not "taxes", not "Chad"."""
        if self.is_single:
            return bool(self.things) and self.things[0] not in synonyms().generic
        return bool(self.things or self.actions)

    @property
    def is_single(self) -> bool:
        """Tell a label of which a single thing or action is left: "the new taxes", "attending"."""
        return len(self.things) + len(self.actions) == 1 and not (
            self.doers or self.places or self.apart
        )

    def conflicts(self, other: "Signature") -> bool:
        """Tell whether two topics cannot be one: other places, other doers, opposite actions."""
        if _differ(self.places, other.places) or _differ(self.doers, other.doers):
            return True
        pairs = {(one, two) for one in self.actions for two in other.actions}
        return bool(pairs & synonyms().opposites)


@dataclass(frozen=True, slots=True)
class _Element:
    """A word or phrase of a label.

    ``kind`` is thing, action, bringing, place, name, word, light or ally. ``role`` is "by" for who
    does it, "of" for whose it is, "at" behind a preposition, a word such as "without", or "".
    """

    kind: str
    value: str
    role: str = ""
    is_capital: bool = False


@lru_cache(maxsize=200_000)
def signature_of(label: str) -> Signature:
    """Return what a label says.

    >>> signature_of("dispatching Dutch soldiers to Chad") == signature_of("Dutch troops in Chad")
    True
    >>> signature_of("raising taxes") == signature_of("cutting taxes")
    False
    """
    elements = _without_allies(_lightened([*_iter_elements(words(label))]))
    signature = _put_together(elements)
    if head_of(label) in synonyms().mutual and all(element.role != "by" for element in elements):
        sides = {*signature.doers, *signature.places}
        return replace(signature, doers=(), places=tuple(sorted(sides)), order=())
    return signature


def front_of(label: str) -> list[str]:
    """Return the words before the first preposition: "tax cuts" in "tax cuts for the rich"."""
    known = synonyms()
    behind = known.at | known.by | known.apart | {"and", "or"}
    return list(takewhile(lambda word: word.casefold() not in behind, words(label)))


def head_of(label: str) -> str:
    """Return the class or stem of the last word before the first preposition, "" for none."""
    front = front_of(label)
    return value_of(front[-1]) if front else ""


def value_of(word: str) -> str:
    """Return the class of a word, or its stem if it has none."""
    return synonyms().classes((word,))[1] or stem(word)


def _differ(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one and other) and one != other


# --- from words to elements ---------------------------------------------------------------------


def _iter_elements(label: Sequence[str]) -> Iterator[_Element]:
    """Yield the elements of a label with their roles, segment by segment between prepositions."""
    role, behind, start = "", "", 0
    segment: list[_Element] = []
    while start < len(label):
        word = label[start].casefold()
        length = 1
        if word in synonyms().at | synonyms().by | synonyms().apart:
            yield from _settled(segment, role, behind)
            segment, behind = [], word
            role = role if word == "of" and role in synonyms().apart else _role(word)
        elif word not in STOP_WORDS and word not in synonyms().ground:
            element, length = _element(label, start)
            if not role and segment and _is_verb(label[start], element):
                segment = [replace(one, role="by") for one in segment]
            segment.append(element)
        start += length
    yield from _settled(segment, role, behind)


def _role(preposition: str) -> str:
    if preposition in synonyms().apart:
        return preposition
    return "by" if preposition in synonyms().by else "at"


def _settled(segment: Sequence[_Element], role: str, behind: str) -> Iterator[_Element]:
    """Give the elements between two prepositions their roles, also a place's to what follows it.

    "Arming Chad" happens there, as what comes behind "in"; "Chad's arms" are its own.
    """
    for i, element in enumerate(segment):
        is_before = i + 1 < len(segment)
        is_where = role == "at" and behind != "of" and element in segment[-2:]
        if element.value in _allied() and not is_where:
            yield replace(element, kind="ally", role=element.role or role)
        elif element.role:
            yield element
        elif element.kind == "place" and role in {"", "at"}:
            yield replace(element, role="of" if is_before or not (role or i) else "at")
        elif element.kind == "light" and not _is_light(segment, i):
            yield replace(element, kind="word", role=role)
        else:
            yield replace(element, role=role)


@cache
def _allied() -> frozenset[str]:
    return frozenset(map(stem, synonyms().groups | synonyms().members))


def _is_light(segment: Sequence[_Element], i: int) -> bool:
    """Tell "plans" in "plans for a tax cut" and in "tax cut plans" from that in "peace plans"."""
    is_plain = segment[i].value not in {stem(word) for word in synonyms().heads}
    is_alone = i + 1 == len(segment) and all(e.kind == "light" for e in segment[:i])
    return is_plain or is_alone or (i > 0 and segment[i - 1].kind == "action")


def _element(label: Sequence[str], start: int) -> tuple[_Element, int]:
    """Return the longest phrase that begins here, and how many words it takes."""
    for length in range(min(MAX_PHRASE, len(label) - start), 0, -1):
        phrase = tuple(label[start : start + length])
        place = places().get(phrase)
        if place is not None:
            return _place(place, label[start - 1] if start else "", phrase), length
        if phrase[-1].casefold() not in STOP_WORDS:
            kind, value = synonyms().classes(phrase)
            if kind:
                return _Element(kind, value), length
    word = label[start]
    following = label[start + 1] if start + 1 < len(label) else ""
    is_name = word[0].isupper() and (start > 0 or following[:1].isupper())
    if not is_name and word.casefold() in synonyms().light | synonyms().heads:
        return _Element("light", stem(word)), 1
    return _Element("name" if is_name else "word", stem(word), is_capital=word[0].isupper()), 1


def _place(place: Place, before: str, phrase: Phrase) -> _Element:
    if place.is_capital and before.casefold() not in synonyms().toward:
        return _Element("name", " ".join(phrase).casefold(), is_capital=True)
    return _Element("place", place.country.casefold())


def _is_verb(word: str, element: _Element) -> bool:
    """Tell "arming" in "Chad arming rebels", before which stands who does it."""
    is_word = element.kind not in {"place", "name", "light"}
    return is_word and word.endswith("ing") and word.casefold() not in synonyms().nouns_in_ing


# --- from elements to a signature ---------------------------------------------------------------


def _lightened(elements: Sequence[_Element]) -> list[_Element]:
    """Leave out what adds nothing, as long as something is left."""
    kept = [e for e in elements if e.kind != "light"]
    said = [e.value for e in kept if e.kind in {"thing", "action", "word", "name"}]
    kept = [
        e
        for e in kept
        if e.kind != "bringing" or not any(synonyms().is_empty(e.value, thing) for thing in said)
    ]
    return kept if any(e.kind != "place" for e in kept) else list(elements)


def _without_allies(elements: Sequence[_Element]) -> list[_Element]:
    """Leave out the alliance whose troops they are, for it adds nothing to the topic."""
    is_joint = any(e.value in synonyms().joint for e in elements if e.kind == "thing")
    return [e for e in elements if e.kind != "ally" or not is_joint]


def _put_together(elements: Sequence[_Element]) -> Signature:
    apart = synonyms().apart
    acts = [e for e in elements if e.kind in {"action", "bringing"} and e.role not in apart]
    doers = [e for e in elements if e.role in {"of", "by"} and e not in acts]
    rest = [e for e in elements if e.role in {"", "at"} and e not in acts]
    names = [e.value for e in elements if e.is_capital]
    return Signature(
        actions=_sorted(acts),
        things=_sorted(e for e in rest if e.kind != "place"),
        doers=_sorted(doers),
        places=tuple(dict.fromkeys(e.value for e in rest if e.kind == "place")),
        apart=tuple(sorted({f"{e.role} {e.value}" for e in elements if e.role in apart})),
        order=tuple(names) if len(names) > 1 else (),
    )


def _sorted(elements: Iterable[_Element]) -> tuple[str, ...]:
    return tuple(sorted({element.value for element in elements}))
