"""Verbs as cues: "said that ...", "called for ...", "called the plan a mistake"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from graphkit.extract.attribution.clauses import clause_complement, clause_with_as
from graphkit.extract.attribution.contents import content_parts, is_set_off, phrase_spans
from graphkit.extract.attribution.predicates import expected_to, named_as, seen_as
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import agent_of, surface_subject
from graphkit.extract.lexicon import Cue, Lexicon
from graphkit.extract.syntax import (
    children,
    first_child,
    marked_clause,
    object_of,
    particle,
    subtree_span,
)
from graphkit.word_lists import word_list

ATTITUDES = word_list("attitudes")
DEEDS = word_list("deeds")
THINKING = word_list("thinking")
GOING_ON = word_list("going_on")
COMPLETING = word_list("completing")


def from_verb(verb: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attribution of a verb: with its name, its clause, or what an attitude is about."""
    own = particle(verb)
    known = lexicon.verbs.get(verb.lemma_.lower(), ())
    cues = [cue for cue in known if cue.particle in {"", own}]
    if not cues:
        return
    said = _with_name(verb) or _with_clause(verb, cues) or _with_predicate(verb)
    if said is None and not _is_background(verb):
        said = _with_attitude(verb, cues) or _with_infinitive(verb, cues)
    if said is not None:
        yield said


def _with_name(verb: Token) -> Said | None:
    named = named_as(verb)
    if not named:
        return None
    return Said(surface_subject(verb), verb, named, "indirect", "naming", is_speech=False)


def _with_clause(verb: Token, cues: Sequence[Cue]) -> Said | None:
    clause = clause_complement(verb)
    if clause is None and _is_thinking(cues):
        clause = clause_with_as(verb)
    return None if clause is None else _said(verb, clause, "clause", is_speech=True)


def _with_predicate(verb: Token) -> Said | None:
    """Return what somebody expects or sees in something: "were expected to", "saw it as"."""
    expected = expected_to(verb)
    if expected:
        return Said(agent_of(verb), verb, expected, "indirect", "expectation", is_speech=False)
    seen = seen_as(verb)
    if not seen:
        return None
    return Said(surface_subject(verb), verb, seen, "indirect", "view", is_speech=False)


def _with_attitude(verb: Token, cues: Sequence[Cue]) -> Said | None:
    for cue in cues:
        if cue.label not in ATTITUDES:
            continue
        content = _attitude_content(verb, cue.preposition)
        if content is not None:
            return _completed(_said(verb, content, cue.label, is_speech=False), content)
    return None


def _with_infinitive(verb: Token, cues: Sequence[Cue]) -> Said | None:
    """Return what somebody tells others to do or admits doing: "told them to wait"."""
    deed = first_child(verb, "xcomp")
    if deed is None or deed.i < verb.i or not _is_thinking(cues):
        return None
    is_deed = first_child(deed, "aux") is not None or deed.tag_ == "VBG"
    if not is_deed or deed.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() in GOING_ON:
        return None
    return _with_addressee(_said(verb, deed, "infinitive", is_speech=False), deed)


def _is_thinking(cues: Sequence[Cue]) -> bool:
    return any(cue.label in THINKING for cue in cues)


def _attitude_content(verb: Token, preposition: str) -> Token | None:
    """Return what an attitude is about: the object of the verb or of its preposition."""
    if preposition:
        for prep in children(verb, "prep"):
            if prep.lower_ == preposition:
                demanded = first_child(verb, "xcomp") if preposition in {"on", "to"} else None
                return demanded or object_of(prep)
        if preposition == "for":  # "called for the women to be heard"
            return marked_clause(verb, {"for"}, "advcl")
        return first_child(verb, "xcomp") if preposition == "to" else None
    return first_child(verb, "xcomp") or first_child(verb, "dobj", "nsubjpass")


def _completed(said: Said, content: Token) -> Said:
    """Widen a content to what belongs to it: "urged | Berlin to act", "blamed | him for it"."""
    if content.dep_ == "dobj":
        return replace(said, parts=((said.parts[0][0], _end_of_object(said)),))
    return _with_addressee(said, content)


def _said(cue: Token, content: Token, frame: str, *, is_speech: bool) -> Said:
    source = surface_subject(cue)
    return Said(source, cue, content_parts(cue, content), "indirect", frame, is_speech)


def _with_addressee(said: Said, content: Token) -> Said:
    addressee = _addressee(said.cue, content)
    if addressee is None:
        return said
    start, end = said.content
    return replace(said, parts=((min(start, _start(addressee)), end),))


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


def _end_of_object(said: Said) -> int:
    """Return where "slammed | Holm for his work" ends: behind what completes the object."""
    end = said.parts[-1][1]
    for child in said.cue.rights:
        follows = child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in COMPLETING)
        if follows and child.idx >= end and not is_set_off(child):
            end = max([end, *(stop for _, stop in phrase_spans(child))])
    return end
