"""Word lists for the extractor: those of `graphkit.words`, which needs no spaCy."""

from graphkit.words import words

__all__ = ["words"]
