"""Actors of one article: from the words that name a holder or a speaker to canonical names."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import Said, SpeechIndex
from graphkit.extract.gazetteer import Entry, Gazetteer
from graphkit.extract.naming import Names, known_actor
from graphkit.extract.persons import Person, affiliation_of, role_noun
from graphkit.extract.syntax import (
    RELATIVE,
    SUBJECTS,
    children,
    clause_of,
    coordinated,
    first_child,
    object_of,
)
from graphkit.extract.words import words
from graphkit.statement import Actor, ActorType, Span

FIRST_PERSON = words("first_person")
HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
QUANTITIES = words("quantities")
MEMORY = 4
"""How many sentences back a pronoun may reach."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor at one place: who it is and the characters that name it there."""

    actor: Actor
    span: Span


@dataclass(frozen=True, slots=True)
class _Seen:
    """An actor's mention as a candidate for a later pronoun or description."""

    token: Token
    actor: Actor
    sentence: int
    is_subject: bool
    is_quoted: bool


class ActorResolver:
    """Resolve the tokens of one parsed article to actors.

    Names come from the article itself (its fullest form of a name), from the gazetteer, or, for
    groups and anonymous sources, from the words of the phrase.
    """

    def __init__(self, doc: Doc, gazetteer: Gazetteer, speeches: SpeechIndex) -> None:
        self.doc = doc
        self.gazetteer = gazetteer
        self.speeches = speeches
        self.names = Names(doc, gazetteer)
        self.people = self.names.people
        self._sentence = {t.i: n for n, sent in enumerate(doc.sents) for t in sent}
        self._sources = {s.source.i for s in speeches.speeches if s.source is not None}
        self._resolved: dict[int, list[Mention]] = {}
        self._seen = self._candidates()

    # --- the public face ------------------------------------------------------------------------

    def holders(self, token: Token) -> list[Mention]:
        """Return the actors that a holder token and its coordination name, in text order."""
        mentions: list[Mention] = []
        members = [
            m for m in coordinated(token) if m is token or not self._is_second_role(token, m)
        ]
        for member in [*members, *(e for m in members for e in _examples(m))]:
            for mention in self._resolve(member):
                if all(mention.actor.name != known.actor.name for known in mentions):
                    mentions.append(mention)
        return mentions

    def _is_second_role(self, first: Token, second: Token) -> bool:
        """Tell "said Steve Bell, a director, and a Republican": one person, two descriptions."""
        determiner = first_child(second, "det")
        indefinite = determiner is not None and determiner.lower_ in {"a", "an"}
        return (
            indefinite and first.i in self.names.person_at and second.i not in self.names.person_at
        )

    def entity(self, token: Token) -> Actor | None:
        """Return the actor that a topic's head names as such: a person, a body, a country."""
        if token.lower_ in HE | SHE:
            mentions = self._resolve(token)
            return mentions[0].actor if len(mentions) == 1 else None
        found = self.names.named(token)
        office = role_noun(token, self.gazetteer) if found is None else ""
        if office:
            found = self._officer(token, office)
        return found if found is not None and not found.is_local else None

    def speaker_of(self, speech: Said) -> list[Mention]:
        """Return the actors that an attribution names as its source."""
        if speech.source is None:
            return []
        if speech.source.lower_ in FIRST_PERSON:
            return self._pronoun(speech.source)
        return self.holders(speech.source)

    def by_name(self, name: str) -> Actor:
        """Return the actor behind a canonical name of this article."""
        for person in self.people:
            if person.name == name:
                return self.names.person_actor(person)
        for seen in self._seen:
            if seen.actor.name == name:
                return seen.actor
        entry = self.gazetteer.find(name)
        if entry is not None and entry.name == name:
            return known_actor(entry)
        has_name = any(char.isupper() for char in name)
        return Actor(name=name, type="organization" if has_name else "group", is_local=not has_name)

    def _resolve(self, token: Token) -> list[Mention]:
        if token.i not in self._resolved:
            self._resolved[token.i] = []  # a pronoun that leads back to itself means nobody
            self._resolved[token.i] = self._looked_up(token)
        return self._resolved[token.i]

    def _looked_up(self, token: Token) -> list[Mention]:
        if token.pos_ == "PRON" or token.lower_ in FIRST_PERSON | HE | SHE | THEY | IT:
            return self._pronoun(token)
        actor = self.names.named(token) or self._described(token)
        return [Mention(actor, self.names.span(token))] if actor is not None else []

    # --- descriptions ---------------------------------------------------------------------------

    def _described(self, token: Token) -> Actor | None:
        """Resolve a common noun: an office, a body, a group, an anonymous source."""
        if any(c.tag_ in {"WDT", "WP$"} or c.lower_ in {"your", "no"} for c in token.children):
            return None  # "which nations", "your friends", "no party"
        if token.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ", "DET"}:
            return None
        lemma, nouns = token.lemma_.lower(), self.gazetteer.nouns
        if lemma in QUANTITIES or token.lower_ in QUANTITIES:
            return self._quantity(token)
        if token.tag_ in {"NNS", "NNPS"} and self._is_people(lemma):
            return self._group(token)
        office = role_noun(token, self.gazetteer)
        if office:
            return self._officer(token, office)
        if lemma in nouns["bodies"]:
            return self._body(token, lemma)
        if lemma in nouns["people"] or lemma in nouns["anonymous"]:
            return self._unnamed(token)
        return None

    def _is_people(self, lemma: str) -> bool:
        nouns = self.gazetteer.nouns
        kinds = ("people", "offices", "anonymous", "spokespeople", "bodies")
        return any(lemma in nouns[kind] for kind in kinds) or lemma.endswith(
            ("er", "or", "ist", "ian", "crat")
        )

    def _quantity(self, token: Token) -> Actor | None:
        preposition = first_child(token, "prep")
        inner = (
            object_of(preposition)
            if preposition is not None and preposition.lower_ == "of"
            else None
        )
        if inner is not None:
            if inner.pos_ == "PRON":
                return None
            known = self.names.named(inner) or self._described(inner)
            return (
                Actor(
                    name=self.names.phrase(token),
                    type="group",
                    is_local=True,
                )
                if known
                else None
            )
        if token.tag_ in {"NNS", "NNPS"} and self._is_people(token.lemma_.lower()):
            return self._group(token)
        if token.dep_ in SUBJECTS and token.lower_ in {
            "some",
            "many",
            "others",
            "most",
            "several",
            "few",
        }:
            return Actor(name=self._of_last_group(token), type="group", is_local=True)
        return None

    def _of_last_group(self, token: Token) -> str:
        """Complete "most have proposed it" by the group last spoken of."""
        for seen in reversed(self._seen):
            if seen.token.i < token.i and seen.actor.type == "group":
                words = [w for w in seen.actor.name.split() if w.lower() not in QUANTITIES]
                return " ".join([token.lower_.replace("others", "other"), *words])
        return token.lower_

    def _group(self, token: Token) -> Actor:
        name = self.names.phrase(token)
        if " " not in name and first_child(token, "det") is not None:
            for seen in reversed(self._seen):
                if (
                    seen.token.i < token.i
                    and seen.actor.type == "group"
                    and seen.token.lemma_ == token.lemma_
                ):
                    return seen.actor
        return Actor(name=name, type="group", is_local=True)

    def _officer(self, token: Token, office: str) -> Actor | None:
        """Resolve "the French president", "the spokesman" to a person or the principal."""
        place = affiliation_of([t for t in token.subtree if t.dep_ != "relcl"], self.gazetteer)
        holders = [p for p in self.people if any(_same_office(office, role) for role in p.roles)]
        fitting = [p for p in holders if not place or not p.affiliation or p.affiliation == place]
        determiner = first_child(token, "det")
        indefinite = determiner is not None and determiner.lower_ in {"a", "an", "another", "any"}
        if fitting and not indefinite and token.tag_ not in {"NNS", "NNPS"}:
            earlier = [p for p in fitting if p.mentions[0][0] < token.i]
            person = max(
                earlier or fitting,
                key=lambda p: max(
                    (s for s, _ in p.mentions if s < token.i), default=-p.mentions[0][0]
                ),
            )
            return self.names.person_actor(person)
        if office in self.gazetteer.nouns["spokespeople"] and place:
            entry = self.gazetteer.find(place)
            return (
                known_actor(entry) if entry is not None else Actor(name=place, type="organization")
            )
        return self._unnamed(token, represents=place)

    def _body(self, token: Token, lemma: str) -> Actor | None:
        """Resolve "the German government", "the alliance", "his country", "the committee"."""
        possessor = first_child(token, "poss")
        if (
            lemma in {"country", "nation", "government", "state"}
            and possessor is not None
            and possessor.lower_ in HE | SHE
        ):
            owner = next((m for m in self._pronoun(possessor)), None)
            entry = self.gazetteer.find(owner.actor.represents) if owner else None
            return known_actor(entry) if entry is not None else None
        place = affiliation_of(
            [
                t
                for t in token.subtree
                if (t.dep_ not in {"relcl", "acl"} and t.head == token) or t.head.dep_ == "prep"
            ],
            self.gazetteer,
        )
        entry = self.gazetteer.find(place) if place else None
        if (
            entry is not None
            and entry.type == "country"
            and lemma in {"government", "administration", "leadership", "regime", "state"}
        ):
            return known_actor(entry)
        name = self.names.phrase(token)
        determiner = first_child(token, "det")
        if determiner is not None and determiner.lower_ == "the" and name.islower():
            known = self._last_body(token, name)
            if known is not None:
                return known
        if " " in name:
            return Actor(
                name=name, type="organization", is_local=not any(c.isupper() for c in name)
            )
        return Actor(name=name, type="organization", is_local=True)

    def _last_body(self, token: Token, name: str) -> Actor | None:
        for seen in reversed(self._seen):
            if seen.token.i >= token.i:
                continue
            actor = seen.actor
            words = actor.name.casefold().split()
            lemma = token.lemma_.lower()
            if lemma in {"country", "nation"} and actor.type == "country":
                return actor
            if actor.type == "organization" and (
                set(name.split()) <= set(words)
                or _kind_fits(lemma, self.gazetteer.find(actor.name))
            ):
                return actor
        return None

    def _unnamed(self, token: Token, represents: str = "") -> Actor:
        name = self.names.phrase(token)
        return Actor(name=name, type="group", represents=represents, is_local=True)

    # --- pronouns -------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Mention]:
        text = token.lower_
        speech = self.speeches.at(token)
        if text in FIRST_PERSON:
            return self._speaker(speech, token) if speech is not None else []
        if text == "those":
            return self._among(token)
        blamed = _blamed_owner(token)
        if blamed is not None:
            return self.holders(blamed)
        if text in RELATIVE:
            clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            return self.holders(clause.head) if clause is not None else []
        if text in QUANTITIES:
            actor = self._quantity(token)
            return [Mention(actor, self.names.span(token))] if actor else []
        if speech is not None and speech.quote == "indirect" and speech.source is not None:
            speakers = self._speaker(speech, token)
            if _agree(text, speakers, len(coordinated(speech.source))):
                return speakers
        return self._recent(token, text, speech)

    def _among(self, token: Token) -> list[Mention]:
        """Resolve "X was among those who called for it" to X."""
        if token.dep_ == "pobj" and token.head.lower_ in {"among", "of"}:
            clause = clause_of(token)
            named = first_child(clause, "nsubj")
            return self.holders(named) if named is not None and named != token else []
        return []

    def _speaker(self, speech: Said | None, token: Token) -> list[Mention]:
        if speech is None or speech.source is None or speech.source.i == token.i:
            return []
        found: list[Mention] = []
        for member in coordinated(speech.source):
            if member.lower_ in FIRST_PERSON:
                outer = self.speeches.at(speech.cue)
                if outer is not speech:
                    found.extend(self._speaker(outer, member))
            else:
                found.extend(self._resolve(member))
        return found

    def _recent(self, token: Token, text: str, speech: Said | None) -> list[Mention]:
        here = self._sentence[token.i]
        speakers = (
            {m.actor.name for m in self._speaker(speech, token)}
            if speech and text not in IT | THEY
            else set()
        )
        best: tuple[float, _Seen] | None = None
        for seen in self._seen:
            distance = here - self._sentence[seen.token.i]
            if self._is_doubtful(seen):
                continue
            if (
                seen.token.i >= token.i
                or distance > MEMORY
                or not _fits(text, seen, self._gender(seen))
            ):
                continue
            if seen.actor.name in speakers or seen.token.head == token.head:
                continue
            weight = (
                0.6**distance
                * (2.0 if seen.is_subject else 1.0)
                * (0.6 if seen.is_quoted and speech is None else 1.0)
            )
            if best is None or weight >= best[0]:
                best = (weight, seen)
        if best is None:
            return []
        return [Mention(best[1].actor, (token.idx, token.idx + len(token)))]

    def _is_doubtful(self, seen: _Seen) -> bool:
        """Tell a one-word "person" that never speaks, such as a mistyped event, from a person."""
        person = self.names.person_at.get(seen.token.i)
        return person is not None and " " not in person.name and not self._speaks(person)

    def _speaks(self, person: Person) -> bool:
        return bool(person.roles or person.gender) or any(
            start <= i < end for start, end in person.mentions for i in self._sources
        )

    def _gender(self, seen: _Seen) -> str:
        person = self.names.person_at.get(seen.token.i)
        return person.gender if person is not None else ""

    def _candidates(self) -> list[_Seen]:
        seen: list[_Seen] = []
        sources = {
            said.source.i
            for said in self.speeches.speeches
            if said.source is not None and said.is_speech
        }
        for token in self.doc:
            if token.pos_ not in {"PROPN", "NOUN"} or token.dep_ in {"compound", "amod", "nmod"}:
                continue
            actor = self.names.named(token) or self._described_simply(token)
            if actor is not None:
                speech = self.speeches.at(token)
                quoted = speech is not None
                subject = token.dep_ in SUBJECTS or (
                    token.dep_ == "appos" and token.head.dep_ in SUBJECTS
                )
                subject = subject or token.i in sources
                seen.append(_Seen(token, actor, self._sentence[token.i], subject, quoted))
        return seen

    def _described_simply(self, token: Token) -> Actor | None:
        """Describe groups and unnamed people only: bodies and offices may point back themselves."""
        lemma, nouns = token.lemma_.lower(), self.gazetteer.nouns
        if token.tag_ in {"NNS", "NNPS"} and any(
            lemma in nouns[k] for k in ("people", "offices", "anonymous")
        ):
            return Actor(name=self.names.phrase(token), type="group", is_local=True)
        return None


def _blamed_owner(pronoun: Token) -> Token | None:
    """Return Spain for "its" in "condemned Spain for its support of the deal"."""
    noun = pronoun.head
    if pronoun.dep_ != "poss" or noun.dep_ != "pobj" or noun.head.lower_ not in {"for", "over"}:
        return None
    return first_child(noun.head.head, "dobj")


def _examples(group: Token) -> list[Token]:
    """Return the members that a phrase names: "others, like Sen. McCain", "including Berlin"."""
    found = []
    for preposition in children(group, "prep"):
        if preposition.lower_ in {"like", "including"} or preposition.text == "such":
            named = object_of(preposition)
            if named is not None and named.pos_ == "PROPN":
                found += coordinated(named)
    return found


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
    "agency": {"government", "international"},
    "department": {"government"},
    "ministry": {"government"},
    "organization": {"ngo", "international"},
    "organisation": {"ngo", "international"},
    "network": {"media"},
    "newspaper": {"media"},
}
"""Which kinds of the gazetteer a common noun may point back to."""


def _same_office(office: str, role: str) -> bool:
    """Tell whether "the minister" may mean a foreign minister; "the president" is no vice one."""
    if {"vice", "deputy"} & (set(office.split()) ^ set(role.split())):
        return False
    return office in role or role in office


def _kind_fits(lemma: str, entry: Entry | None) -> bool:
    return entry is not None and entry.kind in _KINDS.get(lemma, set())


def _agree(pronoun: str, speakers: Sequence[Mention], sources: int) -> bool:
    """Tell whether a pronoun in reported speech can mean its speakers."""
    if not speakers:
        return False
    types: set[ActorType] = {mention.actor.type for mention in speakers}
    if pronoun in THEY:
        return sources > 1 or types <= {"group", "organization", "country"}
    if pronoun in HE | SHE:
        return len(speakers) == 1 and types <= {"person", "group"}
    return pronoun in IT and len(speakers) == 1 and types <= {"organization", "country"}


def _fits(pronoun: str, seen: _Seen, gender: str) -> bool:
    if pronoun in HE | SHE:
        wanted = "he" if pronoun in HE else "she"
        return seen.actor.type == "person" and gender in {"", wanted}
    if pronoun in THEY:
        return seen.actor.type == "group"
    return pronoun in IT and seen.actor.type in {"organization", "country"}
