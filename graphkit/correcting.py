"""Corrections of actors as people make them: by names, one at a time or in a table."""

import datetime
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from pyoxigraph import Literal

from graphkit.curation import ACTIONS, Action, Correction
from graphkit.curation_rdf import read_turtle
from graphkit.errors import CorrectionError, GraphkitError
from graphkit.folding import fold
from graphkit.names import as_iri, resolve_actor, resolve_article
from graphkit.statement import ACTOR_TYPES, Actor, ActorType
from graphkit.store import Store
from graphkit.tables_file import check_columns, iter_rows, parts, read_header, read_text

COLUMNS = ("action", "actor", "other", "name", "articles", "from", "to", "shown", "type")
"""The columns of a table of corrections; see `Correction`. Actors are names or IRIs."""

_LABELS = """
SELECT ?node ?label { ?node gk:foldedName %s . ?node a gk:Actor ; skos:prefLabel ?label }
"""
_MENTIONED = "ASK { GRAPH <%s> { ?mention prov:specializationOf <%s> } }"

OnError = Callable[[CorrectionError], None]


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
    node, shown, label = _node(store, actor), _shown(store, actor), _clean(name)
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
    label = resolve_actor(store, name) if as_iri(store, name) else _clean(name)
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
        for name in map(_clean, names)
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


# --- files --------------------------------------------------------------------------------------


def apply_file(store: Store, path: Path, on_error: OnError) -> int:
    """Make the corrections of a table or a Turtle file, each on top of those before it.

    Wrong lines are left out and given to `on_error`. Return how many corrections are new. Raise
    CorrectionError if the file cannot be read or is none of both.
    """
    before = len(store.corrections())
    if path.suffix.casefold() in {".ttl", ".turtle"}:
        text = read_text(path, "file of corrections", CorrectionError)
        store.correct(read_turtle(text, str(path), store.iris))
    else:
        _apply_table(store, path, on_error)
    return len(store.corrections()) - before


def to_row(store: Store, correction: Correction) -> dict[str, str]:
    """Return a correction as a row of a table that `apply_file` reads."""
    return {
        "action": correction.action,
        "actor": store.iris.shorten(correction.actor),
        "other": store.iris.shorten(correction.other) if correction.other else "",
        "name": correction.name,
        "articles": "|".join(correction.articles),
        "from": str(correction.since or ""),
        "to": str(correction.until or ""),
        "shown": correction.shown,
        "type": correction.type,
    }


def _apply_table(store: Store, path: Path, on_error: OnError) -> None:
    def tell(line: int, message: str) -> None:
        on_error(CorrectionError(f"{path}:{line}: {message}"))

    text = read_text(path, "file of corrections", CorrectionError)
    header = read_header(text, {"article": "articles", "since": "from", "until": "to"})
    if not {"action", "actor"} <= set(header.columns):
        raise CorrectionError(
            f"{path}:1: no table of corrections: the first line must name its columns, of "
            f"{', '.join(COLUMNS)}"
        )
    check_columns(header, (*COLUMNS, "id", "applies"), tell)  # which a listing adds
    for row in iter_rows(text, header, tell):
        cells = {name: row.cells.get(name, "").strip() for name in COLUMNS}
        try:
            store.correct(_of_row(store, cells))
        except (GraphkitError, ValueError) as error:
            tell(row.line, str(error))


def _of_row(store: Store, cells: Mapping[str, str]) -> list[Correction]:
    """Return the corrections of a row. Raise ValueError or GraphkitError if it is wrong."""
    action, actor, other, name = (cells[key] for key in ("action", "actor", "other", "name"))
    if action not in ACTIONS["actor"]:
        raise ValueError(
            f"the action '{action}' is unknown; known are {', '.join(ACTIONS['actor'])}"
        )
    if cells["type"] not in ("", *ACTOR_TYPES):
        raise ValueError(f"the type '{cells['type']}' is unknown")
    needed = {"merge": other, "rename": name, "split": other or name, "alias": name}.get(
        action, "-"
    )
    if not needed or not actor:
        raise ValueError(f"a row to {action} needs more cells; see the README")
    since, until = _day("from", cells["from"]), _day("to", cells["to"])
    articles = parts(cells["articles"])
    if (iri := as_iri(store, actor)) and cells["type"]:
        return [_written(store, iri, cells, (since, until), articles)]
    if action == "merge":
        return merge(store, actor, [other])
    if action == "rename":
        return rename(store, actor, name)
    if action == "split":
        return split(store, actor, other or name, articles)
    if action == "alias":
        return alias(store, actor, [name])
    return represents(store, actor, other, since, until)


def _written(
    store: Store,
    actor: str,
    cells: Mapping[str, str],
    days: tuple[datetime.date | None, datetime.date | None],
    articles: Sequence[str],
) -> Correction:
    """Return a correction just as `to_row` wrote it, be its actors known or not."""
    return Correction(
        action=cast("Action", cells["action"]),
        actor=actor,
        other=as_iri(store, cells["other"]) or "",
        name=cells["name"],
        shown=cells["shown"],
        type=cast("ActorType", cells["type"]),
        articles=tuple(articles),
        since=days[0],
        until=days[1],
    )


def _day(column: str, text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{column} '{text}' is no date; write it as 2024-03-31") from None


# --- names --------------------------------------------------------------------------------------


def _clean(name: str) -> str:
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
    nodes = _nodes(store, actor)
    if all(store.iris.is_local_actor(node) for node in nodes):
        return store.iris.actor(_shown(store, actor).name)
    return _node(store, actor)


def _shown(store: Store, actor: str) -> Actor:
    return store.actors([resolve_actor(store, actor)])[0]
