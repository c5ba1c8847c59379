import dataclasses
import datetime
import io
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import example
from graphkit.codebook import Concept
from graphkit.database import FORMAT, MARKER
from graphkit.errors import QueryError, StoreError, UnknownNameError
from graphkit.rdf import fingerprint
from graphkit.statement import Actor, Extraction, Statement
from graphkit.store import Store
from graphkit.vocabulary import DIRECT_TERMS
from graphs import quads_of, rows_of, stored
from strategies import extractions

PROPOSAL, REVERSAL, BRIEF = example.EXTRACTIONS
CODEBOOK = [
    Concept("city traffic", iri="https://x.example/traffic"),
    Concept(example.CHARGE, ("toll",), broader=("city traffic",), iri="https://x.example/charge"),
]

several = st.lists(extractions(), min_size=1, max_size=4, unique_by=lambda e: e.article.id)


def changed(extraction: Extraction) -> Extraction:
    """Return a later version of an article: one statement and one alias less, another title."""
    return dataclasses.replace(
        extraction,
        article=dataclasses.replace(extraction.article, title="Corrected"),
        statements=extraction.statements[1:],
        actors=tuple(dataclasses.replace(a, aliases=a.aliases[1:]) for a in extraction.actors),
    )


def current_of(store: Store) -> set[tuple[str, str, str]]:
    query = f"SELECT ?a ?p ?t {{ GRAPH <{store.iris.graph('current')}> {{ ?a ?p ?t }} }}"
    names = {store.iris.prefixes["gk"] + v.partition(":")[2]: k for k, v in DIRECT_TERMS.items()}
    return {(actor, names[direct], topic) for actor, direct, topic in rows_of(store, query)}


def run_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, "tests"])},
    )


# --- adding and removing ------------------------------------------------------------------------


@given(several, st.randoms(use_true_random=False))
def test_a_store_follows_from_its_articles_alone(
    added: list[Extraction], chance: random.Random
) -> None:
    store = stored(*(changed(extraction) for extraction in added))
    for extraction in chance.sample(added, len(added)):
        store.add(extraction)
    assert quads_of(store) == quads_of(stored(*added))


@given(several)
def test_removing_an_article_leaves_no_trace(added: list[Extraction]) -> None:
    store = stored(*added)
    store.remove(added[0].article.id)
    assert quads_of(store) == quads_of(stored(*added[1:]))
    assert added[0].article.id not in {article.id for article in store.articles()}


def test_replacing_an_article_changes_its_graph_and_what_follows_from_it() -> None:
    store = stored(PROPOSAL, BRIEF)
    before = quads_of(store)
    store.add(changed(PROPOSAL))
    touched = {quad.rpartition(" ")[2] for quad in before ^ quads_of(store)}
    assert touched == {
        f"<{store.iris.article('herald-1')}>",
        f"<{store.iris.graph('entities')}>",
        f"<{store.iris.graph('names')}>",
        f"<{store.iris.graph('positions')}>",
        f"<{store.iris.graph('current')}>",
    }


def test_adding_an_article_again_changes_nothing() -> None:
    store = stored(*example.EXTRACTIONS)
    before = quads_of(store)
    store.add(REVERSAL)
    assert quads_of(store) == before


def test_an_alias_goes_when_the_last_article_with_it_goes() -> None:
    store = stored(PROPOSAL, BRIEF)
    store.remove("herald-1")
    assert [actor.name for actor in store.actors()] == ["Norland", "some shopkeepers"]
    assert store.actors()[0].aliases == ("The Norland government",)


def test_an_article_without_statements_is_an_article() -> None:
    store = stored(dataclasses.replace(BRIEF, statements=(), actors=()))
    assert store.articles() == [dataclasses.replace(example.BRIEF, text="")]
    assert store.statements() == []


def test_removing_an_unknown_article_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="No article 'nosuch'"):
        stored(BRIEF).remove("nosuch")


# --- the latest stances ---------------------------------------------------------------------------


def _latest(statements: list[Statement], store: Store) -> set[tuple[str, str, str]]:
    """Say slowly and plainly what `current` has to hold."""
    by_pair = defaultdict(list)
    for statement in statements:
        node = f"<{store.iris.statement(statement.id)}>"
        ((actor, topic),) = rows_of(store, f"SELECT ?a ?t {{ {node} gk:actor ?a ; gk:topic ?t }}")
        by_pair[actor, topic].append(statement)
    return {
        (actor, found.stance, topic)
        for (actor, topic), members in by_pair.items()
        for found in members
        if (found.date or datetime.date.min) == max(m.date or datetime.date.min for m in members)
    }


@given(several)
def test_current_holds_the_stances_of_the_latest_day(added: list[Extraction]) -> None:
    store = stored(*added)
    assert current_of(store) == _latest(store.statements(), store)


def test_a_later_article_changes_the_current_stance_and_its_removal_changes_it_back() -> None:
    store = stored(PROPOSAL)
    novak, charge = store.iris.actor("Lucja Novak"), store.nodes(example.CHARGE)[0]
    assert (novak, "opposes", charge) in current_of(store)
    store.add(REVERSAL)
    assert {stance for a, stance, t in current_of(store) if (a, t) == (novak, charge)} == {
        "supports"
    }
    store.remove("herald-2")
    assert (novak, "opposes", charge) in current_of(store)


def test_both_stances_of_one_day_are_current() -> None:
    store = stored(PROPOSAL)
    perez = store.iris.actor("Ana Perez")
    assert {stance for actor, stance, _ in current_of(store) if actor == perez} == {
        "supports",
        "opposes",
    }


# --- reading --------------------------------------------------------------------------------------


def test_statements_come_by_date_article_and_place() -> None:
    found = stored(*reversed(example.EXTRACTIONS)).statements()
    keys = [(s.date or datetime.date.min, s.article, s.start, s.id) for s in found]
    assert keys == sorted(keys)
    assert {s.id for s in found} == {s.id for s in example.STATEMENTS}


def test_statements_are_selected_by_all_that_is_given() -> None:
    store = stored(*example.EXTRACTIONS)
    pairs = {(s.actor, s.topic) for s in example.STATEMENTS}
    for actor, topic in pairs:
        expected = {s.id for s in example.STATEMENTS if (s.actor, s.topic) == (actor, topic)}
        assert {s.id for s in store.statements(actor=actor, topic=topic)} == expected
    (one,) = store.statements(statement=example.STATEMENTS[0].id)
    assert one == example.STATEMENTS[0]
    assert {s.article for s in store.statements(article="brief")} == {"brief"}
    two = [example.STATEMENTS[8].id, example.STATEMENTS[0].id]
    assert [s.id for s in store.statements_with_ids([*two, "nosuch"])] == two[::-1]
    assert store.statements_with_ids([]) == []
    assert store.statements(actor="Nobody") == []
    assert store.statements(statement="nosuch") == []
    assert store.statements(article="nosuch") == []


def test_both_ends_of_a_period_belong_to_it_and_what_has_no_date_does_not() -> None:
    store = stored(*example.EXTRACTIONS)
    day = datetime.date(2024, 3, 4)
    assert {s.date for s in store.statements(since=day, until=day)} == {day}
    assert None not in {s.date for s in store.statements(since=datetime.date.min)}
    assert None in {s.date for s in store.statements()}


def test_articles_come_without_and_one_comes_with_its_text() -> None:
    store = stored(*example.EXTRACTIONS)
    assert [a.id for a in store.articles()] == ["brief", "herald-1", "herald-2"]
    assert {a.text for a in store.articles()} == {""}
    assert store.article("herald-1") == example.PROPOSAL
    with pytest.raises(UnknownNameError, match="No article 'nosuch'"):
        store.article("nosuch")


def test_digests_tell_unchanged_articles() -> None:
    store = stored(*example.EXTRACTIONS)
    assert store.digests() == {a.id: fingerprint(a) for a in example.ARTICLES}


def test_digests_tell_with_which_settings_an_article_was_last_extracted() -> None:
    store = stored(*example.EXTRACTIONS)
    first, *others = example.ARTICLES
    for settings in ("model 1", "model 2"):
        store.add(next(e for e in example.EXTRACTIONS if e.article == first), settings)
    assert store.digests() == {
        first.id: fingerprint(first, "model 2"),
        **{article.id: fingerprint(article) for article in others},
    }


def test_actors_are_what_all_articles_know_of_them() -> None:
    actors = {actor.name: actor for actor in stored(*example.EXTRACTIONS).actors()}
    assert actors["Łucja Novák"].represents == "Norwick"
    assert actors["some shopkeepers"] == Actor(name="some shopkeepers", type="group", is_local=True)
    assert list(actors) == sorted(actors)


def test_topics_are_the_codebook_and_all_that_stances_are_about() -> None:
    store = Store.open(None)
    store.add_concepts(CODEBOOK)
    for extraction in example.EXTRACTIONS:
        store.add(extraction)
    assert [topic.label for topic in store.topics()] == [
        "city traffic",
        example.CHARGE,
        example.TRAMS,
        "Łucja Novák",
    ]


# --- the codebook ---------------------------------------------------------------------------------


def test_the_codebook_comes_back() -> None:
    store = Store.open(None)
    store.add_concepts(reversed(CODEBOOK))
    assert store.concepts() == CODEBOOK


def test_a_concept_takes_the_place_of_the_one_with_its_iri() -> None:
    store = Store.open(None)
    store.add_concepts(CODEBOOK)
    renamed = Concept("road pricing", iri=CODEBOOK[1].iri)
    store.add_concepts([renamed])
    assert store.concepts() == [CODEBOOK[0], renamed]


def test_renaming_a_concept_renames_the_topic_of_its_statements() -> None:
    store = Store.open(None)
    store.add_concepts(CODEBOOK)
    store.add(PROPOSAL)
    renamed = Concept("road pricing", (example.CHARGE,), iri=CODEBOOK[1].iri)
    store.add_concepts([renamed])
    assert {s.topic for s in store.statements()} == {"road pricing"}


def test_a_broader_concept_that_is_missing_is_added() -> None:
    store = Store.open(None)
    store.add_concepts([Concept("trams", broader=("transport",))])
    assert [(c.label, c.broader) for c in store.concepts()] == [
        ("trams", ("transport",)),
        ("transport", ()),
    ]


def test_a_codebook_takes_over_the_topics_that_have_its_iris() -> None:
    store = stored(BRIEF)
    store.add_concepts([Concept(example.TRAMS)])
    query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ <{store.iris.topic(example.TRAMS)}> ?p ?o }} }}"
    homes = [[store.iris.graph(name)] for name in ("names", "topics")]
    assert sorted(rows_of(store, query)) == homes
    assert len(store.statements(topic=example.TRAMS)) == 1


@pytest.mark.parametrize("iri", ["not an iri", "https://w3id.org/graphkit/id/Germany"])
def test_a_concept_with_an_unfit_iri_is_refused(iri: str) -> None:
    with pytest.raises(StoreError, match="codebook"):
        Store.open(None).add_concepts([Concept("x", iri=iri)])


# --- SPARQL, files and rdflib ---------------------------------------------------------------------


def test_from_says_which_graphs_a_query_reads() -> None:
    store = stored(PROPOSAL, BRIEF)
    article = f"<{store.iris.article(BRIEF.article.id)}>"
    text = "SELECT DISTINCT ?statement %s { ?statement a gk:Statement }"
    everywhere, there, nowhere = (
        len(list(store.query(text % graphs)))  # type: ignore[arg-type] # a SELECT
        for graphs in ("", f"FROM {article}", f"FROM NAMED {article}")
    )
    assert everywhere > there > nowhere == 0
    assert not store.query(f"ASK FROM {article} {{ GRAPH ?from {{ ?s ?p ?o }} }}")


def test_a_beginners_query_needs_no_prefixes() -> None:
    store = stored(*example.EXTRACTIONS)
    store.add_concepts([Concept(example.CHARGE)])
    assert bool(store.query("ASK { :Norland gk:supports :congestion-charge }"))


def test_what_many_articles_say_counts_once() -> None:
    store = stored(*example.EXTRACTIONS)
    rows = rows_of(store, "SELECT (COUNT(?s) AS ?n) { ?s gk:actor ?a . ?a skos:prefLabel ?l }")
    assert rows == [[str(len(example.STATEMENTS))]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "line 2, column 9: near '?s ?p }'"),
        ("SELECT * WHERE {\n ?s ?p ?o ", "line 2, column 11: near '?s ?p ?o'"),
        ("SELECT * { ?s nosuch:p ?o }", "line 1, column 23: the prefix 'nosuch:' is not declared"),
        ("", "the query is empty"),
        (" \n", "the query is empty"),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "line 1, column 10: near 'INSERT DATA { <a:a>"),
    ],
)
def test_what_is_not_a_query_is_told_in_one_line(text: str, message: str) -> None:
    with pytest.raises(QueryError, match="Not SPARQL") as caught:
        stored(BRIEF).query(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("format", ["nq", "trig", "jsonld"])
def test_equal_stores_give_equal_bytes(format: str) -> None:
    one, other = io.BytesIO(), io.BytesIO()
    stored(*example.EXTRACTIONS).dump(one, format)
    stored(*reversed(example.EXTRACTIONS), PROPOSAL).dump(other, format)
    assert one.getvalue() == other.getvalue()


@pytest.mark.parametrize("format", ["nq", "trig"])
def test_a_dump_loads_into_another_store(format: str) -> None:
    store, copy, stream = stored(*example.EXTRACTIONS), Store.open(None), io.BytesIO()
    store.dump(stream, format)
    copy.load(stream.getvalue(), format)
    assert quads_of(copy) == quads_of(store)
    assert copy.statements() == store.statements()


def test_a_broken_file_is_refused_with_its_line_and_nothing_is_added() -> None:
    store = Store.open(None)
    with pytest.raises(StoreError, match="line 2"):
        store.load(b"<a:a> <a:a> <a:a> <a:a> .\nbroken\n")
    assert quads_of(store) == set()


def test_the_dataset_is_the_same_store() -> None:
    store = stored(*example.EXTRACTIONS)
    dataset = store.dataset
    rows = dataset.query("SELECT ?label { ?s gk:topic/skos:prefLabel ?label }")
    assert len(list(rows)) == len(example.STATEMENTS)
    assert len({name for name, _ in dataset.namespaces()} & {"", "gk", "skos"}) == 3
    store.remove("brief")
    assert len(list(dataset.query("SELECT ?s { ?s a gk:Statement }"))) < len(example.STATEMENTS)


# --- on disk --------------------------------------------------------------------------------------


def test_a_store_on_disk_keeps_what_is_added(tmp_path: Path) -> None:
    path = tmp_path / "new" / "graphkit.db"
    with Store.open(path) as store:
        store.add(PROPOSAL)
    with Store.open(path) as store:
        store.add(REVERSAL)
    with Store.open(path, read_only=True) as store:
        assert quads_of(store) == quads_of(stored(PROPOSAL, REVERSAL))


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with Store.open(tmp_path / "db") as store:
        store.add(PROPOSAL)
    with (
        Store.open(tmp_path / "db", read_only=True) as store,
        pytest.raises(StoreError, match="reading only"),
    ):
        store.add(REVERSAL)


def test_the_base_of_a_store_stays(tmp_path: Path) -> None:
    with Store.open(tmp_path / "db", base="https://x.example/") as store:
        store.add(PROPOSAL)
    with Store.open(tmp_path / "db") as store:
        assert store.nodes("Norland") == ["https://x.example/Norland"]
        assert store.statements()[0].article == "herald-1"
    with pytest.raises(StoreError, match="has the base https://x"):
        Store.open(tmp_path / "db", base="https://y.example/")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "db")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.articles()


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("mine")
    for read_only in (False, True):
        with pytest.raises(StoreError, match="is a file"):
            Store.open(path, read_only=read_only)
    assert path.read_text() == "mine"


def test_a_path_through_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="file"):
        Store.open(tmp_path / "file" / "db")


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="other things"):
        Store.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_reading_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store"):
        Store.open(tmp_path / "db", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_stopped_at_its_birth_is_empty(tmp_path: Path) -> None:
    marker = {"format": FORMAT, "base": "https://x.example/"}
    (tmp_path / MARKER).write_text(json.dumps(marker))
    with Store.open(tmp_path, read_only=True) as store:
        assert store.articles() == []
    with Store.open(tmp_path) as store:
        assert store.iris.base == "https://x.example/"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("CURRENT", "garbage", "is damaged"),
        ("CURRENT", None, "is damaged"),
        (MARKER, "garbage", "is damaged"),
        (MARKER, "[]", "is damaged"),
        (MARKER, '{"format": 99, "base": "https://x.example/"}', "has format 99"),
    ],
)
def test_a_damaged_or_newer_store_is_refused(
    tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    with Store.open(tmp_path / "db") as store:
        store.add(PROPOSAL)
    if content is None:
        (tmp_path / "db" / name).unlink()
    else:
        (tmp_path / "db" / name).write_text(content)
    with pytest.raises(StoreError, match=message) as caught:
        Store.open(tmp_path / "db")
    assert "\n" not in str(caught.value)


def test_a_store_has_one_writer(tmp_path: Path) -> None:
    holder = run_python(
        """
        import sys, pathlib
        from graphkit.store import Store
        with Store.open(pathlib.Path(sys.argv[1])):
            print("open", flush=True)
            sys.stdin.read()
        """,
        tmp_path / "db",
    )
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(StoreError, match="in use by another process"):
        Store.open(tmp_path / "db")
    holder.communicate()
    with Store.open(tmp_path / "db") as store, pytest.raises(StoreError, match="already open"):
        Store.open(tmp_path / "db")
    assert store.path == tmp_path / "db"


def test_a_reader_reads_beside_a_writer(tmp_path: Path) -> None:
    writer = run_python(
        """
        import sys, pathlib
        import example
        from graphkit.store import Store
        with Store.open(pathlib.Path(sys.argv[1])) as store:
            store.add(example.EXTRACTIONS[0])
            print("added", flush=True)
            sys.stdin.read()
        """,
        tmp_path / "db",
    )
    assert writer.stdout
    assert writer.stdout.readline() == "added\n"
    with Store.open(tmp_path / "db", read_only=True) as store:
        assert quads_of(store) == quads_of(stored(PROPOSAL))
    writer.communicate()


# --- all or nothing -------------------------------------------------------------------------------


def test_an_update_that_fails_in_the_end_changes_nothing() -> None:
    store = stored(BRIEF)
    before = quads_of(store)
    graph = store.iris.article("brief")
    with pytest.raises(RuntimeError, match="already exists"):
        store._inner.update(
            f"DROP GRAPH <{graph}> ; INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> <a:c> }} }} ; "
            f"CREATE GRAPH <{store.iris.graph('current')}>"
        )
    assert quads_of(store) == before


def test_an_extraction_that_cannot_be_written_changes_nothing() -> None:
    store = stored(BRIEF)
    before = quads_of(store)
    with pytest.raises(StoreError, match="is not among its actors"):
        store.add(dataclasses.replace(BRIEF, actors=()))
    assert quads_of(store) == before


def test_a_killed_writer_leaves_each_article_whole_or_absent(tmp_path: Path) -> None:
    code = """
        import dataclasses, itertools, pathlib, sys
        import example
        from graphkit.store import Store
        store = Store.open(pathlib.Path(sys.argv[1]))
        for number in itertools.count(int(sys.argv[2])):
            extraction = example.EXTRACTIONS[number % 3]
            article = dataclasses.replace(extraction.article, id=f"a{number}")
            renamed = tuple(
                dataclasses.replace(s, id=f"s{number}-{s.id}", article=article.id)
                for s in extraction.statements
            )
            store.add(dataclasses.replace(extraction, article=article, statements=renamed))
            print(number, flush=True)
        """
    acknowledged = -1
    for lines in (1, 40, 7):
        writer = run_python(code, tmp_path / "db", acknowledged + 1)
        assert writer.stdout
        for _ in range(lines):
            acknowledged = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, writer.communicate()[0].split())])
    with Store.open(tmp_path / "db") as store:
        numbers = sorted(int(article.id[1:]) for article in store.articles())
        assert numbers[: acknowledged + 1] == list(range(acknowledged + 1))
        assert len(numbers) <= acknowledged + 2
        for number in numbers:
            expected = {s.evidence for s in example.EXTRACTIONS[number % 3].statements}
            assert {s.evidence for s in store.statements(article=f"a{number}")} == expected
        assert current_of(store) == _latest(store.statements(), store)


def test_a_writer_that_cannot_write_keeps_what_is_stored(tmp_path: Path) -> None:
    writer = run_python(
        """
        import pathlib, resource, sys
        import example
        from graphkit.errors import StoreError
        from graphkit.store import Store
        try:
            with Store.open(pathlib.Path(sys.argv[1])) as store:
                store.add(example.EXTRACTIONS[0])
                resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
                store.add(example.EXTRACTIONS[1])
        except StoreError as error:
            print(error)
        """,
        tmp_path / "db",
    )
    told = writer.communicate()[0]
    assert told.startswith(f"The store {tmp_path / 'db'} failed: ")
    assert told.count("\n") == 1
    with Store.open(tmp_path / "db") as store:
        assert quads_of(store) == quads_of(stored(PROPOSAL))
