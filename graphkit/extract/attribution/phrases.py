"""Phrases as cues: "according to X", "in X's view", "reportedly"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans
from graphkit.extract.attribution.said import Said
from graphkit.extract.syntax import clause_of, first_child, is_clause_head
from graphkit.word_lists import word_list

POLLS = word_list("polls")
VIEWS = frozenset({"view", "opinion", "word", "mind", "eye", "estimation", "judgment", "judgement"})
PLANS = frozenset({"plan", "proposal"})
HEARSAY = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})


def according(token: Token) -> Iterator[Said]:
    """Yield the attribution of "according to X"."""
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    source = first_child(preposition, "pobj") if preposition is not None else None
    if source is None:
        return
    yield from _around(token, _host(token), source, "according to")


def _host(token: Token) -> Token:
    """Return the clause that a phrase is about: the whole sentence, if a comma parts them."""
    host = clause_of(token.head)
    if token.i > host.i and token.nbor(-1).text == ",":
        while host.dep_ in {"relcl", "conj", "advcl"}:
            host = clause_of(host.head)
    return host


def placed(preposition: Token) -> Iterator[Said]:
    """Yield the attribution of "in the poll, ...", "in X's view, ..." and "under X's plan, ..."."""
    named, host = first_child(preposition, "pobj"), preposition.head
    if named is None or not is_clause_head(host):
        return
    noun, owner = named.lemma_.lower(), first_child(named, "poss")
    is_before = preposition.i < host.i
    in_front = preposition.lower_ == "in" and is_before
    if noun in POLLS and (in_front or (preposition.lower_ == "by" and not is_before)):
        yield from _around(preposition, host, named, "phrase")
    elif owner is not None and (
        (preposition.lower_ == "in" and noun in VIEWS)
        or (preposition.lower_ == "under" and noun in PLANS and is_before)
    ):
        yield from _around(preposition, host, owner, "phrase")


def rumoured(adverb: Token) -> Iterator[Said]:
    """Yield the attribution of "reportedly": nobody is named, but somebody says so."""
    if adverb.lower_ in HEARSAY and is_clause_head(adverb.head):
        yield from _around(adverb, adverb.head, None, "phrase")


def _around(cue: Token, host: Token, source: Token | None, frame: str) -> Iterator[Said]:
    """Yield a clause without the phrase that names its source."""
    inside = set(cue.subtree)
    parts = char_spans(cue.doc, sorted(t.i for t in host.subtree if t not in inside))
    if parts:
        yield Said(source, cue, parts, "indirect", frame, is_speech=True)
