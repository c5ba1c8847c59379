"""Write what an article tells as RDF: one named graph per article, and what articles share.

An article's graph says how *it* shows an actor (a ``gk:Mention``) and which words it has for a
topic; who and what is meant follows in `links`. No triple stands in two graphs, because Oxigraph
counts it twice where a query reads the union of all graphs.
"""

import datetime
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.digest import digest
from graphkit.errors import StoreError
from graphkit.statement import Actor, ActorType, Extraction, Span, Statement
from graphkit.vocabulary import STANCE_TERMS, Iris, expand

if TYPE_CHECKING:
    from graphkit.linking import Profile

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

ACTOR_CLASSES: Mapping[ActorType, str] = {
    "person": "schema:Person",
    "organization": "schema:Organization",
    "country": "schema:Country",
    "group": "gk:Group",
}


@functools.cache
def term(name: str) -> NamedNode:
    """Return the node of a prefixed name, such as ``term("gk:actor")``."""
    return NamedNode(expand(name))


@functools.cache  # or each article takes a millisecond for it
def software_version() -> str:
    """Return the version of graphkit that writes; "unknown" where it is not installed."""
    from importlib import metadata  # 15 ms that the look-ups need not spend

    try:
        return metadata.version("stance-graphkit")
    except metadata.PackageNotFoundError:
        return "unknown"


def fingerprint(article: Article, settings: str = "") -> str:
    """Return what changes when an article, the software or the settings of an extraction do.

    See `Store.digests` and `settings.describe_settings`.
    """
    return f"{article.digest}@{software_version()} {settings}".rstrip()


def to_quads(extraction: Extraction, iris: Iris, settings: str = "") -> set[Quad]:
    """Return the quads that tell what an article tells, in its graph and in shared ones.

    Who the actors are and which topics are meant is not among them: see `links`. `settings` are
    those of the extraction. The same input always gives the same quads: no blank nodes, no clock.
    Raise StoreError if a name in a statement is no actor of the extraction.
    """
    names = _Names(extraction, iris)
    told = [*_article_triples(extraction.article, names)]
    if settings:
        told.append((names.run, term("gk:settings"), Literal(settings)))
    for statement in extraction.statements:
        told += _statement_triples(statement, names)
    for actor in extraction.actors:
        told += _mention_triples(actor, names)
    profiles = {triple for profile in names.profiles for triple in profile_triples(profile, iris)}
    return (
        _named(names.article, told)
        | _named(iris.graph("profiles"), profiles)
        | _named(iris.graph("runs"), software_triples(names.version, iris))
    )


def concept_quads(
    concepts: Iterable[Concept], iris: Iris, codebook: Mapping[str, str]
) -> set[Quad]:
    """Return the quads of codebook concepts in the graph ``topics``, which is also their scheme.

    `codebook` maps labels of earlier concepts to IRIs. Raise StoreError for an IRI that is none.
    """
    listed = list(concepts)
    taken = {concept.iri for concept in listed}  # whatever label they had before
    nodes = {label: iri for label, iri in codebook.items() if iri not in taken}
    for concept in reversed(listed):
        nodes[concept.label] = concept.iri or nodes.get(concept.label) or iris.topic(concept.label)
    wider = {label for concept in listed for label in concept.broader} - nodes.keys()
    listed += [Concept(label, iri=iris.topic(label)) for label in sorted(wider)]
    nodes |= {concept.label: concept.iri for concept in listed if concept.label in wider}
    home = iris.graph("topics")
    scheme = NamedNode(home)
    quads = _named(home, [(scheme, term("rdf:type"), term("skos:ConceptScheme"))])
    for concept in listed:
        node = _concept_node(concept.iri or nodes[concept.label], iris)
        quads |= _named(home, _concept_triples(concept, node, nodes))
        quads |= _named(home, [(node, term("skos:inScheme"), scheme)])
    return quads


def _concept_node(iri: str, iris: Iris) -> NamedNode:
    local = iri.removeprefix(iris.base)
    if local != iri and (local[:1].isupper() or local.startswith("_")):
        raise StoreError(
            f"The codebook's {iri} looks like an actor's: begin it with a small letter."
        )
    try:
        return NamedNode(iri)
    except ValueError:
        raise StoreError(f"The codebook's '{iri}' is not an IRI.") from None


def _concept_triples(
    concept: Concept, node: NamedNode, nodes: Mapping[str, str]
) -> Iterator[Triple]:
    yield node, term("rdf:type"), term("skos:Concept")
    yield node, term("skos:prefLabel"), Literal(concept.label)
    yield from ((node, term("skos:altLabel"), Literal(label)) for label in concept.alt_labels)
    for label in concept.broader:
        yield node, term("skos:broader"), NamedNode(nodes[label])


class _Names:
    """Which IRI each name has in one article."""

    def __init__(self, extraction: Extraction, iris: Iris) -> None:
        from graphkit.linking import profile_of  # needed to write only, and look-ups start fast

        self.iris = iris
        self.id = extraction.article.id
        self.article = iris.article(self.id)
        self.version = software_version()
        self.run = NamedNode(iris.run(self.id, self.version))
        self.actors = {actor.name: actor for actor in extraction.actors}
        self._profiles = {
            actor.name: profile_of(actor, extraction.actors) for actor in extraction.actors
        }

    @property
    def profiles(self) -> "set[Profile]":
        return set(self._profiles.values())

    def profile(self, name: str) -> NamedNode:
        return profile_node(self._profiles[name], self.iris)

    def mention(self, name: str) -> NamedNode:
        if name not in self.actors:
            raise StoreError(f"Article '{self.id}': '{name}' is not among its actors.")
        return NamedNode(self.iris.mention(self.id, name))

    def span(self, span: Span, kind: str = "char") -> NamedNode:
        return NamedNode(self.iris.span(self.id, span, kind))


@functools.lru_cache(maxsize=100_000)
def profile_node(profile: "Profile", iris: Iris) -> NamedNode:
    """Return the node of a profile: the same for all articles that tell the same."""
    return NamedNode(iris.profile(digest(repr(profile), 16)))


def _named(graph: str, triples: Iterable[Triple]) -> set[Quad]:
    name = NamedNode(graph)
    return {Quad(*triple, name) for triple in triples}


def _date(date: datetime.date) -> Literal:
    return Literal(date.isoformat(), datatype=term("xsd:date"))


def _article_triples(article: Article, names: _Names) -> Iterator[Triple]:
    node = NamedNode(names.article)
    yield node, term("rdf:type"), term("schema:NewsArticle")
    yield node, term("dcterms:identifier"), Literal(article.id)
    yield node, term("schema:articleBody"), Literal(article.text)
    yield node, term("gk:digest"), Literal(article.digest)
    if article.date:
        yield node, term("schema:datePublished"), _date(article.date)
    for predicate, text in (
        ("schema:headline", article.title),
        ("schema:publisher", article.source),
        ("schema:url", article.url),
    ):
        if text:
            yield node, term(predicate), Literal(text)
    yield names.run, term("rdf:type"), term("prov:Activity")
    yield names.run, term("prov:used"), node
    software = NamedNode(names.iris.software(names.version))
    yield names.run, term("prov:wasAssociatedWith"), software


def software_triples(version: str, iris: Iris) -> Iterator[Triple]:
    """Yield what the graph ``runs`` tells of a version of the software."""
    node = NamedNode(iris.software(version))
    yield node, term("rdf:type"), term("prov:SoftwareAgent")
    yield node, term("schema:name"), Literal("graphkit")
    yield node, term("schema:softwareVersion"), Literal(version)


def _mention_triples(actor: Actor, names: _Names) -> Iterator[Triple]:
    node = names.mention(actor.name)
    yield node, term("rdf:type"), term("gk:Mention")
    yield node, term("gk:mentionedIn"), NamedNode(names.article)
    yield node, term("gk:profile"), names.profile(actor.name)
    yield node, term("gk:name"), Literal(actor.name)
    yield from ((node, term("gk:alias"), Literal(alias)) for alias in actor.aliases)
    if actor.role:
        yield node, term("gk:role"), Literal(actor.role)
    if actor.represents:
        yield node, term("gk:affiliationMention"), names.mention(actor.represents)
    if actor.id:
        yield node, term("gk:sameAs"), _identity(actor.id)


def profile_triples(profile: "Profile", iris: Iris) -> Iterator[Triple]:
    """Yield what the graph ``profiles`` tells of a profile, but for whom it identifies."""
    node = profile_node(profile, iris)
    yield node, term("rdf:type"), term("gk:Profile")
    yield from ((node, term("gk:key"), Literal(key)) for key in profile.keys)
    for predicate, value in (
        ("gk:profileName", profile.name),
        ("gk:profileType", profile.type),
        ("gk:country", profile.country),
        ("gk:profileRole", profile.role),
        ("gk:identifier", profile.id),
    ):
        if value:
            yield node, term(predicate), Literal(value)
    yield from ((node, term("gk:acronym"), Literal(short)) for short in profile.acronyms)
    if profile.is_known:
        yield node, term("gk:isKnown"), Literal(True)  # noqa: FBT003 # an RDF literal
    if profile.is_local:
        yield node, term("gk:isLocal"), Literal(True)  # noqa: FBT003 # an RDF literal


def _identity(id: str) -> NamedNode | Literal:
    """Return an IRI as such, and any other identifier as a text."""
    try:
        return NamedNode(id)
    except ValueError:
        return Literal(id)


def _statement_triples(statement: Statement, names: _Names) -> Iterator[Triple]:
    node = NamedNode(names.iris.statement(statement.id))
    evidence = (statement.start, statement.end)
    _check_actor(statement, names)
    yield node, term("gk:article"), NamedNode(names.article)
    yield node, term("gk:actorMention"), names.mention(statement.actor)
    yield node, term("gk:stance"), term(STANCE_TERMS[statement.stance])
    yield node, term("gk:actText"), Literal(statement.act)
    if statement.topic in names.actors:
        yield node, term("gk:topicMention"), names.mention(statement.topic)
    else:
        yield node, term("gk:topicLabel"), Literal(statement.topic)
    yield node, term("gk:topicText"), Literal(statement.topic_text)
    yield node, term("gk:evidence"), names.span(evidence)
    yield node, term("gk:confidence"), Literal(statement.confidence)
    yield node, term("gk:rule"), Literal(statement.rule)
    yield node, term("prov:wasGeneratedBy"), names.run
    if statement.date:
        yield node, term("gk:onDate"), _date(statement.date)
    if statement.condition:
        yield node, term("gk:condition"), Literal(statement.condition)
    yield from _utterance_triples(statement, names)
    yield from _evidence_triples(statement.evidence, evidence, names)
    for predicate, span in (
        ("gk:actorSpan", statement.actor_span),
        ("gk:cueSpan", statement.cue_span),
        ("gk:topicSpan", statement.topic_span),
    ):
        if span:
            yield node, term(predicate), Literal(f"{span[0]},{span[1]}")


def _check_actor(statement: Statement, names: _Names) -> None:
    """Raise StoreError if a statement contradicts what its article tells of the actor."""
    actor = names.actors.get(statement.actor)
    told = (statement.actor_type, statement.affiliation)
    if actor is not None and told != (actor.type, actor.represents):
        raise StoreError(
            f"Article '{names.id}': statement {statement.id} has another type or affiliation "
            f"of '{statement.actor}' than the article."
        )


def _utterance_triples(statement: Statement, names: _Names) -> Iterator[Triple]:
    """Yield the chain of utterances, the innermost first: "A < B" is what B says that A said."""
    speakers = statement.speaker.split(" < ") if statement.speaker else [statement.actor]
    inner, link = NamedNode(names.iris.statement(statement.id)), term("gk:utterance")
    for depth, speaker in enumerate(speakers):
        node = NamedNode(names.iris.utterance(statement.id, depth))
        yield inner, link, node
        yield node, term("rdf:type"), term("gk:Utterance")
        yield node, term("gk:speakerMention"), names.mention(speaker)
        yield node, term("gk:quoteType"), Literal("indirect" if depth else statement.quote)
        inner, link = node, term("gk:saidAccordingTo")


def _evidence_triples(text: str, span: Span, names: _Names) -> Iterator[Triple]:
    node, quote, position = (names.span(span, kind) for kind in ("char", "quote", "position"))
    yield node, term("rdf:type"), term("oa:SpecificResource")
    yield node, term("oa:hasSource"), NamedNode(names.article)
    yield node, term("oa:hasSelector"), quote
    yield node, term("oa:hasSelector"), position
    yield quote, term("rdf:type"), term("oa:TextQuoteSelector")
    yield quote, term("oa:exact"), Literal(text)
    yield position, term("rdf:type"), term("oa:TextPositionSelector")
    yield position, term("oa:start"), Literal(span[0])
    yield position, term("oa:end"), Literal(span[1])
