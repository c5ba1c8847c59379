"""Nouns as cues: "X's claim that ...", "X's refusal to ...", "voiced concern about ..."."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import content_parts
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import (
    children,
    first_child,
    is_clause_head,
    is_infinitive,
    object_of,
    subject_of_noun,
)
from graphkit.word_lists import word_list

SPEECH_NOUNS = word_list("speech_nouns")
ATTITUDE_NOUNS = word_list("attitude_nouns")
ATTITUDES = word_list("attitudes")
LIGHT_VERBS = word_list("light_verbs")
PARTISANS = word_list("partisans")
VOICING = word_list("voicing")
INVOLVING = frozenset({"with", "in", "at", "to", "on", "into"})
"""Prepositions through which a verb's subject has a hand in its noun: "answered with attacks"."""


def from_noun(noun: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attribution of a noun with its clause or with what it is about."""
    clause = _reported_clause(noun)
    content = clause or _attitude_content(noun, lexicon)
    if content is not None:
        parts = content_parts(noun, content)
        source = _source(noun)
        yield Said(source, noun, parts, "indirect", "noun", is_speech=clause is not None)


def carries_noun(verb: Token, lexicon: Lexicon) -> bool:
    """Tell a light verb whose object is the cue: "expressed concern about the harvest"."""
    if verb.lemma_.lower() not in LIGHT_VERBS:
        return False
    noun = first_child(verb, "dobj")
    return noun is not None and any(from_noun(noun, lexicon))


def _reported_clause(noun: Token) -> Token | None:
    """Return what a noun reports: "the claim that ...", "X's hope is that ..."."""
    if noun.lemma_.lower() not in SPEECH_NOUNS:
        return None
    for clause in children(noun, "acl", "ccomp", "relcl"):
        if first_child(clause, "mark") is not None and is_clause_head(clause):
            return clause
    verb = noun.head  # "made the case that": the clause may hang on the verb
    is_copula = noun.dep_ == "nsubj" and verb.lemma_ == "be"
    is_object = noun.dep_ in {"dobj", "attr"}
    beside = children(verb, "ccomp") if is_copula or is_object else []
    marked = [c for c in beside if c.i > noun.i and first_child(c, "mark") is not None]
    return next(iter(marked), None)


def _attitude_content(noun: Token, lexicon: Lexicon) -> Token | None:
    """Return what an attitude is about: "their reluctance | to vote", "in favor of | reform"."""
    lemma = noun.lemma_.lower()
    if lemma in PARTISANS and noun.dep_ == "attr":
        return _complement(noun, "of")
    if _is_told(noun, lexicon):
        return None
    held = _is_held(noun)
    known = {cue.preposition: None for cue in lexicon.nouns.get(lemma, ()) if held}
    for preposition in (*known, "to", "of", "about", "over", "against"):
        if preposition in known or f"{lemma}:{preposition}" in ATTITUDE_NOUNS:
            content = _complement(noun, preposition)
            if content is not None:
                return content
    return None


def _is_told(noun: Token, lexicon: Lexicon) -> bool:
    """Tell a noun that a verb of attitude is about: "praised their proposals to ..."."""
    through = noun.head if noun.dep_ == "pobj" else noun
    verb = through.head
    if through.dep_ not in {"dobj", "prep"} or verb.lemma_.lower() in LIGHT_VERBS:
        return False
    cues = [cue for cue in lexicon.verbs.get(verb.lemma_.lower(), ()) if cue.label in ATTITUDES]
    return any(
        noun.dep_ == "dobj" or not cue.preposition or through.lower_ in {cue.preposition, "for"}
        for cue in cues
    )


def _is_held(noun: Token) -> bool:
    """Tell whether the sentence says of somebody: "voiced support for", "is in favor of"."""
    is_voiced = noun.dep_ == "dobj" and noun.head.lemma_.lower() in VOICING
    return is_voiced or (noun.dep_ == "pobj" and noun.head.head.lemma_ == "be")


def _nation(noun: Token) -> Token | None:
    """Return the people, state or body before a noun: "*Nordic* reluctance"."""
    for child in noun.lefts:
        if child.dep_ in {"amod", "compound", "nmod"} and child.ent_type_ in {"NORP", "GPE", "ORG"}:
            return child
    return None


def _complement(noun: Token, preposition: str) -> Token | None:
    """Return what a preposition behind a noun governs, or its clause with "to"."""
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == preposition:
            return object_of(child)
        is_clause = child.dep_ in {"acl", "xcomp", "relcl"}
        if preposition == "to" and is_clause and is_infinitive(child):
            return child
    return None


def _source(noun: Token) -> Token | None:
    """Return whose words or attitude a noun names: its possessor, or the subject above it."""
    own = subject_of_noun(noun) or _nation(noun)
    if own is not None:
        return own
    through = noun.head if noun.dep_ == "pobj" and noun.head.lower_ in INVOLVING else noun
    if through.dep_ not in {"dobj", "attr", "prep"} or not is_clause_head(through.head):
        return None
    return surface_subject(through.head)
