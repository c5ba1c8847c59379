"""``graphkit serve`` answers as the SPARQL 1.1 Protocol asks, and only reads."""

import csv
import io
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from click.testing import CliRunner

from example import CHARGE, PROPOSAL, STATEMENTS, make_store
from graphkit.cli import cli
from graphkit.serve.description import CASTS
from graphkit.store import Store
from processes import numbered
from serving import FORM, Server, serving

QUERY = "application/sparql-query"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
COUNT = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a gk:Statement }"
SUPPORTERS = """SELECT ?actor WHERE {
  ?topic skos:prefLabel "congestion charge" .
  ?node gk:supports ?topic ; skos:prefLabel ?actor .
} ORDER BY ?actor"""
ANSWER = ["Ana Pérez", "Norland", "Łucja Novák"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    with serving(path) as running:
        yield running


# --- queries ------------------------------------------------------------------------------------


def test_one_line_tells_the_address(server: Server, path: Path) -> None:
    assert re.fullmatch(
        rf"graphkit: Serving {re.escape(str(path))} at http://127\.0\.0\.1:\d+/, "
        r"for SPARQL clients http://127\.0\.0\.1:\d+/sparql; Ctrl-C stops\.\n",
        server.line,
    )


def test_a_query_comes_in_the_three_ways_of_the_protocol(server: Server) -> None:
    direct = server.request("POST", "/sparql", SUPPORTERS.encode(), content_type=QUERY)
    rows = json.loads(direct.body)["results"]["bindings"]
    assert [row["actor"]["value"] for row in rows] == ANSWER
    for reply in (server.get(SUPPORTERS), server.post(SUPPORTERS)):
        assert reply.status == 200
        assert [row["actor"] for row in csv.DictReader(io.StringIO(reply.text))] == ANSWER


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.8, application/json", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
    ],
)
@pytest.mark.parametrize("query", [SUPPORTERS, "ASK { ?s gk:opposes ?o }"])
def test_rows_and_answers_come_as_the_client_likes(
    query: str, accept: str, media: str, server: Server
) -> None:
    reply = server.post(query, accept)
    assert (reply.status, reply.media) == (200, media)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "media", "syntax"),
    [
        ("", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        (
            "application/sparql-results+json, application/rdf+xml;q=0.1",
            "application/rdf+xml",
            "xml",
        ),
    ],
)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s gk:actText ?o }", "DESCRIBE :Norland"])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's JSON-LD parser still uses it
def test_graphs_come_as_the_client_likes(
    query: str, accept: str, media: str, syntax: str, server: Server, path: Path
) -> None:
    reply = server.post(query, accept)
    assert (reply.status, reply.media) == (200, media)
    with Store.open(path, read_only=True) as store:
        expected = {str(triple) for triple in store.query(query)}  # type: ignore[union-attr]
    found = rdflib.Graph().parse(data=reply.text, format=syntax)
    assert len(found) == len(expected) > 0


def test_what_is_accepted_nowhere_is_406_and_told(server: Server) -> None:
    for query in (SUPPORTERS, "DESCRIBE :Norland"):
        reply = server.get(query, "image/png")
        assert reply.status == 406
        assert reply.text.startswith("None of the formats is accepted: ")
    assert server.get(SUPPORTERS, "text/turtle").status == 406


def test_from_and_the_protocol_say_which_graphs_are_read(server: Server) -> None:
    base = "https://w3id.org/graphkit/id"
    article = f"{base}/article/{PROPOSAL.id}"
    inside = sum(one.article == PROPOSAL.id for one in STATEMENTS)
    named = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a gk:Statement } }"

    assert server.rows(COUNT) == [[str(len(STATEMENTS))]]
    assert server.rows(COUNT.replace("{", f"FROM <{article}> {{", 1)) == [[str(inside)]]
    assert server.rows(COUNT, **{"default-graph-uri": article}) == [[str(inside)]]
    assert server.rows(named, **{"default-graph-uri": article}) == [["0"]]
    assert server.rows(named, **{"named-graph-uri": article}) == [[str(inside)]]
    assert server.rows(COUNT, **{"named-graph-uri": article}) == [["0"]]
    other = COUNT.replace("{", "FROM <x:none> {", 1)  # what the protocol says goes first
    assert server.rows(other, **{"default-graph-uri": article}) == [[str(inside)]]


def test_parameters_take_names_as_people_write_them(server: Server) -> None:
    queries = json.loads(server.request("GET", "/queries").body)["queries"]
    (query,) = (one for one in queries if one["query"] == "topic-positions")
    assert query["parameters"][0] == {
        "name": "topic", "type": "topic", "required": True, "default": None,
    }  # fmt: skip
    rows = server.rows(query["text"], **{"$topic": "Congestion CHARGE", "$since": ""})
    assert "Łucja Novák" in [row[0] for row in rows]
    reply = server.post(query["text"], **{"$topic": "congestion chrage"})
    assert reply.status == 400
    assert f"Did you mean '{CHARGE}'" in reply.text
    reply = server.post("# param a: none\nASK {}", **{"$a": "1"})
    assert (reply.status, reply.text.split(":")[0]) == (400, "The query")


def test_a_writer_beside_is_seen_by_later_queries(tmp_path: Path) -> None:
    make_store(tmp_path / "s.db").close()
    with serving(tmp_path / "s.db") as server:
        before = int(server.rows(COUNT)[0][0])
        with Store.open(tmp_path / "s.db") as store:
            store.add(numbered(100))
            assert int(server.rows(COUNT)[0][0]) > before


# --- refusals -----------------------------------------------------------------------------------


def test_a_mistake_has_its_line_and_column(server: Server) -> None:
    reply = server.post("SELECT *\nWHERE { ?a ?b }")
    assert (reply.status, reply.media) == (400, "text/plain")
    assert reply.text.splitlines()[0] == "Not SPARQL: line 2, column 15: unexpected '}'."


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("", 400, "the query is empty"),
        ("DROP ALL", 400, "only reads"),
        ("PREFIX a: <a:> # x\nINSERT DATA { a:a a:a a:a }", 400, "only reads"),
        ("ASK {} ; DROP ALL", 400, "Not SPARQL"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", 403, "SERVICE would use"),
        ("ASK { ?s ?p " + "'x'@e" * 9 + " }", 400, "Not SPARQL"),
        ("SELECT (<x:no>(1) AS ?x) {}", 400, "The query failed"),
        ("ASK " + "{" * 20_000 + "}" * 20_000, 400, "nested too deeply"),
        ("SELECT * {" + " UNION ".join(["{?a ?b ?c}"] * 10_000) + "}", 400, "too many parts"),
    ],
)
def test_what_is_refused_is_told_in_a_line(
    query: str, status: int, told: str, server: Server
) -> None:
    reply = server.post(query)
    assert reply.status == status
    assert told in reply.text.splitlines()[0]
    assert "Traceback" not in reply.text
    assert "--" not in reply.text


def test_nothing_changes_a_store(server: Server) -> None:
    before = server.rows(COUNT)
    update = b"DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"
    refused = [
        server.request("POST", "/sparql", b"update=DROP+ALL", content_type=FORM),
        server.request("POST", "/sparql", update, content_type="application/sparql-update"),
        server.request("GET", "/sparql?update=DROP+ALL"),
        server.post(update.decode()),
        server.request("POST", "/sparql", update, content_type=QUERY),
    ]
    assert {reply.status for reply in refused} == {400, 403}
    assert all("This endpoint only reads" in reply.text for reply in refused)
    assert server.rows(COUNT) == before


def test_other_methods_and_paths(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        reply = server.request(method, "/sparql")
        assert reply.status == 405
        assert set(reply.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert server.request("POST", "/").status == 405
    assert server.request("GET", "/nothing").status == 404
    assert server.request("GET", "/../../etc/passwd").status == 404
    options = server.request("OPTIONS", "/sparql")
    assert (options.status, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_a_head_is_a_get_without_its_body(server: Server) -> None:
    whole = server.get(SUPPORTERS)
    path = f"/sparql?{urlencode({'query': SUPPORTERS})}"
    head = server.request("HEAD", path, accept="text/csv")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.body))


# --- other sites --------------------------------------------------------------------------------


def test_a_page_with_a_name_of_its_own_for_us_is_refused(server: Server) -> None:
    port = server.address[1]
    for host in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert server.request("GET", "/queries", Host=host).status == 200
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", ""):
        assert server.request("GET", "/queries", Host=host).status == 400


def test_other_sites_read_nothing_unless_allowed(server: Server, path: Path) -> None:
    ours, theirs = "https://atlas.example", "https://evil.example"
    reply = server.request("GET", "/sparql?query=ASK{}", Origin=ours)
    assert not [name for name in reply.headers if name.startswith("access-control")]
    with serving(path, "--allow-origin", "https://Atlas.example/") as open_server:
        for origin, told in ((ours, ours), (theirs, None)):
            reply = open_server.request("GET", "/sparql?query=ASK{}", Origin=origin)
            assert reply.headers.get("access-control-allow-origin") == told
        asked = {"Access_Control_Request_Method": "POST"}
        preflight = open_server.request("OPTIONS", "/sparql", Origin=ours, **asked)
        assert preflight.status == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]
        assert open_server.request("OPTIONS", "/sparql", Origin=theirs, **asked).status == 400


@pytest.mark.parametrize("kind", ["image", "empty", "iframe"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_make_no_work(site: str, kind: str, server: Server) -> None:
    def status(site: str, kind: str, to: Server = server) -> int:
        named = {"Sec_Fetch_Site": site, "Sec_Fetch_Dest": kind, "Origin": "https://atlas.example"}
        return to.request("GET", "/sparql?query=ASK{}", **named).status

    assert status(site, kind) == 403
    assert {status("same-origin", kind), status("none", kind), status(site, "document")} == {200}


def test_pages_of_allowed_sites_may_ask(path: Path) -> None:
    named = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "empty"}
    ours, theirs = "https://atlas.example", "https://evil.example"
    for allowed, others in ((ours, 403), ("*", 200)):
        with serving(path, "--allow-origin", allowed) as server:
            for origin, status in ((ours, 200), (theirs, others)):
                reply = server.request("GET", "/sparql?query=ASK{}", Origin=origin, **named)
                assert reply.status == status


# --- the service description --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # as above
def test_the_service_describes_itself(accept: str, syntax: str, server: Server, path: Path) -> None:
    reply = server.request("GET", "/sparql", accept=accept)
    graph = rdflib.Graph().parse(data=reply.text, format=syntax)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)

    assert graph.value(service, SD.endpoint) == rdflib.URIRef(server.endpoint)
    assert list(graph.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert list(graph.objects(service, SD.feature)) == [SD.UnionDefaultGraph]
    assert len(set(graph.objects(service, SD.resultFormat))) == 8
    dataset = graph.value(service, SD.defaultDataset)
    assert graph.value(dataset, SD.defaultGraph)
    named = {str(graph.value(node, SD.name)) for node in graph.objects(dataset, SD.namedGraph)}
    with Store.open(path, read_only=True) as store:
        assert named == {node.value for node in store._inner.named_graphs()}


def test_what_it_says_of_functions_and_formats_is_so(server: Server) -> None:
    values = {"gYear": "2024", "gYearMonth": "2024-03", "gMonth": "--03", "gDay": "---04",
              "gMonthDay": "--03-04", "time": "01:02:03", "date": "2024-03-04",
              "duration": "P1D", "dayTimeDuration": "P1D", "yearMonthDuration": "P1Y"}  # fmt: skip
    assert set(values) == set(CASTS)
    for name, value in values.items():
        query = f"SELECT (DATATYPE(xsd:{name}('{value}')) AS ?type) {{}}"
        assert server.rows(query) == [[f"http://www.w3.org/2001/XMLSchema#{name}"]]


def test_a_browser_gets_the_page_where_a_program_gets_the_description(server: Server) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    pages = server.request("GET", "/"), server.request("GET", "/sparql", accept=accept)
    for page in pages:
        assert (page.status, page.media) == (200, "text/html")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
    assert pages[0].body == pages[1].body
    assert server.request("GET", "/sparql", accept="image/png").status == 406


# --- starting -----------------------------------------------------------------------------------


def _start(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "graphkit", "serve", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr


def test_without_a_store_it_does_not_start(tmp_path: Path) -> None:
    told = f"graphkit: There is no store at {tmp_path / 'none'}. `graphkit add` makes one.\n"
    assert _start("-s", str(tmp_path / "none")) == (1, told)


def test_a_port_that_is_taken_is_told(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = f"graphkit: Cannot listen on 127.0.0.1, port {port}: Address already in use.\n"
        assert _start("-s", str(path), "--port", str(port)) == (1, told)


@pytest.mark.parametrize("host", ["no such host", "a" * 100, "192.0.2.1"])
def test_a_host_that_is_not_ours_is_told(host: str, path: Path) -> None:
    code, told = _start("-s", str(path), "--host", host, "--port", "0")
    assert code == 1
    assert re.fullmatch(rf"graphkit: Cannot listen on {host}, port 0: .+\.\n", told)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--timeout", "nan", "nan is no number."),
        ("--memory", "nan", "nan is no number."),
        ("--allow-origin", "atlas.example", "'atlas.example' is no site such as"),
        ("--allow-origin", "https://atlas.example/page", "is no site such as"),
    ],
)
def test_an_option_that_would_do_nothing_is_told(
    option: str, value: str, told: str, path: Path
) -> None:
    result = CliRunner().invoke(cli, ["serve", "-s", str(path), option, value])
    assert result.exit_code == 2
    assert told in result.stderr


def test_the_parser_and_the_page_are_not_imported_for_help() -> None:
    code = (
        "import sys; from graphkit.cli import cli; cli(['serve', '--help'], standalone_mode=False);"
        "sys.exit(any(name in sys.modules for name in ('uvicorn', 'starlette', 'pyoxigraph')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_whoever_may_reach_it_is_told(path: Path) -> None:
    with serving(path, "--host", "0.0.0.0") as server:
        assert server.line.endswith("Ctrl-C stops. Whoever reaches this address can read it.\n")
        local = Server(server.process, server.url.replace("0.0.0.0", "127.0.0.1"), server.line)
        assert local.request("GET", "/queries", Host="any.example").status == 200
        told = local.request("GET", "/sparql", Host="any%zz")
        assert (told.status, told.text) == (400, "'http://any%zz/sparql' is no IRI.\n")


def test_the_prefixes_are_those_of_the_store(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", base="https://own.example/"):
        pass
    with serving(tmp_path / "s.db") as server:
        listing = json.loads(server.request("GET", "/queries").body)
        assert listing["prefixes"][""] == "https://own.example/"
        assert server.rows("SELECT (STR(:a) AS ?iri) {}") == [["https://own.example/a"]]
