"""How the words of a statement lead to its actor and its topic, told by the rules that link them.

Nothing of this is stored but the names that an article has: the linking is asked again.
"""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graphkit.curation import Curation
from graphkit.folding import fold
from graphkit.linking import Identity, Profile
from graphkit.names import in_words
from graphkit.profiles import Linker
from graphkit.statement import Span, Statement
from graphkit.store import Store
from graphkit.word_lists import word_list

if TYPE_CHECKING:
    from graphkit.concepts import Match

Words = tuple[str, Span | None]
"""What is said, and where in the article if it stands there as such."""

Step = dict[str, Any]
"""From a `text`, with its place in the article if it has one, to what it `means`, and `how`."""

_MOST = 100  # articles or labels that are counted; an actor of a large store can have 100,000

_HOW: Mapping[str, str] = {
    "label": "label of the codebook",
    "words": "same words as a label of the codebook",
    "contained": "holds all words of a label of the codebook",
    "signature": "says the same as a label of the codebook",
}


def step(part: str, words: Words, means: str, how: str, iri: str) -> Step:
    """Return one step of the way from words to what they mean."""
    text, span = words
    start, end = span or (None, None)
    ends = {"start": start, "end": end}
    return {"part": part, "text": text, **ends, "means": means, "how": how, "iri": iri}


def actor_steps(store: Store, found: Statement, text: str) -> list[Step]:
    """Return how the words for the actor lead to it; `text` is that of the article."""
    (mention,) = values_of(store, store.iris.statement(found.id), "gk:actorMention")
    return _mention_steps(store, ("actor", mention), found, _words(text, found.actor_span))


def topic_steps(store: Store, found: Statement, text: str) -> list[Step]:
    """Return how the words for the topic lead to it; it can be an actor."""
    node, words = store.iris.statement(found.id), _words(text, found.topic_span)
    for mention in values_of(store, node, "gk:topicMention"):
        return _mention_steps(store, ("topic", mention), found, words)
    (label,) = values_of(store, node, "gk:topicLabel")
    steps = [step("topic", words, label, _how_labelled(words[0], label), "")] if words else []
    return [*steps, *_concept_steps(store, found, label)]


def speaker_steps(store: Store, found: Statement) -> Iterator[Step]:
    """Yield who says so, the innermost speaker first."""
    waiting = values_of(store, store.iris.statement(found.id), "gk:utterance")
    for utterance in waiting:  # which grows on the way
        (mention,) = values_of(store, utterance, "gk:speakerMention")
        (speaker,) = values_of(store, utterance, "schema:spokenByCharacter")
        (quote,) = values_of(store, utterance, "gk:quoteType")
        (name,) = values_of(store, mention, "gk:name")
        how = {"action": "what is done, not said"}.get(quote, f"{quote} speech")
        yield step("speaker", (name, None), label_of(store, speaker), how, speaker)
        waiting += values_of(store, utterance, "gk:saidAccordingTo")


def principal_steps(
    store: Store, found: Statement, actor: str, day: datetime.date | None
) -> Iterator[Step]:
    """Yield for whom the actor with an IRI speaks in a statement, and so on upwards.

    `day` is that of the article.
    """
    node = store.iris.statement(found.id)
    (mention,) = values_of(store, node, "gk:actorMention")
    how = ": ".join(["told by the article", *values_of(store, mention, "gk:role")])
    if store.curations.actors.principal(actor, day) is not None:
        how = "correction"
    below, known, above = actor, {actor}, values_of(store, node, "gk:affiliation")
    while above and above[0] not in known:
        known.add(above[0])
        words = label_of(store, below), None
        yield step("represents", words, label_of(store, above[0]), how, above[0])
        below, how = above[0], "told by articles"
        above = values_of(store, below, "gk:represents")


def values_of(store: Store, node: str, predicate: str) -> list[str]:
    """Return the values that the node with an IRI has, in their order."""
    rows: Any = store.query(f"SELECT ?value {{ <{node}> {predicate} ?value }}")
    return sorted({row["value"].value for row in rows})


def label_of(store: Store, iri: str) -> str:
    """Return the preferred label of what has an IRI, or the name in the IRI."""
    return "".join(values_of(store, iri, "skos:prefLabel")[:1]) or store.iris.name(iri)


def _words(text: str, span: Span | None) -> Words | None:
    return (text[slice(*span)], span) if span else None


# --- actors -------------------------------------------------------------------------------------


def _mention_steps(
    store: Store, named: tuple[str, str], found: Statement, words: Words | None
) -> list[Step]:
    """Return how an article's words for somebody lead to an actor: by its name there, then on.

    `named` are the part and the IRI of the mention.
    """
    part, mention = named
    linker = store.linker()
    (name,), (node,) = (values_of(store, mention, key) for key in ("gk:name", "gk:profile"))
    profile = linker.profile(node)
    linked = linker.linked(profile, found.article, name)
    steps = []
    if words:
        steps.append(step(part, words, name, _how_named(store, mention, words[0], name), mention))
    label = linker.described(linked, profile)[0]
    how = _how_linked(store, linker, profile, linked)
    steps.append(step(part, (name, None), label, how, linked))
    start = linked, name, found.article
    return [*steps, *_correction_steps(store, linker.curation, part, start, label)]


def _how_named(store: Store, mention: str, text: str, name: str) -> str:
    """Tell what the words of the article are to the name that somebody has there."""
    said, aliases = fold(text), map(fold, values_of(store, mention, "gk:alias"))
    if said == fold(name):
        return "the name in the article"
    if said in aliases:
        return "another name in the article"
    if fold(name) in said:
        return "holds the name in the article"
    if said in word_list("pronouns") | word_list("first_person"):
        return "a pronoun"
    roles = [role for role in values_of(store, mention, "gk:role") if fold(role) in said]
    return f"the office: {roles[0]}" if roles else "a description"


def _how_linked(store: Store, linker: Linker, profile: Profile, linked: str) -> str:
    """Tell by what somebody in an article is an actor of all articles."""
    identity = linker.identify(profile)
    if profile.is_local:
        return "means something in this article only"
    if identity is None:
        return "a surname alone: somebody of this article only"
    return f"{_how_identified(profile, identity)}{_articles_with(store, linked)}"


def _how_identified(profile: Profile, identity: Identity) -> str:
    if profile.is_weak:
        return f"surname and office: {profile.role}"
    if profile.acronym and identity.label != profile.name:
        return "short for it"
    return "known by name" if profile.is_known else "full name"


def _articles_with(store: Store, actor: str) -> str:
    count = _count(store, f"?one {{ GRAPH ?one {{ ?m prov:specializationOf <{actor}> }} }}")
    if count == "0":  # a correction made another actor of it everywhere
        return ""
    return ", in 1 article" if count == "1" else f", in {count} articles"


def _count(store: Store, pattern: str) -> str:
    rows: Any = store.query(f"SELECT DISTINCT {pattern} LIMIT {_MOST + 1}")
    count = len(list(rows))
    return f"over {_MOST}" if count > _MOST else str(count)


def _correction_steps(
    store: Store, curation: Curation, part: str, start: tuple[str, str, str], label: str
) -> Iterator[Step]:
    """Yield the corrections that move a mention or a statement; `start` is as in `outcome`.

    `label` is what the linking calls it: what nothing is any more has no label in the store.
    """
    iri = start[0]
    for number in curation.steps(*start):
        one = curation.corrections[number]
        how = f"correction {one.id}: {in_words(store, one)}"
        means = label_of(store, one.target)
        yield step(part, (label, None), means, how, one.target)
        iri, label = one.target, means
    for one in curation.corrections:
        if one.action == "rename" and one.actor == iri and one.name == curation.label(iri):
            how = f"correction {one.id}: {in_words(store, one)}"
            yield step(part, (store.iris.name(iri), None), one.name, how, iri)


# --- topics -------------------------------------------------------------------------------------


def _how_labelled(text: str, label: str) -> str:
    """Tell what the words of the article are to the label that the article gives the topic."""
    if fold(text) == fold(label):
        return "the words of the article"
    if _holds(text, label):
        return "the words that stand alone"
    return "with words of the text around it"


def _holds(text: str, label: str) -> bool:
    """Tell whether a text has all words of a label, in whatever form."""
    if {*fold(label).split()} <= {*fold(text).split()}:
        return True
    from graphkit.concepts.words import content  # which imports the stemmer

    return content(label) <= content(text)


def _concept_steps(store: Store, found: Statement, label: str) -> Iterator[Step]:
    curation = store.curations.topics
    (topic,) = values_of(store, store.iris.statement(found.id), "gk:topic")
    if not curation.corrections and not values_of(store, topic, "gk:topicKey"):
        yield _alone_step(store, label, topic)  # what the linking says, too, but later
        return
    from graphkit.concepts import find_concept

    linker = store.topic_linker()
    if match := find_concept(label, found.topic_text, linker.codebook):
        linked, how = match.iri, _how_matched(match, label)
        last = step("topic", (label, None), label_of(store, linked), how, linked)
    else:
        last = _alone_step(store, label, linker.linked(label, found.topic_text))
    yield last
    moved = (last["iri"], label, found.article)
    yield from _correction_steps(store, curation, "topic", moved, last["means"])


def _alone_step(store: Store, label: str, topic: str) -> Step:
    """Return the step to a topic that no codebook knows; one that was merged has no label."""
    means = label_of(store, topic) if store.is_in_use(topic) else label
    return step("topic", (label, None), means, _how_alone(store, topic), topic)


def _how_matched(match: "Match", label: str) -> str:
    if match.how == "label" and fold(match.label) != fold(label):
        return "another label of the codebook"
    return _HOW[match.how]


def _how_alone(store: Store, topic: str) -> str:
    count = _count(store, f"?one {{ ?s gk:topic <{topic}> ; gk:topicLabel ?one }}")
    others = "" if count in {"0", "1"} else f", as {count} labels do"
    return f"no topic of the codebook: it goes by what it says{others}"
