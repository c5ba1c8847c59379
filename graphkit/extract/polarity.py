"""The polarity algebra: what negation, reversing heads and embedded predicates do to a stance."""

from spacy.tokens import Token

from graphkit.extract.lexicon import FLIPPED, Cue, Lexicon
from graphkit.extract.syntax import (
    children,
    coordinated,
    first_child,
    is_clause_head,
    is_negated,
    is_passive,
    marked_clause,
    object_of,
    particle,
    subject,
)
from graphkit.statement import Stance
from graphkit.word_lists import word_list

REFUSALS = word_list("refusals")
ENSURING = frozenset({"ensure", "make", "guarantee", "see", "secure"})
BINDING = frozenset({"commit", "agree"})
PERSUADING = frozenset({"convince", "persuade"})
UNFOLLOWED = frozenset({"verbs.commit", "verbs.enact", "verbs.want"})
THINGS = frozenset({"it", "this", "that", "them", "those"})
LACKS = word_list("lacks")
ADDRESSED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
NEGATED_REFUSALS = frozenset({"rule", "exclude"})


def verb_cue(verb: Token, lexicon: Lexicon) -> Cue | None:
    """Return the lexicon entry that fits a verb with its particle and prepositions.

    The most specific entry wins: particle and preposition, then either, then the bare verb. An
    entry with a particle never fits without it, and a phrasal verb never falls back to its verb.
    """
    own_particle = particle(verb)
    prepositions = {preposition.lower_ for preposition in _prepositions(verb)}
    fits = [
        cue
        for cue in lexicon.verbs.get(verb.lemma_.lower(), ())
        if cue.particle == own_particle
        or (cue.particle and cue.particle in prepositions | _adverbs(verb))
        if not cue.preposition
        or (cue.preposition in prepositions and not _lacks_clause(cue, verb))
        or _is_infinitival(cue, verb)
        or (cue.preposition == "for" and _for_clause(verb) is not None)
    ]
    return max(fits, key=_specificity, default=None)


def _prepositions(verb: Token) -> list[Token]:
    """Return a verb's prepositions, with the second ones: "pulled out of"."""
    own = [p for p in children(verb, "prep", "agent") if not _is_of_time(p)]
    return own + [second for first in own for second in children(first, "prep")]


def _is_of_time(preposition: Token) -> bool:
    """Tell "called her on Friday" from "called on her"."""
    governed = object_of(preposition)
    return governed is not None and governed.ent_type_ in {"DATE", "TIME"}


def _lacks_clause(cue: Cue, verb: Token) -> bool:
    """Tell "moved to the town" and "appealed to the court" from "moved to block it"."""
    asks = cue.frame == "control" and cue.preposition in {"to", "on", "with"}
    plans = cue.frame == "intent" and cue.preposition == "to" and not cue.particle
    plans = plans and cue.lemma not in BINDING
    return (asks or plans) and first_child(verb, "xcomp", "ccomp", "advcl") is None


def _specificity(cue: Cue) -> tuple[bool, bool, bool]:
    return bool(cue.particle), bool(cue.preposition), cue.stance not in {"content", "none"}


def _adverbs(verb: Token) -> set[str]:
    return {child.lower_ for child in children(verb, "advmod", "prt")}


def _is_infinitival(cue: Cue, verb: Token) -> bool:
    return cue.preposition == "to" and first_child(verb, "xcomp") is not None


def through_content(
    stance: Stance, node: Token, lexicon: Lexicon, *, follow: bool
) -> tuple[Stance, Token]:
    """Follow a topic through negation and heads that turn a position round.

    "an end to the strikes" hands back the strikes with the stance flipped; "not to attend" flips
    too. ``follow``: an embedded predicate with a stance of its own ("vow to block the bill")
    hands back its own topic.
    """
    for _ in range(4):
        if is_clause_head(node) and is_negated(node):
            stance = FLIPPED[stance]
            if node.lemma_.lower() in NEGATED_REFUSALS and particle(node) in {"out", ""}:
                return "ambivalent", governed_topic(node) or node
        turned = _turned(stance, node, lexicon, follow=follow)
        if turned is None:
            return stance, node
        stance, node = turned
    return stance, node


def _turned(
    stance: Stance, node: Token, lexicon: Lexicon, *, follow: bool
) -> tuple[Stance, Token] | None:
    passed = _passed_on(node)
    if passed is not None:
        return stance, passed
    if node.lemma_.lower() in {"keep", "leave"} and _is_open(node):
        return "ambivalent", first_child(node, "dobj", "nsubjpass") or node
    if _reverses(stance, node, lexicon):
        inner = governed_topic(node)
        if inner is None and is_clause_head(node) and first_child(node, "auxpass") is not None:
            inner = subject(node)  # "is unwise and must be stopped"
        if inner is not None and inner.pos_ != "PRON":
            return FLIPPED[stance], inner
    return _embedded(stance, node, lexicon) if follow and is_clause_head(node) else None


def _reverses(stance: Stance, node: Token, lexicon: Lexicon) -> bool:
    """Tell a head that turns a position round: "demand an end to it", "regret the lack of it".

    Who is against lifting a ban is read as just that, in the words nearest to the text.
    """
    lemma = node.lemma_.lower()
    if stance == "supports":
        return lemma in lexicon.words["reversing"]
    return stance == "opposes" and lemma in LACKS


def _passed_on(node: Token) -> Token | None:
    """Return what "be able to", "ensure" and "make sure" only introduce."""
    able = first_child(node, "acomp") if node.lemma_.lower() == "be" else None
    if able is not None and able.lower_ == "able":
        return first_child(able, "xcomp")
    if not is_clause_head(node):
        return None
    if node.lemma_.lower() in PERSUADING:
        return first_child(node, "xcomp", "ccomp")
    return _ensured(node) if node.lemma_.lower() in ENSURING else None


def _embedded(stance: Stance, node: Token, lexicon: Lexicon) -> tuple[Stance, Token] | None:
    """Combine a stance with that of the predicate inside: "refuses to support the bill"."""
    cue = verb_cue(node, lexicon)
    if cue is None or cue.position in {None, "ambivalent"} or cue.label in UNFOLLOWED:
        return None
    topics = verb_topics(node, cue)
    if not topics:
        return None
    if stance == cue.position == "opposes" and cue.negated_position is None:
        return None  # "refused to criticize Israel" is no word against Israel
    if stance == "opposes":  # "refuses to rule out" opens, "refuses to support" opposes
        return cue.negated_position or stance, topics[0]
    return (cue.position or stance) if stance == "supports" else stance, topics[0]


def _is_open(verb: Token) -> bool:
    """Tell "keep the option open" and "leave it on the table" from other keeping."""
    return any(
        child.lower_ == "open"
        or (child.dep_ == "prep" and child.lower_ == "on" and _governs(child, "table"))
        for child in (
            *verb.children,
            *(c for d in children(verb, "dobj", "ccomp") for c in d.children),
        )
    )


def _governs(preposition: Token, lemma: str) -> bool:
    governed = object_of(preposition)
    return governed is not None and governed.lemma_.lower() == lemma


def _ensured(node: Token) -> Token | None:
    """Return what is to be made sure: "make sure that the arms arrive"."""
    inner = first_child(node, "ccomp", "acomp", "oprd")
    if inner is not None and inner.lower_ in {"sure", "certain"}:
        return first_child(inner, "ccomp")
    return inner if node.lemma_.lower() in {"ensure", "guarantee", "see"} else None


def verb_topics(verb: Token, cue: Cue) -> list[Token]:
    """Return the heads of what a verb's stance is about; coordinated clauses are topics each."""
    first = _verb_topic(verb, cue)
    if first is None:
        return []
    if not is_clause_head(first):
        others = coordinated(first)[1:]  # "the treaty and the pipeline" are two, "arms and aid" one
        return [first, *(t for t in others if first_child(t, "det", "poss") is not None)]
    return [t for t in coordinated(first) if is_clause_head(t)]


def _verb_topic(verb: Token, cue: Cue) -> Token | None:
    if _has_relative_object(verb):
        return verb.head
    if cue.preposition:
        for preposition in _prepositions(verb):
            if preposition.lower_ == cue.preposition:
                return _beneath(verb, cue, preposition)
        if cue.preposition == "for":
            return _for_clause(verb)
        return first_child(verb, "xcomp") if cue.preposition == "to" else None
    if cue.frame == "control":
        return _demanded(verb)
    if cue.frame == "blame":
        return _blamed(verb)
    if is_passive(verb):
        return first_child(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else None)
    order = (
        ("xcomp", "ccomp", "dobj") if cue.frame == "intent" else ("dobj", "xcomp", "ccomp", "pcomp")
    )
    for label in order:
        child = first_child(verb, label)
        if child is not None and (child.pos_ != "PRON" or child.lower_ in THINGS):
            return child
    return None


def _has_relative_object(verb: Token) -> bool:
    """Tell "a remark that Ukraine rejected" from other relative clauses."""
    relatives = (c for c in children(verb, "dobj") if c.lower_ in {"that", "which"})
    return verb.dep_ == "relcl" and next(relatives, None) is not None


def _for_clause(verb: Token) -> Token | None:
    """Return the clause of "pushed for Paris to lower the tax"."""
    return marked_clause(verb, {"for"}, "advcl", "xcomp", "ccomp")


def _beneath(verb: Token, cue: Cue, preposition: Token) -> Token | None:
    """Return what a preposition governs; "call on Berlin to act" is about acting."""
    if cue.frame == "control" and cue.preposition in {"on", "to", "with"}:
        clause = first_child(verb, "xcomp", "advcl")
        if clause is not None:
            return clause
        governed = object_of(preposition)
        return first_child(governed, "acl", "relcl") if governed is not None else None
    return object_of(preposition)


def _demanded(verb: Token) -> Token | None:
    """Return what is demanded; a person or body alone is only the addressee."""
    clause = first_child(verb, "xcomp", "ccomp")
    if clause is not None:
        return clause
    found = first_child(verb, "dobj", "nsubjpass")
    if found is None:
        return None
    nested = first_child(found, "acl")
    if nested is not None and first_child(nested, "aux") is not None:
        return nested
    return None if found.ent_type_ in ADDRESSED or found.pos_ == "PRON" else found


def _blamed(verb: Token) -> Token | None:
    """Return whom or what is criticised or praised; "accused X of Y" is about what X did."""
    target = first_child(verb, "dobj", "nsubjpass")
    lemma = verb.lemma_.lower()
    beside = [verb, target] if target is not None and lemma in {"accuse", "blame"} else [verb]
    prepositions = [p for host in beside for p in children(host, "prep")]
    onto = next((p for p in prepositions if p.lower_ == "on"), None)
    if onto is not None and lemma == "blame":  # "blamed the delay on Berlin"
        return object_of(onto)
    for preposition in prepositions:
        governed = object_of(preposition)
        if governed is None or preposition.lower_ not in {"of", "for", "over"}:
            continue
        if target is None or (preposition.lower_ == "of" and lemma == "accuse"):
            return governed
    if target is not None and target.lower_.endswith(("self", "selves")):
        return None
    return target if target is not None else first_child(verb, "ccomp", "xcomp")


def governed_topic(node: Token) -> Token | None:
    """Return what a predicate or its noun acts on: object, clause, subject, "of"/"to" phrase."""
    if is_clause_head(node):
        found = first_child(node, "dobj", "nsubjpass") or first_child(node, "xcomp", "ccomp")
        if found is not None:
            return found
    for preposition in children(node, "prep"):
        if preposition.lower_ in {"of", "to", "on", "from", "for", "against"}:
            return object_of(preposition)
    return None


def is_refused(verb: Token) -> bool:
    """Tell whether a predicate hangs under a refusal: "declined to rule out"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "of":  # "stopped short of endorsing it"
        host = verb.head.head
        return any(token.lower_ == "short" for token in (host, *host.children))
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in REFUSALS
