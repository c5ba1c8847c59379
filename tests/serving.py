"""A server in a process of its own, as a user starts it, and requests to it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
SLOW = "SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9)) + " }"
BIG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"

_START = """
import graphkit.serve.application, graphkit.serve.connections
graphkit.serve.application.PATIENCE = graphkit.serve.connections.PATIENCE = {patience}
from graphkit.cli import cli
cli(prog_name="graphkit")
"""


@dataclass(frozen=True)
class Reply:
    """What the server answered; `is_whole` tells whether the end of it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool = True

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Server:
    """A server that runs, and where it is; all its queries are its child processes."""

    process: subprocess.Popen[str]
    url: str
    line: str
    address: tuple[str, int] = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        object.__setattr__(self, "address", (parts.hostname, parts.port))

    @property
    def endpoint(self) -> str:
        return f"{self.url}sparql"

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Make a request; "_" in the name of a header stands for "-"."""
        connection = http.client.HTTPConnection(*self.address, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            is_whole = True
            try:
                content = response.read()
            except http.client.IncompleteRead as error:
                content, is_whole = error.partial, False
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, content, is_whole)
        finally:
            connection.close()

    def get(self, query: str, accept: str = "text/csv", **fields: str) -> Reply:
        path = f"/sparql?{urlencode({'query': query, **fields})}"
        return self.request("GET", path, accept=accept)

    def post(self, query: str, accept: str = "text/csv", **fields: str) -> Reply:
        body = urlencode({"query": query, **fields}).encode()
        return self.request("POST", "/sparql", body, accept=accept, content_type=FORM)

    def rows(self, query: str, **fields: str) -> list[list[str]]:
        """Return the rows of a query as its JSON has their values."""
        reply = self.post(query, "application/sparql-results+json", **fields)
        assert reply.status == 200, reply.text
        answer = json.loads(reply.body)
        names: list[str] = answer["head"]["vars"]
        bindings: list[dict[str, Any]] = answer["results"]["bindings"]
        return [[row[name]["value"] if name in row else "" for name in names] for row in bindings]

    def queries(self) -> list[int]:
        """Return the processes that are at work on queries, or not yet buried."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def files(self) -> list[str]:
        """Return the numbers of the files, pipes and connections that the server has open."""
        return [file.name for file in Path(f"/proc/{self.process.pid}/fd").iterdir()]


def eventually(is_so: Callable[[], object], seconds: float = 10) -> bool:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@contextmanager
def serving(store: Path, *options: str, patience: float = 30) -> Iterator[Server]:
    """Serve a store on a free port; a warning in the server is an error. End it in the end."""
    code = _START.format(patience=patience)
    arguments = ["serve", "-s", str(store), "--port", "0", *options]
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            url = next((word.rstrip(",") for word in line.split() if word.startswith("http")), "")
            assert url, line + process.stderr.read()
            yield Server(process, url, line)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
