#!/usr/bin/env python3
"""Measure loading a dump of a store against Oxigraph's own bulk load of the same file.

Each way is a process of its own, and they take turns; the figure is the median of the ratios of
each round, by the clock and by the processors. Memory is the most that a process takes, and has to
stay about the same for the larger store. `restore`, `Store.load` and an import of a backup into an
empty store load what is there; `import, anew` works out links and shared graphs of each article.

    python scripts/benchmark_loading.py [--statements 10000 --statements 100000] [--rounds 3]
"""

import json
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Mapping
from pathlib import Path

import click
from large_store import World, iter_extractions

from graphkit.backup import back_up
from graphkit.bulk import make_store
from graphkit.store import Store

LIMIT = 1.5
"""How many times Oxigraph's bulk load the loading of a dump may take at most."""

WAYS = {
    "Oxigraph": """
        import pyoxigraph
        database = pyoxigraph.Store(str(place))
        database.bulk_load(path=str(source))
        database.flush()
        """,
    "restore": """
        from graphkit.backup import restore
        restore(source, place)
        """,
    "Store.load": """
        from graphkit.store import Store
        with Store.open(place) as store, source.open("rb") as stream:
            store.load(stream)
        """,
    "import": """
        from graphkit.rdf_import import import_rdf
        from graphkit.store import Store
        with Store.open(place) as store:
            import_rdf(store, source)
        """,
    "import, anew": """
        from graphkit.rdf_import import import_rdf
        from graphkit.store import Store
        with Store.open(place) as store:
            import_rdf(store, source.with_name("exported.nq"))
        """,
}
_LOADING = tuple(WAYS)[1:4]
_AROUND = """
import json, pathlib, resource, sys, time
source, place = map(pathlib.Path, sys.argv[1:])
start = time.perf_counter()
if True:{}
used = resource.getrusage(resource.RUSAGE_SELF)
taken = time.perf_counter() - start, used.ru_utime + used.ru_stime
status = pathlib.Path("/proc/self/status")  # for Linux counts what the parent has to ru_maxrss
lines = status.read_text().splitlines() if status.exists() else []
peak = next((int(line.split()[1]) for line in lines if "VmHWM" in line), used.ru_maxrss)
print(json.dumps([*taken, peak / 1024]))
"""

Figures = tuple[float, float, float]
"""Seconds by the clock, seconds of the processors, and megabytes."""


@click.command(help=__doc__)
@click.option("--statements", type=click.IntRange(1), multiple=True, default=(10_000, 100_000))
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--without", multiple=True, type=click.Choice((*_LOADING, "import, anew")))
def main(*, statements: tuple[int, ...], rounds: int, without: tuple[str, ...]) -> None:
    """Print the figures; exit with 1 if loading takes more than LIMIT in the middle."""
    ways = {name: code for name, code in WAYS.items() if name not in without}
    ratios = []
    for number in statements:
        click.echo(f"{number} statements")
        found = measure(number, rounds, ways)
        ratios += [show(name, found[name], found["Oxigraph"]) for name in ways]
    sys.exit(max(ratios) > LIMIT)


def measure(number: int, rounds: int, ways: Mapping[str, str]) -> dict[str, list[Figures]]:
    """Load a dump of so many statements in each way, in turns."""
    found: dict[str, list[Figures]] = {name: [] for name in ways}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        dump = make_dump(Path(folder), number)
        for turn in range(rounds):
            for name, code in ways.items():
                with tempfile.TemporaryDirectory(dir=folder) as place:
                    found[name].append(run(code, dump, Path(place, f"{turn}.db")))
    return found


def make_dump(folder: Path, number: int) -> Path:
    """Make a store of generated articles, and return a backup of it; an export stands beside."""
    make_store(folder / "db", iter_extractions(number), World().concepts())
    dump = folder / "dump.nq"
    back_up(folder / "db", dump)
    store = Store.open(folder / "db", read_only=True)
    with (folder / "exported.nq").open("wb") as stream:
        store.dump(stream)
    return dump


def run(code: str, source: Path, place: Path) -> Figures:
    """Run code in a process of its own, with what it takes."""
    indented = textwrap.indent(textwrap.dedent(code), "    ")
    arguments = [sys.executable, "-c", _AROUND.format(indented), str(source), str(place)]
    told = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout  # noqa: S603 # our own code
    seconds, processors, memory = json.loads(told)
    return seconds, processors, memory


def show(name: str, ours: list[Figures], plain: list[Figures]) -> float:
    """Print the figures of a way. Return the ratio that counts, 0 if it is no loading."""
    pairs = list(zip(ours, plain, strict=True))
    clock, processors = (statistics.median(a[i] / b[i] for a, b in pairs) for i in (0, 1))
    seconds = statistics.median(one[0] for one in ours)
    memory = max(one[2] for one in ours)
    click.echo(
        f"  {name:<14}{seconds:8.1f} s {memory:6.0f} MB   times Oxigraph: "
        f"{clock:.2f} (clock), {processors:.2f} (processors)"
    )
    return processors if name in _LOADING else 0


if __name__ == "__main__":
    main()
