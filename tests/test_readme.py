"""The README's commands run, and print what it shows."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.cli import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Return each command of a console block with the lines shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line.strip())
    return found


@pytest.mark.slow
def test_the_commands_of_the_readme_print_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("data", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GRAPHKIT_STORE", raising=False)
    for command, shown in [pair for block in BLOCKS for pair in commands(block)]:
        program, *arguments = shlex.split(command)
        assert program == "graphkit"
        result = subprocess.run(
            [sys.executable, "-m", "graphkit", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, f"{command}\n{result.stdout}"
        for line in shown:
            assert line == "[...]" or line in result.stdout, f"{command}\n{result.stdout}"


def test_every_command_is_in_the_readme() -> None:
    section = README.split("## Commands")[1].split("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `")]
    table = {row.split("`")[1].split()[0] for row in rows}
    assert set(COMMANDS) == table
