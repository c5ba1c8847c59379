import contextlib
import dataclasses
import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from rdflib.plugins.sparql import prepareQuery

import example
from graphkit.errors import QueryError, UnknownNameError
from graphkit.queries import (
    Query,
    bind,
    parse_query,
    read_query,
    shipped_queries,
    shipped_query,
    string_term,
)
from graphkit.resources import resource
from graphkit.statement import Extraction
from graphkit.store import Store
from graphkit.vocabulary import expand
from graphs import quads_of, stored, union_of
from strategies import texts

# Two more positions than in the example: a spokesman's, and one without a date beside dated ones.
SPOKEN = dataclasses.replace(
    example.EXTRACTIONS[2],
    article=dataclasses.replace(example.BRIEF, id="brief-2"),
    statements=tuple(
        dataclasses.replace(
            found,
            id=f"x{number}",
            article="brief-2",
            actor="Norland",
            actor_type="country",
            speaker="some shopkeepers",
            topic=example.CHARGE,
            confidence=0.25,
            date=datetime.date(2024, 4, 2) if number else None,
        )
        for number, found in enumerate(example.EXTRACTIONS[2].statements)
    ),
)
VALUES = {
    "actor": "norland",
    "principal": "norland",
    "topic": "congestion charge",
    "article": "herald-1",
    "since": "2024",
    "until": "2024-03",
    "max": "0.85",
}
HEADER = "# Q?\n# param {}\nSELECT ?x {{\n  VALUES ?x {{ UNDEF }}\n}}"


@pytest.fixture(scope="module")
def store() -> Store:
    return stored(*example.EXTRACTIONS, SPOKEN)


@pytest.fixture(scope="module")
def union(store: Store) -> rdflib.Graph:
    return union_of(store)


def rows_of(results: Any) -> list[list[Any]]:
    return [[_plain(term) for term in row] for row in results]


def _plain(term: Any) -> Any:
    """Return a term of either library as text or, if it is one, as a number."""
    if term is None:
        return None
    text = str(term if isinstance(term, rdflib.term.Identifier) else term.value)
    datatype = str(getattr(getattr(term, "datatype", None), "value", getattr(term, "datatype", "")))
    return float(text) if datatype.endswith(("integer", "decimal", "double")) else text


def rows(store: Store, name: str, **values: str) -> list[list[Any]]:
    return rows_of(store.query(bind(shipped_query(name), values, store)))


def required(query: Query) -> dict[str, str]:
    return {p.name: VALUES[p.name] for p in query.parameters if p.is_required}


# --- the shipped queries ----------------------------------------------------------------------


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
@pytest.mark.parametrize("is_full", [False, True], ids=["required", "all"])
def test_a_query_gives_equal_rows_on_both_engines(
    store: Store, union: rdflib.Graph, query: Query, is_full: bool
) -> None:
    every = {parameter.name: VALUES[parameter.name] for parameter in query.parameters}
    text = bind(query, every if is_full else required(query), store)
    ours, theirs = rows_of(store.query(text)), rows_of(union.query(text))
    if "CONSTRUCT" in text:  # a graph has no order
        ours, theirs = sorted(ours), sorted(theirs)
    assert ours == theirs


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
def test_a_query_stands_alone(query: Query) -> None:
    """It declares its prefixes, names its columns, asks a question and has an order."""
    parsed = prepareQuery(query.text).algebra
    assert parsed.name in {"SelectQuery", "ConstructQuery"}
    assert query.question.partition("?")[1] == "?"
    assert "SELECT *" not in query.text
    assert parsed.name == "ConstructQuery" or query.text.splitlines()[-1].startswith("ORDER BY")


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
def test_a_query_uses_terms_of_the_vocabulary(query: Query) -> None:
    vocabulary = resource("data", "vocabulary.ttl").read_text(encoding="utf-8")
    defined = set(re.findall(r"^(gk:\w+) a ", vocabulary, re.MULTILINE))
    assert set(re.findall(r"\bgk:\w+", query.text)) <= defined


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
def test_the_example_has_an_answer_to_every_query(store: Store, query: Query) -> None:
    values = required(query) | {p.name: VALUES["max"] for p in query.parameters if p.name == "max"}
    if query.name == "possible-duplicates":
        store = stored(_with_twin(example.EXTRACTIONS[2]))
    if query.name == "silent-actors":
        values = {"topic": "Łucja Novák"}
    assert rows_of(store.query(bind(query, values, store)))


def test_the_lean_of_a_topic_has_two_decimals() -> None:
    (row,) = rows(stored(*example.EXTRACTIONS), "contested-topics", until="2024-03-10")
    assert row == [example.CHARGE, 7, 6, 2, 4, 0.29]


def test_pairs_agree_and_disagree_by_their_latest_word() -> None:
    store = stored(*example.EXTRACTIONS)
    one, other, *counts = rows(store, "agreement")[0]
    assert ({one, other}, counts) == ({"Norland", "Łucja Novák"}, [2, 0])
    assert ["Chamber of Commerce", "Norland", 0, 1] in rows(store, "disagreement")
    assert all(agree for _, _, agree, _ in rows(store, "agreement"))
    assert all(disagree for _, _, _, disagree in rows(store, "disagreement"))
    assert len(rows(store, "agreement", topic=example.TRAMS)) == 1


def test_the_matrix_has_a_row_for_each_actor_and_topic(store: Store) -> None:
    found = rows(store, "actor-topic-matrix", actor="Novák")
    assert found == [
        ["Łucja Novák", "congestion charge", 2, 1, 1, 0],
        ["Łucja Novák", "free trams", 1, 1, 0, 0],
    ]


def test_consensus_needs_two_actors_that_take_a_side(store: Store) -> None:
    """Of the position towards Novák there is but one; who is ambivalent takes no side."""
    assert [row[0] for row in rows(store, "consensus-topics")] == [
        "free trams",
        "congestion charge",
    ]
    assert rows(store, "consensus-topics", until="2024-03-04") == [
        ["congestion charge", 7, 6, 2, 4, 0.29]
    ]


def test_a_bloc_is_a_graph_of_those_on_one_side() -> None:
    store = stored(*example.EXTRACTIONS)
    text = bind(shipped_query("bloc-network"), {"topic": "free trams"}, store)
    (tie,) = store.query(text)  # type: ignore[misc] # a CONSTRUCT
    nodes = store.nodes("Norland") + store.nodes("Łucja Novák")
    assert [tie.subject.value, tie.object.value] == sorted(nodes)
    assert tie.predicate.value == expand("gk:sidesWith")


def _with_twin(extraction: Extraction) -> Extraction:
    norland = next(actor for actor in extraction.actors if actor.name == "Norland")
    twin = dataclasses.replace(norland, name="Norland (state)", aliases=("Norland",))
    return dataclasses.replace(extraction, actors=(*extraction.actors, twin))


def test_the_change_of_mind_is_found(store: Store) -> None:
    assert rows(store, "stance-changes", actor="Novák") == [
        ["Łucja Novák", "congestion charge", "2024-03-04", 0, 1, 0],
        ["Łucja Novák", "congestion charge", "2024-03-18", 1, 0, 0],
    ]


def test_both_sides_on_one_day_are_no_change_and_groups_do_not_change() -> None:
    store = stored(*example.EXTRACTIONS)
    assert {row[0] for row in rows(store, "stance-changes")} == {"Łucja Novák"}


def test_latest_stances_are_as_of_a_day(store: Store) -> None:
    (now,) = rows(store, "latest-stances", actor="Novák", topic="congestion charge")
    (then,) = rows(
        store, "latest-stances", actor="Novák", topic="congestion charge", until="2024-03-17"
    )
    assert now[2:4] == ["2024-03-18", "supports"]
    assert then[2:4] == ["2024-03-04", "opposes"]


def test_speakers_are_those_who_speak_for_an_actor(store: Store) -> None:
    assert [row[0] for row in rows(store, "spokespeople", actor="Norland")] == [
        "Ana Pérez",
        "some shopkeepers",
    ]


def test_statements_without_a_date_count_where_no_date_is_asked_for(store: Store) -> None:
    every = rows(store, "actor-stances", actor="Norland")
    dated = rows(store, "actor-stances", actor="Norland", since="1900")
    assert sum(row[1] for row in every) > sum(row[1] for row in dated)


# --- headers ------------------------------------------------------------------------------------


def test_a_header_tells_question_and_parameters() -> None:
    query = parse_query(
        "# Who?\n# More of it.\n# param actor: actor, required\n# param max: decimal, default 0.5\n"
        "# param since: date\n\n# no header\n"
        + "\n".join(f"VALUES ?{name} {{ UNDEF }}" for name in ("actor", "max", "since")),
        "name",
    )
    assert (query.question, query.notes) == ("Who?", "More of it.")
    assert [(p.name, p.type, p.is_required, p.default) for p in query.parameters] == [
        ("actor", "actor", True, None),
        ("max", "decimal", False, "0.5"),
        ("since", "date", False, None),
    ]


def test_a_query_without_a_header_is_a_query() -> None:
    assert parse_query("ASK {}") == Query("", "", (), "ASK {}")


@pytest.mark.parametrize(
    ("declaration", "message"),
    [
        ("x", "cannot read '# param x'"),
        ("x: colour", "types are actor, topic"),
        ("x: date, needed", "cannot read"),
        ("y: date", "parameter 'y' has no line `VALUES"),
    ],
)
def test_a_wrong_header_is_told(declaration: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        parse_query(HEADER.format(declaration), "q")


def test_an_unknown_query_is_told_with_the_nearest() -> None:
    with pytest.raises(QueryError, match=r"No query 'qoutes'\. Did you mean 'quotes'"):
        shipped_query("qoutes")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="No such file"):
        read_query(tmp_path / "nosuch.rq")
    (tmp_path / "binary.rq").write_bytes(b"\xff\xfe")
    with pytest.raises(QueryError, match="not UTF-8"):
        read_query(tmp_path / "binary.rq")


# --- parameters ---------------------------------------------------------------------------------


def bound(declaration: str, value: str) -> str:
    """Return what the VALUES line of a query gets for a value."""
    text = bind(parse_query(HEADER.format(declaration), "q"), {"x": value}, stored())
    match = re.search(r"VALUES \?x \{ (.*) \}\n\}$", text, re.DOTALL)
    assert match
    return match[1]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("since", "2024", "2024-01-01"),
        ("since", "2024-02", "2024-02-01"),
        ("since", "2024-02-03", "2024-02-03"),
        ("until", "2024", "2024-12-31"),
        ("until", "2024-02", "2024-02-29"),
        ("until", "2024-02-03", "2024-02-03"),
    ],
)
def test_a_period_begins_with_its_first_and_ends_with_its_last_day(
    name: str, value: str, expected: str
) -> None:
    query = parse_query(f"# Q?\n# param {name}: date\nSELECT * {{\nVALUES ?{name} {{ UNDEF }} }}")
    assert f'"{expected}"^^<http://www.w3.org/2001/XMLSchema#date>' in bind(
        query, {name: value}, stored()
    )


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("date", "24"),
        ("date", "2024-13"),
        ("date", "2024-02-30"),
        ("date", "0000"),
        ("decimal", "half"),
        ("decimal", "1e3"),
        ("decimal", "0.5 } DROP ALL #"),
        ("integer", "0.5"),
        ("integer", "٣"),
    ],
)
def test_a_malformed_value_is_told(type: str, value: str) -> None:
    with pytest.raises(QueryError, match=re.escape(f"'{value}' is no")):
        bound(f"x: {type}", value)


def test_missing_and_unknown_parameters_are_told(store: Store) -> None:
    with pytest.raises(QueryError, match="'quotes' needs -p actor=VALUE"):
        bind(shipped_query("quotes"), {}, store)
    with pytest.raises(QueryError, match="has the parameters actor, topic, since, until, not 'x'"):
        bind(shipped_query("quotes"), {"actor": "Norland", "x": "1"}, store)
    with pytest.raises(QueryError, match="'possible-duplicates' has no parameters, so none named"):
        bind(shipped_query("possible-duplicates"), {"x": "1"}, store)
    with pytest.raises(UnknownNameError, match="Did you mean 'Norland'"):
        bind(shipped_query("quotes"), {"actor": "Norlund"}, store)


def test_a_default_is_used_and_can_be_changed() -> None:
    query = parse_query(HEADER.format("x: integer, default 5"))
    assert '"5"^^' in bind(query, {}, stored())
    assert '"7"^^' in bind(query, {"x": "7"}, stored())


def test_every_place_of_a_parameter_gets_its_value(store: Store) -> None:
    text = bind(shipped_query("stance-changes"), {"since": "2024"}, store)
    places = shipped_query("stance-changes").text.count("VALUES ?since { UNDEF }")
    assert places > 1
    assert text.count('VALUES ?since { "2024-01-01"') == places
    assert "VALUES ?since { UNDEF }" not in text
    assert "VALUES ?until { UNDEF }" in text


def test_a_name_that_several_nodes_have_means_all_of_them(store: Store) -> None:
    found = rows(store, "quotes", actor="some shopkeepers")
    assert len(found) == len(store.statements(actor="some shopkeepers")) == 2


@given(texts)
def test_a_string_is_itself_on_both_engines(value: str) -> None:
    text = f"SELECT ?x {{ VALUES ?x {{ {bound('x: string', value)} }} }}"
    (ours,) = stored().query(text)  # type: ignore[misc] # a SELECT
    (theirs,) = rdflib.Graph().query(text)
    assert ours[0].value == value
    assert str(theirs[0]) == value  # type: ignore[index] # a row


@given(texts)
def test_no_value_breaks_out_of_its_place(value: str) -> None:
    store = stored(example.EXTRACTIONS[2])
    before = quads_of(store)
    for kind in ("actor", "topic", "article", "statement", "date", "decimal", "integer", "string"):
        with contextlib.suppress(QueryError, UnknownNameError):  # it may be refused
            text = bind(parse_query(HEADER.format(f"x: {kind}")), {"x": value}, store)
            assert len(list(store.query(text))) == 1  # type: ignore[arg-type] # a SELECT
    assert quads_of(store) == before


def test_strings_hold_escapes_that_some_engines_decode_too_early() -> None:
    assert string_term("\\u0022") == '"\\\\\\U000000750022"'


def test_many_empty_lines_are_soon_read() -> None:
    text = "\n" * 1_000_000 + "SELECT * {\n\n  VALUES ?a { UNDEF }\n}"
    assert parse_query(text).text == text
    assert parse_query(f"# param a: string\n{text}").parameters[0].name == "a"
