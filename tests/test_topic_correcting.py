"""Corrections of topics as people make them: by labels and IRIs, and what they change."""

import io
import itertools
from collections.abc import Callable, Sequence

import pytest

import example
from example import CHARGE, TRAMS
from graphkit.codebook import Concept
from graphkit.curation import Correction
from graphkit.errors import CorrectionError, UnknownNameError
from graphkit.export import export_store
from graphkit.lookup import list_suggestions, list_topics, list_worst_labels
from graphkit.names import resolve_topic
from graphkit.store import Store
from graphkit.topic_correcting import alias, broader, merge, rename, retire, split
from graphkit.topics import candidate_iri
from graphkit.vocabulary import Iris
from graphs import quads_of, rows_of, stored, union_of
from test_shapes import problems

IRIS = Iris()
CHARGE_IRI, TRAMS_IRI = (candidate_iri(label, IRIS) for label in (CHARGE, TRAMS))
TAX = Concept("road tax", ("duty on roads",), iri="https://x.example/tax")

Correcting = Callable[[Store], Sequence[Correction]]


@pytest.fixture
def store() -> Store:
    return stored(*example.EXTRACTIONS)


def dumped(store: Store) -> bytes:
    stream = io.BytesIO()
    store.dump(stream)
    return stream.getvalue()


def labels(store: Store) -> list[str]:
    """Return the topics that are no actors."""
    return [row["topic"] for row in list_topics(store).rows if not row["actor_type"]]


EACH: dict[str, Correcting] = {
    "merge": lambda store: merge(store, TRAMS, [CHARGE]),
    "rename": lambda store: rename(store, TRAMS, "trams without fares"),
    "split": lambda store: split(store, TRAMS, "Norland's trams", ["brief"]),
    "alias": lambda store: alias(store, CHARGE, [TRAMS]),
    "broader": lambda store: broader(store, TRAMS, "city traffic"),
    "retire": lambda store: retire(store, [CHARGE]),
}
each = pytest.mark.parametrize("correcting", EACH.values(), ids=EACH)


# --- all corrections ----------------------------------------------------------------------------


@each
def test_undoing_restores_each_byte(correcting: Correcting, store: Store) -> None:
    before = dumped(store)
    made = correcting(store)
    store.correct(made)
    assert dumped(store) != before
    store.undo(one.id for one in made)
    assert dumped(store) == before


@each
def test_a_correction_survives_extracting_anew(correcting: Correcting, store: Store) -> None:
    store.correct(correcting(store))
    before = dumped(store)
    for extraction in reversed(example.EXTRACTIONS):
        store.remove(extraction.article.id)
        store.add(extraction)
    assert dumped(store) == before


@each
def test_a_corrected_store_validates(correcting: Correcting, store: Store) -> None:
    store.correct(correcting(store))
    assert problems(union_of(store)) == ""


@each
def test_a_dump_keeps_corrections(correcting: Correcting, store: Store) -> None:
    store.correct(correcting(store))
    loaded = Store.open(None)
    loaded.load(dumped(store))
    assert loaded.corrections() == store.corrections()
    loaded.undo(one.id for one, _ in store.corrections())
    assert dumped(loaded) == dumped(stored(*example.EXTRACTIONS))


@each
def test_a_correction_that_concerns_nothing_any_more_is_told_and_kept(
    correcting: Correcting, store: Store
) -> None:
    store.correct(correcting(store))
    before = dumped(store)
    assert [applies for _, applies in store.corrections()] == [True]
    for article in example.ARTICLES:
        store.remove(article.id)
    assert [applies for _, applies in store.corrections()] == [False]
    for extraction in example.EXTRACTIONS:
        store.add(extraction)
    assert dumped(store) == before


@each
def test_the_same_correction_again_changes_nothing(correcting: Correcting, store: Store) -> None:
    made = correcting(store)
    store.correct(made)
    before = dumped(store)
    store.correct(made)
    assert dumped(store) == before


# --- what is meant ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [CHARGE, "Congestion CHARGE", f":{CHARGE_IRI.split('/')[-1]}"])
def test_a_topic_is_given_by_label_or_iri(name: str, store: Store) -> None:
    (made,) = rename(store, name, "road pricing")
    assert made.actor == CHARGE_IRI


def test_an_unknown_label_comes_with_the_nearest(store: Store) -> None:
    with pytest.raises(UnknownNameError, match=r"No topic 'congestion charg'.*'congestion charge'"):
        rename(store, "congestion charg", "x")


@pytest.mark.parametrize("make", [merge, split, alias, broader])
def test_an_actor_is_corrected_as_an_actor(make: Callable[..., object], store: Store) -> None:
    more = [["brief"]] if make is split else []
    with pytest.raises(CorrectionError, match="'Łucja Novák' is an actor; `graphkit actors`"):
        make(store, "novak", [TRAMS] if make in (merge, alias) else TRAMS, *more)


def test_an_iri_of_an_actor_is_refused(store: Store) -> None:
    for one, other in itertools.permutations((IRIS.actor("Norland"), TRAMS_IRI)):
        made = Correction(kind="topic", action="merge", actor=one, other=other)
        with pytest.raises(CorrectionError, match=":Norland is an actor and no topic"):
            store.correct([made])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda store: rename(store, TRAMS, " "), "must not be empty"),
        (lambda store: rename(store, TRAMS, CHARGE), "is another topic; `graphkit topics merge`"),
        (lambda store: split(store, TRAMS, TRAMS, ["brief"]), "give another label"),
        (lambda store: alias(store, TRAMS, [""]), "must not be empty"),
        (lambda store: broader(store, TRAMS, TRAMS), "cannot be wider"),
    ],
)
def test_nonsense_is_told_in_one_line(make: Correcting, message: str, store: Store) -> None:
    with pytest.raises(CorrectionError, match=message) as caught:
        store.correct(make(store))
    assert "\n" not in str(caught.value)
    assert store.corrections() == []


# --- merge --------------------------------------------------------------------------------------


def test_a_merge_makes_one_topic_of_two(store: Store) -> None:
    store.correct(merge(store, TRAMS, [CHARGE]))
    assert labels(store) == [TRAMS]
    assert len(store.statements(topic=TRAMS)) == 13
    (topic,) = store.topics([TRAMS])
    assert topic.alt_labels == (CHARGE,)


@pytest.mark.parametrize("name", [CHARGE, f":{CHARGE_IRI.split('/')[-1]}", f"<{CHARGE_IRI}>"])
def test_old_labels_and_iris_lead_to_the_new_topic(name: str, store: Store) -> None:
    store.correct(merge(store, TRAMS, [CHARGE]))
    assert resolve_topic(store, name) == TRAMS


def test_what_is_one_already_needs_no_merging(store: Store) -> None:
    assert merge(store, TRAMS, [TRAMS, "free TRAMS"]) == []


def test_a_merge_into_the_codebook_applies(store: Store) -> None:
    store.add_concepts([TAX])
    store.correct(merge(store, TAX.label, [CHARGE]))
    assert len(store.statements(topic=TAX.label)) == 10
    assert [applies for _, applies in store.corrections()] == [True]


@pytest.mark.parametrize("name", [TAX.label, *TAX.alt_labels, TAX.iri])
def test_a_merged_topic_of_the_codebook_leads_to_the_other(name: str, store: Store) -> None:
    store.add_concepts([TAX])
    store.correct(merge(store, CHARGE, [TAX.label]))
    assert resolve_topic(store, name) == CHARGE
    assert labels(store) == [CHARGE, TRAMS]
    assert store.concepts() == [TAX]


# --- rename, split, alias -----------------------------------------------------------------------


def test_a_new_label_is_shown_and_the_old_one_still_found(store: Store) -> None:
    store.correct(rename(store, TRAMS, "trams without fares"))
    assert store.topic_nodes("trams without fares") == [TRAMS_IRI]
    assert resolve_topic(store, TRAMS) == "trams without fares"


def test_a_topic_of_the_codebook_is_renamed_in_the_codebook(store: Store) -> None:
    store.add_concepts([TAX])
    with pytest.raises(CorrectionError, match="'road tax' is a topic of the codebook: change"):
        rename(store, "duty on roads", "x")


def test_a_split_moves_the_statements_of_some_articles(store: Store) -> None:
    store.correct(split(store, TRAMS, "Norland's trams", ["brief"]))
    assert {s.article for s in store.statements(topic="Norland's trams")} == {"brief"}
    assert {s.article for s in store.statements(topic=TRAMS)} == {"herald-2"}


def test_an_alias_moves_what_articles_call_so(store: Store) -> None:
    store.correct(alias(store, CHARGE, ["Free Trams"]))
    assert labels(store) == [CHARGE]
    assert len(store.statements(topic=CHARGE)) == 13


def test_an_alias_takes_from_a_topic_of_the_codebook_what_articles_call_otherwise() -> None:
    store = Store.open(None)
    store.add_concepts([Concept("trams", iri="https://x.example/trams"), TAX])
    for extraction in example.EXTRACTIONS:
        store.add(extraction)
    assert len(store.statements(topic="trams")) == 3  # which articles call "free trams"
    store.correct(alias(store, TAX.label, [TRAMS]))
    assert store.statements(topic="trams") == []
    assert len(store.statements(topic=TAX.label)) == 3
    assert [applies for _, applies in store.corrections()] == [True]


# --- broader ------------------------------------------------------------------------------------


def test_a_wider_topic_is_made_and_statements_stay(store: Store) -> None:
    store.correct(broader(store, TRAMS, "city traffic"))
    (topic,) = store.topics([TRAMS])
    assert topic.broader == ("city traffic",)
    assert store.narrower("city traffic") == [TRAMS]
    assert len(store.statements(topic=TRAMS)) == 3
    assert store.statements(topic="city traffic") == []


def test_a_circle_is_refused(store: Store) -> None:
    store.correct(broader(store, TRAMS, "city traffic"))
    store.correct(broader(store, "city traffic", CHARGE))
    for narrower, wider in ((CHARGE, TRAMS), (CHARGE, "city traffic"), ("city traffic", TRAMS)):
        with pytest.raises(CorrectionError, match="it cannot be wider"):
            broader(store, narrower, wider)


def test_a_topic_of_the_codebook_can_be_put_below_another(store: Store) -> None:
    store.add_concepts([TAX])
    store.correct(broader(store, TAX.label, CHARGE))
    assert store.narrower(CHARGE) == [TAX.label]
    assert problems(union_of(store)) == ""


def test_a_hierarchy_follows_merges(store: Store) -> None:
    store.correct(broader(store, TRAMS, "city traffic"))
    store.correct(broader(store, CHARGE, "prices"))
    store.correct(merge(store, "prices", ["city traffic"]))
    assert store.narrower("prices") == [CHARGE, TRAMS]
    assert "city traffic" not in labels(store)
    store.correct(merge(store, TRAMS, [CHARGE]))
    assert store.narrower("prices") == [TRAMS]


def test_what_is_merged_into_its_own_part_is_not_wider_than_itself(store: Store) -> None:
    store.correct(broader(store, TRAMS, CHARGE))
    store.correct(merge(store, TRAMS, [CHARGE]))
    assert store.narrower(TRAMS) == []
    assert problems(union_of(store)) == ""


# --- retire -------------------------------------------------------------------------------------


def test_a_retired_topic_and_its_statements_are_nowhere(store: Store) -> None:
    store.correct(retire(store, [CHARGE]))
    assert labels(store) == [TRAMS]
    assert {s.topic for s in store.statements()} == {TRAMS, "Łucja Novák"}
    assert CHARGE_IRI not in store.statement_counts("topic")
    assert sum(store.statement_counts().values()) == 4
    current = f"SELECT ?a {{ ?a gk:supports|gk:opposes|gk:ambivalentOn <{CHARGE_IRI}> }}"
    assert rows_of(store, current) == []
    with pytest.raises(UnknownNameError):
        resolve_topic(store, CHARGE)
    for listed in (list_worst_labels(store), list_suggestions(store)):
        assert CHARGE not in str(listed.rows)
    for ending in ("csv", "jsonl", "graphml"):
        stream = io.BytesIO()
        assert export_store(store, stream, ending).statements == 4
        assert CHARGE not in stream.getvalue().decode()


def test_retired_statements_are_kept_and_come_back(store: Store) -> None:
    made = retire(store, [CHARGE])
    store.correct(made)
    resting = "SELECT ?s { ?s a gk:RetiredStatement }"
    assert len(rows_of(store, resting)) == 10
    for extraction in example.EXTRACTIONS:
        told = store.extraction(extraction.article.id).statements
        assert {*told} == {*extraction.statements}
    store.undo([made[0].id])
    assert len(store.statements(topic=CHARGE)) == 10
    assert rows_of(store, resting) == []


def test_a_retired_topic_leaves_the_hierarchy(store: Store) -> None:
    store.correct(broader(store, TRAMS, CHARGE))
    store.correct(broader(store, CHARGE, "city traffic"))
    store.correct(retire(store, [CHARGE]))
    assert CHARGE not in labels(store)
    assert [topic.broader for topic in store.topics([TRAMS])] == [()]
    assert problems(union_of(store)) == ""


def test_a_retired_topic_of_the_codebook_stays_in_the_codebook_alone(store: Store) -> None:
    store.add_concepts([TAX])
    store.correct(retire(store, [TAX.label]))
    assert TAX.label not in labels(store)
    with pytest.raises(UnknownNameError):
        resolve_topic(store, "duty on roads")
    assert store.concepts() == [TAX]


# --- old IRIs -----------------------------------------------------------------------------------

REPLACED = "SELECT ?old ?new { GRAPH ?g { ?old dcterms:isReplacedBy ?new } } ORDER BY ?old"


def test_old_iris_point_to_where_they_end(store: Store) -> None:
    store.correct(broader(store, TRAMS, "city traffic"))
    store.correct(merge(store, TRAMS, [CHARGE]))
    assert rows_of(store, REPLACED) == [[CHARGE_IRI, TRAMS_IRI]]
    made = merge(store, "city traffic", [TRAMS])
    store.correct(made)
    assert rows_of(store, REPLACED) == [[CHARGE_IRI, made[0].other], [TRAMS_IRI, made[0].other]]
    assert len(store.corrections()) == 3
    store.undo([made[0].id])
    assert rows_of(store, REPLACED) == [[CHARGE_IRI, TRAMS_IRI]]


def test_what_comes_back_to_itself_is_replaced_by_nothing(store: Store) -> None:
    there, back = ((CHARGE_IRI, TRAMS_IRI), (TRAMS_IRI, CHARGE_IRI))
    store.correct(
        Correction(kind="topic", action="merge", actor=one, other=other, shown="x")
        for one, other in (there, back)
    )
    assert [CHARGE_IRI, CHARGE_IRI] not in rows_of(store, REPLACED)
    assert quads_of(store) != quads_of(stored(*example.EXTRACTIONS))
