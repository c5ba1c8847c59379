"""Suggested changes of topics: each with a reason, a quote of either side, and its command."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.codebook import Concept
from graphkit.lookup import list_suggestions
from graphkit.store import Store
from graphkit.suggested import SuggestedChange, suggested_topics
from graphs import quads_of, stored
from test_topics_in_store import article

PAIRS = {
    "who": ("Dutch troops in Chad", "troops in Chad"),
    "where": ("fuel subsidies in Chad", "fuel subsidies"),
    "what kind": ("offshore wind farms", "wind farms"),
    "words": ("offering pupils free lunches", "free school lunches for pupils"),
}
REASONS = {
    "who": "adds who: Dutch",
    "where": "adds where: Chad",
    "what kind": "adds what kind: offshore",
    "words": "share the words",
}


def only(store: Store) -> SuggestedChange:
    (found,) = suggested_topics(store)
    return found


@pytest.mark.parametrize("kind", REASONS)
def test_each_reason_comes_with_a_quote_of_either_side(kind: str) -> None:
    found = only(stored(article("a", PAIRS[kind][0]), article("b", PAIRS[kind][1])))
    assert found.reason.startswith(REASONS[kind])
    assert found.quote == found.other_quote == "Norland said no."
    assert found.statements == 2
    assert {found.topic, found.other} == {*PAIRS[kind]}


@pytest.mark.parametrize("kind", REASONS)
def test_the_command_settles_it(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        for number, topic in enumerate(PAIRS[kind]):
            store.add(article(f"day-{number}", topic))
        found = only(store)
    program, *arguments = shlex.split(found.command)
    result = CliRunner().invoke(cli, [*arguments, "-s", str(path)])
    assert (program, result.exit_code) == ("graphkit", 0), result.stderr
    with Store.open(path, read_only=True) as store:
        assert suggested_topics(store) == []
        assert len(store.corrections()) == 1
        assert len(store.statements()) == 2


def test_quotation_marks_and_dollars_in_labels_reach_the_command(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with Store.open(path) as store:
        store.add(article("a", 'the offshore $5 "wind" farms', 'the $5 "wind" farms'))
        found = only(store)
    assert shlex.split(found.command)[3:] == [found.topic, found.other]
    assert (
        CliRunner().invoke(cli, [*shlex.split(found.command)[1:], "-s", str(path)]).exit_code == 0
    )


def test_a_topic_of_the_codebook_is_kept_though_no_statement_is_on_it() -> None:
    store = stored(article("a", "offering pupils free lunches"))
    store.add_concepts([Concept("free school lunches for pupils", iri="https://x.example/t")])
    found = only(store)
    assert (found.topic, found.other) == (
        "offering pupils free lunches",
        "free school lunches for pupils",
    )
    assert (found.quote, found.other_quote) == ("Norland said no.", "")


def test_what_has_nothing_in_common_is_not_suggested() -> None:
    assert suggested_topics(stored(article("a", "free trams"), article("b", "sugar tax"))) == []


def test_other_places_are_not_suggested() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "troops in Chad"))
    assert [one for one in suggested_topics(store) if one.action == "merge"] == []


def test_the_same_store_suggests_the_same_in_the_same_order() -> None:
    added = [article(name, *pair) for name, pair in PAIRS.items()]
    there, back = stored(*added), stored(*reversed(added))
    assert quads_of(there) == quads_of(back)
    assert list_suggestions(there).rows == list_suggestions(back).rows != []
