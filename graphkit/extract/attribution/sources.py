"""The source of a report as the words show it."""

from spacy.tokens import Token

from graphkit.extract.syntax import children, clause_of, first_child, subject
from graphkit.word_lists import word_list

TEXTS = word_list("texts")
LISTENED = frozenset({"ask", "tell", "inform", "remind", "warn", "advise", "assure", "notify"})


def surface_subject(verb: Token) -> Token | None:
    """Return the source as the words show it: "who", not its antecedent."""
    if goes_on_reporting(verb):
        return surface_subject(verb.head.head)
    if _is_told(verb):
        return agent_of(verb)
    own = children(verb, "nsubj", "nsubjpass", "agent")
    agent = agent_of(verb)
    if agent is not None:
        return agent
    nearest = [child for child in own if child.dep_ == "nsubj"]
    if nearest:  # a label may be parsed as a first subject: "Correction: an earlier version said"
        that = nearest[-1].lower_ == "that" and verb.dep_ == "relcl"
        return verb.head if that else nearest[-1]
    if own and first_child(verb, "ccomp") is not None:
        return None if own[0].lower_ == "it" else own[0]
    return None if own else _outer_subject(verb)


def agent_of(verb: Token) -> Token | None:
    """Return by whom something is done: "it was said by *the mayor*"."""
    agent = first_child(verb, "agent")
    return first_child(agent, "pobj") if agent is not None else None


def _is_told(verb: Token) -> bool:
    """Tell a passive whose subject listens: "he was told that", "asked whether he will, he"."""
    if verb.lemma_.lower() not in LISTENED or verb.tag_ not in {"VBN", "VBD"}:
        return False
    is_bare = verb.dep_ in {"advcl", "acl"} and first_child(verb, "nsubj", "aux") is None
    return is_bare or first_child(verb, "nsubjpass") is not None


def _outer_subject(verb: Token) -> Token | None:
    """Return the subject that a participle shares with its clause, as no other does."""
    noun = verb.head
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "sent a letter opposing ...", ", saying ..."
        before = [t for t in verb.doc[max(0, verb.i - 2) : verb.i] if not t.is_quote]
        aside = bool(before) and before[-1].text == ","
        if (aside or noun.lemma_.lower() in TEXTS) and noun.dep_ in {"dobj", "pobj", "attr"}:
            return surface_subject(clause_of(noun))
    return subject(verb)


def goes_on_reporting(verb: Token) -> bool:
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
