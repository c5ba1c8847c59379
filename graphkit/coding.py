"""What people coded by hand, as they have it; statements that follow from it stand beside it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkit.digest import digest
from graphkit.statement import Extraction, Span

if TYPE_CHECKING:
    from graphkit.dna.records import StatementType, Value

CODED = "coded"
"""The rule of statements that no program found."""

_IMPORTED = "imported from "


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One mark of a coder in an article, with a value for each variable by its name.

    `number` gives the order among all marks of an article, `type` is the key of a type of
    statements (see `type_key`), and `statement` the id of the statement that was made of it. All
    three may be missing: 0 or "".
    """

    number: int = 0
    coder: str = ""
    span: Span | None = None
    type: str = ""
    values: Mapping[str, "Value"] = field(default_factory=dict)
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedArticle:
    """An article with what was made of its codings, the codings, and more that is known of it.

    `moment` is when it was published, in UTC; `number` its place in the file it comes from. One
    that `is_partial` consists of quotes, since nobody told its text.
    """

    extraction: Extraction
    codings: tuple[Coding, ...] = ()
    coder: str = ""
    author: str = ""
    section: str = ""
    notes: str = ""
    type: str = ""
    moment: datetime.datetime | None = None
    number: int = 0
    is_partial: bool = False


def import_settings(file: str, coded: CodedArticle) -> str:
    """Return what changes with all that a file says of an article, for `Store.digests`."""
    return f"{_IMPORTED}{file}, {digest(repr(coded), 16)}"


def origin_of(settings: str) -> str:
    """Return "imported from FILE" for what `import_settings` gives, else "".

    A fingerprint (see `rdf.fingerprint`) will do as well.
    """
    _, imported, source = settings.partition(_IMPORTED)
    return f"{imported}{source.rpartition(', ')[0]}" if imported else ""


def type_key(kind: "StatementType") -> str:
    """Return what two types of statements share if label and variables are the same."""
    parts = [kind.label, *(f"{one.name}\x1f{one.data_type}" for one in kind.variables)]
    return digest("\x1e".join(parts), 16)
