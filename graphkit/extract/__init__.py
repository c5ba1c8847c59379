"""Extraction: from articles to statements.

The flow of one article: `headlines` puts its titles in sentence case; spaCy parses it;
`attribution` finds who said what; `positions` finds the predicates that show a stance; `actors`
tells who holds it; `topics` tells what it is about; `statements` puts them together. Each stage is
a function over the parse and can be replaced.
"""

import traceback
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.concepts import MemoryIndex, completed, curated, find_concept
from graphkit.errors import ArticleError
from graphkit.extract.actors import ActorResolver
from graphkit.extract.attribution import attributions, reported
from graphkit.extract.attribution.said import Said, SpeechIndex
from graphkit.extract.disguise import disguised, undisguised
from graphkit.extract.gazetteer import Gazetteer, default_gazetteer
from graphkit.extract.headlines import KnownWords, known_words, sentence_case
from graphkit.extract.lexicon import Lexicon, default_lexicon, load_lexicon
from graphkit.extract.model import load_pipeline
from graphkit.extract.positions import positions
from graphkit.extract.statements import Reading, read_statements
from graphkit.extract.syntax import subtree_span, trimmed
from graphkit.statement import Attribution, Extraction, Span, Statement

__all__ = ["Extractor", "load_extractor"]

AUXILIARY = frozenset({"aux", "auxpass", "neg", "advmod"})
BATCH_SIZE = 16
"""Articles per batch: as quick as larger ones, and far smaller in memory."""


@dataclass(frozen=True)
class Extractor:
    """A loaded pipeline with its lexicon, gazetteer and codebook: see `load_extractor`."""

    nlp: Language
    lexicon: Lexicon = field(default_factory=default_lexicon)
    gazetteer: Gazetteer = field(default_factory=default_gazetteer)
    concepts: Sequence[Concept] = ()

    def pipe(
        self,
        articles: Iterable[Article],
        on_error: Callable[[ArticleError], None] | None = None,
    ) -> Generator[Extraction, None, None]:
        """Extract from articles as they come; the order is kept.

        An article whose extraction fails goes to `on_error`, and the others go on; without it, the
        failure is raised.
        """
        known = self._known
        cased = ((sentence_case(article.text, known), article) for article in articles)
        pairs = ((disguised(text, known), (text, article)) for text, article in cased)
        parsed = self.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE)
        for disguise, (text, article) in parsed:
            doc = undisguised(disguise, text)
            try:
                extraction = extract(article, doc, self.lexicon, self.gazetteer, self._index)
            except Exception as error:  # a defect of ours costs one article, not the batch
                if on_error is None:
                    raise
                on_error(_failure(article, error))
            else:
                yield extraction

    @cached_property  # `pipe` is called anew for each few articles of a process
    def _known(self) -> KnownWords:
        return known_words(self.nlp, self.lexicon, self.gazetteer)

    @cached_property
    def _index(self) -> MemoryIndex:
        return MemoryIndex(curated(self.concepts))


def load_extractor(
    model: str | None = None,
    concepts: Sequence[Concept] = (),
    lexicon: Path | None = None,
    gazetteer: Gazetteer | None = None,
) -> Extractor:
    """Load an extractor with the default pipeline or another; a file may extend the lexicon.

    Raise ModelError or LexiconError if one of them cannot be loaded.
    """
    words = load_lexicon(lexicon)  # first, for a mistake in it shows at once
    names = gazetteer or default_gazetteer()
    return Extractor(load_pipeline(model), words, names, tuple(concepts))


def extract(
    article: Article, doc: Doc, lexicon: Lexicon, gazetteer: Gazetteer, index: MemoryIndex
) -> Extraction:
    """Extract attributions, statements and actors from one parsed article."""
    said = attributions(doc, lexicon)
    speeches = SpeechIndex(doc, said)
    resolver = ActorResolver(doc, gazetteer.on(article.date), speeches)
    found = positions(doc, lexicon, speeches)
    reading = read_statements(article, doc, found, resolver, lexicon)
    return Extraction(
        article=article,
        statements=tuple(_with_concept(s, reading, index) for s in reading.statements),
        attributions=tuple(_attribution(article, one, resolver) for one in reported(said, lexicon)),
        actors=reading.actors,
    )


def _failure(article: Article, error: Exception) -> ArticleError:
    place = traceback.extract_tb(error.__traceback__)[-1]
    return ArticleError(
        f"{article.id}: the extraction failed, please report it: {type(error).__name__}: {error}"
        f" ({Path(place.filename).name}:{place.lineno})"
    )


def _with_concept(statement: Statement, reading: Reading, index: MemoryIndex) -> Statement:
    """Complete the topic's label, or take that of its codebook concept; an actor stays as it is."""
    names = {actor.name for actor in reading.actors}
    if statement.topic in names:
        return statement
    beside = [one.topic for one in reading.statements if one.topic not in names]
    label = completed(statement.topic, beside)
    concept = find_concept(label, statement.topic_text, index)
    return replace(statement, topic=label if concept is None else concept.label)


def _attribution(article: Article, said: Said, resolver: ActorResolver) -> Attribution:
    speakers = resolver.speaker_of(said)
    return Attribution(
        article=article.id,
        source=_source_span(said),
        cue=(said.cue.idx, said.cue.idx + len(said.cue)),
        content=said.content,
        speaker=", ".join(mention.actor.name for mention in speakers),
        quote=said.quote,
    )


def _source_span(said: Said) -> Span | None:
    if said.source is None:
        return None
    start, end = subtree_span(said.source)
    doc = said.cue.doc
    if start <= said.cue.i < said.source.i:  # "words: *engineers*"
        start = said.cue.i + 1
    elif said.source.i < said.cue.i < end:  # "*the letter that* warns of ..."
        end = said.cue.i
        while end - 1 > said.source.i and doc[end - 1].dep_ in AUXILIARY:
            end -= 1
    start, end = trimmed(doc, start, end) if said.source.is_alpha else (start, end)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
