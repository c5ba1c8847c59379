"""The wheel works on its own, away from the checkout, with its data, queries and command."""

import ast
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(CHECKOUT)], check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment that borrows our dependencies, but not graphkit.

    A path file lends them: the editable install among them is reached by a path file, too, and
    these are read in an environment's own folder only.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*install, "--no-index", "--no-deps", str(wheel)], check=True)
    own = sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)})
    lent = sysconfig.get_path("purelib")
    (Path(own) / "lent.pth").write_text(f"{lent}\n")
    return folder


def run(environment: Path, folder: Path, *args: str) -> str:
    """Run a program of the environment in `folder`, with nothing that leads to the checkout."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [environment / "bin" / args[0], *args[1:]],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_data_and_queries_are_in_the_wheel_and_tests_are_not(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    shipped = [
        *(path for path in (CHECKOUT / "data").rglob("*") if path.is_file()),
        *(CHECKOUT / "queries").glob("*.rq"),
    ]
    assert len(shipped) > 20
    for path in shipped:
        assert f"graphkit/share/{path.relative_to(CHECKOUT)}" in names
    assert {"graphkit/py.typed", "graphkit/serve/page.html"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "data/", "scripts/"))]


def test_graphkit_comes_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    code = "import graphkit; print(graphkit.__file__)"

    assert str(environment) in run(environment, tmp_path, "python", "-c", code)


def test_the_command_works_outside_the_checkout(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Poland rejected sending ground troops to Ukraine.")

    assert "stance-changes" in run(environment, tmp_path, "graphkit", "queries")
    assert "en_core_web_md" in run(environment, tmp_path, "graphkit", "info")
    run(environment, tmp_path, "graphkit", "add", "a.txt")
    assert "ground troops" in run(environment, tmp_path, "graphkit", "actor", "Poland")


def test_every_import_is_a_declared_dependency() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    listed = project["dependencies"] + extras["check"] + extras["plot"]
    declared = {canonicalize_name(Requirement(line).name) for line in listed}
    distributions = metadata.packages_distributions()

    imported = {name for path in (CHECKOUT / "graphkit").rglob("*.py") for name in _imports(path)}

    foreign = imported - sys.stdlib_module_names - {"graphkit"}
    assert {"spacy", "rdflib", "click"} <= foreign
    bringing = {name: {canonicalize_name(one) for one in distributions[name]} for name in foreign}
    assert [name for name in foreign if not declared & bringing[name]] == []


def _imports(path: Path) -> set[str]:
    """Return the top-level packages that a module imports anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in whole | parts}
