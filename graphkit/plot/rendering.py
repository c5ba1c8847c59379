"""Pictures as files: SVG, PNG, and pages that need no network, all drawn by Vega."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from graphkit.errors import ExportError
from graphkit.export.xml_text import XmlText
from graphkit.plot.sheet import FONT

if TYPE_CHECKING:
    from types import ModuleType

FORMATS = ("svg", "png", "html")

LARGEST = 100_000_000
"""Pixels of a PNG; as many take some 400 MB while they are drawn."""

_SVG = "http://www.w3.org/2000/svg"
_MISSING = "\U0010fffd"  # which is no letter of any font
_TESTED = '<svg xmlns="{}" width="40" height="24"><text y="18" font-family="{}">{}</text></svg>'

# Nothing can be loaded from anywhere, whatever a text of an article tries.
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
body { margin: 0; background: white; }
#picture { max-width: 100%; overflow-x: auto; }
#vg-tooltip-element { max-width: 420px; font-family: Arial, Helvetica, sans-serif; }
#vg-tooltip-element table tr td.value { max-width: 340px; max-height: none; white-space: normal; }
"""
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{style}</style>
<script>{program}</script>
</head>
<body>
<div id="picture" role="figure" aria-label="{title}"></div>
<noscript>{about}</noscript>
<script>vegaEmbed("#picture", {spec}, {options}).catch(console.error);</script>
</body>
</html>
"""
_OPTIONS = {
    "mode": "vega",
    "renderer": "svg",
    "ast": True,  # expressions are interpreted, since the policy lets no text become a program
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},
}


def draw(spec: dict[str, Any], format: str, *, scale: float = 2) -> bytes:
    """Return a picture as one of FORMATS; the same specification gives the same bytes.

    `scale` is how many pixels of a PNG one pixel of the specification is. Raise ExportError if
    that is too many, or if vl-convert, which draws, is not installed.
    """
    spec = _cleaned(spec)
    if format == "html":
        return _page(spec).encode()
    if format == "png":
        return _png(spec, scale)
    return _accessible(_vl_convert().vega_to_svg(spec), spec)


def check_installed() -> None:
    """Raise ExportError if vl-convert is not installed."""
    _vl_convert()


def add_fonts(folder: Path) -> None:
    """Let pictures use the fonts in a folder. Raise ExportError if it is none."""
    if not folder.is_dir():
        raise ExportError(f"{folder} is no folder of fonts.")
    _vl_convert().register_font_directory(str(folder.resolve()))


def missing_letters(spec: dict[str, Any]) -> str:
    """Return the letters of a picture that no font here has; a PNG shows boxes for them."""
    layers = _cleaned(spec["data"])
    texts = (item["text"] for layer in layers for item in layer["values"] if "text" in item)
    lines = (line for text in texts for line in ([text] if isinstance(text, str) else text))
    letters = sorted({letter for line in lines for letter in line if not letter.isascii()})
    box = _picture_of(_MISSING)
    return "".join(letter for letter in letters if _picture_of(letter) == box)


def _vl_convert() -> "ModuleType":
    try:
        import vl_convert
    except ImportError as error:
        raise ExportError(
            "Pictures need vl-convert: install it with pip install 'stance-graphkit[plot]'."
        ) from error
    return vl_convert


def _picture_of(letter: str) -> bytes:
    drawn: bytes = _vl_convert().svg_to_png(_TESTED.format(_SVG, FONT, letter))
    return drawn


def _cleaned(value: Any) -> Any:
    """Return a specification without characters that no XML can hold."""
    if isinstance(value, str):
        return XmlText().strip(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    return value


def _png(spec: dict[str, Any], scale: float) -> bytes:
    size = spec["width"] * spec["height"] * scale**2
    if size > LARGEST:
        raise ExportError(
            f"A PNG of {size / 1e6:.0f} million pixels is too large: choose a smaller --scale, or "
            "an .svg."
        )
    drawn: bytes = _vl_convert().vega_to_png(spec, scale=scale)
    return drawn


def _accessible(svg: str, spec: dict[str, Any]) -> bytes:
    """Say what the picture is, and give each of its marks a title, which browsers show."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314  # of our own making
    for element in list(root.iter()):
        if element.get("role") == "graphics-symbol" and element.get("aria-label"):
            _insert(element, 0, "title", element.get("aria-label", ""))
    root.set("role", "graphics-document")
    root.set("aria-labelledby", "title about")
    _insert(root, 0, "title", spec["usermeta"]["title"], id="title")
    _insert(root, 1, "desc", "\n".join(spec["usermeta"]["about"]), id="about")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _insert(parent: ElementTree.Element, at: int, tag: str, text: str, **more: str) -> None:
    element = ElementTree.Element(f"{{{_SVG}}}{tag}", more)
    element.text = text
    parent.insert(at, element)


def _page(spec: dict[str, Any]) -> str:
    return _PAGE.format(
        policy=_POLICY,
        title=XmlText()(spec["usermeta"]["title"]),
        about=XmlText()(" ".join(spec["usermeta"]["about"])),
        style=_STYLE,
        program=_vl_convert().javascript_bundle(),
        spec=_script(spec),
        options=_script(_OPTIONS),
    )


def _script(value: Any) -> str:
    """Return JSON that cannot end the script in which it stands."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", text)
