"""Look-ups: what the store knows of an actor, a topic, an article or a statement.

Names are canonical ones here. Each claim comes with the number of statements behind it and the
best sentence for it. `since` and `until`, both inclusive, leave out what has no date. What only one
listing needs is imported there, so that the others start fast.
"""

import dataclasses
import datetime
import itertools
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from graphkit.folding import fold
from graphkit.held import (
    Held,
    extent_of,
    held_by,
    held_on,
    position_of,
    statements_of_affiliates,
    with_sentences,
)
from graphkit.names import in_words
from graphkit.output import Answer
from graphkit.positions import (
    POSITION,
    SENTENCE,
    affiliation_of,
    by_actor,
    by_topic,
    extent,
    position,
    row,
    sources_of,
    stance_counts,
)
from graphkit.records import Office, statement_order
from graphkit.rollup import with_narrower
from graphkit.sightings import seen_by
from graphkit.spells import MIXED
from graphkit.statement import STANCES, Statement
from graphkit.store import Store

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

Day = datetime.date | None

_ORDER = {stance: rank for rank, stance in enumerate((*STANCES, MIXED))}
_ACTORS = "SELECT (COUNT(?actor) AS ?number) { ?actor a gk:Actor }"
_MOST_ACTIVE = """
SELECT ?actor ?number {
  { SELECT (MIN(?n) AS ?least) { SELECT ?n { ?t gk:actorTally ?n } ORDER BY DESC(?n) LIMIT %d } }
  { SELECT ?tally ?number { ?tally gk:actorTally ?number } }
  FILTER(?number >= ?least)
  ?tally gk:tallyOfActor ?actor .
}
"""


def look_up_actor(
    store: Store, name: str, *, since: Day = None, until: Day = None, limit: int | None = None
) -> Answer:
    """Tell who an actor is, and where it stands on each topic, the most frequent topic first.

    Rows past the `limit` have no sentences.
    """
    columns = ("topic", "stance", *STANCES, *POSITION[1:])
    nodes = store.nodes(name)
    if not (since or until) and len(nodes) == 1:
        held = sorted(held_by(store, nodes[0]), key=lambda one: (-one.statements, one.label))
        rows = with_sentences(
            store,
            held,
            lambda one, _: {"topic": one.label, **position_of(one), **one.counts},
            limit,
        )
        facts = {**_describe(store, name), **extent_of(store, "Actor", nodes[0], held)}
        return Answer(facts, "positions", columns, rows, below=SENTENCE)
    statements = store.statements(actor=name, since=since, until=until)
    sources = sources_of(store, statements)
    rows = [
        {"topic": members[0].topic, **position(members, sources), **stance_counts(members)}
        for members in by_topic(store, statements)
    ]
    rows.sort(key=lambda row: (-row["statements"], row["topic"]))
    facts = {**_describe(store, name), **extent(statements)}
    return Answer(facts, "positions", columns, rows, below=SENTENCE)


def list_actors(store: Store, text: str = "", *, limit: int | None = None) -> Answer:
    """List the actors with a text in one of their names; those with most statements come first.

    Rows past the `limit` are empty.
    """
    wanted = fold(text)
    most = _most_active(store, limit) if limit and not wanted else Counter()
    is_short = limit is not None and len(most) >= limit
    counts, chosen = (most, [*most]) if is_short else (store.statement_counts(), None)
    known = store.actors_by_node(chosen).items()
    rows = [
        {
            "actor": actor.name,
            "actor_type": actor.type,
            "represents": "; ".join(store.principals(node)),
            "statements": counts[node],
            "also_called": "; ".join(actor.aliases),
        }
        for node, actor in sorted(known, key=lambda one: (-counts[one[0]], one[1].name, one[0]))
        if any(wanted in fold(name) for name in (actor.name, *actor.aliases))
    ]
    if is_short:
        (every,) = cast("QuerySolutions", store.query(_ACTORS))
        rows += [{}] * (int(every["number"].value) - len(rows))
    columns = ("actor", "actor_type", "represents", "statements", "also_called")
    return Answer({}, "actors", columns, rows)


def _most_active(store: Store, number: int) -> Counter[str]:
    """Return the actors with the most statements by IRI, and all with as many as the last."""
    rows = cast("QuerySolutions", store.query(_MOST_ACTIVE % number))
    return Counter({row["actor"].value: int(row["number"].value) for row in rows})


def list_topics(store: Store, text: str = "") -> Answer:
    """List what stances are about with a text in a name; what most statements are about first.

    An actor that others are for or against is a topic, too; `actor_type` tells it.
    """
    counts, wanted = store.statement_counts("topic"), fold(text)
    found = [
        (counts[node], concept.label, node, concept.broader, "", concept.alt_labels)
        for node, concept in store.topics_by_node().items()
    ]
    found += [
        (counts[node], actor.name, node, (), actor.type, actor.aliases)
        for node, actor in store.actors_by_node(counts).items()
    ]
    rows = [
        {"topic": label, "statements": count, "part_of": "; ".join(broader), "actor_type": kind}
        for count, label, _, broader, kind, others in sorted(found, key=_most_first)
        if any(wanted in fold(name) for name in (label, *others))
    ]
    return Answer({}, "topics", ("topic", "statements", "part_of", "actor_type"), rows)


def _most_first(found: tuple[Any, ...]) -> tuple[Any, ...]:
    count, label, node, *_ = found
    return -count, label, node


def list_worst_labels(store: Store) -> Answer:
    """List the topics whose labels do not stand alone, and why."""
    from graphkit.label_quality import worst_labels

    counts = store.statement_counts("topic")
    labels: Counter[str] = Counter()
    for node, concept in store.topics_by_node().items():
        labels[concept.label] += counts[node]
    rows = [
        {
            "topic": worst.label,
            "statements": worst.statements,
            "problems": "; ".join(worst.problems),
        }
        for worst in worst_labels(labels)
    ]
    return Answer({}, "labels", ("topic", "statements", "problems"), rows)


def list_suggestions(store: Store) -> Answer:
    """List which topics may be one, or parts of another, with a quote of either."""
    from graphkit.suggested import suggested_topics

    rows = [dataclasses.asdict(one) for one in suggested_topics(store)]
    columns = ("action", "topic", "other", "reason", "statements", "quote", "other_quote")
    below = ("quote", "other_quote", "command")
    return Answer({}, "suggestions", (*columns, "command"), rows, below=below, is_stacked=True)


def list_doubts(store: Store) -> Answer:
    """List who may be one actor or two; see `doubtful`."""
    from graphkit.doubtful import doubtful_actors

    rows = [dataclasses.asdict(doubt) for doubt in doubtful_actors(store)]
    columns = ("actor", "other", "reason", "statements", "command")
    return Answer({}, "doubts", columns, rows, below=("command",))


def describe_corrections(store: Store, kind: str) -> Answer:
    """List the user's corrections of the kind "actor" or "topic" in their order, in words."""
    rows = [
        {
            "id": one.id,
            "correction": in_words(store, one),
            "applies": "yes" if applies else "no more",
        }
        for one, applies in store.corrections()
        if one.kind == kind
    ]
    return Answer({}, "corrections", ("id", "correction", "applies"), rows)


def list_corrections(store: Store, kind: str) -> Answer:
    """List the user's corrections of the kind "actor" or "topic" in their order."""
    from graphkit.correction_files import COLUMNS, to_row

    rows = [
        {"id": one.id, **to_row(store, one), "applies": "yes" if applies else "no more"}
        for one, applies in store.corrections()
        if one.kind == kind
    ]
    return Answer({}, "corrections", ("id", *COLUMNS, "applies"), rows)


def look_up_topic(  # noqa: PLR0913 # options of the command
    store: Store,
    label: str,
    *,
    since: Day = None,
    until: Day = None,
    narrower: bool = False,
    limit: int | None = None,
) -> Answer:
    """Tell who supports a topic, who opposes it and who leaves it open, by the latest stance.

    `narrower` counts what is said on narrower topics, too. Rows past the `limit` have no sentences.
    """
    topics = with_narrower(store, label) if narrower else [label]
    nodes = store.nodes(label)
    if not (since or until) and len(topics) == len(nodes) == 1:
        held = sorted(held_on(store, nodes[0]), key=_stance_order)
        if len({(one.label, _place(store, one.other)) for one in held}) == len(held):
            rows = with_sentences(
                store, held, lambda one, said: _topic_row(store, nodes[0], one, said), limit
            )
            facts = extent_of(store, "Topic", nodes[0], held)
            return _topic_answer(store, label, topics[1:] if narrower else None, facts, rows)
    found = (store.statements(topic=topic, since=since, until=until) for topic in topics)
    statements = sorted(itertools.chain(*found), key=statement_order)
    sources = sources_of(store, statements)
    rows = [
        {"actor": members[0].actor, "affiliation": affiliation_of(members)}
        | position(members, sources)
        for members in by_actor(store, statements)
    ]
    rows.sort(key=lambda row: (_ORDER[row["stance"]], -row["statements"], row["actor"]))
    return _topic_answer(store, label, topics[1:] if narrower else None, extent(statements), rows)


def _topic_answer(
    store: Store,
    label: str,
    narrower: list[str] | None,
    extent: dict[str, Any],
    rows: list[dict[str, Any]],
) -> Answer:
    concept = store.topics([label])[0]
    facts = {
        "topic": label,
        "iri": _iris(store, store.topic_nodes(label) or store.actor_nodes(label)),
        "also_called": list(concept.alt_labels),
        "part_of": list(concept.broader),
        "narrower": store.narrower(label) if narrower is None else narrower,
        **extent,
        "actors": len(rows),
    }
    columns = ("stance", "actor", "affiliation", *POSITION)
    return Answer(facts, "positions", columns, rows, group_by="stance", below=SENTENCE)


def _stance_order(held: Held) -> tuple[Any, ...]:
    return _ORDER[held.stance], -held.statements, held.label, held.other


def _place(store: Store, actor: str) -> str:
    """Return the article that "some countries" mean something in, or "" for an actor of all."""
    return actor if store.iris.is_local_actor(actor) else ""


def _topic_row(store: Store, topic: str, held: Held, said: Statement | None) -> dict[str, Any]:
    """Return who holds what; whom the actor speaks for not every article tells."""
    affiliation = said.affiliation if said else ""
    if said and not affiliation:
        position = store.iris.position(held.other, topic)
        affiliation = affiliation_of(statements_of_affiliates(store, position))
    return {"actor": held.label, "affiliation": affiliation, **position_of(held)}


def look_up_quotes(  # noqa: PLR0913 # options of the command
    store: Store,
    actor: str,
    topic: str | None,
    *,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
) -> Answer:
    """List the statements of an actor, on one topic or on all, the latest first.

    Rows past the `limit` and its day are empty.
    """
    topics = None if topic is None else store.nodes(topic)
    seen = seen_by(store, store.nodes(actor), topics)
    if since or until:
        first, last = since or datetime.date.min, until or datetime.date.max
        seen = [one for one in seen if one.date and first <= one.date <= last]
    days = [one.date or datetime.date.min for one in seen]  # the latest last
    least = days[-limit] if limit and limit < len(days) else datetime.date.min
    chosen = (one.id for one, day in zip(seen, days, strict=True) if day >= least)
    statements = store.statements_with_ids(chosen)
    sources = sources_of(store, statements)
    columns = ("date", "stance", "topic", "act", "quote", "speaker", "condition", *SENTENCE)
    rows = [row(found, columns, sources) for found in reversed(statements)]
    rows += [{}] * (len(seen) - len(rows))
    facts = {"actor": actor, "topic": topic, **extent(seen)}
    return Answer(facts, "quotes", columns, rows, below=SENTENCE)


def look_up_article(store: Store, article_id: str) -> Answer:
    """Show where an article comes from, and its statements in the order of the text.

    Raise UnknownNameError if there is no such article.
    """
    article = store.article(article_id)
    statements = store.statements(article=article_id)
    below = ("evidence", "id")
    columns = ("actor", "stance", "topic", "act", "quote", "speaker", "condition", *below)
    rows = [row(found, columns, {}) for found in sorted(statements, key=_text_order)]
    facts = {
        "article": article.id,
        "title": article.title,
        "date": article.date,
        "source": article.source,
        "url": article.url,
        "characters": len(article.text),
    }
    return Answer(facts, "statements", columns, rows, below=below)


# --- facts --------------------------------------------------------------------------------------


def _describe(store: Store, name: str) -> dict[str, Any]:
    actor, offices = store.actors([name])[0], store.offices(name)
    told = [one for one in offices if one.represents]
    latest = max(told, key=lambda one: one.last_date or datetime.date.min, default=None)
    return {
        "actor": name,
        "iri": _iris(store, store.actor_nodes(name)),
        "actor_type": actor.type,
        "also_called": [alias for alias in actor.aliases if alias != name],
        "roles": [_office(one) for one in offices],
        "represents": latest.represents if latest else actor.represents,
        "represented_by": store.speakers_for(name),
    }


def _iris(store: Store, nodes: Iterable[str]) -> str:
    return ", ".join(store.iris.shorten(node) for node in nodes)


def _office(office: Office) -> str:
    """Return "president of France, 2024-02-27 to 2024-03-05"."""
    held = " of ".join(filter(None, (office.role or "speaker", office.represents)))
    days = dict.fromkeys(str(day) for day in (office.first_date, office.last_date) if day)
    return ", ".join(filter(None, (held, " to ".join(days))))


# --- the parts of a statement -------------------------------------------------------------------


def _text_order(statement: Statement) -> tuple[Any, ...]:
    """Put the actors of one sentence in the order in which it names them."""
    return (statement.start, statement.actor_span or (statement.start,), statement.id)
