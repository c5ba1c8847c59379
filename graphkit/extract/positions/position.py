"""The position: one predicate's stance, before names and labels are settled."""

from dataclasses import dataclass

from spacy.tokens import Token

from graphkit.extract.attribution.said import Said
from graphkit.statement import Stance


@dataclass(frozen=True, slots=True)
class Position:
    """A predicate's stance: ``holder`` None means the speaker of the words around it.

    ``topic`` None points back to a topic of the article. ``speech`` is the innermost attribution
    around the cue. ``is_earlier``: the words put the position before the time of the article.
    """

    cue: Token
    holder: Token | None
    stance: Stance
    topic: Token | None
    act: str
    rule: str
    strength: float
    speech: Said | None = None
    is_action: bool = False
    condition: Token | None = None
    is_earlier: bool = False
