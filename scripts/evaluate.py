#!/usr/bin/env python3
"""Run the quality gate: score the extraction, and hold its figures against quality/floors.json.

The data sets are tests/gold, and those of ../shared/eval where that folder is there. Its scorers
then score the same predictions, too, and must agree. Exit 1 where a figure is below its floor.
"""

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphkit.evaluation import Gold, Kind, Row, Scores, extracted_rows, read_gold, read_rows, score
from graphkit.topic_evaluation import score_topics

if TYPE_CHECKING:
    from graphkit.extract import Extractor

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "eval"
FLOORS = ROOT / "quality" / "floors.json"
MARGIN = 0.01
"""How far a floor stays below the figure: room for a changed reading of a statement or two."""

DATASETS = {
    "gold": ROOT / "tests" / "gold",
    "stances-dev": SHARED / "stances-dev",
    "attributions-dev": SHARED / "attributions-dev",
}
SCORERS: dict[Kind, Path] = {
    "statements": SHARED / "score_stances.py",
    "attributions": SHARED / "score_attributions.py",
}

Floors = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Outcome:
    """What a data set scores; ``has_agreement`` is None where there is no second scorer."""

    scores: Scores
    gold: Gold
    predicted: list[tuple[str, Row]]
    scorer: str
    has_agreement: bool | None

    def measures(self) -> dict[str, float]:
        """Return the figures that a floor can hold."""
        topics = score_topics(self.gold, self.predicted) if self.gold.kind == "statements" else None
        return {**self.scores.measures(), **(topics.measures() if topics else {})}


@click.command(help=__doc__)
@click.option("--halves", is_flag=True, help="Print each half of the articles, too: 1st, 3rd ...")
@click.option("--update", is_flag=True, help="Raise the floors that are exceeded; lower none.")
def main(*, halves: bool, update: bool) -> None:
    """Evaluate each data set that is there, and compare."""
    from graphkit.extract import load_extractor

    extractor = load_extractor()
    floors = read_floors()
    failures: list[str] = []
    for name, folder in DATASETS.items():
        if not folder.is_dir():
            click.echo(
                f"{name}: not evaluated, since there is no ../{folder.relative_to(ROOT.parent)}"
            )
            continue
        outcome = run(folder, extractor)
        measures = outcome.measures()
        report(name, outcome, floors.get(name, {}))
        if halves:
            report_halves(outcome)
        failures += [f"{name}: {line}" for line in below(measures, floors.get(name, {}))]
        if outcome.has_agreement is False:
            failures.append(f"{name}: our figures are not those of {outcome.scorer}")
        if update:
            floors[name] = raised(measures, floors.get(name, {}))
    if update:
        FLOORS.parent.mkdir(exist_ok=True)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    for failure in failures:
        click.echo(failure, err=True)
    sys.exit(bool(failures))


def read_floors() -> Floors:
    """Return the floor of each measure of each data set; none where the file is not there."""
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return floors


def run(folder: Path, extractor: "Extractor") -> Outcome:
    """Extract from the articles of a gold folder, and score that twice."""
    gold = read_gold(folder)
    rows = [row for _, row in extracted_rows(gold.kind, extractor.pipe(gold.articles))]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    predicted = list(read_rows(lines, "predictions"))
    scores = score(gold, predicted)
    scorer = SCORERS[gold.kind]
    theirs = shared_figures(scorer, folder, lines) if scorer.is_file() else None
    has_agreement = None if theirs is None else theirs == scores.figures()
    return Outcome(scores, gold, predicted, scorer.name, has_agreement)


def half(gold: Gold, start: int) -> Gold:
    """Return the gold of every other article."""
    articles = gold.articles[start::2]
    ids = {article.id for article in articles}
    items = tuple(item for item in gold.items if item.article in ids)
    return replace(gold, articles=articles, items=items)


def shared_figures(scorer: Path, folder: Path, predictions: str) -> dict[str, Any]:
    """Return what a scorer of ../shared/eval prints as JSON for predictions in JSON lines."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "predictions.jsonl"
        file.write_text(predictions, encoding="utf-8")
        command = [sys.executable, str(scorer), str(folder), str(file), "--json"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own paths
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def report(name: str, outcome: Outcome, floors: Mapping[str, float]) -> None:
    """Print the figures of a data set beside their floors."""
    counts = ", ".join(f"{number} {kind}" for kind, number in outcome.scores.counts.items())
    agreement = {None: "is not there", True: "agrees", False: "DISAGREES"}[outcome.has_agreement]
    click.echo(f"{name}: {counts.replace('_', ' ')}; {outcome.scorer} {agreement}")
    for measure, figure in outcome.measures().items():
        floor = floors.get(measure)
        held = "no floor" if floor is None else f"floor {floor:.3f}"
        click.echo(f"  {measure:12}{figure:.4f}  {held}")


def report_halves(outcome: Outcome) -> None:
    """Print the figures of the articles with odd and with even numbers side by side."""
    halves = (half(outcome.gold, start) for start in (0, 1))
    odd, even = (score(gold, outcome.predicted).measures() for gold in halves)
    for measure, figure in odd.items():
        click.echo(f"  {measure:12}odd {figure:.4f}  even {even[measure]:.4f}")


def below(measures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """Name each figure that is below its floor; a measure that is gone counts as 0."""
    figures = {measure: measures.get(measure, 0.0) for measure in floors}
    return [
        f"{measure} is {figures[measure]:.4f}, below its floor of {floor}"
        for measure, floor in floors.items()
        if figures[measure] < floor
    ]


def raised(measures: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """Return the floors, each raised to a little below its figure where that is higher."""
    reached = {
        name: math.floor((figure - MARGIN) * 1000) / 1000 for name, figure in measures.items()
    }
    return {
        **floors,
        **{name: max(floor, floors.get(name, 0.0)) for name, floor in reached.items()},
    }


if __name__ == "__main__":
    main()
