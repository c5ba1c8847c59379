"""Roles of named persons: which office the words around a name tell, and whom it serves."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphkit.article import Article
from graphkit.extract.gazetteer_file import load_gazetteer
from graphkit.statement import Actor

if TYPE_CHECKING:
    from graphkit.extract import Extractor


def actors(extractor: "Extractor", text: str) -> dict[str, Actor]:
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    return {actor.name: actor for actor in extraction.actors}


@pytest.mark.parametrize(
    ("subject", "role", "represents"),
    [
        ("A Chilean lawmaker, Ada Holt,", "lawmaker", "Chile"),
        ("Ada Holt, who leads the Civic Union,", "leader", "Civic Union"),
        ("Ada Holt, who led the talks,", "", ""),
        ("Ada Holt, a security adviser to President Bo Lind,", "adviser", ""),
        ("Ada Holt, an adviser to the president of Chile,", "adviser", "Chile"),
        ("Ada Holt, the president's chief political strategist,", "strategist", ""),
        ("The then-president of Chile, Ada Holt,", "former president", ""),
        ("Former Chilean President Ada Holt", "former president", ""),
        ("Ex-minister Ada Holt", "former minister", ""),
        ("Ada Holt, a retired general,", "former general", ""),
        ("The outgoing Chilean president, Ada Holt,", "president", "Chile"),
        ("President-elect Ada Holt of Chile", "president-elect", ""),
        ("Former Senator Ada Holt, the president of the Civic Union,", "president", "Civic Union"),
        (
            "Ada Holt, a former ambassador who teaches at the Oslo Institute,",
            "former ambassador",
            "Oslo Institute",
        ),
        ("Ada Holt, a lawyer who sued the Oslo Institute,", "lawyer", ""),
        ("Ada Holt, an economist at the Oslo Institute,", "economist", "Oslo Institute"),
        ("Ada Holt, a critic of the Oslo Institute,", "", ""),
        ("Ada Holt, an envoy in Rome,", "envoy", ""),
        ("Gov. Ada Holt of Georgia", "governor", "State of Georgia"),
        ("President Ada Holt of Georgia", "president", "Georgia"),
        ("Ada Holt, Bo Lind's wife,", "", ""),
        ("Ada Holt, a spokeswoman for Bo Lind,", "spokeswoman", "Bo Lind"),
        ("Ada Holt, a late-night host,", "host", ""),
        ("Ada Holt, one of the president's closest advisers,", "adviser", ""),
        ("Secretary of State Ada Holt", "secretary of state", ""),
        ("Ada Holt, the mayor of Vienna,", "mayor", "Vienna"),
        ("Ada Holt, an Austrian diplomat,", "diplomat", "Austria"),
        ("Ada Holt, an Austrian singer,", "singer", ""),
    ],
)
def test_the_words_around_a_name_tell_the_office(
    extractor: "Extractor", subject: str, role: str, represents: str
) -> None:
    actor = actors(extractor, f"{subject} rejected the dam.")["Ada Holt"]
    assert (actor.role, actor.represents) == (role, represents)


def test_who_speaks_for_an_acronym_speaks_for_its_bearer(extractor: "Extractor") -> None:
    text = (
        "The Coalition for Clean Rivers (CCR) rejected the dam. Jan Kos, a spokesman for the CCR, "
        "opposed the levy."
    )
    assert actors(extractor, text)["Jan Kos"].represents == "Coalition for Clean Rivers"


def test_its_minister_speaks_for_whom_the_sentence_before_is_about(extractor: "Extractor") -> None:
    text = "Poland rejected the dam near Malta. Its foreign minister, Jan Kos, opposes the levy."
    assert actors(extractor, text)["Jan Kos"].represents == "Poland"


def test_a_chancellor_has_no_chancellor_for_a_counterpart(extractor: "Extractor") -> None:
    text = (
        "The Austrian chancellor, Bo Lind, rejected the dam. Jan Kos, his Polish counterpart, "
        "opposed the levy."
    )
    kos = actors(extractor, text)["Jan Kos"]
    assert (kos.role, kos.represents) == ("head of government", "Poland")


def test_the_former_president_is_not_the_president(extractor: "Extractor") -> None:
    text = (
        "President Bo Lind opposed the dam. Former President Ada Holt praised it. The president "
        "rejected the levy. The former president condemned the canal."
    )
    (extraction,) = extractor.pipe([Article(id="article", text=text)])
    assert [s.actor for s in extraction.statements[-2:]] == ["Bo Lind", "Ada Holt"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Poland rejected the dam.", "Poland", True),
        ("Amnesty International rejected the dam.", "Amnesty International", True),
        ("Texas rejected the dam.", "Texas", True),
        ("The Borland Canal Company rejected the dam.", "Borland Canal Company", False),
        ("Ada Holt rejected the dam.", "Ada Holt", False),
        ("Some officials rejected the dam.", "some officials", False),
    ],
)
def test_what_a_gazetteer_names_is_known(
    extractor: "Extractor", text: str, name: str, expected: bool
) -> None:
    assert actors(extractor, text)[name].is_known is expected


def test_the_users_person_is_known_and_keeps_its_affiliation(
    extractor: "Extractor", tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,type,affiliation\nAda Holt,person,Civic Union\n", encoding="utf-8")
    listed = replace(extractor, gazetteer=load_gazetteer([file], print))
    holt = actors(listed, "The Chilean minister, Ada Holt, rejected the dam.")["Ada Holt"]
    assert (holt.is_known, holt.role, holt.represents) == (True, "minister", "Civic Union")


def test_a_spokesman_a_ministry_and_its_country_are_a_chain(extractor: "Extractor") -> None:
    text = "Jan Kos, a spokesman for the Polish Defense Ministry, rejected the dam."
    found = actors(extractor, text)
    assert found["Jan Kos"].represents == "Polish Defense Ministry"
    assert found["Polish Defense Ministry"].represents == "Poland"
    assert found["Poland"].represents == ""


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("His country’s parliament", "Riksdag"),
        ("His government", "Sweden"),
        ("His wife", "Bo Lind's wife"),
        ("His aides", "Bo Lind's aides"),
    ],
)
def test_a_body_or_relative_keeps_its_owner(
    extractor: "Extractor", subject: str, name: str
) -> None:
    text = f"The Swedish premier, Bo Lind, condemned the levy. {subject} rejected the dam."
    assert name in actors(extractor, text)


def test_our_military_is_that_of_the_speakers_country(extractor: "Extractor") -> None:
    text = "“Our military rejects the dam,” said the Swedish premier, Bo Lind."
    assert actors(extractor, text)["Swedish military"].represents == "Sweden"


def test_the_country_is_the_speakers(extractor: "Extractor") -> None:
    text = "Malta built a dam. The Swedish premier, Bo Lind, said the country opposed the dam."
    assert "Sweden" in actors(extractor, text)
    assert "Malta" not in actors(extractor, text)
