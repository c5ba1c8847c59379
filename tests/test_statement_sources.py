"""Statements are read from objects, dicts, data frames, files and stores alike."""

import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from example import ACTORS, ARTICLES, STATEMENTS, make_store
from graphkit.errors import StatementError, StoreError
from graphkit.export.tables import to_row, write_csv, write_jsonl
from graphkit.records import statement_order
from graphkit.statement import Statement
from graphkit.statement_sources import read_source
from graphkit.store import Store
from strategies import extractions

BARE = {"actor": "Pilots", "stance": "supports", "topic": "tugs"}


@pytest.fixture
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


def _read(source: Any) -> list[Statement]:
    return read_source(source).statements


def test_statements_stay_what_they_are() -> None:
    assert _read(STATEMENTS) == list(STATEMENTS)
    assert _read(iter(STATEMENTS)) == list(STATEMENTS)


def test_dicts_have_the_fields_of_the_contract() -> None:
    assert _read([one.to_json() for one in STATEMENTS]) == list(STATEMENTS)
    assert _read([to_row(one) for one in STATEMENTS]) == list(STATEMENTS)


@given(extractions())
def test_any_statement_is_read_back_from_its_dict(extraction: Any) -> None:
    rows = [one.to_json() for one in extraction.statements]
    assert _read(rows) == list(extraction.statements)


def test_a_store_tells_its_actors_and_articles_too(store: Store) -> None:
    told = read_source(store)
    assert told.statements == sorted(STATEMENTS, key=statement_order)
    assert {one.name for one in told.actors} == {one.name for one in ACTORS}
    assert [one.id for one in told.articles] == sorted(one.id for one in ARTICLES)


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    make_store(tmp_path / "debate.db").close()
    assert len(_read(tmp_path / "debate.db")) == len(_read(str(tmp_path / "debate.db"))) == 14


@pytest.mark.parametrize(("ending", "write"), [("csv", write_csv), ("jsonl", write_jsonl)])
def test_a_file_is_read_as_it_was_exported(ending: str, write: Any, tmp_path: Path) -> None:
    file = io.BytesIO()
    write(STATEMENTS, file)
    path = tmp_path / f"statements.{ending}"
    path.write_bytes(file.getvalue())
    assert _read(path) == _read(str(path)) == list(STATEMENTS)


def test_a_data_frame_of_all_fields_is_read() -> None:
    frame = pd.DataFrame([one.to_json() for one in STATEMENTS])
    assert _read(frame) == list(STATEMENTS)


def test_a_data_frame_may_lack_fields_and_have_others() -> None:
    frame = pd.DataFrame(
        {
            "actor": ["Pilots", "Port"],
            "stance": ["supports", "opposes"],
            "topic": ["tugs", "tugs"],
            "date": pd.to_datetime(["2024-01-02", None]),
            "affiliation": [None, "Norland"],
            "coder": ["A", "B"],
        }
    )
    first, second = _read(frame)
    assert (first.date, second.date) == (datetime.date(2024, 1, 2), None)
    assert (first.affiliation, second.affiliation) == ("", "Norland")
    assert (first.id, second.id) == ("row 1", "row 2")
    assert (first.actor_span, first.start, first.confidence) == (None, 0, 1.0)


class Frame:
    """A data frame as polars has it."""

    columns = tuple(BARE)

    def to_dicts(self) -> list[dict[str, Any]]:
        return [BARE]


def test_a_data_frame_of_polars_is_read() -> None:
    assert [one.actor for one in _read(Frame())] == ["Pilots"]


@pytest.mark.parametrize(
    "date",
    [
        "2024-01-02",
        "2024-01-02T10:00:00",
        datetime.date(2024, 1, 2),
        datetime.datetime(2024, 1, 2, 10),
        pd.Timestamp("2024-01-02 10:00"),
    ],
)
def test_a_date_can_be_written_in_many_ways(date: Any) -> None:
    assert _read([{**BARE, "date": date}])[0].date == datetime.date(2024, 1, 2)


@pytest.mark.parametrize("date", [None, "", float("nan"), pd.NaT])
def test_a_missing_date_is_none(date: Any) -> None:
    assert _read([{**BARE, "date": date}])[0].date is None


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (7, "A int is no list of statements"),
        (BARE, "A dict is no list of statements"),
        ([7], "Row 1: a int is no statement"),
        ([BARE, {"actor": "Port", "stance": "opposes"}], "Row 2: no topic; a statement needs"),
        ([{**BARE, "actor": None}], "Row 1: no actor"),
        ([{**BARE, "stance": "pro"}], "no stance 'pro': there are supports, opposes, ambivalent"),
        ([{**BARE, "actor_type": "party"}], "no actor_type 'party': there are person,"),
        ([{**BARE, "date": "soon"}], "Row 1: 'soon' is no date"),
        ([{**BARE, "date": 2024}], "Row 1: '2024' is no date"),
        ([{**BARE, "cue_span": "7"}], "Row 1: '7' is no cue span"),
        ([{**BARE, "confidence": "high"}], "Row 1: 'high' is no confidence"),
        ([{**BARE, "confidence": 85}], "Row 1: '85' is no confidence"),
        ([{**BARE, "confidence": "nan"}], "Row 1: 'nan' is no confidence"),
        ([{**BARE, "start": "x"}], "Row 1: 'x' is no start"),
    ],
)
def test_what_is_no_statement_is_told_with_its_row(source: Any, told: str) -> None:
    with pytest.raises(StatementError, match=told):
        read_source(source)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"actor,topic\nPilots,tugs\n", "a.csv:2: no stance"),
        ("a.csv", b"actor,stance,topic\nPilots,supports\n", "a.csv:2: no topic"),
        ("a.csv", b"\xff\xfe", "a.csv:1: not UTF-8"),
        ("a.jsonl", b"\n{}\n", "a.jsonl:2: no actor"),
        ("a.jsonl", b"{", "a.jsonl:1: no JSON"),
        ("a.jsonl", b"[1]", "a.jsonl:1: a list is no statement"),
        ("a.xlsx", b"", "a.xlsx is no .csv or .jsonl file"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(
    name: str, content: bytes, told: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(StatementError, match=told):
        read_source(tmp_path / name)


def test_a_missing_file_and_a_folder_that_is_no_store_are_told(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match=r"none\.csv cannot be read"):
        read_source(tmp_path / "none.csv")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        read_source(tmp_path / "folder")


def test_only_a_store_can_be_rolled_up() -> None:
    with pytest.raises(StatementError, match="Only a store"):
        read_source(STATEMENTS, roll_up=True)


@given(st.dictionaries(st.sampled_from(["actor", "date", "start", "cue_span"]), st.text()))
def test_any_text_is_a_statement_or_an_error_of_ours(fields: dict[str, str]) -> None:
    rows = [{**BARE, **fields}]
    try:
        (found,) = _read(rows)
    except StatementError:
        return
    assert json.loads(json.dumps(found.to_json()))["topic"] == "tugs"
