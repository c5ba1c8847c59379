"""The source of a report as the words show it."""

from spacy.tokens import Token

from graphkit.extract.syntax import first_child, subject


def surface_subject(verb: Token) -> Token | None:
    """Return the source as the words show it: "who", not its antecedent."""
    if goes_on_reporting(verb):
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
