"""Nouns, adjectives and "according to" as cues."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans, content_parts
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import (
    children,
    clause_of,
    first_child,
    is_clause_head,
    object_of,
    subject_of_noun,
)
from graphkit.extract.words import words

SPEECH_NOUNS = words("speech_nouns")
CLEAR = frozenset({"clear", "adamant", "firm", "explicit", "blunt", "unequivocal", "emphatic"})


def from_noun(noun: Token) -> Iterator[Said]:
    """Yield the attribution of a noun with its clause: "X's claim that ..."."""
    if noun.lemma_.lower() not in SPEECH_NOUNS:
        return
    clause = first_child(noun, "acl", "ccomp", "relcl")
    if clause is None or first_child(clause, "mark") is None or not is_clause_head(clause):
        return
    source = subject_of_noun(noun)
    if source is None and noun.dep_ in {"dobj", "attr", "pobj"}:
        source = surface_subject(clause_of(noun))
    yield Said(source, noun, content_parts(noun, clause), "indirect", "noun", is_speech=True)


def from_adjective(adjective: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attribution of an adjective: "X was sure that ...", "X is for ..."."""
    lemma = adjective.lemma_.lower()
    if adjective.dep_ != "acomp" or (
        lemma not in lexicon.adjectives and adjective.lower_ not in CLEAR
    ):
        return
    announced = _announced(adjective)
    if announced is not None:
        yield _said_by(first_child(adjective.head, "nsubj"), adjective, announced, "adjective")
        return
    content = first_child(adjective, "ccomp", "xcomp")
    for cue in lexicon.adjectives.get(lemma, ()):
        for preposition in children(adjective, "prep"):
            if content is None and preposition.lower_ == cue.preposition:
                content = object_of(preposition)
    if content is not None:
        source = surface_subject(adjective.head)
        yield Said(
            source,
            adjective,
            content_parts(adjective, content),
            "indirect",
            "adjective",
            is_speech=False,
        )


def _announced(adjective: Token) -> Token | None:
    """Return the clause behind "Mr. Biden has been clear: ..."."""
    clause, host = adjective.head, adjective.head.head
    source = first_child(clause, "nsubj")
    if (
        clause.dep_ not in {"ccomp", "parataxis"}
        or host.i < adjective.i
        or not is_clause_head(host)
    ):
        return None
    if source is None or source.pos_ != "PROPN":
        return None
    return host if any(t.text == ":" for t in adjective.doc[adjective.i : host.i]) else None


def _said_by(source: Token | None, cue: Token, content: Token, frame: str) -> Said:
    inside = set(cue.head.subtree)
    last = max(content.subtree, key=lambda t: t.i)
    first = min((t for t in content.subtree if t not in inside), key=lambda t: t.i)
    return Said(
        source, cue, ((first.idx, last.idx + len(last)),), "indirect", frame, is_speech=True
    )


def according(token: Token) -> Iterator[Said]:
    """Yield the attribution of "according to X"."""
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    source = first_child(preposition, "pobj") if preposition is not None else None
    if source is None:
        return
    host = clause_of(token.head)
    inside = set(token.subtree)
    indexes = sorted(t.i for t in host.subtree if t not in inside)
    parts = char_spans(token.doc, indexes)
    if parts:
        yield Said(source, token, parts, "indirect", "according to", is_speech=True)
