"""Synonyms: the classes of words from `data/synonyms.toml`, and the names of countries."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from graphkit.concepts.words import STOP_WORDS, stem, words
from graphkit.resources import resource

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The classes by what belongs to them, and the closed lists, which hold words in lower case.

    `things`, `actions` and `bringing` map phrases, as stems, to the name of their class;
    `empty` holds what brings with what it adds nothing to, `opposites` both orders of two actions.
    """

    things: Mapping[Phrase, str]
    actions: Mapping[Phrase, str]
    bringing: Mapping[Phrase, str]
    empty: frozenset[tuple[str, str]]
    mutual: frozenset[str]
    generic: frozenset[str]
    joint: frozenset[str]
    opposites: frozenset[tuple[str, str]]
    groups: frozenset[str]
    members: frozenset[str]
    light: frozenset[str]
    heads: frozenset[str]
    ground: frozenset[str]
    at: frozenset[str]
    by: frozenset[str]
    apart: frozenset[str]
    toward: frozenset[str]
    nouns_in_ing: frozenset[str]

    def classes(self, phrase: Phrase) -> tuple[str, str]:
        """Return the kind and the class of a phrase: ("thing", "troops"); ("", "") for none."""
        noun, verb = _form(phrase, is_noun=True), _form(phrase)
        if noun in self.things:
            return "thing", self.things[noun]
        if verb in self.actions:
            return "action", self.actions[verb]
        return ("bringing", self.bringing[verb]) if verb in self.bringing else ("", "")

    def is_empty(self, act: str, thing: str) -> bool:
        """Tell whether an act adds nothing to a thing: to be for imposing sanctions is for them."""
        return (act, "*") in self.empty or (act, stem(thing)) in self.empty


def _form(phrase: Phrase, *, is_noun: bool = False) -> Phrase:
    """Return the stems of a phrase; a noun is no form in -ing: a deal, but not "dealing"."""
    return tuple(
        word.casefold() if is_noun and word.endswith("ing") else stem(word)
        for word in phrase
        if word.casefold() not in STOP_WORDS
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A country that a phrase names, be it by its adjective ("Chadian") or by its capital."""

    country: str
    is_capital: bool = False


@cache
def synonyms() -> Synonyms:
    """Read the shipped synonyms."""
    text = resource("data", "synonyms.toml").read_text("utf-8")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    lists = {name: frozenset(tables["words"][name]) for name in tables["words"]}
    pairs = [pair.split(":") for pair in sorted(lists.pop("opposites"))]
    kinds = {name: frozenset(members) for name, members in tables["kinds"].items()}
    both = frozenset(two for one, other in pairs for two in ((one, other), (other, one)))
    return Synonyms(
        things=_phrases(tables["things"], is_noun=True),
        actions=_phrases(tables["actions"], is_noun=False),
        bringing=_phrases(tables["bringing"], is_noun=False),
        empty=frozenset((act, stem(one)) for act, ones in tables["empty"].items() for one in ones),
        opposites=both,
        **kinds,
        **lists,
    )


def _phrases(table: Mapping[str, list[str]], *, is_noun: bool) -> dict[Phrase, str]:
    return {
        _form(tuple(words(phrase)), is_noun=is_noun): name
        for name, phrases in table.items()
        for phrase in phrases
    }


@cache
def places() -> Mapping[Phrase, Place]:
    """Return countries and regions by the words of their names, adjectives and capitals.

    The words keep their case. What means two things goes by the first row and column.
    """
    text = resource("data", "synonyms.toml").read_text("utf-8")
    regions: dict[str, list[str]] = tomllib.loads(text)["places"]
    found = {tuple(words(name)): Place(region) for region in regions for name in regions[region]}
    with resource("data", "countries.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for name, place in _names(row):
                found.setdefault(tuple(words(name)), place)
    return found


@cache
def common_stems() -> frozenset[str]:
    """Return the stems that many labels have: those of the synonyms and of countries."""
    known = synonyms()
    phrases = (*known.things, *known.actions, *known.bringing)
    names = (stem(word) for name in places() for word in name)
    return frozenset((*(one for phrase in phrases for one in phrase), *names))


def _names(row: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    country = row["name"]
    for name in (country, *row["aliases"].split("|"), *row["adjectives"].split("|")):
        yield name, Place(country)
    for name in row["capital"].split("|"):
        yield name, Place(country, is_capital=True)
