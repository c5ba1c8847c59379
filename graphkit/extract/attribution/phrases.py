"""Phrases as cues: "according to X", "in a survey of voters, ..."."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans
from graphkit.extract.attribution.said import Said
from graphkit.extract.syntax import clause_of, first_child, is_clause_head
from graphkit.extract.words import words

POLLS = words("polls")


def according(token: Token) -> Iterator[Said]:
    """Yield the attribution of "according to X"."""
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    source = first_child(preposition, "pobj") if preposition is not None else None
    if source is None:
        return
    yield from _around(token, clause_of(token.head), source, "according to")


def polled(preposition: Token) -> Iterator[Said]:
    """Yield the attribution of "in the poll, ..." and "... by one estimate"."""
    source, host = first_child(preposition, "pobj"), preposition.head
    if source is None or source.lemma_.lower() not in POLLS or not is_clause_head(host):
        return
    before, after = preposition.i < host.i, preposition.i > host.i
    if (preposition.lower_ == "in" and before) or (preposition.lower_ == "by" and after):
        yield from _around(preposition, host, source, "poll")


def _around(cue: Token, host: Token, source: Token, frame: str) -> Iterator[Said]:
    """Yield a clause without the phrase that names its source."""
    inside = set(cue.subtree)
    parts = char_spans(cue.doc, sorted(t.i for t in host.subtree if t not in inside))
    if parts:
        yield Said(source, cue, parts, "indirect", frame, is_speech=True)
