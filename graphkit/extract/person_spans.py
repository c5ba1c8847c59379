"""Person spans: which words of an article name persons, whatever the model takes them for."""

from collections.abc import Iterable, Set

from spacy.tokens import Doc, Span, Token

from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.listed import listed_spans
from graphkit.extract.syntax import children
from graphkit.word_lists import word_list

SPEAKING = word_list("speaking")
PARTICLES = word_list("particles")
_OTHER_LABELS = frozenset({"ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "WORK_OF_ART"})


def person_spans(doc: Doc, full: frozenset[str], gazetteer: Gazetteer) -> list[Span]:
    """Return the spans that name persons, among them names that the model mistyped.

    `full` are the `full_surnames` of the article.
    """
    listed = listed_spans(doc, gazetteer)
    covered = {i for span in listed for i in range(span.start, span.end)}
    entities = [e for e in doc.ents if covered.isdisjoint(range(e.start, e.end))]
    spans = [
        entity
        for entity in entities
        if entity.label_ == "PERSON"
        and gazetteer.find(entity.text, "name") is None
        and (entity.text in full or not _is_else(entity, gazetteer))
    ]
    spans += _speaking_names(doc, [*listed, *spans], gazetteer)
    surnames = {span[-1].text for span in spans if len(span) > 1}
    surnames |= full & {span[-1].text for span in listed}  # not "Friend of the Canal"
    spans += [*listed, *_mistyped(entities, surnames, gazetteer)]
    taken = {i for span in spans for i in range(span.start, span.end)}
    spans.extend(
        doc[t.i : t.i + 1]
        for t in doc
        if t.text in surnames and t.pos_ == "PROPN" and t.i not in taken and not t.ent_type_
    )
    return spans


def full_surnames(doc: Doc, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the last words of full names: "King" is no title after "Nora King"."""
    return frozenset(
        e[-1].text
        for e in doc.ents
        if e.label_ == "PERSON" and len(e) > 1 and not is_title(e[-2], gazetteer)
    )


def is_title(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell a word that precedes a name: "Mr."."""
    text = token.lower_
    return text in gazetteer.nouns["titles"] or text.rstrip(".") in gazetteer.nouns["titles"]


def is_first_name(word: str, gazetteer: Gazetteer) -> bool:
    """Tell a common first name."""
    nouns, first = gazetteer.nouns, word.casefold()
    return first in nouns["male_names"] or first in nouns["female_names"]


def _is_else(entity: Span, gazetteer: Gazetteer) -> bool:
    """Tell what is no person though the model says so: a people, a firm, a capital, a body."""
    return (
        _is_kind(entity)
        or _is_unit(entity, gazetteer)
        or _is_plural(entity)
        or _is_firm(entity, gazetteer)
        or _is_capital(entity, gazetteer)
        or is_body_name(entity.root, gazetteer)
    )


def _is_unit(name: Span, gazetteer: Gazetteer) -> bool:
    """Tell "the Ada Holm administration", and what has no capital, from a person."""
    is_body = name[-1].is_lower and name[-1].lemma_.lower() in gazetteer.nouns["bodies"]
    return name.text.islower() or (is_body and len(name) > 1)


def _is_kind(name: Span) -> bool:
    """Tell "a Social Democrat" from a name."""
    return name.start > 0 and name.doc[name.start - 1].lower_ in {"a", "an"}


def _is_firm(entity: Span, gazetteer: Gazetteer) -> bool:
    """Tell a firm's short name from a person: "Mercer" beside "Mercer Holdings"."""
    return len(entity) == 1 and any(
        firm.label_ == "ORG"
        and len(firm) > 1
        and firm[0].text == entity.text
        and firm[-1].lower_ in gazetteer.nouns["company_words"]
        for firm in entity.doc.ents
    )


def _is_capital(entity: Span, gazetteer: Gazetteer) -> bool:
    """Tell "Colombo hailed it" from a person of that name, whose full name the article tells."""
    if len(entity) > 1 or gazetteer.find(entity.text, "capital") is None:
        return False
    names = {
        token.text for e in entity.doc.ents if e.label_ == "PERSON" and len(e) > 1 for token in e
    }
    is_titled = entity.start > 0 and is_title(entity.doc[entity.start - 1], gazetteer)
    return entity.text not in names and not is_titled


def is_body_name(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell a name in apposition to a body: "the country's largest union, Solidar"."""
    head = token.head
    is_body = head.tag_ == "NN" and head.lemma_.lower() in gazetteer.nouns["bodies"]
    return token.dep_ == "appos" and token.pos_ == "PROPN" and is_body


def _mistyped(entities: Iterable[Span], surnames: Set[str], gazetteer: Gazetteer) -> list[Span]:
    """Return known surnames, and names under a title, that the model took for something else."""
    found = []
    for entity in entities:
        if entity.label_ not in _OTHER_LABELS:
            continue
        titles = entity.doc[
            max(entity.start - 1, 0) : entity.start + 1 if len(entity) > 1 else entity.start
        ]
        has_title = any(is_title(token, gazetteer) for token in titles)
        own = [token.text for token in entity if token.lower_ not in PARTICLES]
        is_known = len(own) == 1 and own[0] in surnames
        of = next((token.i for token in entity if token.lower_ == "of"), entity.start)
        if of - entity.start > 1 and is_first_name(entity[0].text, gazetteer):
            found.append(entity.doc[entity.start : of])  # "Rosa Bird of the Green Party"
        elif is_known or (has_title and gazetteer.find(entity.text) is None):
            found.append(entity)
    return found


def _is_plural(entity: Span) -> bool:
    """Tell a people from a person: "Latinos vote"."""
    if entity.root.tag_ in {"NNPS", "NNS"}:
        return True
    return (
        len(entity) == 1
        and entity.text.endswith("s")
        and entity.root.dep_ == "nsubj"
        and entity.root.head.tag_ == "VBP"
    )


def _speaking_names(doc: Doc, known: list[Span], gazetteer: Gazetteer) -> list[Span]:
    """Return names of two or three words that speak or have an office but were not recognised."""
    taken = {i for span in known for i in range(span.start, span.end)}
    found = []
    for token in doc:
        if token.pos_ != "PROPN" or token.tag_ == "NNPS" or token.i in taken:
            continue
        has_office = _has_office(token, gazetteer)
        speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in SPEAKING
        if not (speaks or token.dep_ == "appos" or has_office):
            continue
        span = _name_before(token)
        is_body = token.ent_type_ == "ORG" and not has_office
        if _is_full_name(span, gazetteer) and not (
            is_body and not is_first_name(span[0].text, gazetteer)
        ):
            found.append(span)
    return found


def _name_before(last: Token) -> Span:
    """Return the name that ends at a token: "Joost van der Meulen"."""
    start = last.i
    while start > 0 and (
        last.doc[start - 1].lower_ in PARTICLES
        or (last.doc[start - 1].pos_ == "PROPN" and last.doc[start - 1].dep_ == "compound")
    ):
        start -= 1
    return last.doc[start : last.i + 1]


def _is_full_name(span: Span, gazetteer: Gazetteer) -> bool:
    own = [token for token in span if token.lower_ not in PARTICLES]
    return (
        2 <= len(own) <= 3
        and span[0] == own[0]
        and not _is_kind(span)
        and all(token.is_alpha and token.is_title for token in own)
        and gazetteer.find(span.text) is None
        and gazetteer.find(span[-1].text) is None
        and span[-1].lemma_.lower() not in gazetteer.nouns["bodies"]
        and span[-1].lower_ not in gazetteer.nouns["company_words"]
    )


def _has_office(token: Token, gazetteer: Gazetteer) -> bool:
    """Tell a name that an apposition calls a person: "Rena Sild, a councillor"."""
    nouns = gazetteer.nouns
    lemmas = [c.lemma_.lower() for c in children(token, "appos") if c.tag_ == "NN"]
    return any(
        lemma not in nouns["bodies"]
        and any(lemma in nouns[kind] for kind in ("offices", "spokespeople", "people"))
        for lemma in lemmas
    )
