"""Small tables of statements for the tests of the network algebra."""

import datetime
from collections.abc import Sequence
from typing import Any

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.table import Kind, StatementTable

Row = tuple[str, str, Any]  # actor, topic, qualifier

DAY = datetime.date(2024, 3, 4)


def make_table(
    rows: Sequence[Row],
    kind: Kind = "boolean",
    *,
    dates: Sequence[datetime.date | None] | None = None,
    documents: Sequence[str] | None = None,
) -> StatementTable:
    """Make a table with the variables actor, topic, view and document_source.

    All statements are of one day and each has its own document unless these are given; the
    source of a document is its first letter.
    """
    number = len(rows)
    names = documents or [f"d{n:04}" for n in range(number)]
    return StatementTable.of(
        dates=dates or [DAY] * number,
        documents=names,
        positions=[(n, n + 1) for n in range(number)],
        columns={
            "actor": ("text", [row[0] for row in rows]),
            "topic": ("text", [row[1] for row in rows]),
            "view": (kind, [row[2] for row in rows]),
            "document_source": ("text", [name[0] for name in names]),
        },
        document_variables=["document_source"],
    )


def compute(table: StatementTable, **options: Any) -> LabelledMatrix:
    """Compute a network with "view" as the qualifier."""
    return compute_network(table, NetworkOptions(qualifier="view", **options))


def cells(network: LabelledMatrix) -> list[list[float]]:
    """Return the values as nested lists."""
    values: list[list[float]] = network.values.toarray().tolist()
    return values
