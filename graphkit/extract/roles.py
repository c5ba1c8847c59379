"""Roles: the offices that phrases around a name tell, and whom their holders speak for."""

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Token

from graphkit.extract.gazetteer import Gazetteer, without_article, without_possessive
from graphkit.extract.syntax import children, coordinated, first_child
from graphkit.word_lists import word_list

Gender = Literal["he", "she", ""]
FORMER = word_list("former")
MAX_ROLE_WORDS = 5
_SHORT = {"rep": "representative", "sen": "senator", "gov": "governor", "amb": "ambassador"}
_YET_TO_COME = ("-elect", "-designate")
_CLOSING = frozenset({"IN", "TO", "CC", ",", "WDT", "WP", "WP$", "WRB", "VBZ", "VBD", "VBP", "MD"})
"""Tags of words that end the head of a noun phrase."""
_PARTY_STATE = re.compile(r"^[DRI]-[A-Z]")


def role_phrases(head: Token, start: int, end: int) -> list[list[Token]]:
    """Collect the words that tell an office: before the name, in appositions on either side."""
    phrases: list[list[Token]] = []
    before = [t for t in head.subtree if t.i < start and (start - t.i) <= 8]
    opening = max((t.i for t in before if t.is_quote), default=-1)
    compound = [t for t in before if t.i > opening]
    if compound:
        after = [t for c in children(head, "prep") for t in c.subtree if t.i >= end][:8]
        phrases.append(compound + after)
    phrases.extend(_without_clauses(noun) for noun in appositions(head))
    if head.dep_ == "appos" and head.head.pos_ in {"NOUN", "PROPN"}:
        inside = set(head.subtree)
        phrases.append([t for t in head.head.subtree if t not in inside])
    return phrases


def appositions(name: Token) -> list[Token]:
    """Return the nouns behind a name that tell who it is: "a judge" and "a writer"."""
    nouns = (noun for first in children(name, "appos") for noun in coordinated(first))
    return [n for n in nouns if not any(t.is_quote for t in n.doc[name.i : n.i])]


def _without_clauses(noun: Token) -> list[Token]:
    """Return a noun phrase without what its bearer does: "a lawyer who sued the bank"."""
    clauses = [
        child
        for child in noun.children
        if child.dep_ in {"relcl", "conj"} or (child.dep_ == "acl" and child.tag_ != "VBN")
    ]
    inside = {token.i for clause in clauses for token in clause.subtree}
    return [token for token in noun.subtree if token.i not in inside]


def gender_of_noun(phrase: Sequence[Token], gazetteer: Gazetteer) -> Gender:
    """Return what the head of a role phrase tells: "a businesswoman", "his wife"."""
    heads = {
        token.lemma_.lower() for token in phrase if token.head == token or token.head not in phrase
    }
    if heads & gazetteer.nouns["female_nouns"]:
        return "she"
    return "he" if heads & gazetteer.nouns["male_nouns"] else ""


def told_role(phrase: Sequence[Token], *roles: frozenset[str]) -> str:
    """Return the role that heads a phrase, or "": the adviser in "an adviser to the president".

    "former" stands before one that is over, "-elect" behind one that is yet to come.
    """
    texts = [_SHORT.get(text.rstrip("."), text) for text in map(_singular, phrase)]
    places = [
        (start, end)
        for start in range(len(texts))
        for end in range(start + 1, min(start + MAX_ROLE_WORDS, len(texts)) + 1)
        if phrase[end - 1].dep_ != "poss"  # the president in "the president's aide"
        if any(_joined(phrase, texts, start, end) in known for known in roles)
    ]
    if not places:
        return ""
    first_end = min(end for _, end in places)
    close = next((n for n in range(first_end, len(texts)) if _is_close(phrase[n])), len(texts))
    heads = (place for place in places if place[0] < close)
    start, end = max(heads, key=lambda place: (place[1], -place[0]))
    role = _joined(phrase, texts, start, end)
    return f"{_before(phrase, start)}{role}{_behind(texts, end)}"


def _singular(token: Token) -> str:
    """Return a word, in the singular where it is of "one of the advisers"."""
    of_one = token.dep_ == "pobj" and token.head.head.lower_ == "one"
    return token.lemma_.lower() if of_one else token.lower_


def is_held(role: str) -> bool:
    """Tell an office that somebody holds from one that is over or yet to come."""
    return not role.startswith("former ") and not role.endswith(_YET_TO_COME)


def without_state(role: str) -> str:
    """Return the office of a "former president" or "president-elect"."""
    for ending in _YET_TO_COME:
        role = role.removesuffix(ending)
    return role.removeprefix("former ")


def _joined(phrase: Sequence[Token], texts: Sequence[str], start: int, end: int) -> str:
    """Return words of a phrase as text; "vice-president" is three tokens."""
    parts = [texts[start]]
    for n in range(start + 1, end):
        is_close_by = phrase[n].i == phrase[n - 1].i + 1 and not phrase[n - 1].whitespace_
        parts.append(texts[n] if is_close_by else f" {texts[n]}")
    return "".join(parts)


def _is_close(token: Token) -> bool:
    """Tell where the head of a role phrase ends: "the chief | of the union", "editor | and ..."."""
    return token.tag_ in _CLOSING


def is_over(modifier: Token) -> bool:
    """Tell "former" and the "ex" of "ex-minister"; a "late-night host" is at work."""
    is_before_hyphen = not modifier.whitespace_ and modifier.lower_ not in {"ex", "then"}
    return modifier.lower_ in FORMER and not is_before_hyphen


def _before(phrase: Sequence[Token], start: int) -> str:
    """Return "former " for "the then Polish president", else ""."""
    for token in reversed(phrase[:start]):
        if is_over(token):
            return "former "
        if token.tag_ in _CLOSING or token.tag_ == "POS":
            return ""
    return ""


def _behind(texts: Sequence[str], end: int) -> str:
    """Return "-elect" for "the governor-elect", else ""."""
    rest = "".join(texts[end : end + 2])
    return next((ending for ending in _YET_TO_COME if rest.startswith(ending)), "")


def affiliation_of(
    phrase: Sequence[Token], gazetteer: Gazetteer, *, is_of_town: bool = False
) -> str:
    """Return the country or organization that a role phrase names, by its canonical name.

    ``is_of_town`` tells that a capital is but a town here: "the mayor of Rome".
    """
    inside = {token.i for token in phrase}
    is_named = any(token.ent_type_ for token in phrase)
    for entity in phrase[0].doc.ents if is_named else ():
        if entity.start not in inside or entity.label_ not in {"GPE", "NORP", "ORG"}:
            continue
        if _is_hyphened(entity[-1]) or _is_whereabouts(entity[0]):
            continue
        entry = gazetteer.find(entity.text)
        if entry is not None and not (is_of_town and entry.sense == "capital"):
            return entry.name
        if entity.label_ in {"ORG", "GPE"} and not _PARTY_STATE.match(entity.text):
            return without_possessive(without_article(entity.text))
    for token in phrase:
        entry = gazetteer.find(token.text, "name", "adjective", "seat")
        if entry is not None and token.text[0].isupper() and not _is_hyphened(token):
            return entry.name
    return ""


def _is_whereabouts(name: Token) -> bool:
    """Tell where somebody is: "an envoy in Rome"."""
    head = name.head
    is_place = name.ent_type_ == "GPE" and name.dep_ == "pobj"
    return is_place and head.lower_ in {"in", "near"}


def _is_hyphened(token: Token) -> bool:
    """Tell a name inside an adjective: "the Kremlin-friendly minister"."""
    return token.i + 1 < len(token.doc) and token.nbor().text == "-" and not token.whitespace_


def role_noun(token: Token, gazetteer: Gazetteer) -> str:
    """Return the office that a common noun names ("prime minister"), or ""."""
    modifier = first_child(token, "amod", "compound")
    pair = f"{modifier.lower_} {token.lemma_.lower()}" if modifier is not None else ""
    nouns = gazetteer.nouns
    for text in (pair, token.lemma_.lower()):
        if text and (text in nouns["offices"] or text in nouns["spokespeople"]):
            return text
    return ""
