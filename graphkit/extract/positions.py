"""Positions: predicates that show a stance, with their holder and topic tokens.

One finder per kind of predicate. A finder looks at one token and yields what it says; who the
tokens mean and what the topic is called is settled later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphkit.extract.acts import adjective_act, judgement_act, noun_act, verb_act
from graphkit.extract.attribution import Said, speaker_at
from graphkit.extract.lexicon import Cue, Lexicon
from graphkit.extract.polarity import (
    FLIPPED,
    governed_topic,
    is_refused,
    through_content,
    under_negation,
    verb_cue,
    verb_topics,
)
from graphkit.extract.syntax import (
    auxiliaries,
    children,
    clause_of,
    doer,
    first_child,
    is_clause_head,
    is_negated,
    is_passive,
    object_of,
    subject,
    subject_of_noun,
)
from graphkit.statement import Stance

ACTIONS = frozenset({"verbs.block", "verbs.enact", "verbs.withdraw", "verbs.fight"})
UNTOPICAL = frozenset("say tell comment answer respond speak talk note explain emphasize emphasise stress argue know see hear think believe understand find look".split())
COPULAS = frozenset("be become seem remain look sound prove appear feel".split())
EQUATING = frozenset("represent constitute amount pose mark spell have".split())
SIDES: dict[str, Stance] = {"favor": "supports", "favour": "supports", "support": "supports", "opposition": "opposes", "protest": "opposes"}
BARE: dict[str, Stance] = {"abstain": "ambivalent", "disagree": "opposes", "refuse": "opposes", "object": "opposes", "demur": "opposes", "waver": "ambivalent"}
GOALS = frozenset("goal aim objective priority mission ambition intention purpose task job point plan hope idea".split())
WORRIES = frozenset("fear concern worry danger risk problem".split())
CAUSING = frozenset("lead escalate result cause trigger provoke spark bring mean risk end cross create spell invite push drag turn".split())
EPISTEMIC = frozenset({"be", "know", "have", "remember", "understand", "seem", "mean", "note", "say"})
LIGHT_VERBS = frozenset("have voice express reiterate repeat declare announce signal show give raise issue make state face draw reaffirm offer lend throw find see hold get lead join wage mount pour".split())


@dataclass(frozen=True, slots=True)
class Position:
    """A predicate's stance: ``holder`` None means the speaker of the words around it.

    ``topic`` None points back to a topic of the article. ``speech`` is the innermost attribution
    around the cue.
    """

    cue: Token
    holder: Token | None
    stance: Stance
    topic: Token | None
    act: str
    rule: str
    strength: float
    speech: Said | None = None
    is_action: bool = False
    condition: Token | None = None


def positions(doc: Doc, lexicon: Lexicon, speeches: Sequence[Said]) -> list[Position]:
    """Find all positions of a parsed article, in the order of their cues."""
    found: list[Position] = []
    used: set[int] = set()
    for token in doc:
        if token.i in used:
            continue
        speech = speaker_at(list(speeches), token)
        echoed = _echo(token, found)
        for position in [echoed] if echoed is not None else _at(token, lexicon, speech):
            if position.topic is not None:
                used.update(t.i for t in _between(position.cue, position.topic))
                if is_clause_head(position.topic) and position.topic is not position.cue:
                    used.update(t.i for t in position.topic.subtree if t != position.cue)
            found.append(replace(position, speech=speech, condition=_condition(position.cue, lexicon)))
    return found


def _echo(token: Token, found: Sequence[Position]) -> Position | None:
    """"So did Spain", "Neither would Italy": the position before, with a new holder."""
    if token.lemma_.lower() not in {"do", "be", "have", "will", "would"} or not found or token.dep_ in {"aux", "auxpass"}:
        return None
    lead = next((c for c in token.children if c.lower_ in {"so", "neither", "nor"} and c.i < token.i), None)
    holder = first_child(token, "nsubj")
    if lead is None or holder is None or holder.i < token.i:
        return None
    last = found[-1]
    return replace(last, cue=token, holder=holder, rule="ellipsis", strength=last.strength * 0.9)


def _at(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Try the finders in order; the first that says something wins."""
    finders = (_from_undecided, _from_side, _from_verb, _from_judging_verb, _from_warning, _from_noun, _from_adjective, _from_judgement, _from_goal, _from_modal, _from_denied_existence, _from_consequence, _from_bare_verb, _from_denial)
    for finder in finders:
        results = list(finder(token, lexicon, speech))
        if results:
            yield from results
            return


def _between(cue: Token, topic: Token) -> list[Token]:
    """Return the predicates that a topic was reached through: they say nothing of their own."""
    chain = []
    for ancestor in topic.ancestors:
        if ancestor == cue:
            return chain
        chain.append(ancestor)
    return []


def _condition(cue: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of an if- or unless-clause on the predicate or the verbs above it."""
    node = clause_of(cue)
    for clause in children(node, "advcl"):
        mark = first_child(clause, "mark")
        if mark is not None and mark.lower_ in lexicon.words["conditions"]:
            return clause
    return None


# --- verbs -------------------------------------------------------------------------------------


def _from_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"Berlin rejects the plan", "urged Berlin to send tanks", "refused to support the bill"."""
    if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound"}:
        return
    cue = verb_cue(verb, lexicon)
    if cue is None or cue.stance not in {"supports", "opposes", "ambivalent"}:
        return
    stance: Stance = cue.stance  # type: ignore[assignment]
    topics = verb_topics(verb, cue)
    holder = doer(verb)
    if not topics or (holder is None and (speech is None or not _is_wished(verb))):
        return
    outcome = _with_negation(verb, stance, cue)
    if outcome is None:
        return
    for topic in topics:
        final, node = through_content(outcome, topic, lexicon, follow=cue.frame in {"intent", "control"} or cue.label in {"verbs.reject", "verbs.accept"})
        if node.lemma_.lower() in UNTOPICAL and is_clause_head(node):
            continue
        yield Position(verb, holder, final, node, verb_act(verb, cue.preposition), f"{cue.label}/{cue.frame}", cue.strength, is_action=cue.label in ACTIONS)


def _is_wished(verb: Token) -> bool:
    """Tell whether a predicate without a doer is its speaker's wish: "should be ruled out"."""
    return any(a.lower_ in {"should", "must", "can", "could", "ought", "will", "would"} for a in auxiliaries(verb))


def _with_negation(verb: Token, stance: Stance, cue: Cue) -> Stance | None:
    negated = is_negated(verb)
    if is_refused(verb):
        negated = not negated
    if _is_hypothetical(verb):
        return None
    return under_negation(stance, cue) if negated else stance


def _is_hypothetical(verb: Token) -> bool:
    """Tell whether the predicate is only a question or a condition: "whether it supports"."""
    mark = first_child(verb, "mark")
    return mark is not None and mark.lower_ in {"if", "whether", "unless"}


def _from_undecided(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"has not confirmed whether it will attend", "declined to say if": keeps it open."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in {"say", "confirm", "decide", "know", "determine", "indicate", "answer"}:
        return
    clause = first_child(verb, "ccomp")
    mark = first_child(clause, "mark") if clause is not None else None
    if clause is None or mark is None or mark.lower_ not in {"whether", "if"}:
        return
    if is_negated(verb) or is_refused(verb):
        yield Position(verb, doer(verb), "ambivalent", clause, "does not say whether", "undecided/whether", 0.6)


def _from_judging_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"called the plan dangerous", "described it as a mistake", "sees Russia as a threat"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in {"call", "describe", "see", "regard", "view", "consider", "deem", "label", "brand", "denounce", "find", "portray", "characterize", "declare", "dub"}:
        return
    target = first_child(verb, "dobj", "nsubjpass")
    predicate = first_child(verb, "oprd", "acomp", "xcomp")
    if predicate is None:
        preposition = next((p for p in children(verb, "prep") if p.lower_ == "as"), None)
        predicate = object_of(preposition) or first_child(preposition, "amod", "acomp") if preposition is not None else None
    clause = first_child(verb, "ccomp")
    if predicate is None and clause is not None:  # "called Leahy's amendments a poison pill" as a small clause
        predicate, target = clause, first_child(clause, "nsubj")
    if predicate is None or target is None:
        return
    judged = _judgement(predicate, lexicon)
    if judged is None:
        return
    stance, words, strength = judged
    stance = FLIPPED[stance] if is_negated(verb) else stance
    yield Position(verb, doer(verb), stance, target, f"calls it {words}", "evaluations/call", strength + 0.1)


def _from_warning(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"warned that an intervention would lead to war": opposes what would bring the harm."""
    if verb.lemma_.lower() not in {"warn", "fear", "worry", "caution"} or verb.pos_ != "VERB":
        return
    clause = first_child(verb, "ccomp")
    holder = doer(verb)
    if clause is None or holder is None:
        return
    condition = next((c for c in children(clause, "advcl") if (m := first_child(c, "mark")) is not None and m.lower_ == "if"), None)
    cause = condition or first_child(clause, "nsubj", "csubj", "nsubjpass")
    if cause is None:
        return
    stance: Stance = "opposes"
    if is_clause_head(cause) and is_negated(cause):
        stance = "supports"
    topic = cause if cause.lower_ not in {"he", "she", "they", "we", "i", "there"} else clause
    yield Position(verb, holder, stance, topic, "warns against", "verbs.warn/clause", 0.65)


# --- nouns and adjectives ------------------------------------------------------------------------


def _from_noun(noun: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"opposition to the plan", "a warning from Moscow", "had no plans to attend"."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in lexicon.nouns:
        return
    holder = subject_of_noun(noun) or _light_subject(noun)
    if holder is None or holder == noun:
        return
    for cue in lexicon.nouns[noun.lemma_.lower()]:
        topic = _noun_topic(noun, cue)
        if topic is None or topic == holder:
            continue
        stance: Stance | None = cue.stance  # type: ignore[assignment]
        if stance is not None and _is_without(noun):
            stance = under_negation(stance, cue)
        if stance is None:
            return
        final, node = through_content(stance, topic, lexicon, follow=True)
        if node.lemma_.lower() in UNTOPICAL:
            return
        yield Position(noun, holder, final, node, noun_act(noun, cue.preposition), f"{cue.label}/noun", cue.strength)
        return
    cues = lexicon.nouns[noun.lemma_.lower()]
    if _is_without(noun) and _points_back(noun):  # "had no such plans"
        yield Position(noun, holder, "opposes", None, noun_act(noun, ""), f"{cues[0].label}/pointer", 0.6)
    elif cues[0].stance == "opposes" and subject_of_noun(noun) is not None and noun.lemma_.lower() in {"warning", "objection", "criticism", "opposition", "rejection", "denial"}:
        yield Position(noun, holder, "opposes", None, noun_act(noun, ""), f"{cues[0].label}/pointer", 0.5)


def _noun_topic(noun: Token, cue: Cue) -> Token | None:
    for preposition in children(noun, "prep"):
        if preposition.lower_ == cue.preposition or (cue.preposition in {"on", "about", "over"} and preposition.lower_ in {"on", "about", "over", "regarding"}):
            return object_of(preposition)
    if cue.preposition == "to":
        clause = first_child(noun, "acl", "relcl", "xcomp")
        if clause is not None and any(a.lower_ == "to" for a in children(clause, "aux")):
            return clause
    return None


def _light_subject(noun: Token) -> Token | None:
    """Return who has, voices or faces a noun's stance: the subject of a light verb above it."""
    if noun.dep_ in {"dobj", "attr", "pobj", "conj"}:
        verb = clause_of(noun)
        if verb.lemma_.lower() in LIGHT_VERBS and verb != noun:
            return doer(verb)
    return None


def _is_without(noun: Token) -> bool:
    if any(c.lower_ in {"no", "any"} and c.dep_ in {"det", "neg"} and (c.lower_ == "no" or is_negated(clause_of(noun))) for c in noun.children):
        return True
    return noun.dep_ == "dobj" and is_clause_head(noun.head) and is_negated(noun.head)


def _points_back(noun: Token) -> bool:
    return any(child.lower_ == "such" for child in noun.children)


def _from_adjective(adjective: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"is opposed to the plan", "remained committed to joining", "are against it"."""
    if adjective.dep_ not in {"acomp", "prep", "ROOT", "ccomp", "conj", "advcl", "oprd", "amod"} or adjective.lemma_.lower() not in lexicon.adjectives and adjective.lower_ not in lexicon.adjectives:
        return
    verb = clause_of(adjective) if adjective.pos_ not in {"VERB"} else adjective
    holder = subject(verb) if is_clause_head(verb) else None
    if adjective.pos_ == "VERB" and is_passive(adjective):
        holder = first_child(adjective, "nsubjpass")
    for cue in lexicon.adjectives.get(adjective.lemma_.lower(), ()) or lexicon.adjectives.get(adjective.lower_, ()):
        topic = _adjective_topic(adjective, cue)
        if topic is None:
            continue
        stance: Stance | None = cue.stance  # type: ignore[assignment]
        if stance is not None and is_negated(verb):
            stance = under_negation(stance, cue)
        if stance is None or (holder is None and speech is None):
            return
        final, node = through_content(stance, topic, lexicon, follow=True)
        yield Position(adjective, holder, final, node, adjective_act(adjective, cue.preposition), f"{cue.label}/adjective", cue.strength)
        return


def _adjective_topic(adjective: Token, cue: Cue) -> Token | None:
    if adjective.lower_ in {"against", "behind"}:
        return object_of(adjective) if adjective.dep_ == "prep" and adjective.head.lemma_ == "be" else None
    for preposition in children(adjective, "prep"):
        if preposition.lower_ == cue.preposition:
            return object_of(preposition)
    if cue.preposition == "to":
        return first_child(adjective, "xcomp")
    return first_child(adjective, "ccomp") if cue.preposition == "that" else None


# --- judgements in somebody's words ---------------------------------------------------------------


def _from_judgement(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"The plan is dangerous", "it amounts to amnesty": only inside an attribution."""
    verb = _judging_clause(token)
    if speech is None or verb is None or _is_hypothetical(verb):
        return
    judged = _judgement(_unwrapped(token), lexicon)
    topic = _judged_topic(verb, token)
    if judged is None or topic is None:
        return
    stance, words, strength = judged
    negated = is_negated(verb) or is_negated(token) or any(c.lower_ == "no" for c in token.children)
    if negated:
        stance = "opposes" if stance == "ambivalent" else FLIPPED[stance]
    yield Position(token, None, stance, topic, judgement_act(words, negated=negated), "evaluations/copula", strength)


def _judging_clause(token: Token) -> Token | None:
    """Return the verb by which a predicate judges its subject: "is", "represents", "amounts to"."""
    head = token.head
    if token.dep_ in {"acomp", "attr", "prep"} and is_clause_head(head):
        return head if head.lemma_.lower() in COPULAS else None
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
    grammatical = first_child(verb, "nsubj", "csubj", "expl", "nsubjpass")
    if grammatical is None:
        grammatical = subject(verb)
    if grammatical is None:
        return None
    if grammatical.lower_ == "it":
        clause = next((c for n in (verb, predicate) for c in children(n, "xcomp", "ccomp", "advcl", "csubj", "acl") if first_child(c, "aux", "mark") is not None), None)
        return clause if clause is not None else grammatical
    return None if grammatical.lower_ in {"there", "who", "i", "we", "you", "one"} else grammatical


def _judgement(token: Token, lexicon: Lexicon) -> tuple[Stance, str, float] | None:
    """Return stance, words and strength of a judging predicate, or None if it judges nothing."""
    texts = [token.lower_, token.lemma_.lower()]
    modifiers = [c.lower_ for c in token.children if c.dep_ in {"amod", "compound"}]
    texts = [f"{m} {t}" for m in modifiers for t in texts] + texts
    if token.pos_ == "ADP":  # "in the interest of", "out of the question"
        following = token.doc[token.i : token.i + 4].text.lower()
        return next(((c.stance, p, c.strength) for p, c in lexicon.evaluations.items() if " " in p and following.startswith(p)), None)  # type: ignore[misc]
    preposition = next((p.lower_ for p in children(token, "prep")), "")
    texts = [f"{t} {preposition}" for t in texts[:2] if preposition] + texts
    for text in [*texts, *modifiers]:
        cue = lexicon.evaluations.get(text)
        if cue is not None:
            return cue.stance, text, cue.strength  # type: ignore[return-value]
    return None


def _from_modal(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"must send", "should not wait", "will never accept", "cannot go on": in somebody's words."""
    if speech is None or not is_clause_head(verb) or verb.dep_ in {"advcl", "relcl"}:
        return
    modals = {a.lower_ for a in auxiliaries(verb)} | ({"must"} if _is_need(verb) else set())
    negated = is_negated(verb) or _lacks_object(verb)
    holder: Token | None = None
    if modals & {"must", "should", "ought"}:
        if verb.lemma_.lower() in EPISTEMIC and first_child(verb, "auxpass") is None and verb.lemma_.lower() != "be":
            return
        stance: Stance = "opposes" if negated else "supports"
        rule, strength = "modals/duty", 0.65
    elif negated and modals & {"will", "wo", "would", "ca", "can", "could", "'ll", "cannot"}:
        stance, rule, strength = "opposes", "modals/refusal", 0.6
        holder = _own_subject(verb) if modals & {"will", "wo", "would", "'ll"} else None
        if holder is not None and holder.pos_ == "PRON" and holder.lower_ in {"it", "this", "that", "there"}:
            return
        if verb.lemma_.lower() == "be" and not is_passive(verb):
            return
    else:
        return
    final, node = through_content(stance, verb, lexicon, follow=True) if not negated else _inner(stance, verb, lexicon)
    yield Position(verb, holder, final, node, verb_act(verb), rule, strength)


def _inner(stance: Stance, verb: Token, lexicon: Lexicon) -> tuple[Stance, Token]:
    """Follow a negated modal into a predicate with a stance of its own: "will not support X"."""
    if verb.lemma_.lower() in lexicon.words["reversing"]:
        inner = governed_topic(verb)
        if inner is not None:
            return FLIPPED[stance], inner
    return stance, verb


def _lacks_object(verb: Token) -> bool:
    """Tell whether the object carries the negation: "would take no part", "send neither"."""
    found = first_child(verb, "dobj")
    return found is not None and any(c.lower_ in {"no", "neither"} for c in found.children)


def _is_need(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in {"need", "have", "get", "got"} and not is_negated(verb.head)


def _own_subject(verb: Token) -> Token | None:
    return first_child(verb, "nsubj") if not is_passive(verb) else None


def _from_denied_existence(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"There will be no ground troops": only inside an attribution."""
    if speech is None or verb.lemma_.lower() != "be" or first_child(verb, "expl") is None:
        return
    thing = first_child(verb, "attr", "nsubj")
    modals = {a.lower_ for a in auxiliaries(verb)}
    if thing is None or not modals & {"will", "would", "'ll", "should", "must", "can"}:
        return
    if any(child.lower_ == "no" for child in thing.children) or is_negated(verb):
        yield Position(verb, None, "opposes", thing, "says there will be no", "modals/no", 0.85)


# --- sides, goals, consequences -------------------------------------------------------------------


def _from_side(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"voted in favor of the measure", "spoke in support of", "rallied in opposition to"."""
    if token.lower_ != "in" or token.dep_ != "prep":
        return
    noun = object_of(token)
    if noun is None or noun.lemma_.lower() not in SIDES:
        return
    inner = next((p for p in children(noun, "prep") if p.lower_ in {"of", "to", "against", "at"}), None)
    topic = object_of(inner) if inner is not None else None
    holder = doer(clause_of(token)) if topic is not None else None
    if topic is not None and holder is not None:
        verb = clause_of(token)
        stance: Stance = SIDES[noun.lemma_.lower()]
        stance = FLIPPED[stance] if is_negated(verb) else stance
        act = f"{verb_act(verb)} in {noun.lower_} {inner}" if verb.lemma_ != "be" else f"is in {noun.lower_} {inner}"
        yield Position(token, holder, stance, topic, act, "sides/in", 0.8)


def _from_goal(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"The goal is to ensure peace", "our fear is that attending would help them"."""
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
    elif lemma in WORRIES:
        cause = first_child(clause, "nsubj", "csubj") or clause
        yield Position(token, holder, "opposes", cause, f"expresses {lemma} about", "goals/worry", 0.6)


def _from_consequence(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"It would lead to war", "the bill will hurt workers": harm is opposed, benefit supported."""
    if speech is None or not is_clause_head(verb) or verb.dep_ in {"relcl", "acl"}:
        return
    lemma = verb.lemma_.lower()
    effect = _effect(verb, lexicon)
    if lemma in lexicon.words["harming"]:
        stance: Stance = "opposes"
    elif lemma in lexicon.words["benefiting"]:
        stance = "supports"
    elif effect is not None and (lemma in CAUSING or lemma in COPULAS):
        stance = "opposes"
    else:
        return
    condition = _if_clause(verb)
    cause = condition or first_child(verb, "nsubj", "csubj")
    if cause is None or cause.ent_type_ == "PERSON" or cause.lower_ in {"i", "we", "he", "she", "they", "you", "who", "there"}:
        return
    stance = FLIPPED[stance] if is_negated(verb) else stance
    yield Position(verb, None, stance, cause, f"says it {verb_act(verb)}", "consequences/verb", 0.5)


def _effect(verb: Token, lexicon: Lexicon) -> Token | None:
    """Return the harmful thing that a clause predicts: "lead to war", "war would be inevitable"."""
    things = [first_child(verb, "dobj"), first_child(verb, "nsubj")]
    things += [object_of(p) for p in children(verb, "prep") if p.lower_ in {"to", "into", "in"}]
    if verb.lemma_.lower() in COPULAS and _if_clause(verb) is None:
        return None
    return next((t for t in things if t is not None and t.lemma_.lower() in lexicon.words["harms"]), None)


def _if_clause(verb: Token) -> Token | None:
    for clause in children(verb, "advcl"):
        mark = first_child(clause, "mark")
        if mark is not None and mark.lower_ == "if":
            return clause
    return None


def _from_bare_verb(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"The National Rally abstained", "she disagreed": the topic is what was spoken of before."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in BARE or first_child(verb, "nsubj") is None:
        return
    if first_child(verb, "dobj", "ccomp", "xcomp", "prt") is not None or is_negated(verb) or is_passive(verb):
        return
    if any(p.lower_ not in {"on", "in", "at", "after", "during"} for p in children(verb, "prep")):
        return
    yield Position(verb, doer(verb), BARE[verb.lemma_.lower()], None, verb_act(verb), "verbs.bare", 0.6)


def _from_denial(verb: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """"stressed that he was not threatening Europe": a negated claim is opposed."""
    if speech is None or not is_clause_head(verb) or verb.dep_ not in {"ccomp", "ROOT", "conj"}:
        return
    cues = lexicon.verbs.get(speech.cue.lemma_.lower(), ())
    if not is_negated(verb) or not any(c.label == "verbs.insist" for c in cues):
        return
    if verb.lemma_.lower() in EPISTEMIC | {"want", "think", "believe"} or first_child(verb, "nsubj") is None:
        return
    yield Position(verb, None, "opposes", verb, "denies", "denials/insist", 0.5)
