"""From positions to statements: holders named, topics labelled, confidence weighed."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.article import Article
from graphkit.extract.actors import FIRST_PERSON, ActorResolver, Mention
from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.positions.position import Position
from graphkit.extract.syntax import (
    clause_of,
    doer,
    is_negated,
    subject_of_noun,
    subtree_span,
    trimmed,
)
from graphkit.extract.topics import TopicMention, TopicPhrase, TopicReader, settle
from graphkit.statement import Actor, Quote, Span, Statement, statement_id
from graphkit.word_lists import word_list

TEXTS = word_list("texts")
POINTER_FACTOR = 0.8
PRONOUN_FACTOR = 0.9
CONDITION_FACTOR = 0.7
HEDGE_FACTOR = 0.8
MAX_NESTING = 3
"""How many speeches, one inside the other, are followed outwards."""


@dataclass(frozen=True, slots=True)
class _Held:
    """A position whose holders, speakers and topic phrase are known."""

    position: Position
    holders: tuple[Mention, ...]
    speakers: tuple[str, ...]
    phrase: TopicPhrase
    sentence: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The statements of an article and all actors that they name."""

    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]


def read_statements(
    article: Article, doc: Doc, found: Sequence[Position], resolver: ActorResolver, lexicon: Lexicon
) -> Reading:
    """Turn positions into statements, in text order, each with the sentence that shows it."""
    topics = TopicReader(doc, lexicon, resolver.entity)
    sentence_of = {token.i: n for n, sent in enumerate(doc.sents) for token in sent}
    held = [h for p in found if (h := _hold(p, resolver, topics, sentence_of)) is not None]
    history = [
        _mention(one, one.phrase.label)
        for one in held
        if one.phrase.label and one.phrase.entity is None and not one.phrase.is_taking_up
    ]
    statements: dict[str, Statement] = {}
    actors: dict[str, Actor] = {}
    seen: set[tuple[str, str, str, int]] = set()
    for one in held:
        label = settle(one.phrase, history, one.position.cue.i, one.sentence)
        if not label:
            continue
        if one.phrase.is_taking_up:  # "the pact" is one more mention of what it takes up
            history.append(_mention(one, label))
        for statement in _statements(article, doc, one, label, lexicon):
            key = (statement.actor, statement.stance, statement.topic, statement.start)
            if key in seen:
                continue
            seen.add(key)
            statements.setdefault(statement.id, statement)
            for mention in one.holders:
                actors.setdefault(mention.actor.name, mention.actor)
            if one.phrase.entity is not None:
                actors.setdefault(one.phrase.entity.name, one.phrase.entity)
    return Reading(
        tuple(statements.values()), _with_represented(actors, statements.values(), resolver)
    )


def _mention(held: _Held, label: str) -> TopicMention:
    index, phrase = held.position.cue.i, held.phrase
    return TopicMention(index, held.sentence, label, len(held.holders), phrase.is_plural)


def _hold(
    position: Position, resolver: ActorResolver, topics: TopicReader, sentence_of: dict[int, int]
) -> _Held | None:
    speakers = _speakers(position.speech, resolver)
    found = _holders(position, resolver, speakers)
    voices = _voices(position, found, resolver)
    phrase = topics.read(position.topic)
    holders = [resolver.for_principal(h) if h in voices else h for h in found]
    if phrase.entity is not None:
        holders = [h for h in holders if h.actor.name != phrase.entity.name]
    if not holders:
        return None
    told = _told({h.actor.name for h in found}, speakers, voices)
    return _Held(
        position,
        tuple(holders),
        tuple(n for n in told if n not in {h.actor.name for h in holders}),
        phrase,
        sentence_of[position.cue.i],
    )


def _voices(
    position: Position, holders: Sequence[Mention], resolver: ActorResolver
) -> list[Mention]:
    """Return the named spokespeople who say "we", and mean their principal.

    In other words they hold the position themselves; their office tells for whom they speak.
    """
    if position.holder is None or position.holder.lower_ not in {"we", "us", "our"}:
        return []
    return [holder for holder in holders if resolver.principal(holder.actor) is not None]


def _told(
    holders: Set[str], speakers: list[list[Mention]], voices: Sequence[Mention]
) -> tuple[str, ...]:
    """Return who says so, the innermost first: spokespeople, or others than the holders."""
    names = tuple(m.actor.name for chain in speakers[:1] for m in chain)
    outer = tuple(m.actor.name for chain in speakers[1:] for m in chain[:1])
    own = tuple(m.actor.name for m in voices[:1])
    if own or holders <= set(names):
        return (*own, *outer)
    return (*names[:1], *outer)


def _holders(
    position: Position, resolver: ActorResolver, speakers: list[list[Mention]]
) -> list[Mention]:
    """Return who holds a position: its grammatical holder, or the speaker of the words."""
    nearest = speakers[0] if speakers else []
    if position.holder is None:
        return nearest
    if position.holder.lower_ in FIRST_PERSON:
        return nearest
    return resolver.holders(_author(position) or position.holder)


def _author(position: Position) -> Token | None:
    """Return who speaks through a thing: "the union filed papers opposing it" is the union's."""
    holder = position.holder
    cue = position.cue
    if holder is None or holder.lemma_.lower() not in TEXTS or holder != cue.head:
        return None
    verb = clause_of(holder)
    if cue.tag_ != "VBG" or is_negated(verb) or verb.dep_ in {"acl", "relcl"}:
        return None
    return subject_of_noun(holder) or doer(verb)


def _speakers(speech: Said | None, resolver: ActorResolver) -> list[list[Mention]]:
    """Return the speakers around a cue, the innermost first."""
    chain: list[list[Mention]] = []
    passed: list[Said] = []
    while speech is not None and speech not in passed and len(passed) < MAX_NESTING:
        passed.append(speech)
        found = resolver.speaker_of(speech)
        if found:
            chain.append(found)
        outer = resolver.speeches.at(speech.cue)
        speech = outer if outer is not speech else None
    return chain


def _statements(
    article: Article, doc: Doc, held: _Held, label: str, lexicon: Lexicon
) -> Iterator[Statement]:
    position = held.position
    start, end = evidence_span(position.cue)
    cue_span = (position.cue.idx, position.cue.idx + len(position.cue))
    topic_text = article.text[slice(*held.phrase.span)] if held.phrase.span else ""
    for holder in held.holders:
        yield Statement(
            id=statement_id(article.id, holder.span, cue_span, held.phrase.span),
            article=article.id,
            date=None if position.is_earlier else article.date,  # its own date is not told
            actor=holder.actor.name,
            actor_type=holder.actor.type,
            affiliation=holder.actor.represents,
            stance=position.stance,
            act=position.act,
            topic=label,
            topic_text=topic_text,
            speaker=" < ".join(held.speakers),
            quote=_quote(position),
            condition=_condition_text(doc, position),
            evidence=article.text[start:end],
            start=start,
            end=end,
            actor_span=holder.span,
            cue_span=cue_span,
            topic_span=held.phrase.span,
            confidence=_confidence(position, holder, held.phrase, article.text, lexicon),
            rule=position.rule,
        )


def evidence_span(cue: Token) -> Span:
    """Return the characters of the cue's sentence, without white space around it."""
    text = cue.sent.text
    start = cue.sent.start_char + len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _quote(position: Position) -> Quote:
    if position.speech is not None:
        return position.speech.quote
    return "action" if position.is_action else "indirect"


def _condition_text(doc: Doc, position: Position) -> str:
    if position.condition is None:
        return ""
    start, end = trimmed(doc, *subtree_span(position.condition))
    return " ".join(doc[start:end].text.split())


def _confidence(
    position: Position, holder: Mention, phrase: TopicPhrase, text: str, lexicon: Lexicon
) -> float:
    """Weigh the class's strength by what makes a reading doubtful."""
    value = position.strength
    if phrase.label is None:
        value *= POINTER_FACTOR
    if text[slice(*holder.span)].casefold() in {"he", "she", "they", "it", "who"}:
        value *= PRONOUN_FACTOR
    if position.condition is not None:
        value *= CONDITION_FACTOR
    adverbs = {child.lower_ for child in position.cue.children if child.dep_ == "advmod"}
    if adverbs & lexicon.words["hedges"]:
        value *= HEDGE_FACTOR
    if adverbs & lexicon.words["boosters"]:
        value = min(value + 0.05, 1.0)
    return round(value, 2)


def _with_represented(
    actors: dict[str, Actor], statements: Iterable[Statement], resolver: ActorResolver
) -> tuple[Actor, ...]:
    """Add the speakers and the bodies that actors speak for."""
    complete = dict(actors)
    for statement in statements:
        for name in statement.speaker.split(" < "):
            if name and name not in complete:
                complete[name] = resolver.by_name(name)
    waiting = list(complete.values())
    while waiting:  # a spokesman's ministry may speak for its country
        name = waiting.pop().represents
        if name and name not in complete:
            complete[name] = resolver.by_name(name)
            waiting.append(complete[name])
    named = map(resolver.with_aliases, complete.values())
    return tuple(sorted(named, key=lambda actor: actor.name))
