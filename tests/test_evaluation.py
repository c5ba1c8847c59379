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
    is_same_actor,
    is_same_topic,
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


def test_nothing_predicted_scores_zero(tmp_path: Path) -> None:
    scores = score_rows(read_gold(write_gold(tmp_path, [marked()])), [])

    assert set(scores.levels.values()) == {Figures(0.0, 0.0, 0.0)}
    assert scores.measures() == {**dict.fromkeys(STATEMENT_LEVELS, 0.0), "polarity": 0.0}


def test_polarity_is_the_share_with_the_right_stance_where_the_actor_is_right(
    tmp_path: Path,
) -> None:
    gold = read_gold(write_gold(tmp_path, [marked(one) for one in SENTENCES]))
    got = [
        predicted(SENTENCES[0]),
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

    assert scores.errors == (
        Error("missed", "a", "Poland opposes the visit", "", SENTENCES[0]),
    )


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
def test_no_other_pairing_has_more_pairs_and_all_errors_are_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], got: list[Row]
) -> None:
    gold = read_gold(write_gold(tmp_path_factory.mktemp("gold"), rows))

    scores = score_rows(gold, got)

    reach = [[one.level(score_item) for score_item in items_of(gold, got)] for one in gold.items]
    assert hits(scores) == [most_pairs(reach, len(got), level) for level in (1, 2, 3, 4)]
    errors = scores.error_counts
    half_right = errors["actor"] + errors["polarity"] + errors["topic"]
    assert len(got) - errors["spurious"] - half_right == hits(scores)[3]
    assert len(rows) - errors["missed"] - half_right == hits(scores)[3]
