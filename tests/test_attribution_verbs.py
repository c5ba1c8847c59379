"""Which words the extractor attributes by a verb: text, source, cue and content of each line."""

import pytest

from graphkit.article import Article
from graphkit.extract import Extractor

CONTENTS = """
# Clauses that go on with what was said
The mayor said the bridge was safe and the tunnel was closed. | The mayor | said
    => the bridge was safe and the tunnel was closed
All agreed that the toll would raise money but that it would hurt shops. | All | agreed
    => that the toll would raise money but that it would hurt shops
She wants to widen the road, build a bridge and plant more trees. | She | wants
    => to widen the road, build a bridge and plant more trees
# What a verb is inserted into
All of this, he admits, could be lost in a flood. | he | admits
    => All of this, he admits, could be lost in a flood
As the engineer pointed out, the old dam needs repair. | the engineer | pointed
    => the old dam needs repair
As the engineer put it, the dam was a sieve. | the engineer | put
    => the dam was a sieve
# What somebody takes something for
Residents saw the toll as a punishment for commuters. | Residents | saw
    => the toll as a punishment for commuters
The toll was hailed by the mayor as a triumph. | the mayor | hailed
    => as a triumph
The ferry is expected to sail in June. | - | expected
    => The ferry is expected to sail in June
# What somebody tells others to do
The captain told the crew to lower the boats. | The captain | told
    => the crew to lower the boats
The owner admitted selling the ferry. | The owner | admitted
    => selling the ferry
# What somebody backs, or voices a feeling about
The toll is supported by the drivers. | the drivers | supported
    => The toll
The union agreed with the mayor. | The union | agreed
    => the mayor
# Speech acts and thoughts
The court ruled that the toll was lawful. | The court | ruled
    => that the toll was lawful
The captain swore that the ferry was sound. | The captain | swore
    => that the ferry was sound
The harbor master reckoned that the ferry would sink. | The harbor master | reckoned
    => that the ferry would sink
"""

NOTHING = """
The mayor found it difficult to sleep.
Traders saw prices fall.
"""


def lines(texts: str) -> list[str]:
    joined = texts.strip().replace("\n    =>", " =>").split("\n")
    return [line for line in joined if not line.startswith("#")]


@pytest.mark.parametrize("line", lines(CONTENTS))
def test_a_verb_attributes_its_content(extractor: Extractor, line: str) -> None:
    report, content = line.split(" => ")
    text, source, cue = report.split(" | ")

    (extraction,) = extractor.pipe([Article(id="report", text=text)])

    found = [
        (text[slice(*said.source)] if said.source else "-", text[slice(*said.content)])
        for said in extraction.attributions
        if text[slice(*said.cue)] == cue
    ]
    assert found == [(source, content)]


@pytest.mark.parametrize("text", lines(NOTHING))
def test_a_verb_of_finding_with_a_small_clause_reports_nothing(
    extractor: Extractor, text: str
) -> None:
    (extraction,) = extractor.pipe([Article(id="report", text=text)])

    assert extraction.attributions == ()


def test_a_report_ends_where_a_sentence_ends(extractor: Extractor) -> None:
    text = "The debate over the toll is open; the mayor has vowed to lower it."

    (extraction,) = extractor.pipe([Article(id="report", text=text)])

    contents = [text[slice(*said.content)] for said in extraction.attributions]
    assert contents == ["to lower it"]
