"""Positions that verbs show: "rejects the plan", "urged Berlin to act", "voted in favor of it"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.acts import verb_act
from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import FLIPPED, Cue, Lexicon
from graphkit.extract.polarity import (
    is_refused,
    through_content,
    verb_cue,
    verb_topics,
)
from graphkit.extract.positions.common import UNTOPICAL, is_hypothetical, judgement
from graphkit.extract.positions.nouns import holder_of_noun, through_noun
from graphkit.extract.positions.position import Position
from graphkit.extract.syntax import (
    auxiliaries,
    children,
    clause_of,
    doer,
    first_child,
    is_clause_head,
    is_infinitive,
    is_negated,
    is_passive,
    lacks_object,
    marked_clause,
    marker,
    object_of,
    subject,
)
from graphkit.statement import Stance
from graphkit.word_lists import word_list

WARNING = frozenset({"warn", "fear", "worry", "caution"})
WORRIES = word_list("worries")
WORRIED = word_list("worried")
WORKING = word_list("working")
EFFORTS = word_list("efforts")
TELLING = word_list("telling")
VOTES = frozenset({"vote", "veto"})
PASSING = frozenset({"verbs.want", "verbs.commit", "verbs.consider", "verbs.enact"})
JUDGING = word_list("judging")
ACTIONS = frozenset({"verbs.block", "verbs.enact", "verbs.withdraw", "verbs.fight"})
SIDES: dict[str, Stance] = {
    "favor": "supports",
    "favour": "supports",
    "support": "supports",
    "opposition": "opposes",
    "protest": "opposes",
}
BARE: dict[str, Stance] = {
    "abstain": "ambivalent",
    "disagree": "opposes",
    "refuse": "opposes",
    "object": "opposes",
    "demur": "opposes",
    "waver": "ambivalent",
}


def from_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "Berlin rejects the plan", "urged Berlin to send tanks", "refused to support it"."""
    if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound"}:
        return
    cue = verb_cue(verb, lexicon)
    if cue is None or cue.position is None or _is_aside(verb, cue) or _is_felt(verb, lexicon):
        return
    if _is_to_blame(verb) or (cue.label == "verbs.commit" and verb.head.lemma_ == "fail"):
        return
    if speech is not None and _is_duty(verb):  # "Europe must support it" is its speaker's position
        return
    topics = [topic for topic in verb_topics(verb, cue) if not _is_asked(verb, topic)]
    holder = doer(verb)
    if not topics or (holder is None and (speech is None or not _is_wished(verb))):
        return
    outcome = _with_negation(verb, cue)
    if outcome is None:
        return
    follow = cue.frame in {"intent", "control"} or cue.label in {"verbs.reject", "verbs.accept"}
    for topic in topics:
        final, node = outcome, topic
        if cue.frame != "blame" or not is_clause_head(topic):  # "accused it of blocking the deal"
            final, node = through_content(outcome, topic, lexicon, follow=follow)
        node = _theme(node)
        if node.lemma_.lower() in UNTOPICAL and is_clause_head(node):
            continue
        if cue.lemma in EFFORTS and node == topic:
            continue  # "tries to find out" shows no stance, "tries to block it" does
        final, about = through_noun(final, node, lexicon)
        yield Position(
            verb,
            holder,
            final,
            about,
            verb_act(verb, cue.preposition),
            f"{cue.label}/{cue.frame}",
            cue.strength,
            is_action=cue.label in ACTIONS or cue.lemma in VOTES,
        )


def _is_felt(verb: Token, lexicon: Lexicon) -> bool:
    """Tell "I am honored by the award", a feeling, from what the award does."""
    felt = any(cue.preposition == "by" for cue in lexicon.adjectives.get(verb.lower_, ()))
    return felt and is_passive(verb)


def _is_to_blame(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ == "be"


def _theme(node: Token) -> Token:
    """Return what "doubts that the plan will work" is about: the plan."""
    theme = first_child(node, "nsubj") if node.lemma_.lower() in WORKING else None
    return theme if theme is not None and theme.pos_ in {"NOUN", "PROPN"} else node


def _is_asked(verb: Token, topic: Token) -> bool:
    """Tell a question, "“Why?” she asked", from a request."""
    return topic.dep_ == "ccomp" and any(token.text == "?" for token in verb.sent)


def _is_aside(verb: Token, cue: Cue) -> bool:
    """Tell a wish or plan in passing: "a deal intended to help", "hoping to win"."""
    if cue.label not in PASSING:
        return False
    is_open = is_infinitive(verb) or verb.tag_ == "VBG"
    return verb.dep_ == "acl" or (verb.dep_ == "advcl" and is_open)


def _is_duty(verb: Token) -> bool:
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"ought", "need"}:
        return True
    return any(a.lower_ in {"must", "should", "ought"} for a in auxiliaries(verb))


def _is_wished(verb: Token) -> bool:
    """Tell whether a predicate without a doer is its speaker's wish: "should be ruled out"."""
    return any(
        a.lower_ in {"should", "must", "can", "could", "ought", "will", "would"}
        for a in auxiliaries(verb)
    )


def _with_negation(verb: Token, cue: Cue) -> Stance | None:
    negated = is_negated(verb) or lacks_object(verb)
    if is_refused(verb):
        negated = not negated
    if is_hypothetical(verb):
        return None
    return cue.negated_position if negated else cue.position


def from_undecided(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "has not confirmed whether it will attend", "declined to say if": keeps it open."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in TELLING:
        return
    clause = first_child(verb, "ccomp")
    if clause is None or marker(clause) not in {"whether", "if"}:
        return
    if is_negated(verb) or is_refused(verb):
        yield Position(
            verb, doer(verb), "ambivalent", clause, "does not say whether", "undecided/whether", 0.6
        )


def from_judging_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "called the plan dangerous", "described it as a mistake", "sees Russia as a threat"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in JUDGING:
        return
    target, predicate = _judged_pair(verb)
    judged = judgement(predicate, lexicon) if predicate is not None else None
    if target is None or judged is None:
        return
    stance, wording, strength = judged
    stance = FLIPPED[stance] if is_negated(verb) else stance
    act = f"calls it {wording}"
    yield Position(
        verb, doer(verb), stance, target, act, "evaluations/call", min(strength + 0.1, 1.0)
    )


def _judged_pair(verb: Token) -> tuple[Token | None, Token | None]:
    """Return what is judged and as what: object and predicate, "as" phrase, or small clause."""
    target = first_child(verb, "dobj", "nsubjpass")
    predicate = first_child(verb, "oprd", "acomp", "xcomp")
    if predicate is None:
        hosts = (verb, target) if target is not None else (verb,)
        likened = (p for host in hosts for p in children(host, "prep") if p.lower_ == "as")
        preposition = next(likened, None)
        if preposition is not None:
            predicate = object_of(preposition) or first_child(preposition, "amod", "acomp")
    clause = first_child(verb, "ccomp")
    if predicate is None and clause is not None:  # "called the amendments a poison pill"
        return first_child(clause, "nsubj"), clause
    if predicate is None and target is not None:  # "considers it out of the question"
        predicate = next((p for p in children(target, "prep") if p.lower_ in {"out", "off"}), None)
    return target, predicate


def from_warning(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "warned that an intervention would lead to war": opposes what would bring the harm.

    So do "voiced concern that it would ..." and "are worried that it would ...".
    """
    holder = _worried(token)
    clause = first_child(token, "ccomp", "acl")
    if clause is None or holder is None or is_negated(token) or not is_clause_head(clause):
        return
    condition = marked_clause(clause, {"if"}, "advcl")
    cause = condition or first_child(clause, "nsubj", "csubj", "nsubjpass")
    if cause is None:
        return
    stance: Stance = "opposes"
    if is_clause_head(cause) and is_negated(cause):
        stance = "supports"
    topic = cause if cause.lower_ not in {"he", "she", "they", "we", "i", "there"} else clause
    yield Position(token, holder, stance, topic, "warns against", "verbs.warn/clause", 0.65)


def _worried(token: Token) -> Token | None:
    """Return who warns, or has a worry."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in WARNING:
        return doer(token)
    if token.pos_ == "NOUN" and lemma in WORRIES and first_child(token, "ccomp", "acl") is not None:
        return holder_of_noun(token)
    if token.pos_ == "ADJ" and lemma in WORRIED and token.dep_ == "acomp":
        return subject(token.head)
    return None


def from_side(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "voted in favor of the measure", "spoke in support of", "rallied in opposition to"."""
    if token.lower_ != "in" or token.dep_ != "prep":
        return
    noun = object_of(token)
    if noun is None or noun.lemma_.lower() not in SIDES:
        return
    sides = (p for p in children(noun, "prep") if p.lower_ in {"of", "to", "against", "at"})
    inner = next(sides, None)
    verb = clause_of(token)
    topic, holder = object_of(inner) if inner is not None else None, doer(verb)
    if inner is None or topic is None or holder is None:
        return
    stance: Stance = SIDES[noun.lemma_.lower()]
    if is_negated(verb):
        stance = "opposes" if stance == "supports" else "ambivalent"
    act = f"{verb_act(verb)} in {noun.lower_} {inner.lower_}"
    voted = verb.lemma_.lower() in VOTES
    yield Position(token, holder, stance, topic, act, "sides/in", 0.8, is_action=voted)


def from_bare_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "the party abstained", "she disagreed": the topic is what was spoken of before."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in BARE or first_child(verb, "nsubj") is None:
        return
    has_object = first_child(verb, "dobj", "ccomp", "xcomp", "prt") is not None
    if has_object or is_negated(verb) or is_passive(verb):
        return
    if any(p.lower_ not in {"on", "in", "at", "after", "during"} for p in children(verb, "prep")):
        return
    yield Position(
        verb, doer(verb), BARE[verb.lemma_.lower()], None, verb_act(verb), "verbs.bare", 0.6
    )
