"""Topics in a store: one for all labels that say the same, or the codebook's."""

import dataclasses
import datetime
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.concepts import signature_of
from graphkit.errors import StoreError
from graphkit.statement import Actor, Extraction, Statement, statement_id
from graphkit.store import Store
from graphkit.topics import best_label, candidate_iri
from graphkit.vocabulary import Iris
from graphs import quads_of, stored, union_of
from strategies import TOPICS
from test_shapes import problems

IRIS = Iris()
SUGAR = Concept("sugar tax", ("levy on soft drinks",), iri="https://x.example/sugar")


def article(id: str, *topics: str, actor: str = "Norland") -> Extraction:
    """Return an article that is against some topics, one after the other."""
    text = "Norland said no."
    known = Actor(name=actor, type="country")
    return Extraction(
        article=Article(id=id, text=text, date=datetime.date(2024, 3, 4)),
        statements=tuple(_against(id, number, known, topic) for number, topic in enumerate(topics)),
        attributions=(),
        actors=(known,),
    )


def _against(id: str, number: int, actor: Actor, topic: str) -> Statement:
    return Statement(
        id=statement_id(id, (number, number + 1)),
        article=id,
        date=datetime.date(2024, 3, 4),
        actor=actor.name,
        actor_type=actor.type,
        affiliation="",
        stance="opposes",
        act="said no",
        topic=topic,
        topic_text=topic,
        speaker="",
        quote="direct",
        condition="",
        evidence="Norland said no.",
        start=0,
        end=16,
        actor_span=(0, 7),
        cue_span=(8, 15),
        topic_span=None,
        confidence=0.5,
        rule="oppose/nsubj",
    )


def dumped(store: Store) -> bytes:
    stream = io.BytesIO()
    store.dump(stream)
    return stream.getvalue()


def shown(store: Store) -> dict[str, str]:
    """Map what articles call their topics to the labels under which they are shown."""
    return {statement.topic_text: statement.topic for statement in store.statements()}


# --- without a codebook -------------------------------------------------------------------------

debates = st.lists(
    st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3), min_size=1, max_size=5
).map(lambda topics: [article(f"day-{n}", *labels) for n, labels in enumerate(topics)])


def test_labels_that_say_the_same_are_one_topic() -> None:
    store = stored(article("a", "troops in Mali", "sending soldiers to Mali"))
    store.add(article("b", "deploying troops to Mali"))
    assert len(set(shown(store).values())) == 1
    (topic,) = store.topics()
    assert {topic.label, *topic.alt_labels} == {
        "troops in Mali",
        "sending soldiers to Mali",
        "deploying troops to Mali",
    }


def test_other_places_stay_apart() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "troops in Chad"))
    assert shown(store) == {one: one for one in ("troops in Mali", "troops in Chad")}


def test_opposite_actions_stay_apart() -> None:
    store = stored(article("a", "raising the sugar tax", "cutting the sugar tax"))
    assert len(set(shown(store).values())) == 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates, st.data())
def test_any_order_of_articles_makes_the_same_store(
    debate: list[Extraction], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(debate))
    assert quads_of(stored(*order)) == quads_of(stored(*debate))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates)
def test_later_articles_never_change_what_an_iri_means(debate: list[Extraction]) -> None:
    store = Store.open(None)
    meant: dict[str, set[object]] = {}
    for extraction in debate:
        store.add(extraction)
        for iri, concept in store.topics_by_node().items():
            labels = (concept.label, *concept.alt_labels)
            meant.setdefault(iri, set()).update(map(meaning, labels))
    assert all(len(meanings) == 1 for meanings in meant.values()), meant


def meaning(label: str) -> object:
    """Return what a label says, or the label where that is too little to know an issue by."""
    signature = signature_of(label)
    return signature if signature.is_telling else label.casefold().removeprefix("the ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates)
def test_the_label_shown_is_the_best_of_those_that_articles_give(debate: list[Extraction]) -> None:
    store = stored(*debate)
    given_labels = {one.topic for extraction in debate for one in extraction.statements}
    for iri, concept in store.topics_by_node().items():
        own = {label for label in given_labels if candidate_iri(label, IRIS) == iri}
        assert concept.label == best_label(own)
        assert {concept.label, *concept.alt_labels} == own


def test_a_better_label_that_comes_later_is_shown_under_the_same_iri() -> None:
    store = stored(article("a", "the deployment of the troops to Mali"))
    (before,) = store.topics()
    store.add(article("b", "troops in Mali"))
    (after,) = store.topics()
    assert after.iri == before.iri
    assert (before.label, after.label) == ("the deployment of the troops to Mali", "troops in Mali")


def test_a_topic_that_nobody_speaks_of_any_more_is_gone() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "sugar tax"))
    store.remove("a")
    assert [topic.label for topic in store.topics()] == ["sugar tax"]
    assert not [quad for quad in quads_of(store) if "mali" in quad.casefold()]


# --- with a codebook ----------------------------------------------------------------------------

MALI = Concept("military help for Mali", ("sending soldiers to Mali",), iri="https://x.example/m")
CODEBOOK = (SUGAR, MALI)
concepts = st.lists(
    st.builds(
        Concept,
        st.sampled_from(["city charges", "troops in Mali", "sugar tax", "levies"]),
        st.sets(st.sampled_from(TOPICS[:-1]), max_size=3).map(lambda them: tuple(sorted(them))),
        iri=st.sampled_from(["", "https://x.example/1", candidate_iri("sugar tax", IRIS)]),
    ),
    max_size=2,
    unique_by=(lambda one: one.label, lambda one: one.iri or one.label),
)


def test_importing_moves_stored_statements_without_extracting_anew() -> None:
    store = stored(article("a", "sending soldiers to Mali", "levy on soft drinks", "free trams"))
    store.add_concepts(CODEBOOK)
    assert shown(store) == {
        "sending soldiers to Mali": "military help for Mali",
        "levy on soft drinks": "sugar tax",
        "free trams": "free trams",
    }


def test_what_no_statement_is_about_any_more_after_an_import_is_gone() -> None:
    store = stored(article("a", "sending soldiers to Mali"))
    store.add_concepts([MALI])
    assert [topic.label for topic in store.topics()] == [MALI.label]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates, concepts, concepts, st.data())
def test_importing_before_or_after_adding_makes_the_same_store(
    debate: list[Extraction], first: list[Concept], second: list[Concept], data: st.DataObject
) -> None:
    early = Store.open(None)
    early.add_concepts(first)
    early.add_concepts(second)
    late = Store.open(None)
    some = data.draw(st.integers(0, len(debate)))
    for extraction in debate:
        early.add(extraction)
    for extraction in debate[:some]:
        late.add(extraction)
    late.add_concepts(first)
    for extraction in debate[some:]:
        late.add(extraction)
    late.add_concepts(second)
    assert quads_of(early) == quads_of(late)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(debates, concepts)
def test_any_store_with_a_codebook_validates(
    debate: list[Extraction], codebook: list[Concept]
) -> None:
    store = stored(*debate)
    store.add_concepts(codebook)
    assert problems(union_of(store)) == ""


def test_statements_land_on_a_codebook_of_200_concepts_with_1000_alternatives() -> None:
    goods = [f"{a}{b}" for a in ("grain", "timber", "cement", "copper") for b in _NUMERALS]
    codebook = [
        Concept(
            f"{good} tariffs",
            tuple(sorted(f"{name} {good}" for name in _ALTERNATIVES)),
            iri=f"https://x.example/{number}",
        )
        for number, good in enumerate(goods)
    ]
    assert (len(codebook), sum(len(one.alt_labels) for one in codebook)) == (200, 1000)
    store = stored(article("early", "excise on grainik and flour", "free trams"))
    store.add_concepts(codebook)
    store.add(article("late", "the tariffs on copperox", "levy on timberun", "copperox"))
    assert shown(store) == {
        "excise on grainik and flour": "grainik tariffs",
        "free trams": "free trams",
        "the tariffs on copperox": "copperox tariffs",
        "levy on timberun": "timberun tariffs",
        "copperox": "copperox",
    }
    assert all(codebook_of(store)[one.label] == one for one in codebook)


_ALTERNATIVES = ("excise on", "levy on", "stamp duty for", "dues upon", "import price of")
_NUMERALS = [f"{a}{b}" for a in ("i", "o", "u", "ae", "y") for b in "kxnrltdpvz"]


def codebook_of(store: Store) -> dict[str, Concept]:
    return {concept.label: concept for concept in store.concepts()}


def test_a_concept_imported_again_with_its_id_takes_the_place_of_the_old_one() -> None:
    store = stored(article("a", "levy on soft drinks", "excise on lemonade"))
    store.add_concepts([SUGAR])
    assert shown(store) == {
        "levy on soft drinks": "sugar tax",
        "excise on lemonade": "excise on lemonade",
    }
    other = dataclasses.replace(SUGAR, label="drinks tax", alt_labels=("excise on lemonade",))
    store.add_concepts([other])
    assert shown(store) == {
        "levy on soft drinks": "levy on soft drinks",
        "excise on lemonade": "drinks tax",
    }
    assert codebook_of(store) == {"drinks tax": other}


def test_importing_the_same_codebook_again_changes_nothing() -> None:
    store = stored(article("a", "levy on soft drinks"))
    store.add_concepts(CODEBOOK)
    before = dumped(store)
    store.add_concepts(CODEBOOK)
    assert dumped(store) == before


def test_a_concept_may_take_over_the_iri_of_a_topic_that_articles_made() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "sending soldiers to Mali"))
    (topic,) = store.topics()
    store.add_concepts([Concept("help for Bamako", iri=topic.iri)])
    (listed,) = store.topics()
    assert (listed.iri, listed.label) == (topic.iri, "help for Bamako")
    assert set(shown(store).values()) == {"help for Bamako"}
    assert problems(union_of(store)) == ""


def test_a_refused_codebook_changes_nothing() -> None:
    store = stored(article("a", "levy on soft drinks"))
    before = dumped(store)
    with pytest.raises(StoreError, match="not an IRI"):
        store.add_concepts([SUGAR, dataclasses.replace(MALI, iri="no iri")])
    assert dumped(store) == before


def test_what_articles_call_a_topic_of_the_codebook_does_not_change_what_matches() -> None:
    store = Store.open(None)
    store.add_concepts([SUGAR])
    store.add(article("a", "the new sugar tax in Norland"))
    store.add(article("b", "new things in Norland"))
    assert shown(store) == {
        "the new sugar tax in Norland": "sugar tax",
        "new things in Norland": "new things in Norland",
    }
    assert codebook_of(store) == {"sugar tax": SUGAR}
