import signal
from pathlib import Path

import pytest

from folders import names
from graphkit import replacing
from graphkit.errors import StoreError
from graphkit.replacing import making, working_folder
from processes import run_python


def make_folder(place: Path, text: str) -> None:
    place.mkdir()
    (place / "file").write_text(text)


def test_what_is_made_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    for text in ("one", "two"):
        with making(tmp_path / "deep" / "target") as place:
            make_folder(place, text)
        assert (tmp_path / "deep" / "target" / "file").read_text() == text
    assert names(tmp_path / "deep") == ["target"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_what_was_there(tmp_path: Path, error: type[BaseException]) -> None:
    make_folder(tmp_path / "target", "old")

    def fail() -> None:
        with making(tmp_path / "target") as place:
            make_folder(place, "new")
            raise error

    with pytest.raises(error):
        fail()
    assert (tmp_path / "target" / "file").read_text() == "old"
    assert names(tmp_path) == ["target"]


def test_a_place_is_replaced_where_two_names_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_exchange", lambda *_: False)
    make_folder(tmp_path / "target", "old")
    with making(tmp_path / "target") as place:
        make_folder(place, "new")
    assert (tmp_path / "target" / "file").read_text() == "new"
    assert names(tmp_path) == ["target"]


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    make_folder(tmp_path / "disk", "old")
    (tmp_path / "link").symlink_to(tmp_path / "disk")
    with making(tmp_path / "link") as place:
        make_folder(place, "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "disk" / "file").read_text() == "new"


def test_what_a_killed_process_was_making_goes_and_what_a_running_one_makes_stays(
    tmp_path: Path,
) -> None:
    code = """
        import pathlib, sys
        from graphkit.replacing import making
        with making(pathlib.Path(sys.argv[1])) as place:
            place.mkdir()
            print("made", flush=True)
            sys.stdin.readline()
        """
    killed, running = (run_python(code, tmp_path / "target") for _ in range(2))
    for process in (killed, running):
        assert process.stdout
        process.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert len(names(tmp_path)) == 2
    with working_folder(tmp_path / "target"):
        assert len(names(tmp_path)) == 2  # that of the running process, and this
    running.communicate("\n")
    assert names(tmp_path) == ["target"]


def test_other_hidden_folders_stay(tmp_path: Path) -> None:
    (tmp_path / ".target-mine").mkdir()
    with making(tmp_path / "target") as place:
        place.mkdir()
    assert names(tmp_path) == [".target-mine", "target"]


def test_a_place_where_nothing_can_be_made_is_named() -> None:
    with pytest.raises(StoreError, match=r"Cannot write to /proc/x/y: "), making(Path("/proc/x/y")):
        pass
