"""Attributions of a subject and its predicate: "saw it as a trick", "was expected to leave"."""

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans, content_parts, phrase_spans
from graphkit.extract.syntax import children, first_child, is_clause_head, subtree_span
from graphkit.statement import Span
from graphkit.word_lists import word_list

NAMING = frozenset({"call", "label", "brand", "dub", "declare", "deem"})
VIEWING = word_list("viewing")
RAISING = word_list("raising")


def named_as(verb: Token) -> tuple[Span, ...]:
    """Return the content of "called | the plan a mistake"."""
    target, predicate = first_child(verb, "dobj"), first_child(verb, "oprd")
    clause = first_child(verb, "ccomp")
    if verb.lemma_.lower() not in NAMING:
        return ()
    if predicate is None and clause is not None and not is_clause_head(clause):
        target, predicate = first_child(clause, "nsubj"), clause
    if target is None or predicate is None or target.i > predicate.i:
        return ()
    return _stretch(target, predicate)


def seen_as(verb: Token) -> tuple[Span, ...]:
    """Return the content of "saw | the plan as a mistake" and "the plan | was seen as | ..."."""
    target = first_child(verb, "dobj", "nsubjpass")
    predicate = next(
        (prep for prep in children(verb, "prep") if prep.lower_ == "as" and prep.i > verb.i),
        first_child(verb, "oprd"),
    )
    if verb.lemma_.lower() not in VIEWING or target is None or predicate is None:
        return ()
    if target.i < verb.i:
        return (*phrase_spans(target), *phrase_spans(predicate))
    return _stretch(target, predicate) if target.i < predicate.i else ()


def expected_to(verb: Token) -> tuple[Span, ...]:
    """Return the content of "the plan | was expected | to fail"."""
    target, predicate = first_child(verb, "nsubjpass"), first_child(verb, "xcomp")
    if verb.lemma_.lower() not in RAISING or target is None or predicate is None:
        return ()
    return (*phrase_spans(target), *content_parts(verb, predicate)) if predicate.i > verb.i else ()


def _stretch(first: Token, last: Token) -> tuple[Span, ...]:
    """Return the words from the start of one phrase to the end of another."""
    return char_spans(first.doc, list(range(subtree_span(first)[0], subtree_span(last)[1])))
