"""``graphkit info``: versions, and what the store holds."""

import json
from importlib import metadata
from pathlib import Path

from click.testing import CliRunner

from example import EXTRACTIONS
from graphkit.cli import cli
from graphkit.store import Store


def test_without_a_store_it_tells_the_versions(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["info", "-s", str(tmp_path / "none")])

    assert result.exit_code == 0
    facts = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert facts["graphkit"] == metadata.version("stance-graphkit")
    assert facts["spacy"] == metadata.version("spacy")
    assert facts["model"].startswith("en_core_web_md 3.8")
    assert "`graphkit add` makes one" in facts["store"]
    assert not (tmp_path / "none").exists()


def test_with_a_store_it_counts_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with Store.open(path) as store:
        for extraction in EXTRACTIONS:
            store.add(extraction)
        actors, topics = len(store.actors()), len(store.topics())
    expected = {
        "articles": 3,
        "statements": 14,
        "actors": actors,
        "topics": topics,
        "first_date": "2024-03-04",
        "last_date": "2024-03-18",
    }

    result = CliRunner().invoke(cli, ["info", "-s", str(path), "-f", "json"])

    facts = json.loads(result.stdout)
    assert {name: facts[name] for name in expected} == expected


def test_an_empty_store_has_no_dates(tmp_path: Path) -> None:
    Store.open(tmp_path / "store").close()

    result = CliRunner().invoke(cli, ["info", "-s", str(tmp_path / "store"), "-f", "json"])

    facts = json.loads(result.stdout)
    assert (facts["articles"], facts["statements"], facts["first_date"]) == (0, 0, None)
