"""Acts: how a position is shown, as a verb phrase in the present tense ("does not rule out")."""

from spacy.tokens import Token

from graphkit.extract.inflection import present
from graphkit.extract.syntax import (
    auxiliaries,
    first_child,
    is_clause_head,
    is_passive,
    negation_word,
    particle,
)


def verb_act(verb: Token, preposition: str = "") -> str:
    """Return a predicate as a person would report it: "rules out", "will not send", "calls for"."""
    tail = " ".join(word for word in (particle(verb), preposition) if word)
    lemma = "hope" if verb.lower_.startswith("hop") else verb.lemma_.lower()  # spaCy has "hop"
    negated = negation_word(verb) is not None
    modal = next((a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"), "")
    modal = {
        "wo": "will",
        "ca": "can",
        "'ll": "will",
        "’ll": "will",
        "'d": "would",
        "’d": "would",
    }.get(modal, modal)
    if is_passive(verb) and not modal:
        words = ["does not", lemma] if negated else [present(lemma)]
    elif modal:
        words = [modal, "not"] if negated else [modal]
        words.append(("be " + verb.text.lower()) if is_passive(verb) else lemma)
    elif negated:
        words = ["is not"] if lemma == "be" else ["does not", lemma]
    else:
        words = [present(lemma)]
    return " ".join([*words, tail]).strip()


def adjective_act(adjective: Token, preposition: str) -> str:
    """Return "is (not) opposed to"."""
    negated = negation_word(adjective.head) is not None or negation_word(adjective) is not None
    return " ".join(
        word for word in ("is", "not" if negated else "", adjective.lower_, preposition) if word
    )


def noun_act(noun: Token, preposition: str) -> str:
    """Return a noun with its light verb: "has no plans for", "voices opposition to"."""
    verb = noun.head if noun.dep_ == "dobj" and is_clause_head(noun.head) else None
    determiner = first_child(noun, "det", "neg")
    no = "no" if determiner is not None and determiner.lower_ == "no" else ""
    lead = verb_act(verb) if verb is not None else "expresses"
    return " ".join(word for word in (lead, no, noun.lower_, preposition) if word)


def judgement_act(words: str, *, negated: bool) -> str:
    """Return "calls it (not) dangerous" for an evaluation."""
    return f"calls it {'not ' if negated else ''}{words}"
