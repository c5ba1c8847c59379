"""``graphkit export`` writes a whole file or none, and tells what it wrote."""

from pathlib import Path

import igraph
import networkx as nx
import pytest
from click.testing import CliRunner, Result

from example import CHARGE, make_store
from gexf_rules import check_gexf
from graphkit.cli import cli
from graphkit.export import FORMATS


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["export", *arguments, "-s", str(path)])


@pytest.mark.parametrize("format", FORMATS)
def test_the_ending_of_the_file_is_the_format(format: str, path: Path, tmp_path: Path) -> None:
    target = tmp_path / f"out.{format}"
    result = _run(path, "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes() == _run(path, "-o", "-", "-f", format).stdout_bytes


@pytest.mark.parametrize(("layout", "edges"), [("pair", 11), ("stance", 13)])
def test_the_check_counts_what_gephi_and_others_show(
    layout: str, edges: int, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "net.graphml"
    result = _run(path, "-o", str(target), "--layout", layout, "--check")
    assert result.stdout == f"Gephi will show 10 nodes and {edges} edges.\n"
    network = nx.read_graphml(target)
    assert (len(network), network.number_of_edges()) == (10, edges)
    assert igraph.Graph.Read_GraphML(str(target)).ecount() == edges


def test_gexf_has_the_stances_as_kinds_and_is_checked(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "net.gexf"
    result = _run(path, "-o", str(target), "--check")
    assert result.stdout == "Gephi will show 10 nodes and 13 edges.\n"
    assert "2 edges have no date and so are there all the time" in result.stderr
    check_gexf(target.read_bytes())
    content = target.read_text(encoding="utf-8")
    assert ' kind="opposes"' in content
    assert "<viz:position " in content


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_nodes_have_places_and_measures(format: str, path: Path, tmp_path: Path) -> None:
    target = tmp_path / f"net.{format}"
    assert _run(path, "-o", str(target), "--layout", "pair").exit_code == 0
    network = (nx.read_graphml if format == "graphml" else nx.read_gexf)(target)
    node = network.nodes["actor: Drivers' Union"]
    assert node["degree"] == 2
    assert node["community"] >= 1
    assert 0 < node["betweenness"] < 1
    assert "x" in (node if format == "graphml" else node["viz"]["position"])
    assert network.number_of_edges() == 11


@pytest.mark.parametrize("arguments", [(), ("--mode", "actors", "--aggregate", "subtract")])
def test_a_folder_gets_tables_of_nodes_and_edges(
    arguments: tuple[str, ...], path: Path, tmp_path: Path
) -> None:
    result = _run(path, "-o", f"{tmp_path}/net/", *arguments)
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(each.name for each in (tmp_path / "net").iterdir()) == ["edges.csv", "nodes.csv"]
    same = _run(path, "-f", "tables", "-o", str(tmp_path / "net"), *arguments)
    assert same.exit_code == 0


@pytest.mark.parametrize(("mode", "kind"), [("actors", "conflict"), ("topics", "congruence")])
def test_gexf_holds_one_mode_networks(mode: str, kind: str, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "net.gexf"
    result = _run(path, "-o", str(target), "--mode", mode, "--aggregate", "subtract", "--check")
    assert result.exit_code == 0
    check_gexf(target.read_bytes())
    assert f' kind="{kind}"' in target.read_text(encoding="utf-8")


def test_tables_need_a_folder(path: Path, tmp_path: Path) -> None:
    assert _run(path, "-f", "tables").exit_code == 2
    (tmp_path / "file").touch()
    result = _run(path, "-f", "tables", "-o", str(tmp_path / "file"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_what_was_written_is_told_on_stderr(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "march.csv"
    result = _run(path, "-o", str(target), "--since", "2024-03-05", "--until", "2024-03")
    assert result.stderr == f"5 statements written to {target}\n"


def test_format_overrides_the_ending(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    assert _run(path, "-o", str(target), "-f", "jsonl").exit_code == 0
    assert target.read_text(encoding="utf-8").startswith('{"id": ')


@pytest.mark.parametrize(
    "arguments",
    [(), ("-o", "-"), ("-o", "-", "-f", "graphml", "--check"), ("-o", "x.csv", "--check")],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], path: Path) -> None:
    assert _run(path, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("net.xlsx", (), "cannot be exported yet"),
        ("net.gml", (), "graphml, gexf, csv, jsonl"),
        ("net", (), "graphml, gexf, csv, jsonl"),
        ("all.ttl", ("--since", "2024"), "holds the whole store"),
        ("net.csv", ("-f", "xlsx"), "'xlsx' is not one of 'graphml', 'gexf'"),
        ("net.csv", ("--layout", "stance"), "--layout is for networks"),
    ],
)
def test_what_no_file_can_be_is_wrong_usage(
    name: str, arguments: tuple[str, ...], told: str, path: Path, tmp_path: Path
) -> None:
    result = _run(path, "-o", str(tmp_path / name), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_one_line_and_leaves_no_file(path: Path, tmp_path: Path) -> None:
    result = _run(path, "-o", str(tmp_path / "missing" / "net.csv"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Cannot write " in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_store_nothing_is_written(tmp_path: Path) -> None:
    result = _run(tmp_path / "none.db", "-o", str(tmp_path / "x.csv"))
    assert result.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_computed_in_full_is_told(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("-o", str(tmp_path / "net.graphml"))
    monkeypatch.setattr("graphkit.measures.nodes._FEWEST", 3)
    monkeypatch.setattr("graphkit.measures.nodes._STEPS", 1)
    assert "betweenness is estimated from 3 of 10 nodes" in _run(path, *arguments).stderr
    monkeypatch.setattr("graphkit.export.networks.LARGEST", 10)
    assert "there are more than 10 edges" in _run(path, *arguments).stderr


@pytest.mark.parametrize("mode", [(), ("--mode", "actors", "--aggregate", "subtract")])
@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_edges_have_intervals_by_bootstrap(
    format: str, mode: tuple[str, ...], path: Path, tmp_path: Path
) -> None:
    target = tmp_path / f"net.{format}"
    assert _run(path, "-o", str(target), "--bootstrap", "20", "--check", *mode).exit_code == 0
    network = (nx.read_graphml if format == "graphml" else nx.read_gexf)(target)
    for _, _, values in network.edges(data=True):
        assert values["low"] <= values["high"]
        assert 0 <= values["certainty"] <= 1
    again = tmp_path / f"again.{format}"
    _run(path, "-o", str(again), "--bootstrap", "20", *mode)
    assert again.read_bytes() == target.read_bytes()
    _run(path, "-o", str(again), "--bootstrap", "20", "--seed", "2", *mode)
    assert again.read_bytes() != target.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [("-o", "x.csv", "--bootstrap", "3"), ("-o", "x.gexf", "--resample", "both")],
)
def test_bootstrap_needs_a_network_and_a_number(arguments: tuple[str, ...], path: Path) -> None:
    result = _run(path, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("arguments", [(), ("--mode", "topics")])
def test_topics_are_marked_by_the_backbone(
    arguments: tuple[str, ...], path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "net.graphml"
    assert _run(path, "-o", str(target), "--backbone", *arguments).exit_code == 0
    found = nx.read_graphml(target).nodes[f"topic: {CHARGE}"]
    assert (found["backbone"], found["backbone_rank"]) == (1, 1)


@pytest.mark.parametrize("arguments", [("-o", "x.csv"), ("-o", "x.gexf", "--mode", "actors")])
def test_the_backbone_is_for_networks_with_topics(arguments: tuple[str, ...], path: Path) -> None:
    assert _run(path, *arguments, "--backbone").exit_code == 2
