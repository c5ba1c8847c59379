"""Queries in child processes, several at a time, which can be stopped in the midst of their work.

One thread does all the rest: a process with several must not fork.
"""

import asyncio
import os
import resource
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from io import RawIOBase
from typing import BinaryIO

from graphkit.child import Child, Work, raise_failure, start_apart
from graphkit.errors import QueryTimeoutError, ServeError

_CHUNK = 1 << 16  # bytes: what a pipe holds

_BUSY = "The server is busy. Try again later."
_STOPPING = "The server is stopping."


class Runner:
    """Run work in child processes, so many `at_once`, each for `timeout` seconds at most.

    Each may take so many bytes of `memory`, where the system limits that.
    """

    def __init__(self, timeout: float, memory: int, at_once: int) -> None:
        self._timeout = timeout
        self._memory = memory
        self._places = asyncio.Semaphore(at_once)
        self._children: dict[Child, asyncio.Future[int]] = {}
        self._is_stopping = False

    def stop(self) -> None:
        """End all that is at work, and begin nothing more."""
        self._is_stopping = True
        for child in self._children:
            child.kill()

    async def run(self, work: Work) -> AsyncGenerator[bytes]:
        """Yield what work writes, then raise what it raised; closing the generator ends the work.

        Raise ServeError with status 503 if it takes too long, has no place among the others for as
        long, or is stopped.
        """
        child = await self._start(work)
        ended = self._children[child]
        try:
            with (  # both from the start, for the client may leave before they are read
                os.fdopen(child.data, "rb", buffering=0) as data_pipe,
                os.fdopen(child.failure, "rb", buffering=0) as failure_pipe,
            ):
                async with _reading(data_pipe) as data, _reading(failure_pipe) as failure:
                    while chunk := await data.read(_CHUNK):
                        yield chunk
                    self._raise_failure(await failure.read(), await ended)
        finally:
            if child in self._children:
                child.kill()

    async def _start(self, work: Work) -> Child:
        """Start work as soon as it has a place, which it keeps until its process has ended."""
        try:
            await asyncio.wait_for(self._places.acquire(), self._timeout)
        except TimeoutError as error:
            raise ServeError(_BUSY, 503) from error
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGCHLD, self._note_ends)
        try:
            if self._is_stopping:
                raise ServeError(_STOPPING, 503)
            child = start_apart(self._limited(work), self._timeout)
        except BaseException:
            self._places.release()
            raise
        self._children[child] = loop.create_future()
        return child

    def _limited(self, work: Work) -> Work:
        def limited(stream: BinaryIO) -> None:
            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            memory = self._memory if most == resource.RLIM_INFINITY else min(self._memory, most)
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            work(stream)

        return limited

    def _note_ends(self) -> None:
        for child in list(self._children):
            ended, status = os.waitpid(child.pid, os.WNOHANG)
            if ended:
                os.close(child.life)
                self._places.release()
                future = self._children.pop(child)
                if not future.done():  # or who waited for it has left
                    future.set_result(status)

    def _raise_failure(self, error: bytes, status: int) -> None:
        if status and self._is_stopping:
            raise ServeError(_STOPPING, 503)
        try:
            raise_failure(error, status, self._timeout)
        except QueryTimeoutError as timeout:
            told = f"The query was stopped after {self._timeout:g} s. Ask for less."
            raise ServeError(told, 503) from timeout
        except KeyboardInterrupt as interrupt:  # a terminal tells all its processes, us soon, too
            raise ServeError(_STOPPING, 503) from interrupt


@asynccontextmanager
async def _reading(pipe: RawIOBase) -> AsyncIterator[asyncio.StreamReader]:
    reader = asyncio.StreamReader(_CHUNK)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    try:
        yield reader
    finally:
        transport.close()
