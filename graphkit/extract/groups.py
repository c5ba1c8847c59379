"""Groups: plural nouns and quantities ("some Nordic countries", "most of them", "others")."""

from spacy.tokens import Token

from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.scene import Scene
from graphkit.extract.syntax import SUBJECTS, first_child, object_of
from graphkit.statement import Actor
from graphkit.word_lists import word_list

QUANTITIES = word_list("quantities")
_ALONE = frozenset({"some", "many", "others", "most", "several", "few"})
"""Quantities that may stand for people without a noun."""
_SIDE = "side"
_ENDINGS = ("er", "or", "ist", "ian", "crat")
_PEOPLE = ("people", "offices", "anonymous", "spokespeople", "bodies")


def is_quantity(token: Token) -> bool:
    """Tell whether a token counts others: "dozens", "most"."""
    return token.lemma_.lower() in QUANTITIES or token.lower_ in QUANTITIES


def is_group(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell a plural noun for people or bodies."""
    lemma = token.lemma_.lower()
    is_plural = token.tag_ in {"NNS", "NNPS"} and lemma != "police"
    return is_plural and _is_people(lemma, gazetteer)


def is_several(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell a group, or "both sides"."""
    return is_group(token, gazetteer) or (token.tag_ == "NNS" and token.lemma_ == _SIDE)


def _is_people(lemma: str, gazetteer: Gazetteer) -> bool:
    if any(lemma in gazetteer.nouns[kind] for kind in _PEOPLE):
        return True
    return lemma.endswith(_ENDINGS) and lemma not in gazetteer.nouns["things"]


def group(token: Token, scene: Scene) -> Actor:
    """Return the group that a plural noun names; "the leaders" are those last spoken of."""
    name = scene.names.phrase(token)
    if " " not in name and first_child(token, "det") is not None:
        for seen in scene.before(token):
            if (
                seen.actor is not None
                and seen.actor.type == "group"
                and (seen.token.lemma_ == token.lemma_)
            ):
                return seen.actor
    return Actor(name=name, type="group", is_local=True)


def both(token: Token, scene: Scene) -> tuple[Actor, ...]:
    """Return the two actors that "both countries" or "the two leaders" points back to."""
    around = {child.lower_ for child in token.children}
    lemma = token.lemma_.lower()
    if around not in ({"both"}, {"the", "two"}):
        return ()
    is_body = lemma == _SIDE or lemma in scene.gazetteer.nouns["bodies"]
    for seen in scene.before(token):
        types = {actor.type for actor in seen.actors}
        if len(seen.actors) == 2 and types <= (
            {"country", "organization"} if is_body else {"person"}
        ):
            return seen.actors
    return ()


def counted(token: Token, scene: Scene, inner: Actor | None) -> Actor | None:
    """Return the group that a quantity names; ``inner`` is who stands behind its "of"."""
    counts = counted_noun(token)
    if counts is not None:
        if inner is None or counts.pos_ == "PRON":
            return None
        return Actor(name=scene.names.phrase(token), type="group", is_local=True)
    if is_group(token, scene.gazetteer):
        return group(token, scene)
    if token.dep_ in SUBJECTS and token.lower_ in _ALONE:
        return Actor(name=_of_last_group(token, scene), type="group", is_local=True)
    return None


def counted_noun(token: Token) -> Token | None:
    """Return the noun behind "of": the voters in "most of the voters"."""
    preposition = first_child(token, "prep")
    if preposition is None or preposition.lower_ != "of":
        return None
    return object_of(preposition)


def _of_last_group(token: Token, scene: Scene) -> str:
    """Complete "most have proposed it" by the group last spoken of."""
    for seen in scene.before(token):
        if seen.actor is not None and seen.actor.type == "group":
            kept = [w for w in seen.actor.name.split() if w.lower() not in QUANTITIES]
            return " ".join([token.lower_.replace("others", "other"), *kept])
    return token.lower_
