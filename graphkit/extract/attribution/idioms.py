"""Idioms as cues: "took aim at the tax", "made fun of the mayor"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.attribution.contents import content_parts
from graphkit.extract.attribution.said import Said
from graphkit.extract.attribution.sources import surface_subject
from graphkit.extract.syntax import children, first_child, object_of
from graphkit.word_lists import word_list

IDIOMS = word_list("idioms")


def from_idiom(verb: Token) -> Iterator[Said]:
    """Yield the attribution of a verb with its object and what a preposition adds to them."""
    noun = first_child(verb, "dobj")
    if noun is None:
        return
    idiom = f"{verb.lemma_.lower()}:{noun.lemma_.lower()}"
    for preposition in (*children(noun, "prep"), *children(verb, "prep")):
        content = object_of(preposition)
        if content is not None and f"{idiom}:{preposition.lower_}" in IDIOMS:
            parts = content_parts(verb, content)
            yield Said(surface_subject(verb), verb, parts, "indirect", "idiom", is_speech=False)
            return
