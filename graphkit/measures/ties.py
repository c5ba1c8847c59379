"""How much every two actors, or topics, agree and disagree: congruence and conflict."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.table import StatementTable


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The names of the nodes, and two symmetric sparse arrays of what ties them."""

    names: tuple[str, ...]
    congruence: Any
    conflict: Any
    statements: int = 0

    @classmethod
    def of(cls, names: Iterable[str], congruence: Any, conflict: Any) -> "Ties":
        """Return ties from two symmetric tables of numbers, whose diagonals do not matter."""
        pair = (_without_diagonal(np.asarray(values, float)) for values in (congruence, conflict))
        return cls(tuple(names), *pair)

    @property
    def signed(self) -> Any:
        """Congruence less conflict."""
        return (self.congruence - self.conflict).tocsr()


def ties_of(table: StatementTable, options: NetworkOptions) -> Ties:
    """Return the congruence and the conflict of a one-mode network; its `aggregate` is not used.

    Raise NetworkError as `compute_network` does.
    """
    agreed = compute_network(table, replace(options, aggregate="congruence"))
    opposed = compute_network(table, replace(options, aggregate="conflict"))
    return Ties(agreed.rows, agreed.values, opposed.values, agreed.statements)


def _without_diagonal(values: Any) -> Any:
    return sparse.csr_array(values - np.diag(np.diag(values)))
