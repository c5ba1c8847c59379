"""Adjectives as cues: "X was sure that ...", "X is wary of ..."."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import content_parts
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import children, first_child, is_clause_head, object_of
from graphkit.word_lists import word_list

CERTAIN = word_list("certain")
MADE = frozenset({"clear", "plain", "known", "explicit", "obvious", "evident"})
CLEAR = frozenset({"clear", "adamant", "firm", "explicit", "blunt", "unequivocal", "emphatic"})


def from_adjective(adjective: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attribution of an adjective: "X was sure that ...", "X is wary of ..."."""
    if adjective.head.lemma_ == "make" and adjective.lower_ in MADE:
        yield from _made_clear(adjective)
    if adjective.dep_ != "acomp":
        return
    announced = _announced(adjective) if adjective.lower_ in CLEAR else None
    if announced is not None:
        yield _said_behind(adjective, announced)
        return
    content = _content(adjective, lexicon)
    if content is not None:
        source, parts = surface_subject(adjective.head), content_parts(adjective, content)
        if source is not None and source.lower_ == "it":  # "it was unclear whether ..."
            source = None
        yield Said(source, adjective, parts, "indirect", "adjective", is_speech=False)


def _made_clear(adjective: Token) -> Iterator[Said]:
    """Yield the attribution of "made it clear that ..."."""
    clause = first_child(adjective, "ccomp", "advcl")  # the parser takes one for the other
    if clause is not None and clause.i > adjective.i:
        source, parts = surface_subject(adjective.head), content_parts(adjective, clause)
        yield Said(source, adjective, parts, "indirect", "adjective", is_speech=True)


def from_preposition(preposition: Token) -> Iterator[Said]:
    """Yield the attribution of a side taken: "X is against ..."."""
    content, verb = first_child(preposition, "pobj", "pcomp"), preposition.head
    if preposition.lower_ != "against" or verb.lemma_ != "be" or content is None:
        return
    if first_child(verb, "attr", "acomp", "prep") == preposition:
        source, parts = surface_subject(verb), content_parts(preposition, content)
        yield Said(source, preposition, parts, "indirect", "adjective", is_speech=False)


def _content(adjective: Token, lexicon: Lexicon) -> Token | None:
    """Return what an adjective is about: its clause, or what its preposition governs."""
    lemma = adjective.lemma_.lower()
    clause = first_child(adjective, "ccomp") or _extraposed(adjective)
    if clause is not None and (lemma in CERTAIN or lemma in lexicon.adjectives):
        return clause
    prepositions = {cue.preposition for cue in lexicon.adjectives.get(lemma, ())}
    if "to" in prepositions and first_child(adjective, "xcomp") is not None:
        return first_child(adjective, "xcomp")
    for preposition in children(adjective, "prep"):
        if preposition.lower_ in prepositions:
            return object_of(preposition)
    return None


def _extraposed(adjective: Token) -> Token | None:
    """Return the clause that "it" stands for: "it is unclear whether ..."."""
    subject, clause = first_child(adjective.head, "nsubj"), first_child(adjective.head, "ccomp")
    is_dummy = subject is not None and subject.lower_ == "it"
    return clause if is_dummy and clause is not None and clause.i > adjective.i else None


def _announced(adjective: Token) -> Token | None:
    """Return the clause behind "Ms. Holm has been clear: ..."."""
    clause, host = adjective.head, adjective.head.head
    source = first_child(clause, "nsubj")
    is_inside = clause.dep_ in {"ccomp", "parataxis"} and is_clause_head(host)
    if not is_inside or host.i < adjective.i:
        return None
    if source is None or source.pos_ != "PROPN":
        return None
    return host if any(t.text == ":" for t in adjective.doc[adjective.i : host.i]) else None


def _said_behind(cue: Token, content: Token) -> Said:
    """Return the attribution of a clause without what announces it and stands inside it."""
    source, inside = first_child(cue.head, "nsubj"), set(cue.head.subtree)
    last = max(content.subtree, key=lambda t: t.i)
    first = min((t for t in content.subtree if t not in inside), key=lambda t: t.i)
    part = first.idx, last.idx + len(last)
    return Said(source, cue, (part,), "indirect", "adjective", is_speech=True)
