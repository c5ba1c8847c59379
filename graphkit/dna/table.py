"""The coded statements of a .dna file as a table for the network algebra."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.algebra.table import Kind, StatementTable
from graphkit.dna.records import CodedStatement, Database, DataType, StatementType
from graphkit.errors import DnaError

_KINDS: Mapping[DataType, Kind] = {
    "short text": "text",
    "long text": "text",
    "integer": "integer",
    "boolean": "boolean",
}
_OF_DOCUMENTS = ("author", "source", "section", "type")
_PREFIX = "document_"


def to_table(database: Database, statement_type: str = "") -> StatementTable:
    """Return the statements of one type with all their variables.

    The document's author, source, section and type are the variables "document_author" and so on.
    The type can be left out where the file has only one with statements. Raise DnaError for a type
    that is not there.
    """
    chosen = _statement_type(database, statement_type)
    statements = [each for each in database.statements if each.type == chosen.id]
    documents = [database.documents[each.document] for each in statements]
    columns: dict[str, tuple[Kind, Sequence[Any]]] = {
        _PREFIX + name: ("text", [getattr(document, name) for document in documents])
        for name in _OF_DOCUMENTS
    }
    for variable in chosen.variables:
        if variable.name in columns:
            raise DnaError(f"'{variable.name}' is a variable of statements and one of documents.")
        values = [statement.values.get(variable.name) for statement in statements]
        columns[variable.name] = _KINDS[variable.data_type], values
    return StatementTable.of(
        dates=[document.date for document in documents],
        documents=[statement.document for statement in statements],
        positions=[_position(statement) for statement in statements],
        columns=columns,
        document_variables=[_PREFIX + name for name in _OF_DOCUMENTS],
    )


def _statement_type(database: Database, label: str) -> StatementType:
    types = list(database.statement_types.values())
    if label:
        chosen = [each for each in types if each.label == label]
    else:
        used = {statement.type for statement in database.statements}
        chosen = [each for each in types if each.id in used] or types[:1]
    if len(chosen) == 1:
        return chosen[0]
    labels = ", ".join(f"'{each.label}'" for each in types)
    if label or not types:
        raise DnaError(f"No statement type '{label}': there are {labels or 'none'}.")
    raise DnaError(f"Several types of statements: choose one of {labels}.")


def _position(statement: CodedStatement) -> tuple[int, int]:
    return statement.start, statement.stop
