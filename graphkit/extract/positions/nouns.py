"""Positions that nouns and adjectives show: "opposition to the plan", "is opposed to it"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.extract.acts import adjective_act, noun_act
from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import FLIPPED, Cue, Lexicon
from graphkit.extract.polarity import through_content
from graphkit.extract.positions.common import UNTOPICAL
from graphkit.extract.positions.position import Position
from graphkit.extract.syntax import (
    children,
    clause_of,
    doer,
    first_child,
    is_clause_head,
    is_infinitive,
    is_negated,
    is_passive,
    object_of,
    subject,
    subject_of_noun,
)
from graphkit.statement import Stance
from graphkit.word_lists import word_list

LIGHT_VERBS = word_list("light_verbs")
PREDICATIVE = word_list("predicative")
PARTISANS = word_list("partisans")
DRAWING = word_list("drawing")
AGAINST = word_list("against")
HELD = word_list("held_attitudes")
"""Attitudes that one can drop or reject: to condemn an attack is not to defend its target."""


def from_noun(noun: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "opposition to the plan", "a warning from Moscow", "had no plans to attend"."""
    lemma = noun.lemma_.lower()
    if noun.pos_ != "NOUN" or lemma not in lexicon.nouns:
        return
    holder = holder_of_noun(noun)
    if holder is None or (holder == noun and lemma not in PARTISANS):
        return
    if _is_given_up(noun, lexicon):
        return
    drawn = _drawn(noun, lexicon)
    if drawn is not None:
        yield drawn
        return
    topics = ((cue, _noun_topic(noun, cue)) for cue in lexicon.nouns[lemma])
    told = next(((c, t) for c, t in topics if t is not None and t != holder), None)
    found = _about(noun, holder, *told, lexicon) if told else _pointing(noun, holder, lexicon)
    if found is not None:
        yield found


def _about(noun: Token, holder: Token, cue: Cue, topic: Token, lexicon: Lexicon) -> Position | None:
    """Return the position of a noun that says what it is about."""
    stance = cue.negated_position if _is_without(noun) else cue.position
    if stance is None:
        return None
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in lexicon.words["reversing"]:
        if holder.pos_ != "PRON":
            return None  # "Congress reversed Obama's decision" tells of Congress
        stance = FLIPPED[stance]  # "withdrew its support for the treaty"
    final, node = through_content(stance, topic, lexicon, follow=True)
    if node.lemma_.lower() in UNTOPICAL:
        return None
    lemma = noun.lemma_.lower()
    is_partisan = lemma in PARTISANS
    act = f"is a {lemma} {cue.preposition}" if is_partisan else noun_act(noun, cue.preposition)
    return Position(noun, holder, final, node, act, f"{cue.label}/noun", cue.strength)


def _pointing(noun: Token, holder: Token, lexicon: Lexicon) -> Position | None:
    """Read "had no such plans" and "over Oslo's objection": the topic was spoken of before."""
    lemma = noun.lemma_.lower()
    cue = lexicon.nouns[lemma][0]
    if _is_without(noun) and _points_back(noun):
        strength = 0.6
    elif cue.position == "opposes" and subject_of_noun(noun) is not None and lemma in AGAINST:
        strength = 0.5
    else:
        return None
    return Position(
        noun, holder, "opposes", None, noun_act(noun, ""), f"{cue.label}/pointer", strength
    )


def holder_of_noun(noun: Token) -> Token | None:
    """Return who holds what a noun names: "Oslo voiced *its* concern" is Oslo's."""
    if noun.lemma_.lower() in PARTISANS:
        return _partisan(noun)
    owner, light = subject_of_noun(noun), _light_subject(noun)
    return light if light is not None and (owner is None or owner.pos_ == "PRON") else owner


def _partisan(noun: Token) -> Token | None:
    """Return who is "a critic of the plan": what it is said of or stands beside, or the critics."""
    if noun.dep_ == "attr":
        return subject(noun.head) or noun
    if noun.dep_ == "appos":
        return noun.head
    acts = noun.dep_ in {"nsubj", "nsubjpass", "agent"}
    return noun if acts or (noun.dep_ == "pobj" and noun.head.dep_ == "agent") else None


def _drawn(noun: Token, lexicon: Lexicon) -> Position | None:
    """Read "the plan drew criticism from Oslo", "was met with anger from farmers"."""
    holder = subject_of_noun(noun)
    verb = clause_of(noun)
    if noun.dep_ not in {"dobj", "pobj"} or verb.lemma_.lower() not in DRAWING or holder is None:
        return None
    topic = first_child(verb, "nsubj", "nsubjpass", "csubj") or subject(verb)
    cue = lexicon.nouns[noun.lemma_.lower()][0]
    stance = cue.position
    if topic is None or stance is None or is_negated(verb):
        return None
    act = noun_act(noun, "")
    return Position(noun, holder, stance, topic, act, f"{cue.label}/drawn", cue.strength)


def through_noun(stance: Stance, node: Token, lexicon: Lexicon) -> tuple[Stance, Token | None]:
    """Follow a topic that is itself a stance: "dropped its opposition to the plan" backs it."""
    is_attitude = node.pos_ == "NOUN" and node.lemma_.lower() in HELD
    for cue in lexicon.nouns.get(node.lemma_.lower(), ()) if is_attitude else ():
        topic = _noun_topic(node, cue)
        if stance == "opposes" and cue.position == "opposes":
            return "supports", topic
        if stance == "opposes" and cue.position == "supports" and topic is not None:
            return "opposes", topic
    return stance, node


def _noun_topic(noun: Token, cue: Cue) -> Token | None:
    after_verb = noun.dep_ == "dobj"  # "drop an objection to it": "to" may hang on either
    beside = [p for p in children(noun.head, "prep") if after_verb and p.i > noun.i]
    for preposition in [*children(noun, "prep"), *beside]:
        if preposition.lower_ == cue.preposition or (
            cue.preposition in {"on", "about", "over"}
            and preposition.lower_ in {"on", "about", "over", "regarding"}
        ):
            return object_of(preposition)
    if cue.preposition == "to":
        clause = first_child(noun, "acl", "relcl", "xcomp")
        if clause is not None and is_infinitive(clause):
            return clause
    return None


def _is_given_up(noun: Token, lexicon: Lexicon) -> bool:
    """Tell "dropped its objection", which the verb's own finder reads."""
    cues = lexicon.verbs.get(noun.head.lemma_.lower(), ()) if noun.dep_ == "dobj" else ()
    return any(cue.label == "verbs.withdraw" for cue in cues)


def _light_subject(noun: Token) -> Token | None:
    """Return who has, voices or faces a noun's stance: the subject of a light verb above it."""
    if noun.dep_ in {"dobj", "attr", "pobj", "conj"}:
        verb = clause_of(noun)
        if verb.lemma_.lower() in LIGHT_VERBS and verb != noun:
            return doer(verb)
    return None


def _is_without(noun: Token) -> bool:
    """Tell "no plans", "did not have any plans" and "did not voice support"."""
    if any(
        c.lower_ in {"no", "any"}
        and c.dep_ in {"det", "neg"}
        and (c.lower_ == "no" or is_negated(clause_of(noun)))
        for c in noun.children
    ):
        return True
    return noun.dep_ == "dobj" and is_clause_head(noun.head) and is_negated(noun.head)


def _points_back(noun: Token) -> bool:
    return any(child.lower_ == "such" for child in noun.children)


def from_adjective(adjective: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Read "is opposed to the plan", "remained committed to joining", "are against it"."""
    lemma = adjective.lemma_.lower()
    cues = lexicon.adjectives.get(lemma, ()) or lexicon.adjectives.get(adjective.lower_, ())
    if not cues or adjective.dep_ not in PREDICATIVE:
        return
    verb = clause_of(adjective.head if adjective.dep_ == "acomp" else adjective)
    holder = subject(verb) if is_clause_head(verb) else None
    if adjective.dep_ == "amod":  # "lawmakers critical of the deal"
        verb, holder = adjective, adjective.head
    if adjective.pos_ == "VERB" and is_passive(adjective):
        holder = first_child(adjective, "nsubjpass")
    for cue in cues:
        topic = _adjective_topic(adjective, cue)
        if topic is None:
            continue
        stance = cue.negated_position if is_negated(verb) else cue.position
        if stance is None or (holder is None and speech is None):
            return
        final, node = through_content(stance, topic, lexicon, follow=True)
        yield Position(
            adjective,
            holder,
            final,
            node,
            adjective_act(adjective, cue.preposition),
            f"{cue.label}/adjective",
            cue.strength,
        )
        return


def _adjective_topic(adjective: Token, cue: Cue) -> Token | None:
    if adjective.lower_ in {"against", "behind"}:
        is_predicate = adjective.dep_ == "prep" and adjective.head.lemma_ == "be"
        return object_of(adjective) if is_predicate else None
    for preposition in children(adjective, "prep", "agent"):
        if preposition.lower_ == cue.preposition:
            return object_of(preposition)
    if cue.preposition == "to":
        return first_child(adjective, "xcomp")
    return first_child(adjective, "ccomp") if cue.preposition == "that" else None
