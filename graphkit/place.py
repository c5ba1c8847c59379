"""Where a store is: in a folder, or on a SPARQL server."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from graphkit.errors import StoreError

_IS_URL = re.compile(r"https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServerUrl:
    """The address of a SPARQL 1.1 server's queries; whoever prints it prints no password."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return self.url

    def exists(self) -> bool:
        """Tell, as a path does, that there may be a store; only the server itself knows."""
        return True


Place = Path | ServerUrl


def to_place(text: str) -> Place:
    """Return the place that the user names: an address with http or https, or else a path.

    Raise StoreError if it is an address without a host, or if its port is none.

    >>> to_place("https://ann:secret@data.example/sparql")
    ServerUrl(url='https://data.example/sparql', user='ann')
    """
    if not _IS_URL.match(text):
        return Path(text)
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(text.strip())
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if not parts.hostname:
        raise StoreError("The store's address is none: it is like https://HOST/sparql.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    bare = parts._replace(netloc=f"{host}{port}", fragment="").geturl()
    return ServerUrl(bare, unquote(parts.username or ""), unquote(parts.password or ""))
