"""What is wrong with a topic's label, for tests of whatever labels are made of."""

from graphkit.extract.words import words

MAX_WORDS = 8
PRONOUNS = words("first_person") | {
    *("you", "your", "he", "him", "his", "she", "her", "it", "its", "they", "them", "their"),
    *("this", "that", "these", "those", "who", "whom", "which", "himself", "herself", "itself"),
}
DANGLING = words("prepositions") | {"and", "or", "the", "a", "an", "to", "'s", "’s", "not"}
GAPS = ("$ ", " ,", " '", " ’", "s's")


def flaws(label: str) -> list[str]:
    """Return the reasons why a label does not stand alone; none if it does."""
    said = label.casefold().split()
    if not any(char.isalpha() for char in label):
        return ["it has no words"]
    found = {
        "it is too long": len(said) > MAX_WORDS,
        "it opens with a determiner": said[0] in words("determiners"),
        "it breaks off": said[-1] in DANGLING,
        "it holds a pronoun": bool(PRONOUNS & set(said)),
        "it holds quotation marks": any(mark in label for mark in '"“”'),
        "its words are not closed up": any(gap in label for gap in GAPS),
    }
    return [flaw for flaw, holds in found.items() if holds]
