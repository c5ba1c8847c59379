"""What our own databases keep of articles and statements where DNA has no place for it.

It is a JSON object: of an article in the last line of its notes, of a statement in a long text
variable. People can read it in DNA, and delete it without harm.
"""

import json
from collections.abc import Mapping
from typing import Any

from graphkit.dna.records import StatementType

VARIABLE = "graphkit"
_MARK = "graphkit: "


def is_ours(kind: StatementType) -> bool:
    """Tell whether a type of statements is one that graphkit made."""
    return any(variable.name == VARIABLE for variable in kind.variables)


def to_text(extras: Mapping[str, Any]) -> str:
    """Return extras as one line."""
    return json.dumps(extras, ensure_ascii=False)


def from_text(text: object) -> dict[str, Any]:
    """Return the extras in a text, none if it holds no JSON object."""
    if not isinstance(text, str):
        return {}
    try:
        extras = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return extras if isinstance(extras, dict) else {}


def join_notes(notes: str, extras: Mapping[str, Any]) -> str:
    """Return notes with extras below them."""
    return f"{notes}\n{_MARK}{to_text(extras)}" if notes else f"{_MARK}{to_text(extras)}"


def split_notes(notes: str) -> tuple[str, dict[str, Any]]:
    """Return notes without the extras below them, and these.

    >>> split_notes(join_notes("read twice", {"article": "a-1"}))
    ('read twice', {'article': 'a-1'})
    """
    above, _, last = notes.rpartition("\n")
    if last.startswith(_MARK) and (extras := from_text(last.removeprefix(_MARK))):
        return above, extras
    return notes, {}
