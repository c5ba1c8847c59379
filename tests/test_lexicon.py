"""The lexicon: what the shipped file holds, how a user's file extends it, and where one breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graphkit.errors import LexiconError
from graphkit.extract.lexicon import (
    FRAMES,
    OUTCOMES,
    WORD_LISTS,
    Cue,
    Lexicon,
    default_lexicon,
    load_lexicon,
    read_lexicon,
)
from graphkit.resources import resource

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


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"[verbs", "mine.toml:1: not valid TOML: Expected ']'"),
        (b"[words]\n\xff\xfe\x00", "mine.toml:2: not UTF-8: byte 0xff"),
        (b"[verbs]\nreject = [\n\n", "mine.toml:2: not valid TOML: Invalid value"),
        (
            b"# mine\r\n[words]\r\nduty = must\r\n",
            "mine.toml:3: not valid TOML: Invalid value (col",
        ),
        (b"[words]\nduty = []\nduty = []\n", "mine.toml:3: not valid TOML: Cannot overwrite"),
        (b"[verbs.a]\n[words]\n[verbs.a]\n", "mine.toml:3: not valid TOML: Cannot declare"),
    ],
)
def test_a_file_that_is_no_toml_is_named_with_its_line(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(LexiconError) as error:
        read_lexicon(path)
    assert str(error.value).startswith(f"{tmp_path}/{complaint}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.toml cannot be read: No such file"):
        read_lexicon(tmp_path / "none.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[words]\nduty = []", encoding="utf-8-sig")
    assert load_lexicon(path).words == default_lexicon().words


@pytest.mark.parametrize("table", ["verbs = 3", "[verbs]\nreject = 3", "words = 3"])
def test_a_value_where_a_table_belongs_is_named(write: Callable[[str], Path], table: str) -> None:
    path = write(table)
    with pytest.raises(LexiconError) as error:
        read_lexicon(path)
    assert str(path) in str(error.value)


def labels(lexicon: Lexicon, verb: str) -> list[str]:
    return [f"{cue.entry} {cue.label}" for cue in lexicon.verbs.get(verb, ())]


class TestExtending:
    """What `--lexicon` does: a user's file on top of the shipped one."""

    @pytest.fixture
    def extend(self, write: Callable[[str], Path]) -> Callable[[str], Lexicon]:
        base = read_lexicon(write(GOOD))
        return lambda text: read_lexicon(write(text), base)

    def test_no_file_and_an_empty_one_leave_the_shipped_lexicon(
        self, write: Callable[[str], Path]
    ) -> None:
        assert load_lexicon() is default_lexicon()
        assert load_lexicon(write("# nothing yet")) == default_lexicon()

    def test_new_entries_have_the_settings_of_their_class(
        self, extend: Callable[[str], Lexicon]
    ) -> None:
        verbs = extend('[verbs.reject]\nentries = ["thumb+down:at"]').verbs
        assert verbs["thumb"] == (
            Cue("verbs.reject", "thumb", "down", "at", "opposes", "ambivalent", "object", 0.8),
        )
        assert verbs["reject"] == extend("").verbs["reject"]

    def test_a_new_class_has_its_own(self, extend: Callable[[str], Lexicon]) -> None:
        verbs = extend('[verbs.snub]\nstance = "opposes"\nentries = ["snub"]').verbs
        assert verbs["snub"] == (Cue("verbs.snub", "snub", stance="opposes"),)

    def test_new_settings_hold_for_the_shipped_entries_too(
        self, extend: Callable[[str], Lexicon]
    ) -> None:
        lexicon = extend("[verbs.reject]\nstrength = 1\n[evaluations.negative]\nstrength = 0.1")
        (cue,) = lexicon.verbs["reject"]
        assert (cue.strength, cue.stance, cue.negated) == (1, "opposes", "ambivalent")
        assert lexicon.evaluations["red line"].strength == 0.1

    def test_removed_entries_are_gone_and_no_others(self, extend: Callable[[str], Lexicon]) -> None:
        lexicon = extend('[verbs.reject]\nremove = ["object:to", "reject"]')
        assert list(lexicon.verbs) == ["rule", "push"]
        assert lexicon.nouns == extend("").nouns

    def test_an_entry_can_move_to_another_class(self, extend: Callable[[str], Lexicon]) -> None:
        lexicon = extend(
            '[verbs.reject]\nremove = ["reject"]\n'
            '[verbs.doubt]\nstance = "ambivalent"\nentries = ["reject"]'
        )
        assert labels(lexicon, "reject") == ["reject verbs.doubt"]

    def test_the_users_entries_go_first(self, extend: Callable[[str], Lexicon]) -> None:
        lexicon = extend(
            '[verbs.doubt]\nstance = "ambivalent"\nentries = ["reject"]\n'
            '[evaluations.positive]\nstance = "supports"\nentries = ["red line"]'
        )
        assert labels(lexicon, "reject") == ["reject verbs.doubt", "reject verbs.reject"]
        assert lexicon.evaluations["red line"].label == "evaluations.positive"

    def test_a_shipped_entry_may_be_repeated(self, extend: Callable[[str], Lexicon]) -> None:
        lexicon = extend('[verbs.reject]\nentries = ["reject"]')
        assert labels(lexicon, "reject") == ["reject verbs.reject"]

    def test_word_lists_grow_and_shrink(self, write: Callable[[str], Path]) -> None:
        text = '[words]\nhedges = ["allegedly"]\n[words.remove]\nhedges = ["somewhat"]'
        words, shipped = load_lexicon(write(text)).words, default_lexicon().words
        assert words["hedges"] == shipped["hedges"] - {"somewhat"} | {"allegedly"}
        assert {**words, "hedges": shipped["hedges"]} == shipped

    def test_the_example_in_the_shipped_file_works(self, write: Callable[[str], Path]) -> None:
        head = resource("data", "lexicon.toml").read_text(encoding="utf-8").partition("\n[")[0]
        example = head.partition("--lexicon")[2].split("\n#   ")[1:]
        lexicon = load_lexicon(write("\n".join(line.partition("\n")[0] for line in example)))
        assert labels(lexicon, "nix") == ["nix verbs.reject"]
        assert labels(lexicon, "snub") == ["snub verbs.snub"]
        assert labels(lexicon, "veto") == []
        assert "allegedly" in lexicon.words["hedges"]


class TestMistakes:
    """A mistake is told in one line, which begins with the file and the line of the mistake."""

    @pytest.mark.parametrize(
        ("text", "line", "complaint"),
        [
            (
                '[verbs.reject]\n# my view\nstance = "oppose"',
                3,
                (
                    "[verbs.reject] stance must be one of ambivalent, content, none, opposes, "
                    "reverse, supports, not 'oppose'"
                ),
            ),
            ("[verbs.reject]\nnegated = 3", 2, "[verbs.reject] negated must be one of"),
            ('[verbs.reject]\nframe = ["object"]', 2, "[verbs.reject] frame must be one of blame,"),
            (
                "[verbs.reject]\nstrength = true",
                2,
                "[verbs.reject] strength must be a number from 0 to 1, not True",
            ),
            ("verbs.reject.strength = -1", 1, "[verbs.reject] strength must be a number"),
            ("[verbs]\n\nreject = { strength = nan }", 3, "[verbs.reject] strength must be a"),
            ("\n[verb.reject]", 2, "[verb] is unknown; known are verbs, nouns, adjectives, "),
            ("[verb]", 1, "words. Did you mean 'verbs'?"),
            ("verbs = 3", 1, "verbs must be a table, not 3"),
            ("[nouns]\nopen = []", 2, "[nouns] open must be a table, not []"),
            (
                "[verbs.reject]\nentires = []",
                2,
                (
                    "[verbs.reject] entires is unknown; known are entries, stance, negated, frame, "
                    "strength, remove. Did you mean 'entries'?"
                ),
            ),
            ('[nouns.open]\nframe = "object"', 2, "[nouns.open] frame is unknown"),
            (
                '[words]\n[verbs.refect]\nentries = ["nix"]',
                2,
                "[verbs.refect] is a new class and needs stance. Did you mean 'reject'?",
            ),
            ('[nouns.new]\nstance = "none"', 1, "[nouns.new] is a new class and needs entries."),
            ('[verbs.reject]\nentries = [\n "nix",\n 7]', 4, "entries holds 7, which is no text"),
            (
                '[verbs.reject]\nentries = [ # "Nix"\n  "nix", # "Nix"\n\n  "Nix",\n]',
                5,
                (
                    "[verbs.reject] entries holds 'Nix', which is not lemma, lemma+particle, "
                    "lemma:preposition or lemma+particle:preposition in lower case"
                ),
            ),
            (
                '[verbs.reject]\nentries = ["a:b:c"]',
                2,
                "entries holds 'a:b:c', which is not lemma,",
            ),
            ('[verbs.reject]\nentries = ["a:b+c"]', 2, "entries holds 'a:b+c', which is not"),
            ('[verbs.reject]\nentries = ["rule out"]', 2, "entries holds 'rule out', which is"),
            ('[nouns.open]\nentries = ["a+b:c"]', 2, "'a+b:c', which is not lemma or lemma:prep"),
            ('[evaluations.open]\nentries = ["a:b"]', 2, "'a:b', which is not a word or a phrase"),
            (
                '[verbs.reject]\nentries = ["nix", "thumb+down",\n"nix"]\n[nouns.open]',
                3,
                "[verbs.reject] entries holds 'nix' twice",
            ),
            (
                '[verbs.want]\nremove = [\n  "hop",\n  "hopp",\n]',
                4,
                "[verbs.want] remove names 'hopp', which is not in the list. Did you mean 'hop'",
            ),
            ("[words]\nduty = 1", 2, "[words] duty must be a list of words, not 1"),
            ("[words]\nhegdes = []", 2, "[words] hegdes is unknown; known are duty, "),
            (
                '[words]\nhedges = ["a bit"]',
                2,
                "[words] hedges holds 'a bit', which is not one word",
            ),
            ("[words.remove]\n\nx = []", 3, "[words.remove] x is unknown; known are duty, "),
            (
                '[words.remove]\nduty = ["must",\n"hedge"]',
                3,
                "[words.remove] duty names 'hedge', which is not in the list.",
            ),
        ],
    )
    def test_it_is_told_with_its_line(
        self, write: Callable[[str], Path], text: str, line: int, complaint: str
    ) -> None:
        path = write(text)
        with pytest.raises(LexiconError) as error:
            load_lexicon(path)
        assert str(error.value).startswith(f"{path}:{line}: ")
        assert complaint in str(error.value)
        assert "\n" not in str(error.value)

    def test_a_whole_lexicon_has_nothing_to_remove(self, write: Callable[[str], Path]) -> None:
        path = write(GOOD.replace("strength = 0.8", "remove = []"))
        with pytest.raises(
            LexiconError, match=r"mine\.toml:6: \[verbs\.reject\] remove is unknown"
        ):
            read_lexicon(path)

    def test_the_line_is_found_in_a_file_as_long_as_the_shipped_one(
        self, write: Callable[[str], Path]
    ) -> None:
        lines = resource("data", "lexicon.toml").read_text(encoding="utf-8").split("\n")
        number = next(n for n, line in enumerate(lines, 1) if '"subscribe:to"' in line)
        lines[number - 1] = lines[number - 1].replace('"subscribe:to"', '"subscribe::to"')
        with pytest.raises(LexiconError) as error:
            read_lexicon(write("\n".join(lines)))
        assert f"mine.toml:{number}: [verbs.support] entries holds" in str(error.value)
