"""A small believable debate for the tests: a city quarrels about a congestion charge.

Three articles, 14 statements: a mayor who changes her mind, a minister with both signs on one
day, a group known by description only, a spokesman, a position towards a person, and a brief
without a date.
"""

import datetime
from pathlib import Path

from graphkit.article import Article
from graphkit.statement import Actor, Extraction, Span, Statement, statement_id
from graphkit.store import Store

CHARGE = "congestion charge"
TRAMS = "free trams"

PROPOSAL = Article(
    id="herald-1",
    title="Mayor floats a charge for drivers",
    date=datetime.date(2024, 3, 4),
    source="The Norwick Herald",
    url="https://herald.example/1",
    text=(
        'Mayor Łucja Novák rejected a congestion charge on Monday. "It would punish nurses," she '
        "said.\n\nThe Chamber of Commerce and the Drivers' Union criticised the charge. Norland "
        'backed the charge, its transport minister Ana Pérez said: "We will fund it." Pérez also '
        "warned against the charge on narrow streets. Some shopkeepers would accept the charge if "
        "trams were free."
    ),
)
REVERSAL = Article(
    id="herald-2",
    title="Novák: the charge is needed",
    date=datetime.date(2024, 3, 18),
    source="The Norwick Herald",
    url="https://herald.example/2",
    text=(
        'Novák now supports the congestion charge. "We need it," the mayor told reporters.\n\n'
        "The Drivers' Union condemned Novák. It also opposed the charge again, its spokesman Tom "
        "Reed said. The Chamber of Commerce has not decided on free trams. The mayor welcomed free "
        "trams."
    ),
)
BRIEF = Article(
    id="brief",
    title="In brief",
    text="Some shopkeepers rejected the charge. Norland promised to pay for free trams.",
)
ARTICLES = (PROPOSAL, REVERSAL, BRIEF)

ACTORS = (
    Actor(
        name="Łucja Novák",
        type="person",
        aliases=("Mayor Łucja Novák", "Novák", "The mayor"),
        role="mayor",
        represents="Norwick",
    ),
    Actor(name="Norwick", type="organization"),
    Actor(name="Ana Pérez", type="person", aliases=("Pérez",), represents="Norland"),
    Actor(name="Norland", type="country", aliases=("The Norland government",)),
    Actor(name="Chamber of Commerce", type="organization"),
    Actor(name="Drivers' Union", type="organization"),
    Actor(name="Tom Reed", type="person", role="spokesman", represents="Drivers' Union"),
    Actor(name="some shopkeepers", type="group", is_local=True),
)
_ACTORS = {actor.name: actor for actor in ACTORS}


def _find(text: str, words: str, start: int, end: int) -> Span:
    at = text.index(words, start, end)
    return at, at + len(words)


def _statement(
    article: Article,
    evidence: str,
    words: tuple[str, str, str],
    position: tuple[str, str, str],
    **more: object,
) -> Statement:
    """Mark the `words` of actor, cue and topic; `position` is actor, stance, topic."""
    start, end = _find(article.text, evidence, 0, len(article.text))
    spans = [_find(article.text, part, start, end) for part in words]
    actor = _ACTORS[position[0]]
    return Statement(
        **{
            "id": statement_id(article.id, *spans),
            "article": article.id,
            "date": article.date,
            "actor": actor.name,
            "actor_type": actor.type,
            "affiliation": actor.represents,
            "stance": position[1],
            "act": words[1],
            "topic": position[2],
            "topic_text": words[2],
            "speaker": "",
            "quote": "indirect",
            "condition": "",
            "evidence": evidence,
            "start": start,
            "end": end,
            "actor_span": spans[0],
            "cue_span": spans[1],
            "topic_span": spans[2],
            "confidence": 0.8,
            "rule": "oppose/nsubj" if position[1] == "opposes" else "support/nsubj",
            **more,
        }  # type: ignore[arg-type]  # keyword arguments of many types
    )


_CRITICISM = "The Chamber of Commerce and the Drivers' Union criticised the charge."
_FUNDING = 'Norland backed the charge, its transport minister Ana Pérez said: "We will fund it."'
_AGAIN = "It also opposed the charge again, its spokesman Tom Reed said."

STATEMENTS = (
    _statement(
        PROPOSAL,
        "Mayor Łucja Novák rejected a congestion charge on Monday.",
        ("Mayor Łucja Novák", "rejected", "congestion charge"),
        ("Łucja Novák", "opposes", CHARGE),
        confidence=0.9,
    ),
    _statement(
        PROPOSAL,
        _CRITICISM,
        ("Chamber of Commerce", "criticised", "charge"),
        ("Chamber of Commerce", "opposes", CHARGE),
    ),
    _statement(
        PROPOSAL,
        _CRITICISM,
        ("Drivers' Union", "criticised", "charge"),
        ("Drivers' Union", "opposes", CHARGE),
    ),
    _statement(
        PROPOSAL,
        _FUNDING,
        ("Norland", "backed", "charge"),
        ("Norland", "supports", CHARGE),
        speaker="Ana Pérez",
        quote="direct",
    ),
    _statement(
        PROPOSAL,
        _FUNDING,
        ("Ana Pérez", "fund", "it"),
        ("Ana Pérez", "supports", CHARGE),
        quote="direct",
        confidence=0.6,
    ),
    _statement(
        PROPOSAL,
        "Pérez also warned against the charge on narrow streets.",
        ("Pérez", "warned against", "charge"),
        ("Ana Pérez", "opposes", CHARGE),
        confidence=0.55,
    ),
    _statement(
        PROPOSAL,
        "Some shopkeepers would accept the charge if trams were free.",
        ("Some shopkeepers", "accept", "charge"),
        ("some shopkeepers", "ambivalent", CHARGE),
        condition="if trams were free",
        confidence=0.5,
    ),
    _statement(
        REVERSAL,
        "Novák now supports the congestion charge.",
        ("Novák", "supports", "congestion charge"),
        ("Łucja Novák", "supports", CHARGE),
        confidence=0.95,
    ),
    _statement(
        REVERSAL,
        "The Drivers' Union condemned Novák.",
        ("Drivers' Union", "condemned", "Novák"),
        ("Drivers' Union", "opposes", "Łucja Novák"),
    ),
    _statement(
        REVERSAL,
        _AGAIN,
        ("It", "opposed", "charge"),
        ("Drivers' Union", "opposes", CHARGE),
        speaker="Tom Reed",
        confidence=0.7,
    ),
    _statement(
        REVERSAL,
        "The Chamber of Commerce has not decided on free trams.",
        ("Chamber of Commerce", "not decided on", "free trams"),
        ("Chamber of Commerce", "ambivalent", TRAMS),
    ),
    _statement(
        REVERSAL,
        "The mayor welcomed free trams.",
        ("The mayor", "welcomed", "free trams"),
        ("Łucja Novák", "supports", TRAMS),
        quote="action",
    ),
    _statement(
        BRIEF,
        "Some shopkeepers rejected the charge.",
        ("Some shopkeepers", "rejected", "charge"),
        ("some shopkeepers", "opposes", CHARGE),
    ),
    _statement(
        BRIEF,
        "Norland promised to pay for free trams.",
        ("Norland", "promised", "free trams"),
        ("Norland", "supports", TRAMS),
        quote="action",
    ),
)


def _extraction(article: Article) -> Extraction:
    statements = tuple(found for found in STATEMENTS if found.article == article.id)
    actors = tuple(actor for actor in ACTORS if any(_mentions(s, actor.name) for s in statements))
    return Extraction(article=article, statements=statements, attributions=(), actors=actors)


def _mentions(statement: Statement, name: str) -> bool:
    names = (statement.actor, statement.affiliation, statement.topic, statement.speaker)
    return name in names


EXTRACTIONS = tuple(_extraction(article) for article in ARTICLES)


def make_store(path: Path | None = None) -> Store:
    """Return an open store that holds the debate."""
    store = Store.open(path)
    for extraction in EXTRACTIONS:
        store.add(extraction)
    return store
