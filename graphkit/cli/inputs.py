"""What the commands that read articles share: codebook, gazetteer, and the report of bad input."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graphkit.codebook import Concept
    from graphkit.errors import GraphkitError
    from graphkit.extract.gazetteer import Gazetteer


def load_concepts(path: Path | None) -> list["Concept"]:
    """Return the concepts of a codebook, none without one. Raise GraphkitError for a bad one."""
    if path is None:
        return []
    from graphkit.codebook_file import read_codebook

    return read_codebook(path)


def load_gazetteer(paths: Sequence[Path]) -> "tuple[Gazetteer | None, bool]":
    """Return the user's gazetteers before the shipped one, None without any, and if all is right.

    Wrong entries are told and left out. Raise GraphkitError for what is no gazetteer.
    """
    if not paths:
        return None, True
    from graphkit.extract.gazetteer_file import load_gazetteer

    mistakes: list[GraphkitError] = []
    gazetteer = load_gazetteer(paths, mistakes.append)
    report(mistakes)
    return gazetteer, not mistakes


def report(problems: Sequence["GraphkitError"]) -> None:
    """Name the articles or entries that could not be read, one a line on standard error."""
    for problem in problems:
        click.echo(f"graphkit: {problem}", err=True)
