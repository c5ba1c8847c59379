"""Hypothesis strategies for what an extraction yields, with the strings that break formats."""

import datetime
from collections.abc import Sequence

from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.curation import ACTIONS, Correction
from graphkit.statement import (
    ACTOR_TYPES,
    QUOTES,
    STANCES,
    Actor,
    ActorType,
    Extraction,
    Span,
    Statement,
    statement_id,
)
from graphkit.topics import candidate_iri
from graphkit.vocabulary import Iris

NASTY = (
    'x") } DROP ALL #',
    "'''",
    '"""',
    "a\\",
    "\\u0022 \\U00000022",
    "line\nline\r\ttab",
    "<https://example.org/>",
    "<b>&amp;</b>",
    "?actor $1 %s {0}",
    "é e\u0301 ß İ ǅ 𝐀",
    "\u202eعربي",
    "北京",
    "👩‍👩‍👧 😀",
    "\x00\x01\x7f\ufeff\ufffe",
    "a_b a-b a.b .. %20 #char=1,2",
)

_characters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(st.sampled_from(NASTY), st.text(_characters, max_size=20))
words = st.one_of(st.sampled_from(NASTY), st.text(_characters, min_size=1, max_size=20))


def _is_name(text: str) -> bool:
    """A speaker's name must not look like two, which " < " parts."""
    return " < ".join([text, text, text]).split(" < ") == [text, text, text]


names = words.filter(_is_name)
dates = st.one_of(st.none(), st.dates())


@st.composite
def actors(draw: st.DrawFn) -> tuple[Actor, ...]:
    """Draw the actors of an extraction, which stand for each other at will."""
    drawn = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    return tuple(
        Actor(
            name=name,
            type=draw(st.sampled_from(ACTOR_TYPES)),
            aliases=tuple(sorted(draw(st.sets(words, max_size=2)))),
            role=draw(texts),
            represents=draw(st.sampled_from(["", *drawn])),
            id=draw(st.sampled_from(["", "Q1", "https://example.org/1", "not an <IRI>"])),
            is_local=draw(st.booleans()),
            is_known=draw(st.booleans()),
        )
        for name in drawn
    )


@st.composite
def extractions(draw: st.DrawFn, min_statements: int = 0) -> Extraction:
    """Draw an article with up to four statements; any fields go together but for the contract."""
    sentences = draw(st.lists(words, min_size=1, max_size=3))
    article = Article(
        id=draw(words),
        text=" ".join(sentences),
        title=draw(texts),
        date=draw(dates),
        source=draw(texts),
        url=draw(texts),
    )
    drawn = draw(actors())
    count = draw(st.integers(min_statements, 4))
    starts = [sum(len(sentence) + 1 for sentence in sentences[:n]) for n in range(len(sentences))]
    statements = []
    for number in range(count):
        place = draw(st.integers(0, len(sentences) - 1))
        span = starts[place], starts[place] + len(sentences[place])
        statements.append(draw(_statements(article, drawn, span, number)))
    return Extraction(article=article, statements=tuple(statements), attributions=(), actors=drawn)


def statements() -> st.SearchStrategy[Statement]:
    """Draw one valid statement."""
    return extractions(min_statements=1).map(lambda extraction: extraction.statements[0])


@st.composite
def _statements(
    draw: st.DrawFn, article: Article, actors: tuple[Actor, ...], place: Span, number: int
) -> Statement:
    actor = draw(st.sampled_from(actors))
    known = st.sampled_from([one.name for one in actors])
    spans = st.one_of(st.none(), _spans(len(article.text)))
    speaker = " < ".join(draw(st.lists(known, max_size=3)))
    return Statement(
        id=statement_id(article.id, (number, number + 1)),
        article=article.id,
        date=draw(dates),
        actor=actor.name,
        actor_type=actor.type,
        affiliation=actor.represents,
        stance=draw(st.sampled_from(STANCES)),
        act=draw(texts),
        topic=draw(st.one_of(known, words)),
        topic_text=draw(texts),
        speaker="" if speaker == actor.name else speaker,
        quote=draw(st.sampled_from(QUOTES)),
        condition=draw(texts),
        evidence=article.text[place[0] : place[1]],
        start=place[0],
        end=place[1],
        actor_span=draw(spans),
        cue_span=draw(spans),
        topic_span=draw(spans),
        confidence=draw(st.floats(0, 1)),
        rule=draw(texts),
    )


def _spans(length: int) -> st.SearchStrategy[Span]:
    ends = st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True)
    return ends.map(lambda pair: (min(pair), max(pair)))


# --- actors of several articles that are hard to keep apart, and corrections of them -------------

CROWD: dict[str, tuple[ActorType, ...]] = {
    "Ada Holt": ("person",),
    "Ada B. Holt": ("person",),
    "Ada C. Holt": ("person",),
    "Áda Holt": ("person", "group"),
    "Holt": ("person", "organization"),
    "CAN": ("organization", "group"),
    "Clean Air Now": ("organization", "group", "person"),
    "Norland": ("country",),
    "Sudland": ("country",),
}
"""Names with a surname, accents, initials or letters in common, and the types they come with."""

TOPICS = (
    "troops in Mali",
    "sending soldiers to Mali",
    "the deployment of the troops to Mali",
    "troops in Chad",
    "congestion charge",
    "the congestion charge",
    "charging drivers",
    "sugar tax",
    "taxing sugar",
    "raising the sugar tax",
    "the tax",
    "???",
)
"""Labels of topics, of which some say the same."""


@st.composite
def crowded_extractions(draw: st.DrawFn, article_id: str) -> Extraction:
    """Draw a short article of an id about people and bodies with names alike."""
    drawn = draw(st.lists(st.sampled_from([*CROWD]), min_size=1, max_size=3, unique=True))
    crowd = tuple(draw(_crowded(name, drawn)) for name in drawn)
    topics = st.sampled_from([*drawn, *TOPICS])
    date = draw(st.sampled_from([None, datetime.date(2024, 3, 4), datetime.date(2024, 6, 1)]))
    return Extraction(
        article=Article(id=article_id, text="She said no.", date=date),
        statements=tuple(
            _no(article_id, number, draw(st.sampled_from(crowd)), draw(topics))
            for number in range(draw(st.integers(0, 2)))
        ),
        attributions=(),
        actors=crowd,
    )


@st.composite
def _crowded(draw: st.DrawFn, name: str, others: list[str]) -> Actor:
    return Actor(
        name=name,
        type=draw(st.sampled_from(CROWD[name])),
        role=draw(st.sampled_from(["", "president"])),
        represents=draw(st.sampled_from(["", *others])),
        id=draw(st.sampled_from(["", "Q1", "Q2"])),
        aliases=draw(st.sampled_from([(), ("CAN",), ("The chief",)])),
        is_local=draw(st.booleans()),
        is_known=draw(st.booleans()),
    )


def _no(article_id: str, number: int, actor: Actor, topic: str) -> Statement:
    return Statement(
        id=statement_id(article_id, (number, number + 1)),
        article=article_id,
        date=None,
        actor=actor.name,
        actor_type=actor.type,
        affiliation=actor.represents,
        stance="opposes",
        act="said no",
        topic=topic,
        topic_text="it",
        speaker="",
        quote="direct",
        condition="",
        evidence="She said no.",
        start=0,
        end=12,
        actor_span=None,
        cue_span=None,
        topic_span=None,
        confidence=0.5,
        rule="oppose/nsubj",
    )


@st.composite
def topic_corrections(draw: st.DrawFn, articles: Sequence[str]) -> Correction:
    """Draw a correction of TOPICS in some articles, and of what such corrections make."""
    iris = Iris()
    nodes = st.sampled_from([*(candidate_iri(label, iris) for label in TOPICS), iris.topic("new")])
    action, topic = draw(st.sampled_from(ACTIONS["topic"])), draw(nodes)
    others = nodes if action in {"merge", "split", "broader"} else st.just("")
    labels = st.sampled_from([*TOPICS, "new"])
    return Correction(
        kind="topic",
        action=action,
        actor=topic,
        other=draw(others.filter(lambda other: other != topic)),
        name=draw(labels) if action in {"rename", "alias", "broader"} else "",
        shown=draw(labels) if action in {"merge", "split", "alias", "broader"} else "",
        articles=tuple(sorted(draw(st.sets(st.sampled_from(articles), min_size=1, max_size=2))))
        if action == "split"
        else (),
    )


def crowded_corrections(articles: Sequence[str]) -> st.SearchStrategy[Correction]:
    """Draw corrections of the crowd in some articles, and of what such corrections make."""
    iris = Iris()
    of_all = [iris.actor(name) for name in (*CROWD, "Ada Holt (B.)", "Nobody Yet")]
    of_one = [iris.local_actor(article, name) for article in articles for name in ("Holt", "CAN")]
    return corrections(
        iris,
        st.sampled_from([*CROWD, "Nobody Yet"]),
        st.sampled_from(articles),
        actors=st.sampled_from([*of_all, *of_one]),
        targets=st.sampled_from(of_all),
    )


@st.composite
def corrections(
    draw: st.DrawFn,
    iris: Iris,
    names: st.SearchStrategy[str],
    articles: st.SearchStrategy[str],
    actors: st.SearchStrategy[str] | None = None,
    targets: st.SearchStrategy[str] | None = None,
) -> Correction:
    """Draw a correction that says something; mentions move to `targets`, any name's by default."""
    action = draw(st.sampled_from(ACTIONS["actor"]))
    named = names.map(iris.actor)
    actors = named if actors is None else actors
    targets = named if targets is None else targets
    actor = draw(targets if action == "alias" else actors)
    others = {
        "merge": targets,
        "split": targets,
        "represents": st.one_of(st.just(""), actors),
    }.get(action, st.just(""))
    is_named = action in {"rename", "alias"}
    days = sorted(draw(st.lists(st.dates(), max_size=2))) if action == "represents" else []
    return Correction(
        action=action,
        actor=actor,
        other=draw(others.filter(lambda other: other != actor)),
        name=draw(names.filter(str.strip)) if is_named else "",
        shown=draw(names) if action != "rename" else "",
        type=draw(st.sampled_from(ACTOR_TYPES)),
        articles=tuple(sorted(draw(st.sets(articles, min_size=1, max_size=2))))
        if action == "split"
        else (),
        since=days[0] if days else None,
        until=days[-1] if days else None,
    )
