"""Parsed sentences by hand, so that a unit test states the parse that it is about.

A parse is a table with one token a line: word, label, head, tag, and where they matter lemma and
entity label::

    Berlin   nsubj  rejects  NNP  Berlin  GPE
    rejects  ROOT   -        VBZ  reject
    it       dobj   rejects  PRP

A head is a word of the table (its first occurrence) or a line number from 0. "-" leaves a column
at its default. The part of speech follows from the tag; "VBZ:AUX" states another. An entity's
second word has "I-GPE". "\\n" is a paragraph break.
"""

import spacy
from spacy.tokens import Doc, Token

VOCAB = spacy.blank("en").vocab
POS = {
    "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "IN": "ADP", "JJ": "ADJ", "JJR": "ADJ",
    "JJS": "ADJ", "MD": "AUX", "NN": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "NNS": "NOUN",
    "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RP": "ADP",
    "TO": "PART", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "_SP": "SPACE",
}  # fmt: skip
LEANING = frozenset({".", ",", ":", ";", "”", "’s", "'s", "n't", "n’t", "\n"})
"""Tokens that stand without a blank before them."""


def parse(table: str) -> Doc:
    """Return the Doc that a table states."""
    rows = [line.split() for line in table.strip().splitlines()]
    words = [row[0].replace("\\n", "\n") for row in rows]
    tags = [row[3].partition(":") for row in rows]
    return Doc(
        VOCAB,
        words=words,
        spaces=[_is_spaced(word, words[n + 1 : n + 2]) for n, word in enumerate(words)],
        heads=[_head(row[2], n, words) for n, row in enumerate(rows)],
        deps=[row[1] for row in rows],
        tags=[tag for tag, _, _ in tags],
        pos=[
            pos or ("AUX" if row[1] in {"aux", "auxpass"} else POS.get(tag, "PUNCT"))
            for (tag, _, pos), row in zip(tags, rows, strict=True)
        ],
        lemmas=[_lemma(row) for row in rows],
        ents=[_entity(row) for row in rows],
    )


def token(doc: Doc, word: str) -> Token:
    """Return the first token with this text."""
    return next(t for t in doc if t.text == word)


def texts(tokens: list[Token]) -> list[str]:
    """Return what the tokens read."""
    return [t.text for t in tokens]


def _is_spaced(word: str, following: list[str]) -> bool:
    return bool(following) and following[0] not in LEANING and word not in {"“", "\n"}


def _head(cell: str, own: int, words: list[str]) -> int:
    if cell == "-":
        return own
    return int(cell) if cell.isdigit() else words.index(cell)


def _lemma(row: list[str]) -> str:
    given = row[4] if len(row) > 4 else "-"
    if given != "-":
        return given
    return row[0] if row[3].startswith("NNP") else row[0].lower()


def _entity(row: list[str]) -> str:
    label = row[5] if len(row) > 5 else "-"
    if label == "-":
        return ""
    return label if label.startswith("I-") else f"B-{label}"
