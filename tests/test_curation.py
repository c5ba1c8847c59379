"""What each correction does to a mention, and how corrections follow on each other."""

import dataclasses
import datetime
import itertools

import pytest

from graphkit.curation import KINDS, Correction, Curation
from graphkit.errors import CorrectionError

NOVAK, MAYOR, REED, NORWICK, UNION, SENTINEL = (
    f"https://x.example/{name}"
    for name in ("Novak", "The_mayor", "Tom_Reed", "Norwick", "Union", "Sentinel")
)

MARCH, JUNE = datetime.date(2024, 3, 1), datetime.date(2024, 6, 30)

merge_mayor = Correction(action="merge", actor=MAYOR, other=NOVAK, shown="Novák")
split_reed = Correction(action="split", actor=REED, other=SENTINEL, articles=("herald-2",))
alias_driver = Correction(action="alias", actor=UNION, name="The drivers", shown="Drivers' Union")


# --- whose a mention is -------------------------------------------------------------------------


def test_without_corrections_a_mention_is_of_whom_the_linking_says() -> None:
    assert Curation().outcome(NOVAK, "Novák", "herald-1") == NOVAK
    assert Curation().label(NOVAK) == ""
    assert Curation().principal(NOVAK, MARCH) is None
    assert Curation().made(NOVAK) is None


def test_a_merge_moves_the_mentions_of_one_actor_in_all_articles() -> None:
    curation = Curation([merge_mayor])
    assert {curation.outcome(MAYOR, "The mayor", one) for one in ("herald-1", "", "x")} == {NOVAK}
    assert curation.outcome(NOVAK) == NOVAK
    assert curation.outcome(REED) == REED


def test_merges_chain() -> None:
    onwards = Correction(action="merge", actor=NOVAK, other=NORWICK)
    assert Curation([merge_mayor, onwards]).outcome(MAYOR) == NORWICK


def test_a_later_correction_sees_what_the_earlier_made_and_no_earlier_one_sees_the_later() -> None:
    onwards = Correction(action="merge", actor=NOVAK, other=NORWICK)
    curation = Curation([onwards, merge_mayor])
    assert curation.outcome(NOVAK) == NORWICK
    assert curation.outcome(MAYOR) == NOVAK  # who was no longer anybody's when it was merged


def test_merges_in_a_circle_end() -> None:
    ring = [
        Correction(action="merge", actor=one, other=other)
        for one, other in itertools.pairwise([NOVAK, MAYOR, REED, NOVAK])
    ]
    curation = Curation(ring)
    assert [curation.outcome(iri) for iri in (NOVAK, MAYOR, REED)] == [NOVAK, NOVAK, NOVAK]


def test_a_split_moves_the_mentions_in_its_articles_only() -> None:
    curation = Curation([split_reed])
    assert curation.outcome(REED, "Tom Reed", "herald-2") == SENTINEL
    assert curation.outcome(REED, "Tom Reed", "herald-1") == REED
    assert curation.outcome(REED) == REED


def test_an_alias_moves_what_is_called_so_whatever_case_and_accents() -> None:
    curation = Curation([alias_driver])
    assert curation.outcome(NORWICK, "the  DRIVERS", "brief") == UNION
    assert curation.outcome(NORWICK, "The drivers of Norwick", "brief") == NORWICK


def test_a_merge_after_an_alias_moves_what_the_alias_found() -> None:
    curation = Curation([alias_driver, Correction(action="merge", actor=UNION, other=NORWICK)])
    assert curation.outcome(REED, "The drivers") == NORWICK


def test_an_alias_after_a_merge_has_the_last_word_on_its_name() -> None:
    named = Correction(action="alias", actor=REED, name="The mayor")
    assert Curation([merge_mayor, named]).outcome(MAYOR, "The mayor") == REED
    assert Curation([merge_mayor, named]).outcome(MAYOR, "Novák") == NOVAK


# --- names, types and principals ----------------------------------------------------------------


def test_the_last_name_stands() -> None:
    names = [Correction(action="rename", actor=NOVAK, name=name) for name in ("Novak", "Ł. Novák")]
    assert Curation(names).label(NOVAK) == "Ł. Novák"
    assert Curation(reversed(names)).label(NOVAK) == "Novak"


def test_an_actor_that_mentions_move_to_is_known_as_the_user_saw_it_last() -> None:
    made = dataclasses.replace(split_reed, shown="The Sentinel", type="organization")
    assert Curation([made]).made(SENTINEL) == ("The Sentinel", "organization")
    assert Curation([split_reed]).made(SENTINEL) is None


def _speaks_for(other: str, **days: datetime.date) -> Correction:
    return Correction(action="represents", actor=REED, other=other, **days)


def test_who_speaks_for_whom_can_have_dates_that_both_count() -> None:
    curation = Curation([_speaks_for(UNION, since=MARCH, until=JUNE)])
    day = datetime.timedelta(days=1)
    assert curation.principal(REED, MARCH) == curation.principal(REED, JUNE) == UNION
    assert curation.principal(REED, MARCH - day) is None
    assert curation.principal(REED, JUNE + day) is None
    assert curation.principal(REED, None) is None  # an article without a date may be of any day


def test_the_last_word_that_holds_on_a_day_counts() -> None:
    curation = Curation([_speaks_for(UNION), _speaks_for(NORWICK, since=JUNE), _speaks_for(NOVAK)])
    assert curation.principal(REED, JUNE) == NOVAK
    curation = Curation([_speaks_for(UNION), _speaks_for(NORWICK, since=JUNE)])
    assert curation.principal(REED, JUNE) == NORWICK
    assert curation.principal(REED, MARCH) == curation.principal(REED, None) == UNION


def test_nobody_is_another_word_than_none() -> None:
    assert Curation([_speaks_for("")]).principal(REED, MARCH) == ""


def test_a_principal_that_was_merged_is_the_one_it_was_merged_into() -> None:
    assert Curation([_speaks_for(MAYOR), merge_mayor]).principal(REED, MARCH) == NOVAK


# --- ids ----------------------------------------------------------------------------------------


def test_an_id_never_changes() -> None:
    assert [one.id for one in (merge_mayor, split_reed, alias_driver)] == [
        "6df935ad30",
        "6201f7bbe4",
        "83355bcba1",
    ]


def test_the_same_correction_twice_is_one_though_its_actor_was_called_otherwise() -> None:
    again = dataclasses.replace(merge_mayor, shown="Łucja Novák", type="organization")
    assert again.id == merge_mayor.id
    assert Curation([merge_mayor, split_reed, again]).corrections == (merge_mayor, split_reed)


def test_all_that_a_correction_says_makes_its_id() -> None:
    said = [
        merge_mayor,
        dataclasses.replace(merge_mayor, other=REED),
        dataclasses.replace(merge_mayor, actor=REED),
        split_reed,
        dataclasses.replace(split_reed, articles=("herald-1",)),
        alias_driver,
        dataclasses.replace(alias_driver, name="Drivers"),
        dataclasses.replace(alias_driver, action="rename"),
        _speaks_for(UNION),
        _speaks_for(UNION, since=MARCH),
        _speaks_for(UNION, until=MARCH),
    ]
    assert len({one.id for one in said}) == len(said)


def test_the_order_of_the_articles_of_a_split_says_nothing() -> None:
    there = dataclasses.replace(split_reed, articles=("brief", "herald-2"))
    back = dataclasses.replace(split_reed, articles=("herald-2", "brief", "brief"))
    assert there.id == back.id


# --- nonsense -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (Correction(action="merge", actor=NOVAK), "needs another actor"),
        (Correction(action="merge", actor=NOVAK, other=NOVAK), "itself"),
        (Correction(action="split", actor=NOVAK, other=REED), "needs articles"),
        (Correction(action="split", actor=NOVAK, articles=("brief",)), "needs another actor"),
        (Correction(action="rename", actor=NOVAK), "needs a name"),
        (Correction(action="rename", actor=NOVAK, name=" "), "needs a name"),
        (Correction(action="alias", actor=NOVAK), "needs a name"),
        (Correction(action="represents", actor=NOVAK, other=NOVAK), "itself"),
        (_speaks_for(UNION, since=JUNE, until=MARCH), "2024-06-30 lies after to 2024-03-01"),
        (Correction(action="rename", actor="Novak", name="Ł"), "'Novak' is no IRI"),
        (Correction(action="merge", actor=NOVAK, other="a b"), "'a b' is no IRI"),
        (Correction(action="rename", actor="", name="Ł"), "needs an actor"),
    ],
)
def test_a_correction_that_says_nothing_sensible_is_refused(
    correction: Correction, message: str
) -> None:
    with pytest.raises(CorrectionError, match=message):
        correction.check()


@pytest.mark.parametrize(
    "correction", [merge_mayor, split_reed, alias_driver, _speaks_for(""), _speaks_for(UNION)]
)
def test_a_sensible_correction_passes(correction: Correction) -> None:
    correction.check()


# --- in words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("correction", "words"),
    [
        (merge_mayor, "The_mayor is Novak"),
        (split_reed, "Tom_Reed is Sentinel in herald-2"),
        (alias_driver, "'The drivers' is Union"),
        (Correction(action="rename", actor=NOVAK, name="Ł. N."), "Novak is called 'Ł. N.'"),
        (_speaks_for(UNION, since=MARCH, until=JUNE), "represents Union 2024-03-01..2024-06-30"),
        (_speaks_for("", since=MARCH), "Tom_Reed represents nobody 2024-03-01.."),
    ],
)
def test_a_correction_is_told_in_words(correction: Correction, words: str) -> None:
    assert words in correction.describe(lambda iri: iri.rpartition("/")[2])


def test_whom_an_actor_speaks_for_stays_told_when_it_is_merged() -> None:
    curation = Curation(
        [
            Correction(action="represents", actor="x:a", other="x:land"),
            Correction(action="merge", actor="x:a", other="x:b"),
        ]
    )
    assert curation.principal("x:b", None) == "x:land"


def test_the_id_tells_actors_from_topics() -> None:
    kinds = {Correction(kind=k, action="merge", actor="x:a", other="x:b").id for k in KINDS}
    assert len(kinds) == 2
