"""Read a .dna file: documents, variables, entities, statements and their values."""

import datetime
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from graphkit.dna.database import open_dna
from graphkit.dna.records import (
    BLACK,
    CodedStatement,
    Coder,
    Colour,
    Database,
    DataType,
    Document,
    Entity,
    StatementType,
    Value,
    Variable,
)
from graphkit.errors import DnaError

_BRIGHTEST = 255
EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001  # DNA's dates have no time zone


def read_dna(path: Path) -> Database:
    """Read a database of DNA 3 without changing it.

    Raise DnaError, with the file and the row, if it cannot be read or contradicts itself.
    """
    with open_dna(path) as connection:
        return _Reader(connection, path).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Read the tables of an open database, and check what they say."""

    connection: sqlite3.Connection
    path: Path

    def read(self) -> Database:
        (version,) = next(self._rows("SELECT Value FROM SETTINGS WHERE Property = 'version'"))
        types = self._statement_types()
        documents = {document.id: document for document in self._documents()}
        entities = {entity.id: entity for entity in self._entities()}
        self._check_parents(entities)
        statements = tuple(self._statements(types, documents, entities))
        coders = {
            number: Coder(
                name=self._text(name, f"CODERS {number}"),
                colour=self._colour(colour, f"CODERS {number}") or BLACK,
            )
            for number, name, *colour in self._coloured("ID, Name", "CODERS")
        }
        return Database(
            version=str(version),
            coders=coders,
            documents=documents,
            statement_types=types,
            entities=entities,
            statements=statements,
            attributes=self._attributes(),
            regexes=self._regexes(),
            left_out={"links between variables": self._count("VARIABLELINKS")},
        )

    def _rows(self, query: str) -> Iterator[Any]:
        return iter(self.connection.execute(query))

    def _columns(self, table: str) -> list[str]:
        """Return the columns of a table in capitals, none if it is not there."""
        return [str(row[1]).upper() for row in self._rows(f"PRAGMA table_info({table})")]

    def _coloured(self, columns: str, table: str) -> Iterator[Any]:
        """Read columns of a table with the three of the colour, which older files may lack."""
        found = self._columns(table)
        colour = (name if name.upper() in found else "NULL" for name in ("Red", "Green", "Blue"))
        return self._rows(f"SELECT {columns}, {', '.join(colour)} FROM {table} ORDER BY 1")  # noqa: S608

    def _colour(self, parts: list[Any], place: str) -> Colour | None:
        if None in parts:
            return None
        red, green, blue = (self._integer(part, place) for part in parts)
        if not all(0 <= part <= _BRIGHTEST for part in (red, green, blue)):
            raise self._error(place, f"{red}, {green}, {blue} is no colour")
        return red, green, blue

    def _attributes(self) -> dict[int, tuple[str, ...]]:
        names: dict[int, list[str]] = defaultdict(list)
        query = "SELECT ID, VariableId, AttributeVariable FROM ATTRIBUTEVARIABLES ORDER BY ID"
        for number, variable, name in self._rows(query):
            names[variable].append(self._text(name, f"ATTRIBUTEVARIABLES {number}"))
        return {variable: tuple(listed) for variable, listed in names.items()}

    def _regexes(self) -> dict[str, Colour]:
        if not self._columns("REGEXES"):
            return {}
        return {
            self._text(label, "REGEXES"): self._colour(colour, f"REGEXES {label}") or BLACK
            for label, *colour in self._coloured("Label", "REGEXES")
        }

    def _count(self, table: str) -> int:
        if not self._columns(table):
            return 0
        (count,) = next(self._rows(f"SELECT COUNT(*) FROM {table}"))  # noqa: S608
        return int(count)

    def _documents(self) -> Iterator[Document]:
        columns = "ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date"
        for row in self._rows(f"SELECT {columns} FROM DOCUMENTS ORDER BY ID"):  # noqa: S608
            place = f"DOCUMENTS {row[0]!r}"
            title, text, *texts = (self._text(row[n], place) for n in (1, 2, 4, 5, 6, 7, 8))
            yield Document(
                id=self._integer(row[0], place),
                title=title,
                text=text,
                coder=row[3],
                **dict(zip(("author", "source", "section", "notes", "type"), texts, strict=True)),
                date=self._date(row[9], place),
            )

    def _statement_types(self) -> dict[int, StatementType]:
        variables: dict[int, list[Variable]] = defaultdict(list)
        query = "SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES ORDER BY ID"
        for number, label, data_type, type_id in self._rows(query):
            if data_type not in get_args(DataType):
                raise self._error(f"VARIABLES {number}", f"no data type {data_type!r} in DNA 3")
            name = self._text(label, f"VARIABLES {number}")
            variables[type_id].append(Variable(id=number, name=name, data_type=data_type))
        return {
            number: StatementType(
                id=number,
                label=self._text(label, f"STATEMENTTYPES {number}"),
                variables=tuple(variables[number]),
                colour=self._colour(colour, f"STATEMENTTYPES {number}") or BLACK,
            )
            for number, label, *colour in self._coloured("ID, Label", "STATEMENTTYPES")
        }

    def _entities(self) -> Iterator[Entity]:
        attributes: dict[int, dict[str, str]] = defaultdict(dict)
        query = """
            SELECT v.ID, v.EntityId, a.AttributeVariable, v.AttributeValue FROM ATTRIBUTEVALUES v
            JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId ORDER BY a.ID, v.ID
        """
        for number, entity, name, value in self._rows(query):
            attributes[entity][str(name)] = self._text(value, f"ATTRIBUTEVALUES {number}")
        parent = "ChildOf" if "CHILDOF" in self._columns("ENTITIES") else "NULL"
        rows = self._coloured(f"ID, VariableId, Value, {parent}", "ENTITIES")
        for number, variable, value, above, *colour in rows:
            place = f"ENTITIES {number}"
            yield Entity(
                id=number,
                variable=variable,
                value=self._text(value, place),
                attributes=attributes.get(number, {}),
                colour=self._colour(colour, place),
                parent=above,
            )

    def _check_parents(self, entities: dict[int, Entity]) -> None:
        sound: set[int] = set()
        for entity in entities.values():
            path: list[int] = []
            above: int | None = entity.id
            while above is not None and above not in sound:
                if above not in entities:
                    raise self._error(f"ENTITIES {path[-1]}", f"no entity {above} above it")
                if above in path:
                    raise self._error(f"ENTITIES {above}", "it is a child of itself")
                path.append(above)
                above = entities[above].parent
            sound.update(path)

    def _statements(
        self,
        types: dict[int, StatementType],
        documents: dict[int, Document],
        entities: dict[int, Entity],
    ) -> Iterator[CodedStatement]:
        names = {each.id: each.name for kind in types.values() for each in kind.variables}
        values = self._values(names, entities)
        columns = "ID, StatementTypeId, DocumentId, Start, Stop, Coder"
        for number, type_id, document, start, stop, coder in self._rows(
            f"SELECT {columns} FROM STATEMENTS ORDER BY ID"  # noqa: S608
        ):
            place = f"STATEMENTS {number}"
            if type_id not in types:
                raise self._error(place, f"no statement type {type_id}")
            if document not in documents:
                raise self._error(place, f"no document {document}")
            yield CodedStatement(
                id=number,
                type=type_id,
                document=document,
                start=self._integer(start, place),
                stop=self._integer(stop, place),
                coder=coder,
                values=values.get(number, {}),
            )

    def _values(
        self, names: dict[int, str], entities: dict[int, Entity]
    ) -> dict[int, dict[str, Value]]:
        found: dict[int, dict[str, Value]] = defaultdict(dict)
        for table in ("DATASHORTTEXT", "DATALONGTEXT", "DATAINTEGER", "DATABOOLEAN"):
            column = "Entity" if table == "DATASHORTTEXT" else "Value"
            query = f"SELECT ID, StatementId, VariableId, {column} FROM {table} ORDER BY ID"  # noqa: S608
            for number, statement, variable, value in self._rows(query):
                place = f"{table} {number}"
                if variable not in names:
                    raise self._error(place, f"no variable {variable}")
                found[statement][names[variable]] = self._value(table, value, entities, place)
        return found

    def _value(self, table: str, value: Any, entities: dict[int, Entity], place: str) -> Value:
        if table == "DATASHORTTEXT":
            if value not in entities:
                raise self._error(place, f"no entity {value}")
            return entities[value].value
        if table == "DATALONGTEXT":
            return self._text(value, place)
        number = self._integer(value, place)
        if table == "DATAINTEGER":
            return number
        if number not in {0, 1}:
            raise self._error(place, f"{number} is neither 0 nor 1")
        return bool(number)

    def _text(self, value: Any, place: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._error(place, f"{value!r} is no text")
        return value

    def _integer(self, value: Any, place: str) -> int:
        if not isinstance(value, int):
            raise self._error(place, f"{value!r} is no integer")
        return value

    def _date(self, value: Any, place: str) -> datetime.datetime | None:
        if value is None:
            return None
        seconds = self._integer(value, place)
        try:
            return EPOCH + datetime.timedelta(seconds=seconds)
        except OverflowError:
            raise self._error(place, f"{seconds} seconds after 1970 is no date") from None

    def _error(self, place: str, problem: str) -> DnaError:
        return DnaError(f"{self.path}: {place}: {problem}")
