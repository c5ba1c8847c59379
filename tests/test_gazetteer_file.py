"""The user's gazetteer: what its files may hold, what it finds, and what is told of wrong lines."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from graphkit.errors import GazetteerError
from graphkit.extract.gazetteer import Gazetteer
from graphkit.extract.gazetteer_file import load_gazetteer

HEADER = "name,type,aliases,affiliation,from,to,id"
PREFIXES = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix schema: <https://schema.org/> .\n"
    "@prefix gk: <https://w3id.org/graphkit/ns#> .\n"
    "@prefix : <https://example.org/> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
Load = Callable[..., Gazetteer]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return a function that loads lines as a table; they must all be right."""

    def load(*lines: str, header: str = HEADER, name: str = "mine.csv") -> Gazetteer:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        mistakes: list[GazetteerError] = []
        gazetteer = load_gazetteer([path], mistakes.append)
        assert mistakes == []
        return gazetteer

    return load


def mistakes_in(path: Path, content: str) -> tuple[Gazetteer, list[str]]:
    path.write_text(content, encoding="utf-8")
    mistakes: list[GazetteerError] = []
    gazetteer = load_gazetteer([path], mistakes.append)
    return gazetteer, [str(mistake).removeprefix(f"{path}") for mistake in mistakes]


# --- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Harbour Party", "the Harbour Party's", "HP", "H.P.", "Harbourers"]
)
def test_an_actor_is_found_by_its_name_and_each_alias(load: Load, text: str) -> None:
    entry = load("Harbour Party,organization,HP|Harbourers,,,,").find(text)
    assert entry is not None
    assert (entry.name, entry.type) == ("Harbour Party", "organization")


def test_an_alias_in_capitals_is_found_in_capitals_only(load: Load) -> None:
    gazetteer = load("Union of Harbour Towns,,WHY,,,,")
    assert gazetteer.find("WHY") is not None
    assert gazetteer.find("Why") is None


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("name", "Harbour Party"),
        ("type\tname", "organization\tHarbour Party"),
        ("name;aliases", "Harbour Party;HP|H.P."),
        ("Name, Alias", "Harbour Party, HP"),
        ("\ufeffname,type", "Harbour Party,Organization"),
        ("name,type\r", "Harbour Party,\r\n\r"),
        ("name,aliases", '"Harbour Party","HP"'),
    ],
)
def test_a_table_may_have_some_of_the_columns_and_any_separator(
    load: Load, header: str, line: str
) -> None:
    entry = load(line, header=header).find("Harbour Party")
    assert entry is not None
    assert entry.type == "organization"


def test_without_a_type_whoever_speaks_for_somebody_is_a_person(load: Load) -> None:
    gazetteer = load("Jane Roe,,,Harbour Party,,,", "Harbour Party,,,,,,")
    assert gazetteer.find_person("Jane Roe") is not None
    assert gazetteer.find("Jane Roe") is None
    assert gazetteer.find("Harbour Party") is not None


def test_british_spelling_is_understood(load: Load) -> None:
    entry = load("Harbour Party,organisation,,,,,").find("Harbour Party")
    assert entry is not None
    assert entry.type == "organization"


def test_the_users_name_goes_before_the_shipped_one(load: Load) -> None:
    gazetteer = load("City of Berlin,organization,Berlin|NATO,,,,")
    for text in ("Berlin", "NATO"):
        entry = gazetteer.find(text)
        assert entry is not None
        assert entry.name == "City of Berlin"
    assert gazetteer.find("Berlin", "capital") is not None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-12-31", ""),
        ("2020-01-01", "Harbour Party"),
        ("2023-12-31", "Harbour Party"),
        ("2024-01-01", "Civic Union"),
        (None, "Civic Union"),
    ],
)
def test_the_affiliation_is_the_one_on_the_day(load: Load, day: str | None, expected: str) -> None:
    gazetteer = load(
        "Jane Roe,person,,Civic Union,2024-01-01,,",
        "Jane Roe,person,,Harbour Party,2020-01-01,2023-12-31,",
    ).on(datetime.date.fromisoformat(day) if day else None)
    entry = gazetteer.find_person("Jane Roe")
    assert entry is not None
    assert entry.represents == expected


def test_an_affiliation_goes_by_its_proper_name(load: Load) -> None:
    gazetteer = load("Jane Roe,person,,the U.K.,,,", "Max Poe,person,,HP,,,", "Harbour,,HP,,,,")
    entries = [gazetteer.find_person(name) for name in ("Jane Roe", "Max Poe")]
    assert [entry and entry.represents for entry in entries] == ["United Kingdom", "Harbour"]


def test_an_alias_of_two_actors_means_neither(load: Load) -> None:
    gazetteer = load("Jane Roe,person,Roe,,,,", "Max Roe,person,Roe,,,,", "Roe River,,Roe,,,,")
    assert gazetteer.find_person("Roe") is None
    entry = gazetteer.find("Roe")
    assert entry is not None
    assert entry.name == "Roe River"


def test_a_name_goes_before_the_alias_of_another(load: Load) -> None:
    entry = load("Harbour Party,,Harbour,,,,", "Harbour,,,,,,").find("Harbour")
    assert entry is not None
    assert entry.name == "Harbour"


def test_several_files_are_one_gazetteer(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    paths[0].write_text("name,aliases\nHarbour Party,HP")
    paths[1].write_text("name,aliases\nHarbour Party,Harbourers")
    gazetteer = load_gazetteer(paths, pytest.fail)
    entries = [gazetteer.find(text) for text in ("HP", "Harbourers")]
    assert [entry and entry.name for entry in entries] == ["Harbour Party"] * 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",person,,,,,", "the name is empty, and every entry needs one"),
        ("...,person,,,,,", "the name is empty, and every entry needs one"),
        ("A,robot,,,,,", "the type 'robot' is unknown; it is person, organization, country or "),
        ("A,,,B,2024-13-01,,", "from '2024-13-01' is no date; write it as 2024-03-31"),
        ("A,,,B,,soon,", "to 'soon' is no date; write it as 2024-03-31"),
        ("A,,,B,2024-02-01,2024-01-01,", "from 2024-02-01 lies after to 2024-01-01"),
        ("A,,,,2024-02-01,,", "from and to belong to an affiliation, and that is empty"),
        ("A,,,,,,,x", '8 fields, but the header has 7; put "" around a field that holds the sep'),
        ('"A "B,,,,,,', "broken quotation marks "),
        ('"A,,,,,,', "broken quotation marks "),
        ("First,,,,,,other", "'First' has the id first already; one actor has one id"),
    ],
)
def test_a_wrong_line_is_told_and_the_others_are_loaded(
    tmp_path: Path, line: str, message: str
) -> None:
    lines = [HEADER, "First,,,,,,first", "", line, "Last,,,,,,"]

    gazetteer, mistakes = mistakes_in(tmp_path / "mine.csv", "\n".join(lines))

    assert len(mistakes) == 1
    assert mistakes[0].startswith(f":4: {message}")
    assert gazetteer.find("First") is not None
    assert gazetteer.find("Last") is not None


def test_an_unknown_column_is_told_and_left_out(tmp_path: Path) -> None:
    gazetteer, mistakes = mistakes_in(tmp_path / "mine.csv", "name,afiliation\nHarbour Party,B")
    known = HEADER.replace(",", ", ")
    assert mistakes == [f":1: the column 'afiliation' is unknown; known are {known}"]
    assert gazetteer.find("Harbour Party") is not None


@pytest.mark.parametrize("content", ["", "\n", "Jane Roe,person\n", "{}", "nom,type\nA,b"])
def test_what_has_no_column_of_names_is_no_gazetteer(tmp_path: Path, content: str) -> None:
    with pytest.raises(GazetteerError, match=r"mine\.csv:1: no gazetteer: the first line must"):
        mistakes_in(tmp_path / "mine.csv", content)


def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"name\nA\n\xff\n")
    with pytest.raises(GazetteerError, match=r"mine\.csv:3: not UTF-8"):
        load_gazetteer([path], pytest.fail)


@pytest.mark.parametrize("name", ["missing.csv", "missing.ttl"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(GazetteerError, match=r"The gazetteer .*missing\.\w+ cannot be read: "):
        load_gazetteer([tmp_path / name], pytest.fail)


# --- SKOS in Turtle -----------------------------------------------------------------------------


@pytest.fixture
def load_turtle(tmp_path: Path) -> Load:
    def load(turtle: str) -> Gazetteer:
        gazetteer, mistakes = mistakes_in(tmp_path / "mine.ttl", PREFIXES + turtle)
        assert mistakes == []
        return gazetteer

    return load


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a schema:Organization", "organization"),
        ("a schema:PoliticalParty, skos:Concept", "organization"),
        ("a <http://schema.org/Country>", "country"),
        ("a gk:Group", "group"),
        ("a skos:Concept", "organization"),
        ('a skos:Concept ; gk:actorType "country"', "country"),
        ("skos:note 'no type'", "organization"),
    ],
)
def test_a_concept_has_the_type_of_its_class(load_turtle: Load, given: str, expected: str) -> None:
    gazetteer = load_turtle(
        f":h {given} ; skos:prefLabel 'Harbour' ; skos:altLabel 'HB', 'Hafen'@de ."
    )
    for text in ("Harbour", "HB", "Hafen"):
        entry = gazetteer.find(text)
        assert entry is not None
        assert (entry.name, entry.type, entry.id) == ("Harbour", expected, "https://example.org/h")


def test_the_english_label_is_the_name_and_the_others_are_aliases(load_turtle: Load) -> None:
    gazetteer = load_turtle(":h skos:prefLabel 'Hafen'@de, 'Harbour'@en-GB, 'Port'@fr .")
    entries = [gazetteer.find(text) for text in ("Hafen", "Port", "Harbour")]
    assert [entry and entry.name for entry in entries] == ["Harbour"] * 3


@pytest.mark.parametrize(
    "membership",
    [
        "gk:represents :h",
        "schema:memberOf :h",
        "schema:affiliation 'HB'",
        "schema:worksFor [ a schema:Role ; schema:worksFor :h ; schema:startDate '2024-01-01' ]",
        "schema:memberOf [ schema:memberOf :h ; schema:endDate '2024-12-31'^^xsd:date ]",
    ],
)
def test_a_concept_may_tell_whom_it_speaks_for(load_turtle: Load, membership: str) -> None:
    gazetteer = load_turtle(
        ":h a schema:Organization ; skos:prefLabel 'Harbour' ; skos:altLabel 'HB' .\n"
        f":j a schema:Person ; skos:prefLabel 'Jane Roe' ; {membership} ."
    ).on(datetime.date(2024, 6, 1))
    entry = gazetteer.find_person("Jane Roe")
    assert entry is not None
    assert entry.represents == "Harbour"


def test_an_affiliation_that_is_over_is_none(load_turtle: Load) -> None:
    gazetteer = load_turtle(
        ":j a schema:Person ; skos:prefLabel 'Jane Roe' ;"
        " gk:represents [ gk:represents 'Harbour' ; schema:endDate '2023-12-31' ] ."
    ).on(datetime.date(2024, 6, 1))
    entry = gazetteer.find_person("Jane Roe")
    assert entry is not None
    assert entry.represents == ""


@pytest.mark.parametrize(
    ("concept", "message"),
    [
        ("a skos:Concept", "needs a skos:prefLabel in English or without a language"),
        ("skos:prefLabel 'A'@fr", "needs a skos:prefLabel in English or without a language"),
        ("skos:prefLabel 'A', 'B'", "needs exactly one skos:prefLabel, not 2"),
        ("skos:prefLabel :a", "prefLabel is <https://example.org/a>, and must be a text"),
        ("skos:prefLabel 'A' ; gk:actorType 'robot'", "the type 'robot' is unknown; it is "),
        (
            "skos:prefLabel 'A' ; a schema:Person, schema:Country",
            "has the types country and person; one actor has one type",
        ),
        (
            "skos:prefLabel 'A' ; gk:represents :nowhere",
            "https://example.org/nowhere, which it belongs to, has no skos:prefLabel in the file",
        ),
        (
            "skos:prefLabel 'A' ; gk:represents [ gk:represents 'B' ; schema:startDate 'May' ]",
            "from 'May' is no date; write it as 2024-03-31",
        ),
    ],
)
def test_a_wrong_concept_is_told_by_its_iri_and_the_others_are_loaded(
    tmp_path: Path, concept: str, message: str
) -> None:
    turtle = f"{PREFIXES}:wrong {concept} . :right skos:prefLabel 'Right' ."

    gazetteer, mistakes = mistakes_in(tmp_path / "mine.ttl", turtle)

    assert len(mistakes) == 1
    assert mistakes[0].startswith(f": https://example.org/wrong: {message}")
    assert gazetteer.find("Right") is not None


def test_broken_turtle_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"mine\.ttl:7: not valid Turtle"):
        mistakes_in(
            tmp_path / "mine.ttl", f"{PREFIXES}:a skos:prefLabel 'A' .\n:b skos:prefLabel ."
        )


def test_turtle_without_labels_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="no gazetteer: nothing in it has a skos:prefLabel"):
        mistakes_in(tmp_path / "mine.ttl", f"{PREFIXES}:a schema:name 'A' .")


@pytest.mark.parametrize("alias", ["-", "--", "'", "|", " | ", "The"])
def test_an_alias_of_marks_only_does_no_harm(load: Load, alias: str) -> None:
    gazetteer = load(f"Jane Roe,person,{alias}||JR,,,,")
    assert gazetteer.find_person("JR") is not None
