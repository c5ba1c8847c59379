"""Corrections of actors as people make them, by names."""

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pyoxigraph import Literal

from graphkit.curation import Correction
from graphkit.errors import CorrectionError
from graphkit.folding import fold
from graphkit.names import as_iri, resolve_actor, resolve_article
from graphkit.statement import Actor
from graphkit.store import Store

_LABELS = """
SELECT ?node ?label { ?node gk:foldedName %s . ?node a gk:Actor ; skos:prefLabel ?label }
"""
_MENTIONED = "ASK { GRAPH <%s> { ?mention prov:specializationOf <%s> } }"


def merge(store: Store, actor: str, others: Sequence[str]) -> list[Correction]:
    """Return corrections that make the mentions of `others` those of `actor`.

    An actor that means something in one article only becomes one of all articles. Raise
    UnknownNameError for an unknown name, CorrectionError where a name is that of several actors.
    """
    shown, target = _shown(store, actor), _target(store, actor)
    sources = [node for name in (actor, *others) for node in _nodes(store, name)]
    return [
        Correction(action="merge", actor=node, other=target, shown=shown.name, type=shown.type)
        for node in dict.fromkeys(sources)
        if node != target
    ]


def rename(store: Store, actor: str, name: str) -> list[Correction]:
    """Return the correction that shows an actor by another name.

    Raise CorrectionError if another actor has that name: two of one name could not be told apart.
    """
    node, shown, label = _node(store, actor), _shown(store, actor), cleaned_name(name)
    if _labelled(store, label) - {node}:
        raise CorrectionError(
            f"'{label}' is another actor; `graphkit actors merge` makes two actors one."
        )
    return [Correction(action="rename", actor=node, name=label, type=shown.type)]


def split(store: Store, actor: str, name: str, articles: Sequence[str]) -> list[Correction]:
    """Return the correction that gives the mentions in some articles to another actor.

    `name` is that of a known actor, or of a new one. Raise UnknownNameError for an unknown article,
    CorrectionError for one without the actor.
    """
    node = _node(store, actor)
    label = resolve_actor(store, name) if as_iri(store, name) else cleaned_name(name)
    target = next(iter(store.actor_nodes(label)), "") or store.iris.actor(label)
    if target == node:
        raise CorrectionError(f"'{actor}' has the name '{label}' already; give another.")
    if not articles:
        raise CorrectionError("Give the articles whose mentions are to be split off.")
    found = sorted({resolve_article(store, one) for one in articles})
    for article in found:
        if not store.query(_MENTIONED % (store.iris.article(article), node)):
            raise CorrectionError(f"Article '{article}' does not mention '{actor}'.")
    return [
        Correction(
            action="split",
            actor=node,
            other=target,
            shown=label,
            type=_shown(store, actor).type,
            articles=tuple(found),
        )
    ]


def alias(store: Store, actor: str, names: Sequence[str]) -> list[Correction]:
    """Return the corrections by which what articles call one of `names` is `actor`."""
    shown, node = _shown(store, actor), _target(store, actor)
    return [
        Correction(action="alias", actor=node, name=name, shown=shown.name, type=shown.type)
        for name in map(cleaned_name, names)
    ]


def represents(
    store: Store,
    actor: str,
    principal: str,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[Correction]:
    """Return the correction that tells whom an actor speaks for; "" is nobody."""
    node = _node(store, actor)
    made = Correction(action="represents", actor=node, since=since, until=until)
    if not principal:
        return [made]
    other, shown = _node(store, principal), _shown(store, principal)
    if other == node:
        raise CorrectionError(f"'{actor}' cannot speak for itself.")
    return [replace(made, other=other, shown=shown.name, type=shown.type)]


# --- names --------------------------------------------------------------------------------------


def cleaned_name(name: str) -> str:
    """Return a name without blanks too many. Raise CorrectionError if nothing is left."""
    cleaned = unicodedata.normalize("NFC", " ".join(name.split()))
    if not cleaned:
        raise CorrectionError("A name must not be empty.")
    return cleaned


def _nodes(store: Store, actor: str) -> list[str]:
    """Return the IRIs of what a name or an IRI means; of "some countries" there are several."""
    iri = as_iri(store, actor)
    label = resolve_actor(store, actor)
    return [store.follow(iri)] if iri else store.actor_nodes(label)


def _node(store: Store, actor: str) -> str:
    nodes = _nodes(store, actor)
    if len(nodes) > 1:
        listed = ", ".join(store.iris.shorten(node) for node in nodes[:3])
        raise CorrectionError(f"'{actor}' is the name of several actors; give one of {listed}.")
    return nodes[0]


def _labelled(store: Store, label: str) -> set[str]:
    """Return the IRIs of the actors that are shown by a name, whatever its case and accents."""
    rows: Any = store.query(_LABELS % Literal(fold(label)))
    return {row["node"].value for row in rows if fold(row["label"].value) == fold(label)}


def _target(store: Store, actor: str) -> str:
    """Return the IRI that mentions of other actors can move to: none of one article only."""
    lasting = [one for one in _nodes(store, actor) if not store.iris.is_local_actor(one)]
    if not lasting:
        return store.iris.actor(_shown(store, actor).name)
    return lasting[0] if len(lasting) == 1 else _node(store, actor)


def _shown(store: Store, actor: str) -> Actor:
    return store.actors([resolve_actor(store, actor)])[0]
