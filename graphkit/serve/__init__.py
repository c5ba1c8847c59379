"""Serve a store on the web: a SPARQL 1.1 Protocol endpoint that only reads, and a query page.

uvicorn speaks HTTP, Starlette routes, and each query runs in a process of its own, which the system
stops in time and which opens the store as it is at that moment.
"""

import asyncio
import ipaddress
import json
import os
import socket
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from graphkit.child import run_apart
from graphkit.errors import ServeError
from graphkit.serve.application import ENDPOINT, Service, make_app
from graphkit.serve.connections import PATIENCE, make_server
from graphkit.store import Store

_AT_ONCE = 8  # queries; more wait, and a client that is slow to read its answer takes a place
_BACKLOG = 100


def serve(  # noqa: PLR0913 # one for each option of the command
    store: Path,
    host: str,
    port: int,
    announce: Callable[[str], None],
    *,
    timeout: float,
    memory: float,
    limit: int | None = None,
    origins: Sequence[str] = (),
) -> None:
    """Serve a store until a signal comes: SIGINT then raises KeyboardInterrupt.

    `announce` gets one line with the address, once it can be reached; port 0 is any free one.
    Queries take `timeout` seconds and `memory` gigabytes at most, and give at most `limit` rows.
    Pages of `origins` may ask and read, too. Raise StoreError if there is no store, and ServeError
    if the address is not ours.
    """
    if not hasattr(os, "fork"):
        raise ServeError("`graphkit serve` needs a system with forks: Linux, macOS or WSL.")
    from graphkit.serve.running import Runner  # which those others cannot import

    prefixes = _prefixes(store)
    with _listen(host, port) as listener:
        address = ipaddress.ip_address(listener.getsockname()[0])
        hosts = _names(host) if address.is_loopback else ["*"]
        service = Service(store.absolute(), prefixes, limit, hosts, origins)
        announce(_announcement(store, host, listener, is_open=not address.is_loopback))
        runner = Runner(timeout, int(memory * 1e9), _AT_ONCE)
        longest = 2 * timeout + 2 * PATIENCE  # to send, to wait, to run, and to be read
        server = make_server(make_app(service, runner), longest, runner.stop)
        asyncio.run(server.serve(sockets=[listener]))


def _prefixes(path: Path) -> dict[str, str]:
    """Return the prefixes of a store; raise StoreError if there is none that can be read."""

    def read(stream: BinaryIO) -> None:
        with Store.open(path, read_only=True) as store:
            stream.write(json.dumps(store.iris.prefixes).encode())

    stream = BytesIO()
    run_apart(read, stream)  # a process that has opened a store must not fork
    prefixes: dict[str, str] = json.loads(stream.getvalue())
    return prefixes


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG)
        # inherited by its connections: else an answer waits 40 ms for the client's word of its head
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, UnicodeError) as error:
        number = None if isinstance(error, socket.gaierror) else getattr(error, "errno", None)
        reason = os.strerror(number) if number else getattr(error, "strerror", error)
        raise ServeError(f"Cannot listen on {host}, port {port}: {reason}.") from error


def _names(host: str) -> list[str]:
    """Return how a client on this computer may call us; others try to be taken for one."""
    return ["localhost", "127.0.0.1", "[::1]", host, f"[{host}]"]


def _announcement(store: Path, host: str, listener: socket.socket, *, is_open: bool) -> str:
    name = f"[{host}]" if ":" in host else host
    url = f"http://{name}:{listener.getsockname()[1]}"
    line = f"Serving {store} at {url}/, for SPARQL clients {url}{ENDPOINT}; Ctrl-C stops."
    return f"{line} Whoever reaches this address can read it." if is_open else line
