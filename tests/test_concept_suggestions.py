"""Suggestions: what may be one, what may be narrower, and why."""

import random

import pytest

from graphkit.concepts import IndexedConcept, Suggestion, suggest
from graphkit.concepts.suggestions import MAX_BLOCK


def concepts(*labels: str) -> list[IndexedConcept]:
    return [IndexedConcept(label, label) for label in labels]


def outcome(*labels: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.concept, one.other) for one in suggest(concepts(*labels), {})]


@pytest.mark.parametrize(
    ("narrower", "broader", "reason"),
    [
        ("U.S. troops in Chad", "troops in Chad", "adds who: U S"),
        ("sugar tax in Chile", "tax on sugar", "adds where: Chile"),
        (
            "Peruvian steel tariffs against Chile",
            "steel tariffs",
            "adds who and where: Peruvian Chile",
        ),
        ("early pension reform", "pension reform", "adds what kind: early"),
    ],
)
def test_what_adds_a_place_a_doer_or_a_kind_is_narrower(
    narrower: str, broader: str, reason: str
) -> None:
    (found,) = suggest(concepts(narrower, broader), {})

    assert (found.kind, found.concept, found.other) == ("broader", narrower, broader)
    assert found.reason.replace("US", "U S") == reason


def test_each_of_the_labels_that_say_the_same_may_be_the_narrower_one() -> None:
    found = outcome("cutting taxes in Chad", "tax cuts in Chad", "tax cuts")

    assert ("broader", "tax cuts in Chad", "tax cuts") in found
    assert ("merge", "tax cuts in Chad", "tax cuts") not in found


def test_concepts_that_say_the_same_may_be_one() -> None:
    counts = {"troops in Chad": 3, "sending soldiers to Chad": 5}

    assert suggest(concepts(*counts), counts) == [
        Suggestion(
            "merge",
            "troops in Chad",
            "sending soldiers to Chad",
            'both say "sending soldiers to Chad"',
            0.8,
        )
    ]


def test_an_alternative_label_counts_and_a_curated_concept_stays() -> None:
    curated = IndexedConcept("x", "intervention", ("troops in Chad",), is_curated=True)

    (found,) = suggest([curated, *concepts("soldiers in Chad")], {"soldiers in Chad": 9})

    assert (found.concept, found.other) == ("soldiers in Chad", "x")


def test_a_reason_names_the_alternative_label_that_it_comes_from() -> None:
    aid = IndexedConcept("x", "help for growers", ("Dutch flower subsidies",), is_curated=True)

    (found,) = suggest([aid, *concepts("flower subsidies")], {})

    assert found.reason == 'adds who: Dutch (as "Dutch flower subsidies")'


def test_labels_that_share_most_words_may_be_one() -> None:
    labels = ("cheaper night trains to coastal towns", "night trains to coastal towns and islands")

    (found,) = suggest(concepts(*labels), {})

    assert found.kind == "merge"
    assert found.reason == "share the words night, trains, coastal, towns"


@pytest.mark.parametrize(
    "labels",
    [
        ("raising the tax on sugar and salt", "cutting the tax on sugar and salt"),
        ("ferry link from Chile to the islands", "ferry link from Peru to the islands"),
        ("tax reform", "tax"),  # about the reform
        ("debate about night trains to towns", "night trains to towns"),  # about the debate
        ("immigration reform", "reform"),  # says too little
        ("sugar", "tolls"),
        ("sugar",),
    ],
)
def test_what_contradicts_or_is_about_something_else_is_not_suggested(
    labels: tuple[str, ...],
) -> None:
    assert outcome(*labels) == []


def test_a_pair_comes_once_and_frequent_ones_first() -> None:
    labels = ["early pension reform", "pension reform", "cheap tram rides", "tram rides"]
    counts = {"cheap tram rides": 6, "tram rides": 4, "pension reform": 9}

    found = suggest(concepts(*labels), counts)

    assert [one.concept for one in found] == ["cheap tram rides", "early pension reform"]
    assert all(0 < one.score < 1 for one in found)


def test_the_order_of_concepts_does_not_matter() -> None:
    labels = [
        f"{kind} {thing} in {place}"
        for kind in ("free", "old", "US")
        for thing in ("trams", "coal mines", "troops")
        for place in ("Chad", "Lima", "western Peru")
    ]
    shuffled = random.Random(3).sample(labels, len(labels))

    assert outcome(*labels) == outcome(*shuffled) != []


def test_words_that_many_share_are_no_reason() -> None:
    many = [f"night train {chr(97 + i // 26)}{chr(97 + i % 26)}x" for i in range(MAX_BLOCK + 1)]

    assert len(outcome(*many)) < len(many) ** 2 / 4
