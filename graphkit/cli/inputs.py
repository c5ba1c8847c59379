"""What the commands that read articles share: the codebook, and the report of bad articles."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graphkit.codebook import Concept
    from graphkit.errors import ArticleError


def load_concepts(path: Path | None) -> list["Concept"]:
    """Return the concepts of a codebook, none without one. Raise GraphkitError for a bad one."""
    if path is None:
        return []
    from graphkit.codebook import read_codebook

    return read_codebook(path)


def report(problems: Sequence["ArticleError"]) -> None:
    """Name the articles that could not be read, one a line on standard error."""
    for problem in problems:
        click.echo(f"graphkit: {problem}", err=True)
