"""Rolling up: statements count for the widest topic only where somebody asks for it."""

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import example
from graphkit.cli import cli
from graphkit.codebook import Concept
from graphkit.curation import Correction
from graphkit.export import export_store
from graphkit.lookup import look_up_topic
from graphkit.rollup import rolled_up, with_narrower
from graphkit.store import Store
from graphkit.topic_correcting import broader
from graphs import quads_of

TRAFFIC, CHARGES = "city traffic", "charges for drivers"


@pytest.fixture
def store() -> Store:
    """Return the debate, with the charge below charges, and charges and trams below traffic."""
    return arranged(example.make_store())


def arranged(store: Store) -> Store:
    for topic, wider in ((example.CHARGE, CHARGES), (CHARGES, TRAFFIC), (example.TRAMS, TRAFFIC)):
        store.correct(broader(store, topic, wider))
    return store


def topics_of(store: Store) -> set[str]:
    return {statement.topic for statement in rolled_up(store, store.statements())}


def test_statements_go_to_the_widest_topic_over_all_steps(store: Store) -> None:
    assert topics_of(store) == {TRAFFIC, "Łucja Novák"}


def test_nothing_else_of_a_statement_changes(store: Store) -> None:
    before = store.statements()
    after = rolled_up(store, before)
    assert [(one.id, one.topic_text) for one in after] == [(s.id, s.topic_text) for s in before]


def test_nothing_is_inferred_into_the_store(store: Store) -> None:
    before = quads_of(store)
    rolled_up(store, store.statements())
    assert quads_of(store) == before
    assert store.statements(topic=TRAFFIC) == []
    assert len(store.statements(topic=example.CHARGE)) == 10


def test_a_topic_lists_all_below_it_once(store: Store) -> None:
    assert with_narrower(store, TRAFFIC) == [TRAFFIC, CHARGES, example.TRAMS, example.CHARGE]
    assert with_narrower(store, example.TRAMS) == [example.TRAMS]


def test_a_look_up_counts_narrower_topics_if_asked(store: Store) -> None:
    assert look_up_topic(store, TRAFFIC).facts["statements"] == 0
    assert look_up_topic(store, TRAFFIC, narrower=True).facts["statements"] == 13


def test_of_two_wider_topics_the_first_in_the_alphabet_counts() -> None:
    store = example.make_store()
    concept = Concept(example.TRAMS, broader=("welfare", "buses"))
    store.add_concepts([concept])
    assert "buses" in topics_of(store)
    assert "welfare" not in topics_of(store)


@pytest.mark.parametrize("first", [example.CHARGE, example.TRAMS])
def test_a_circle_is_one_topic_wherever_one_begins(first: str) -> None:
    store = example.make_store()
    (charge,), (trams,) = map(store.topic_nodes, (example.CHARGE, example.TRAMS))
    store.correct(
        Correction(kind="topic", action="broader", actor=one, other=other)
        for one, other in ((charge, trams), (trams, charge))
    )
    assert {s.topic for s in rolled_up(store, store.statements(topic=first))} == {example.CHARGE}


# --- exports ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    with example.make_store(folder) as opened:
        arranged(opened)
    return folder


def exported(path: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, ["export", *arguments, "-s", str(path)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


def topics_in(table: str) -> set[str]:
    return {row["topic"] for row in csv.DictReader(io.StringIO(table))}


def test_an_export_rolls_up_only_if_asked(path: Path) -> None:
    plain, rolled = exported(path, "-f", "csv"), exported(path, "-f", "csv", "--roll-up")
    assert topics_in(plain) == {example.CHARGE, example.TRAMS, "Łucja Novák"}
    assert topics_in(rolled) == {TRAFFIC, "Łucja Novák"}
    assert len(rolled.splitlines()) == len(plain.splitlines())


def test_all_formats_of_statements_roll_up(path: Path, tmp_path: Path) -> None:
    assert CHARGES not in (lines := exported(path, "-f", "jsonl", "--roll-up"))
    assert TRAFFIC in lines
    matrix = exported(path, "-f", "csv", "--mode", "topics", "--roll-up")
    assert matrix.splitlines()[0].split(",")[1:] == [TRAFFIC, "Łucja Novák"]
    for name, more in (("two", ()), ("one", ("--mode", "topics"))):
        file = tmp_path / f"{name}.graphml"
        exported(path, "-o", str(file), "--roll-up", "--check", *more)
        labels = {data["label"] for _, data in nx.read_graphml(file).nodes(data=True)}
        assert TRAFFIC in labels
        assert not labels & {example.CHARGE, example.TRAMS}


def test_what_holds_the_whole_store_does_not_roll_up(path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", "-f", "nq", "--roll-up", "-s", str(path)])
    assert result.exit_code == 2
    assert "--roll-up need another format" in result.stderr


def test_the_library_refuses_it_in_words_too(store: Store) -> None:
    with pytest.raises(Exception, match="holds the whole store"):
        export_store(store, io.BytesIO(), "ttl", roll_up=True)
