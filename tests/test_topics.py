"""Topics: labels that stand alone, and pointers that find what they mean."""

import pytest
from spacy.tokens import Doc, Token

from docs import parse, token
from graphkit.extract.lexicon import default_lexicon
from graphkit.extract.topics import TopicMention, TopicPhrase, TopicReader, salient, settle
from graphkit.statement import Actor

GERMANY = Actor(name="Germany", type="country")


def entity(word: Token) -> Actor | None:
    return GERMANY if word.text == "Berlin" else None


def reader(doc: Doc) -> TopicReader:
    return TopicReader(doc, default_lexicon(), entity)


def read(table: str, word: str) -> TopicPhrase:
    doc = parse(table)
    return reader(doc).read(token(doc, word))


SENDING = """
the       det    option   DT
option    ROOT   -        NN
of        prep   option   IN
sending   pcomp  of       VBG  send
ground    compound  troops  NN
troops    dobj   sending  NNS  troop
to        prep   sending  IN
Mali      pobj   to       NNP
on        prep   sending  IN
Monday    pobj   on       NNP  Monday  DATE
"""
LAW = """
the       det    law      DT
new       amod   law      JJ
“         punct  law      ``
security  compound  law   NN
”         punct  law      ''
law       ROOT   -        NN
that      nsubj  angers   WDT
angers    relcl  law      VBZ  anger
them      dobj   angers   PRP
"""


@pytest.mark.parametrize(
    ("table", "word", "label"),
    [
        (SENDING, "troops", "ground troops"),
        (SENDING, "sending", "sending ground troops to Mali"),
        (SENDING, "option", "sending ground troops to Mali"),
        (LAW, "law", "new security law"),
    ],
    ids=["noun", "clause", "carrier", "relative clause and marks"],
)
def test_a_label_says_what_it_is_about_and_nothing_else(table: str, word: str, label: str) -> None:
    assert read(table, word).label == label


@pytest.mark.parametrize(
    ("table", "word", "label"),
    [
        ("cuts ROOT - NNS cut\nin prep cuts IN\npensions pobj in NNS pension", "cuts",
         "cuts in pensions"),
        ("the det deal DT\ndeal ROOT - NN\nand cc deal CC\ntruce conj deal NN", "deal",
         "deal and truce"),
        ("to aux join TO\njoin ROOT - VB\nup prt join RP", "join", "joining up"),
        ("Rome nsubj leave NNP\nto aux leave TO\nleave ROOT - VB\nNATO dobj leave NNP", "leave",
         "Rome leaving NATO"),
        ("they nsubj leave PRP\nleave ROOT - VBP\nNATO dobj leave NNP", "leave", "leaving NATO"),
        ("talks ROOT - NNS talk\nin prep talks IN\nthe det EU DT\nEU pobj in NNP", "talks",
         "talks in the EU"),
        ("tanks nsubjpass sent NNS tank\nbe auxpass sent VB\nsent ROOT - VBN send", "sent",
         "sending tanks"),
    ],
    ids=["phrase", "coordination", "particle", "subject", "pronoun subject", "article", "passive"],
)  # fmt: skip
def test_labels_of_every_kind(table: str, word: str, label: str) -> None:
    assert read(table, word).label == label


@pytest.mark.parametrize(
    ("table", "word", "label"),
    [
        (("Berlin nsubj lend NNP\nby prep Berlin IN\nleaving pcomp by VBG leave\n"
         "talks dobj leaving NNS talk\nlend ROOT - VB"), "Berlin", "Germany leaving talks"),
        (("crews nsubjpass paid NNS crew\nbe auxpass paid VB\npaid ROOT - VBN pay\n"
         "bonus compound rates NN\nrates dobj paid NNS rate"), "crews", "bonus rates for crews"),
        (("what dobj accept WP\nI nsubj accept PRP\naccept csubj is VB\nis ROOT - VBZ be\n"
         "harbour compound tax NN\ntax attr is NN"), "accept", "harbour tax"),
        (("told ROOT - VBD tell\nwhat dobj accept WP\nI nsubj accept PRP\n"
         "accept ccomp told VB"), "accept", None),
        ("to aux change TO\nchange ROOT - VB\nit dobj change PRP", "change", None),
        ("to aux change TO\nchange ROOT - VB\nyou dobj change PRP", "change", "changing"),
        (("trillions ROOT - NNS trillion MONEY\nin prep trillions IN\ntax compound cuts NN\n"
         "cuts pobj in NNS cut"), "trillions", "tax cuts"),
        ("Act ROOT - NNP Act LAW\nfor prep Act IN for LAW\nSailors pobj for NNPS Sailors LAW",
         "Act", "Act for Sailors"),
    ],
    ids=["deed", "retained object", "identified", "free relative", "it", "you", "money", "name"],
)  # fmt: skip
def test_a_phrase_gives_way_to_what_it_is_about(table: str, word: str, label: str | None) -> None:
    assert read(table, word).label == label


def test_a_label_stays_short() -> None:
    chain = "".join(f"of prep {2 * n} IN\nthing pobj {2 * n + 1} NN\n" for n in range(9))
    label = read("tax ROOT - NN\n" + chain, "tax").label
    assert label is not None
    assert 1 < len(label.split()) <= 8
    assert label.split()[-1] == "thing"


def test_an_actor_is_a_topic_by_its_own_name() -> None:
    phrase = read("Berlin ROOT - NNP", "Berlin")
    assert (phrase.label, phrase.entity) == ("Germany", GERMANY)


def test_names_in_a_label_are_canonical() -> None:
    table = "Berlin poss plan NNP\n’s case Berlin POS\ntax compound plan NN\nplan ROOT - NN"
    assert read(table, "plan").label == "Germany's tax plan"


@pytest.mark.parametrize(
    "table",
    [
        "it ROOT - PRP",
        "this ROOT - DT",
        "that ROOT - DT",
        "nothing ROOT - NN",
        "the det option DT\noption ROOT - NN",
        "such amod step JJ\nstep ROOT - NN",
        "to aux do TO\ndo ROOT - VB\nso advmod do RB",
    ],
    ids=["it", "this", "that", "nothing", "the option", "such a step", "to do so"],
)
def test_what_has_no_words_of_its_own_is_a_pointer(table: str) -> None:
    doc = parse(table)
    root = next(word for word in doc if word.dep_ == "ROOT")
    assert reader(doc).read(root).label is None


def test_no_token_at_all_is_a_pointer_without_a_place() -> None:
    phrase = reader(parse("it ROOT - PRP")).read(None)
    assert (phrase.label, phrase.span) == (None, None)


def test_the_span_covers_the_words_of_the_article() -> None:
    doc = parse(SENDING)
    phrase = reader(doc).read(token(doc, "option"))
    assert phrase.span is not None
    assert doc.text[slice(*phrase.span)] == doc.text


def test_a_span_leaves_out_the_marks_at_its_ends() -> None:
    doc = parse("“ punct deal ``\na det deal DT\ndeal ROOT - NN\n” punct deal ''")
    phrase = reader(doc).read(token(doc, "deal"))
    assert phrase.span is not None
    assert doc.text[slice(*phrase.span)] == "a deal"


def test_a_short_mention_takes_the_fullest_phrase_with_its_noun() -> None:
    doc = parse("""
        pension  compound  bill   NN
        bill     nsubj     came   NN
        came     ROOT      -      VBD  come
        the      det       5      DT
        went     ROOT      -      VBD  go
        bill     nsubj     went   NN
        """)
    assert reader(doc).read(doc[5]).label == "pension bill"


# --- pointers ------------------------------------------------------------------------------------


def history(*labels: str, holders: int = 1) -> list[TopicMention]:
    """One mention a sentence, ten tokens each."""
    return [TopicMention(10 * n, n, label, holders) for n, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], None),
        (["troops"], "troops"),
        (["troops", "tariffs"], "tariffs"),
        (["troops", "troops", "tariffs"], "troops"),
        (["troops", "troops", *["talks"] * 8, "tariffs"], "talks"),
    ],
    ids=["nothing", "one", "the nearer", "the more frequent", "long ago"],
)
def test_a_pointer_means_the_topic_that_is_frequent_and_near(
    labels: list[str], expected: str | None
) -> None:
    assert salient(history(*labels), "it", 10 * len(labels), len(labels)) == expected


def test_a_pointer_reads_forward_only_if_nothing_precedes_it() -> None:
    mentions = history("troops", "tariffs", "tariffs")
    assert salient(mentions, "it", 5, 0) == "troops"
    assert salient(mentions, "it", 0, 0) == "tariffs"


def test_a_topic_that_many_share_counts_more() -> None:
    many = TopicMention(0, 0, "troops", 9)
    assert salient([many, TopicMention(10, 1, "tariffs", 1)], "it", 20, 2) == "troops"


def test_a_law_is_meant_by_the_words_for_one() -> None:
    mentions = history("pension bill", "strikes", "strikes")
    assert salient(mentions, "measure", 30, 3) == "pension bill"
    assert salient(mentions, "it", 30, 3) == "strikes"
    assert salient(history("strikes"), "measure", 10, 1) == "strikes"


def phrase(label: str | None, head: str, *, demonstrative: bool = False) -> TopicPhrase:
    return TopicPhrase(label, None, head, is_demonstrative=demonstrative)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (phrase(None, "it"), "purchases of arms"),
        (phrase("those purchases", "purchase", demonstrative=True), "purchases of arms"),
        (phrase("purchasing", "purchase"), "purchases of arms"),
        (phrase("request", "request", demonstrative=True), "purchases of arms"),
        (phrase("new request", "request", demonstrative=True), "new request"),
        (phrase("tariffs", "tariff"), "tariffs"),
        (phrase("purchase of land in Mali", "purchase"), "purchase of land in Mali"),
        (phrase("", "be"), ""),
    ],
    ids=[
        "pointer",
        "demonstrative",
        "bare word",
        "other words",
        "words of its own",
        "no such word",
        "full phrase",
        "nothing",
    ],
)
def test_a_phrase_settles_on_the_topic_that_is_told_in_full(
    told: TopicPhrase, expected: str
) -> None:
    assert settle(told, history("purchases of arms"), 10, 1) == expected


def test_a_law_takes_up_one_that_was_told_in_full() -> None:
    pact = TopicPhrase("pact", None, "pact", is_taking_up=True)
    mentions = history("treaty on salmon", "signing treaty", "strikes")
    assert settle(pact, mentions, 40, 4) == "treaty on salmon"
    assert settle(pact, history("ban on strikes"), 10, 1) == "ban on strikes"
    assert settle(pact, history("strikes"), 10, 1) == "pact"


def test_a_pronoun_agrees_in_number_with_its_topic() -> None:
    mentions = [TopicMention(0, 0, "new tariffs", 1, is_plural=True), TopicMention(5, 1, "tax", 1)]
    they = TopicPhrase(None, None, "they", is_plural=True)
    assert settle(they, mentions, 10, 2) == "new tariffs"
    assert settle(phrase(None, "it"), mentions, 10, 2) == "tax"
    assert settle(they, mentions[1:], 10, 2) == "tax"


def test_topics_that_share_words_count_together() -> None:
    mentions = history("tax on fuel", "fuel tax", "strikes")
    assert salient(mentions, "it", 30, 3) == "fuel tax"


def test_a_mark_that_the_parser_takes_for_a_clause_asks_nothing() -> None:
    phrase = read("saying ROOT - VBG say\n… ccomp saying .:PUNCT", "saying")
    assert phrase.label == ""
