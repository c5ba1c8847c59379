"""Quotations: which attribution they belong to, and whose they are where no frame tells."""

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import first_child
from graphkit.statement import Span

SPEECH_CLASSES = ("verbs.say", "verbs.insist", "verbs.believe")
SIGNATURE = re.compile(r"\s*([―—–]|--)\s*((?:[A-Z][\w.’'-]*\s?){2,4})\s*$")
SHORT_QUOTE = 4
"""A quotation with fewer words is a term in the reporter's sentence, not somebody's sentence."""


def with_quotes(said: Said, quotes: list[Span]) -> Said:
    """Widen a content to the whole of the quotations that it touches."""
    touched = [q for q in quotes if any(s < q[1] and q[0] < e for s, e in said.parts)]
    if not touched:
        return said
    inside = sum(
        min(e, q[1]) - max(s, q[0]) for s, e in said.parts for q in touched if s < q[1] and q[0] < e
    )
    is_direct = inside * 2 > sum(e - s for s, e in said.parts)
    if any(q[0] <= said.cue.idx < q[1] for q in touched):  # somebody quoted reports somebody else
        return replace(said, quote="direct" if is_direct else "indirect")
    if not is_direct or not said.is_speech:
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
    text = doc.text  # spaCy puts it together each time
    found = list(found)
    previous: Said | None = None
    for quote in quotes:
        outer = _covering(found, quote)
        if outer is not None:
            previous = outer
            continue
        if previous is not None and _goes_on(text, quote, previous):
            found.remove(previous)
            previous = replace(previous, parts=_merged([*previous.parts, quote]))
            found.append(previous)
            continue
        said = _signed(doc, text, quote)
        span = doc.char_span(*quote, alignment_mode="contract")
        if said is None and (span is None or sum(t.is_alpha for t in span) < SHORT_QUOTE):
            continue
        said = (
            said
            or _beside(doc, text, quote, quotes, lexicon)
            or _next_paragraph(text, quote, previous)
        )
        if said is not None:
            found.append(said)
            previous = said
    return found


def _covering(found: list[Said], quote: Span) -> Said | None:
    """Return the speech that holds the quotation and whose cue stands outside it."""
    for said in found:
        overlaps = any(start < quote[1] and quote[0] < end for start, end in said.parts)
        if said.is_speech and overlaps and not quote[0] <= said.cue.idx < quote[1]:
            return said
    return None


def _signed(doc: Doc, text: str, quote: Span) -> Said | None:
    """Read a quotation with its speaker's name behind a dash."""
    rest = text[quote[1] : quote[1] + 60].split("\n", maxsplit=1)[0]
    match = SIGNATURE.match(rest)
    if match is None:
        return None
    dash = doc.char_span(
        quote[1] + match.start(1), quote[1] + match.end(1), alignment_mode="expand"
    )
    name = doc.char_span(
        quote[1] + match.start(2), quote[1] + match.end(2), alignment_mode="expand"
    )
    if dash is None or name is None:
        return None
    return Said(name.root, dash[0], (quote,), "direct", "signature", is_speech=True)


def _beside(doc: Doc, text: str, quote: Span, quotes: list[Span], lexicon: Lexicon) -> Said | None:
    """Take the nearest speech verb outside the quotation in the sentences that it touches."""
    span = doc.char_span(*quote, alignment_mode="expand")
    if span is None:
        return None
    left, right = span[0].sent.start, span[-1].sent.end
    if text[: quote[0]].rstrip().endswith(":") and left > 0:  # "He said:" above a quotation
        left = doc[left - 1].sent.start
    candidates = [
        token
        for token in doc[left:right]
        if not any(start <= token.idx < end for start, end in quotes)
        and _is_speech_cue(token, lexicon)
    ]
    if not candidates:
        return None
    cue = min(
        candidates, key=lambda token: min(abs(token.idx - quote[0]), abs(token.idx - quote[1]))
    )
    source = surface_subject(cue) if cue.pos_ == "VERB" else first_child(cue, "pobj")
    if source is not None and quote[0] <= source.idx < quote[1]:
        return None
    return Said(source, cue, (quote,), "direct", "quotation", is_speech=True)


def _is_speech_cue(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ != "VERB":
        return False
    cues = lexicon.verbs.get(token.lemma_.lower(), ())
    return any(cue.label in SPEECH_CLASSES or cue.frame in {"clause", "blame"} for cue in cues)


def _goes_on(text: str, quote: Span, previous: Said) -> bool:
    """Tell whether a quotation is the rest of one that "he said" has broken."""
    end = max(previous.content[1], previous.cue.sent.end_char)
    between = text[min(end, quote[0]) : quote[0]]
    return (
        previous.quote == "direct"
        and "\n" not in between.strip(" ")
        and not between.strip(" '.,\"”")
    )


def _next_paragraph(text: str, quote: Span, previous: Said | None) -> Said | None:
    """Keep the speaker where a paragraph goes on with the quotation that ended the one before."""
    if previous is None or previous.quote != "direct":
        return None
    end = max(previous.content[1], previous.cue.sent.end_char)
    if text[min(end, quote[0]) : quote[0]].strip(" \n'.,\"”"):
        return None
    return Said(previous.source, previous.cue, (quote,), "direct", "continued", is_speech=True)
