import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given

import example
from graphkit.errors import UnknownNameError
from graphkit.names import (
    fold,
    namesakes,
    nearest,
    resolve_actor,
    resolve_article,
    resolve_statement,
    resolve_topic,
)
from graphkit.statement import Actor
from graphkit.store import Store
from graphs import stored
from strategies import texts

PROPOSAL, REVERSAL, BRIEF = example.EXTRACTIONS


@pytest.fixture(scope="module")
def store() -> Store:
    return stored(*example.EXTRACTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "Łucja Novák",
        "lucja novak",
        " LUCJA  NOVÁK ",
        "Novák",
        "novak",
        "the mayor",
        ":Lucja_Novak",
        "https://w3id.org/graphkit/id/Lucja_Novak",
        "<https://w3id.org/graphkit/id/Lucja_Novak>",
    ],
)
def test_an_actor_is_found_by_name_alias_and_iri(store: Store, text: str) -> None:
    assert resolve_actor(store, text) == "Łucja Novák"


@pytest.mark.parametrize(
    "text", ["congestion charge", "Congestion Charge", ":charg-congest_54e5b1aa", "łucja novák"]
)
def test_a_topic_is_a_concept_or_an_actor(store: Store, text: str) -> None:
    assert resolve_topic(store, text) in {"congestion charge", "Łucja Novák"}


def test_an_actor_that_nobody_takes_a_stance_on_is_no_topic(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="No topic 'Norland'"):
        resolve_topic(store, "Norland")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Norlund", "No actor 'Norlund'. Did you mean 'Norland'?"),
        ("chamber", "No actor 'chamber'. Did you mean 'Chamber of Commerce'?"),
        ("qqqq", "No actor 'qqqq'. `graphkit actors` lists those that there are."),
        ("", "No actor ''. `graphkit actors` lists those that there are."),
    ],
)
def test_an_unknown_actor_is_told_with_the_nearest(store: Store, text: str, message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve_actor(store, text)
    assert str(caught.value) == message


def test_three_names_at_most_are_suggested() -> None:
    assert nearest("name", ["name1", "name2", "name3", "name4", "other"]).count("'") == 6


def test_a_name_of_several_actors_is_not_guessed() -> None:
    actors = [Actor(name=f"{first} Biden", type="person", aliases=("Biden",)) for first in "AB"]
    extraction = dataclasses.replace(BRIEF, actors=(*BRIEF.actors, *actors))
    with pytest.raises(UnknownNameError, match="can be 'A Biden', 'B Biden'"):
        resolve_actor(stored(extraction), "Biden")


def test_a_label_that_is_an_alias_of_another_actor_is_told_as_such() -> None:
    actors = [
        Actor(name="Macron", type="person"),
        Actor(name="Emmanuel Macron", type="person", aliases=("Macron",)),
    ]
    store = stored(dataclasses.replace(BRIEF, actors=(*BRIEF.actors, *actors)))
    assert resolve_actor(store, "Macron") == "Macron"
    assert namesakes(store, "Macron") == ["Emmanuel Macron"]
    assert namesakes(store, "Emmanuel Macron") == []


def test_the_exact_name_goes_before_one_in_another_case_and_labels_before_aliases() -> None:
    actors = [
        Actor(name="Polish Post", type="organization", aliases=("post",)),
        Actor(name="POST", type="group", is_local=True),
        Actor(name="Post", type="group", is_local=True),
    ]
    store = stored(dataclasses.replace(BRIEF, actors=(*BRIEF.actors, *actors)))
    assert resolve_actor(store, "Post") == "Post"
    assert resolve_actor(store, "POST") == "POST"
    with pytest.raises(UnknownNameError, match="'POST', 'Post'"):
        resolve_actor(store, "post")


@pytest.mark.parametrize("text", ["herald-1", "article:herald-1"])
def test_an_article_is_found_by_id_and_iri(store: Store, text: str) -> None:
    assert resolve_article(store, text) == "herald-1"


def test_an_article_is_found_by_a_beginning_that_only_it_has(store: Store) -> None:
    assert resolve_article(store, "br") == "brief"
    with pytest.raises(UnknownNameError, match="'her' can be 'herald-1', 'herald-2'"):
        resolve_article(store, "her")
    with pytest.raises(UnknownNameError, match=r"No article 'herold-1'\. Did you mean 'herald-1'"):
        resolve_article(store, "herold-1")
    with pytest.raises(UnknownNameError, match=r"No article ''\. `graphkit query -e "):
        resolve_article(store, "")


def test_a_statement_is_found_by_id_iri_and_beginning(store: Store) -> None:
    wanted = example.STATEMENTS[0].id
    for text in (wanted, f"statement:{wanted}", store.iris.statement(wanted), wanted[:10]):
        assert resolve_statement(store, text) == wanted


def test_of_many_statements_the_first_are_named_and_more_of_the_id_is_asked_for(
    store: Store,
) -> None:
    found = sorted(one.id for one in example.STATEMENTS)
    shared = next(one[:1] for one in found if sum(each[0] == one[0] for each in found) > 1)
    first = [one for one in found if one.startswith(shared)][:3]
    listed = ", ".join(f"'{one}'" for one in first)
    with pytest.raises(UnknownNameError, match=f"{shared}' can be {listed}.*Give more of the id"):
        resolve_statement(store, shared)
    with pytest.raises(UnknownNameError, match=r"'herald-2'\. Give more of the id\."):
        resolve_article(store, "her")


@pytest.mark.parametrize(
    "resolve", [resolve_actor, resolve_topic, resolve_article, resolve_statement]
)
def test_an_empty_store_says_so(resolve: Callable[[Store, str], str]) -> None:
    with Store.open(None) as empty, pytest.raises(UnknownNameError, match="`graphkit add` fills"):
        resolve(empty, "x")


@pytest.mark.parametrize("text", ["nosuch", "", "<x> } DROP ALL #>", 'x") } DROP ALL #'])
def test_an_unknown_statement_is_an_error(store: Store, text: str) -> None:
    with pytest.raises(
        UnknownNameError, match=r"No statement '.*'\. `graphkit quotes ACTOR` lists"
    ):
        resolve_statement(store, text)


@pytest.mark.parametrize(
    ("name", "folded"),
    [("Łódź", "lodz"), ("Straße", "strasse"), ("O’Brien", "o'brien"), ("Ørsted", "orsted")],
)
def test_folding_takes_away_case_and_accents(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(texts)
def test_any_text_is_resolved_or_refused(text: str) -> None:
    for resolve in (resolve_actor, resolve_topic, resolve_article, resolve_statement):
        with pytest.raises(UnknownNameError):
            resolve(stored(), text)


def test_folding_twice_is_folding_once() -> None:
    for name in ("Łódź", "İstanbul", "ẞ", "ﬁve"):
        assert fold(fold(name)) == fold(name)
