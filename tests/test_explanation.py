"""An explanation shows the way from the words of an article to actor, topic and speaker."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from example import CHARGE, EXTRACTIONS, STATEMENTS, TRAMS, make_store
from graphkit.codebook import Concept
from graphkit.codebook_file import read_codebook
from graphkit.curation import Correction
from graphkit.errors import UnknownNameError
from graphkit.explanation import explain_statement
from graphkit.output import Answer
from graphkit.reading import read_articles
from graphkit.statement import Actor, Statement
from graphkit.store import Store

if TYPE_CHECKING:
    from graphkit.extract import Extractor

DATA = Path(__file__).parents[1] / "data"
NOVAK, REED, PEREZ = "Łucja Novák", "Tom Reed", "Ana Pérez"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with make_store() as opened:
        yield opened


@pytest.fixture
def own() -> Iterator[Store]:
    """Make a store that a test may change."""
    with make_store() as opened:
        yield opened


def _way(answer: Answer, part: str) -> list[Any]:
    return [row for row in answer.rows if row["part"] == part]


def _how(answer: Answer, part: str) -> list[str]:
    return [row["how"] for row in _way(answer, part)]


def _of(**wanted: Any) -> Statement:
    """Return the first statement with some fields."""
    return next(one for one in STATEMENTS if all(getattr(one, k) == v for k, v in wanted.items()))


def test_the_words_that_count_are_marked_in_the_sentence(store: Store) -> None:
    assert explain_statement(store, STATEMENTS[0].id).facts["evidence"] == (
        "[actor: Mayor Łucja Novák] [cue: rejected] a [topic: congestion charge] on Monday."
    )


def test_each_part_ends_with_what_it_means_and_an_iri(store: Store) -> None:
    rows = {row["part"]: row for row in explain_statement(store, STATEMENTS[0].id).rows}
    base = store.iris.base
    assert {part: (row["means"], row["iri"]) for part, row in rows.items()} == {
        "actor": ("Łucja Novák", f"{base}Lucja_Novak"),
        "represents": ("Norwick", f"{base}Norwick"),
        "speaker": ("Łucja Novák", f"{base}Lucja_Novak"),
        "cue": ("opposes", "https://w3id.org/graphkit/ns#Opposes"),
        "topic": (CHARGE, f"{base}charg-congest_54e5b1aa"),
        "evidence": ("", f"{base}article/herald-1#char=0,57"),
    }


@pytest.mark.parametrize("found", STATEMENTS, ids=lambda found: found.id)
def test_what_has_a_place_reads_so_in_the_article(store: Store, found: Statement) -> None:
    answer = explain_statement(store, found.id)
    text = store.article(found.article).text
    placed = [row for row in answer.rows if row["start"] is not None]
    assert {"actor", "cue", "topic", "evidence"} == {row["part"] for row in placed}
    assert all(text[row["start"] : row["end"]] == row["text"] for row in placed)
    ways = {part: _way(answer, part) for part in ("actor", "topic")}
    for part, way in ways.items():
        assert way[-1]["means"] == getattr(found, part)
        assert [row["means"] for row in way[:-1]] == [row["text"] for row in way[1:]]


def test_all_fields_of_a_statement_are_explained(store: Store) -> None:
    facts = explain_statement(store, STATEMENTS[6].id).facts
    assert facts["rule"] == STATEMENTS[6].rule
    assert facts["confidence"] == STATEMENTS[6].confidence
    assert facts["condition"] == "if trams were free"
    assert facts["iri"].endswith(STATEMENTS[6].id)


def test_a_part_outside_the_sentence_is_not_marked(store: Store) -> None:
    pronoun = next(found for found in STATEMENTS if found.speaker == "Tom Reed")
    earlier = (pronoun.start - 10, pronoun.start - 5)
    with Store.open(None) as other:
        other.add(_with_actor_span(pronoun.id, earlier))
        answer = explain_statement(other, pronoun.id)
    assert answer.facts["evidence"].startswith("It also [cue: opposed] the [topic: charge]")
    assert _way(answer, "actor")[0]["start"] == earlier[0]


def test_parts_within_parts_are_marked_with_the_wider_outside(store: Store) -> None:
    found = STATEMENTS[0]
    with Store.open(None) as other:
        other.add(_with_actor_span(found.id, (found.start, found.end)))
        evidence = explain_statement(other, found.id).facts["evidence"]
    assert evidence == (
        "[actor: Mayor Łucja Novák [cue: rejected] a [topic: congestion charge] on Monday.]"
    )


def test_an_unknown_statement_is_told_with_the_way_on(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="`graphkit quotes"):
        explain_statement(store, "0000")


def _with_actor_span(statement_id: str, span: tuple[int, int]) -> Any:
    """Return the extraction of a statement whose actor stands elsewhere in the article."""
    for extraction in EXTRACTIONS:
        for found in extraction.statements:
            if found.id == statement_id:
                changed = (replace(found, actor_span=span),)
                return replace(extraction, statements=changed)
    raise LookupError(statement_id)


# --- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "how"),
    [
        (_of(actor="Norland"), ["the name in the article", "full name, in 2 articles"]),
        (_of(actor=NOVAK), ["another name in the article", "full name, in 2 articles"]),
        (_of(speaker=REED), ["a pronoun", "full name, in 2 articles"]),
        (
            _of(actor="some shopkeepers"),
            ["the name in the article", "means something in this article only"],
        ),
    ],
)
def test_the_way_from_words_to_an_actor(found: Statement, how: list[str], store: Store) -> None:
    assert _how(explain_statement(store, found.id), "actor") == how


def _with_actors(*actors: Actor) -> Store:
    """Return a store whose first statement is the first actor's, and others stand beside."""
    extraction = EXTRACTIONS[0]
    first, found = actors[0], extraction.statements[0]
    told = replace(found, actor=first.name, actor_type=first.type, affiliation="")
    store = Store.open(None)
    store.add(replace(extraction, statements=(told,), actors=(replace(first, represents=""),)))
    for number, other in enumerate(actors[1:]):
        article = replace(extraction.article, id=f"other-{number}")
        more = replace(told, id=f"s{number}", article=article.id)
        more = replace(more, actor=other.name, actor_type=other.type)
        store.add(replace(extraction, article=article, statements=(more,), actors=(other,)))
    return store


@pytest.mark.parametrize(
    ("actors", "how"),
    [
        (
            (
                Actor(name="Novák", type="person", role="mayor"),
                Actor(name=NOVAK, type="person", role="mayor"),
            ),
            "surname and office: mayor, in 2 articles",
        ),
        (
            (
                Actor(name="NHA", type="organization"),
                Actor(name="Norwick Harbour Authority", type="organization"),
            ),
            "short for it, in 2 articles",
        ),
        (
            (Actor(name="Novák", type="person"), Actor(name=NOVAK, type="person")),
            "a surname alone: somebody of this article only",
        ),
        ((Actor(name="Norland", type="country", is_known=True),), "known by name, in 1 article"),
    ],
)
def test_the_rule_of_the_linking_is_told(actors: tuple[Actor, ...], how: str) -> None:
    with _with_actors(*actors) as store:
        assert _how(explain_statement(store, STATEMENTS[0].id), "actor")[-1] == how


def test_an_office_is_told_as_such(own: Store) -> None:
    found = _of(act="welcomed")
    extraction = EXTRACTIONS[1]
    actors = tuple(replace(one, aliases=()) for one in extraction.actors)
    own.add(replace(extraction, actors=actors))
    assert _how(explain_statement(own, found.id), "actor")[0] == "the office: mayor"
    own.add(replace(extraction, actors=tuple(replace(one, role="") for one in actors)))
    assert _how(explain_statement(own, found.id), "actor")[0] == "a description"


def test_a_topic_can_be_an_actor(store: Store) -> None:
    answer = explain_statement(store, _of(topic=NOVAK).id)
    assert _how(answer, "topic") == ["another name in the article", "full name, in 2 articles"]


def test_corrections_are_steps_of_their_own(own: Store) -> None:
    (perez,), (norland,) = own.actor_nodes(PEREZ), own.actor_nodes("Norland")
    merge = Correction(action="merge", actor=perez, other=norland)
    rename = Correction(action="rename", actor=norland, name="Kingdom of Norland")
    own.correct([merge, rename])
    answer = explain_statement(own, _of(actor=PEREZ).id)
    assert _how(answer, "actor")[2:] == [
        f"correction {merge.id}: :Ana_Perez is :Norland",
        f"correction {rename.id}: :Norland is called 'Kingdom of Norland'",
    ]
    assert _way(answer, "actor")[-1]["means"] == answer.facts["actor"] == "Kingdom of Norland"


def test_what_was_merged_keeps_the_name_that_the_linking_gave_it(own: Store) -> None:
    novak, norland = own.actor_nodes(NOVAK)[0], own.iris.actor("Norland")
    trams, charge = own.topic_nodes(TRAMS)[0], own.topic_nodes(CHARGE)[0]
    who = Correction(action="merge", actor=novak, other=norland)
    what = Correction(kind="topic", action="merge", actor=trams, other=charge)
    own.correct([who, what])
    actor = _way(explain_statement(own, _of(actor=NOVAK).id), "actor")
    assert [row["means"] for row in actor] == [NOVAK, NOVAK, "Norland"]
    assert actor[-1]["text"] == NOVAK
    assert actor[1]["how"] == "full name"
    topic = _way(explain_statement(own, _of(topic=TRAMS).id), "topic")
    assert [row["means"] for row in topic][-2:] == [TRAMS, CHARGE]
    assert topic[-1]["text"] == TRAMS
    assert topic[-2]["how"] == "no topic of the codebook: it goes by what it says"


def test_whom_an_actor_speaks_for_is_followed_upwards(own: Store) -> None:
    found = _of(actor=NOVAK)
    assert _how(explain_statement(own, found.id), "represents") == ["told by the article: mayor"]
    norwick, norland = own.iris.actor("Norwick"), own.iris.actor("Norland")
    own.correct([Correction(action="represents", actor=norwick, other=norland)])
    rows = _way(explain_statement(own, found.id), "represents")
    assert [(row["text"], row["means"]) for row in rows] == [
        (NOVAK, "Norwick"),
        ("Norwick", "Norland"),
    ]
    own.correct([Correction(action="represents", actor=own.actor_nodes(NOVAK)[0], other=norland)])
    (row,) = _way(explain_statement(own, found.id), "represents")
    assert (row["means"], row["how"]) == ("Norland", "correction")


def test_a_circle_of_principals_ends(own: Store) -> None:
    norwick, norland = own.iris.actor("Norwick"), own.iris.actor("Norland")
    circle = [(norwick, norland), (norland, norwick)]
    own.correct([Correction(action="represents", actor=a, other=b) for a, b in circle])
    rows = _way(explain_statement(own, _of(actor=NOVAK).id), "represents")
    assert [row["means"] for row in rows] == ["Norwick", "Norland"]


def test_all_who_say_so_are_told_from_the_innermost_outwards(own: Store) -> None:
    found = _of(speaker=REED)
    extraction = EXTRACTIONS[1]
    nested = tuple(
        replace(one, speaker=f"{REED} < {NOVAK}") if one.id == found.id else one
        for one in extraction.statements
    )
    own.add(replace(extraction, statements=nested))
    rows = _way(explain_statement(own, found.id), "speaker")
    assert [(row["means"], row["how"]) for row in rows] == [
        (REED, "indirect speech"),
        (NOVAK, "indirect speech"),
    ]
    (own_word,) = _how(explain_statement(own, _of(act="welcomed").id), "speaker")
    assert own_word == "what is done, not said"


# --- what ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("concept", "how"),
    [
        (Concept(CHARGE), "label of the codebook"),
        (Concept("toll", (CHARGE,)), "another label of the codebook"),
        (Concept("charge for congestion"), "same words as a label of the codebook"),
        (Concept("congestion"), "holds all words of a label of the codebook"),
        (Concept("parks"), "no topic of the codebook: it goes by what it says"),
    ],
)
def test_the_way_from_a_label_to_a_topic(concept: Concept, how: str, own: Store) -> None:
    own.add_concepts([concept])
    answer = explain_statement(own, STATEMENTS[0].id)
    assert _how(answer, "topic") == ["the words of the article", how]


def test_labels_that_say_the_same_are_counted(own: Store) -> None:
    extraction = EXTRACTIONS[0]
    other = replace(extraction.statements[1], topic="charge for congestion")
    statements = (extraction.statements[0], other, *extraction.statements[2:])
    own.add(replace(extraction, statements=statements))
    how = _how(explain_statement(own, STATEMENTS[0].id), "topic")[-1]
    assert how == "no topic of the codebook: it goes by what it says, as 2 labels do"


def test_a_label_with_more_than_the_words_says_so(store: Store) -> None:
    assert _how(explain_statement(store, _of(topic_text="charge").id), "topic")[0] == (
        "with words of the text around it"
    )


def test_a_label_in_another_form_of_the_words_stands_alone(own: Store) -> None:
    extraction = EXTRACTIONS[0]
    first = replace(extraction.statements[0], topic="congestion charges")
    own.add(replace(extraction, statements=(first, *extraction.statements[1:])))
    assert _how(explain_statement(own, first.id), "topic")[0] == "the words that stand alone"


def test_wider_topics_and_corrections_of_topics_are_told(own: Store) -> None:
    charge, trams = own.topic_nodes(CHARGE)[0], own.topic_nodes(TRAMS)[0]
    merge = Correction(kind="topic", action="merge", actor=trams, other=charge)
    wider = Correction(
        kind="topic",
        action="broader",
        actor=charge,
        other=own.iris.topic("traffic"),
        name=CHARGE,
        shown="traffic",
    )
    own.correct([merge, wider])
    answer = explain_statement(own, _of(topic=TRAMS).id)
    assert _how(answer, "topic")[-1].startswith(f"correction {merge.id}: 'free trams' is ")
    assert _way(answer, "topic")[-1]["means"] == CHARGE
    assert [row["means"] for row in _way(answer, "part of")] == ["traffic"]


# --- what else ----------------------------------------------------------------------------------


def test_earlier_and_later_statements_of_the_actor_on_the_topic_are_named(store: Store) -> None:
    first, second = (s for s in STATEMENTS if s.actor == NOVAK and s.topic == CHARGE)
    before = explain_statement(store, first.id).facts
    after = explain_statement(store, second.id).facts
    assert before["later"] == [f"{second.id} 2024-03-18 supports"]
    assert after["earlier"] == [f"{first.id} 2024-03-04 opposes"]
    assert (before["earlier"], after["later"], after["beside"]) == ([], [], [])


def test_statements_of_the_same_day_or_without_a_date_stand_beside(store: Store) -> None:
    one, other = (s for s in STATEMENTS if s.actor == PEREZ and s.topic == CHARGE)
    assert explain_statement(store, one.id).facts["beside"] == [f"{other.id} 2024-03-04 opposes"]
    for found in STATEMENTS:
        if found.actor == "some shopkeepers":  # those of the other article are others
            facts = explain_statement(store, found.id).facts
            assert facts["earlier"] == facts["later"] == facts["beside"] == []


def test_the_nearest_statement_comes_first(own: Store) -> None:
    extraction = EXTRACTIONS[0]
    for day in (1, 2, 3):
        date = datetime.date(2024, 2, day)
        article = replace(extraction.article, id=f"february-{day}", date=date)
        said = replace(STATEMENTS[0], id=f"f{day}", article=article.id, date=date)
        own.add(replace(extraction, article=article, statements=(said,)))
    earlier = explain_statement(own, STATEMENTS[0].id).facts["earlier"]
    assert [one.split()[0] for one in earlier] == ["f3", "f2", "f1"]


def test_links_lead_to_the_graph_the_source_and_the_run(store: Store) -> None:
    facts = explain_statement(store, STATEMENTS[0].id).facts
    assert facts["graph"] == store.iris.article("herald-1")
    assert facts["url"] == "https://herald.example/1"
    assert facts["extracted_by"].startswith("graphkit ")


# --- the sample ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(extractor: "Extractor") -> Iterator[Store]:
    """Read four articles of the sample, with its codebook."""
    names = ("02-26-paris", "02-27-allies", "03-12-assembly", "02-29-elysee")
    files = [str(path) for name in names for path in (DATA / "sample").glob(f"2024-{name}*")]
    with Store.open(None) as opened:
        opened.add_concepts(read_codebook(DATA / "topics.ttl"))
        for extraction in extractor.pipe(read_articles(files, on_error=pytest.fail)):
            opened.add(extraction, "pipeline and lexicon")
        yield opened


def test_every_statement_of_the_sample_is_explained_up_to_what_it_means(sample: Store) -> None:
    found = sample.statements()
    assert len(found) > 40
    for one in found:
        answer = explain_statement(sample, one.id)
        assert _way(answer, "actor")[-1]["means"] == one.actor
        assert _way(answer, "topic")[-1]["means"] == one.topic
        represented = [row["means"] for row in _way(answer, "represents")]
        assert represented[:1] == ([one.affiliation] if one.affiliation else [])
        speakers = " < ".join(row["means"] for row in _way(answer, "speaker"))
        assert speakers == (one.speaker or one.actor)
        assert answer.facts["extracted_by"].endswith(", pipeline and lexicon")


def test_an_office_and_a_pointer_of_the_sample_are_explained(sample: Store) -> None:
    statements = sample.statements(actor="Emmanuel Macron", topic="ground troops in Ukraine")
    (found,) = [one for one in statements if one.topic_text == "the option"]
    answer = explain_statement(sample, found.id)
    assert [(row["text"], row["how"]) for row in _way(answer, "actor")] == [
        ("the French president", "the office: president"),
        ("Emmanuel Macron", "full name, in 2 articles"),
    ]
    assert _how(answer, "topic") == [
        "with words of the text around it",
        "another label of the codebook",
    ]
    assert [one.split()[1:] for one in answer.facts["earlier"]] == [["2024-02-26", "ambivalent"]]
