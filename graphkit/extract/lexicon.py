"""The stance lexicon: cue words by class, read from TOML and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graphkit.errors import LexiconError
from graphkit.resources import resource
from graphkit.statement import STANCES, Stance

FLIPPED: dict[Stance, Stance] = {
    "supports": "opposes",
    "opposes": "supports",
    "ambivalent": "ambivalent",
}
OUTCOMES = frozenset({"supports", "opposes", "ambivalent", "content", "reverse", "none"})
FRAMES = frozenset({"object", "control", "blame", "clause", "intent"})
WORD_LISTS = (
    "duty",
    "possibility",
    "boosters",
    "hedges",
    "conditions",
    "reversing",
    "carriers",
    "harming",
    "benefiting",
    "harms",
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a class: a lemma with an optional particle and preposition."""

    label: str
    lemma: str
    particle: str
    preposition: str
    stance: str
    negated: str
    frame: str
    strength: float

    @property
    def position(self) -> Stance | None:
        """Return the stance that the cue takes by itself, or None."""
        return _as_stance(self.stance)

    @property
    def negated_position(self) -> Stance | None:
        """Return the stance that the cue takes under a negation, or None."""
        if self.negated == "reverse":
            return FLIPPED.get(self.position) if self.position else None
        return _as_stance(self.negated)


def _as_stance(outcome: str) -> Stance | None:
    return next((stance for stance in STANCES if stance == outcome), None)


@dataclass(frozen=True)
class Lexicon:
    """Cues by lemma, evaluations by phrase, and the small word lists."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    evaluations: Mapping[str, Cue]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_lexicon(path: Path) -> Lexicon:
    """Read and check a lexicon file. Raise LexiconError naming the file and what is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"The lexicon {path} cannot be read: {error}") from error
    evaluations = _by_lemma(path, data, "evaluations")
    return Lexicon(
        verbs=_by_lemma(path, data, "verbs"),
        nouns=_by_lemma(path, data, "nouns"),
        adjectives=_by_lemma(path, data, "adjectives"),
        evaluations={phrase: cues[0] for phrase, cues in evaluations.items()},
        words=_word_lists(path, data),
    )


@cache
def default_lexicon() -> Lexicon:
    """Return the shipped lexicon, `data/lexicon.toml`."""
    return read_lexicon(resource("data", "lexicon.toml"))


def _by_lemma(path: Path, data: Mapping[str, Any], part: str) -> dict[str, tuple[Cue, ...]]:
    cues: dict[str, tuple[Cue, ...]] = {}
    for name, value in _table(f"{path}: [{part}]", data.get(part, {})).items():
        where = f"{path}: [{part}.{name}]"
        values = _table(where, value)
        for entry in _entries(where, values):
            cue = _cue(where, f"{part}.{name}", entry, values, split=part != "evaluations")
            cues[cue.lemma] = (*cues.get(cue.lemma, ()), cue)
    return cues


def _table(where: str, value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise LexiconError(f"{where} must be a table, not {value!r}")
    return value


def _entries(where: str, values: Mapping[str, Any]) -> list[str]:
    entries = values.get("entries")
    if not isinstance(entries, list) or not all(isinstance(e, str) and e.strip() for e in entries):
        raise LexiconError(f"{where} needs entries, a list of words")
    return entries


def _cue(where: str, label: str, entry: str, values: Mapping[str, Any], *, split: bool) -> Cue:
    stance, negated = values.get("stance", ""), values.get("negated", "none")
    frame, strength = values.get("frame", "object"), values.get("strength", 0.5)
    if stance not in OUTCOMES or negated not in OUTCOMES:
        raise LexiconError(
            f"{where}: stance and negated must be one of {', '.join(sorted(OUTCOMES))}"
        )
    if frame not in FRAMES:
        raise LexiconError(
            f"{where}: frame must be one of {', '.join(sorted(FRAMES))}, not '{frame}'"
        )
    if not isinstance(strength, int | float) or not 0 <= strength <= 1:
        raise LexiconError(f"{where}: strength must lie between 0 and 1, not {strength!r}")
    words, _, preposition = entry.partition(":") if split else (entry, "", "")
    lemma, _, particle = words.partition("+") if split else (words, "", "")
    return Cue(label, lemma, particle, preposition, stance, negated, frame, float(strength))


def _word_lists(path: Path, data: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    words = _table(f"{path}: [words]", data.get("words", {}))
    missing = [name for name in WORD_LISTS if name not in words]
    if missing:
        raise LexiconError(f"{path}: [words] lacks {', '.join(missing)}")
    return {name: frozenset(words[name]) for name in WORD_LISTS}
