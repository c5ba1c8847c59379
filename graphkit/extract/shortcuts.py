"""Shortcuts through the spaCy pipeline: the same parses in less time.

A text repeats its words, and the pipeline does for each what it did for the one before. Here, what
depends on a word alone is done once. The times are those of 84 news articles, 82,000 tokens, on one
core, where the pipeline as it comes takes 8.5 s; ``make bench`` measures the whole.
"""

from contextlib import AbstractContextManager
from itertools import accumulate
from typing import Any, Literal, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc
from thinc.api import Model, use_ops

Embedding = Model[list[Doc], list[Any]]

MAX_WORDS = 50_000
"""Words whose rules are remembered, each with its tag and dependency: some 15 megabytes."""

WORD_RULE_KEYS = frozenset({"ORTH", "TEXT", "LOWER", "SHAPE", "LENGTH", "IS_SPACE", "TAG", "DEP"})

EMBEDDING_LAYERS = frozenset(
    {"extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors"}
    | {"maxout", "layernorm", "dropout", "ragged2list"}
)
"""Of spaCy's MultiHashEmbed: none of them looks from one token to another."""


def fast_algebra() -> AbstractContextManager[None]:
    """Let the pipelines that are loaded inside multiply matrices with numpy: 8.5 s become 4.7.

    With BLIS, spaCy's choice, a word gets the same numbers in any batch; with numpy the last bits
    may differ, which changed no parse of 90,000 tokens in batches of 1, 4, 8 and 16 articles.
    """
    return use_ops("numpy", use_blis=False)


def take_shortcuts(nlp: Language) -> None:
    """Shorten the parts of a pipeline that are built as expected; leave the others alone."""
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, Lemmatizer):
            _index_lemmas(pipe)
        elif isinstance(pipe, AttributeRuler):
            pipe.matcher = cast(Matcher, RememberingMatcher(pipe))
        elif isinstance(model := getattr(pipe, "model", None), Model):
            _embed_words_once(model)


def _index_lemmas(lemmatizer: Lemmatizer) -> None:
    """Let the lemmatizer look a new word up in a set, not in a list: 0.9 s less."""
    if lemmatizer.mode == "rule":
        table = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, words in table.items():
            table[part_of_speech] = frozenset(words)


class RememberingMatcher:
    """The matcher of an attribute ruler, which tries the rules of one word once for each word.

    All but 8 of the 179 rules of the default pipeline are such: 0.4 s less.
    """

    def __init__(self, ruler: AttributeRuler):
        self._word_rules, self._other_rules = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._remembered: dict[tuple[int, ...], list[int]] = {}
        rules = [cast(dict[str, Any], rule) for rule in ruler.patterns]
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                is_of_word = len(pattern) == 1 and pattern[0].keys() <= WORD_RULE_KEYS
                matcher = self._word_rules if is_of_word else self._other_rules
                matcher.add(str(number), [pattern])

    def __call__(
        self, doc: Doc, *, allow_missing: bool, as_spans: Literal[False]
    ) -> list[tuple[int, int, int]]:
        """Return the matches in no order: rule, start, end."""
        matches = self._other_rules(doc, allow_missing=allow_missing, as_spans=as_spans)
        for place, word in enumerate(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist())):
            if (rules := self._remembered.get(word)) is None:
                if len(self._remembered) >= MAX_WORDS:
                    self._remembered.clear()
                found = self._word_rules(doc[place : place + 1], allow_missing=allow_missing)
                rules = self._remembered[word] = [rule for rule, _, _ in found]
            matches += [(rule, place, place + 1) for rule in rules]
        return matches


def _embed_words_once(model: Model[Any, Any]) -> None:
    """Let embedding layers of spaCy's usual make embed a word once a batch: 0.8 s less."""
    for embed in [layer.get_ref("embed") for layer in model.walk() if layer.has_ref("embed")]:
        leaves = [layer for layer in embed.walk() if not layer.layers]
        if {layer.name for layer in leaves} <= EMBEDDING_LAYERS:
            features = [name for layer in leaves for name in layer.attrs.get("columns", ())]
            attributes = {"keys": ["ORTH", *features]}  # ORTH stands for the word's vector
            once: Embedding = Model("embed_once", _embed_once, layers=[embed], attrs=attributes)
            model.replace_node(embed, once)


def _embed_once(
    model: Embedding,
    docs: list[Doc],
    is_train: bool,  # noqa: FBT001 - this is how thinc calls it
) -> tuple[list[Any], Any]:
    embed: Embedding = model.layers[0]
    if is_train or not any(docs):
        return embed(docs, is_train)
    numpy = model.ops.xp
    tokens = numpy.concatenate([doc.to_array(model.attrs["keys"]) for doc in docs])
    _, firsts, numbers = numpy.unique(tokens, axis=0, return_index=True, return_inverse=True)
    (vectors,), backprop = embed([cast(Doc, _Words(docs, firsts, numpy))], is_train)
    ends = list(accumulate(map(len, docs)))
    return numpy.split(vectors[numbers], ends[:-1]), backprop


class _Words:
    """Some tokens of some docs: as much of a doc as the embedding layers ask for."""

    def __init__(self, docs: list[Doc], places: Any, numpy: Any):
        self.vocab = docs[0].vocab
        self._docs, self._places, self._numpy = docs, places, numpy

    def __len__(self) -> int:
        return len(self._places)

    def to_array(self, attributes: Any) -> Any:
        tokens = self._numpy.concatenate([doc.to_array(attributes) for doc in self._docs])
        return tokens[self._places]
