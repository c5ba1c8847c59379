"""Kernels: how much a statement counts, by its distance from the middle of a window."""

import math

import numpy as np
from numpy.typing import NDArray

from graphkit.algebra.options import Kernel, Window
from graphkit.algebra.table import Moments
from graphkit.algebra.windows import units_between

Weights = NDArray[np.float64]


def kernel_weights(
    window: Window, moments: Moments, middle: np.datetime64, *, dna_compat: bool
) -> Weights:
    """Return the weight of each moment in the window around `middle`.

    The distance u is 2 for each whole unit by the window's size, so that the window reaches from
    -1 to 1. `dna_compat` weights with a triangle that rises from 0 at its start to 2 at its end.
    """
    if window.kernel is None:
        return np.ones(len(moments))
    distances = 2 * units_between(moments, middle, window.unit) / window.size
    if window.kernel == "triangular" and dna_compat:
        return np.abs(1 - distances)
    return _weights(window.kernel, distances)


def _weights(kernel: Kernel, distances: Weights) -> Weights:
    weights: Weights = np.full(len(distances), 0.5)
    if kernel == "gaussian":
        weights = np.exp(-(distances**2) / 2) / math.sqrt(2 * math.pi)
    elif kernel == "epanechnikov":
        weights = 0.75 * np.maximum(1 - distances**2, 0)
    elif kernel == "triangular":
        weights = np.maximum(1 - np.abs(distances), 0)
    return weights
