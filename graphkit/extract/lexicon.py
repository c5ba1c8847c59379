"""The stance lexicon: cue words by class, read from TOML and checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from graphkit.extract.lexicon_file import Form, LexiconFile, did_you_mean, read_lexicon_file
from graphkit.resources import resource
from graphkit.statement import STANCES, Stance

FLIPPED: dict[Stance, Stance] = {
    "supports": "opposes",
    "opposes": "supports",
    "ambivalent": "ambivalent",
}
OUTCOMES = frozenset({"supports", "opposes", "ambivalent", "content", "reverse", "none"})
FRAMES = frozenset({"object", "control", "blame", "clause", "intent"})
SETTINGS = {
    "verbs": ("stance", "negated", "frame", "strength"),
    "nouns": ("stance", "negated", "strength"),
    "adjectives": ("stance", "negated", "strength"),
    "evaluations": ("stance", "strength"),
}
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

_VERB = Form(
    re.compile(r"[^\s+:]+(\+[^\s+:]+)?(:[^\s+:]+)?"),
    "lemma, lemma+particle, lemma:preposition or lemma+particle:preposition in lower case",
)
_HEAD = Form(re.compile(r"[^\s+:]+(:[^\s+:]+)?"), "lemma or lemma:preposition in lower case")
_PHRASE = Form(re.compile(r"[^\s+:]+( [^\s+:]+)*"), "a word or a phrase in lower case")
_WORD = Form(re.compile(r"[^\s+:]+"), "one word in lower case")
_FORMS = {"verbs": _VERB, "nouns": _HEAD, "adjectives": _HEAD, "evaluations": _PHRASE}


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a class: a lemma with an optional particle and preposition."""

    label: str
    lemma: str = ""
    particle: str = ""
    preposition: str = ""
    stance: str = "none"
    negated: str = "none"
    frame: str = "object"
    strength: float = 0.5

    @property
    def entry(self) -> str:
        """Return the cue as a lexicon file has it, such as "push+back:against"."""
        particle = f"+{self.particle}" if self.particle else ""
        return self.lemma + particle + (f":{self.preposition}" if self.preposition else "")

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


def load_lexicon(path: Path | None = None) -> Lexicon:
    """Return the shipped lexicon, or what a user's file makes of it; see `read_lexicon`."""
    return default_lexicon() if path is None else read_lexicon(path, default_lexicon())


@cache
def default_lexicon() -> Lexicon:
    """Return the shipped lexicon, `data/lexicon.toml`; its head explains the format."""
    return read_lexicon(resource("data", "lexicon.toml"))


def read_lexicon(path: Path, base: Lexicon | None = None) -> Lexicon:
    """Read and check a lexicon file: a whole one, or one that extends `base`.

    Where an entry stands in several classes, those of the file go before those of `base`. Raise
    LexiconError, with file and line, if the file breaks the format.
    """
    file = read_lexicon_file(path)
    file.check_keys((*SETTINGS, "words"))
    evaluations = {phrase: (cue,) for phrase, cue in base.evaluations.items()} if base else {}
    return Lexicon(
        verbs=_by_lemma(file, "verbs", base.verbs if base else {}),
        nouns=_by_lemma(file, "nouns", base.nouns if base else {}),
        adjectives=_by_lemma(file, "adjectives", base.adjectives if base else {}),
        evaluations={
            phrase: cues[0] for phrase, cues in _by_lemma(file, "evaluations", evaluations).items()
        },
        words=_word_lists(file, base.words if base else {}),
    )


@dataclass(frozen=True, slots=True)
class _Class:
    """What a file says of a class: settings and entries to add, and entries to take away."""

    label: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def _by_lemma(
    file: LexiconFile, part: str, base: Mapping[str, tuple[Cue, ...]]
) -> dict[str, tuple[Cue, ...]]:
    old = [cue for cues in base.values() for cue in cues]
    found: dict[str, tuple[Cue, ...]] = {}
    for cue in _merged(old, [_read_class(file, part, name, old) for name in file.table(part)]):
        found[cue.lemma] = (*found.get(cue.lemma, ()), cue)
    return found


def _merged(old: Sequence[Cue], classes: Sequence[_Class]) -> list[Cue]:
    """Put the entries of the classes before the old ones, which get the new settings."""
    examples = {cue.label: cue for cue in old}
    cues = [
        replace(examples.get(one.label, Cue(one.label)), **_split(entry), **one.settings)
        for one in classes
        for entry in one.entries
    ]
    changes = {one.label: one for one in classes}
    for cue in old:
        change = changes.get(cue.label, _Class(cue.label))
        if cue.entry not in {*change.entries, *change.removed}:
            cues.append(replace(cue, **change.settings))
    return cues


def _split(entry: str) -> dict[str, Any]:
    words, _, preposition = entry.partition(":")
    lemma, _, particle = words.partition("+")
    return {"lemma": lemma, "particle": particle, "preposition": preposition}


def _read_class(file: LexiconFile, part: str, name: str, base: Sequence[Cue]) -> _Class:
    label, place = f"{part}.{name}", (part, name)
    old = [cue.entry for cue in base if cue.label == label]
    file.check_keys(("entries", *SETTINGS[part], *["remove"] * bool(base)), *place)
    for key in () if old else ("stance", "entries"):
        if key not in file.table(*place):
            known = sorted({cue.label.partition(".")[2] for cue in base})
            raise file.error(f"is a new class and needs {key}.{did_you_mean(name, known)}", *place)
    return _Class(
        label,
        _settings(file, *place),
        file.words(_FORMS[part], *place, "entries"),
        _removed(file, _FORMS[part], old, *place, "remove"),
    )


def _settings(file: LexiconFile, *place: str) -> dict[str, Any]:
    settings = {
        key: value for key, value in file.table(*place).items() if key in SETTINGS[place[0]]
    }
    for key, value in settings.items():
        if key == "strength":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not 0 <= value <= 1:
                raise file.error(f"must be a number from 0 to 1, not {value!r}", *place, key)
        elif value not in (known := sorted(FRAMES if key == "frame" else OUTCOMES)):
            raise file.error(f"must be one of {', '.join(known)}, not {value!r}", *place, key)
    return settings


def _removed(file: LexiconFile, form: Form, old: Sequence[str], *place: str) -> tuple[str, ...]:
    """Read what to remove. What is not there is a mistake in writing that would do nothing."""
    removed = file.words(form, *place)
    for index, word in enumerate(removed):
        if word not in old:
            message = f"names '{word}', which is not in the list.{did_you_mean(word, old)}"
            raise file.error(message, *place, index)
    return removed


def _word_lists(file: LexiconFile, base: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    file.check_keys((*WORD_LISTS, *["remove"] * bool(base)), "words")
    file.check_keys(WORD_LISTS, "words", "remove")
    missing = [name for name in WORD_LISTS if name not in (base or file.table("words"))]
    if missing:
        raise file.error(f"lacks {', '.join(missing)}", "words")
    return {name: _word_list(file, name, base.get(name, frozenset())) for name in WORD_LISTS}


def _word_list(file: LexiconFile, name: str, old: frozenset[str]) -> frozenset[str]:
    removed = _removed(file, _WORD, sorted(old), "words", "remove", name)
    return old.difference(removed).union(file.words(_WORD, "words", name))
