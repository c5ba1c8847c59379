"""Topics in a store: one for all labels that say the same, or the codebook's."""

import datetime
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.concepts import signature_of
from graphkit.statement import Actor, Extraction, Statement, statement_id
from graphkit.store import Store
from graphkit.topics import best_label, candidate_iri
from graphkit.vocabulary import Iris
from graphs import quads_of, stored
from strategies import TOPICS

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


def shown(store: Store) -> list[str]:
    """Return under which label each statement is shown, in the order of the articles."""
    return [statement.topic for statement in store.statements()]


# --- without a codebook -------------------------------------------------------------------------

debates = st.lists(
    st.lists(st.sampled_from(TOPICS), min_size=1, max_size=3), min_size=1, max_size=5
).map(lambda topics: [article(f"day-{n}", *labels) for n, labels in enumerate(topics)])


def test_labels_that_say_the_same_are_one_topic() -> None:
    store = stored(article("a", "troops in Mali", "sending soldiers to Mali"))
    store.add(article("b", "deploying troops to Mali"))
    assert len(set(shown(store))) == 1
    (topic,) = store.topics()
    assert {topic.label, *topic.alt_labels} == {
        "troops in Mali",
        "sending soldiers to Mali",
        "deploying troops to Mali",
    }


def test_other_places_stay_apart() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "troops in Chad"))
    assert shown(store) == ["troops in Mali", "troops in Chad"]


def test_opposite_actions_stay_apart() -> None:
    store = stored(article("a", "raising the sugar tax", "cutting the sugar tax"))
    assert len(set(shown(store))) == 2


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
    store = stored(article("a", "the sending of the soldiers to Mali of which they spoke"))
    (before,) = store.topics()
    store.add(article("b", "sending of soldiers to Mali of which they spoke"))
    store.remove("a")
    (after,) = store.topics()
    assert (before.iri, before.label) != (after.iri, after.label)


def test_a_topic_that_nobody_speaks_of_any_more_is_gone() -> None:
    store = stored(article("a", "troops in Mali"), article("b", "sugar tax"))
    store.remove("a")
    assert [topic.label for topic in store.topics()] == ["sugar tax"]
    assert not [quad for quad in quads_of(store) if "mali" in quad.casefold()]
