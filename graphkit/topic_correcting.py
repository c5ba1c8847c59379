"""Corrections of topics as people make them, by labels."""

from collections.abc import Sequence
from typing import Any

from graphkit.correcting import cleaned_name
from graphkit.curation import Correction
from graphkit.errors import CorrectionError
from graphkit.names import as_iri, resolve_article, resolve_topic
from graphkit.store import Store
from graphkit.topics import candidate_iri


def merge(store: Store, topic: str, others: Sequence[str]) -> list[Correction]:
    """Return corrections that make the statements on `others` those on `topic`.

    Raise UnknownNameError for an unknown label, CorrectionError for one that is an actor.
    """
    target, label = _node(store, topic)
    nodes = dict.fromkeys(_node(store, other)[0] for other in others)
    return [
        Correction(kind="topic", action="merge", actor=node, other=target, shown=label)
        for node in nodes
        if node != target
    ]


def rename(store: Store, topic: str, name: str) -> list[Correction]:
    """Return the correction that shows a topic by another label; one of a codebook has its own."""
    node, label = _node(store, topic)
    if node in {concept.iri for concept in store.concepts()}:
        raise CorrectionError(
            f"'{label}' is a topic of the codebook: change its label there, and import it again."
        )
    new = cleaned_name(name)
    if set(store.topic_nodes(new)) - {node}:
        raise CorrectionError(
            f"'{new}' is another topic; `graphkit topics merge` makes two topics one."
        )
    return [Correction(kind="topic", action="rename", actor=node, name=new)]


def split(store: Store, topic: str, name: str, articles: Sequence[str]) -> list[Correction]:
    """Return the correction that gives the statements of some articles to another topic.

    `name` is that of a known topic, or of a new one. Raise UnknownNameError for an unknown article.
    """
    node, _ = _node(store, topic)
    target, label = _target(store, name)
    if target == node:
        raise CorrectionError(f"'{topic}' is '{label}' already; give another label.")
    found = tuple(sorted({resolve_article(store, one) for one in articles}))
    return [
        Correction(
            kind="topic", action="split", actor=node, other=target, shown=label, articles=found
        )
    ]


def alias(store: Store, topic: str, names: Sequence[str]) -> list[Correction]:
    """Return the corrections by which statements with one of the labels are on `topic`."""
    node, label = _node(store, topic)
    return [
        Correction(kind="topic", action="alias", actor=node, name=name, shown=label)
        for name in map(cleaned_name, names)
    ]


def broader(store: Store, topic: str, wider: str) -> list[Correction]:
    """Return the correction by which `wider`, a known topic or a new one, is wider than `topic`.

    Raise CorrectionError if that leads back to the topic.
    """
    node, label = _node(store, topic)
    target, shown = _target(store, wider)
    if target == node or node in _wider_nodes(store, target):
        raise CorrectionError(f"'{shown}' is '{label}' or part of it: it cannot be wider.")
    return [
        Correction(
            kind="topic", action="broader", actor=node, other=target, name=label, shown=shown
        )
    ]


def retire(store: Store, topics: Sequence[str]) -> list[Correction]:
    """Return the corrections that take topics out of use; their statements are kept, and rest."""
    nodes = (_node(store, topic)[0] for topic in topics)
    return [Correction(kind="topic", action="retire", actor=node) for node in dict.fromkeys(nodes)]


def _node(store: Store, topic: str) -> tuple[str, str]:
    """Return IRI and label of a topic, by a label or an IRI."""
    label = resolve_topic(store, topic)
    iri = as_iri(store, topic)
    nodes = [store.follow(iri)] if iri else store.topic_nodes(label)
    if not nodes:
        raise CorrectionError(f"'{label}' is an actor; `graphkit actors` corrects actors.")
    return nodes[0], label


def _target(store: Store, name: str) -> tuple[str, str]:
    """Return IRI and label of a known topic or of a new one."""
    label = resolve_topic(store, name) if as_iri(store, name) else cleaned_name(name)
    return next(iter(store.topic_nodes(label)), candidate_iri(label, store.iris)), label


def _wider_nodes(store: Store, node: str) -> set[str]:
    """Return the IRIs of all topics above one."""
    query = f"SELECT ?wider {{ <{node}> skos:broader+ ?wider }}"
    rows: Any = store.query(query)
    return {row["wider"].value for row in rows}
