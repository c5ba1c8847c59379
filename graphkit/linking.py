"""Which actors of different articles are one: the same profiles always give the same actors.

An article tells a *profile* of each actor. Profiles with the same full name are one actor, unless
their types or what tells namesakes apart (identifier, middle initials, country) conflict; then each
gets a name that says so. A surname alone is nobody outside of its article, but with an office that
one full name holds, too, it is that person; an acronym is the one organization that it is short
for. None of this depends on the order in which articles come.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graphkit.folding import fold, without_accents
from graphkit.statement import Actor, ActorType

Bucket = Callable[[str], Collection["Profile"]]
"""All profiles that stand under an index key."""

_TYPE_ORDER: Sequence[ActorType] = ("country", "person", "organization", "group")
"""Of namesakes of several types, the first keeps its bare name."""

_REGNAL = frozenset({"pope", "king", "queen", "prince", "princess", "emperor", "empress", "sultan"})
"""Titles with which one name is a full name: "Pope Francis"."""

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
_INITIALS = 3  # two letters are short for too many things
_SMALL_WORDS = frozenset({"a", "an", "and", "de", "for", "in", "of", "on", "the", "to"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: the name to show, the type, and the name that makes the IRI."""

    label: str
    type: ActorType
    iri_name: str


@dataclass(frozen=True)
class Profile:
    """What an article tells of an actor that helps to find it in other articles.

    `country` is the one that the actor speaks for in the end, `acronyms` are the short forms of an
    organization's name. What `is_local` means something in its article only.
    """

    name: str
    type: ActorType
    country: str = ""
    role: str = ""
    id: str = ""
    acronyms: tuple[str, ...] = ()
    is_known: bool = False
    is_local: bool = False

    @cached_property
    def words(self) -> list[str]:
        """The words of the name, folded; those of an unfoldable name are the name itself."""
        plain = _acronym(self.name) or self.name.replace(".", " ")
        return fold(plain).removeprefix("the ").split() or [self.name]

    @cached_property
    def middle(self) -> str:
        """The initials between a person's first and last name: "w" of "Ada W. Holt"."""
        first, *others = self.words
        is_person = self.type == "person" and not self.is_known and len(first) > 1
        return " ".join(word for word in others[:-1] if len(word) == 1) if is_person else ""

    @cached_property
    def key(self) -> str:
        """The name as all articles write it that mean this actor."""
        words = [self.words[0], *self.words[1:]]
        if self.middle:
            words = [w for i, w in enumerate(words) if len(w) > 1 or i in {0, len(words) - 1}]
        if self.is_regnal:
            words.insert(0, self.role)
        return " ".join(words)

    @cached_property
    def acronym(self) -> str:
        """The acronym that is all of an organization's name, or ""."""
        is_body = self.type in {"organization", "group"} and not self.is_known
        return _acronym(self.name) if is_body else ""

    @cached_property
    def is_weak(self) -> bool:
        """Tell what names nobody outside of its article: "Holt" and "A. Holt"."""
        if self.type != "person" or self.is_known or self.id or self.is_regnal:
            return False
        return len(self.words) == 1 or (len(self.words) == 2 and len(self.words[0]) == 1)

    @property
    def is_regnal(self) -> bool:
        """Tell whether the title makes one name a full one."""
        return self.type == "person" and len(self.words) == 1 and self.role in _REGNAL

    @cached_property
    def name_key(self) -> str:
        """The index key of all profiles with the same name."""
        return f"name:{self.key}"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """All index keys, each once."""
        keys = [text_key(self.name), self.name_key]
        if self.type == "person" and self.role and not self.is_local:
            keys.append(_sought(self.office_key) if self.is_weak else self.office_key)
        if self.type in {"organization", "group"} and not self.is_local:
            keys += [f"acronym:{short}" for short in sorted(self.short_forms)]
        if self.acronym and not self.is_local:
            keys.append(_sought(f"acronym:{self.acronym}"))
        return tuple(keys)

    @property
    def seekers(self) -> list[str]:
        """The index keys of profiles whose identity may depend on this one."""
        return [_sought(key) for key in self.keys if key.startswith(("office:", "acronym:"))]

    @cached_property
    def office_key(self) -> str:
        """The index key of who has this surname and office."""
        return f"office:{self.words[-1]}, {self.role}"

    @cached_property
    def short_forms(self) -> frozenset[str]:
        """The acronyms that may stand for an organization, and the one that is its name."""
        told = {_acronym(short) for short in self.acronyms}
        return frozenset({*told, self.acronym, _initials(self.name)} - {""})

    def explains(self, acronym: str) -> bool:
        """Tell whether an article says that the acronym is short for this name."""
        return acronym in map(_acronym, self.acronyms)


def text_key(name: str) -> str:
    """Return the index key of all profiles whose name is written so, but for case and accents."""
    return f"text:{fold(name)}"


def _sought(key: str) -> str:
    return f"sought {key}"


def profile_of(actor: Actor, actors: Iterable[Actor]) -> Profile:
    """Return the profile of an actor of an article; `actors` are all of that article."""
    is_body = actor.type in {"organization", "group"} and not actor.is_local
    return Profile(
        name=actor.name,
        type=actor.type,
        country="" if actor.is_local else _country(actor, {one.name: one for one in actors}),
        role="" if actor.is_local else actor.role,
        id=actor.id,
        acronyms=tuple(sorted(filter(_acronym, actor.aliases))) if is_body else (),
        is_known=actor.is_known,
        is_local=actor.is_local,
    )


Namesakes = Callable[[str], Mapping["Profile", "Identity"]]
"""Who the full names under a name's index key are; see `tell_apart`."""


def identify(profile: Profile, bucket: Bucket, namesakes: Namesakes) -> Identity | None:
    """Return who a profile is among all others, or None where only its article can tell."""
    if profile.is_local:
        return None
    if profile.is_weak:
        return _only(_holders(profile, bucket), namesakes)
    if profile.acronym:
        found = _only(_long_forms(profile, bucket), namesakes)
        if found is not None:
            return found
    return namesakes(profile.name_key)[profile]


# --- names --------------------------------------------------------------------------------------


def _acronym(name: str) -> str:
    return name.replace(".", "") if _ACRONYM.fullmatch(name) else ""


def _initials(name: str) -> str:
    words = [word for word in re.split(r"[\s-]+", name) if word.casefold() not in _SMALL_WORDS]
    is_name = len(words) >= _INITIALS and all(word[:1].isupper() for word in words)
    return "".join(word[0] for word in words) if is_name else ""


def _country(actor: Actor, actors: dict[str, Actor]) -> str:
    """Return the country that an actor speaks for, over others if need be, or ""."""
    seen = {actor.name}
    while actor.represents and actor.represents not in seen:
        seen.add(actor.represents)
        above = actors.get(actor.represents)
        if above is None:
            return ""
        if above.type == "country":
            return above.name
        actor = above
    return ""


# --- surnames and acronyms ----------------------------------------------------------------------


def _holders(profile: Profile, bucket: Bucket) -> list[Profile]:
    """Return the full names with the surname, the office and no other country."""
    if not profile.role or len(profile.words) > 1:
        return []
    return [
        other
        for other in bucket(profile.office_key)
        if not other.is_weak and _fits(other.country, profile.country)
    ]


def _long_forms(profile: Profile, bucket: Bucket) -> list[Profile]:
    """Return what the acronym is short for: by what articles say, else by its first letters."""
    candidates = [
        other
        for other in bucket(f"acronym:{profile.acronym}")
        if not other.acronym and _fits(other.country, profile.country)
    ]
    told = [other for other in candidates if other.explains(profile.acronym)]
    is_long = len(profile.acronym) >= _INITIALS
    return told or (candidates if is_long else [])


def _only(candidates: Iterable[Profile], namesakes: Namesakes) -> Identity | None:
    found = {namesakes(candidate.name_key)[candidate] for candidate in candidates}
    return found.pop() if len(found) == 1 else None


def _fits(one: str, other: str) -> bool:
    return one == other or not one or not other


# --- namesakes ----------------------------------------------------------------------------------


class Traits(NamedTuple):
    """What tells namesakes apart; "" is unknown."""

    middle: str
    country: str
    id: str


Group = frozenset[tuple[str, ...]]
"""Traits that are those of one actor; without any, nobody knows of which."""


def tell_apart(profiles: Iterable[Profile]) -> dict[Profile, Identity]:
    """Return who each of the full names with one index key is, told apart where they conflict."""
    namesakes = [p for p in profiles if not p.is_local and not p.is_weak]
    found: dict[Profile, Identity] = {}
    for actor_type in dict.fromkeys(p.type for p in namesakes):
        more = _type_qualifier(actor_type, namesakes)
        for members, qualifiers in _parted([p for p in namesakes if p.type == actor_type]):
            identity = _identity(members, qualifiers + more)
            found |= dict.fromkeys(members, identity)
    return found


def _identity(members: Sequence[Profile], qualifiers: Sequence[str]) -> Identity:
    best = min(members, key=_form_rank)
    shown = [q for q in qualifiers if not {*q.split()} <= {*_label(best).split()}]  # initials are
    return Identity(
        _label(best) + _in_brackets(shown), best.type, _iri_name(best) + _in_brackets(qualifiers)
    )


def _in_brackets(words: Sequence[str]) -> str:
    return f" ({', '.join(words)})" if words else ""


def _parted(profiles: Collection[Profile]) -> Iterator[tuple[list[Profile], list[str]]]:
    """Yield the profiles of each actor of one name and type, and what tells it from the others."""
    values = zip(*map(_all_traits, profiles), strict=True)
    conflicting = [len(set(one) - {""}) > 1 for one in values]
    traits = {profile: _only_of(_all_traits(profile), conflicting) for profile in profiles}
    groups = _joined(sorted(set(traits.values())))
    group_of = {told: _group(told, groups) for told in set(traits.values())}
    members: dict[Group, list[Profile]] = defaultdict(list)
    for profile in profiles:
        members[group_of[traits[profile]]].append(profile)
    for group, alike in members.items():
        yield alike, _qualifiers(group) if len(groups) > 1 else []


def _only_of(traits: Traits, conflicting: Iterable[bool]) -> tuple[str, ...]:
    """Return what of the traits is in conflict with those of namesakes."""
    pairs = zip(traits, conflicting, strict=True)
    return tuple(trait if counts else "" for trait, counts in pairs)


def _group(traits: tuple[str, ...], groups: Iterable[Group]) -> Group:
    """Return the only group that traits fit into; of several nobody knows which is meant."""
    own = [group for group in groups if traits in group]
    fitting = own or [group for group in groups if all(_agree(traits, one) for one in group)]
    return fitting[0] if len(fitting) == 1 else frozenset()


def _qualifiers(group: Group) -> list[str]:
    values = [sorted({told[n] for told in group} - {""}) for n in range(len(Traits._fields))]
    middle, *others = values
    initials = [" ".join(f"{letter.upper()}." for letter in m.split()) for m in middle]
    return [value for kind in (initials, *others) for value in kind]


def _all_traits(profile: Profile) -> Traits:
    country = "" if profile.is_known else profile.country
    return Traits(profile.middle, country, profile.id)


def _joined(traits: Sequence[tuple[str, ...]]) -> list[Group]:
    """Join the fullest traits that do not conflict."""
    groups: list[set[tuple[str, ...]]] = []
    for one in traits:
        if any(_tells_more(other, one) for other in traits):
            continue
        fitting = (group for group in groups if all(_agree(one, other) for other in group))
        group = next(fitting, None)
        if group is None:
            groups.append({one})
        else:
            group.add(one)
    return [frozenset(group) for group in groups]


def _agree(one: Sequence[str], other: Sequence[str]) -> bool:
    return all(_fits(mine, its) for mine, its in zip(one, other, strict=True))


def _tells_more(one: Sequence[str], other: Sequence[str]) -> bool:
    return one != other and _agree(one, other) and list(one).count("") < list(other).count("")


def _type_qualifier(actor_type: ActorType, namesakes: Iterable[Profile]) -> list[str]:
    """Return the type unless it is the first among the namesakes, which needs no telling."""
    ranks = {(not p.is_known, _TYPE_ORDER.index(p.type)) for p in namesakes}
    return [] if actor_type == _TYPE_ORDER[min(ranks)[1]] else [actor_type]


def _form_rank(profile: Profile) -> tuple[object, ...]:
    """Return the key by which the fullest name comes first: with accents and small letters."""
    name = profile.name
    plain = sum(char.isascii() for char in name)
    return not profile.is_known, plain - len(name), name.isupper(), -len(name), name, profile.role


def _label(profile: Profile) -> str:
    return f"{profile.role.title()} {profile.name}" if profile.is_regnal else profile.name


def _iri_name(profile: Profile) -> str:
    """Return the name for the IRI: without accents and initials, which come and go."""
    label = _label(profile)
    if profile.is_known:
        return label
    words = without_accents(label).split()
    if profile.middle:
        words = [w for w in words if len(w.replace(".", "")) > 1 or w in {words[0], words[-1]}]
    return " ".join(words).removeprefix("The ").removeprefix("the ") or label
