"""Options that do not go together are refused with what would."""

import datetime
from typing import Any

import pytest

from graphkit.algebra.options import NetworkOptions, Window
from graphkit.errors import NetworkError

MONTHS = Window(3, "month", "gaussian")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"aggregate": "congruence"}, "No 'congruence' in a two-mode.*ignore, subtract, combine"),
        ({"aggregate": "conflict"}, "No 'conflict' in a two-mode network"),
        ({"mode": "one", "aggregate": "combine"}, "No 'combine' in a one-mode.*congruence"),
        ({"normalize": "jaccard"}, "'jaccard' in a two-mode.*none, activity, prominence"),
        ({"mode": "one", "normalize": "activity"}, "'activity' in a one-mode.*average, jaccard"),
        ({"variable2": "actor"}, "'actor' cannot be both variables"),
        ({"qualifier": "topic"}, "'topic' cannot be a variable and the qualifier"),
        ({"qualifier": "", "aggregate": "subtract"}, "'subtract' needs a qualifier"),
        ({"window": MONTHS, "normalize": "activity"}, "kernel has no normalization"),
        ({"window": MONTHS, "aggregate": "combine"}, "'combine' .* kernel cannot weight"),
        ({"mode": "three"}, "No mode 'three': there are two, one"),
        ({"duplicates": "decade"}, "No duplicates 'decade'"),
        ({"ambivalent": "maybe"}, "count, halve, drop"),
        (
            {"since": datetime.date(2024, 2, 1), "until": datetime.date(2024, 1, 31)},
            "begins on 2024-02-01, after 2024-01-31",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(options: dict[str, Any], told: str) -> None:
    with pytest.raises(NetworkError, match=told):
        NetworkOptions(**options)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((0, "day"), "A window of 0 units"),
        ((10**10, "day"), "it needs 1 to"),
        ((3, "decade"), "No unit 'decade': there are second"),
        ((3, "day", "box"), "No kernel 'box': there are uniform"),
    ],
)
def test_a_window_is_checked(arguments: tuple[Any, ...], told: str) -> None:
    with pytest.raises(NetworkError, match=told):
        Window(*arguments)


def test_a_day_may_be_the_whole_range() -> None:
    day = datetime.date(2024, 2, 1)
    assert NetworkOptions(since=day, until=datetime.datetime(2024, 2, 1, 12)).since == day
