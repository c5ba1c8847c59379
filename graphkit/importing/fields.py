"""Make a statement of fields that come from outside, or say which of them is wrong."""

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any

from graphkit.coding import CODED
from graphkit.digest import digest
from graphkit.statement import ACTOR_TYPES, QUOTES, STANCES, Quote, Span, Statement

_QUOTED = re.compile(r"[\"“”„«»‚‘]")
_TEXTS = ("act", "affiliation", "condition", "speaker", "topic_text", "rule")
_NEEDED = ("actor", "topic", "evidence")
_SPANS = ("actor_span", "cue_span", "topic_span")


def to_statement(values: Mapping[str, Any], article: str, text: str) -> Statement:
    """Return a statement of an article with a text, from the fields that there are.

    What is missing is what holds of hand-coded statements: confidence 1, the rule "coded", no
    spans, an id that follows from the place. Raise ValueError that says which field is wrong.
    """
    start, end = (to_integer(values.get(name)) for name in ("start", "end"))
    if not 0 <= start < end <= len(text):
        raise ValueError(f"{start} to {end} is not in the text of {len(text):,} characters")
    evidence = text[start:end]
    fields: dict[str, Any] = {
        "article": article,
        "date": _date(values.get("date")),
        "start": start,
        "end": end,
        "confidence": _share(values.get("confidence", 1.0)),
        "stance": _choice(values, "stance", STANCES),
        "actor_type": _choice(values, "actor_type", ACTOR_TYPES, "organization"),
        "quote": _choice(values, "quote", QUOTES, quote_of(evidence)),
        **{name: _text(values, name) for name in (*_NEEDED, *_TEXTS, "id") if name in values},
        **{name: _span(values.get(name), name, len(text)) for name in _SPANS},
    }
    for name in ("actor", "topic"):
        if not fields.get(name):
            raise ValueError(f"no {name}")
    fields |= {
        "evidence": evidence,
        "rule": fields.get("rule", CODED),
        "id": fields.get("id") or coded_id(article, (start, end), 0),
    }
    fields["topic_text"] = fields.get("topic_text", fields["topic"])
    return Statement(**(dict.fromkeys(_TEXTS, "") | fields))


def coded_id(article: str, span: Span, number: int) -> str:
    """Return the id of a coded statement, which has no marked words to tell it from others.

    `number` counts those at the same place of an article.
    """
    parts = [article, CODED, f"{span[0]}:{span[1]}", str(number)]
    return digest("|".join(parts), 16)


def quote_of(evidence: str) -> Quote:
    """Return what kind of quotation marked words are, as far as quotation marks tell it."""
    return "direct" if _QUOTED.search(evidence) else "indirect"


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values[name]
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is {value!r:.40}, not a text")
    return value


def is_empty(value: Any) -> bool:
    """Tell whether a row leaves a field out, which JSON and tables say in their own ways."""
    return value is None or value == ""


def to_integer(value: Any) -> int:
    """Return a whole number that JSON or a table has. Raise ValueError for what is none."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value) if len(value) < 20 else -1  # no text is so long
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{value!r:.40} is no place in a text, which is a whole number")
    return value


def _share(value: Any) -> float:
    try:
        share = float(value) if not isinstance(value, bool) else math.nan
    except (TypeError, ValueError, OverflowError):
        share = math.nan
    if not 0 <= share <= 1:
        raise ValueError(f"confidence is {value!r:.40}, not a number from 0 to 1")
    return share


def _choice(
    values: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str = ""
) -> str:
    value = values.get(name) or default
    if value not in choices:
        *others, last = choices
        known = f"{', '.join(others)} or {last}"
        raise ValueError(f"{name} is {value!r:.40}, not {known}" if value else f"no {name}")
    return str(value)


def _date(value: Any) -> datetime.date | None:
    if is_empty(value):
        return None
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"date is {value!r:.40}, not of the form 2024-02-26") from None


def _span(value: Any, name: str, length: int) -> Span | None:
    if is_empty(value):
        return None
    parts = value.split(":") if isinstance(value, str) else value
    try:
        start, end = map(to_integer, parts)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r:.40}, not a start and an end") from None
    if not 0 <= start < end <= length:
        raise ValueError(f"{name} {start} to {end} is not in the text of {length:,} characters")
    return start, end
