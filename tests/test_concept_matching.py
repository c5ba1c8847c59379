"""Matching: a topic finds its concept by label, words, a held label, or what it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.codebook import Concept
from graphkit.codebook_file import read_codebook
from graphkit.concepts import IndexedConcept, MemoryIndex, curated, find_concept, keys_of
from graphkit.resources import resource

TANKS = Concept("tank deliveries", ("supply of tanks", "sending tanks"))
HEAVY = Concept("heavy tank deliveries", ("sending heavy tanks",), ("tank deliveries",))
TARIFFS = Concept("tariffs", ("customs duties",))
words = st.text(alphabet="abcdefg", min_size=1, max_size=8)


def codebook(*concepts: Concept) -> MemoryIndex:
    return MemoryIndex(curated(concepts))


def candidates(*labels: str) -> MemoryIndex:
    return MemoryIndex(IndexedConcept(f"iri:{label}", label) for label in labels)


def found(label: str, index: MemoryIndex, text: str = "") -> tuple[str, str] | None:
    match = find_concept(label, text, index)
    return (match.label, match.how) if match is not None else None


# --- a codebook ---------------------------------------------------------------------------------


def test_the_shipped_codebook_finds_all_its_labels() -> None:
    concepts = read_codebook(resource("data", "topics.ttl"))
    index = codebook(*concepts)

    for concept in concepts:
        for label in (concept.label, *concept.alt_labels):
            assert found(label, index) == (concept.label, "label")


@pytest.mark.parametrize(
    ("phrase", "match"),
    [
        ("tank deliveries", ("tank deliveries", "label")),
        ("Sending TANKS", ("tank deliveries", "label")),
        ("the delivery of tanks", ("tank deliveries", "words")),
        ("tanks’ deliveries", ("tank deliveries", "words")),
        ("customs duty", ("tariffs", "words")),
        ("sending tanks to Poland", ("tank deliveries", "contained")),
        ("sending heavy tanks to Poland", ("heavy tank deliveries", "contained")),
        ("the new tariffs on steel", ("tariffs", "contained")),
        ("import duties", ("tariffs", "signature")),
        ("sending troops", None),
        ("tanks", None),
        ("", None),
        ("the of", None),
    ],
)
def test_a_phrase_finds_the_narrowest_concept_whose_words_it_holds(
    phrase: str, match: tuple[str, str] | None
) -> None:
    index = codebook(TANKS, HEAVY, TARIFFS)

    assert found(phrase, index) == match
    if match is None or match[1] != "signature":
        assert found("", index, text=phrase) == match


def test_an_exact_label_goes_before_a_longer_phrase() -> None:
    index = codebook(TANKS, TARIFFS)

    assert found("sending tanks despite the tariffs", index, "tariffs") == ("tariffs", "label")


def test_of_labels_alike_the_one_that_is_written_so_is_found() -> None:
    index = codebook(Concept("Tugs"), Concept("the tugs"), Concept("tugs"))
    assert found("the tugs", index) == ("the tugs", "label")
    assert found("tugs", index) == ("tugs", "label")
    assert found("TUGS", index) == ("Tugs", "label")
    assert found("The tugs", index, "tugs") == ("Tugs", "label")


def test_what_a_text_adds_with_which_is_not_the_topic() -> None:
    index = codebook(TANKS, TARIFFS)

    assert found("treaty", index, "the treaty, which lowers tariffs") is None
    assert found("treaty", index, "the treaty on tariffs") == ("tariffs", "contained")


def test_a_concept_without_content_words_never_matches() -> None:
    index = codebook(Concept("the of"))

    assert found("the of it", index, "anything") is None


def test_a_codebook_goes_before_candidates() -> None:
    index = candidates("sending tanks to Poland")
    index.add(*curated([TANKS]))

    assert found("sending tanks to Poland", index) == ("tank deliveries", "contained")


@given(st.lists(st.builds(Concept, words, st.tuples(words)), max_size=5), words)
def test_the_order_of_concepts_does_not_matter(concepts: list[Concept], phrase: str) -> None:
    assert found(phrase, codebook(*concepts)) == found(phrase, codebook(*concepts[::-1]))


@given(st.lists(words, min_size=1, max_size=5), st.lists(words, max_size=5))
def test_a_label_is_found_wherever_all_its_words_are(label: list[str], more: list[str]) -> None:
    index = codebook(Concept(" ".join(label)), Concept("zulu zebra"))
    phrase = " ".join([*more, *reversed(label)]) if keys_of(" ".join(label)) else ""

    match = find_concept(phrase, "", index)

    is_empty = not any(
        key.startswith("holds:") for key in keys_of(" ".join(label), is_curated=True)
    )
    assert (match is None) is is_empty


# --- candidates ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "how"),
    [
        ("The troops in Chad", "label"),
        ("troop in Chad", "words"),
        ("dispatching soldiers to Chad", "signature"),
        ("troops in Mali", None),
        ("U.S. troops in Chad", None),
        ("a debate about troops in Chad", None),  # only a codebook's label may be held
    ],
)
def test_a_candidate_is_found_by_its_label_its_words_or_what_it_says(
    label: str, how: str | None
) -> None:
    assert found(label, candidates("troops in Chad")) == (how and ("troops in Chad", how))


def test_too_little_is_found_by_its_words_only() -> None:
    index = candidates("the agreement")

    assert found("agreements", index) == ("the agreement", "words")
    assert found("pact", index) is None


def test_words_in_another_role_are_another_topic() -> None:
    assert found("aid to Poland", candidates("aid from Poland")) is None


def test_a_closer_way_scores_higher() -> None:
    index = candidates("troops in Chad")
    matches = [
        find_concept(label, "", index)
        for label in ("troops in Chad", "troop in Chad", "soldiers in Chad")
    ]

    scores = [match.score for match in matches if match is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_matching_files_nothing() -> None:
    index = candidates("troops in Chad")

    assert found("soldiers in Mali", index) is None
    assert found("soldiers in Mali", index) is None


def test_of_equal_concepts_the_first_by_label_is_found_whatever_the_order() -> None:
    labels = ("troops in Chad", "soldiers in Chad")

    assert found("NATO troops in Chad", candidates(*labels)) == ("soldiers in Chad", "signature")
    assert found("NATO troops in Chad", candidates(*labels[::-1])) == (
        "soldiers in Chad",
        "signature",
    )
