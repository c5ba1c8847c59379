"""What the finders of positions share."""

from spacy.tokens import Token

from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import children, first_child, marker
from graphkit.statement import Stance
from graphkit.word_lists import word_list

UNTOPICAL = word_list("untopical")


def is_hypothetical(verb: Token) -> bool:
    """Tell whether the predicate is only a question or a condition: "whether it supports"."""
    if marker(verb) in {"if", "whether", "unless"}:
        return True
    holder = first_child(verb, "nsubj")
    if verb.dep_ != "advcl" or holder is None:
        return False
    before = (a for a in children(verb, "aux") if a.i < holder.i)  # "should the court strike it"
    return any(a.lower_ in {"should", "were", "had"} for a in before)


def judgement(token: Token, lexicon: Lexicon) -> tuple[Stance, str, float] | None:
    """Return stance, words and strength of a judging predicate, or None if it judges nothing."""
    texts = [token.lower_, token.lemma_.lower()]
    modifiers = [c.lower_ for c in token.children if c.dep_ in {"amod", "compound"}]
    texts = [f"{m} {t}" for m in modifiers for t in texts] + texts
    if token.pos_ == "ADP":  # "in the interest of", "out of the question"
        following = token.doc[token.i : token.i + 4].text.lower()
        texts = [p for p in lexicon.evaluations if " " in p and following.startswith(p)]
        modifiers = []
    following = token.doc[token.i + 1 : token.i + 2].text.lower()
    texts = [f"{t} {following}" for t in texts[:2]] + texts  # "step forward", "off the table"
    preposition = next((p.lower_ for p in children(token, "prep")), "")
    texts = [f"{t} {preposition}" for t in texts[:2] if preposition] + texts
    for text in [*texts, *modifiers]:
        cue = lexicon.evaluations.get(text)
        if cue is not None and cue.position is not None:
            return cue.position, text, cue.strength
    return None
