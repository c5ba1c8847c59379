"""Turn the bytes of one article into an `Article`: text, text with front matter, a JSON object."""

import datetime
import json
import re
import unicodedata
from typing import Any

from graphkit.article import Article
from graphkit.errors import ArticleError

MAX_CHARACTERS = 1_000_000  # spaCy's own limit: the parser needs about 1 GB per 100,000 characters
UTF8_BOM = b"\xef\xbb\xbf"
MAX_BYTES = 6 * MAX_CHARACTERS + 100_000  # six bytes where JSON escapes a character; the fields

_KEY_LINE = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(.*)")
_CONTINUED = re.compile(r"[ \t]|#|- |-$|$")  # a list, a nested value, a comment, a blank line
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def parse_text(raw: bytes, place: str) -> Article:
    """Read a text with or without front matter; the id is "" where the front matter gives none.

    The article's text is the whole file, or what follows the front matter without the blank lines
    between them. Raise ArticleError, with `place` and the line, for anything that is no article.
    """
    if len(raw) > MAX_BYTES:
        raise _too_long(place)
    text = _normalize(_decode(raw, place))
    if not text.strip():
        raise ArticleError(f"{place}: the file is empty")
    fields, body = _split_front_matter(text, place)
    date, number = fields.pop("date", ("", 0))
    return Article(
        text=_check_text(body, place),
        date=_parse_date(date, f"{place}:{number}"),
        **{key: fields.get(key, ("", 0))[0] for key in ("id", "title", "source", "url")},
    )


def parse_record(line: bytes, place: str) -> Article:
    """Read one line of JSONL; the id is "" where the object has none.

    Raise ArticleError, with `place`, where the line is no JSON object or a field is not a string.
    """
    try:
        record = json.loads(_decode(line, place))
    except json.JSONDecodeError as error:
        problem = f"{error.msg.removesuffix(' at')} at column {error.colno}"
        raise ArticleError(f"{place}: not JSON: {problem}") from None
    except (ValueError, RecursionError) as error:  # a number too long, lists nested too deep
        raise ArticleError(f"{place}: not JSON that can be read: {error}") from None
    if not isinstance(record, dict):
        raise ArticleError(f"{place}: not a JSON object; each line is one article")
    if "text" not in record:
        raise ArticleError(f"{place}: no field 'text'; it holds the article's text")
    return Article(
        text=_check_text(_normalize(_string(record, "text", place)), place),
        date=_parse_date(_string(record, "date", place), place),
        **{
            key: _one_line(_string(record, key, place), place)
            for key in ("id", "title", "source", "url")
        },
    )


def _decode(raw: bytes, place: str) -> str:
    if raw.startswith(_UTF16_BOMS):
        encoding, start = "utf-16", 0
    else:
        encoding, start = "utf-8", len(UTF8_BOM) if raw.startswith(UTF8_BOM) else 0
        if b"\0" in raw:
            raise ArticleError(f"{place}: a binary file, not text")
    try:
        return raw[start:].decode(encoding)
    except UnicodeDecodeError as error:
        offset = start + error.start
        raise ArticleError(
            f"{place}: not {encoding.upper()}: byte 0x{raw[offset]:02x} at offset {offset}; "
            "save it as UTF-8"
        ) from None


def _normalize(text: str) -> str:
    r"""Return NFC with ``\n`` line ends, which is what all offsets count in."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _check_text(text: str, place: str) -> str:
    if not text.strip():
        raise ArticleError(f"{place}: the article has no text")
    if len(text) > MAX_CHARACTERS:
        raise _too_long(place)
    if "\0" in text:
        raise ArticleError(f"{place}: a NUL character in the text; it is not text")
    return _check_characters(text, place)


def _too_long(place: str) -> ArticleError:
    return ArticleError(
        f"{place}: longer than {MAX_CHARACTERS:,} characters; split it into its articles"
    )


def _check_characters(text: str, place: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:  # JSON can escape half a character
        raise ArticleError(
            f"{place}: half a surrogate pair at character {error.start}; write the whole character"
        ) from None
    return text


def _split_front_matter(text: str, place: str) -> tuple[dict[str, tuple[str, int]], str]:
    """Return the fields with their line numbers, and the body. No front matter is no field."""
    opening, _, rest = text.partition("\n")
    if opening.rstrip() != "---" or not _KEY_LINE.match(rest):
        return {}, text  # a rule above the text, not front matter
    fields: dict[str, tuple[str, int]] = {}
    lines = rest.split("\n")
    for index, line in enumerate(lines):
        number = index + 2
        if line.rstrip() == "---":
            return fields, "\n".join(lines[index + 1 :]).lstrip("\n")
        if match := _KEY_LINE.fullmatch(line):
            value = _one_line(_unquote(match[2]), f"{place}:{number}")
            fields[match[1].lower()] = (value, number)
        elif not _CONTINUED.match(line):
            raise ArticleError(f"{place}:{number}: not 'key: value', and no '---' closes line 1")
    raise ArticleError(f"{place}:1: no '---' line closes the front matter")


def _unquote(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value


def _string(record: dict[str, Any], key: str, place: str) -> str:
    value = record.get(key)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or isinstance(value, str):
        return value or ""
    raise ArticleError(f"{place}: '{key}' is {json.dumps(value)[:40]}, not a string")


def _one_line(value: str, place: str) -> str:
    value = " ".join(_normalize(value).split())
    if _CONTROL.search(value):
        raise ArticleError(f"{place}: a control character in {value!r}")
    return _check_characters(value, place)


def _parse_date(value: str, place: str) -> datetime.date | None:
    """Read an ISO date or the date of an ISO time; nothing else, since a guess may be wrong."""
    if not value:
        return None
    try:
        return datetime.datetime.fromisoformat(value).date()
    except ValueError:
        raise ArticleError(
            f"{place}: the date '{value}' is not a date of the form 2024-02-26"
        ) from None
