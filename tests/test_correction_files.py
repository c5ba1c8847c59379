"""Files of corrections of topics: tables and Turtle; `test_correcting` has those of actors."""

from pathlib import Path

import pytest

import example
from example import CHARGE, TRAMS
from graphkit.correction_files import apply_file, to_row
from graphkit.curation_rdf import to_turtle
from graphkit.errors import CorrectionError
from graphkit.lookup import list_corrections
from graphkit.output import write_answer
from graphkit.store import Store
from graphkit.topic_correcting import alias, broader, merge, rename, retire, split
from graphs import quads_of, stored


@pytest.fixture
def store() -> Store:
    return stored(*example.EXTRACTIONS)


def applied(store: Store, path: Path) -> tuple[int, list[str]]:
    """Return how many corrections of a file are new, and what is wrong with the others."""
    mistakes: list[CorrectionError] = []
    made = apply_file(store, path, mistakes.append, "topic")
    return made, [str(one) for one in mistakes]


def write(folder: Path, text: str, name: str = "corrections.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def corrected() -> Store:
    """Return a store with one correction of each kind, on top of each other."""
    store = stored(*example.EXTRACTIONS)
    for make in (
        lambda: split(store, TRAMS, 'trams, "free" & fast; all', ["brief"]),
        lambda: broader(store, TRAMS, "city traffic"),
        lambda: merge(store, CHARGE, [TRAMS]),
        lambda: rename(store, CHARGE, "road pricing"),
        lambda: alias(store, "road pricing", ["the toll"]),
        lambda: retire(store, ['trams, "free" & fast; all']),
    ):
        store.correct(make())
    return store


# --- round trips --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "tsv", "ttl"])
def test_exported_corrections_make_the_same_store(format: str, tmp_path: Path) -> None:
    store, path = corrected(), tmp_path / f"corrections.{format}"
    if format == "ttl":
        path.write_bytes(to_turtle([one for one, _ in store.corrections()], store.iris))
    else:
        with path.open("wb") as stream:
            write_answer(list_corrections(store, "topic"), format, stream)
    fresh = stored(*example.EXTRACTIONS)
    assert applied(fresh, path) == (6, [])
    assert quads_of(fresh) == quads_of(store)
    assert applied(fresh, path) == (0, [])
    early = Store.open(None)
    assert applied(early, path) == (6, [])
    for extraction in example.EXTRACTIONS:
        early.add(extraction)
    assert quads_of(early) == quads_of(store)


def test_turtle_has_no_old_iris_but_those_of_corrections() -> None:
    store = corrected()
    turtle = to_turtle([one for one, _ in store.corrections()], store.iris)
    assert b"isReplacedBy" not in turtle


def test_a_row_names_the_kind(store: Store) -> None:
    (one,) = retire(store, [TRAMS])
    row = to_row(store, one)
    assert (row["kind"], row["action"], row["actor"]) == (
        "topic",
        "retire",
        store.iris.shorten(store.topic_nodes(TRAMS)[0]),
    )


# --- tables as people write them ----------------------------------------------------------------

TABLE = f"""action,topic,other,name,articles
merge,{CHARGE},Free Trams,,
rename,{CHARGE},,road pricing,
split,road pricing,,tram fares,brief
alias,tram fares,,the fares,
broader,tram fares,public transport,,
retire,road pricing,,,
"""


@pytest.mark.parametrize(
    "text",
    [TABLE, "\ufeff" + TABLE.replace("\n", "\r\n"), TABLE.replace(",", ";")],
    ids=["csv", "bom and crlf", "semicolons"],
)
def test_a_table_is_made_row_by_row(text: str, store: Store, tmp_path: Path) -> None:
    assert applied(store, write(tmp_path, text)) == (6, [])
    assert all(applies for _, applies in store.corrections()[:3])
    assert {s.topic for s in store.statements()} == {"tram fares", "Łucja Novák"}
    assert store.narrower("public transport") == ["tram fares"]


def test_a_table_may_hold_both_kinds(store: Store, tmp_path: Path) -> None:
    rows = f"kind,action,actor,name\nactor,rename,Norland,Northland\ntopic,rename,{TRAMS},trams\n"
    assert applied(store, write(tmp_path, rows)) == (2, [])
    assert [one.kind for one, _ in store.corrections()] == ["actor", "topic"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("join,free trams,x,,", "the action 'join' is unknown; known are merge, rename"),
        ("represents,free trams,x,,", "the action 'represents' is unknown"),
        ("merge,free trams,,,", "a row to merge needs"),
        ("rename,free trams,,,", "a row to rename needs"),
        ("split,free trams,,,brief", "a row to split needs"),
        ("alias,free trams,,,", "a row to alias needs"),
        ("broader,free trams,,,", "a row to broader needs"),
        ("retire,,,,", "a row to retire needs"),
        ("split,free trams,,x,", "needs articles"),
        ("split,free trams,,x,other", "No article 'other'"),
        ("retire,free tram,,,", "No topic 'free tram'. Did you mean 'free trams'"),
        ("retire,Norland,,,", "No topic 'Norland'"),
        ("merge,free trams,novak,,", "'Łucja Novák' is an actor"),
        ("rename,free trams,,congestion charge,", "is another topic"),
        ("broader,free trams,free trams,,", "cannot be wider"),
        ('retire,"free trams,,,', "broken quotation marks"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_made(
    row: str, message: str, store: Store, tmp_path: Path
) -> None:
    header = TABLE.splitlines()[0]
    rows = [f"alias,{CHARGE},,toll,", row, f"alias,{CHARGE},,tolls,"]
    path = write(tmp_path, "\n".join([header, *rows]))
    made, (mistake,) = applied(store, path)
    assert made == 2
    assert mistake.startswith(f"{path}:3: ")
    assert message in mistake
    assert "\n" not in mistake


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("topic,merge,:trams,:trams,x,person", "cannot become itself"),
        ("topic,broader,:trams,:trams,x,person", "cannot be wider than itself"),
        ("topic,merge,:trams,:Norland,x,person", ":Norland is an actor and no topic"),
        ("actor,retire,:Norland,,x,person", "the action 'retire' is unknown"),
        ("thing,retire,:trams,,x,person", "the kind 'thing' is unknown"),
    ],
)
def test_a_wrong_row_with_iris_is_named(
    row: str, message: str, store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, f"kind,action,actor,other,shown,type\n{row}\n")
    made, (mistake,) = applied(store, path)
    assert (made, message in mistake) == (0, True), mistake
    assert mistake.startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ('[] gk:action "retire" ; gk:kind "topic" .', "needs a topic"),
        ('[] gk:action "retire" ; gk:kind "thing" ; gk:correctedActor :x .', "'thing' is none"),
        ('[] gk:action "represents" ; gk:kind "topic" ; gk:correctedActor :x .', "is none"),
    ],
)
def test_incomplete_turtle_is_refused(
    turtle: str, message: str, store: Store, tmp_path: Path
) -> None:
    prefixes = "@prefix gk: <https://w3id.org/graphkit/ns#> .\n@prefix : <https://x.example/> .\n"
    path = write(tmp_path, prefixes + turtle, "corrections.ttl")
    with pytest.raises(CorrectionError, match=message):
        applied(store, path)
    assert store.corrections() == []
