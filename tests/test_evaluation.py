"""Evaluation: levels, pairing, error types, optional gold, calibration, and what gold may be."""

import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.errors import GraphkitError
from graphkit.evaluation import (
    ATTRIBUTION_LEVELS,
    STATEMENT_LEVELS,
    Bin,
    Error,
    Figures,
    Gold,
    Scores,
    read_gold,
    read_rows,
    score,
)

SENTENCES = (
    "Poland rejected the plan.",
    "Germany backed the visit.",
    "France had left both open.",
)
TEXT = " ".join(SENTENCES)
BOTH = " ".join(SENTENCES[:2])

Row = dict[str, Any]


def marked(evidence: str = SENTENCES[0], **changes: Any) -> Row:
    return {
        "actor": "Poland",
        "stance": "opposes",
        "topic": "the plan",
        "evidence": evidence,
        "topic_terms": [["plan"]],
        **changes,
    }


def predicted(evidence: str = SENTENCES[0], **changes: Any) -> Row:
    start = TEXT.index(evidence)
    span = {"start": start, "end": start + len(evidence)}
    return {
        "article": "a",
        "actor": "Poland",
        "stance": "opposes",
        "topic": "plan",
        **span,
        **changes,
    }


def write_gold(folder: Path, rows: Iterable[Row], text: str = TEXT, name: str = "a") -> Path:
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def score_rows(gold: Gold, rows: Iterable[Row]) -> Scores:
    return score(gold, (("predictions", row) for row in rows))


def hits(scores: Scores) -> list[int]:
    """Count what is found at each level, where all gold is sure."""
    gold = scores.counts["gold_sure"]
    return [round(scores.levels[level].recall * gold) for level in STATEMENT_LEVELS]


# --- statements: levels and types of errors -----------------------------------------------------


@pytest.mark.parametrize(
    ("got", "reached", "errors"),
    [
        (predicted(), 4, {}),
        (predicted(topic="the visit"), 3, {"topic": 1}),
        (predicted(stance="supports"), 2, {"polarity": 1}),
        (predicted(actor="Germany"), 1, {"actor": 1}),
        (predicted(SENTENCES[1]), 0, {"spurious": 1, "missed": 1}),
    ],
)
def test_each_level_asks_for_more_and_what_fails_names_the_error(
    tmp_path: Path, got: Row, reached: int, errors: dict[str, int]
) -> None:
    scores = score_rows(read_gold(write_gold(tmp_path, [marked()])), [got])

    right, wrong = Figures(1.0, 1.0, 1.0), Figures(0.0, 0.0, 0.0)
    assert list(scores.levels.values()) == [right] * reached + [wrong] * (4 - reached)
    assert {kind: count for kind, count in scores.error_counts.items() if count} == errors


def test_precision_counts_predictions_and_recall_counts_gold(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(one) for one in SENTENCES]))

    scores = score_rows(gold, [predicted(), predicted(topic="the visit")])

    assert scores.levels["full"] == Figures(precision=0.5, recall=0.3333, f1=0.4)
    assert scores.counts == {"articles": 1, "gold_sure": 3, "gold_optional": 0, "predicted": 2}


def test_a_span_that_only_touches_the_evidence_does_not_overlap_it(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(SENTENCES[1])]))
    start = TEXT.index(SENTENCES[1])

    before = score_rows(gold, [predicted(start=0, end=start)])
    after = score_rows(gold, [predicted(start=start + len(SENTENCES[1]), end=len(TEXT))])

    assert hits(before) == hits(after) == [0, 0, 0, 0]


def test_nothing_predicted_scores_zero(tmp_path: Path) -> None:
    scores = score_rows(read_gold(write_gold(tmp_path, [marked()])), [])

    assert set(scores.levels.values()) == {Figures(0.0, 0.0, 0.0)}
    assert scores.measures() == {**dict.fromkeys(STATEMENT_LEVELS, 0.0), "polarity": 0.0}


def test_polarity_is_the_share_with_the_right_stance_where_the_actor_is_right(
    tmp_path: Path,
) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(one) for one in SENTENCES]))
    got = [
        predicted(SENTENCES[0], topic="elections"),
        predicted(SENTENCES[1], stance="ambivalent"),
        predicted(SENTENCES[2], actor="France"),  # no evidence on polarity
    ]

    assert score_rows(gold, got).polarity == 0.5


def test_an_alias_and_a_second_way_to_name_the_topic_are_right_too(tmp_path: Path) -> None:
    gold = marked(actor_aliases=["Warsaw"], topic_terms_2=[["scheme"]])

    scores = score_rows(
        read_gold(write_gold(tmp_path, [gold])), [predicted(actor="Warsaw", topic="scheme")]
    )

    assert scores.levels["full"].f1 == 1


def test_predictions_for_other_articles_are_left_out_and_counted(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked()]))

    scores = score_rows(gold, [predicted(), predicted(article="b")])

    assert (scores.levels["full"].precision, scores.ignored) == (1.0, 1)


def test_statements_are_paired_within_their_article_only(tmp_path: Path) -> None:
    write_gold(tmp_path, [marked()], name="a")
    gold = read_gold(write_gold(tmp_path, [marked()], name="b"))

    scores = score_rows(gold, [predicted(article="a"), predicted(article="a")])

    assert hits(scores) == [1, 1, 1, 1]
    assert (scores.error_counts["missed"], scores.error_counts["spurious"]) == (1, 1)


# --- statements: pairing ------------------------------------------------------------------------


@pytest.mark.parametrize("is_reversed", [False, True])
def test_pairing_finds_the_pairs_that_a_greedy_one_misses(
    tmp_path: Path, is_reversed: bool
) -> None:
    # The first gold fits both predictions, the second only the one that stands in its sentence.
    gold = read_gold(write_gold(tmp_path, [marked(BOTH), marked(SENTENCES[1])]))
    got = [predicted(SENTENCES[1]), predicted(SENTENCES[0])]

    scores = score_rows(gold, reversed(got) if is_reversed else got)

    assert hits(scores) == [2, 2, 2, 2]
    assert scores.errors == ()


def test_a_prediction_is_right_once(tmp_path: Path) -> None:
    scores = score_rows(read_gold(write_gold(tmp_path, [marked(), marked()])), [predicted()])

    assert scores.levels["full"] == Figures(precision=1.0, recall=0.5, f1=0.6667)


def test_errors_come_from_a_pairing_that_makes_the_best_pairs_first(tmp_path: Path) -> None:
    visit = marked(topic="the visit", topic_terms=[["visit"]])

    scores = score_rows(read_gold(write_gold(tmp_path, [visit, marked()])), [predicted()])

    assert scores.errors == (Error("missed", "a", "Poland opposes the visit", "", SENTENCES[0]),)


def test_an_error_shows_gold_prediction_and_sentence(tmp_path: Path) -> None:
    scores = score_rows(
        read_gold(write_gold(tmp_path, [marked()])),
        [predicted(stance="supports"), predicted(SENTENCES[2], actor="France")],
    )

    assert scores.errors == (
        Error("polarity", "a", "Poland opposes the plan", "Poland supports plan", SENTENCES[0]),
        Error("spurious", "a", "", "France opposes plan", SENTENCES[2]),
    )


GOLD_ROWS = st.builds(
    marked,
    st.sampled_from([*SENTENCES, BOTH, TEXT]),
    actor=st.sampled_from(["Poland", "Germany"]),
    stance=st.sampled_from(["supports", "opposes"]),
    topic_terms=st.sampled_from([[["plan"]], [["plan", "visit"]], [["visit"]]]),
)
PREDICTED_ROWS = st.builds(
    predicted,
    st.sampled_from([*SENTENCES, BOTH]),
    actor=st.sampled_from(["Poland", "Germany"]),
    stance=st.sampled_from(["supports", "opposes"]),
    topic=st.sampled_from(["plan", "visit"]),
)


@given(st.lists(GOLD_ROWS, min_size=1, max_size=4), st.lists(PREDICTED_ROWS, max_size=4))
def test_no_pairing_has_more_pairs_and_every_item_is_right_or_an_error(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], got: list[Row]
) -> None:
    gold = read_gold(write_gold(tmp_path_factory.mktemp("gold"), rows))

    scores = score_rows(gold, got)

    assert hits(scores) == [most_pairs(rows, got, level) for level in (1, 2, 3, 4)]
    errors = scores.error_counts
    half_right = errors["actor"] + errors["polarity"] + errors["topic"]
    assert len(got) - errors["spurious"] - half_right == hits(scores)[3]
    assert len(rows) - errors["missed"] - half_right == hits(scores)[3]


def most_pairs(rows: list[Row], got: list[Row], level: int) -> int:
    """Try every pairing: each gold row with one prediction or with none."""
    choices = [*range(len(got)), *[None] * len(rows)]
    return max(
        sum(
            j is not None and agreement(row, got[j]) >= level
            for row, j in zip(rows, tried, strict=True)
        )
        for tried in set(itertools.permutations(choices, len(rows)))
    )


def agreement(row: Row, got: Row) -> int:
    start = TEXT.index(row["evidence"])
    tests = [
        got["start"] < start + len(row["evidence"]) and start < got["end"],
        got["actor"] == row["actor"],
        got["stance"] == row["stance"],
        got["topic"] in row["topic_terms"][0],
    ]
    return len(list(itertools.takewhile(bool, tests)))


# --- statements: optional gold ------------------------------------------------------------------


def test_optional_gold_costs_nothing_when_missed(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(), marked(SENTENCES[1], sure=False)]))

    scores = score_rows(gold, [predicted()])

    assert scores.levels["full"] == Figures(1.0, 1.0, 1.0)
    assert scores.errors == ()
    assert (scores.counts["gold_sure"], scores.counts["gold_optional"]) == (1, 1)


def test_optional_gold_is_no_false_positive_when_found(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(), marked(SENTENCES[1], sure=False)]))

    scores = score_rows(gold, [predicted(), predicted(SENTENCES[1])])

    assert scores.levels["full"] == Figures(1.0, 1.0, 1.0)
    assert scores.errors == ()


def test_optional_gold_that_is_half_right_is_a_false_positive_and_an_error(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(), marked(SENTENCES[1], sure=False)]))

    scores = score_rows(gold, [predicted(), predicted(SENTENCES[1], stance="supports")])

    assert scores.levels["actor"].precision == 1.0
    assert scores.levels["stance"].precision == 0.5
    assert [(error.type, error.optional) for error in scores.errors] == [("polarity", True)]


def test_sure_gold_comes_before_optional_gold(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(sure=False), marked()]))

    assert score_rows(gold, [predicted()]).levels["full"] == Figures(1.0, 1.0, 1.0)


# --- statements: calibration --------------------------------------------------------------------


def test_calibration_compares_confidence_with_what_is_right(tmp_path: Path) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(), marked(SENTENCES[1], sure=False)]))
    got = [
        predicted(confidence=0.82),
        predicted(SENTENCES[1], confidence=0.88, topic="the visit"),
        predicted(SENTENCES[2], confidence=1),
        predicted(SENTENCES[2], confidence=0.9),
        predicted(SENTENCES[2]),  # a coder states no confidence
    ]

    assert score_rows(gold, got).calibration == (
        Bin("0.8-0.9", 2, mean_confidence=0.85, right_stance=1.0, right_full=0.5),
        Bin("0.9-1.0", 2, mean_confidence=0.95, right_stance=0.0, right_full=0.0),
    )


# --- attributions -------------------------------------------------------------------------------

SPEECH = "He said the plan was dead. Nobody knew why."
HE, PLAN, WHY = (0, 2), (8, 25), (39, 42)


def write_brat(folder: Path, *events: str, coder: str = "x", name: str = "a_b") -> Path:
    """Write events such as "Source 0 2|Content 8 25"."""
    for part in ("text", "attributions"):
        (folder / part).mkdir(exist_ok=True)
    (folder / "text" / f"{name}.txt").write_text(SPEECH)
    lines: list[str] = []
    spans = itertools.count(1)
    for number, event in enumerate(events, start=1):
        links = []
        for role, _, place in (part.partition(" ") for part in event.split("|")):
            links.append(f"{role}:T{next(spans)}")
            lines.append(f"{links[-1].split(':')[1]}\t{role} {place}\twords")
        lines.append(f"E{number}\t" + " ".join(links))
    (folder / "attributions" / f"{name}_{coder}.ann").write_text("\n".join(lines) + "\n")
    return folder


def said(source: tuple[int, int] | None, content: tuple[int, int]) -> Row:
    return {"article": "a_b", "source": source and list(source), "content": list(content)}


@pytest.mark.parametrize(
    ("got", "reached", "errors"),
    [
        (said(HE, PLAN), ["content", "source"], {}),
        (said((0, 7), (8, 17)), ["content", "source"], {}),  # 9 of 17 characters, source overlaps
        (said(WHY, PLAN), ["content"], {"source": 1}),
        (said(None, PLAN), ["content"], {"source": 1}),
        (said(HE, (8, 16)), [], {"spurious": 1, "missed": 1}),  # 8 of 17 characters
    ],
)
def test_an_attribution_needs_half_of_the_content_then_the_source(
    tmp_path: Path, got: Row, reached: list[str], errors: dict[str, int]
) -> None:
    gold = read_gold(write_brat(tmp_path, "Source 0 2|Cue 3 7|Content 8 25"))

    scores = score_rows(gold, [got])

    assert [level for level in ATTRIBUTION_LEVELS if scores.levels[level].f1 == 1] == reached
    assert {kind: count for kind, count in scores.error_counts.items() if count} == errors
    assert scores.counts == {"articles": 1, "gold": 1, "predicted": 1}


def test_exactly_half_of_the_content_is_enough(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Content 8 24"))

    assert score_rows(gold, [said(None, (8, 16))]).levels["content"].f1 == 1
    assert score_rows(gold, [said(None, (8, 15))]).levels["content"].f1 == 0


def test_an_attribution_without_a_source_is_found_without_one(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Cue 3 7|Content 8 25"))

    assert score_rows(gold, [said(None, PLAN)]).levels["source"].f1 == 1
    assert score_rows(gold, [said(HE, PLAN)]).levels["source"].f1 == 0


def test_characters_are_compared_however_the_contents_are_cut_up(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Content 8 25"))

    scores = score_rows(gold, [said(None, (8, 16)), said(None, (15, 25)), said(None, (26, 43))])

    assert scores.levels["char"] == Figures(precision=0.5, recall=1.0, f1=0.6667)
    assert scores.polarity is None


def test_a_content_may_have_gaps_and_parts(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Content 8 11;12 16|Content2 17 25"))

    scores = score_rows(gold, [said(None, PLAN)])

    assert scores.levels["char"] == Figures(precision=0.8824, recall=1.0, f1=0.9375)


def test_events_without_a_content_are_no_attributions(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Source 0 2|Cue 3 7", "Content 8 25"))

    assert score_rows(gold, []).counts["gold"] == 1


def test_of_several_coders_the_first_counts(tmp_path: Path) -> None:
    write_brat(tmp_path, "Content 8 25", "Content 39 42", coder="second")
    gold = read_gold(write_brat(tmp_path, "Content 8 25", coder="first"))

    assert score_rows(gold, []).counts == {"articles": 1, "gold": 1, "predicted": 0}


def test_errors_of_attributions_show_who_and_what(tmp_path: Path) -> None:
    gold = read_gold(write_brat(tmp_path, "Source 0 2|Content 8 25", "Content 27 43"))

    errors = score_rows(gold, [said(None, PLAN)]).errors

    assert errors == (
        Error(
            "source",
            "a_b",
            "He: the plan was dead",
            "(no source): the plan was dead",
            "He said the plan was dead",
        ),
        Error("missed", "a_b", "(no source): Nobody knew why.", "", "Nobody knew why."),
    )


# --- reading ------------------------------------------------------------------------------------


def failure(folder: Path) -> str:
    with pytest.raises(GraphkitError) as caught:
        read_gold(folder)
    return str(caught.value)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    assert failure(tmp_path / "none").startswith(f"{tmp_path / 'none'}: no such folder")


def test_a_file_is_no_gold_folder(tmp_path: Path) -> None:
    write_gold(tmp_path, [])

    assert "a.txt: not a folder" in failure(tmp_path / "a.txt")


def test_a_folder_without_annotations_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    assert failure(tmp_path).startswith(f"{tmp_path}: no gold in this folder")


def test_annotations_need_their_article(tmp_path: Path) -> None:
    write_gold(tmp_path, [marked()])
    (tmp_path / "a.txt").unlink()

    assert failure(tmp_path) == f"{tmp_path / 'a.txt'}: No such file or directory"


def test_a_text_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    write_gold(tmp_path, [marked()])
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")

    assert failure(tmp_path).startswith(f"{tmp_path / 'a.txt'}: 'utf-8' codec can't decode")


def test_evidence_must_stand_in_its_article(tmp_path: Path) -> None:
    write_gold(tmp_path, [marked(), marked("Spain left it open.")])

    place = f"{tmp_path / 'a.jsonl'}:2"
    assert failure(tmp_path) == f"{place}: the evidence is not in the text: 'Spain left it open.'"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON: "),
        ("[1]", "not a JSON object"),
        ("{}", "no field 'evidence'"),
        (json.dumps(marked(actor=None)), "no field 'actor'"),
        (json.dumps(marked(actor=5)), "'actor' cannot be 5"),
        (json.dumps(marked(stance="for")), "the stance 'for' is none of supports, opposes"),
        (json.dumps(marked(sure="no")), "'sure' cannot be \"no\""),
        (json.dumps(marked(actor_aliases="W")), "'actor_aliases' cannot be \"W\""),
        (json.dumps(marked(topic_terms=["plan"])), "'topic_terms' cannot be [\"plan\"]"),
    ],
)
def test_a_bad_line_of_gold_is_told_with_file_and_line(
    tmp_path: Path, line: str, problem: str
) -> None:
    write_gold(tmp_path, [marked()])
    with (tmp_path / "a.jsonl").open("a") as file:
        file.write(f"\n{line}\n")

    assert failure(tmp_path).startswith(f"{tmp_path / 'a.jsonl'}:3: {problem}")


@pytest.mark.parametrize("line", ["T9", "T9\tContent", "T9\tContent 1 b", "E9", "E9\tContent"])
def test_a_bad_line_of_brat_is_told_with_file_and_line(tmp_path: Path, line: str) -> None:
    write_brat(tmp_path, "Content 8 25")
    file = tmp_path / "attributions" / "a_b_x.ann"
    file.write_text(file.read_text() + line)

    assert failure(tmp_path).startswith(f"{file}:3: not brat's format: '{line}'")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"article": None}, "no field 'article'"),
        ({"start": "0"}, "'start' cannot be \"0\""),
        ({"stance": "against"}, "the stance 'against' is none of"),
        ({"confidence": 1.5}, "the confidence 1.5 is not in 0..1"),
        ({"confidence": float("nan")}, "the confidence nan is not in 0..1"),
    ],
)
def test_a_bad_statement_among_the_predictions_is_told_with_its_place(
    tmp_path: Path, change: Row, problem: str
) -> None:
    gold = read_gold(write_gold(tmp_path, [marked()]))
    lines = json.dumps(predicted()) + "\n\n" + json.dumps(predicted(**change))

    with pytest.raises(GraphkitError, match=r"^got\.jsonl:3: ") as caught:
        score(gold, read_rows(lines, "got.jsonl"))

    assert problem in str(caught.value)


@pytest.mark.parametrize("content", [None, [1], [1, 2, 3], ["1", "2"], 7])
def test_a_bad_attribution_among_the_predictions_is_told_with_its_place(
    tmp_path: Path, content: Any
) -> None:
    gold = read_gold(write_brat(tmp_path, "Content 8 25"))

    with pytest.raises(GraphkitError, match=r"^got\.jsonl: .*'content'"):
        score(gold, [("got.jsonl", {"article": "a_b", "content": content})])


def test_a_line_of_json_ends_at_a_newline_only() -> None:
    row = predicted(topic="a\u2028b\x85c")

    assert list(read_rows(json.dumps(row, ensure_ascii=False), "here")) == [("here:1", row)]
