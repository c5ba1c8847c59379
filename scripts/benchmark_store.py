"""Measure the named queries and the look-ups on a large store, such as large_store.py makes.

Each query runs through `Store.query` and, in turn, as the same text on pyoxigraph directly; the
ratio is that of the medians. Each look-up is a process of its own, beside
`python -c "import click, pyoxigraph"`. Required parameters are the actor and the topic of a rank
by their statements. Times are those of the clock, and of the processor where that is said: other
work on the machine changes the latter less.

    python scripts/large_store.py big.db --statements 1000000
    python scripts/benchmark_store.py big.db [--rank 10] [--rounds 3]
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from graphkit.queries import bind, shipped_queries
from graphkit.store import Store

IMPORTS = "import click, pyoxigraph"
COMMAND = "import sys; from graphkit.cli import cli; cli(sys.argv[1:])"
RANKED = """
SELECT ?label {
  { SELECT ?thing { ?t gk:tallyOf%s ?thing ; gk:%sTally ?n } ORDER BY DESC(?n) LIMIT %d }
  ?thing skos:prefLabel ?label
} ORDER BY ?label
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--rank", type=int, default=10, help="of the actor and the topic asked for")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with Store.open(options.store, read_only=True) as store:
        values = example_values(store, options.rank)
        queries(store, values, options.rounds)
    look_ups(options.store, values, options.rounds)


def example_values(store: Store, rank: int) -> dict[str, str]:
    """Return what to ask for: the actor and the topic of a rank, and two more actors."""

    def ranked(kind: str, number: int) -> str:
        before, upto = ({*labels(store, kind, n)} for n in (number - 1, number))
        return next(iter(upto - before), next(iter(sorted(upto))))

    rows: Any = store.query(
        "SELECT ?id { ?a a schema:NewsArticle ; dcterms:identifier ?id } LIMIT 1"
    )
    found = {"actor": ranked("Actor", rank), "topic": ranked("Topic", rank)}
    return found | {
        "principal": found["actor"],
        "other": ranked("Actor", rank + 1),
        "article": next(rows)[0].value,
    }


def labels(store: Store, kind: str, number: int) -> list[str]:
    """Return the labels of so many actors or topics with the most statements."""
    rows: Any = store.query(RANKED % (kind, kind.lower(), number))
    return [row[0].value for row in rows]


def queries(store: Store, values: dict[str, str], rounds: int) -> None:
    """Measure each named query with its required parameters."""
    print(f"{'query':20} {'rows':>6} {'seconds':>8} {'processor':>9} {'ratio':>6}")  # noqa: T201
    for query in shipped_queries():
        needed = {one.name: values[one.name] for one in query.parameters if one.is_required}
        text = bind(query, needed, store)
        ours, theirs = lambda text=text: store.query(text), lambda text=text: bare(store, text)
        measured = [(timed(ours), timed(theirs)) for _ in range(rounds)]
        rows, clock, processor = (
            statistics.median(one[0][n] for one in measured) for n in range(3)
        )
        ratio = processor / statistics.median(one[1][2] for one in measured)
        line = f"{query.name:20} {rows:6.0f} {clock:8.2f} {processor:9.2f} {ratio:6.2f}"
        print(line, flush=True)  # noqa: T201 # its purpose


def bare(store: Store, text: str) -> Any:
    """Run a query as one does without graphkit."""
    return store._inner.query(text, use_default_graph_as_union=True)


def timed(call: Callable[[], Any]) -> tuple[int, float, float]:
    """Return the number of rows, and the seconds of clock and processor."""
    clock, processor = time.perf_counter(), time.process_time()
    rows = sum(1 for _ in call())
    return rows, time.perf_counter() - clock, time.process_time() - processor


def look_ups(path: Path, values: dict[str, str], rounds: int) -> None:
    """Measure each look-up as a process, with ten rows, in turn with the bare imports."""
    actor, topic, other = values["actor"], values["topic"], values["other"]
    with Store.open(path, read_only=True) as store:
        statement = store.query(
            f'SELECT ?s {{ ?a skos:prefLabel "{actor}" . ?s gk:actor ?a }} LIMIT 1'
        )
        told = store.iris.statement_id(next(statement)[0].value)  # type: ignore[arg-type, index]
    commands = {
        "actors": ["actors"],
        "topics": ["topics"],
        "actor": ["actor", actor],
        "topic": ["topic", topic],
        "stance": ["stance", actor, topic],
        "timeline": ["timeline", topic],
        "changes": ["changes"],
        "compare": ["compare", actor, other],
        "allies": ["allies", actor],
        "quotes": ["quotes", actor, topic],
        "article": ["article", values["article"]],
        "explain": ["explain", told],
    }
    print(f"\n{'look-up':20} {'seconds':>8} {'ratio':>6}")  # noqa: T201 # its purpose
    for name, words in commands.items():
        limit = [] if name == "explain" else ["-n", "10"]
        command = [COMMAND, *words, *limit, "-s", str(path), "-f", "csv"]
        measured = [(process(command), process([IMPORTS])) for _ in range(rounds)]
        ours, theirs = (statistics.median(one[n] for one in measured) for n in range(2))
        print(f"{name:20} {ours:8.2f} {ours / theirs:6.2f}", flush=True)  # noqa: T201


def process(code: Sequence[str]) -> float:
    """Return how many seconds of the clock a process of Python takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", *code], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
