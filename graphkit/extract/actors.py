"""Actors of one article: from the words that name a holder or a speaker to canonical names.

`names` tells who is named; `groups`, `offices` and `bodies` tell whom a description means;
`pronouns` tells whom "he" and "it" mean; `scene` remembers who was named before.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphkit.extract import bodies, groups, offices, places, pronouns
from graphkit.extract.attribution.said import Said, SpeechIndex
from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.naming import known_actor
from graphkit.extract.roles import role_noun
from graphkit.extract.scene import HE, SHE, Scene
from graphkit.extract.syntax import RELATIVE, children, coordinated, first_child, object_of
from graphkit.statement import Actor, Span
from graphkit.word_lists import word_list

FIRST_PERSON = word_list("first_person")
_OWNERS = HE | SHE | pronouns.IT | frozenset({"my", "our"})
_INSIDE = frozenset({"amod", "nmod", "attr", "oprd"})
"""Labels of words that name nobody by themselves: "he is a critic"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor at one place: who it is and the characters that name it there."""

    actor: Actor
    span: Span


class ActorResolver:
    """Resolve the tokens of one parsed article to actors.

    Names come from the article itself (its fullest form of a name), from the gazetteer, or, for
    groups and anonymous sources, from the words of the phrase.
    """

    def __init__(self, doc: Doc, gazetteer: Gazetteer, speeches: SpeechIndex) -> None:
        self.gazetteer = gazetteer
        self.speeches = speeches
        self.scene = Scene(doc, gazetteer, speeches)
        self.names = self.scene.names
        self._known: dict[int, list[Mention]] = {}
        self._open: list[int] = []
        self._cut: set[int] = set()
        self._read(doc)
        if self._learn_owners():
            self.scene.refresh()

    def _read(self, doc: Doc) -> None:
        """Let all actors enter the scene in text order, as those before them make them known."""
        for token in doc:
            if token.lower_ in {"he", "she"}:
                self._learn_gender(token)
            if token.pos_ not in {"PROPN", "NOUN"} or token.dep_ in _INSIDE:
                continue
            is_modifier = token.dep_ == "compound"
            actor = self.names.body(token) if is_modifier else self._named_or_described(token)
            if actor is not None:
                self.scene.add(token, actor)
        self._known.clear()  # what was asked ahead of its turn may be clearer now

    def _learn_owners(self) -> bool:
        """Tell for whom they speak of whom only "its foreign minister" tells it."""
        learnt = False
        for person in self.names.people:
            if person.owner is None or person.affiliation:
                continue
            found = [mention.actor for mention in self.mentions(person.owner)]
            owner = found[0] if len(found) == 1 else None
            if owner is None or not self._was_subject(owner, person.owner):
                continue
            if owner.type != "person" or person.is_spokesperson:
                person.affiliation, learnt = owner.name, True
        if learnt:
            self._known.clear()
        return learnt

    def _was_subject(self, actor: Actor, token: Token) -> bool:
        """Tell whether a sentence shortly before a token is about an actor."""
        return any(
            seen.is_subject and seen.actor is not None and seen.actor.name == actor.name
            for seen in self.scene.before(token)
            if self.scene.distance(token, seen) <= pronouns.MEMORY
        )

    def _learn_gender(self, pronoun: Token) -> None:
        """Keep in mind that a person of unknown sex was called "she"."""
        found = self.mentions(pronoun)
        if len(found) == 1:
            self.scene.genders.setdefault(
                found[0].actor.name, "he" if pronoun.lower_ in HE else "she"
            )

    # --- the public face ------------------------------------------------------------------------

    def holders(self, token: Token) -> list[Mention]:
        """Return the actors that a holder token and its coordination name, in text order."""
        found: list[Mention] = []
        members = [
            m for m in coordinated(token) if m is token or not self._is_second_role(token, m)
        ]
        for member in [*members, *(e for m in members for e in _examples(m))]:
            for mention in self.mentions(member):
                if all(mention.actor.name != known.actor.name for known in found):
                    found.append(mention)
        return found

    def mentions(self, token: Token) -> list[Mention]:
        """Return the actors that one token names, without its coordination."""
        if token.i in self._known:
            return self._known[token.i]
        if token.i in self._open:  # a pronoun that leads back to itself means nobody
            self._cut.add(token.i)
            return []
        self._open.append(token.i)
        found = self._looked_up(token)
        self._open.pop()
        self._cut.discard(token.i)
        if not self._cut:  # else it may mean somebody when it is asked for by itself
            self._known[token.i] = found
        return found

    def entity(self, token: Token) -> Actor | None:
        """Return the actor that a topic's head names as such: a person, a body, a country."""
        if token.lower_ in HE | SHE:
            meant = self.mentions(token)
            return meant[0].actor if len(meant) == 1 else None
        found = self.names.named(token)
        office = role_noun(token, self.gazetteer) if found is None else ""
        if office:
            found = offices.officer(token, office, self.scene)
        return found if found is not None and not found.is_local else None

    def speaker_of(self, speech: Said) -> list[Mention]:
        """Return the actors that an attribution names as its source."""
        if speech.source is None:
            return []
        if speech.source.lower_ in FIRST_PERSON:
            return self.mentions(speech.source)
        return self.holders(speech.source)

    def principal(self, actor: Actor) -> Actor | None:
        """Return for whom a named spokesperson speaks, or None for anybody else."""
        person = self.names.person_named(actor.name)
        if person is None or not person.is_spokesperson or not person.affiliation:
            return None
        entry = self.gazetteer.find(person.affiliation)
        name = self.names.full_name(person.affiliation)
        return known_actor(entry) if entry is not None else self.by_name(name)

    def for_principal(self, mention: Mention) -> Mention:
        """Return a mention with the principal in place of the spokesperson."""
        return Mention(self.principal(mention.actor) or mention.actor, mention.span)

    def with_aliases(self, actor: Actor) -> Actor:
        """Return a country, an organization or a named group with its other names here."""
        if actor.type == "person" or actor.is_local:
            return actor
        return replace(actor, aliases=self.names.aliases.get(actor.name, ()))

    def by_name(self, name: str) -> Actor:
        """Return the actor behind a canonical name of this article."""
        person = self.names.person_named(name)
        if person is not None:
            return self.names.person_actor(person)
        for seen in self.scene.seen:
            if seen.actor is not None and seen.actor.name == name:
                return seen.actor
        entry = self.gazetteer.find(name)
        if entry is not None and entry.name == name:
            return known_actor(entry)
        has_name = any(char.isupper() for char in name)
        return Actor(name=name, type="organization" if has_name else "group", is_local=not has_name)

    def _is_second_role(self, first: Token, second: Token) -> bool:
        """Tell "said Steve Bell, a director, and a Republican": one person, two descriptions."""
        determiner = first_child(second, "det")
        indefinite = determiner is not None and determiner.lower_ in {"a", "an"}
        at = self.names.person_at
        return indefinite and first.i in at and second.i not in at

    # --- names and descriptions -----------------------------------------------------------------

    def _looked_up(self, token: Token) -> list[Mention]:
        if token.pos_ == "PRON" or token.lower_ in FIRST_PERSON | pronouns.PRONOUNS:
            return self._pronoun(token)
        pair = groups.both(token, self.scene) if groups.is_several(token, self.gazetteer) else ()
        actor = None if pair else self._named_or_described(token)
        span = self.names.span(token)
        return [Mention(one, span) for one in (*pair, actor) if one is not None]

    def _named_or_described(self, token: Token) -> Actor | None:
        if places.is_place(token, self.gazetteer) and places.is_where(token, self.gazetteer):
            return None
        return self.names.named(token) or self._in_apposition(token) or self._described(token)

    def _in_apposition(self, token: Token) -> Actor | None:
        """Return whom a description is an apposition to: "Ada Holm, a critic of the plan"."""
        head = token.head
        if token.dep_ != "appos" or head.pos_ != "PROPN":
            return None
        return self.names.named(head)

    def _described(self, token: Token) -> Actor | None:
        """Resolve a common noun: an office, a body, a group, an anonymous source."""
        actor = self._of_noun(token)
        if actor is None or not actor.is_local or not _is_owned(token):
            return actor
        owner = self._owner(token)
        if owner is None or owner.is_local or actor.name[0].isupper():
            return actor
        is_one = token.tag_ == "NN" and actor.type == "group"
        name = f"{owner.name}'s {actor.name}"  # "his wife" is Ada Holm's
        return replace(actor, name=name, type="person" if is_one else actor.type)

    def _of_noun(self, token: Token) -> Actor | None:
        if any(c.tag_ in {"WDT", "WP$"} or c.lower_ in {"your", "no"} for c in token.children):
            return None  # "which nations", "your friends", "no party"
        if token.pos_ not in {"NOUN", "PROPN", "NUM", "ADJ", "DET"}:
            return None
        if groups.is_quantity(token):
            return self._counted(token)
        if groups.is_group(token, self.gazetteer):
            return groups.group(token, self.scene)
        office = role_noun(token, self.gazetteer)
        if office:
            return self._principal(token, office) or offices.officer(token, office, self.scene)
        lemma, nouns = token.lemma_.lower(), self.gazetteer.nouns
        if lemma in nouns["bodies"]:
            return self._body(token)
        if lemma in nouns["people"] or lemma in nouns["anonymous"]:
            return offices.unnamed(token, self.scene)
        return None

    def _counted(self, token: Token) -> Actor | None:
        noun = groups.counted_noun(token)
        inner = self._named_or_described(noun) if noun is not None else None
        return groups.counted(token, self.scene, inner)

    def _principal(self, token: Token, office: str) -> Actor | None:
        """Return the person for whom a nameless spokesperson speaks: "his spokesman"."""
        if office not in self.gazetteer.nouns["spokespeople"]:
            return None
        preposition = first_child(token, "prep")
        owner = first_child(token, "poss") or (object_of(preposition) if preposition else None)
        found = self.mentions(owner) if owner is not None else []
        return found[0].actor if len(found) == 1 else None

    def _body(self, token: Token) -> Actor | None:
        owner = self._owner(token)
        if owner is not None or _is_owned(token):
            owned = bodies.owned_body(token, owner, self.scene) if owner is not None else None
            if owned is not None or token.lemma_.lower() in bodies.STATES | bodies.GOVERNMENTS:
                return owned
        return self._speakers_state(token) or bodies.body(token, self.scene)

    def _speakers_state(self, token: Token) -> Actor | None:
        """Return Sweden for "the country" in what the Swedish premier says."""
        if token.lemma_.lower() not in bodies.STATES or len(list(token.children)) != 1:
            return None
        speech = self.speeches.at(token)
        speakers = self._speaker(speech, token) if first_child(token, "det") is not None else []
        if len(speakers) != 1 or token.doc[token.i - 1].lower_ != "the":
            return None
        return bodies.owned_body(token, speakers[0].actor, self.scene)

    def _owner(self, token: Token) -> Actor | None:
        """Return whom a pronoun or "his country's" before a noun means."""
        possessor = first_child(token, "poss")
        if possessor is None or not _is_owned(token):
            return None
        owners = self.mentions(possessor)
        return owners[0].actor if len(owners) == 1 else None

    # --- pronouns -------------------------------------------------------------------------------

    def _pronoun(self, token: Token) -> list[Mention]:
        text, speech = token.lower_, self.speeches.at(token)
        if text in FIRST_PERSON:
            return self._speaker(speech, token)
        if text == "those":
            among = pronouns.one_of_those(token)
            return self.holders(among) if among is not None else []
        blamed = pronouns.blamed_owner(token)
        if blamed is not None:
            return self.holders(blamed)
        if text in RELATIVE:
            clause = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            return self.holders(clause.head) if clause is not None else []
        if text in groups.QUANTITIES:
            actor = self._counted(token)
            return [Mention(actor, self.names.span(token))] if actor else []
        return self._personal(token, speech)

    def _personal(self, token: Token, speech: Said | None) -> list[Mention]:
        """Resolve "he", "it" or "they": in reported speech rather to its speaker."""
        text = token.lower_
        speakers = self._speaker(speech, token)
        if speech is not None and speech.quote == "indirect" and speech.source is not None:
            actors = [mention.actor for mention in speakers]
            if pronouns.agrees(text, actors, speech.source):
                return speakers
        names = {m.actor.name for m in speakers} if text in HE | SHE else set()
        seen = pronouns.last_meant(token, self.scene, speakers=names, is_quoted=speech is not None)
        span = token.idx, token.idx + len(token)
        return [Mention(actor, span) for actor in seen.actors] if seen is not None else []

    def _speaker(
        self, speech: Said | None, token: Token, inner: tuple[Said, ...] = ()
    ) -> list[Mention]:
        """Return who says the words around a token: for "I said" whoever says that, and so on.

        ``inner`` are the speeches on the way out: a wrong parse may put two inside each other.
        """
        if speech is None or speech.source is None or speech.source.i == token.i:
            return []
        found: list[Mention] = []
        for member in coordinated(speech.source):
            if member.lower_ in FIRST_PERSON:
                outer = self.speeches.at(speech.cue)
                if outer not in (speech, *inner):
                    found.extend(self._speaker(outer, member, (speech, *inner)))
            else:
                found.extend(self.mentions(member))
        return found


def _is_owned(noun: Token) -> bool:
    """Tell "his party", "our army" and "the country's army" from "Poland's army"."""
    possessor = first_child(noun, "poss")
    if possessor is None:
        return False
    return possessor.lower_ in _OWNERS or possessor.lemma_.lower() in bodies.STATES


def _examples(group: Token) -> list[Token]:
    """Return the members that a phrase names: "others, like Sen. Holm", "including Berlin"."""
    found = []
    for preposition in children(group, "prep"):
        if preposition.lower_ in {"like", "including"} or preposition.text == "such":
            named = object_of(preposition)
            if named is not None and named.pos_ == "PROPN":
                found += coordinated(named)
    return found
