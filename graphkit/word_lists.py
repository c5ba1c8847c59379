"""Closed word lists by name, from `data/words.toml`."""

import tomllib
from functools import cache

from graphkit.resources import resource


@cache
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = tomllib.loads(resource("data", "words.toml").read_text("utf-8"))
    return lists


def word_list(name: str) -> frozenset[str]:
    """Return a list of words, such as ``word_list("prepositions")``. Raise KeyError for none."""
    return frozenset(_lists()[name])
