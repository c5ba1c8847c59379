"""Shortcuts through the spaCy pipeline: the same parses in less time.

A text repeats its words, and a pipeline does for each of them what it did for the one before. What
depends on the word alone is done here once: for a batch, or for as long as it is remembered. The
times are those of 84 news articles, 82,000 tokens, on one core; `make bench` measures the whole.
"""

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from thinc.api import Model, use_ops

RULES = "graphkit_rules"
WORD_KEY = ("ORTH", "TAG", "DEP")
"""What a rule of one word may look at, beside what follows from ORTH."""
WORD_RULE_KEYS = frozenset({"ORTH", "TEXT", "LOWER", "SHAPE", "LENGTH", "IS_SPACE", "TAG", "DEP"})
EMBEDDED = frozenset({"ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"})
MAX_WORDS = 50_000
"""Words whose rules are remembered: all of about 500 articles, in some 15 megabytes."""

numpy_blas = use_ops("numpy", use_blis=False)


def take_shortcuts(nlp: Language) -> None:
    """Replace or wrap what repeats itself; leave alone what is not built as expected."""
    for name, pipe in list(nlp.pipeline):
        if isinstance(pipe, Lemmatizer):
            _index_lemmas(pipe)
        elif isinstance(pipe, AttributeRuler):
            nlp.add_pipe(RULES, before=name, config={"ruler": name})
            nlp.remove_pipe(name)
        elif isinstance(model := getattr(pipe, "model", None), Model):
            _embed_words_once(model)


def _index_lemmas(lemmatizer: Lemmatizer) -> None:
    """Let the lemmatizer look words up in sets: its lists cost 0.2 ms for each new word."""
    if lemmatizer.mode == "rule":
        table = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, words in table.items():
            table[part_of_speech] = frozenset(words)


class RememberedRules:
    """The rules of an attribute ruler, those of one word matched once for each word.

    All but 8 of the 179 rules of the default pipeline are such: 0.75 s become 0.3.
    """
    def __init__(self, ruler):
        self._ruler = ruler
        self._word_rules, self._other_rules = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._remembered: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for number, rule in enumerate(ruler.patterns):
            for pattern in rule["patterns"]:
                is_of_word = len(pattern) == 1 and pattern[0].keys() <= WORD_RULE_KEYS
                matcher = self._word_rules if is_of_word else self._other_rules
                matcher.add(str(number), [pattern])

    def __call__(self, doc):
        matches = self._match(self._other_rules, doc)
        for place, word in enumerate(map(tuple, doc.to_array(WORD_KEY).tolist())):
            matches += [(number, rule, place, place + 1) for number, rule in self._rules_of(word, doc, place)]
        matches.sort()  # later rules overrule earlier ones
        self._ruler.set_annotations(doc, matches)
        return doc
