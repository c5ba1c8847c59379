"""Labels of speakers in transcripts and headlines."""

import pytest

from graphkit.article import Article
from graphkit.extract import Extractor


def labelled(extractor: Extractor, text: str) -> list[tuple[str, str]]:
    """Return the sources and contents of the attributions whose cue is a colon."""
    found = next(extractor.pipe([Article(id="a", text=text)])).attributions
    return [
        (text[a.source[0] : a.source[1]] if a.source else "", text[slice(*a.content)])
        for a in found
        if text[slice(*a.cue)] == ":"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '"HOLM: The bridge is too old for us.\n\n"BERG: Then let us build a new one."',
            [("HOLM", "The bridge is too old for us."),
             ("BERG", 'Then let us build a new one."')],
        ),
        (
            "QUESTION: Will you build it soon? ANSWER: We will build it soon.",
            [("QUESTION", "Will you build it soon?"), ("ANSWER", "We will build it soon.")],
        ),
        ("[HOLM]: The bridge is too old for us.", [("HOLM", "The bridge is too old for us.")]),
        ("Poll: Few in town want the bridge", [("Poll", "Few in town want the bridge")]),
        ("Bridge is safe for now: engineers", [("engineers", "Bridge is safe for now")]),
        (
            "Holm on bridges: They are all too old\n\nAnna Holm spoke at length on Monday.",
            [("Holm on bridges", "They are all too old")],
        ),
        ("NOTE: The bridge is closed on Monday.", []),
        ("A town and its river: how the bridge came down\n\nIt fell on Monday.", []),
    ],
)  # fmt: skip
def test_a_label_names_who_speaks(
    extractor: Extractor, text: str, expected: list[tuple[str, str]]
) -> None:
    assert labelled(extractor, text) == expected


def test_a_colon_in_a_long_first_paragraph_is_no_headline_s(extractor: Extractor) -> None:
    text = "The town met on Monday. " * 8 + "Police: a word that nobody wished to hear there."
    assert labelled(extractor, text) == []
