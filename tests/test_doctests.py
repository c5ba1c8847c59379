"""The examples in docstrings print what they show."""

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "graphkit"
MODULES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in sorted(PACKAGE.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_right(name: str) -> None:
    module = importlib.import_module(name.removesuffix(".__init__"))
    tried = doctest.testmod(module)
    assert tried.attempted > 0
    assert tried.failed == 0


def test_there_are_examples() -> None:
    assert "graphkit.networks" in MODULES
