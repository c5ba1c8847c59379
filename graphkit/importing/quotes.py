"""Texts that are made of what is quoted from them, where nobody has them whole."""

from collections.abc import Iterable
from typing import NamedTuple

_LONGEST = 10_000_000  # characters; more than any article has before its last sentence
_GAP = "\n\n"


class Quote(NamedTuple):
    """Words of a text; `start` is None where their place is not known."""

    words: str
    start: int | None


def text_of_quotes(quotes: Iterable[Quote]) -> str:
    """Return a text that has all words at their places, and those without one after them.

    What nobody quotes is blank. Words that contradict others at their place are left out.

    >>> text_of_quotes([Quote("No.", 2), Quote("Yes!", None)])
    '\\n\\nNo.\\n\\nYes!'
    """
    listed = [quote for quote in quotes if quote.start is None or quote.start >= 0]
    text = ""
    for quote in sorted((q for q in listed if q.start is not None), key=lambda q: q.start or 0):
        start = quote.start or 0
        there = text[start : start + len(quote.words)]
        if start + len(quote.words) > _LONGEST or not quote.words.startswith(there):
            continue
        text += _blank(start - len(text)) + quote.words[len(there) :]
    for quote in listed:
        if quote.start is None and quote.words not in text:
            text += (_GAP if text else "") + quote.words
    return text


def _blank(length: int) -> str:
    return (_GAP + " " * length)[:length] if length > 0 else ""
