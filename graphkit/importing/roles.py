"""Which variables of a database of DNA are actor, topic and stance, and what values mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphkit.dna.extras import VARIABLE
from graphkit.dna.records import Database, StatementType, Value, Variable
from graphkit.errors import ImportFault
from graphkit.importing.parcel import Choices, listed
from graphkit.statement import STANCES, Stance

PERSON, ORGANIZATION = "person", "organization"
_ACTORS = (PERSON, ORGANIZATION)
_TOPIC, _STANCE = "concept", "agreement"
_SIGNS: Mapping[bool, Stance] = {True: "supports", False: "opposes"}


@dataclass(frozen=True, slots=True)
class Roles:
    """The variables of one type of statements, and which values are which stance.

    Without a variable for it the stance is the `constant`.
    """

    actors: tuple[str, ...]
    topic: str
    stance: str
    stances: Mapping[Value, Stance] = field(default_factory=dict)
    affiliation: str = ""

    def describe(self) -> str:
        """Say who the roles are given to, in words."""
        meanings = (
            f"{'/'.join(str(int(v) if isinstance(v, bool) else v) for v, s in values)} {stance}"
            for stance in STANCES
            if (values := [(v, s) for v, s in self.stances.items() if s == stance])
        )
        return (
            f"actor is {' or else '.join(self.actors)}, topic is {self.topic}, "
            f"stance is {self.stance} ({', '.join(meanings)})"
        )


def roles_of(database: Database, choices: Choices) -> dict[int, Roles]:
    """Return the roles in each type of statements that has them, by its id.

    Without choices these are the variables of DNA's own type: person, or organization where that is
    empty, concept and agreement. Raise ImportFault, with the variables that there are, if none has
    them, or if nothing says what the values of the stance mean.
    """
    found = {
        kind.id: roles
        for kind in database.statement_types.values()
        if (roles := _roles_in(kind, choices))
    }
    used = {statement.type for statement in database.statements}
    if used and not used & found.keys():
        raise ImportFault(_nothing_fits(database, choices))
    return {
        number: _with_stances(roles, database.statement_types[number], database, choices)
        for number, roles in found.items()
        if number in used
    }


def _roles_in(kind: StatementType, choices: Choices) -> Roles | None:
    names = {variable.name: variable for variable in kind.variables}
    actors = tuple(name for name in choices.actor or _ACTORS if _is_text(names.get(name)))
    if choices.actor and len(actors) < len(choices.actor):
        return None
    topic, stance = choices.topic or _TOPIC, choices.stance or _STANCE
    if not actors or not _is_text(names.get(topic)):
        return None
    if stance not in names:
        if VARIABLE not in names:  # our own keep the stance there as well
            return None
        stance = ""
    is_for_persons = actors[0] == PERSON and _is_text(names.get(ORGANIZATION))
    return Roles(actors, topic, stance, affiliation=ORGANIZATION if is_for_persons else "")


def _is_text(variable: Variable | None) -> bool:
    return variable is not None and variable.data_type.endswith("text")


def _nothing_fits(database: Database, choices: Choices) -> str:
    actor = " or ".join(choices.actor or _ACTORS)
    wanted = f"actor ({actor}), topic ({choices.topic or _TOPIC}) and stance"
    types = "; ".join(
        f"'{kind.label}' has " + ", ".join(f"{v.name} ({v.data_type})" for v in kind.variables)
        for kind in database.statement_types.values()
        if kind.variables
    )
    return (
        f"no statements with variables for {wanted} ({choices.stance or _STANCE}). "
        f"{types}. Name them with --actor, --topic and --stance"
    )


# --- what the values of the stance mean ---------------------------------------------------------


def _with_stances(roles: Roles, kind: StatementType, database: Database, choices: Choices) -> Roles:
    if not roles.stance:
        return roles
    variable = next(one for one in kind.variables if one.name == roles.stance)
    values = sorted(
        {
            statement.values[roles.stance]
            for statement in database.statements
            if statement.type == kind.id and roles.stance in statement.values
        },
        key=lambda value: (isinstance(value, str), value),
    )
    meanings = _meanings(variable, values, choices.stances)
    return Roles(roles.actors, roles.topic, roles.stance, meanings, roles.affiliation)


def _meanings(
    variable: Variable, values: Sequence[Value], given: Mapping[str, str]
) -> dict[Value, Stance]:
    if given:
        return _given_meanings(variable, values, given)
    if variable.data_type == "boolean":
        return {bool(value): _SIGNS[bool(value)] for value in values}
    if variable.data_type == "integer":
        numbers = [value for value in values if isinstance(value, int)]
        if numbers and numbers[0] >= 0:
            raise _unclear(variable, values, "none is below 0")
        return {n: "ambivalent" if n == 0 else _SIGNS[n > 0] for n in numbers}
    known: dict[Value, Stance] = {stance: stance for stance in STANCES if stance in values}
    if any(value not in known for value in values if value):
        raise _unclear(variable, values, f"stances are {', '.join(STANCES)}")
    return known


def _given_meanings(
    variable: Variable, values: Sequence[Value], given: Mapping[str, str]
) -> dict[Value, Stance]:
    found: dict[Value, Stance] = {}
    for value in values:
        written = str(int(value) if isinstance(value, bool) else value)
        for stance in STANCES:
            if given.get(written) == stance:
                found[value] = stance
    unknown = set(given) - {str(int(v) if isinstance(v, bool) else v) for v in values}
    if not found and unknown:
        raise _unclear(variable, values, f"none is {listed(sorted(unknown))}")
    return found


def _unclear(variable: Variable, values: Iterable[Value], reason: str) -> ImportFault:
    written = ", ".join(dict.fromkeys(str(value) for value in list(values)[:10]))
    return ImportFault(
        f"'{variable.name}' has the values {written}, and {reason}: say what they mean, as with "
        "--stance-value 1=supports --stance-value 0=opposes"
    )
