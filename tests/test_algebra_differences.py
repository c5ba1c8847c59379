"""Where DNA differs is told in words, and only there."""

from typing import Any

import pytest

from graphkit.algebra.differences import differences
from graphkit.algebra.options import NetworkOptions, Window


@pytest.mark.parametrize(
    ("options", "kind", "told"),
    [
        ({"duplicates": "week"}, None, ["ISO 8601"]),
        ({"duplicates": "month"}, None, ["the month without its year"]),
        ({"mode": "one", "normalize": "cosine"}, None, ["norms of their vectors"]),
        ({"window": Window(3, "day", "triangular")}, None, ["|1 - u|"]),
        ({"window": Window(3, "day", "gaussian"), "mode": "one"}, "stance", ["diagonal"]),
        (
            {"window": Window(3, "day", "uniform"), "aggregate": "subtract"},
            "integer",
            ["DNA takes for an integer its position"],
        ),
        (
            {"window": Window(3, "day", "uniform"), "aggregate": "subtract"},
            None,
            ["if the qualifier is an integer"],
        ),
        ({"window": Window(3, "day", "uniform"), "aggregate": "subtract"}, "boolean", []),
        ({"duplicates": "document", "aggregate": "combine"}, "integer", []),
        ({"mode": "one", "normalize": "jaccard", "window": Window(3, "day")}, None, []),
    ],
)
def test_each_difference_is_told(options: dict[str, Any], kind: Any, told: list[str]) -> None:
    lines = differences(NetworkOptions(**options), kind)
    assert len(lines) == len(told)
    assert all(words in line for words, line in zip(told, lines, strict=True))


def test_all_that_apply_are_told() -> None:
    options = NetworkOptions(mode="one", normalize="cosine", duplicates="week")
    assert len(differences(options)) == 2
