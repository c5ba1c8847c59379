"""The frames by which a parse links a source, a cue and a content."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.adjectives import from_adjective, from_preposition
from graphkit.extract.attribution.documents import from_document
from graphkit.extract.attribution.idioms import from_idiom
from graphkit.extract.attribution.nouns import carries_noun, from_noun
from graphkit.extract.attribution.phrases import according, placed, rumoured
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.verbs import from_verb
from graphkit.extract.lexicon import Lexicon
from graphkit.statement import Span


def from_token(token: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attributions whose cue is the token."""
    if token.lower_ == "according":
        yield from according(token)
    elif token.pos_ in {"VERB", "AUX"}:
        found = list(from_idiom(token))
        if not found and not carries_noun(token, lexicon):
            found = list(from_verb(token, lexicon)) or list(from_document(token))
        yield from found
    elif token.pos_ == "NOUN":
        yield from from_noun(token, lexicon)
    elif token.pos_ == "ADJ":
        yield from from_adjective(token, lexicon)
    elif token.pos_ == "ADV":
        yield from rumoured(token)
    elif token.pos_ == "ADP":
        yield from placed(token)
        yield from from_preposition(token)


def distinct(found: list[Said]) -> list[Said]:
    """Keep one attribution per cue and content."""
    seen: dict[tuple[int, Span], Said] = {}
    for said in found:
        seen.setdefault((said.cue.i, said.content), said)
    return list(seen.values())
