"""Likeness: whether two names are of one actor, and whether a topic is about what gold asks for."""

import re

Terms = tuple[tuple[str, ...], ...]

# What is no part of a word: the ending of a possessive, and dots, so that U.S. becomes us.
_NO_WORD = re.compile(r"'s\b|(?<=\b[a-z])\.(?=\s|$|[a-z]\b)")
_WORD = re.compile(r"[^\W_]+")
# Words that a name may carry or lack: "Mr. Macron" and "President Macron" are both Macron.
_TITLE = re.compile(
    "an?|attorney|chancellor|chief|dr|foreign|former|general|gov|governor|judge|justice|king|"
    "minister|mrs?|ms|president|prime|queen|rep|representative|secretary|sen|senator|sir|the"
)
# The longest of these endings that leaves three letters: "bombings" and "bombed" become "bomb".
_ENDING = re.compile(r"(\w{3,}?)(?:ments?|ings?|ions?|ie[ds]|ers?|e[ds]|[esy])")


def is_same_actor(name: str, gold: str) -> bool:
    """Tell whether two names are one but for titles.

    Or one holds all the words of the other and ends like it: "Macron" is "Emmanuel Macron".
    """
    one, other = _name_words(name), _name_words(gold)
    is_part = set(one) <= set(other) or set(other) <= set(one)
    return bool(one and other) and (one == other or (is_part and one[-1] == other[-1]))


def is_same_topic(topic: str, elements: Terms) -> bool:
    """Tell whether a topic names the head, which comes first, and half of all elements.

    An element is named by any of its terms, of which all words must be there, but for endings.
    """
    words = _stems(topic)
    named = [any(_stems(term) <= words for term in terms) for terms in elements]
    return bool(named) and named[0] and sum(named) * 2 >= len(named)


def _words(text: str) -> list[str]:
    return _WORD.findall(_NO_WORD.sub("", text.casefold().replace("’", "'")))


def _name_words(name: str) -> list[str]:
    words = _words(name)
    return [word for word in words if not _TITLE.fullmatch(word)] or words


def _stems(text: str) -> set[str]:
    return {match[1] if (match := _ENDING.fullmatch(word)) else word for word in _words(text)}
