"""Read RDF files of any syntax, compressed or not: streamed, and never fetching anything.

Whatever is wrong with a file is told in one line, with the line of the file if the parser knows it.
"""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, parse

from graphkit.errors import GraphkitError, StoreError

FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
"""The syntaxes by the endings of files, to which ``.gz`` may be added."""

_LONGEST_LINE = 10_000  # bytes of the first line that are kept; a file may have no line end at all
_TAIL = 100  # bytes, in which the last line of our own files stands
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_PLACE = re.compile(r"Parser error at line \d+ (?:column \d+|between columns \d+ and \d+): ")
_REASONS = {
    "No scheme found in an absolute IRI": "an IRI is relative, and nothing says what to",
    "LoadDocumentCallback": "its @context is on the web, where nothing is fetched from",
}


def format_of(path: Path) -> RdfFormat | None:
    """Return the syntax of a file by its ending, None if it is none of RDF."""
    return FORMATS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


class Source:
    """What a parser reads from: a stream without a byte order mark.

    `first` is its first line and `last` the last bytes that were read.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.first = stream.readline(_LONGEST_LINE).removeprefix(_BYTE_ORDER_MARK)
        self._ahead = self.last = self.first

    def read(self, size: int) -> bytes:
        """Read at most so many bytes; more would end the whole process."""
        data, self._ahead = self._ahead[:size] or self._stream.read(size), self._ahead[size:]
        self.last = (self.last + data)[-_TAIL:]
        return data


@contextmanager
def open_rdf(path: Path) -> Iterator[Source]:
    """Open a file for a parser, and turn all that is wrong with the file into a StoreError.

    RDF/XML is gone through for what would hang or end the process before it is given out.
    """
    with explained_file(path), _opened(path) as stream:
        if format_of(path) == RdfFormat.RDF_XML:
            from graphkit.xml_check import check_xml

            check_xml(stream)
            stream.seek(0)
        yield Source(stream)


def parsed(stream: Source | BinaryIO | bytes, format: RdfFormat) -> Iterator[Quad]:
    """Yield the quads of a stream; blank nodes keep their names. Raise SyntaxError."""
    return cast(Iterator[Quad], parse(stream, format))  # type: ignore[arg-type] # it only reads


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        if path.name.lower().endswith(".gz"):
            yield cast(BinaryIO, gzip.GzipFile(fileobj=raw))
        else:
            yield raw


@contextmanager
def explained_file(path: Path, error: type[GraphkitError] = StoreError) -> Iterator[None]:
    """Turn what reading and parsing a file raises into an `error` of one line."""
    try:
        yield
    except SyntaxError as failure:
        place = f"{path}:{failure.lineno}" if failure.lineno else str(path)
        raise error(f"{place}: {explain_mistake(failure, format_of(path))}") from failure
    except EOFError as failure:
        raise error(f"{path} is not whole: its end is missing.") from failure
    except (gzip.BadGzipFile, zlib.error) as failure:
        raise error(f"{path} is damaged, or was not made by gzip.") from failure
    except OSError as failure:
        if not failure.filename:  # the database's, or the disk's that it writes to
            raise
        raise error(f"{path}: {failure.strerror}.") from failure
    except MemoryError as failure:  # Oxigraph's, for its own limit
        raise error(f"{path} has a text of more than 16 MB, which none can load.") from failure


@contextmanager
def explained_turtle(place: object, error: type[GraphkitError]) -> Iterator[None]:
    """Turn what parsing a text of Turtle raises into an `error` that names its place and line."""
    try:
        yield
    except SyntaxError as failure:
        reason = explain_mistake(failure, RdfFormat.TURTLE).replace("not", "not valid", 1)
        raise error(f"{place}:{failure.lineno or 1}: {reason}") from failure
    except MemoryError as failure:
        raise error(f"{place} has a text of more than 16 MB, which none can load.") from failure


@contextmanager
def explained_data(syntax: RdfFormat) -> Iterator[None]:
    """Turn what parsing data without a file raises into a StoreError of one line."""
    try:
        yield
    except SyntaxError as failure:
        place = f"line {failure.lineno}: " if failure.lineno else ""
        raise StoreError(f"{place}{explain_mistake(failure, syntax)}") from failure
    except MemoryError as failure:
        raise StoreError("There is a text of more than 16 MB, which none can load.") from failure


def explain_mistake(failure: SyntaxError, format: RdfFormat | None) -> str:
    """Say what is wrong in a text that is not in a syntax."""
    reason = _PLACE.sub("", " ".join(str(failure.msg).split()))
    reason = "".join(char if char.isprintable() else "�" for char in reason)
    for part, told in _REASONS.items():
        if part in reason:
            reason = told
    return f"not {format.name if format else 'RDF'}: {reason:.160}"
