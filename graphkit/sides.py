"""On how many topics everybody is of an actor's side or of the other, by the summary of positions.

To decode the positions of all actors on all topics of one takes most of the time, so the database
counts them, and only those of the actors to be shown are read.
"""

import datetime
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Literal, cast

from graphkit.spells import MIXED
from graphkit.store import Store
from graphkit.vocabulary import DIRECT_TERMS, expand

Relation = Literal["agree", "differ", "partly"]

_DIRECT = {expand(direct): stance for stance, direct in DIRECT_TERMS.items()}
_AT_ONCE = 5_000  # positions named in a query

# One property in each query: with VALUES of three, Oxigraph takes thirty times as long.
_COUNTS = """
SELECT ?other (COUNT(?topic) AS ?topics) {
  VALUES ?topic { %s }
  GRAPH <%s> { ?other %s ?topic }
} GROUP BY ?other
"""
# Two selections, which are joined by their hashes: looking each pair up takes five times as long.
_BOTH = """
SELECT ?other ?topic {
  { SELECT ?other ?topic { VALUES ?topic { %(topics)s } GRAPH <%(graph)s> { ?other %(one)s ?topic } } }
  { SELECT ?other ?topic { VALUES ?topic { %(topics)s } GRAPH <%(graph)s> { ?other %(two)s ?topic } } }
}
"""  # noqa: E501 # so that both are seen to be alike
_STANCES = "SELECT ?actor ?held ?topic { VALUES ?actor { %s } GRAPH <%s> { ?actor ?held ?topic } }"
_NUMBERS = "SELECT ?position ?count { VALUES ?position { %s } ?position gk:statementCount ?count }"
_DAYS = "SELECT ?position ?day { VALUES ?position { %s } ?position gk:lastDate ?day }"


def relation_of(stances: Iterable[str]) -> Relation:
    """Tell whether actors with these stances on a topic agree, differ, or agree in part."""
    held = set(stances)
    if {"supports", "opposes"} <= held:
        return "differ"
    return "agree" if len(held) == 1 and MIXED not in held else "partly"


def count_sides(store: Store, own: Mapping[str, str]) -> dict[str, Counter[Relation]]:
    """Count the topics on which others agree or differ, by their IRIs.

    `own` are the stances by the IRIs of topics. Agreement in part is not counted.
    """
    found: dict[str, Counter[Relation]] = defaultdict(Counter)
    graph = store.iris.graph("current")
    for mine in sorted(set(own.values())):
        topics = _listed(topic for topic, stance in own.items() if stance == mine)
        for theirs, direct in DIRECT_TERMS.items():
            relation = relation_of((mine, theirs))
            if relation != "partly":
                for line in _select(store, _COUNTS % (topics, graph, direct)):
                    found[line["other"].value][relation] += int(line["topics"].value)
    for (other, topic), stances in _mixed(store, own).items():
        found[other].subtract(relation_of((own[topic], stance)) for stance in stances)
    return found


def stances_of(store: Store, actors: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """Return the stances of the last day by the IRIs of the actor and of the topic."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    query = _STANCES % (_listed(actors), store.iris.graph("current"))
    for line in _select(store, query):
        found[line["actor"].value, line["topic"].value].add(_DIRECT[line["held"].value])
    return found


def numbers_at(
    store: Store, positions: Iterable[str]
) -> dict[str, tuple[int, datetime.date | None]]:
    """Return the number of statements and the last day of positions, by their IRIs."""
    found: dict[str, tuple[int, datetime.date | None]] = {}
    for some in _portions(sorted(positions)):
        days = {
            line["position"].value: datetime.date.fromisoformat(line["day"].value)
            for line in _select(store, _DAYS % some)
        }
        for line in _select(store, _NUMBERS % some):
            position = line["position"].value
            found[position] = int(line["count"].value), days.get(position)
    return found


def _mixed(store: Store, topics: Collection[str]) -> dict[tuple[str, str], set[str]]:
    """Return the stances of those who said several things on their last day."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    held = {"topics": _listed(topics), "graph": store.iris.graph("current")}
    for one, two in itertools.combinations(DIRECT_TERMS, 2):
        query = _BOTH % {**held, "one": DIRECT_TERMS[one], "two": DIRECT_TERMS[two]}
        for line in _select(store, query):
            found[line["other"].value, line["topic"].value] |= {one, two}
    return found


def _portions(iris: list[str]) -> Iterator[str]:
    for start in range(0, len(iris), _AT_ONCE):
        yield _listed(iris[start : start + _AT_ONCE])


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _select(store: Store, query: str) -> Iterable[Any]:
    return cast("Iterable[Any]", store.query(query))
