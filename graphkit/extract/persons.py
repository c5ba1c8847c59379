"""Persons in one article: name chains, offices, and whom they speak for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Span, Token

from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.syntax import children, first_child
from graphkit.extract.words import words

Gender = Literal["he", "she", ""]
SPEAKING = words("speaking")
PARTICLES = words("particles")
_PARTY_STATE = re.compile(r"^[DRI]-[A-Z]")


@dataclass
class Person:
    """A person as the article shows them; mentions are token ranges in text order."""

    name: str
    mentions: list[tuple[int, int]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    affiliation: str = ""
    gender: Gender = ""
    is_spokesperson: bool = False

    @property
    def surname(self) -> str:
        """Return the last word of the name, in lower case."""
        return _surname(self.name)


def _surname(name: str) -> str:
    """Return the bare surname: "al-Assad" and "Assad" are one."""
    return name.rsplit(maxsplit=1)[-1].casefold().removeprefix("al-").removeprefix("el-")


def persons(doc: Doc, gazetteer: Gazetteer) -> list[Person]:
    """Chain the mentions of each person, longest names first, and read their offices."""
    mentions = [m for m in _person_spans(doc, gazetteer) if _name(m, gazetteer)]
    people: list[Person] = []
    for span in sorted(mentions, key=lambda m: (-len(_name(m, gazetteer).split()), m.start)):
        name = _without_opening_word(span, _name(span, gazetteer), people, gazetteer)
        gender = _titled_gender(span, gazetteer)
        person = _match(name, span.start, gender, people)
        if person is None:
            person = Person(name, gender=gender or _named_gender(name, gazetteer))
            people.append(person)
        person.gender = gender or person.gender
        person.mentions.append((span.start, span.end))
        person.aliases.add(name)
    for person in people:
        person.mentions.sort()
        _read_offices(doc, person, gazetteer)
    return people


def _person_spans(doc: Doc, gazetteer: Gazetteer) -> list[Span]:
    """Return entity spans that name persons, among them surnames that the model mistyped."""
    spans = [
        e
        for e in doc.ents
        if e.label_ == "PERSON" and gazetteer.find(e.text, "name") is None and not _is_plural(e)
    ]
    spans += _speaking_names(doc, spans, gazetteer)
    surnames = {span[-1].text for span in spans if len(span) > 1}
    for entity in doc.ents:
        follows_title = entity.start > 0 and _is_title(doc[entity.start - 1], gazetteer)
        if entity.label_ in {"ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "WORK_OF_ART"}:
            known = entity.text in surnames and len(entity) == 1
            if known or (follows_title and gazetteer.find(entity.text) is None):
                spans.append(entity)
    taken = {i for span in spans for i in range(span.start, span.end)}
    spans.extend(
        doc[t.i : t.i + 1]
        for t in doc
        if t.text in surnames and t.pos_ == "PROPN" and t.i not in taken and not t.ent_type_
    )
    return spans


def _is_plural(entity: Span) -> bool:
    """Tell a people from a person: "Latinos vote"."""
    if entity.root.tag_ in {"NNPS", "NNS"}:
        return True
    return (
        len(entity) == 1
        and entity.text.endswith("s")
        and entity.root.dep_ == "nsubj"
        and entity.root.head.tag_ == "VBP"
    )


def _speaking_names(doc: Doc, known: list[Span], gazetteer: Gazetteer) -> list[Span]:
    """Return names of two or three words that speak or have an office but were not recognised."""
    taken = {i for span in known for i in range(span.start, span.end)}
    found = []
    for token in doc:
        if (
            token.pos_ != "PROPN"
            or token.tag_ == "NNPS"
            or token.i in taken
            or token.ent_type_ == "ORG"
        ):
            continue
        speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in SPEAKING
        if not (speaks or token.dep_ == "appos"):
            continue
        start = token.i
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].dep_ == "compound":
            start -= 1
        span = doc[start : token.i + 1]
        if (
            2 <= len(span) <= 3
            and gazetteer.find(span.text) is None
            and gazetteer.find(token.text) is None
            and all(t.is_alpha and t.is_title for t in span)
            and token.lemma_.lower() not in gazetteer.nouns["bodies"]
        ):
            found.append(span)
    return found


def _is_title(token: Token, gazetteer: Gazetteer) -> bool:
    text = token.lower_
    return text in gazetteer.nouns["titles"] or text.rstrip(".") in gazetteer.nouns["titles"]


def _name(span: Span, gazetteer: Gazetteer) -> str:
    """Return the name without titles, possessives, and what follows a line break."""
    tokens = []
    for token in span:
        if token.is_space:
            break
        tokens.append(token)
    while tokens and (_is_title(tokens[0], gazetteer) or tokens[0].pos_ == "ADV"):
        tokens.pop(0)
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct):
        tokens.pop()
    text = (
        "".join(token.text_with_ws for token in tokens)
        .strip()
        .removesuffix("’s")
        .removesuffix("'s")
    )
    return " ".join(text.split()) if any(char.isupper() for char in text) else ""


def _match(name: str, position: int, gender: Gender, people: Sequence[Person]) -> Person | None:
    """Return the person whom a shorter or equal name means, or None.

    A bare surname that several persons share goes by its title ("Ms. Novak"), and then to the one
    mentioned last before it.
    """
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    if not words:
        return None
    exact = [p for p in people if p.name.casefold() == name.casefold()]
    if exact:
        return exact[0]
    if len(words) > 1:
        fits = [p for p in people if p.surname == _surname(name) and _same_first(p.name, words)]
    else:
        fits = [p for p in people if _surname(words[0]) in _name_parts(p)]
    if len(fits) <= 1:
        return fits[0] if fits else None
    fits = [p for p in fits if not gender or p.gender in {"", gender}] or fits
    return max(fits, key=lambda p: max((s for s, _ in p.mentions if s < position), default=-1))


def _name_parts(person: Person) -> set[str]:
    words = person.name.casefold().split()
    return {person.surname, words[0]} if len(words) > 1 else {person.surname}


def _same_first(full: str, words: list[str]) -> bool:
    first, other = full.split(maxsplit=1)[0].rstrip("."), words[0].rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _read_offices(doc: Doc, person: Person, gazetteer: Gazetteer) -> None:
    for start, end in person.mentions:
        for phrase in _role_phrases(doc[start:end].root, start, end):
            _read_role(person, phrase, gazetteer)


def _without_opening_word(
    span: Span, name: str, people: Sequence[Person], gazetteer: Gazetteer
) -> str:
    """Drop a sentence's first word from before a known surname: "Later Delcourt said"."""
    first, *rest = name.split()
    known = (
        any(person.surname == _surname(rest[0]) for person in people) if len(rest) == 1 else False
    )
    is_name = first.casefold() in gazetteer.nouns["male_names"] | gazetteer.nouns["female_names"]
    named = any(person.name.split()[0] == first for person in people)
    return rest[0] if known and span[0].is_sent_start and not is_name and not named else name


def _titled_gender(span: Span, gazetteer: Gazetteer) -> Gender:
    """Return what a title before or inside a name tells: "Ms. Novak"."""
    titles = {span.doc[max(span.start - 1, 0)].lower_, span[0].lower_}
    if titles & gazetteer.nouns["male_titles"]:
        return "he"
    return "she" if titles & gazetteer.nouns["female_titles"] else ""


def _named_gender(name: str, gazetteer: Gazetteer) -> Gender:
    """Return what a first name tells."""
    first, *rest = name.casefold().split()
    if not rest:
        return ""
    if first in gazetteer.nouns["male_names"]:
        return "he"
    return "she" if first in gazetteer.nouns["female_names"] else ""


def _role_phrases(head: Token, start: int, end: int) -> list[list[Token]]:
    """Collect the words that tell an office: before the name, in appositions on either side."""
    phrases: list[list[Token]] = []
    compound = [t for t in head.subtree if t.i < start and (start - t.i) <= 8]
    if compound:
        after = [t for c in children(head, "prep") for t in c.subtree if t.i >= end][:8]
        phrases.append(compound + after)
    phrases.extend(list(child.subtree) for child in children(head, "appos"))
    if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"}:
        inside = set(head.subtree)
        phrases.append([t for t in head.head.subtree if t not in inside])
    return phrases


def _read_role(person: Person, phrase: list[Token], gazetteer: Gazetteer) -> None:
    nouns = gazetteer.nouns
    words = [token.lower_ for token in phrase]
    text = " ".join(words)
    role = _first_role(text, nouns["spokespeople"]) or _first_role(text, nouns["offices"])
    if not role:
        other = _first_role(text, nouns["people"])
        if other:
            person.roles.append(other)
        return
    person.roles.append(role)
    person.is_spokesperson |= role in nouns["spokespeople"]
    if not person.affiliation:
        person.affiliation = affiliation_of(phrase, gazetteer)


def _first_role(text: str, roles: frozenset[str]) -> str:
    """Return the longest role that stands in a phrase as a whole word, or ""."""
    padded = f" {text} "
    found = [role for role in roles if f" {role} " in padded]
    return max(sorted(found), key=len, default="")


def affiliation_of(phrase: Sequence[Token], gazetteer: Gazetteer) -> str:
    """Return the country or organization that a role phrase names, by its canonical name."""
    inside = {token.i for token in phrase}
    for entity in phrase[0].doc.ents if phrase else ():
        if entity.start not in inside or entity.label_ not in {"GPE", "NORP", "ORG"}:
            continue
        entry = gazetteer.find(entity.text)
        if entry is not None:
            return entry.name
        if entity.label_ in {"ORG", "GPE"} and not _PARTY_STATE.match(entity.text):
            return (
                entity.text.removeprefix("the ")
                .removeprefix("The ")
                .removesuffix("’s")
                .removesuffix("'s")
            )
    for token in phrase:
        entry = gazetteer.find(token.text, "name", "adjective", "seat")
        if entry is not None and token.text[0].isupper():
            return entry.name
    return ""


def role_noun(token: Token, gazetteer: Gazetteer) -> str:
    """Return the office that a common noun names ("prime minister"), or ""."""
    modifier = first_child(token, "amod", "compound")
    pair = f"{modifier.lower_} {token.lemma_.lower()}" if modifier is not None else ""
    nouns = gazetteer.nouns
    for text in (pair, token.lemma_.lower()):
        if text and (text in nouns["offices"] or text in nouns["spokespeople"]):
            return text
    return ""
