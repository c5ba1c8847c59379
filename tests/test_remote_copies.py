"""Copies of a store on a server, and copies that fill one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from example import EXTRACTIONS, make_store
from graphkit.cli import cli
from graphkit.remote.server import Server
from graphkit.store import Store
from servers import oxigraph, update


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """Return the address of an empty store."""
    update(server, "CLEAR ALL")
    return server


@pytest.fixture
def local(tmp_path: Path) -> Path:
    path = tmp_path / "local.db"
    make_store(path).close()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


@pytest.mark.parametrize("name", ["copy.nq", "copy.nq.gz", "copy.db"])
def test_a_copy_goes_to_a_server_and_back(name: str, url: str, local: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / name, "-s", local).exit_code == 0
    restored = run("restore", tmp_path / name, "-s", url)
    assert restored.stderr.endswith(f"quads restored to {url}\n")
    assert run("check", "-s", url).exit_code == 0
    back = tmp_path / f"back-{name}"
    assert run("backup", back, "-s", url).exit_code == 0
    if name != "copy.db":
        assert back.read_bytes() == (tmp_path / name).read_bytes()
    else:
        assert run("export", "-o", tmp_path / "a.nq", "-s", local).exit_code == 0
        assert run("export", "-o", tmp_path / "b.nq", "-s", back).exit_code == 0
        assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes()


def test_large_copies_are_sent_in_pieces(
    url: str, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkit.remote.store._LARGEST", 100)
    assert run("restore", local, "-s", url).exit_code == 0
    assert run("check", "-s", url).exit_code == 0


def test_a_restoration_that_was_stopped_is_told(
    url: str, local: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, sent = Server.update, []

    def stop(self: Server, text: str) -> None:
        if len(sent) == 2:
            raise KeyboardInterrupt
        sent.append(text)
        send(self, text)

    monkeypatch.setattr("graphkit.remote.store._LARGEST", 100)
    monkeypatch.setattr(Server, "update", stop)
    assert run("restore", local, "-s", url).exit_code == 130
    assert "a change was stopped halfway" in run("check", "-s", url).stdout


def test_a_store_that_is_there_stays(url: str, local: Path) -> None:
    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])
    for options in ([], ["--force"]):
        refused = run("restore", local, "-s", url, *options)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
        assert f"There is a store at {url} already" in refused.stderr
    with Store.open(url, read_only=True) as store:
        assert len(store.articles()) == 1


def test_what_is_no_whole_copy_is_not_sent(url: str, local: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    assert run("backup", path, "-s", local).exit_code == 0
    path.write_bytes(path.read_bytes()[:-200])
    assert run("restore", path, "-s", url).exit_code == 1
    assert "There is no store" in run("topics", "-s", url).stderr


def test_a_copy_of_what_changes_meanwhile_is_none(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(url) as store:
        store.add(EXTRACTIONS[0])

    read = Store.dump

    def change(self: Store, *arguments: object) -> None:
        read(self, *arguments)  # type: ignore[arg-type]
        with Store.open(url) as other:
            other.add(EXTRACTIONS[1])

    monkeypatch.setattr(Store, "dump", change)
    result = run("backup", tmp_path / "x.nq", "-s", url)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "changed the store" in result.stderr
    assert not (tmp_path / "x.nq").exists()


def test_compacting_is_the_servers_matter(url: str) -> None:
    result = run("compact", "-s", url)
    assert (result.exit_code, result.stderr) == (
        1,
        f"graphkit: How {url} keeps its files is the server's matter.\n",
    )
