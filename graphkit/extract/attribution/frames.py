"""The frames by which a parse links a source, a cue and a content."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.syntax import (
    children,
    clause_of,
    first_child,
    is_clause_head,
    object_of,
    particle,
    subject,
    subject_of_noun,
    subtree_span,
    trimmed,
)
from graphkit.extract.words import words
from graphkit.statement import Span

SPEECH_NOUNS = words("speech_nouns")
ATTITUDES = words("attitudes")
DEEDS = words("deeds")
CLEAR = frozenset({"clear", "adamant", "firm", "explicit", "blunt", "unequivocal", "emphatic"})
COMPLETING = frozenset({"for", "as", "of", "about", "to", "with", "against", "over", "from"})
CONCESSIVE = frozenset({"although", "though", "while", "whereas"})


def from_token(token: Token, lexicon: Lexicon) -> Iterator[Said]:
    """Yield the attributions whose cue is the token."""
    if token.lower_ == "according":
        yield from _according(token)
    elif token.pos_ in {"VERB", "AUX"}:
        yield from _from_verb(token, lexicon)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in SPEECH_NOUNS:
        yield from _from_noun(token)
    elif token.pos_ == "ADJ" and (
        token.lemma_.lower() in lexicon.adjectives or token.lower_ in CLEAR
    ):
        yield from _from_adjective(token, lexicon)


def _from_verb(verb: Token, lexicon: Lexicon) -> Iterator[Said]:
    own = particle(verb)
    known = lexicon.verbs.get(verb.lemma_.lower(), ())
    cues = [cue for cue in known if cue.particle in {"", own}]
    if not cues:
        return
    named = _named_as(verb)
    if named is not None:
        yield Said(surface_subject(verb), verb, (named,), "indirect", "naming", is_speech=False)
        return
    clause = _clause_complement(verb)
    if clause is not None:
        yield _said(verb, clause, "clause", is_speech=True)
        return
    if _is_background(verb):
        return
    for cue in cues:
        if cue.label not in ATTITUDES:
            continue
        content = _attitude_content(verb, cue.preposition)
        if content is not None:
            said = _said(verb, content, cue.label, is_speech=False)
            addressee = _addressee(verb, content)
            if addressee is not None:  # "urged | Berlin to send tanks"
                start, end = said.content
                said = replace(said, parts=((min(start, _start(addressee)), end),))
            elif content.dep_ == "dobj":
                said = replace(said, parts=((said.parts[0][0], _end_of_object(verb, said)),))
            yield said
            return


def _named_as(verb: Token) -> Span | None:
    """Return the content of "called | the plan a mistake"."""
    target, predicate = first_child(verb, "dobj"), first_child(verb, "oprd")
    clause = first_child(verb, "ccomp")
    if verb.lemma_.lower() not in {"call", "label", "brand", "dub", "declare", "deem"}:
        return None
    if predicate is None and clause is not None and not is_clause_head(clause):
        target, predicate = first_child(clause, "nsubj"), clause
    if target is None or predicate is None or target.i > predicate.i:
        return None
    spans = char_spans(verb.doc, list(range(subtree_span(target)[0], subtree_span(predicate)[1])))
    return spans[0] if spans else None


def _addressee(verb: Token, content: Token) -> Token | None:
    """Return whom a demand addresses: it belongs to the content."""
    if content.dep_ not in {"xcomp", "advcl", "ccomp"}:
        return None
    addressed = next((p for p in children(verb, "prep") if p.lower_ in {"on", "to"}), None)
    return first_child(verb, "dobj") or (object_of(addressed) if addressed is not None else None)


def _is_background(verb: Token) -> bool:
    """Tell an attitude that only modifies something, or that nobody is said to have."""
    agentless = first_child(verb, "nsubjpass") is not None and first_child(verb, "agent") is None
    possible = any(
        child.lower_ in {"could", "might", "may", "would"} for child in children(verb, "aux")
    )
    is_deed = verb.lemma_.lower() in DEEDS
    return agentless or possible or is_deed or verb.dep_ in {"pcomp", "amod", "csubj"}


def _end_of_object(verb: Token, said: Said) -> int:
    """Return where "slammed | Kaine for his work" ends: behind what completes the object."""
    end = said.parts[-1][1]
    for child in verb.rights:
        follows = child.dep_ == "oprd" or (child.dep_ == "prep" and child.lower_ in COMPLETING)
        if follows and child.idx >= end and not _is_set_off(child):
            start, stop = subtree_span(child)
            spans = char_spans(verb.doc, list(range(start, stop)))
            end = max(end, *(stop for _, stop in spans))
    return end


def _is_set_off(token: Token) -> bool:
    start = subtree_span(token)[0]
    return start > 0 and token.doc[start - 1].text in {",", "—", "–", "--"}


def _start(token: Token) -> int:
    return int(token.doc[subtree_span(token)[0]].idx)


def _clause_complement(verb: Token) -> Token | None:
    """Return the head of what was said: a complement clause, before or after the verb."""
    if verb.dep_ == "pcomp":  # "after examining ..." tells no more than that it happened
        return first_child(verb, "ccomp")
    clauses = [
        child
        for child in children(verb, "ccomp", "parataxis")
        if is_clause_head(child) or first_child(child, "nsubj", "mark") is not None
    ]
    if clauses:  # what follows the verb is what was said; what precedes it only if nothing follows
        return next((clause for clause in clauses if clause.i > verb.i), clauses[0])
    told = first_child(verb, "dobj", "dative")
    attached = first_child(told, "relcl", "acl") if told is not None else None
    if attached is not None and first_child(attached, "mark") is not None:
        return attached  # "told the meeting that ...", read as if it described the meeting
    inserted = verb.dep_ == "parataxis" and is_clause_head(verb.head)
    if (
        inserted
        and first_child(verb, "nsubj") is not None
        and first_child(verb, "dobj", "prep") is None
    ):
        return verb.head
    return None


def _attitude_content(verb: Token, preposition: str) -> Token | None:
    """Return what an attitude is about: the object of the verb or of its preposition."""
    if preposition:
        for prep in children(verb, "prep"):
            if prep.lower_ == preposition:
                demanded = first_child(verb, "xcomp") if preposition in {"on", "to"} else None
                return demanded or object_of(prep)
        for clause in children(verb, "advcl") if preposition == "for" else ():
            if any(mark.lower_ == "for" for mark in children(clause, "mark")):
                return clause  # "called for the women to be heard"
        if preposition == "to":
            return first_child(verb, "xcomp")
        return None
    return first_child(verb, "xcomp") or first_child(verb, "dobj")


def _said(cue: Token, content: Token, frame: str, *, is_speech: bool) -> Said:
    source = surface_subject(cue)
    return Said(source, cue, _content_parts(cue, content), "indirect", frame, is_speech)


def surface_subject(verb: Token) -> Token | None:
    """Return the source as the words show it: "who", not its antecedent."""
    if _goes_on_reporting(verb):
        return surface_subject(verb.head.head)
    own = [c for c in verb.children if c.dep_ in {"nsubj", "agent"} or (c.dep_ == "nsubjpass")]
    agents = [c for c in own if c.dep_ == "agent"]
    if agents:
        return first_child(agents[0], "pobj")
    nearest = [child for child in own if child.dep_ == "nsubj"]
    if nearest:  # a label may be parsed as a first subject: "Correction: an earlier version said"
        return nearest[-1]
    if own and first_child(verb, "ccomp") is not None:
        return None if own[0].lower_ == "it" else own[0]
    return None if own else subject(verb)


def _goes_on_reporting(verb: Token) -> bool:
    """Tell a second report that the parse put inside the first: "said that A and added that B"."""
    if verb.dep_ != "conj" or first_child(verb, "nsubj", "nsubjpass", "aux") is not None:
        return False
    host = verb.head
    return (
        host.dep_ == "ccomp"
        and first_child(verb, "ccomp") is not None
        and verb.tag_ == "VBD"
        and host.head.tag_ == "VBD"
    )


def _content_parts(cue: Token, content: Token) -> tuple[Span, ...]:
    """Return the character spans of a content, without the cue and its source in between."""
    doc = cue.doc
    if cue in set(content.subtree):  # "..., he said, ..." parsed as an insertion
        own = set(content.subtree) - set(cue.subtree)
        indexes = sorted(token.i for token in own)
    else:
        start, end = subtree_span(content)
        aside = {t.i for branch in _asides(content) for t in branch.subtree}
        indexes = [i for i in range(start, end) if i not in aside]
        if cue.i in indexes:
            own = set(content.subtree)
            indexes = [i for i in indexes if doc[i] in own]
    return char_spans(doc, indexes) or ((content.idx, content.idx + len(content)),)


def _asides(content: Token) -> list[Token]:
    """Return the branches of a reported clause that the reporter adds: "..., although ..."."""
    found = [t for t in children(content, "conj") if _goes_on_reporting(t) or _is_turn(t)]
    for clause in children(content, "advcl"):
        mark = first_child(clause, "mark")
        if mark is not None and mark.lower_ in CONCESSIVE and _is_set_off(clause):
            found.append(clause)
    last = content.doc[subtree_span(content)[1] - 1]
    for node in (last, *last.ancestors):
        if node == content:
            break
        if node.dep_ == "relcl" and _is_set_off(node) and not node.is_quote:
            found.append(node)
    return found


def _is_turn(conjunct: Token) -> bool:
    """Tell ", but Democrats said no", a clause of its own, from a shared predicate."""
    has_subject = first_child(conjunct, "nsubj", "nsubjpass") is not None
    return has_subject and any(c.lower_ == "but" for c in children(conjunct.head, "cc"))


def char_spans(doc: Doc, indexes: list[int]) -> tuple[Span, ...]:
    """Return the character spans of runs of tokens, without the punctuation at their ends."""
    runs = [trimmed(doc, start, end) for start, end in _runs(indexes)]
    return tuple((doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in runs if s < e)


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    start = None
    for position, index in enumerate(indexes):
        start = index if start is None else start
        if position + 1 == len(indexes) or indexes[position + 1] != index + 1:
            yield start, index + 1
            start = None


def _according(token: Token) -> Iterator[Said]:
    preposition = next((c for c in token.children if c.lower_ == "to"), None)
    source = first_child(preposition, "pobj") if preposition is not None else None
    if source is None:
        return
    host = clause_of(token.head)
    inside = set(token.subtree)
    indexes = sorted(t.i for t in host.subtree if t not in inside)
    parts = char_spans(token.doc, indexes)
    if parts:
        yield Said(source, token, parts, "indirect", "according to", is_speech=True)


def _from_noun(noun: Token) -> Iterator[Said]:
    clause = first_child(noun, "acl", "ccomp", "relcl")
    if clause is None or first_child(clause, "mark") is None or not is_clause_head(clause):
        return
    source = subject_of_noun(noun)
    if source is None and noun.dep_ in {"dobj", "attr", "pobj"}:
        source = surface_subject(clause_of(noun))
    yield Said(source, noun, _content_parts(noun, clause), "indirect", "noun", is_speech=True)


def _from_adjective(adjective: Token, lexicon: Lexicon) -> Iterator[Said]:
    if adjective.dep_ != "acomp":
        return
    announced = _announced(adjective)
    if announced is not None:
        yield _said_by(first_child(adjective.head, "nsubj"), adjective, announced, "adjective")
        return
    content = first_child(adjective, "ccomp", "xcomp")
    for cue in lexicon.adjectives.get(adjective.lemma_.lower(), ()):
        for preposition in children(adjective, "prep"):
            if content is None and preposition.lower_ == cue.preposition:
                content = object_of(preposition)
    if content is not None:
        source = surface_subject(adjective.head)
        yield Said(
            source,
            adjective,
            _content_parts(adjective, content),
            "indirect",
            "adjective",
            is_speech=False,
        )


def _announced(adjective: Token) -> Token | None:
    """Return the clause behind "Mr. Biden has been clear: ..."."""
    clause, host = adjective.head, adjective.head.head
    source = first_child(clause, "nsubj")
    if (
        clause.dep_ not in {"ccomp", "parataxis"}
        or host.i < adjective.i
        or not is_clause_head(host)
    ):
        return None
    if source is None or source.pos_ != "PROPN":
        return None
    return host if any(t.text == ":" for t in adjective.doc[adjective.i : host.i]) else None


def _said_by(source: Token | None, cue: Token, content: Token, frame: str) -> Said:
    inside = set(cue.head.subtree)
    last = max(content.subtree, key=lambda t: t.i)
    first = min((t for t in content.subtree if t not in inside), key=lambda t: t.i)
    return Said(
        source, cue, ((first.idx, last.idx + len(last)),), "indirect", frame, is_speech=True
    )


def labelled(doc: Doc) -> Iterator[Said]:
    """Read "NAME: words" in headlines and transcripts."""
    for sent in doc.sents:
        tokens = [token for token in sent if not token.is_space]
        colon = next((n for n, token in enumerate(tokens[:6]) if token.text == ":"), None)
        if not colon or colon + 4 > len(tokens):
            continue
        name = tokens[:colon]
        named = all(
            token.ent_type_ == "PERSON" or token.is_upper for token in name if not token.is_quote
        )
        if named and any(token.is_alpha for token in name):
            start, end = tokens[colon + 1].idx, _end_of_paragraph(doc, tokens[-1])
            yield Said(name[-1], tokens[colon], ((start, end),), "direct", "label", is_speech=True)


def _end_of_paragraph(doc: Doc, last: Token) -> int:
    end = doc.text.find("\n", last.idx)
    return len(doc.text.rstrip()) if end < 0 else end


def distinct(found: list[Said]) -> list[Said]:
    """Keep one attribution per cue and content."""
    seen: dict[tuple[int, Span], Said] = {}
    for said in found:
        seen.setdefault((said.cue.i, said.content), said)
    return list(seen.values())
