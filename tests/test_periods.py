import datetime

import pytest

from graphkit.errors import QueryError
from graphkit.periods import first_day, last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-03-05", "2024-03-05", "2024-03-05"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert first_day(text) == datetime.date.fromisoformat(first)
    assert last_day(text) == datetime.date.fromisoformat(last)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-", "2024-00", "2024-13", "2024-02-30", "0000", "٢٠٢٤", "2024-3-1"]
)
def test_what_is_no_date_is_told(text: str) -> None:
    for read in (first_day, last_day):
        with pytest.raises(QueryError, match="is no date: write 2024, 2024-03 or 2024-03-01"):
            read(text)
