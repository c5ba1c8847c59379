"""SPARQL as text: what it is, what it lacks, where it is wrong, and whether it uses the network.

The engine's own parser decides, for two parsers differ on just the texts that somebody wrote to
slip through.
"""

import itertools
import re
from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph
from pyoxigraph import Literal, Variable

from graphkit.errors import NetworkAccessError, QueryError

_UPDATE = re.compile(  # possessive, for a server reads it before it can stop anything
    r"(?:\s++|#[^\n]*+\n|(?:PREFIX\s++[^\s<]*+\s*+|BASE\s*+)<[^>]*+>)*+"
    r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)
_NETWORK_WORDS = re.compile("service|load", re.IGNORECASE)
_NETWORK_BEFORE = re.compile(r"(?<![\w:?$@\"'.-])(?:service|load)[\w:.-]*\s*$", re.IGNORECASE)
_GRAPHS_WORD = re.compile("from", re.IGNORECASE)
_NOT_TEXT = re.compile("[\ud800-\udfff]")  # what Python makes of bytes that are not UTF-8
_LIMIT = re.compile(r"\bLIMIT\s*(\d{1,30})(?!\d)", re.IGNORECASE)
_VALUES = re.compile(r"\bVALUES\b", re.IGNORECASE)
_ABSENT = Variable("graphkit_is_in_no_query")

_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"\b[A-Z][A-Za-z]*(?: [A-Za-z]+)+")
_KEYWORD = re.compile(r"\b[A-Za-z]\w*\b")  # outside of quotation marks and brackets
_BARE_WORD = re.compile(r"(?<![\w?$:@<'\"])[A-Za-z][\w.-]*\Z")  # the beginning of a prefixed name
_TOKEN = re.compile(r"[?$:]?\w+|\S")
_ANYTHING = "[_]"
_BLANK = re.compile(r"[ \t\r\n]")
_GAP = " " * 24  # the longest keyword has 14 letters
_BESIDE = 40  # characters of a line that are shown on either side of a mistake


def is_update(text: str) -> bool:
    """Tell whether a text is a SPARQL update rather than a query, by its first word."""
    return _UPDATE.match(text) is not None


def declare_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Put before a text the declarations of those `prefixes` that it uses and does not declare.

    >>> print(declare_prefixes("ASK { ?s a x:y }", {"x": "https://x.example/", "y": "y:"}))
    PREFIX x: <https://x.example/>
    ASK { ?s a x:y }
    """
    lines = [
        f"PREFIX {name}: <{namespace}>\n"
        for name, namespace in prefixes.items()
        if re.search(rf"(?<![\w.-]){name}:", text)
        and not re.search(rf"\bPREFIX\s+{name}\s*:", text, re.IGNORECASE)
    ]
    return "".join(lines) + text


def check_syntax(text: str, prefixes: Mapping[str, str], *, allow_network: bool = False) -> None:
    """Raise QueryError if a text is no SPARQL, or if it uses the network and may not.

    `prefixes` are those that need no declaration. A syntax error tells the line and the column,
    and two more lines show the place.
    """
    if all(line.startswith("#") for line in map(str.strip, text.splitlines()) if line):
        raise QueryError("Not SPARQL: the query is empty.")
    if _NOT_TEXT.search(text):
        raise QueryError("The query is not UTF-8 text.")
    harmless = text if allow_network else _without_network(text)
    try:
        _parse(harmless, prefixes, evaluates=not allow_network)
    except SyntaxError as error:
        place, reason = _locate(harmless, str(error))
        if harmless != text and (word := _network_word(text, place)):
            raise NetworkAccessError(
                f"{word} would use the network; --allow-network permits it."
            ) from error
        raise _at_place(text, place, reason) from error


def syntax_error(text: str, error: SyntaxError) -> QueryError:
    """Say where a text stops being SPARQL: in a line, and in two more that show the place."""
    return _at_place(text, *_locate(text, str(error)))


def _at_place(text: str, place: int, reason: str) -> QueryError:
    if not reason:
        word = _TOKEN.match(text, place)
        reason = f"unexpected '{word[0]}'" if word else "something is missing"
    line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
    told = f"Not SPARQL: line {line}, column {column}: {reason}."
    return QueryError(f"{told}\n{_show(text, line, column)}")


def limit_rows(
    text: str, limit: int, prefixes: Mapping[str, str], *, allow_network: bool = False
) -> str:
    """Return a query that gives at most `limit` rows, or fewer if it says so itself.

    Raise QueryError for one in which there is no place for a limit.
    """
    limits = (None, *reversed(list(_LIMIT.finditer(text))))
    for has_values, found in itertools.product((False, True), limits):
        bare = text[: found.start()] + text[found.end() :] if found else text
        number = min(limit, int(found[1])) if found else limit
        values = [*_VALUES.finditer(bare)][-1:] if has_values else []  # the last, behind all else
        end = values[0].start() if values else len(bare)
        limited, misspelt = (
            f"{bare[:end].rstrip()}\n{word} {number}\n{bare[end:]}" for word in ("LIMIT", "LIMWT")
        )
        is_in_string = _is_query(misspelt, prefixes, allow_network=allow_network)
        if not is_in_string and _is_query(limited, prefixes, allow_network=allow_network):
            return limited
    raise QueryError("There is no place for a limit in this query: write LIMIT into it.")


def _is_query(text: str, prefixes: Mapping[str, str], *, allow_network: bool) -> bool:
    try:
        _parse(text if allow_network else _without_network(text), prefixes)
    except SyntaxError:
        return False
    return True


def names_graphs(text: str, prefixes: Mapping[str, str]) -> bool:
    """Tell whether a query says with FROM which graphs it reads.

    >>> names_graphs("SELECT * FROM <x:y> { ?s ?p ?o }", {})
    True
    >>> names_graphs("ASK { ?from ?p 'FROM' }", {})
    False
    """
    return _GRAPHS_WORD.search(text) is not None and not _is_query(
        _misspell(_GRAPHS_WORD, text), prefixes, allow_network=True
    )


def _without_network(text: str) -> str:
    return _misspell(_NETWORK_WORDS, text)


def _misspell(words: re.Pattern[str], text: str) -> str:
    """Misspell words wherever they are: in names and strings that is no harm to the syntax.

    So a text uses them as keywords exactly if it is SPARQL, but not with these words misspelt.
    """
    return words.sub(lambda match: f"{match[0][:-2]}w{match[0][-1]}", text)


def _parse(text: str, prefixes: Mapping[str, str], *, evaluates: bool = True) -> None:
    """Raise SyntaxError if a text is no SPARQL. Where it `evaluates`, an update is tried out."""
    store = pyoxigraph.Store()
    if not is_update(text):
        with suppress(RuntimeError):  # a variable is missing, which is told before the evaluation
            store.query(text, prefixes=dict(prefixes), substitutions={_ABSENT: Literal("")})
    elif evaluates:
        with suppress(OSError, RuntimeError):  # such as a graph that is not there
            store.update(text, prefixes=dict(prefixes))


def _locate(text: str, message: str) -> tuple[int, str]:
    """Return the place of a syntax error, as an offset into the text, and its reason.

    The reason is "" where it is just the word that stands there.
    """
    match = _SYNTAX_ERROR.match(message)
    if match is None:
        return 0, " ".join(message.split())[:160]
    place, expected = _offset(text, match), match[3]
    sentence = _SENTENCE.search(expected)
    if sentence and sentence[0] == "Prefix not found":
        used = re.search(r"[\w.-]*:\S*$", text[:place])
        name = used[0].partition(":")[0] if used else ""
        return used.start() if used else place, f"the prefix '{name}:' is not declared"
    if sentence:
        return place, sentence[0]
    wide_place = _place_in_wide(text)
    place = _place_of_mistake(text, place, expected) if wide_place is None else wide_place
    return place, ""


def _offset(text: str, match: re.Match[str]) -> int:
    lines = text.split("\n")[: int(match[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(match[2]) - 1


def _place_of_mistake(text: str, place: int, expected: str) -> int:
    """Return where the word begins that is none of what the parser `expected`.

    The parser tells how far it looked. Behind the mistake that is where it tried keywords: it reads
    as many characters as a keyword has before it compares them.
    """
    if '":"' in expected and (bare := _BARE_WORD.search(text, 0, place)):
        place = bare.start()
    elif not re.search(r"\w|['\"\[]", _KEYWORD.sub("", expected.replace(_ANYTHING, ""))):
        shortest = min(map(len, _KEYWORD.findall(expected)), default=1)
        place = max(place - shortest, 0)
    return place + len(text[place:]) - len(text[place:].lstrip())


def _place_in_wide(text: str) -> int | None:
    """Return where the mistake is by a text with wide gaps, None if that cannot be told.

    A keyword that was tried before the mistake may reach beyond it, but not across a gap.
    """
    if is_update(text) and _NETWORK_WORDS.search(text):
        return None  # trying it out would use the network
    wide = _BLANK.sub(lambda blank: blank[0] + _GAP, text)
    names = re.findall(r"(?<![\w.-])([\w.-]*):", text)  # of prefixes, with which nothing is wrong
    try:
        _parse(wide, dict.fromkeys(names, "x:"))
    except SyntaxError as error:
        match = _SYNTAX_ERROR.match(str(error))
        if match:
            place = _place_of_mistake(wide, _offset(wide, match), match[3])
            gaps = len(_BLANK.findall(wide, 0, place)) // (1 + len(_GAP))
            return place - gaps * len(_GAP)
    return None


def _network_word(text: str, place: int) -> str:
    """Return the word for the network that stands at a place, or right before it, else ""."""
    word = _NETWORK_WORDS.match(text, place) or _NETWORK_BEFORE.search(text[:place])
    return word[0].upper()[: 7 if word[0][0] in "sS" else 4] if word else ""


def _show(text: str, line: int, column: int) -> str:
    """Return the text around a place, and a line with a caret under it."""
    whole = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text.split("\n")[line - 1])
    start = max(column - 1 - _BESIDE, 0)
    return f"  {whole[start : column - 1 + _BESIDE]}\n  {' ' * (column - 1 - start)}^"
