"""Corrections in a store: applied last at every change, undone without a trace, never dropped."""

import dataclasses
import datetime
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import example
from graphkit.codebook import Concept
from graphkit.correcting import alias, merge, rename, represents, split
from graphkit.curation import Correction
from graphkit.errors import CorrectionError, UnknownNameError
from graphkit.statement import Actor, Extraction
from graphkit.store import Store
from graphkit.topics import candidate_iri
from graphkit.vocabulary import Iris
from graphs import quads_of, stored, union_of
from strategies import crowded_corrections, crowded_extractions, topic_corrections
from test_shapes import problems

PROPOSAL, REVERSAL, BRIEF = example.EXTRACTIONS
IDS = ("herald-1", "herald-2")
IRIS = Iris()

articles = st.tuples(*map(crowded_extractions, IDS))
corrections = st.one_of(crowded_corrections(IDS), topic_corrections(IDS))
several = st.lists(corrections, max_size=4, unique_by=lambda one: one.id)
CODEBOOK = [
    Concept("sugar levy", ("the tax", "charging drivers"), ("public money",)),
    Concept("troops", iri=candidate_iri("troops in Mali", IRIS)),
]
of_topics = st.lists(topic_corrections(IDS), max_size=5, unique_by=lambda one: one.id)


def debate() -> Store:
    return stored(*example.EXTRACTIONS)


def dumped(store: Store) -> bytes:
    stream = io.BytesIO()
    store.dump(stream)
    return stream.getvalue()


def actor_of(store: Store, name: str) -> Actor:
    (found,) = store.actors([name])
    return found


def merged(store: Store) -> list[Correction]:
    made = merge(store, "Łucja Novák", ["Ana Pérez"])
    store.correct(made)
    return made


# --- nothing but articles and corrections decides -----------------------------------------------


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    articles,
    articles,
    st.one_of(several, of_topics),
    st.one_of(several, of_topics),
    st.permutations([0, 1]),
    st.data(),
)
def test_a_store_follows_from_its_articles_and_corrections_alone(
    before: tuple[Extraction, ...],
    after: tuple[Extraction, ...],
    kept: list[Correction],
    undone: list[Correction],
    order: list[int],
    data: st.DataObject,
) -> None:
    kept_ids = {one.id for one in kept}
    undone = [one for one in undone if one.id not in kept_ids]
    some = data.draw(st.integers(0, len(kept)))
    store = Store.open(None)
    store.correct(kept[:some])
    for extraction in before:
        store.add(extraction)
    store.correct(kept[some:])
    store.correct(undone)
    for number in order:
        store.add(after[number])
    store.undo(one.id for one in undone)
    fresh = stored(*after)
    fresh.correct(kept)
    assert quads_of(store) == quads_of(fresh)
    assert [one for one, _ in store.corrections()] == kept
    for article in IDS:
        store.remove(article)
    store.undo(one.id for one in kept if one.action == "broader")  # which keeps both its topics
    assert {quad.rpartition(" ")[2] for quad in quads_of(store)} <= {f"<{curation()}>"}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles, of_topics, st.permutations(["add", "correct", "import"]))
def test_a_codebook_and_corrections_may_come_in_any_order(
    added: tuple[Extraction, ...], made: list[Correction], order: list[str]
) -> None:
    steps: dict[str, Callable[[Store], None]] = {
        "add": lambda store: [store.add(one) for one in added],  # type: ignore[dict-item]
        "correct": lambda store: store.correct(made),
        "import": lambda store: store.add_concepts(CODEBOOK),
    }
    store, fresh = Store.open(None), Store.open(None)
    for step in order:
        steps[step](store)
    for step in ("import", "add", "correct"):
        steps[step](fresh)
    assert quads_of(store) == quads_of(fresh)
    assert store.corrections() == fresh.corrections()


def curation() -> str:
    return IRIS.graph("curation")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles, st.one_of(several, of_topics))
def test_any_corrected_store_validates(
    added: tuple[Extraction, ...], made: list[Correction]
) -> None:
    store = stored(*added)
    store.correct(made)
    report = problems(union_of(store))
    assert not re.search("Severity: sh:Violation", report), report


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(articles, several)
def test_statements_keep_their_ids_and_their_evidence(
    added: tuple[Extraction, ...], made: list[Correction]
) -> None:
    def kept(store: Store) -> set[tuple[object, ...]]:
        return {
            (s.id, s.evidence, s.start, s.end, s.stance)
            for article in IDS
            for s in store.extraction(article).statements
        }

    store = stored(*added)
    before = kept(store)
    store.correct(made)
    assert kept(store) == before
    assert tuple(store.extraction(one) for one in IDS) == tuple(map(as_stored, added))


def as_stored(extraction: Extraction) -> Extraction:
    """Return an extraction in the order in which a store has it."""
    return dataclasses.replace(
        extraction,
        statements=tuple(sorted(extraction.statements, key=lambda one: (one.start, one.id))),
        actors=tuple(sorted(extraction.actors, key=lambda one: one.name)),
    )


# --- what a correction changes ------------------------------------------------------------------

Correcting = Callable[[Store], Sequence[Correction]]

EACH: dict[str, Correcting] = {
    "merge": lambda store: merge(store, "Łucja Novák", ["Ana Pérez", "Tom Reed"]),
    "rename": lambda store: rename(store, "Drivers' Union", "Union of Drivers"),
    "split": lambda store: split(store, "Norland", "Norland Rail", ["brief"]),
    "alias": lambda store: alias(store, "Chamber of Commerce", ["some shopkeepers"]),
    "represents": lambda store: represents(store, "Tom Reed", "Norland"),
    "nobody": lambda store: represents(store, "Ana Pérez", ""),
}
each = pytest.mark.parametrize("correcting", EACH.values(), ids=EACH)


@each
def test_undoing_restores_each_byte(correcting: Correcting) -> None:
    store = debate()
    before = dumped(store)
    made = correcting(store)
    store.correct(made)
    assert dumped(store) != before
    store.undo(one.id for one in made)
    assert dumped(store) == before


@each
def test_a_correction_survives_extracting_anew(correcting: Correcting) -> None:
    store = debate()
    store.correct(correcting(store))
    before = dumped(store)
    for extraction in reversed(example.EXTRACTIONS):
        less = dataclasses.replace(extraction, statements=extraction.statements[:1])
        store.add(less)
        store.add(extraction)
    assert dumped(store) == before


@each
def test_a_correction_changes_no_article_that_it_does_not_concern(correcting: Correcting) -> None:
    store = debate()
    other = dataclasses.replace(
        BRIEF,
        article=dataclasses.replace(BRIEF.article, id="else"),
        statements=(),
        actors=(Actor(name="Sudland", type="country"),),
    )
    store.add(other)
    before = {quad for quad in quads_of(store) if "article/else" in quad}
    store.correct(correcting(store))
    assert {quad for quad in quads_of(store) if "article/else" in quad} == before


def test_a_merge_makes_one_actor_of_two() -> None:
    store = debate()
    merged(store)
    assert store.actors(["Ana Pérez"]) == []
    assert {s.actor for s in store.statements() if s.article == "herald-1"} >= {"Łucja Novák"}
    assert len(store.statements(actor="Łucja Novák")) == 5
    assert {"Ana Pérez", "Pérez"} <= {*actor_of(store, "Łucja Novák").aliases}


def test_a_merge_applies_to_articles_that_come_later() -> None:
    store = stored(PROPOSAL)
    merged(store)
    store.add(REVERSAL)
    store.add(BRIEF)
    complete = debate()
    complete.correct([one for one, _ in store.corrections()])
    assert dumped(store) == dumped(complete)


def test_a_new_name_is_shown_and_the_old_one_still_found() -> None:
    store = debate()
    iri = store.actor_nodes("Drivers' Union")
    store.correct(rename(store, "Drivers' Union", "Union of Drivers"))
    assert store.actor_nodes("Union of Drivers") == iri
    assert actor_of(store, "Union of Drivers").aliases == ("Drivers' Union",)
    assert actor_of(store, "Tom Reed").represents == "Union of Drivers"


def test_a_split_makes_an_actor_of_some_articles() -> None:
    store = debate()
    store.correct(split(store, "Norland", "Norland Rail", ["brief"]))
    assert [s.article for s in store.statements(actor="Norland Rail")] == ["brief"]
    assert [s.article for s in store.statements(actor="Norland")] == ["herald-1"]
    assert actor_of(store, "Norland Rail").type == "country"


def test_an_alias_moves_what_articles_call_so() -> None:
    store = debate()
    store.correct(alias(store, "Chamber of Commerce", ["some shopkeepers"]))
    assert store.actors(["some shopkeepers"]) == []
    assert len(store.statements(actor="Chamber of Commerce")) == 4


def test_whom_an_actor_represents_depends_on_the_day_of_the_article() -> None:
    store = debate()
    day = datetime.date(2024, 3, 10)
    store.correct(represents(store, "Łucja Novák", "Norland", since=day))
    affiliations = {(s.article, s.affiliation) for s in store.statements(actor="Łucja Novák")}
    assert affiliations == {("herald-1", "Norwick"), ("herald-2", "Norland")}


def test_nobody_can_be_represented() -> None:
    store = debate()
    store.correct(represents(store, "Ana Pérez", ""))
    assert {s.affiliation for s in store.statements(actor="Ana Pérez")} == {""}
    assert actor_of(store, "Ana Pérez").represents == ""


def test_a_principal_that_no_article_names_any_more_is_who_it_was() -> None:
    store = stored(REVERSAL, BRIEF)
    store.correct(represents(store, "Tom Reed", "Norland"))
    assert actor_of(store, "Tom Reed").represents == "Norland"
    store.remove("brief")
    assert problems(union_of(store)) == ""
    assert actor_of(store, "Tom Reed").represents == "Norland"
    assert actor_of(store, "Norland") == Actor(name="Norland", type="country")
    store.correct(rename(store, "Norland", "Northland"))
    assert actor_of(store, "Tom Reed").represents == "Northland"
    assert applying(store) == [True, True]
    store.remove("herald-2")
    assert store.actors() == []


# --- corrections that concern nobody any more ---------------------------------------------------


def applying(store: Store) -> list[bool]:
    return [applies for _, applies in store.corrections()]


LEAVING = {
    "merge": (lambda store: merge(store, "Norland", ["Tom Reed"]), ["herald-2"]),
    "rename": (lambda store: rename(store, "Tom Reed", "T. Reed"), ["herald-2"]),
    "split": (lambda store: split(store, "Norland", "Norland Rail", ["brief"]), ["brief"]),
    "alias": (
        lambda store: alias(store, "Norland", ["some shopkeepers"]),
        ["brief", "herald-1"],
    ),
    "represents": (lambda store: represents(store, "Tom Reed", "Norland"), ["herald-2"]),
}


@pytest.mark.parametrize(("correcting", "articles"), LEAVING.values(), ids=LEAVING)
def test_a_correction_that_concerns_nobody_is_told_and_applies_when_somebody_comes_back(
    correcting: Correcting, articles: list[str]
) -> None:
    store = debate()
    store.correct(correcting(store))
    before = dumped(store)
    assert applying(store) == [True]
    for article in articles:
        store.remove(article)
    assert applying(store) == [False]
    for extraction in example.EXTRACTIONS:
        if extraction.article.id in articles:
            store.add(extraction)
    assert applying(store) == [True]
    assert dumped(store) == before


def test_a_correction_of_what_an_undone_one_made_concerns_nobody() -> None:
    store = debate()
    made = split(store, "Norland", "Norland Rail", ["brief"])
    store.correct(made)
    store.correct(rename(store, "Norland Rail", "Railways of Norland"))
    assert applying(store) == [True, True]
    store.undo([made[0].id])
    assert applying(store) == [False]
    assert store.actors(["Railways of Norland"]) == []


def test_a_store_without_articles_keeps_corrections() -> None:
    store = debate()
    made = merged(store)
    for article in example.ARTICLES:
        store.remove(article.id)
    assert store.corrections() == [(one, False) for one in made]
    assert all(curation() in quad for quad in quads_of(store))


# --- adding and taking back ---------------------------------------------------------------------


def test_corrections_keep_their_order_when_one_is_taken_back() -> None:
    store = debate()
    names = ("T. Reed", "Thomas Reed", "Tom R.")
    made = [one for name in names for one in rename(store, IRIS.actor("Tom Reed"), name)]
    store.correct(made)
    store.undo([made[1].id])
    assert [one.name for one, _ in store.corrections()] == ["T. Reed", "Tom R."]
    store.correct([made[1]])
    assert store.actors(["Thomas Reed"]) != []


def test_the_same_correction_again_changes_nothing() -> None:
    store = debate()
    made = merged(store)
    before = dumped(store)
    store.correct(made)
    assert dumped(store) == before


def test_an_unknown_id_takes_nothing_back_and_tells_the_way_on() -> None:
    store = debate()
    made = merged(store)
    with pytest.raises(UnknownNameError, match=r"No correction 'abc'.*graphkit actors correct"):
        store.undo([made[0].id, "abc"])
    assert store.corrections() == [(one, True) for one in made]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Correction(action="merge", actor=IRIS.actor("Norland")), "needs another actor"),
        (
            Correction(
                action="merge",
                actor=IRIS.actor("Norland"),
                other=IRIS.local_actor("brief", "some shopkeepers"),
            ),
            "one article only",
        ),
    ],
)
def test_of_several_corrections_none_is_made_if_one_is_wrong(
    wrong: Correction, message: str
) -> None:
    store = debate()
    sound = rename(store, "Norland", "Northland")
    with pytest.raises(CorrectionError, match=message):
        store.correct([*sound, wrong])
    assert store.corrections() == []


def test_a_correction_that_does_not_say_what_its_actor_is_called_says_it_when_it_is_made() -> None:
    store = debate()
    known = Correction(action="merge", actor=IRIS.actor("Tom Reed"), other=IRIS.actor("Norland"))
    new = Correction(
        action="split",
        actor=IRIS.actor("Norland"),
        other=IRIS.actor("Norland Rail"),
        type="organization",
        articles=("brief",),
    )
    store.correct([known, new])
    shown = [(one.shown, one.type) for one, _ in store.corrections()]
    assert shown == [("Norland", "country"), ("Norland Rail", "organization")]
    store.remove("herald-1")
    assert actor_of(store, "Norland").type == "country"


# --- dumps, shapes and the disk -----------------------------------------------------------------


@pytest.mark.parametrize("format", ["nq", "trig"])
def test_a_dump_keeps_corrections(format: str) -> None:
    store = debate()
    merged(store)
    stream = io.BytesIO()
    store.dump(stream, format)
    loaded = Store.open(None)
    loaded.load(stream.getvalue(), format)
    assert loaded.corrections() == store.corrections()
    loaded.undo(one.id for one, _ in store.corrections())
    assert dumped(loaded) == dumped(debate())


def test_corrections_are_kept_on_the_disk(tmp_path: Path) -> None:
    with example.make_store(tmp_path / "debate.db") as store:
        made = merged(store)
        before = dumped(store)
    with Store.open(tmp_path / "debate.db") as store:
        assert store.corrections() == [(one, True) for one in made]
        store.add(PROPOSAL)
        assert dumped(store) == before


@each
def test_a_corrected_store_validates(correcting: Correcting) -> None:
    store = debate()
    store.correct(correcting(store))
    assert problems(union_of(store)) == ""
