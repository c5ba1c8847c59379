"""Questions about a parse, on parses written by hand."""

import pytest

from docs import parse, texts, token
from graphkit.extract.syntax import (
    auxiliaries,
    children,
    clause_of,
    coordinated,
    doer,
    first_child,
    is_clause_head,
    is_infinitive,
    is_negated,
    is_passive,
    marked_clause,
    marker,
    negation_word,
    object_of,
    particle,
    subject,
    subject_of_noun,
    subtree_span,
    trimmed,
)

URGED = """
Poland   nsubj  urged   NNP  Poland  GPE
urged    ROOT   -       VBD  urge
Berlin   dobj   urged   NNP  Berlin  GPE
to       aux    send    TO
send     xcomp  urged   VB
tanks    dobj   send    NNS  tank
"""
PROMISED = """
Poland   nsubj  promised  NNP
promised ROOT   -         VBD  promise
Berlin   dobj   promised  NNP
to       aux    send      TO
send     xcomp  promised  VB
tanks    dobj   send      NNS  tank
"""
PASSIVE = """
The      det        treaty    DT
treaty   nsubjpass  rejected  NN
was      auxpass    rejected  VBD  be
rejected ROOT       -         VBN  reject
by       agent      rejected  IN
Sweden   pobj       by        NNP
and      cc         Sweden    CC
Norway   conj       Sweden    NNP
"""
RELATIVE = """
Leaders  nsubj  spoke   NNS  leader
who      nsubj  oppose  WP
oppose   relcl  Leaders VBP
it       dobj   oppose  PRP
and      cc     oppose  CC
fear     conj   oppose  VBP
war      dobj   fear    NN
spoke    ROOT   -       VBD  speak
"""
NOUN = """
Sweden    poss   refusal  NNP
’s        case   Sweden   POS
refusal   nsubj  angered  NN
to        aux    send     TO
send      acl    refusal  VB
tanks     dobj   send     NNS  tank
angered   ROOT   -        VBD  anger
them      dobj   angered  PRP
"""


def test_children_are_found_by_label_in_text_order() -> None:
    verb = token(parse(PASSIVE), "rejected")
    assert texts(children(verb, "agent", "nsubjpass")) == ["treaty", "by"]
    assert children(verb, "dobj") == []
    assert first_child(verb, "agent", "auxpass") == token(verb.doc, "was")
    assert first_child(verb, "dobj") is None


def test_coordination_follows_chains_of_conjuncts() -> None:
    doc = parse("""
        Spain   ROOT   -      NNP
        ,       punct  Spain  ,
        Italy   conj   Spain  NNP
        and     cc     Italy  CC
        Malta   conj   Italy  NNP
        """)
    assert texts(coordinated(token(doc, "Spain"))) == ["Spain", "Italy", "Malta"]
    assert texts(coordinated(token(doc, "Italy"))) == ["Italy", "Malta"]


@pytest.mark.parametrize(
    ("word", "expected"), [("rejected", True), ("was", False), ("treaty", False)]
)
def test_a_clause_is_headed_by_a_verb_that_is_no_auxiliary(word: str, expected: bool) -> None:
    assert is_clause_head(token(parse(PASSIVE), word)) is expected


@pytest.mark.parametrize(
    ("table", "verb", "expected"),
    [
        (URGED, "urged", "Poland"),
        (URGED, "send", "Berlin"),
        (PROMISED, "send", "Poland"),
        (PASSIVE, "rejected", "treaty"),
        (RELATIVE, "oppose", "Leaders"),
        (RELATIVE, "fear", "Leaders"),
        (NOUN, "send", "Sweden"),
    ],
    ids=["own", "object control", "subject control", "passive", "relative", "conjunct", "noun"],
)
def test_the_subject_is_found_where_the_words_leave_it_out(
    table: str, verb: str, expected: str
) -> None:
    found = subject(token(parse(table), verb))
    assert found is not None
    assert found.text == expected


def test_who_acts_in_a_passive_is_its_agent() -> None:
    agent = doer(token(parse(PASSIVE), "rejected"))
    assert agent is not None
    assert texts(coordinated(agent)) == ["Sweden", "Norway"]


def test_a_passive_without_an_agent_has_no_doer() -> None:
    doc = parse("""
        It       nsubjpass  rejected  PRP
        was      auxpass    rejected  VBD  be
        rejected ROOT       -         VBN  reject
        """)
    assert is_passive(token(doc, "rejected"))
    assert doer(token(doc, "rejected")) is None


def test_a_verb_without_any_subject_has_none() -> None:
    assert subject(token(parse("Stop ROOT - VB stop"), "Stop")) is None


def test_a_noun_has_its_possessor_as_subject() -> None:
    doc = parse(NOUN)
    assert subject_of_noun(token(doc, "refusal")) == token(doc, "Sweden")


@pytest.mark.parametrize(
    ("preposition", "expected"), [("from", "Moscow"), ("by", "Moscow"), ("about", None)]
)
def test_a_noun_may_have_its_subject_behind_it(preposition: str, expected: str | None) -> None:
    doc = parse(f"""
        A             det   warning        DT
        warning       ROOT  -              NN
        {preposition} prep  warning        IN
        Moscow        pobj  {preposition}  NNP
        """)
    found = subject_of_noun(token(doc, "warning"))
    assert (found.text if found is not None else None) == expected


NEGATED = {
    "not": """
        Sweden  nsubj  back  NNP
        does    aux    back  VBZ  do
        not     neg    back  RB
        back    ROOT   -     VB
        it      dobj   back  PRP
        """,
    "never": """
        Sweden  nsubj  back    NNP
        never   advmod back    RB
        back    ROOT   -       VBD
        it      dobj   back    PRP
        """,
    "no longer": """
        Sweden  nsubj   back    NNP
        no      neg     longer  RB
        longer  advmod  back    RB
        back    ROOT    -       VBZ
        it      dobj    back    PRP
        """,
    "nobody": """
        Nobody  nsubj  back  NN
        back    ROOT   -     VBZ
        it      dobj   back  PRP
        """,
    "no country": """
        No       det    country  DT
        country  nsubj  back     NN
        back     ROOT   -        VBZ
        it       dobj   back     PRP
        """,
    "shared": """
        It     nsubj  ban   PRP
        did    aux    ban   VBD  do
        not    neg    ban   RB
        ban    ROOT   -     VB
        or     cc     ban   CC
        back   conj   ban   VB
        it     dobj   back  PRP
        """,
    "curly": """
        We    nsubj   back  PRP
        ca    aux     back  MD  can
        n’t   neg     back  RB  not
        back  ROOT    -     VB
        it    dobj    back  PRP
        """,
}
AFFIRMED = {
    "plain": """
        Sweden  nsubj  back  NNP
        back    ROOT   -     VBZ
        it      dobj   back  PRP
        """,
    "but": """
        It     nsubj  ban   PRP
        did    aux    ban   VBD  do
        not    neg    ban   RB
        ban    ROOT   -     VB
        but    cc     ban   CC
        back   conj   ban   VBD
        it     dobj   back  PRP
        """,
    "own subject": """
        It     nsubj  ban   PRP
        did    aux    ban   VBD  do
        not    neg    ban   RB
        ban    ROOT   -     VB
        and    cc     ban   CC
        they   nsubj  back  PRP
        back   conj   ban   VBP
        """,
    "not behind the verb": """
        I      nsubj  back    PRP
        back   ROOT   -       VBP
        it     dobj   back    PRP
        not    neg    back    RB
        """,
}


@pytest.mark.parametrize("table", NEGATED.values(), ids=NEGATED.keys())
def test_a_negation_is_found(table: str) -> None:
    assert is_negated(token(parse(table), "back"))


@pytest.mark.parametrize("table", AFFIRMED.values(), ids=AFFIRMED.keys())
def test_what_is_not_negated_is_affirmed(table: str) -> None:
    assert not is_negated(token(parse(table), "back"))


def test_the_negating_word_itself_is_returned() -> None:
    doc = parse(NEGATED["shared"])
    assert negation_word(token(doc, "back")) == token(doc, "not")


def test_a_coordinated_verb_shares_auxiliaries() -> None:
    doc = parse(NEGATED["shared"])
    assert texts(auxiliaries(token(doc, "back"))) == ["did"]
    assert auxiliaries(token(parse(AFFIRMED["own subject"]), "back")) == []


def test_a_particle_belongs_to_its_verb() -> None:
    doc = parse("""
        Oslo   nsubj  ruled  NNP
        ruled  ROOT   -      VBD  rule
        Out    prt    ruled  RP
        it     dobj   ruled  PRP
        """)
    assert particle(token(doc, "ruled")) == "out"
    assert particle(token(parse(PASSIVE), "rejected")) == ""


def test_a_preposition_governs_a_noun_or_a_clause_even_through_another() -> None:
    doc = parse("""
        backed  ROOT   -        VBD  back
        out     prep   backed   IN
        of      prep   out      IN
        joining pcomp  of       VBG  join
        at      prep   backed   IN
        """)
    governed = object_of(token(doc, "out"))
    assert governed == token(doc, "joining")
    assert object_of(token(doc, "at")) is None


def test_a_subtree_may_leave_branches_out() -> None:
    treaty = token(parse(PASSIVE), "treaty")
    sweden = token(treaty.doc, "Sweden")
    assert subtree_span(treaty) == (0, 2)
    assert subtree_span(sweden) == (5, 8)
    assert subtree_span(sweden, skip=("cc", "conj")) == (5, 6)


def test_a_subtree_with_a_gap_keeps_the_stretch_around_its_head() -> None:
    doc = parse("""
        A      det    plan  DT
        plan   nsubj  came  NN
        came   ROOT   -     VBD  come
        today  advmod came  NN
        to     aux    act   TO
        act    acl    plan  VB
        """)
    assert subtree_span(token(doc, "plan")) == (0, 2)


def test_trimming_drops_marks_and_white_space_at_the_edges_only() -> None:
    doc = parse("""
        “      punct  plan  ``
        the    det    plan  DT
        plan   ROOT   -     NN
        ,      punct  plan  ,
        again  advmod plan  RB
        ”      punct  plan  ''
        .      punct  plan  .
        """)
    assert trimmed(doc, 0, 7) == (1, 5)
    assert trimmed(doc, 5, 7)[0] == trimmed(doc, 5, 7)[1]


def test_the_clause_of_a_word_is_the_nearest_above_it() -> None:
    doc = parse(URGED)
    assert clause_of(token(doc, "tanks")) == token(doc, "send")
    assert clause_of(token(doc, "send")) == token(doc, "send")
    assert clause_of(token(doc, "Berlin")) == token(doc, "urged")


def test_a_word_under_no_clause_stands_for_itself() -> None:
    doc = parse("Silence ROOT - NN silence")
    assert clause_of(token(doc, "Silence")) == token(doc, "Silence")


def test_a_long_list_is_followed_to_its_end() -> None:
    rows = ["item ROOT - NN", *(f"item conj {n} NN" for n in range(1500))]
    doc = parse("\n".join(rows))
    assert [member.i for member in coordinated(doc[0])] == list(range(1501))


def test_a_clause_and_its_marker() -> None:
    doc = parse("It nsubj act PRP\nact ROOT - VBP\nif mark asked IN\nasked advcl act VBN")
    act, asked = token(doc, "act"), token(doc, "asked")
    assert (marker(asked), marker(act)) == ("if", "")
    assert marked_clause(act, {"if"}, "advcl") == asked
    assert marked_clause(act, {"unless"}, "advcl") is None
    assert marked_clause(act, {"if"}, "ccomp") is None


@pytest.mark.parametrize(("label", "expected"), [("aux", True), ("prep", False)])
def test_an_infinitive_has_to_as_its_auxiliary(label: str, expected: bool) -> None:
    doc = parse(f"plan ROOT - VBP\nto {label} act IN\nact xcomp plan VB")
    assert is_infinitive(token(doc, "act")) is expected
