"""Persons in one article: name chains, offices, and whom they speak for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from graphkit.extract.gazetteer import Gazetteer, without_possessive
from graphkit.extract.listed import merge_listed
from graphkit.extract.person_spans import (
    PARTICLES,
    full_surnames,
    is_first_name,
    is_title,
    person_spans,
)
from graphkit.extract.roles import Gender, affiliation_of, first_role, gender_of_noun, role_phrases
from graphkit.extract.syntax import children, object_of

_TITLES = {"rep": "representative", "sen": "senator", "gov": "governor", "amb": "ambassador"}
_COUNTERPART = "counterpart"


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

    @property
    def surname(self) -> str:
        """Return the last word of the name, in lower case."""
        return _surname(self.name)


def _surname(name: str) -> str:
    """Return the bare surname: "al-Assad" and "Assad" are one."""
    return name.rsplit(maxsplit=1)[-1].casefold().removeprefix("al-").removeprefix("el-")


def persons(doc: Doc, gazetteer: Gazetteer) -> list[Person]:
    """Chain the mentions of each person, longest names first, and read their offices."""
    surnames = full_surnames(doc, gazetteer)
    spans = person_spans(doc, surnames, gazetteer)
    named = [(span, _name(span, gazetteer, surnames)) for span in spans]
    mentions = [(span, name) for span, name in named if name]
    people: list[Person] = []
    for span, given in sorted(mentions, key=lambda m: (-len(m[1].split()), m[0].start)):
        name = _without_opening_word(span, given, people, gazetteer)
        gender = _titled_gender(span, gazetteer)
        person = _match(name, span.start, gender, people)
        if person is None:
            person = Person(name, gender=gender or _named_gender(name, gazetteer))
            people.append(person)
        person.gender = gender or person.gender
        person.mentions.append((span.start, span.end))
        person.aliases.add(name)
    people = merge_listed(people, gazetteer)
    for person in people:
        person.gender = person.gender or _named_gender(person.name, gazetteer)
        person.mentions.sort()
        _read_offices(doc, person, gazetteer)
    for person in people:
        _read_counterpart(person, people)
    return people


def _name(span: Span, gazetteer: Gazetteer, surnames: frozenset[str]) -> str:
    """Return the name without titles, possessives, and what follows a line break.

    A title that is somebody's surname is a name where it stands alone.
    """
    tokens = []
    for token in span:
        if token.is_space:
            break
        tokens.append(token)
    is_surname = len(tokens) == 1 and tokens[0].text in surnames
    while tokens and not is_surname and _is_no_name(tokens[0], gazetteer):
        tokens.pop(0)
    while tokens and (tokens[-1].tag_ == "POS" or tokens[-1].is_punct):
        tokens.pop()
    text = without_possessive("".join(token.text_with_ws for token in tokens).strip())
    return " ".join(text.split()) if any(char.isupper() for char in text) else ""


def _is_no_name(token: Token, gazetteer: Gazetteer) -> bool:
    return is_title(token, gazetteer) or token.pos_ == "ADV"


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
    fits = [p for p in fits if not gender or p.gender in {"", gender}]
    return max(
        fits,
        key=lambda p: max((s for s, _ in p.mentions if s < position), default=-1),
        default=None,
    )


def _name_parts(person: Person) -> set[str]:
    words = person.name.casefold().split()
    return {person.surname, words[0]} if len(words) > 1 else {person.surname}


def _same_first(full: str, words: list[str]) -> bool:
    first, other = full.split(maxsplit=1)[0].rstrip("."), words[0].rstrip(".")
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


def _read_offices(doc: Doc, person: Person, gazetteer: Gazetteer) -> None:
    for begin, end in person.mentions:
        start = begin
        while start < end - 1 and is_title(doc[start], gazetteer):
            start += 1
        for phrase in role_phrases(doc[start:end].root, start, end):
            _read_role(person, phrase, gazetteer)
        person.affiliation = person.affiliation or _home(doc[start:end].root, gazetteer)


def _home(name: Token, gazetteer: Gazetteer) -> str:
    """Return the organization of "Rex Bird of Amnesty International"; a town is only an origin."""
    for preposition in children(name, "prep"):
        organization = object_of(preposition)
        if (
            preposition.lower_ in {"of", "from", "with", "at"}
            and organization is not None
            and organization.ent_type_ == "ORG"
        ):
            return affiliation_of(list(organization.subtree), gazetteer)
    return ""


def _read_role(person: Person, phrase: list[Token], gazetteer: Gazetteer) -> None:
    nouns = gazetteer.nouns
    words = [_TITLES.get(token.lower_.rstrip("."), token.lower_) for token in phrase]
    text = " ".join(words)
    person.gender = person.gender or gender_of_noun(phrase, gazetteer)
    role = first_role(text, nouns["spokespeople"]) or first_role(text, nouns["offices"])
    if not role:
        other = first_role(text, nouns["people"])
        if other:
            person.roles.append(other)
        return
    person.roles.append(role)
    person.is_spokesperson |= role in nouns["spokespeople"]
    if not person.affiliation:
        person.affiliation = affiliation_of(phrase, gazetteer)


def _read_counterpart(person: Person, people: Sequence[Person]) -> None:
    """Give "his Czech counterpart" the office of the person named last before."""
    if _COUNTERPART not in person.roles:
        return
    start = person.mentions[0][0]
    before = [p for p in people if p.roles and p.mentions[0][0] < start]
    model = max(before, key=lambda p: max(s for s, _ in p.mentions if s < start), default=None)
    if model is not None:
        person.roles[person.roles.index(_COUNTERPART)] = model.roles[0]


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
