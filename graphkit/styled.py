"""Text with colours for a terminal: measured in its cells, wrapped at its words.

Our own, since importing rich and drawing with it took a third of the time of a whole look-up.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

Styled = tuple[tuple[str, str], ...]
"""Pieces of a text, each with the name of its style; "" is none."""

_CODES = {
    "bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35",
}  # fmt: skip
_WORD = re.compile(r"\s*\S+\s*")


def plain(text: Styled) -> str:
    """Return a text without its styles."""
    return "".join(piece for piece, _ in text)


def joined(texts: Sequence[Styled], separator: str) -> Styled:
    """Return texts as one, with a plain separator between them."""
    pieces = [piece for text in texts for piece in ((separator, ""), *text)]
    return tuple(pieces[1:])


def styled(text: Styled, style: str) -> Styled:
    """Return a text in one style."""
    return tuple((piece, style) for piece, _ in text)


def coloured(text: Styled) -> str:
    """Return a text with the escape codes of its styles."""
    return "".join(
        f"\x1b[{_CODES[style]}m{piece}\x1b[0m" if style and piece else piece
        for piece, style in text
    )


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for a wide letter, none for an accent.

    >>> cells("Zürich"), cells("東京"), cells("e\\u0301")
    (6, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(_cells_of, text))


@lru_cache(maxsize=4096)
def _cells_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(widths: Sequence[int], room: int, least: Sequence[int] = ()) -> list[int]:
    """Return widths of columns that fit into the room together: the widest give way first.

    So dates and counts, which are narrow, wrap last. No column gets narrower than its `least`
    width, which is one cell.

    >>> fitted([10, 40, 5], 40)
    [10, 25, 5]
    >>> fitted([10, 40, 5], 30, [10, 10, 5])
    [10, 15, 5]
    """
    fitting = [min(width, room) for width in widths]
    floors = least or [1] * len(fitting)
    while sum(fitting) > room:
        above = [have if have > floor else 0 for have, floor in zip(fitting, floors, strict=True)]
        if not any(above):
            break
        fitting[above.index(max(above))] -= 1
    return fitting


def longest_word(text: Styled) -> int:
    """Return how many cells the longest word of a text takes.

    >>> longest_word((("ground troops", ""),))
    6
    """
    return max(map(cells, plain(text).split()), default=0)


def wrapped(text: Styled, width: int) -> list[Styled]:
    """Return the lines of a text, each at most so many cells wide; long words are cut."""
    lines: list[Styled] = []
    start = 0
    for line in plain(text).split("\n"):
        for first, last in pairwise([0, *_breaks(line, width), len(line)]):
            end = first + len(line[first:last].rstrip())
            lines.append(_slice(text, start + first, start + end))
        start += len(line) + 1
    return lines


def _breaks(line: str, width: int) -> Iterator[int]:
    """Yield where a line is broken, so that no part is wider than `width`."""
    used = 0
    for found in _WORD.finditer(line):
        word = found.group().rstrip()
        if used and used + cells(word) > width:
            yield found.start()
            used = 0
        if cells(word) > width:
            for position, char in enumerate(word, found.start()):
                if used and used + cells(char) > width:
                    yield position
                    used = 0
                used += cells(char)
        else:
            used += cells(word)
        used += found.end() - found.start() - len(word)


def _slice(text: Styled, start: int, end: int) -> Styled:
    pieces = []
    for piece, style in text:
        if part := piece[max(start, 0) : max(end, 0)]:
            pieces.append((part, style))
        start, end = start - len(piece), end - len(piece)
    return tuple(pieces)
