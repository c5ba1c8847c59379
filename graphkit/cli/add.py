"""``graphkit add``: extract statements from articles and store them."""

import datetime
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.corrections import tell_what_applies_no_more
from graphkit.cli.inputs import load_concepts, load_gazetteer, report
from graphkit.cli.options import article_options, store_option
from graphkit.place import Place
from graphkit.wording import counted

if TYPE_CHECKING:
    from graphkit.article import Article
    from graphkit.errors import ArticleError
    from graphkit.extract import Extractor
    from graphkit.parallel import Crew
    from graphkit.statement import Extraction
    from graphkit.store import Store


@dataclass(slots=True)
class _Tally:
    added: int = 0
    unchanged: int = 0
    statements: int = 0
    imported: frozenset[str] = frozenset()
    """The ids of articles that were stored by `graphkit import` before."""
    replaced: list[str] = field(default_factory=list)
    """Those of them that what was extracted took the place of."""


@click.command()
@article_options
@click.option("--force", is_flag=True, help="Extract anew from unchanged articles, too.")
@store_option
def add(
    inputs: tuple[str, ...],
    date: datetime.date | None,
    model: str | None,
    lexicon: Path | None,
    gazetteer: tuple[Path, ...],
    codebook: Path | None,
    jobs: int,
    force: bool,
    store: Place,
) -> None:
    """Extract statements from articles and store them.

    Each article is stored as a whole or not at all. One that was stored before is replaced, even
    if it was imported, which is told; it is skipped if neither it nor graphkit, the pipeline, the
    lexicon or the gazetteer has changed. The store keeps the codebook, and a new one moves what is
    stored already, as `graphkit topics import` does; it keeps neither lexicon nor gazetteer: give
    them each time.
    PATH is what `graphkit extract` takes.

    \b
    Example:
      graphkit add articles/
      graphkit add articles/ --codebook topics.ttl -s debate.db
      zcat articles.jsonl.gz | graphkit add -
    """
    from graphkit.coding import origin_of
    from graphkit.parallel import load_extractors
    from graphkit.reading import read_articles
    from graphkit.settings import describe_settings
    from graphkit.store import Store

    problems: list[ArticleError] = []
    tally = _Tally()
    articles = read_articles(inputs, default_date=date, on_error=problems.append)
    is_sound = True
    first = next(articles, None)  # bad input is told before a store is made
    if first is not None:
        concepts = load_concepts(codebook)
        names, is_sound = load_gazetteer(gazetteer)
        load = partial(load_extractors, jobs, model, lexicon=lexicon, gazetteer=names)
        early = None if store.exists() else load()  # and so is what is bad of these
        with Store.open(store) as opened, _telling_what_is_stored(tally, store):
            if concepts:
                opened.add_concepts(concepts)
            settings = describe_settings(model, lexicon, (), gazetteer)
            known = opened.digests()
            tally.imported = frozenset(name for name, told in known.items() if origin_of(told))
            known = {} if force else known
            changed = _iter_changed(chain([first], articles), known, settings, tally)
            extract = partial(_extract, load=lambda: early or load(), on_error=problems.append)
            _add_articles(extract(changed), opened, settings, tally)
            tell_what_applies_no_more(opened)
    report(problems)
    if first is not None:
        click.echo(_summary(tally, len(problems)), err=True)
    if problems or not is_sound:
        sys.exit(1)


def _iter_changed(
    articles: Iterable["Article"], known: dict[str, str], settings: str, tally: _Tally
) -> Iterator["Article"]:
    from graphkit.rdf import fingerprint

    for article in articles:
        if known.get(article.id) == fingerprint(article, settings):
            tally.unchanged += 1
        else:
            yield article


def _extract(
    articles: Iterator["Article"],
    load: Callable[[], "Extractor | Crew"],
    on_error: Callable[["ArticleError"], None],
) -> Generator["Extraction", None, None]:
    """Extract from articles; no pipeline is loaded where there are none."""
    first = next(articles, None)
    if first is not None:
        with closing(load().pipe(chain([first], articles), on_error)) as found:  # at Ctrl-C, too
            yield from found


def _add_articles(
    extractions: Generator["Extraction", None, None], store: "Store", settings: str, tally: _Tally
) -> None:
    with closing(extractions), _progress(tally) as advance:
        for extraction in extractions:
            store.add(extraction, settings)
            tally.added += 1
            tally.statements += len(extraction.statements)
            tally.replaced += tally.imported & {extraction.article.id}
            advance()


@contextmanager
def _telling_what_is_stored(tally: _Tally, store: Place) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"interrupted; {counted(tally.added, 'article')} added and safe in {store}"
        ) from None
    finally:
        if tally.replaced:
            click.echo(_replaced(tally.replaced), err=True)


def _replaced(articles: Sequence[str]) -> str:
    from graphkit.importing.parcel import some_of

    return (
        f"what was imported of {some_of(articles)} is replaced by what was extracted; `graphkit "
        "import --overwrite` brings it back"
    )


@contextmanager
def _progress(tally: _Tally) -> Iterator[Callable[[], None]]:
    """Show how far the work is, on a terminal; yield what is to be called after each article."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def advance() -> None:
            done = f"{counted(tally.added, 'article')}, {counted(tally.statements, 'statement')}"
            progress.update(task, description=done)

        yield advance


def _summary(tally: _Tally, failed: int) -> str:
    articles = (
        f"{counted(tally.added, 'article')} added, {tally.unchanged} unchanged, {failed} failed"
    )
    return f"{articles}; {counted(tally.statements, 'statement')}" if tally.added else articles
