"""Labels as the parser's sentences give them: what they take along, and that they stand alone."""

from pathlib import Path

import pytest

from graphkit.article import Article
from graphkit.errors import ArticleError
from graphkit.extract import Extractor
from graphkit.label_quality import problems_of
from graphkit.reading import read_articles

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
Norway wants the harbour kept open.                    => keeping harbour open
Norway said there needs to be a law to save salmon.    => law to save salmon
Norway fears the boats are going to end up in Oslo.    => boats ending up in Oslo
Norway refused to use the words “green energy” again.  => using words green energy
Norway vowed to rely on one another for repairs.       => relying for repairs
Norway backed spending millions of dollars in tax cuts. => spending millions of dollars in tax cuts
Norway proposed millions of dollars in new tax cuts.   => new tax cuts
# passives
Norway refused to be left alone with the bill.         => being left alone with bill
Norway denied that the navy was duped by smugglers.    => navy being duped by smugglers
Norway rejected programming the boats.                 => programming boats
# what does not belong to a label
Norway backed about 60 wind farms.                     => 60 wind farms
Norway backed at least one new port.                   => one new port
Norway criticized ports in places such as fjords.      => ports in places
Norway said that Norway will defend Norway's fjords.   => Norway's fjords
Norway rejected a go-it-alone plan.                    => go-it-alone plan
Norway rejected a he-said approach.                    => he-said approach
# who does it
Karin Lund vowed to withdraw.                          => Karin Lund withdrawing
Norway urged the ships to leave.                       => ships leaving
# what somebody is credited with
Norway is proud of Karin Lund for opening the port.    => Karin Lund opening port
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
        ("Norway backed a treaty on salmon. Sweden rejected the pact.", "treaty on salmon"),
        ("Norway seeks peace. “What we cannot accept is a tax,” Karin Lund said.", "tax"),
        ("“Harbour taxes hurt.” Talks with Sweden are useful, Norway said.", "talks with Sweden"),
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
    assert problems_of(label) == ()
    assert noun.split()[-2] in label


def test_labels_of_the_sample_stand_alone(extractor: Extractor) -> None:
    errors: list[ArticleError] = []
    found = extractor.pipe(read_articles([str(SAMPLE)], on_error=errors.append))
    labels = {s.topic for extraction in found for s in extraction.statements}
    assert labels
    assert not errors
    assert (
        len([label for label in labels if problems_of(label)]) <= 4
    )  # of some 120; "the rule" is one
