"""Labels: a noun phrase or a clause of the article as a few words that stand alone."""

import re
from collections.abc import Callable, Collection

from spacy.tokens import Span, Token

from graphkit.extract.inflection import gerund
from graphkit.extract.syntax import (
    RELATIVE,
    SUBJECTS,
    children,
    clause_of,
    doer,
    first_child,
    is_clause_head,
    is_infinitive,
    is_passive,
    negation_word,
    object_of,
    particle,
)
from graphkit.extract.syntax import subject as subject_of_clause
from graphkit.statement import Actor
from graphkit.word_lists import word_list

MAX_WORDS = 8
MAX_SUBJECT = 4
POINTERS = word_list("pointers")
DETERMINERS = word_list("determiners")
ASPECTUAL = word_list("aspectual")
TIME_WORDS = word_list("time_words")
EMPTY_VERBS = word_list("empty_verbs")
QUANTITIES = word_list("quantities")
PREPOSITIONS = word_list("prepositions")
UNNEEDED = (
    word_list("determiners")
    | word_list("prepositions")
    | word_list("question_words")
    | {"neither", "either", "nor", "least"}
)
MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "quantmod", "npadvmod"})
MAKING = word_list("making")
DIRECTIONS = frozenset({"back", "away", "forward", "together", "aside", "apart"})
LETTING = word_list("letting")
LAWS = word_list("laws")
WANTING = frozenset({"want", "need", "like", "see", "get", "have"})
ANYBODY = frozenset({"one", "nobody", "anyone", "anybody", "everyone", "everybody", "someone"})
COMPLEMENTS = frozenset({"nsubjpass", "dobj", "dative", "attr", "acomp", "oprd"})

_SPACED_SIGN = re.compile(r"([$£€#]) (?=\d)")

Entity = Callable[[Token], Actor | None]


class Labels:
    """Write labels in which names are canonical; ``entity`` resolves a token to its actor."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity

    # --- nouns ----------------------------------------------------------------------------------

    def noun(self, noun: Token, budget: int = MAX_WORDS) -> str:
        """Return a noun phrase without determiners and times.

        One word that a clause defines takes it along: "laws banning strikes", "rules set by Rome".
        """
        words = [*self._left(noun, budget), _hyphenated(noun)]
        for conjunct in children(noun, "conj"):
            separate = first_child(conjunct, "det", "poss") is not None
            if conjunct.pos_ in {"NOUN", "PROPN"} and len(words) < 4 and not separate:
                other = ["and", *self._left(conjunct), conjunct.text]
                words += other if len(words) + len(other) <= budget else []
                break
        made = _maker(noun)
        for child in [*noun.rights, *(made.head.rights if made is not None else ())]:
            if child.i < noun.i + len(_hyphenated_tokens(noun)) or _is_example(child):
                continue
            if child.dep_ in {"prep", "acl"} and not is_temporal(child):
                is_of_name = bool(noun.ent_type_) and child.ent_iob_ == "I"  # never cut short
                words += self._attachment(child, MAX_WORDS if is_of_name else budget - len(words))
        if len(words) == 1 and noun.pos_ == "NOUN":
            words += (
                self.defining(noun, budget - 1)
                or self._aim(noun, budget - 1)
                or self._quoted(noun, budget - 1)
            )
        return joined(words)

    def defining(self, noun: Token, budget: int) -> list[str]:
        """Return the clause that says which one a noun means, as a participle."""
        for clause in children(noun, "relcl", "acl"):
            subjects = children(clause, *SUBJECTS)
            if clause.pos_ != "VERB" or any(s.lower_ not in RELATIVE for s in subjects):
                continue
            words = self._participle(clause, budget)
            if negation_word(clause) is not None:
                words = ["not", *words]
            return words if 1 < len(words) <= budget else []
        return []

    def _aim(self, noun: Token, budget: int) -> list[str]:
        """Return the infinitive behind an object: "enacted rules *to curb emissions*"."""
        if noun.dep_ != "dobj":
            return []
        is_law = noun.lemma_.lower() in LAWS
        for clause in children(noun.head, "advcl"):
            follows = clause.i > noun.i and is_infinitive(clause)
            if follows and (is_law or noun.nbor(1).lower_ == "to"):
                words = self._participle(clause, budget)
                return words if 2 < len(words) <= budget else []
        return []

    def _quoted(self, noun: Token, budget: int) -> list[str]:
        """Return the words that stand in quotation marks behind "the words", "the term"."""
        named = first_child(noun, "appos")
        if named is None or not (named.left_edge.is_quote or named.left_edge.nbor(-1).is_quote):
            return []
        words = self.noun(named, budget).split()
        return words if len(words) <= budget else []

    def _participle(self, clause: Token, budget: int) -> list[str]:
        """Return a relative clause without its pronoun: "designed to last", "banning strikes"."""
        if is_infinitive(clause):
            return ["to", clause.lemma_.lower(), *self._objects(clause, budget - 2)]
        if clause.tag_ == "VBN" and (clause.dep_ == "acl" or is_passive(clause)):
            return [clause.text, *self._objects(clause, budget - 1)]
        return self.clause(clause, budget).split() if clause.dep_ == "relcl" else []

    def _left(self, noun: Token, budget: int = MAX_WORDS) -> list[str]:
        """Return what stands before a noun; the outermost goes first where it does not fit."""
        doer = _maker(noun) or (self._accused(noun) if noun.head.lower_ == "of" else None)
        parts = [self._possessor(doer)] if doer is not None else []
        for child in noun.lefts:
            if child.dep_ in MODIFIERS and child.lower_ != "own" and not is_temporal(child):
                parts.append([_written(t) for t in child.subtree if _is_label_word(t)])
            elif child.dep_ == "poss":
                parts.append(self._possessor(child))
        is_name = noun.pos_ == "PROPN"  # a name is never cut short
        while parts and sum(map(_size, parts)) >= budget and not is_name:
            parts.pop(0)
        return [word for part in parts for word in part]

    def _possessor(self, token: Token) -> list[str]:
        blamed = self._accused(token.head) if token.pos_ == "PRON" else None
        actor = self.entity(blamed or _owner(token))
        if actor is not None:
            return _possessive(actor.name)
        if token.pos_ == "PRON":
            return []
        return [*self._left(token), *_possessive(token.text)]

    def _attachment(self, child: Token, budget: int) -> list[str]:
        """Return a prepositional phrase or an infinitive behind a noun or verb, if it fits."""
        if child.dep_ in {"prep", "agent"}:
            words = self._prepositional(child, budget)
        elif is_infinitive(child):
            objects = self._objects(child, budget - 2)
            is_empty = not objects and child.lemma_.lower() in EMPTY_VERBS
            words = [] if is_empty else ["to", child.lemma_.lower(), *objects]
        elif child.tag_ == "VBG":
            words = self.clause(child, budget).split()
        else:
            words = []
        return words if len(words) <= max(budget, 0) else []

    def _prepositional(self, preposition: Token, budget: int) -> list[str]:
        governed = object_of(preposition)
        if governed is None or preposition.lower_ not in PREPOSITIONS:
            return []
        if governed.lower_ in {"one", "another", "other"}:  # "on one another"
            return []
        if accused(governed) == preposition.head:  # "accused the army of shelling it"
            return []
        if governed.pos_ == "PRON":
            actor = self.entity(governed)
            return [preposition.lower_, *actor.name.split()] if actor else []
        if is_clause_head(governed):
            return [preposition.lower_, *self.clause(governed, budget - 1).split()]
        words = self.noun(governed, budget - 1).split()
        for other in children(preposition, "pobj")[1:]:  # a “Gang of Five” tax bill
            words += self.noun(other, budget - 1 - len(words)).split()
        return [preposition.lower_, *_article(governed), *words]

    # --- clauses --------------------------------------------------------------------------------

    def clause(self, verb: Token, budget: int = MAX_WORDS) -> str:
        """Return a clause as an -ing phrase: "sending troops", "Russia winning the war"."""
        if is_be(verb):
            return self._copula(verb, budget)
        core = begun(verb)
        refused = self._accused(verb) is not None and negation_word(verb) is not None
        subject = self._subject(verb)
        is_undergone = self._is_undergone(verb)
        form = ["being", core.lower_] if is_undergone else [participle(core)]
        verbal = ["not"] * refused + [*form, *_particle(core).split()]
        if is_undergone and not subject:
            named = first_child(verb, "nsubjpass")
            if named is not None and named.lower_ not in ANYBODY:
                subject = self._object(named, MAX_SUBJECT)
        if core is not verb:  # who "cannot afford to go on sending arms" may give way to the arms
            needed = len(verbal) + len(self._objects(core, budget - len(verbal)))
            subject = subject if len(subject) + needed <= budget else []
        words = verbal + subject if _is_result(verb) else subject + verbal
        dropped = ("nsubjpass",) if is_undergone else ()
        label = joined(words + self._objects(core, budget - len(words), dropped))
        own = " ".join([*subject[:-1], *_possessive(subject[-1])]) if subject else ""
        return label.replace(f" {own} ", " ") if own else label

    def _is_undergone(self, verb: Token) -> bool:
        """Tell a passive that stays one: "the army being duped by spies", "being left alone".

        Else its subject becomes the object: "sending tanks".
        """
        if verb.tag_ != "VBN" or not is_passive(verb):
            return False
        if doer(verb) is not None:
            return True
        named = first_child(verb, "nsubjpass")
        return named is None or named.lower_ in ANYBODY

    def done_by(self, verb: Token, label: str) -> str:
        """Return a label with who does it: "told the mayor to *leave*" -> "mayor leaving"."""
        named = subject_of_clause(verb)
        if named is None or named.lower_ in POINTERS:
            return label
        actor = self.entity(named)
        if actor is None and named.pos_ not in {"NOUN", "PROPN"}:
            return label
        return joined([*self._noun_words(named, MAX_SUBJECT), label])

    def _subject(self, verb: Token) -> list[str]:
        named = next(
            (c for c in children(verb, "nsubj") if c.lower_ not in POINTERS and c.pos_ != "PRON"),
            self._accused(verb),
        )
        return self._noun_words(named, MAX_SUBJECT) if named is not None else []

    def _accused(self, conduct: Token) -> Token | None:
        """Return whose conduct a clause or noun tells, if that is an actor or "of" says so."""
        named = accused(conduct)
        if named is None or conduct.head.lower_ == "of":
            return named
        return named if self.entity(named) is not None else None

    def _copula(self, verb: Token, budget: int) -> str:
        complement = first_child(verb, "attr", "acomp")
        if first_child(verb, "expl") or (
            verb.dep_ == "xcomp" and first_child(verb.head, "expl")
        ):  # "there is tolerance" is about tolerance
            return self.noun(complement, budget) if complement is not None else ""
        named = next((c for c in children(verb, "nsubj") if c.lower_ not in POINTERS), None)
        words = self._noun_words(named, MAX_SUBJECT) if named is not None else []
        words.append("being")
        if complement is not None:
            words += self.noun(complement, budget - len(words)).split()
        return joined(words) if len(words) > 1 else ""

    def _noun_words(self, noun: Token, budget: int) -> list[str]:
        actor = self.entity(noun)
        return actor.name.split() if actor is not None else self.noun(noun, budget).split()

    def _objects(self, verb: Token, budget: int, dropped: Collection[str] = ()) -> list[str]:
        words: list[str] = []
        for child in verb.children:
            if child.dep_ in COMPLEMENTS and child.dep_ not in dropped:
                room = max(budget - len(words), 1)
                is_predicate = child.dep_ in {"attr", "oprd"} and child.pos_ != "PROPN"
                counted = _counted(child)
                words += (
                    self.noun(counted, room).split()
                    if is_predicate
                    else self._object(counted, room)
                )
        for child in verb.rights:
            words += self._complement(child, budget - len(words), is_first=not words)
        return words

    def _object(self, noun: Token, budget: int) -> list[str]:
        if noun.pos_ != "PRON":
            return self._noun_words(noun, budget)
        actor = self.entity(noun)
        return actor.name.split() if actor is not None else []

    def _complement(self, child: Token, budget: int, *, is_first: bool) -> list[str]:
        """Return what follows a verb's objects: a phrase, an infinitive, a clause."""
        if child.dep_ in {"prep", "agent"} and not is_temporal(child):
            return self._attachment(child, budget)
        lemma = child.lemma_.lower()
        if child.dep_ == "xcomp" and budget > 1:
            form = ["to", lemma] if is_infinitive(child) else [participle(child)]
            form += _particle(child).split()
            return form + self._objects(child, budget - len(form))
        if child.dep_ == "ccomp" and is_first:
            words = self._content(child, budget)
            return words if len(words) <= max(budget, 0) else []
        return []

    def _content(self, verb: Token, budget: int) -> list[str]:
        """Return an object clause: "letting the plan fail", "determining what happened"."""
        question = _question(verb)
        if question:
            return question
        lemma = verb.lemma_.lower()
        named = first_child(verb, "nsubj", "nsubjpass")
        words = self._noun_words(named, MAX_SUBJECT) if named is not None else []
        if verb.pos_ == "ADJ" and words:  # "making the files public"
            return [*words, verb.text]
        if is_infinitive(verb):  # "consider actions to support Kyiv"
            return [*words, "to", lemma, *self._objects(verb, budget - len(words) - 2)]
        if named is None or named.pos_ == "PRON":
            return []
        if verb.lower_ == lemma and verb.head.lemma_.lower() in LETTING:
            return [*words, lemma, *self._objects(verb, budget - len(words) - 1)]
        return self.clause(verb, budget).split()


def is_be(verb: Token) -> bool:
    """Tell the copula, contracted or not."""
    return verb.pos_ == "AUX" and verb.lemma_.lower() in {"be", "'s", "’s"}


def is_temporal(token: Token) -> bool:
    """Tell whether a word or a prepositional phrase names a time."""
    if token.ent_type_ in {"DATE", "TIME"}:
        return True
    governed = object_of(token) if token.dep_ == "prep" else None
    return governed is not None and (
        governed.ent_type_ in {"DATE", "TIME"} or governed.lemma_.lower() in TIME_WORDS
    )


def joined(words: list[str]) -> str:
    """Join words to a label that neither begins with a determiner nor breaks off."""
    kept = [w for w in words if w and w.lower() not in {"'s", "’s", "[", "]", "(", ")"}]
    while kept and kept[0].lower() in UNNEEDED and kept[1:2] != ["-"]:  # "no-fly zone"
        kept.pop(0)
    while kept and kept[-1].lower() in PREPOSITIONS | {"and", "or", "the", "to"}:
        kept.pop()
    label = " ".join(" ".join(kept).split()).replace(" - ", "-")
    return _SPACED_SIGN.sub(r"\1", label)


def _maker(noun: Token) -> Token | None:
    """Return Rome in "remarks that Rome had made"."""
    for clause in children(noun, "relcl"):
        if clause.lemma_.lower() in MAKING and first_child(noun, "poss") is None:
            named = first_child(clause, "nsubj")
            if named is None or named.lower_ in RELATIVE | POINTERS or children(named, "conj"):
                return None
            return named
    return None


def accused(conduct: Token) -> Token | None:
    """Return the army in "accused the army of shelling the town", "praised it for its courage".

    And in "proud of the army for leaving", "the army by leaving will ...".
    """
    preposition = conduct.head
    if conduct.dep_ == "pcomp" and preposition.lower_ in {"for", "by"}:
        named = _credited(preposition)
        if named is not None:
            return named
    if conduct.dep_ not in {"pobj", "pcomp"} or preposition.lower_ not in {"of", "for", "over"}:
        return None
    verb = preposition.head
    if verb.dep_ in {"dobj", "nsubjpass"} and verb.head.lemma_.lower() == "accuse":
        return verb
    if preposition.lower_ == "of" and verb.lemma_.lower() != "accuse":
        return None
    named = first_child(verb, "dobj", "nsubjpass") if verb.pos_ == "VERB" else None
    return named if named is not None and named.pos_ != "PRON" else None


def _credited(preposition: Token) -> Token | None:
    owner = preposition.head
    if preposition.lower_ == "by":
        return owner if owner.pos_ in {"NOUN", "PROPN"} else None
    adjective = owner if owner.pos_ == "ADJ" else first_child(owner, "acomp")
    for of in children(adjective, "prep") if adjective is not None else []:
        if of.lower_ == "of" and of.i < preposition.i:
            return first_child(of, "pobj")
    return None


def _possessive(name: str) -> list[str]:
    return f"{name}'".split() if name.endswith("s") else f"{name}'s".split()


def _owner(possessor: Token) -> Token:
    """Return who "his" means in "his own record": the subject of the clause."""
    noun = possessor.head
    if possessor.pos_ != "PRON" or all(child.lower_ != "own" for child in noun.lefts):
        return possessor
    return subject_of_clause(clause_of(noun)) or possessor


def _counted(quantity: Token) -> Token:
    """Return what a quantity is of: "all of the *plans*"."""
    of = next((c for c in children(quantity, "prep") if c.lower_ == "of"), None)
    counted = object_of(of) if quantity.lower_ in QUANTITIES and of is not None else None
    return counted if counted is not None else quantity


def begun(verb: Token) -> Token:
    """Follow "continue to support" and "afford to keep supporting" to what is done."""
    inner = first_child(verb, "xcomp")
    is_future = verb.lower_ == "going" and inner is not None and is_infinitive(inner)
    aspectual = is_future or (
        verb.lemma_.lower() in ASPECTUAL and first_child(verb, "dobj") is None
    )
    return begun(inner) if aspectual and inner is not None and inner.pos_ == "VERB" else verb


def _is_result(verb: Token) -> bool:
    """Tell "wants the ports *kept* open", whose subject is kept and keeps nothing."""
    bare = first_child(verb, "aux", "auxpass", "mark", "dobj") is None
    is_wanted = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in WANTING
    return bare and is_wanted and verb.tag_ in {"VBN", "VBD"} and verb.i > verb.head.i


def participle(verb: Token) -> str:
    """Return the -ing form, as the article spells it if it has it."""
    said = verb.lower_
    return said if verb.tag_ == "VBG" and said.endswith("ing") else gerund(verb.lemma_.lower())


def _particle(verb: Token) -> str:
    """Return the verb's particle; the parser takes "bounce back" for an adverb."""
    following = verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    return particle(verb) or (following if following in DIRECTIONS else "")


def _question(verb: Token) -> list[str]:
    """Return an indirect question in its own words, if they stand alone."""
    tokens = [t for t in verb.subtree if not t.is_punct and not t.is_space]
    first = next(iter(tokens), None)  # none where the parser takes a mark for a clause
    if first is None or not (first.tag_ in {"WP", "WRB", "WDT"} or first.lower_ == "whether"):
        return []
    alone = all(t.tag_ not in {"PRP", "PRP$"} for t in tokens[1:])
    return [t.text for t in tokens] if alone else []


def _size(words: list[str]) -> int:
    return len(joined(words).split())


def _written(token: Token) -> str:
    return token.lower_ if _is_capital_of_sentence(token) else token.text


def _is_label_word(token: Token) -> bool:
    is_part = not token.whitespace_ or (token.i > 0 and token.nbor(-1).text == "-")
    if token.tag_ in {"PRP", "PRP$"} and not is_part:  # but "a go-it-alone approach"
        return False
    return not (token.is_quote or token.is_space or token.text == ",")


def _article(noun: Token) -> list[str]:
    """Keep "the" before names that need it: "the EU", "the United States"."""
    determiner = first_child(noun, "det")
    keeps = determiner is not None and determiner.lower_ == "the" and noun.pos_ == "PROPN"
    return ["the"] if keeps else []


def _hyphenated(noun: Token) -> str:
    """Return a word that the tokenizer has cut at its hyphens: "re-election"."""
    text = _hyphenated_tokens(noun).text
    return text.lower() if _is_capital_of_sentence(noun) else text


def _hyphenated_tokens(noun: Token) -> Span:
    end = noun.i + 1
    while end + 1 < len(noun.doc) and noun.doc[end].text == "-" and not noun.doc[end].whitespace_:
        end += 2
    return noun.doc[noun.i : end]


def _is_capital_of_sentence(token: Token) -> bool:
    """Tell a capital letter that only begins the sentence: "*Talks* with Rome failed"."""
    if not token.is_sent_start or not token.is_title or token.ent_type_:
        return False
    is_name = any(t.text == token.text and not t.is_sent_start for t in token.doc)
    return token.pos_ in {"NOUN", "ADJ", "VERB"} and not is_name


def _is_example(child: Token) -> bool:
    """Tell "such as salmon", which a topic does not need."""
    return child.lower_ in {"as", "like"} and child.i > 0 and child.nbor(-1).lower_ == "such"
