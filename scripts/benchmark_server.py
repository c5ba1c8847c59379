"""Measure how many requests a store on a SPARQL server takes, for each article and each look-up.

The articles are those of the sample. Without an address, Oxigraph's server is started with a store
in memory; at an address there has to be a server whose store is empty. Requests are what counts:
each takes as long as the way to the server and back, 1 to 50 ms, and the last column is what all of
them together would wait for at 20 ms. Times are noisy; the same on a folder stands beside them.

Usage: python scripts/benchmark_server.py [URL]
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.codebook_file import read_codebook
from graphkit.extract import load_extractor
from graphkit.reading import read_articles
from graphkit.remote.server import Server
from graphkit.store import Store

WAY = 20
"""Milliseconds to a server and back, as between two towns."""

TOPIC = "ground troops in Ukraine"
LOOK_UPS = (
    ("actors",),
    ("topics",),
    ("actor", "Germany"),
    ("topic", TOPIC),
    ("stance", "Verbruggen", TOPIC),
    ("timeline", TOPIC),
    ("changes",),
    ("compare", "Verbruggen", "Germany"),
    ("allies", "Germany"),
    ("quotes", "Emmanuel Macron"),
    ("article", "2024-03-12-assembly-vote"),
    ("measures",),
    ("export", "-o", "-", "-f", "nq"),
    ("check",),
)


def main() -> None:
    """Print a line for each piece of work."""
    sent = _count_requests()
    with _server() as url, tempfile.TemporaryDirectory() as folder:
        local = Path(folder, "store")
        click.echo(f"{'':32} requests   server ms   folder ms   waiting at {WAY} ms")
        _add(url, local, sent)
        for command in LOOK_UPS:
            _run(command, local)  # which imports what it needs
            before = sent[0]
            there = _run(command, url)
            _tell(" ".join(command), sent[0] - before, there, _run(command, local))


def _add(url: str, local: Path, sent: list[int]) -> None:
    articles = read_articles(["data/sample"], on_error=lambda error: sys.exit(str(error)))
    found = list(load_extractor().pipe(articles))
    with Store.open(url) as there, Store.open(local) as here:
        for store in (there, here):
            store.add_concepts(read_codebook(Path("data/topics.ttl")))
        before, took = sent[0], [0.0, 0.0]
        for extraction in found:
            for number, store in enumerate((there, here)):
                start = time.perf_counter()
                store.add(extraction)
                took[number] += time.perf_counter() - start
    count = len(found)
    _tell("add, each article", (sent[0] - before) / count, *(1000 * t / count for t in took))


def _run(command: tuple[str, ...], place: object) -> float:
    """Run a command and return its milliseconds."""
    start = time.perf_counter()
    result = CliRunner().invoke(cli, [*command, "-s", str(place)])
    if result.exit_code:
        sys.exit(f"{' '.join(command)}: {result.output}")
    return 1000 * (time.perf_counter() - start)


def _tell(name: str, requests: float, there: float, here: float) -> None:
    waiting = requests * WAY / 1000
    told = f"{name:32.32} {requests:8.0f}   {there:9.0f}   {here:9.0f}   {waiting:8.1f} s"
    click.echo(told)


def _count_requests() -> list[int]:
    """Return a list whose one number grows with each request."""
    sent = [0]
    send = Server._send

    def counted(self: Server, *arguments: Any) -> Any:
        sent[0] += 1
        return send(self, *arguments)

    Server._send = counted  # type: ignore[method-assign]
    return sent


@contextmanager
def _server() -> Iterator[str]:
    if len(sys.argv) > 1:
        yield sys.argv[1]
        return
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("The Oxigraph server is not installed: pip install oxigraph")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{one.getsockname()[1]}"
    command = [program, "serve", "--union-default-graph", "-b", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603 # our own
        try:
            if process.stderr:
                process.stderr.readline()  # it listens
            yield f"http://{address}/query"
        finally:
            process.kill()


if __name__ == "__main__":
    main()
