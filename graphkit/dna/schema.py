"""The tables of a database of DNA 3, with the constraints that DNA gives them."""

from collections.abc import Iterator
from typing import get_args

from graphkit.dna.records import DataType

VERSION, RELEASED = "3.0.7", "2022-06-10"
"""The version of DNA whose form the tables have, and its date; DNA asks for both."""

LONGEST = 190
"""The characters that a name, a title or a value may have at most."""

_PERMISSIONS = (
    *(f"{verb}Documents" for verb in ("Add", "Edit", "Delete", "Import")),
    *(f"{verb}Statements" for verb in ("Add", "Edit", "Delete")),
    *(f"Edit{what}" for what in ("Attributes", "Regex", "StatementTypes", "Coders")),
    "EditCoderRelations",
    *(f"{verb}Others{what}" for what in ("Documents", "Statements") for verb in ("View", "Edit")),
)
_KEY = "ID INTEGER NOT NULL PRIMARY KEY"
_OWN_KEY = "ID INTEGER PRIMARY KEY NOT NULL"


def _flag(name: str, default: int = 1) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _short(name: str, default: str = "") -> str:
    return f"{name} TEXT NOT NULL {default} CHECK (LENGTH({name}) < {LONGEST + 1})"


def _colour(rule: str = "NOT NULL DEFAULT 0") -> str:
    names = ("Red", "Green", "Blue")
    return ", ".join(f"{name} INTEGER {rule} CHECK ({name} BETWEEN 0 AND 255)" for name in names)


def _of(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _values(value: str, *more: str) -> str:
    keys = ", ".join((_of("StatementId", "STATEMENTS"), _of("VariableId", "VARIABLES"), *more))
    ids = "StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL"
    return f"{_OWN_KEY}, {ids}, {value}, {keys}, UNIQUE (StatementId, VariableId)"


def _relation(name: str) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT 1 CHECK({name} BETWEEN 0 AND 1)"


_TABLES = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": ", ".join(
        (
            _KEY,
            _short("Name"),
            _colour(),
            "Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0",
            "FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14",
            _short("Password"),
            "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300",
            _flag("ColorByCoder", 0),
            _flag("PopupDecoration", 0),
            _flag("PopupAutoComplete"),
            *(_flag(f"Permission{name}") for name in _PERMISSIONS),
        )
    ),
    "DOCUMENTS": ", ".join(
        (
            _KEY,
            _short("Title"),
            "Text TEXT NOT NULL",
            "Coder INTEGER",
            *(_short(name, "DEFAULT ''") for name in ("Author", "Source", "Section")),
            "Notes TEXT NOT NULL DEFAULT ''",
            _short("Type", "DEFAULT ''"),
            "Date INTEGER NOT NULL",
            _of("Coder", "CODERS"),
        )
    ),
    "STATEMENTTYPES": f"{_KEY}, {_short('Label')}, {_colour()}",
    "VARIABLES": f"{_KEY}, {_short('Variable')}, DataType TEXT NOT NULL CHECK ("
    + " OR ".join(f"DataType = '{kind}'" for kind in sorted(get_args(DataType)))
    + ") DEFAULT 'short text', "
    f"StatementTypeId INTEGER, {_of('StatementTypeId', 'STATEMENTTYPES')}, "
    "UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": f"{_KEY}, SourceVariableId INTEGER, TargetVariableId INTEGER, "
    "CHECK (TargetVariableId != SourceVariableId), "
    f"{_of('SourceVariableId', 'VARIABLES')}, {_of('TargetVariableId', 'VARIABLES')}",
    "REGEXES": f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < {LONGEST + 1}), {_colour()}",
    "CODERRELATIONS": ", ".join(
        (
            _KEY,
            "Coder INTEGER CHECK(Coder > 0)",
            "OtherCoder INTEGER CHECK(OtherCoder > 0)",
            *map(_relation, ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
            "CHECK (Coder != OtherCoder)",
            _of("Coder", "CODERS"),
            _of("OtherCoder", "CODERS"),
        )
    ),
    "STATEMENTS": ", ".join(
        (
            _KEY,
            "StatementTypeId INTEGER",
            "DocumentId INTEGER",
            "Start INTEGER NOT NULL CHECK(Start >= 0)",
            "Stop INTEGER NOT NULL CHECK(Stop >= 0)",
            "Coder INTEGER",
            "CHECK (Start < Stop)",
            _of("StatementTypeId", "STATEMENTTYPES"),
            _of("Coder", "CODERS"),
            _of("DocumentId", "DOCUMENTS"),
        )
    ),
    "DATABOOLEAN": _values("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _values("Value INTEGER NOT NULL DEFAULT 0"),
    "ENTITIES": f"{_OWN_KEY}, VariableId INTEGER NOT NULL, {_short('Value', 'DEFAULT ' + repr(''))}"
    f", {_colour('')}, ChildOf INTEGER CHECK(ChildOf > 0), UNIQUE (VariableId, Value), "
    f"{_of('ChildOf', 'ENTITIES')}, {_of('VariableId', 'VARIABLES')}",
    "DATASHORTTEXT": _values("Entity INTEGER NOT NULL", _of("Entity", "ENTITIES")),
    "DATALONGTEXT": _values("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": f"{_OWN_KEY}, VariableId INTEGER NOT NULL, "
    f"{_short('AttributeVariable')}, UNIQUE(VariableId, AttributeVariable), "
    f"{_of('VariableId', 'VARIABLES')}",
    "ATTRIBUTEVALUES": f"{_OWN_KEY}, EntityId INTEGER NOT NULL, "
    "AttributeVariableId INTEGER NOT NULL, "
    f"{_short('AttributeValue', 'DEFAULT ' + repr(''))}, UNIQUE (EntityId, AttributeVariableId), "
    f"{_of('EntityId', 'ENTITIES')}, {_of('AttributeVariableId', 'ATTRIBUTEVARIABLES')}",
}


def iter_definitions() -> Iterator[str]:
    """Yield the statements that make the tables, in an order in which each may name the others."""
    for name, columns in _TABLES.items():
        yield f"CREATE TABLE {name}({columns})"
