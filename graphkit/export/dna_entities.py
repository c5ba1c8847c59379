"""The entities of a database of DNA: one for each value of each short text variable."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphkit.coding_records import Scheme
from graphkit.digest import digest
from graphkit.dna.records import CodedStatement, Entity, StatementType
from graphkit.dna.schema import LONGEST

_DIGITS = 8

Attributes = Mapping[tuple[int, str], Mapping[str, str]]
"""The attributes of entities by the id of their variable and their value."""


def all_entities(
    types: Iterable[StatementType],
    statements: Iterable[CodedStatement],
    scheme: Scheme,
    attributes: Attributes,
) -> dict[int, Entity]:
    """Return the entities of all variables: known ones, and those that statements have.

    They are in the order of variables and values, so that the empty one leads, as DNA has it.
    """
    known = {(entity.variable, entity.value): entity for entity in scheme.entities}
    values = dict.fromkeys(sorted({*known, *_used(list(types), statements)}))
    ids = {key: number for number, key in enumerate(values, start=1)}
    former = {entity.id: ids[key] for key, entity in known.items()}
    entities = {}
    for key, number in ids.items():
        variable, value = key
        entity = known.get(key) or Entity(
            id=0, variable=variable, value=value, attributes=attributes.get(key, {})
        )
        parent = former[entity.parent] if entity.parent else None
        entities[number] = replace(entity, id=number, parent=parent)
    return entities


def _used(
    types: Iterable[StatementType], statements: Iterable[CodedStatement]
) -> set[tuple[int, str]]:
    variables = {
        kind.id: [(v.id, v.name) for v in kind.variables if v.data_type == "short text"]
        for kind in types
    }
    found = {(number, "") for listed in variables.values() for number, _ in listed}
    for statement in statements:
        for number, name in variables[statement.type]:
            found.add((number, str(statement.values.get(name, ""))))
    return found


def shortened(name: str) -> str:
    """Return a name that DNA's tables hold; a hash keeps apart those with one beginning.

    >>> shortened("carbon tax")
    'carbon tax'
    """
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - _DIGITS - 2]}… {digest(name, _DIGITS)}"
