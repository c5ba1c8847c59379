"""Short names in one article: under which other forms it names an organization or a country."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from graphkit.extract.gazetteer import Gazetteer, without_article, without_possessive

_LINK = re.compile(r" (?:for|of)(?: the)? ")
"""Behind which a long name may have a name of its own."""
_GOING_ON = re.compile(r" (?:of|for|in|on) ")
"""How a name goes on that is whole already: a university's school is another body."""
_DOTTED = re.compile(r"(?:\w\.)+\w")
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def clean_name(text: str) -> str:
    """Return a name without article, possessive, brackets, and what follows a line break."""
    name = " ".join(text.split("\n", maxsplit=1)[0].split()).partition(" (")[0]
    name = without_possessive(name).removesuffix("’").removesuffix("'")
    return without_article(name).strip(' ,.;:-–—"“”')


def full_names(doc: Doc, gazetteer: Gazetteer, people: Iterable[str]) -> dict[str, str]:
    """Map the names of organizations, and their short forms, to the fullest form in the article."""
    texts = sorted({clean_name(e.text) for e in doc.ents if e.label_ == "ORG"} - {""})
    names: dict[str, str] = {}
    for text in texts:
        is_whole = text.rpartition(" ")[2].casefold() in gazetteer.nouns["bodies"]
        longer = [
            full
            for full in texts
            if full != text and _is_short_form(text, full)
            if not is_whole or _GOING_ON.match(full.removeprefix(text)) or text.isupper()
        ]
        names[text] = max(longer, key=len, default=text)
    names |= _tails(doc, texts, names)
    words_of_people = {word for person in people for word in person.split()}
    for text in texts:
        first, *rest = text.split()
        is_firm = rest and rest[-1].casefold() in gazetteer.nouns["company_words"]
        if is_firm and first not in words_of_people:
            names.setdefault(first, text)
    return names


def acronyms(doc: Doc, gazetteer: Gazetteer) -> dict[str, str]:
    """Map acronyms to the names before them: "Coalition for Clean Rivers (CCR)".

    What the gazetteer knows goes by its own names.
    """
    found: dict[str, str] = {}
    for text, full in _bracketed(doc):
        is_known = gazetteer.find(full, "name") is not None
        is_other = gazetteer.find(text, "name") is not None and not _is_short_form(text, full)
        if not is_known and not is_other and " " in full:
            found.setdefault(text, full)
    return found


def used_forms(doc: Doc, gazetteer: Gazetteer, full: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Map each name to the other forms by which the article names its bearer, in order.

    Adjectives are no names, and neither are the towns from which somebody governs.
    """
    forms: dict[str, set[str]] = {}
    for text, name in full.items():
        forms.setdefault(name, set()).add(text)
    for entity in doc.ents:
        text = clean_name(entity.text)
        entry = gazetteer.find(text, "name") if text and entity.label_ != "PERSON" else None
        if entry is not None and not (entry.type != "country" and entity.label_ in _PLACES):
            forms.setdefault(entry.name, set()).add(text)
    return {
        name: tuple(sorted(_dotted(form) for form in used if form.casefold() != name.casefold()))
        for name, used in forms.items()
    }


def _dotted(text: str) -> str:
    """Return "U.N." where its last dot was taken for the sentence's."""
    return f"{text}." if _DOTTED.fullmatch(text) else text


def _is_short_form(short: str, full: str) -> bool:
    """Tell whether a name is the acronym or the head words of a longer one."""
    words = [w for w in full.split() if w[:1].isupper()]
    if short.isupper() and len(short) > 1 and len(words) > 1:
        return "".join(w[0] for w in words) == short.replace(".", "")
    return full.startswith(short + " ") and len(short.split()) > 1


def _bracketed(doc: Doc) -> Iterator[tuple[str, str]]:
    """Yield what stands in brackets like an acronym, with the name before it."""
    for entity in doc.ents:
        if entity.label_ not in {"ORG", "NORP", "GPE", "FAC", "WORK_OF_ART"}:
            continue
        inside = _acronym_behind(entity)
        if inside:
            yield inside, clean_name(entity.text)


def _acronym_behind(name: Span) -> str:
    """Return CCR of "Coalition (CCR)", be the brackets inside the entity or behind it."""
    words = [t.text for t in name.doc[name.start : name.end + 3]]
    if "(" not in words[1:]:
        return ""
    place = words.index("(", 1)
    closes = words[place + 2 : place + 3] == [")"]
    text = words[place + 1] if closes else ""
    is_acronym = 2 <= len(text) <= 8 and text.isalpha() and sum(map(str.isupper, text)) > 1
    return text if is_acronym and place >= len(name) - 3 else ""


def _tails(doc: Doc, texts: Iterable[str], known: dict[str, str]) -> dict[str, str]:
    """Map "Clean Rivers" to the Coalition for Clean Rivers, where the article has it as a name."""
    used = set(_proper_runs(doc)) | known.keys()
    bearers: dict[str, set[str]] = {}
    for full in texts:
        tail = "".join(_LINK.split(full, maxsplit=1)[1:])
        is_name = " " in tail and all(word[0].isupper() for word in tail.split())
        if is_name and tail in used and known.get(tail, tail) == tail:
            bearers.setdefault(tail, set()).add(full)
    return {tail: full.pop() for tail, full in bearers.items() if len(full) == 1}


def _proper_runs(doc: Doc) -> Iterator[str]:
    """Yield the runs of proper nouns that the model has no label for."""
    run: list[str] = []
    for token in doc:
        if token.pos_ == "PROPN" and not token.ent_type_:
            run.append(token.text)
        elif run:
            yield " ".join(run)
            run = []
