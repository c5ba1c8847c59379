"""One-mode networks: which rows say something on the same columns, and whether they agree."""

from typing import Any

from scipy import sparse

from graphkit.algebra.cells import iter_cells
from graphkit.algebra.counts import Counts, Levels, Numbers
from graphkit.algebra.normalization import normalize
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.similarity import mixed, similarity


def one_mode(counts: Counts, options: NetworkOptions) -> Any:
    """Return the sparse matrix of rows by rows.

    The diagonal is 0 but for the Discourse Network Analyzer's networks with a kernel. A text as
    qualifier has its own conflict: all statements that the other row does not make, which is a
    number in nearly every cell. With a kernel its conflict is that of all pairs that differ.
    """
    matrix = with_itself(counts, options)
    if not (options.dna_compat and options.kernel):
        _clear_diagonal(matrix)
    matrix.eliminate_zeros()
    return matrix


def with_itself(counts: Counts, options: NetworkOptions) -> Any:
    """Return the matrix with a diagonal that ties each row to another one just like it."""
    matrix = _products(counts, options).tocsr()
    if options.normalize != "none":
        normalize(matrix, counts, options)
    return matrix


def _products(counts: Counts, options: NetworkOptions) -> Any:
    if options.aggregate == "ignore":
        return counts.totals @ counts.totals.T
    is_text = counts.levels.kind == "text"
    if is_text and options.aggregate != "congruence" and not options.kernel:
        return _text_conflict(counts, has_congruence=options.aggregate == "subtract")
    return counts.stacked @ mixed(counts, _effects(counts.levels, options)).T


def _effects(levels: Levels, options: NetworkOptions) -> Numbers:
    """Return what each pair of statements adds, by the levels of both."""
    agreement = similarity(levels)
    if options.aggregate == "congruence":
        return agreement
    return 1 - agreement if options.aggregate == "conflict" else 2 * agreement - 1


def _text_conflict(counts: Counts, *, has_congruence: bool) -> Any:
    """Count the statements of either row of which the other has none alike.

    `has_congruence` subtracts that from the products of those that are alike.
    """
    one_sided = counts.stacked @ counts.stacked.sign().T  # of row i what row i' has, too
    total = counts.activity[:, None] + counts.activity
    conflict = total - one_sided.toarray() - one_sided.T.toarray()
    if not has_congruence:
        return sparse.csr_array(conflict)
    return sparse.csr_array((counts.stacked @ counts.stacked.T).toarray() - conflict)


def _clear_diagonal(matrix: Any) -> None:
    for cells in iter_cells(matrix):
        cells.values[cells.rows == cells.columns] = 0
