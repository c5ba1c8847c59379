"""Find what people mean by a name: by label, IRI or alias, whatever its case and accents."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from graphkit.curation import Correction
from graphkit.errors import UnknownNameError
from graphkit.folding import fold
from graphkit.store import Store

_NEAREST = 3
_GO_BY_ID = ("article", "statement")
_ALIKE = 60  # percent: what shares less is no misspelling

_IS_ACTOR = "ASK { %s a gk:Actor }"
_IS_TOPIC = (
    "ASK { { %s a skos:Concept } UNION { ?actor gk:supports|gk:opposes|gk:ambivalentOn %s } }"
)

_LABELS = "SELECT ?label ?name { %s skos:prefLabel ?label ; skos:prefLabel|skos:altLabel ?name }"
_ALL_LABELS = """
SELECT ?name {
  { %s skos:prefLabel|skos:altLabel ?name } UNION { ?s a gk:RetiredStatement ; gk:topicLabel ?name }
}
"""
_HAS_ARTICLES = "ASK { ?article a schema:NewsArticle }"
_FILL = " The store has no articles yet: `graphkit add` fills it."
_LIST_ARTICLES = (
    ' `graphkit query -e "SELECT ?id { ?a a schema:NewsArticle ; dcterms:identifier ?id }"` '
    "lists the ids of articles."
)
_LIST_STATEMENTS = " `graphkit quotes ACTOR` lists the ids of statements."
_STATEMENTS = """
SELECT ?node WHERE { ?node a gk:Statement FILTER(STRSTARTS(STR(?node), "%s")) }
ORDER BY ?node LIMIT 4
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
    return _resolve(store, text, "actor", _IS_ACTOR)


def namesakes(store: Store, actor: str) -> list[str]:
    """Return the other actors that an actor's canonical name is a name of, too."""
    names = _names(store, fold(actor), _IS_ACTOR)
    return sorted({one.label for one in names if one.label != actor})


def resolve_topic(store: Store, text: str) -> str:
    """Return the label of the topic that `text` names; see `resolve_actor`."""
    return _resolve(store, text, "topic", _IS_TOPIC)


def resolve_article(store: Store, text: str) -> str:
    """Return the id of the article with this id, IRI or beginning of an id, if only one fits.

    Raise UnknownNameError, with the nearest three, if there is none, or if several fit.
    """
    for iri in filter(None, (store.iris.article(text), as_iri(store, text))):
        if store.query(f"ASK {{ <{iri}> a schema:NewsArticle }}"):
            return store.iris.article_id(iri)
    rows: Any = store.query("SELECT ?id { ?node a schema:NewsArticle ; dcterms:identifier ?id }")
    known = sorted(row["id"].value for row in rows)
    fitting = [article for article in known if text and article.startswith(text)]
    return _only(
        "article", text, fitting, lambda: nearest(text, known) or _way_on(store, _LIST_ARTICLES)
    )


def resolve_statement(store: Store, text: str) -> str:
    """Return the id of the statement with this id, IRI or beginning of an id, if only one fits.

    Raise UnknownNameError if there is none, or if several fit.
    """
    iri = as_iri(store, text) or store.iris.statement(text)
    if store.query(f"ASK {{ <{iri}> a gk:Statement }}"):
        return store.iris.statement_id(iri)
    rows: Any = store.query(_STATEMENTS % iri) if text else ()
    fitting = sorted(store.iris.statement_id(row["node"].value) for row in rows)
    return _only("statement", text, fitting, lambda: _way_on(store, _LIST_STATEMENTS))


def in_words(store: Store, correction: Correction) -> str:
    """Return what a correction says: topics by their labels, actors by their short IRIs.

    A topic that was renamed, merged or retired goes by the label that its statements give it.
    """
    return correction.describe(
        lambda iri: _called(store, iri, before=correction.action == "rename")
    )


def _called(store: Store, iri: str, *, before: bool) -> str:
    from graphkit.topics import best_label, own_labels  # 20 ms that look-ups need not spend

    if store.iris.is_actor(iri):
        return store.iris.shorten(iri)
    rows: Any = store.query(_LABELS.replace("%s", f"<{iri}>"))
    shown = {row["label"].value for row in rows}
    if before or not shown:
        rows = store.query(_ALL_LABELS.replace("%s", f"<{store.follow(iri)}>"))
        given = sorted({row["name"].value for row in rows} - shown)
        shown = set(own_labels(iri, given, store.iris)) or shown
    return f"'{best_label(sorted(shown))}'" if shown else store.iris.shorten(iri)


def nearest(text: str, names: Iterable[str]) -> str:
    """Return " Did you mean 'A', 'B' or 'C'?", or "" where no name is like `text`."""
    known: dict[str, str] = {}
    for name in sorted(names):
        known.setdefault(fold(name), name)
    return _did_you_mean([known[name] for name in _alike(fold(text), known)][:_NEAREST])


def _resolve(store: Store, text: str, kind: str, is_kind: str) -> str:
    iri, folded = as_iri(store, text), fold(text)
    known = _names_of(store, iri, is_kind) if iri else []
    known += _names(store, folded, is_kind)
    rules: tuple[Callable[[_Name], bool], ...] = (
        lambda one: one.label == text,
        lambda one: iri is not None and one.iri in {iri, store.follow(iri)},
        lambda one: fold(one.label) == folded,
        lambda one: one.name == text,
        lambda one: fold(one.name) == folded,
    )
    fitting = (sorted({one.label for one in known if rule(one)}) for rule in rules)
    listing = f" `graphkit {kind}s` lists those that there are."
    return _only(
        kind,
        text,
        next(filter(None, fitting), []),
        lambda: _did_you_mean(_nearest_labels(store, folded, is_kind)) or _way_on(store, listing),
    )


def _names(store: Store, folded: str, is_kind: str) -> list[_Name]:
    """Return the names of all that has a name which folds to `folded`."""
    rows: Any = store.query(f"SELECT ?node {{ ?node gk:foldedName {Literal(folded)} }}")
    return [name for row in rows for name in _names_of(store, row["node"].value, is_kind)]


def _names_of(store: Store, iri: str, is_kind: str) -> list[_Name]:
    """Return the names of what has an IRI, with the IRI and label of what it was merged into."""
    kept = iri if store.is_in_use(iri) else store.follow(iri)
    if not store.is_in_use(kept) or not store.query(is_kind.replace("%s", f"<{kept}>")):
        return []
    rows: Any = store.query(_LABELS.replace("%s", f"<{kept}>"))
    found = [_Name(kept, row["label"].value, row["name"].value) for row in rows]
    if kept == iri or not found:
        return found
    old: Any = store.query(_LABELS.replace("%s", f"<{iri}>"))  # if it is of the codebook
    return found + [_Name(kept, found[0].label, row["name"].value) for row in old]


def _nearest_labels(store: Store, folded: str, is_kind: str) -> list[str]:
    """Return the labels of three things with a name like the one that nothing has."""
    rows: Any = store.query("SELECT DISTINCT ?name { ?node gk:foldedName ?name }")
    names = sorted(row["name"].value for row in rows)
    labels: dict[str, None] = {}
    for name in _alike(folded, names):
        found = {one.label for one in _names(store, name, is_kind) if fold(one.name) == name}
        labels |= dict.fromkeys(sorted(found))
        if len(labels) >= _NEAREST:
            break
    return list(labels)[:_NEAREST]


def _only(kind: str, text: str, fitting: list[str], hint: Callable[[], str]) -> str:
    """Return what alone fits; where nothing does, the `hint` tells what to do."""
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UnknownNameError(f"No {kind} '{text}'.{hint()}")
    others = " and others" if len(fitting) > _NEAREST else ""
    listed = ", ".join(f"'{name}'" for name in fitting[:_NEAREST])
    wanted = "more of the id" if kind in _GO_BY_ID else "the whole name"
    raise UnknownNameError(f"The {kind} '{text}' can be {listed}{others}. Give {wanted}.")


def _way_on(store: Store, listing: str) -> str:
    """Return what to do where no name is alike: see the `listing`, if any can be listed."""
    return listing if store.query(_HAS_ARTICLES) else _FILL


def _alike(folded: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold the text as a word, then those that are spelt like it."""
    from rapidfuzz import fuzz, process  # 20 ms, and wanted for an error only

    listed = list(names)
    word = re.compile(rf"\b{re.escape(folded)}\b") if folded else re.compile(r"(?!)")
    holding = [name for name in listed if word.search(name)]
    alike = process.extract(folded, listed, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=20)
    alike.sort(key=lambda found: (-found[1], found[0]))
    return list(dict.fromkeys([*holding[:20], *(name for name, _, _ in alike)]))


def _did_you_mean(labels: list[str]) -> str:
    if not labels:
        return ""
    quoted = [f"'{label}'" for label in labels]
    listed = " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
    return f" Did you mean {listed}?"


def as_iri(store: Store, text: str) -> str | None:
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
