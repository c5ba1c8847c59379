"""Who is one actor across articles: each case adds profiles, and says who they are."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.linking import Identity, Profile, identify, profile_of, tell_apart, text_key
from graphkit.statement import ACTOR_TYPES, Actor


def labels_of(*profiles: Profile) -> list[str]:
    """Return the label of each profile among the others; "" is left to its article."""
    found = identities_of(*profiles)
    return [identity.label if identity else "" for identity in found]


def identities_of(*profiles: Profile) -> list[Identity | None]:
    index: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in profile.keys:
            index[key].append(profile)

    def bucket(key: str) -> list[Profile]:
        return index.get(key, [])

    return [identify(one, bucket, lambda key: tell_apart(bucket(key))) for one in profiles]


def person(name: str, country: str = "", role: str = "", id: str = "") -> Profile:
    return Profile(name, "person", country, role, id)


def body(name: str, *acronyms: str, country: str = "") -> Profile:
    return Profile(name, "organization", country, acronyms=acronyms)


def known(name: str, type: str) -> Profile:
    return Profile(name, type, is_known=True)  # type: ignore[arg-type]


# --- full names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "label"),
    [
        (person("José Peralta"), person("Jose Peralta", "Panama"), "José Peralta"),
        (person("Ada Holt"), person("Ada W. Holt", "Norland"), "Ada W. Holt"),
        (person("Ada Holt", role="mayor"), person("Ada Holt", role="senator"), "Ada Holt"),
        (person("ADA HOLT"), person("Ada Holt"), "Ada Holt"),
        (body("The River Fund"), body("River Fund"), "The River Fund"),
        (person("Holger", role="king"), person("King Holger"), "King Holger"),
        (known("Norland", "country"), known("Norland", "country"), "Norland"),
    ],
)
def test_a_full_name_is_one_actor_however_it_is_written(
    one: Profile, other: Profile, label: str
) -> None:
    assert labels_of(one, other) == [label, label]
    (first, second) = identities_of(one, other)
    assert first == second


def test_the_iri_needs_no_accents_and_initials_for_these_come_and_go() -> None:
    (alone,) = identities_of(person("Jose Peralta"))
    together = identities_of(person("José A. Peralta"), person("Jose Peralta"))
    assert {one.iri_name for one in (alone, *together)} == {"Jose Peralta"}


@pytest.mark.parametrize(
    ("profiles", "labels"),
    [
        (
            [person("Jan Maes", "Norland"), person("Jan Maes", "Sudland"), person("Jan Maes")],
            ["Jan Maes (Norland)", "Jan Maes (Sudland)", "Jan Maes"],
        ),
        (
            [person("Ada W. Holt"), person("Ada K. Holt"), person("Ada Holt")],
            ["Ada W. Holt", "Ada K. Holt", "Ada Holt"],
        ),
        (
            [person("Jan Maes", id="Q1"), person("Jan Maes", id="Q2")],
            ["Jan Maes (Q1)", "Jan Maes (Q2)"],
        ),
        (
            [
                person("Ada W. Holt", "Norland"),
                person("Ada K. Holt", "Sudland"),
                person("Ada Holt", "Norland"),
            ],
            ["Ada W. Holt (Norland)", "Ada K. Holt (Sudland)", "Ada W. Holt (Norland)"],
        ),
        ([person("Holt Mill"), body("Holt Mill")], ["Holt Mill", "Holt Mill (organization)"]),
        (
            [known("Norland", "organization"), known("Norland", "country")],
            ["Norland (organization)", "Norland"],
        ),
    ],
)
def test_namesakes_in_conflict_are_told_apart(profiles: list[Profile], labels: list[str]) -> None:
    assert labels_of(*profiles) == labels


def test_a_country_tells_no_gazetteers_name_apart() -> None:
    one = Profile("River Fund", "organization", "Norland", is_known=True)
    other = Profile("River Fund", "organization", "Sudland", is_known=True)
    assert labels_of(one, other) == ["River Fund", "River Fund"]


# --- surnames and acronyms ----------------------------------------------------------------------


def test_a_surname_alone_is_nobody_outside_its_article() -> None:
    assert labels_of(person("Holt"), person("Ada Holt"), person("A. Holt")) == ["", "Ada Holt", ""]


@pytest.mark.parametrize(
    ("full", "label"),
    [
        ([person("Ada Holt", "Norland", "president")], "Ada Holt"),
        ([person("Ada Holt", "", "president")], "Ada Holt"),
        ([person("Ada Holt", "Sudland", "president")], ""),
        ([person("Ada Holt", "Norland", "senator")], ""),
        ([person("Ada Holt", "", "president"), person("Jan Holt", "", "president")], ""),
    ],
)
def test_a_surname_with_an_office_is_the_only_one_who_holds_it(
    full: list[Profile], label: str
) -> None:
    assert labels_of(person("Holt", "Norland", "president"), *full)[0] == label


@pytest.mark.parametrize(
    ("others", "label"),
    [
        ([body("Fund for River Life", "FRL")], "Fund for River Life"),
        ([body("Fresh River League")], "Fresh River League"),
        ([body("Fresh River League"), body("Fund for Rural Life")], "FRL"),
        ([body("Fresh River League"), body("Fund of Law Revival", "FRL")], "Fund of Law Revival"),
        ([known("Fresh River League", "organization")], "Fresh River League"),
        ([person("Frank Robert Long")], "FRL"),
        ([body("Fresh River League", country="Sudland")], "FRL"),
    ],
)
def test_an_acronym_is_the_one_organization_that_it_is_short_for(
    others: list[Profile], label: str
) -> None:
    assert labels_of(body("FRL", country="Norland"), *others)[0] == label


def test_two_letters_need_an_article_that_explains_them() -> None:
    assert labels_of(body("RL"), body("River League")) == ["RL", "River League"]
    assert labels_of(body("RL"), body("River League", "RL")) == ["River League", "River League"]


def test_a_gazetteers_acronym_stays_what_it_is() -> None:
    assert labels_of(known("FRL", "organization"), body("Fresh River League"))[0] == "FRL"


def test_dots_and_type_do_not_part_an_acronym_from_its_long_form() -> None:
    group = Profile("F.R.L.", "group")
    assert labels_of(group, body("FRL"), body("Fresh River League")) == ["Fresh River League"] * 3


# --- profiles -----------------------------------------------------------------------------------


def test_the_country_is_the_one_spoken_for_over_others() -> None:
    actors = [
        Actor(name="Tom Reed", type="person", represents="River Ministry"),
        Actor(name="River Ministry", type="organization", represents="Norland"),
        Actor(name="Norland", type="country"),
    ]
    assert [profile_of(actor, actors).country for actor in actors] == ["Norland", "Norland", ""]


def test_actors_that_speak_for_each_other_have_no_country() -> None:
    actors = [
        Actor(name="A", type="organization", represents="B"),
        Actor(name="B", type="organization", represents="A"),
    ]
    assert [profile_of(actor, actors).country for actor in actors] == ["", ""]


def test_what_means_something_in_one_article_is_never_linked() -> None:
    local = profile_of(Actor(name="some towns", type="group", is_local=True), [])
    assert labels_of(local, Profile("some towns", "group")) == ["", "some towns"]


profiles = st.builds(
    Profile,
    name=st.sampled_from(
        ["Ada Holt", "Ada W. Holt", "Ada K. Holt", "Áda Holt", "Holt", "FRL", "Fresh River League"]
    ),
    type=st.sampled_from(ACTOR_TYPES),
    country=st.sampled_from(["", "Norland", "Sudland"]),
    role=st.sampled_from(["", "president"]),
    id=st.sampled_from(["", "Q1", "Q2"]),
    acronyms=st.sampled_from([(), ("FRL",)]),
    is_known=st.booleans(),
)


@given(st.lists(profiles, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_count(listed: list[Profile], chance: random.Random) -> None:
    shuffled = chance.sample(listed, len(listed))
    found = dict(zip(map(repr, listed), identities_of(*listed), strict=True))
    assert found == dict(zip(map(repr, shuffled), identities_of(*shuffled), strict=True))


@given(st.lists(profiles, max_size=8))
def test_an_iri_has_one_label_and_one_type(listed: list[Profile]) -> None:
    found = {identity for identity in identities_of(*listed) if identity}
    assert len(found) == len({identity.iri_name for identity in found})


@given(profiles)
def test_a_profile_is_found_by_its_name_as_written(profile: Profile) -> None:
    assert text_key(profile.name.upper()) in profile.keys
