"""Reading articles: every accepted input, and one clear line for every other."""

import datetime
import io
import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.article import Article
from graphkit.errors import ArticleError
from graphkit.formats import MAX_CHARACTERS, parse_record, parse_text
from graphkit.reading import read_articles


def read(*inputs: Path | str, date: datetime.date | None = None) -> tuple[list[Article], list[str]]:
    """Return the articles and the messages of the errors."""
    errors: list[ArticleError] = []
    names = [str(name) for name in inputs]
    articles = list(read_articles(names, on_error=errors.append, default_date=date))
    return articles, [str(error) for error in errors]


def only_error(*inputs: Path | str) -> str:
    articles, errors = read(*inputs)
    assert articles == []
    (message,) = errors
    assert "\n" not in message
    return message


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def give(raw: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    return give


FRONT_MATTER = """---
title: "Macron: no option ruled out"
date: 2024-02-26
source: The Daily Example
url: https://example.org/macron
tags:
  - war
---

First paragraph.

Second paragraph.
"""


class TestPlainText:
    def test_text_is_the_whole_file_and_nothing_is_invented(self, tmp_path: Path) -> None:
        file = tmp_path / "seed.txt"
        file.write_text("\n  A sentence.  \n\n")

        (article,), errors = read(file)

        assert article == Article(id="seed", text="\n  A sentence.  \n\n")
        assert errors == []

    def test_default_date_dates_an_article_without_a_date(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("A sentence.")
        (tmp_path / "b.md").write_text(FRONT_MATTER)

        articles, _ = read(tmp_path, date=datetime.date(2024, 3, 1))

        assert [str(article.date) for article in articles] == ["2024-03-01", "2024-02-26"]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_encodings_that_name_themselves_are_read(self, tmp_path: Path, encoding: str) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes("“Non”, said Fico – naïve.".encode(encoding))

        (article,), _ = read(file)

        assert article.text == "“Non”, said Fico – naïve."

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_line_ends_become_newlines(self, tmp_path: Path, end: str) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(f"One.{end}{end}Two.{end}".encode())

        (article,), _ = read(file)

        assert article.text == "One.\n\nTwo.\n"

    def test_text_is_composed_to_nfc(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("Zu\u0308rich", encoding="utf-8")

        (article,), _ = read(file)

        assert article.text == "Z\u00fcrich"

    def test_a_rule_above_the_text_is_no_front_matter(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("---\nPARIS - The president spoke.\n")

        (article,), _ = read(file)

        assert article.text == "---\nPARIS - The president spoke.\n"

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff")))
    def test_text_reaches_the_article_unchanged(self, text: str) -> None:
        text = unicodedata.normalize("NFC", f"A{text}")

        assert parse_text(text.encode(), "a.txt").text == text


class TestFrontMatter:
    def test_fields_are_read_and_the_text_is_the_body(self, tmp_path: Path) -> None:
        file = tmp_path / "macron.md"
        file.write_text(FRONT_MATTER)

        (article,), errors = read(file)

        assert article == Article(
            id="macron",
            text="First paragraph.\n\nSecond paragraph.\n",
            title="Macron: no option ruled out",
            date=datetime.date(2024, 2, 26),
            source="The Daily Example",
            url="https://example.org/macron",
        )
        assert errors == []

    def test_id_of_the_front_matter_wins_over_the_file_name(self, tmp_path: Path) -> None:
        file = tmp_path / "download(3).txt"
        file.write_text("---\nid: macron-troops\n---\nText.\n")

        (article,), _ = read(file)

        assert article.id == "macron-troops"

    def test_date_of_an_iso_time_is_its_day(self, tmp_path: Path) -> None:
        file = tmp_path / "a.md"
        file.write_text("---\ndate: 2024-02-26T23:30:00+01:00\n---\nText.\n")

        (article,), _ = read(file)

        assert article.date == datetime.date(2024, 2, 26)

    @pytest.mark.parametrize("date", ["26 February 2024", "02/26/2024", "2024-02-30", "yesterday"])
    def test_a_bad_date_is_named_with_file_and_line(self, tmp_path: Path, date: str) -> None:
        file = tmp_path / "a.md"
        file.write_text(f"---\ntitle: A\ndate: {date}\n---\nText.\n")

        message = only_error(file)

        assert message.startswith(f"{file}:3: ")
        assert f"'{date}'" in message

    def test_front_matter_that_never_closes_is_named(self, tmp_path: Path) -> None:
        file = tmp_path / "a.md"
        file.write_text("---\ntitle: A\n")

        assert "a.md:1: no '---' line closes" in only_error(file)

    def test_a_line_that_is_no_field_is_named(self, tmp_path: Path) -> None:
        file = tmp_path / "a.md"
        file.write_text("---\ntitle: A\nThe president spoke.\n---\nText.\n")

        assert "a.md:3: not 'key: value'" in only_error(file)

    def test_front_matter_without_a_body_is_no_article(self, tmp_path: Path) -> None:
        file = tmp_path / "a.md"
        file.write_text("---\ntitle: A\n---\n\n")

        assert "a.md: the article has no text" in only_error(file)


class TestJsonl:
    def test_every_field_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "all.jsonl"
        row = {
            "id": "a1",
            "title": "Two\nlines",
            "date": "2024-02-26",
            "source": "Example",
            "url": "https://example.org",
            "text": "One.\r\nTwo.",
            "unknown": [1],
        }
        file.write_text(json.dumps(row))

        (article,), _ = read(file)

        assert article == Article(
            id="a1",
            text="One.\nTwo.",
            title="Two lines",
            date=datetime.date(2024, 2, 26),
            source="Example",
            url="https://example.org",
        )

    def test_missing_fields_stay_unknown(self, tmp_path: Path) -> None:
        file = tmp_path / "all.jsonl"
        file.write_text('{"id": 7, "text": "One.", "date": null}\n')

        assert read(file)[0] == [Article(id="7", text="One.")]

    def test_an_article_without_id_is_named_by_its_text(self, tmp_path: Path) -> None:
        one, two = tmp_path / "x.jsonl", tmp_path / "y" / "x.jsonl"
        two.parent.mkdir()
        one.write_text('{"text": "One."}\n{"text": "Two."}\n')
        two.write_text('{"text": "Two."}\n')

        first, second = read(one)[0], read(two)[0]

        assert len({article.id for article in first}) == 2
        assert second[0].id == first[1].id

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (b'{"text": ', "not JSON"),
            (b'{"text": "a', "character at column 12"),
            (b"[" * 100_000, "not JSON"),
            (b'["text"]', "not a JSON object"),
            (b'{"body": "Text."}', "no field 'text'"),
            (b'{"text": 3}', "'text' is 3, not a string"),
            (b'{"text": " "}', "no text"),
            (b'{"text": "One.", "date": "soon"}', "the date 'soon'"),
            (b'{"text": "\\ud83d"}', "half a surrogate pair"),
            (b'{"text": "One.", "id": "\\ud83d"}', "half a surrogate pair"),
            (b'{"text": "a\\u0000b"}', "NUL"),
            (b'{"text": "One.", "id": "a\\u0007"}', "control character"),
            (b'{"text": "na\xefve"}', "not UTF-8: byte 0xef at offset 12"),
        ],
    )
    def test_a_bad_line_is_named_and_the_others_are_read(
        self, tmp_path: Path, line: bytes, problem: str
    ) -> None:
        file = tmp_path / "all.jsonl"
        file.write_bytes(
            b'{"id": "a", "text": "One."}\n\n' + line + b'\n{"id": "b", "text": "Two."}'
        )

        articles, (message,) = read(file)

        assert [article.id for article in articles] == ["a", "b"]
        assert message.startswith(f"{file}:3: ")
        assert problem in message

    @given(
        st.builds(
            Article,
            id=st.from_regex(r"[a-z0-9]+( [a-z]+)?", fullmatch=True),
            text=st.from_regex(r"[A-Za-z“”é\n ]*[a-z]", fullmatch=True),
            title=st.from_regex(r"([A-Z][a-z]+)?", fullmatch=True),
            date=st.none() | st.dates(),
        )
    )
    def test_an_article_written_as_json_is_read_back(self, article: Article) -> None:
        row = {
            "id": article.id,
            "title": article.title,
            "date": article.date.isoformat() if article.date else None,
            "text": article.text,
        }

        assert parse_record(json.dumps(row).encode(), "a:1") == article


class TestFolders:
    def test_a_folder_is_read_with_its_subfolders_in_order(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a/z.md", "a/c.jsonl", "c.html", ".hidden/d.txt", "a/.e.txt"):
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_text('{"id": "c", "text": "One."}' if name.endswith("jsonl") else "One.")

        articles, errors = read(tmp_path)

        assert [article.id for article in articles] == ["c", "z", "b"]
        assert errors == []

    def test_an_empty_name_is_not_the_current_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a.txt").write_text("One.")
        monkeypatch.chdir(tmp_path)
        assert only_error("") == "an empty path; name a file or folder"

    def test_a_folder_without_articles_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")

        assert f"{tmp_path}: no articles in this folder" in only_error(tmp_path)

    def test_a_file_that_is_named_twice_is_read_once(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("One.")

        articles, errors = read(tmp_path / "a.txt", tmp_path)

        assert len(articles) == 1
        assert errors == []

    def test_two_articles_of_one_id_are_named_with_both_places(self, tmp_path: Path) -> None:
        for folder in ("x", "y"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "a.txt").write_text(f"In {folder}.")

        (article,), (message,) = read(tmp_path)

        assert article.text == "In x."
        assert "article id 'a'" in message
        assert str(tmp_path / "x" / "a.txt") in message
        assert message.startswith(str(tmp_path / "y" / "a.txt"))


class TestStandardInput:
    def test_text_is_one_article_named_by_its_text(self, stdin: Callable[[bytes], None]) -> None:
        stdin(b"One sentence.\n")
        (article,), _ = read("-")
        stdin(b"Another sentence.\n")
        (other,), _ = read("-")

        assert article.text == "One sentence.\n"
        assert article.id.startswith("stdin-")
        assert article.id != other.id

    def test_input_that_begins_as_an_object_is_jsonl(self, stdin: Callable[[bytes], None]) -> None:
        stdin(b'{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n')

        articles, errors = read("-")

        assert [article.id for article in articles] == ["a", "b"]
        assert errors == []

    def test_front_matter_is_read(self, stdin: Callable[[bytes], None]) -> None:
        stdin(b"---\nid: a\ntitle: T\n---\nOne.\n")

        assert read("-")[0] == [Article(id="a", title="T", text="One.\n")]

    def test_a_bad_line_is_named(self, stdin: Callable[[bytes], None]) -> None:
        stdin(b'{"id": "a", "tex')

        assert only_error("-").startswith("standard input:1: not JSON")


class TestWhatIsNoArticle:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert only_error(tmp_path / "a.txt") == f"{tmp_path}/a.txt: no such file or folder"

    @pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \n\t\n"])
    @pytest.mark.parametrize("ending", [".txt", ".jsonl"])
    def test_an_empty_file(self, tmp_path: Path, raw: bytes, ending: str) -> None:
        file = tmp_path / f"a{ending}"
        file.write_bytes(raw)

        assert only_error(file) == f"{file}: the file is empty"

    def test_a_binary_file(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

        assert only_error(file) == f"{file}: a binary file, not text"

    def test_bytes_that_are_not_utf8_are_named_with_their_offset(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_bytes("Éric said “no”.".encode("windows-1252"))

        assert "not UTF-8: byte 0xc9 at offset 0" in only_error(file)

    def test_a_text_over_the_limit_of_the_model(self, tmp_path: Path) -> None:
        fits, exceeds = tmp_path / "fits.txt", tmp_path / "exceeds.txt"
        fits.write_text("a" * MAX_CHARACTERS)
        exceeds.write_text("a" * (MAX_CHARACTERS + 1))

        articles, (message,) = read(fits, exceeds)

        assert [article.id for article in articles] == ["fits"]
        assert message.startswith(f"{exceeds}: longer than 1,000,000 characters")

    @pytest.mark.parametrize("name", ["page.html", "paper.pdf", "rows.csv"])
    def test_a_format_that_is_not_supported(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("Text.")

        assert "files cannot be read yet" in only_error(tmp_path / name)

    def test_a_web_address(self) -> None:
        assert "web addresses cannot be read yet" in only_error("https://example.org/a.txt")

    def test_a_file_that_the_system_refuses(self, tmp_path: Path) -> None:
        assert "cannot be read: File name too long" in only_error(tmp_path / ("a" * 300))

    def test_bad_inputs_do_not_stop_the_good_ones(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("")
        (tmp_path / "b.txt").write_text("One.")
        (tmp_path / "c.txt").write_bytes(b"\0")

        articles, errors = read(tmp_path, tmp_path / "missing.txt")

        assert [article.id for article in articles] == ["b"]
        assert len(errors) == 3
