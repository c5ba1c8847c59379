"""Files of corrections: tables (CSV, TSV), and Turtle."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from graphkit import correcting, topic_correcting
from graphkit.curation import ACTIONS, KINDS, Action, Correction, Kind
from graphkit.curation_rdf import read_turtle
from graphkit.errors import CorrectionError, GraphkitError, UnknownNameError
from graphkit.names import as_iri
from graphkit.statement import ACTOR_TYPES, ActorType
from graphkit.store import Store
from graphkit.tables_file import check_columns, iter_rows, parts, read_header, read_text

COLUMNS = ("kind", "action", "actor", "other", "name", "articles", "from", "to", "shown", "type")
"""The columns of a table of corrections; see `Correction`. Actors and topics are names or IRIs."""

_SYNONYMS = {"article": "articles", "since": "from", "until": "to", "topic": "actor"}

Days = tuple[datetime.date | None, datetime.date | None]

OnError = Callable[[CorrectionError], None]


def apply_file(store: Store, path: Path, on_error: OnError, kind: Kind = "actor") -> int:
    """Make the corrections of a table or a Turtle file, each on top of those before it.

    `kind` is that of lines which name none. Wrong lines are left out and given to `on_error`.
    Return how many corrections are new. Raise CorrectionError if the file cannot be read or is none
    of both.
    """
    before = len(store.curations.corrections)
    if path.suffix.casefold() in {".ttl", ".turtle"}:
        text = read_text(path, "file of corrections", CorrectionError)
        store.correct(read_turtle(text, str(path), store.iris))
    else:
        _apply_table(store, path, kind, on_error)
    return len(store.curations.corrections) - before


def resolve_correction(store: Store, text: str) -> str:
    """Return the id of the correction with this id, or beginning of an id, if only one fits.

    Raise UnknownNameError if several fit; what no correction has is left to `Store.undo`.
    """
    ids = [one.id for one in store.curations.corrections]
    fitting = [one for one in ids if text and one.startswith(text)]
    if len(fitting) > 1:
        raise UnknownNameError(f"The correction '{text}' can be {' or '.join(fitting)}.")
    return fitting[0] if fitting else text


def to_row(store: Store, correction: Correction) -> dict[str, str]:
    """Return a correction as a row of a table that `apply_file` reads.

    A merge is written as it is made: `actor` stays, and `other` becomes it.
    """
    nodes = [store.iris.shorten(one) if one else "" for one in (correction.actor, correction.other)]
    actor, other = reversed(nodes) if correction.action == "merge" else nodes
    return {
        "kind": correction.kind,
        "action": correction.action,
        "actor": actor,
        "other": other,
        "name": correction.name,
        "articles": "|".join(correction.articles),
        "from": str(correction.since or ""),
        "to": str(correction.until or ""),
        "shown": correction.shown,
        "type": correction.type,
    }


def _apply_table(store: Store, path: Path, kind: Kind, on_error: OnError) -> None:
    def tell(line: int, message: str) -> None:
        on_error(CorrectionError(f"{path}:{line}: {message}"))

    text = read_text(path, "file of corrections", CorrectionError)
    header = read_header(text, _SYNONYMS)
    if not {"action", "actor"} <= set(header.columns):
        raise CorrectionError(
            f"{path}:1: no table of corrections: the first line must name its columns, of "
            f"{', '.join(COLUMNS)}"
        )
    check_columns(header, (*COLUMNS, "id", "applies"), tell)  # which a listing adds
    written: list[Correction] = []  # made together, for each change costs a look at all
    for row in iter_rows(text, header, tell):
        cells = {name: row.cells.get(name, "").strip() for name in COLUMNS}
        cells["kind"] = cells["kind"] or kind
        try:
            found = _of_row(store, cells)
            if found is None:
                store.correct(written)  # which may have made what the next one names
                written = []
                store.correct(_made(store, cells))
            else:
                store.check(found)
                written.append(found)
        except (GraphkitError, ValueError) as error:
            tell(row.line, str(error))
    store.correct(written)


def _of_row(store: Store, cells: Mapping[str, str]) -> Correction | None:
    """Return the correction that `to_row` wrote, None for a row that names things as people do.

    Raise ValueError or GraphkitError if the row is wrong.
    """
    kind, action = cells["kind"], cells["action"]
    if kind not in KINDS:
        raise ValueError(f"the kind '{kind}' is unknown; known are {', '.join(KINDS)}")
    known = ACTIONS[kind]
    if action not in known:
        raise ValueError(f"the action '{action}' is unknown; known are {', '.join(known)}")
    if cells["type"] not in ("", *ACTOR_TYPES):
        raise ValueError(f"the type '{cells['type']}' is unknown")
    other, name = cells["other"], cells["name"]
    needed = {"merge": other, "rename": name, "split": other or name, "alias": name}
    needed["broader"] = other
    if not cells["actor"] or not needed.get(action, "-"):
        raise ValueError(f"a row to {action} needs more cells; see the README")
    days = _days(cells)
    iris = [as_iri(store, cell) for cell in (cells["actor"], other) if cell]
    is_written = cells["type"] and all(iris)  # a name would be lost, as if nobody were meant
    return _written(store, cells, days) if is_written else None


def _made(store: Store, cells: Mapping[str, str]) -> list[Correction]:
    """Return the corrections of a row that names actors or topics as people do."""
    action, actor, other, name = (cells[key] for key in ("action", "actor", "other", "name"))
    if cells["kind"] == "topic":
        return _made_of_topic(store, cells)
    if action == "merge":
        return correcting.merge(store, actor, [other])
    if action == "rename":
        return correcting.rename(store, actor, name)
    if action == "split":
        return correcting.split(store, actor, other or name, parts(cells["articles"]))
    if action == "alias":
        return correcting.alias(store, actor, [name])
    return correcting.represents(store, actor, other, *_days(cells))


def _days(cells: Mapping[str, str]) -> Days:
    return _day("from", cells["from"]), _day("to", cells["to"])


def _made_of_topic(store: Store, cells: Mapping[str, str]) -> list[Correction]:
    action, topic, other, name = (cells[key] for key in ("action", "actor", "other", "name"))
    if action == "merge":
        return topic_correcting.merge(store, topic, [other])
    if action == "rename":
        return topic_correcting.rename(store, topic, name)
    if action == "split":
        return topic_correcting.split(store, topic, other or name, parts(cells["articles"]))
    if action == "alias":
        return topic_correcting.alias(store, topic, [name])
    if action == "broader":
        return topic_correcting.broader(store, topic, other)
    return topic_correcting.retire(store, [topic])


def _written(store: Store, cells: Mapping[str, str], days: Days) -> Correction:
    """Return a correction just as `to_row` wrote it, be its actors or topics known or not."""
    actor, other = (as_iri(store, cells[key]) or "" for key in ("actor", "other"))
    subject, target = (other, actor) if cells["action"] == "merge" else (actor, other)
    return Correction(
        kind=cast("Kind", cells["kind"]),
        action=cast("Action", cells["action"]),
        actor=subject,
        other=target,
        name=cells["name"],
        shown=cells["shown"],
        type=cast("ActorType", cells["type"]),
        articles=tuple(parts(cells["articles"])),
        since=days[0],
        until=days[1],
    )


def _day(column: str, text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"{column} '{text}' is no date; write it as 2024-03-31") from None
