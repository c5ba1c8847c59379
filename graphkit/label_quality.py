"""What is wrong with a topic's label: whether it stands alone as the name of an issue."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graphkit.word_lists import word_list

MAX_WORDS = 8
"""Words of the longest label that reads as a name; articles' own noun phrases rarely have more."""

_PRONOUNS = word_list("pronouns") | word_list("first_person")
_INDEFINITE = frozenset({"anyone", "anybody", "everyone", "everybody", "someone", "somebody"})
_MODAL_NOUNS = frozenset({"will", "might", "can", "may"})
_QUESTIONS = word_list("question_words")
_DETERMINERS = word_list("determiners") - {"all", "no"}  # "all sides", "no confidence vote"
_PREPOSITIONS = word_list("prepositions") | {"because", "despite", "per", "via", "upon", "while"}
_CONJUNCTIONS = frozenset({"and", "or", "but", "nor", "'s", "’s", "'", "’"})
_ARTICLES = frozenset({"the", "a", "an", "my", "our", "every", "no", "not"})
_NAME_BEGINNINGS = word_list("name_beginnings")
_FINITE = word_list("finite_verbs")
_VAGUE = word_list("vague_words")
_BARE = word_list("bare_participles")
_COMMON = _BARE | _VAGUE | {"not", "to", "and"}
_NOT_CLOSED_UP = re.compile(r"[$€£] | [,.;:%)]|\( | ['’](?!\w)(?=\S)|s['’]s\b|\s-|-\s|\s\s")
_QUOTES = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class LabelProblems:
    """A label with what is wrong with it and the number of statements that are about it."""

    label: str
    problems: tuple[str, ...]
    statements: int


def worst_labels(counts: Mapping[str, int]) -> list[LabelProblems]:
    """Return the labels that have a problem, by their problems and then by their statements.

    `counts` maps each label to its number of statements.

    >>> [worst.label for worst in worst_labels({"tax": 9, "the bill": 2, "it": 1, "it of": 1})]
    ['it of', 'the bill', 'it']
    """
    judged = (LabelProblems(label, problems_of(label), count) for label, count in counts.items())
    worst = [label for label in judged if label.problems]
    return sorted(worst, key=lambda one: (-len(one.problems), -one.statements, one.label))


def problems_of(label: str) -> tuple[str, ...]:
    """Return the reasons why a label does not stand alone; none if it does.

    >>> problems_of("sending ground troops to Mali")
    ()
    >>> problems_of("the option of")
    ('begins with a determiner', 'ends in a preposition')
    """
    said = label.casefold().split()
    if not any(char.isalpha() for char in label):
        return ("has no words",)
    if len(said) == 1:
        return _of_a_word(label, said[0])
    is_common = all(word in _COMMON for word in said)
    found = {
        **_at_the_start(label, said),
        "holds a pronoun": _holds_pronoun(label.split(), said),
        "holds a finite verb": _holds_finite_verb(said),
        **_at_the_end(label, said),
        f"more than {MAX_WORDS} words": len(said) > MAX_WORDS,
        "holds quotation marks": _QUOTES.search(label) is not None,
        "is not closed up": _NOT_CLOSED_UP.search(label) is not None,
        "repeats a word": any(one == other for one, other in pairwise(said)),
        "clause and no topic": is_common and said[0] in _BARE,
        "common words only": is_common and said[0] not in _BARE,
    }
    return tuple(problem for problem, holds in found.items() if holds)


def _of_a_word(label: str, word: str) -> tuple[str, ...]:
    """Judge a single word; a capital letter makes it a name: "Us" is none, "US" is one."""
    bare = word.strip("'’\"“”.,")
    if bare in _PRONOUNS | _QUESTIONS and not label.isupper():
        return ("is a pronoun",)
    if bare in _DETERMINERS | _PREPOSITIONS | _CONJUNCTIONS:
        return ("single common word",)
    if bare in _BARE:
        return ("clause and no topic",)
    return ("single common word",) if label.islower() and bare in _VAGUE else ()


def _at_the_start(label: str, said: Sequence[str]) -> dict[str, bool]:
    first = said[0]
    return {
        "begins with a pronoun": not label.split(maxsplit=1)[0].isupper()  # "US" is a name
        and first in _PRONOUNS - _DETERMINERS - {"one"},
        "begins with a determiner": first in _DETERMINERS,
        "begins with a question word": first in _QUESTIONS,
        "begins with a preposition": first in _PREPOSITIONS | _CONJUNCTIONS,
    }


def _at_the_end(label: str, said: Sequence[str]) -> dict[str, bool]:
    last = said[-1]
    return {
        "ends in a preposition": last in _PREPOSITIONS,
        "breaks off": last in _CONJUNCTIONS | _ARTICLES
        or last.endswith(("'s", "’s", "s'", "s’", "-"))
        or label.count("(") != label.count(")"),
        "breaks off a name": last in _NAME_BEGINNINGS,
        "ends in being": last == "being" and "well" not in said,
    }


def _holds_pronoun(written: Sequence[str], said: Sequence[str]) -> bool:
    """Tell a pronoun behind the first word; "US" is a name, "one million" a number."""
    for number, word in enumerate(said[1:], start=1):
        if word == "one":
            following = said[number + 1 : number + 2]
            if not following or following[0] in _PREPOSITIONS | _FINITE:
                return True
        elif word in _PRONOUNS - _INDEFINITE and not written[number].isupper():
            return True
    return False


def _holds_finite_verb(said: Sequence[str]) -> bool:
    """Tell a finite verb inside a label; "political will" and "the might of Rome" are nouns."""
    return any(
        word in _FINITE and not (word in _MODAL_NOUNS and following in _PREPOSITIONS)
        for word, following in pairwise(said[1:])
    )
