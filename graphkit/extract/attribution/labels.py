"""Labels as cues: "NAME: words"."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import Said


def labelled(doc: Doc) -> Iterator[Said]:
    """Read "NAME: words" in headlines and transcripts."""
    for sent in doc.sents:
        tokens = [token for token in sent if not token.is_space]
        colon = next((n for n, token in enumerate(tokens[:6]) if token.text == ":"), None)
        if not colon or colon + 4 > len(tokens):
            continue
        name = tokens[:colon]
        named = all(
            token.ent_type_ == "PERSON" or token.is_upper for token in name if not token.is_quote
        )
        if named and any(token.is_alpha for token in name):
            start, end = tokens[colon + 1].idx, _end_of_paragraph(doc, tokens[-1])
            yield Said(name[-1], tokens[colon], ((start, end),), "direct", "label", is_speech=True)


def _end_of_paragraph(doc: Doc, last: Token) -> int:
    end = doc.text.find("\n", last.idx)
    return len(doc.text.rstrip()) if end < 0 else end
