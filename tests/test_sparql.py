"""SPARQL texts are completed, limited, and refused where they are wrong or use the network."""

import contextlib

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import QueryError
from graphkit.sparql import check_syntax, declare_prefixes, is_update, limit_rows

PREFIXES = {"": "https://x.example/", "gk": "https://x.example/gk#"}
SERVER = "<http://x.example/>"


# --- syntax -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("SELCT * {}", 1, 1, "unexpected 'SELCT'"),
        ("SELECT ?a {", 1, 12, "something is missing"),
        ("SELECT * { ?a ?b no:x }", 1, 18, "the prefix 'no:' is not declared"),
        ("SELECT * { BIND(foo(1) AS ?x) }", 1, 17, "unexpected 'foo'"),
        ("ASK { ?a ?b 'é' ?d }", 1, 17, "unexpected '?d'"),
        ("SELECT * {\n  ?a ?b ?c .\n  FILTER(?a = )\n}", 3, 15, "unexpected ')'"),
        ("SELECT ?a { ?a ?b ?c } LIMIT x", 1, 30, "unexpected 'x'"),
        ("SELECT ?a { ?a ?b ?c } extra", 1, 24, "unexpected 'extra'"),
        ("INSERT DATA { ?a ?b ?c }", 1, 25, "Variables are not allowed in INSERT DATA"),
        ("SELECT * { ?a ?b }", 1, 18, "unexpected '}'"),  # behind which a keyword would end, too
        ("SELECT * {\n  ?a gk:b ?c .\n  ?a ?b ; }", 3, 9, "unexpected ';'"),
        ("SELECT * { ?a ?b ?c FILTER }", 1, 28, "unexpected '}'"),
        ("SELECT (COUNT(?a) ?b) { ?a ?b ?c }", 1, 19, "unexpected '?b'"),
        ("DELETE WHERE { ?a ?b }", 1, 22, "unexpected '}'"),
        ("SELECT * { { ?a ?b 'load' } UNION }", 1, 35, "unexpected '}'"),
        ("SELECT * { ?a ?b ?c } ?load", 1, 23, "unexpected '?load'"),
    ],
)
def test_a_mistake_has_line_column_and_reason(
    text: str, line: int, column: int, reason: str
) -> None:
    with pytest.raises(QueryError) as caught:
        check_syntax(text, PREFIXES)
    told, shown, caret = str(caught.value).split("\n")
    assert told == f"Not SPARQL: line {line}, column {column}: {reason}."
    assert shown == f"  {text.splitlines()[line - 1]}"
    assert caret == f"  {' ' * (column - 1)}^"


def test_of_a_long_line_only_the_place_is_shown() -> None:
    text = f"SELECT * {{ {'?a ?b ?c . ' * 1000} nope {'?a ?b ?c . ' * 1000} }}"
    with pytest.raises(QueryError) as caught:
        check_syntax(text, PREFIXES)
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) < 100
    assert shown[caret.index("^") :].startswith("nope")


@pytest.mark.parametrize("text", ["", " \n", "# only a comment\n  # and another"])
def test_an_empty_query_is_told(text: str) -> None:
    with pytest.raises(QueryError, match="the query is empty"):
        check_syntax(text, PREFIXES)


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(QueryError, match="not UTF-8"):
        check_syntax("ASK { ?s ?p '\udcff' }", PREFIXES)


@given(st.text(max_size=40))
def test_any_text_is_sparql_or_refused_with_its_place(text: str) -> None:
    with contextlib.suppress(QueryError):
        check_syntax(text, PREFIXES)
        limit_rows(text, 1, PREFIXES)


# --- the network --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {SERVER} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ sErViCe {SERVER} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICESILENT{SERVER}{{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE # 'a comment\n{SERVER} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o # 'a comment\n SERVICE {SERVER} {{ ?s ?p ?o }} }}",
        f"PREFIX e: {SERVER} SELECT * {{ SERVICEe: {{ ?s ?p ?o }} }}",
        f"PREFIX SERVICEe: {SERVER} PREFIX e: {SERVER} SELECT * {{ SERVICEe: {{ ?s ?p ?o }} }}",
        f"PREFIX e: {SERVER} ASK {{ ?s ?p ?o FILTER(1<2)SERVICE#>\ne: {{ ?s ?p ?o }} }}",
        f"ASK {{ ?s ?p '\\u0027 .#' . SERVICE {SERVER} {{ ?s ?p ?o }} }}",
        f"ASK {{ ?s ?p '''it''s ' ''' . SERVICE {SERVER} {{ ?s ?p ?o }} }}",
        f"ASK {{ {{ SELECT * {{ MINUS {{ SERVICE {SERVER} {{ ?s ?p ?o }} }} }} }} }}",
        f"ASK {{ FILTER NOT EXISTS {{ SERVICE {SERVER} {{ ?s ?p ?o }} }} }}",
        f"ASK {{ VALUES ?service {{ {SERVER} }} SERVICE ?service {{ ?s ?p ?o }} }}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {SERVER} {{ ?s ?p ?o }} }}",
        f"LOAD {SERVER}",
        f"load silent {SERVER} INTO GRAPH :g",
        f"INSERT DATA {{ :a :b 'LOAD' }} ;\n# ;\nLOAD{SERVER}",
    ],
)
def test_the_network_is_refused_however_it_is_spelt(text: str) -> None:
    with pytest.raises(QueryError, match=r"^(SERVICE|LOAD) would use the network"):
        check_syntax(text, PREFIXES)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service :service 'SERVICE' } # SERVICE",
        f"ASK {{ {SERVER[:-1]}service> ?p '''a \" SERVICE ''' }}",
        r'ASK { ?microservice :service "a \" SERVICE <x:y> { " }',
        "PREFIX services: <x:> ASK { ?service services:Service ?p . _:service ?p 'x'@service }",
        "INSERT DATA { :load :download 'LOAD' } ; # LOAD\nDROP SILENT GRAPH :load",
        f"SELECT * FROM {SERVER} FROM NAMED {SERVER} {{ GRAPH {SERVER} {{ ?s ?p ?o }} }}",
    ],
)
def test_the_words_elsewhere_are_no_harm(text: str) -> None:
    check_syntax(text, PREFIXES)


def test_the_network_can_be_allowed() -> None:
    check_syntax(f"SELECT * {{ SERVICE {SERVER} {{ ?s ?p ?o }} }}", PREFIXES, allow_network=True)
    check_syntax(f"LOAD {SERVER}", PREFIXES, allow_network=True)


# --- completing ---------------------------------------------------------------------------------


def test_prefixes_are_declared_that_are_used_and_not_declared() -> None:
    text = "ASK { :a gk:b 1 }"
    assert declare_prefixes(text, PREFIXES) == (
        "PREFIX : <https://x.example/>\nPREFIX gk: <https://x.example/gk#>\n" + text
    )
    assert declare_prefixes("PREFIX gk: <x:y>\nASK { ?s gk:b 1 }", PREFIXES).count("PREFIX") == 1
    assert declare_prefixes("ASK { ?s a <gk> }", PREFIXES) == "ASK { ?s a <gk> }"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", 2),
        ("SELECT * { ?s ?p ?o } # no line end", 2),
        ("SELECT * { ?s ?p ?o } LIMIT 1", 1),
        ("SELECT * { ?s ?p ?o } limit 3 # LIMIT 1", 2),
        ("SELECT * { ?s ?p ?o } LIMIT 3 OFFSET 2", 1),
        ("SELECT * { ?s ?p ?o } OFFSET 2", 1),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 1 } }", 1),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } UNION { ?s ?p ?o } }", 2),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 2),
        ("DESCRIBE ?s { ?s ?p ?o }", 2),
        ("SELECT * { ?s ?p ?o } VALUES ?o { 1 2 3 }", 2),
        ("SELECT * { ?s ?p ?o } LIMIT 1 VALUES ?o { 1 2 3 }", 1),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } VALUES ?o { 1 2 3 } } } LIMIT 1", 1),
    ],
)
def test_a_limit_holds_for_the_rows_of_the_whole(text: str, expected: int) -> None:
    store = pyoxigraph.Store()
    store.update("INSERT DATA { <x:1> <x:p> 1 . <x:2> <x:p> 2 . <x:3> <x:p> 3 }")
    found: list[object] = list(store.query(limit_rows(text, 2, PREFIXES)))  # type: ignore[arg-type]
    assert len(found) == expected


def test_a_limit_finds_its_place_beside_the_network() -> None:
    text = f"SELECT * {{ SERVICE {SERVER} {{ ?s ?p ?o }} }} LIMIT 9"
    assert limit_rows(text, 2, PREFIXES, allow_network=True).endswith("}\nLIMIT 2\n")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { :a :b :c }",
        "SELECT * { ?s ?p ?o } LIMIT " + "9" * 5000,
        "SELECT * { ?s ?p ?o } LIMIT 9 VALUES ?v { '''VALUES''' }",  # the limit would be in it
    ],
)
def test_where_a_limit_finds_no_place_that_is_told(text: str) -> None:
    with pytest.raises(QueryError, match="no place for a limit"):
        limit_rows(text, 2, PREFIXES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# INSERT\nSELECT * {}", False),
        ("PREFIX insert: <x:y> ASK {}", False),
        ("# x\nPREFIX a: <x:y>\nBASE <x:y> insert data {}", True),
        ("WITH :g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", True),
        ("PREFIX : <x:y>PREFIX b:<x:z>DROP ALL", True),
        ("PREFIX <<>" * 100, False),  # which can be read in 2 ** 100 ways
        ("PREFIX" + " " * 1_000_000, False),
    ],
)
def test_an_update_is_known_by_its_first_word(text: str, expected: bool) -> None:
    assert is_update(text) is expected
