"""What ``graphkit actors`` and ``graphkit topics`` share: to make, list, take back corrections."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.lookup import print_answer
from graphkit.cli.options import format_option, output_option, store_option
from graphkit.place import Place
from graphkit.wording import counted

if TYPE_CHECKING:
    from graphkit.curation import Correction, Kind
    from graphkit.store import Store


def correct(path: Place, make: "Callable[[Store], Sequence[Correction]]") -> None:
    """Make corrections in the store of a folder, and say what they are."""
    from graphkit.names import in_words

    with _open(path) as opened:
        before = [one.id for one in opened.curations.corrections]
        made = make(opened)
        opened.correct(made, anew=True)
        if [one.id for one in opened.curations.corrections] == before:
            click.echo("That is so already.", err=True)
        for one in made:
            click.echo(f"{one.id}: {in_words(opened, one)}", err=True)


def tell_what_applies_no_more(store: "Store") -> None:
    """Name the corrections that concern nothing any more, one a line on standard error."""
    from graphkit.names import in_words

    for one, applies in store.corrections():
        if not applies:
            said = in_words(store, one)
            click.echo(
                f"graphkit: correction {one.id} concerns no {one.kind} any more: {said}", err=True
            )


def add_correction_commands(group: click.Group, kind: "Kind") -> None:
    """Add ``apply``, ``corrections`` and ``undo`` to a group for actors or topics."""
    for command in (_apply(kind), _corrections(kind), _undo(kind)):
        group.add_command(command)


def _apply(kind: "Kind") -> click.Command:
    @click.command("apply", help=_APPLY.format(kind=kind), short_help="Make those of files.")
    @click.argument(
        "paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
    )
    @store_option
    def command(paths: tuple[Path, ...], store: Place) -> None:
        from graphkit.cli.inputs import report
        from graphkit.correction_files import apply_file
        from graphkit.errors import CorrectionError

        mistakes: list[CorrectionError] = []
        made = 0
        with _open(store) as opened:
            for path in paths:
                try:
                    made += apply_file(opened, path, mistakes.append, kind)
                except CorrectionError as error:  # of this file; the others may be right
                    mistakes.append(error)
        report(mistakes)
        click.echo(f"{counted(made, 'correction')} made, {len(mistakes)} wrong", err=True)
        if mistakes:
            sys.exit(1)

    return command


def _corrections(kind: "Kind") -> click.Command:
    @click.command("corrections", help=_CORRECTIONS.format(kind=kind))
    @format_option("table", "csv", "tsv", "json", "jsonl", "ttl", default="table")
    @output_option
    @store_option
    def command(format: str, output: str, store: Place) -> None:
        from graphkit.curation_rdf import to_turtle
        from graphkit.lookup import describe_corrections, list_corrections
        from graphkit.output import open_output
        from graphkit.store import Store

        with Store.open(store, read_only=True) as opened:
            if format == "ttl":
                found = [one for one in opened.curations.corrections if one.kind == kind]
                with open_output(output) as stream:
                    stream.write(to_turtle(found, opened.iris))
            else:
                list_them = describe_corrections if format == "table" else list_corrections
                print_answer(list_them(opened, kind), format, output)

    return command


def _undo(kind: "Kind") -> click.Command:
    @click.command("undo", help=_UNDO.format(kind=kind))
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @store_option
    def command(ids: tuple[str, ...], store: Place) -> None:
        from graphkit.correction_files import resolve_correction

        with _open(store) as opened:
            found = {resolve_correction(opened, one) for one in ids}
            opened.undo(found)
            click.echo(f"{counted(len(found), 'correction')} taken back", err=True)
            tell_what_applies_no_more(opened)

    return command


def _open(path: Place) -> "Store":
    """Open a store to correct it. Without articles there is nothing to correct, so make none."""
    from graphkit.errors import StoreError
    from graphkit.store import Store

    if not path.exists():
        raise StoreError(f"There is no store at {path}. `graphkit add` makes one.")
    return Store.open(path)


_APPLY = """Make the corrections of tables (.csv, .tsv) or of Turtle (.ttl) files.

`graphkit {kind}s corrections -f tsv` writes such a table. What is there already stays as it is.

\b
Example:
  graphkit {kind}s apply corrections.tsv
"""
_CORRECTIONS = """List the corrections in their order, with ids, and whether they still apply.

A table tells them in words; csv, tsv and ttl are what `graphkit {kind}s apply` takes.

\b
Example:
  graphkit {kind}s corrections
  graphkit {kind}s corrections -o corrections.tsv
"""
_UNDO = """Take corrections back, by the ids that `graphkit {kind}s corrections` lists.

The beginning of an id is enough if no other has it.

\b
Example:
  graphkit {kind}s undo 3f2a90c1d4
"""
