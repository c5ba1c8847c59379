"""Measure what `graphkit query` costs beside the imports that it cannot do without.

    python scripts/benchmark_query.py -s demo.db

The last column is the ratio to `python -c "import click, pyoxigraph"`, in one run.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

IMPORTS = "import click, pyoxigraph"
COMMAND = "import os, sys; from graphkit.cli import cli; cli(sys.argv[1:])"
HERE = COMMAND.replace(";", "; del os.fork;", 1)
"""The command without a child, as on a system that cannot fork."""
TEXT = "SELECT ?actor { ?actor a gk:Actor } LIMIT 10"


def main() -> None:
    """Run each command in turn, so that what else the machine does hits all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-s", "--store", default="graphkit.db")
    parser.add_argument("-n", "--rounds", type=int, default=25)
    options = parser.parse_args()
    python = [sys.executable, "-c"]
    query = ["query", "-s", options.store, "-e", TEXT, "-f"]
    commands = {
        IMPORTS: [*python, IMPORTS],
        "query, CSV": [*python, COMMAND, *query, "csv"],
        "query, CSV, without a child": [*python, HERE, *query, "csv"],
        "query, CSV, --timeout 60": [*python, COMMAND, *query, "csv", "--timeout", "60"],
        "query, table": [*python, COMMAND, *query, "table"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            times[name].append(_measure(command))
    base = statistics.median(times[IMPORTS])
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:36} {1000 * median:6.1f} ms {median / base:5.2f}")  # noqa: T201 # its purpose


def _measure(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 # our own
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
