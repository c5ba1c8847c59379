"""How much room words take, and how they are cut or wrapped to fit into what there is."""

import unicodedata

ELLIPSIS = "…"

# The widths of Helvetica's letters, which Arial and Liberation Sans share, in thousandths of the
# size.
_GROUPS = {
    191: "'",
    222: "ijl’‘",
    278: " !,./:;I[]\\ft·",
    333: "()-`r“”",
    355: '"',
    389: "*",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>~−±",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_CAPITAL, _OTHER = 850, 680  # of letters that are not in the table
_FULL = 1000  # of Chinese, Japanese and Korean ones
_LAST = "\u052f"  # of the Latin, Greek and Cyrillic letters that these fonts have
_FOREIGN = 1.25  # times as wide is another font, which then is used for the whole text
_BOLD = 1.2  # times as wide: 1.06 in names, but 1.18 where all letters are narrow


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels a text takes in a line, at least, in letters of a `size`.

    >>> width_of("Will", 10)
    16.1
    """
    letters = unicodedata.normalize("NFC", text)
    is_foreign = any(letter > _LAST and letter not in _WIDTHS for letter in letters)
    factor = _FOREIGN if is_foreign else _BOLD if bold else 1
    return sum(map(_width, letters)) * size * factor / 1000


def elided(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text at its end so that it fits into the room, in pixels, and show that it was cut.

    >>> elided("Chamber of Commerce", 80, 11)
    'Chamber of C…'
    """
    text = " ".join(text.split())
    if width_of(text, size, bold=bold) <= room:
        return text
    end = len(text)
    while end > 1 and width_of(text[:end] + ELLIPSIS, size, bold=bold) > room:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text between words into lines that fit into the room; a longer word is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(elided(word, room, size, bold=bold))
    return lines


def _width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return _FULL
    other = _CAPITAL if letter.isupper() else _OTHER
    return _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], other)  # without its accents
