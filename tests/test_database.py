from pathlib import Path

import pytest

from graphkit.database import explained_errors, open_database
from graphkit.errors import StoreError
from processes import WRITER, run_python


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("IO error: No space left on device: While appending to file: x/8.log", "disk is full"),
        ("Permission denied (os error 13)", "permission denied"),
        ("IO error: x/LOCK: Read-only file system", "permission denied"),
        ("Corruption: block checksum mismatch:\nstored = 1", "is damaged"),
        ("While lock file: x/LOCK: Resource temporarily unavailable", "by another process"),
        ("something\nnobody foresaw", "failed: something nobody foresaw"),
    ],
)
@pytest.mark.parametrize("kind", [OSError, RuntimeError])
def test_errors_of_the_database_are_told_in_one_line(
    raised: str, told: str, kind: type[Exception]
) -> None:
    with pytest.raises(StoreError) as caught, explained_errors(Path("my.db")):
        raise kind(raised)
    assert str(caught.value).startswith("The store my.db ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_other_errors_pass() -> None:
    with pytest.raises(KeyError), explained_errors(None):
        raise KeyError("x")


def test_a_store_that_cannot_be_made_is_not_damaged() -> None:
    path = Path("/proc/none.db")  # where nobody, root included, can make a folder
    with pytest.raises(StoreError) as caught:
        open_database(path)
    assert str(caught.value) == f"Cannot make a store at {path}: No such file or directory."


def test_a_store_can_be_read_while_a_writer_replaces_its_files(tmp_path: Path) -> None:
    writer = run_python(WRITER, tmp_path / "db")
    assert writer.stdout
    writer.stdout.readline()
    for _ in range(30):  # of 15 readers that tried it once, 2 found a file gone
        database, _ = open_database(tmp_path / "db", read_only=True)
        assert len(database) > 0
    writer.kill()
    writer.communicate()


@pytest.mark.parametrize(
    "base",
    [
        "debate/",
        "https://x.example/my debate/",
        "https://x.example/debate",
        "https://x.example/ns#",
        "https://x.example/ns#a/",
        "https://x.example/<a>/",
        "",
    ],
)
@pytest.mark.parametrize("path", ["db", None])
def test_a_base_that_no_iri_can_begin_with_is_refused(
    tmp_path: Path, base: str, path: str | None
) -> None:
    with pytest.raises(StoreError, match="cannot be the base of a store: give an absolute IRI"):
        open_database(tmp_path / path if path else None, base=base)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("base", ["https://x.example/", "urn:x:y/", "https://é.example/ü/?q=/"])
def test_a_base_that_iris_can_begin_with_is_taken(tmp_path: Path, base: str) -> None:
    assert open_database(tmp_path / "db", base=base)[1] == base
