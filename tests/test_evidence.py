"""An edge names what stands behind it."""

from dataclasses import replace

from example import STATEMENTS
from graphkit.evidence import evidence_of, lifetime_of, local_names, name_of_actor
from graphkit.statement import Actor


def test_a_name_is_local_if_it_is_so_in_all_articles() -> None:
    local = Actor(name="some shopkeepers", type="group", is_local=True)
    both = Actor(name="Norwick", type="group", is_local=True), Actor(name="Norwick", type="group")
    assert local_names([local, *both]) == {"some shopkeepers"}


def test_a_local_name_stands_with_its_article() -> None:
    statement = replace(STATEMENTS[0], actor="some shopkeepers")
    assert (
        name_of_actor(statement, frozenset({"some shopkeepers"})) == "some shopkeepers (herald-1)"
    )
    assert name_of_actor(statement, frozenset()) == "some shopkeepers"


def test_a_lifetime_has_each_day_once() -> None:
    days = {each.date for each in STATEMENTS if each.date}
    assert lifetime_of(STATEMENTS)["dates"] == tuple(sorted(days))


def test_no_statements_leave_no_evidence() -> None:
    found = evidence_of([], {})
    assert (found["quote"], found["dates"], found["sources"]) == ("", None, "")
