"""``graphkit extract``: articles in, statements out, no store involved."""

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from graphkit.cli.inputs import load_concepts, load_gazetteer, report
from graphkit.cli.options import article_options, format_option, output_option

if TYPE_CHECKING:
    from graphkit.errors import ArticleError
    from graphkit.statement import Extraction

Writer = Callable[[Iterable["Extraction"], str, BinaryIO], None]

_RDF_FORMATS = ("ttl", "trig")


@click.command()
@article_options
@click.option("--attributions", is_flag=True, help="Who said what, with or without a stance.")
@format_option("jsonl", "csv", "table", *_RDF_FORMATS)
@output_option
def extract(
    inputs: tuple[str, ...],
    date: datetime.date | None,
    model: str | None,
    lexicon: Path | None,
    gazetteer: tuple[Path, ...],
    codebook: Path | None,
    jobs: int,
    attributions: bool,
    format: str,
    output: str,
) -> None:
    """Print the statements found in articles; nothing is stored.

    PATH is a text file, with or without front matter (title, date, source, url), a JSONL file with
    one article a line, or a folder of such files; - is standard input, as text or as JSONL.

    \b
    Example:
      graphkit extract article.txt
      graphkit extract articles/ --codebook topics.ttl -o statements.csv
      graphkit extract articles/ --lexicon my-words.toml --gazetteer my-actors.csv
      zcat articles.jsonl.gz | graphkit extract - -f jsonl
    """
    from graphkit.output import open_output
    from graphkit.parallel import load_extractors
    from graphkit.reading import read_articles

    if attributions and format in _RDF_FORMATS:
        raise click.UsageError(f"--attributions has no form in {format}; use jsonl, csv or table.")
    write = _writer(format, attributions=attributions)
    problems: list[ArticleError] = []
    articles = read_articles(inputs, default_date=date, on_error=problems.append)
    is_sound = True
    first = next(articles, None)  # bad input is told before the model takes its seconds to load
    if first is not None:
        names, is_sound = load_gazetteer(gazetteer)
        extractor = load_extractors(jobs, model, load_concepts(codebook), lexicon, names)
        found = closing(extractor.pipe(chain([first], articles), problems.append))  # at Ctrl-C, too
        with open_output(output) as stream, found as extractions:
            write(extractions, format, stream)
    report(problems)
    if problems or not is_sound:
        sys.exit(1)


def _writer(format: str, *, attributions: bool) -> Writer:
    if format in _RDF_FORMATS:
        return _write_rdf
    return _write_attributions if attributions else _write_statements


def _write_statements(extractions: Iterable["Extraction"], format: str, stream: BinaryIO) -> None:
    from graphkit.export.tables import write_csv, write_jsonl
    from graphkit.output import Answer, write_answer

    if format == "jsonl":
        for extraction in extractions:
            write_jsonl(extraction.statements, stream)
            stream.flush()  # whoever reads the pipe has each article once it is done
        return
    statements = chain.from_iterable(extraction.statements for extraction in extractions)
    if format == "csv":
        write_csv(statements, stream)
        return
    columns = ("article", "actor", "stance", "topic", "evidence")
    rows = [{name: getattr(found, name) for name in columns} for found in statements]
    write_answer(Answer({}, "statements", columns, rows, group_by="article"), "table", stream)


def _write_attributions(extractions: Iterable["Extraction"], format: str, stream: BinaryIO) -> None:
    """Write offsets for programs and words for people."""
    from graphkit.output import write_rows

    columns = ("article", "source", "cue", "content", "speaker", "quote")
    rows = (row for extraction in extractions for row in _attribution_rows(extraction, format))
    write_rows(rows, columns, format, stream)


def _attribution_rows(extraction: "Extraction", format: str) -> Iterator[dict[str, Any]]:
    text = extraction.article.text
    for attribution in extraction.attributions:
        row = attribution.to_json()
        for name in ("source", "cue", "content"):
            if row[name] is None or format == "jsonl":
                continue
            start, end = row[name]
            row[name] = f"{start}:{end}" if format == "csv" else text[start:end]
        yield row


def _write_rdf(extractions: Iterable["Extraction"], format: str, stream: BinaryIO) -> None:
    from graphkit.export.linked import write_linked_data
    from graphkit.store import Store

    with Store.open(None) as store:
        for extraction in extractions:
            store.add(extraction)
        write_linked_data(store, format, stream)
