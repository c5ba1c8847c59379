"""Attributions whose cue is a noun, an adjective, a phrase, or a document that shows."""

from typing import TYPE_CHECKING

import pytest

from graphkit.article import Article

if TYPE_CHECKING:
    from graphkit.extract import Extractor


def attributions(extractor: "Extractor", text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each attribution as the text has them."""
    (found,) = extractor.pipe([Article(id="a", text=text)])
    return [
        (text[slice(*one.source)] if one.source else "", text[slice(*one.cue)],
         text[slice(*one.content)])
        for one in found.attributions
    ]  # fmt: skip


NOUNS = [
    ("The mayor made the case that the bridge was unsafe.",
     "The mayor", "case", "that the bridge was unsafe"),
    ("The verdict rests on the assumption that the brakes failed.",
     "The verdict", "assumption", "that the brakes failed"),
    ("Ms. Holm’s bet is that the ferry will pay for itself.",
     "Ms. Holm’s", "bet", "that the ferry will pay for itself"),
    ("Farmers voiced concern about the price of water.",
     "Farmers", "concern", "the price of water"),
    ("The union’s refusal to sign the contract surprised the owners.",
     "The union’s", "refusal", "to sign the contract"),
    ("The two ports signed an agreement to share their cranes.",
     "The two ports", "agreement", "to share their cranes"),
    ("Nordic reluctance to join the bank delayed the loan.",
     "Nordic", "reluctance", "to join the bank"),
    ("Tempers rose after the board’s criticism of the orchestra.",
     "the board’s", "criticism", "the orchestra"),
    ("The talks broke up amid disagreements about how to share the river.",
     "", "disagreements", "how to share the river"),
    ("The firm left little doubt that the mine would close.",
     "The firm", "doubt", "that the mine would close"),
    ("The clinic voiced support for longer hours.", "The clinic", "support", "longer hours"),
    ("Most tenants are in favor of a new roof.", "Most tenants", "favor", "a new roof"),
    ("The bishop is an outspoken opponent of the casino.",
     "The bishop", "opponent", "the casino"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), NOUNS)
def test_a_noun_attributes_what_it_is_about(
    extractor: "Extractor", text: str, source: str, cue: str, content: str
) -> None:
    assert attributions(extractor, text) == [(source, cue, content)]


IDIOMS = [
    ("The column took aim at the harbor tax.", "The column", "took", "the harbor tax"),
    ("Neighbors made fun of the fountain.", "Neighbors", "made", "the fountain"),
    ("The guild threw its support behind the ferry.", "The guild", "threw", "the ferry"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), IDIOMS)
def test_an_idiom_attributes_what_its_preposition_adds(
    extractor: "Extractor", text: str, source: str, cue: str, content: str
) -> None:
    assert attributions(extractor, text) == [(source, cue, content)]


PHRASES = [
    ("In the latest poll, the mayor led by six points.",
     "the latest poll", "In", "the mayor led by six points"),
    ("In Ms. Holm’s view, the canal is too narrow.",
     "Ms. Holm’s", "In", "the canal is too narrow"),
    ("Under the guild’s plan, the ferry would sail twice a day.",
     "the guild’s", "Under", "the ferry would sail twice a day"),
    ("The goal is not profit, and the ferry must stay cheap, according to Ms. Holm.",
     "Ms. Holm", "according", "The goal is not profit, and the ferry must stay cheap"),
    ("The buyer reportedly left the country.",
     "", "reportedly", "The buyer reportedly left the country"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), PHRASES)
def test_a_phrase_attributes_its_clause(
    extractor: "Extractor", text: str, source: str, cue: str, content: str
) -> None:
    assert attributions(extractor, text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "In the storm, the mayor lost her hat.",
        "Under the bridge, the boats passed in line.",
        "The storm was a threat to ships off the coast.",
        "The demand for copper fell in spring.",
        "Opponents of the casino met on Friday.",
        "The attack on the convoy lasted an hour.",
    ],
)
def test_what_nobody_says_or_thinks_attributes_nothing(extractor: "Extractor", text: str) -> None:
    assert attributions(extractor, text) == []


def test_a_verb_of_attitude_goes_before_the_noun_that_it_is_about(extractor: "Extractor") -> None:
    text = "The chamber praised the council’s decision to widen the canal."
    assert [cue for _, cue, _ in attributions(extractor, text)] == ["praised"]


ADJECTIVES = [
    ("The captain was certain that the tide would turn.",
     "The captain", "certain", "that the tide would turn"),
    ("The owner made it clear that the mill would close.",
     "The owner", "clear", "that the mill would close"),
    ("It is unclear whether the dam will hold.", "", "unclear", "whether the dam will hold"),
    ("Shopkeepers were coy about their losses.", "Shopkeepers", "coy", "their losses"),
    ("Most anglers are against the dam.", "Most anglers", "against", "the dam"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), ADJECTIVES)
def test_an_adjective_attributes_what_it_is_about(
    extractor: "Extractor", text: str, source: str, cue: str, content: str
) -> None:
    assert attributions(extractor, text) == [(source, cue, content)]


DOCUMENTS = [
    ("The survey shows a steep decline in bees, which alarms growers.",
     "The survey", "shows", "a steep decline in bees"),
    ("A study of 40 rivers found lead in every sample.",
     "A study of 40 rivers", "found", "lead in every sample"),
    ("A federal judge blocked the company from selling the land.",
     "A federal judge", "blocked", "the company from selling the land"),
    ("The court ruled against the brewery.", "The court", "ruled", "the brewery"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), DOCUMENTS)
def test_a_document_or_a_court_is_a_source(
    extractor: "Extractor", text: str, source: str, cue: str, content: str
) -> None:
    assert attributions(extractor, text) == [(source, cue, content)]


def test_the_same_words_are_attributed_once(extractor: "Extractor") -> None:
    text = "The broker refused to disclose the terms of the sale to the former tenants."
    assert [cue for _, cue, _ in attributions(extractor, text)] == ["refused"]


def test_whoever_passes_words_on_and_whoever_said_them_are_both_sources(
    extractor: "Extractor",
) -> None:
    text = "The Gazette reported that Ms. Holm said the harbor would be dredged before winter."
    found = [(source, cue) for source, cue, _ in attributions(extractor, text)]
    assert found == [("The Gazette", "reported"), ("Ms. Holm", "said")]
