"""``graphkit export --mode`` writes matrices and one-mode networks, and explains them."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from example import CHARGE, make_store
from graphkit.cli import cli


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["export", *arguments, "-s", str(path)])


def _matrix(path: Path, *arguments: str) -> dict[str, dict[str, str]]:
    result = _run(path, "-o", "-", "-f", "csv", *arguments)
    assert result.exit_code == 0, result.stderr
    header, *rows = csv.reader(io.StringIO(result.stdout, newline=""))
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in rows}


def test_two_mode_has_actors_in_rows_and_topics_in_columns(path: Path) -> None:
    matrix = _matrix(path, "--mode", "two", "--aggregate", "subtract")
    assert matrix["Drivers' Union"] == {CHARGE: "-2", "free trams": "0", "Łucja Novák": "-1"}


def test_actors_are_tied_by_topics_and_topics_by_actors(path: Path) -> None:
    actors = _matrix(path, "--mode", "actors", "--aggregate", "congruence")
    assert actors["Drivers' Union"]["Chamber of Commerce"] == "2"
    topics = _matrix(path, "--mode", "topics")
    assert set(topics) == {CHARGE, "free trams", "Łucja Novák"}


def test_the_period_and_duplicates_are_kept_to(path: Path) -> None:
    matrix = _matrix(path, "--mode", "two", "--until", "2024-03-04", "--duplicates", "document")
    assert set(matrix["Ana Pérez"]) == {CHARGE}
    assert matrix["Ana Pérez"][CHARGE] == "1"  # one for the charge, and one against it


def test_ambivalent_statements_can_be_dropped(path: Path) -> None:
    matrix = _matrix(path, "--mode", "two", "--ambivalent", "drop")
    assert matrix["Chamber of Commerce"] == {CHARGE: "1", "free trams": "0", "Łucja Novák": "0"}


@pytest.mark.parametrize("window", ["3 days", "3day", "3 DAYS"])
def test_a_window_is_written_as_people_write_it(window: str, path: Path) -> None:
    result = _run(path, "-o", "-", "-f", "csv", "--mode", "two", "--window", window)
    assert result.stdout.startswith("start,middle,stop,actor,")
    assert "13 matrices of" in result.stderr
    assert "(2 undated statements left out) written to standard output" in result.stderr


def test_without_mode_csv_is_the_list_of_statements(path: Path) -> None:
    assert _run(path, "-o", "-", "-f", "csv").stdout.startswith("id,article,date,")


def test_explain_says_where_dna_differs(path: Path) -> None:
    arguments = ("-o", "-", "-f", "csv", "--mode", "actors", "--normalize", "cosine", "--explain")
    ours = _run(path, *arguments)
    assert "cosine: DNA divides by" in ours.stderr
    assert "Use --dna-compat" in ours.stderr
    theirs = _run(path, *arguments, "--dna-compat")
    assert "DNA's way is used here" in theirs.stderr
    assert ours.stdout != theirs.stdout


def test_explain_says_where_dna_does_not_differ(path: Path) -> None:
    result = _run(path, "-o", "-", "-f", "csv", "--mode", "two", "--explain")
    assert "DNA computes the same" in result.stderr


def test_graphml_holds_the_network_of_actors(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "actors.graphml"
    result = _run(path, "-o", str(target), "--mode", "actors", "--check")
    network = nx.read_graphml(target)
    assert result.stdout == (
        f"Gephi will show {len(network)} nodes and {network.number_of_edges()} edges.\n"
    )
    assert {kind for _, kind in network.nodes(data="kind")} == {"actor"}


def test_graphml_of_two_modes_is_what_it_is_without_mode(path: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.graphml", tmp_path / "other.graphml"
    assert _run(path, "-o", str(one), "--mode", "two").exit_code == 0
    assert _run(path, "-o", str(other)).exit_code == 0
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("-f", "csv", "--aggregate", "subtract"),
            "--aggregate needs --mode two, actors or topics",
        ),
        (("-f", "csv", "--dna-compat"), "--dna-compat needs --mode"),
        (("-f", "csv", "--explain"), "--explain needs --mode"),
        (("-f", "csv", "--mode", "two", "--kernel", "uniform"), "give --window, too"),
        (("-f", "csv", "--mode", "two", "--window", "soon"), "no time such as '3 months'"),
        (("-f", "csv", "--mode", "two", "--window", "0 days"), "A window of 0 units"),
        (("-f", "csv", "--mode", "two", "--window", "9" * 5000 + " days"), "integer"),
        (("-f", "csv", "--mode", "two", "--aggregate", "conflict"), "No 'conflict' in a two-mode"),
        (("-f", "jsonl", "--mode", "two"), "makes a .csv, .graphml or .gexf file"),
        (("-f", "ttl", "--mode", "actors"), "makes a .csv, .graphml or .gexf file"),
        (("-f", "graphml", "--mode", "two", "--aggregate", "subtract"), "need a .csv"),
        (("-f", "graphml", "--mode", "actors", "--window", "3 days"), "only a .csv file holds"),
        (("-f", "graphml", "--mode", "actors", "--layout", "pair"), "--layout is for"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    arguments: tuple[str, ...], told: str, path: Path
) -> None:
    result = _run(path, "-o", "-", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_help_imports_no_numbers() -> None:
    code = (
        "import sys; from graphkit.cli import cli;"
        "cli(['export', '--help'], standalone_mode=False);"
        "print('imported:', *{'numpy', 'scipy', 'networkx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "imported:"
