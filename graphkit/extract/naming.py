"""Names in one article: the tokens that name a person, a country, an organization or a people."""

from functools import cached_property

from spacy.tokens import Doc, Token

from graphkit.extract.gazetteer import Entry, Gazetteer, without_article, without_possessive
from graphkit.extract.person_spans import is_body_name
from graphkit.extract.persons import Person, persons
from graphkit.extract.roles import is_held, without_state
from graphkit.extract.short_names import acronyms, clean_name, full_names, used_forms
from graphkit.extract.syntax import SUBJECTS, children, first_child, subtree_span, trimmed
from graphkit.statement import Actor, Span

MAX_GROUP_WORDS = 9
WINDOW = 5
"""Tokens on either side of a head in which a known name is looked for."""


class Names:
    """The names of one parsed article.

    A person goes by the fullest form in the article, a country or organization by the gazetteer's
    name or else by its fullest form in the article.
    """

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.people = persons(doc, gazetteer)
        self.person_at = {i: p for p in self.people for s, e in p.mentions for i in range(s, e)}
        self._entity_at = {t.i: clean_name(e.text) for e in doc.ents for t in e}
        self._acronyms = acronyms(doc, gazetteer)
        people = [person.name for person in self.people]
        self._organizations = full_names(doc, gazetteer, people) | self._acronyms

    def named(self, token: Token) -> Actor | None:
        """Return the actor that a token names, or None if it is no name."""
        person = self.person(token)
        if person is not None:
            return self.person_actor(person)
        for child in children(token, "appos"):
            if is_body_name(child, self.gazetteer) and child.ent_type_:
                return self.body(child)
        if token.pos_ not in {"PROPN", "NOUN", "ADJ", "NUM"} or token.dep_ in {"amod", "compound"}:
            return None
        return self.body(token)

    def body(self, token: Token) -> Actor | None:
        """Return the country or organization named at a token, be it a modifier: "NATO chief"."""
        if _is_party_label(token):
            return None
        full = self._acronyms.get(token.text)
        if full is not None:
            return Actor(name=self._organizations.get(full, full), type="organization")
        return self._from_gazetteer(token) or self._from_entity(token)

    def person(self, token: Token) -> Person | None:
        """Return the person named at the token or in an apposition to it."""
        if token.i in self.person_at:
            return self.person_at[token.i]
        for child in children(token, "appos"):
            if child.i in self.person_at and token.pos_ == "NOUN" and token.tag_ == "NN":
                return self.person_at[child.i]
        return None

    def person_named(self, name: str) -> Person | None:
        """Return the person who goes by a canonical name, or None."""
        return next((person for person in self.people if person.name == name), None)

    def person_actor(self, person: Person) -> Actor:
        """Return a person as an actor, with the first office told and whom it serves."""
        return Actor(
            name=person.name,
            type="person",
            aliases=tuple(sorted(person.aliases - {person.name})),
            role=_role(person, self.gazetteer),
            represents=self.full_name(person.affiliation),
            id=person.id,
            is_local=person.is_shared,
            is_known=person.is_known,
        )

    def full_name(self, name: str) -> str:
        """Return the fullest form of an organization's name, and that of "Commission President"."""
        if name in self._organizations and self._organizations[name] != name:
            return self._organizations[name]
        if " " in name or name.casefold() not in self.gazetteer.nouns["bodies"]:
            return name
        longer = {full for full in self._organizations if full.endswith(f" {name}")}
        if len(longer) != 1:
            return name
        (only,) = longer
        entry = self.gazetteer.find(only, "name")
        return entry.name if entry is not None else only

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Return the other forms by which the article names organizations and countries."""
        return used_forms(self.doc, self.gazetteer, self._organizations)

    def _from_gazetteer(self, token: Token) -> Actor | None:
        for text in self._name_texts(token):
            entry = self.gazetteer.find(text, "name", "seat", "capital", "region")
            if entry is None and text[:1].isupper():
                people = self.gazetteer.find(text, "people")
                if people is not None and token.tag_ in {"NNPS", "NNS"}:
                    return Actor(name=self.phrase(token), type="group")
            if entry is not None and text[:1].isupper():
                if _is_of_another_place(token, text, entry, self.gazetteer):
                    continue
                return known_actor(entry)
        return None

    def _name_texts(self, token: Token) -> list[str]:
        """Return what may be a name at the token: known names around it, the longest first."""
        entity = self._entity_at.get(token.i, "")
        first, last = self._long_name_around(token)
        windows = [
            self.doc[start:end].text
            for start in range(first, token.i + 1)
            if self.doc[start].text[0].isupper()
            for end in range(token.i + 1, last + 1)
            if end - start > 1 and _has_name(self.doc, start, end)
            if token.dep_ != "poss" or not start <= token.head.i < end  # "Poland's army"
        ]
        longest = sorted(windows, key=len, reverse=True)
        known = [text for text in longest if self.gazetteer.find(text, "name", "seat") is not None]
        return [*known, *([entity] if entity else []), token.text]

    def _long_name_around(self, token: Token) -> tuple[int, int]:
        """Return the tokens around a token that may be words of one known long name."""
        first = last = token.i
        if not self._is_in_long_name(first):
            return first, first
        while first > max(token.i - WINDOW, 0) and self._is_in_long_name(first - 1):
            first -= 1
        while last < min(token.i + WINDOW, len(self.doc)) and self._is_in_long_name(last):
            last += 1
        return first, last

    def _is_in_long_name(self, place: int) -> bool:
        text = self.doc[place].text.casefold().replace(".", "")
        return text in self.gazetteer.words or not text.isalnum()

    def _from_entity(self, token: Token) -> Actor | None:
        label, text = token.ent_type_, self._entity_at.get(token.i, "")
        if not text and token.pos_ == "PROPN":
            text = self.doc[token.left_edge.i : token.i + 1].text
            label = "ORG" if text in self._organizations else ""
        is_noun = text.casefold() in self.gazetteer.nouns["bodies"]  # "the Committee"
        if not text or is_noun or (token.dep_ == "poss" and label == "NORP"):
            return None
        is_mistyped = label == "PERSON" and (
            text in self._organizations or is_body_name(token, self.gazetteer)
        )
        if label == "ORG" or is_mistyped:
            return Actor(name=self._organizations.get(text, text), type="organization")
        if label == "GPE":
            return Actor(name=text, type="organization")
        if label == "NORP" and token.tag_ in {"NNPS", "NNS", "NNP"}:
            return Actor(name=self.phrase(token), type="group")
        if (
            label == "LOC"
            and token.dep_ in SUBJECTS | {"agent", "pobj", "poss"}
            and text.casefold() in {"europe", "the west", "west"}
        ):
            return Actor(name=without_article(text), type="group")
        return None

    def phrase(self, token: Token) -> str:
        """Return a noun phrase as the name of a group."""
        return _phrase(self.doc, *self.phrase_range(token))

    def phrase_range(self, token: Token) -> tuple[int, int]:
        """Return the token range of a phrase without clauses, appositions and coordination."""
        start, end = subtree_span(
            token, skip=("relcl", "appos", "conj", "cc", "acl", "punct", "advcl", "parataxis")
        )
        end = min(end, start + MAX_GROUP_WORDS + 2)
        taken = _TAKING.get(token.head.lemma_.lower(), "") if token.dep_ == "dobj" else ""
        breaks = (t.i for t in self.doc[token.i + 1 : end] if _is_break(t) or t.lower_ == taken)
        return trimmed(self.doc, start, next(breaks, end))

    def span(self, token: Token) -> Span:
        """Return the characters that name the actor at a token."""
        person = self.person_at.get(token.i)
        if person is not None:
            start, end = next((s, e) for s, e in person.mentions if s <= token.i < e)
        else:
            start, end = self.phrase_range(token)
            if not start <= token.i < end:
                start, end = token.i, token.i + 1
        return self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])


def known_actor(entry: Entry) -> Actor:
    """Return a gazetteer entry as an actor."""
    return Actor(
        name=entry.name,
        type=entry.type,
        represents=entry.represents,
        id=entry.id,
        is_known=True,
    )


def _role(person: Person, gazetteer: Gazetteer) -> str:
    """Return the first office that is told, one that is held before others, else the trade."""
    nouns = gazetteer.nouns
    offices = [r for r in person.roles if r in nouns["offices"] or r in nouns["spokespeople"]]
    others = [r for r in person.roles if not is_held(r) and without_state(r) in nouns["offices"]]
    trades = [r for r in person.roles if r in nouns["trades"]]
    return next(iter((*offices, *others, *trades)), "")


def _is_party_label(token: Token) -> bool:
    """Tell what only says who somebody is: the words of "Rep. Ada Holt, D-Maryland"."""
    doc = token.doc
    starts = range(max(token.i - 2, 0), min(token.i + 1, len(doc) - 1))
    return any(
        doc[start + 1].text == "-"
        and doc[start].text in {"D", "R", "I"}
        and not doc[start].whitespace_
        for start in starts
    )


def _is_of_another_place(token: Token, text: str, entry: Entry, gazetteer: Gazetteer) -> bool:
    """Tell the Senate from "the Ohio Senate" and "the Thai Senate": a place stands before it."""
    if not entry.country or entry.sense != "name":
        return False
    for modifier in children(token, "compound", "amod", "nmod"):
        place = token.doc[modifier.left_edge.i : modifier.i + 1].text
        found = gazetteer.find(place, "region", "name", "adjective")
        if found is None or place in text or not place[0].isupper():
            continue
        if found.sense == "region" or (found.type == "country" and found.name != entry.country):
            return True
    return False


_TAKING = dict.fromkeys(
    ("accuse", "convict", "suspect", "warn", "remind", "inform", "notify", "assure", "rob"), "of"
) | dict.fromkeys(
    ("blame", "criticise", "criticize", "praise", "condemn", "thank", "fault", "attack"), "for"
)
"""Verbs whose preposition the parser may take for their object's: "accused the party of fraud"."""


def _is_break(token: Token) -> bool:
    """Tell where a name ends behind its noun: at a clause, as in "a man from the town, who ..."."""
    is_deed = token.dep_ == "prep" and first_child(token, "pcomp") is not None
    is_deed |= token.dep_ == "prep" and token.tag_ == "VBG"  # "papers ranging from ..."
    return is_deed or token.text == "," or token.tag_ in {"WDT", "WP", "WP$"}


def _has_name(doc: Doc, start: int, end: int) -> bool:
    """Tell "Danish parliament" from "The economist", whose first word is but an article."""
    if doc[start].lower_ not in {"the", "a", "an"}:
        return True
    return any(token.text[0].isupper() for token in doc[start + 1 : end])


def _phrase(doc: Doc, start: int, end: int) -> str:
    """Return the phrase as a name: without article, possessive, and line breaks."""
    while start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2  # "three-quarters" is three tokens
    while start < end and doc[start].is_punct:
        start += 1
    while start < end and doc[start].lower_ in _OPENING:
        start += 1
    words = " ".join(doc[start:end].text.split()).replace("’", "'")
    if start < end and doc[start].is_sent_start and _is_common(doc[start]):
        words = words[0].lower() + words[1:]
    return without_possessive(words)


_OPENING = frozenset(
    {
        "the", "a", "an", "but", "and", "this", "these", "those", "that", "his", "her", "its",
        "their", "our", "my", "neither", "nor",
    }
)  # fmt: skip


def _is_common(token: Token) -> bool:
    """Tell a word that only a sentence's beginning capitalises: "Officials"."""
    is_name = token.pos_ == "PROPN" or token.ent_type_ not in {"", "CARDINAL", "PERCENT"}
    return not is_name and token.is_title
