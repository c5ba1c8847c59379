"""Words of a label: how it is cut into words, and which words count."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

STOP_WORDS = frozenset(
    "a an the of in to for on from with by at and or its their his her our s".split()  # noqa: SIM905
)
"""What carries no meaning of its own when only a phrase's words are compared."""

_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"\b((?:[^\W\d_]\.)+[^\W\d_])\b\.?")
_POSSESSIVE = re.compile(r"['’]s\b")


def words(text: str) -> list[str]:
    """Cut a text into words, in their case; dotted initials are one word, "'s" is none.

    >>> words("the U.S. Army’s cease-fire")
    ['the', 'US', 'Army', 'cease', 'fire']
    """
    plain = unicodedata.normalize("NFC", text)
    if "." in plain:
        plain = _INITIALS.sub(lambda match: match[1].replace(".", ""), plain)
    return _WORD.findall(_POSSESSIVE.sub("", plain))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common: "deployed" and "deployment" are "deploy"."""
    return str(_stemmer().stemWord(word.casefold()))


@lru_cache(maxsize=200_000)  # the words of a large codebook's labels are compared again and again
def content(text: str) -> frozenset[str]:
    """Return the stems of the words that count, in no order.

    >>> sorted(content("the delivery of tanks"))
    ['deliveri', 'tank']
    """
    return frozenset(stem(word) for word in words(text) if word.casefold() not in STOP_WORDS)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
