"""Persons: whose name a mention is, and in whose name they speak."""

import pytest
from spacy.tokens import Doc

from docs import parse
from graphkit.extract.gazetteer import default_gazetteer
from graphkit.extract.persons import Person, persons

GAZETTEER = default_gazetteer()


def found(doc: Doc) -> list[Person]:
    return persons(doc, GAZETTEER)


def names(doc: Doc) -> list[tuple[str, list[str]]]:
    """Return each person with the words of every mention."""
    return [(p.name, [doc[start:end].text for start, end in p.mentions]) for p in found(doc)]


def mentions(*lines: str) -> Doc:
    """Parse one clause a line: a person's name, with or without a title, "spoke"."""
    rows: list[str] = []
    for line in lines:
        *before, last = line.split()
        verb = len(rows) + len(before) + 1
        title = [word for word in before if word in {"Mr.", "Ms.", "Mrs."}]
        named = [word for word in before if word not in title]
        inside = [*["-"] * len(title), "PERSON", *["I-PERSON"] * len(named)]
        for word, entity in zip([*title, *named], inside, strict=False):
            rows.append(f"{word} compound {verb - 1} NNP {word} {entity}")
        rows.append(f"{last} nsubj {verb} NNP {last} {inside[-1]}")
        rows.append(f"spoke ROOT {verb} VBD speak")
    return parse("\n".join(rows))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Ada Holm", "Holm"], [("Ada Holm", ["Ada Holm", "Holm"])]),
        (["Ada Holm", "Ms. Holm"], [("Ada Holm", ["Ada Holm", "Holm"])]),
        (["Holm", "Ada Holm"], [("Ada Holm", ["Holm", "Ada Holm"])]),
        (["Ada Holm", "Ada"], [("Ada Holm", ["Ada Holm", "Ada"])]),
        (["Ada B. Holm", "Ada Holm"], [("Ada B. Holm", ["Ada B. Holm", "Ada Holm"])]),
        (["Ada Holm", "A. Holm"], [("Ada Holm", ["Ada Holm", "A. Holm"])]),
        (["Ada Holm", "Rex Bird"], [("Ada Holm", ["Ada Holm"]), ("Rex Bird", ["Rex Bird"])]),
        (["Ada Holm", "Max Holm"], [("Ada Holm", ["Ada Holm"]), ("Max Holm", ["Max Holm"])]),
        (["Omar al-Sadr", "Sadr"], [("Omar al-Sadr", ["Omar al-Sadr", "Sadr"])]),
        (["Ada Holm Jr.", "Holm"], [("Ada Holm Jr.", ["Ada Holm Jr.", "Holm"])]),
        (["Ada “Addy” Holm", "Addy Holm"], [("Ada “Addy” Holm", ["Ada “Addy” Holm", "Addy Holm"])]),
    ],
)  # fmt: skip
def test_mentions_of_one_person_go_together(
    lines: list[str], expected: list[tuple[str, list[str]]]
) -> None:
    doc = mentions(*lines)
    assert sorted(names(doc)) == expected


def test_a_name_ends_at_a_dash() -> None:
    doc = parse("""
Ada compound Holm NNP Ada PERSON
Holm nsubj 4 NNP Holm I-PERSON
- punct Holm : - I-PERSON
herself appos Holm PRP herself I-PERSON
spoke ROOT - VBD speak
""")
    assert [person.name for person in found(doc)] == ["Ada Holm"]


PAIR = """
Peter nsubj spoke NNP Peter PERSON
and cc Peter CC
Anna compound Holm NNP Anna PERSON
Holm conj Peter NNP Holm I-PERSON
spoke ROOT - VBD speak
"""


@pytest.mark.parametrize(("first", "name"), [("Peter", "Peter Holm"), ("Grell", "Grell")])
def test_a_pair_shares_its_surname(first: str, name: str) -> None:
    doc = parse(PAIR.replace("Peter", first))
    assert sorted(person.name for person in found(doc)) == ["Anna Holm", name]


def test_a_pair_shares_its_surname_behind_an_initial() -> None:
    doc = parse(
        PAIR.replace("Peter nsubj", "Peter compound G. NNP Peter PERSON\nG. nsubj", 1).replace(
            "NNP Peter PERSON\nand", "NNP G. I-PERSON\nand"
        )
    )
    assert sorted(person.name for person in found(doc)) == ["Anna Holm", "Peter G. Holm"]


def test_what_is_named_after_a_person_is_none() -> None:
    doc = parse("""
Ada compound Holm NNP Ada PERSON
Holm compound administration NNP Holm I-PERSON
administration nsubj spoke NN administration I-PERSON
spoke ROOT - VBD speak
""")
    assert found(doc) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Ada Holm", "Max Holm", "Holm"], {"Ada Holm": 1, "Max Holm": 1, "Holm": 1}),
        (["Ada Holm", "Holm", "Max Holm"], {"Ada Holm": 2, "Max Holm": 1}),
        (["Ada Holm", "Holm", "Max Holm", "Holm"], {"Ada Holm": 3, "Max Holm": 1}),
        (["Holm", "Ada Holm", "Max Holm", "Holm"], {"Ada Holm": 1, "Max Holm": 1, "Holm": 2}),
        (["Anna Holm", "Max Holm", "Mr. Holm"], {"Anna Holm": 1, "Max Holm": 2}),
    ],
)
def test_a_surname_is_nobody_s_once_two_bear_it(lines: list[str], expected: dict[str, int]) -> None:
    people = found(mentions(*lines))
    assert {p.name: len(p.mentions) for p in people} == expected
    assert [p.name for p in people if p.is_shared] == [name for name in expected if name == "Holm"]


def test_a_surname_is_not_the_relative_s() -> None:
    doc = parse("""
Ada    compound  Holm   NNP  Ada   PERSON
Holm   nsubj     spoke  NNP  Holm  I-PERSON
spoke  ROOT      -      VBD  speak
Her    poss      brother PRP$
brother nsubj    9      NN
,      punct     brother ,
Max    compound  7      NNP  Max   PERSON
Holm   appos     brother NNP Holm  I-PERSON
,      punct     brother ,
left   ROOT      -      VBD  leave
Holm   nsubj     voted  NNP  Holm  PERSON
voted  ROOT      -      VBD  vote
""")
    assert {p.name: len(p.mentions) for p in found(doc)} == {"Ada Holm": 2, "Max Holm": 1}


def test_mentions_come_in_text_order_whatever_their_length() -> None:
    (person,) = found(mentions("Holm", "Ada Holm", "Holm"))
    assert person.mentions == sorted(person.mentions)
    assert person.aliases == {"Ada Holm", "Holm"}
    assert person.surname == "holm"


def test_a_title_is_no_part_of_a_name_even_inside_the_entity() -> None:
    doc = parse("""
        Mr.    compound  Holm   NNP  Mr.   PERSON
        Holm   nsubj     spoke  NNP  Holm  I-PERSON
        spoke  ROOT      -      VBD  speak
        """)
    assert [person.name for person in found(doc)] == ["Holm"]


def test_a_possessive_is_no_part_of_a_name() -> None:
    doc = parse("""
        Ada    compound  Holm   NNP  Ada   PERSON
        Holm   poss      plan   NNP  Holm  I-PERSON
        ’s     case      Holm   POS  ’s    I-PERSON
        plan   ROOT      -      NN
        """)
    assert [person.name for person in found(doc)] == ["Ada Holm"]


def test_a_surname_that_the_model_mistook_for_a_company_is_still_the_person() -> None:
    doc = parse("""
        Ada     compound  Holm   NNP  Ada    PERSON
        Holm    nsubj     1      NNP  Holm   I-PERSON
        Holm    nsubj     spoke  NNP  Holm   ORG
        spoke   ROOT      -      VBD  speak
        """)
    assert [len(person.mentions) for person in found(doc)] == [2]


@pytest.mark.parametrize("name", ["Germany", "Sweden"])
def test_a_country_is_no_person_whatever_the_model_says(name: str) -> None:
    assert found(parse(f"{name} nsubj spoke NNP {name} PERSON\nspoke ROOT - VBD speak")) == []


def test_a_people_is_no_person() -> None:
    doc = parse("Latinos nsubj vote NNPS Latinos PERSON\nvote ROOT - VBP")
    assert found(doc) == []


def test_an_unrecognised_name_that_speaks_is_a_person() -> None:
    doc = parse("""
        Ada   compound  Holm  NNP
        Holm  nsubj     said  NNP
        said  ROOT      -     VBD  say
        """)
    assert [person.name for person in found(doc)] == ["Ada Holm"]


def test_a_text_without_names_has_no_persons() -> None:
    assert found(parse("Silence ROOT - NN")) == []


# --- offices -------------------------------------------------------------------------------------

TITLE = """
Swedish   amod      President  JJ   Swedish  NORP
President compound  Holm       NNP
Ada       compound  Holm       NNP  Ada      PERSON
Holm      nsubj     spoke      NNP  Holm     I-PERSON
spoke     ROOT      -          VBD  speak
"""
OF_PHRASE = """
President compound  Holm       NNP
Ada       compound  Holm       NNP  Ada      PERSON
Holm      nsubj     spoke      NNP  Holm     I-PERSON
of        prep      Holm       IN
Sweden    pobj      of         NNP  Sweden   GPE
spoke     ROOT      -          VBD  speak
"""
AFTER = """
Ada       compound  Holm       NNP  Ada      PERSON
Holm      nsubj     spoke      NNP  Holm     I-PERSON
,         punct     Holm       ,
the       det       president  DT
Swedish   amod      president  JJ   Swedish  NORP
president appos     Holm       NN
spoke     ROOT      -          VBD  speak
"""
BEFORE = """
The       det       president  DT
Swedish   amod      president  JJ   Swedish  NORP
president nsubj     spoke      NN
,         punct     president  ,
Ada       compound  Holm       NNP  Ada      PERSON
Holm      appos     president  NNP  Holm     I-PERSON
spoke     ROOT      -          VBD  speak
"""


@pytest.mark.parametrize(
    "table",
    [TITLE, OF_PHRASE, AFTER, BEFORE],
    ids=["title", "of", "apposition", "apposition before"],
)
def test_an_office_and_its_country_are_read_around_the_name(table: str) -> None:
    (person,) = found(parse(table))
    assert (person.name, person.roles, person.affiliation) == ("Ada Holm", ["president"], "Sweden")
    assert not person.is_spokesperson


def test_a_spokesperson_is_known_as_one() -> None:
    (person,) = found(parse(AFTER.replace("president", "spokeswoman")))
    assert person.is_spokesperson
    assert person.affiliation == "Sweden"


def test_the_longest_office_is_the_role() -> None:
    doc = parse("""
        foreign   amod      minister  JJ
        minister  compound  Holm      NN
        Ada       compound  Holm      NNP  Ada   PERSON
        Holm      nsubj     spoke     NNP  Holm  I-PERSON
        spoke     ROOT      -         VBD  speak
        """)
    assert [person.roles for person in found(doc)] == [["foreign minister"]]


@pytest.mark.parametrize(
    ("line", "gender"),
    [("Mr. Holm", "he"), ("Ms. Holm", "she"), ("Mrs. Holm", "she"), ("Holm", "")],
)
def test_a_title_tells_the_gender(line: str, gender: str) -> None:
    (person,) = found(mentions(line))
    assert person.gender == gender


@pytest.mark.parametrize(
    ("line", "gender"), [("Anna Holm", "she"), ("Peter Holm", "he"), ("Xq Holm", "")]
)
def test_a_first_name_may_tell_the_gender(line: str, gender: str) -> None:
    (person,) = found(mentions(line))
    assert person.gender == gender
