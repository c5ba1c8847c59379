"""Pictures as files: whole, accessible, the same each time, and loading nothing from anywhere."""

import re
import struct
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from graphkit.errors import ExportError
from graphkit.plot.heatmap import draw_heatmap
from graphkit.plot.rendering import FORMATS, add_fonts, check_installed, draw, missing_letters
from graphkit.plot.sheet import Size
from plots import check_words, texts_of
from strategies import texts
from test_plot_pictures import DEBATE, DRAWERS

_SVG = "{http://www.w3.org/2000/svg}"
_TESTS = Path(__file__).parent


def _spec(kind: str = "heatmap") -> dict[str, Any]:
    return DRAWERS[kind](DEBATE).spec()


def _called(name: str) -> dict[str, Any]:
    """Return a heat map in which an actor and its sentence have another text."""
    statements = [
        replace(one, actor=name, evidence=name) if one.actor == "Norland" else one
        for one in DEBATE.statements
    ]
    return draw_heatmap(replace(DEBATE, statements=statements)).spec()


class _Page(HTMLParser):
    """What a page says that it loads, and its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loaded: list[str | None] = []
        self.policy = ""
        self.scripts = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.loaded += [value for name, value in attrs if name in {"src", "href", "data", "action"}]
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""


@pytest.mark.parametrize("kind", DRAWERS)
def test_an_svg_holds_all_words(kind: str) -> None:
    spec = _spec(kind)
    root = ElementTree.fromstring(draw(spec, "svg"))
    shown = {element.text for tag in ("text", "tspan") for element in root.iter(f"{_SVG}{tag}")}
    assert set(texts_of(spec)) <= shown
    assert (root.get("width"), root.get("height")) == (str(spec["width"]), str(spec["height"]))


def test_an_svg_says_what_it_is() -> None:
    root = ElementTree.fromstring(draw(_spec(), "svg"))
    title, about = root[0], root[1]
    assert (title.tag, about.tag) == (f"{_SVG}title", f"{_SVG}desc")
    assert title.text == "Who stands where on which topic"
    assert "14 statements of 7 actors" in (about.text or "")
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


def test_a_mark_of_an_svg_has_its_statements_as_title() -> None:
    root = ElementTree.fromstring(draw(_spec(), "svg"))
    titles = [title.text or "" for title in root.iter(f"{_SVG}title")]
    cell = next(text for text in titles if text.startswith("Norland: free trams\n"))
    assert "quote: Norland promised to pay for free trams." in cell
    assert "statement ids: " in cell


@pytest.mark.parametrize("scale", [1, 2.5])
def test_a_png_is_as_large_as_its_scale_says(scale: float) -> None:
    spec = draw_heatmap(DEBATE, size=Size(800, 600)).spec()
    png = draw(spec, "png", scale=scale)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (800 * scale, 600 * scale)


def test_too_large_a_png_is_refused() -> None:
    spec = draw_heatmap(DEBATE, size=Size(9000, 9000)).spec()
    with pytest.raises(ExportError, match="324 million pixels is too large"):
        draw(spec, "png")


def test_a_page_loads_nothing() -> None:
    page = draw(_spec("network"), "html").decode()
    found = _Page(page)
    assert found.loaded == []
    assert found.policy.startswith("default-src 'none';")
    assert "http" not in found.policy
    assert "@import" not in page
    own = page[page.rindex("<script>") :]
    assert not re.search(r"https?:|//[a-z]", own)


def test_a_text_cannot_end_its_script() -> None:
    attack = "</script><script>alert(1)</script><img src=https://attacker.example/x>"
    page = draw(_called(attack), "html").decode()
    found = _Page(page)
    assert found.loaded == []
    assert found.scripts == _Page(draw(_spec(), "html").decode()).scripts


@settings(max_examples=25, deadline=None)
@given(texts)
def test_any_name_makes_a_whole_svg(name: str) -> None:
    spec = _called(f"N{name}")
    check_words(spec)
    ElementTree.fromstring(draw(spec, "svg"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_picture_has_the_same_bytes(format: str) -> None:
    assert draw(_spec("network"), format) == draw(_spec("network"), format)


def test_no_order_hangs_on_the_hash_seed() -> None:
    code = (
        "import json, test_plot_pictures as pictures; from large_debate import large_debate;"
        "specs = [draw(large_debate(9)).spec() for draw in pictures.DRAWERS.values()];"
        "print(json.dumps(specs))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{_TESTS.parent}:{_TESTS}"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_letters_that_no_font_has_are_found() -> None:
    assert missing_letters(_called("Łucja Ελλάς Жук − …")) == ""
    assert missing_letters(_called("Ł\U0010fffc!")) == "\U0010fffc"


@pytest.mark.parametrize("letter", ["\udcff", "\ufffe", "\x85", "\0"])
def test_what_no_file_can_hold_is_not_drawn(letter: str) -> None:
    spec = _called(f"Ł{letter}!")
    assert missing_letters(spec) == ""
    assert draw(spec, "png").startswith(b"\x89PNG")


def test_without_vl_convert_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(ExportError, match=r"pip install 'stance-graphkit\[plot\]'"):
        check_installed()


def test_fonts_are_in_a_folder(tmp_path: Path) -> None:
    add_fonts(tmp_path)
    with pytest.raises(ExportError, match="is no folder of fonts"):
        add_fonts(tmp_path / "none")
