import json
from collections.abc import Callable
from pathlib import Path

import pytest

import example
from folders import names
from graphkit.backup import back_up, compact, restore, size_of
from graphkit.database import FORMAT, MARKER
from graphkit.errors import StoreError, StoreInUseError
from graphkit.store import Store
from graphs import quads_of, stored
from processes import WRITER, numbered, run_python

BASE = "https://x.example/"
TARGETS = ("copy.db", "copy.nq", "copy.nq.gz")


def make(path: Path, base: str = BASE) -> set[str]:
    """Make a store in a folder, and return what it holds."""
    with Store.open(path, base=base) as store:
        for extraction in example.EXTRACTIONS:
            store.add(extraction)
        return quads_of(store)


def read(path: Path) -> set[str]:
    with Store.open(path, read_only=True) as store:
        assert list(store.find_faults()) == []
        return quads_of(store)


# --- there and back -------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_a_copy_brings_the_store_back(tmp_path: Path, target: str) -> None:
    before = make(tmp_path / "db")
    assert back_up(tmp_path / "db", tmp_path / target) == len(before)
    assert restore(tmp_path / target, tmp_path / "deep" / "new") == len(before)
    assert read(tmp_path / "deep" / "new") == before
    with Store.open(tmp_path / "deep" / "new") as store:
        assert store.iris.base == BASE
        store.remove("brief")
    assert read(tmp_path / "db") == before
    assert names(tmp_path) == sorted(["db", "deep", target])


def test_a_copy_in_a_folder_is_a_store(tmp_path: Path) -> None:
    before = make(tmp_path / "db")
    back_up(tmp_path / "db", tmp_path / "copy")
    with Store.open(tmp_path / "db") as store:
        store.remove("brief")
    assert read(tmp_path / "copy") == before


def test_an_empty_store_has_a_copy(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / MARKER).write_text(json.dumps({"format": FORMAT, "base": BASE}))
    for target in TARGETS:
        assert back_up(tmp_path / "db", tmp_path / target) == 0
        assert restore(tmp_path / target, tmp_path / f"new-{target}") == 0
        with Store.open(tmp_path / f"new-{target}") as store:
            assert store.iris.base == BASE


@pytest.mark.parametrize("target", TARGETS[1:])
def test_equal_stores_have_equal_files(tmp_path: Path, target: str) -> None:
    files = []
    for name in ("one", "two"):
        make(tmp_path / name)
        back_up(tmp_path / name, tmp_path / f"{name}-{target}")
        files.append((tmp_path / f"{name}-{target}").read_bytes())
    assert files[0] == files[1]


def test_quads_that_export_wrote_are_a_copy(tmp_path: Path) -> None:
    before = make(tmp_path / "db")
    with Store.open(tmp_path / "db") as store, (tmp_path / "all.nq").open("wb") as stream:
        store.dump(stream)
    restore(tmp_path / "all.nq", tmp_path / "new")
    assert read(tmp_path / "new") == before
    with Store.open(tmp_path / "new") as store:
        assert store.iris.base == BASE


def test_compacting_keeps_everything(tmp_path: Path) -> None:
    before = make(tmp_path / "db")
    sizes = compact(tmp_path / "db")
    assert sizes[1] == size_of(tmp_path / "db") > 0
    assert sizes[0] > 0
    assert read(tmp_path / "db") == before


# --- beside a writer -----------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_a_copy_that_is_made_beside_a_writer_has_whole_articles(
    tmp_path: Path, target: str
) -> None:
    writer = run_python(WRITER, tmp_path / "db")
    assert writer.stdout
    acknowledged = -1
    for turn in range(2):
        while acknowledged < 15 * (turn + 1):
            acknowledged = int(writer.stdout.readline())
        back_up(tmp_path / "db", tmp_path / f"{turn}-{target}")
        restore(tmp_path / f"{turn}-{target}", tmp_path / f"{turn}-new")
        with Store.open(tmp_path / f"{turn}-new") as copy:
            kept = len(copy.articles())
            assert kept > acknowledged
            assert quads_of(copy) == quads_of(stored(*map(numbered, range(kept))))
            assert list(copy.find_faults()) == []
    writer.kill()
    writer.communicate()


def test_nothing_takes_the_place_of_a_store_that_is_written_to(tmp_path: Path) -> None:
    make(tmp_path / "copy")
    writer = run_python(WRITER, tmp_path / "db")
    assert writer.stdout
    writer.stdout.readline()
    for attempt in (lambda: restore(tmp_path / "copy", tmp_path / "db", force=True),
                    lambda: compact(tmp_path / "db")):  # fmt: skip
        with pytest.raises(StoreInUseError, match=rf"another process: {writer.pid} \("):
            attempt()
    assert writer.poll() is None
    writer.kill()
    writer.communicate()
    assert names(tmp_path) == ["copy", "db"]


def test_the_size_of_a_store_leaves_out_files_that_vanish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kept").write_text("four")
    listed = [tmp_path / "kept", tmp_path / "gone"]
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(listed))
    assert size_of(tmp_path) == 4


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("source", TARGETS)
def test_a_store_is_replaced_only_by_force(tmp_path: Path, source: str) -> None:
    before = make(tmp_path / "db")
    back_up(tmp_path / "db", tmp_path / source)
    with Store.open(tmp_path / "db") as store:
        store.remove("brief")
    changed = read(tmp_path / "db")
    with pytest.raises(StoreError, match="--force"):
        restore(tmp_path / source, tmp_path / "db")
    assert read(tmp_path / "db") == changed
    restore(tmp_path / source, tmp_path / "db", force=True)
    assert read(tmp_path / "db") == before
    assert names(tmp_path) == sorted(["db", source])


def test_a_damaged_store_is_replaced(tmp_path: Path) -> None:
    before = make(tmp_path / "db")
    back_up(tmp_path / "db", tmp_path / "copy")
    (tmp_path / "db" / "CURRENT").write_text("garbage")
    restore(tmp_path / "copy", tmp_path / "db", force=True)
    assert read(tmp_path / "db") == before


@pytest.mark.parametrize("force", [False, True])
def test_what_is_no_store_is_left_alone(tmp_path: Path, force: bool) -> None:
    make(tmp_path / "db")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    for place in (tmp_path / "mine", tmp_path / "mine" / "letter.txt"):
        with pytest.raises(StoreError, match="is no graphkit store, and is left alone"):
            restore(tmp_path / "db", place, force=force)
    with pytest.raises(StoreError, match="something at"):
        back_up(tmp_path / "db", tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "mine"


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _without_a_line(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(lines[:5] + lines[6:])


def _with_a_broken_line(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join([*lines[:5], b"broken\n", *lines[5:]])


def _newer(data: bytes) -> bytes:
    return data.replace(b'"format": %d' % FORMAT, b'"format": 99', 1)


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("x.nq.gz", _cut, "is not whole: its end is missing"),
        ("x.nq.gz", lambda data: b"no gzip", "is damaged, or was not made by gzip"),
        ("x.nq.gz", lambda data: data[:40] + b"\0" * 40 + data[80:], "x.nq.gz"),
        ("x.nq", lambda data: data[: data.index(b"\n", 3000) + 1], "its end is missing"),
        ("x.nq", _without_a_line, "its end is missing"),
        ("x.nq", _with_a_broken_line, r"x\.nq:6: not N-Quads"),
        ("x.nq", _newer, "has format 99; this graphkit reads format"),
        ("x.nq", lambda data: b"# graphkit store [\n", "line that says what it is"),
        ("x.nq", lambda data: b"", "holds no graphkit store"),
        ("x.nq", lambda data: b"<a:a> <a:b> <a:c> <a:d> .\n", "holds no graphkit store"),
        ("x.nq", lambda data: b'<a:a> <a:b> "' + b"x" * 20_000_000 + b'" .', "more than 16 MB"),
    ],
)
def test_a_file_that_is_no_whole_copy_is_refused(
    tmp_path: Path, name: str, spoil: Callable[[bytes], bytes], message: str
) -> None:
    before = make(tmp_path / "db")
    back_up(tmp_path / "db", tmp_path / name)
    (tmp_path / name).write_bytes(spoil((tmp_path / name).read_bytes()))
    for force in (False, True):
        with pytest.raises(StoreError, match=message if force else ".") as caught:
            restore(tmp_path / name, tmp_path / ("db" if force else "new"), force=force)
        assert "\n" not in str(caught.value)
    assert read(tmp_path / "db") == before
    assert names(tmp_path) == sorted(["db", name])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("mine")
    for attempt, message in (
        (lambda: back_up(tmp_path / "none", tmp_path / "copy"), "There is no store at"),
        (lambda: restore(tmp_path / "none", tmp_path / "db"), "There is no"),
        (lambda: restore(tmp_path / "x.txt", tmp_path / "db"), "is no copy of a store"),
        (lambda: compact(tmp_path / "none"), "There is no store at"),
    ):
        with pytest.raises(StoreError, match=message):
            attempt()
    assert names(tmp_path) == ["x.txt"]


# --- interrupted ---------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS)
def test_a_copy_that_the_disk_has_no_room_for_leaves_nothing(tmp_path: Path, target: str) -> None:
    before = make(tmp_path / "db")
    (tmp_path / "old.nq.gz").write_bytes(b"")
    code = """
        import pathlib, resource, sys
        from graphkit.backup import back_up
        from graphkit.errors import StoreError
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
        try:
            back_up(*map(pathlib.Path, sys.argv[1:]))
        except (StoreError, OSError) as error:
            print(error)
        """
    told = run_python(code, tmp_path / "db", tmp_path / target).communicate()[0]
    assert told.startswith(f"The store {tmp_path / target} ")
    assert told.count("\n") == 1
    assert names(tmp_path) == ["db", "old.nq.gz"]
    assert read(tmp_path / "db") == before


def test_a_restore_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    before = make(tmp_path / "db")
    back_up(tmp_path / "db", tmp_path / "x.nq")
    code = """
        import os, pathlib, signal, sys
        from graphkit import backup
        def kill(*arguments):
            os.kill(os.getpid(), signal.SIGKILL)
        backup.write_marker = kill
        backup.restore(*map(pathlib.Path, sys.argv[1:]), force=True)
        """
    process = run_python(code, tmp_path / "x.nq", tmp_path / "db")
    process.communicate()
    assert process.returncode == -9
    assert read(tmp_path / "db") == before
