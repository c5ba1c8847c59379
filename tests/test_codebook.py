"""Codebooks: phrases that find their concept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.codebook import Concept, ConceptMatcher
from graphkit.codebook_file import read_codebook
from graphkit.resources import resource

TANKS = Concept("tank deliveries", ("supply of tanks", "sending tanks"))
HEAVY = Concept("heavy tank deliveries", ("sending heavy tanks",), ("tank deliveries",))
TARIFFS = Concept("tariffs", ("customs duties",))
words = st.text(alphabet="abcdefg", min_size=1, max_size=8)


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
