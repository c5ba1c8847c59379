"""Lexicon files: TOML in which everything that is wrong has its line."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphkit.errors import LexiconError

Key = str | int


@dataclass(frozen=True, slots=True)
class Form:
    """How the words of a list are written: a pattern, and the same for people."""

    pattern: re.Pattern[str]
    description: str


@dataclass(frozen=True, slots=True)
class LexiconFile:
    """A parsed file. A place in it is the keys that lead there, such as ``"verbs", "reject"``."""

    path: Path
    text: str
    data: Mapping[str, Any]

    def table(self, *keys: Key) -> Mapping[str, Any]:
        """Return the table at a place, an empty one if there is none. Raise LexiconError."""
        value = _find(self.data, keys) if _has(self.data, keys) else {}
        if not isinstance(value, Mapping):
            raise self.error(f"must be a table, not {value!r}", *keys)
        return value

    def words(self, form: Form, *keys: Key) -> tuple[str, ...]:
        """Return the list of words at a place, or none. Raise LexiconError for a bad one."""
        words = _find(self.data, keys) if _has(self.data, keys) else []
        if not isinstance(words, list):
            raise self.error(f"must be a list of words, not {words!r}", *keys)
        for index, word in enumerate(words):
            place = (*keys, index)
            if not isinstance(word, str):
                raise self.error(f"holds {word!r}, which is no text", *place)
            if not form.pattern.fullmatch(word) or word != word.lower():
                raise self.error(f"holds '{word}', which is not {form.description}", *place)
            if word in words[:index]:
                raise self.error(f"holds '{word}' twice", *place)
        return tuple(words)

    def check_keys(self, known: Sequence[str], *keys: Key) -> None:
        """Raise LexiconError if the table at a place has any key but the known ones."""
        for key in self.table(*keys):
            if key not in known:
                message = f"is unknown; known are {', '.join(known)}.{did_you_mean(key, known)}"
                raise self.error(message, *keys, key)

    def error(self, message: str, *keys: Key) -> LexiconError:
        """Return the error "mine.toml:12: [verbs.reject] stance must be ..." for a place."""
        line = _line(self.text, self._known_part(keys))
        return LexiconError(f"{self.path}:{line}: {self._name(keys)} {message}")

    def _known_part(self, keys: tuple[Key, ...]) -> tuple[Key, ...]:
        """Go up to where there is something: what is missing has no line."""
        while not _has(self.data, keys):
            keys = keys[:-1]
        return keys

    def _name(self, keys: tuple[Key, ...]) -> str:
        """Write a place as the file does: the header of its table, and the key in it."""
        names = [str(key) for key in keys if isinstance(key, str)]
        depth = len(names)
        while depth and not isinstance(_find(self.data, self._known_part(keys[:depth])), Mapping):
            depth -= 1
        header = f"[{'.'.join(names[:depth])}]" if depth else ""
        return " ".join(filter(None, [header, *names[depth:]]))


def read_lexicon_file(path: Path) -> LexiconFile:
    """Read a file. Raise LexiconError, with the line where it is known, if it is no TOML."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise LexiconError(f"The lexicon {path} cannot be read: {reason}") from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return LexiconFile(path, text, tomllib.loads(text))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: byte {data[error.start]:#04x}; save it as UTF-8"
        raise LexiconError(f"{path}:{line}: {message}") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}:{_explain_syntax(text, str(error))}") from error


def did_you_mean(text: str, names: Collection[str]) -> str:
    """Return " Did you mean 'reject'?", or "" where no name is like `text`."""
    from graphkit.names import nearest  # the store's, and wanted for an error only

    return nearest(text, names)


def _explain_syntax(text: str, message: str) -> str:
    """Return line and reason of what tomllib says, which gives no line for the end of a file."""
    reason, _, place = message.rstrip(")").rpartition(" (at ")
    match = re.fullmatch(r"line (\d+), column (\d+)", place)
    if match is None:
        return f"{text.rstrip().count('\n') + 1}: not valid TOML: {message}"
    return f"{match[1]}: not valid TOML: {reason} (column {match[2]})"


def _line(text: str, keys: tuple[Key, ...]) -> int:
    """Return the line of a value that is in a text: the first one that, read to its end, has it."""
    lines = text.split("\n")
    return bisect_left(range(len(lines)), x=True, key=lambda n: _is_in(lines[: n + 1], keys)) + 1


def _is_in(lines: list[str], keys: tuple[Key, ...]) -> bool:
    """Tell whether the lines, but for a value that is broken off after them, have a place.

    tomllib gives no lines, but it can be asked; so quotes, comments and dotted keys are all right.
    """
    for end in range(len(lines), 0, -1):
        for closing in ("", "]"):  # the lines may end inside a list
            with suppress(tomllib.TOMLDecodeError):
                return _has(tomllib.loads("\n".join([*lines[:end], closing])), keys)
    return False


def _has(data: Mapping[str, Any], keys: tuple[Key, ...]) -> bool:
    try:
        _find(data, keys)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _find(data: Mapping[str, Any], keys: tuple[Key, ...]) -> Any:
    value: Any = data
    for key in keys:
        value = value[key]
    return value
