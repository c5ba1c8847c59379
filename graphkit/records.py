"""Read articles, actors, statements and concepts back from a store: the reverse of `rdf`."""

import dataclasses
import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.quad_store import QuadStore
from graphkit.rdf import ACTOR_CLASSES, term
from graphkit.statement import STANCES, Actor, ActorType, Span, Statement
from graphkit.vocabulary import PREFIXES, STANCE_TERMS, Iris, expand

_TYPE = "rdf:type"
_STANCE_OF = {expand(STANCE_TERMS[stance]): stance for stance in STANCES}

# Two queries, since Oxigraph reads the whole store for an OPTIONAL: 225 ms for the statements of
# one article among 1,000, and 5 ms without. Within the graph of the article, or Virtuoso looks
# for a plan for 15 to 45 s; Oxigraph takes 0.8 to 0.9 of the time without GRAPH. The fields are
# filtered, since with VALUES of them Oxigraph reads the whole store for ten nodes.
_STATEMENTS = """
SELECT * WHERE { GRAPH ?article_node {
  %s
  %s
  ?node gk:article ?article_node ; gk:stance ?stance ; gk:actText ?act ; gk:topicText ?topic_text ;
    gk:confidence ?confidence ; gk:rule ?rule ; gk:utterance ?utterance ; gk:evidence ?place .
  ?utterance gk:quoteType ?quote ; schema:spokenByCharacter ?speaker_node .
  ?place oa:hasSelector ?quoted, ?position .
  ?quoted oa:exact ?evidence .
  ?position oa:start ?start ; oa:end ?end .
} }
"""
_LINKS = "?node gk:actor ?actor_node ; gk:actorType ?actor_type ; gk:topic ?topic_node ."
_MENTIONS_ONLY = """
  ?node gk:actorMention ?actor_node . ?actor_node gk:actorType ?actor_type .
  BIND(?actor_node AS ?topic_node)
"""  # retired statements have no links; the article's own names take the place of these labels
_OPTIONAL_FIELDS = """
SELECT ?node ?field ?value WHERE {
  GRAPH ?article_node {
    %s
    ?node gk:article ?article_node ; ?field ?value .
  }
  FILTER(?field IN (
    gk:onDate, gk:condition, gk:affiliation, gk:actorSpan, gk:cueSpan, gk:topicSpan
  ))
}
"""

_SELECTORS = {
    "node": "",
    "actor": "?node gk:actor ?actor .",
    "topic": "?node gk:topic ?topic .",
    "article": "?node gk:article ?article .",
}

_ARTICLES = """
SELECT * WHERE {
  %s
  ?node a schema:NewsArticle ; dcterms:identifier ?id .
  OPTIONAL { ?node schema:headline ?title }
  OPTIONAL { ?node schema:datePublished ?date }
  OPTIONAL { ?node schema:publisher ?source }
  OPTIONAL { ?node schema:url ?url }
}
"""

_DIGESTS = """
SELECT ?id ?digest ?run ?version WHERE {
  ?article dcterms:identifier ?id ; gk:digest ?digest .
  ?run prov:used ?article ; prov:wasAssociatedWith/schema:softwareVersion ?version .
}
"""

_MENTIONS = """
SELECT * WHERE {
  GRAPH %s { ?mention gk:profile ?profile ; gk:name ?name }
  OPTIONAL { ?mention gk:role ?role }
  OPTIONAL { ?mention gk:affiliationMention/gk:name ?represents }
  OPTIONAL { ?mention gk:sameAs ?id }
}
"""


def read_statements(
    store: QuadStore,
    iris: Iris,
    nodes: Mapping[str, Iterable[str]],
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Statement]:
    """Read statements in the order of date, article, start and id.

    `nodes` restricts the "actor", "topic" or "article", or the "node" itself, to some IRIs. `since`
    and `until`, both inclusive, leave out what has no date.
    """
    return _read_selected(store, iris, _selection(nodes, since, until), _LINKS)


def _read_selected(store: QuadStore, iris: Iris, selection: str, links: str) -> list[Statement]:
    labels = _Labels(store)
    optional: dict[Any, dict[str, Any]] = defaultdict(dict)
    for row in _select(store, _OPTIONAL_FIELDS % selection):
        optional[row["node"]][row["field"].value] = row["value"]
    rows = _select(store, _STATEMENTS % (selection, links))
    statements = (_statement(row, optional[row["node"]], labels, iris) for row in rows)
    return sorted(statements, key=statement_order)


def statement_order(statement: Statement) -> tuple[Any, ...]:
    """Return the key of the order in which statements are listed; those without a date lead."""
    date = statement.date or datetime.date.min
    return (date, statement.article, statement.start, statement.id)


def read_told_statements(store: QuadStore, iris: Iris, article: str) -> list[Statement]:
    """Read the statements of the article with an IRI in its own names for actors and topics."""
    actors = {actor.name: actor for actor in read_mentions(store, article)}
    told = []
    selection = _selection({"article": [article]}, None, None)
    for statement in _read_selected(store, iris, selection, _MENTIONS_ONLY):
        node = NamedNode(iris.statement(statement.id))
        actor = actors[next(_names_at(store, node, "gk:actorMention"))]
        topics = itertools.chain(
            _names_at(store, node, "gk:topicMention"), _texts(store, node, "gk:topicLabel")
        )
        speakers = _chain(store, next(_objects(store, node, "gk:utterance")))
        told.append(
            dataclasses.replace(
                statement,
                actor=actor.name,
                actor_type=actor.type,
                affiliation=actor.represents,
                topic=next(topics),
                speaker="" if speakers == actor.name else speakers,
            )
        )
    return told


def _names_at(store: QuadStore, node: Any, predicate: str) -> Iterator[str]:
    for mention in _objects(store, node, predicate):
        yield from _texts(store, mention, "gk:name")


def _chain(store: QuadStore, utterance: Any) -> str:
    """Return the names of those who say so, the innermost first."""
    names = list(_names_at(store, utterance, "gk:speakerMention"))
    names += [_chain(store, outer) for outer in _objects(store, utterance, "gk:saidAccordingTo")]
    return " < ".join(names)


def read_articles(store: QuadStore, nodes: Iterable[str] | None = None) -> list[Article]:
    """Read all articles, or those with some IRIs, without their texts, in the order of their ids.

    At once: 22 of 900 take a twelfth of the time that they take one by one.
    """
    some = "" if nodes is None else f"VALUES ?node {{ {' '.join(f'<{one}>' for one in nodes)} }}"
    rows = _select(store, _ARTICLES % some)
    articles = (
        Article(
            id=_text(row, "id"),
            text="",
            title=_text(row, "title"),
            date=_date(row),
            source=_text(row, "source"),
            url=_text(row, "url"),
        )
        for row in rows
    )
    return sorted(articles, key=lambda article: article.id)


def read_text(store: QuadStore, article: str) -> str:
    """Read the text of the article with an IRI."""
    return next(_texts(store, NamedNode(article), "schema:articleBody"))


def read_digests(store: QuadStore) -> dict[str, str]:
    """Read the fingerprints of all articles, by id; see `rdf.fingerprint`."""
    settings = {quad.subject: quad.object.value for quad in _having(store, "gk:settings", None)}
    fingerprints = {}
    for row in _select(store, _DIGESTS):
        parts = f"{_text(row, 'digest')}@{_text(row, 'version')} {settings.get(row['run'], '')}"
        fingerprints[_text(row, "id")] = parts.rstrip()
    return fingerprints


def read_mentions(store: QuadStore, article: str) -> list[Actor]:
    """Read the actors as the article with an IRI shows them, in the order of their names."""
    from graphkit.profiles import ProfileReader  # needed here only, and the look-ups start fast

    reader = ProfileReader(store)
    actors = [
        Actor(
            name=_text(row, "name"),
            type=reader.read(row["profile"].value).type,
            aliases=tuple(sorted(_texts(store, row["mention"], "gk:alias"))),
            role=_text(row, "role"),
            represents=_text(row, "represents"),
            id=_text(row, "id"),
            is_local=reader.read(row["profile"].value).is_local,
            is_known=reader.read(row["profile"].value).is_known,
        )
        for row in _select(store, _MENTIONS % f"<{article}>")
    ]
    return sorted(actors, key=lambda actor: actor.name)


@dataclass(frozen=True, slots=True)
class Office:
    """A role in which articles of some days show an actor, and for whom; dates may be unknown."""

    role: str
    represents: str
    articles: int
    first_date: datetime.date | None
    last_date: datetime.date | None


def read_offices(store: QuadStore, actors: Iterable[str]) -> list[Office]:
    """Read the offices of the actors with some IRIs, the earliest first."""
    days: dict[tuple[str, str], list[datetime.date | None]] = defaultdict(list)
    for actor in actors:
        for quad in store.quads_for_pattern(None, term("prov:specializationOf"), NamedNode(actor)):
            role = next(_texts(store, quad.subject, "gk:role"), "")
            represents = next(_labels(store, quad.subject, "gk:affiliation"), "")
            day = next(_texts(store, quad.graph_name, "schema:datePublished"), None)
            if role or represents:
                date = datetime.date.fromisoformat(day) if day else None
                days[role, represents].append(date)
    offices = (
        Office(*held, len(dates), min(known, default=None), max(known, default=None))
        for held, dates in days.items()
        for known in [[date for date in dates if date]]
    )
    latest = datetime.date.max
    return sorted(offices, key=lambda one: (one.first_date or latest, one.role, one.represents))


def read_subjects(store: QuadStore, predicate: str, values: Iterable[NamedNode]) -> list[str]:
    """Read the preferred labels of what has one of the values, in their order."""
    subjects = {
        quad.subject
        for value in values
        for quad in store.quads_for_pattern(None, term(predicate), value)
    }
    return sorted({name for node in subjects for name in _texts(store, node, "skos:prefLabel")})


def read_labels(store: QuadStore, node: NamedNode, predicate: str) -> list[str]:
    """Read the preferred labels of the values that a node has, in their order."""
    return sorted(set(_labels(store, node, predicate)))


def read_labels_of(store: QuadStore, iri: str) -> list[str]:
    """Read the preferred labels of an actor or a topic, which are one or none."""
    return sorted(set(_texts(store, NamedNode(iri), "skos:prefLabel")))


def read_actors(store: QuadStore, iris: Iris, nodes: Iterable[str] | None = None) -> list[Actor]:
    """Read what is known of all actors or those with some IRIs, by name.

    Where articles differ on an actor's role or affiliation, the first in the alphabet stands.
    """
    kind = term("gk:Actor")
    if nodes is None:
        known = set(read_actors_by_node(store, iris).values())
    else:
        asked = map(NamedNode, nodes)
        known = {_actor(store, iris, node) for node in asked if kind in classes_of(store, node)}
    return sorted(known, key=lambda actor: (actor.name, actor.is_local, actor.aliases, actor.role))


def read_concepts(store: QuadStore, nodes: Iterable[Any]) -> list[Concept]:
    """Read the topics with the given nodes, in the order of their labels and IRIs."""
    concepts = (
        Concept(
            label=next(_texts(store, node, "skos:prefLabel")),
            alt_labels=tuple(sorted(_texts(store, node, "skos:altLabel"))),
            broader=tuple(sorted(_labels(store, node, "skos:broader"))),
            iri=node.value,
        )
        for node in nodes
    )
    return sorted(concepts, key=lambda concept: (concept.label, concept.iri))


def classes_of(store: QuadStore, node: NamedNode) -> set[Any]:
    """Read the classes of a node."""
    return set(_objects(store, node, _TYPE))


def read_actors_by_node(
    store: QuadStore, iris: Iris, nodes: Iterable[str] | None = None
) -> dict[str, Actor]:
    """Read what is known of all actors, or of some, by their IRIs and in the order of these."""
    kind = term("gk:Actor")
    if nodes is None:
        quads: Any = _having(store, "rdf:type", kind)
        nodes = {quad.subject.value for quad in quads}
    else:
        nodes = {node for node in nodes if kind in classes_of(store, NamedNode(node))}
    return {node: _actor(store, iris, NamedNode(node)) for node in sorted(nodes)}


def _select(store: QuadStore, query: str) -> Iterator[QuerySolution]:
    rows = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if not isinstance(rows, QuerySolutions):  # all queries of this module are SELECTs
        raise TypeError("not a SELECT query")
    yield from rows


def _selection(
    nodes: Mapping[str, Iterable[str]], since: datetime.date | None, until: datetime.date | None
) -> str:
    parts = [
        f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }} {_SELECTORS[name]}"
        for name, iris in nodes.items()
    ]
    if since or until:
        parts.append("?node gk:onDate ?day .")
    parts += [
        f'FILTER(?day {sign} "{day.isoformat()}"^^xsd:date)'
        for sign, day in ((">=", since), ("<=", until))
        if day
    ]
    return "\n  ".join(parts)


class _Labels:
    """The preferred labels of nodes; each is read once."""

    def __init__(self, store: QuadStore) -> None:
        self.store = store
        self._known: dict[Any, str] = {}

    def __getitem__(self, node: Any) -> str:
        if node not in self._known:
            self._known[node] = next(_texts(self.store, node, "skos:prefLabel"), node.value)
        return self._known[node]


def _statement(
    row: QuerySolution, optional: Mapping[str, Any], labels: _Labels, iris: Iris
) -> Statement:
    affiliation = optional.get(expand("gk:affiliation"))
    date = optional.get(expand("gk:onDate"))
    condition = optional.get(expand("gk:condition"))
    return Statement(
        id=iris.statement_id(row["node"].value),
        article=iris.article_id(row["article_node"].value),
        date=datetime.date.fromisoformat(date.value) if date else None,
        actor=labels[row["actor_node"]],
        actor_type=row["actor_type"].value,
        affiliation=labels[affiliation] if affiliation else "",
        stance=_STANCE_OF[row["stance"].value],
        act=row["act"].value,
        topic=labels[row["topic_node"]],
        topic_text=row["topic_text"].value,
        speaker=_speaker(row, labels),
        quote=row["quote"].value,
        condition=condition.value if condition else "",
        evidence=row["evidence"].value,
        start=int(row["start"].value),
        end=int(row["end"].value),
        actor_span=_span(optional.get(expand("gk:actorSpan"))),
        cue_span=_span(optional.get(expand("gk:cueSpan"))),
        topic_span=_span(optional.get(expand("gk:topicSpan"))),
        confidence=float(row["confidence"].value),
        rule=row["rule"].value,
    )


def _speaker(row: QuerySolution, labels: _Labels) -> str:
    """Follow the chain of utterances outwards; an actor that speaks for itself is no speaker."""
    outer = next(_objects(labels.store, row["utterance"], "gk:saidAccordingTo"), None)
    if outer is None and row["speaker_node"] == row["actor_node"]:
        return ""
    names = [labels[row["speaker_node"]]]
    while outer is not None:
        names.append(labels[next(_objects(labels.store, outer, "schema:spokenByCharacter"))])
        outer = next(_objects(labels.store, outer, "gk:saidAccordingTo"), None)
    return " < ".join(names)


def _span(value: Any) -> Span | None:
    if value is None:
        return None
    start, _, end = value.value.partition(",")
    return int(start), int(end)


def _actor(store: QuadStore, iris: Iris, node: NamedNode) -> Actor:
    classes = {quad.value for quad in _objects(store, node, "rdf:type")}
    types: list[ActorType] = [t for t, name in ACTOR_CLASSES.items() if expand(name) in classes]
    return Actor(
        name=next(_texts(store, node, "skos:prefLabel")),
        type=types[0],
        aliases=tuple(sorted(_texts(store, node, "skos:altLabel"))),
        role=min(_texts(store, node, "schema:jobTitle"), default=""),
        represents=min(_labels(store, node, "gk:represents"), default=""),
        id=min(_texts(store, node, "schema:sameAs"), default=""),
        is_local=iris.is_local_actor(node.value),
        is_known=any(
            next(_objects(store, quad.subject, "gk:isKnown"), None)
            for quad in _having(store, "gk:identifies", node)
        ),
    )


def _having(store: QuadStore, predicate: str, object: Any) -> Iterator[Any]:
    return store.quads_for_pattern(None, term(predicate), object)


def _objects(store: QuadStore, node: Any, predicate: str) -> Iterator[Any]:
    return (quad.object for quad in store.quads_for_pattern(node, term(predicate), None))


def _texts(store: QuadStore, node: Any, predicate: str) -> Iterator[str]:
    return (value.value for value in _objects(store, node, predicate))


def _labels(store: QuadStore, node: Any, predicate: str) -> Iterator[str]:
    for value in _objects(store, node, predicate):
        yield from _texts(store, value, "skos:prefLabel")


def _text(row: QuerySolution, name: str) -> str:
    return "" if row[name] is None else str(row[name].value)


def _date(row: QuerySolution) -> datetime.date | None:
    return datetime.date.fromisoformat(_text(row, "date")) if row["date"] else None
