"""Check that the graph of an article holds all that an article tells, each thing once.

What is missing here no other graph knows: only reading the article again brings it back.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Quad

from graphkit.article import Article
from graphkit.coding_rdf import DETAILS, VARIABLES
from graphkit.vocabulary import STANCE_TERMS, Iris, expand

Values = Mapping[Any, Mapping[str, list[Any]]]
"""The values of each subject by predicate."""


@dataclass(frozen=True)
class _Kind:
    """What something in an article has: each of some properties once, and others at most once."""

    once: tuple[str, ...]
    optional: tuple[str, ...] = ()
    often: tuple[str, ...] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """All its properties, by their IRIs."""
        return {expand(name): name for name in (*self.once, *self.optional, *self.often)}


_KINDS = {
    "article": _Kind(
        ("rdf:type", "dcterms:identifier", "schema:articleBody", "gk:digest"),
        (
            "schema:datePublished",
            "schema:headline",
            "schema:publisher",
            "schema:url",
            *DETAILS.values(),
        ),
    ),
    "run": _Kind(("rdf:type", "prov:used", "prov:wasAssociatedWith"), ("gk:settings",)),
    "actor": _Kind(
        ("rdf:type", "gk:mentionedIn", "gk:profile", "gk:name"),
        ("gk:role", "gk:affiliationMention", "gk:sameAs"),
        ("gk:alias",),
    ),
    "char": _Kind(("rdf:type", "oa:hasSource"), (), ("oa:hasSelector",)),
    "quote": _Kind(("rdf:type", "oa:exact")),
    "position": _Kind(("rdf:type", "oa:start", "oa:end")),
    "statement": _Kind(
        (
            "gk:article",
            "gk:actorMention",
            "gk:stance",
            "gk:actText",
            "gk:topicText",
            "gk:evidence",
            "gk:confidence",
            "gk:rule",
            "gk:utterance",
            "prov:wasGeneratedBy",
        ),
        (
            "gk:topicMention",
            "gk:topicLabel",
            "gk:onDate",
            "gk:condition",
            "gk:actorSpan",
            "gk:cueSpan",
            "gk:topicSpan",
            "gk:coding",
        ),
    ),
    "coding": _Kind(("rdf:type",), ("gk:number", "gk:coder", "gk:codedSpan", "gk:codingType")),
    "utterance": _Kind(("rdf:type", "gk:speakerMention", "gk:quoteType"), ("gk:saidAccordingTo",)),
}
_WITHIN = frozenset(
    map(
        expand,
        (
            "gk:actorMention",
            "gk:topicMention",
            "gk:speakerMention",
            "gk:affiliationMention",
            "gk:evidence",
            "gk:coding",
            "gk:utterance",
            "gk:saidAccordingTo",
            "prov:wasGeneratedBy",
            "oa:hasSelector",
        ),
    )
)
"""The properties whose values the same article tells."""

_PARTS = ("oa:exact", "oa:start", "oa:end")
_TOPICS = (expand("gk:topicMention"), expand("gk:topicLabel"))
_STANCES = frozenset(map(expand, STANCE_TERMS.values()))


def missing_parts(graph: NamedNode, told: Iterable[Quad], iris: Iris) -> list[str]:
    """Return in words what is wrong with what an article tells, in a fixed order."""
    values = _by_subject(told)
    found = [*_wrong_article(graph, values, iris)]
    for node in values:
        kind = _kind_of(node, graph.value, iris)
        if kind is None:
            faults: Iterable[str] = ["belongs to no article"]
        else:
            faults = _faults(node, kind, values)
        found += [f"{iris.shorten(node.value)} {fault}" for fault in faults]
    return sorted(found)


def _by_subject(quads: Iterable[Any]) -> Values:
    values: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        values[quad.subject][quad.predicate.value].append(quad.object)
    return values


def _kind_of(node: Any, article: str, iris: Iris) -> str | None:
    """Return what a subject is by its IRI, None if it is nothing that articles tell."""
    name: str = node.value
    if name.startswith(article):
        within = name.removeprefix(article)
        kind = within[1:].partition("=")[0] if within else "article"
        return kind if not within or (kind in _KINDS and within[0] == "#") else None
    beginning = f"{iris.base}statement/"
    if not name.startswith(beginning):
        return None
    return "utterance" if "/" in name.removeprefix(beginning) else "statement"


def _faults(node: Any, kind: str, values: Values) -> Iterator[str]:
    wanted, found = _KINDS[kind], values[node]
    yield from (f"has no {name}" for name in wanted.once if expand(name) not in found)
    for iri, objects in found.items():
        if kind == "coding" and VARIABLES in iri:
            continue  # a coder may give a variable any value
        name = Iris("").shorten(iri) if iri not in wanted.names else wanted.names[iri]
        if iri not in wanted.names:
            yield f"has a {name}, which no article tells"
        elif len(objects) > 1 and name not in wanted.often:
            yield f"has more than one {name}"
        if iri in _WITHIN:
            strange = (value for value in objects if value not in values)
            yield from (f"has a {name} that is not there: {value}" for value in strange)
    for name, is_right in _CHECKS:
        for value in found.get(expand(name), ()):
            if not is_right(value.value):
                yield f"has a {name} that is none: {value.value}"
    if kind == "statement":
        yield from _wrong_topics(found)
    elif kind == "char":
        yield from _wrong_offsets(node, values)


def _wrong_topics(found: Mapping[str, list[Any]]) -> Iterator[str]:
    topics = [*found.get(_TOPICS[0], ()), *found.get(_TOPICS[1], ())]
    if len(topics) != 1:
        yield "has more than one topic" if topics else "has no topic"


def _is_share(text: str) -> bool:
    with suppress(ValueError):
        return 0 <= float(text) <= 1
    return False


def _is_day(text: str) -> bool:
    with suppress(ValueError):
        return datetime.date.fromisoformat(text) is not None
    return False


def _is_moment(text: str) -> bool:
    with suppress(ValueError):
        return datetime.datetime.fromisoformat(text) is not None
    return False


_CHECKS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("gk:stance", _STANCES.__contains__),
    ("gk:confidence", _is_share),
    ("gk:onDate", _is_day),
    ("gk:moment", _is_moment),
    ("gk:number", re.compile(r"[0-9]{1,18}").fullmatch),
    ("gk:codedSpan", re.compile(r"[0-9]{1,18},[0-9]{1,18}").fullmatch),
)


def _wrong_article(graph: NamedNode, values: Values, iris: Iris) -> Iterator[str]:
    """Tell whether the article itself is another one than was added."""
    found = values.get(graph, {})
    text = _only(found, "schema:articleBody")
    day = _only(found, "schema:datePublished")
    if not found:
        yield "there is no article in its graph"
    elif day and not _is_day(day):
        yield f"its schema:datePublished is none: {day}"
    elif iris.article(_only(found, "dcterms:identifier")) != graph.value:
        yield "its dcterms:identifier is that of another article"
    else:
        article = Article(
            id="",
            text=text,
            title=_only(found, "schema:headline"),
            date=datetime.date.fromisoformat(day) if day else None,
            source=_only(found, "schema:publisher"),
            url=_only(found, "schema:url"),
        )
        if article.digest != _only(found, "gk:digest"):
            yield "its text, title, date, source or url is not what was added (gk:digest)"


def _only(found: Mapping[str, list[Any]], predicate: str) -> str:
    return next((str(one.value) for one in found.get(expand(predicate), ())), "")


def _wrong_offsets(place: Any, values: Values) -> Iterator[str]:
    """Tell whether the text does not have the words of a place there."""
    parts = {
        name: values[selector][expand(name)][0].value
        for selector in values[place].get(expand("oa:hasSelector"), ())
        for name in _PARTS
        if expand(name) in values.get(selector, ())
    }
    lacking = [name for name in _PARTS if name not in parts]
    if lacking:
        yield f"has no {' and no '.join(lacking)}"
    elif not (parts["oa:start"].isdecimal() and parts["oa:end"].isdecimal()):
        yield "has offsets that are no numbers"
    else:
        article = NamedNode(place.value.partition("#")[0])
        start, end = int(parts["oa:start"]), int(parts["oa:end"])
        text = _only(values.get(article, {}), "schema:articleBody")
        if text[start:end] != parts["oa:exact"] or not place.value.endswith(f"={start},{end}"):
            yield f"is not what the text has from {start} to {end}: {text[start:end]!r:.60}"
