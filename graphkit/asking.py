"""Ask a store in SPARQL: prepare the text, run it, and write, explain or apply what it says."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, BinaryIO, cast

import pyoxigraph

from graphkit.database import explained_errors
from graphkit.errors import QueryError
from graphkit.output import Answer, write_answer
from graphkit.quad_store import Results
from graphkit.queries import Query, bind, bound_terms
from graphkit.results import write_results
from graphkit.sparql import check_syntax, declare_prefixes, is_update, limit_rows, syntax_error
from graphkit.store import Store

_COMPARED = 500_000  # quads before and after an update that are compared in three seconds
_GRAPHS = "SELECT (COUNT(?graph) AS ?graphs) WHERE { GRAPH ?graph {} }"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query with the values of its parameters, and what it may do.

    `graphs`, where given, are the IRIs of those that make up its default graph, and of those that
    it can name, whatever its FROM says.
    """

    query: Query
    values: Mapping[str, str]
    limit: int | None = None
    allow_network: bool = False
    graphs: tuple[Sequence[str], Sequence[str]] | None = None

    @property
    def is_update(self) -> bool:
        """Whether it changes the store."""
        return is_update(self.query.text)


@dataclass(frozen=True, slots=True)
class Change:
    """What an update changed: the quads that it added and removed, and those there are now.

    In a large store, and on a server, the first two are not known one by one; they are then the
    difference.
    """

    added: int
    removed: int
    total: int
    is_exact: bool


def prepare(question: Question, store: Store, *, is_partial: bool = False) -> str:
    """Return the text that is sent to the engine: with values, limit and all prefixes.

    Required values may lack where `is_partial`. Raise QueryError if it is no SPARQL, or would use
    the network and may not; see also `bound_terms`.
    """
    text = bind(question.query, question.values, store, is_partial=is_partial)
    prefixes, allow_network = store.iris.prefixes, question.allow_network
    check_syntax(text, prefixes, allow_network=allow_network)
    if question.limit is not None:
        text = limit_rows(text, question.limit, prefixes, allow_network=allow_network)
    sent = declare_prefixes(text, prefixes)
    check_syntax(sent, prefixes, allow_network=allow_network)  # just that which is sent
    return sent


def answer(
    question: Question, store: Store, format: str, stream: BinaryIO, *, is_terminal: bool
) -> None:
    """Write what a query gives as one of RESULT_FORMATS; see `write_results`."""
    with engine_errors():
        results = ask(question, store)
        prefixes = store.iris.prefixes
        write_results(results, format, stream, prefixes=prefixes, is_terminal=is_terminal)


def ask(question: Question, store: Store) -> Results:
    """Return what a query gives. What fails while it is read is for `engine_errors`."""
    text = prepare(question, store)
    if question.graphs is None:
        return store.query(text)
    nodes: Iterator[list[Any]] = (
        [pyoxigraph.NamedNode(iri) for iri in iris] for iris in question.graphs
    )
    default, named = nodes
    database = cast(pyoxigraph.Store, store._inner)  # `graphkit serve` takes no server's store
    return database.query(text, default_graph=default, named_graphs=named)


def explain(question: Question, store: Store, format: str, stream: BinaryIO) -> None:
    """Write what is sent to the engine, over which graphs, how many rows come and how soon.

    The engine does not show its plan. `format` is one of ROW_FORMATS; times are in milliseconds.
    """
    text = prepare(question, store)
    with engine_errors():
        start = time.perf_counter()
        results = store.query(text)
        times = [time.perf_counter() - start for _ in _rows(results)]
        end = time.perf_counter() - start
    facts = {
        "query": question.query.name,
        "question": question.query.question,
        "notes": question.query.notes,
        **({} if format == "table" else {"text": text}),
        "graphs": _graphs(store),
        "rows": len(times),
        "first_row_ms": round(1000 * times[0], 1) if times else None,
        "all_rows_ms": round(1000 * end, 1),
    }
    terms = bound_terms(question.query, question.values, store)
    rows = [{"parameter": name, "term": term} for name, term in terms.items()]
    if format == "table":
        stream.write(text.rstrip().encode() + b"\n\n")
    write_answer(Answer(facts, "parameters", ("parameter", "term"), rows), format, stream)


def apply(question: Question, store: Store) -> Change:
    """Carry out an update in one transaction, and return what it changed.

    The store has to be open for writing. Nothing follows from what an update adds: the graphs that
    all articles share stay as they are. Raise QueryError as `prepare` does.
    """
    text = prepare(question, store)
    database = store._inner
    with explained_errors(store.path), engine_errors():
        total = len(database)
        is_compared = isinstance(database, pyoxigraph.Store) and total <= _COMPARED
        before = iter(database) if is_compared else None  # reads what is there by now
        try:
            database.update(text)
        except SyntaxError as error:
            raise syntax_error(text, error) from error
        left = len(database)
        if before is None:
            return Change(max(left - total, 0), max(total - left, 0), left, is_exact=False)
        added, removed = _difference(before, iter(database))
        return Change(added, removed, left, is_exact=True)


def _difference(before: Iterator[Any], after: Iterator[Any]) -> tuple[int, int]:
    """Count what only `after` and what only `before` has; memory grows with these alone.

    Both come in the same order, so that what they share soon meets.
    """
    removed: set[Any] = set()
    added: set[Any] = set()
    for old, new in zip_longest(before, after):
        if old != new:
            for quad, own, other in ((old, removed, added), (new, added, removed)):
                if quad in other:
                    other.remove(quad)
                elif quad is not None:
                    own.add(quad)
    return len(added), len(removed)


@contextmanager
def engine_errors() -> Iterator[None]:
    """Turn what the engine raises while it works into a QueryError; a full disk has a number."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise QueryError(f"The query failed: {' '.join(str(error).split())[:200]}") from error


def _rows(results: Any) -> Iterator[Any]:
    yield from [results] if isinstance(results, pyoxigraph.QueryBoolean) else results


def _graphs(store: Store) -> str:
    rows: Any = store.query(_GRAPHS)
    return f"all {next(rows)['graphs'].value} as one, unless FROM names some"
