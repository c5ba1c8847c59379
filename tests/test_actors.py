"""Who is meant: short texts in which the last marked words are resolved."""

from typing import TYPE_CHECKING

import pytest

from graphkit.article import Article
from graphkit.extract.actors import ActorResolver
from graphkit.extract.attribution import attributions
from graphkit.extract.attribution.said import SpeechIndex
from mentions import unmarked

if TYPE_CHECKING:
    from graphkit.extract import Extractor


def meant(extractor: "Extractor", marked: str) -> str:
    """Return the names behind the marked words, or "nobody"."""
    text, mentions = unmarked(marked.replace("]", "](x)"))
    doc = extractor.nlp(text)
    speeches = SpeechIndex(doc, attributions(doc, extractor.lexicon))
    resolver = ActorResolver(doc, extractor.gazetteer, speeches)
    span = doc.char_span(*mentions[-1][0], alignment_mode="expand")
    return " + ".join(m.actor.name for m in resolver.mentions(span.root)) or "nobody"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Nora King, a nurse, spoke first. [King] rejected the plan.", "Nora King"),
        ("Ms. Rena Sild, a councillor, rejected it. [Sild] left.", "Rena Sild"),
        ("Zegan de Brilla, an envoy, spoke. [De Brilla] rejected it.", "Zegan de Brilla"),
        ("Rep. Ada Holm spoke. [The congresswoman] rejected it.", "Ada Holm"),
        ("Martin Pell spoke. [Mrs. Pell] rejected it.", "Pell"),
        ("One group, Fair Trial, spoke. [The group] rejected it.", "Fair Trial"),
        ("Hezbollah spoke. [The militia] rejected it.", "Hezbollah"),
        (
            "The Senate Judiciary Committee met. [The panel] rejected it.",
            "Senate Judiciary Committee",
        ),
        ("[A man from the town, who kept his mask on,] rejected it.", "man from the town"),
        ("[Critics of the plan] warned of debt.", "critics of the plan"),
        ("They accused [the ruling party] of fraud.", "ruling party"),
        ("Israel and Hamas fought. [Both sides] rejected it.", "Israel + Hamas"),
        ("Saudi Arabia cut output. [The kingdom] rejected it.", "Saudi Arabia"),
        ("They accused [the mayor of wasting money].", "mayor"),
        ("Rex Bird of the Sierra Club spoke. [His group] rejected it.", "Sierra Club"),
        ("The largest union, Solidar, struck. [The union] rejected it.", "Solidar"),
        ("Pope Leo spoke. [The pope] rejected it.", "Leo"),
        ("Sri Lanka spoke. [Colombo] rejected it.", "Sri Lanka"),
        ("France and Germany spoke. [Both countries] rejected it.", "France + Germany"),
        ("Ada Holm and Bo Lind spoke. [The two leaders] rejected it.", "Ada Holm + Bo Lind"),
        ("Harper Foods opposed the tax. [Harper] sued in May.", "Harper Foods"),
        ("Joe Harper runs Harper Foods. [Mr. Harper] opposed it.", "Joe Harper"),
        ("The economist Bo Lind rejected it. [The economist] was angry.", "Bo Lind"),
        ("UNICEF director Ida Moe opposed it. [The agency] sued.", "UNICEF"),
        ("Ada Holm, a critic of the dam, spoke. [She] rejected it.", "Ada Holm"),
        ("Ada Holm, D-Maryland, spoke. [It] passed.", "nobody"),
        ("[Poland]'s army rejected it.", "Poland"),
        ("[Poland's army] rejected it.", "Polish Armed Forces"),
        ("Bo Lind, the Swedish premier, spoke. [The Swedish leader] rejected it.", "Bo Lind"),
        ("Ada Holm spoke. [Holm’s campaign] rejected it.", "Holm's campaign"),
        ("[Such endeavors] rejected it.", "nobody"),
        ("He met [neither the Danes].", "Danes"),
        ("[A recent conference] rejected it.", "nobody"),
    ],
)
def test_a_name_or_description_means_the_one_named_before(
    extractor: "Extractor", marked: str, expected: str
) -> None:
    assert meant(extractor, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The city council approved it. [It] rejected the tower.", "city council"),
        ("The Kramer administration sued. [The administration] rejected it.",
         "Kramer administration"),
        ("The government of Chile opposed it. [The government] sued.", "Chile"),
        ("Nordvik Industries opposed the tax. [The company] sued.", "Nordvik Industries"),
        ("Bo Lind spoke for Texas. [The region] suffered.", "nobody"),
        ("Bo Lind, leader of the Green Party, spoke. [His party] opposed it.", "Green Party"),
        ("Bo Lind, the Swedish premier, spoke. [His government] opposed it.", "Sweden"),
        ("The Iran-friendly premier of Malta, Bo Lind, spoke. [His country] opposed it.", "Malta"),
    ],
)  # fmt: skip
def test_a_body_may_point_back(extractor: "Extractor", marked: str, expected: str) -> None:
    assert meant(extractor, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Vienna] rejected the plan.", "Austria"),
        ("The talks in [Vienna] failed.", "nobody"),
        ("[Vienna’s] streets were empty.", "nobody"),
        ("[Vienna’s] refusal came late.", "Austria"),
        ("[Vienna] was shaken by a blast.", "nobody"),
        ("[Vienna] is committed to the plan.", "Austria"),
        ("According to [Vienna], it failed.", "Austria"),
    ],
)
def test_a_place_is_an_actor_where_it_acts_or_speaks(
    extractor: "Extractor", marked: str, expected: str
) -> None:
    assert meant(extractor, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ada Holm and Bo Lind spoke. [They] rejected it.", "Ada Holm + Bo Lind"),
        ("Zara Holm, a businesswoman, met Xan Lind, a priest. [She] rejected it.", "Zara Holm"),
        ("Xan Lind is a critic. [He] rejected it.", "Xan Lind"),
        ("A senior official spoke. [He] rejected it.", "senior official"),
        ("Norway backed the treaty. [It] was signed in May.", "nobody"),
        ("The miners struck. [She] rejected it.", "nobody"),
        ("Aylin Demirtas met Omar Said. She spoke. [He] rejected it.", "Omar Said"),
        ("Katja Rohde, a Social Democrat from Kassel, spoke. [She] rejected it.", "Katja Rohde"),
        ("Ada Holm spoke. “The president is ill,” [she] said.", "Ada Holm"),
    ],
)
def test_a_pronoun_means_who_fits(extractor: "Extractor", marked: str, expected: str) -> None:
    assert meant(extractor, marked) == expected


def test_the_order_of_questions_changes_no_answer(extractor: "Extractor") -> None:
    doc = extractor.nlp("“He is wrong,” she said of Bo Lind. “I agree,” said Ada Holm. He left.")
    speeches = SpeechIndex(doc, attributions(doc, extractor.lexicon))
    asked = [token for token in doc if token.pos_ in {"PRON", "PROPN"}]
    there, back = (ActorResolver(doc, extractor.gazetteer, speeches) for _ in range(2))

    answers = [there.mentions(token) for token in asked]
    reverse = [back.mentions(token) for token in reversed(asked)]

    assert answers == reverse[::-1]


def test_two_reports_inside_each_other_leave_we_without_a_name(extractor: "Extractor") -> None:
    assert meant(extractor, "We believe, [we] think, we should go.") == "nobody"


def test_a_crowd_is_a_group(extractor: "Extractor") -> None:
    (extraction,) = extractor.pipe([Article(id="article", text="A crowd rejected the dam.")])
    assert [(actor.name, actor.type) for actor in extraction.actors] == [("crowd", "group")]
