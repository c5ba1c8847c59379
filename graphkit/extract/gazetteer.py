"""What is known before reading: countries, organizations, and the nouns that name actors."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graphkit.resources import resource
from graphkit.statement import ActorType

Sense = Literal["name", "adjective", "people", "capital", "seat"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name: whom it means and in which sense ("Berlin": Germany's capital)."""

    name: str
    type: ActorType
    kind: str
    sense: Sense


@dataclass(frozen=True)
class Gazetteer:
    """Names by their folded form, and the noun lists of `data/roles.toml`."""

    names: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, frozenset[str]]

    def find(self, text: str, *senses: Sense) -> Entry | None:
        """Return the first reading of a text in one of the senses (all if none is given)."""
        for entry in self.names.get(fold(text), ()):
            if not senses or entry.sense in senses:
                return entry
        return None


def fold(text: str) -> str:
    """Return the form under which names are compared: no article, case, dots or curly marks."""
    folded = " ".join(text.replace("’", "'").casefold().split())
    folded = folded.removeprefix("the ").removesuffix("'s").removesuffix("'")
    return folded.replace(".", "")


@cache
def default_gazetteer() -> Gazetteer:
    """Return the shipped gazetteer."""
    names: dict[str, tuple[Entry, ...]] = {}
    for key, entry in (*_countries(), *_organizations()):
        if entry not in names.get(key, ()):
            names[key] = (*names.get(key, ()), entry)
    roles = tomllib.loads(resource("data", "roles.toml").read_text(encoding="utf-8"))
    nouns = {name: frozenset(word.casefold() for word in words) for name, words in roles.items()}
    return Gazetteer(names, nouns)


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
        yield fold(row["name"]), Entry(row["name"], "country", "country", "name")
        for column, sense in columns:
            for value in _values(row[column]):
                yield fold(value), Entry(row["name"], "country", "country", sense)


def _organizations() -> Iterator[tuple[str, Entry]]:
    for row in _rows("organizations.csv"):
        entry = Entry(row["name"], "organization", row["kind"], "name")
        for value in (row["name"], *_values(row["aliases"])):
            yield fold(value), entry
