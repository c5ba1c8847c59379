"""The user's gazetteers: tables (CSV, TSV) and SKOS in Turtle, each wrong entry told by its place.

Both become records, and records become entries, so that several lines, or several files, may add
to one actor.
"""

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graphkit.errors import GazetteerError
from graphkit.extract.gazetteer import Affiliation, Entry, Gazetteer, default_gazetteer, name_key
from graphkit.extract.gazetteer_records import Record, read_skos, read_table
from graphkit.statement import ACTOR_TYPES, ActorType


@dataclass(slots=True)
class _Draft:
    """An actor as the records so far tell it."""

    name: str
    type: ActorType
    id: str = ""
    aliases: dict[str, None] = field(default_factory=dict)
    affiliations: dict[Affiliation, None] = field(default_factory=dict)


def load_gazetteer(paths: Sequence[Path], on_error: Callable[[GazetteerError], None]) -> Gazetteer:
    """Return the shipped gazetteer with the user's files before it.

    Each wrong entry is left out and given to `on_error`. Raise GazetteerError if a file cannot be
    read or is no gazetteer.
    """
    drafts: dict[tuple[str, ActorType], _Draft] = {}
    for path in paths:
        read = read_skos if path.suffix.casefold() in {".ttl", ".turtle"} else read_table
        for record in read(path, on_error):
            try:
                _add(record, drafts)
            except ValueError as error:
                on_error(GazetteerError(f"{record.place}: {error}"))
    return default_gazetteer().extended(_keyed(drafts.values()))


def _add(record: Record, drafts: dict[tuple[str, ActorType], _Draft]) -> None:
    """Add a record to the draft of its actor. Raise ValueError that says what is wrong with it."""
    name = _clean(record.name)
    if not name_key(name):
        raise ValueError("the name is empty, and every entry needs one")
    actor_type = _type(record)
    affiliation = _affiliation(record)
    draft = drafts.setdefault((name, actor_type), _Draft(name, actor_type, record.id))
    if record.id and draft.id not in {"", record.id}:
        raise ValueError(f"'{name}' has the id {draft.id} already; one actor has one id")
    draft.id = draft.id or record.id
    draft.aliases |= dict.fromkeys(filter(name_key, map(_clean, record.aliases)))
    if affiliation is not None:
        draft.affiliations[affiliation] = None


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _type(record: Record) -> ActorType:
    """Return the type; without one, only a person has somebody to speak for."""
    given = record.type.strip().casefold().replace("organisation", "organization")
    if not given:
        return "person" if record.affiliation.strip() else "organization"
    if given not in ACTOR_TYPES:
        *others, last = ACTOR_TYPES
        known = f"{', '.join(others)} or {last}"
        raise ValueError(f"the type '{record.type}' is unknown; it is {known}, or empty")
    return given


def _affiliation(record: Record) -> Affiliation | None:
    name = _clean(record.affiliation)
    since, until = _date("from", record.since), _date("to", record.until)
    if not name and (since or until):
        raise ValueError("from and to belong to an affiliation, and that is empty")
    if since and until and since > until:
        raise ValueError(f"from {since} lies after to {until}")
    return Affiliation(name, since, until) if name else None


def _date(column: str, text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise ValueError(f"{column} '{text}' is no date; write it as 2024-03-31") from None


def _keyed(drafts: Iterable[_Draft]) -> Iterator[tuple[str, Entry]]:
    """Yield each name and alias with its entry; what is somebody's name is nobody's alias."""
    listed = list(drafts)
    taken = {(name_key(draft.name), draft.type == "person") for draft in listed}
    for draft in listed:
        entry = Entry(draft.name, draft.type, "other", "name", tuple(draft.affiliations), draft.id)
        yield name_key(draft.name), entry
        for key in map(name_key, draft.aliases):
            if (key, draft.type == "person") not in taken:
                yield key, entry
