"""The quality gate: no figure of the extraction falls below its floor in quality/floors.json."""

import functools
import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from graphkit.extract import Extractor

SCRIPT = Path(__file__).parents[1] / "scripts" / "evaluate.py"
SHARED = Path(__file__).parents[2] / "shared" / "eval"

gate: Any = SimpleNamespace(**runpy.run_path(str(SCRIPT)))


@pytest.fixture(scope="session")
def evaluated(extractor: "Extractor") -> Callable[[str], Any]:
    """Evaluate a data set once; attributions-dev takes the better part of a minute."""

    @functools.cache
    def evaluate(name: str) -> Any:
        folder = gate.DATASETS[name]
        if not folder.is_dir():
            pytest.skip(f"{name} is not evaluated: there is no ../shared/eval/{name}")
        return gate.run(folder, extractor)

    return evaluate


@pytest.mark.quality
@pytest.mark.parametrize("name", gate.DATASETS)
def test_no_figure_is_below_its_floor(name: str, evaluated: Callable[[str], Any]) -> None:
    measures = evaluated(name).measures()
    floors = gate.read_floors()[name]

    assert gate.below(measures, floors) == []
    assert floors.keys() == measures.keys()


@pytest.mark.quality
@pytest.mark.parametrize("name", gate.DATASETS)
def test_the_shared_scorer_prints_the_same_figures(
    name: str, evaluated: Callable[[str], Any]
) -> None:
    outcome = evaluated(name)
    if outcome.has_agreement is None:
        pytest.skip(f"nothing to compare with: there is no ../shared/eval/{outcome.scorer}")

    assert outcome.has_agreement


def test_the_data_sets_lie_where_the_tests_look_for_them() -> None:
    assert gate.SHARED == SHARED
    assert gate.DATASETS["gold"] == Path(__file__).parent / "gold"
    assert gate.DATASETS["gold"].is_dir()


def test_a_figure_below_its_floor_is_named() -> None:
    floors = {"stance": 0.6, "full": 0.5, "gone": 0.1}

    assert gate.below({"stance": 0.5999, "full": 0.5, "new": 0.0}, floors) == [
        "stance is 0.5999, below its floor of 0.6",
        "gone is 0.0000, below its floor of 0.1",
    ]


def test_an_update_raises_floors_and_lowers_none() -> None:
    floors = {"located": 0.7, "stance": 0.6, "full": 0.5}

    raised = gate.raised({"located": 0.8126, "stance": 0.605, "full": 0.4, "polarity": 0.9}, floors)

    assert raised == {"located": 0.802, "stance": 0.6, "full": 0.5, "polarity": 0.89}
