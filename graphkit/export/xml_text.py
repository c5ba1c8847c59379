"""Texts as XML 1.0 can hold them: markup escaped, forbidden characters removed and counted."""

import itertools
import re

from graphkit.export.values import Column

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[&<>"\t\n\r]')
_SPECIAL = re.compile("[^ !#-%'-;=?-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # any of both
_PLAIN = bytes(n for n in range(0x20, 0x80) if not _SPECIAL.match(chr(n)))
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


class XmlText:
    """Escape texts for elements and attributes of XML, and count what was `removed`."""

    removed = 0

    def __call__(self, text: str) -> str:
        """Return one text as XML holds it."""
        if not _SPECIAL.search(text):
            return text
        return _MARKUP.sub(_escape, self.strip(text))

    def strip(self, text: str) -> str:
        """Return a text without the characters that no XML, and few other readers, can hold."""
        text, count = _FORBIDDEN.subn("", text)
        self.removed += count
        return text

    def of_column(self, column: Column) -> Column:
        """Return a column of texts as XML holds it; one search through all of them is quicker."""
        texts = column.texts
        if not _is_special(" ".join(filter(None, texts) if column.has_gaps else texts)):
            return column
        escaped = [None if text is None else self(text) for text in texts]
        return Column(escaped, column.types, column.has_gaps)


def _is_special(text: str) -> bool:
    if text.isascii():  # quicker than a search
        return bool(text.encode().translate(None, _PLAIN))
    return bool(_SPECIAL.search(text))


def unique_name(name: str, taken: set[str]) -> str:
    """Keep ids apart that differ only in their type or in characters that were removed.

    An empty id becomes "_": igraph refuses it. What is returned is added to `taken`.
    """
    name = name or "_"
    candidates = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(2)))
    unique = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(unique)
    return unique


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"&#{ord(match[0])};"  # a reader would turn a tab to a blank
