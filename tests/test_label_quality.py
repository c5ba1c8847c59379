"""Label quality: what keeps a label from standing alone, and which labels are worst."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.label_quality import problems_of, worst_labels


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ("", "has no words"),
        ("—", "has no words"),
        ("2024", "has no words"),
        ("it", "is a pronoun"),
        ("Them", "is a pronoun"),
        ("who", "is a pronoun"),
        ("of", "single common word"),
        ("law", "single common word"),
        ("leaving", "clause and no topic"),
        ("changing policies", "clause and no topic"),
        ("few policies", "common words only"),
        ("it being late", "begins with a pronoun"),
        ("the bill on ports", "begins with a determiner"),
        ("this harbour tax", "begins with a determiner"),
        ("what ports pay", "begins with a question word"),
        ("about 60 ships", "begins with a preposition"),
        ("and harbour taxes", "begins with a preposition"),
        ("talks about it", "holds a pronoun"),
        ("relying on one for repairs", "holds a pronoun"),
        ("ports will be closed", "holds a finite verb"),
        ("closing ports for", "ends in a preposition"),
        ("the minister's", "breaks off"),
        ("ports and", "breaks off"),
        ("pre- and post-", "breaks off"),
        ("ports (north", "breaks off"),
        ("talks with Sen.", "breaks off a name"),
        ("ports being", "ends in being"),
        ("one two three four five six seven eight nine", "more than 8 words"),
        ("“green” ports", "holds quotation marks"),
        ("spending $ 3 on ports", "is not closed up"),
        ("ports , quays", "is not closed up"),
        ("ministers's plan", "is not closed up"),
        ("ports ports", "repeats a word"),
    ],
)
def test_what_is_wrong_with_a_label_is_told(label: str, problem: str) -> None:
    assert problem in problems_of(label)


@pytest.mark.parametrize(
    "label",
    [
        "tariffs",
        "whaling",
        "NATO",
        "US",
        "Bill",
        "sending ground troops to Mali",
        "Norway leaving the union",
        "talks in the US",
        "supplying one million tons of coal",
        "political will to build ports",
        "United States' role in talks",
        "minister’s corruption",
        "no-fly zone",
        "re-election of the mayor",
        "well-being of crews",
        "asking whether anyone paid",
        "tax on harbours (north)",
        "spending $3 on ports",
    ],
)
def test_a_label_that_stands_alone_has_no_problem(label: str) -> None:
    assert problems_of(label) == ()


def test_all_problems_of_a_label_are_told() -> None:
    assert problems_of("the cost of it for") == (
        "begins with a determiner",
        "holds a pronoun",
        "ends in a preposition",
    )


@given(st.text(max_size=30))
def test_any_text_can_be_judged(label: str) -> None:
    problems = problems_of(label)
    assert len(problems) == len(set(problems))


def test_the_worst_labels_come_first_and_good_ones_not_at_all() -> None:
    counts = {"law": 2, "ports": 9, "it": 3, "the cost of": 1, "her": 3}
    assert [(one.label, one.statements, len(one.problems)) for one in worst_labels(counts)] == [
        ("the cost of", 1, 2),
        ("her", 3, 1),
        ("it", 3, 1),
        ("law", 2, 1),
    ]


def test_labels_are_judged_without_the_parser() -> None:
    code = "import sys, graphkit.label_quality; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
