"""Persons of the user's gazetteer in one article: where they are named, and under which name."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from graphkit.extract.gazetteer import Entry, Gazetteer

if TYPE_CHECKING:
    from graphkit.extract.persons import Person

MAX_WORDS = 8
"""Tokens of the longest name that is looked for; "J. R. R. O'Neill-Roe" has seven."""


def listed_spans(doc: Doc, gazetteer: Gazetteer) -> list[Span]:
    """Return where the text names the user's persons, the longest name at each place.

    Each token costs one look-up, and a few more if a listed name begins with it.
    """
    if not gazetteer.persons:
        return []
    entities = {t.i: e for e in doc.ents for t in e}
    found: list[Span] = []
    for token in doc:
        if found and token.i < found[-1].end:
            continue
        span = _longest_name(token, gazetteer)
        if span is not None and _stands_alone(span, entities, gazetteer):
            found.append(span)
    return found


def _longest_name(first: Token, gazetteer: Gazetteer) -> Span | None:
    opening = first.text.replace("’", "'").replace(".", "").casefold()
    if opening.removesuffix("'s") not in gazetteer.openings or not first.text[0].isupper():
        return None
    for end in range(min(first.i + MAX_WORDS, len(first.doc)), first.i, -1):
        span = first.doc[first.i : end]
        is_bare = span[-1].tag_ != "POS" and not span[-1].is_space
        if is_bare and gazetteer.find_person(span.text) is not None:
            return span
    return None


def _stands_alone(span: Span, entities: dict[int, Span], gazetteer: Gazetteer) -> bool:
    """Tell a person's name from a part of a longer one: "the Jane Roe Foundation"."""
    last = span[-1]
    if last.dep_ == "compound" and last.head.i >= span.end and last.head.pos_ == "PROPN":
        return False
    entity = entities.get(span.start)
    if entity is not None and len(_inner(entity)) > len(span):
        return False  # "Mayor Jane Roe" is read as any name is, and so is "Mary Jane Roe"
    if len(span) > 1:
        return True
    return last.pos_ == "PROPN" and gazetteer.find(span.text) is None


def _inner(entity: Span) -> Span:
    """Return an entity without article and possessive."""
    start = entity.start + (entity[0].lower_ == "the")
    return entity.doc[start : entity.end - (entity[-1].tag_ == "POS")]


def merge_listed(people: list["Person"], gazetteer: Gazetteer) -> list["Person"]:
    """Give the user's persons their names and affiliations; those with one name become one."""
    if not gazetteer.persons:
        return people
    merged: dict[str, Person] = {}
    for person in people:
        entry = None if person.is_shared else _entry(person.name, person.aliases, gazetteer)
        if entry is not None:
            person.name, person.affiliation, person.id = entry.name, entry.represents, entry.id
            person.is_known = True
        known = merged.setdefault(person.name, person)
        if known is not person:
            known.mentions += person.mentions
            known.aliases |= person.aliases
            known.gender = known.gender or person.gender
    return list(merged.values())


def _entry(name: str, aliases: Iterable[str], gazetteer: Gazetteer) -> Entry | None:
    """Look a person up by the fullest name, then by any with a first name.

    A bare surname or an initial says too little: "Roe" may be short for another Roe here.
    """
    telling = (alias for alias in sorted(aliases) if "." not in alias and " " in alias)
    found = (gazetteer.find_person(text) for text in (name, *telling))
    return next((entry for entry in found if entry is not None), None)
