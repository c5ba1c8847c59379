"""Quotation marks: which stretches of a text stand between them."""

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"“|”|„|\"|''|``|«|»|‘|’")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "``": "''", '"': '"”', "''": "''"}
"""What closes an opening mark; careless typists open with a straight one and close with a curly."""


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the spans between quotation marks, marks included, in text order.

    Curly, straight, doubled single and angle marks are read; a quotation that a paragraph leaves
    open ends with the paragraph, as newspapers do when a speaker goes on. Never raises.
    """
    spans: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        spans.extend(_in_paragraph(text, paragraph.start(), paragraph.end()))
    return spans


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    opened: tuple[int, str] | None = None
    for match in _MARK.finditer(text, start, end):
        mark = match.group()
        if mark in "‘’" and (opened is None or opened[1] == "‘"):
            opened, span = _single(text, match.start(), opened)
            if span:
                yield span
        elif opened is None or opened[1] == "‘":
            if mark in _CLOSERS and _may_open(text, match.start()):
                opened = (match.start(), mark)
        elif mark in _CLOSERS[opened[1]] or (
            mark == '"' and _closes_anyway(text, opened, match.start(), end)
        ):
            yield (opened[0], match.end())
            opened = None
    if opened is not None and opened[1] != "‘":
        yield (opened[0], end)


def _closes_anyway(text: str, opened: tuple[int, str], at: int, end: int) -> bool:
    """Tell a straight mark that closes a curly one: it stands alone, and no curly one follows."""
    following = text.find("“", at, end)
    until = following if following >= 0 else end
    alone = text.count('"', opened[0], until) == 1
    return alone and opened[1] == "“" and "”" not in text[at:until]


def _may_open(text: str, at: int) -> bool:
    """Tell an opening mark from a stray closing one: it does not stick to a word before it."""
    return text[at] not in "\"'" or not text[at - 1 : at].isalnum()


def _single(
    text: str, at: int, opened: tuple[int, str] | None
) -> tuple[tuple[int, str] | None, tuple[int, int] | None]:
    """Read a curly single mark: ’ closes only where it is no apostrophe."""
    if text[at] == "‘":
        return (at, "‘"), None
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if opened and not after.isalnum() and before != "s":
        return None, (opened[0], at + 1)
    return opened, None
