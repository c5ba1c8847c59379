"""The attributes that a network file declares: an id, a name and one type for each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from graphkit.errors import ExportError
from graphkit.export.values import Column, Type, column_of, one_type
from graphkit.export.xml_text import XmlText

# Gephi keeps these for itself: a column of that name is dropped or overwrites its own.
RESERVED = frozenset({"id", "source", "target", "type"})

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(slots=True)
class Key:
    """One attribute: its id, its name, both ready for XML, and the types of the values so far."""

    id: str
    name: str
    types: set[Type] = field(default_factory=set)

    @property
    def type(self) -> Type:
        """The one type that holds all values."""
        return one_type(self.types)


class Keys:
    """The attributes of a domain, "node" or "edge", that have been written so far."""

    def __init__(self, domain: str, text: XmlText) -> None:
        self.domain = domain
        self.text = text
        self.found: dict[Any, Key] = {}

    def write(self, name: Any, values: Sequence[Any]) -> tuple[str, Column]:
        """Return the id of an attribute and its values, ready for XML; "" if all are missing.

        Raise ExportError for a name that Gephi cannot keep, and for one that looks like another.
        """
        column = column_of(values)
        if not column.types:
            return "", column
        if name not in self.found:
            self.found[name] = self._new(str(name))
        key = self.found[name]
        key.types |= column.types
        return key.id, self.text.of_column(column) if "string" in column.types else column

    def _new(self, name: str) -> Key:
        shown = self.text(name)
        if shown.lower() in RESERVED or not shown.strip():
            raise ExportError(
                f"Gephi cannot keep a {self.domain} attribute called {name!r}: rename it."
            )
        if any(key.name == shown for key in self.found.values()):
            raise ExportError(f"Two {self.domain} attributes are called {shown!r}: rename one.")
        own = f"_{name}" if _PLAIN_NAME.fullmatch(name) else f"{len(self.found)}"
        return Key(f"{self.domain[0]}{own}", shown)
