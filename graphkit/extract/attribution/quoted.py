"""Quotations: which attribution they belong to, and where one goes on with another."""

import re
from dataclasses import replace

from spacy.tokens import Doc
from spacy.tokens import Span as TextSpan

from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.speakers import (
    attributed,
    between,
    continued,
    is_before_cue,
    is_speech_cue,
)
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import text_of
from graphkit.statement import Span

SENTENCE_END = re.compile(r"[a-z]{3}[.?!][\"'”’]* +\S")


def with_quotes(said: Said, quotes: list[Span]) -> Said:
    """Widen a content to the whole of the quotations that it touches."""
    touched = [q for q in quotes if any(s < q[1] and q[0] < e for s, e in said.parts)]
    if not touched:
        return said
    inside = sum(
        min(e, q[1]) - max(s, q[0]) for s, e in said.parts for q in touched if s < q[1] and q[0] < e
    )
    is_direct = inside * 2 > sum(e - s for s, e in said.parts)
    # a cue inside a quotation: somebody quoted reports somebody else
    is_reported = any(start <= said.cue.idx < end for start, end in touched)
    if is_reported or not is_direct or not said.is_speech:
        return replace(said, quote="direct" if is_direct else "indirect")
    return replace(said, quote="direct", parts=_merged([*said.parts, *touched]))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def with_loose_quotes(
    doc: Doc, quotes: list[Span], found: list[Said], lexicon: Lexicon
) -> list[Said]:
    """Attribute the quotations that no frame has covered."""
    found = list(found)
    previous: Said | None = None
    for quote in quotes:
        said = _covering(found, quote)
        if said is not None:
            previous = said
            continue
        host = _broken(doc, quote, quotes, found, lexicon)
        if host is None and previous is not None and _goes_on(doc, quote, previous, lexicon):
            host = previous
        if host is not None:
            said = _with_quote(host, quote, found, quotes)
            found.remove(host)
        else:
            beside = attributed(doc, quotes, quote, lexicon)
            said = beside or continued(doc, quote, previous, found)
            if beside is not None and is_before_cue(text_of(doc), quote):  # the parse was mistaken
                found = [other for other in found if other.cue != beside.cue]
        if said is not None:
            found.append(said)
            previous = said
    return found


def _with_quote(host: Said, quote: Span, found: list[Said], quotes: list[Span]) -> Said:
    """Return an attribution with a quotation that belongs to it."""
    own = () if _repeats(host, found, quotes) else host.parts
    return replace(host, quote="direct", parts=_merged([*own, quote]))


def _covering(found: list[Said], quote: Span) -> Said | None:
    """Return the speech that holds the quotation and whose cue stands outside it."""
    for said in found:
        overlaps = any(start < quote[1] and quote[0] < end for start, end in said.parts)
        is_inside = quote[0] <= said.cue.idx < quote[1] and said.frame != "label"
        if said.is_speech and overlaps and not is_inside:
            return said
    return None


def _broken(
    doc: Doc, quote: Span, quotes: list[Span], found: list[Said], lexicon: Lexicon
) -> Said | None:
    """Return the attribution that breaks a quotation: "“We will go,” she said, “and stay.”"."""
    paragraph = text_of(doc).rfind("\n", 0, quote[0])
    for said in found:
        if not said.is_speech or not paragraph < said.cue.idx < quote[0]:
            continue
        before = [
            q for q in quotes if paragraph < q[0] and q[1] <= said.cue.idx and said.covers(q[0])
        ]
        if not before or not is_before_cue(text_of(doc), before[-1]):
            continue
        span = doc.char_span(before[-1][1], quote[0], alignment_mode="contract")
        if span is None or SENTENCE_END.search(span.text) or not _opens_clause(span):
            continue
        if all(t == said.cue or not is_speech_cue(t, lexicon) for t in span):
            return said
    return None


def _opens_clause(before: TextSpan) -> bool:
    """Tell whether a quotation behind a text is a clause: not "on the show “Good Day”"."""
    words = [token for token in before if not token.is_quote and not token.is_space]
    return bool(words) and (words[-1].is_punct or words[-1].pos_ in {"CCONJ", "SCONJ"})


def _repeats(said: Said, found: list[Said], quotes: list[Span]) -> bool:
    """Tell whether the words of an attribution name their speaker: "X scolded: “...,” he said"."""
    reporters = [o.cue.idx for o in found if o.is_speech and o.cue != said.cue]
    return any(
        said.covers(position) and not any(start <= position < end for start, end in quotes)
        for position in reporters
    )


def _goes_on(doc: Doc, quote: Span, previous: Said, lexicon: Lexicon) -> bool:
    """Tell whether a quotation stands beside another of the same sentence."""
    if previous.quote != "direct":
        return False
    before = max((part for part in previous.parts if part[1] <= quote[0]), default=quote)
    span = doc.char_span(before[1], quote[0], alignment_mode="contract")
    if span is not None and "\n" in span.text:
        return False
    if any(t != previous.cue and is_speech_cue(t, lexicon) for t in span or ()):
        return False
    rest = between(doc, quote, previous)
    return "\n" not in rest.strip(" ") and not rest.strip(" '.,\"”")
