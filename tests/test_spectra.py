"""Spectra are those of graphs whose eigenvalues are known, and change where a network does."""

import datetime
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from threadpoolctl import threadpool_info

from example import ACTORS, STATEMENTS
from graphkit.algebra.options import NetworkOptions, Window
from graphkit.errors import NetworkError
from graphkit.measures import over_time
from graphkit.measures.over_time import COLUMNS, measure_windows
from graphkit.measures.spectra import spectral_distance, spectrum_of

SIZES = st.lists(st.integers(1, 3), min_size=4, max_size=4)
WINDOWS = NetworkOptions(mode="one", window=Window(3, "day"))


def _weights(graph: nx.Graph) -> sparse.csr_array:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, dtype=float))


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (nx.complete_graph(4), [0, 4 / 3, 4 / 3, 4 / 3]),
        (nx.star_graph(3), [0, 1, 1, 2]),
        (nx.cycle_graph(4), [0, 1, 1, 2]),
        (nx.empty_graph(3), [0, 0, 0]),
        (nx.disjoint_union(nx.path_graph(2), nx.empty_graph(1)), [0, 0, 2]),
    ],
)
def test_known_graphs_have_their_eigenvalues(graph: nx.Graph, expected: list[float]) -> None:
    assert spectrum_of(_weights(graph)) == pytest.approx(expected, abs=1e-12)


@given(weights=st.lists(st.sampled_from([0, 0, 0.5, 1, 3]), min_size=15, max_size=15))
def test_spectra_are_those_of_networkx(weights: list[float]) -> None:
    cells = np.zeros((6, 6))
    cells[np.triu_indices(6, k=1)] = weights
    graph = nx.from_numpy_array(cells + cells.T)
    expected = nx.normalized_laplacian_spectrum(graph)
    assert spectrum_of(_weights(graph)) == pytest.approx(expected, abs=1e-9)


def test_all_weights_times_a_number_change_nothing() -> None:
    weights = _weights(nx.path_graph(4))
    assert spectral_distance(weights, 7 * weights) == pytest.approx(0, abs=1e-12)


def test_one_thread_computes_a_spectrum(monkeypatch: pytest.MonkeyPatch) -> None:
    def threads() -> list[int]:
        libraries = threadpool_info()
        return [each["num_threads"] for each in libraries if each["user_api"] == "blas"]

    before, during, eigvalsh = threads(), [], np.linalg.eigvalsh
    monkeypatch.setattr(
        np.linalg, "eigvalsh", lambda matrix: during.extend(threads()) or eigvalsh(matrix)
    )
    spectrum_of(_weights(nx.path_graph(4)))
    assert set(during) == {1}
    assert threads() == before


def test_the_distance_is_euclidean() -> None:
    complete, star = _weights(nx.complete_graph(4)), _weights(nx.star_graph(3))
    assert spectral_distance(complete, star) == pytest.approx(np.sqrt(3 * (1 / 3) ** 2 + 1 / 3))


@given(weights=st.lists(st.integers(0, 3), min_size=10, max_size=10), sizes=SIZES)
def test_nodes_with_the_same_ties_can_stand_in_one_row(
    weights: list[int], sizes: list[int]
) -> None:
    classes = np.zeros((4, 4))
    classes[np.triu_indices(4)] = weights
    classes = np.maximum(classes, classes.T)
    which = np.repeat(range(4), sizes)
    all_nodes = classes[np.ix_(which, which)] * (1 - np.eye(len(which)))
    found = spectrum_of(sparse.csr_array(classes), sizes)
    assert found == pytest.approx(spectrum_of(sparse.csr_array(all_nodes)), abs=1e-9)


def test_a_window_has_a_row_for_each_place() -> None:
    rows = list(measure_windows(STATEMENTS, WINDOWS, actors=ACTORS))
    assert len(rows) == 13  # from 2024-03-05, its first middle, to 2024-03-17
    assert tuple(rows[0]) == COLUMNS
    assert (rows[0]["start"], rows[0]["stop"]) == (
        datetime.date(2024, 3, 4),
        datetime.date(2024, 3, 6),
    )
    assert rows[0]["statements"] == 7
    assert rows[0]["change"] is None


def test_what_changes_is_where_the_network_does() -> None:
    rows = list(measure_windows(STATEMENTS, WINDOWS, actors=ACTORS))
    changes = [row["change"] > 1e-9 for row in rows[1:]]
    assert changes[0]  # the first article leaves the window
    assert not any(changes[1:-1])  # nobody speaks


def test_polarization_over_time_sees_conflict_too() -> None:
    # On the first day all agree; later the same actors are split in two.
    first, second = STATEMENTS[1], STATEMENTS[2]
    later = datetime.date(2024, 3, 20)
    statements = [
        first,
        second,
        replace(first, id="x", date=later),
        replace(second, id="y", date=later, stance="supports"),
    ]
    rows = list(measure_windows(statements, WINDOWS, actors=ACTORS))
    assert (rows[0]["polarization"], rows[-1]["polarization"]) == (0, 1)


def test_too_many_nodes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_time, "LARGEST", 2)
    with pytest.raises(NetworkError, match="need up to 2"):
        list(measure_windows(STATEMENTS, WINDOWS, actors=ACTORS))
