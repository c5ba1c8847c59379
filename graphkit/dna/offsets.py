"""Places in a text as Java counts them, and as we do in the normalized text.

DNA counts UTF-16 units of the text as it is stored, where a character beyond U+FFFF is two. We
count code points of the text in NFC with ``\\n`` line ends, which may be shorter.
"""

import itertools
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable

from graphkit.statement import Span

_CONTEXT = 32  # characters; nothing that becomes one is nearly as long
_LAST_SINGLE = "\uffff"


class JavaText:
    """A text in which places are found by both counts; each question takes a binary search."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        wide = () if text.isascii() else enumerate(text)
        self._wide = [place for place, char in wide if char > _LAST_SINGLE]
        self._starts = [place + number for number, place in enumerate(self._wide)]

    @property
    def units(self) -> int:
        """The length of the text in UTF-16 units."""
        return self._length + len(self._wide)

    def unit(self, place: int) -> int:
        """Return the UTF-16 unit at which a character begins."""
        return place + bisect_left(self._wide, place)

    def place(self, unit: int, *, is_end: bool) -> int:
        """Return the character that begins at a UTF-16 unit.

        Within a character of two units it is that character, for an end the next one.
        """
        before = bisect_left(self._starts, unit)
        is_within = before > 0 and self._starts[before - 1] == unit - 1
        if is_within:
            return self._wide[before - 1] + is_end
        return unit - before


def normalized(text: str, spans: Iterable[Span]) -> tuple[str, list[Span]]:
    """Return a text in NFC with plain line ends, and where spans of code points are in it.

    A span that cuts what becomes one character gets all of it.

    >>> normalized("e\\u0301a\\r\\nb", [(2, 3), (5, 6)])
    ('éa\\nb', [(1, 2), (3, 4)])
    """
    spans = list(spans)
    if "\r" not in text and unicodedata.is_normalized("NFC", text):
        return text, spans
    grown = [(_boundary(text, start, -1), _boundary(text, end, 1)) for start, end in spans]
    cuts = sorted({0, len(text), *(place for span in grown for place in span)})
    pieces = [_normalize(text[start:end]) for start, end in itertools.pairwise(cuts)]
    place_of, length = {0: 0}, 0
    for cut, piece in zip(cuts[1:], pieces, strict=True):
        length += len(piece)
        place_of[cut] = length
    return "".join(pieces), [(place_of[start], place_of[end]) for start, end in grown]


def _normalize(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _boundary(text: str, place: int, step: int) -> int:
    """Return the nearest place in a direction where the text can be cut before it is normalized."""
    while 0 < place < len(text) and not _can_cut(text, place):
        place += step
    return place


def _can_cut(text: str, place: int) -> bool:
    """Tell whether both sides of a cut become what they become together."""
    left, right = text[max(0, place - _CONTEXT) : place], text[place]
    if unicodedata.combining(right):
        return False
    return _normalize(left) + _normalize(right) == _normalize(left + right)
