"""The index: keys of concepts, and concepts under a key."""

from graphkit.codebook import Concept
from graphkit.concepts import IndexedConcept, MemoryIndex, curated, keys_of


def test_every_label_has_its_keys_once() -> None:
    assert keys_of("sugar tax", ["the sugar tax", "levy on sugar"]) == (
        "label:sugar tax",
        "words:sugar tax |sugar,taxes||||",
        "says:|sugar,taxes||||",
        "label:levy on sugar",
        "words:levi sugar |sugar,taxes||||",
    )


def test_curated_labels_are_filed_under_their_two_rarest_stems() -> None:
    keys = keys_of("a sales tax on soft drinks", is_curated=True)

    assert keys[-1] == "holds:drink soft"
    assert not any(key.startswith("holds:") for key in keys_of("a sales tax on soft drinks"))


def test_a_label_without_words_has_no_keys() -> None:
    assert keys_of("—", ["the"], is_curated=True) == ()


def test_the_index_returns_what_is_filed_under_a_key_in_order() -> None:
    one, other = IndexedConcept("b", "sugar tax"), IndexedConcept("a", "Sugar tax")
    index = MemoryIndex([one])
    index.add(other)

    assert list(index("label:sugar tax")) == [one, other]
    assert list(index("label:salt tax")) == []


def test_a_concept_of_a_codebook_without_an_iri_goes_by_its_label() -> None:
    concepts = [Concept("tolls", ("road tolls",)), Concept("trams", iri="x:trams")]

    assert curated(concepts) == [
        IndexedConcept("tolls", "tolls", ("road tolls",), is_curated=True),
        IndexedConcept("x:trams", "trams", is_curated=True),
    ]
