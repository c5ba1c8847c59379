"""The graph ``positions``: what statements come to, so that nobody need go through all of them.

Each position, that is each pair of actor and topic, has counts, its first and last day, the
statements of the last day, what the actor held before and when it changed its mind. Tallies count
for each actor, each topic and each confidence. All of it follows from the statements: a change of
articles makes only the positions anew that it touches, and adds to the tallies.
"""

import copy
import datetime
import functools
import itertools
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad

from graphkit.quad_store import QuadStore
from graphkit.rdf import term
from graphkit.statement import STANCES
from graphkit.vocabulary import DIRECT_TERMS, STANCE_TERMS, Iris

if TYPE_CHECKING:
    from graphkit.derived import Change

Fact = tuple[Any, Any]  # predicate and object
Tallied = tuple[NamedNode, Any]  # which kind of tally, and of what

_STANCE_TERMS = [term(STANCE_TERMS[stance]) for stance in STANCES]
_STANCE_NUMBERS: Mapping[Any, int] = {node: number for number, node in enumerate(_STANCE_TERMS)}
_DIRECT = [term(DIRECT_TERMS[stance]) for stance in STANCES]
_SUPPORTS, _OPPOSES = (STANCES.index(stance) for stance in ("supports", "opposes"))
_CLEAR = {1 << number: number for number in range(len(STANCES))}  # by the stances of a day, as bits

_POSITION, _ACTOR, _TOPIC, _STANCE, _ON_DATE, _ACTOR_TYPE = _FIELDS = tuple(
    map(term, ("gk:position", "gk:actor", "gk:topic", "gk:stance", "gk:onDate", "gk:actorType"))
)
_CONFIDENCE = term("gk:confidence")
_OF_ACTOR, _OF_TOPIC, _OF_CONFIDENCE = map(
    term, ("gk:tallyOfActor", "gk:tallyOfTopic", "gk:tallyOfConfidence")
)
_STATEMENTS, _SUPPORTING, _OPPOSING, _ACTORS, _SIDES, _ARTICLES = map(
    term,
    (
        "gk:statementCount",
        "gk:supportsCount",
        "gk:opposesCount",
        "gk:actorCount",
        "gk:sideCount",
        "gk:articleCount",
    ),
)

_TOTALS = {
    _OF_ACTOR: term("gk:actorTally"),
    _OF_TOPIC: term("gk:topicTally"),
    _OF_CONFIDENCE: term("gk:confidenceTally"),
}
"""Numbers of statements by kind: ranking actors, say, is to go through these numbers alone."""

SUMMED_UP = frozenset({*_FIELDS, _CONFIDENCE})
"""The predicates of an article's graph that the summary follows from."""


@dataclass(frozen=True, slots=True)
class Word:
    """As much of a statement as its position follows from; `day` is 0 where there is no date."""

    node: Any
    position: Any
    pair: tuple[Any, Any]
    stance: int
    day: int
    is_of_group: bool = False


class Held:
    """What an actor holds on a topic: four bytes a statement, and those of the last day by name."""

    __slots__ = ("_last_day", "_latest", "_words", "is_group", "pair")

    def __init__(self, pair: tuple[Any, Any]) -> None:
        self.pair = pair
        self.is_group = False
        self._words = array("l")
        self._last_day = -1
        self._latest: list[Any] = []

    def note(self, word: Word) -> None:
        """Add a statement."""
        self._words.append(word.day * len(STANCES) + word.stance)
        self.is_group |= word.is_of_group
        if word.day > self._last_day:
            self._last_day, self._latest = word.day, []
        if word.day == self._last_day:
            self._latest.append(word.node)

    def facts(self) -> set[Fact]:
        """Return what the graph ``positions`` says of the position; nothing without statements."""
        if not self._words:
            return set()
        actor, topic = self.pair
        counts = Counter(number % len(STANCES) for number in self._words)
        days = self._days()
        return {
            (term("gk:positionOf"), actor),
            (term("gk:positionOn"), topic),
            (_STATEMENTS, Literal(len(self._words))),
            (_SUPPORTING, Literal(counts[_SUPPORTS])),
            (_OPPOSING, Literal(counts[_OPPOSES])),
            *((term("gk:lastWord"), node) for node in self._latest),
            *_extent(days),
            *_both_sides(days),
            *(() if self.is_group else _turns(days)),
        }

    def current(self) -> set[Any]:
        """Return the plain properties of the stances on the last day."""
        numbers = (divmod(number, len(STANCES)) for number in self._words)
        return {_DIRECT[stance] for day, stance in numbers if day == self._last_day}

    def _days(self) -> list[tuple[int, int]]:
        """Return the days, in their order, with the stances of each as bits."""
        found: dict[int, int] = defaultdict(int)
        for number in self._words:
            day, stance = divmod(number, len(STANCES))
            found[day] |= 1 << stance
        found.pop(0, None)
        return sorted(found.items())


def _extent(days: list[tuple[int, int]]) -> Iterator[Fact]:
    if days:
        yield term("gk:firstDate"), _date(days[0][0])
        yield term("gk:lastDate"), _date(days[-1][0])


def _both_sides(days: list[tuple[int, int]]) -> Iterator[Fact]:
    """Tell since when both sides were taken, unless that was on one day and no other."""
    supporting, opposing = (
        [day for day, held in days if held & 1 << side] for side in (_SUPPORTS, _OPPOSES)
    )
    if supporting and opposing and len({*supporting, *opposing}) > 1:
        yield term("gk:bothSidesSince"), _date(max(supporting[0], opposing[0]))


def _turns(days: list[tuple[int, int]]) -> Iterator[Fact]:
    """Tell when the mind was changed, and what was held before the last word.

    A day with several stances is no change; see `spells`.
    """
    clear = [(day, _CLEAR[held]) for day, held in days if held in _CLEAR]
    for (_, before), (day, stance) in itertools.pairwise(clear):
        if before != stance:
            yield term("gk:changedOn"), _date(day)
    unlike = [(day, stance) for day, stance in clear if 1 << stance != days[-1][1]]
    if unlike:
        day, stance = unlike[-1]
        yield term("gk:dateBefore"), _date(day)
        yield term("gk:stanceBefore"), _STANCE_TERMS[stance]


@functools.lru_cache(maxsize=50_000)
def _date(day: int) -> Literal:
    return Literal(datetime.date.fromordinal(day).isoformat(), datatype=term("xsd:date"))


# --- what articles say --------------------------------------------------------------------------


def words_of(quads: Iterable[Quad]) -> Iterator[Word]:
    """Yield what positions follow from; a statement that is not whole counts nowhere."""
    fields: dict[Any, dict[Any, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if quad.predicate in _FIELDS:
            fields[quad.subject][quad.predicate].add(quad.object)
    for node, values in fields.items():
        if _POSITION in values and (word := _word(node, values)):
            yield word


def _word(node: Any, values: Mapping[Any, Collection[Any]]) -> Word | None:
    one = {key: min(found, key=str) for key, found in values.items() if found}
    stance, day = _STANCE_NUMBERS.get(one.get(_STANCE)), _ordinal(one.get(_ON_DATE))
    if stance is None or day is None or not {_ACTOR, _TOPIC} <= one.keys():
        return None
    is_of_group = _ACTOR_TYPE in one and one[_ACTOR_TYPE].value == "group"
    return Word(node, one[_POSITION], (one[_ACTOR], one[_TOPIC]), stance, day, is_of_group)


def _ordinal(date: Any) -> int | None:
    """Return the number of a day, 0 where there is none; None for what is no date."""
    return _ordinal_of(date.value) if date is not None else 0


@functools.lru_cache(maxsize=50_000)
def _ordinal_of(text: str) -> int | None:
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        return None


@dataclass(slots=True)
class _Tallies:
    """In how many articles each actor speaks and each topic comes up, and how sure statements are.

    Counts of a change are differences, which may be negative.
    """

    counts: dict[Tallied, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, article: Iterable[Quad], words: Iterable[Word], times: int = 1) -> None:
        pairs = {word.pair for word in words}
        actors, topics = {actor for actor, _ in pairs}, {topic for _, topic in pairs}
        for kind, things in ((_OF_ACTOR, actors), (_OF_TOPIC, topics)):
            for thing in things:
                self.counts[kind, thing][_ARTICLES] += times
        for quad in article:
            if quad.predicate == _CONFIDENCE:
                self.counts[_OF_CONFIDENCE, quad.object][_TOTALS[_OF_CONFIDENCE]] += times

    def note_position(self, facts: Iterable[Fact], times: int = 1) -> None:
        found = dict(facts)
        if not found:
            return
        said, supporting, opposing = (
            int(found[key].value) for key in (_STATEMENTS, _SUPPORTING, _OPPOSING)
        )
        topic = self.counts[_OF_TOPIC, found[term("gk:positionOn")]]
        topic[_TOTALS[_OF_TOPIC]] += times * said
        topic[_SUPPORTING] += times * supporting
        topic[_OPPOSING] += times * opposing
        topic[_ACTORS] += times
        topic[_SIDES] += times * bool(supporting + opposing)
        actor = self.counts[_OF_ACTOR, found[term("gk:positionOf")]]
        actor[_TOTALS[_OF_ACTOR]] += times * said

    def quads(self, iris: Iris) -> set[Quad]:
        home = NamedNode(iris.graph("positions"))
        return {
            Quad(_tally(tallied, iris), *fact, home)
            for tallied, counts in self.counts.items()
            if counts[_TOTALS[tallied[0]]]
            for fact in (tallied, *((key, Literal(count)) for key, count in counts.items()))
        }


def _tally(tallied: Tallied, iris: Iris) -> NamedNode:
    kind, thing = tallied
    return NamedNode(iris.tally(kind.value, thing.value))


# --- the graph, from nothing --------------------------------------------------------------------


class Summary:
    """Gathers what all articles say; the memory grows with the positions."""

    def __init__(self) -> None:
        self._held: dict[Any, Held] = {}
        self._tallies = _Tallies()

    def gather(self, article: Collection[Quad]) -> None:
        """Note what the graph of an article says."""
        words = list(words_of(article))
        for word in words:
            self._held.setdefault(word.position, Held(word.pair)).note(word)
        self._tallies.note(article, words)

    def graphs(self, iris: Iris) -> dict[str, set[Quad]]:
        """Return the graphs ``positions`` and ``current``."""
        home, plain = (NamedNode(iris.graph(name)) for name in ("positions", "current"))
        positions: set[Quad] = set()
        current: set[Quad] = set()
        tallies = copy.deepcopy(self._tallies)
        for node, held in self._held.items():
            facts = held.facts()
            tallies.note_position(facts)
            positions |= {Quad(node, *fact, home) for fact in facts}
            actor, topic = held.pair
            current |= {Quad(actor, direct, topic, plain) for direct in held.current()}
        return {"positions": positions | tallies.quads(iris), "current": current}


# --- the graph, after a change ------------------------------------------------------------------


def summary_changes(store: QuadStore, iris: Iris, change: "Change") -> tuple[set[Quad], set[Quad]]:
    """Return what ``positions`` and ``current`` hold and shall hold of what a change touches."""
    home, plain = (NamedNode(iris.graph(name)) for name in ("positions", "current"))
    old, new = _by_article(change.old), _by_article(change.new)
    tallies = _Tallies()
    before: set[Quad] = set()
    after: set[Quad] = set()
    for words, times in ((old, -1), (new, 1)):
        for quads, spoken in words.values():
            tallies.note(quads, spoken, times)
    for node, held in _touched(store, old, new, change.graphs).items():
        stored = set(store.quads_for_pattern(node, None, None, home))
        facts = held.facts()
        tallies.note_position(((quad.predicate, quad.object) for quad in stored), -1)
        tallies.note_position(facts)
        actor, topic = held.pair
        before |= stored | set(store.quads_for_pattern(actor, None, topic, plain))
        after |= {Quad(node, *fact, home) for fact in facts}
        after |= {Quad(actor, direct, topic, plain) for direct in held.current()}
    stored, wanted = _tallies(store, iris, tallies)
    return before | stored, after | wanted


def _by_article(quads: Iterable[Quad]) -> dict[Any, tuple[list[Quad], list[Word]]]:
    found: dict[Any, list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in SUMMED_UP:
            found[quad.graph_name].append(quad)
    return {graph: (own, list(words_of(own))) for graph, own in found.items()}


def _touched(
    store: QuadStore, old: Mapping[Any, Any], new: Mapping[Any, Any], graphs: Collection[NamedNode]
) -> dict[Any, Held]:
    """Return the positions that do not stay as they are, with all their statements."""
    gone, come = ({word for _, words in one.values() for word in words} for one in (old, new))
    found = {word.position: Held(word.pair) for word in gone ^ come}
    for word in come:
        if word.position in found:
            found[word.position].note(word)
    for position, held in found.items():
        for word in _words_elsewhere(store, position, held, graphs):
            held.note(word)
    return found


def _words_elsewhere(
    store: QuadStore, position: Any, held: Held, graphs: Collection[NamedNode]
) -> Iterator[Word]:
    """Yield the statements of other articles on a position.

    Quad by quad: a SPARQL query goes through the whole store for an OPTIONAL date. Whether the
    actor is a group is the same for all of them.
    """
    is_of_group: bool | None = None
    for quad in store.quads_for_pattern(None, _POSITION, position):
        if quad.graph_name not in graphs:
            node: Any = quad.subject
            if is_of_group is None:
                is_of_group = any(q.value == "group" for q in _objects(store, node, _ACTOR_TYPE))
            stance, date = (_least(store, node, key) for key in (_STANCE, _ON_DATE))
            number, day = _STANCE_NUMBERS.get(stance), _ordinal(date)
            if number is not None and day is not None:
                yield Word(node, position, held.pair, number, day, is_of_group)


def _least(store: QuadStore, node: Any, predicate: NamedNode) -> Any:
    return min(_objects(store, node, predicate), key=str, default=None)


def _objects(store: QuadStore, node: Any, predicate: NamedNode) -> Iterator[Any]:
    return (quad.object for quad in store.quads_for_pattern(node, predicate, None))


def _tallies(store: QuadStore, iris: Iris, changed: _Tallies) -> tuple[set[Quad], set[Quad]]:
    """Return the tallies as they are, and as they will be by these differences."""
    home = NamedNode(iris.graph("positions"))
    before: set[Quad] = set()
    later = _Tallies()
    for tallied, differences in changed.counts.items():
        if any(differences.values()):
            stored: list[Any] = list(
                store.quads_for_pattern(_tally(tallied, iris), None, None, home)
            )
            before |= set(stored)
            counts = later.counts[tallied]
            kept = (quad for quad in stored if quad.predicate != tallied[0])
            counts.update({quad.predicate: int(quad.object.value) for quad in kept})
            counts.update(differences)
    return before, later.quads(iris)
