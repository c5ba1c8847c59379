"""Places: whether a town or country acts and speaks at a token, or is only where things happen."""

from spacy.tokens import Token

from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.syntax import is_undergone
from graphkit.word_lists import word_list

_WHERE = word_list("where")
_MOVING = frozenset({"travel", "move", "return", "come", "fly", "flee", "drive", "arrive"})
"""Verbs whose "from" names a place: "returned from Paris"."""


def is_place(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell the name of a town, a region or a country."""
    return token.ent_type_ in {"GPE", "LOC"} or gazetteer.find(token.text, "capital") is not None


def is_where(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether a place's name says only where something is: "in Vienna", "Vienna's streets"."""
    host = token
    while host.dep_ in {"conj", "appos"}:
        host = host.head
    if host.dep_ == "pobj":
        word = host.head
        is_named_speaker = word.lower_ == "to" and word.head.lower_ == "according"
        is_left = word.lower_ == "from" and word.head.lemma_.lower() in _MOVING
        return is_left or (word.lower_ in _WHERE and not is_named_speaker)
    if host.dep_ == "poss":
        return host.head.lemma_.lower() in gazetteer.nouns["place_parts"]
    return is_undergone(host)
