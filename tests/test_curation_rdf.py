"""Corrections as RDF: what is written comes back, and what is wrong is refused."""

import datetime
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.curation import Correction
from graphkit.curation_rdf import correction_quads, read_corrections, read_turtle, to_turtle
from graphkit.errors import CorrectionError
from graphkit.vocabulary import Iris
from strategies import corrections, words

IRIS = Iris()
several = st.lists(corrections(IRIS, words, words), max_size=5, unique_by=lambda one: one.id)

SPLIT = """
@prefix gk: <https://w3id.org/graphkit/ns#> .
@prefix : <https://w3id.org/graphkit/id/> .
[] gk:action "split" ; gk:correctedActor :Tom_Reed ; gk:otherActor :Tom_Reed_(Hull) ;
  gk:inArticle <https://w3id.org/graphkit/id/article/brief> .
""".replace("_(Hull)", "_Junior")


@given(several, st.randoms(use_true_random=False))
def test_corrections_come_back_from_their_graph(
    made: list[Correction], chance: random.Random
) -> None:
    quads = sorted(correction_quads(made, IRIS), key=str)
    chance.shuffle(quads)
    assert read_corrections(quads, IRIS) == made


@given(several)
def test_corrections_come_back_from_turtle(made: list[Correction]) -> None:
    assert read_turtle(to_turtle(made, IRIS).decode(), "x.ttl", IRIS) == made


@given(several)
def test_the_same_corrections_are_the_same_turtle(made: list[Correction]) -> None:
    assert to_turtle(made, IRIS) == to_turtle(list(made), IRIS)


def test_turtle_ends_with_one_newline() -> None:
    made = read_turtle(SPLIT, "x.ttl", IRIS)
    assert to_turtle(made, IRIS).endswith(b" .\n")


def test_the_name_shown_and_the_order_need_not_be_written() -> None:
    (one,) = read_turtle(SPLIT, "x.ttl", IRIS)
    assert (one.action, one.articles, one.shown) == ("split", ("brief",), "")
    assert one.other == IRIS.actor("Tom Reed Junior")


def test_corrections_without_an_order_come_as_the_file_has_them() -> None:
    names = ["Zoe", "Ada", "Mia", "Bea", "Eva", "Lou"]
    text = "".join(
        f'[] <https://w3id.org/graphkit/ns#action> "rename" ;'
        f"<https://w3id.org/graphkit/ns#correctedActor> <https://x.example/A> ;"
        f'<https://w3id.org/graphkit/ns#givenName> "{name}" .\n'
        for name in names
    )
    assert [one.name for one in read_turtle(text, "x.ttl", IRIS)] == names


def test_what_is_no_correction_is_passed_over() -> None:
    more = ' :Tom_Reed <http://www.w3.org/2000/01/rdf-schema#comment> "Who is he?" .'
    assert len(read_turtle(SPLIT + more, "x.ttl", IRIS)) == 1


def test_broken_turtle_is_refused_with_its_line() -> None:
    with pytest.raises(CorrectionError, match=r"^x\.ttl:5: not valid Turtle") as caught:
        read_turtle(SPLIT.replace("gk:inArticle", "gk:inArticle ;"), "x.ttl", IRIS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('gk:action "split" ;', 'gk:action "divide" ;', "'divide'"),
        ("gk:correctedActor :Tom_Reed ;", "", "needs an actor"),
        ("gk:otherActor :Tom_Reed_Junior ;", "", "needs another actor"),
        ("gk:otherActor :Tom_Reed_Junior ;", "gk:otherActor :Tom_Reed ;", "itself"),
        (":Tom_Reed_Junior ;", '"Tom Reed Junior" ;', "gk:otherActor 'Tom Reed Junior' is no IRI"),
        (":Tom_Reed ;", "[] ;", "gk:correctedActor .* is no IRI"),
        (":Tom_Reed ;", ":Tom_Reed, :Ana ;", "more than one gk:correctedActor"),
        ('"split" ;', '"split" ; gk:order "first" ;', "gk:order 'first' is no number"),
        ('"split" ;', '"split" ; gk:shownType "city" ;', "gk:shownType 'city'"),
        ('"split" ;', '"split" ; <https://schema.org/endDate> "May" ;', "'May' is no date"),
    ],
)
def test_an_incomplete_correction_is_refused(old: str, new: str, message: str) -> None:
    assert old in SPLIT
    with pytest.raises(CorrectionError, match=f"^x.ttl: .*{message}") as caught:
        read_turtle(SPLIT.replace(old, new), "x.ttl", IRIS)
    assert "\n" not in str(caught.value)


def test_dates_are_dates() -> None:
    one = Correction(
        action="represents",
        actor=IRIS.actor("Tom Reed"),
        since=datetime.date(2024, 3, 1),
        until=datetime.date(2024, 6, 30),
    )
    quads: list[Any] = [q for q in correction_quads([one], IRIS) if "Date" in q.predicate.value]
    assert {q.object.datatype.value.rpartition("#")[2] for q in quads} == {"date"}
