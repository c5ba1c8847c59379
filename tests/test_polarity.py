"""The polarity algebra, on parses written by hand."""

import pytest
from spacy.tokens import Doc

from docs import parse, texts, token
from graphkit.extract.lexicon import FLIPPED, default_lexicon
from graphkit.extract.polarity import (
    governed_topic,
    is_refused,
    through_content,
    verb_cue,
    verb_topics,
)
from graphkit.statement import STANCES, Stance

LEXICON = default_lexicon()


def clause(words: str) -> Doc:
    """Parse a verb with its object and a prepositional phrase: "voted - against cuts"."""
    verb, target, preposition, governed = words.split()
    rows = [f"{verb} ROOT - VB"]
    if target != "-":
        rows.append(f"{target} dobj {verb} NN")
    if preposition != "-":
        rows += [f"{preposition} prep {verb} IN", f"{governed} pobj {preposition} NN"]
    return parse("\n".join(rows))


def topics(doc: Doc, word: str) -> list[str]:
    verb = token(doc, word)
    cue = verb_cue(verb, LEXICON)
    assert cue is not None
    return texts(verb_topics(verb, cue))


def test_turning_a_stance_round_twice_changes_nothing() -> None:
    assert [FLIPPED[FLIPPED[stance]] for stance in STANCES] == list(STANCES)
    assert FLIPPED["ambivalent"] == "ambivalent"


# --- which cue fits ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("reject plan - -", "verbs.reject"),
        ("vote - against cuts", "verbs.reject"),
        ("vote - for cuts", "verbs.support"),
        ("warn - against cuts", "verbs.warn"),
        ("push - for cuts", "verbs.demand"),
    ],
)
def test_the_preposition_chooses_the_cue(words: str, label: str) -> None:
    cue = verb_cue(clause(words)[0], LEXICON)
    assert cue is not None
    assert cue.label == label


@pytest.mark.parametrize("words", ["object plan - -", "lash plan - -", "brush plan - -"])
def test_a_phrasal_cue_does_not_fit_the_bare_verb(words: str) -> None:
    assert verb_cue(clause(words)[0], LEXICON) is None


def test_a_particle_chooses_the_cue() -> None:
    doc = parse("""
        rule     ROOT  -     VB
        out      prt   rule  RP
        strikes  dobj  rule  NNS  strike
        """)
    cue = verb_cue(doc[0], LEXICON)
    assert cue is not None
    assert (cue.label, cue.particle) == ("verbs.reject", "out")


@pytest.mark.parametrize("verb", ["sleep", "arrive"])
def test_a_verb_outside_the_lexicon_has_no_cue(verb: str) -> None:
    assert verb_cue(clause(f"{verb} - - -")[0], LEXICON) is None


# --- what it is about ----------------------------------------------------------------------------


def test_an_object_is_the_topic() -> None:
    assert topics(clause("reject plan - -"), "reject") == ["plan"]


def test_what_the_cue_s_preposition_governs_is_the_topic() -> None:
    assert topics(clause("vote - against cuts"), "vote") == ["cuts"]


def test_who_is_urged_is_not_the_topic() -> None:
    doc = parse("""
        urge    ROOT   -     VB
        Berlin  dobj   urge  NNP  Berlin  GPE
        to      aux    send  TO
        send    xcomp  urge  VB
        tanks   dobj   send  NNS  tank
        """)
    assert topics(doc, "urge") == ["send"]


def test_who_is_only_asked_leaves_no_topic() -> None:
    assert topics(parse("ask ROOT - VB\nBerlin dobj ask NNP Berlin GPE"), "ask") == []


def test_a_thing_that_is_demanded_is_the_topic() -> None:
    assert topics(clause("demand ceasefire - -"), "demand") == ["ceasefire"]


def test_a_demand_on_somebody_is_about_the_deed() -> None:
    doc = parse("""
        call    ROOT   -     VB
        on      prep   call  IN
        Berlin  pobj   on    NNP  Berlin  GPE
        to      aux    act   TO
        act     advcl  call  VB
        """)
    assert topics(doc, "call") == ["act"]


def test_who_is_criticised_for_something_is_the_topic() -> None:
    assert topics(clause("criticize Berlin for delays"), "criticize") == ["Berlin"]


def test_what_somebody_is_accused_of_is_the_topic() -> None:
    doc = parse("""
        accuse  ROOT   -       VB
        Berlin  dobj   accuse  NNP  Berlin  GPE
        of      prep   accuse  IN
        lying   pcomp  of      VBG  lie
        """)
    assert topics(doc, "accuse") == ["lying"]


def test_the_subject_of_a_passive_is_the_topic() -> None:
    doc = parse("""
        plan      nsubjpass  rejected  NN
        was       auxpass    rejected  VBD  be
        rejected  ROOT       -         VBN  reject
        """)
    assert topics(doc, "rejected") == ["plan"]


def test_coordinated_clauses_are_a_topic_each() -> None:
    doc = parse("""
        vow   ROOT   -     VB
        to    aux    fund  TO
        fund  xcomp  vow   VB
        and   cc     fund  CC
        arm   conj   fund  VB
        them  dobj   arm   PRP
        """)
    assert topics(doc, "vow") == ["fund", "arm"]


# --- what the topic's own words do to the stance -------------------------------------------------

AN_END = """
an       det   end  DT
end      ROOT  -    NN
to       prep  end  IN
the      det   war  DT
war      pobj  to   NN
"""
AN_END_TO_A_BAN = """
end      ROOT  -     NN
to       prep  end   IN
a        det   ban   DT
ban      pobj  to    NN
on       prep  ban   IN
exports  pobj  on    NNS  export
"""
NOT_JOINING = """
not   neg   join  RB
join  ROOT  -     VB
it    dobj  join  PRP
"""
BLOCK = """
block  ROOT  -      VB
the    det   bill   DT
bill   dobj  block  NN
"""
SUPPORT = """
support  ROOT  -        VB
the      det   bill     DT
bill     dobj  support  NN
"""
RULE_OUT = """
rule     ROOT  -     VB
out      prt   rule  RP
strikes  dobj  rule  NNS  strike
"""
NOT_RULE_OUT = """
not      neg   rule  RB
rule     ROOT  -     VB
out      prt   rule  RP
strikes  dobj  rule  NNS  strike
"""
KEEP_OPEN = """
keep    ROOT  -     VB
option  dobj  keep  NN
open    oprd  keep  JJ
"""
ABLE = """
be    ROOT   -     VB
able  acomp  be    JJ
to    aux    vote  TO
vote  xcomp  able  VB
"""


@pytest.mark.parametrize(
    ("table", "head", "stance", "expected", "topic"),
    [
        (BLOCK.replace("block", "read"), "bill", "supports", "supports", "bill"),
        (AN_END, "end", "supports", "opposes", "war"),
        (AN_END, "end", "opposes", "opposes", "end"),
        (AN_END, "end", "ambivalent", "ambivalent", "end"),
        (AN_END_TO_A_BAN, "end", "supports", "opposes", "ban"),
        (NOT_JOINING, "join", "supports", "opposes", "join"),
        (NOT_JOINING, "join", "opposes", "supports", "join"),
        (BLOCK, "block", "supports", "opposes", "bill"),
        (SUPPORT, "support", "supports", "supports", "bill"),
        (SUPPORT, "support", "opposes", "opposes", "bill"),
        (RULE_OUT, "rule", "opposes", "ambivalent", "strikes"),
        (RULE_OUT, "rule", "supports", "opposes", "strikes"),
        (NOT_RULE_OUT, "rule", "supports", "ambivalent", "strikes"),
        (KEEP_OPEN, "keep", "supports", "ambivalent", "option"),
        (ABLE, "be", "supports", "supports", "vote"),
    ],
)
def test_a_stance_goes_through_to_the_inner_topic(
    table: str, head: str, stance: Stance, expected: Stance, topic: str
) -> None:
    final, node = through_content(stance, token(parse(table), head), LEXICON, follow=True)
    assert (final, node.text) == (expected, topic)


def test_an_inner_predicate_is_left_alone_unless_it_is_to_be_followed() -> None:
    node = token(parse(SUPPORT), "support")
    assert through_content("opposes", node, LEXICON, follow=False) == ("opposes", node)


@pytest.mark.parametrize(
    ("table", "head", "expected"),
    [(AN_END, "end", "war"), (BLOCK, "block", "bill"), (NOT_JOINING, "it", None)],
)
def test_what_a_predicate_or_noun_acts_on(table: str, head: str, expected: str | None) -> None:
    found = governed_topic(token(parse(table), head))
    assert (found.text if found is not None else None) == expected


@pytest.mark.parametrize(
    ("verb", "expected"), [("refuse", True), ("decline", True), ("vow", False)]
)
def test_a_predicate_under_a_refusal(verb: str, expected: bool) -> None:
    doc = parse(f"{verb} ROOT - VB\nto aux join TO\njoin xcomp {verb} VB")
    assert is_refused(token(doc, "join")) is expected
