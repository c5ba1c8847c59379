import dataclasses
import sys
from pathlib import Path

import pytest

import example
from folders import names
from graphkit.bulk import make_store
from graphkit.codebook import Concept
from graphkit.errors import StoreError
from graphkit.store import Store
from graphs import quads_of

CODEBOOK = [Concept(example.CHARGE, ("the charge",), broader=("transport",))]
BASE = "https://x.example/"


def test_a_store_made_at_once_is_that_of_its_articles_one_by_one(tmp_path: Path) -> None:
    made = make_store(tmp_path / "db", example.EXTRACTIONS, CODEBOOK, settings="s", base=BASE)
    expected = Store.open(None, base=BASE)
    expected.add_concepts(CODEBOOK)
    for extraction in example.EXTRACTIONS:
        expected.add(extraction, "s")
    with Store.open(tmp_path / "db") as store:
        assert store.iris.base == BASE
        assert quads_of(store) == quads_of(expected)
        assert made == len(quads_of(store))
        store.remove("brief")


def test_an_article_that_comes_twice_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    first = example.EXTRACTIONS[0]
    article = dataclasses.replace(first.article, title="Another title")
    again = dataclasses.replace(first, article=article)
    with pytest.raises(StoreError, match=r"db: article herald-1: .* more than one"):
        make_store(tmp_path / "db", [*example.EXTRACTIONS, again])
    assert names(tmp_path) == []


def test_a_store_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    Store.open(tmp_path / "db").close()
    with pytest.raises(StoreError, match="There is a store at"):
        make_store(tmp_path / "db", example.EXTRACTIONS)
    assert names(tmp_path) == ["db"]


def test_generated_articles_make_a_store_in_which_nothing_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parents[1] / "scripts")])
    from large_store import World, iter_extractions

    found = []
    for name in ("one", "two"):
        make_store(tmp_path / name, iter_extractions(300), World().concepts())
        with Store.open(tmp_path / name, read_only=True) as store:
            assert list(store.find_faults()) == []
            assert len(store.articles()) == 30
            assert len(store.statements()) == 300
            found.append(quads_of(store))
    assert found[0] == found[1]
