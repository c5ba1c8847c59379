"""Our own statements as DNA has them: their type, their variables, and the attributes of actors."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphkit.article import Article
from graphkit.coding_records import Scheme
from graphkit.dna.extras import VARIABLE, to_text
from graphkit.dna.records import Colour, DataType, StatementType, Value, Variable
from graphkit.dna.schema import LONGEST
from graphkit.evidence import local_names, name_of_actor
from graphkit.export.dna_entities import shortened
from graphkit.statement import Actor, Statement
from graphkit.store import Store

PERSON, ORGANIZATION, CONCEPT, AGREEMENT = "person", "organization", "concept", "agreement"

_LABELS = ("DNA Statement", "graphkit statement")
AMBIVALENT = "Ambivalent statement"
_SHORT: DataType = "short text"
_VARIABLES: tuple[tuple[str, DataType], ...] = (
    (PERSON, _SHORT),
    (ORGANIZATION, _SHORT),
    (CONCEPT, _SHORT),
    (AGREEMENT, "boolean"),
    (VARIABLE, "long text"),
)
_ATTRIBUTES = ("Type", "Alias", "Notes")  # what DNA gives to every short text variable
_BLUE: Colour = (158, 202, 225)
_ORANGE: Colour = (253, 208, 162)
_IN_DNA = frozenset({"article", "evidence", "start", "end", "actor", "topic", "date", "stance"})


@dataclass
class OwnStatements:
    """Makes the values of our statements; it counts what DNA has in another form."""

    store: Store
    scheme: Scheme
    ambivalent: int = 0
    others: int = 0
    shortened: int = 0
    attributes: dict[tuple[int, str], dict[str, str]] = field(default_factory=dict)

    def values(self, statement: Statement, article: Article) -> tuple[int, dict[str, Value]]:
        """Return the id of the type of a statement, and its value for each variable."""
        is_ambivalent = statement.stance == "ambivalent"
        self.ambivalent += is_ambivalent
        self.others += not is_ambivalent
        kind = self._kinds[is_ambivalent]
        is_person = statement.actor_type == "person"
        affiliation = statement.affiliation if is_person else ""
        full = {
            PERSON if is_person else ORGANIZATION: statement.actor,
            CONCEPT: statement.topic,
            **({ORGANIZATION: affiliation} if affiliation else {}),
        }
        shown = {name: self._shown(name, text, statement) for name, text in full.items()}
        values: dict[str, Value] = {PERSON: "", ORGANIZATION: "", **shown}
        if not is_ambivalent:
            values[AGREEMENT] = statement.stance == "supports"
        self._note_attributes(kind, shown, full)
        names = {shown[key]: full[key] for key in full if shown[key] != full[key]}
        values[VARIABLE] = to_text(self._extras(statement, article, names))
        return kind.id, values

    @property
    def types(self) -> dict[int, StatementType]:
        """The types that are needed: those with statements, and one where there is no other."""
        plain, ambivalent = self._kinds
        needed = [plain] if self.others or not (self.scheme.types or self.ambivalent) else []
        needed += [ambivalent] if self.ambivalent else []
        return {kind.id: kind for kind in needed}

    @property
    def attribute_names(self) -> dict[int, tuple[str, ...]]:
        """The attributes of each of their variables."""
        return {
            variable.id: _ATTRIBUTES
            for kind in self.types.values()
            for variable in kind.variables
            if variable.data_type == _SHORT
        }

    @cached_property
    def _kinds(self) -> tuple[StatementType, StatementType]:
        taken = {kind.label for kind in self.scheme.types.values()}
        last = max((kind.id for kind in self.scheme.types.values()), default=0)
        first = 1 + max(
            (one.id for kind in self.scheme.types.values() for one in kind.variables), default=0
        )
        plain = [Variable(id=first + n, name=v, data_type=t) for n, (v, t) in enumerate(_VARIABLES)]
        first += len(plain)
        kept = [(name, kind) for name, kind in _VARIABLES if name != AGREEMENT]
        others = [Variable(id=first + n, name=v, data_type=t) for n, (v, t) in enumerate(kept)]
        label = next((one for one in _LABELS if one not in taken), _LABELS[-1])
        return (
            StatementType(id=last + 1, label=label, variables=tuple(plain), colour=_BLUE),
            StatementType(id=last + 2, label=AMBIVALENT, variables=tuple(others), colour=_ORANGE),
        )

    @cached_property
    def _actors(self) -> Mapping[str, list[Actor]]:
        found: dict[str, list[Actor]] = defaultdict(list)
        for actor in self.store.actors():
            found[actor.name].append(actor)
        return found

    @cached_property
    def _local(self) -> frozenset[str]:
        return local_names(actor for named in self._actors.values() for actor in named)

    @cached_property
    def _topics(self) -> frozenset[str]:
        return frozenset(topic.label for topic in self.store.topics_by_node().values())

    def _shown(self, variable: str, name: str, statement: Statement) -> str:
        """Return the name of an entity: a local one with its article, and none too long."""
        if variable != CONCEPT and name == statement.actor:
            name = name_of_actor(statement, self._local)
        shown = shortened(name)
        self.shortened += shown != name
        return shown

    def _extras(
        self, statement: Statement, article: Article, names: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return what DNA's variables do not tell of a statement."""
        values = statement.to_json()
        extras = {name: value for name, value in values.items() if name not in _IN_DNA}
        if statement.actor_type == "person":
            del extras["affiliation"]
        if statement.stance == "ambivalent":
            extras["stance"] = statement.stance
        if statement.date != article.date:
            extras["date"] = values["date"]
        told = [*filter(None, (statement.affiliation, *statement.speaker.split(" < ")))]
        if statement.topic in self._actors and statement.topic not in self._topics:
            told.append(statement.topic)
        types = {name: self._actors[name][0].type for name in told if name in self._actors}
        local = sorted({statement.actor, *told} & self._local)
        more = {"names": names, "types": types, "local": local}
        return extras | {name: value for name, value in more.items() if value}

    def _note_attributes(
        self, kind: StatementType, shown: Mapping[str, str], full: Mapping[str, str]
    ) -> None:
        ids = {variable.name: variable.id for variable in kind.variables}
        for variable, name in full.items():
            known = self._actors.get(name) if variable != CONCEPT else None
            if known:
                self.attributes[ids[variable], shown[variable]] = {
                    "Type": known[0].type,
                    "Alias": "; ".join(_fitting(known[0].aliases)),
                }


def _fitting(aliases: tuple[str, ...]) -> Iterator[str]:
    """Yield the names that fit into one attribute, which a mark parts."""
    length = 0
    for alias in aliases:
        length += len(alias) + 2
        if length <= LONGEST and ";" not in alias:
            yield alias
