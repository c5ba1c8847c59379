"""The command line as a whole: quick help, one line for a failure, the right exit code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import COMMANDS, cli

GRAPHKIT = [sys.executable, "-m", "graphkit"]

IMPORTED = """
import sys
from graphkit.cli import cli
try:
    cli(sys.argv[1:])
except SystemExit:
    pass
heavy = {"spacy", "rdflib", "pyoxigraph", "networkx", "rich", "numpy"}
print("imported:", *sorted(heavy & set(sys.modules)))
"""


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*GRAPHKIT, *args], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("args", [["--help"], ["extract", "--help"], ["--version"]])
def test_help_and_version_import_nothing_heavy(args: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *args], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "imported:"


def test_help_imports_no_command() -> None:
    code = "import sys; from graphkit.cli import cli; cli(['--help'], standalone_mode=False)"
    found = "print(*(name for name in sys.modules if name.startswith('graphkit.cli.')))"
    command = [sys.executable, "-c", f"{code}; {found}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == ""


def test_help_shows_every_command_with_what_it_does() -> None:
    text = CliRunner().invoke(cli, ["--help"]).stdout

    for name in COMMANDS:
        assert re.search(rf"^  {name} +\w.*\.$", text, re.MULTILINE), name  # in full, on one line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0
    assert "Example:\n    graphkit " in result.stdout


def test_version_is_that_of_the_distribution() -> None:
    result = CliRunner().invoke(cli, ["--version"])

    assert re.fullmatch(r"graphkit, version \d+\.\d+\.\d+\n", result.stdout)


def test_an_unknown_command_is_a_usage_error_with_a_suggestion() -> None:
    result = CliRunner().invoke(cli, ["exrtact"])

    assert result.exit_code == 2
    assert "No such command 'exrtact'. Did you mean extract" in result.stderr


def test_a_failure_is_one_line_and_debug_shows_where_it_comes_from(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.write_text("a file")

    plain = run("info", "-s", str(store))
    debug = run("--debug", "info", "-s", str(store))

    assert (plain.returncode, plain.stdout) == (1, "")
    assert re.fullmatch(r"graphkit: .* is a file.*\n", plain.stderr)
    assert debug.returncode == 1
    assert debug.stderr.startswith("Traceback")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("args", [["--help"], ["info"], ["extract", "-f", "csv", "-"]])
def test_a_full_disk_is_one_line(args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*GRAPHKIT, *args],
            input="Poland rejected the plan.",
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (1, "graphkit: No space left on device\n")


def test_a_reader_that_has_seen_enough_is_no_failure() -> None:
    with subprocess.Popen(
        [*GRAPHKIT, "info"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""

    assert process.returncode == 0
