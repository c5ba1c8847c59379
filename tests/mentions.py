"""Marked texts of who is who (`tests/coreference`), and how well a resolver tells it.

A text marks each mention with the keys of its actor: ``[Ms. Kessler](m) rejected it``, or
``[It](-)`` where nobody is named. Each key says the actor's names (any of them is right, joined
by "|"), its type, and whom it represents where that matters: ``m = "Marta Kessler; person;
Denmark"``. Several actors at once are "Sweden + Finland".
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from graphkit.extract import Extractor
from graphkit.extract.actors import ActorResolver
from graphkit.extract.attribution import attributions
from graphkit.extract.attribution.said import SpeechIndex
from graphkit.extract.gazetteer import name_key
from graphkit.statement import Actor, Span

FOLDER = Path(__file__).parent / "coreference"
NOBODY = "-"
_MARK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\)")


@dataclass(frozen=True)
class Expected:
    """An actor as a case describes it: names and types that are right, and the principals."""

    names: frozenset[str]
    types: frozenset[str]
    represents: frozenset[str]

    def is_named(self, actors: Sequence[Actor]) -> bool:
        """Tell whether actors found go by the right name, are of a right type, and serve whom."""
        if _key(actors) not in self.names:
            return False
        return all(
            (not self.types or actor.type in self.types)
            and (not self.represents or name_key(actor.represents) in self.represents)
            for actor in actors
        )


@dataclass(frozen=True)
class Case:
    """A text without its marks, its mentions with their keys, and the actors by key."""

    kind: str
    text: str
    mentions: tuple[tuple[Span, str], ...]
    actors: dict[str, Expected]


@dataclass(frozen=True)
class Answer:
    """One mention: whose it is (a key of its case or `NOBODY`), and whom the resolver found."""

    case: Case
    span: Span
    key: str
    found: tuple[Actor, ...]

    @property
    def is_named(self) -> bool:
        """Tell whether a mention of somebody is named as the case says."""
        return self.case.actors[self.key].is_named(self.found)


@dataclass(frozen=True)
class Agreement:
    """B-cubed over the mentions, and the share of them with the right name and type."""

    precision: float
    recall: float
    naming: float

    @property
    def f(self) -> float:
        """Return the harmonic mean of B-cubed precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases, in the order of their files."""
    return tuple(
        parsed(row)
        for file in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    )


def tuned(given: Sequence[Case]) -> list[Case]:
    """Return the two thirds of the cases that the rules were written with."""
    return [case for number, case in enumerate(given) if number % 3 != 2]


def kept_aside(given: Sequence[Case]) -> list[Case]:
    """Return every third case, on which no rule was tried."""
    return list(given[2::3])


def parsed(row: dict[str, str]) -> Case:
    """Return a case from its table in a file."""
    text, mentions = unmarked(row["text"])
    actors = {key: _expected(row[key]) for _, key in mentions if key != NOBODY}
    return Case(row["kind"], text, mentions, actors)


def unmarked(marked: str) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """Return the text, and the span and key of each mention.

    >>> unmarked("[Ada](a) said [it](-) rained.")
    ('Ada said it rained.', (((0, 3), 'a'), ((9, 11), '-')))
    """
    text, mentions, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        mentions.append(((len(text), len(text) + len(mark[1])), mark[2]))
        text += mark[1]
        last = mark.end()
    return text + marked[last:], tuple(mentions)


def _expected(line: str) -> Expected:
    fields = [part.strip() for part in line.split(";")]
    names, types, represents = (*fields, "", "")[:3]
    return Expected(
        frozenset(_joined(name.split(" + ")) for name in names.split("|")),
        frozenset(types.split("|")) - {""},
        frozenset(name_key(name) for name in represents.split("|")) - {""},
    )


def _joined(names: Iterable[str]) -> str:
    folded = (re.sub(r"^(a|an|the) ", "", name_key(name)) for name in names)
    return " + ".join(sorted(folded))


def _key(actors: Sequence[Actor]) -> str:
    return _joined(actor.name for actor in actors)


def answers(extractor: Extractor, given: Sequence[Case]) -> list[Answer]:
    """Ask the resolver whom each marked mention means."""
    found: list[Answer] = []
    docs = extractor.nlp.pipe([case.text for case in given])
    for case, doc in zip(given, docs, strict=True):
        speeches = SpeechIndex(doc, attributions(doc, extractor.lexicon))
        resolver = ActorResolver(doc, extractor.gazetteer, speeches)
        found += [
            Answer(case, span, key, _resolved(resolver, doc, span)) for span, key in case.mentions
        ]
    return found


def _resolved(resolver: ActorResolver, doc: Doc, span: Span) -> tuple[Actor, ...]:
    marked = doc.char_span(*span, alignment_mode="expand")
    return tuple(mention.actor for mention in resolver.mentions(marked.root))


def agreement(given: Sequence[Answer]) -> Agreement:
    """Score answers by B-cubed: each mention by those that it is put together with, in one text.

    A mention of somebody that is resolved to nobody lowers recall, one of nobody that is resolved
    to somebody lowers precision.
    """
    theirs = [answer for answer in given if answer.key != NOBODY]
    ours = [answer for answer in given if answer.found]
    return Agreement(
        precision=_mean(_shared(a, given) / _together(a, given) for a in ours),
        recall=_mean(_shared(a, given) / _of_actor(a, given) for a in theirs),
        naming=_mean(bool(a.found) and a.is_named for a in theirs),
    )


def _together(answer: Answer, given: Sequence[Answer]) -> int:
    return sum(_is_together(answer, other) for other in given)


def _of_actor(answer: Answer, given: Sequence[Answer]) -> int:
    return sum(_is_of_actor(answer, other) for other in given)


def _shared(answer: Answer, given: Sequence[Answer]) -> int:
    """Count the mentions of the same actor that were put together with this one."""
    return sum(_is_together(answer, other) and _is_of_actor(answer, other) for other in given)


def _is_together(one: Answer, other: Answer) -> bool:
    return bool(one.found) and one.case is other.case and _key(one.found) == _key(other.found)


def _is_of_actor(one: Answer, other: Answer) -> bool:
    return one.key != NOBODY and one.case is other.case and one.key == other.key


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0
