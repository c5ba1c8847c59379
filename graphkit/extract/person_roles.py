"""Roles of named persons: what the words around a name tell of its bearer's offices."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.person_spans import is_title
from graphkit.extract.roles import (
    affiliation_of,
    appositions,
    gender_of_noun,
    is_held,
    role_phrases,
    told_role,
)
from graphkit.extract.syntax import children, first_child, object_of

if TYPE_CHECKING:
    from graphkit.extract.persons import Person

_COUNTERPART = "counterpart"
_OWN_TITLES = frozenset({"chancellor", "taoiseach", "premier"})
"""Offices that go by another name abroad: the chancellor's counterpart is a prime minister."""
_LEADING = {
    "lead": "leader", "head": "head", "chair": "chair", "direct": "director", "edit": "editor",
    "command": "commander", "run": "head",
}  # fmt: skip
_SERVING = frozenset({"teach", "work", "study", "lecture", "research", "speak", "serve"})
_STATES = frozenset({"country", "nation"})
_OF_A_TOWN = frozenset(
    {
        "mayor", "lord mayor", "deputy mayor", "council member", "councilman", "councilwoman",
        "councillor", "councilor", "alderman", "city attorney", "city manager", "police chief",
        "police commissioner",
    }
)  # fmt: skip
_IN_SERVICE = frozenset({"diplomat", "official", "senior official", "civil servant"})
"""Trades in which one speaks for a state or an organization."""
_OWN_WORDS = {"secretary of state": ("State",), "chief justice": ("Justice",)}
"""Words of an office that the model takes for an organization."""
_OF_A_STATE = frozenset(
    {
        "governor", "lieutenant governor", "senator", "state senator", "representative",
        "state representative", "congressman", "congresswoman", "assemblyman", "assemblywoman",
        "secretary of state", "attorney general",
    }
)  # fmt: skip
"""Offices in which one speaks for a state of a federation, whose name may be a country's."""


def read_offices(
    doc: Doc, person: "Person", people: Sequence["Person"], gazetteer: Gazetteer
) -> None:
    """Read the offices of a person, and whom it speaks for, around all mentions of its name."""
    for begin, end in person.mentions:
        start = begin
        while start < end - 1 and is_title(doc[start], gazetteer):
            start += 1
        name = doc[start:end].root
        for phrase in role_phrases(name, start, end):
            _read_phrase(person, phrase, people, gazetteer)
        for noun in (name, *appositions(name)):
            _read_clause(person, noun, gazetteer)
            if noun is name or noun.lemma_.lower() in gazetteer.nouns["trades"]:
                person.affiliation = person.affiliation or _home(noun, gazetteer)


def read_counterpart(person: "Person", people: Sequence["Person"]) -> None:
    """Give "his Czech counterpart" the office of the person named last before."""
    if _COUNTERPART not in person.roles:
        return
    start = person.mentions[0][0]
    before = [p for p in people if p.roles and p.mentions[0][0] < start]
    model = max(before, key=lambda p: max(s for s, _ in p.mentions if s < start), default=None)
    if model is not None:
        office = model.roles[0]
        role = "head of government" if office in _OWN_TITLES else office
        person.roles[person.roles.index(_COUNTERPART)] = role


def _read_phrase(
    person: "Person", phrase: Sequence[Token], people: Sequence["Person"], gazetteer: Gazetteer
) -> None:
    nouns = gazetteer.nouns
    person.gender = person.gender or gender_of_noun(phrase, gazetteer)
    role = told_role(phrase, nouns["spokespeople"], nouns["offices"], nouns["people"])
    person.roles += [role] if role else []
    is_spokesperson = role in nouns["spokespeople"]
    is_office = is_spokesperson or role in nouns["offices"] or role in _IN_SERVICE
    if not is_office or not is_held(role):
        return
    person.is_spokesperson |= is_spokesperson
    if person.affiliation:
        return
    served = [t for t in phrase if t.text not in _OWN_WORDS.get(role, ())]
    place = affiliation_of(served, gazetteer, is_of_town=role in _OF_A_TOWN)
    person.affiliation = _of_state(role, place, gazetteer)
    if is_spokesperson and not person.affiliation:
        person.affiliation = _principal(person, phrase, people)
    if not person.affiliation:
        person.owner = person.owner or _owner(phrase)


def _of_state(role: str, place: str, gazetteer: Gazetteer) -> str:
    """Return the state of "Gov. Holm of Georgia", which is no country."""
    state = gazetteer.find(f"state of {place}", "region") if role in _OF_A_STATE else None
    return state.name if state is not None else place


def _principal(person: "Person", phrase: Sequence[Token], people: Sequence["Person"]) -> str:
    """Return the person for whom a spokesperson speaks: "a spokesman for Ms. Holm"."""
    inside = {token.i for token in phrase}
    named = (p for p in people if p is not person and any(s in inside for s, _ in p.mentions))
    return next((p.name for p in named), "")


def _owner(phrase: Sequence[Token]) -> Token | None:
    """Return the pronoun of "its foreign minister", or the country of "his country's envoy"."""
    owners = (t for t in phrase if t.dep_ == "poss" and not t.ent_type_)
    return next((t for t in owners if t.pos_ == "PRON" or t.lemma_ in _STATES), None)


def _read_clause(person: "Person", noun: Token, gazetteer: Gazetteer) -> None:
    """Read "Ada Holm, who leads the Civic Union": the office, if a body's name tells of what."""
    for verb in children(noun, "relcl"):
        subject, lemma = first_child(verb, "nsubj"), verb.lemma_.lower()
        if subject is None or subject.lower_ != "who" or verb.tag_ != "VBZ":
            continue
        if lemma in _LEADING:
            led = first_child(verb, "dobj")
            body = affiliation_of(list(led.subtree), gazetteer) if led is not None else ""
            person.roles += [_LEADING[lemma]] if body else []
        else:
            body = _employer(verb, gazetteer) if lemma in _SERVING else ""
        person.affiliation = person.affiliation or body


def _employer(verb: Token, gazetteer: Gazetteer) -> str:
    for preposition in children(verb, "prep"):
        body = object_of(preposition)
        is_body = body is not None and body.ent_type_ == "ORG"
        if body is not None and is_body and preposition.lower_ in {"at", "for", "with"}:
            return affiliation_of(list(body.subtree), gazetteer)
    return ""


def _home(name: Token, gazetteer: Gazetteer) -> str:
    """Return the organization of "Rex Bird of Amnesty International"; a town is only an origin."""
    for preposition in children(name, "prep"):
        body = object_of(preposition)
        if body is None or preposition.lower_ not in {"of", "from", "with", "at", "for"}:
            continue
        is_party = body.ent_type_ == "NORP" and body.tag_ in {"NNPS", "NNS"}
        if body.ent_type_ == "ORG" or (is_party and preposition.lower_ == "of"):
            return affiliation_of(list(body.subtree), gazetteer)
    return ""
