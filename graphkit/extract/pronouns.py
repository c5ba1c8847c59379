"""Pronouns: whom "he", "they" or "it" may mean among those named before."""

from collections.abc import Sequence, Set

from spacy.tokens import Token

from graphkit.extract.persons import Person
from graphkit.extract.roles import Gender
from graphkit.extract.scene import HE, SHE, Scene, Seen
from graphkit.extract.syntax import clause_of, coordinated, first_child, is_undergone
from graphkit.statement import Actor, ActorType

THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
PRONOUNS = HE | SHE | THEY | IT
MEMORY = 4
"""How many sentences back a pronoun may reach."""


def last_meant(pronoun: Token, scene: Scene, *, speakers: Set[str], is_quoted: bool) -> Seen | None:
    """Return the likeliest earlier mention that a pronoun may mean.

    It is not one of the ``speakers`` around it, who would say "I", and rather a subject that was
    named shortly before.
    """
    if pronoun.lower_ in IT and is_undergone(pronoun):
        return None
    best: tuple[float, Seen] | None = None
    for seen in scene.seen:
        distance = scene.distance(pronoun, seen)
        if seen.token.i >= pronoun.i or distance > MEMORY or seen.token.head == pronoun.head:
            continue
        if not _fits(pronoun.lower_, seen, scene) or speakers & {a.name for a in seen.actors}:
            continue
        weight = 0.6**distance * (2.0 if seen.is_subject else 1.0)
        weight *= 0.6 if seen.is_quoted and not is_quoted else 1.0
        if best is None or weight >= best[0]:
            best = (weight, seen)
    return best[1] if best is not None else None


def agrees(pronoun: str, speakers: Sequence[Actor], source: Token) -> bool:
    """Tell whether a pronoun in reported speech can mean its speakers, named at a source."""
    if not speakers:
        return False
    sources = len(coordinated(source))
    types: set[ActorType] = {actor.type for actor in speakers}
    if pronoun in THEY:
        return sources > 1 or types <= {"group", "organization", "country"}
    if pronoun in HE | SHE:
        is_many = types == {"group"} and source.tag_ in {"NNS", "NNPS"}
        return len(speakers) == 1 and types <= {"person", "group"} and not is_many
    return pronoun in IT and len(speakers) == 1 and types <= {"organization", "country"}


def _fits(pronoun: str, seen: Seen, scene: Scene) -> bool:
    actor = seen.actor
    if seen.is_modifier:
        return False
    if actor is None:
        return pronoun in THEY
    if pronoun in HE | SHE:
        wanted = "he" if pronoun in HE else "she"
        return (
            seen.is_one_person
            and _gender(seen, scene) in {"", wanted}
            and not _is_doubtful(seen, scene)
        )
    if pronoun in THEY:
        return actor.type == "group"
    return pronoun in IT and actor.type in {"organization", "country"}


def _gender(seen: Seen, scene: Scene) -> Gender:
    return scene.genders.get(seen.actors[0].name, "")


def _is_doubtful(seen: Seen, scene: Scene) -> bool:
    """Tell a one-word "person" that never speaks, such as a mistyped event, from a person."""
    person = scene.names.person_named(seen.actors[0].name)
    return person is not None and " " not in person.name and not _speaks(person, scene)


def _speaks(person: Person, scene: Scene) -> bool:
    return bool(person.roles or person.gender) or any(
        start <= i < end for start, end in person.mentions for i in scene.sources
    )


def blamed_owner(pronoun: Token) -> Token | None:
    """Return Spain for "its" in "condemned Spain for its support of the deal"."""
    noun = pronoun.head
    if pronoun.dep_ != "poss" or noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "over"}:
        return None
    return first_child(noun.head.head, "dobj")


def one_of_those(pronoun: Token) -> Token | None:
    """Return X in "X was among those who called for it"."""
    if pronoun.dep_ != "pobj" or pronoun.head.lower_ not in {"among", "of"}:
        return None
    named = first_child(clause_of(pronoun), "nsubj")
    return named if named != pronoun else None
