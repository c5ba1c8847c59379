"""Roles: the offices that phrases around a name tell, and whom their holders speak for."""

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Token

from graphkit.extract.gazetteer import Gazetteer, without_article, without_possessive
from graphkit.extract.syntax import children, first_child

Gender = Literal["he", "she", ""]
_PARTY_STATE = re.compile(r"^[DRI]-[A-Z]")


def role_phrases(head: Token, start: int, end: int) -> list[list[Token]]:
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


def gender_of_noun(phrase: Sequence[Token], gazetteer: Gazetteer) -> Gender:
    """Return what the head of a role phrase tells: "a businesswoman", "his wife"."""
    heads = {
        token.lemma_.lower() for token in phrase if token.head == token or token.head not in phrase
    }
    if heads & gazetteer.nouns["female_nouns"]:
        return "she"
    return "he" if heads & gazetteer.nouns["male_nouns"] else ""


def first_role(text: str, roles: frozenset[str]) -> str:
    """Return the longest role that stands in a phrase as a whole word, or ""."""
    padded = f" {text} "
    found = [role for role in roles if f" {role} " in padded]
    return max(sorted(found), key=len, default="")


def affiliation_of(phrase: Sequence[Token], gazetteer: Gazetteer) -> str:
    """Return the country or organization that a role phrase names, by its canonical name."""
    inside = {token.i for token in phrase}
    is_named = any(token.ent_type_ for token in phrase)
    for entity in phrase[0].doc.ents if is_named else ():
        if entity.start not in inside or entity.label_ not in {"GPE", "NORP", "ORG"}:
            continue
        if _is_hyphened(entity[-1]):
            continue
        entry = gazetteer.find(entity.text)
        if entry is not None:
            return entry.name
        if entity.label_ in {"ORG", "GPE"} and not _PARTY_STATE.match(entity.text):
            return without_possessive(without_article(entity.text))
    for token in phrase:
        entry = gazetteer.find(token.text, "name", "adjective", "seat")
        if entry is not None and token.text[0].isupper() and not _is_hyphened(token):
            return entry.name
    return ""


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
