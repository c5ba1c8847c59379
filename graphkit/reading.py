"""Read articles from text files, files with front matter, JSONL, folders and standard input.

What each input is, is told by its ending: ``.txt``, ``.text``, ``.md`` and ``.markdown`` hold one
article, with or without front matter; ``.jsonl`` and ``.ndjson`` hold one article a line. An input
without an ending, standard input among them, is JSONL if it begins with ``{`` and else one article.
"""

import datetime
import itertools
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from graphkit.article import Article
from graphkit.digest import digest
from graphkit.errors import ArticleError
from graphkit.formats import MAX_BYTES, UTF8_BOM, parse_record, parse_text

_TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})
_JSONL_ENDINGS = frozenset({".jsonl", ".ndjson"})
_OTHER_FORMATS = frozenset(
    {".csv", ".doc", ".docx", ".epub", ".gz", ".htm", ".html", ".json", ".odt", ".pdf"}
    | {".rtf", ".tsv", ".xls", ".xlsx", ".xml", ".zip"}
)
_URL = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """An article or the reason why there is none, with the place to name in messages."""

    place: str
    result: Article | ArticleError


def read_articles(
    inputs: Iterable[str],
    *,
    on_error: Callable[[ArticleError], None],
    default_date: datetime.date | None = None,
) -> Iterator[Article]:
    """Yield the articles of files, folders (recursive, sorted) and ``-`` (standard input).

    Whatever cannot be read goes to `on_error`, and reading goes on. `default_date` dates the
    articles that carry no date. A file that is named twice is read once; two articles with the
    same id are an error for the second.
    """
    places: dict[str, str] = {}
    for found in _iter_found(inputs):
        result = found.result
        if isinstance(result, Article) and result.id in places:
            result = ArticleError(
                f"{found.place}: the article id '{result.id}' is taken by {places[result.id]}; "
                "give one of them an 'id' of its own"
            )
        if isinstance(result, ArticleError):
            on_error(result)
            continue
        places[result.id] = found.place
        yield replace(result, date=result.date or default_date)


def _iter_found(inputs: Iterable[str]) -> Iterator[_Found]:
    done: set[str] = set()
    for path in itertools.chain.from_iterable(map(_iter_paths, inputs)):
        key = path if path in {"", "-"} or _URL.match(path) else os.path.realpath(path)
        if key not in done:
            yield from _read_path(path)
        done.add(key)


def _iter_paths(name: str) -> Iterator[str]:
    """Yield the input itself, or of a folder the files that can be articles."""
    folder = Path(name)
    if name in {"", "-"} or not _is_folder(folder):  # the path of an empty name is this folder
        yield name
        return
    endings = _TEXT_ENDINGS | _JSONL_ENDINGS
    files = [
        str(file)
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in endings and not _is_hidden(file, folder) and file.is_file()
    ]
    yield from files or [name]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # no permission, a name too long: opening it as a file says which
        return False


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _read_path(name: str) -> Iterator[_Found]:
    path = Path(name)
    if not name:
        yield _Found("", ArticleError("an empty path; name a file or folder"))
    elif _URL.match(name):
        yield _failure(name, "web addresses cannot be read yet; save the article as a text file")
    elif name == "-":
        yield from _read_stream(sys.stdin.buffer, path)
    elif _is_folder(path):
        yield _failure(name, "no articles in this folder; it needs .txt, .md or .jsonl files")
    elif path.suffix.lower() in _OTHER_FORMATS:
        yield _failure(name, f"{path.suffix} files cannot be read yet; give .txt, .md or .jsonl")
    else:
        yield from _read_file(path)


def _read_file(path: Path) -> Iterator[_Found]:
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, path)
    except FileNotFoundError:
        yield _failure(str(path), "no such file or folder")
    except OSError as error:
        yield _failure(str(path), f"cannot be read: {error.strerror}")


def _read_stream(stream: BinaryIO, path: Path) -> Iterator[_Found]:
    """Read one article, or one a line; `path` is ``-`` for standard input."""
    is_stdin = str(path) == "-"
    place, stem = ("standard input", "stdin") if is_stdin else (str(path), _name_of(path))
    first = stream.readline(MAX_BYTES)
    if _is_jsonl(path.suffix.lower(), first):
        lines = itertools.chain([first.removeprefix(UTF8_BOM)], stream)
        yield from _read_lines(lines, place, stem)
        return
    raw = first + stream.read(MAX_BYTES)
    try:
        article = parse_text(raw, place)
    except ArticleError as error:
        yield _Found(place, error)
    else:
        name = _hashed_id(stem, article) if is_stdin else stem
        yield _Found(place, replace(article, id=article.id or name))


def _is_jsonl(ending: str, first: bytes) -> bool:
    is_object = first.removeprefix(UTF8_BOM).lstrip().startswith(b"{")
    return ending in _JSONL_ENDINGS or (not ending and is_object)


def _read_lines(lines: Iterable[bytes], place: str, stem: str) -> Iterator[_Found]:
    """Read JSONL; a bad line costs that line only."""
    is_empty = True
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        is_empty = False
        where = f"{place}:{number}"
        try:
            article = parse_record(line, where)
        except ArticleError as error:
            yield _Found(where, error)
        else:
            yield _Found(where, replace(article, id=article.id or _hashed_id(stem, article)))
    if is_empty:
        yield _failure(place, "the file is empty")


def _name_of(path: Path) -> str:
    """Return the file's stem in NFC; a byte that is not UTF-8 becomes a replacement character."""
    return unicodedata.normalize("NFC", os.fsencode(path.stem).decode("utf-8", "replace"))


def _hashed_id(stem: str, article: Article) -> str:
    """Name an article that came without an id, so that the same article gets the same name."""
    return f"{stem}-{digest(article.text, 12)}"


def _failure(place: str, problem: str) -> _Found:
    return _Found(place, ArticleError(f"{place}: {problem}"))
