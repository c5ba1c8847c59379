"""graphkit: a stance-tracking knowledge graph from news articles.

The names below are what a script or a notebook needs first. Each is imported when it is first
used, so that ``import graphkit`` costs next to nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.algebra.matrix import LabelledMatrix
    from graphkit.algebra.options import Filter
    from graphkit.article import Article
    from graphkit.codebook_file import read_codebook
    from graphkit.errors import GraphkitError
    from graphkit.extract import load_extractor
    from graphkit.networks import network
    from graphkit.reading import read_articles
    from graphkit.statement import Actor, Statement
    from graphkit.store import Store

__all__ = [
    "Actor",
    "Article",
    "Filter",
    "GraphkitError",
    "LabelledMatrix",
    "Statement",
    "Store",
    "load_extractor",
    "network",
    "read_articles",
    "read_codebook",
]

# None is called as a module or a package of ours: that would take its place once it is imported.
_HOMES = {
    "Actor": "statement",
    "Article": "article",
    "Filter": "algebra.options",
    "GraphkitError": "errors",
    "LabelledMatrix": "algebra.matrix",
    "Statement": "statement",
    "Store": "store",
    "load_extractor": "extract",
    "network": "networks",
    "read_articles": "reading",
    "read_codebook": "codebook_file",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module 'graphkit' has no attribute '{name}'")
    value = getattr(importlib.import_module(f"graphkit.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
