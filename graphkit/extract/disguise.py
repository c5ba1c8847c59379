"""What the parser is shown in place of words that mislead it; offsets never move.

The model takes the name in "Mr. Grill told them" for a verb, and with it goes the whole parse. So
a surname that is also a common word, and that the article introduces with a first name or a title,
is shown as a plain surname of the same length. And "(D-Ohio)" behind a name breaks an enumeration
of names, so it is shown as blanks. The parsed document then gets its own words back.
"""

import re
from functools import cache

from spacy.tokens import Doc, Token

from graphkit.extract.headlines import KnownWords

PLAIN = {3: "Lee", 4: "Hill", 5: "Smith", 6: "Miller", 7: "Johnson", 8: "Anderson", 9: "Robertson"}
"""A surname of each length that the model knows as one."""
PARTY = re.compile(r"(?<= )\((?:[DRI]|Dem|Rep)\.?(?:[-–][A-Z][A-Za-z.]{1,7})?\)")
"""Party and state behind a member of Congress."""
TITLES = ("Mr.", "Mrs.", "Ms.", "Dr.", "Sen.", "Gov.", "Rep.", "Gen.", "Judge", "Justice")
OFFICES = ("Senator", "Governor", "President", "Secretary", "Minister", "Chancellor", "Mayor")


def disguised(text: str, known: KnownWords) -> str:
    """Return the text as the parser is to see it: of the same length, with the same tokens."""
    shown = PARTY.sub(lambda match: " " * len(match[0]), text)
    nouns = known.gazetteer.nouns
    introduction = _introduction(nouns["male_names"], nouns["female_names"])
    surnames = {match[1] for match in introduction.finditer(text)}
    doubtful = sorted(n for n in surnames if n.casefold() in known.common and len(n) in PLAIN)
    if not doubtful:
        return shown
    return re.sub(rf"\b(?:{'|'.join(doubtful)})\b", lambda match: PLAIN[len(match[0])], shown)


def undisguised(doc: Doc, text: str) -> Doc:
    """Return a parsed document with the words of its own text, which has the same length."""
    if doc.text == text:
        return doc
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    return Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[t.lemma_ if w == t.text else w for w, t in zip(words, doc, strict=True)],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if _is_named(t) else "O" for t in doc],
    )


def _is_named(token: Token) -> bool:
    return bool(token.ent_type_) and not token.is_space  # a party is no part of a name


@cache
def _introduction(*first_names: frozenset[str]) -> re.Pattern[str]:
    """Match a first name or a title, perhaps an initial, and a surname, which is the group."""
    given = {name.title() for names in first_names for name in names}
    before = "|".join(re.escape(name) for name in sorted({*given, *TITLES, *OFFICES}))
    return re.compile(rf"\b(?:{before})\s+(?:[A-Z]\.\s+)?([A-Z][a-z]+)\b")
