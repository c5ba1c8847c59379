"""How far two networks are apart as a whole: the spectra of their normalised Laplacians."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Spectrum = NDArray[np.float64]


def spectrum_of(weights: Any, sizes: Any = None) -> Spectrum:
    """Return the eigenvalues, from 0 to 2, of a network's normalised Laplacian, in their order.

    `weights` is a symmetric sparse array without negative numbers. The Laplacian is that of Chung
    (1997): 1 in the diagonal and -w(i, j) / sqrt(d(i) d(j)) beside it, where d are the sums of the
    rows; a node without ties has a row of 0, and so the eigenvalue 0.

    With `sizes` each row stands for so many nodes with the same ties, and the diagonal says how
    two of them are tied to each other, which else does not matter. The spectrum is that of all
    nodes, at the cost of the rows: that of k alike is that of one for all of them, and k - 1 times
    1 + w / d, where w is the tie between two of them.
    """
    dense = weights.toarray()
    numbers = np.ones(len(dense), int) if sizes is None else np.asarray(sizes)
    sums = dense @ numbers - dense.diagonal()
    is_tied = sums > 1e-12
    dense, numbers, sums = dense[is_tied][:, is_tied], numbers[is_tied], sums[is_tied]
    own = dense.diagonal() / sums
    scale = np.sqrt(numbers / sums)
    laplacian = np.eye(len(dense)) - scale[:, None] * dense * scale
    np.fill_diagonal(laplacian, 1 - own * (numbers - 1))
    values = np.linalg.eigvalsh(laplacian) if len(dense) else sums
    alike = np.repeat(1 + own, numbers - 1)
    alone = np.zeros((len(is_tied) if sizes is None else np.sum(sizes)) - numbers.sum())
    found: Spectrum = np.clip(np.sort(np.concatenate([alone, values, alike])), 0, 2)
    return found


def spectral_distance(one: Any, other: Any) -> float:
    """Return the Euclidean distance of two spectra of networks with equally many nodes."""
    return float(np.linalg.norm(spectrum_of(one) - spectrum_of(other)))
