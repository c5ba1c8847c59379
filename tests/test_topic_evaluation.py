"""Topic evaluation: B-cubed of the concepts on which located statements land."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.codebook import Concept
from graphkit.errors import GraphkitError
from graphkit.evaluation import Figures, Gold, read_gold
from graphkit.topic_evaluation import TopicScores, b_cubed, score_topics

ACTORS = ("Ada Var", "Bo Lind", "Cy Moss", "Di Holt")
SENTENCES = {actor: f"{actor} spoke." for actor in ACTORS}
TEXT = " ".join(SENTENCES.values())
clusters = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12)


def gold(folder: Path, **topics: list[str]) -> Gold:
    """Write articles in which the first actors hold the topics, one each."""
    for article, held in topics.items():
        (folder / f"{article}.txt").write_text(TEXT)
        rows = [
            {"actor": actor, "stance": "opposes", "topic": topic, "evidence": SENTENCES[actor]}
            for actor, topic in zip(ACTORS, held, strict=False)
        ]
        (folder / f"{article}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return read_gold(folder)


def predicted(**topics: list[str]) -> list[tuple[str, dict[str, Any]]]:
    rows = []
    for article, held in topics.items():
        for actor, topic in zip(ACTORS, held, strict=False):
            start = TEXT.index(SENTENCES[actor])
            span = {"start": start, "end": start + len(SENTENCES[actor])}
            row = {"article": article, "actor": actor, "stance": "opposes", "topic": topic, **span}
            rows.append(("here", row))
    return rows


def test_wordings_of_one_issue_are_one_cluster(tmp_path: Path) -> None:
    marked = gold(tmp_path, a=["troops in Chad"] * 2 + ["tolls"])

    scores = score_topics(
        marked, predicted(a=["sending soldiers to Chad", "troops in Chad", "tolls"])
    )

    assert (scores.statements, scores.gold_topics, scores.found_concepts) == (3, 2, 2)
    assert scores.each_article == scores.all_together == Figures(1.0, 1.0, 1.0)
    assert scores.each_article_strings == Figures.of_shares(1.0, 2 / 3)


def test_only_all_together_clusters_reach_across_articles(tmp_path: Path) -> None:
    marked = gold(tmp_path, a=["tolls"], b=["trams"])

    scores = score_topics(marked, predicted(a=["the charge"], b=["the charge"]))

    assert scores.each_article == Figures(1.0, 1.0, 1.0)
    assert scores.all_together == scores.all_together_strings == Figures.of_shares(0.5, 1.0)


def test_a_codebook_decides_which_wordings_are_one(tmp_path: Path) -> None:
    marked = gold(tmp_path, a=["tolls", "tolls"])
    rows = predicted(a=["road pricing", "tolls"])

    codebook = [Concept("tolls", ("road pricing",))]

    assert score_topics(marked, rows).found_concepts == 2
    assert score_topics(marked, rows, codebook).found_concepts == 1


def test_statements_without_a_partner_do_not_count(tmp_path: Path) -> None:
    marked = gold(tmp_path, a=["tolls", "tolls", "tolls"])

    scores = score_topics(marked, [*predicted(a=["tolls"]), *predicted(elsewhere=["trams"])])

    assert (scores.statements, scores.gold_topics, scores.found_concepts) == (1, 1, 1)


def test_nothing_located_scores_nothing(tmp_path: Path) -> None:
    scores = score_topics(gold(tmp_path, a=["tolls"]), [])

    assert (scores.statements, scores.each_article) == (0, Figures(0.0, 0.0, 0.0))


def test_attributions_have_no_topics() -> None:
    with pytest.raises(GraphkitError, match="topics need gold statements"):
        score_topics(Gold("attributions", (), ()), [])


def test_the_table_has_concepts_beside_strings() -> None:
    figures = [Figures.of_shares(share, share) for share in (0.1, 0.2, 0.3, 0.4)]

    rows = TopicScores(1, 1, 1, *figures).rows()

    assert [(row["articles"], row["clusters"], row["f1"]) for row in rows] == [
        ("each article", "concepts", 0.1),
        ("each article", "equal strings", 0.2),
        ("all together", "concepts", 0.3),
        ("all together", "equal strings", 0.4),
    ]


@given(clusters)
def test_b_cubed_is_the_mean_over_items(pairs: list[tuple[int, int]]) -> None:
    precision = recall = 0.0
    for gold_cluster, found in pairs:
        both = pairs.count((gold_cluster, found))
        precision += both / sum(pair[1] == found for pair in pairs) / len(pairs)
        recall += both / sum(pair[0] == gold_cluster for pair in pairs) / len(pairs)

    figures = b_cubed(pairs)

    assert figures.precision == pytest.approx(precision, abs=1e-4)
    assert figures.recall == pytest.approx(recall, abs=1e-4)
