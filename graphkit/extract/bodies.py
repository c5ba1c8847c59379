"""Bodies described: "the German government", "the alliance", "his country", "the committee"."""

from spacy.tokens import Token

from graphkit.extract.gazetteer import Entry
from graphkit.extract.naming import known_actor
from graphkit.extract.roles import affiliation_of
from graphkit.extract.scene import DEFINITE, Scene
from graphkit.extract.syntax import first_child
from graphkit.statement import Actor

STATES = frozenset({"country", "nation", "homeland", "kingdom", "republic"})
GOVERNMENTS = frozenset({"government", "administration", "leadership", "regime", "state"})
_CROWDS = frozenset({"crowd", "public", "electorate", "family", "household", "community"})
"""People without an organization."""
_KINDS = {
    "alliance": {"international", "military"},
    "bloc": {"international"},
    "union": {"union", "international"},
    "party": {"party"},
    "court": {"court"},
    "company": {"company"},
    "firm": {"company"},
    "parliament": {"legislature"},
    "chamber": {"legislature"},
    "agency": {"government", "authority", "international"},
    "department": {"government"},
    "ministry": {"government"},
    "organization": {"ngo", "international"},
    "organisation": {"ngo", "international"},
    "group": {"ngo", "movement"},
    "movement": {"movement"},
    "militia": {"movement"},
    "charity": {"ngo"},
    "bank": {"bank", "international"},
    "fund": {"international"},
    "network": {"media"},
    "newspaper": {"media"},
}
"""Which kinds of the gazetteer a common noun may point back to."""
_ALIKE = {
    "panel": {"committee", "subcommittee", "commission", "board"},
    "body": {"committee", "commission", "council", "assembly"},
    "chamber": {"house", "senate", "assembly", "council"},
    "lender": {"bank"},
}
"""Nouns in the name of a body to which another noun may point back."""


def owned_body(token: Token, owner: Actor, scene: Scene) -> Actor | None:
    """Return what belongs to a person or a country: "his country", "her party"."""
    lemma = token.lemma_.lower()
    name = owner.name if owner.type == "country" else owner.represents
    entry = scene.gazetteer.find(name) if name else None
    if lemma in STATES | GOVERNMENTS:
        is_state = entry is not None and entry.type == "country"
        return known_actor(entry) if entry is not None and is_state else None
    if entry is not None and entry.type == "country":
        of_state = scene.gazetteer.find(f"{name}'s {_without_owner(token, scene)}")
        if of_state is not None:
            return known_actor(of_state)
    if name and (lemma in name.casefold().split() or _kind_fits(lemma, entry)):
        return known_actor(entry) if entry is not None else Actor(name=name, type="organization")
    return None


def _without_owner(token: Token, scene: Scene) -> str:
    """Return the rest of "our armed forces" and "his country's parliament"."""
    start, end = scene.names.phrase_range(token)
    possessor = first_child(token, "poss")
    start = max(start, possessor.right_edge.i + 1) if possessor is not None else start
    return token.doc[start:end].text


def body(token: Token, scene: Scene) -> Actor | None:
    """Return the body that a common noun names, or the one that it points back to."""
    lemma = token.lemma_.lower()
    entry = _state_of(token, scene)
    if entry is not None and lemma in GOVERNMENTS:
        return known_actor(entry)
    name = scene.names.phrase(token)
    if name.casefold() == lemma:
        name = lemma  # "the Committee"
    determiner = first_child(token, "det")
    if determiner is not None and determiner.lower_ in DEFINITE and name.islower():
        earlier = _last_body(token, name, scene)
        if earlier is not None:
            return earlier
    is_vague = lemma in scene.gazetteer.nouns["vague_bodies"] and token.i not in scene.sources
    if is_vague and name.islower():
        return None
    is_local = " " not in name or not any(char.isupper() for char in name)
    return Actor(name=name, type="group" if lemma in _CROWDS else "organization", is_local=is_local)


def _state_of(token: Token, scene: Scene) -> Entry | None:
    """Return the country whose body a noun names: "the government of Chile"."""
    inside = [
        t
        for t in token.subtree
        if (t.dep_ not in {"relcl", "acl"} and t.head == token) or t.head.dep_ == "prep"
    ]
    place = affiliation_of(inside, scene.gazetteer)
    entry = scene.gazetteer.find(place) if place else None
    return entry if entry is not None and entry.type == "country" else None


def _last_body(token: Token, name: str, scene: Scene) -> Actor | None:
    """Return the body that a definite noun points back to.

    That is the last one of the same noun, name or kind, or else, for a company or a group, the
    last one of which nothing else is known.
    """
    lemma = token.lemma_.lower()
    before = [(seen.token, seen.actor) for seen in scene.before(token) if seen.actor is not None]
    meant = (actor for at, actor in before if _is_meant(lemma, name, at, actor, scene))
    unknown = (actor for at, actor in before if _is_unknown(at, actor, scene))
    found = next(meant, None)
    if found is None and lemma in scene.gazetteer.nouns["private_bodies"]:
        return next(unknown, None)
    return found


def _is_meant(lemma: str, name: str, at: Token, actor: Actor, scene: Scene) -> bool:
    if actor.type == "country":
        return lemma in STATES or (lemma in GOVERNMENTS and at.lemma_.lower() == lemma)
    if actor.type != "organization":
        return False
    called = {at.lemma_.lower(), *actor.name.casefold().split()}
    is_named_so = set(name.split()) <= called or bool(_ALIKE.get(name, set()) & called)
    return is_named_so or _kind_fits(lemma, scene.gazetteer.find(actor.name))


def _is_unknown(at: Token, actor: Actor, scene: Scene) -> bool:
    """Tell an organization whose name is not in the gazetteer."""
    is_named = actor.type == "organization" and at.ent_type_ == "ORG" and not actor.is_local
    return is_named and scene.gazetteer.find(actor.name) is None


def _kind_fits(lemma: str, entry: Entry | None) -> bool:
    return entry is not None and entry.kind in _KINDS.get(lemma, set())
