"""Names without what people leave out or write in several ways: case, accents, dots, blanks."""

import unicodedata

PLAIN_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "’": "'",
}  # fmt: skip
"""Letters that Unicode does not take apart into a plain letter and an accent."""

_BOTH_CASES = str.maketrans(
    PLAIN_LETTERS | {k.upper(): v.capitalize() for k, v in PLAIN_LETTERS.items()}
)


def fold(name: str) -> str:
    """Return a name without what people leave out: case, accents, and blanks too many.

    >>> fold("  Łucja NOVÁK ")
    'lucja novak'
    """
    return " ".join(without_accents(name.casefold()).split())


def without_accents(name: str) -> str:
    """Return a name in the plain letters that people type for it; the case is kept.

    >>> without_accents("Łucja Novák")
    'Lucja Novak'
    """
    parts = unicodedata.normalize("NFKD", name.translate(_BOTH_CASES))
    return "".join(char for char in parts if not unicodedata.combining(char))
