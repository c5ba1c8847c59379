"""How far two networks are apart as a whole: the spectra of their normalised Laplacians."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def spectrum_of(weights: Any) -> NDArray[np.float64]:
    """Return the eigenvalues, from 0 to 2, of a network's normalised Laplacian, in their order.

    `weights` is a symmetric sparse array without negative numbers. The Laplacian is that of Chung
    (1997): 1 in the diagonal and -w(i, j) / sqrt(d(i) d(j)) beside it, where d are the sums of the
    rows; a node without ties has a row of 0, and so the eigenvalue 0.
    """
    dense = weights.toarray()
    sums = dense.sum(axis=1)
    roots = np.divide(1, np.sqrt(sums), out=np.zeros(len(sums)), where=sums > 0)
    laplacian = np.diag((sums > 0).astype(float)) - roots[:, None] * dense * roots
    values: NDArray[np.float64] = np.linalg.eigvalsh(laplacian)
    return np.clip(values, 0, 2)


def spectral_distance(one: Any, other: Any) -> float:
    """Return the Euclidean distance of two spectra of networks with equally many nodes."""
    return float(np.linalg.norm(spectrum_of(one) - spectrum_of(other)))
