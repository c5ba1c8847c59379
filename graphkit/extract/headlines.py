"""Headlines: what stands in Title Case or in CAPITALS, rewritten as the parser expects a sentence.

"Senator Vows To Fight New Farm Tax" reads as a row of names to a parser that learned from running
text. A word is a name if the rest of the article writes it as one; if the article does not have
it, what the gazetteer and the dictionary know decides.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.pipeline import Lemmatizer

from graphkit.extract.gazetteer import Entry, Gazetteer, Sense
from graphkit.extract.lexicon import Lexicon
from graphkit.word_lists import word_list

MIN_WORDS = 4
"""Words of a headline: fewer are a name, a byline or a label rather than a statement."""
MIN_CONTENT_WORDS = 3
MAX_LENGTH = 300
"""Characters of a headline: no longer line is one, whatever its letters."""
MAX_NAME_WORDS = 5
"""Words of the longest name that is looked for in the gazetteer."""
MIN_NAME = 5
"""Letters of a name of the gazetteer that is no acronym: "Apple" and "Lords", though words, too."""
CAPITALISED = word_list("capitalised")
PLACE_WORDS = word_list("place_words")
IN_PLACES = word_list("particles") | {"and"}
"""What may stand between the places of a dateline, which stays as it is."""
MINOR_WORDS = word_list("minor_words") | word_list("particles")
FUNCTION_WORDS = MINOR_WORDS | word_list("function_words")
NOUN_LISTS = ("offices", "spokespeople", "people", "bodies", "anonymous")
ENDINGS = [("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e")]
ENDINGS += [("ing", "")]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPENING = re.compile(r"([:!?—–|]|(?<![A-Z])\.)[\s\"'“‘(\[]*$")
_LEAD = re.compile(r"[^a-z\d()]*(?=\s[—–-]|\s\W*[A-Z]?[a-z])")
_SMALL_IN_CAPITALS = re.compile(r"\bMa?c(?=[A-Z])|(?<=\d)s\b|['’]s\b")
_IRISH = re.compile(r"o'[a-z]{2}")
_GAPS = {" ", "-", ". "}
_INSIDE = re.compile(r"[\w,'’)%$-]\s*$")


@dataclass(frozen=True)
class KnownWords:
    """What is known of words before reading an article; all words are in lower case."""

    gazetteer: Gazetteer
    verbs: Collection[str]
    """Cues of the lexicon."""
    common: Collection[str]
    """Words that are hardly ever a name: verbs, adjectives, adverbs."""
    nouns: Collection[str]
    """Nouns, among them names of places and persons."""
    irregular: Mapping[str, Sequence[str]]
    """Base forms of irregular verbs."""


@dataclass
class _Usage:
    """How the body of an article writes the words of its headlines, by their lower-case form."""

    has_body: bool

    lower: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    """Capitalised inside a sentence, with no capital before or behind."""
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    """Capitalised inside a sentence, as it is written."""
    pairs: set[tuple[str, str]] = field(default_factory=set)
    """Neighbours that are both capitalised: parts of one name."""


def known_words(nlp: Language, lexicon: Lexicon, gazetteer: Gazetteer) -> KnownWords:
    """Collect what the lexicon, the gazetteer and the pipeline's dictionary know of words."""
    pipe = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    index: Mapping[str, Collection[str]] = {}
    exceptions: Mapping[str, Mapping[str, Sequence[str]]] = {}
    if isinstance(pipe, Lemmatizer) and pipe.lookups.has_table("lemma_index"):
        index = pipe.lookups.get_table("lemma_index")
        exceptions = pipe.lookups.get_table("lemma_exc", {})
    listed = (gazetteer.nouns.get(name, frozenset()) for name in NOUN_LISTS)
    single = {noun for nouns in listed for noun in nouns if " " not in noun}
    common = single.union(
        lexicon.nouns, lexicon.adjectives, *(index.get(p, ()) for p in ("verb", "adj", "adv"))
    )
    return KnownWords(
        gazetteer=gazetteer,
        verbs=frozenset(lexicon.verbs),
        common=frozenset(common),
        nouns=index.get("noun", frozenset()),
        irregular=exceptions.get("verb", {}),
    )


def sentence_case(text: str, known: KnownWords) -> str:
    """Return the text with its headlines in sentence case; each character keeps its place.

    A headline is a line in which all words that carry meaning are capitalised. Its names keep
    their capitals, and so do the first words of its sentences. Other lines stay as they are.
    """
    lines = [(line, _headline_end(line)) for line in text.split("\n")]
    if not any(end for _, end in lines):
        return text
    titles = [line[:end] for line, end in lines]
    wanted = {_base(_lower(word)) for title in titles for word in _WORD.findall(title)}
    usage = _usage([line[end:] for line, end in lines], wanted, known)
    recased = (
        _Headline(line[:end], usage, known).recased() + line[end:] if end else line
        for line, end in lines
    )
    return "\n".join(recased)


def _headline_end(line: str) -> int:
    """Return where the headline ends: a whole line, or the CAPITALS that lead into a paragraph."""
    if _is_headline(line):
        return len(line)
    lead = _LEAD.match(line[:MAX_LENGTH])
    if lead is None or not _is_headline(lead.group()):
        return 0
    found = [_lower(match.group()) for match in _WORD.finditer(lead.group())]
    return lead.end() if any(map(_is_function_word, set(found) - IN_PLACES)) else 0


def _is_headline(line: str) -> bool:
    if len(line) > MAX_LENGTH:
        return False
    found, content = _WORD.findall(line), 0
    for word in found:
        if len(word) > 2 and word.isalpha() and _lower(word) not in MINOR_WORDS:
            if not word[0].isupper():
                return False
            content += 1
    return len(found) >= MIN_WORDS and content >= MIN_CONTENT_WORDS


def _is_function_word(word: str) -> bool:
    lower = _lower(word).replace("’", "'")
    return lower in FUNCTION_WORDS or lower.endswith("n't")


def _lower(text: str) -> str:
    """Return the text in lower case but for characters whose lower case is longer: "İ"."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _base(lower: str) -> str:
    return lower.replace("’", "'").removesuffix("'s")


def _usage(lines: Sequence[str], wanted: Collection[str], known: KnownWords) -> _Usage:
    """Count how the wanted words are written where a capital is no matter of place."""
    usage = _Usage(has_body=any(line.strip() for line in lines))
    for line in lines:
        found = list(_WORD.finditer(line))
        for n, match in enumerate(found):
            word = match.group()
            lower = _base(_lower(word))
            if lower not in wanted:
                continue
            if not word[0].isupper():
                usage.lower[lower] += 1
                continue
            before, after = _neighbours(line, found, n)
            if not _is_inside(line, match.start(), before, known):
                continue
            usage.forms.setdefault(lower, Counter())[word[: len(lower)]] += 1
            if after[:1].isupper():
                usage.pairs.add((lower, _base(_lower(after))))
            elif not before[:1].isupper():
                usage.alone[lower] += 1
    return usage


def _neighbours(line: str, found: Sequence[re.Match[str]], n: int) -> tuple[str, str]:
    """Return the words right before and behind one, "" where more than a space parts them."""
    before = found[n - 1] if n else None
    after = found[n + 1] if n + 1 < len(found) else None
    start, end = found[n].span()
    left = before.group() if before and line[before.end() : start] in _GAPS else ""
    right = after.group() if after and line[end : after.start()] in _GAPS else ""
    return left, right


def _is_inside(line: str, start: int, before: str, known: KnownWords) -> bool:
    """Tell whether a word stands inside a sentence: behind a word, a comma, or "Sen."."""
    if _INSIDE.search(line[max(start - 3, 0) : start]):
        return True
    return before != "" and _lower(before) in known.gazetteer.nouns["titles"]


class _Headline:
    """One headline, word by word."""

    def __init__(self, line: str, usage: _Usage, known: KnownWords) -> None:
        self.line, self.usage, self.known = line, usage, known
        self.words = list(_WORD.finditer(line))
        self.lower = [_base(_lower(match.group())) for match in self.words]
        self.is_capitals = _is_all_capitals(line)
        self.names = self._known_names()

    def recased(self) -> str:
        """Return the line in sentence case."""
        pieces, end = [], 0
        for n, match in enumerate(self.words):
            pieces += [self.line[end : match.start()], self._recased_word(n, match)]
            end = match.end()
        return "".join([*pieces, self.line[end:]])

    def _recased_word(self, n: int, match: re.Match[str]) -> str:
        word = match.group()
        if self._is_fixed(n, match):
            return word
        if self._is_name(n):
            return self._name_form(n, word) if self.is_capitals else word
        if n == 0 or _OPENING.search(self.line[: match.start()]):
            return word[0] + _lower(word[1:])
        return _lower(word)

    def _is_fixed(self, n: int, match: re.Match[str]) -> bool:
        """Tell what no rule may touch: "13th", "U.S.", "Gov. Lee", "McCain", and acronyms."""
        word, line = match.group(), self.line
        if not word.replace("'", "").replace("’", "").isalpha() or not word[0].isupper():
            return True
        if line[match.end() : match.end() + 1] == "." and n + 1 < len(self.words):
            followed = line[match.end() + 1 : match.end() + 2]
            if len(word) == 1 or followed.isalpha() or self._is_title(n):
                return True
        if len(word) == 1 and match.start() and line[match.start() - 1] == ".":
            return True
        tail = word[1:-2] if word.endswith(("'S", "’S")) else word[1:]
        return any(char.isupper() for char in tail) and not self.is_capitals

    def _is_title(self, n: int) -> bool:
        return self.lower[n] in self.known.gazetteer.nouns["titles"]

    def _is_name(self, n: int) -> bool:
        """Weigh the evidence: whole names, the article's body, closed classes, the dictionary."""
        lower, usage = self.lower[n], self.usage
        if n in self.names or _IRISH.match(lower):
            return True
        small = usage.lower[lower]
        if small and usage.alone[lower] <= small:
            return self._precedes_name(n)
        forms = usage.forms.get(lower, ())
        if (self.is_capitals and forms) or self.words[n].group()[: len(lower)] in forms:
            return True
        if _is_function_word(lower):
            return False
        return self._is_unknown(lower) or self._precedes_name(n) or self._opens_place(n)

    def _opens_place(self, n: int) -> bool:
        """Tell the first word of "New York" and "South Dakota" where no body has it."""
        if self.usage.has_body or self.lower[n] not in PLACE_WORDS or n + 1 == len(self.words):
            return False
        return self._is_name(n + 1)

    def _precedes_name(self, n: int) -> bool:
        """Tell a title before a name: "President Novak", but "major Islamic holiday"."""
        if not self._is_title(n) or n + 1 == len(self.words):
            return False
        following = self.lower[n + 1]
        if self._listed(following, "adjective") or following in CAPITALISED:
            return False
        return n + 1 in self.names or following in self.usage.forms

    def _is_unknown(self, lower: str) -> bool:
        """Tell a word that the dictionary has not, or only among nouns and no body decides."""
        known = self.known
        if lower in CAPITALISED or self._is_known_name(lower):
            return True
        forms = _base_forms(lower, known)
        if any(form in known.verbs or form in known.common for form in forms):
            return False
        if self.usage.has_body:  # a name in a headline comes back below it
            return not any(form in known.nouns for form in forms)
        return True

    def _is_known_name(self, lower: str) -> bool:
        """Tell a word of the gazetteer, but for short forms that are words: "Us", "Ice"."""
        entry = self._listed(lower)
        if entry is None or self.is_capitals or len(lower) >= MIN_NAME or entry.sense != "name":
            return entry is not None
        is_country = entry.type == "country" and entry.name.casefold() == lower
        return is_country or not self._is_in_dictionary(lower)

    def _listed(self, lower: str, *senses: Sense) -> Entry | None:
        """Look a word up; only one that stands in capitals may be an acronym."""
        return self.known.gazetteer.find(lower.upper() if self.is_capitals else lower, *senses)

    def _name_form(self, n: int, word: str) -> str:
        """Write a name in capitals as the body or the gazetteer does, or else with one capital."""
        lower = self.lower[n]
        forms = self.usage.forms.get(lower)
        if forms:
            form = max(sorted(forms), key=lambda form: forms[form])
            return form + _lower(word[len(form) :])
        entry = self._listed(lower, "name")
        is_acronym = entry and (entry.name.casefold() != lower or entry.name.isupper())
        if is_acronym and len(lower) < MIN_NAME:  # "NATO" and "US", not "Chad"
            return word[: len(lower)] + _lower(word[len(lower) :])
        if len(word) > 2 and word[1] in "'’" and lower[0] != "i":  # O'Brien
            return word[:3] + _lower(word[3:])
        return word[0] + _lower(word[1:])

    def _is_in_dictionary(self, lower: str) -> bool:
        return lower in self.known.common or lower in self.known.nouns

    # --- names of several words -------------------------------------------------------------------

    def _known_names(self) -> set[int]:
        """Return the places of words in names that the gazetteer or the body has."""
        names: set[int] = set()
        for n in range(len(self.words)):
            names.update(i for i in self._gazetteer_name(n) if self.lower[i] not in MINOR_WORDS)
            if n + 1 < len(self.words) and self._is_pair(n):
                names |= {n, n + 1}
        return names

    def _gazetteer_name(self, n: int) -> range:
        if self.lower[n] in MINOR_WORDS:
            return range(0)
        start, gazetteer = self.words[n].start(), self.known.gazetteer
        for end in range(min(n + MAX_NAME_WORDS, len(self.words)), n + 1, -1):
            text = self.line[start : self.words[end - 1].end()]
            if gazetteer.find(text) is not None or gazetteer.find_person(text) is not None:
                return range(n, end)
        return range(0)

    def _is_pair(self, n: int) -> bool:
        if self.line[self.words[n].end() : self.words[n + 1].start()] not in _GAPS:
            return False
        first, second = self.lower[n], self.lower[n + 1]
        if (first, second) in self.usage.pairs:
            return True
        nouns = self.known.gazetteer.nouns
        if first not in nouns["male_names"] | nouns["female_names"]:
            return False
        return second not in self.usage.lower and self._may_be_surname(second)

    def _may_be_surname(self, lower: str) -> bool:
        """Tell "Rice" and "Sanders" from "backs" and "vowed"."""
        if _is_function_word(lower):
            return False
        verbs = [f for f in _base_forms(lower, self.known) if f in self.known.verbs]
        inflected = [f for f in _base_forms(lower, self.known)[1:] if f in self.known.common]
        return not verbs and not inflected


def _is_all_capitals(line: str) -> bool:
    return not any(char.islower() for char in _SMALL_IN_CAPITALS.sub("", line))


def _base_forms(lower: str, known: KnownWords) -> list[str]:
    """Return what a word may be a form of, itself first."""
    forms = [lower, *known.irregular.get(lower, ())]
    for ending, replacement in ENDINGS:
        stem = lower.removesuffix(ending)
        if stem != lower and len(stem) > 1:
            forms.append(stem + replacement)
            if not replacement and ending in {"ed", "ing"} and stem[-1] == stem[-2]:
                forms.append(stem[:-1])  # planned
    return forms
