"""Who has been named so far in an article: the candidates for a pronoun or a description."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import SpeechIndex
from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.naming import Names
from graphkit.extract.roles import Gender
from graphkit.extract.syntax import SUBJECTS, coordinated
from graphkit.statement import Actor

HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
DEFINITE = frozenset({"the", "this", "that"})
INDEFINITE = frozenset({"a", "an", "another", "any"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One or, in a coordination, several actors that were named at a token."""

    token: Token
    actors: tuple[Actor, ...]
    sentence: int
    is_subject: bool
    is_quoted: bool
    is_officer: bool
    """Whether a noun for one person names it: "a senior official"."""
    is_modifier: bool
    """Whether it only modifies a noun: "any NATO country"."""

    @property
    def actor(self) -> Actor | None:
        """Return the actor where it is one."""
        return self.actors[0] if len(self.actors) == 1 else None

    @property
    def is_one_person(self) -> bool:
        """Tell a person from a group and a body; one without a name is a subject told of."""
        actor = self.actor
        if actor is None or self.is_modifier:
            return False
        is_told = self.is_officer and self.is_subject and not self.is_quoted
        return is_told or (actor.type == "person" and not actor.is_local)


class Scene:
    """The actors of one parsed article, in the order in which they enter."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer, speeches: SpeechIndex) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.names = Names(doc, gazetteer)
        self.seen: list[Seen] = []
        self.genders: dict[str, Gender] = {p.name: p.gender for p in self.names.people if p.gender}
        self._speeches = speeches
        self._sentence = {t.i: n for n, sent in enumerate(doc.sents) for t in sent}
        self.sources = frozenset(s.source.i for s in speeches.speeches if s.source is not None)

    def add(self, token: Token, actor: Actor) -> None:
        """Let an actor enter; with the last of a coordination, all its members do so together."""
        self._enter(token, (actor,))
        first = token
        while first.dep_ == "conj":
            first = first.head
        members = coordinated(first)
        if first is token or members[-1] != token:
            return
        inside = {member.i for member in members}
        together = {s.actors[0].name: s.actors[0] for s in self.seen if s.token.i in inside}
        if len(together) > 1:
            self._enter(first, tuple(together.values()))

    def _enter(self, token: Token, actors: tuple[Actor, ...]) -> None:
        host = token.head if token.dep_ == "appos" else token
        is_subject = host.dep_ in SUBJECTS or token.i in self.sources
        self.seen.append(
            Seen(
                token,
                actors,
                self._sentence[token.i],
                is_subject=is_subject,
                is_quoted=self._speeches.at(token) is not None,
                is_officer=self._is_officer(token),
                is_modifier=token.dep_ == "compound",
            )
        )

    def _is_officer(self, token: Token) -> bool:
        kinds = ("offices", "spokespeople", "people", "anonymous")
        lemma = token.lemma_.lower()
        return token.tag_ == "NN" and any(lemma in self.gazetteer.nouns[kind] for kind in kinds)

    def refresh(self) -> None:
        """Read the persons anew: more may be known of them than when they entered."""
        people = {p.name: self.names.person_actor(p) for p in self.names.people}
        self.seen = [
            replace(seen, actors=tuple(people.get(a.name, a) for a in seen.actors))
            for seen in self.seen
        ]

    def before(self, token: Token) -> Iterator[Seen]:
        """Return who was named before a token, the last one first."""
        return (seen for seen in reversed(self.seen) if seen.token.i < token.i)

    def distance(self, token: Token, seen: Seen) -> int:
        """Return how many sentences lie between an actor's mention and a later token."""
        return self._sentence[token.i] - seen.sentence
