"""``graphkit import``: what others coded or found, from DNA, tables and RDF, into the store."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from graphkit.cli.inputs import report
from graphkit.cli.options import store_option
from graphkit.errors import DnaError, GraphkitError, ImportFault
from graphkit.place import Place

if TYPE_CHECKING:
    from graphkit.importing.parcel import Choices, Parcel
    from graphkit.importing.storing import Outcome

_DNA = (".dna",)
_TABLES = (".csv", ".tsv", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class _Way:
    """How to import: what the user says of the files, and what may happen to the store."""

    choices: "Choices"
    overwrite: bool
    curates: bool


def _parse_stances(given: Sequence[str]) -> dict[str, str]:
    """Return which value is which stance. Raise BadParameter for what does not say that."""
    from graphkit.statement import STANCES

    found: dict[str, str] = {}
    for text in given:
        value, _, stance = text.rpartition("=")
        if not value or stance not in STANCES:
            raise click.BadParameter(f"'{text}' is not VALUE= and one of {', '.join(STANCES)}.")
        found[value] = stance
    return found


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--actor",
    multiple=True,
    metavar="NAME",
    help="Variable or column of the actors; of several the first that is not empty counts."
    "  [default: in .dna person, organization]",
)
@click.option("--topic", default="", metavar="NAME", help="That of the topics.  [in .dna: concept]")
@click.option(
    "--stance", default="", metavar="NAME", help="That of the stances.  [in .dna: agreement]"
)
@click.option(
    "--stance-value",
    "stances",
    multiple=True,
    metavar="VALUE=STANCE",
    callback=lambda _ctx, _param, given: _parse_stances(given),
    help="What a value of it means: 1=supports, no=opposes, 2=ambivalent.",
)
@click.option("--coder", default="", metavar="NAME", help="Who coded a table that does not say so.")
@click.option("--overwrite", is_flag=True, help="Replace articles that came from elsewhere.")
@click.option("--no-codebook", is_flag=True, help="Leave the topics out of the codebook.")
@store_option
def import_(
    files: Sequence[str], store: Place, *, overwrite: bool, no_codebook: bool, **choices: Any
) -> None:
    """Store statements that people coded, in DNA 3 or in tables, or what another store holds.

    A .dna file brings its documents, statements, entities and attributes. A .csv, .tsv or .jsonl
    file has the fields that `graphkit export` writes, or of them at least actor, stance, topic and
    evidence. What is stored already is left alone, and so are articles that graphkit extracted.
    RDF (.nq, .trig, .ttl, .nt, .rdf, .jsonld, each also .gz) brings articles, codebook and
    corrections of another store of graphkit; they take the place of those with the same ids.

    \b
    Example:
      graphkit import debate.dna
      graphkit import debate.dna --actor organization
      graphkit import colleague.nq.gz
      graphkit import coded.csv --coder Ida --stance position --stance-value pro=supports
    """
    from graphkit.importing.parcel import Choices

    _refuse_unused_options(files)
    way = _Way(Choices(**choices), overwrite=overwrite, curates=not no_codebook)
    failures: list[GraphkitError] = []
    is_sound = True
    for file in files:
        try:
            is_sound &= _import_file(Path(file), store, way)
        except (DnaError, ImportFault) as error:
            failures.append(error)
    report(failures)
    if failures or not is_sound:
        sys.exit(1)


def _refuse_unused_options(files: Sequence[str]) -> None:
    """Raise UsageError for an option that says nothing of any of the files."""
    context = click.get_current_context()
    endings = {Path(file).suffix.lower() for file in files}
    for option in context.command.params:
        name = option.name or ""
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        wanted = _TABLES if name == "coder" else (*_DNA, *_TABLES)
        if is_given and name not in {"files", "store"} and endings.isdisjoint(wanted):
            raise click.UsageError(f"{option.opts[0]} is for {', '.join(wanted)} files.")


def _import_file(path: Path, store: Place, way: _Way) -> bool:
    """Import one file by its ending, and tell whether all of it could be used."""
    ending = path.suffix.lower()
    if ending in (*_DNA, *_TABLES):
        return _import_coded(path, store, way)
    from graphkit.rdf_file import FORMATS, format_of

    if format_of(path):
        return _import_rdf(path, store)
    known = ", ".join((*_DNA, *_TABLES, *FORMATS))
    what = f"'{ending}' files" if ending else "files without an ending"
    raise ImportFault(f"{path}: {what} cannot be imported; these can: {known}.")


def _import_coded(path: Path, store: Place, way: _Way) -> bool:
    from graphkit.importing.storing import put_parcel
    from graphkit.store import Store

    parcel = _read(path, store, way.choices)
    if not parcel.articles:  # bad input makes no store
        report(parcel.faults)
        click.echo(f"graphkit: {path}: nothing to import", err=True)
        return False
    with Store.open(store) as opened:
        outcome = put_parcel(opened, parcel, overwrite=way.overwrite, curates=way.curates)
    report(outcome.faults)
    for note in parcel.notes:
        click.echo(note, err=True)
    click.echo(", ".join(_summary(outcome)), err=True)
    return not outcome.faults


def _import_rdf(path: Path, store: Place) -> bool:
    """Import a file of RDF. Raise ImportFault, and make no store, if it cannot be taken."""
    from graphkit.rdf_import import import_rdf
    from graphkit.replacing import making
    from graphkit.store import Store
    from graphkit.wording import counted

    with ExitStack() as stack:
        place = store
        if isinstance(store, Path) and not store.exists():
            place = stack.enter_context(making(store))
        with Store.open(place) as opened:
            try:
                found = import_rdf(opened, path)
            except GraphkitError as error:  # others of opening the store end the command
                raise ImportFault(str(error)) from error
    parts = [f"{counted(found.articles, 'article')} imported", f"{found.unchanged:,} unchanged"]
    parts += [f"{counted(found.topics, 'topic')} of the codebook"] if found.topics else []
    parts += [counted(found.corrections, "correction")] if found.corrections else []
    click.echo(", ".join(parts), err=True)
    return True


def _read(path: Path, store: Place, choices: "Choices") -> "Parcel":
    if path.suffix.lower() in _DNA:
        from graphkit.importing.dna_file import read_dna_parcel

        return read_dna_parcel(path, choices)
    from graphkit.importing.library import StoreLibrary
    from graphkit.importing.table_file import read_table_parcel

    with closing(StoreLibrary(store)) as library:
        return read_table_parcel(path, choices, library)


def _summary(outcome: "Outcome") -> Iterator[str]:
    from graphkit.wording import counted

    yield f"{counted(outcome.articles, 'article')} imported"
    yield f"{outcome.unchanged:,} unchanged"
    yield f"{len(outcome.faults):,} failed; {counted(outcome.statements, 'statement')}"
    if outcome.topics:
        yield f"{counted(outcome.topics, 'topic')} new in the codebook"
