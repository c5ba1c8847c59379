"""Topic phrases: which words of the article a position is about."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.extract.lexicon import Lexicon
from graphkit.extract.polarity import verb_cue
from graphkit.extract.syntax import (
    children,
    first_child,
    is_clause_head,
    is_infinitive,
    object_of,
)
from graphkit.extract.topics.labels import (
    DETERMINERS,
    EMPTY_VERBS,
    MAX_WORDS,
    POINTERS,
    Entity,
    Labels,
    accused,
    begun,
)
from graphkit.statement import Actor, Span
from graphkit.word_lists import word_list

COPULAS = word_list("copulas")
PRO_VERBS = frozenset({"do", "start", "begin", "take", "act", "happen"})
PLURAL = frozenset({"they", "them", "these", "those"})
PRONOUNS = frozenset({"it", "this", "that", "these", "those", "them", "they"})
BARE = word_list("bare_participles")
NUMBERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT"})
LAWS = word_list("laws")
PEOPLE = frozenset(
    {"i", "me", "you", "we", "us", "he", "him", "she", "her", "who", "whom", "what"}
    | {"anyone", "anybody", "everyone", "everybody", "someone", "somebody", "nobody"}
)
"""Pronouns that mean people or nothing in particular: alone, they leave nothing to be for."""


@dataclass(frozen=True, slots=True)
class TopicPhrase:
    """What a position is about: a label, None for a pointer to another topic, "" for nothing.

    A law that takes up one told before is "the deal" and no more. A lone "leaving" has a fuller
    label besides, which says who leaves.
    """

    label: str | None
    span: Span | None
    head: str
    entity: Actor | None = None
    is_demonstrative: bool = False
    is_plural: bool = False
    is_taking_up: bool = False
    full_label: str = ""


class TopicReader:
    """Read topic phrases of one article.

    ``entity`` resolves a token to the actor that it names, so that a stance on Berlin is one on
    Germany's node and pronouns in a label become names.
    """

    def __init__(self, doc: Doc, lexicon: Lexicon, entity: Entity) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.entity = entity
        self.labels = Labels(entity)
        self._fullest = _fullest_phrases(doc, self.labels)

    def read(self, token: Token | None) -> TopicPhrase:
        """Return the topic that a token heads; None reads as a pointer."""
        if token is None:
            return TopicPhrase(None, None, "")
        core = self._unwrapped(self._meant(token))
        span = self._span(token)
        clause = first_child(core, "relcl")
        if core.lower_ in {"anything", "something", "what", "everything"} and clause is not None:
            core = clause
        actor = self.entity(core)
        head = core.lemma_.lower()
        if (core.pos_ in {"PRON", "DET"} or core.lower_ in POINTERS) and actor is None:
            people = self._people(core)
            label = people if people or core.lower_ in PEOPLE else None
            return TopicPhrase(label, span, head, is_plural=core.lower_ in PLURAL)
        if is_clause_head(core):
            return self._read_clause(core, span)
        retained = first_child(core.head, "dobj") if core.dep_ == "nsubjpass" else None
        if retained is not None and retained.pos_ == "NOUN":  # "sailors will be restored their pay"
            return TopicPhrase(self._given(retained, core), span, retained.lemma_.lower())
        if actor is not None:
            return TopicPhrase(actor.name, span, head, actor)
        if core.ent_type_ in NUMBERS:
            return TopicPhrase("", span, head)
        label = self.labels.noun(core)
        is_plural = core.tag_ in {"NNS", "NNPS"}
        if self._is_pointer(core, label):
            return TopicPhrase(None, span, head, is_plural=is_plural)
        if _is_definite(core) or _is_demonstrative(core):
            label = self._fuller(core, label)
        is_taking_up = _is_definite(core) and " " not in label and head in LAWS
        return TopicPhrase(
            label, span, head, None, _is_demonstrative(core), is_plural, is_taking_up
        )

    def _meant(self, token: Token) -> Token:
        """Return what a word stands for by grammar: the clause of "it", the conduct of a person."""
        return (
            _extraposed(token)
            or _antecedent(token)
            or self._conduct(token)
            or _credit(token)
            or _identified(token)
            or token
        )

    def _conduct(self, blamed: Token) -> Token | None:
        """Return what somebody is blamed or praised for: "criticised him for *leaving* early"."""
        if blamed.dep_ not in {"dobj", "nsubjpass"} or self.entity(blamed) is None:
            return None
        cue = verb_cue(blamed.head, self.lexicon)
        for preposition in children(blamed.head, "prep"):
            done = object_of(preposition)
            if done is None or accused(done) != blamed or cue is None or cue.frame != "blame":
                continue
            if done.pos_ == "VERB" or any(c.pos_ == "PRON" for c in children(done, "poss")):
                return done
        return None

    def _given(self, thing: Token, receiver: Token) -> str:
        label = self.labels.noun(thing)
        whole = f"{label} for {self.labels.noun(receiver)}"
        return whole if len(whole.split()) <= MAX_WORDS else label

    def _people(self, pronoun: Token) -> str:
        """Return "people breaking the law" for "those who break the law", else ""."""
        clause = first_child(pronoun, "relcl")
        if clause is None or all(child.lower_ != "who" for child in clause.children):
            return ""
        words = self.labels.defining(pronoun, MAX_WORDS - 1)
        return " ".join(["people", *words]) if words else ""

    def _read_clause(self, verb: Token, span: Span) -> TopicPhrase:
        if _is_free_relative(verb) and verb.dep_ in {"csubj", "ccomp"}:
            return TopicPhrase(None, span, "what")
        verb = _purpose(verb) or verb
        label = self.labels.clause(verb)
        head = verb.lemma_.lower()
        if self._says_nothing(verb, label):
            return TopicPhrase("", span, head)
        is_bare = label.endswith("ing") and (head in EMPTY_VERBS or _is_about_pointer(verb, label))
        if is_bare or not any(char.isalnum() for char in label):
            return TopicPhrase(None, span, head)
        full = self.labels.done_by(verb, label) if label in BARE else ""
        return TopicPhrase(label, span, head, full_label=full)

    def _says_nothing(self, verb: Token, label: str) -> bool:
        """Tell "wants to go further" and "wants to be clear", which leave nothing to be for."""
        if verb.lemma_.lower() == "be":
            return not label or label.endswith("being") or _is_feeling(verb)
        bare = " " not in label and verb.lemma_.lower() in EMPTY_VERBS - PRO_VERBS
        return bare and first_child(verb, "dobj") is None

    def _unwrapped(self, token: Token) -> Token:
        """Follow carriers to what they carry: "the possibility of sending troops" -> sending."""
        current = token
        for _ in range(4):
            carried = self._carried(current)
            if carried is None:
                return current
            current = carried
        return current

    def _carried(self, token: Token) -> Token | None:
        is_carrier = token.lemma_.lower() in self.lexicon.words["carriers"]
        if token.ent_type_ == "MONEY":
            return _spent_on(token)
        if token.pos_ not in {"NOUN", "PRON"} or not is_carrier:
            return None
        for preposition in children(token, "prep"):
            if preposition.lower_ in {"of", "for", "about", "on", "to", "over", "regarding"}:
                governed = object_of(preposition)
                if governed is None:
                    continue
                clause = next((c for c in children(governed, "acl") if c.tag_ == "VBG"), None)
                return clause if clause is not None else governed
        clause = first_child(token, "acl", "relcl", "ccomp")
        if clause is None or not is_clause_head(clause):
            return None
        tells = is_infinitive(clause) or first_child(clause, "mark") or token.lemma_ == "way"
        return clause if tells else None

    def _is_pointer(self, noun: Token, label: str) -> bool:
        words = [w for w in label.casefold().split() if w not in DETERMINERS]
        if not any(char.isalnum() for char in label):
            return True
        return len(words) == 1 and noun.lemma_.lower() in self.lexicon.words["carriers"]

    def _fuller(self, noun: Token, label: str) -> str:
        """Return the article's fullest phrase for a definite one-word topic ("the bill")."""
        if len(label.split()) > 1:
            return label
        candidates = self._fullest.get((noun.lemma_.lower(), noun.tag_), [])
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


def _fullest_phrases(doc: Doc, labels: Labels) -> dict[tuple[str, str], list[tuple[int, str]]]:
    """Collect, per head lemma and number, the phrases of two words or more."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for token in doc:
        if token.pos_ == "NOUN" and token.dep_ not in {"compound", "npadvmod"}:
            label = labels.noun(token)
            if 2 <= len(label.split()) <= MAX_WORDS:
                found.setdefault((token.lemma_.lower(), token.tag_), []).append((token.i, label))
    return found


def _purpose(verb: Token) -> Token | None:
    """Return what is aimed at in "do everything it can *to save* them"."""
    aim = next((v for v in verb.subtree if v.i > verb.i and is_infinitive(v)), None)
    everything = first_child(verb, "dobj")
    vague = everything is not None and everything.lower_ in {"everything", "all", "more", "what"}
    return aim if verb.lemma_.lower() == "do" and vague else None


def _extraposed(it: Token) -> Token | None:
    """Return the clause that "it" stands for: "it is dangerous *to send them*"."""
    verb = it.head
    if it.lower_ != "it" or it.dep_ != "nsubj" or verb.lemma_.lower() not in COPULAS:
        return None
    predicate = first_child(verb, "acomp", "attr")
    for parent in (verb, predicate):
        for clause in children(parent, "xcomp", "ccomp", "advcl", "acl") if parent else []:
            if predicate is not None and predicate.i < clause.i and _may_stand_for(clause):
                return clause
    return None


def _credit(named: Token) -> Token | None:
    """Return the clause in "proud of her for *leaving*", "they by *leaving* will ..."."""
    judged = named.head.head if named.head.lower_ == "of" else named
    ways = [named] if judged.pos_ != "ADJ" else [judged, judged.head]
    for preposition in (p for way in ways for p in children(way, "prep") if p.i > named.i):
        done = object_of(preposition)
        is_told = preposition.lower_ == ("by" if judged is named else "for")
        if is_told and done is not None and done.tag_ == "VBG" and accused(done) == named:
            return done
    return None


def _identified(clause: Token) -> Token | None:
    """Return what "what I cannot accept *is*": "a new tax"."""
    if not _is_free_relative(clause):
        return None
    while clause.dep_ == "xcomp":  # "what we need to *change* is"
        clause = clause.head
    copula = clause.head
    if clause.dep_ != "csubj" or copula.lemma_.lower() != "be":
        return None
    return first_child(copula, "attr", "ccomp", "xcomp", "advcl")


def _is_free_relative(clause: Token) -> bool:
    """Tell "what I cannot accept" from a question and from a statement."""
    return any(child.lower_ == "what" for child in children(clause, "dobj", "nsubj", "attr"))


def _spent_on(amount: Token) -> Token | None:
    """Return what money is paid in: "trillions of dollars in new *cuts*"."""
    of = first_child(amount, "prep")
    money = object_of(of) if of is not None and of.lower_ == "of" else None
    for head in (amount, money):
        for preposition in children(head, "prep") if head is not None else []:
            if preposition.lower_ == "in":
                governed = object_of(preposition)
                return governed if governed is not None and not governed.ent_type_ else None
    return None


def _may_stand_for(clause: Token) -> bool:
    mark = first_child(clause, "mark", "advmod")
    marked = mark is not None and mark.lower_ in {"that", "if", "when"}
    return is_clause_head(clause) and (is_infinitive(clause) or marked)


def _antecedent(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun takes up: "a *system* which is fair"."""
    if pronoun.tag_ not in {"WDT", "WP"} or pronoun.lower_ == "what":
        return None
    clause = next((a for a in pronoun.ancestors if a.dep_ == "relcl"), None)
    is_noun = clause is not None and clause.head.pos_ in {"NOUN", "PROPN"}
    return clause.head if clause is not None and is_noun else None


def _is_about_pointer(verb: Token, label: str) -> bool:
    """Tell "changing it", of which the label keeps "changing"."""
    undergoers = children(begun(verb), "dobj", "nsubjpass")
    return label in BARE and any(child.lower_ in PRONOUNS for child in undergoers)


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
