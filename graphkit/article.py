"""The article: a text with the little that is known about where it comes from."""

import datetime
from dataclasses import dataclass

from graphkit.digest import digest


@dataclass(frozen=True, slots=True)
class Article:
    """One news article.

    All offsets that graphkit reports are code points into ``text``, end exclusive. The text is
    NFC with ``\\n`` line ends; an empty string means "not known" in the other text fields.
    """

    id: str
    text: str
    title: str = ""
    date: datetime.date | None = None
    source: str = ""
    url: str = ""

    @property
    def digest(self) -> str:
        """Return a hash of everything but the id: equal digests mean an unchanged article."""
        day = self.date.isoformat() if self.date else ""
        fields = "\x1f".join((self.title, day, self.source, self.url, self.text))
        return digest(fields, 16)
