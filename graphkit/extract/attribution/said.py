"""An attribution: a source, a cue, and the words between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from graphkit.statement import Span


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: its source and cue tokens and the content's character span.

    ``parts`` are the stretches that are really the content's: a quotation that is broken by
    "he said" has two. ``frame`` names the rule; ``is_speech`` tells words from mere attitudes.
    """

    source: Token | None
    cue: Token
    parts: tuple[Span, ...]
    quote: Literal["direct", "indirect"]
    frame: str
    is_speech: bool

    @property
    def content(self) -> Span:
        """Return the one span that shows the content best.

        That is the hull of the parts, or the longest part where "said so-and-so, who ..." between
        the parts would outweigh them.
        """
        hull = min(s for s, _ in self.parts), max(e for _, e in self.parts)
        longest = max(self.parts, key=lambda part: part[1] - part[0])
        total = sum(e - s for s, e in self.parts)
        return hull if total / (hull[1] - hull[0]) >= (longest[1] - longest[0]) / total else longest

    @property
    def length(self) -> int:
        """Return how many characters the content has."""
        return sum(end - start for start, end in self.parts)

    def covers(self, position: int) -> bool:
        """Tell whether a character position lies inside the content."""
        return any(start <= position < end for start, end in self.parts)


class SpeechIndex:
    """The innermost speech around each token of an article."""

    def __init__(self, doc: Doc, found: Sequence[Said]) -> None:
        self.speeches = [said for said in found if said.is_speech]
        self._around: list[Said | None] = [None] * len(doc)
        for said in sorted(self.speeches, key=lambda s: s.content[0] - s.content[1]):
            for start, end in said.parts:
                span = doc.char_span(start, end, alignment_mode="expand")
                for token in span or ():
                    if token != said.cue and start <= token.idx < end:
                        self._around[token.i] = said

    def at(self, token: Token) -> Said | None:
        """Return the innermost speech whose content holds the token, unless it is its cue."""
        return self._around[token.i]
