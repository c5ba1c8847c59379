"""Read articles, actors, statements and concepts back from a store: the reverse of `rdf`."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, Store

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.rdf import ACTOR_CLASSES, term
from graphkit.statement import STANCES, Actor, ActorType, Span, Statement
from graphkit.vocabulary import PREFIXES, STANCE_TERMS, Iris, expand

_STANCE_OF = {expand(STANCE_TERMS[stance]): stance for stance in STANCES}

_STATEMENTS = """
SELECT * WHERE {
  %s
  ?node gk:actor ?actor_node ; gk:actorType ?actor_type ; gk:topic ?topic_node ;
    gk:article/dcterms:identifier ?article ; gk:stance ?stance ; gk:actText ?act ;
    gk:topicText ?topic_text ; gk:confidence ?confidence ; gk:rule ?rule ;
    gk:utterance ?utterance ; gk:evidence/oa:hasSelector ?quote_selector, ?position .
  ?actor_node skos:prefLabel ?actor .
  ?topic_node skos:prefLabel ?topic .
  ?utterance gk:quoteType ?quote ; schema:spokenByCharacter ?speaker_node .
  ?quote_selector oa:exact ?evidence .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?utterance gk:saidAccordingTo ?outer }
  OPTIONAL { ?node gk:onDate ?date }
  OPTIONAL { ?node gk:condition ?condition }
  OPTIONAL { ?node gk:affiliation/skos:prefLabel ?affiliation }
  OPTIONAL { ?node gk:actorSpan ?actor_span . ?actor_span oa:start ?actor_start ; oa:end ?actor_end }
  OPTIONAL { ?node gk:cueSpan ?cue_span . ?cue_span oa:start ?cue_start ; oa:end ?cue_end }
  OPTIONAL { ?node gk:topicSpan ?topic_span . ?topic_span oa:start ?topic_start ; oa:end ?topic_end }
  %s
}
"""

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
SELECT ?id ?digest ?version WHERE {
  ?article dcterms:identifier ?id ; gk:digest ?digest .
  ?run prov:used ?article ; prov:wasAssociatedWith/schema:softwareVersion ?version .
}
"""

_MENTIONS = """
SELECT * WHERE {
  GRAPH %s { ?mention prov:specializationOf ?node ; gk:actorType ?type }
  ?node skos:prefLabel ?name .
  OPTIONAL { ?mention gk:role ?role }
  OPTIONAL { ?mention gk:affiliation/skos:prefLabel ?represents }
}
"""


def read_statements(
    store: Store,
    iris: Iris,
    nodes: Mapping[str, Iterable[str]],
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Statement]:
    """Read statements in the order of date, article, start and id.

    `nodes` restricts "actor_node", "topic_node", "node" (the statement) or "article_node" to some
    IRIs. `since` and `until`, both inclusive, leave out what has no date.
    """
    values = [f"VALUES ?{name} {{ {_iri_list(iri)} }}" for name, iri in nodes.items()]
    if "article_node" in nodes:
        values.append("?node gk:article ?article_node .")
    dates = [
        f'FILTER(?date {sign} "{day.isoformat()}"^^xsd:date)'
        for sign, day in ((">=", since), ("<=", until))
        if day
    ]
    rows = _select(store, _STATEMENTS % ("\n  ".join(values), "\n  ".join(dates)))
    return sorted((_statement(row, store, iris) for row in rows), key=statement_order)


def statement_order(statement: Statement) -> tuple[Any, ...]:
    """Return the key of the order in which statements are listed; those without a date lead."""
    date = statement.date or datetime.date.min
    return (date, statement.article, statement.start, statement.id)


def read_articles(store: Store, node: str | None = None) -> list[Article]:
    """Read all articles, or the one of an IRI, without their text, in the order of their ids."""
    rows = _select(store, _ARTICLES % (f"VALUES ?node {{ <{node}> }}" if node else ""))
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


def read_text(store: Store, article: str) -> str:
    """Read the text of the article with an IRI."""
    (quad,) = store.quads_for_pattern(NamedNode(article), term("schema:articleBody"), None)
    return str(quad.object.value)


def read_digests(store: Store) -> dict[str, str]:
    """Read the fingerprints of all articles, by id; see `rdf.fingerprint`."""
    return {
        _text(row, "id"): f"{_text(row, 'digest')}@{_text(row, 'version')}"
        for row in _select(store, _DIGESTS)
    }


def read_mentions(store: Store, article: str) -> list[Actor]:
    """Read the actors as the article with an IRI shows them, in the order of their names."""
    actors = [
        Actor(
            name=_text(row, "name"),
            type=_text(row, "type"),  # type: ignore[arg-type] # written from an Actor
            aliases=tuple(sorted(_texts(store, row["mention"], "gk:alias"))),
            role=_text(row, "role"),
            represents=_text(row, "represents"),
            is_local=row["node"].value.startswith(f"{article}#"),
        )
        for row in _select(store, _MENTIONS % f"<{article}>")
    ]
    return sorted(actors, key=lambda actor: actor.name)


def read_actors(store: Store, iris: Iris) -> list[Actor]:
    """Read what is known of all actors, each once, in the order of their names.

    Where articles differ on an actor's type, role or affiliation, the first one in the order of
    ACTOR_TYPES or of the alphabet stands.
    """
    nodes = [quad.subject for quad in _having(store, "rdf:type", term("gk:Actor"))]
    actors = {_actor(store, iris, node) for node in nodes}
    return sorted(actors, key=lambda actor: (actor.name, actor.is_local, actor.aliases, actor.role))


def read_concepts(store: Store, nodes: Iterable[NamedNode]) -> list[Concept]:
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


def _select(store: Store, query: str) -> Iterator[QuerySolution]:
    rows = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if not isinstance(rows, QuerySolutions):  # all queries of this module are SELECTs
        raise TypeError("not a SELECT query")
    yield from rows


def _statement(row: QuerySolution, store: Store, iris: Iris) -> Statement:
    return Statement(
        id=iris.statement_id(row["node"].value),
        article=_text(row, "article"),
        date=_date(row),
        actor=_text(row, "actor"),
        actor_type=_text(row, "actor_type"),  # type: ignore[arg-type] # written from a Statement
        affiliation=_text(row, "affiliation"),
        stance=_STANCE_OF[row["stance"].value],
        act=_text(row, "act"),
        topic=_text(row, "topic"),
        topic_text=_text(row, "topic_text"),
        speaker=_speaker(row, store),
        quote=_text(row, "quote"),  # type: ignore[arg-type] # as above
        condition=_text(row, "condition"),
        evidence=_text(row, "evidence"),
        start=int(row["start"].value),
        end=int(row["end"].value),
        actor_span=_span(row, "actor"),
        cue_span=_span(row, "cue"),
        topic_span=_span(row, "topic"),
        confidence=float(row["confidence"].value),
        rule=_text(row, "rule"),
    )


def _speaker(row: QuerySolution, store: Store) -> str:
    if row["speaker_node"] == row["actor_node"] and row["outer"] is None:
        return ""
    names, utterance = [], row["utterance"]
    while utterance is not None:
        names += _labels(store, utterance, "schema:spokenByCharacter")
        utterance = next(_objects(store, utterance, "gk:saidAccordingTo"), None)
    return " < ".join(names)


def _actor(store: Store, iris: Iris, node: NamedNode) -> Actor:
    classes = {quad.value for quad in _objects(store, node, "rdf:type")}
    types: list[ActorType] = [t for t, name in ACTOR_CLASSES.items() if expand(name) in classes]
    return Actor(
        name=next(_texts(store, node, "skos:prefLabel")),
        type=types[0],
        aliases=tuple(sorted(_texts(store, node, "skos:altLabel"))),
        role=min(_texts(store, node, "schema:jobTitle"), default=""),
        represents=min(_labels(store, node, "gk:represents"), default=""),
        is_local=node.value.startswith(f"{iris.base}article/"),
    )


def _having(store: Store, predicate: str, object: Any) -> Iterator[Any]:
    return store.quads_for_pattern(None, term(predicate), object)


def _objects(store: Store, node: Any, predicate: str) -> Iterator[Any]:
    return (quad.object for quad in store.quads_for_pattern(node, term(predicate), None))


def _texts(store: Store, node: Any, predicate: str) -> Iterator[str]:
    return (value.value for value in _objects(store, node, predicate))


def _labels(store: Store, node: Any, predicate: str) -> Iterator[str]:
    for value in _objects(store, node, predicate):
        yield from _texts(store, value, "skos:prefLabel")


def _iri_list(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _text(row: QuerySolution, name: str) -> str:
    return "" if row[name] is None else str(row[name].value)


def _date(row: QuerySolution) -> datetime.date | None:
    return datetime.date.fromisoformat(_text(row, "date")) if row["date"] else None


def _span(row: QuerySolution, name: str) -> Span | None:
    if row[f"{name}_start"] is None:
        return None
    return int(row[f"{name}_start"].value), int(row[f"{name}_end"].value)
