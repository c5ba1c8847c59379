"""Codebook files: what they may hold, and how broken ones are refused."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebooks import BASE, large_codebook, write_table, write_turtle
from graphkit.codebook import Concept
from graphkit.codebook_file import read_codebook
from graphkit.errors import CodebookError
from graphkit.resources import resource

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://x.example/> .\n"
CONCEPT = "a skos:Concept ; skos:prefLabel"


def write(folder: Path, content: str, name: str = "topics.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + content if name.endswith("ttl") else content, encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    """Return the lines of the refusal, without the path."""
    with pytest.raises(CodebookError) as error:
        read_codebook(path)
    return [line.removeprefix(str(path)) for line in str(error.value).split("\n")]


# --- what is read -------------------------------------------------------------------------------


def test_concepts_are_read_from_turtle_with_their_labels_and_sorted(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        f"""
        :b {CONCEPT} "pensions"@en , "Renten"@de .
        :a {CONCEPT} "early  pensions" ;
            skos:altLabel "retiring at 60", "early retirement" ; skos:broader :b .
        """,
        "topics.ttl",
    )
    assert read_codebook(path) == [
        Concept(
            "early pensions",
            ("early retirement", "retiring at 60"),
            ("pensions",),
            "https://x.example/a",
        ),
        Concept("pensions", ("Renten",), (), "https://x.example/b"),
    ]


@pytest.mark.parametrize(
    ("name", "mark"), [("t.csv", ","), ("t.csv", ";"), ("t.CSV", "\t"), ("t.tsv", "\t")]
)
def test_concepts_are_read_from_tables_with_any_separator(
    tmp_path: Path, name: str, mark: str
) -> None:
    rows = [
        ["\ufeffLabel", "Alternatives", "broader", "IRI", "note"],
        ["early pensions", "retiring at 60|early retirement", "Pensions", "", "since 1990"],
        ["pensions", "", "", "https://x.example/b", ""],
    ]
    path = write(tmp_path, "\r\n".join(mark.join(row) for row in rows), name)
    assert read_codebook(path) == [
        Concept("early pensions", ("early retirement", "retiring at 60"), ("pensions",)),
        Concept("pensions", (), (), "https://x.example/b"),
    ]


def test_a_broader_concept_may_be_told_by_its_id(tmp_path: Path) -> None:
    path = write(tmp_path, "label,broader,id\ncuts,https://x.example/b,\ntax,,https://x.example/b")
    assert read_codebook(path)[0].broader == ("tax",)


def test_a_concept_without_an_iri_has_none(tmp_path: Path) -> None:
    path = write(tmp_path, f'[] {CONCEPT} "tax" .', "topics.ttl")
    assert read_codebook(path) == [Concept("tax")]


def test_the_shipped_codebook_is_in_order() -> None:
    assert len(read_codebook(resource("data", "topics.ttl"))) > 5


@pytest.mark.parametrize("name", ["topics.csv", "topics.tsv", "topics.ttl"])
def test_a_codebook_of_200_concepts_and_1000_other_labels_is_read(
    tmp_path: Path, name: str
) -> None:
    concepts = large_codebook()
    write_it = write_turtle if name.endswith("ttl") else write_table
    write_it(tmp_path / name, concepts)

    assert read_codebook(tmp_path / name) == concepts
    assert (len(concepts), sum(len(one.alt_labels) for one in concepts)) == (200, 1000)


_marks = st.sampled_from(list("abcäßИ京 '\"\\,;\t#<>@.:-()"))
_labels = st.text(_marks, min_size=1, max_size=12).map(lambda text: " ".join(text.split()))


@st.composite
def codebooks(draw: st.DrawFn) -> list[Concept]:
    """Concepts whose labels all differ, each with a broader one before it or none."""
    labels = draw(st.lists(_labels.filter(bool), min_size=1, max_size=12, unique_by=str.casefold))
    cuts = sorted(draw(st.sets(st.integers(1, len(labels)))) | {len(labels)})
    concepts: list[Concept] = []
    start = 0
    for number, end in enumerate(cuts):
        label, *others = labels[start:end]
        above = draw(st.sampled_from([None, *concepts]))
        broader = (above.label,) if above else ()
        concepts.append(Concept(label, tuple(sorted(others)), broader, f"{BASE}{number}"))
        start = end
    return sorted(concepts, key=lambda concept: concept.label)


@settings(deadline=None)  # the first example loads the parser
@given(codebooks(), st.sampled_from(["t.csv", "t.tsv", "t.ttl"]), st.sampled_from(",;\t"))
def test_what_was_written_is_read(concepts: list[Concept], name: str, delimiter: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        if name == "t.ttl":
            write_turtle(path, concepts)
        else:
            write_table(path, concepts, delimiter)
        assert read_codebook(path) == concepts


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["label,alternativs", "tax,levy"],
            [":1: the column 'alternativs' is unknown; known are label, alternatives, broader, id"],
        ),
        (["label,label", "tax,levy"], [":1: the column 'label' is there twice"]),
        (["label,id", " ,https://x.example/a"], [":2: the label is empty, and every concept"]),
        (["label", "tax", "cuts", "Tax"], [":4: the label 'Tax' is used twice, first in line 2"]),
        (
            ["label,alternatives", "tax,levy", "duty,toll|Levy"],
            [":3: the alternative 'Levy' is that of another concept, too: line 2 ('tax')"],
        ),
        (
            ["label,alternatives", "tax,duty", "duty,"],
            [":2: the alternative 'duty' is that of another concept, too: line 3 ('duty')"],
        ),
        (
            ["label,broader", "tax,levies|money"],
            [
                ":2: the broader concept 'levies' is neither a label nor an id of this file",
                ":2: the broader concept 'money' is neither",
            ],
        ),
        (["label,broader", "tax,tax"], [":2: broader goes round in a circle: tax > tax"]),
        (
            ["label,broader", "a,b", "b,c|d", "c,a", "d,"],
            [":2: broader goes round in a circle: a > b > c > a"],
        ),
        (
            ["label,broader", "a,b", "b,a", "c,a", "d,e", "e,d"],
            [":2: broader goes round in a circle: a > b > a", ":5: broader goes round in a"],
        ),
        (["label,id", "tax,12"], [":2: the id '12' is no IRI; write one as https://"]),
        (
            ["label,id", "tax,https://x.example/a", "cuts,https://x.example/a"],
            [":3: the id https://x.example/a is used twice, first in line 2"],
        ),
        (["label,id", "tax,,x"], [":2: 3 fields, but the header has 2"]),
        (["label,id", '"tax,'], [":2: broken quotation marks"]),
        (["label"], [": no concept found"]),
        (["topic,other"], [":1: no codebook: the first line must name its columns, of label, alt"]),
        ([""], [":1: no codebook"]),
    ],
)
def test_a_broken_table_is_refused_with_the_line_of_each_mistake(
    tmp_path: Path, lines: list[str], expected: list[str]
) -> None:
    told = refusal(write(tmp_path, "\n".join(lines)))
    assert len(told) == len(expected)
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start)


def test_many_mistakes_are_counted_and_come_in_the_order_of_lines(tmp_path: Path) -> None:
    rows = ["tax,,x", *["tax,nowhere,"] * 7]
    told = refusal(write(tmp_path, "\n".join(["label,broader,id", *rows])))
    assert [line.split(":")[1] for line in told[:-1]] == list("2334455667")
    assert told[-1] == ": 5 more mistakes"


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        (":a a skos:Concept .", [":3: needs a skos:prefLabel in English or without a language"]),
        (f'\n:a {CONCEPT} "a", "b" .', [":4: needs exactly one skos:prefLabel, not 2"]),
        (f":a {CONCEPT} :b .", [":3: prefLabel is <https://x.example/b>, and must be a text"]),
        (f':a {CONCEPT} " " .', [":3: the label is empty"]),
        (
            f':a {CONCEPT} "a" ; skos:broader :nowhere .',
            [":3: the broader concept 'https://x.example/nowhere' is neither"],
        ),
        (
            f':a {CONCEPT} "a" ;\nskos:altLabel "y".\n:b {CONCEPT} "b" ;\n#"Y"\nskos:altLabel "Y".',
            [":7: the alternative 'Y' is that of another concept, too: line 4 ('a')"],
        ),
        (
            f'<https://x.example/a> {CONCEPT} "a" .\n:b\n {CONCEPT} "a" .',
            [":5: the label 'a' is used twice, first in line 3"],
        ),
        (
            f':a {CONCEPT} "a" ; skos:broader :b .\n:b {CONCEPT} "b" ; skos:broader :a .',
            [":3: broader goes round in a circle: a > b > a"],
        ),
        ("", [": no skos:Concept found"]),
        (':a skos:prefLabel "a" .', [": no skos:Concept found"]),
        (":a a skos:Concept ;; .\n:b :c", [":4: not valid Turtle"]),
        (":a skos:prefLabel unquoted .", [":3: not valid Turtle"]),
        (f'<not an iri> {CONCEPT} "a" .', [":3: not valid Turtle"]),
    ],
)
def test_broken_turtle_is_refused_with_the_line_of_each_mistake(
    tmp_path: Path, turtle: str, expected: list[str]
) -> None:
    told = refusal(write(tmp_path, turtle, "topics.ttl"))
    assert len(told) == len(expected)
    for line, start in zip(told, expected, strict=True):
        assert line.startswith(start)


def test_where_the_line_is_unsure_the_iri_is_the_place(tmp_path: Path) -> None:
    twice = f':b {CONCEPT} "b" . :a a skos:Concept .\n'
    assert refusal(write(tmp_path, twice, "topics.ttl"))[0].startswith(": https://x.example/a: ")
    twice = f":a a skos:Concept .\n:a {CONCEPT} 'a', 'b' .\n"
    assert refusal(write(tmp_path, twice, "topics.ttl"))[0].startswith(": https://x.example/a: ")


@pytest.mark.parametrize("name", ["topics.csv", "topics.ttl"])
def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"label\n\xff\xfe\x00\x01")
    assert refusal(path) == [":2: not UTF-8; save the file as such"]


@pytest.mark.parametrize("name", ["missing.ttl", "missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    (line,) = refusal(path)
    assert line.startswith(f"The codebook {path} cannot be read: ")
