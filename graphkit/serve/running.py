"""Queries in child processes, several at a time, which can be stopped in the midst of their work.

One thread does all the rest: a process with several must not fork.
"""

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import aclosing

from graphkit.child import Child, Work, raise_failure, start_apart
from graphkit.errors import QueryTimeoutError, ServeError

_CHUNK = 1 << 16  # bytes: what a pipe holds
_PAUSE = 0.002  # seconds between two looks whether a process has ended whose pipes have

_BUSY = "The server is busy. Try again later."
_STOPPING = "The server is stopping."


class Runner:
    """Run work in child processes, so many `at_once`, each for `timeout` seconds at most."""

    def __init__(self, timeout: float, at_once: int) -> None:
        self._timeout = timeout
        self._places = asyncio.Semaphore(at_once)
        self._children: set[Child] = set()
        self._ending: set[asyncio.Task[int]] = set()
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
        try:
            await asyncio.wait_for(self._places.acquire(), self._timeout)
        except TimeoutError as error:
            raise ServeError(_BUSY, 503) from error
        try:
            async with aclosing(self._run(work)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except QueryTimeoutError as error:
            told = f"The query was stopped after {self._timeout:g} s. Ask for less."
            raise ServeError(told, 503) from error
        finally:
            self._places.release()

    async def _run(self, work: Work) -> AsyncGenerator[bytes]:
        if self._is_stopping:
            raise ServeError(_STOPPING, 503)
        child = start_apart(work, self._timeout)
        self._children.add(child)
        status = None
        try:
            data, data_pipe = await _read(child.data)
            failure, failure_pipe = await _read(child.failure)
            while chunk := await data.read(_CHUNK):
                yield chunk
            error = await failure.read()
            status = await self._end(child)
        finally:
            if status is None:
                child.kill()
                self._end(child)
            os.close(child.life)
            data_pipe.close()
            failure_pipe.close()
        if status and self._is_stopping:
            raise ServeError(_STOPPING, 503)
        try:
            raise_failure(error, status, self._timeout)
        except KeyboardInterrupt as interrupt:  # a terminal tells all its processes, us soon, too
            raise ServeError(_STOPPING, 503) from interrupt

    def _end(self, child: Child) -> asyncio.Task[int]:
        """Let a process whose work is over end, and return what waits for its status."""
        self._children.discard(child)
        task = asyncio.create_task(_wait(child.pid))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        return task


async def _read(pipe: int) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    reader = asyncio.StreamReader(_CHUNK)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb", buffering=0)
    )
    return reader, transport


async def _wait(pid: int) -> int:
    """Wait for the end of a process, and return its status."""
    ended, status = os.waitpid(pid, os.WNOHANG)
    while not ended:
        await asyncio.sleep(_PAUSE)
        ended, status = os.waitpid(pid, os.WNOHANG)
    return status
