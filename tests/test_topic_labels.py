"""Labels as the parser's sentences give them: what they take along, and that they stand alone."""

from pathlib import Path

import pytest

from graphkit.article import Article
from graphkit.errors import ArticleError
from graphkit.extract import Extractor
from graphkit.reading import read_articles
from label_quality import flaws

SAMPLE = Path(__file__).parent.parent / "data" / "sample"

LABELS = """
# what a verb takes along
Norway vowed to keep building wind farms.              => building wind farms
Norway said the court must let the inquiry unfold.     => court letting inquiry unfold
Norway plans to determine who pays for the farms.      => determining who pays for the farms
Norway backed a plan to spend $30 million on farms.    => spending $30 million on farms
Norway pledged to do everything it can to save salmon. => saving salmon
Norway wants to find out whether anyone paid for it.   => nothing
Norway vowed to offset all of the new emissions.       => offsetting new emissions
Norway vowed to make the schools free.                 => making schools free
Norway pledged to bring back whaling.                  => bringing back whaling
Norway vowed to go forward with the tax.               => going forward with tax
# clauses that say which one
Norway rejected a bill that would ban trawlers.        => bill banning trawlers
Norway rejected rules that do not protect salmon.      => rules not protecting salmon
Norway condemned laws written by lobbyists.            => laws written by lobbyists
Norway condemned people who poach salmon.              => people poaching salmon
Norway condemned those who poach salmon.               => people poaching salmon
Norway enacted rules to save the salmon.               => rules to save salmon
Norway backed a law passed yesterday.                  => law
Norway criticized the way Sweden handled the spill.    => Sweden handling spill
# whose conduct it is
Norway accused Sweden of shelling the lighthouse.      => Sweden shelling lighthouse
Norway accused the minister of corruption.             => minister's corruption
Norway thanked Sweden for opening the border.          => Sweden opening border
Norway criticized Sweden for not opening the border.   => Sweden not opening border
Norway criticized Sweden for its handling of the spill. => Sweden's handling of spill
Norway criticized Sweden for the spill.                => Sweden
Norway defended the United States' role in the talks.  => United States' role in talks
Norway opposed the fishermen's demands.                => fishermen's demands
# what a pronoun stands for by grammar
Norway said it was dangerous to drill in the fjords.   => drilling in fjords
"This is a tax which is unfair," Norway said.          => tax
# what nobody can be for or against
Norway supports us.                                    => nothing
Norway backs Tuesday.                                  => nothing
"""


def cases(table: str) -> list[tuple[str, str]]:
    lines = [line for line in table.strip().splitlines() if not line.startswith("#")]
    return [(text.strip(), label.strip()) for text, label in (row.split("=>") for row in lines)]


def topics(extractor: Extractor, text: str) -> list[str]:
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    return [statement.topic for statement in extraction.statements]


@pytest.mark.parametrize(("text", "label"), cases(LABELS))
def test_a_label_tells_what_it_is_about(extractor: Extractor, text: str, label: str) -> None:
    assert topics(extractor, text) == ([] if label == "nothing" else [label])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The fuel tax rose. All taxes on income fell. Norway opposed the tax.", "fuel tax"),
        ("Norway sought a tax on fuel. Sweden rejected that demand.", "tax on fuel"),
    ],
)
def test_a_short_mention_is_told_in_full(extractor: Extractor, text: str, label: str) -> None:
    assert topics(extractor, text)[-1] == label


def test_an_own_thing_is_the_subject_s(extractor: Extractor) -> None:
    text = "Ola Moe spoke. Karin Lund said Ola Moe will never defend his own record."
    assert topics(extractor, text) == ["Ola Moe's record"]


@pytest.mark.parametrize(
    "noun", ["big old ugly dirty noisy leaky smoky rusty tanker", "United Nations General Assembly"]
)
def test_a_label_sheds_adjectives_but_no_part_of_a_name(extractor: Extractor, noun: str) -> None:
    (label,) = topics(extractor, f"Norway accused the {noun} of polluting the deep blue fjords.")
    assert flaws(label) == []
    assert noun.split()[-2] in label


def test_labels_of_the_sample_stand_alone(extractor: Extractor) -> None:
    errors: list[ArticleError] = []
    found = extractor.pipe(read_articles([str(SAMPLE)], on_error=errors.append))
    labels = {s.topic for extraction in found for s in extraction.statements}
    assert labels
    assert not errors
    assert {label: flaws(label) for label in labels if flaws(label)} == {}


@pytest.mark.parametrize(
    ("label", "flaw"),
    [
        ("the bill", "it opens with a determiner"),
        ("Court of Appeals for", "it breaks off"),
        ("talks about it", "it holds a pronoun"),
        ("one two three four five six seven eight nine", "it is too long"),
        ("the “reform”", "it holds quotation marks"),
        ("spending $ 3", "its words are not closed up"),
        ("", "it has no words"),
    ],
)
def test_a_flaw_is_told(label: str, flaw: str) -> None:
    assert flaw in flaws(label)


def test_a_good_label_has_no_flaws() -> None:
    assert flaws("sending ground troops to Mali") == []
