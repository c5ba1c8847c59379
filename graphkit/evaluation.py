"""Evaluation: score what was extracted against gold, which is what people marked by hand.

Gold is a folder. With `<id>.txt` and `<id>.jsonl` it holds statements; with `text/<id>.txt` and
`attributions/<id>_<coder>.ann`, in brat's stand-off format, it holds attributions, and of several
coders of one article the first by name counts. Gold and predictions of one article are paired one
to one, as many as can be, at levels of which each asks more of a pair than the one before:

    statements    located   the evidence overlaps
                  actor     + the actor goes by one of the gold names
                  stance    + the stance is the same
                  full      + the topic names the gold topic's head and half of its elements
    attributions  content   the contents share at least half of the characters that either has
                  source    + the sources overlap, or both have none

Gold that is not sure is optional: to miss it costs nothing, and to find it is no false positive.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from graphkit.article import Article
from graphkit.errors import GraphkitError
from graphkit.likeness import Terms, is_same_actor, is_same_topic
from graphkit.pairing import paired
from graphkit.statement import STANCES, Extraction, Span

Kind = Literal["statements", "attributions"]
Row = Mapping[str, Any]
Characters = frozenset[int]

STATEMENT_LEVELS = ("located", "actor", "stance", "full")
ATTRIBUTION_LEVELS = ("content", "source")
_LOCATED, _ACTOR, _STANCE, _FULL = range(1, 5)  # 0 is a pair that has nothing in common
_CONTENT, _SOURCE = range(1, 3)

# What is wrong with a pair that reaches the first level and no more, the second and no more ...
_STATEMENT_ERRORS = ("actor", "polarity", "topic")
_ATTRIBUTION_ERRORS = ("source",)
_BINS = 10

# What a field holds in JSON, if not a text: [str] is any number of texts, [int, int] two offsets.
_SHAPES: Mapping[str, Any] = {
    "start": int,
    "end": int,
    "source": [int, int],
    "content": [int, int],
    "sure": bool,
    "confidence": (int, float),
    "actor_aliases": [str],
    "topic_terms": [[str]],
    "topic_terms_2": [[str]],
}


@dataclass(frozen=True, slots=True)
class Position:
    """A statement, marked or predicted, as far as it is scored.

    Only gold fills the last three: the names by which the actor may go, and one or two ways to
    name the topic. Each way is a sequence of elements, the head first, each a choice of terms.
    """

    article: str
    actor: str
    stance: str
    topic: str
    start: int
    end: int
    confidence: float | None = None
    is_sure: bool = True
    names: tuple[str, ...] = ()
    topics: tuple[Terms, ...] = ()

    def level(self, got: "Item") -> int:
        """Return the level that a prediction reaches beside this gold, 0 for none."""
        if not isinstance(got, Position) or got.start >= self.end or self.start >= got.end:
            return 0
        if not any(is_same_actor(got.actor, name) for name in self.names):
            return _LOCATED
        if got.stance != self.stance:
            return _ACTOR
        return _FULL if any(is_same_topic(got.topic, way) for way in self.topics) else _STANCE

    def describe(self, text: str) -> tuple[str, str]:
        """Return the statement in words, and its sentence."""
        return f"{self.actor} {self.stance} {self.topic}", text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution, marked or predicted: the characters of its source and of its content."""

    article: str
    source: Characters
    content: Characters
    is_sure: bool = True

    def level(self, got: "Item") -> int:
        """Return the level that a prediction reaches beside this gold, 0 for none."""
        if not isinstance(got, Attributed):
            return 0
        if len(self.content & got.content) * 2 < len(self.content | got.content):
            return 0
        is_same = self.source & got.source or not (self.source or got.source)
        return _SOURCE if is_same else _CONTENT

    def describe(self, text: str) -> tuple[str, str]:
        """Return the attribution in words, and the text from its first to its last character."""
        source = _cut(text, self.source) or "(no source)"
        return f"{source}: {_cut(text, self.content)}", _cut(text, self.source | self.content)


Item = Position | Attributed


@dataclass(frozen=True, slots=True)
class Gold:
    """Articles and what was marked in them."""

    kind: Kind
    articles: tuple[Article, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean, in 0..1 and to four digits."""

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, hits: int, predicted: int, gold: int) -> "Figures":
        """Work out the figures; where there is nothing to divide by, they are 0."""
        return cls.of_shares(hits / predicted if predicted else 0.0, hits / gold if gold else 0.0)

    @classmethod
    def of_shares(cls, precision: float, recall: float) -> "Figures":
        """Add the harmonic mean to precision and recall, 0 if both are."""
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        return cls(round(precision, 4), round(recall, 4), round(f1, 4))


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that went wrong; ``gold`` is "" if it is spurious, ``got`` if it was missed."""

    type: str
    article: str
    gold: str
    got: str
    sentence: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence, and the shares that pair with gold, sure or not."""

    confidence: str
    statements: int
    mean_confidence: float
    right_stance: float
    right_full: float


@dataclass(frozen=True, slots=True)
class Scores:
    """The outcome of an evaluation.

    ``polarity`` is the share with the right stance among the sure gold statements that were found
    with the right actor, None for attributions. ``errors`` come from one pairing, in which the best
    pairs are made first; ``ignored`` counts the predictions for articles that are not gold.
    """

    counts: Mapping[str, int]
    levels: Mapping[str, Figures]
    polarity: float | None
    error_counts: Mapping[str, int]
    errors: tuple[Error, ...]
    calibration: tuple[Bin, ...]
    ignored: int

    def figures(self) -> dict[str, Any]:
        """Return the counts and the figures of each level as JSON."""
        return {**self.counts, **{level: asdict(figures) for level, figures in self.levels.items()}}

    def measures(self) -> dict[str, float]:
        """Return the measures that a floor can hold: F1 of each level, and the polarity."""
        measures = {level: figures.f1 for level, figures in self.levels.items()}
        return measures if self.polarity is None else {**measures, "polarity": self.polarity}


def read_gold(folder: Path) -> Gold:
    """Read gold statements or gold attributions, whichever the folder holds.

    Raise GraphkitError, with file and line, for a missing folder, a line that breaks the format, or
    evidence that does not stand in its article.
    """
    if not folder.is_dir():
        problem = "not a folder" if folder.exists() else "no such folder"
        raise GraphkitError(f"{folder}: {problem}; gold is a folder of articles and annotations")
    kind: Kind = "statements"
    read: Callable[[Path, Article], Iterable[Item]] = _read_marked
    pairs = [(file, file.with_suffix(".txt")) for file in sorted(folder.glob("*.jsonl"))]
    last_first = sorted((folder / "attributions").glob("*.ann"), reverse=True)
    if annotations := {file.stem.rsplit("_", 1)[0]: file for file in last_first}:
        kind, read, texts = "attributions", _read_brat, folder / "text"
        pairs = [(file, texts / f"{name}.txt") for name, file in sorted(annotations.items())]
    if not pairs:
        raise GraphkitError(
            f"{folder}: no gold in this folder; it needs <id>.jsonl beside <id>.txt for statements,"
            " or attributions/<id>_<coder>.ann beside text/<id>.txt for attributions"
        )
    articles = [(file, Article(text.stem, _read(text))) for file, text in pairs]
    items = tuple(item for file, article in articles for item in read(file, article))
    return Gold(kind, tuple(article for _, article in articles), items)


def read_rows(text: str, place: str) -> Iterator[tuple[str, Row]]:
    """Yield each JSON object of a text, one a line, with its place: "file:line".

    Raise GraphkitError for a line that is no JSON object. A line ends at a newline only.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise GraphkitError(f"{place}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise GraphkitError(f"{place}:{number}: not a JSON object; each line is one record")
        yield f"{place}:{number}", row


def extracted_rows(kind: Kind, extractions: Iterable[Extraction]) -> Iterator[tuple[str, Row]]:
    """Yield what was extracted as `graphkit extract` writes it, each with its article's id."""
    for extraction in extractions:
        found = extraction.statements if kind == "statements" else extraction.attributions
        yield from ((extraction.article.id, one.to_json()) for one in found)


def _read(file: Path) -> str:
    """Read a text as it is: gold spans count in it, which front matter or NFC would shift."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GraphkitError(f"{file}: {getattr(error, 'strerror', '') or error}") from error


def _read_marked(file: Path, article: Article) -> Iterator[Position]:
    for place, values in read_rows(_read(file), str(file)):
        row = {"sure": True, "actor_aliases": [], "topic_terms": [], "topic_terms_2": [], **values}
        evidence = _get(row, "evidence", place)
        start = article.text.find(evidence)
        if start < 0:
            raise GraphkitError(f"{place}: the evidence is not in the text: '{evidence[:60]}'")
        ways = (_get(row, key, place) for key in ("topic_terms", "topic_terms_2"))
        yield replace(
            _position(row, article.id, (start, start + len(evidence)), place),
            is_sure=_get(row, "sure", place),
            names=(row["actor"], *_get(row, "actor_aliases", place)),
            topics=tuple(tuple(map(tuple, way)) for way in ways),
        )


def _read_brat(file: Path, article: Article) -> Iterator[Attributed]:
    """Yield the events that have a content; each knows the spans that stand above it."""
    spans: dict[str, Characters] = {}
    for number, line in enumerate(_read(file).split("\n"), start=1):
        name, *fields = line.split("\t")
        try:
            if name.startswith("T"):  # "T3", "Content 12 40;52 60"
                parts = [part.split() for part in fields[0].split(" ", 1)[1].split(";")]
                spans[name] = frozenset(i for a, b in parts for i in range(int(a), int(b)))
            elif name.startswith("E"):
                source, content = _brat_event(fields[0], spans)
                if content:
                    yield Attributed(article.id, source, content)
        except (ValueError, IndexError) as error:
            raise GraphkitError(f"{file}:{number}: not brat's format: '{line[:60]}'") from error


def _brat_event(event: str, spans: Mapping[str, Characters]) -> tuple[Characters, Characters]:
    """Read "Attribution:T4 Content:T3 Content2:T5 Source:T1": a role may come more than once."""
    roles: defaultdict[str, Characters] = defaultdict(frozenset)
    for role, name in (part.split(":", 1) for part in event.split()):
        roles[role.rstrip("0123456789")] |= spans.get(name, frozenset())
    return roles["Source"], roles["Content"]


def read_position(row: Row, place: str) -> Position:
    """Read a predicted statement. Raise GraphkitError, with the place, for a malformed one."""
    span = _get(row, "start", place), _get(row, "end", place)
    return _position(row, _get(row, "article", place), span, place)


def _predicted(kind: Kind, row: Row, place: str) -> Item:
    if kind == "statements":
        return read_position(row, place)
    source = [0, 0] if row.get("source") is None else _get(row, "source", place)
    content = _get(row, "content", place)
    article = _get(row, "article", place)
    return Attributed(article, frozenset(range(*source)), frozenset(range(*content)))


def _position(row: Row, article: str, span: Span, place: str) -> Position:
    actor, stance, topic = (_get(row, key, place) for key in ("actor", "stance", "topic"))
    if stance not in STANCES:
        raise GraphkitError(f"{place}: the stance '{stance}' is none of {', '.join(STANCES)}")
    confidence = None if row.get("confidence") is None else _get(row, "confidence", place)
    if not 0 <= (confidence or 0) <= 1:
        raise GraphkitError(f"{place}: the confidence {confidence} is not in 0..1")
    return Position(article, actor, stance, topic, *span, confidence)


def _get(row: Row, key: str, place: str) -> Any:
    value = row.get(key)
    if value is None:
        raise GraphkitError(f"{place}: no field '{key}'")
    if not _has_shape(value, _SHAPES.get(key, str)):
        raise GraphkitError(f"{place}: '{key}' cannot be {json.dumps(value)[:60]}")
    return value


def _has_shape(value: Any, shape: Any) -> bool:
    if not isinstance(shape, list) or not isinstance(value, list):
        return not isinstance(shape, list) and isinstance(value, shape)
    shapes = shape if len(shape) > 1 else shape * len(value)
    return len(value) == len(shapes) and all(map(_has_shape, value, shapes))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One article: its gold, its predictions, and which level each pair of them reaches."""

    article: Article
    gold: Sequence[Item]
    predicted: Sequence[Item]
    reach: Sequence[Sequence[int]]

    def pairs(self, level: int, made: Mapping[int, int] | None = None) -> dict[int, int]:
        """Add to the pairs `made` before, gold to prediction, as many as there can be at a level.

        Sure gold comes first, since on an augmenting path what is matched stays matched.
        """
        made = made or {}
        free = sorted(set(range(len(self.predicted))) - set(made.values()))
        gold = [i for i in range(len(self.gold)) if i not in made]
        gold.sort(key=lambda i: not self.gold[i].is_sure)
        choices = {i: [j for j in free if self.reach[i][j] >= level] for i in gold}
        return {**made, **paired(choices)}

    def best_pairs(self, levels: int) -> dict[int, int]:
        """Pair as many as there can be at the first level, of which the best are made first."""
        pairs: dict[int, int] = {}
        for level in range(levels, 0, -1):
            pairs = self.pairs(level, pairs)
        return pairs


def score(gold: Gold, rows: Iterable[tuple[str, Row]]) -> Scores:
    """Score predictions of the kind of `gold`: JSON objects, each with its place for messages.

    Raise GraphkitError, with the place, where a field that is scored is missing or malformed.
    """
    predicted = [_predicted(gold.kind, row, place) for place, row in rows]
    ids = {article.id for article in gold.articles}
    kept = [item for item in predicted if item.article in ids]
    sheets = [_sheet(article, gold.items, kept) for article in gold.articles]
    sure = sum(item.is_sure for item in gold.items)
    is_statements = gold.kind == "statements"
    levels, hits = {}, {}
    for level, name in enumerate(STATEMENT_LEVELS if is_statements else ATTRIBUTION_LEVELS, 1):
        found = [sheet.gold[i].is_sure for sheet in sheets for i in sheet.pairs(level)]
        hits[name] = sum(found)
        levels[name] = Figures.of(hits[name], len(kept) - len(found) + hits[name], sure)
    marked, polarity = {"gold": sure}, None
    if is_statements:
        marked = {"gold_sure": sure, "gold_optional": len(gold.items) - sure}
        polarity = Figures.of(hits["stance"], hits["actor"], hits["actor"]).precision
    else:
        wanted, got = _contents(gold.items), _contents(kept)
        levels["char"] = Figures.of(len(wanted & got), len(got), len(wanted))
    wrong = _STATEMENT_ERRORS if is_statements else _ATTRIBUTION_ERRORS
    errors = tuple(error for sheet in sheets for error in _iter_errors(sheet, wrong))
    types = [error.type for error in errors]
    return Scores(
        counts={"articles": len(sheets), **marked, "predicted": len(kept)},
        levels=levels,
        polarity=polarity,
        error_counts={name: types.count(name) for name in (*wrong, "spurious", "missed")},
        errors=errors,
        calibration=_calibration(sheets),
        ignored=len(predicted) - len(kept),
    )


def located(gold: Gold, predicted: Sequence[Position]) -> Iterator[tuple[Position, int]]:
    """Yield gold statements, sure or not, each with the number of the prediction beside it.

    They come from one pairing of all that are located, in which the best pairs are made first.
    """
    for article in gold.articles:
        numbers = [i for i, one in enumerate(predicted) if one.article == article.id]
        sheet = _sheet(article, gold.items, [predicted[i] for i in numbers])
        for i, j in sorted(sheet.best_pairs(len(STATEMENT_LEVELS)).items()):
            one = sheet.gold[i]
            if isinstance(one, Position):
                yield one, numbers[j]


def _sheet(article: Article, gold: Iterable[Item], predicted: Iterable[Item]) -> _Sheet:
    marked = [item for item in gold if item.article == article.id]
    found = [item for item in predicted if item.article == article.id]
    return _Sheet(article, marked, found, [[one.level(got) for got in found] for one in marked])


def _iter_errors(sheet: _Sheet, wrong: Sequence[str]) -> Iterator[Error]:
    """Yield the errors of an article: of gold in its order, then what is spurious."""
    text, name = sheet.article.text, sheet.article.id
    pairs = sheet.best_pairs(len(wrong) + 1)
    for i, item in enumerate(sheet.gold):
        words, sentence = item.describe(text)
        if i in pairs:
            level = sheet.reach[i][pairs[i]]
            if level <= len(wrong):
                got, _ = sheet.predicted[pairs[i]].describe(text)
                yield Error(wrong[level - 1], name, words, got, sentence, not item.is_sure)
        elif item.is_sure:
            yield Error("missed", name, words, "", sentence)
    for j in sorted(set(range(len(sheet.predicted))) - set(pairs.values())):
        words, sentence = sheet.predicted[j].describe(text)
        yield Error("spurious", name, "", words, sentence)


def _calibration(sheets: Iterable[_Sheet]) -> tuple[Bin, ...]:
    """Sort statements into ten bins by their confidence; bins without any are left out."""
    bins: defaultdict[int, list[tuple[float, bool, bool]]] = defaultdict(list)
    for sheet in sheets:
        stance, full = (set(sheet.pairs(level).values()) for level in (_STANCE, _FULL))
        for j, got in enumerate(sheet.predicted):
            if isinstance(got, Position) and got.confidence is not None:
                number = min(int(got.confidence * _BINS), _BINS - 1)  # 1.0 joins the bin below it
                bins[number].append((got.confidence, j in stance, j in full))
    return tuple(_bin(number / _BINS, rows) for number, rows in sorted(bins.items()))


def _bin(lowest: float, rows: Sequence[tuple[float, bool, bool]]) -> Bin:
    means = (round(sum(column) / len(rows), 4) for column in zip(*rows, strict=True))
    return Bin(f"{lowest:.1f}-{lowest + 1 / _BINS:.1f}", len(rows), *means)


def _contents(items: Iterable[Item]) -> set[tuple[str, int]]:
    """Return every character that is said, with its article, however the contents are cut up."""
    return {(one.article, i) for one in items if isinstance(one, Attributed) for i in one.content}


def _cut(text: str, characters: Characters) -> str:
    return text[min(characters) : max(characters) + 1] if characters else ""
