"""``graphkit evaluate``: how good the extraction is, measured against gold."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.inputs import load_concepts, load_gazetteer
from graphkit.cli.options import extraction_options, format_option

if TYPE_CHECKING:
    from graphkit.evaluation import Gold, Scores
    from graphkit.extract import Extractor
    from graphkit.extract.gazetteer import Gazetteer
    from graphkit.output import Answer
    from graphkit.topic_evaluation import TopicScores


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(allow_dash=True),
    metavar="FILE.jsonl",
    help="Score what `graphkit extract` wrote, or what a coder marked; - is standard input.",
)
@click.option("--errors", is_flag=True, help="List each error with its sentence.")
@click.option("--calibration", is_flag=True, help="Compare confidence with how often it is right.")
@click.option("--topics", is_flag=True, help="Compare concepts with gold topics, by B-cubed.")
@extraction_options
@format_option("table", "json", default="table")
def evaluate(
    gold: Path,
    predictions: str | None,
    errors: bool,
    calibration: bool,
    topics: bool,
    model: str | None,
    lexicon: Path | None,
    gazetteer: tuple[Path, ...],
    codebook: Path | None,
    format: str,
) -> None:
    """Score the extraction against what people marked by hand.

    GOLD is a folder: of <id>.txt with <id>.jsonl, one statement a line, or of text/<id>.txt with
    attributions/<id>_<coder>.ann in brat's format. A gold statement has the fields actor, stance,
    topic, evidence, and may have actor_aliases, topic_terms and sure.

    \b
    Precision, recall and F1 stand at levels that each ask for more:
      located   the evidence overlaps        content  the contents overlap by half
      actor     and the actor is right       source   and the source is right
      stance    and the stance is right      char     characters of all contents
      full      and the topic is right

    With --topics, statements that are located are items, gold topics their true clusters, and the
    concepts on which their topics land the found ones; clusters of equal strings stand beside them.
    Each article on its own and all together, both averaged over statements.

    \b
    Example:
      graphkit evaluate tests/gold
      graphkit evaluate tests/gold --errors --calibration
      graphkit evaluate tests/gold --topics
      graphkit extract tests/gold/*.txt | graphkit evaluate tests/gold --predictions - -f json
    """
    from graphkit.evaluation import read_gold, score
    from graphkit.topic_evaluation import score_topics

    if predictions and (model or lexicon or gazetteer or codebook):
        message = "--model, --lexicon, --gazetteer and --codebook have no use with --predictions."
        raise click.UsageError(message)
    marked = read_gold(gold)
    if (calibration or topics) and marked.kind == "attributions":
        option = "--calibration" if calibration else "--topics"
        raise click.UsageError(f"{option} needs statements; this gold holds attributions.")
    names, is_sound = load_gazetteer(gazetteer)
    load = partial(_load, model, codebook, lexicon, names)
    rows = list(_read(predictions) if predictions else _extract(marked, load))
    scores = score(marked, rows)
    clusters = score_topics(marked, rows, load_concepts(codebook)) if topics else None
    if scores.ignored:
        note = f"{scores.ignored} predictions left out: their articles are not in {gold}"
        click.echo(f"graphkit: {note}", err=True)
    parts = ["calibration"] * calibration + ["errors"] * errors
    if format == "json":
        values = _as_json(scores, parts) | ({"topics": asdict(clusters)} if clusters else {})
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
    else:
        _print_tables([*_iter_answers(scores, parts), *_iter_topic_answers(clusters)])
    if not is_sound:
        sys.exit(1)


def _read(file: str) -> Iterator[tuple[str, Any]]:
    from graphkit.errors import GraphkitError
    from graphkit.evaluation import read_rows

    place = "standard input" if file == "-" else file
    try:
        with click.open_file(file, encoding="utf-8") as stream:
            text = stream.read()
    except UnicodeDecodeError as error:
        raise GraphkitError(f"{place}: {error}") from error
    return read_rows(text, place)


def _load(
    model: str | None, codebook: Path | None, lexicon: Path | None, gazetteer: "Gazetteer | None"
) -> "Extractor":
    from graphkit.extract import load_extractor

    return load_extractor(model, load_concepts(codebook), lexicon, gazetteer)


def _extract(gold: "Gold", load: Callable[[], "Extractor"]) -> Iterator[tuple[str, Any]]:
    from rich.console import Console
    from rich.progress import track

    from graphkit.evaluation import extracted_rows

    extractions = track(
        load().pipe(gold.articles),
        "extracting",
        total=len(gold.articles),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    return extracted_rows(gold.kind, extractions)


def _as_json(scores: "Scores", parts: list[str]) -> dict[str, Any]:
    return {
        **scores.figures(),
        **({} if scores.polarity is None else {"polarity": scores.polarity}),
        "error_counts": scores.error_counts,
        **{part: [asdict(row) for row in getattr(scores, part)] for part in parts},
    }


def _print_tables(answers: list["Answer"]) -> None:
    from graphkit.output import open_output, write_answer

    with open_output("-") as stream:
        for number, answer in enumerate(answers):
            stream.write(b"\n" * bool(number))
            write_answer(answer, "table", stream)


def _iter_answers(scores: "Scores", parts: list[str]) -> Iterator["Answer"]:
    from graphkit.output import Answer

    facts: dict[str, Any] = dict(scores.counts)
    if scores.polarity is not None:
        facts["polarity right where the actor is"] = f"{scores.polarity:.3f}"
    figures = [{"level": name, **asdict(level)} for name, level in scores.levels.items()]
    yield _table("levels", figures, facts)
    yield _table("errors", [{"error": k, "count": n} for k, n in scores.error_counts.items()])
    if "calibration" in parts:
        yield _table("statements with a confidence", [asdict(one) for one in scores.calibration])
    if "errors" in parts:
        rows = [{**asdict(one), "optional": "optional" * one.optional} for one in scores.errors]
        columns = ("type", "gold", "got", "optional", "sentence")
        yield Answer({}, "errors", columns, rows, group_by="article", below=("sentence",))


def _iter_topic_answers(scores: "TopicScores | None") -> Iterator["Answer"]:
    if scores is None:
        return
    facts = {
        "statements located": scores.statements,
        "gold topics": scores.gold_topics,
        "concepts": scores.found_concepts,
    }
    yield _table("topics by B-cubed", scores.rows(), facts)


def _table(name: str, rows: list[dict[str, Any]], facts: dict[str, Any] | None = None) -> "Answer":
    """Show shares with three digits, which lets their columns stand aligned."""
    from graphkit.output import Answer

    shown = [
        {key: f"{value:.3f}" if isinstance(value, float) else value for key, value in row.items()}
        for row in rows
    ]
    return Answer(facts or {}, name, tuple(rows[0]) if rows else (), shown)
