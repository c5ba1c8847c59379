"""Where the words of a content begin and end."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.sources import goes_on_reporting
from graphkit.extract.syntax import children, first_child, marker, subtree_span, trimmed
from graphkit.statement import Span

CONCESSIVE = frozenset({"although", "though", "while", "whereas"})
LINKS = frozenset({"punct", "cc", "mark", "advmod"})


def content_parts(cue: Token, content: Token) -> tuple[Span, ...]:
    """Return the character spans of a content, without the cue and its source in between."""
    doc = cue.doc
    if cue in set(content.subtree):  # "..., he said, ..." parsed as an insertion
        own = set(content.subtree) - set(cue.subtree)
        indexes = sorted(token.i for token in own)
    else:
        start, end = subtree_span(content)
        aside = {t.i for branch in _asides(content) for t in branch.subtree}
        indexes = [i for i in range(start, end) if i not in aside]
        indexes += _further_clauses(cue, content, end)
        if cue.i in indexes:
            own = set(content.subtree)
            indexes = [i for i in indexes if doc[i] in own]
    return char_spans(doc, indexes) or ((content.idx, content.idx + len(content)),)


def _further_clauses(cue: Token, content: Token, end: int) -> list[int]:
    """Return the tokens of the clauses that go on with what was said, and what links them.

    The parse often hangs them on the cue: "said that A and B", "wants to do A, try B and see C".
    """
    found: list[int] = []
    for clause in cue.children:
        is_same_side = content.i < clause.i and (clause.i < cue.i) == (content.i < cue.i)
        if not is_same_side or not _goes_on(clause, content):
            continue
        start, stop = subtree_span(clause)
        if start < end or any(t.dep_ not in LINKS for t in cue.doc[end:start]):
            continue
        aside = {t.i for branch in _asides(clause) for t in branch.subtree}
        found += [i for i in range(end, stop) if i not in aside]
        end = stop
    return found


def _goes_on(clause: Token, content: Token) -> bool:
    """Tell whether a further clause of the cue continues the first."""
    if content.dep_ == "ccomp":
        return clause.dep_ == "ccomp"
    is_infinitive = clause.tag_ == "VB" and first_child(clause, "nsubj", "aux") is None
    return (
        content.dep_ == "xcomp"
        and clause.dep_ == "conj"
        and is_infinitive
        and clause.head.tag_ != "VB"
    )


def _asides(content: Token) -> list[Token]:
    """Return the branches of a reported clause that the reporter adds: "..., although ..."."""
    found = [t for t in children(content, "conj") if goes_on_reporting(t) or _is_turn(t)]
    adverbial = children(content, "advcl")
    found += [c for c in adverbial if marker(c) in CONCESSIVE and is_set_off(c)]
    last = content.doc[subtree_span(content)[1] - 1]
    for node in (last, *last.ancestors):
        if node == content:
            break
        if node.dep_ == "relcl" and is_set_off(node) and not node.is_quote:
            found.append(node)
    return found


def _is_turn(conjunct: Token) -> bool:
    """Tell ", but Democrats said no", a clause of the reporter's own, from more of the same.

    "that A but that B" goes on, and so does what comes before the cue: "A, but B, she said".
    """
    clause = conjunct.head
    if first_child(conjunct, "mark") is not None or clause.i < clause.head.i:
        return False
    has_subject = first_child(conjunct, "nsubj", "nsubjpass") is not None
    return has_subject and any(c.lower_ == "but" for c in children(clause, "cc"))


def is_set_off(token: Token) -> bool:
    """Tell whether a comma or a dash stands before a branch."""
    start = subtree_span(token)[0]
    return start > 0 and token.doc[start - 1].text in {",", "—", "–", "--"}


def phrase_spans(head: Token) -> tuple[Span, ...]:
    """Return the character spans of a phrase: one, unless only punctuation is in it."""
    return char_spans(head.doc, list(range(*subtree_span(head))))


def char_spans(doc: Doc, indexes: list[int]) -> tuple[Span, ...]:
    """Return the character spans of runs of tokens, without the punctuation at their ends."""
    runs = [trimmed(doc, start, end) for start, end in _runs(indexes)]
    return tuple((doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in runs if s < e)


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for position, index in enumerate(indexes):
        start = index if start is None else start
        if position + 1 == len(indexes) or indexes[position + 1] != index + 1:
            yield start, index + 1
            start = None
