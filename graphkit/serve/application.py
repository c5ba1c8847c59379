"""The web application: the SPARQL endpoint, the query page, and the list of shipped queries."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graphkit.errors import (
    GraphkitError,
    NetworkAccessError,
    QueryError,
    ServeError,
    StoreError,
    UnknownNameError,
)
from graphkit.folding import PLAIN_LETTERS
from graphkit.queries import Query, shipped_queries
from graphkit.serve.answering import GRAPHS, accepted, answering, describing
from graphkit.serve.connections import PATIENCE
from graphkit.serve.page import read_page
from graphkit.serve.protocol import read_iri, read_operation
from graphkit.serve.transfer import Transfer

if TYPE_CHECKING:
    from graphkit.serve.running import Runner

ENDPOINT = "/sparql"
MAX_BODY: Final = 4_000_000
"""Bytes of a request's body at most."""

_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HTML = {"text/html": "html", "application/xhtml+xml": "html"}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept",
}
_STATUS: Mapping[type[GraphkitError], int] = {
    NetworkAccessError: 403,
    QueryError: 400,
    UnknownNameError: 400,
    StoreError: 503,
}


@dataclass(frozen=True, slots=True)
class Service:
    """What is served, and to whom: `hosts` are the names that we go by, `origins` other sites.

    Queries give at most `limit` rows.
    """

    store: Path
    prefixes: Mapping[str, str]
    limit: int | None = None
    hosts: Sequence[str] = ("*",)
    origins: Sequence[str] = ()


def make_app(service: Service, runner: "Runner") -> Starlette:
    """Return the application."""
    (page, policy), listing = read_page(), _listing(service)
    page_headers = _HEADERS | {"Content-Security-Policy": policy}

    async def show_page(_: Request) -> Response:
        return Response(page, headers=page_headers, media_type="text/html")

    async def list_queries(_: Request) -> Response:
        return Response(listing, headers=_HEADERS, media_type="application/json")

    async def ask(request: Request) -> Any:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_HEADERS | {"Allow": ", ".join(_METHODS)})
        _check_site(request, service.origins)
        accept = ", ".join(request.headers.getlist("accept"))
        operation = read_operation(
            request.method,
            request.scope["query_string"],
            request.headers.get("content-type", ""),
            await _body(request),
        )
        if operation is not None:
            work = answering(service.store, operation, accept, service.limit)
            return Transfer(runner.run(work), _HEADERS | _limit_header(service))
        media = accepted(accept, GRAPHS | _HTML)
        if media in _HTML:
            return await show_page(request)
        endpoint = read_iri(str(request.url.replace(query="")))  # with the host of the request
        return Transfer(runner.run(describing(service.store, endpoint, media)), _HEADERS)

    return Starlette(
        routes=[
            Route("/", show_page),
            Route("/queries", list_queries),
            Route(ENDPOINT, ask, methods=_METHODS),
        ],
        middleware=_middleware(service),
        exception_handlers={GraphkitError: _tell, OSError: _tell, HTTPException: _tell_http},
    )


def _middleware(service: Service) -> list[Middleware]:
    """A page of another site cannot reach us by a name of its own, nor read what we answer."""
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=service.hosts, www_redirect=False)
    if not service.origins:
        return [hosts]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=service.origins,
        allow_methods=_METHODS,
        expose_headers=list(_limit_header(service)),
    )
    return [cors, hosts]


def _check_site(request: Request, origins: Sequence[str]) -> None:
    """Refuse what a page of another site makes a browser ask: it would not see it, but it is work.

    A link that somebody follows is for the user to judge.
    """
    headers = request.headers
    is_elsewhere = headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    is_link = headers.get("sec-fetch-dest") == "document"
    if is_elsewhere and not is_link and not {"*", headers.get("origin")} & set(origins):
        raise ServeError("Pages of other sites may not ask.", 403)


async def _body(request: Request) -> bytes:
    """Read what a client sends; raise ServeError if that is too much, or too slow."""
    too_large = ServeError(f"A request has {MAX_BODY:,} bytes at most.", 413)
    if int(request.headers.get("content-length", "0")) > MAX_BODY:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise too_large
    except TimeoutError as error:
        raise ServeError(f"The request took longer than {PATIENCE} s.", 408) from error
    return bytes(body)


async def _tell(_: Request, error: Exception) -> Response:
    told = next((number for kind, number in _STATUS.items() if isinstance(error, kind)), 500)
    status = error.status if isinstance(error, ServeError) else told
    text = str(error)
    if isinstance(error, NetworkAccessError):
        text = f"{text.partition(';')[0]}, which this endpoint does not."
    return PlainTextResponse(f"{text}\n", status, _HEADERS)


async def _tell_http(request: Request, error: Exception) -> Response:
    """Tell of a path that is not there, or a method that it does not have."""
    if not isinstance(error, HTTPException):
        raise error
    told = f"{error.detail}: {request.method} {request.url.path}\n"
    return PlainTextResponse(told, error.status_code, {**_HEADERS, **(error.headers or {})})


def _limit_header(service: Service) -> dict[str, str]:
    return {} if service.limit is None else {"Graphkit-Row-Limit": str(service.limit)}


def _listing(service: Service) -> bytes:
    queries = [_describe(query) for query in shipped_queries()]
    listing = {
        "prefixes": dict(service.prefixes),
        "letters": PLAIN_LETTERS,  # by which the page finds names as the store does
        "queries": queries,
    }
    return json.dumps(listing, ensure_ascii=False).encode() + b"\n"


def _describe(query: Query) -> dict[str, Any]:
    parameters = [
        {"name": one.name, "type": one.type, "required": one.is_required, "default": one.default}
        for one in query.parameters
    ]
    told = {"query": query.name, "question": query.question, "notes": query.notes}
    return {**told, "parameters": parameters, "text": query.text}
