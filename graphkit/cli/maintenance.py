"""``graphkit backup``, ``restore``, ``check`` and ``compact``: care for a store."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from graphkit.cli.options import store_option
from graphkit.errors import StoreError
from graphkit.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import QuerySolutions

    from graphkit.store import Store

_SHOWN = 20
_UNITS = ("bytes", "kB", "MB", "GB")
_THOUSAND = 1000
_COUNTS = """
SELECT (COUNT(DISTINCT ?article) AS ?articles) (COUNT(?statement) AS ?statements) WHERE {
  ?article a schema:NewsArticle
  OPTIONAL { ?statement gk:article ?article }
}
"""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def backup(target: Path, store: Place) -> None:
    """Copy the store to a folder, or to a file that ends in .nq or .nq.gz.

    A folder is a store itself: -s takes it. On the same disk it takes next to no space, since both
    share files that never change; for safety from a broken disk, name a place on another one.
    Others may go on writing: the copy has each of their articles as a whole or not at all.

    \b
    Example:
      graphkit backup backups/2024-03-31.db
      graphkit backup /mnt/other-disk/debate.nq.gz -s debate.db
    """
    from graphkit.backup import back_up, size_of

    quads = back_up(store, target)
    click.echo(f"{quads} quads copied to {target} ({_size(size_of(target))})", err=True)


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Put it in the place of a store that is there.")
@store_option
def restore(source: Path, force: bool, store: Place) -> None:
    """Make the store anew from a copy that `graphkit backup` or `export -o x.nq` made.

    With --force the store that is there goes when the new one is complete.

    \b
    Example:
      graphkit restore backups/2024-03-31.db -s debate.db
      graphkit restore debate.nq.gz -s debate.db --force
    """
    from graphkit import backup

    quads = backup.restore(source, store, force=force)
    click.echo(f"{quads} quads restored to {store}", err=True)


@click.command()
@click.option("--repair", is_flag=True, help="Make anew what follows from the articles.")
@click.option("--shacl", is_flag=True, help="Validate with pySHACL, too; slow on large stores.")
@store_option
def check(repair: bool, shacl: bool, store: Place) -> None:
    """Check that the store agrees with its articles.

    Each statement must have its evidence where the text has it. Links, actors, topics, names and
    latest stances are made anew beside the store, and compared. --repair puts these right, while
    articles, codebook and corrections stay; a store of an older graphkit is migrated. An article
    that is not whole has to be added again.
    Exit code 1 if anything is wrong.

    \b
    Example:
      graphkit check
      graphkit check --repair -s debate.db
    """
    from graphkit.store import Store

    if repair and not store.exists():
        raise StoreError(f"There is no store at {store}.")
    with Store.open(store, read_only=not repair) as opened:
        if repair:
            right = sum(finding.is_repairable for finding in opened.repair())
            click.echo(f"{right} findings put right", err=True)
        findings = list(opened.find_faults())
        lines = [finding.text for finding in findings] + (_shacl(opened) if shacl else [])
        if not lines:
            click.echo(f"{_counted(opened)}: nothing is wrong")
            return
    _tell(lines)
    if any(finding.is_repairable for finding in findings):
        click.echo("`graphkit check --repair` makes anew what follows from articles.", err=True)
    if any(
        finding.text.startswith("article ") and not finding.is_repairable for finding in findings
    ):
        click.echo("`graphkit add --force` brings back what an article lacks.", err=True)
    sys.exit(1)


def _shacl(store: "Store") -> list[str]:
    from graphkit.conformance import violations

    return violations(store)


def _tell(lines: "Sequence[str]") -> None:
    for line in lines[:_SHOWN]:
        click.echo(line)
    if len(lines) > _SHOWN:
        click.echo(f"... and {len(lines) - _SHOWN} more")


def _counted(store: "Store") -> str:
    (row,) = cast("QuerySolutions", store.query(_COUNTS))
    return f"{row['articles'].value} articles, {row['statements'].value} statements"


@click.command()
@store_option
def compact(store: Place) -> None:
    """Make the files of the store small and quick to read, as after many changes.

    \b
    Example:
      graphkit compact -s debate.db
    """
    from graphkit import backup

    before, after = backup.compact(store)
    click.echo(f"{store}: {_size(before)} before, {_size(after)} after", err=True)


def _size(number: float) -> str:
    """Return a number of bytes as people read it.

    >>> _size(1_234_567)
    '1.2 MB'
    """
    for unit in _UNITS:
        if number < _THOUSAND or unit == _UNITS[-1]:
            break
        number /= _THOUSAND
    return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
