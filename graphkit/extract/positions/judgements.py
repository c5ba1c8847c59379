"""Positions inside somebody's words: judgements, duties, refusals, goals, consequences.

Outside an attribution these would be the reporter's own voice, which gives no statement.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.acts import judgement_act, verb_act
from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import FLIPPED, Lexicon
from graphkit.extract.polarity import governed_topic, through_content, verb_cue, verb_topics
from graphkit.extract.positions.common import UNTOPICAL, is_hypothetical, judgement
from graphkit.extract.positions.position import Position
from graphkit.extract.syntax import (
    auxiliaries,
    children,
    first_child,
    is_clause_head,
    is_negated,
    is_passive,
    lacks_object,
    marked_clause,
    object_of,
    subject,
    subject_of_noun,
)
from graphkit.statement import Stance
from graphkit.word_lists import word_list

COPULAS = word_list("copulas")
EQUATING = word_list("equating")
EPISTEMIC = word_list("epistemic")
UNPROMISED = EPISTEMIC | word_list("empty_verbs") | word_list("unpromised")
PROMISING = frozenset({"will", "wo", "'ll", "’ll", "would", "'d", "’d"})
POSSIBLE = frozenset({"should", "must", "can", "ca"})
ASKING = frozenset({"what", "who", "whose", "whoever", "whatever"})
DUTIES = frozenset({"must", "should", "ought"})
REFUSING = word_list("refusing")
REGARDING = frozenset({"regarding", "concerning", "about", "on"})
NEUTER = frozenset({"it", "this", "that", "there"})
GOALS = word_list("goals")
DREADED = word_list("dreaded")
CAUSING = word_list("causing")


def from_judgement(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "The plan is dangerous", "it amounts to amnesty": only inside an attribution."""
    verb = _judging_clause(token)
    if speech is None or verb is None or is_hypothetical(verb) or _only_tells_which(verb):
        return
    judged = judgement(_unwrapped(token), lexicon)
    topic = _judged_topic(verb, token)
    is_wished = {a.lower_ for a in auxiliaries(verb)} & DUTIES  # "they should be careful"
    if judged is None or topic is None or is_wished:
        return
    stance, wording, strength = judged
    negated = is_negated(verb) or is_negated(token) or any(c.lower_ == "no" for c in token.children)
    if negated:
        stance = "opposes" if stance == "ambivalent" else FLIPPED[stance]
    stance = _of_negated(stance, topic)
    yield Position(
        token,
        None,
        stance,
        topic,
        judgement_act(wording, negated=negated),
        "evaluations/copula",
        strength,
    )


def _only_tells_which(verb: Token) -> bool:
    """Tell "decide what information is useful" and "a man who is honest" from a judgement."""
    own = first_child(verb, "nsubj", "csubj", "nsubjpass")
    return own is not None and any(t.lower_ in ASKING and t.i <= own.i for t in own.subtree)


def _of_negated(stance: Stance, topic: Token) -> Stance:
    """Turn a stance on what is not done: "it would be wrong not to help" is for helping."""
    return FLIPPED[stance] if is_clause_head(topic) and is_negated(topic) else stance


def _judging_clause(token: Token) -> Token | None:
    """Return the verb by which a predicate judges its subject: "is", "represents", "amounts to"."""
    head = token.head
    if token.dep_ in {"acomp", "attr", "prep"} and is_clause_head(head):
        return head if head.lemma_.lower() in COPULAS else None
    if token.dep_ == "xcomp" and head.lemma_ == "be" and token.lemma_.lower() == "blame":
        return head  # "the airline was to blame"
    if token.dep_ in {"dobj", "xcomp"} and head.lemma_.lower() in EQUATING:
        return head
    if token.dep_ == "pobj" and head.lower_ == "to" and head.head.lemma_.lower() == "amount":
        return head.head
    return None


def _unwrapped(token: Token) -> Token:
    """Return the judging noun behind "a bit of", "a kind of"."""
    if token.lemma_.lower() in {"bit", "kind", "sort", "piece", "form", "part"}:
        preposition = first_child(token, "prep")
        return (object_of(preposition) if preposition is not None else None) or token
    return token


def _judged_topic(verb: Token, predicate: Token) -> Token | None:
    """Return what is judged: the subject, or the clause that "it" stands for."""
    grammatical = first_child(verb, "nsubj", "csubj", "expl", "nsubjpass") or subject(verb)
    if grammatical is None:
        return None
    if grammatical.lower_ == "it":
        hosts, labels = (verb, predicate), ("xcomp", "ccomp", "advcl", "csubj", "acl")
        clauses = (c for host in hosts for c in children(host, *labels))
        linked = (c for c in clauses if first_child(c, "aux", "mark") is not None)
        return next(linked, grammatical)
    return None if grammatical.lower_ in {"there", "who", "i", "we", "you", "one"} else grammatical


def from_modal(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "must send", "should not wait", "will never accept" in somebody's words."""
    if speech is None or not is_clause_head(verb) or verb.dep_ in {"advcl", "relcl"}:
        return
    if is_hypothetical(verb):
        return
    modals = {a.lower_ for a in auxiliaries(verb)} | ({"must"} if _is_need(verb) else set())
    negated = is_negated(verb) or lacks_object(verb)
    stance: Stance = "opposes" if negated else "supports"
    if modals & DUTIES:
        if _is_epistemic(verb):
            return
        holder, rule, strength = None, "modals/duty", 0.6
    elif negated and modals & REFUSING:
        if _is_impersonal(verb, speech) or (verb.lemma_.lower() == "be" and not is_passive(verb)):
            return
        decides = modals & PROMISING  # "cannot" is the speaker's judgement
        holder = _own_subject(verb) if decides else None
        rule, strength = "modals/refusal", 0.6
    elif not negated and _is_promised(verb, modals, speech):
        holder, rule, strength = _own_subject(verb), "modals/promise", 0.5
    else:
        return
    final, node = _inner(stance, verb, lexicon)
    if node == verb and verb.lemma_.lower() in UNTOPICAL:
        return  # "cannot comment on it"
    yield Position(verb, holder, final, node, verb_act(verb), rule, strength)


def _is_promised(verb: Token, modals: set[str], speech: Said) -> bool:
    """Tell "we will cut taxes", "she said she would resign" from a forecast about others."""
    is_going = verb.dep_ == "xcomp" and verb.head.lower_ == "going"
    holder = subject(verb) if is_going else _own_subject(verb)
    if holder is None or not (is_going or modals & PROMISING) or is_passive(verb):
        return False
    if verb.lemma_.lower() in UNPROMISED or (verb.dep_ == "xcomp" and is_negated(verb.head)):
        return False
    if speech.quote == "direct":
        return holder.lower_ in {"i", "we"}
    same_clause = verb.dep_ == "ccomp" and verb.head == speech.cue
    return same_clause and holder.lower_ in {"he", "she", "they", "it", "i", "we"}


def _is_epistemic(verb: Token) -> bool:
    """Tell "they should know", which guesses, from "they should act", which demands."""
    lemma = verb.lemma_.lower()
    return lemma in EPISTEMIC and lemma != "be" and first_child(verb, "auxpass") is None


def _is_impersonal(verb: Token, speech: Said) -> bool:
    """Tell a forecast ("it will not work") from a refusal ("we will not go")."""
    holder = _own_subject(verb)
    if holder is None or holder.pos_ != "PRON":
        return False
    return holder.lower_ in NEUTER or (holder.lower_ == "they" and speech.quote == "direct")


def _inner(stance: Stance, verb: Token, lexicon: Lexicon) -> tuple[Stance, Token]:
    """Follow a modal into a predicate with a stance of its own: "must not support the bill"."""
    if stance == "supports":
        return through_content(stance, verb, lexicon, follow=True)
    cue = verb_cue(verb, lexicon)
    if cue is not None and cue.label == "verbs.reject":  # "nothing should be ruled out"
        topics = verb_topics(verb, cue)
        regarding = next((p for p in children(verb, "prep") if p.lower_ in REGARDING), None)
        about = object_of(regarding) if regarding is not None else None
        if about is not None or topics:
            return cue.negated_position or stance, about if about is not None else topics[0]
    if verb.lemma_.lower() in lexicon.words["reversing"]:
        inner = governed_topic(verb)
        if inner is not None:
            return FLIPPED[stance], inner
    return stance, verb


def _is_need(verb: Token) -> bool:
    return (
        verb.dep_ == "xcomp"
        and verb.head.lemma_.lower() in {"need", "have", "get", "got", "ought"}
        and not is_negated(verb.head)
    )


def _own_subject(verb: Token) -> Token | None:
    return first_child(verb, "nsubj") if not is_passive(verb) else None


def from_denied_existence(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "There will be no ground troops": only inside an attribution."""
    if speech is None or verb.lemma_.lower() != "be" or first_child(verb, "expl") is None:
        return
    thing = first_child(verb, "attr", "nsubj")
    modals = {a.lower_ for a in auxiliaries(verb)}
    if thing is None or not modals & (PROMISING | POSSIBLE):
        return
    if any(child.lower_ == "no" for child in thing.children) or is_negated(verb):
        yield Position(verb, None, "opposes", thing, "says there will be no", "modals/no", 0.85)


def from_goal(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "The goal is to ensure peace", "our fear is that attending would help them"."""
    if token.lemma_.lower() != "be" or not is_clause_head(token):
        return
    noun, clause = first_child(token, "nsubj"), first_child(token, "xcomp", "ccomp")
    if noun is None or clause is None:
        return
    lemma = noun.lemma_.lower()
    holder = subject_of_noun(noun)
    if holder is None and speech is None:
        return
    if lemma in GOALS and first_child(clause, "aux", "mark") is not None:
        stance: Stance = "opposes" if is_negated(token) else "supports"
        final, node = through_content(stance, clause, lexicon, follow=True)
        yield Position(token, holder, final, node, f"has the {lemma} of", "goals/be", 0.7)
    elif lemma in DREADED:
        cause = first_child(clause, "nsubj", "csubj") or clause
        yield Position(
            token, holder, "opposes", cause, f"expresses {lemma} about", "goals/worry", 0.6
        )


def from_consequence(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "it would lead to war", "the bill will help": harm is opposed, benefit supported."""
    if speech is None or not is_clause_head(verb) or verb.dep_ in {"relcl", "acl"}:
        return
    lemma = verb.lemma_.lower()
    effect = _effect(verb, lexicon)
    if lemma in lexicon.words["harming"]:
        stance: Stance = "opposes"
    elif lemma in lexicon.words["benefiting"] or _is_effective(verb):
        stance = "supports"
    elif effect is not None and (lemma in CAUSING or lemma in COPULAS):
        stance = "opposes"
    else:
        return
    condition = marked_clause(verb, {"if"}, "advcl")
    cause = condition or first_child(verb, "nsubj", "csubj")
    if cause is None or cause.lower_ in {"i", "we", "he", "she", "they", "you", "who", "there"}:
        return
    stance = FLIPPED[stance] if is_negated(verb) else stance
    stance = _of_negated(stance, cause)
    yield Position(verb, None, stance, cause, f"says it {verb_act(verb)}", "consequences/verb", 0.5)


def _is_effective(verb: Token) -> bool:
    """Tell "the sanctions are (not) working" from people who work for somebody."""
    theme = first_child(verb, "nsubj")
    bare = first_child(verb, "prep", "dobj", "xcomp", "prt") is None
    return verb.lemma_.lower() == "work" and bare and theme is not None and theme.pos_ == "NOUN"


def _effect(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the harmful thing that a clause predicts: "lead to war", "war would be inevitable"."""
    things = [first_child(verb, "dobj"), first_child(verb, "nsubj")]
    things += [object_of(p) for p in children(verb, "prep") if p.lower_ in {"to", "into", "in"}]
    if verb.lemma_.lower() in COPULAS and marked_clause(verb, {"if"}, "advcl") is None:
        return None
    return next(
        (t for t in things if t is not None and t.lemma_.lower() in lexicon.words["harms"]), None
    )


def from_denial(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "stressed that he was not threatening Europe": a negated claim is opposed."""
    if speech is None or not is_clause_head(verb) or verb.dep_ not in {"ccomp", "ROOT", "conj"}:
        return
    cues = lexicon.verbs.get(speech.cue.lemma_.lower(), ())
    if not is_negated(verb) or not any(c.label == "verbs.insist" for c in cues):
        return
    if (
        verb.lemma_.lower() in EPISTEMIC | {"want", "think", "believe"}
        or first_child(verb, "nsubj") is None
    ):
        return
    yield Position(verb, None, "opposes", verb, "denies", "denials/insist", 0.5)
