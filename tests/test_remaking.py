"""Stores of older formats, and copies that take the place of a store."""

import gzip
import io
import json
import logging
import re
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode

import example
from folders import names
from graphkit import database
from graphkit.backup import back_up, restore
from graphkit.cli import cli
from graphkit.database import FORMAT, MARKER
from graphkit.errors import StoreError, StoreInUseError
from graphkit.remaking import rewriting
from graphkit.store import Store
from graphkit.vocabulary import expand
from graphs import quads_of
from processes import WRITER, run_python

OLDER = FORMAT - 1
LINE = "<https://w3id.org/graphkit/id/x> <a:b> <a:c> <a:g> .\n"


@pytest.fixture(autouse=True)
def _older_format_can_be_migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_FORMAT", OLDER)


def make(path: Path) -> set[str]:
    with Store.open(path) as store:
        for extraction in example.EXTRACTIONS:
            store.add(extraction)
        return quads_of(store)


def make_older(path: Path) -> set[str]:
    """Make a store that lacks what follows, as of a format that knew less; return what it had."""
    whole = make(path)
    with Store.open(path) as store:
        for name in ("current", "entities", "names"):
            store._inner.remove_graph(NamedNode(store.iris.graph(name)))
        graph = NamedNode(store.iris.article("brief"))
        for quad in store._inner.quads_for_pattern(
            None, NamedNode(expand("gk:position")), None, graph
        ):
            store._inner.remove(quad)
    mark(path, OLDER)
    return whole


def mark(path: Path, version: int) -> None:
    marker = json.loads((path / MARKER).read_text())
    (path / MARKER).write_text(json.dumps(marker | {"format": version}))


def format_of(path: Path) -> int:
    version: int = json.loads((path / MARKER).read_text())["format"]
    return version


def raw(path: Path) -> set[str]:
    return {str(quad) for quad in pyoxigraph.Store.read_only(str(path))}


def told_of(path: Path) -> str:
    beginning = f"The store {path} is migrated from format {OLDER} to {FORMAT}"
    return f"{beginning}; interrupted, it stays as it is."


# --- older formats -------------------------------------------------------------------------------


def test_an_older_store_is_migrated_when_it_is_opened_for_writing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = make_older(tmp_path / "db")
    assert raw(tmp_path / "db") < whole
    with caplog.at_level(logging.WARNING), Store.open(tmp_path / "db") as store:
        assert quads_of(store) == whole
        assert list(store.find_faults()) == []
    assert format_of(tmp_path / "db") == FORMAT
    told = [record.getMessage() for record in caplog.records]
    assert told == [told_of(tmp_path / "db")]
    assert names(tmp_path) == ["db"]


def test_an_older_store_is_not_read_and_the_way_out_works(tmp_path: Path) -> None:
    whole = make_older(tmp_path / "db")
    with pytest.raises(StoreError, match="of an older graphkit") as caught:
        Store.open(tmp_path / "db", read_only=True)
    (command,) = re.findall(r"`graphkit (.*?)`", str(caught.value))
    assert "\n" not in str(caught.value)
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 0
    assert "nothing is wrong" in result.stdout
    with Store.open(tmp_path / "db", read_only=True) as store:
        assert quads_of(store) == whole


def test_the_command_line_tells_of_a_migration_on_standard_error(tmp_path: Path) -> None:
    make_older(tmp_path / "db")
    code = f"""
        import os, sys
        from graphkit import database
        from graphkit.cli import cli
        database.OLDEST_FORMAT = {OLDER}
        os.dup2(1, 2)
        sys.stdout = open(os.devnull, "w")
        cli(["check", "--repair", "-s", sys.argv[1]])
        """
    told = run_python(code, tmp_path / "db").communicate()[0].splitlines()
    assert told == [told_of(tmp_path / "db"), "0 findings put right"]


def test_a_migration_that_is_killed_leaves_the_older_store(tmp_path: Path) -> None:
    whole = make_older(tmp_path / "db")
    before = raw(tmp_path / "db")
    code = f"""
        import os, pathlib, signal, sys
        from graphkit import database, remaking
        from graphkit.store import Store
        database.OLDEST_FORMAT = {OLDER}
        remaking.write_marker = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        Store.open(pathlib.Path(sys.argv[1]))
        """
    process = run_python(code, tmp_path / "db")
    process.communicate()
    assert process.returncode == -9
    assert format_of(tmp_path / "db") == OLDER
    assert raw(tmp_path / "db") == before
    with Store.open(tmp_path / "db") as store:
        assert quads_of(store) == whole
    assert names(tmp_path) == ["db"]


def test_a_store_in_use_is_not_migrated(tmp_path: Path) -> None:
    make_older(tmp_path / "db")
    held = pyoxigraph.Store(str(tmp_path / "db"))
    with pytest.raises(StoreInUseError):
        Store.open(tmp_path / "db")
    assert format_of(tmp_path / "db") == OLDER
    del held


def test_what_cannot_be_made_anew_stays_in_a_migration(tmp_path: Path) -> None:
    make(tmp_path / "db")
    with Store.open(tmp_path / "db") as store:
        digest = next(store._inner.quads_for_pattern(None, NamedNode(expand("gk:digest")), None))
        store._inner.remove(digest)
        before = quads_of(store)
    mark(tmp_path / "db", OLDER)
    with Store.open(tmp_path / "db") as store:
        assert quads_of(store) == before
        assert {finding.is_repairable for finding in store.find_faults()} == {False}


@pytest.mark.parametrize("name", ["copy", "copy.nq", "copy.nq.gz"])
def test_a_copy_of_an_older_store_is_migrated_as_it_is_restored(tmp_path: Path, name: str) -> None:
    whole = make_older(tmp_path / "db")
    mark(tmp_path / "db", FORMAT)
    back_up(tmp_path / "db", tmp_path / name)
    spoil(tmp_path / name)
    assert restore(tmp_path / name, tmp_path / "new") == len(whole)
    with Store.open(tmp_path / "new", read_only=True) as store:
        assert quads_of(store) == whole
    if name == "copy":
        assert format_of(tmp_path / name) == OLDER


def spoil(copy: Path) -> None:
    """Let a copy say that it is one of an older format."""
    if copy.is_dir():
        mark(copy, OLDER)
        return
    content = copy.read_bytes()
    is_zipped = copy.suffix == ".gz"
    text = gzip.decompress(content) if is_zipped else content
    older = text.replace(b'"format": %d' % FORMAT, b'"format": %d' % OLDER, 1)
    assert older != text
    copy.write_bytes(gzip.compress(older) if is_zipped else older)


@pytest.mark.parametrize(
    ("version", "message"),
    [(FORMAT + 1, "Use a newer graphkit"), (OLDER - 1, "Add its articles"), ("x", "Add its art")],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_store_of_an_unknown_format_is_refused(
    tmp_path: Path, version: int, message: str, read_only: bool
) -> None:
    make(tmp_path / "db")
    mark(tmp_path / "db", version)
    with pytest.raises(StoreError, match=f"has format {version}; .* {message}"):
        Store.open(tmp_path / "db", read_only=read_only)
    assert format_of(tmp_path / "db") == version


# --- copies that take the place of a store -------------------------------------------------------


def test_quads_are_loaded_beside_those_of_a_store_on_the_disk(tmp_path: Path) -> None:
    whole = make(tmp_path / "db")
    with Store.open(tmp_path / "db") as store:
        dataset = store.dataset
        assert len(dataset) == len(whole)
        store.load(LINE.encode())
        assert quads_of(store) == whole | {LINE.removesuffix(" .\n")}
        assert len(store.dataset) == len(whole) + 1
        store.add(example.EXTRACTIONS[0])
    assert raw(tmp_path / "db") == whole | {LINE.removesuffix(" .\n")}
    assert names(tmp_path) == ["db"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ((LINE * 3 + "broken\n").encode(), "line 4: not N-Quads"),
        (io.BytesIO(b'<a:a> <a:b> "' + b"x" * 17_000_000 + b'" .'), "more than 16 MB"),
    ],
)
def test_what_cannot_be_loaded_leaves_the_store_open_and_as_it_was(
    tmp_path: Path, data: bytes | io.BytesIO, message: str
) -> None:
    whole = make(tmp_path / "db")
    with Store.open(tmp_path / "db") as store:
        with pytest.raises(StoreError, match=message):
            store.load(data)
        assert quads_of(store) == whole
        store.remove("brief")
    assert names(tmp_path) == ["db"]


def test_a_store_that_is_only_read_is_not_loaded_into(tmp_path: Path) -> None:
    make(tmp_path / "db")
    with (
        Store.open(tmp_path / "db", read_only=True) as store,
        pytest.raises(StoreError, match="open for writing"),
    ):
        store.load(LINE.encode())


@pytest.mark.parametrize("limit", ["", "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))"])
def test_a_load_that_is_killed_or_out_of_room_leaves_the_store(tmp_path: Path, limit: str) -> None:
    whole = make(tmp_path / "db")
    code = f"""
        import os, pathlib, resource, signal, sys
        from graphkit import remaking
        from graphkit.errors import StoreError
        from graphkit.store import Store
        if not {bool(limit)}:
            remaking.put = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        store = Store.open(pathlib.Path(sys.argv[1]))
        {limit}
        try:
            store.load("".join(f"<a:{{n}}> <a:b> <a:c> <a:g> .\\n" for n in range(9999)).encode())
        except StoreError as error:
            print(error)
        """
    process = run_python(code, tmp_path / "db")
    told = process.communicate()[0]
    assert process.returncode == (0 if limit else -9)
    assert told.startswith(f"The store {tmp_path / 'db'} ") == bool(limit)
    assert raw(tmp_path / "db") == whole
    with Store.open(tmp_path / "db") as store:
        store.load(b"")
    assert names(tmp_path) == ["db"]


def test_a_store_that_is_still_read_in_this_process_is_not_replaced(tmp_path: Path) -> None:
    whole = make(tmp_path / "db")
    store = Store.open(tmp_path / "db")
    rows = store.query("SELECT ?s { ?s ?p ?o }")
    with pytest.raises(StoreInUseError, match="already open in this process"):
        store.load(LINE.encode())
    del rows
    with Store.open(tmp_path / "db") as again:
        assert quads_of(again) == whole


def test_a_writer_that_comes_in_between_keeps_the_store(tmp_path: Path) -> None:
    make(tmp_path / "db")
    held = [pyoxigraph.Store(str(tmp_path / "db"))]
    writers = []

    def close() -> None:
        held.clear()
        writers.append(run_python(WRITER, tmp_path / "db"))
        writers[0].stdout.readline()  # type: ignore[union-attr] # it is a pipe

    with (
        pytest.raises(StoreInUseError),
        rewriting(tmp_path / "db", "https://x.example/", lambda: held[0], close) as copy,
    ):
        copy().clear()
    writers[0].kill()
    writers[0].communicate()
    assert names(tmp_path) == ["db"]
    with Store.open(tmp_path / "db") as store:
        assert len(store.articles()) > len(example.EXTRACTIONS)
