"""Positions: predicates that show a stance, with their holder and topic tokens.

One finder per kind of predicate. A finder looks at one token and yields what it says; who the
tokens mean and what the topic is called is settled later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import Said, SpeechIndex
from graphkit.extract.lexicon import FLIPPED, Lexicon
from graphkit.extract.positions.judgements import (
    from_consequence,
    from_denial,
    from_denied_existence,
    from_goal,
    from_judgement,
    from_modal,
)
from graphkit.extract.positions.nouns import from_adjective, from_noun
from graphkit.extract.positions.position import Position
from graphkit.extract.positions.verbs import (
    from_bare_verb,
    from_judging_verb,
    from_side,
    from_undecided,
    from_verb,
    from_warning,
)
from graphkit.extract.syntax import (
    children,
    clause_of,
    is_clause_head,
    is_earlier,
    is_negated,
    marked_clause,
    subject_of_noun,
)
from graphkit.word_lists import word_list

FIRST_PERSON = word_list("first_person")
MODIFYING = frozenset({"relcl", "acl", "pcomp"})
BLAMABLE = frozenset({"verbs.criticize", "verbs.avoid"})
TOLD = frozenset({"ccomp", "ROOT", "conj", "parataxis", "advcl"})
EMBEDDED = frozenset({"relcl", "acl", "advcl", "xcomp", "pcomp"})
SILENT = frozenset({"PUNCT", "SPACE", "DET", "PRON", "CCONJ", "PART", "NUM", "SYM", "INTJ"})
ENDS = frozenset({"?", "!", ".", ";", "”", '"'})
CORRECTED = frozenset({"version", "article", "report"})
ECHOES = frozenset({"so", "neither", "nor"})
ECHOING = frozenset({"do", "be", "have", "will", "would"})


def positions(doc: Doc, lexicon: Lexicon, speeches: SpeechIndex) -> list[Position]:
    """Find all positions of a parsed article, in the order of their cues."""
    found: list[Position] = []
    used: set[int] = set()
    for token in _assertions(doc):
        if token.i in used:
            continue
        speech = speeches.at(token)
        if speech is not None and _is_withdrawn(speech):
            continue
        echoed = _echo(token, found)
        for position in [echoed] if echoed is not None else _at(token, lexicon, speech):
            if position.topic is not None:
                used.update(t.i for t in _between(position.cue, position.topic))
                if is_clause_head(position.topic) and position.topic is not position.cue:
                    used.update(t.i for t in position.topic.subtree if t != position.cue)
            if _is_embedded(position, speech):
                continue
            told = _as_told(position, speech, lexicon)
            if told is not None:
                found.append(_in_context(told, speech, lexicon))
            conduct = _conduct(position, speech)
            if conduct is not None:
                found.append(_in_context(conduct, speech, lexicon))
    return found


def _conduct(position: Position, speech: Said | None) -> Position | None:
    """Read what a speaker tells of somebody else as a judgement: "he insulted our allies"."""
    holder, verb = position.holder, position.cue
    if speech is None or holder is None or holder.lower_ in FIRST_PERSON or verb.pos_ != "VERB":
        return None
    label = position.rule.partition("/")[0]
    blamable = label in BLAMABLE or verb.lemma_.lower() == "refuse"
    if not blamable or position.stance != "opposes" or verb.dep_ not in TOLD:
        return None
    others = {"he", "she", "they"} if speech.quote == "direct" else frozenset()  # else the speaker
    if holder.pos_ != "PROPN" and holder.lower_ not in others:
        return None
    return replace(
        position, holder=None, topic=verb, act="criticizes", rule="conduct/verb", strength=0.45
    )


def _assertions(doc: Doc) -> Iterator[Token]:
    """Yield the tokens that are not asked: of no question, inside a quotation either."""
    for sent in doc.sents:
        if any(last.text == "?" for last in sent[-3:]):
            continue
        asked = False
        told: list[Token] = []
        for token in reversed(sent):
            asked = token.text == "?" if token.text in ENDS else asked
            if not asked:
                told.append(token)
        yield from reversed(told)


def _is_embedded(position: Position, speech: Said | None) -> bool:
    """Tell what somebody else does in passing, in words that judge it: "people who attack me"."""
    holder = position.holder
    if speech is None or holder is None or holder.lower_ in FIRST_PERSON:
        return False
    by_name = holder.pos_ != "NOUN"
    return position.cue.dep_ in (MODIFYING if by_name else EMBEDDED)


def _as_told(position: Position, speech: Said | None, lexicon: Lexicon) -> Position | None:
    """Apply a negated report: "does not think" turns a position, "never said" voids it."""
    if speech is None or not is_negated(speech.cue):
        return position
    if position.holder is not None and speech.frame != "clause":
        return position
    cues = lexicon.verbs.get(speech.cue.lemma_.lower(), ())
    if any(cue.label == "verbs.believe" for cue in cues):
        return replace(position, stance=FLIPPED[position.stance])
    return None if any(cue.stance == "content" for cue in cues) else position


def _in_context(position: Position, speech: Said | None, lexicon: Lexicon) -> Position:
    clause = clause_of(position.cue)
    backshifted = speech is not None and speech.quote == "indirect"  # "said it had refused"
    earlier = is_earlier(clause) and not (backshifted and clause.dep_ != "pcomp")
    condition = _condition(position.cue, lexicon)
    return replace(position, speech=speech, condition=condition, is_earlier=earlier)


def _is_withdrawn(speech: Said) -> bool:
    """Tell words that a correction takes back: "an earlier version of this article said"."""
    if speech.source is None or speech.source.lemma_.lower() not in CORRECTED:
        return False
    return any(child.lower_ in {"earlier", "previous"} for child in speech.source.children)


def _echo(token: Token, found: Sequence[Position]) -> Position | None:
    """Read "So did Spain", "Neither would Italy": the position before, with a new holder."""
    if token.lemma_.lower() not in ECHOING or token.dep_ in {"aux", "auxpass"} or not found:
        return None
    lead = next((c for c in token.children if c.lower_ in ECHOES and c.i < token.i), None)
    holders = [c for c in children(token, "nsubj", "dobj") if c.i > token.i]
    inverted = all(c.i > token.i or c == lead for c in children(token, "nsubj"))
    near = token.sent.start <= found[-1].cue.sent.end + 1
    if lead is None or not holders or not inverted or not near:
        return None
    sentence = [p for p in found if p.cue.sent == found[-1].cue.sent]
    main = min(sentence, key=lambda p: sum(1 for _ in p.cue.ancestors))  # not a subordinate one
    return replace(
        main, cue=token, holder=holders[0], rule="ellipsis", strength=main.strength * 0.9
    )


def _at(token: Token, lexicon: Lexicon, speech: Said | None) -> Iterator[Position]:
    """Try the finders in order; the first that says something wins."""
    if token.pos_ in SILENT:  # half of all tokens
        return
    finders = (
        from_undecided,
        from_side,
        from_judging_verb,
        from_verb,
        from_warning,
        from_noun,
        from_adjective,
        from_judgement,
        from_goal,
        from_denied_existence,
        from_modal,
        from_consequence,
        from_bare_verb,
        from_denial,
    )
    for finder in finders:
        results = list(finder(token, lexicon, speech))
        if results:
            yield from results
            return


def _between(cue: Token, topic: Token) -> list[Token]:
    """Return the predicates that a topic was reached through: they say nothing of their own."""
    chain: list[Token] = []
    for ancestor in topic.ancestors:
        if ancestor == cue:
            return chain
        owner = subject_of_noun(ancestor) if ancestor.pos_ == "NOUN" else None
        if owner is None or owner.pos_ == "PRON":  # "rejected Oslo's request": Oslo has its own
            chain.append(ancestor)
    return []


def _condition(cue: Token, lexicon: Lexicon) -> Token | None:
    """Return the head of an if- or unless-clause on the clause that a predicate stands in."""
    return marked_clause(clause_of(cue), lexicon.words["conditions"], "advcl")
