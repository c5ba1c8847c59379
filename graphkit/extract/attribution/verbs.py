"""Verbs as cues: "said that ...", "called for ...", "called the plan a mistake"."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans, content_parts, is_set_off
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import (
    children,
    first_child,
    is_clause_head,
    object_of,
    particle,
    subtree_span,
)
from graphkit.extract.words import words
from graphkit.statement import Span

ATTITUDES = words("attitudes")
DEEDS = words("deeds")
COMPLETING = frozenset({"for", "as", "of", "about", "to", "with", "against", "over", "from"})


def from_verb(verb: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attribution of a verb: with its name, its clause, or what an attitude is about."""
    own = particle(verb)
    known = lexicon.verbs.get(verb.lemma_.lower(), ())
    cues = [cue for cue in known if cue.particle in {"", own}]
    if not cues:
        return
    named = _named_as(verb)
    if named is not None:
        yield Said(surface_subject(verb), verb, (named,), "indirect", "naming", is_speech=False)
        return
    clause = _clause_complement(verb)
    if clause is not None:
        yield _said(verb, clause, "clause", is_speech=True)
        return
    if _is_background(verb):
        return
    for cue in cues:
        if cue.label not in ATTITUDES:
            continue
        content = _attitude_content(verb, cue.preposition)
        if content is not None:
            said = _said(verb, content, cue.label, is_speech=False)
            addressee = _addressee(verb, content)
            if addressee is not None:  # "urged | Berlin to send tanks"
                start, end = said.content
                said = replace(said, parts=((min(start, _start(addressee)), end),))
            elif content.dep_ == "dobj":
                said = replace(said, parts=((said.parts[0][0], _end_of_object(verb, said)),))
            yield said
            return


def _named_as(verb: Token) -> Span | None:
    """Return the content of "called | the plan a mistake"."""
    target, predicate = first_child(verb, "dobj"), first_child(verb, "oprd")
    clause = first_child(verb, "ccomp")
    if verb.lemma_.lower() not in {"call", "label", "brand", "dub", "declare", "deem"}:
        return None
    if predicate is None and clause is not None and not is_clause_head(clause):
        target, predicate = first_child(clause, "nsubj"), clause
    if target is None or predicate is None or target.i > predicate.i:
        return None
    spans = char_spans(verb.doc, list(range(subtree_span(target)[0], subtree_span(predicate)[1])))
    return spans[0] if spans else None


def _clause_complement(verb: Token) -> Token | None:
    """Return the head of what was said: a complement clause, before or after the verb."""
    if verb.dep_ == "pcomp":  # "after examining ..." tells no more than that it happened
        return first_child(verb, "ccomp")
    clauses = [
        child
        for child in children(verb, "ccomp", "parataxis")
        if is_clause_head(child) or first_child(child, "nsubj", "mark") is not None
    ]
    if clauses:  # what follows the verb is what was said; what precedes it only if nothing follows
        return next((clause for clause in clauses if clause.i > verb.i), clauses[0])
    told = first_child(verb, "dobj", "dative")
    attached = first_child(told, "relcl", "acl") if told is not None else None
    if attached is not None and first_child(attached, "mark") is not None:
        return attached  # "told the meeting that ...", read as if it described the meeting
    inserted = verb.dep_ == "parataxis" and is_clause_head(verb.head)
    if (
        inserted
        and first_child(verb, "nsubj") is not None
        and first_child(verb, "dobj", "prep") is None
    ):
        return verb.head
    return None


def _attitude_content(verb: Token, preposition: str) -> Token | None:
    """Return what an attitude is about: the object of the verb or of its preposition."""
    if preposition:
        for prep in children(verb, "prep"):
            if prep.lower_ == preposition:
                demanded = first_child(verb, "xcomp") if preposition in {"on", "to"} else None
                return demanded or object_of(prep)
        for clause in children(verb, "advcl") if preposition == "for" else ():
            if any(mark.lower_ == "for" for mark in children(clause, "mark")):
                return clause  # "called for the women to be heard"
        if preposition == "to":
            return first_child(verb, "xcomp")
        return None
    return first_child(verb, "xcomp") or first_child(verb, "dobj")


def _said(cue: Token, content: Token, frame: str, *, is_speech: bool) -> Said:
    source = surface_subject(cue)
    return Said(source, cue, content_parts(cue, content), "indirect", frame, is_speech)


def _addressee(verb: Token, content: Token) -> Token | None:
    """Return whom a demand addresses: it belongs to the content."""
    if content.dep_ not in {"xcomp", "advcl", "ccomp"}:
        return None
    addressed = next((p for p in children(verb, "prep") if p.lower_ in {"on", "to"}), None)
    return first_child(verb, "dobj") or (object_of(addressed) if addressed is not None else None)


def _start(token: Token) -> int:
    return int(token.doc[subtree_span(token)[0]].idx)


def _is_background(verb: Token) -> bool:
    """Tell an attitude that only modifies something, or that nobody is said to have."""
    agentless = first_child(verb, "nsubjpass") is not None and first_child(verb, "agent") is None
    possible = any(
        child.lower_ in {"could", "might", "may", "would"} for child in children(verb, "aux")
    )
    is_deed = verb.lemma_.lower() in DEEDS
    return agentless or possible or is_deed or verb.dep_ in {"pcomp", "amod", "csubj"}


def _end_of_object(verb: Token, said: Said) -> int:
    """Return where "slammed | Kaine for his work" ends: behind what completes the object."""
    end = said.parts[-1][1]
    for child in verb.rights:
        follows = child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in COMPLETING)
        if follows and child.idx >= end and not is_set_off(child):
            start, stop = subtree_span(child)
            spans = char_spans(verb.doc, list(range(start, stop)))
            end = max(end, *(stop for _, stop in spans))
    return end
