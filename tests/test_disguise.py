"""What the parser is shown in place of words that mislead it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.extract import Extractor
from graphkit.extract.disguise import disguised, undisguised
from graphkit.extract.headlines import KnownWords, known_words


@pytest.fixture(scope="module")
def known(extractor: Extractor) -> KnownWords:
    return known_words(extractor.nlp, extractor.lexicon, extractor.gazetteer)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Laura Grill left. Grill waved.", "Laura Smith left. Smith waved."),
        ("Mr. Grill's bill. Grilled fish.", "Mr. Smith's bill. Grilled fish."),
        ("Sen. Ann Holm (D-Ohio) spoke.", "Sen. Ann Holm          spoke."),
        ("Gov. Rolf Dale (R) spoke.", "Gov. Rolf Dale     spoke."),
        ("Laura Novakova left.", "Laura Novakova left."),  # no word, so it does no harm
        ("They like a Grill.", "They like a Grill."),  # nobody is introduced by it
        ("The grill (see page 3) is hot.", "The grill (see page 3) is hot."),
    ],
)
def test_what_misleads_is_disguised(known: KnownWords, text: str, shown: str) -> None:
    assert disguised(text, known) == shown


@given(st.text(alphabet="Mr. Grill(D-Ohio)aé\n", max_size=80))
def test_no_character_moves(known: KnownWords, text: str) -> None:
    shown = disguised(text, known)

    assert len(shown) == len(text)
    assert [i for i, c in enumerate(shown) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]


@given(st.text(alphabet="Mr. Grill(D-Ohio)aé\n", max_size=80))
def test_a_document_gets_its_own_words_back(
    extractor: Extractor, known: KnownWords, text: str
) -> None:
    doc = extractor.nlp.make_doc(disguised(text, known))

    assert undisguised(doc, text).text == text


def test_a_name_that_is_a_verb_is_its_bearers(extractor: Extractor) -> None:
    text = "Laura Grill runs the port. Grill told reporters that she opposes the toll."

    (extraction,) = extractor.pipe([Article(id="a", text=text)])

    assert [(s.actor, s.stance, s.topic) for s in extraction.statements] == [
        ("Laura Grill", "opposes", "toll")
    ]


def test_parties_break_no_list_of_names(extractor: Extractor) -> None:
    text = "Sens. Ann Miller (D-Ore.), Kurt Brown (D-Ohio) and Robert Hall (D) reject the toll."

    (extraction,) = extractor.pipe([Article(id="a", text=text)])

    assert [s.actor for s in extraction.statements] == ["Ann Miller", "Kurt Brown", "Robert Hall"]
