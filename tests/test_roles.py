"""Roles: which office a noun names, and whom a role phrase serves."""

import pytest

from docs import parse, token
from graphkit.extract.gazetteer import default_gazetteer
from graphkit.extract.roles import affiliation_of, gender_of_noun, role_noun

GAZETTEER = default_gazetteer()


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("minister ROOT - NN", ""),
        ("Swedish amod minister JJ Swedish NORP\nminister ROOT - NN", "Sweden"),
        ("Swedish amod minister JJ\nminister ROOT - NN", "Sweden"),
        ("Kremlin compound aide NNP\naide ROOT - NN", "Russia"),
        ("NATO compound chief NNP NATO ORG\nchief ROOT - NN", "NATO"),
        ("Acme compound chief NNP Acme ORG\nchief ROOT - NN", "Acme"),
        ("china nmod minister NN\nminister ROOT - NN", ""),
        ("French-born amod minister JJ\nminister ROOT - NN", ""),
    ],
)
def test_a_role_phrase_names_whom_it_serves(table: str, expected: str) -> None:
    assert affiliation_of(list(parse(table)), GAZETTEER) == expected


def test_an_empty_role_phrase_names_nobody() -> None:
    assert affiliation_of([], GAZETTEER) == ""


@pytest.mark.parametrize(
    ("table", "word", "expected"),
    [
        ("president ROOT - NN", "president", "president"),
        ("foreign amod minister JJ\nminister ROOT - NN", "minister", "foreign minister"),
        ("old amod minister JJ\nminister ROOT - NN", "minister", "minister"),
        ("spokesman ROOT - NN", "spokesman", "spokesman"),
        ("pipeline ROOT - NN", "pipeline", ""),
    ],
)
def test_a_noun_may_name_an_office(table: str, word: str, expected: str) -> None:
    assert role_noun(token(parse(table), word), GAZETTEER) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("wife ROOT - NN", "she"),
        ("congressman ROOT - NN", "he"),
        ("lawyer ROOT - NN", ""),
        ("lawyer ROOT - NN\nof prep lawyer IN\nkings pobj of NNS king", ""),
    ],
)
def test_the_head_of_a_role_phrase_may_tell_the_gender(table: str, expected: str) -> None:
    assert gender_of_noun(list(parse(table)), GAZETTEER) == expected
