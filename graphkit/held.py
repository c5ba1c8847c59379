"""Positions as the summary of the store has them: quick to read, however many statements there are.

The summary knows of no periods; see `positions` for what statements of some days come to.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from graphkit.positions import SENTENCE, row, sources_of, surest
from graphkit.spells import stance_of
from graphkit.statement import STANCES, Statement
from graphkit.store import Store
from graphkit.vocabulary import STANCE_TERMS, expand

_STANCE_OF = {expand(STANCE_TERMS[stance]): stance for stance in STANCES}
_SELECTED = "VALUES ?node {{ {iris} }} ?position gk:{end} ?node ."
_COUNTS = """
SELECT ?position ?other ?label ?statements ?supports ?opposes {
  %s ?position gk:%s ?other ; gk:statementCount ?statements ; gk:supportsCount ?supports ;
    gk:opposesCount ?opposes . ?other skos:prefLabel ?label
}
"""
_DATES = "SELECT ?position ?first ?last { %s ?position gk:firstDate ?first ; gk:lastDate ?last }"
_BEFORE = (
    "SELECT ?position ?stance ?day { %s ?position gk:stanceBefore ?stance ; gk:dateBefore ?day }"
)
_WORDS = (
    "SELECT ?position ?word ?stance { %s ?position gk:lastWord ?word . ?word gk:stance ?stance }"
)
_ARTICLES = "SELECT ?count { ?tally gk:tallyOf%s <%s> ; gk:articleCount ?count }"


@dataclass(frozen=True, slots=True)
class Held:
    """What an actor holds on a topic: `other` is the end that was not asked for, with its label."""

    other: str
    label: str
    statements: int
    counts: Mapping[str, int]
    first: datetime.date | None
    last: datetime.date | None
    stance: str
    words: tuple[str, ...]
    before: str


def held_by(store: Store, actor: str) -> list[Held]:
    """Return what the actor with an IRI holds, by label."""
    return _held(store, _SELECTED.format(iris=f"<{actor}>", end="positionOf"), "positionOn")


def held_on(store: Store, topic: str) -> list[Held]:
    """Return what is held on the topic with an IRI, by label of the actors."""
    return _held(store, _SELECTED.format(iris=f"<{topic}>", end="positionOn"), "positionOf")


def extent_of(store: Store, kind: str, iri: str, held: Sequence[Held]) -> dict[str, Any]:
    """Return what `positions.extent` does, of all that an "Actor" says or on a "Topic"."""
    counts = [int(line["count"].value) for line in _select(store, _ARTICLES % (kind, iri))]
    return {
        "statements": sum(one.statements for one in held),
        "articles": sum(counts),
        "first_date": min((one.first for one in held if one.first), default=None),
        "last_date": max((one.last for one in held if one.last), default=None),
    }


def with_sentences(
    store: Store,
    held: Sequence[Held],
    to_row: Callable[[Held, Statement | None], dict[str, Any]],
    limit: int | None,
) -> list[dict[str, Any]]:
    """Return rows of which the first have their best sentence; those past the limit have none."""
    shown = held[:limit]
    statements = [store.statements_with_ids(one.words) for one in shown]
    best = [surest(found) for found in statements]
    sources = sources_of(store, best)
    rows = [
        {**to_row(one, said), **row(said, SENTENCE, sources)}
        for one, said in zip(shown, best, strict=True)
    ]
    return rows + [
        {**to_row(one, None), **dict.fromkeys(SENTENCE, "")} for one in held[len(shown) :]
    ]


def statements_of_affiliates(store: Store, position: str) -> list[Statement]:
    """Return the statements of a position's last days in which its actor speaks for another."""
    told = f"?node gk:position <{position}> ; gk:affiliation ?other ; gk:onDate ?day"
    days = [line["last"] for line in _select(store, f"SELECT (MAX(?day) AS ?last) {{ {told} }}")]
    on = f'gk:onDate "{days[0].value}"^^xsd:date ;' if days and days[0] else ""
    query = f"SELECT ?node {{ ?node gk:position <{position}> ; {on} gk:affiliation ?other }}"
    nodes = [store.iris.statement_id(line["node"].value) for line in _select(store, query)]
    return store.statements_with_ids(nodes)


def position_of(held: Held) -> dict[str, Any]:
    """Return what `positions.position` does, without the sentence."""
    return {
        "stance": held.stance,
        "statements": held.statements,
        "date": held.last,
        "before": held.before,
    }


def _held(store: Store, selected: str, end: str) -> list[Held]:
    dates = {
        line["position"].value: (_day(line["first"]), _day(line["last"]))
        for line in _select(store, _DATES % selected)
    }
    before = {
        line["position"].value: f"{_STANCE_OF[line['stance'].value]}, {line['day'].value}"
        for line in _select(store, _BEFORE % selected)
    }
    words: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in _select(store, _WORDS % selected):
        word = store.iris.statement_id(line["word"].value), _STANCE_OF[line["stance"].value]
        words[line["position"].value].append(word)
    found = [
        Held(
            line["other"].value,
            line["label"].value,
            int(line["statements"].value),
            _by_stance(line),
            first,
            last,
            stance_of(stance for _, stance in words[position]),
            tuple(sorted(word for word, _ in words[position])),
            before.get(position, ""),
        )
        for line in _select(store, _COUNTS % (selected, end))
        for position in [line["position"].value]
        for first, last in [dates.get(position, (None, None))]
    ]
    return sorted(found, key=lambda one: (one.label, one.other))


def _by_stance(line: Mapping[str, Any]) -> dict[str, int]:
    every, supports, opposes = (
        int(line[name].value) for name in ("statements", "supports", "opposes")
    )
    counts = {"supports": supports, "opposes": opposes, "ambivalent": every - supports - opposes}
    return {stance: counts[stance] for stance in STANCES}


def _day(value: Any) -> datetime.date:
    return datetime.date.fromisoformat(value.value)


def _select(store: Store, query: str) -> Iterable[Any]:
    return cast("Iterable[Any]", store.query(query))
