"""Why a statement was found: its sentence, its rule, and what its words came to mean, and how."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from graphkit.article import Article
from graphkit.coding import origin_of
from graphkit.errors import UnknownNameError
from graphkit.output import Answer
from graphkit.resolution import (
    Step,
    actor_steps,
    principal_steps,
    speaker_steps,
    step,
    topic_steps,
    values_of,
)
from graphkit.statement import STANCES, Span, Statement
from graphkit.store import Store
from graphkit.vocabulary import STANCE_TERMS, expand

_FIELDS = (
    "article",
    "date",
    "actor",
    "actor_type",
    "affiliation",
    "stance",
    "act",
    "topic",
    "quote",
    "speaker",
    "condition",
    "rule",
    "confidence",
)
_STANCE_OF = {expand(STANCE_TERMS[stance]): stance for stance in STANCES}
_SAME_POSITION = "SELECT ?other ?value { <%s> gk:position ?p . ?other gk:position ?p ; %s ?value }"
_COLUMNS = ("part", "text", "start", "end", "means", "how", "iri")


def explain_statement(store: Store, statement_id: str) -> Answer:
    """Show why a statement was found: the words that count, the rule, and the way to what is meant.

    The rows are steps: from the words of the article to its name for the actor and on to the actor
    of all articles, for whom that one speaks, who says so, and from the words for the topic to the
    topic. `earlier` and `later` are the other statements of the actor on the topic, the nearest
    first; `beside` those of the same day, or where a date is missing. Raise UnknownNameError if
    there is no such statement.
    """
    found = next(iter(store.statements(statement=statement_id)), None)
    if found is None:
        raise UnknownNameError(
            f"No statement '{statement_id}'. `graphkit quotes ACTOR` lists the ids of statements."
        )
    article = store.article(found.article)
    facts = {
        "statement": found.id,
        "evidence": _mark(article.text, (found.start, found.end), _spans(found)),
        **{name: getattr(found, name) for name in _FIELDS},
        **_siblings(store, found),
        **{name: getattr(article, name) for name in ("title", "source", "url")},
        **_maker(store, found),
        "iri": store.iris.statement(found.id),
        "graph": store.iris.article(found.article),
    }
    rows = list(_steps(store, found, article))
    return Answer(facts, "parts", _COLUMNS, rows, below=("how", "iri"), is_stacked=True)


def _steps(store: Store, found: Statement, article: Article) -> Iterator[Step]:
    text = article.text
    actor = actor_steps(store, found, text)
    yield from actor
    yield from principal_steps(store, found, actor[-1]["iri"], article.date)
    yield from speaker_steps(store, found)
    if found.cue_span:
        words, stance = text[slice(*found.cue_span)], expand(STANCE_TERMS[found.stance])
        yield step("cue", (words, found.cue_span), found.stance, f"rule {found.rule}", stance)
    yield from topic_steps(store, found, text)
    for concept in store.topics([found.topic]):
        for wider in concept.broader:
            yield step("part of", (found.topic, None), wider, "", store.topic_nodes(wider)[0])
    place = found.start, found.end
    yield step("evidence", (found.evidence, place), "", "", store.iris.span(found.article, place))


def _siblings(store: Store, found: Statement) -> dict[str, list[str]]:
    """Return ids, days and stances of the actor's other statements on the topic."""
    node, own = store.iris.statement(found.id), str(found.date or "")
    rows: Any = store.query(_SAME_POSITION % (node, "gk:onDate"))
    days = {row["other"].value: row["value"].value for row in rows}
    rows = store.query(_SAME_POSITION % (node, "gk:stance"))
    others = sorted(
        (days.get(row["other"].value, ""), store.iris.statement_id(row["other"].value), stance)
        for row in rows
        for stance in [_STANCE_OF[row["value"].value]]
        if row["other"].value != node
    )
    dated = [one for one in others if one[0] and own]
    parts = {
        "earlier": [one for one in reversed(dated) if one[0] < own],
        "later": [one for one in dated if one[0] > own],
        "beside": [one for one in others if one not in dated or one[0] == own],
    }
    return {name: [_named(*one) for one in ones] for name, ones in parts.items()}


def _named(day: str, id: str, stance: str) -> str:
    return " ".join(filter(None, (id, day, stance)))


def _maker(store: Store, found: Statement) -> dict[str, str]:
    """Return what read the article: version, pipeline, and what stands for the word lists.

    Where people coded it, return who did, and the file that it was imported from.
    """
    node = store.iris.statement(found.id)
    (run,) = values_of(store, node, "prov:wasGeneratedBy")
    settings = values_of(store, run, "gk:settings")
    if origin := origin_of("".join(settings)):
        return {"coded_by": "".join(values_of(store, node, "gk:coding/gk:coder")), "origin": origin}
    versions = values_of(store, run, "prov:wasAssociatedWith/schema:softwareVersion")
    return {"extracted_by": ", ".join([f"graphkit {versions[0]}", *settings])}


# --- the marked sentence ------------------------------------------------------------------------


def _spans(statement: Statement) -> list[tuple[str, Span]]:
    spans = {
        "actor": statement.actor_span,
        "cue": statement.cue_span,
        "topic": statement.topic_span,
    }
    return [(part, span) for part, span in spans.items() if span]


def _mark(text: str, sentence: Span, marked: Iterable[tuple[str, Span]]) -> str:
    """Put brackets around the parts of a sentence: "[actor: Germany] [cue: rejects] ..."."""
    inside = [item for item in marked if sentence[0] <= item[1][0] and item[1][1] <= sentence[1]]
    inserted: dict[int, str] = defaultdict(str)
    for _, (_, end) in inside:
        inserted[end] += "]"
    for part, (start, _) in sorted(inside, key=lambda item: -item[1][1]):  # the wider outside
        inserted[start] += f"[{part}: "
    cuts = sorted({*sentence, *inserted})
    pieces = (inserted[start] + text[start:end] for start, end in itertools.pairwise(cuts))
    return "".join(pieces) + inserted[sentence[1]]
