"""Corrections as people make them: by names, aliases and IRIs, one at a time or in tables."""

import dataclasses
import io
from pathlib import Path

import pytest

import example
from graphkit.correcting import alias, merge, rename, represents, split
from graphkit.correction_files import apply_file, to_row
from graphkit.curation_rdf import to_turtle
from graphkit.errors import CorrectionError, GraphkitError, UnknownNameError
from graphkit.lookup import list_corrections
from graphkit.output import write_answer
from graphkit.statement import Actor
from graphkit.store import Store
from graphkit.vocabulary import Iris
from graphs import quads_of, stored

IRIS = Iris()
SHOPKEEPERS = [IRIS.local_actor(one, "some shopkeepers") for one in ("brief", "herald-1")]


@pytest.fixture
def store() -> Store:
    return stored(*example.EXTRACTIONS)


def write(folder: Path, text: str, name: str = "corrections.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def applied(store: Store, path: Path) -> tuple[int, list[str]]:
    """Return how many corrections of a file are new, and what is wrong with the others."""
    mistakes: list[CorrectionError] = []
    made = apply_file(store, path, mistakes.append)
    return made, [str(one) for one in mistakes]


# --- who is meant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Łucja Novák",
        "novak",
        "the MAYOR",
        ":Lucja_Novak",
        "<https://w3id.org/graphkit/id/Lucja_Novak>",
    ],
)
def test_an_actor_is_given_by_name_alias_or_iri(store: Store, name: str) -> None:
    (one,) = merge(store, name, ["Tom Reed"])
    assert (one.actor, one.other) == (IRIS.actor("Tom Reed"), IRIS.actor("Lucja Novak"))
    assert (one.shown, one.type) == ("Łucja Novák", "person")


def test_an_unknown_name_comes_with_the_nearest(store: Store) -> None:
    for wrong in (
        lambda: merge(store, "Norland", ["Tom Rede"]),
        lambda: rename(store, "Tom Rede", "T. R."),
        lambda: split(store, "Tom Rede", "T. R.", ["brief"]),
        lambda: alias(store, "Tom Rede", ["T. R."]),
        lambda: represents(store, "Norland", "Tom Rede"),
    ):
        with pytest.raises(UnknownNameError, match=r"No actor 'Tom Rede'\. Did you mean 'Tom Reed"):
            wrong()


def test_an_ambiguous_name_comes_with_the_iris(store: Store) -> None:
    listed = ", ".join(map(IRIS.shorten, SHOPKEEPERS))
    with pytest.raises(CorrectionError, match=f"several actors; give one of {listed}"):
        rename(store, "some shopkeepers", "shopkeepers of Norwick")


def test_an_actor_of_one_article_is_given_by_its_iri(store: Store) -> None:
    (one,) = rename(store, IRIS.shorten(SHOPKEEPERS[0]), "shopkeepers of Norwick")
    assert one.actor == SHOPKEEPERS[0]


def test_an_iri_of_a_merged_actor_means_the_one_it_was_merged_into(store: Store) -> None:
    store.correct(merge(store, "Łucja Novák", ["Tom Reed"]))
    (one,) = rename(store, ":Tom_Reed", "Novák & Reed")
    assert one.actor == IRIS.actor("Lucja Novak")


# --- merge, rename, split, alias, represents ----------------------------------------------------


def test_groups_of_several_articles_become_one_actor_of_all(store: Store) -> None:
    made = merge(store, "some shopkeepers", ["some shopkeepers"])
    assert sorted(one.actor for one in made) == SHOPKEEPERS
    store.correct(made)
    assert store.actor_nodes("some shopkeepers") == [IRIS.actor("some shopkeepers")]
    (found,) = store.actors(["some shopkeepers"])
    assert (found.type, found.is_local) == ("group", False)
    assert len(store.statements(actor="some shopkeepers")) == 2


def test_one_group_of_an_article_can_become_a_known_actor(store: Store) -> None:
    store.correct(merge(store, "Chamber of Commerce", [IRIS.shorten(SHOPKEEPERS[0])]))
    assert store.actor_nodes("some shopkeepers") == SHOPKEEPERS[1:]


def test_many_can_be_merged_at_once(store: Store) -> None:
    store.correct(merge(store, "Norland", ["Tom Reed", "Ana Pérez", "Tom Reed"]))
    assert len(store.corrections()) == 2
    assert {*store.actors(["Norland"])[0].aliases} >= {"Tom Reed", "Ana Pérez"}


def test_what_is_one_already_needs_no_merging(store: Store) -> None:
    assert merge(store, "Łucja Novák", ["novak"]) == []


def test_a_name_of_another_actor_is_refused(store: Store) -> None:
    with pytest.raises(CorrectionError, match=r"'norland' is another actor.*merge"):
        rename(store, "Tom Reed", "norland")


def test_a_name_can_change_its_accents_only(store: Store) -> None:
    store.correct(rename(store, "Łucja Novák", "Lucja Novak"))
    assert store.actors(["Lucja Novak"]) != []


def test_an_alias_can_become_the_name(store: Store) -> None:
    store.correct(rename(store, "Łucja Novák", "Mayor Łucja Novák"))
    assert store.actors(["Mayor Łucja Novák"]) != []


def test_a_split_makes_a_new_actor(store: Store) -> None:
    (one,) = split(store, "Tom Reed", "Tom Reed (Hull)", ["herald-2", "herald-2"])
    assert (one.other, one.articles) == (IRIS.actor("Tom Reed (Hull)"), ("herald-2",))
    assert (one.shown, one.type) == ("Tom Reed (Hull)", "person")


def test_a_split_can_give_mentions_to_a_known_actor(store: Store) -> None:
    (one,) = split(store, "Tom Reed", "Ana Pérez", ["herald-2"])
    assert one.other == IRIS.actor("Ana Perez")


def test_a_split_of_an_unknown_article_is_refused(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="No article 'herald-9'"):
        split(store, "Tom Reed", "T. R.", ["herald-9"])


def test_a_split_of_an_article_without_the_actor_is_refused(store: Store) -> None:
    with pytest.raises(CorrectionError, match="'brief' does not mention 'Tom Reed'"):
        split(store, "Tom Reed", "T. R.", ["herald-2", "brief"])


def test_several_names_can_be_aliases(store: Store) -> None:
    made = alias(store, "novak", ["Madam  Mayor", "L. N."])
    assert [(one.actor, one.name) for one in made] == [
        (IRIS.actor("Lucja Novak"), "Madam Mayor"),
        (IRIS.actor("Lucja Novak"), "L. N."),
    ]


def test_nonsense_is_told_in_one_line(store: Store) -> None:
    for nonsense, message in (
        (lambda: represents(store, "novak", "Łucja Novák"), "'novak' cannot speak for itself"),
        (lambda: rename(store, "novak", " "), "must not be empty"),
        (lambda: alias(store, "novak", [""]), "must not be empty"),
        (lambda: split(store, "novak", "\t", ["brief"]), "must not be empty"),
        (lambda: split(store, "novak", "Łucja Novák", ["herald-1"]), "give another"),
        (lambda: split(store, "novak", "N. N.", []), "Give the articles"),
    ):
        with pytest.raises(CorrectionError, match=message) as caught:
            nonsense()
        assert "\n" not in str(caught.value)


# --- tables -------------------------------------------------------------------------------------


def corrected() -> Store:
    """Return a store with one correction of each kind, on top of each other."""
    store = stored(*example.EXTRACTIONS)
    for make in (
        lambda: merge(store, "some shopkeepers", ["some shopkeepers"]),
        lambda: rename(store, "some shopkeepers", 'shops, "big" & small; all'),
        lambda: split(store, "Norland", "Norland Rail", ["brief"]),
        lambda: alias(store, "Norland Rail", ["Chamber of Commerce"]),
        lambda: represents(store, "Tom Reed", "Norland Rail"),
        lambda: represents(store, "Ana Pérez", ""),
        lambda: rename(store, "Norland Rail", "Railways"),
    ):
        store.correct(make())
    return store


@pytest.mark.parametrize("format", ["csv", "tsv", "ttl"])
def test_exported_corrections_make_the_same_store(format: str, tmp_path: Path) -> None:
    store, path = corrected(), tmp_path / f"corrections.{format}"
    if format == "ttl":
        path.write_bytes(to_turtle([one for one, _ in store.corrections()], IRIS))
    else:
        with path.open("wb") as stream:
            write_answer(list_corrections(store, "actor"), format, stream)
    fresh = stored(*example.EXTRACTIONS)
    assert applied(fresh, path) == (8, [])
    assert quads_of(fresh) == quads_of(store)
    assert applied(fresh, path) == (0, [])
    early = Store.open(None)
    assert applied(early, path) == (8, [])
    for extraction in example.EXTRACTIONS:
        early.add(extraction)
    assert quads_of(early) == quads_of(store)


def test_a_row_has_names_where_people_write_it_and_all_where_we_do(store: Store) -> None:
    (one,) = split(store, "Tom Reed", "Ana Pérez", ["herald-2"])
    assert to_row(store, one) == {
        "kind": "actor",
        "action": "split",
        "actor": ":Tom_Reed",
        "other": ":Ana_Perez",
        "name": "",
        "articles": "herald-2",
        "from": "",
        "to": "",
        "shown": "Ana Pérez",
        "type": "person",
    }


def test_a_row_shows_the_type_of_what_it_renames(store: Store) -> None:
    (one,) = rename(store, "Norland", "Northland")
    assert to_row(store, one)["type"] == "country"


TABLE = """action,actor,other,name,articles,from,to
merge,Norland,Tom Reed,,,,
rename,Norland,,Northland,,,
split,northland,,Tom Reed,herald-2,,
alias,Tom Reed,,some shopkeepers,,,
represents,Ana Pérez,Drivers' Union,,,2024-01-01,2024-12-31
represents,novak,,,,2024-03-10,
"""


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        TABLE.replace("\n", "\r\n"),
        "\ufeff" + TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        TABLE.replace("from,to", "since,until").replace("articles", "Article"),
        TABLE.replace("\n", ",,\n"),
    ],
    ids=["csv", "crlf", "bom", "semicolons", "tabs", "synonyms", "empty columns"],
)
def test_a_table_is_made_row_by_row(text: str, store: Store, tmp_path: Path) -> None:
    assert applied(store, write(tmp_path, text)) == (6, [])
    assert all(applies for _, applies in store.corrections())
    assert len(store.statements(actor="Tom Reed")) == 2  # those of some shopkeepers
    assert store.actors(["Ana Pérez"])[0].represents == "Drivers' Union"
    assert {s.affiliation for s in store.statements(actor="Łucja Novák")} == {"Norwick", ""}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("join,Norland,Tom Reed,,,,", "the action 'join' is unknown; known are merge, rename"),
        ("merge,Norland,,,,,", "a row to merge needs"),
        ("rename,Norland,,,,,", "a row to rename needs"),
        ("split,Norland,,,brief,,", "a row to split needs"),
        ("split,Norland,,Rail,,,", "Give the articles"),
        ("alias,Norland,,,,,", "a row to alias needs"),
        ("merge,,Tom Reed,,,,", "a row to merge needs"),
        ("merge,Norland,Tom Rede,,,,", "No actor 'Tom Rede'. Did you mean 'Tom Reed'"),
        ("merge,some shopkeepers,Norlan,,,,", "No actor 'Norlan'"),
        ("rename,some shopkeepers,,S.,,,", "is the name of several actors"),
        ("represents,Tom Reed,Norland,,,May,", "from 'May' is no date; write it as 2024-03-31"),
        ("represents,Tom Reed,Norland,,,2024-05-01,2024-04-01", "lies after to 2024-04-01"),
        ("represents,Tom Reed,Tom Reed,,,,", "cannot speak for itself"),
        ('rename,"Norland,,N.,,,', "broken quotation marks"),
        ("rename,Norland,,N.,,,,,more", "9 fields, but the header has 7"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_made(
    row: str, message: str, store: Store, tmp_path: Path
) -> None:
    header, *rows = TABLE.splitlines()
    path = write(tmp_path, "\n".join([header, rows[1], row, rows[-1]]))
    made, (mistake,) = applied(store, path)
    assert made == 2
    assert mistake.startswith(f"{path}:3: ")
    assert message in mistake
    assert "\n" not in mistake


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("merge,:Tom_Reed,:Tom_Reed,,,,,Tom,person", "cannot become itself"),
        ("split,:Tom_Reed,:Norland,,,,,Norland,country", "needs articles"),
        ("rename,:Tom_Reed,,T.,,,,T.,city", "the type 'city' is unknown"),
        ("merge,article:brief#x,:Tom_Reed,,,,,x,person", "in one article only"),
    ],
)
def test_a_wrong_row_with_iris_is_named(
    row: str, message: str, store: Store, tmp_path: Path
) -> None:
    path = write(tmp_path, f"action,actor,other,name,articles,from,to,shown,type\n{row}\n")
    made, (mistake,) = applied(store, path)
    assert (made, message in mistake) == (0, True)
    assert mistake.startswith(f"{path}:2: ")


def test_an_unknown_column_is_named_and_left_out(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "action,actor,name,remark\nrename,Norland,Northland,sure\n")
    made, (mistake,) = applied(store, path)
    assert made == 1
    assert mistake.startswith(f"{path}:1: the column 'remark' is unknown")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"actor,name\nNorland,N.\n", r"a\.csv:1: no table of corrections"),
        ("a.csv", b"", r"a\.csv:1: no table of corrections"),
        ("a.csv", b"action,actor\n\xff,\n", r"a\.csv:2: not UTF-8"),
        ("a.ttl", b"action,actor\n", r"a\.ttl:1: not valid Turtle"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    name: str, data: bytes, message: str, store: Store, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorrectionError, match=message):
        applied(store, tmp_path / name)
    assert store.corrections() == []


def test_a_file_that_is_missing_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(GraphkitError, match="No such file"):
        applied(store, tmp_path / "a.csv")


def test_a_table_applies_to_articles_that_come_later(tmp_path: Path) -> None:
    store = stored(example.EXTRACTIONS[0])
    applied(store, write(tmp_path, TABLE.splitlines()[0] + "\nalias,Norland,,Sudland,,,\n"))
    brief = example.EXTRACTIONS[2]
    sudland = Actor(name="Sudland", type="country")
    store.add(dataclasses.replace(brief, statements=(), actors=(sudland,)))
    assert store.actors(["Sudland"]) == []
    assert "Sudland" in store.actors(["Norland"])[0].aliases


def test_the_same_corrections_are_the_same_bytes() -> None:
    def written(store: Store) -> bytes:
        stream = io.BytesIO()
        write_answer(list_corrections(store, "actor"), "tsv", stream)
        return stream.getvalue()

    assert written(corrected()) == written(corrected())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("represents,:Tom_Reed,Norland,country,", ":Tom_Reed represents :Norland"),
        ("merge,:Tom_Reed,Norland,country,", ":Norland is :Tom_Reed"),
        ("split,:Norland,Norland Rail,country,brief", ":Norland is :Norland_Rail in brief"),
    ],
)
def test_a_name_beside_an_iri_is_still_somebody(
    row: str, said: str, store: Store, tmp_path: Path
) -> None:
    table = write(tmp_path, f"action,actor,other,type,articles\n{row}\n")
    assert applied(store, table) == (1, [])
    assert [one.describe(IRIS.shorten) for one, _ in store.corrections()] == [said]


@pytest.mark.parametrize("row", ["Norland,Norland Rail,", ":Norland,:Norland_Rail,country"])
def test_blanks_around_articles_do_not_count(row: str, store: Store, tmp_path: Path) -> None:
    table = write(tmp_path, f"action,articles,actor,other,type\nsplit,herald-1 | brief,{row}\n")
    assert applied(store, table) == (1, [])
    assert [sorted(one.articles) for one, _ in store.corrections()] == [["brief", "herald-1"]]


def test_what_one_article_calls_so_joins_the_actor_of_all_that_has_the_name(store: Store) -> None:
    store.correct(merge(store, "some shopkeepers", ["some shopkeepers"]))
    later = dataclasses.replace(
        example.EXTRACTIONS[2], article=dataclasses.replace(example.BRIEF, id="later")
    )
    statements = [dataclasses.replace(one, article="later") for one in later.statements]
    store.add(dataclasses.replace(later, statements=tuple(statements)))
    (made,) = merge(store, "some shopkeepers", ["some shopkeepers"])
    assert made.actor == IRIS.local_actor("later", "some shopkeepers")
    assert made.other == IRIS.actor("some shopkeepers")
