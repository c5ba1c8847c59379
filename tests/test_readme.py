"""The README's commands run, and print what it shows."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.S)


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
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        for line in shown:
            assert line == "[...]" or line in result.output, f"{command}\n{result.output}"


def test_every_command_is_in_the_readme() -> None:
    table = {row.split("`")[1].split()[0] for row in README.splitlines() if row.startswith("| `")}
    assert set(cli.commands if hasattr(cli, "commands") else ()) <= table | {"serve"}
