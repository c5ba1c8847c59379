"""A question is prepared for the engine; an update tells what it changed."""

import io
import json

import pytest

from example import CHARGE, make_store
from graphkit import asking
from graphkit.asking import Change, Question, answer, apply, explain, prepare
from graphkit.errors import QueryError
from graphkit.queries import parse_query, shipped_query
from graphkit.store import Store
from graphs import quads_of


@pytest.fixture
def store() -> Store:
    return make_store()


def ask(text: str, **more: object) -> Question:
    return Question(query=parse_query(text), values={}, **more)  # type: ignore[arg-type]


def test_a_prepared_text_has_values_limit_and_prefixes(store: Store) -> None:
    query = parse_query(
        "# Which?\n# param topic: topic\nSELECT ?s {\nVALUES ?topic { UNDEF }\n?s gk:topic ?topic }"
    )
    text = prepare(Question(query=query, values={"topic": CHARGE}, limit=3), store)
    assert text.startswith("PREFIX gk: <https://w3id.org/graphkit/ns#>\n# Which?\n")
    (node,) = store.nodes(CHARGE)
    assert f"VALUES ?topic {{ <{node}> }}" in text
    assert text.endswith("\nLIMIT 3\n")
    assert len(list(store.query(text))) == 3  # type: ignore[arg-type] # a SELECT


def test_required_values_may_lack_where_a_query_is_only_shown(store: Store) -> None:
    question = Question(query=shipped_query("topic-positions"), values={})
    assert prepare(question, store, is_partial=True) == question.query.text
    with pytest.raises(QueryError, match="needs -p topic"):
        prepare(question, store)


def test_what_the_engine_raises_while_it_works_is_a_query_error(store: Store) -> None:
    text = "SELECT * { VALUES ?u { <x:y> } SERVICE ?u { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="The query failed: The variable encoding"):
        answer(ask(text, allow_network=True), store, "csv", io.BytesIO(), is_terminal=False)


def test_a_function_that_the_engine_lacks_is_the_querys_fault(store: Store) -> None:
    with pytest.raises(QueryError, match="The query failed: The custom function <x:no>"):
        answer(ask("SELECT (<x:no>(1) AS ?x) {}"), store, "csv", io.BytesIO(), is_terminal=False)


def test_graphs_beside_a_query_go_before_its_own(store: Store) -> None:
    article = store.iris.article("brief")
    for graphs, expected in ((([article], []), b"true"), (([], [article]), b"false")):
        stream = io.BytesIO()
        question = ask("ASK FROM <x:none> { ?s a gk:Statement }", graphs=graphs)
        answer(question, store, "csv", stream, is_terminal=False)
        assert stream.getvalue() == expected + b"\n"


@pytest.mark.parametrize(("text", "rows"), [("ASK {}", 1), ("SELECT ?s { ?s a gk:None }", 0)])
def test_an_explanation_counts_the_rows(text: str, rows: int, store: Store) -> None:
    stream = io.BytesIO()
    explain(ask(text), store, "json", stream)
    told = json.loads(stream.getvalue())
    assert (told["rows"], told["parameters"]) == (rows, [])
    graphs = len(list(store._inner.named_graphs()))
    assert told["graphs"] == f"all {graphs} as one, unless FROM names some"
    assert (told["first_row_ms"] is None) == (rows == 0)


def test_a_change_is_counted_quad_by_quad(store: Store) -> None:
    total = len(quads_of(store))
    text = (
        'DELETE { GRAPH ?g { ?s gk:actText "rejected" } } '
        'INSERT { GRAPH ?g { ?s gk:actText "refused", "declined" } } '
        'WHERE { GRAPH ?g { ?s gk:actText "rejected" } }'
    )
    assert apply(ask(text), store) == Change(4, 2, total + 2, is_exact=True)
    assert apply(ask(text), store) == Change(0, 0, total + 2, is_exact=True)
    assert apply(ask("DROP ALL"), store) == Change(0, total + 2, 0, is_exact=True)


def test_in_a_large_store_only_the_difference_is_known(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_COMPARED", 0)
    total = len(quads_of(store))
    text = "INSERT DATA { GRAPH :g { :a :b 1, 2 } }"
    assert apply(ask(text), store) == Change(2, 0, total + 2, is_exact=False)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPH :g { :a :b 1 } } ; CLEAR GRAPH :none",
        "INSERT DATA { GRAPH :g { :a :b 1 } } ; nonsense",
        "INSERT DATA { GRAPH :g { :a :b 1 } } ; LOAD <http://x.example/>",
    ],
)
def test_an_update_that_fails_changes_nothing(text: str, store: Store) -> None:
    before = quads_of(store)
    with pytest.raises(QueryError):
        apply(ask(text), store)
    assert quads_of(store) == before


def test_a_wrong_update_is_told_with_its_place_where_the_network_is_allowed(store: Store) -> None:
    with pytest.raises(QueryError, match="Not SPARQL: line 1, column 8: unexpected 'DATUM'"):
        apply(ask("INSERT DATUM { }", allow_network=True), store)
