"""HTTP connections: uvicorn's, which hang up on clients that keep us waiting."""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from graphkit.serve.transfer import CutOffError

PATIENCE = 30
"""Seconds for a client to send a request, or to take the end of an answer."""

_KEEP_ALIVE = 15  # seconds without a request after which a connection is closed
_CLIENTS = 500  # connections; to more, requests get status 503


def make_server(app: Any, longest: float, stop: Callable[[], None]) -> uvicorn.Server:
    """Return a server of an ASGI app that takes `longest` seconds to answer at most.

    As soon as it shall end, it calls `stop`.
    """
    log = logging.getLogger("uvicorn.error")
    log.setLevel(logging.ERROR)
    log.addFilter(lambda record: not (record.exc_info and record.exc_info[0] is CutOffError))
    config = uvicorn.Config(
        app,
        http=_patient(longest),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CLIENTS,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=1,
    )
    return _Server(config, stop)


class _Server(uvicorn.Server):
    """A server that waits for nobody when it shall end."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let all that is at work end; after a second, clients that are slow are left."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # which is no error
        self._stop()
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # in which they close


def _patient(longest: float) -> type[H11Protocol]:
    """Return connections that wait PATIENCE seconds for a request, and for the end of its answer.

    The protocol has no such limits: it would wait for ever for the end of a header.
    """

    class Patient(H11Protocol):
        _watch: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait(PATIENCE)

        def data_received(self, data: bytes) -> None:
            was_answering = self._is_answering()
            super().data_received(data)
            if self._is_answering() and not was_answering:
                self._wait(longest)

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._wait(longest if self._is_answering() else PATIENCE)  # one may have come already

        def _is_answering(self) -> bool:
            cycle: RequestResponseCycle | None = self.cycle  # None before the first request
            return cycle is not None and not cycle.response_complete

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            if self._watch:
                self._watch.cancel()

        def _wait(self, seconds: float) -> None:
            if self._watch:
                self._watch.cancel()
            self._watch = self.loop.call_later(seconds, self.transport.abort)

    return Patient
