"""Go through XML for what makes parsers hang or fill the memory: entities, depth and long texts.

Oxigraph expands entities where they are declared, without a limit, and ends the whole process when
the memory is full; its time grows with the square of the depth. Expat, which looks first, has
limits of its own for what entities come to.
"""

import re
from typing import BinaryIO
from xml.parsers import expat

_CHUNK = 65_536
_DEEPEST = 500  # elements in each other; RDF/XML has about two for each step from node to node
_LONGEST = 16 * 1024 * 1024  # characters of a text: what Oxigraph has as a limit elsewhere
_LONGEST_TAG = 1024 * 1024  # bytes, or of a comment; Expat's time grows with the square of them
_LONGEST_ENTITY = 10_000  # characters; in RDF they stand for the beginnings of IRIs
_ENTITY = re.compile(r"&([^#;][^;]*);")


def check_xml(stream: BinaryIO) -> None:
    """Read a stream to its end. Raise SyntaxError, with the line, if it is no XML or no safe one.

    Raise MemoryError if a text is too long.
    """
    check = _Check()
    try:
        for chunk in iter(lambda: stream.read(_CHUNK), b""):
            check.feed(chunk)
        check.finish()
    except expat.ExpatError as error:
        raise _mistake(expat.ErrorString(error.code), error.lineno) from error


def _mistake(reason: str, line: int) -> SyntaxError:
    return SyntaxError(reason, (None, line, None, None))


class _Check:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity
        self._depth = self._length = self._fed = 0
        self._sizes: dict[str, int] = {}

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)  # noqa: FBT003 # it takes no keywords
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            self._refuse("a tag or a comment is longer than 1 MB")

    def finish(self) -> None:
        self._parser.Parse(b"", True)  # noqa: FBT003 # it takes no keywords

    def _start(self, *_: object) -> None:
        self._depth += 1
        self._length = 0
        if self._depth > _DEEPEST:
            self._refuse(f"more than {_DEEPEST} elements are in each other")

    def _end(self, *_: object) -> None:
        self._depth -= 1
        self._length = 0

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise MemoryError

    def _entity(self, name: str, _: int, value: str | None, *__: object) -> None:
        """Note how long the text is that an entity stands for."""
        if value is None:
            self._refuse(f"the entity '{name:.80}' is elsewhere, where nothing is fetched from")
            return
        others = (self._sizes.get(other, 0) for other in _ENTITY.findall(value))
        self._sizes[name] = len(value) + sum(others)
        if self._sizes[name] > _LONGEST_ENTITY:
            self._refuse(f"the entity '{name:.80}' stands for too long a text")

    def _refuse(self, reason: str) -> None:
        raise _mistake(reason, self._parser.CurrentLineNumber)
