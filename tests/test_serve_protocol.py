"""Requests are read as the SPARQL 1.1 Protocol has them, and nothing else is."""

from urllib.parse import quote, urlencode

import pytest

from graphkit.errors import ServeError
from graphkit.queries import shipped_query
from graphkit.serve.protocol import FORM, QUERY, UPDATE, Operation, read_operation

ASK = "ASK { ?s ?p 'é + 1 & %' }"


def encoded(*fields: tuple[str, str]) -> bytes:
    return urlencode(fields).encode()


def test_a_query_comes_in_three_ways() -> None:
    query = encoded(("query", ASK))
    assert read_operation("GET", query, "", b"") == Operation(ASK)
    assert read_operation("HEAD", query, "", b"") == Operation(ASK)
    assert read_operation("POST", b"", FORM, query) == Operation(ASK)
    assert read_operation("POST", b"", f"{QUERY}; charset=UTF-8", ASK.encode()) == Operation(ASK)


def test_a_dataset_is_named_beside_it() -> None:
    graphs = encoded(
        ("default-graph-uri", "x:a"), ("named-graph-uri", "x:c"), ("default-graph-uri", "x:b")
    )
    expected = Operation(ASK, (("x:a", "x:b"), ("x:c",)))
    assert read_operation("POST", graphs, QUERY, ASK.encode()) == expected
    assert read_operation("POST", b"", FORM, graphs + b"&" + encoded(("query", ASK))) == expected
    only = encoded(("query", ASK), ("named-graph-uri", "x:c"))
    assert read_operation("GET", only, "", b"") == Operation(ASK, ((), ("x:c",)))


def test_fields_of_other_servers_are_ignored() -> None:
    fields = encoded(("query", ASK), ("format", "json"), ("output", "json"))
    assert read_operation("GET", fields, "", b"") == Operation(ASK)


def test_without_a_query_the_service_is_described() -> None:
    assert read_operation("GET", b"", "", b"") is None


@pytest.mark.parametrize(
    ("method", "url_query", "content_type", "body", "status"),
    [
        ("POST", b"", FORM, b"", 400),
        ("POST", encoded(("query", ASK)), "", b"", 415),
        ("POST", b"", "text/turtle", ASK.encode(), 415),
        ("POST", b"", "multipart/form-data; boundary=x", b"", 415),
        ("POST", b"", f"{QUERY}; charset=utf-16", ASK.encode("utf-16"), 415),
        ("POST", b"", QUERY, ASK.encode("latin-1"), 400),
        ("POST", b"", FORM, b"query=%ff", 400),
        ("POST", b"", FORM, "query=é".encode(), 400),
        ("POST", b"", FORM, b"a&" * 2000, 400),
        ("GET", encoded(("query", ASK), ("query", ASK)), "", b"", 400),
        ("POST", encoded(("query", ASK)), QUERY, ASK.encode(), 400),
        ("GET", encoded(("query", ASK), ("$a", "1"), ("$a", "2")), "", b"", 400),
        ("GET", encoded(("query", ASK), ("default-graph-uri", "no iri")), "", b"", 400),
        ("GET", encoded(("query", ASK), ("named-graph-uri", "relative")), "", b"", 400),
        ("GET", encoded(("query", "DROP ALL")), "", b"", 400),
        ("GET", encoded(("update", "DROP ALL")), "", b"", 403),
        ("POST", b"", FORM, encoded(("update", "DROP ALL")), 403),
        ("POST", b"", FORM, encoded(("query", ASK), ("update", "DROP ALL")), 403),
        ("POST", b"", UPDATE, b"DROP ALL", 403),
    ],
)
def test_what_is_no_query_has_its_status_and_one_line(
    method: str, url_query: bytes, content_type: str, body: bytes, status: int
) -> None:
    with pytest.raises(ServeError) as caught:
        read_operation(method, url_query, content_type, body)
    assert caught.value.status == status
    assert "\n" not in str(caught.value)


def test_comments_mean_nothing_without_values() -> None:
    text = shipped_query("topic-positions").text
    assert Operation(text).question(None).query.parameters == ()
    question = Operation(text, values={"topic": "trams", "since": " "}).question(5)
    assert [one.name for one in question.query.parameters] == ["topic", "since", "until"]
    assert (question.values, question.limit) == ({"topic": "trams"}, 5)


def test_a_required_value_may_not_lack() -> None:
    text = shipped_query("topic-positions").text
    encoded_text = f"query={quote(text)}&$topic=&$since=".encode()
    operation = read_operation("GET", encoded_text, "", b"")
    assert operation is not None
    with pytest.raises(ServeError, match="'topic' needs a value") as caught:
        operation.question(None)
    assert caught.value.status == 400
