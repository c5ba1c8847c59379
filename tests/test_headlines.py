"""Headlines: sentence case for the parser, with every character in its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.extract import Extractor
from graphkit.extract.gazetteer_file import load_gazetteer
from graphkit.extract.headlines import KnownWords, known_words, sentence_case

BODY = (
    "Sen. Maria Lindqvist said on Monday that she would fight the tax. The House and McAllister, "
    "a senator, met Lindqvist on the ice in New York. Officials of the Justice Department said "
    "that a new bill on coal was ready, and the US and NASA agreed with Gov. Ana Frost."
)


@pytest.fixture(scope="module")
def known(extractor: Extractor) -> KnownWords:
    return known_words(extractor.nlp, extractor.lexicon, extractor.gazetteer)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Senator Vows To Fight New Farm Tax", "Senator vows to fight new farm tax"),
        ("SENATOR VOWS TO FIGHT NEW FARM TAX", "Senator vows to fight new farm tax"),
        (
            "Coal Bill Won’t Pass House, Says McAllister",
            "Coal bill won’t pass House, says McAllister",
        ),
        (
            "LINDQVIST'S COAL BILL WON'T PASS, SAYS MCALLISTER",
            "Lindqvist's coal bill won't pass, says McAllister",
        ),
        ("US AND NASA SIGN MOON DEAL, O'BRIEN SAYS", "US and NASA sign moon deal, O'Brien says"),
        ("Who Will Pay Us For The Ice?", "Who will pay us for the ice?"),
        ("Now I Know Why Nobody Voted", "Now I know why nobody voted"),
        ("U.S. Coal Miners Ask U.S. Court For Help", "U.S. coal miners ask U.S. court for help"),
        (
            "Polish Minister: ‘We Will Never Leave The E.U.’",
            "Polish minister: ‘We will never leave the E.U.’",
        ),
        (
            "Mayor Calls 3-Year Anti-Lindqvist March In New York ‘Shameful’",
            "Mayor calls 3-year anti-Lindqvist march in New York ‘shameful’",
        ),
        (
            "Law And Justice Rejects 13th NATO-Led Mission In Chad",
            "Law and Justice rejects 13th NATO-led mission in Chad",
        ),
        (
            "Governor Frost Urges Boris Kravitz To Veto Bill On Tuesday",
            "Governor Frost urges Boris Kravitz to veto bill on Tuesday",
        ),
        (
            "İzmir Mayor İnci Öztürk Rejects Plans For Élysée Visit",
            "İzmir mayor İnci Öztürk rejects plans for Élysée visit",
        ),
        ("Critics Pan Tax. Miners Cheer It.", "Critics pan tax. Miners cheer it."),
    ],
)
def test_a_headline_comes_in_sentence_case(known: KnownWords, headline: str, expected: str) -> None:
    assert sentence_case(f"{headline}\n\n{BODY}\n", known) == f"{expected}\n\n{BODY}\n"


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Warren Backs Plan To Ban Plastic", "Warren backs plan to ban plastic"),
        ("South Dakota Rejects Plan To Ban Plastic", "South Dakota rejects plan to ban plastic"),
        ("Miners Praise Walter Rice For Veto", "Miners praise Walter Rice for veto"),
        ("NATO AND OMAN AGREE ON NEW TALKS", "NATO and Oman agree on new talks"),
    ],
)
def test_a_headline_without_an_article_keeps_its_names(
    known: KnownWords, headline: str, expected: str
) -> None:
    assert sentence_case(headline, known) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (
            "THEY WERE WARNED TWICE — Miners in Ohio knew it.",
            "They were warned twice — Miners in Ohio knew it.",
        ),
        (
            "THE BRITISH GOVERNMENT IS EXPECTED to resign today.",
            "The British government is expected to resign today.",
        ),
        (
            "NEW YORK and LOS ANGELES, Oct. 3 (AP) — Miners left.",
            "NEW YORK and LOS ANGELES, Oct. 3 (AP) — Miners left.",
        ),
    ],
)
def test_capitals_that_open_a_paragraph_are_lowered_unless_they_are_a_dateline(
    known: KnownWords, paragraph: str, expected: str
) -> None:
    assert sentence_case(f"{paragraph}\n{BODY}", known) == f"{expected}\n{BODY}"


@pytest.mark.parametrize(
    "line",
    [
        "President Ana Frost met Prime Minister Boris Kravitz in New York on Monday.",
        "By Maria Lindqvist",
        "Senator rejects farm tax",
        "He is Boris Kravitz, she is Ana Frost.",
        "WASHINGTON (AP) — The Senate voted.",
        "北京 上海 广州 深圳",
        "",
    ],
)
def test_prose_stays_as_it_is(known: KnownWords, line: str) -> None:
    assert sentence_case(f"{line}\n{BODY}", known) == f"{line}\n{BODY}"


LETTERS = st.text(st.sampled_from("abzABZİıßẞǅΣÉ’'-. 1\n"), max_size=60)
TITLES = st.lists(
    st.sampled_from(
        ["Senator", "VOWS", "İnci's", "to", "O’Brien", "U.S.", "Non-Farm", "“Tax”", "I"]
    )
).map(" ".join)


@given(text=st.one_of(st.text(max_size=80), LETTERS, TITLES))
def test_every_character_keeps_its_place(known: KnownWords, text: str) -> None:
    recased = sentence_case(text, known)

    assert len(recased) == len(text)
    assert all(new in {old, old.lower()} for old, new in zip(text, recased, strict=True))


@given(words=st.lists(st.sampled_from(["The", "Frost", "senator", "said", "tax", "NATO"])))
def test_prose_is_untouched_whatever_its_names(known: KnownWords, words: list[str]) -> None:
    text = " ".join([*words, "rejected", "it."])

    assert sentence_case(text, known) == text


def test_a_headline_keeps_the_names_of_the_users_gazetteer(
    extractor: Extractor, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,type,aliases\nJane Roe,person,Iron Jane\nNorthern Watch,group,\n")
    gazetteer = load_gazetteer([file], pytest.fail)
    known = known_words(extractor.nlp, extractor.lexicon, gazetteer)

    found = sentence_case("Iron Jane Blames Northern Watch For Toll", known)

    assert found == "Iron Jane blames Northern Watch for toll"


def test_a_statement_of_a_headline_has_the_articles_letters(extractor: Extractor) -> None:
    text = f"Lindqvist Opposes New Farm Tax\n\n{BODY}\n"

    (extraction,) = extractor.pipe([Article(id="a", text=text)])

    found = [s for s in extraction.statements if s.start == 0]
    assert [(s.actor, s.stance, s.topic) for s in found] == [
        ("Maria Lindqvist", "opposes", "new farm tax")
    ]
    assert found[0].evidence == "Lindqvist Opposes New Farm Tax"
    assert found[0].topic_text == "New Farm Tax"


def test_a_headline_without_a_full_stop_is_a_sentence(extractor: Extractor) -> None:
    text = sentence_case(
        "Miners Reject Farm Tax\nLindqvist Vows To Fight It\nMs. Lindqvist spoke on Monday.",
        known_words(extractor.nlp, extractor.lexicon, extractor.gazetteer),
    )

    assert [sent.text.strip() for sent in extractor.nlp(text).sents] == [
        "Miners reject farm tax",
        "Lindqvist vows to fight it",
        "Ms. Lindqvist spoke on Monday.",
    ]
