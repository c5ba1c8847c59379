"""``--jobs``: several processes give what one gives, and end as one does."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from graphkit import parallel
from graphkit.article import Article
from graphkit.cli import cli
from graphkit.errors import ArticleError, GraphkitError
from graphkit.extract import Extractor
from graphkit.parallel import Crew, load_extractors
from graphkit.store import Store

DATA = Path(__file__).resolve().parents[1] / "data"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, [*map(str, args)])


def articles(number: int) -> list[Article]:
    countries = ("Poland", "France", "Spain", "Italy", "Sweden")
    return [
        Article(id=f"a{i}", text=f"{countries[i % 5]} rejected sending ground troops to Ukraine.")
        for i in range(number)
    ]


def json_lines(some: list[Article]) -> str:
    return "\n".join(json.dumps({"id": one.id, "text": one.text}) for one in some)


def start(*command: str) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


@pytest.fixture
def extracting(tmp_path: Path) -> subprocess.Popen[bytes]:
    """Start two jobs on more articles than they get through; return once the first are done."""
    (tmp_path / "many.jsonl").write_text(json_lines(articles(5000)))
    process = start("-m", "graphkit", "extract", str(tmp_path / "many.jsonl"), "--jobs", "2")
    assert process.stdout
    assert process.stdout.readline()
    return process


def test_the_sample_comes_out_the_same_to_the_byte() -> None:
    command = ["extract", DATA / "sample", "--codebook", DATA / "topics.ttl", "-f", "jsonl"]

    one, two = run(*command), run(*command, "--jobs", 2)

    assert two.exit_code == 0
    assert two.stderr == ""
    assert len(two.stdout_bytes.splitlines()) > 50
    assert two.stdout_bytes == one.stdout_bytes


def test_a_gazetteer_is_known_to_every_process(tmp_path: Path) -> None:
    people, parties = tmp_path / "people.csv", tmp_path / "parties.csv"
    people.write_text(
        "name,type,aliases,affiliation,from\nJane Roe,person,Iron Jane,CP,2024-01-01\n,person,,,"
    )
    parties.write_text("name,type,aliases\nCanal Party,organization,CP\n")
    article = {"text": "Iron Jane rejected the bridge toll. The CP condemned it.", "date": ""}
    lines = [article | {"id": f"a{n}", "date": f"202{3 + n % 2}-05-05"} for n in range(20)]
    (tmp_path / "some.jsonl").write_text("\n".join(map(json.dumps, lines)))
    command = ["extract", tmp_path / "some.jsonl", "-f", "jsonl"]
    command += ["--gazetteer", people, "--gazetteer", parties]

    one, two = run(*command), run(*command, "--jobs", 2)

    assert two.stdout_bytes == one.stdout_bytes
    assert (
        two.stderr
        == one.stderr
        == f"graphkit: {people}:3: the name is empty, and every entry needs one\n"
    )
    assert (one.exit_code, two.exit_code) == (1, 1)  # for the line that is wrong
    found = [json.loads(line) for line in two.stdout.splitlines()]
    assert {row["actor"] for row in found} == {"Jane Roe", "Canal Party"}
    assert {row["affiliation"] for row in found if row["actor"] == "Jane Roe"} == {
        "",
        "Canal Party",
    }


def test_the_store_holds_the_same(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "some.jsonl").write_text(json_lines(articles(9)))

    result = run("add", tmp_path / "some.jsonl", "-s", tmp_path / "store", "--jobs", 2)

    assert result.exit_code == 0
    statements = [found for one in extractor.pipe(articles(9)) for found in one.statements]
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert sorted(one.id for one in store.articles()) == [f"a{i}" for i in range(9)]
        assert sorted(store.statements(), key=repr) == sorted(statements, key=repr)


def test_all_comes_in_order_up_to_an_error(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 2)
    many = articles(30)
    too_long = Article(id="long", text="x" * 1_000_001)  # for spaCy's parser
    extractions = load_extractors(2).pipe([*many, too_long, *many])

    before = [next(extractions) for _ in many]
    with pytest.raises(ValueError, match="E088") as error:
        next(extractions)

    assert [extraction.article for extraction in before] == many
    assert before == list(extractor.pipe(many))
    assert "extractor.pipe" in error.value.__notes__[0]  # where it happened


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_article_that_cannot_be_extracted_is_named_and_the_others_go_on(
    jobs: int, extractor: Extractor
) -> None:
    many = articles(10)
    number: Any = 7  # no id, which makes the extraction fail as well as a defect of ours
    bad = replace(many[0], id=number)
    crew = extractor if jobs == 1 else load_extractors(jobs)
    problems: list[ArticleError] = []

    found = list(crew.pipe([*many, bad, *many], problems.append))

    assert [one.article for one in found] == many + many
    (problem,) = problems
    assert str(problem).startswith("7: the extraction failed, please report it: ")
    with pytest.raises((AttributeError, TypeError)):
        list(extractor.pipe([bad]))


def test_articles_are_read_no_further_than_needed_and_a_killed_process_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "CHUNK_SIZE", 1)
    source = iter(articles(50))
    crew = load_extractors(2)
    assert isinstance(crew, Crew)
    extractions = crew.pipe(source)

    next(extractions)
    assert source.__length_hint__() == 50 - 2 * parallel.CHUNKS_UNDER_WAY

    for process in crew.workers.values():
        process.kill()
    with pytest.raises(GraphkitError, match="has ended by itself"):
        list(extractions)


def test_what_fails_with_two_jobs_says_what_it_says_with_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(articles(1)[0].text)
    lexicon = tmp_path / "words.toml"
    lexicon.write_text("[no_such_class]\n")

    for option in (("--model", "no_such_model"), ("--lexicon", lexicon)):
        one, two = (run("extract", tmp_path / "a.txt", *option, "--jobs", n) for n in (1, 2))
        assert (one.exit_code, two.exit_code) == (1, 1)
        assert two.stderr == one.stderr
        assert two.stderr.count("\n") == 1


@pytest.mark.parametrize("jobs", ["0", "65", "1.5", ""])
@pytest.mark.parametrize("command", ["extract", "add"])
def test_a_bad_number_is_wrong_usage(command: str, jobs: str) -> None:
    result = run(command, "a.txt", "--jobs", jobs)

    assert result.exit_code == 2
    assert "--jobs" in result.stderr


def test_ctrl_c_ends_all_processes_with_a_line(extracting: subprocess.Popen[bytes]) -> None:
    os.killpg(extracting.pid, signal.SIGINT)  # as a terminal does: to all of them
    _, stderr = extracting.communicate(timeout=30)  # until no process holds standard error

    assert extracting.returncode == 130
    assert stderr == b"graphkit: interrupted\n"


def test_a_reader_that_has_enough_ends_all_processes(extracting: subprocess.Popen[bytes]) -> None:
    assert extracting.stdout
    extracting.stdout.close()
    extracting.stdout = None
    _, stderr = extracting.communicate(timeout=30)

    assert extracting.returncode == 0
    assert stderr == b""


def test_no_process_outlives_one_that_is_killed(extracting: subprocess.Popen[bytes]) -> None:
    extracting.kill()
    _, stderr = extracting.communicate(timeout=30)

    assert b"Traceback" not in stderr


def test_the_process_that_hands_out_needs_no_spacy() -> None:
    code = "import sys, graphkit.parallel; print('spacy' in sys.modules, 'numpy' in sys.modules)"

    with start("-c", code) as process:
        assert process.stdout
        assert process.stdout.read() == b"False False\n"
