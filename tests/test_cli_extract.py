"""``graphkit extract``: every format, every input, and what it says about bad articles."""

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner, Result

from graphkit.cli import cli
from graphkit.statement import STATEMENT_FIELDS, Statement

TEXT = "Poland rejected sending ground troops to Ukraine.\n"
ARTICLE = f"---\ntitle: Troops\ndate: 2024-02-26\n---\n\n{TEXT}"


def extract(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["extract", *map(str, args)], input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "troops.md"
    path.write_text(ARTICLE)
    return path


def test_json_lines_hold_exactly_the_fields_of_a_statement(article: Path) -> None:
    result = extract(article, "-f", "jsonl")

    (row,) = map(json.loads, result.stdout.splitlines())
    assert tuple(row) == STATEMENT_FIELDS
    assert Statement.from_json(row).to_json() == row
    assert (row["article"], row["date"]) == ("troops", "2024-02-26")
    assert (row["actor"], row["stance"]) == ("Poland", "opposes")
    assert TEXT[row["start"] : row["end"]] == row["evidence"]
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_pipe_gets_json_lines_without_being_asked(article: Path) -> None:
    assert extract(article).stdout == extract(article, "-f", "jsonl").stdout


def test_csv_holds_the_same_values_with_spans_as_start_and_end(article: Path) -> None:
    (row,) = map(json.loads, extract(article).stdout.splitlines())

    (line,) = csv.DictReader(io.StringIO(extract(article, "-f", "csv").stdout, newline=""))

    assert tuple(line) == STATEMENT_FIELDS
    assert line["evidence"] == row["evidence"]
    assert line["cue_span"] == "{}:{}".format(*row["cue_span"])


def test_the_table_is_for_people(article: Path) -> None:
    text = extract(article, "-f", "table").stdout

    assert "Poland" in text
    assert "opposes" in text
    assert '"id"' not in text


def test_a_lexicon_adds_to_the_shipped_one(tmp_path: Path) -> None:
    lexicon = tmp_path / "mine.toml"
    lexicon.write_text('[verbs.reject]\nentries = ["nix"]\nremove = ["veto"]')
    text = "Poland nixed the treaty. Spain vetoed the treaty. Norway rejected the treaty."

    result = extract("-", "--lexicon", lexicon, stdin=text)

    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["actor"], row["stance"]) for row in rows] == [
        ("Poland", "opposes"),
        ("Norway", "opposes"),
    ]


def test_a_gazetteer_names_actors_and_whom_they_speak_for(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "name,aliases,affiliation,from\nJane Roe,Iron Jane,HP,2024-01-01"
    )
    (tmp_path / "parties.tsv").write_text("name\taliases\nHarbour Party\tHP")
    files = ("--gazetteer", tmp_path / "people.csv", "--gazetteer", tmp_path / "parties.tsv")
    text = "Iron Jane rejected the bridge toll.\n"

    early = extract("-", *files, "--date", "2023-12-31", stdin=text)
    late = extract("-", *files, "--date", "2024-01-01", stdin=text)

    rows = [json.loads(result.stdout) for result in (early, late)]
    assert [row["actor"] for row in rows] == ["Jane Roe"] * 2
    assert [row["affiliation"] for row in rows] == ["", "Harbour Party"]


@pytest.mark.parametrize(
    ("format", "parser"),
    [("ttl", pyoxigraph.RdfFormat.TURTLE), ("trig", pyoxigraph.RdfFormat.TRIG)],
)
def test_rdf_has_the_plain_triple(article: Path, format: str, parser: pyoxigraph.RdfFormat) -> None:
    quads = pyoxigraph.parse(extract(article, "-f", format).stdout.encode(), parser)

    opposed = [q.subject.value for q in quads if q.predicate.value.endswith("ns#opposes")]
    assert len(opposed) == 1
    assert opposed[0].endswith("/Poland")


def test_the_ending_of_the_output_file_is_its_format(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"

    result = extract(article, "-o", output)

    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text().startswith("id,article,date,")


def test_standard_input_is_read_as_text_and_as_json_lines() -> None:
    text = extract("-", stdin=TEXT)
    lines = extract("-", stdin=json.dumps({"id": "a1", "text": TEXT}))

    assert json.loads(text.stdout)["article"].startswith("stdin-")
    assert json.loads(lines.stdout)["article"] == "a1"


def test_the_date_option_dates_only_what_has_no_date(article: Path, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text(TEXT)

    result = extract(tmp_path, "--date", "2024-03-01")

    dates = {row["article"]: row["date"] for row in map(json.loads, result.stdout.splitlines())}
    assert dates == {"troops": "2024-02-26", "undated": "2024-03-01"}


def test_a_codebook_gives_the_topic_its_label(article: Path, tmp_path: Path) -> None:
    codebook = tmp_path / "topics.ttl"
    codebook.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/t> a skos:Concept ; skos:prefLabel 'ground troops in Ukraine' ;"
        " skos:altLabel 'sending ground troops to Ukraine' ."
    )

    result = extract(article, "--codebook", codebook)

    assert json.loads(result.stdout)["topic"] == "ground troops in Ukraine"


def test_a_codebook_may_be_a_table(article: Path, tmp_path: Path) -> None:
    codebook = tmp_path / "topics.csv"
    codebook.write_text("label;alternatives\nground troops;sending ground troops to Ukraine\n")

    result = extract(article, "--codebook", codebook)

    assert json.loads(result.stdout)["topic"] == "ground troops"


class TestAttributions:
    SAID = 'The plan is "a mistake," said Robert Fico, the prime minister of Slovakia.\n'

    def test_json_lines_hold_offsets_of_the_contract(self) -> None:
        result = extract("--attributions", "-f", "jsonl", "-", stdin=self.SAID)

        rows = [json.loads(line) for line in result.stdout.splitlines()]
        (row,) = (row for row in rows if self.SAID[slice(*row["cue"])] == "said")
        assert list(row) == ["article", "source", "cue", "content", "speaker", "quote"]
        assert "Robert Fico" in self.SAID[slice(*row["source"])]
        assert "a mistake" in self.SAID[slice(*row["content"])]
        assert row["speaker"] == "Robert Fico"

    def test_csv_writes_offsets_and_the_table_words(self) -> None:
        lines = extract("--attributions", "-f", "csv", "-", stdin=self.SAID).stdout
        table = extract("--attributions", "-f", "table", "-", stdin=self.SAID).stdout

        cues = [row["cue"] for row in csv.DictReader(io.StringIO(lines, newline=""))]
        start = self.SAID.index("said")
        assert f"{start}:{start + 4}" in cues
        assert "said" in table

    def test_there_is_no_rdf_of_attributions(self) -> None:
        result = extract("--attributions", "-f", "ttl", "-", stdin=self.SAID)

        assert result.exit_code == 2
        assert "--attributions has no form in ttl" in result.stderr


class TestBadInput:
    def test_one_bad_article_is_one_line_and_needs_no_model(self, tmp_path: Path) -> None:
        result = extract(tmp_path / "missing.txt", "--model", "no_such_model")

        assert result.exit_code == 1
        assert result.stdout == ""
        assert result.stderr == f"graphkit: {tmp_path}/missing.txt: no such file or folder\n"

    def test_the_others_are_extracted_and_the_bad_ones_named(
        self, article: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "empty.txt").write_text("")
        (tmp_path / "latin.txt").write_bytes(b"na\xefve")

        result = extract(tmp_path)

        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 1
        assert [line.split(": ", 2)[2] for line in result.stderr.splitlines()] == [
            "the file is empty",
            "not UTF-8: byte 0xef at offset 2; save it as UTF-8",
        ]

    def test_nothing_to_read_leaves_the_output_file_alone(self, tmp_path: Path) -> None:
        output = tmp_path / "out.csv"
        output.write_text("what I had")

        assert extract(tmp_path / "missing.txt", "-o", output).exit_code == 1
        assert output.read_text() == "what I had"

    def test_a_model_that_is_not_there_is_one_line(self, article: Path) -> None:
        result = extract(article, "--model", "no_such_model")

        assert result.exit_code == 1
        assert result.stderr.startswith("graphkit: No spaCy pipeline 'no_such_model'")
        assert result.stderr.count("\n") == 1

    def test_a_codebook_that_is_no_turtle_is_named_with_its_line(self, article: Path) -> None:
        result = extract(article, "--codebook", article)

        assert result.exit_code == 1
        assert result.stderr.startswith(f"graphkit: {article}:")

    def test_a_broken_table_of_topics_is_refused_with_each_line(
        self, article: Path, tmp_path: Path
    ) -> None:
        codebook = tmp_path / "topics.csv"
        codebook.write_text("label,broader\ntroops,\ntroops,\n,troops\n")

        result = extract(article, "--codebook", codebook)

        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"graphkit: {codebook}:3: the label 'troops' is used twice")
        assert f"\n{codebook}:4: the label is empty" in result.stderr

    def test_wrong_lines_of_a_gazetteer_are_told_and_the_rest_is_used(
        self, article: Path, tmp_path: Path
    ) -> None:
        gazetteer = tmp_path / "mine.csv"
        gazetteer.write_text("name,type\nTHW,robot\n,person\nPolish Government,\nPoland,group")

        result = extract(article, "--gazetteer", gazetteer)

        assert result.exit_code == 1
        assert json.loads(result.stdout)["actor_type"] == "group"
        assert [line.split(" ")[1] for line in result.stderr.splitlines()] == [
            f"{gazetteer}:2:",
            f"{gazetteer}:3:",
        ]

    @pytest.mark.parametrize("name", ["mine.csv", "mine.ttl"])
    def test_what_is_no_gazetteer_is_one_line(
        self, article: Path, tmp_path: Path, name: str
    ) -> None:
        (tmp_path / name).write_text("Poland\n")

        result = extract(article, "--gazetteer", tmp_path / name)

        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"graphkit: {tmp_path / name}:1: no")
        assert result.stderr.count("\n") == 1

    def test_a_mistake_in_a_lexicon_is_one_line_with_its_place(
        self, article: Path, tmp_path: Path
    ) -> None:
        lexicon = tmp_path / "mine.toml"
        lexicon.write_text('[verbs.reject]\nstance = "oppose"')

        result = extract(article, "--lexicon", lexicon)

        assert result.exit_code == 1
        assert result.stderr.startswith(f"graphkit: {lexicon}:2: [verbs.reject] stance must be one")
        assert result.stderr.count("\n") == 1

    @pytest.mark.parametrize("args", [[], ["a.txt", "-f", "xml"], ["a.txt", "--date", "soon"]])
    def test_wrong_usage(self, args: list[str]) -> None:
        assert extract(*args).exit_code == 2
