"""Closed word lists by name, from `data/words.toml`."""

import tomllib
from functools import cache

from graphkit.resources import resource


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = tomllib.loads(resource("data", "words.toml").read_text("utf-8"))
    return lists


def words(name: str) -> frozenset[str]:
    """Return a word list, such as ``words("prepositions")``. Raise KeyError for an unknown name."""
    return frozenset(_lists()[name])
