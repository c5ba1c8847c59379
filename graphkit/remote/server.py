"""Talk to a SPARQL 1.1 server over HTTP, and say in one line what goes wrong."""

import html
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from urllib3.exceptions import HTTPError

from graphkit.errors import StoreError
from graphkit.place import ServerUrl, to_place

if TYPE_CHECKING:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

UPDATE_URL = "GRAPHKIT_UPDATE_URL"
"""The environment variable that names the address of updates, where it is not to be guessed."""

_ROWS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"

_CONNECTING = 10.0  # seconds
_SILENCE = 300.0  # seconds without a byte; a query over a million statements may take minutes
_HOPS = 5
_AT_ONCE = 1 << 22  # bytes of an answer that are read before the first of them is looked at
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _FAILED = 401, 403, 404, 400
_OTHER_ADDRESS = frozenset({400, 401, 403, 404, 405, 406, 415, 422, 500, 501})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class ServerError(StoreError):
    """A server cannot be reached, refuses, or answers with something else than was asked for.

    `status` is that of the HTTP answer, 0 where there was none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Server:
    """A SPARQL server: one connection, kept open, one request at a time.

    `parameters` go along with each query. `requests` counts what was sent.
    """

    def __init__(self, place: ServerUrl, *, silence: float = _SILENCE) -> None:
        self.place = place
        self.parameters: Mapping[str, str] = {}
        self.requests = 0
        self._silence = silence
        self._session = requests.Session()
        self._auth: AuthBase | None = None
        self._update_place: ServerUrl | None = None

    def __str__(self) -> str:
        return str(self.place)

    def close(self) -> None:
        """Give up the connection."""
        self._session.close()

    def ask(self, query: str, *, for_triples: bool = False) -> BinaryIO:
        """Return what a query gives: JSON with rows or a truth value, or N-Triples.

        Raise ServerError for all else.
        """
        form = {"query": query, **self.parameters}
        kind = _TRIPLES if for_triples else _ROWS
        try:
            response = self._post(self.place, form, kind)
        except _LostError:  # the server may have given up a connection that was idle
            response = self._post(self.place, form, kind)
        self._check(response, self.place)
        if not for_triples and "json" not in response.headers.get("content-type", ""):
            raise ServerError(f"{self} answers a query with {_shown_type(response)}. {_ADVICE}")
        if "x-sparql-maxrows" in response.headers:  # Virtuoso's word for it
            response.close()
            raise ServerError(
                f"{self} cuts its answers at {response.headers['x-sparql-maxrows']} rows. "
                "Raise that limit in the server's settings (Virtuoso: ResultSetMaxRows)."
            )
        return _body(response, str(self), b"" if for_triples else b"}")

    def update(self, text: str) -> None:
        """Send an update. Raise ServerError if it fails: it is then unknown what was done."""
        place = self.update_place()
        response = self._post(place, {"update": text}, "*/*")
        self._check(response, place)
        _said(response)  # which lets the connection be used again

    def update_place(self) -> ServerUrl:
        """Return the address that takes updates, after trying one that changes nothing.

        Raise ServerError, with the answer that tells most, if there is none.
        """
        if self._update_place:
            return self._update_place
        refusals: list[ServerError] = []
        for place in _update_places(self.place):
            response = self._post(place, {"update": _NOTHING}, "*/*")
            try:
                self._check(response, place)
            except ServerError as error:
                if error.status not in _OTHER_ADDRESS:
                    raise
                refusals.append(error)
            else:
                _said(response)
                self._update_place = place
                return place
        by_status = {error.status: error for error in reversed(refusals)}
        for status in (_UNAUTHORIZED, _FORBIDDEN):
            if status in by_status:
                raise by_status[status]
        raise ServerError(
            f"{refusals[0]} Where it takes updates was not found either; {UPDATE_URL} names it."
        )

    def rdflib_store(self, *, is_read_only: bool) -> "SPARQLStore":
        """Return rdflib's own access to the same server."""
        from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

        known: dict[str, Any] = {
            "method": "POST_FORM",
            "returnFormat": "json",
            "params": dict(self.parameters),
            "auth": (self.place.user, self.place.password) if self.place.user else None,
        }
        if is_read_only:
            return SPARQLStore(self.place.url, **known)
        return SPARQLUpdateStore(self.place.url, self.update_place().url, **known)

    def _post(self, place: ServerUrl, form: Mapping[str, str], accept: str) -> requests.Response:
        """Send a form, and follow where the server leads; a password goes to its own host only."""
        target = place.url
        for _ in range(_HOPS):
            response = self._send(target, form, accept)
            if _is_challenge(response) and place.user and self._auth is None:
                self._auth = _auth_for(response, place)
                _said(response)
                response = self._send(target, form, accept)
            if response.status_code not in _REDIRECTS:
                return response
            _said(response)
            target = urljoin(target, response.headers.get("location", ""))
            if urlsplit(target)[:2] != urlsplit(place.url)[:2]:
                raise ServerError(
                    f"{place} leads to {_without_secrets(target)}. Use that address if you trust "
                    "it."
                )
        raise ServerError(f"{place} leads in a circle.")

    def _send(self, url: str, form: Mapping[str, str], accept: str) -> requests.Response:
        self.requests += 1
        with _explained(url, self._silence):
            return self._session.post(
                url,
                data=form,
                headers={"Accept": accept},
                auth=self._auth,
                timeout=(_CONNECTING, self._silence),
                allow_redirects=False,
                stream=True,
            )

    def _check(self, response: requests.Response, place: ServerUrl) -> None:
        """Raise ServerError for an answer that is none."""
        status = response.status_code
        if status < _FAILED:
            return
        said = _said(response)
        if status == _UNAUTHORIZED:
            known = "the name or the password is wrong" if place.user else "it wants a password"
            raise ServerError(f"{place} refuses: {known}. {_LOGIN}", status)
        if status == _FORBIDDEN:
            raise ServerError(f"{place} refuses: not permitted{said}. {_LOGIN}", status)
        if status == _NOT_FOUND:
            raise ServerError(f"There is nothing at {place}. {_ADVICE}", status)
        raise ServerError(f"{place} answers with error {status}{said}.", status)


_ADVICE = "Is it the address of the server's queries? Often it ends in /sparql or /query."
_LOGIN = "Both can stand in the address, as in https://NAME:PASSWORD@HOST/sparql (see also -s)."
_NOTHING = "DELETE DATA { GRAPH <urn:graphkit:nothing> { <urn:a> <urn:b> <urn:c> } }"


class _LostError(ServerError):
    """A connection ended before there was an answer."""


def _update_places(place: ServerUrl) -> Iterator[ServerUrl]:
    """Yield where updates may go: what the user says, or the address of queries and neighbours."""
    if named := os.environ.get(UPDATE_URL):
        told = to_place(named)
        if not isinstance(told, ServerUrl):
            raise StoreError(f"{UPDATE_URL} is no address: it is like https://HOST/update.")
        yield told if told.user else ServerUrl(told.url, place.user, place.password)
        return
    parts = urlsplit(place.url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    paths = [parts.path]
    if name in {"sparql", "query"}:
        paths.append(f"{folder}/update")
    if name == "sparql" and place.user:
        paths.append(f"{folder}/sparql-auth")
    paths += [f"{folder}/{name}/{ending}" for ending in ("update", "statements")]
    for path in paths:
        yield ServerUrl(parts._replace(path=path).geturl(), place.user, place.password)


def _is_challenge(response: requests.Response) -> bool:
    return response.status_code == _UNAUTHORIZED


def _auth_for(response: requests.Response, place: ServerUrl) -> AuthBase:
    """Return the way to log in that a server asks for; Digest never tells the password."""
    if "digest" in response.headers.get("www-authenticate", "").lower():
        return HTTPDigestAuth(place.user, place.password)
    return HTTPBasicAuth(place.user.encode(), place.password.encode())


def _without_secrets(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


@contextmanager
def _explained(url: str, silence: float) -> Iterator[None]:
    """Turn what a connection suffers into a ServerError of one line."""
    shown = _without_secrets(url)
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise ServerError(f"{shown} cannot be trusted: {_reason(error)}.") from error
    except requests.exceptions.ConnectTimeout as error:
        raise ServerError(f"{shown} cannot be reached within {_CONNECTING:g} s.") from error
    except requests.exceptions.Timeout as error:
        raise ServerError(f"{shown} has sent nothing for {silence:g} s.") from error
    except requests.exceptions.ConnectionError as error:
        reason = _reason(error)
        kind = _LostError if "Connection aborted" in str(error) else ServerError
        raise kind(f"{shown} cannot be reached: {reason}.") from error
    except (requests.exceptions.RequestException, UnicodeError) as error:
        raise ServerError(f"{shown} cannot be asked: {_reason(error)}.") from error


def _reason(error: BaseException) -> str:
    """Return the innermost cause in words; the outer ones tell of the library's own objects."""
    text = " ".join(str(error).split())
    for pattern in (r"\[Errno -?\d+\] ([^'\")]+)", r"certificate verify failed: ([^(\"']+)"):
        if match := re.search(pattern, text):
            return match[1].strip().lower()
    if "without response" in text:
        return "it closed the connection without an answer"
    return re.sub(r"<[^>]*>|\w+Error\(|[()'\"]", "", text)[:160].strip(" :,.")


def _said(response: requests.Response) -> str:
    """Return what an answer says of a failure, in one line; pages say it in their titles."""
    try:
        text = cast(bytes, response.raw.read(5000, decode_content=True)).decode(errors="replace")
    except (HTTPError, OSError):
        return ""
    finally:
        response.close()
    if "<html" in text.lower():
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        text = html.unescape(title[1]) if title else ""
    line = next((line for line in text.splitlines() if line.strip()), "")
    line = re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", line).strip().rstrip(".")
    return f": {line[:200]}" if line else ""


def _shown_type(response: requests.Response) -> str:
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    response.close()
    return "a web page" if kind == "text/html" else (kind or "something unnamed")


def _body(response: requests.Response, server: str, end: bytes) -> BinaryIO:
    """Return the bytes of an answer: at once if they are few, else as they come."""
    stream = _Body(response, server, end)
    beginning = stream.read(_AT_ONCE)
    if len(beginning) < _AT_ONCE:
        response.close()
        return BytesIO(beginning)
    stream.beginning = beginning
    return cast(BinaryIO, stream)


class _Body:
    """The body of an answer; raises ServerError unless it comes to its end, which is known."""

    def __init__(self, response: requests.Response, server: str, end: bytes) -> None:
        self.beginning = b""
        self._response = response
        self._server = server
        self._end = end
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """Read so many bytes, fewer only at the end."""
        found, self.beginning = self.beginning[:size], self.beginning[size:]
        if found:
            return found
        raw: Any = self._response.raw
        try:
            data = b"".join(_pieces(raw, size))
        except (HTTPError, OSError) as error:
            self.close()
            raise ServerError(_BROKEN.format(self._server)) from error
        self._last = data[-100:].strip() or self._last
        if len(data) < size and not self._last.endswith(self._end):
            self.close()
            raise ServerError(_BROKEN.format(self._server))
        return data

    def close(self) -> None:
        """Give up what was not read."""
        self._response.close()


_BROKEN = "{} broke off in the midst of its answer."


def _pieces(raw: Any, size: int) -> Iterator[bytes]:
    while size and (data := raw.read(size, decode_content=True)):
        yield data
        size -= len(data)
