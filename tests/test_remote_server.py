"""What goes wrong between graphkit and a SPARQL server is told in one line."""

import base64
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.place import ServerUrl
from graphkit.remote.server import UPDATE_URL, Server, ServerError
from servers import Answerer, Told, answering, free_port

ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def complaint(answer: Answerer, place: str = "") -> str:
    """Return what a look-up says of a server that answers so."""
    with answering(answer) as url:
        address = url.replace("http://", f"http://{place}@") if place else url
        result = CliRunner().invoke(cli, ["topics", "-s", address])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("graphkit: ")
    return result.stderr.replace(url, "URL")


def test_a_server_that_is_down() -> None:
    result = CliRunner().invoke(cli, ["topics", "-s", f"http://127.0.0.1:{free_port()}/sparql"])
    assert result.exit_code == 1
    assert result.stderr.endswith("/sparql cannot be reached: connection refused.\n")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Told(500, b"Out of memory\nat line 5", HTML), "answers with error 500: Out of memory."),
        (
            Told(502, b"<html><title>Bad &amp; worse</title><body>...</html>", HTML),
            "answers with error 502: Bad & worse.",
        ),
        (Told(200, b"<html>Welcome</html>", HTML), "answers a query with a web page. Is it the"),
        (Told(404), "There is nothing at URL. Is it the address of the server's queries?"),
        (Told(401), "refuses: it wants a password. Both can stand in the address"),
        (Told(403, b"read the terms"), "refuses: not permitted: read the terms."),
        (Told(200, b'{"x": 1}'), "answers with what are no SPARQL results"),
        (Told(200, ROWS[:20]), "broke off in the midst of its answer"),
        (Told(200, b""), "broke off in the midst of its answer"),
        (
            Told(200, ROWS, (*Told(200).headers, ("Content-Length", "5000"))),
            "broke off in the midst of its answer",
        ),
        (
            Told(200, ROWS, (*Told(200).headers, ("X-SPARQL-MaxRows", "100"))),
            "cuts its answers at 100 rows",
        ),
        (Told(302, b"", (("Location", "/sparql"),)), "leads in a circle"),
        (Told(302, b"", (("Location", "http://x.example/a"),)), "leads to http://x.example/a."),
        (Told(200, ROWS), "There is no store at URL. `graphkit add` makes one."),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_answers_that_are_none(told: Told, said: str) -> None:
    assert said in complaint(lambda *_: told)


def test_a_wrong_password_is_told_and_not_shown() -> None:
    told = complaint(lambda *_: Told(401), "ann:secret")
    assert "the name or the password is wrong" in told
    assert "secret" not in told


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = ServerUrl(f"http://127.0.0.1:{silent.getsockname()[1]}/sparql")
        told = r"has sent nothing for 0\.05 s"
        with closing(Server(place, silence=0.05)) as server, pytest.raises(ServerError, match=told):
            server.ask("ASK {}")


def test_a_timeout_ends_a_query_on_a_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/sparql"
        command = ["query", "-e", "ASK {}", "--timeout", "0.3", "-s", url]
        result = CliRunner().invoke(cli, command)
    assert (result.exit_code, result.stderr.count("\n")) == (124, 1)


@pytest.mark.parametrize("command", [["topics"], ["add", "x.txt"]])
def test_an_address_that_is_none_is_told_in_one_line(command: list[str]) -> None:
    result = CliRunner().invoke(cli, [*command, "-s", "http://"])
    assert result.exit_code == 1
    assert result.stderr == (
        "graphkit: The store's address is none: it is like https://HOST/sparql.\n"
    )


@pytest.fixture
def asked() -> list[tuple[str, dict[str, str]]]:
    return []


@pytest.fixture
def picky(asked: list[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Run a server that knows Ann, and takes updates at /update only."""
    known = "Basic " + base64.b64encode(b"ann:p\xc3\xa4ss").decode()

    def answer(path: str, form: dict[str, str], headers: dict[str, str]) -> Told:
        asked.append((path, form))
        if path == "/moved":
            return Told(307, headers=(("Location", "/sparql"),))
        if headers.get("authorization") != known:
            return Told(401, headers=(("WWW-Authenticate", 'Basic realm="x"'),))
        if "update" in form:
            return Told(204) if path == "/update" else Told(400, b"no query")
        return Told(200, ROWS)

    with answering(answer) as url:
        yield url


def test_a_password_is_sent_when_it_is_asked_for(
    picky: str, asked: list[tuple[str, dict[str, str]]]
) -> None:
    with closing(Server(ServerUrl(picky, "ann", "päss"))) as server:
        assert server.ask("SELECT * {}").read() == ROWS
        assert server.ask("SELECT * {}").read() == ROWS
    assert len(asked) == 3


def test_a_redirection_on_the_same_host_is_followed(picky: str) -> None:
    with closing(Server(ServerUrl(picky.replace("sparql", "moved"), "ann", "päss"))) as server:
        assert server.ask("SELECT * {}").read() == ROWS


def test_updates_go_to_the_address_that_takes_them(
    picky: str, asked: list[tuple[str, dict[str, str]]]
) -> None:
    with closing(Server(ServerUrl(picky, "ann", "päss"))) as server:
        server.update("INSERT DATA {}")
        server.update("INSERT DATA {}")
    sent = [path for path, form in asked if form.get("update") == "INSERT DATA {}"]
    assert sent == ["/update", "/update"]


def test_the_address_of_updates_can_be_named(
    picky: str, monkeypatch: pytest.MonkeyPatch, asked: list[tuple[str, dict[str, str]]]
) -> None:
    monkeypatch.setenv(UPDATE_URL, picky.replace("sparql", "update"))
    with closing(Server(ServerUrl(picky, "ann", "päss"))) as server:
        server.update("INSERT DATA {}")
    assert {path for path, _ in asked} == {"/update"}
    monkeypatch.setenv(UPDATE_URL, "update.txt")
    result = CliRunner().invoke(cli, ["add", "-", "-s", picky], input="x")
    assert result.exit_code == 1


def test_a_server_without_updates_says_so(tmp_path: Path) -> None:
    def answer(_: str, form: dict[str, str], headers: dict[str, str]) -> Told:
        return Told(405, b"read only") if "update" in form else Told(200, ROWS)

    told = r"error 405: read only.*GRAPHKIT_UPDATE_URL names it"
    with answering(answer) as url:
        server = Server(ServerUrl(url))
        with closing(server), pytest.raises(ServerError, match=told):
            server.update("INSERT DATA {}")
