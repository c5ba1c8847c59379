"""``graphkit evaluate``: what it scores, what it prints, and what it says about bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphkit.cli import cli

SENTENCE = "Poland rejected sending ground troops to Ukraine."
TEXT = f"{SENTENCE} Germany supports the plan."
GOLD = {
    "actor": "Poland",
    "stance": "opposes",
    "topic": "ground troops in Ukraine",
    "evidence": SENTENCE,
    "topic_terms": [["troops"], ["Ukraine"]],
}
PREDICTED = {
    "article": "a",
    "actor": "Poland",
    "stance": "supports",
    "topic": "ground troops",
    "start": 0,
    "end": len(SENTENCE),
    "confidence": 0.8,
}
CODEBOOK = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://example.org/mission> a skos:Concept ;
  skos:prefLabel "military mission"@en ; skos:altLabel "sending ground troops"@en .
"""


def evaluate(*args: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, args)], input=stdin)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "gold")


def write_gold(folder: Path, **changes: Any) -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "a.jsonl").write_text(json.dumps({**GOLD, **changes}))
    return folder


@pytest.fixture
def brat_gold(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "b.txt").write_text("He said it was over.")
    lines = "T1\tSource 0 2\tHe\nT2\tContent 8 19\tit was over\nE1\tSource:T1 Content:T2\n"
    (tmp_path / "attributions" / "b_coder.ann").write_text(lines)
    return tmp_path


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    file = tmp_path / "predictions.jsonl"
    file.write_text(json.dumps(PREDICTED) + "\n")
    return file


def test_without_predictions_it_extracts(gold: Path) -> None:
    result = evaluate(gold, "-f", "json")

    assert result.exit_code == 0
    figures = {"precision": 0.5, "recall": 1.0, "f1": 0.6667}
    assert json.loads(result.stdout) == {
        "articles": 1,
        "gold_sure": 1,
        "gold_optional": 0,
        "predicted": 2,
        **dict.fromkeys(("located", "actor", "stance", "full"), figures),
        "polarity": 1.0,
        "error_counts": {"actor": 0, "polarity": 0, "topic": 0, "spurious": 1, "missed": 0},
    }


def test_the_codebook_gives_topics_their_labels(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", topic_terms=[["mission"]])
    (tmp_path / "topics.ttl").write_text(CODEBOOK)

    result = evaluate(gold, "--codebook", tmp_path / "topics.ttl", "-f", "json")

    assert json.loads(result.stdout)["full"]["recall"] == 1.0


def test_a_gazetteer_changes_what_is_extracted(gold: Path, tmp_path: Path) -> None:
    gazetteer = tmp_path / "mine.csv"
    gazetteer.write_text("name,aliases\nPolish Cabinet,Poland\n,\n")

    result = evaluate(gold, "--gazetteer", gazetteer, "-f", "json")

    assert json.loads(result.stdout)["actor"]["f1"] == 0
    assert result.exit_code == 1
    assert result.stderr.startswith(f"graphkit: {gazetteer}:3: ")


def test_a_lexicon_changes_what_is_extracted(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[verbs.support]\nremove = ["support"]')

    result = evaluate(gold, "--lexicon", tmp_path / "mine.toml", "-f", "json")

    assert json.loads(result.stdout)["predicted"] == 1


def test_attributions_are_scored_where_the_gold_holds_them(brat_gold: Path) -> None:
    result = evaluate(brat_gold, "-f", "json")

    scores = json.loads(result.stdout)
    assert (scores["gold"], scores["source"]["f1"]) == (1, 1.0)
    assert "polarity" not in scores


def test_the_table_shows_figures_and_types_of_errors(gold: Path, predictions: Path) -> None:
    rows = [
        line.split() for line in evaluate(gold, "--predictions", predictions).stdout.split("\n")
    ]

    assert ["gold", "sure", "1"] in rows
    assert ["actor", "1.000", "1.000", "1.000"] in rows
    assert ["stance", "0.000", "0.000", "0.000"] in rows
    assert ["polarity", "1"] in rows


def test_predictions_come_from_standard_input(gold: Path, predictions: Path) -> None:
    by_file = evaluate(gold, "--predictions", predictions)

    by_pipe = evaluate(gold, "--predictions", "-", stdin=predictions.read_text())

    assert by_pipe.stdout == by_file.stdout
    assert by_pipe.exit_code == 0


def test_errors_are_listed_with_gold_prediction_and_sentence(gold: Path, predictions: Path) -> None:
    text = evaluate(gold, "--predictions", predictions, "--errors").stdout

    assert "Poland opposes ground troops in Ukraine" in " ".join(text.split())
    assert f"    {SENTENCE}" in text.split("\n")


def test_errors_in_json_have_all_fields(gold: Path, predictions: Path) -> None:
    result = evaluate(gold, "--predictions", predictions, "--errors", "-f", "json")

    assert json.loads(result.stdout)["errors"] == [
        {
            "type": "polarity",
            "article": "a",
            "gold": "Poland opposes ground troops in Ukraine",
            "got": "Poland supports ground troops",
            "sentence": SENTENCE,
            "optional": False,
        }
    ]


def test_calibration_is_shown_on_demand(gold: Path, predictions: Path) -> None:
    result = evaluate(gold, "--predictions", predictions, "--calibration")

    assert ["0.8-0.9", "1", "0.800", "0.000", "0.000"] in [
        line.split() for line in result.stdout.split("\n")
    ]
    assert "0.8-0.9" not in evaluate(gold, "--predictions", predictions).stdout


def test_topics_are_compared_on_demand(gold: Path, predictions: Path) -> None:
    result = evaluate(gold, "--predictions", predictions, "--topics")

    rows = [line.split() for line in result.stdout.split("\n")]
    assert ["each", "article", "concepts", "1.000", "1.000", "1.000"] in rows
    assert ["all", "together", "equal", "strings", "1.000", "1.000", "1.000"] in rows
    assert "equal strings" not in evaluate(gold, "--predictions", predictions).stdout


def test_topics_in_json_have_all_figures(gold: Path, predictions: Path) -> None:
    result = evaluate(gold, "--predictions", predictions, "--topics", "-f", "json")

    topics = json.loads(result.stdout)["topics"]
    assert (topics["statements"], topics["gold_topics"], topics["found_concepts"]) == (1, 1, 1)
    assert topics["all_together"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


@pytest.mark.parametrize("option", ["--calibration", "--topics"])
def test_calibration_and_topics_need_statements(brat_gold: Path, option: str) -> None:
    result = evaluate(brat_gold, option)

    assert result.exit_code == 2
    assert f"{option} needs statements" in result.stderr


@pytest.mark.parametrize("option", ["--model", "--lexicon", "--gazetteer", "--codebook"])
def test_what_is_only_for_extraction_is_refused_with_predictions(
    gold: Path, predictions: Path, option: str
) -> None:
    assert evaluate(gold, "--predictions", predictions, option, "en").exit_code == 2


def test_predictions_for_other_articles_are_told(gold: Path) -> None:
    result = evaluate(
        gold, "--predictions", "-", stdin=json.dumps({**PREDICTED, "article": "elsewhere"})
    )

    note = f"graphkit: 1 predictions left out: their articles are not in {gold}\n"
    assert (result.exit_code, result.stderr) == (0, note)


@pytest.mark.parametrize(
    ("line", "problem"), [("{", "not JSON"), ('{"article": "a"}', "no field 'start'")]
)
def test_a_bad_line_of_predictions_is_one_line_on_stderr(
    gold: Path, line: str, problem: str
) -> None:
    result = evaluate(gold, "--predictions", "-", stdin=f"{json.dumps(PREDICTED)}\n{line}\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"graphkit: standard input:2: {problem}")
    assert result.stderr.count("\n") == 1


def test_a_missing_gold_folder_is_one_line_on_stderr(tmp_path: Path) -> None:
    result = evaluate(tmp_path / "none")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"graphkit: {tmp_path / 'none'}: no such folder")
    assert result.stderr.count("\n") == 1


def test_a_missing_file_of_predictions_is_one_line_on_stderr(gold: Path) -> None:
    result = evaluate(gold, "--predictions", gold / "none.jsonl")

    assert result.exit_code == 1
    assert result.stderr == f"graphkit: {gold / 'none.jsonl'}: No such file or directory\n"


def test_a_binary_file_of_predictions_is_one_line_on_stderr(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00")

    result = evaluate(gold, "--predictions", tmp_path / "binary.jsonl")

    assert result.exit_code == 1
    assert result.stderr.startswith(f"graphkit: {tmp_path / 'binary.jsonl'}: 'utf-8' codec")
