"""Write what a store holds as a file for other programs; the file's ending says which."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graphkit.errors import ExportError

if TYPE_CHECKING:
    from graphkit.export.two_mode import Layout
    from graphkit.store import Store

NETWORK_FORMATS = ("graphml", "gexf")
STATEMENT_FORMATS = (*NETWORK_FORMATS, "csv", "jsonl")
LINKED_FORMATS = ("ttl", "nq", "trig", "jsonld")
DNA = "dna"
WHOLE_FORMATS = (*LINKED_FORMATS, DNA)  # which hold the whole store
FORMATS = (*STATEMENT_FORMATS, *WHOLE_FORMATS)
TABLES = "tables"  # two files in a folder, which is why it is none of FORMATS


@dataclass(frozen=True, slots=True)
class Report:
    """What an export wrote: `removed` counts characters that its format cannot hold.

    `undated` counts the edges without any date, which in GEXF have no spell; `notes` say what was
    not computed in full. `statements` is None where the whole store was written; only a network
    has nodes and edges.
    """

    statements: int | None = None
    nodes: int = 0
    edges: int = 0
    removed: int = 0
    undated: int = 0
    notes: tuple[str, ...] = ()


def format_of(target: str) -> str:
    """Return the format that the ending of a file's name stands for. Raise ExportError if none.

    A name that ends with "/" is a folder, for tables of nodes and edges.
    """
    if target.endswith("/"):
        return TABLES
    ending = Path(target).suffix.removeprefix(".").lower()
    if ending in FORMATS:
        return ending
    what = f"'.{ending}' files cannot be exported yet" if ending else f"'{target}' has no ending"
    raise ExportError(f"{what}. Name a format with -f, or by the file's ending: {_listed()}.")


def export_store(  # noqa: PLR0913  # one for each thing that people choose
    store: "Store",
    stream: BinaryIO,
    format: str,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    layout: "Layout | None" = None,
    roll_up: bool = False,
) -> Report:
    """Write the statements, or with one of WHOLE_FORMATS all that a store holds.

    `since` and `until`, both inclusive, leave out statements without a date. The `layout` of the
    network is "stance" in GEXF, if none is given, and else "pair". `roll_up` counts statements for
    the widest topics that theirs belong to. Raise ExportError for an unknown format, and for a
    choice among the statements where all is written.
    """
    if format in WHOLE_FORMATS:
        if since or until or roll_up:
            raise ExportError(
                f"A {format} file holds the whole store: --since, --until and --roll-up need "
                "another format."
            )
        return _export_all(store, stream, format)
    if format not in STATEMENT_FORMATS:
        raise ExportError(f"No format '{format}': there are {_listed()}.")
    if format in NETWORK_FORMATS:
        from graphkit.export.networks import network_of_store, write_network

        chosen = layout or default_layout(format)
        network = network_of_store(store, chosen, since=since, until=until, roll_up=roll_up)
        return write_network(network, stream, format)
    from graphkit.export.tables import write_csv, write_jsonl
    from graphkit.rollup import chosen_statements

    statements = chosen_statements(store, since, until, roll_up=roll_up)
    (write_csv if format == "csv" else write_jsonl)(statements, stream)
    return Report(len(statements))


def default_layout(format: str) -> "Layout":
    """Return the layout that shows most in a format: GEXF has a kind for each edge."""
    return "stance" if format == "gexf" else "pair"


def _export_all(store: "Store", stream: BinaryIO, format: str) -> Report:
    if format == DNA:
        from graphkit.export.dna import export_dna

        return export_dna(store, stream)
    from graphkit.export.linked import write_linked_data

    write_linked_data(store, format, stream)
    return Report()


def _listed() -> str:
    return ", ".join(FORMATS)
