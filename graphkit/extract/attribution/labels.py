"""Labels as cues: "NAME: words" in transcripts and headlines."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from graphkit.extract.attribution.said import Said
from graphkit.extract.syntax import text_of
from graphkit.word_lists import word_list

HEADINGS = word_list("headings")
TELLERS = word_list("tellers")
NAME = r"[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*){0,5}"
TURN = re.compile(
    rf"(?:^[ \t]*|(?<=[.?!…”\"—] ))[\"“‘\[(]*({NAME})[\])]?(:)(?=[ \t])", re.MULTILINE
)
"""A speaker's label where a paragraph or a sentence begins."""
LONGEST_LABEL = 3
"""Words that the label of a headline has at most."""
FEWEST_WORDS = 3
"""Words that somebody with a label says at least; fewer are an entry of a form."""
HEADLINE = 150
"""Characters that a headline has at most; a longer first paragraph is none."""
COLON = re.compile(r":(?=\s)")


def labelled(doc: Doc) -> Iterator[Said]:
    """Read "NAME: words" in headlines and transcripts."""
    turns = list(_iter_turns(doc))
    for number, (name, colon) in enumerate(turns):
        end = _end_of_paragraph(text_of(doc), colon.idx)
        if number + 1 < len(turns):  # the next speaker may have a word in the same paragraph
            end = min(end, turns[number + 1][0].start_char)
        said = _said(doc, name.root, colon, (colon.idx + 1, end))
        if said is not None:
            yield said
    if not turns or turns[0][0].start > 0:
        yield from _headline(doc)


def _iter_turns(doc: Doc) -> Iterator[tuple[Span, Token]]:
    """Yield the labels of speakers, with their colons."""
    for match in TURN.finditer(text_of(doc)):
        name = doc.char_span(*match.span(1), alignment_mode="contract")
        colon = doc.char_span(*match.span(2))
        if name is None or colon is None or name.text.lower() in HEADINGS:
            continue
        if all(token.ent_type_ == "PERSON" or token.is_upper for token in name):
            yield name, colon[0]


def _said(doc: Doc, source: Token, cue: Token, around: tuple[int, int]) -> Said | None:
    """Return the attribution of a label unless its words are too few."""
    content = doc.char_span(*around, alignment_mode="contract")
    tokens = [t for t in content or () if not t.is_space]
    if len(tokens) < FEWEST_WORDS:
        return None
    part = (tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
    return Said(source, cue, (part,), "direct", "label", is_speech=True)


def _headline(doc: Doc) -> Iterator[Said]:
    """Read "Poll: words", "words: police", "NAME on taxes: words" and "NAME's plan: ‘words’"."""
    start = len(text_of(doc)) - len(text_of(doc).lstrip())
    end = _end_of_paragraph(text_of(doc), start)
    match = COLON.search(text_of(doc), start, end) if end - start <= HEADLINE else None
    colon = doc.char_span(*match.span()) if match else None
    first = doc.char_span(start, end, alignment_mode="contract")
    if colon is None or first is None:
        return
    before, after = doc[first.start : colon.start], doc[colon.end : first.end]
    quoted = len(after) > 0 and after[0].is_quote
    source = _teller(doc, before) or (_named(before) if quoted else None)
    if source is not None:
        around = (colon.end_char, end)
    else:
        source = _teller(doc, after)
        around = (start, colon.start_char)
    said = _said(doc, source, colon[0], around) if source is not None else None
    if said is not None:
        yield said


def _teller(doc: Doc, label: Span) -> Token | None:
    """Return who speaks if a label is a person whom the article names, or a poll, or police."""
    tokens = [token for token in label if not token.is_punct and not token.is_space]
    about = next((n for n, token in enumerate(tokens) if n and token.lower_ == "on"), len(tokens))
    tokens = tokens[:about]
    if not tokens or len(tokens) > LONGEST_LABEL:
        return None
    surnames = {entity[-1].lower_ for entity in doc.ents if entity.label_ == "PERSON"}
    last = tokens[-1]
    is_name = last.lower_ in surnames and all(token.text[0].isupper() for token in tokens)
    return last if is_name or last.lower_ in TELLERS else None


def _named(label: Span) -> Token | None:
    """Return the first name in a headline that a quotation completes."""
    return next((entity.root for entity in label.ents if entity.label_ == "PERSON"), None)


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text.rstrip()) if end < 0 else end
