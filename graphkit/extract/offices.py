"""Offices and unnamed people: "the French president", "the spokesman", "a senior official"."""

from spacy.tokens import Token

from graphkit.extract.naming import known_actor
from graphkit.extract.persons import Person
from graphkit.extract.roles import affiliation_of, gender_of_noun, is_held, is_over
from graphkit.extract.scene import DEFINITE, INDEFINITE, Scene
from graphkit.extract.syntax import first_child
from graphkit.statement import Actor

_LEADERS = frozenset(
    {"president", "prime minister", "premier", "chancellor", "king", "queen", "taoiseach"}
)
"""Whom "the French leader" may mean."""
_CONGRESS = frozenset({"representative", "congressman", "congresswoman"})
_ALIKE = {
    "congressman": _CONGRESS,
    "congresswoman": _CONGRESS,
    "lawmaker": _CONGRESS | {"senator", "state senator", "member of parliament", "mp", "deputy"},
    "premier": frozenset({"prime minister"}),
}
"""Offices that go by another name as well."""


def officer(token: Token, office: str, scene: Scene) -> Actor | None:
    """Return who holds an office: a person of the article, or for a spokesman the principal."""
    place = place_of(token, scene)
    office = f"former {office}" if _is_over(token) else office
    person = _holder(token, office, place, scene) if _is_single(token) else None
    if person is not None:
        return scene.names.person_actor(person)
    if office in scene.gazetteer.nouns["spokespeople"] and place:
        entry = scene.gazetteer.find(place)
        return known_actor(entry) if entry is not None else Actor(name=place, type="organization")
    return unnamed(token, scene, office)


def unnamed(token: Token, scene: Scene, office: str = "") -> Actor:
    """Return a source or officer without a name; "the official" is the one last spoken of."""
    name = scene.names.phrase(token)
    if _has(token, DEFINITE) and " " not in name and token.tag_ == "NN":
        person = _described(token, scene)
        if person is not None:
            return scene.names.person_actor(person)
        for seen in scene.before(token):
            if seen.actor is not None and seen.is_officer and seen.token.lemma_ == token.lemma_:
                return seen.actor
    is_definite = _has(token, DEFINITE) or first_child(token, "poss") is not None
    is_person = bool(office) and token.tag_ == "NN" and is_definite
    return Actor(
        name=name,
        type="person" if is_person else "group",
        represents=place_of(token, scene) if token.tag_ == "NN" and not _is_over(token) else "",
        is_local=True,
    )


def _is_over(token: Token) -> bool:
    """Tell "the former minister"."""
    return any(is_over(child) for child in token.lefts)


def place_of(token: Token, scene: Scene) -> str:
    """Return the country or organization that the words around an office name."""
    clauses = {t.i for c in token.children if c.dep_ in {"relcl", "conj"} for t in c.subtree}
    place = affiliation_of([t for t in token.subtree if t.i not in clauses], scene.gazetteer)
    return scene.names.full_name(place)


def _holder(token: Token, office: str, place: str, scene: Scene) -> Person | None:
    """Return the person with the office who was named last before the token, else first after."""
    fitting = [
        person
        for person in scene.names.people
        if any(_is_same_office(office, role, place) for role in person.roles)
        and (not place or not person.affiliation or person.affiliation == place)
        and _is_of_gender(person, token, scene)
    ]
    return _last_named(fitting, token)


def _described(token: Token, scene: Scene) -> Person | None:
    """Return the person whom the article calls so: "the economist"."""
    lemma = token.lemma_.lower()
    called = {lemma, *_ALIKE.get(lemma, ())}
    return _last_named([p for p in scene.names.people if called & set(p.roles)], token)


def _is_of_gender(person: Person, token: Token, scene: Scene) -> bool:
    """Tell whether a noun may mean a person of their sex: no "congressman" is a woman."""
    gender = gender_of_noun([token], scene.gazetteer)
    return not gender or person.gender in {"", gender}


def _last_named(people: list[Person], token: Token) -> Person | None:
    earlier = [p for p in people if p.mentions[0][0] < token.i]
    return max(
        earlier or people,
        key=lambda p: max((s for s, _ in p.mentions if s < token.i), default=-p.mentions[0][0]),
        default=None,
    )


def _is_same_office(office: str, role: str, place: str) -> bool:
    """Tell whether "the minister" may mean a foreign minister; "the president" is no vice one."""
    if {"vice", "deputy", "former"} & (set(office.split()) ^ set(role.split())):
        return False
    if is_held(office) and not is_held(role):
        return False
    if role in _ALIKE.get(office, ()) or (office == "leader" and place and role in _LEADERS):
        return True
    return office in role or role in office


def _is_single(token: Token) -> bool:
    """Tell "the minister" from "a minister" and "ministers"."""
    return token.tag_ not in {"NNS", "NNPS"} and not _has(token, INDEFINITE)


def _has(token: Token, determiners: frozenset[str]) -> bool:
    determiner = first_child(token, "det")
    return determiner is not None and determiner.lower_ in determiners
