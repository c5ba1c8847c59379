"""The lexicon: the shipped file holds what the design promises, and a broken one says where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphkit.errors import LexiconError
from graphkit.extract.lexicon import (
    FRAMES,
    OUTCOMES,
    WORD_LISTS,
    Cue,
    default_lexicon,
    read_lexicon,
)

WORDS = "[words]\n" + "\n".join(f"{name} = []" for name in WORD_LISTS)
GOOD = f"""
[verbs.reject]
stance = "opposes"
negated = "ambivalent"
frame = "object"
strength = 0.8
entries = ["reject", "rule+out", "object:to", "push+back:against"]
[nouns.oppose]
stance = "opposes"
entries = ["opposition:to"]
[adjectives.oppose]
stance = "opposes"
entries = ["opposed:to"]
[evaluations.negative]
stance = "opposes"
entries = ["red line"]
{WORDS}
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_text(text: str) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_text


def test_the_shipped_lexicon_loads_once() -> None:
    assert default_lexicon() is default_lexicon()


def test_every_shipped_cue_is_in_range() -> None:
    lexicon = default_lexicon()
    tables = (lexicon.verbs, lexicon.nouns, lexicon.adjectives)
    cues = [cue for table in tables for found in table.values() for cue in found]
    assert len(cues) > 500
    for cue in [*cues, *lexicon.evaluations.values()]:
        assert cue.stance in OUTCOMES
        assert cue.negated in OUTCOMES
        assert cue.frame in FRAMES
        assert 0 < cue.strength <= 1


def test_shipped_keys_are_lemmas_in_lower_case() -> None:
    lexicon = default_lexicon()
    for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives, lexicon.evaluations):
        assert [key for key in table if key != key.lower() or key != key.strip()] == []


@pytest.mark.parametrize(
    ("lemma", "stance", "negated"),
    [
        ("support", "supports", "opposes"),
        ("reject", "opposes", "ambivalent"),
        ("consider", "ambivalent", "opposes"),
        ("demand", "supports", "none"),
        ("criticize", "opposes", "none"),
        ("want", "supports", "opposes"),
    ],
)
def test_negation_is_a_matter_of_the_class(lemma: str, stance: str, negated: str) -> None:
    cues = [(cue.stance, cue.negated) for cue in default_lexicon().verbs[lemma]]
    assert (stance, negated) in cues


def test_an_entry_splits_into_lemma_particle_and_preposition(
    write: Callable[[str], Path],
) -> None:
    lexicon = read_lexicon(write(GOOD))
    parts = [
        (cue.lemma, cue.particle, cue.preposition)
        for cues in lexicon.verbs.values()
        for cue in cues
    ]
    assert parts == [
        ("reject", "", ""),
        ("rule", "out", ""),
        ("object", "", "to"),
        ("push", "back", "against"),
    ]


def test_a_cue_carries_its_class(write: Callable[[str], Path]) -> None:
    lexicon = read_lexicon(write(GOOD))
    assert lexicon.verbs["reject"] == (
        Cue("verbs.reject", "reject", "", "", "opposes", "ambivalent", "object", 0.8),
    )


def test_what_a_class_leaves_out_has_a_default(write: Callable[[str], Path]) -> None:
    (cue,) = read_lexicon(write(GOOD)).nouns["opposition"]
    assert (cue.negated, cue.frame, cue.strength) == ("none", "object", 0.5)


def test_evaluations_are_whole_phrases(write: Callable[[str], Path]) -> None:
    assert read_lexicon(write(GOOD)).evaluations["red line"].stance == "opposes"


def test_one_lemma_may_stand_in_several_classes(write: Callable[[str], Path]) -> None:
    text = GOOD + '[verbs.demand]\nstance = "supports"\nentries = ["push:for", "reject"]\n'
    cues = read_lexicon(write(text)).verbs["reject"]
    assert [cue.label for cue in cues] == ["verbs.reject", "verbs.demand"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('stance = "opposes"\nnegated', 'stance = "against"\nnegated', "[verbs.reject]"),
        ('stance = "opposes"\nnegated', "negated", "[verbs.reject]"),
        ('negated = "ambivalent"', 'negated = "maybe"', "[verbs.reject]"),
        ('frame = "object"', 'frame = "subject"', "'subject'"),
        ("strength = 0.8", "strength = 1.5", "1.5"),
        ("strength = 0.8", 'strength = "high"', "'high'"),
        ('entries = ["opposition:to"]', "", "[nouns.oppose]"),
        ('entries = ["opposition:to"]', 'entries = "opposition:to"', "[nouns.oppose]"),
        ('entries = ["opposition:to"]', "entries = [7]", "[nouns.oppose]"),
        ('entries = ["opposition:to"]', 'entries = [" "]', "[nouns.oppose]"),
        ('entries = ["red line"]', "entries = [false]", "[evaluations.negative]"),
        ('"opposed:to"]\n', '"opposed:to"]\nframe = "no"\n', "[adjectives.oppose]"),
        ("carriers = []\n", "", "[words] lacks carriers"),
        (WORDS, "", "[words] lacks"),
    ],
)
def test_a_broken_class_is_named_with_its_file(
    write: Callable[[str], Path], old: str, new: str, complaint: str
) -> None:
    assert GOOD.count(old) == 1
    path = write(GOOD.replace(old, new))
    with pytest.raises(LexiconError) as error:
        read_lexicon(path)
    assert str(path) in str(error.value)
    assert complaint in str(error.value)


@pytest.mark.parametrize("content", [b"[verbs", b"\xff\xfe\x00", b"[verbs]\nreject = ["])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"mine\.toml cannot be read"):
        read_lexicon(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.toml cannot be read"):
        read_lexicon(tmp_path / "none.toml")


@pytest.mark.parametrize("table", ["verbs = 3", "[verbs]\nreject = 3", "words = 3"])
def test_a_value_where_a_table_belongs_is_named(write: Callable[[str], Path], table: str) -> None:
    path = write(table)
    with pytest.raises(LexiconError) as error:
        read_lexicon(path)
    assert str(path) in str(error.value)
