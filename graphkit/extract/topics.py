"""Topics: from the words that a position is about to a label that stands alone."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.extract.inflection import gerund
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import (
    children,
    first_child,
    is_clause_head,
    object_of,
    particle,
)
from graphkit.extract.words import words
from graphkit.statement import Actor, Span

MAX_WORDS = 8
STEM = 5
"""Letters by which two words count as forms of one: "purchases", "purchasing"."""
DECAY = 0.85
"""Weight of a topic mention per sentence of distance (best of the measured anaphora methods)."""
POINTERS = words("pointers")
EMPTY_VERBS = words("empty_verbs")
PRO_VERBS = frozenset({"do", "start", "begin", "take", "act", "happen"})
DETERMINERS = words("determiners")
TIME_WORDS = words("time_words")
PREPOSITIONS = words("prepositions")
LAWS = words("laws")


@dataclass(frozen=True, slots=True)
class TopicPhrase:
    """What a position is about: a label, None for a pointer to another topic, "" for nothing."""

    label: str | None
    span: Span | None
    head: str
    entity: Actor | None = None
    is_demonstrative: bool = False


class TopicReader:
    """Read topic phrases of one article.

    ``entity`` resolves a token to the actor that it names, so that a stance on Berlin is one on
    Germany's node and pronouns in a label become names.
    """

    def __init__(self, doc: Doc, lexicon: Lexicon, entity: Callable[[Token], Actor | None]) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.entity = entity
        self._fullest = _fullest_phrases(doc, self)

    def read(self, token: Token | None) -> TopicPhrase:
        """Return the topic that a token heads; None reads as a pointer."""
        if token is None:
            return TopicPhrase(None, None, "")
        core = self.unwrap(token)
        span = self._span(token)
        clause = first_child(core, "relcl")
        if core.lower_ in {"anything", "something", "what", "everything"} and clause is not None:
            core = clause
        actor = self.entity(core)
        if (core.pos_ in {"PRON", "DET"} or core.lower_ in POINTERS) and actor is None:
            return TopicPhrase(None, span, core.lemma_.lower())
        if actor is not None and not is_clause_head(core):
            return TopicPhrase(actor.name, span, core.lemma_.lower(), actor)
        label = self.clause_label(core) if is_clause_head(core) else self.noun_label(core)
        head = core.lemma_.lower()
        if is_clause_head(core) and self._says_nothing(core, label):
            return TopicPhrase("", span, head)
        if self._is_pointer(core, label):
            return TopicPhrase(None, span, head)
        if not is_clause_head(core) and _is_definite(core):
            label = self._fuller(core, label)
        return TopicPhrase(label, span, head, is_demonstrative=_is_demonstrative(core))

    def _says_nothing(self, verb: Token, label: str) -> bool:
        """Tell "wants to go further" and "wants to be clear", which leave nothing to be for."""
        if verb.lemma_.lower() == "be":
            return not label or _is_feeling(verb)
        bare = " " not in label and verb.lemma_.lower() in EMPTY_VERBS - PRO_VERBS
        return bare and first_child(verb, "dobj") is None

    def unwrap(self, token: Token) -> Token:
        """Follow carriers to what they carry: "the possibility of sending troops" -> sending."""
        current = token
        for _ in range(4):
            carried = self._carried(current)
            if carried is None:
                return current
            current = carried
        return current

    def _carried(self, token: Token) -> Token | None:
        if (
            token.pos_ not in {"NOUN", "PRON"}
            or token.lemma_.lower() not in self.lexicon.words["carriers"]
        ):
            return None
        for preposition in children(token, "prep"):
            if preposition.lower_ in {"of", "for", "about", "on", "to", "over", "regarding"}:
                governed = object_of(preposition)
                if governed is None:
                    continue
                clause = next((c for c in children(governed, "acl") if c.tag_ == "VBG"), None)
                return clause if clause is not None else governed
        clause = first_child(token, "acl", "relcl", "ccomp")
        if (
            clause is not None
            and is_clause_head(clause)
            and (_is_infinitive(clause) or first_child(clause, "mark"))
        ):
            return clause
        return None

    def _is_pointer(self, core: Token, label: str) -> bool:
        words = [w for w in label.casefold().split() if w not in DETERMINERS]
        if not any(char.isalnum() for char in label):
            return True
        if is_clause_head(core) and core.lemma_.lower() in EMPTY_VERBS and label.endswith("ing"):
            return True
        light = core.lemma_.lower() in self.lexicon.words["carriers"]
        return light and len(words) == 1 and not is_clause_head(core)

    # --- labels ---------------------------------------------------------------------------------

    def noun_label(self, noun: Token, budget: int = MAX_WORDS) -> str:
        """Return a noun phrase without determiners, relative clauses, and times."""
        words = [*self._left(noun), _hyphenated(noun)]
        for conjunct in children(noun, "conj"):
            separate = first_child(conjunct, "det", "poss") is not None
            if conjunct.pos_ in {"NOUN", "PROPN"} and len(words) < 4 and not separate:
                words += ["and", *self._left(conjunct), conjunct.text]
                break
        for child in noun.rights:
            if child.dep_ in {"prep", "acl"} and not _is_temporal(child):
                words += self._attachment(child, budget - len(words))
        return _joined(words)

    def _left(self, noun: Token) -> list[str]:
        words: list[str] = []
        for child in noun.lefts:
            if child.dep_ in {
                "compound",
                "amod",
                "nmod",
                "nummod",
                "quantmod",
                "npadvmod",
            } and not _is_temporal(child):
                words += [
                    t.text
                    for t in child.subtree
                    if not t.is_quote and not t.is_space and t.text != ","
                ]
            elif child.dep_ == "poss":
                words += self._possessor(child)
        return words

    def _possessor(self, token: Token) -> list[str]:
        actor = self.entity(token)
        if actor is not None:
            return [f"{actor.name}'s"]
        if token.pos_ == "PRON":
            return []
        return [*self._left(token), f"{token.text}'s"]

    def _attachment(self, child: Token, budget: int) -> list[str]:
        """Return a prepositional phrase or an infinitive behind a noun or verb, if it fits."""
        if child.dep_ == "prep":
            governed = object_of(child)
            if governed is None or child.lower_ not in PREPOSITIONS:
                return []
            if governed.pos_ == "PRON":
                actor = self.entity(governed)
                words = [child.lower_, actor.name] if actor else []
            elif is_clause_head(governed):
                words = [child.lower_, *self.clause_label(governed, budget - 1).split()]
            else:
                words = [
                    child.lower_,
                    *self._article(governed),
                    *self.noun_label(governed, budget - 1).split(),
                ]
        elif _is_infinitive(child):
            words = ["to", child.lemma_.lower(), *self._objects(child, budget - 2)]
        elif child.tag_ == "VBG":
            words = self.clause_label(child, budget).split()
        else:
            return []
        return words if len(words) <= max(budget, 0) else []

    def _article(self, noun: Token) -> list[str]:
        """Keep "the" before names that need it: "the EU", "the United States"."""
        determiner = first_child(noun, "det")
        keeps = determiner is not None and determiner.lower_ == "the" and noun.pos_ == "PROPN"
        return ["the"] if keeps else []

    def clause_label(self, verb: Token, budget: int = MAX_WORDS) -> str:
        """Return a clause as an -ing phrase: "sending troops", "Russia winning the war"."""
        if verb.lemma_.lower() == "be" and verb.pos_ == "AUX":
            return self._copula_label(verb, budget)
        subject = next(
            (c for c in children(verb, "nsubj") if c.lower_ not in POINTERS and c.pos_ != "PRON"),
            None,
        )
        words = self._noun_words(subject, 4) if subject is not None else []
        words.append(gerund(verb.lemma_.lower()))
        if particle(verb):
            words.append(particle(verb))
        return _joined(words + self._objects(verb, budget - len(words)))

    def _copula_label(self, verb: Token, budget: int) -> str:
        complement = first_child(verb, "attr", "acomp")
        if first_child(verb, "expl") is not None:  # "there is tolerance" is about tolerance
            return self.noun_label(complement, budget) if complement is not None else ""
        subject = next((c for c in children(verb, "nsubj") if c.lower_ not in POINTERS), None)
        words = self._noun_words(subject, 4) if subject is not None else []
        words.append("being")
        if complement is not None:
            words += self.noun_label(complement, budget - len(words)).split()
        return _joined(words) if len(words) > 1 else ""

    def _noun_words(self, noun: Token, budget: int) -> list[str]:
        actor = self.entity(noun)
        return [actor.name] if actor is not None else self.noun_label(noun, budget).split()

    def _objects(self, verb: Token, budget: int) -> list[str]:
        labels = {"nsubjpass", "dobj", "dative", "attr", "acomp", "oprd"}
        words: list[str] = []
        for child in verb.children:
            if child.dep_ in labels:
                if child.pos_ == "PRON":
                    actor = self.entity(child)
                    words += [actor.name] if actor else []
                else:
                    words += self._noun_words(child, max(budget - len(words), 1))
        for child in verb.rights:
            if child.dep_ == "prep" and not _is_temporal(child):
                words += self._attachment(child, budget - len(words))
            elif child.dep_ == "xcomp" and len(words) < budget - 1:
                form = (
                    ["to", child.lemma_.lower()]
                    if _is_infinitive(child)
                    else [gerund(child.lemma_.lower())]
                )
                words += form + self._objects(child, budget - len(words) - len(form))
            elif child.dep_ == "ccomp" and _is_infinitive(child) and not words:
                named = first_child(child, "nsubj")  # "consider actions to support Kyiv"
                words += self._noun_words(named, 4) if named is not None else []
                words += [
                    "to",
                    child.lemma_.lower(),
                    *self._objects(child, budget - len(words) - 2),
                ]
        return words

    def _fuller(self, noun: Token, label: str) -> str:
        """Return the article's fullest phrase for a definite one-word topic ("the bill")."""
        if len(label.split()) > 1:
            return label
        candidates = self._fullest.get(noun.lemma_.lower(), [])
        earlier = [c for position, c in candidates if position < noun.i]
        return earlier[0] if earlier else (candidates[0][1] if candidates else label)

    def _span(self, token: Token) -> Span:
        indexes = sorted(t.i for t in token.subtree)
        start, end = indexes[0], indexes[-1]
        while start < end and (self.doc[start].is_punct or self.doc[start].is_space):
            start += 1
        while end > start and (self.doc[end].is_punct or self.doc[end].is_space):
            end -= 1
        return self.doc[start].idx, self.doc[end].idx + len(self.doc[end])


def settle(
    phrase: TopicPhrase, history: Sequence["TopicMention"], index: int, sentence: int
) -> str | None:
    """Return a phrase's label, read against the article's other topics.

    A pointer takes the salient topic; "those purchases" and a bare "attending" take the topic
    that is told in full elsewhere with the same word.
    """
    if phrase.label is None:
        return salient(history, phrase.head, index, sentence)
    if phrase.entity is None and (phrase.is_demonstrative or phrase.label.endswith("ing")):
        stem = phrase.head[:STEM]
        earlier = [m.label for m in history if m.index < index and m.label != phrase.label]
        full = [label for label in earlier if _has_stem(label, stem)]
        is_bare = phrase.is_demonstrative or " " not in phrase.label
        if full and is_bare and len(stem) == STEM:
            return full[-1]
    return phrase.label


def _has_stem(label: str, stem: str) -> bool:
    return " " in label and any(word.startswith(stem) for word in label.casefold().split())


@dataclass(frozen=True, slots=True)
class TopicMention:
    """A topic's label at one place: token index, sentence number, and how many actors share it."""

    index: int
    sentence: int
    label: str
    holders: int


def salient(history: Sequence[TopicMention], head: str, index: int, sentence: int) -> str | None:
    """Return the topic with the highest recency-weighted frequency before a token.

    With nothing before it, the most frequent one after wins, as a headline's pointer reads
    forward. A mention counts more if several actors share it. ``head`` is the pointer's noun:
    "the measure" can only mean something that is called a bill, a law, a package.
    """
    weights: dict[str, float] = {}
    if head in LAWS:
        history = [m for m in history if LAWS & set(m.label.casefold().split())] or history
    for mention in [m for m in history if m.index < index] or history:
        weight = math.sqrt(mention.holders) * DECAY ** abs(sentence - mention.sentence)
        weights[mention.label] = weights.get(mention.label, 0.0) + weight
    return max(weights, key=lambda label: weights[label]) if weights else None


def _fullest_phrases(doc: Doc, reader: TopicReader) -> dict[str, list[tuple[int, str]]]:
    """Collect, per head lemma, the phrases of two words or more."""
    found: dict[str, list[tuple[int, str]]] = {}
    for token in doc:
        if token.pos_ == "NOUN" and token.dep_ not in {"compound", "npadvmod"}:
            label = reader.noun_label(token)
            if 2 <= len(label.split()) <= MAX_WORDS:
                found.setdefault(token.lemma_.lower(), []).append((token.i, label))
    return found


def _hyphenated(noun: Token) -> str:
    """Return a word that the tokenizer has cut at its hyphens: "re-election"."""
    end = noun.i + 1
    while end + 1 < len(noun.doc) and noun.doc[end].text == "-" and not noun.doc[end].whitespace_:
        end += 2
    return noun.doc[noun.i : end].text if end > noun.i + 1 else noun.text


def _is_feeling(copula: Token) -> bool:
    """Tell "wants to be clear", which nobody can be for or against."""
    return first_child(copula, "acomp") is not None and first_child(copula, "nsubj") is None


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ == "the" for child in children(noun, "det"))


def _is_demonstrative(noun: Token) -> bool:
    return any(
        c.lower_ in {"this", "that", "these", "those", "such"}
        for c in children(noun, "det", "predet", "amod")
    )


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _is_temporal(token: Token) -> bool:
    if token.ent_type_ in {"DATE", "TIME"}:
        return True
    governed = object_of(token) if token.dep_ == "prep" else None
    return governed is not None and (
        governed.ent_type_ in {"DATE", "TIME"} or governed.lemma_.lower() in TIME_WORDS
    )


def _joined(words: list[str]) -> str:
    kept = [w for w in words if w and w.lower() not in {"'s", "’s", "[", "]", "(", ")"}]
    while kept and kept[0].lower() in DETERMINERS and kept[1:2] != ["-"]:  # "no-fly zone"
        kept.pop(0)
    while kept and kept[-1].lower() in PREPOSITIONS | {"and", "or", "the", "to"}:
        kept.pop()
    return " ".join(" ".join(kept).split()).replace(" - ", "-")
