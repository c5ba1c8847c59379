"""English verb forms that labels need: the -ing form and the third person singular."""

_VOWELS = "aeiou"
_IRREGULAR_ING = {
    "be": "being",
    "see": "seeing",
    "flee": "fleeing",
    "die": "dying",
    "lie": "lying",
    "tie": "tying",
    "age": "aging",
}
_IRREGULAR_PRESENT = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_DOUBLING = frozenset(
    [
        "admit",
        "begin",
        "commit",
        "compel",
        "control",
        "defer",
        "equip",
        "expel",
        "forbid",
        "forget",
        "omit",
        "outbid",
        "permit",
        "prefer",
        "refer",
        "regret",
        "submit",
        "transfer",
        "transmit",
        "upset",
        "offset",
        "reset",
        "rebut",
        "repel",
        "patrol",
    ]
)


def gerund(lemma: str) -> str:
    """Return the -ing form of a verb.

    >>> [gerund(verb) for verb in ("send", "deploy", "put", "take", "ban", "die", "deliver")]
    ['sending', 'deploying', 'putting', 'taking', 'banning', 'dying', 'delivering']
    """
    if lemma in _IRREGULAR_ING:
        return _IRREGULAR_ING[lemma]
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"


def present(lemma: str) -> str:
    """Return the third person singular of a verb in the present tense.

    >>> [present(verb) for verb in ("reject", "deny", "oppose", "push", "have", "say")]
    ['rejects', 'denies', 'opposes', 'pushes', 'has', 'says']
    """
    if lemma in _IRREGULAR_PRESENT:
        return _IRREGULAR_PRESENT[lemma]
    after_consonant = lemma[-2:-1] not in _VOWELS
    if lemma.endswith(("s", "x", "z", "ch", "sh")) or (lemma.endswith("o") and after_consonant):
        return lemma + "es"
    if lemma.endswith("y") and after_consonant:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _doubles(lemma: str) -> bool:
    """Tell whether the last consonant doubles: one stressed short vowel before one consonant."""
    if lemma in _DOUBLING:
        return True
    if (
        len(lemma) < 3
        or lemma[-1] in _VOWELS + "wxyh"
        or lemma[-2] not in _VOWELS
        or lemma[-3] in _VOWELS
    ):
        return False
    return sum(char in _VOWELS for char in lemma) == 1
