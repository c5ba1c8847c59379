"""``graphkit import``: what coders made is stored and explained; bad files change nothing."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coded import make_database, write_dna
from dna_file import make_dna
from example import make_store
from graphkit.cli import cli
from graphkit.codebook import Concept
from graphkit.dna.reading import read_dna
from graphkit.export.tables import write_jsonl
from graphkit.store import Store

ROWS = [
    ("Ida", "Pilots", "more tugs", True),
    ("", "Port", "more tugs", False),
    ("", "Norway", "", True),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return write_dna(make_database(ROWS), tmp_path / "harbour.dna")


def run(*arguments: object, store: Path, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [*map(str, arguments), "-s", str(store)])
    assert result.exit_code == code, result.output
    return result


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_database_is_imported_and_its_roles_are_told(store: Path, database: Path) -> None:
    told = run("import", database, store=store).stderr
    assert (
        "'DNA Statement': actor is person or else organization, topic is concept, stance is "
        "agreement (1 supports, 0 opposes)" in told
    )
    assert "1 coding without an actor or a topic: kept for a .dna export" in told
    assert "1 article imported, 0 unchanged, 0 failed; 2 statements" in told
    assert "1 topic new in the codebook" in told


def test_a_second_import_finds_all_unchanged(store: Path, database: Path) -> None:
    run("import", database, store=store)
    told = run("import", database, store=store).stderr
    assert "0 articles imported, 1 unchanged, 0 failed; 0 statements" in told


def test_look_ups_know_what_was_coded(store: Path, database: Path) -> None:
    run("import", database, store=store)
    assert "Ida" in run("topic", "more tugs", store=store).stdout
    assert "speaker of Pilots" in run("actor", "Ida", store=store).stdout
    assert "harbour-1" in run("article", "harbour-1", store=store).stdout
    assert "nothing is wrong" in run("check", "--shacl", store=store).output
    with Store.open(store, read_only=True) as opened:
        one = opened.statements(actor="Ida")[0]
    told = " ".join(run("explain", one.id, store=store).stdout.split())
    assert "rule coded" in told
    assert "coded by Ida" in told
    assert "origin imported from harbour.dna" in told
    assert (one.confidence, one.affiliation, one.actor_type) == (1.0, "Pilots", "person")
    assert one.date is not None
    assert one.date.isoformat() == "2023-05-02"


def test_variables_can_be_named(store: Path, tmp_path: Path) -> None:
    path = make_dna(tmp_path / "tugs.dna")
    run(
        *("import", path, "--actor", "group", "--topic", "demand", "--stance", "force"),
        store=store,
    )
    with Store.open(store, read_only=True) as opened:
        found = {(one.actor, one.topic, one.stance, one.evidence) for one in opened.statements()}
    assert found == {
        ("Pilots", "more tugs", "supports", "Pilots want tugs. "),
        ('Port "Authority"; Ltd', "more tugs", "opposes", "The port says tugs cost too much."),
    }


def test_variables_that_are_none_are_told_with_those_that_are(store: Path, tmp_path: Path) -> None:
    path = make_dna(tmp_path / "tugs.dna")
    told = run("import", path, store=store, code=1).stderr
    assert told.count("\n") == 1
    assert "no statements with variables for actor (person or organization)" in told
    assert "group (short text), demand (short text), agrees (boolean), force (integer)" in told
    assert not store.exists()


def test_values_of_the_stance_can_be_named(store: Path, tmp_path: Path) -> None:
    path = make_dna(tmp_path / "tugs.dna", ["UPDATE DATAINTEGER SET Value = ID"])
    names = ("import", path, "--actor", "group", "--topic", "demand", "--stance", "force")
    told = run(*names, store=store, code=1).stderr
    assert "'force' has the values 1, 2, 3, and none is below 0: say what they mean" in told
    run(*names, "--stance-value", "1=supports", "--stance-value", "2=ambivalent", store=store)
    with Store.open(store, read_only=True) as opened:
        assert [one.stance for one in opened.statements()] == ["supports", "ambivalent"]
    told = run(*names, "--stance-value", "1=yes", store=store, code=2).stderr
    assert "'1=yes' is not VALUE= and one of supports, opposes, ambivalent." in told


def test_the_network_of_a_database_is_exported(store: Path, database: Path, tmp_path: Path) -> None:
    run("import", database, "--actor", "organization", store=store)
    target = tmp_path / "matrix.csv"
    run("export", "--mode", "two", "--aggregate", "subtract", "-o", target, store=store)
    with target.open(encoding="utf-8", newline="") as stream:
        assert [*csv.reader(stream)] == [["actor", "more tugs"], ["Pilots", "1"], ["Port", "-1"]]


def test_articles_can_be_added_beside_it(store: Path, database: Path) -> None:
    run("import", database, store=store)
    with Store.open(store) as opened, make_store() as other:
        opened.add(other.extraction("herald-1"))
        assert [finding.text for finding in opened.find_faults()] == []
    assert "nothing is wrong" in run("check", store=store).output


def test_articles_that_were_extracted_are_not_replaced_unasked(store: Path, tmp_path: Path) -> None:
    with make_store(store) as opened:
        before = opened.statements()
    path = table(
        tmp_path / "coded.csv",
        "article,actor,stance,topic,evidence\n"
        "brief,Norland,opposes,free trams,Norland promised to pay for free trams.\n",
    )
    told = run("import", path, store=store, code=1).stderr
    assert "the article 'brief' was extracted by graphkit; --overwrite replaces it" in told
    with Store.open(store, read_only=True) as opened:
        assert opened.statements() == before
    run("import", path, "--overwrite", "--coder", "Ida", store=store)
    with Store.open(store, read_only=True) as opened:
        (found,) = opened.statements(article="brief")
        assert (found.stance, found.start, found.actor_type) == ("opposes", 38, "country")
        assert "Some shopkeepers rejected" in opened.article("brief").text


def test_topics_of_the_codebook_are_known(store: Path, database: Path) -> None:
    with Store.open(store) as opened:
        opened.add_concepts([Concept("More Tugs", alt_labels=("tugs",))])
    assert "codebook" not in run("import", database, store=store).stderr
    with Store.open(store, read_only=True) as opened:
        assert {one.topic for one in opened.statements()} == {"More Tugs"}


def test_the_codebook_can_be_left_alone(store: Path, database: Path) -> None:
    told = run("import", database, "--no-codebook", store=store).stderr
    assert "codebook" not in told
    with Store.open(store, read_only=True) as opened:
        assert opened.concepts() == []


def test_a_wrong_file_does_not_stop_the_others(store: Path, database: Path, tmp_path: Path) -> None:
    result = run("import", tmp_path / "none.dna", database, store=store, code=1)
    assert "none.dna: No such file" in result.stderr
    assert "1 article imported" in result.stderr


def test_what_another_store_holds_is_imported(store: Path, database: Path, tmp_path: Path) -> None:
    other, dump = tmp_path / "other.db", tmp_path / "all.ttl"
    run("import", database, store=other)
    run("export", "-o", dump, store=other)
    told = run("import", dump, store=store).stderr
    assert told == "1 article imported, 0 unchanged, 1 topic of the codebook\n"
    assert "0 articles imported, 1 unchanged\n" in run("import", dump, store=store).stderr
    for name, place in (("one.dna", store), ("other.dna", other)):
        run("export", "-o", tmp_path / name, store=place)
    assert (tmp_path / "one.dna").read_bytes() == (tmp_path / "other.dna").read_bytes()


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file or directory."), ("hello", "not N-Quads: ")]
)
def test_a_wrong_dump_makes_no_store(
    content: str | None, reason: str, store: Path, database: Path, tmp_path: Path
) -> None:
    dump = tmp_path / "all.nq"
    if content:
        dump.write_text(content, encoding="utf-8")
    assert reason in run("import", dump, store=store, code=1).stderr
    assert sorted(one.name for one in tmp_path.iterdir() if one != dump) == ["harbour.dna"]
    told = run("import", dump, database, store=store, code=1).stderr
    assert reason in told
    assert "1 article imported" in told


def test_a_store_in_use_ends_an_import(store: Path, tmp_path: Path) -> None:
    dumps = [table(tmp_path / name, "hello") for name in ("one.nq", "two.nq")]
    with Store.open(store):
        told = run("import", *dumps, store=store, code=1).stderr
    assert told.count("\n") == 1
    assert "is already open in this process" in told


@pytest.mark.parametrize(
    ("name", "option", "endings"),
    [
        ("all.nq.gz", ["--overwrite"], ".dna, .csv, .tsv, .jsonl, .ndjson"),
        ("all.ttl", ["--stance-value", "1=supports"], ".dna, .csv, .tsv, .jsonl, .ndjson"),
        ("all.dna", ["--coder", "Ida"], ".csv, .tsv, .jsonl, .ndjson"),
    ],
)
def test_options_that_say_nothing_of_a_file_are_refused(
    name: str, option: list[str], endings: str, store: Path
) -> None:
    told = run("import", name, *option, store=store, code=2).stderr
    assert f"{option[0]} is for {endings} files." in told


@pytest.mark.parametrize("name", ["net.pdf", "net", "net.gexf"])
def test_another_ending_is_refused_with_those_that_are_possible(
    name: str, store: Path, tmp_path: Path
) -> None:
    told = run("import", tmp_path / name, store=store, code=1).stderr
    assert told.count("\n") == 1
    assert "cannot be imported; these can: .dna, .csv, .tsv, .jsonl, .ndjson" in told
    assert not store.exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE STATEMENTS SET Stop = 99 WHERE ID = 2", "STATEMENTS 2: 22 to 99 is not in the"),
        ("UPDATE STATEMENTS SET Start = -1 WHERE ID = 1", "STATEMENTS 1: -1 to 22 is not in the"),
        ("UPDATE STATEMENTS SET Stop = 4 WHERE ID = 1", "STATEMENTS 1: 4 to 4 is not in the text"),
        ("UPDATE DOCUMENTS SET Date = 1 << 60 WHERE ID = 2", "DOCUMENTS 2: "),
        ("UPDATE CODERS SET Name = x'ff' WHERE ID = 1", "CODERS 1: b'\\xff' is no text"),
        ("DROP TABLE ENTITIES", "without the table ENTITIES"),
        ("ALTER TABLE STATEMENTS RENAME COLUMN Stop TO Halt", "no such column: Stop"),
        ("UPDATE SETTINGS SET Value = '2.0'", "made by DNA 2.0"),
    ],
)
def test_a_broken_database_changes_nothing(
    change: str, told: str, store: Path, database: Path, tmp_path: Path
) -> None:
    run("import", database, store=store)
    before = run("export", "-o", "-", "-f", "nq", store=store).stdout
    path = make_dna(tmp_path / "broken.dna", [change])
    names = ("--actor", "group", "--topic", "demand", "--stance", "agrees")
    result = run("import", path, *names, store=store, code=1)
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
    assert run("export", "-o", "-", "-f", "nq", store=store).stdout == before


def test_a_child_of_itself_is_refused(store: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE ENTITIES SET ChildOf = 3 WHERE ID = 2")
        connection.execute("UPDATE ENTITIES SET ChildOf = 2 WHERE ID = 3")
        connection.commit()
    told = run("import", database, store=store, code=1).stderr
    assert "ENTITIES 2: it is a child of itself" in told


def test_documents_without_a_date_have_none(store: Path, tmp_path: Path) -> None:
    path = make_dna(tmp_path / "tugs.dna", ["UPDATE DOCUMENTS SET Date = NULL"])
    run("import", path, "--actor", "group", "--topic", "demand", "--stance", "agrees", store=store)
    with Store.open(store, read_only=True) as opened:
        assert {one.date for one in opened.statements()} == {None}
    target = tmp_path / "again.dna"
    told = run("export", "-o", target, store=store).stderr
    assert "2 documents without a date stand at 1970-01-01" in told
    assert "DNA asks for a coder and a password: Admin, 'graphkit'" in told
    other = tmp_path / "other.db"
    run(
        "import", target, "--actor", "group", "--topic", "demand", "--stance", "agrees", store=other
    )
    with Store.open(other, read_only=True) as opened:
        assert {one.date for one in opened.articles()} == {None}


def test_a_database_is_exported_only_as_a_whole(store: Path, database: Path) -> None:
    run("import", database, store=store)
    told = run("export", "-o", "x.dna", "--since", "2024", store=store, code=2).stderr
    assert "A dna file holds the whole store" in told


def test_a_failed_export_leaves_the_file_that_was_there(
    store: Path, database: Path, tmp_path: Path
) -> None:
    run("import", database, store=store)
    target = tmp_path / "kept.dna"
    shutil.copy(database, target)
    before = target.read_bytes()
    run("export", "-o", target, "-s", tmp_path / "none.db", store=tmp_path / "none.db", code=1)
    assert target.read_bytes() == before
    run("export", "-o", target, store=store)
    assert len(read_dna(target).statements) == 3


# --- tables -------------------------------------------------------------------------------------


def test_a_table_of_a_spreadsheet_is_imported(store: Path, tmp_path: Path) -> None:
    path = table(
        tmp_path / "coded.csv",
        "\ufeffActor;Stance;Topic;Date;Source;Evidence;Remark\n"
        'Pilots;pro;more tugs;2023-05-02;The Quay;"Pilots want\n""tugs"".";x\n'
        "Port;con;more tugs;2023-05-03;The Quay;Tugs cost too much.;\n",
    )
    values = ("--stance-value", "pro=supports", "--stance-value", "con=opposes")
    told = run("import", path, *values, "--coder", "Ida", store=store).stderr
    assert "left out, since nothing here is called so: 'remark'" in told
    assert "taken for organizations, for want of a column actor_type: 'Pilots', 'Port'" in told
    assert "2 articles without a text: made of what is quoted" in told
    with Store.open(store, read_only=True) as opened:
        first, second = opened.statements()
        assert opened.article(first.article).source == "The Quay"
    assert (first.evidence, first.quote) == ('Pilots want\n"tugs".', "direct")
    assert (second.stance, second.rule, second.confidence) == ("opposes", "coded", 1.0)
    assert "coded by    Ida" in run("explain", first.id, store=store).stdout
    assert "nothing is wrong" in run("check", store=store).output
    told = run("import", path, *values, "--coder", "Ida", store=store).stderr
    assert "0 articles imported, 2 unchanged, 0 failed" in told


def test_wrong_rows_are_named_and_the_others_used(store: Path, tmp_path: Path) -> None:
    path = table(
        tmp_path / "coded.csv",
        "actor,stance,topic,date,evidence\n"
        "A,pro,tugs,2023-05-02,Yes.\n"
        ",supports,tugs,2023-05-02,Yes.\n"
        "A,supports,,2023-05-02,Yes.\n"
        "A,supports,tugs,02/05/2023,Yes.\n"
        "A,supports,tugs,2023-05-02,\n"
        "A,supports,tugs,2023-05-02,Yes.,more\n"
        '"A,supports,tugs,2023-05-02,Yes.\n'
        "A,supports,tugs,2023-05-02,Yes.\n",
    )
    result = run("import", path, store=store, code=1)
    lines = result.stderr.splitlines()
    for number, told in enumerate(
        (
            ":2: the stance 'pro' is unknown; say what it means with --stance-value pro=supports",
            ":3: no actor",
            ":4: no topic",
            ":5: date is '02/05/2023', not of the form 2024-02-26",
            ":6: no evidence",
            ":7: 6 fields, but the header has 5",
            ":8: broken quotation marks",
        )
    ):
        assert f"{path}{told}" in lines[number]
    assert "1 article imported, 0 unchanged, 7 failed; 1 statement" in result.stderr


@pytest.mark.parametrize("name", ["empty.jsonl", "header.csv"])
def test_a_table_without_rows_is_told(name: str, store: Path, tmp_path: Path) -> None:
    text = "actor,stance,topic,evidence\n" if name == "header.csv" else ""
    path = table(tmp_path / name, text)
    assert f"{path}: nothing to import" in run("import", path, store=store, code=1).stderr
    assert not store.exists()


def test_a_missing_column_is_told(store: Path, tmp_path: Path) -> None:
    path = table(tmp_path / "coded.csv", "who,stance,topic,evidence\nA,supports,tugs,Yes.\n")
    told = run("import", path, store=store, code=1).stderr
    assert f"{path}:1: no column 'actor'; there are who, stance, topic, evidence" in told
    run("import", path, "--actor", "who", store=store)
    assert not run("import", path, "--topic", "what", store=store, code=1).stdout


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_what_is_exported_is_imported_with_the_same_statements(
    format: str, store: Path, tmp_path: Path
) -> None:
    source = tmp_path / "debate.db"
    with make_store(source) as opened:
        before = opened.statements()
    exported = tmp_path / f"statements.{format}"
    run("export", "-o", exported, store=source)
    told = run("import", exported, store=store).stderr
    assert "3 articles imported" in told
    with Store.open(store, read_only=True) as opened:
        assert opened.statements() == before
    assert "nothing is wrong" in run("check", store=store).output
    assert "0 articles imported, 3 unchanged" in run("import", exported, store=source).stderr
    again = tmp_path / f"again.{format}"
    run("export", "-o", again, store=store)
    assert again.read_bytes() == exported.read_bytes()


def test_places_that_are_none_are_told(store: Path, tmp_path: Path) -> None:
    with make_store() as opened:
        rows = [one.to_json() for one in opened.statements(article="brief")]
    rows[0] |= {"start": 10**9, "end": 10**9 + 37}
    rows[1] |= {"actor_span": [0, 400]}
    rows += [{**rows[1], "actor_span": None, "id": "one more", "start": "a"}, ["no", "row"]]
    text = "\n".join(map(json.dumps, rows)) + '\n{"actor": \n'
    path = table(tmp_path / "rows.jsonl", text)
    told = run("import", path, store=store, code=1).stderr
    assert f"{path}:1: the evidence is not what article 'brief' has at 1000000000" in told
    assert f"{path}:2: actor_span 0 to 400 is not in the text" in told
    assert f"{path}:3: 'a' is no place in a text" in told
    assert f"{path}:4: not a JSON object" in told
    assert f"{path}:5: not JSON: " in told
    assert not store.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ('"start": [], "end": {}', "[] is no place in a text, which is a whole number"),
        ('"start": {}, "end": 4', "{} is no place in a text, which is a whole number"),
        ('"start": 0, "end": 4, "actor_span": [0, 1e400]', "actor_span is [0, inf], not a start"),
        (f'"confidence": 1{"0" * 400}', "not a number from 0 to 1"),
        ('"confidence": [1]', "confidence is [1], not a number from 0 to 1"),
        ('"text": ["A"]', "text is ['A'], not a text"),
        ('"actor_type": {}', "actor_type is {}, not a text"),
    ],
)
def test_fields_of_strange_types_are_told(
    fields: str, told: str, store: Path, tmp_path: Path
) -> None:
    row = '{"actor": "A", "stance": "supports", "topic": "tugs", "evidence": "Yes.", '
    path = table(tmp_path / "rows.jsonl", f"{row}{fields}}}\n")
    assert told in run("import", path, store=store, code=1).stderr.splitlines()[0]


def test_ids_are_not_taken_from_other_articles(store: Path, tmp_path: Path) -> None:
    with make_store(store) as opened:
        one = opened.statements(article="brief")[0]
    path = tmp_path / "rows.jsonl"
    row = {**one.to_json(), "article": "another"}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    told = run("import", path, store=store, code=1).stderr
    assert f"{path}:1: the id {one.id} is that of a statement of article 'brief'" in told


def test_equal_rows_count_once_and_others_with_their_id_not_at_all(
    store: Path, tmp_path: Path
) -> None:
    with make_store() as opened:
        one = opened.statements(article="brief")[0]
    path = tmp_path / "rows.jsonl"
    with path.open("wb") as stream:
        write_jsonl([one, one], stream)
        stream.write(json.dumps({**one.to_json(), "stance": "supports"}).encode())
    told = run("import", path, store=store, code=1).stderr
    assert f"{path}:3: the id {one.id} is that of {path}:1" in told
    with Store.open(store, read_only=True) as opened:
        assert opened.statements() == [one]
