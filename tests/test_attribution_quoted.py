"""Whose words a quotation holds, and where a broken one goes on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.extract import Extractor


def said(extractor: Extractor, text: str) -> list[tuple[str, str, str]]:
    """Return the source, the cue and the content of each attribution as the text shows them."""
    found = next(extractor.pipe([Article(id="a", text=text)])).attributions
    return [
        (
            text[a.source[0] : a.source[1]] if a.source else "",
            text[slice(*a.cue)],
            text[slice(*a.content)],
        )
        for a in found
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "“Every bridge that they close,” Holm said, “hurts the people of this town.”",
            "Holm",
            "“Every bridge that they close,” Holm said, “hurts the people of this town.”",
        ),
        (
            "“It is too old,” Holm, an engineer, said on the show “Good Day.” “We need a new one.”",
            "Holm, an engineer",
            "“It is too old,” Holm, an engineer, said on the show “Good Day.” “We need a new one.”",
        ),
        (
            "“Who needs this bridge?” Holm asked. “Nobody in this town does.”",
            "Holm",
            "“Who needs this bridge?” Holm asked. “Nobody in this town does.”",
        ),
        (
            'The work did "too little," she added on Monday. "Without a new bridge, we lose."',
            "she",
            'The work did "too little," she added on Monday. "Without a new bridge, we lose."',
        ),
    ],
    ids=["middle", "show", "question", "fragment"],
)  # fmt: skip
def test_a_broken_quotation_is_one(
    extractor: Extractor, text: str, source: str, content: str
) -> None:
    assert (source, content) in [(who, words) for who, _, words in said(extractor, text)]


def test_a_second_cue_takes_only_what_follows_where_another_reports_the_rest(
    extractor: Extractor,
) -> None:
    text = "Holm said the work failed because “nobody paid for it,” she said. “We are broke now.”"
    assert ("she", "said", "“We are broke now.”") in said(extractor, text)


def test_quotations_of_two_paragraphs_keep_their_own_speakers(extractor: Extractor) -> None:
    text = (
        "“The old bridge is a danger to all of us,” Anna Holm said.\n\n"
        "“It will stand for a century,” Peter Berg replied."
    )
    found = [(who, words) for who, _, words in said(extractor, text)]
    assert found == [
        ("Anna Holm", "“The old bridge is a danger to all of us,”"),
        ("Peter Berg", "“It will stand for a century,”"),
    ]


def test_the_clause_before_a_colon_introduces_a_quotation(extractor: Extractor) -> None:
    text = "She put her hand on the rail: “No money, no bridge for this town.”"
    assert ("She", "put", "“No money, no bridge for this town.”") in said(extractor, text)


def test_a_quotation_on_its_own_is_the_speaker_s_before(extractor: Extractor) -> None:
    text = "Holm called the bridge a danger to the town. “It shakes whenever a bus comes by.”"
    assert ("Holm", "called", "“It shakes whenever a bus comes by.”") in said(extractor, text)


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(st.sampled_from([*"“”\"'’‘:,.?\n", "he said", "No", "Anna Holm"]), max_size=12)
)
def test_no_disorder_of_marks_raises(extractor: Extractor, words: list[str]) -> None:
    for _, _, content in said(extractor, " ".join(words)):
        assert content
