"""SPARQL servers for the tests: real ones, and one that answers as it is told."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import parse_qs

import pytest
import requests

VIRTUOSO = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 2000
MaxDirtyBuffers = 1200
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
[SPARQL]
ResultSetMaxRows = 100000
"""


@contextlib.contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """Run Oxigraph's server with a store in memory, and yield its address of queries."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("the Oxigraph server is not installed (pip install oxigraph)")
    port = free_port()
    command = [program, "serve", "-b", f"127.0.0.1:{port}", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for_line(process.stderr, "Listening")
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.kill()


@contextlib.contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """Run Virtuoso in a folder, and yield its address with the name of who may write."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso 7 is not installed (Debian's package virtuoso-opensource-7)")
    sql, http = free_port(), free_port()
    (folder / "v.ini").write_text(VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    command = [program, "+configfile", "v.ini", "+foreground"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for_line(process.stderr, "Server online")
            yield f"http://dba:dba@127.0.0.1:{http}/sparql"
        finally:
            process.kill()


def _wait_for_line(stream: IO[str] | None, part: str) -> None:
    """Read until a line says that a server is ready; then let it say on what it likes."""
    assert stream is not None
    for line in stream:
        if part in line:
            threading.Thread(target=lambda: [*stream], daemon=True).start()
            return
    raise RuntimeError("the server ended")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def update(url: str, text: str) -> None:
    """Run an update on an Oxigraph server past graphkit."""
    address = url.replace("/query", "/update")
    requests.post(address, data={"update": text}, timeout=10).raise_for_status()


class Told(NamedTuple):
    """What a server of the tests answers."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/sparql-results+json"),)


Answerer = Callable[[str, dict[str, str], dict[str, str]], Told]
"""Takes path, form and headers of a request."""


@contextlib.contextmanager
def answering(answer: Answerer) -> Iterator[str]:
    """Run a server that answers as a function says, and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            told = answer(self.path, form, headers)
            self.send_response(told.status)
            for name, value in told.headers:
                self.send_header(name, value)
            if "Content-Length" not in dict(told.headers):
                self.send_header("Content-Length", str(len(told.body)))
            self.end_headers()
            self.wfile.write(told.body)
            self.close_connection = "Content-Length" in dict(told.headers)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    class QuietServer(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing of clients that hang up, into what the command under test says."""

    with QuietServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/sparql"
        finally:
            server.shutdown()
            thread.join()
