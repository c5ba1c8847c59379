"""Documents and courts as sources: "a study found flaws", "a judge blocked the order"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import char_spans, is_set_off
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.syntax import first_child
from graphkit.statement import Span
from graphkit.word_lists import word_list

DOCUMENTS = word_list("documents")
SHOWING = word_list("showing")
COURTS = word_list("courts")
RULING = word_list("ruling")


def from_document(verb: Token) -> Iterator[Said]:
    """Yield what a document shows or a court rules, though no clause tells it."""
    source = surface_subject(verb)
    if source is None or source.i > verb.i:
        return
    noun, lemma = source.lemma_.lower(), verb.lemma_.lower()
    shows = noun in DOCUMENTS and lemma in SHOWING
    if shows or (noun in COURTS and lemma in RULING):
        parts = _rest_of_clause(verb)
        if parts:
            yield Said(source, verb, parts, "indirect", "document", is_speech=False)


def _rest_of_clause(verb: Token) -> tuple[Span, ...]:
    """Return the words behind a verb: "shows | the mayor with a wide lead"."""
    if first_child(verb, "dobj", "ccomp", "xcomp", "prep") is None:
        return ()
    taken: list[int] = []
    for branch in verb.rights:
        if branch.dep_ in {"conj", "cc", "punct", "parataxis"} or is_set_off(branch):
            break
        aside = [t for t in branch.subtree if t.dep_ in {"relcl", "advcl"} and is_set_off(t)]
        dropped = {t.i for head in aside for t in head.subtree}
        taken.extend(t.i for t in branch.subtree if t.i not in dropped)
    return char_spans(verb.doc, sorted(taken))
