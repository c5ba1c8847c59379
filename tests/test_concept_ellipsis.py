"""Ellipses: a short label takes what the other topics of its article say in full."""

import pytest

from graphkit.concepts import completed


@pytest.mark.parametrize(
    ("label", "beside", "full"),
    [
        ("troops", ["sending soldiers to Chad"], "troops in Chad"),
        ("deploying troops", ["sending soldiers to Chad"], "deploying troops to Chad"),
        ("new sanctions", ["sanctions against Laos"], "new sanctions against Laos"),
        ("U.S. troops", ["soldiers in Chad"], "U.S. troops in Chad"),
        ("pact", ["fishing agreement with Peru"], "fishing agreement with Peru"),
        ("fund", ["fund of nine million for dykes"], "fund of nine million for dykes"),
        ("jurors", ["the trial", "alternate jurors"], "alternate jurors"),
        ("motion", ["motion tabled by the mayor"], "motion tabled by the mayor"),
        ("closing", ["closing coal mines"], "closing coal mines"),
        ("deal", ["signing a lease agreement"], "signing a lease agreement"),
    ],
)
def test_a_short_label_becomes_full(label: str, beside: list[str], full: str) -> None:
    assert completed(label, [label, *beside, label]) == full


@pytest.mark.parametrize(
    ("label", "beside"),
    [
        ("troops", ["troops in Chad", "troops in Mali"]),  # either
        ("pact", ["fishing agreement with Peru", "tax treaty with Chile"]),
        ("troops in Chad", ["troops in Mali"]),  # is full
        ("cutting aid", ["aid to Chad"]),  # something else is done
        ("law", ["unfairness of tax laws"]),  # about the unfairness
        ("law", ["mayor breaking laws"]),  # about the mayor
        ("tram", ["tram drivers on strike"]),  # about the drivers
        ("peace talks", ["peace talks with Laos"]),  # whoever else took part
        ("people", ["sending young people"]),  # to send them is something else
        ("trams", []),
        ("", ["troops in Chad"]),
    ],
)
def test_a_label_stays_where_nothing_or_more_than_one_thing_fits(
    label: str, beside: list[str]
) -> None:
    assert completed(label, [*beside, label]) == label


def test_two_wordings_of_one_choice_are_one() -> None:
    beside = ["sending troops to Chad", "soldiers in Chad"]

    assert completed("NATO troops", beside) == "NATO troops in Chad"
