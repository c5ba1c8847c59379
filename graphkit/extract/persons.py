"""Persons in one article: name chains, offices, and whom they speak for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from graphkit.extract.gazetteer import Gazetteer, without_possessive
from graphkit.extract.listed import merge_listed
from graphkit.extract.person_roles import read_counterpart, read_offices
from graphkit.extract.person_spans import (
    PARTICLES,
    full_surnames,
    is_first_name,
    is_title,
    person_spans,
)
from graphkit.extract.roles import Gender, role_phrases

_NICKNAME = re.compile(r'["“”](\w+)["“”]')
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DASHES = frozenset({"-", "–", "—"})


@dataclass
class Person:
    """A person as the article shows them; mentions are token ranges in text order."""

    name: str
    mentions: list[tuple[int, int]] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    roles: list[str] = field(default_factory=list)
    affiliation: str = ""
    id: str = ""
    gender: Gender = ""
    is_spokesperson: bool = False
    owner: Token | None = None
    """The pronoun or noun that may tell whom they speak for: "its foreign minister"."""
    short_since: int | None = None
    """Where the article first calls them by one word of their name."""
    is_shared: bool = False
    """Whether it is but a surname that several bear, and nobody can say whom it means."""
    is_known: bool = False
    """Whether the user's gazetteer has them."""

    @property
    def surname(self) -> str:
        """Return the last word of the name, in lower case."""
        return _surname(self.name)


def _surname(name: str) -> str:
    """Return the bare surname: "al-Assad" and "Assad" are one, and "Jr." is none."""
    words = name.casefold().split()
    while len(words) > 1 and words[-1].rstrip(".") in _GENERATIONS:
        words.pop()
    return words[-1].removeprefix("al-").removeprefix("el-")


def persons(doc: Doc, gazetteer: Gazetteer) -> list[Person]:
    """Chain the mentions of each person, longest names first, and read their offices."""
    surnames = full_surnames(doc, gazetteer)
    spans = person_spans(doc, surnames, gazetteer)
    named = [(span, _name(span, gazetteer, surnames)) for span in spans]
    named = [(s, _completed(s, n, spans, gazetteer) if n not in surnames else n) for s, n in named]
    mentions = [(span, name) for span, name in named if name]
    people: list[Person] = []
    for span, given in sorted(mentions, key=lambda m: (-len(m[1].split()), m[0].start)):
        name = _without_opening_word(span, given, people, gazetteer)
        gender = _titled_gender(span, gazetteer)
        person = _match(name, span, gender, people, gazetteer)
        if person is None:
            person = Person(name, gender=gender or _named_gender(name, gazetteer))
            person.is_shared = " " not in name and any(name in p.name.split() for p in people)
            people.append(person)
        person.gender = gender or person.gender
        person.mentions.append((span.start, span.end))
        if " " not in name and person.short_since is None:
            person.short_since = span.start
        person.aliases.add(name)
    people = merge_listed(people, gazetteer)
    for person in people:
        person.gender = person.gender or _named_gender(person.name, gazetteer)
        person.mentions.sort()
    for person in people:
        read_offices(doc, person, people, gazetteer)
    for person in people:
        read_counterpart(person, people)
    return people


def _name(span: Span, gazetteer: Gazetteer, surnames: frozenset[str]) -> str:
    """Return the name without titles, possessives, and what follows a line break.

    A title that is somebody's surname is a name where it stands alone.
    """
    tokens: list[Token] = []
    for token in span:
        if token.is_space or (tokens and token.text in _DASHES and tokens[-1].whitespace_):
            break
        tokens.append(token)
    is_surname = len(tokens) == 1 and tokens[0].text in surnames
    while tokens and not is_surname and _is_no_name(tokens[0], gazetteer):
        tokens.pop(0)
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct):
        tokens.pop()
    text = without_possessive("".join(token.text_with_ws for token in tokens).strip())
    return " ".join(text.split()) if any(char.isupper() for char in text) else ""


def _completed(span: Span, name: str, spans: Sequence[Span], gazetteer: Gazetteer) -> str:
    """Add the surname to the first of a pair: "Charles G. and David H. Pell"."""
    words = name.split()
    is_whole = len(words) != 1 + name.endswith(".") or not is_first_name(words[0], gazetteer)
    if is_whole or span.doc[span.end : span.end + 1].text != "and":
        return name
    other = next((s for s in spans if s.start == span.end + 1 and len(s) > 1), None)
    return f"{name} {other[-1].text}" if other is not None else name


def _is_no_name(token: Token, gazetteer: Gazetteer) -> bool:
    return is_title(token, gazetteer) or token.pos_ == "ADV"


def _match(
    name: str, span: Span, gender: Gender, people: Sequence[Person], gazetteer: Gazetteer
) -> Person | None:
    """Return the person whom a shorter or equal name means, or None.

    A bare surname that several persons share goes by its title ("Ms. Novak"), else see `_bearer`.
    """
    words = [word for word in name.split() if word.casefold() not in PARTICLES]
    if not words:
        return None
    exact = [p for p in people if p.name.casefold() == name.casefold() and not p.is_shared]
    if exact:
        return exact[0]
    if len(words) > 1:
        fits = [p for p in people if p.surname == _surname(name) and _same_first(p.name, words)]
    else:
        fits = [p for p in people if _surname(words[0]) in _name_parts(p) and not p.is_shared]
        fits = [p for p in fits if p.surname == _surname(words[0])] or fits
    fits = [p for p in fits if not gender or p.gender in {"", gender}]
    if len(words) == 1 and len(fits) > 1:
        return _bearer(name, span, fits, people, gazetteer)
    return max(fits, key=lambda p: _last_mention(p, span.start), default=None)


def _bearer(
    name: str, span: Span, fits: Sequence[Person], people: Sequence[Person], gazetteer: Gazetteer
) -> Person | None:
    """Return whom a surname means that several bear: the only one yet, else nobody known.

    Reporters go on calling the same one by the surname, and somebody's "wife" or "son" by the
    full name.
    """
    earlier = [p for p in fits if _last_mention(p, span.start) >= 0]
    chief = [p for p in earlier if not _is_relative(p, span.doc, gazetteer)]
    for some in (earlier, chief, [p for p in earlier if p.short_since is not None]):
        if len(some) == 1:
            return some[0]
    return next((p for p in people if p.is_shared and p.name.casefold() == name.casefold()), None)


def _is_relative(person: Person, doc: Doc, gazetteer: Gazetteer) -> bool:
    phrases = (phrase for s, e in person.mentions for phrase in role_phrases(doc[s:e].root, s, e))
    return any(t.lemma_.lower() in gazetteer.nouns["family"] for phrase in phrases for t in phrase)


def _last_mention(person: Person, position: int) -> int:
    return max((start for start, _ in person.mentions if start < position), default=-1)


def _name_parts(person: Person) -> set[str]:
    words = person.name.casefold().split()
    return {person.surname, words[0]} if len(words) > 1 else {person.surname}


def _same_first(full: str, words: list[str]) -> bool:
    first, other = full.split(maxsplit=1)[0].rstrip("."), words[0].rstrip(".")
    if other in _NICKNAME.findall(full):
        return True
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _without_opening_word(
    span: Span, name: str, people: Sequence[Person], gazetteer: Gazetteer
) -> str:
    """Drop a sentence's first word from before a known surname: "Later Delcourt said"."""
    first, *rest = name.split()
    if len(rest) != 1 or not span[0].is_sent_start or is_first_name(first, gazetteer):
        return name
    is_known = any(person.surname == _surname(rest[0]) for person in people)
    is_name = any(person.name.split()[0] == first for person in people)
    return rest[0] if is_known and not is_name else name


def _titled_gender(span: Span, gazetteer: Gazetteer) -> Gender:
    """Return what a title before or inside a name tells: "Ms. Novak"."""
    titles = {token.lower_ for token in span.doc[max(span.start - 1, 0) : span.start]}
    titles |= {span[0].lower_} if len(span) > 1 else set()
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
