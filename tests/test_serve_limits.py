"""Slow queries, slow clients and large requests are stopped, and are no harm to others."""

import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from example import make_store
from serving import BIG, FORM, SLOW, Reply, Server, eventually, serving

ONE = "SELECT (1 AS ?one) {}"
QUERY = "application/sparql-query"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


@pytest.fixture(scope="module")
def server(path: Path) -> Iterator[Server]:
    with serving(path, "--timeout", "1.5", patience=1) as running:
        yield running


def _send(server: Server, *parts: bytes) -> socket.socket:
    connection = socket.create_connection(server.address, timeout=20)
    for part in parts:
        connection.sendall(part)
    return connection


def _request(query: str) -> bytes:
    body = f"query={query.replace(' ', '+')}".encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _is_closed(connection: socket.socket) -> bool:
    try:
        while connection.recv(1 << 16):
            pass
    except ConnectionError:
        pass
    return True


# --- queries ------------------------------------------------------------------------------------


def test_a_timeout_stops_a_query_and_is_told(server: Server) -> None:
    start = time.monotonic()
    reply = server.post(SLOW)
    assert (reply.status, reply.text) == (503, "The query was stopped after 1.5 s. Ask for less.\n")
    assert time.monotonic() - start < 10
    assert eventually(lambda: not server.queries())


def test_a_client_can_tell_that_an_answer_was_cut_off(server: Server) -> None:
    reply = server.post(BIG)
    assert (reply.status, reply.is_whole) == (200, False)
    assert len(reply.body) > 1_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of data")
def test_a_query_that_takes_too_much_memory_is_stopped(path: Path) -> None:
    with serving(path, "--memory", "0.3") as server:
        reply = server.post("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?f ?i")
        assert (reply.status, reply.text.split(":")[0]) == (400, "The SPARQL engine gave up")
        assert server.post(ONE).status == 200


def test_slow_queries_leave_the_others_alone(server: Server) -> None:
    replies: list[Reply] = []
    threads = [
        threading.Thread(target=lambda: replies.append(server.post(SLOW))) for _ in range(12)
    ]
    with _send(server, _request(SLOW)):
        assert eventually(server.queries)
        assert server.post(ONE).text.split() == ["one", "1"]
        for thread in threads:  # more than have a place at a time
            thread.start()
        for thread in threads:
            thread.join()
    assert {reply.status for reply in replies} == {503}
    assert {reply.text.split(".")[0] for reply in replies} <= {
        "The query was stopped after 1", "The server is busy"
    }  # fmt: skip
    assert eventually(lambda: not server.queries())
    assert server.post(ONE).text.split() == ["one", "1"]


def test_a_query_ends_when_its_client_leaves(path: Path) -> None:
    with serving(path, "--timeout", "1000") as server:
        for query in (SLOW, BIG):
            with _send(server, _request(query)) as connection:
                assert eventually(server.queries)
                if query == BIG:
                    connection.recv(1000)
            assert eventually(lambda: not server.queries())


def test_clients_that_leave_at_any_moment_leave_nothing_open(server: Server) -> None:
    server.post(ONE)  # the first query opens what stays open for all
    assert eventually(lambda: not server.queries())
    before = len(server.files())
    for number in range(60):
        with _send(server, _request("ASK {}")):
            time.sleep(number % 20 * 0.0005)
    assert eventually(lambda: not server.queries())
    assert eventually(lambda: len(server.files()) <= before)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of data")
def test_a_limit_of_the_system_goes_first(path: Path) -> None:
    with serving(path, "--memory", "1000") as server:
        limits = (2**32, 2**32)
        resource.prlimit(server.process.pid, resource.RLIMIT_DATA, limits)
        assert server.post(ONE).status == 200


def test_rows_are_limited(path: Path) -> None:
    with serving(path, "--limit", "2") as server:
        reply = server.post("SELECT ?s { ?s ?p ?o }")
        assert len(reply.text.splitlines()) == 1 + 2
        assert reply.headers["graphkit-row-limit"] == "2"
        assert len(server.rows("SELECT ?x { ?s ?p ?o } LIMIT 1 VALUES ?x { 1 2 3 }")) == 1
        assert server.post("ASK {}").text == "true\n"


# --- clients ------------------------------------------------------------------------------------


def test_clients_that_take_nothing_keep_no_place(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(_send(server, _request(BIG)))
        assert eventually(lambda: len(server.queries()) >= 8)
        assert eventually(lambda: len(server.queries()) < 8)
        assert eventually(lambda: server.post(ONE).text.split() == ["one", "1"])


@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"GET /",),
        (b"GET / HTTP/1.1\r\nHost: local",),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HT"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",),
    ],
)
def test_clients_that_send_nothing_more_are_left(parts: tuple[bytes, ...], server: Server) -> None:
    with _send(server, *parts) as connection:
        assert _is_closed(connection)


def test_a_body_that_does_not_come_is_not_waited_for(server: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n"
    with _send(server, f"{head}Content-Length: 100\r\n\r\nquery=".encode()) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_hundreds_that_hang_are_no_harm(server: Server) -> None:
    with ExitStack() as stack:
        for _ in range(300):
            stack.enter_context(_send(server, b"GET /sparql HTTP/1.1\r\nHo"))
        assert server.post(ONE).text.split() == ["one", "1"]


def test_several_requests_share_a_connection(server: Server) -> None:
    with _send(server, _request("ASK {}") * 3) as connection:  # not waiting for the answers
        answers = b""
        while answers.count(b'"boolean":true') < 3:
            chunk = connection.recv(1 << 16)
            assert chunk, answers
            answers += chunk
    assert answers.count(b"HTTP/1.1 200 OK") == 3


# --- requests -----------------------------------------------------------------------------------


def test_a_body_too_large_is_413(server: Server) -> None:
    body = b"query=" + b"a" * 5_000_000
    reply = server.request("POST", "/sparql", body, content_type=FORM)
    assert (reply.status, reply.text) == (413, "A request has 4,000,000 bytes at most.\n")


def test_a_body_of_unknown_length_too_large_is_413(server: Server) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: {FORM}\r\n"
    chunk = b"186A0\r\n" + b"a" * 100_000 + b"\r\n"
    chunked = f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk * 50 + b"0\r\n\r\n"
    with _send(server, chunked) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_is_read(server: Server) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    chunks = b"4\r\nASK \r\n2\r\n{}\r\n0\r\n\r\n"
    with _send(server, f"{head}Transfer-Encoding: chunked\r\n\r\n".encode(), chunks) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a client that speaks TLS
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
)
def test_a_malformed_request_is_400(request_: bytes, server: Server) -> None:
    with _send(server, request_) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")
    assert server.post("ASK {}").status == 200


def test_a_mistake_is_soon_found_in_a_long_query(server: Server) -> None:
    long = ("a" * 50_000, "SELECT * { ?a ?b " + "?c ; ?d " * 20_000 + "}}")
    for query in (*long, "PREFIX <<>" * 100, "PREFIX" + " " * 50_000):
        reply = server.request("POST", "/sparql", query.encode(), content_type=QUERY)
        assert reply.status == 400
        assert reply.text.startswith("Not SPARQL: line 1, column ")


# --- stopping -----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_stops_the_server_and_its_queries(number: signal.Signals, path: Path) -> None:
    with serving(path, "--timeout", "1000") as server, ExitStack() as stack:
        replying = stack.enter_context(_send(server, _request(SLOW)))
        stack.enter_context(_send(server, b"GET / HT"))
        stack.enter_context(_send(server, _request(BIG)))
        assert eventually(lambda: len(server.queries()) == 2)
        queries = server.queries()
        server.process.send_signal(number)
        exit_code = server.process.wait(timeout=20)
        assert eventually(lambda: not any(map(_is_alive, queries)))
        assert exit_code == {signal.SIGINT: 130}.get(number, -number)
        assert server.process.stderr is not None
        told = {signal.SIGINT: "graphkit: interrupted\n"}.get(number, "")
        assert server.process.stderr.read() == told
        if number != signal.SIGKILL:
            assert replying.recv(100).startswith(b"HTTP/1.1 503 ")


def _is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_ctrl_c_in_a_terminal_reaches_all_its_processes(path: Path) -> None:
    command = [sys.executable, "-m", "graphkit", "serve", "-s", str(path), "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stderr=pipe, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        url = next(word.rstrip(",") for word in line.split() if word.startswith("http"))
        server = Server(process, url, line)
        with _send(server, _request(SLOW)):
            assert eventually(server.queries)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(timeout=20) == 130
        assert process.stderr.read() == "graphkit: interrupted\n"
