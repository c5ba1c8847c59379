"""From .dna into a store and out again: the same networks; and of ours the same statements."""

import dataclasses
import io
import itertools
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings

from coded import databases, make_database, write_dna
from dna_file import make_dna
from example import EXTRACTIONS, STATEMENTS, make_store
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import StatementTable
from graphkit.concepts.index import label_key
from graphkit.curation import Correction
from graphkit.dna.reading import read_dna
from graphkit.dna.records import Database, selected_text
from graphkit.dna.table import to_table
from graphkit.export.dna import export_dna
from graphkit.importing.dna_file import read_dna_parcel
from graphkit.importing.parcel import Choices
from graphkit.importing.storing import Outcome, put_parcel
from graphkit.statement import Extraction
from graphkit.store import Store
from strategies import extractions

EXAMPLE = Path(__file__).resolve().parents[2] / "shared" / "eval" / "networks" / "rich.dna"
HARBOUR = Choices(actor=("group",), topic="demand", stance="agrees")


def put(store: Store, path: Path, choices: Choices | None = None) -> Outcome:
    """Import a database into a store, and find nothing wrong with that."""
    outcome = put_parcel(store, read_dna_parcel(path, choices or Choices()))
    assert [finding.text for finding in store.find_faults()] == []
    return outcome


def exported(store: Store, path: Path) -> Path:
    """Write a store to a file."""
    stream = io.BytesIO()
    export_dna(store, stream)
    path.write_bytes(stream.getvalue())
    return path


def dump(store: Store) -> bytes:
    """Return all that a store holds."""
    stream = io.BytesIO()
    store.dump(stream)
    return stream.getvalue()


def option_sets(
    names: Sequence[str], qualifiers: Sequence[str] = ("agreement", "strength")
) -> Iterator[NetworkOptions]:
    """Yield networks of pairs of variables, with each aggregation that fits them."""
    for one, other in itertools.permutations(names, 2):
        for mode, aggregates in _AGGREGATES.items():
            for aggregate, qualifier in itertools.product(aggregates, qualifiers):
                yield NetworkOptions(
                    mode="two" if mode == "two" else "one",
                    variable1=one,
                    variable2=other,
                    qualifier=qualifier,
                    aggregate=aggregate,  # type: ignore[arg-type]  # a plain text
                    duplicates="document" if aggregate == "ignore" else "keep",
                    isolates=aggregate == "subtract",
                    dna_compat=True,
                )


_AGGREGATES = {
    "two": ("ignore", "subtract", "combine"),
    "one": ("ignore", "congruence", "subtract"),
}


def assert_same_networks(
    one: StatementTable, other: StatementTable, options: Iterator[NetworkOptions]
) -> None:
    for choice in options:
        first, second = (compute_network(table, choice) for table in (one, other))
        assert (first.rows, first.columns) == (second.rows, second.columns)
        np.testing.assert_array_equal(first.values.toarray(), second.values.toarray())
        assert (first.start, first.stop) == (second.start, second.stop)


# --- what others coded --------------------------------------------------------------------------


@given(database=databases())
@settings(max_examples=15, deadline=None)
def test_any_database_makes_the_same_networks_again(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    path = write_dna(database, folder / "any.dna")
    with Store.open(None) as store:
        put(store, path)
        again = read_dna(exported(store, folder / "again.dna"))
    names = ("person", "concept", "document_source")
    assert_same_networks(to_table(database), to_table(again), option_sets(names))
    assert again.coders == database.coders
    assert again.regexes == database.regexes
    attributes = [
        [(one.value, one.attributes, one.colour) for one in each.entities.values()]
        for each in (database, again)
    ]
    assert attributes[0] == attributes[1]


@given(database=databases())
@settings(max_examples=12, deadline=None)
def test_our_networks_are_those_of_the_database(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write_dna(database, tmp_path_factory.mktemp("ours") / "any.dna")
    assert_our_networks(composed(database), path)


def assert_our_networks(database: Database, path: Path) -> None:
    """Compare the networks of a store after an import with those of the database itself."""
    theirs = to_table(database)
    for actor in ("organization", "person"):
        with Store.open(None) as store:
            put(store, path, Choices(actor=(actor,)))
            ours = table_of(store.statements(), ("actor", "topic", "stance"))
        for mode, aggregate in (("two", "subtract"), ("one", "congruence"), ("one", "ignore")):
            options = NetworkOptions(mode=mode, aggregate=aggregate)  # type: ignore[arg-type]
            coded = dataclasses.replace(
                options, variable1=actor, variable2="concept", qualifier="agreement"
            )
            found, expected = compute_network(ours, options), compute_network(theirs, coded)
            assert sorted(found.rows) == sorted(expected.rows)
            assert set(found.columns) == set(expected.columns)
            assert found.values.sum() == expected.values.sum()
            order = [found.rows.index(row) for row in expected.rows]
            across = [found.columns.index(column) for column in expected.columns]
            values = found.values.toarray()[np.ix_(order, across)]
            np.testing.assert_array_equal(values, expected.values.toarray())


@given(database=databases())
@settings(max_examples=6, deadline=None)
def test_a_second_import_changes_nothing(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("twice")
    path = write_dna(database, folder / "any.dna")
    with Store.open(None) as store:
        put(store, path)
        before = dump(store)
        outcome = put(store, path)
        assert dump(store) == before
        assert (outcome.articles, outcome.topics) == (0, 0)
        first = exported(store, folder / "first.dna")
    with Store.open(None) as other:
        put(other, first)
        assert exported(other, folder / "second.dna").read_bytes() == first.read_bytes()


def composed(database: Database) -> Database:
    """Return a database with names in NFC, in which we have all texts."""
    statements = (
        dataclasses.replace(
            one,
            values={
                name: unicodedata.normalize("NFC", value) if isinstance(value, str) else value
                for name, value in one.values.items()
            },
        )
        for one in database.statements
    )
    return dataclasses.replace(database, statements=tuple(statements))


def test_several_types_of_statements_and_empty_values_come_back(tmp_path: Path) -> None:
    path = make_dna(
        tmp_path / "harbour.dna", ["UPDATE STATEMENTS SET StatementTypeId = 2 WHERE ID = 3"]
    )
    with Store.open(None) as store:
        put(store, path, HARBOUR)
        again = read_dna(exported(store, tmp_path / "again.dna"))
    assert [kind.label for kind in again.statement_types.values()] == ["Position", "Unused"]
    first, second, third = again.statements
    assert first.values == {
        "group": "Pilots",
        "demand": "more tugs",
        "agrees": True,
        "force": 3,
        "remark": "off the record",
    }
    assert second.values["force"] == -2
    assert again.statement_types[third.type].label == "Unused"
    entity = next(one for one in again.entities.values() if one.value == "Pilots")
    assert entity.attributes == {"Type": "union", "Alias": ""}


@pytest.mark.skipif(not EXAMPLE.is_file(), reason="the database of DNA's example is not there")
def test_the_example_of_dna_makes_the_same_networks_again(tmp_path: Path) -> None:
    database = read_dna(EXAMPLE)
    with Store.open(None) as store:
        put(store, EXAMPLE)
        again = read_dna(exported(store, tmp_path / "again.dna"))
    names = ("person", "organization", "concept", "referral", "document_author", "document_type")
    choices = option_sets(names, ("agreement", "intensity"))
    assert_our_networks(database, EXAMPLE)
    assert_same_networks(to_table(database), to_table(again), choices)


# --- our own statements -------------------------------------------------------------------------


def test_our_statements_come_back_from_a_database(tmp_path: Path) -> None:
    with make_store() as store:
        before = store.statements()
        articles = [store.article(one.id) for one in store.articles()]
        path = exported(store, tmp_path / "ours.dna")
    with Store.open(None) as other:
        put(other, path)
        assert other.statements() == before
        assert [other.article(one.id) for one in other.articles()] == articles
        assert exported(other, tmp_path / "again.dna").read_bytes() == path.read_bytes()


@given(extraction=extractions())
@settings(max_examples=25, deadline=None)
def test_any_statements_come_back_from_a_database(
    extraction: Extraction, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("ours")
    with Store.open(None) as store:
        store.add(normal(extraction))
        before = store.statements()
        path = exported(store, folder / "ours.dna")
    with Store.open(None) as other:
        put(other, path)
        assert other.statements() == before


def normal(extraction: Extraction) -> Extraction:
    """Return an extraction with a text as articles have it: in NFC, with plain line ends.

    Its topics have words, for nothing else is found in a codebook.
    """
    text = extraction.article.text
    assume("\r" not in text and unicodedata.is_normalized("NFC", text))
    assume(all(label_key(one.topic) for one in extraction.statements))
    return extraction


def test_every_statement_selects_exactly_its_text(tmp_path: Path) -> None:
    with make_store() as store:
        database = read_dna(exported(store, tmp_path / "ours.dna"))
    selected = [selected_text(one, database.documents[one.document]) for one in database.statements]
    assert sorted(selected) == sorted(one.evidence for one in STATEMENTS)


def test_persons_speak_for_organizations_and_agreement_is_yes_or_no(tmp_path: Path) -> None:
    with make_store() as store:
        database = read_dna(exported(store, tmp_path / "ours.dna"))
    kinds = {kind.id: kind.label for kind in database.statement_types.values()}
    rows = {
        (one.values["person"], one.values["organization"], one.values.get("agreement"))
        for one in database.statements
        if kinds[one.type] == "DNA Statement"
    }
    assert ("Łucja Novák", "Norwick", True) in rows
    assert ("", "Drivers' Union", False) in rows
    ambivalent = [one for one in database.statements if kinds[one.type] == "Ambivalent statement"]
    assert {one.values["organization"] for one in ambivalent} == {
        "Chamber of Commerce",
        "some shopkeepers (herald-1)",
    }
    assert all("agreement" not in one.values for one in ambivalent)
    types = {one.value: one.attributes["Type"] for one in database.entities.values()}
    assert types["Norland"] == "country"


def test_networks_without_ambivalent_statements_are_ours(tmp_path: Path) -> None:
    with make_store() as store:
        ours = table_of(
            [one for one in store.statements() if one.actor_type != "person"],
            ("actor", "topic", "stance"),
            actors=store.actors(),
        )
        path = exported(store, tmp_path / "ours.dna")
    database = read_dna(path)
    theirs = to_table(
        dataclasses.replace(
            database,
            statements=tuple(one for one in database.statements if not one.values["person"]),
        ),
        "DNA Statement",
    )
    options = NetworkOptions(aggregate="subtract", ambivalent="drop")
    coded = dataclasses.replace(
        options,
        variable1="organization",
        variable2="concept",
        qualifier="agreement",
        ambivalent="count",
    )
    found, expected = compute_network(ours, options), compute_network(theirs, coded)
    assert (found.rows, found.columns) == (expected.rows, expected.columns)
    np.testing.assert_array_equal(found.values.toarray(), expected.values.toarray())


def test_large_files_are_stored_in_parts(tmp_path: Path) -> None:
    path = make_dna(tmp_path / "harbour.dna")
    parcel = read_dna_parcel(path, HARBOUR)
    with Store.open(None) as whole, Store.open(None) as parts:
        put_parcel(whole, parcel)
        outcome = put_parcel(parts, parcel, batch_size=1)
        assert (outcome.articles, outcome.statements) == (2, 2)
        assert dump(parts) == dump(whole)


def test_an_empty_store_is_a_database_with_our_type(tmp_path: Path) -> None:
    with Store.open(None) as store:
        database = read_dna(exported(store, tmp_path / "empty.dna"))
    assert [kind.label for kind in database.statement_types.values()] == ["DNA Statement"]
    assert [coder.name for coder in database.coders.values()] == ["Admin"]


def test_corrections_show_in_what_coders_made(tmp_path: Path) -> None:
    rows = [("Ida", "Pilots", "more tugs", True), ("Ola", "Port", "tugs", False)]
    with Store.open(None) as store:
        put(store, write_dna(make_database(rows), tmp_path / "x.dna"))
        store.correct(
            [
                Correction(
                    action="merge", actor=store.iris.actor("Ola"), other=store.iris.actor("Ida")
                ),
                Correction(
                    kind="topic",
                    action="merge",
                    actor=store.iris.topic("tugs"),
                    other=store.iris.topic("more tugs"),
                ),
            ]
        )
        again = read_dna(exported(store, tmp_path / "again.dna"))
    told = [(one.values["person"], one.values["concept"]) for one in again.statements]
    assert told == [("Ida", "more tugs")] * 2


def test_long_names_are_shortened_and_come_back(tmp_path: Path) -> None:
    extraction = EXTRACTIONS[0]
    topic = "a charge " * 40
    statement = dataclasses.replace(extraction.statements[0], topic=topic)
    other = dataclasses.replace(extraction.statements[1], topic=f"{topic}for all")
    changed = dataclasses.replace(extraction, statements=(statement, other))
    with Store.open(None) as store:
        store.add(changed)
        before = store.statements()
        stream = io.BytesIO()
        report = export_dna(store, stream)
        path = exported(store, tmp_path / "long.dna")
    assert "2 long names shortened to 190 characters" in report.notes
    concepts = {one.values["concept"] for one in read_dna(path).statements}
    assert len(concepts) == len({*map(len, map(str, concepts)), 1}) == 2
    with Store.open(None) as again:
        put(again, path)
        assert again.statements() == before


def test_copies_that_were_made_in_dna_are_told_apart(tmp_path: Path) -> None:
    with make_store() as store:
        path = exported(store, tmp_path / "ours.dna")
    with closing(sqlite3.connect(path)) as connection:
        texts = "Title, Text, Author, Source, Section, Notes, Type, Date"
        connection.execute(
            f"INSERT INTO DOCUMENTS(ID, Coder, {texts}) "  # our own names
            f"SELECT 9, Coder, {texts} FROM DOCUMENTS WHERE ID = 1"
        )
        connection.execute("UPDATE STATEMENTS SET DocumentId = 9 WHERE ID = 1")
        connection.execute("UPDATE DATALONGTEXT SET Value = (SELECT MIN(Value) FROM DATALONGTEXT)")
        connection.execute("UPDATE DOCUMENTS SET Date = 86400 WHERE ID = 1")
        connection.commit()
    with Store.open(None) as other:
        put(other, path)
        assert {one.id: str(one.date) for one in other.articles()} == {
            "brief": "1970-01-02",
            "herald-1": "2024-03-04",
            "herald-2": "2024-03-18",
            "ours-9": "None",
        }
        ambivalent = 2  # which only their own extras call so
        assert len(other.statements()) == len(STATEMENTS) - ambivalent


def test_what_was_edited_in_dna_replaces_what_was_extracted(tmp_path: Path) -> None:
    with make_store() as store:
        path = exported(store, tmp_path / "ours.dna")
        assert put(store, path).unchanged == 3
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE DATABOOLEAN SET Value = 1 - Value WHERE ID = 1")
            connection.commit()
        (fault,) = put(store, path).faults
        assert "was extracted by graphkit; --overwrite replaces it" in str(fault)
        before = {one.id: one.stance for one in store.statements()}
        put_parcel(store, read_dna_parcel(path, Choices()), overwrite=True)
        after = {one.id: one.stance for one in store.statements()}
    assert before.keys() == after.keys()
    assert sum(before[one] != after[one] for one in before) == 1
