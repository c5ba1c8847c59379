"""Short names: the other forms by which an article names an organization or a country."""

from typing import TYPE_CHECKING

import pytest

from docs import parse
from graphkit.article import Article
from graphkit.extract.gazetteer import default_gazetteer
from graphkit.extract.short_names import acronyms, clean_name, full_names

if TYPE_CHECKING:
    from graphkit.extract import Extractor


def aliases(extractor: "Extractor", text: str) -> dict[str, tuple[str, ...]]:
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    return {actor.name: actor.aliases for actor in extraction.actors}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "The Coalition for Clean Rivers (CCR) rejected the dam. The coalition sued the CCR.",
            "Coalition for Clean Rivers",
            ("CCR",),
        ),
        (
            "The Coalition for Clean Rivers rejected the dam. Clean Rivers opposes the levy.",
            "Coalition for Clean Rivers",
            ("Clean Rivers",),
        ),
        (
            "The Freedom Party of Utopia (FPÜ) rejected the dam. The FPÜ condemned the levy.",
            "Freedom Party of Utopia",
            ("FPÜ",),
        ),
        (
            "The Union of Dock Workers of Borland opposes the dam. The UDWB sued over the levy.",
            "Union of Dock Workers of Borland",
            ("UDWB",),
        ),
        (
            "The U.N. opposed the dam. The United Nations condemned the levy.",
            "United Nations",
            ("U.N.",),
        ),
        ("The EU rejected the dam. Brussels condemned the levy.", "European Union", ("EU",)),
        ("Britain rejected the dam. The British condemned it.", "United Kingdom", ("Britain",)),
        ("Moscow praised the levy. The Russian government opposed the dam.", "Russia", ()),
        ("President Ada Holt opposed the dam. Mrs. Holt condemned it.", "Ada Holt", ("Holt",)),
        ("Ada Holt opposed the dam. The mayor said she condemned the levy.", "Ada Holt", ()),
    ],
)
def test_an_actor_has_the_other_names_of_the_article(
    extractor: "Extractor", text: str, name: str, expected: tuple[str, ...]
) -> None:
    assert aliases(extractor, text)[name] == expected


def test_one_actor_stands_for_all_its_forms(extractor: "Extractor") -> None:
    text = "The Coalition for Clean Rivers (CCR) rejected the dam. The CCR opposed the levy."
    assert list(aliases(extractor, text)) == ["Coalition for Clean Rivers"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Board (BRD)", "Board"),
        ("Harbour Board's", "Harbour Board"),
        ("Harbour Board\nnext", "Harbour Board"),
        ("", ""),
    ],
)
def test_a_name_is_without_what_is_around_it(text: str, expected: str) -> None:
    assert clean_name(text) == expected


BRACKETS = """
Harbour compound Board NNP Harbour ORG
Board nsubj met NNP Board I-ORG
( punct Board -LRB-
{} appos Board NNP
) punct Board -RRB-
met ROOT - VBD meet
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("HBX", {"HBX": "Harbour Board"}), ("2019", {}), ("Oslo", {}), ("NATO", {})],
)
def test_an_acronym_stands_in_brackets(text: str, expected: dict[str, str]) -> None:
    assert acronyms(parse(BRACKETS.format(text)), default_gazetteer()) == expected


def test_a_whole_name_is_no_short_form_of_another() -> None:
    doc = parse("""
Norden compound University NNP Norden ORG
University nsubj met NNP University I-ORG
met ROOT - VBD meet
Norden compound 4 NNP Norden ORG
University compound 5 NNP University I-ORG
School nsubj 6 NNP School I-ORG
met ROOT - VBD meet
""")
    assert full_names(doc, default_gazetteer(), [])["Norden University"] == "Norden University"
