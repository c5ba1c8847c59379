"""Signatures: wordings of one issue say the same, and other issues do not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.concepts import signature_of

labels = st.text(alphabet="abeC .-'’0é", max_size=20)

SAME = [
    ["soldiers in Chad", "sending troops to Chad", "Western boots on the ground in Chad"],
    ["soldiers in Chad", "the deployment of NATO ground troops to Chad", "troops on Chadian soil"],
    ["soldiers in Chad", "NATO countries dispatching soldiers to Chad"],
    ["U.S. troops in Chad", "American soldiers in Chad", "deploying US troops to Chad"],
    ["arming militias", "supplying militias with weapons", "handing over arms to militias"],
    ["raising taxes on the rich", "tax hikes for the wealthy", "a tax increase for top earners"],
    ["cutting tariffs", "reducing customs duties", "plans for tariff cuts", "tariff cut plans"],
    ["talks with Japan", "negotiations with Tokyo"],
    [
        "trade deal between Chile and Peru",
        "Peru-Chile trade agreement",
        "trade pact of Peru with Chile",
    ],
    ["defence spending", "spending on defense"],
    ["imposing new sanctions on Laos", "sanctions against Laos"],
    ["holding a referendum on pensions", "plebiscite on pensions"],
    ["climate change", "global warming"],
    ["same-sex marriage", "gay marriage"],
    ["building a dam", "the dam"],
]
OTHER = [
    # places and doers
    ("troops in Chad", "troops in Mali"),
    ("troops in Chad", "U.S. troops in Chad"),
    ("troops in Chad", "troops"),
    ("Chadian troops in Mali", "Malian troops in Chad"),
    ("withdrawing troops from Chad", "withdrawal of Chadian troops"),
    ("aid from Poland", "aid to Poland"),
    ("aid to Chad against Mali", "aid to Mali against Chad"),
    ("schools in Cairo", "schools in Egypt"),
    ("flights to Cairo", "flights to Egypt"),
    ("buying gas from Norway", "selling gas to Norway"),
    # who does what to whom
    ("Peru threatening Chile", "Chile threatening Peru"),
    ("Smith backing Jones", "Jones backing Smith"),
    ("Smith's lawsuit against Jones", "Jones's lawsuit against Smith"),
    ("rebels attacking farmers", "farmers attacking rebels"),
    ("Chad delaying talks with Mali", "Mali delaying talks with Chad"),
    ("Chadian war crimes in Mali", "Malian war crimes in Chad"),
    # actions
    ("raising taxes", "cutting taxes"),
    ("raising taxes", "taxes"),
    ("lifting sanctions on Laos", "sanctions on Laos"),
    ("lifting sanctions on Laos", "tightening sanctions on Laos"),
    ("opening borders", "closing borders"),
    ("banning arms sales", "arms sales"),
    # what adds something
    ("sending refugees to Chad", "refugees in Chad"),
    ("holding hostages", "hostages"),
    ("energy bills", "energy law"),
    ("a peace plan", "peace"),
    ("big tech", "tech"),
    ("dealing with Laos", "deal with Laos"),
    ("retirement at 64", "retirement at 62"),
    ("talks with Laos", "talks without Laos"),
    ("voting before the summit", "voting after the summit"),
    ("fighting in NATO countries", "fighting in countries"),
    ("NATO membership", "membership"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pair for group in SAME for pair in combinations(group, 2)]
)
def test_wordings_of_one_issue_say_the_same(one: str, other: str) -> None:
    assert signature_of(one) == signature_of(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_issues_say_something_else(one: str, other: str) -> None:
    assert signature_of(one) != signature_of(other)


@pytest.mark.parametrize("label", ["", "the", "Chad", "the talks", "new taxes", "sending", "—"])
def test_a_label_can_say_too_little_to_be_known_by(label: str) -> None:
    assert not signature_of(label).is_telling


@pytest.mark.parametrize("label", ["talks with Laos", "abortion", "raising taxes", "Chad winning"])
def test_one_thing_and_its_place_or_what_is_done_to_it_are_enough(label: str) -> None:
    assert signature_of(label).is_telling


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        ("troops in Chad", "soldiers in Mali", True),
        ("French troops in Chad", "Dutch troops in Chad", True),
        ("raising taxes", "slashing taxes", True),
        ("troops in Chad", "troops", False),
        ("raising taxes", "raising taxes on sugar", False),
    ],
)
def test_places_doers_and_opposites_conflict(one: str, other: str, is_conflict: bool) -> None:
    assert signature_of(one).conflicts(signature_of(other)) is is_conflict
    assert signature_of(other).conflicts(signature_of(one)) is is_conflict


@given(labels, labels)
def test_keys_are_equal_just_where_signatures_are(one: str, other: str) -> None:
    first, second = signature_of(one), signature_of(other)

    assert (first.key == second.key) is (first == second)


@given(labels)
def test_articles_and_case_of_the_first_word_do_not_matter(label: str) -> None:
    assert signature_of(f"the {label}") == signature_of(f"The {label}")
