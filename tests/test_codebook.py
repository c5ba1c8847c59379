"""Codebooks: topics read from SKOS, and phrases that find them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.codebook import Concept, ConceptMatcher, read_codebook
from graphkit.errors import GraphkitError
from graphkit.resources import resource

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://x.example/> .\n"
TANKS = Concept("tank deliveries", ("supply of tanks", "sending tanks"))
HEAVY = Concept("heavy tank deliveries", ("sending heavy tanks",), ("tank deliveries",))
TARIFFS = Concept("tariffs", ("customs duties",))
words = st.text(alphabet="abcdefg", min_size=1, max_size=8)


def write(folder: Path, turtle: str) -> Path:
    path = folder / "topics.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    return path


def test_concepts_are_read_with_their_labels_and_sorted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        :b a skos:Concept ; skos:prefLabel "pensions"@en .
        :a a skos:Concept ; skos:prefLabel "early pensions" ;
            skos:altLabel "retiring at 60", "early retirement" ; skos:broader :b .
        """,
    )
    assert read_codebook(path) == [
        Concept(
            "early pensions",
            ("early retirement", "retiring at 60"),
            ("pensions",),
            "https://x.example/a",
        ),
        Concept("pensions", (), (), "https://x.example/b"),
    ]


def test_a_broader_concept_without_a_label_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, ':a a skos:Concept ; skos:prefLabel "a" ; skos:broader :nowhere .')
    assert read_codebook(path)[0].broader == ()


@pytest.mark.parametrize(
    ("turtle", "complaint"),
    [
        (":a a skos:Concept .", "exactly one skos:prefLabel, not 0"),
        (':a a skos:Concept ; skos:prefLabel "a", "b" .', "exactly one skos:prefLabel, not 2"),
        ("", "no skos:Concept"),
        (':a skos:prefLabel "a" .', "no skos:Concept"),
        (":a a skos:Concept ;; .\n:b :c", "not valid Turtle"),
        (":a skos:prefLabel unquoted .", "not valid Turtle"),
    ],
)
def test_a_faulty_codebook_is_named(tmp_path: Path, turtle: str, complaint: str) -> None:
    path = write(tmp_path, turtle)
    with pytest.raises(GraphkitError) as error:
        read_codebook(path)
    assert str(path) in str(error.value)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, ':a a skos:Concept ; skos:prefLabel "a" .\n:b a b c .')
    with pytest.raises(GraphkitError, match=r"topics\.ttl:4: not valid Turtle"):
        read_codebook(path)


@pytest.mark.parametrize("name", ["missing.ttl", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(GraphkitError) as error:
        read_codebook(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "topics.ttl"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(GraphkitError, match=r"topics\.ttl"):
        read_codebook(path)


def test_the_shipped_codebook_reads_and_finds_its_own_labels() -> None:
    concepts = read_codebook(resource("data", "topics.ttl"))
    matcher = ConceptMatcher(concepts)
    missed = [concept.label for concept in concepts if matcher.find([concept.label]) is None]
    assert missed == []


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("tank deliveries", "tank deliveries"),
        ("the delivery of tanks", "tank deliveries"),
        ("Sending TANKS", "tank deliveries"),
        ("tanks’ deliveries", "tank deliveries"),
        ("sending tanks to Poland", "tank deliveries"),
        ("sending heavy tanks to Poland", "heavy tank deliveries"),
        ("the new tariffs on steel", "tariffs"),
        ("customs duty", "tariffs"),
        ("sending troops", None),
        ("tanks", None),
        ("", None),
        ("the of", None),
    ],
)
def test_a_phrase_finds_the_narrowest_concept_whose_words_it_holds(
    phrase: str, label: str | None
) -> None:
    assert ConceptMatcher([TANKS, HEAVY, TARIFFS]).find([phrase]) == label


def test_an_exact_label_goes_before_a_longer_phrase() -> None:
    matcher = ConceptMatcher([TANKS, TARIFFS])
    assert matcher.find(["sending tanks despite the tariffs", "tariffs"]) == "tariffs"


def test_without_concepts_nothing_is_found() -> None:
    assert ConceptMatcher([]).find(["tariffs"]) is None


def test_a_concept_without_content_words_never_matches() -> None:
    assert ConceptMatcher([Concept("the of")]).find(["the of", "anything"]) is None


@given(st.lists(st.builds(Concept, words, st.tuples(words)), max_size=5), words)
def test_the_order_of_concepts_does_not_matter(concepts: list[Concept], phrase: str) -> None:
    found = ConceptMatcher(concepts).find([phrase])
    assert ConceptMatcher(list(reversed(concepts))).find([phrase]) == found
