"""Files of codebooks: SKOS in Turtle, and tables. A broken one is refused with all its mistakes."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graphkit.codebook import Concept
from graphkit.errors import CodebookError
from graphkit.skos_file import (
    SKOS,
    Properties,
    TurtleFile,
    classes,
    node_name,
    preferred_label,
    read_turtle,
    texts,
)
from graphkit.tables_file import check_columns, iter_rows, parts, read_header, read_text

COLUMNS = ("label", "alternatives", "broader", "id", "note")
_SYNONYMS = {"alternative": "alternatives", "iri": "id"}
_TABLES = frozenset({".csv", ".tsv"})
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands in the file: its line, or an IRI where the line is unsure."""

    line: int | None
    node: str = ""

    def __str__(self) -> str:
        return self.node if self.line is None else f"line {self.line}"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A concept as the file tells it, with labels or ids of broader ones.

    `label` is None if the file has none or several, and that has been told.
    """

    place: _Place
    node: str
    label: str | None
    alternatives: tuple[str, ...]
    broader: tuple[str, ...]
    label_places: Mapping[str, _Place]

    @property
    def name(self) -> str:
        return self.label or self.node

    def place_of(self, label: str) -> _Place:
        return self.label_places.get(label.casefold(), self.place)


class _Mistakes:
    """What is wrong with a file, in the order of its lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: list[tuple[int, str]] = []

    def tell(self, place: _Place, message: str) -> None:
        where = f"{self._path}:{place.line}" if place.line else f"{self._path}: {place.node}"
        self._told.append((place.line or 0, f"{where}: {message}"))

    def tell_line(self, line: int, message: str) -> None:
        self.tell(_Place(line), message)

    def refuse(self) -> None:
        """Raise CodebookError if there are any."""
        lines = [text for _, text in sorted(self._told, key=lambda told: told[0])]
        if len(lines) > _SHOWN:
            lines[_SHOWN:] = [f"{self._path}: {len(lines) - _SHOWN} more mistakes"]
        if lines:
            raise CodebookError("\n".join(lines))


def read_codebook(path: Path) -> list[Concept]:
    """Read the concepts of a codebook, sorted by label: a table (CSV, TSV), or SKOS in Turtle.

    A table has the COLUMNS that its first line names: alternatives and broader concepts are parted
    by "|", and a broader concept is told by its label or id; notes are for its readers. Raise
    CodebookError, one line for each mistake, if the file has any; then nothing of it is used.
    """
    mistakes = _Mistakes(path)
    read = _read_table if path.suffix.casefold() in _TABLES else _read_skos
    drafts = read(path, mistakes)
    _check_labels(drafts, mistakes)
    _check_ids(drafts, mistakes)
    wider = _wider(drafts, mistakes)
    _check_circles(drafts, wider, mistakes)
    mistakes.refuse()
    if not drafts:
        raise CodebookError(f"{path}: no concept found")
    return sorted(_concepts(drafts, wider), key=lambda concept: concept.label)


def _concepts(drafts: Sequence[_Draft], wider: Sequence[Sequence[int]]) -> Iterator[Concept]:
    for draft, above in zip(drafts, wider, strict=True):
        alternatives = sorted(set(draft.alternatives) - {draft.label})
        broader = sorted({drafts[number].name for number in above})
        iri = "" if draft.node.startswith("_:") else draft.node
        yield Concept(draft.name, tuple(alternatives), tuple(broader), iri)


# --- reading ------------------------------------------------------------------------------------


def _read_table(path: Path, mistakes: _Mistakes) -> list[_Draft]:
    text = read_text(path, "codebook", CodebookError)
    header = read_header(text, _SYNONYMS)
    if "label" not in header.columns:
        known = ", ".join(COLUMNS)
        raise CodebookError(
            f"{path}:1: no codebook: the first line must name its columns, of {known}"
        )
    check_columns(header, COLUMNS, mistakes.tell_line)
    return [
        _Draft(
            _Place(row.line),
            row.cells.get("id", "").strip(),
            _clean(row.cells["label"]),
            tuple(map(_clean, parts(row.cells.get("alternatives", "")))),
            tuple(map(_clean, parts(row.cells.get("broader", "")))),
            {},
        )
        for row in iter_rows(text, header, mistakes.tell_line)
    ]


def _read_skos(path: Path, mistakes: _Mistakes) -> list[_Draft]:
    """Read what has the type skos:Concept; its labels in other languages are alternatives."""
    turtle = read_turtle(path, "codebook", CodebookError)
    listed = sorted(node for node, about in turtle.graph.items() if _is_concept(about))
    if not listed:
        raise CodebookError(f"{path}: no skos:Concept found")
    return [_skos_draft(node, turtle, mistakes) for node in listed]


def _is_concept(properties: Properties) -> bool:
    return f"{SKOS}Concept" in classes(properties)


def _skos_draft(node: str, turtle: TurtleFile, mistakes: _Mistakes) -> _Draft:
    """Return a concept, or what is left of it when its mistakes have been told."""
    properties = turtle.graph[node]
    place = _Place(turtle.line_of(node), node)
    written: list[str] = []
    label = None
    try:
        written = [*texts(properties, "prefLabel"), *texts(properties, "altLabel")]
        label = preferred_label(properties)
    except ValueError as error:
        mistakes.tell(place, str(error))
    broader = [node_name(term) for term in properties.get(f"{SKOS}broader", [])]
    return _Draft(
        place,
        node,
        None if label is None else _clean(label),
        tuple(_clean(text) for text in written if text != label and text.strip()),
        tuple(sorted(broader)),
        {_clean(text).casefold(): _Place(turtle.line_of(node, text), node) for text in written},
    )


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# --- checks -------------------------------------------------------------------------------------


def _check_labels(drafts: Sequence[_Draft], mistakes: _Mistakes) -> None:
    """Tell of empty labels, and of those that mean two concepts; case makes no difference."""
    preferred: dict[str, _Draft] = {}
    for draft in drafts:
        if draft.label == "":
            mistakes.tell(draft.place, "the label is empty, and every concept needs one")
        if not draft.label:
            continue
        first = preferred.setdefault(draft.label.casefold(), draft)
        if first is not draft:
            place = first.place_of(first.name)
            message = f"the label '{draft.label}' is used twice, first in {place}"
            mistakes.tell(draft.place_of(draft.label), message)
    alternatives: dict[str, _Draft] = {}
    for draft in drafts:
        for label in draft.alternatives:
            key = label.casefold()
            other = preferred.get(key) or alternatives.setdefault(key, draft)
            if other is not draft:
                whose = f"{other.place_of(label)} ('{other.name}')"
                message = f"the alternative '{label}' is that of another concept, too: {whose}"
                mistakes.tell(draft.place_of(label), message)


def _check_ids(drafts: Sequence[_Draft], mistakes: _Mistakes) -> None:
    import pyoxigraph

    seen: dict[str, _Draft] = {}
    for draft in drafts:
        if not draft.node or draft.node.startswith("_:"):
            continue
        first = seen.setdefault(draft.node, draft)
        if first is not draft:
            mistakes.tell(draft.place, f"the id {draft.node} is used twice, first in {first.place}")
        try:
            pyoxigraph.NamedNode(draft.node)
        except ValueError:
            message = f"the id '{draft.node}' is no IRI; write one as https://example.org/tariffs"
            mistakes.tell(draft.place, f"{message}, or leave it empty")


def _wider(drafts: Sequence[_Draft], mistakes: _Mistakes) -> list[list[int]]:
    """Return the numbers of each concept's broader concepts; tell of those that are nowhere."""
    numbers: dict[str, int] = {}
    for number, draft in enumerate(drafts):
        numbers.setdefault(draft.name.casefold(), number)
    for number, draft in enumerate(drafts):
        numbers.setdefault(draft.node, number)
    wider: list[list[int]] = []
    for draft in drafts:
        found = {name: numbers.get(name, numbers.get(name.casefold())) for name in draft.broader}
        for name in (name for name, number in found.items() if number is None):
            message = f"the broader concept '{name}' is neither a label nor an id of this file"
            mistakes.tell(draft.place, message)
        wider.append([number for number in found.values() if number is not None])
    return wider


def _check_circles(
    drafts: Sequence[_Draft], wider: Sequence[Sequence[int]], mistakes: _Mistakes
) -> None:
    for circle in _circles(wider):
        start = circle.index(min(circle))
        labels = [drafts[number].name for number in [*circle[start:], *circle[: start + 1]]]
        message = f"broader goes round in a circle: {' > '.join(labels)}"
        mistakes.tell(drafts[circle[start]].place, message)


def _circles(wider: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield one circle for each knot of concepts that are broader than themselves."""
    endless = _endless(wider)
    seen: set[int] = set()
    for start in sorted(endless):
        path: list[int] = []
        number = start
        while number not in seen:
            seen.add(number)
            path.append(number)
            number = next(above for above in wider[number] if above in endless)
        if number in path:
            yield path[path.index(number) :]


def _endless(wider: Sequence[Sequence[int]]) -> set[int]:
    """Return the concepts from which some way up never ends: all but those whose ways all end."""
    narrower: dict[int, list[int]] = {}
    for number, above in enumerate(wider):
        for one in above:
            narrower.setdefault(one, []).append(number)
    left = [len(above) for above in wider]
    ended = [number for number, count in enumerate(left) if not count]
    for number in ended:  # grows as it goes
        for below in narrower.get(number, []):
            left[below] -= 1
            if not left[below]:
                ended.append(below)
    return set(range(len(wider))) - set(ended)
