"""Speakers of quotations that no frame attributes: what stands beside them tells."""

import re

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TextSpan

from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import first_child, text_of
from graphkit.statement import Span
from graphkit.word_lists import word_list

THINKING = word_list("thinking")
SIGNATURE = re.compile(r"\s*([―—–]|--)\s*((?:[A-Z][\w.’'-]*\s?){2,4})\s*$")
BEFORE_CUE = frozenset(",?!-—–")
MARKS = "\"'”’“‘»"
SHORT_QUOTE = 4
"""A quotation with fewer words is a term in the reporter's sentence, not somebody's sentence."""


def attributed(doc: Doc, quotes: list[Span], quote: Span, lexicon: Lexicon) -> Said | None:
    """Return the attribution of a quotation that no frame covers, by what stands beside it."""
    signed = _signed(doc, quote)
    if signed or _is_short(doc, quote):
        return signed
    return _beside(doc, quote, quotes, lexicon)


def continued(doc: Doc, quote: Span, previous: Said | None, found: list[Said]) -> Said | None:
    """Give a quotation that is a sentence of its own to the speaker before, if there is one."""
    if _is_short(doc, quote):
        return None
    said = _next_paragraph(doc, quote, previous) or _illustrated(doc, quote, found)
    if said is None:
        return None
    return Said(said.source, said.cue, (quote,), "direct", "continued", is_speech=True)


def is_speech_cue(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether a token is a verb that reports words."""
    if token.pos_ != "VERB":
        return False
    cues = lexicon.verbs.get(token.lemma_.lower(), ())
    return any(cue.label in THINKING or cue.frame in {"clause", "blame"} for cue in cues)


def is_before_cue(text: str, quote: Span) -> bool:
    """Tell whether a quotation waits for its cue: "“We will go,” he said"."""
    return text[slice(*quote)].rstrip(MARKS)[-1:] in BEFORE_CUE


def between(doc: Doc, quote: Span, previous: Said) -> str:
    """Return what stands between a quotation and the sentence of the one before."""
    end = max(previous.content[1], previous.cue.sent.end_char)
    return text_of(doc)[min(end, quote[0]) : quote[0]]


def _is_short(doc: Doc, quote: Span) -> bool:
    span = doc.char_span(*quote, alignment_mode="contract")
    return span is None or sum(token.is_alpha for token in span) < SHORT_QUOTE


def _signed(doc: Doc, quote: Span) -> Said | None:
    """Read a quotation with its speaker's name behind a dash."""
    rest = text_of(doc)[quote[1] : quote[1] + 60].split("\n")[0]
    match = SIGNATURE.match(rest)
    if match is None:
        return None
    dash, name = (
        doc.char_span(
            quote[1] + match.start(group), quote[1] + match.end(group), alignment_mode="expand"
        )
        for group in (1, 2)
    )
    if dash is None or name is None:
        return None
    return Said(name.root, dash[0], (quote,), "direct", "signature", is_speech=True)


def _beside(doc: Doc, quote: Span, quotes: list[Span], lexicon: Lexicon) -> Said | None:
    """Take the nearest speech verb outside the quotation in the sentences that it touches."""
    sentences = _sentences(doc, quote)
    candidates = [
        token
        for token in sentences or ()
        if not any(start <= token.idx < end for start, end in quotes)
        and is_speech_cue(token, lexicon)
    ]
    cue = min(
        candidates,
        key=lambda token: min(abs(token.idx - quote[0]), abs(token.idx - quote[1])),
        default=_announcing(sentences, quote) if sentences else None,
    )
    if cue is None:
        return None
    source = surface_subject(cue)
    if source is not None and quote[0] <= source.idx < quote[1]:
        source = _outside(source, quote)
        if source is None:
            return None
    return Said(source, cue, (quote,), "direct", "quotation", is_speech=True)


def _sentences(doc: Doc, quote: Span) -> TextSpan | None:
    """Return the sentences in which the cue of a quotation may stand."""
    span = doc.char_span(*quote, alignment_mode="expand")
    if span is None:
        return None
    left, right = span[0].sent.start, span[-1].sent.end
    if is_before_cue(text_of(doc), quote) and right < len(doc) and not doc[right].is_space:
        right = doc[right].sent.end  # "“Who came?” / the minister asked"
    if text_of(doc)[: quote[0]].rstrip().endswith(":") and left > 0:  # "He said:" above a quotation
        left = doc[left - 1].sent.start
    return doc[left:right]


def _announcing(sentences: TextSpan, quote: Span) -> Token | None:
    """Return the verb of a clause that a colon ends: "She was blunt: “...”"."""
    before = [token for token in sentences if token.idx < quote[0] and not token.is_space]
    if not before or before[-1].text != ":":
        return None
    verbs = (token for token in before if token.pos_ in {"VERB", "AUX"})
    return next((verb for verb in verbs if first_child(verb, "nsubj") is not None), None)


def _outside(source: Token, quote: Span) -> Token | None:
    """Return the speaker whom the parse took for a part of the quotation."""
    outside = [t for t in source.subtree if t.idx >= quote[1] and not t.is_punct]
    return next((t for t in outside if t.pos_ in {"PROPN", "NOUN", "PRON"}), None)


def _next_paragraph(doc: Doc, quote: Span, previous: Said | None) -> Said | None:
    """Keep the speaker where a paragraph goes on with the quotation that ended the one before."""
    if previous is None or previous.quote != "direct":
        return None
    return None if between(doc, quote, previous).strip(" \n'.,\"”") else previous


def _illustrated(doc: Doc, quote: Span, found: list[Said]) -> Said | None:
    """Return the report before a paragraph's last sentence that is a quotation as a whole."""
    span = doc.char_span(*quote, alignment_mode="expand")
    if span is None or span.sent.start == 0:
        return None
    sent = span.sent
    begins = not text_of(doc)[sent.start_char : quote[0]].strip()
    ends = text_of(doc)[quote[1] : quote[1] + 2].strip(" ")[:1] in {"", "\n"}
    is_sentence = text_of(doc)[slice(*quote)].rstrip(MARKS)[-1:] in {".", "!", "?"}
    if not begins or not ends or not is_sentence:
        return None
    before = doc[sent.start - 1].sent
    told = [said for said in found if said.cue.sent == before and said.source is not None]
    outer = [said for said in told if not any(o.covers(said.cue.idx) for o in told)]
    return max(outer, key=lambda said: said.cue.i, default=None)
