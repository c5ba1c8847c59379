"""What is known before reading: countries, organizations, and the nouns that name actors."""

import csv
import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Literal

from graphkit.resources import resource
from graphkit.statement import ActorType

Sense = Literal["name", "adjective", "people", "capital", "seat", "region"]
"""A region is a place below a state, whose name may be a person's ("Virginia")."""


SEPARATOR = re.compile(r"[\s&/',-]+")
STATE_KINDS = frozenset({"government", "military"})
"""Kinds of bodies that speak for their country; all others speak for themselves."""


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Whom an actor speaks for, from one day to another, both inclusive; None is "always"."""

    name: str
    since: datetime.date | None = None
    until: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        """Tell whether a day lies within the affiliation."""
        return (self.since or day) <= day <= (self.until or day)


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name: whom it means and in which sense ("Berlin": Germany's capital).

    ``represents`` is whom the bodies of a state always speak for, else `Gazetteer.find` fills it,
    for the day of the article; ``country`` is where an organization belongs, if to one country.
    """

    name: str
    type: ActorType
    kind: str
    sense: Sense
    affiliations: tuple[Affiliation, ...] = ()
    id: str = ""
    represents: str = ""
    country: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """Names by their key, the noun lists of `data/roles.toml`, and the user's persons.

    Persons stand apart, since a name in an article is chained with its shorter forms there;
    `openings` are the first words of their names, and `words` all words of long names, so that
    no text is searched for all of them.
    """

    names: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, frozenset[str]]
    persons: Mapping[str, Entry] = field(default_factory=dict)
    openings: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    day: datetime.date | None = None

    def find(self, text: str, *senses: Sense) -> Entry | None:
        """Return the first reading of a text in one of the senses (all if none is given)."""
        for key in _possible_keys(text):
            for entry in self.names.get(key, ()):
                if not senses or entry.sense in senses:
                    return self._dated(entry)
        return None

    def find_person(self, text: str) -> Entry | None:
        """Return the person whom the user's gazetteer knows by a name."""
        for key in _possible_keys(text):
            if key in self.persons:
                return self._dated(self.persons[key])
        return None

    def on(self, day: datetime.date | None) -> "Gazetteer":
        """Return the gazetteer as it is on the day of an article."""
        return self if day == self.day else replace(self, day=day)

    def extended(self, listed: Iterable[tuple[str, Entry]]) -> "Gazetteer":
        """Return the gazetteer with a user's names, as pairs of key and entry, before its own.

        A key that two of the user's entries share means neither: a wrong match is worse than none.
        """
        own: dict[tuple[str, bool], Entry | None] = {}
        for key, entry in listed:
            place = key, entry.type == "person"
            own[place] = entry if own.get(place, entry) is entry else None
        names, persons = dict(self.names), dict(self.persons)
        for (key, is_person), known in own.items():
            if known is not None and is_person:
                persons[key] = known
            elif known is not None:
                names[key] = (known, *names.get(key, ()))
        openings = frozenset(key.partition(" ")[0].partition("-")[0].casefold() for key in persons)
        return replace(
            self, names=names, persons=persons, openings=openings, words=_words_of(names)
        )

    def _dated(self, entry: Entry) -> Entry:
        name = _affiliation_on(entry.affiliations, self.day)
        if not name:
            return entry
        known = next(iter(self.names.get(name_key(name), ())), None)
        official = known.name if known is not None and known.sense == "name" else name
        return replace(entry, represents=official)


def _words_of(names: Iterable[str]) -> frozenset[str]:
    """Return the words of names of several words, in lower case."""
    long = (key for key in names if SEPARATOR.search(key))
    return frozenset(word.casefold() for key in long for word in SEPARATOR.split(key))


def _affiliation_on(affiliations: Iterable[Affiliation], day: datetime.date | None) -> str:
    """Return the last affiliation that holds on a day; without a day, the last one of all."""
    holding = [one for one in affiliations if day is None or one.holds_on(day)]
    return max(holding, key=_since).name if holding else ""


def _since(affiliation: Affiliation) -> datetime.date:
    return affiliation.since or datetime.date.min


def name_key(name: str) -> str:
    """Return the key under which a name is kept: no article, case, dots or possessive.

    One word in capitals stays as it is, so that "Who said so?" is no health organization, and "The"
    stays before a single word, so that nobody called Hill is a newspaper:

    >>> name_key("the W.H.O."), name_key("The World Bank's"), name_key("The Hill")
    ('WHO', 'world bank', 'the hill')
    """
    bare = _bare(name)
    if _is_acronym(bare):
        return bare
    needs_article = name.startswith("The ") and " " not in bare
    return f"the {bare}".casefold() if needs_article else bare.casefold()


def _possible_keys(text: str) -> tuple[str, ...]:
    """Return the keys that a text may have: what is in capitals may be a shouted name."""
    bare = _bare(text)
    if _is_acronym(bare):
        return bare, bare.casefold()
    folded = bare.casefold()
    has_article = " " not in bare and text[:4].casefold() == "the "
    return (f"the {folded}", folded) if has_article else (folded,)


def _bare(text: str) -> str:
    bare = " ".join(text.replace("’", "'").split())
    bare = bare[4:] if bare[:4].casefold() == "the " else bare
    return bare.removesuffix("'s").removesuffix("'").replace(".", "")


def _is_acronym(bare: str) -> bool:
    return len(bare) > 1 and bare.isupper() and " " not in bare


def without_possessive(name: str) -> str:
    """Return a name without the "'s" at its end, be its mark curly or straight."""
    return name.removesuffix("’s").removesuffix("'s")


def without_article(name: str) -> str:
    """Return a name without the "the" before it."""
    return name.removeprefix("the ").removeprefix("The ")


@cache
def default_gazetteer() -> Gazetteer:
    """Return the shipped gazetteer."""
    names: dict[str, tuple[Entry, ...]] = {}
    for key, entry in chain(_countries(), _organizations()):
        if entry not in names.get(key, ()):
            names[key] = (*names.get(key, ()), entry)
    for key, entry in _bodies(names):
        names.setdefault(key, (entry,))
    roles = tomllib.loads(resource("data", "roles.toml").read_text(encoding="utf-8"))
    nouns = {name: frozenset(word.casefold() for word in words) for name, words in roles.items()}
    nouns["trades"] = nouns["people"] - nouns["relations"]
    return Gazetteer(names, nouns, words=_words_of(names))


def _rows(file: str) -> Iterator[dict[str, str]]:
    with resource("data", file).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _values(cell: str | None) -> list[str]:
    return [value.strip() for value in (cell or "").split("|") if value.strip()]


def _countries() -> Iterator[tuple[str, Entry]]:
    columns: tuple[tuple[str, Sense], ...] = (
        ("aliases", "name"),
        ("adjectives", "adjective"),
        ("people", "people"),
        ("capital", "capital"),
        ("seats", "seat"),
    )
    for row in _rows("countries.csv"):
        yield name_key(row["name"]), Entry(row["name"], "country", "country", "name")
        for column, sense in columns:
            for value in _values(row[column]):
                yield name_key(value), Entry(row["name"], "country", "country", sense)


def _organizations() -> Iterator[tuple[str, Entry]]:
    for row in _rows("organizations.csv"):
        sense: Sense = "region" if row["kind"] == "region" else "name"
        entry = Entry(
            row["name"],
            "organization",
            row["kind"],
            sense,
            represents=row["country"] if row["kind"] in STATE_KINDS else "",
            country=row["country"],
        )
        for value in (row["name"], *_values(row["aliases"])):
            yield name_key(value), entry


def _bodies(known: Mapping[str, tuple[Entry, ...]]) -> Iterator[tuple[str, Entry]]:
    """Yield what every state has: "Polish Foreign Ministry", "Poland's foreign ministry".

    A body that the organizations know under one of these names keeps the name it has there.
    """
    bodies = [(row, _folded(row["name"], *_values(row["aliases"]))) for row in _rows("bodies.csv")]
    for country in _rows("countries.csv"):
        adjectives = _values(country["adjectives"])
        before = _folded(*adjectives)
        names = _folded(country["name"], *_values(country["aliases"]))
        short = [name for name in names if name.count(" ") < 2]
        for row, forms in bodies if adjectives else ():
            keys = [f"{adjective} {form}" for adjective in before for form in forms]
            keys += [f"{name}'s {form}" for name in short for form in forms]
            keys += [f"{form} of {name}" for name in short for form in forms]
            named = (entry for key in keys for entry in known.get(key, ()))
            state = country["name"] if row["kind"] in STATE_KINDS else ""
            name = f"{adjectives[0]} {row['name']}"
            own = Entry(name, "organization", row["kind"], "name", represents=state)
            entry = next(named, own)
            yield from ((key, entry) for key in keys)


def _folded(*texts: str) -> list[str]:
    """Return texts as they stand inside a key of several words."""
    return [_bare(text).casefold() for text in texts]
