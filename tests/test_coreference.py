"""Who is who: the marked texts of `tests/coreference` hold the floors of quality/floors.json."""

import runpy
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from mentions import Case, agreement, answers, cases, kept_aside, tuned

if TYPE_CHECKING:
    from graphkit.extract import Extractor

gate: Any = SimpleNamespace(
    **runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "evaluate.py"))
)


@pytest.mark.quality
@pytest.mark.parametrize(
    ("name", "part"), [("coreference", tuned), ("coreference-kept-aside", kept_aside)]
)
def test_no_figure_is_below_its_floor(
    extractor: "Extractor", name: str, part: Callable[[Sequence[Case]], list[Case]]
) -> None:
    found = agreement(answers(extractor, part(cases())))

    assert gate.below({"b_cubed": found.f, "naming": found.naming}, gate.read_floors()[name]) == []
