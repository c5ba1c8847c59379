"""docs/tutorial.md runs from top to bottom and prints what it shows.

``pytest tests/test_docs_tutorial.py --update-golden`` writes what it prints into the page.
"""

import contextlib
import io
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from graphkit.cli import cli

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"```(console|python)\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", flags=re.DOTALL)
NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?!\w)")


def _run_console(block: str) -> str:
    """Return a block of commands with what they print."""
    printed = io.BytesIO()
    for line in block.splitlines():
        if line.startswith("$ "):
            program, *arguments = shlex.split(line[2:])
            assert program == "graphkit"
            printed.write(f"{line}\n".encode())
            stream = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)
            with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
                cli.main(arguments, standalone_mode=False)  # data and messages in their order
            stream.detach()
    return printed.getvalue().decode().replace("\r\n", "\n")  # which CSV ends its lines with


def _run_python(code: str, names: dict[str, Any]) -> str:
    """Return what a block of code prints; blocks share their names, as in a notebook."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), names)
    return out.getvalue()


def _run(page: str) -> str:
    """Return the page with what its blocks print."""
    names: dict[str, Any] = {}

    def replaced(match: re.Match[str]) -> str:
        kind, code, _ = match.groups()
        if kind == "console":
            return f"```console\n{_run_console(code)}```\n"
        printed = _run_python(code, names)
        shown = f"\n```text\n{printed}```\n" if printed else ""
        return f"```python\n{code}```\n{shown}"

    return BLOCK.sub(replaced, page)


@pytest.mark.slow
def test_the_tutorial_prints_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GRAPHKIT_STORE", raising=False)
    page = PAGE.read_text(encoding="utf-8")
    printed = _run(page)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(printed, encoding="utf-8")
    else:
        assert printed == page
    assert {"camps.graphml", "stances.csv", "camps.csv", "debate.gexf"} <= {
        path.name for path in tmp_path.iterdir()
    }


def test_each_number_in_the_text_is_in_what_is_shown() -> None:
    page, _, _ = PAGE.read_text(encoding="utf-8").partition("## References")
    shown = {number for match in BLOCK.finditer(page) for number in NUMBER.findall(match[0])}
    text = re.sub(r"^## \d+\.", "##", BLOCK.sub("", page), flags=re.MULTILINE)
    told = set(NUMBER.findall(re.sub(r"`[^`]*`", "", text)))
    assert told - shown == set()
