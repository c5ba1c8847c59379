"""Questions about a dependency parse: subjects, negation, coordination, phrases.

The labels are those of spaCy's English pipelines (ClearNLP): nsubj, nsubjpass, dobj, pobj, agent,
ccomp, xcomp, acomp, attr, oprd, prep, prt, neg, relcl, acl, advcl, appos.
"""

from collections.abc import Container

from spacy.tokens import Doc, Token

from graphkit.word_lists import word_list

TEXT = "graphkit_text"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
NEGATIVE_WORDS = word_list("negative_words")
NOT = frozenset({"not", "n't", "n’t"})
"""The parser labels "n’t" advmod as often as neg."""
OBJECT_CONTROL = word_list("object_control")
NEVER_NOUNS = word_list("never_nouns")
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


def text_of(doc: Doc) -> str:
    """Return the text of a document, which spaCy puts together anew each time."""
    text: str | None = doc.user_data.get(TEXT)
    if text is None:
        text = doc.user_data[TEXT] = doc.text
    return text


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children that hang on `token` by one of the labels, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def first_child(token: Token, *labels: str) -> Token | None:
    """Return the first child with one of the labels."""
    return next((child for child in token.children if child.dep_ in labels), None)


def coordinated(token: Token) -> list[Token]:
    """Return `token` and what is coordinated to its right, however deeply the parse nests it."""
    members, pending = [], [token]
    while pending:  # no recursion, for a list may have a thousand members, each under the last
        member = pending.pop()
        members.append(member)
        linked = children(member, "conj", "appos")
        pending += [c for c in reversed(linked) if c.dep_ == "conj" or _is_next_person(member, c)]
    return members


def _is_next_person(token: Token, child: Token) -> bool:
    """Tell a list of people that the parse takes for an apposition: "Ann, Bob and Carl"."""
    named = token.ent_type_ == child.ent_type_ == "PERSON"
    return named and first_child(child, "conj") is not None


def is_clause_head(token: Token) -> bool:
    """Tell whether the token heads a clause: a verb, or an auxiliary that stands alone."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass"}


def is_infinitive(verb: Token) -> bool:
    """Tell whether a verb stands with "to"."""
    return any(child.lower_ == "to" for child in children(verb, "aux"))


def marker(clause: Token) -> str:
    """Return the word that links a clause, "if" or "that", in lower case, or ""."""
    found = first_child(clause, "mark")
    return found.lower_ if found is not None else ""


def marked_clause(verb: Token, markers: Container[str], *labels: str) -> Token | None:
    """Return the first clause that hangs on a verb by a label and is linked by a marker."""
    return next((c for c in children(verb, *labels) if marker(c) in markers), None)


def subject(verb: Token) -> Token | None:
    """Return the head of the verb's subject, found through control, coordination and relatives.

    A passive verb's grammatical subject is returned; use `doer` for who acts.
    """
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        return _antecedent(own[0], verb)
    return _inherited_subject(verb)


def _inherited_subject(verb: Token) -> Token | None:
    head = verb.head
    if verb.dep_ in {"acl", "relcl"}:
        return (
            head if verb.dep_ == "relcl" or verb.tag_ in {"VBG", "VBN"} else subject_of_noun(head)
        )
    if verb.dep_ == "conj" and is_clause_head(head):
        return subject(head)
    if verb.dep_ == "xcomp":
        controller = first_child(head, "dobj")
        if controller is not None and head.lemma_.lower() in OBJECT_CONTROL:
            return controller
        found = doer(head) if is_clause_head(head) else _clause_subject(head)
        is_empty = found is not None and found.lower_ == "it" and not is_clause_head(head)
        return None if is_empty else found  # "it is critical to act": nobody is said to
    if verb.dep_ in {"advcl", "ccomp"} and is_clause_head(head):
        return doer(head)
    if verb.dep_ == "pcomp" and head.lower_ in {"for", "of", "from"}:
        blamed = first_child(head.head, "dobj")  # "criticised Poland for blocking the treaty"
        if blamed is not None:
            return blamed
    if verb.dep_ in {"pcomp", "acomp", "attr", "prep"}:
        return _clause_subject(head)
    return None


def _clause_subject(token: Token) -> Token | None:
    """Return the doer of the nearest verb at or above the token, or a noun's possessor."""
    for node in (token, *token.ancestors):
        if is_clause_head(node):
            return doer(node)
        if node.pos_ == "NOUN":
            holder = subject_of_noun(node)
            if holder is not None:
                return holder
    return None


def subject_of_noun(noun: Token) -> Token | None:
    """Return who does what a noun names: "*Germany's* refusal", "a warning from *the Kremlin*"."""
    possessor = first_child(noun, "poss")
    if possessor is not None:
        return possessor
    for preposition in children(noun, "prep", "agent"):
        if preposition.lower_ in {"from", "by", "among"}:
            return first_child(preposition, "pobj")
    return None


def doer(verb: Token) -> Token | None:
    """Return who acts: the agent of a passive verb, else the subject."""
    if not is_passive(verb):
        return subject(verb)
    for preposition in children(verb, "agent", "prep"):
        if preposition.lower_ == "by":
            return first_child(preposition, "pobj")
    return None


def _antecedent(token: Token, verb: Token) -> Token:
    """Replace a relative pronoun by the noun that its clause hangs on."""
    if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "IN", "WP$", "DT"}:
        clause: Token = verb
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def is_passive(verb: Token) -> bool:
    """Tell whether the verb stands in the passive: "was backed", "a plan backed by Oslo"."""
    if first_child(verb, "nsubjpass", "auxpass") is not None:
        return True
    reduced = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"}
    return reduced and first_child(verb, "aux", "nsubj", "dobj") is None


def is_undergone(subject: Token) -> bool:
    """Tell what only happens to a subject, "it was signed", from "it is committed to the plan"."""
    if subject.dep_ != "nsubjpass" or first_child(subject.head, "xcomp") is not None:
        return False
    sides = {"to", "against", "over", "about", "with"}
    return not any(child.lower_ in sides for child in children(subject.head, "prep"))


def is_negated(token: Token) -> bool:
    """Tell whether a negation applies to the predicate itself.

    Counts "not", "never", "no longer", and negative subjects ("nobody supports").
    """
    return negation_word(token) is not None


def negation_word(token: Token) -> Token | None:
    """Return the word that negates a predicate, or None."""
    for child in token.children:
        if child.dep_ == "advmod" and child.lower_ in NEGATIVE_WORDS | NOT:
            return child
        # a "not" behind a verb belongs to what follows: "I support it, not to please them"
        if child.dep_ == "neg" and (child.i < token.i or token.pos_ == "AUX"):
            return child
        if child.dep_ in {"nsubj", "nsubjpass"} and _is_negative_noun(child):
            return child
        if child.dep_ == "preconj" and child.lower_ in {"neither", "nor"}:
            return child
        if child.dep_ in {"aux", "advmod"}:
            nested = next((c for c in child.children if c.dep_ == "neg" or c.lower_ in NOT), None)
            if nested is not None:
                return nested
        if child.dep_ == "prep" and _is_negative_phrase(child):
            return child
    if token.dep_ == "conj":
        nor = next((c for c in children(token.head, "cc") if c.lower_ == "nor"), None)
        return nor or (negation_word(token.head) if _shares_verb_group(token) else None)
    return None


def _is_negative_phrase(preposition: Token) -> bool:
    """Tell "under no circumstances", "in no way" and "by no means"."""
    governed = object_of(preposition)
    if governed is None or governed.lemma_.lower() not in NEVER_NOUNS:
        return False
    return has_no(governed)


def has_no(noun: Token) -> bool:
    """Tell whether a noun stands under "no" or "neither"; "no-fly zone" is a word of its own."""
    return any(
        child.lower_ in {"no", "neither"}
        and not (child.i + 1 < len(noun.doc) and noun.doc[child.i + 1].text == "-")
        for child in noun.children
    )


def _is_negative_noun(noun: Token) -> bool:
    if noun.lower_ in {"nobody", "nothing", "none", "neither"}:
        return True
    if any(child.dep_ == "preconj" and child.lower_ == "neither" for child in noun.children):
        return True
    return has_no(noun)


def _shares_verb_group(verb: Token) -> bool:
    """Tell whether a conjunct stands under its head's negation: "did not reject or support"."""
    own = first_child(verb, "nsubj", "nsubjpass", "aux", "auxpass", "neg")
    links = {child.lower_ for child in children(verb.head, "cc")}
    same_form = verb.tag_ == verb.head.tag_  # "did not support and rejected" are two forms
    return own is None and same_form and verb.head.pos_ == "VERB" and "but" not in links


def lacks_object(verb: Token) -> bool:
    """Tell whether the object carries the negation: "would back no plan", "send neither"."""
    found = first_child(verb, "dobj")
    return found is not None and has_no(found)


def is_earlier(verb: Token) -> bool:
    """Tell a predicate of an earlier time: "had refused", "after opposing it for weeks"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ in {"after", "before"}:
        return True
    had = {"had", "'d", "’d"}
    perfect = any(child.lower_ in had and child.dep_ == "aux" for child in verb.children)
    return perfect and verb.tag_ == "VBN"


def auxiliaries(verb: Token) -> list[Token]:
    """Return the verb's auxiliaries; a coordinated verb without its own shares its head's."""
    own = children(verb, "aux", "auxpass")
    shared = verb.dep_ == "conj" and verb.tag_ == verb.head.tag_
    if not own and shared and first_child(verb, *SUBJECTS) is None:
        return auxiliaries(verb.head) if is_clause_head(verb.head) else []
    return own


def particle(verb: Token) -> str:
    """Return the verb's particle in lower case, or ""."""
    found = first_child(verb, "prt")
    return found.lower_ if found is not None else ""


def object_of(preposition: Token) -> Token | None:
    """Return what a preposition governs, if need be through a second preposition."""
    direct = first_child(preposition, "pobj", "pcomp")
    if direct is not None:
        return direct
    nested = first_child(preposition, "prep")
    return object_of(nested) if nested is not None else None


def subtree_span(token: Token, *, skip: tuple[str, ...] = ()) -> tuple[int, int]:
    """Return the token range [start, end) of a subtree without the given branches of `token`."""
    kept = [token]
    for child in token.children:
        if child.dep_ not in skip:
            kept.extend(child.subtree)
    indexes = sorted(t.i for t in kept)
    start = end = indexes.index(token.i)
    while start > 0 and indexes[start - 1] == indexes[start] - 1:
        start -= 1
    while end + 1 < len(indexes) and indexes[end + 1] == indexes[end] + 1:
        end += 1
    return indexes[start], indexes[end] + 1


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Drop spaces, commas, and quotation marks from both ends of a token range."""
    while start < end and _is_edge(doc[start]):
        start += 1
    while end > start and _is_edge(doc[end - 1]):
        end -= 1
    return start, end


def _is_edge(token: Token) -> bool:
    return (
        token.is_space or token.is_quote or token.text in {",", ";", ":", "—", "–", "-", "--", "."}
    )


def clause_of(token: Token) -> Token:
    """Return the nearest clause head at or above the token."""
    for node in (token, *token.ancestors):
        if is_clause_head(node):
            return node
    return token
