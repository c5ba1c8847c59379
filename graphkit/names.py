"""Find what people mean by a name: by label, IRI or alias, whatever its case and accents."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from graphkit.errors import UnknownNameError
from graphkit.store import Store

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'"}
)
_NEAREST = 3
_ALIKE = 0.6  # difflib's own limit

_ACTOR_NAMES = """
SELECT ?node ?label ?name WHERE {
  ?node a gk:Actor ; skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name .
}
"""
_TOPIC_NAMES = """
SELECT ?node ?label ?name WHERE {
  {
    SELECT DISTINCT ?node WHERE {
      { ?node a skos:Concept } UNION { ?actor gk:supports|gk:opposes|gk:ambivalentOn ?node }
    }
  }
  ?node skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name .
}
"""
_LIST_ARTICLES = (
    ' `graphkit query -e "SELECT ?id { ?a a schema:NewsArticle ; dcterms:identifier ?id }"` '
    "lists the ids of articles."
)
_LIST_STATEMENTS = " `graphkit quotes ACTOR` lists the ids of statements."
_STATEMENTS = """
SELECT ?node WHERE { ?node a gk:Statement FILTER(STRSTARTS(STR(?node), "%s")) } LIMIT 4
"""


@dataclass(frozen=True, slots=True)
class _Name:
    """One name of one thing: its label or an alias."""

    iri: str
    label: str
    name: str


def resolve_actor(store: Store, text: str) -> str:
    """Return the canonical name of the actor that `text` names.

    Exact names go before those that differ in case, accents and blanks, and labels before aliases.
    Raise UnknownNameError, with the nearest three, if there is none, or if there are several.
    """
    return _resolve(store, text, "actor", _ACTOR_NAMES)


def namesakes(store: Store, actor: str) -> list[str]:
    """Return the other actors that an actor's canonical name is a name of, too."""
    rows: Any = store.query(_ACTOR_NAMES)
    known = [(row["label"].value, row["name"].value) for row in rows]
    folded = fold(actor)
    return sorted({label for label, name in known if label != actor and fold(name) == folded})


def resolve_topic(store: Store, text: str) -> str:
    """Return the label of the topic that `text` names; see `resolve_actor`."""
    return _resolve(store, text, "topic", _TOPIC_NAMES)


def resolve_article(store: Store, text: str) -> str:
    """Return the id of the article with this id, IRI or beginning of an id, if only one fits.

    Raise UnknownNameError, with the nearest three, if there is none, or if several fit.
    """
    for iri in filter(None, (store.iris.article(text), _as_iri(store, text))):
        if store.query(f"ASK {{ <{iri}> a schema:NewsArticle }}"):
            return store.iris.article_id(iri)
    rows: Any = store.query("SELECT ?id { ?node a schema:NewsArticle ; dcterms:identifier ?id }")
    known = sorted(row["id"].value for row in rows)
    fitting = [article for article in known if text and article.startswith(text)]
    names = {one: one for one in known}
    return _only("article", text, fitting, lambda: _nearest(text, names), _LIST_ARTICLES)


def resolve_statement(store: Store, text: str) -> str:
    """Return the id of the statement with this id, IRI or beginning of an id, if only one fits.

    Raise UnknownNameError if there is none, or if several fit.
    """
    iri = _as_iri(store, text) or store.iris.statement(text)
    if store.query(f"ASK {{ <{iri}> a gk:Statement }}"):
        return store.iris.statement_id(iri)
    rows: Any = store.query(_STATEMENTS % iri) if text else ()
    fitting = sorted(store.iris.statement_id(row["node"].value) for row in rows)
    return _only("statement", text, fitting, list, _LIST_STATEMENTS)


def fold(name: str) -> str:
    """Return a name without what people leave out: case, accents, and blanks too many.

    >>> fold("  Łucja NOVÁK ")
    'lucja novak'
    """
    parts = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def nearest(text: str, names: Iterable[str]) -> str:
    """Return " Did you mean 'A', 'B' or 'C'?", or "" where no name is like `text`."""
    return _did_you_mean(_nearest(text, {name: name for name in names}))


def _resolve(store: Store, text: str, kind: str, query: str) -> str:
    rows: Any = store.query(query)
    known = [_Name(row["node"].value, row["label"].value, row["name"].value) for row in rows]
    iri, folded = _as_iri(store, text), fold(text)
    rules: tuple[Callable[[_Name], bool], ...] = (
        lambda one: one.label == text,
        lambda one: one.iri == iri,
        lambda one: fold(one.label) == folded,
        lambda one: one.name == text,
        lambda one: fold(one.name) == folded,
    )
    for rule in rules:
        if fitting := sorted({one.label for one in known if rule(one)}):
            return _only(kind, text, fitting, list)
    return _only(kind, text, [], lambda: _nearest(text, {one.name: one.label for one in known}))


def _only(
    kind: str, text: str, fitting: list[str], suggest: Callable[[], list[str]], more: str = ""
) -> str:
    """Return what alone fits; where nothing is even like it, `more` tells what to do."""
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UnknownNameError(f"No {kind} '{text}'.{_did_you_mean(suggest()) or more}")
    others = " and others" if len(fitting) > _NEAREST else ""
    listed = ", ".join(f"'{name}'" for name in fitting[:_NEAREST])
    raise UnknownNameError(f"The {kind} '{text}' can be {listed}{others}. Give the whole name.")


def _nearest(text: str, labels: dict[str, str]) -> list[str]:
    """Return the labels of names that hold the text as a word, then of those that look alike."""
    folded = fold(text)
    names: dict[str, str] = {}
    for name, label in sorted(labels.items()):
        names.setdefault(fold(name), label)
    word = re.compile(rf"\b{re.escape(folded)}\b") if folded else re.compile(r"(?!)")
    alike = difflib.get_close_matches(folded, names, n=2 * _NEAREST, cutoff=_ALIKE)
    found = [name for name in names if word.search(name)][:_NEAREST] + alike
    return list(dict.fromkeys(names[name] for name in found))[:_NEAREST]


def _did_you_mean(labels: list[str]) -> str:
    if not labels:
        return ""
    quoted = [f"'{label}'" for label in labels]
    listed = " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    return f" Did you mean {listed}?"


def _as_iri(store: Store, text: str) -> str | None:
    """Return the IRI that a text is, in full, in angle brackets or with a prefix, else None."""
    prefix, colon, local = text.partition(":")
    if text.startswith("<") and text.endswith(">"):
        iri = text[1:-1]
    elif local.startswith("//"):
        iri = text
    elif colon and prefix in store.iris.prefixes:
        iri = store.iris.prefixes[prefix] + local
    else:
        return None
    try:
        return NamedNode(iri).value  # which lets nothing through that could end an IRI in a query
    except ValueError:
        return None
