"""Answers on their way: what a child writes goes to the client, as long as there is one."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping
from contextlib import aclosing
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import Receive, Scope, Send

from graphkit.errors import GraphkitError

_HELD = 1 << 20  # bytes; what fails before these have come has the status of its failure


class CutOffError(Exception):
    """A part of an answer is with the client already, and the rest will never come."""


class Transfer:
    """A response: a media type, a line end, and then the body, in the chunks of a generator.

    Where the client leaves, the generator is closed, even if it has yielded nothing yet.
    """

    def __init__(self, chunks: AsyncGenerator[bytes], headers: Mapping[str, str]) -> None:
        self._chunks = chunks
        self._headers = headers

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        """Send it. Raise what the generator raises first, and CutOffError for what it raises later.

        Then the connection is closed before the end of the body, so that the client can tell.
        """
        await _while_connected(receive, self._send(send))

    async def _send(self, send: Send) -> None:
        async with aclosing(self._chunks) as chunks:
            held = bytearray()
            async for chunk in chunks:
                held += chunk
                if len(held) > _HELD:
                    break
            else:
                await self._begin(send, held, is_whole=True)
                return
            await self._begin(send, held, is_whole=False)
            try:
                async for chunk in chunks:
                    await _send_body(send, chunk, is_last=False)
            except GraphkitError as error:
                raise CutOffError from error
            await _send_body(send, b"", is_last=True)

    async def _begin(self, send: Send, held: bytearray, *, is_whole: bool) -> None:
        media, _, beginning = bytes(held).partition(b"\n")
        charset = "; charset=utf-8" if media.startswith(b"text/") else ""
        headers = MutableHeaders(dict(self._headers))
        headers["content-type"] = media.decode() + charset
        if is_whole:
            headers["content-length"] = str(len(beginning))
        await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
        await _send_body(send, beginning, is_last=is_whole)


async def _send_body(send: Send, body: bytes, *, is_last: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": not is_last})


async def _while_connected(receive: Receive, work: Coroutine[Any, Any, None]) -> None:
    """Do work to its end, or until the client has gone."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_disconnection(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})
    if not working.cancelled():
        working.result()


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
