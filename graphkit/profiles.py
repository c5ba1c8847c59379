"""The profiles of actors in a store, found by their index keys, and who they are."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.curation import Curation
from graphkit.linking import Identity, Profile, identify, tell_apart
from graphkit.quad_store import QuadStore
from graphkit.rdf import profile_node, term
from graphkit.statement import ActorType
from graphkit.vocabulary import Iris

_FIELDS = {
    term("gk:profileName"): "name",
    term("gk:profileType"): "type",
    term("gk:country"): "country",
    term("gk:profileRole"): "role",
    term("gk:identifier"): "id",
}
_FLAGS = {term("gk:isKnown"): "is_known", term("gk:isLocal"): "is_local"}


class ProfileReader:
    """Reads profiles from a store, each once: what an IRI of a profile stands for never changes."""

    def __init__(self, store: QuadStore) -> None:
        self._store = store
        self._known: dict[str, Profile] = {}

    def read(self, iri: str) -> Profile:
        """Return the profile with an IRI."""
        if iri not in self._known:
            quads = self._store.quads_for_pattern(NamedNode(iri), None, None)
            self._known[iri] = read_profile(quads)
        return self._known[iri]

    def is_told(self, mention: NamedNode) -> bool:
        """Tell whether an article has a mention."""
        quads = self._store.quads_for_pattern(mention, term("gk:profile"), None)
        return next(quads, None) is not None

    def having(self, predicate: str, value: NamedNode | Literal) -> list[Profile]:
        """Return the profiles with a value, such as an index key."""
        quads = self._store.quads_for_pattern(None, term(predicate), value)
        return [self.read(_iri(quad.subject)) for quad in quads]


def read_profile(quads: Iterable[Quad]) -> Profile:
    """Return the profile that quads with one subject tell."""
    values: dict[str, Any] = {}
    acronyms = []
    for quad in quads:
        value: Any = quad.object
        if quad.predicate in _FIELDS:
            values[_FIELDS[quad.predicate]] = value.value
        elif quad.predicate in _FLAGS:
            values[_FLAGS[quad.predicate]] = True
        elif quad.predicate == term("gk:acronym"):
            acronyms.append(value.value)
    return Profile(**values, acronyms=tuple(sorted(acronyms)))


def _iri(node: Any) -> str:
    return str(node.value)


class Linker:
    """Who the mentions of a store are, as it is or as it will be after a change.

    `added` and `removed` are the profiles that make the difference. Nothing is searched: the work
    for a profile depends on how many others have its name, office or acronym.
    """

    def __init__(
        self,
        reader: ProfileReader,
        iris: Iris,
        curation: Curation,
        added: Collection[Profile] = (),
        removed: Collection[Profile] = (),
    ) -> None:
        self._reader = reader
        self.iris = iris
        self.curation = curation
        self._removed = frozenset(removed)
        self._added: dict[str, list[Profile]] = defaultdict(list)
        for profile in added:
            for key in profile.keys:
                self._added[key].append(profile)
        self._new = {profile_node(profile, iris).value: profile for profile in added}
        self._known: dict[Profile, Identity | None] = {}
        self._told_apart: dict[str, Mapping[Profile, Identity]] = {}
        self._touched: set[Profile] = set(added)

    def profile(self, iri: str) -> Profile:
        """Return the profile with an IRI."""
        return self._new[iri] if iri in self._new else self._reader.read(iri)

    def bucket(self, key: str) -> list[Profile]:
        """Return the profiles under an index key."""
        stored = self._reader.having("gk:key", Literal(key))
        return [p for p in stored if p not in self._removed] + self._added.get(key, [])

    def identify(self, profile: Profile) -> Identity | None:
        """Return who a profile is by what all articles tell; None is left to its article."""
        if profile not in self._known:
            self._known[profile] = identify(profile, self.bucket, self._namesakes)
        return self._known[profile]

    def _namesakes(self, key: str) -> Mapping[Profile, Identity]:
        if key not in self._told_apart:
            self._told_apart[key] = tell_apart(self.bucket(key))
        return self._told_apart[key]

    def linked(self, profile: Profile, article: str, name: str) -> str:
        """Return the IRI that the linking gives a mention, before the user's corrections."""
        identity = self.identify(profile)
        if identity is None:
            return self.iris.local_actor(article, name)
        return self.iris.actor(identity.iri_name)

    def actor(self, profile: Profile, article: str, name: str) -> str:
        """Return the IRI of the actor of a mention, by linking and corrections."""
        return self.curation.outcome(self.linked(profile, article, name), name, article)

    def is_linked(self, iri: str) -> bool:
        """Tell whether some article mentions an actor whom the linking, too, gives this IRI."""
        mention = NamedNode(iri.replace("#", "#actor=", 1))  # of an actor of one article
        return bool(self._reader.having("gk:identifies", NamedNode(iri))) or (
            "#" in iri and self._reader.is_told(mention)
        )

    def described(self, iri: str, mention: Profile | None = None) -> tuple[str, ActorType]:
        """Return the label and the type of an actor; `mention` is how an article shows it.

        Names are told best by articles, types by the user. Without a mention it is an actor that
        the user says another speaks for.
        """
        made = self.curation.made(iri)
        told = self._told(iri, mention) or made or self.curation.named(iri)
        if told is None:
            told = (mention.name, mention.type) if mention else (self.iris.name(iri), "person")
        return self.curation.label(iri) or told[0], (made or told)[1]

    def related(self) -> set[Profile]:
        """Return the profiles that stay, and may be of other actors after the change."""
        changed = [p for p in (*self._new.values(), *self._removed) if not p.is_local]
        namesakes = {p for key in {c.name_key for c in changed} for p in self.bucket(key)}
        keys = {key for profile in (*namesakes, *changed) for key in profile.seekers}
        others = {p for key in keys for p in self.bucket(key)}
        self._touched |= namesakes | others
        return (namesakes | others) - {*self._new.values()}

    def _told(self, iri: str, mention: Profile | None) -> tuple[str, ActorType] | None:
        """Return label and type of an actor that articles tell by itself."""
        stored = self._reader.having("gk:identifies", NamedNode(iri))
        known = (profile for profile in stored if profile not in self._removed)
        own = [mention] if mention and mention not in self._removed else []
        for profile in itertools.chain(own, known, self._touched):
            identity = self.identify(profile)
            if identity is not None and self.iris.actor(identity.iri_name) == iri:
                return identity.label, identity.type
        return None


def identity_quads(linker: Linker, profiles: Iterable[Profile]) -> set[Quad]:
    """Return the quads that tell which actors profiles identify."""
    iris = linker.iris
    home = NamedNode(iris.graph("profiles"))
    return {
        Quad(
            profile_node(profile, iris),
            term("gk:identifies"),
            NamedNode(iris.actor(identity.iri_name)),
            home,
        )
        for profile in profiles
        if (identity := linker.identify(profile)) is not None
    }
