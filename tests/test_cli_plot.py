"""``graphkit plot`` draws from a store, and says in one line what it cannot draw."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from example import CHARGE, make_store
from graphkit.cli import cli
from graphkit.store import Store

_KINDS = (
    ["timeline", CHARGE],
    ["timeline", CHARGE, "novak", "norland", "--by", "week"],
    ["heatmap", "--value", "net", "-n", "4", "--topics", "2"],
    ["camps"],
    ["camps", CHARGE, "--narrower"],
    ["camps", "--roll-up"],
    ["network"],
    ["network", "--mode", "two"],
    ["network", "--mode", "topics", "--aggregate", "ignore", "--duplicates", "document"],
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "debate.db"
    make_store(folder).close()
    return folder


def _run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["plot", *arguments, "-s", str(path)])


@pytest.mark.parametrize("arguments", _KINDS, ids=" ".join)
def test_each_picture_is_drawn(path: Path, tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "x.svg"
    result = _run(path, *arguments, "-o", str(file), "--title", "Own title")
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "statements of" in result.stderr
    assert ElementTree.parse(file).getroot()[0].text == "Own title"


@pytest.mark.parametrize(
    ("name", "begins"), [("x.png", b"\x89PNG"), ("x.html", b"<!DOCTYPE"), ("x.svg", b"<?xml")]
)
def test_the_ending_is_the_format(path: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / name
    assert _run(path, "heatmap", "-o", str(file)).exit_code == 0
    assert file.read_bytes().startswith(begins)


def test_a_picture_can_go_to_standard_output(path: Path) -> None:
    result = _run(path, "camps", "-o", "-", "-f", "svg")
    assert result.stdout_bytes.startswith(b"<?xml")


def test_the_period_is_kept_to(path: Path, tmp_path: Path) -> None:
    result = _run(path, "heatmap", "--until", "2024-03-04", "-o", str(tmp_path / "x.svg"))
    assert result.stderr.startswith("2024-03-04 · 7 statements")


def test_the_scale_makes_more_pixels(path: Path, tmp_path: Path) -> None:
    for scale in ("1", "3"):
        _run(path, "heatmap", "-o", str(tmp_path / f"{scale}.png"), "--scale", scale)
    sizes = [int.from_bytes((tmp_path / f"{n}.png").read_bytes()[16:20], "big") for n in (1, 3)]
    assert sizes == [960, 2880]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["timeline", "congestion"], "No topic 'congestion'. Did you mean 'congestion charge'"),
        (["timeline", CHARGE, "Norlnd"], "No actor 'Norlnd'. Did you mean 'Norland'"),
        (["timeline", CHARGE, "--since", "2030"], "has a date: there is no timeline."),
        (["heatmap", "--since", "2030"], "No statement fits: there is nothing to draw."),
        (["network", "-n", "1"], "Nobody is tied to anybody here"),
        (["camps", "--width", "300"], "A width of 300 is too small"),
        (["network", "--fonts", "/nowhere"], "/nowhere is no folder of fonts."),
    ],
)
def test_what_cannot_be_drawn_is_one_line(
    path: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    file = tmp_path / "x.png"
    result = _run(path, *arguments, "-o", str(file))
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["heatmap", "-o", "x.gif"], "'.gif' is no format"),
        (["heatmap", "-o", "x.svg", "--scale", "3"], "--scale is for .png files"),
        (["camps", "-o", "x.html", "--fonts", "."], "--fonts is for .png files"),
        (["camps", CHARGE, "--roll-up", "-o", "x.svg"], "--roll-up is for all topics"),
        (["camps", "--narrower", "-o", "x.svg"], "--narrower needs a TOPIC"),
        (
            ["network", "--mode", "two", "--aggregate", "conflict", "-o", "x.svg"],
            "--aggregate needs",
        ),
        (["network", "--mode", "two", "--normalize", "cosine", "-o", "x.svg"], "--normalize needs"),
        (["network", "--topics", "3", "-o", "x.svg"], "--topics needs --mode topics or two"),
        (["network", "--mode", "topics", "-n", "3", "-o", "x.svg"], "--top needs --mode actors or"),
        (["camps", CHARGE, "--topics", "3", "-o", "x.svg"], "--topics is for all topics"),
        (["network", "--mode", "three", "-o", "x.svg"], "'three' is not one of"),
    ],
)
def test_wrong_usage_is_told(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # lest a picture that should not be is left here
    result = _run(path, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_cannot_be_written_is_one_line(path: Path, tmp_path: Path) -> None:
    result = _run(path, "camps", "-o", str(tmp_path / "none" / "x.svg"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "Cannot write" in result.stderr


def test_an_empty_store_is_told(tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    result = _run(tmp_path / "empty.db", "network", "-o", str(tmp_path / "x.svg"))
    assert result.exit_code == 1
    assert result.stderr == "graphkit: The store is empty: `graphkit add` fills it.\n"


def test_without_the_extra_there_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    result = _run(path, "network", "-o", "x.svg")
    assert result.exit_code == 1
    assert result.stderr == (
        "graphkit: Pictures need vl-convert: install it with pip install 'stance-graphkit[plot]'.\n"
    )


@pytest.mark.parametrize(("name", "is_told"), [("x.png", True), ("x.svg", False)])
def test_letters_without_a_font_are_told(
    path: Path, tmp_path: Path, name: str, is_told: bool
) -> None:
    result = _run(path, "camps", "-o", str(tmp_path / name), "--title", "A\U0010fffc")
    assert ("No font here has the letters \U0010fffc," in result.stderr) == is_told


def test_many_letters_without_a_font_are_counted(path: Path, tmp_path: Path) -> None:
    letters = "".join(chr(0x10FF00 + number) for number in range(30))
    result = _run(path, "camps", "-o", str(tmp_path / "x.png"), "--title", letters)
    assert f"the letters {letters[:20]} and 10 more, for which" in result.stderr
