"""The clause that a verb of speech or thought reports: before it, behind it, or around it."""

from spacy.tokens import Token

from graphkit.extract.syntax import (
    children,
    first_child,
    is_clause_head,
    marker,
    subtree_span,
    text_of,
)

FINDING = frozenset({"find", "hold", "see", "hear", "watch"})
SENTENCE_ENDS = frozenset({".", ";", ":"})


def clause_complement(verb: Token) -> Token | None:
    """Return the head of what was said: a complement clause, before or after the verb."""
    if verb.dep_ == "pcomp":  # "after examining ..." tells no more than that it happened
        return first_child(verb, "ccomp")
    clauses = [child for child in children(verb, "ccomp", "parataxis") if _is_told_by(child, verb)]
    if clauses:  # what follows the verb is what was said; what precedes it only if nothing follows
        return next((clause for clause in clauses if clause.i > verb.i), clauses[0])
    told = first_child(verb, "dobj", "dative")
    attached = first_child(told, "relcl", "acl") if told is not None else None
    if attached is not None and first_child(attached, "mark") is not None:
        return attached  # "told the meeting that ...", read as if it described the meeting
    return _clause_around(verb)


def clause_with_as(verb: Token) -> Token | None:
    """Return the clause that "as she put it" stands in."""
    if verb.dep_ != "advcl" or marker(verb) != "as" or not is_clause_head(verb.head):
        return None
    told = first_child(verb, "dobj")
    has_content = (told is not None and told.lower_ != "it") or first_child(
        verb, "acomp", "attr", "xcomp", "oprd", "advcl"
    )
    return None if has_content or first_child(verb, "nsubj") is None else verb.head


def _is_told_by(clause: Token, verb: Token) -> bool:
    if not is_clause_head(clause) and first_child(clause, "nsubj", "mark") is None:
        return False
    if clause.i < verb.i:
        return not _is_cut_off(clause, verb)
    return verb.lemma_.lower() not in FINDING or not _is_small(clause)


def _is_cut_off(clause: Token, verb: Token) -> bool:
    """Tell a sentence of its own, which the parse has taken into the next one, from a report.

    "The debate is open. Mr. Hall vowed ..."; what was said ends in a comma or a quotation mark.
    """
    doc, end = verb.doc, subtree_span(clause)[1]
    if "\n" in text_of(doc)[doc[end - 1].idx : verb.idx]:
        return True
    return any(
        token.text in SENTENCE_ENDS
        and not any(near.is_quote for near in doc[token.i : token.i + 2])
        for token in doc[end - 1 : min(end + 1, verb.i)]
    )


def _is_small(clause: Token) -> bool:
    """Tell "found it difficult" and "saw prices fall" from "found that ..."."""
    is_bare = clause.tag_ == "VB" or clause.pos_ in {"ADJ", "NOUN"}
    return is_bare and first_child(clause, "aux", "auxpass", "mark") is None


def _clause_around(verb: Token) -> Token | None:
    """Return the clause into which "he said" is inserted."""
    host = verb.head
    if host.dep_ in {"aux", "auxpass"}:  # "All of it, she admits, could be lost"
        host = host.head
    is_inserted = verb.dep_ == "parataxis" and first_child(verb, "nsubj") is not None
    if is_inserted and is_clause_head(host) and first_child(verb, "dobj", "prep") is None:
        return host
    return None
