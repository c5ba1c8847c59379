"""Likeness: names that differ by titles, and topics that name what gold asks for."""

import pytest

from graphkit.likeness import is_same_actor, is_same_topic


@pytest.mark.parametrize(
    ("name", "gold", "is_same"),
    [
        ("Emmanuel Macron", "Emmanuel Macron", True),
        ("Mr. Macron", "Emmanuel Macron", True),
        ("Emmanuel Jean-Michel Macron", "Emmanuel Macron", True),
        ("Brigitte Macron", "Emmanuel Macron", False),
        ("Emmanuel", "Emmanuel Macron", False),
        ("the U.S.", "US", True),
        ("Germany’s", "germany", True),
        ("the president", "President", True),  # nothing is left without titles
        ("President", "Emmanuel Macron", False),
        ("", "Emmanuel Macron", False),
        ("–", "–", False),
    ],
)
def test_names_agree_but_for_titles_and_first_names(name: str, gold: str, is_same: bool) -> None:
    assert is_same_actor(name, gold) is is_same
    assert is_same_actor(gold, name) is is_same


@pytest.mark.parametrize(
    ("topic", "is_same"),
    [
        ("sending ground troops to Ukraine", True),
        ("troop deployments", True),  # the head and one of two elements
        ("Ukraine", False),  # no head
        ("boots on the ground in Ukraine", True),
        ("boots in Ukraine", False),  # a term needs all its words
        ("the deployment to Kyiv of soldiers", True),
    ],
)
def test_a_topic_needs_the_head_and_half_of_the_elements(topic: str, is_same: bool) -> None:
    elements = (("troops", "soldier", "boots ground"), ("Ukraine", "Kyiv"))

    assert is_same_topic(topic, elements) is is_same


def test_a_head_without_half_of_the_elements_is_another_topic() -> None:
    assert not is_same_topic("troops", (("troops",), ("Ukraine",), ("NATO",)))
    assert not is_same_topic("troops", ())


@pytest.mark.parametrize(
    ("one", "other"),
    [("bombings", "bombed"), ("payments", "pay"), ("policies", "policy"), ("votes", "voter")],
)
def test_endings_do_not_matter_in_topics(one: str, other: str) -> None:
    assert is_same_topic(one, ((other,),))
