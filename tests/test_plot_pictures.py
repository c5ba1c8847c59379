"""What the pictures show: the golden specifications, the words, the order, what is left out."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from example import ACTORS, ARTICLES, CHARGE, STATEMENTS, TRAMS
from graphkit.errors import ExportError
from graphkit.plot.camps import draw_camps
from graphkit.plot.debate import Debate
from graphkit.plot.heatmap import draw_heatmap
from graphkit.plot.network import draw_network, options_for
from graphkit.plot.periods import Unit, start_of
from graphkit.plot.sheet import Sheet, Size
from graphkit.plot.timeline import draw_timeline
from graphkit.records import statement_order
from large_debate import LONG, large_debate
from plots import check_words, outline, texts_of
from test_graphml import check_golden  # noqa: F401  # a fixture

DEBATE = Debate(sorted(STATEMENTS, key=statement_order), ACTORS, ARTICLES)
_PLACES = {"x", "y", "x2", "y2"}


def _on(debate: Debate, topic: str) -> Debate:
    return replace(debate, statements=[one for one in debate.statements if one.topic == topic])


def _timeline(debate: Debate, **more: Any) -> Sheet:
    topic = next(iter(debate.by_topic()))
    return draw_timeline(_on(debate, topic), topic, **more)


DRAWERS: dict[str, Callable[..., Sheet]] = {
    "timeline": _timeline,
    "heatmap": draw_heatmap,
    "camps": draw_camps,
    "network": draw_network,
    "two": lambda debate, **more: draw_network(debate, mode="two", **more),
    "topics": lambda debate, **more: draw_network(debate, mode="topics", **more),
}


def _items(spec: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [item for layer in spec["data"] for item in layer["values"] if key in item]


def _tip(spec: dict[str, Any], title: str) -> dict[str, Any]:
    return next(item["tip"] for item in _items(spec, "tip") if item["tip"]["title"] == title)


# --- all of them --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["timeline", "heatmap", "camps", "network"])
def test_the_example_is_the_golden_file(
    kind: str,
    check_golden: Callable[[str, bytes], None],  # noqa: F811
) -> None:
    # The places of a network come from a long sum, which machines round otherwise.
    told = outline(DRAWERS[kind](DEBATE).spec(), without=_PLACES if kind == "network" else set())
    check_golden(f"plot-{kind}.txt", told.encode())


@pytest.mark.parametrize("actors", [2, 5, 50])
@pytest.mark.parametrize("kind", DRAWERS)
def test_no_words_are_cut_or_lie_over_others(kind: str, actors: int) -> None:
    more = {} if kind == "topics" else {"top" if kind == "timeline" else "actors": 50}
    check_words(DRAWERS[kind](large_debate(actors), **more).spec())


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        ("timeline", Size(500, 640)),
        ("heatmap", Size(700, 700)),
        ("camps", Size(640, 1500)),
        ("network", Size(500, 500)),
        ("two", Size(1400, 1200)),
    ],
)
def test_a_picture_keeps_to_its_size(kind: str, size: Size) -> None:
    more = {"top": 12} if kind == "timeline" else {"actors": 12}
    spec = DRAWERS[kind](large_debate(30), size=size, **more).spec()
    assert (spec["width"], spec["height"]) == (size.width, size.height)
    check_words(spec)


@pytest.mark.parametrize("kind", ["timeline", "heatmap", "camps"])
@pytest.mark.parametrize("size", [Size(960, 200), Size(300, None)])
def test_too_small_a_size_is_told(kind: str, size: Size) -> None:
    if kind == "timeline" and size.height is None:
        check_words(draw_timeline(_on(DEBATE, CHARGE), CHARGE, size=size).spec())
        return
    with pytest.raises(ExportError, match=r"too (low|small)"):
        DRAWERS[kind](large_debate(30), size=size)


def test_rows_make_a_picture_higher() -> None:
    heights = [draw_heatmap(large_debate(number)).spec()["height"] for number in (5, 20)]
    assert heights[1] > heights[0] + 10 * 22


@pytest.mark.parametrize("kind", DRAWERS)
def test_what_when_and_how_many_is_on_top(kind: str) -> None:
    texts = texts_of(DRAWERS[kind](DEBATE).spec())
    assert texts[0]
    assert texts[1].startswith("2024-03-04 to 2024-03-18 · ")
    assert "statements of" in texts[1]
    assert texts_of(DRAWERS[kind](DEBATE, title="Own words").spec())[0] == "Own words"


@pytest.mark.parametrize("kind", ["timeline", "heatmap", "network", "two"])
def test_who_is_left_out_is_counted(kind: str) -> None:
    more = {"top": 3} if kind == "timeline" else {"actors": 3}
    notes = " ".join(texts_of(DRAWERS[kind](large_debate(9), **more).spec()))
    assert " 3 of " in notes
    assert "actors with the most statements" in notes


def test_topics_that_go_with_their_actors_are_counted() -> None:
    debate = large_debate(9)
    few = debate.on_most_discussed(8).of_most_active(1)
    gone = 8 - len(few.by_topic())
    assert gone > 1
    notes = texts_of(draw_heatmap(debate, topics=8, actors=1).spec())
    assert any(note.endswith(f" left out, and with them {gone} topics.") for note in notes)


def test_long_names_are_cut_and_told_in_full() -> None:
    spec = draw_heatmap(large_debate(5)).spec()
    assert LONG not in texts_of(spec)
    assert any(text.startswith(LONG[:20]) and text.endswith("…") for text in texts_of(spec))
    assert _tip(spec, LONG)["statements"] > 0


def test_a_mark_leads_to_its_statements() -> None:
    tip = _tip(draw_heatmap(DEBATE).spec(), f"Łucja Novák: {CHARGE}")
    assert (tip["supports"], tip["opposes"]) == (1, 1)
    assert tip["dates"] == "2024-03-04 to 2024-03-18"
    assert tip["quote"] == "Novák now supports the congestion charge."
    ids = [one.id for one in DEBATE.statements if (one.actor, one.topic) == ("Łucja Novák", CHARGE)]
    assert tip["statement ids"] == "; ".join(ids)


# --- each of them -------------------------------------------------------------------------------


def test_a_timeline_rings_changes_of_mind() -> None:
    spec = _timeline(DEBATE).spec()
    assert "change of mind" in texts_of(spec)
    assert _tip(spec, "Łucja Novák, 2024-03-18")["before"] == "opposes"
    early = [one for one in DEBATE.statements if one.date and one.date.day == 4]
    texts = texts_of(_timeline(replace(DEBATE, statements=early)).spec())
    assert "change of mind" not in texts


def test_a_change_is_told_from_what_was_said_before_the_period() -> None:
    spec = _timeline(DEBATE, since=datetime.date(2024, 3, 10)).spec()
    assert _tip(spec, "Łucja Novák, 2024-03-18")["before"] == "opposes"
    assert "Norland" not in texts_of(spec)


def test_a_timeline_counts_by_period() -> None:
    spec = _timeline(DEBATE, by="month").spec()
    bar = _tip(spec, "supports, 2024-03-01 to 2024-03-31")
    assert bar["supports"] == 3
    assert "Left out: 1 statement without a date." in texts_of(spec)


@pytest.mark.parametrize("by", ["week", "month"])
def test_marks_of_an_axis_stand_where_periods_begin(by: Unit) -> None:
    spec = _timeline(large_debate(20, days=90 if by == "week" else 120), by=by).spec()
    axis = next(mark["axes"][0] for mark in spec["marks"] if mark["type"] == "group")
    epoch = datetime.date(1970, 1, 1)
    days = [epoch + datetime.timedelta(milliseconds=moment) for moment in axis["values"]]
    assert len(days) > 2
    assert all(start_of(day, by) == day for day in days)


def test_who_was_asked_for_in_vain_is_named() -> None:
    texts = texts_of(_timeline(DEBATE, actors=["Norland", "Tom Reed"]).spec())
    assert "No dated statement in this period: Tom Reed." in texts


def test_a_timeline_needs_dates() -> None:
    undated = [replace(one, date=None) for one in DEBATE.statements]
    with pytest.raises(ExportError, match="No statement on 'congestion charge' has a date"):
        _timeline(replace(DEBATE, statements=undated))


def test_a_heat_map_shows_the_sign_of_each_cell() -> None:
    texts = texts_of(draw_heatmap(DEBATE).spec())
    assert "−2" in texts  # the Drivers' Union on the charge
    assert "+1−1" in texts


def test_net_values_have_their_own_scale() -> None:
    assert "supports less opposes: −2" in texts_of(draw_heatmap(DEBATE, value="net").spec())


def test_a_net_scale_without_a_stance_has_no_zero_ends() -> None:
    open_ones = [replace(one, stance="ambivalent") for one in DEBATE.statements]
    texts = texts_of(draw_heatmap(replace(DEBATE, statements=open_ones), value="net").spec())
    assert {"supports less opposes: −1", "+1"} <= set(texts)


def test_camps_are_those_of_the_latest_word() -> None:
    spec = draw_camps(_on(DEBATE, CHARGE)).spec()
    texts = texts_of(spec)
    assert {"supports: 2 actors", "opposes: 3 actors"} <= set(texts)
    assert "Łucja Novák*" in texts
    assert _tip(spec, "Łucja Novák")["before"] == "opposes, 2024-03-04"
    assert texts[0] == f"Camps: {CHARGE}"


def test_narrow_camps_keep_their_words_or_tell_the_width_they_need() -> None:
    debate = large_debate(30)
    with pytest.raises(ExportError, match="A width of 560 is too small: it needs ") as told:
        draw_camps(debate, size=Size(560))
    check_words(draw_camps(debate, size=Size(int(str(told.value).split()[-1][:-1]))).spec())


def test_long_camps_are_counted() -> None:
    texts = texts_of(draw_camps(large_debate(30), actors=2, topics=1).spec())
    assert any(text.startswith("and ") and text.endswith(" more") for text in texts)


def test_the_camps_of_a_network_are_told_by_colour_and_shape() -> None:
    spec = draw_network(large_debate(12), actors=12).spec()
    symbols = {item["tip"]["title"]: item for item in _items(spec, "size") if "tip" in item}
    looks = {name: (symbols[name]["shape"], symbols[name]["fill"]) for name in symbols}
    first, second, other = looks["Anna Varga"], looks["Bela Okoye"], looks["Ciro Lindholm"]
    assert first == second
    assert first[0] != other[0]
    assert first[1] != other[1]


def test_ties_of_disagreement_are_dashed() -> None:
    spec = draw_network(large_debate(12)).spec()
    ties = [item for item in _items(spec, "strokeDash") if "tip" in item]
    dashes = {item["tip"]["they"]: tuple(item["strokeDash"]) for item in ties}
    assert dashes == {"mostly agree": (1, 0), "mostly disagree": (5, 3)}


def test_only_the_strongest_ties_are_drawn() -> None:
    debate = large_debate(20)
    spec = draw_network(debate, ties=15).spec()
    ties = [item for item in _items(spec, "strokeDash") if "tip" in item]
    assert 15 <= len(ties) < 40
    assert any(text.startswith(f"Ties: {len(ties)} of ") for text in texts_of(spec))
    strengths = [item["strokeWidth"] for item in ties]
    assert strengths == sorted(strengths)  # so that the strong ones lie on top


def test_a_tie_tells_what_both_share() -> None:
    spec = draw_network(DEBATE).spec()
    tip = next(item["tip"] for item in _items(spec, "tip") if "shared topics" in item["tip"])
    assert CHARGE in tip["shared topics"] or TRAMS in tip["shared topics"]
    assert tip["statement ids"]


def test_the_options_of_the_algebra_hold() -> None:
    options = options_for("actors", aggregate="conflict", normalize="average")
    texts = texts_of(draw_network(DEBATE, options=options).spec())
    assert "disagree" in texts
    assert "mostly disagree" not in texts  # for agreement is not counted against it
    assert any("disagreement on shared topics (normalized: average)" in text for text in texts)
    assert any(text.startswith("Camps are those of agreement less dis") for text in texts)


def test_who_is_tied_to_nobody_makes_no_network() -> None:
    alone = [one for one in DEBATE.statements if one.actor == "Norland"]
    with pytest.raises(ExportError, match="no network"):
        draw_network(replace(DEBATE, statements=alone))


def test_topics_do_not_agree_but_are_alike() -> None:
    texts = texts_of(draw_network(large_debate(12), mode="topics").spec())
    assert {"mostly alike", "mostly opposed"} <= set(texts)


@pytest.mark.parametrize(
    ("mode", "words"), [("actors", "speak on the same topics"), ("topics", "share actors")]
)
def test_ties_without_stances_say_what_is_shared(mode: str, words: str) -> None:
    options = options_for(mode, aggregate="ignore")
    assert words in texts_of(draw_network(DEBATE, mode=mode, options=options).spec())


def test_a_tie_of_actor_and_topic_is_a_stance() -> None:
    spec = draw_network(DEBATE, mode="two").spec()
    assert _tip(spec, "Norland – free trams")["stance"] == "supports"


@pytest.mark.parametrize("kind", ["network", "two", "topics"])
def test_a_narrow_network_cuts_its_key(kind: str) -> None:
    check_words(DRAWERS[kind](large_debate(8), size=Size(300)).spec())


@pytest.mark.parametrize("size", [Size(340, 420), Size(300, 600)])
def test_the_note_on_names_without_room_has_room(size: Size) -> None:
    check_words(draw_network(large_debate(20), size=size).spec())


def test_names_give_way_where_there_is_no_room() -> None:
    spec = draw_network(large_debate(40), size=Size(600, 400)).spec()
    assert any(text.startswith("No room for ") for text in texts_of(spec))
    check_words(spec)
    with pytest.raises(ExportError, match="no room"):
        draw_network(large_debate(50), actors=50, size=Size(300, 200))
