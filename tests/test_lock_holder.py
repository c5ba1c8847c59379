import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.lock_holder import describe_holder

HOLD = """
import fcntl, sys
stream = open(sys.argv[1], "w")
fcntl.lockf(stream, fcntl.LOCK_EX)
print("locked", flush=True)
sys.stdin.read()
"""
linux = pytest.mark.skipif(not Path("/proc/locks").exists(), reason="needs Linux's /proc/locks")


@linux
def test_the_process_that_holds_a_lock_is_named(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    arguments = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(arguments, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "locked\n"
        told = describe_holder(path)
        holder.communicate()
    assert told.startswith(f"{holder.pid} ({Path(sys.executable).name} -c import fcntl, sys")
    assert len(told) < 80
    assert told.isprintable()
    assert describe_holder(path) == ""


@linux
def test_a_lock_on_another_file_is_nobodys(tmp_path: Path) -> None:
    with (tmp_path / "other").open("w") as stream:
        fcntl.lockf(stream, fcntl.LOCK_EX)
        assert describe_holder(tmp_path / "other").startswith(str(os.getpid()))
        (tmp_path / "LOCK").touch()
        assert describe_holder(tmp_path / "LOCK") == ""


def test_a_file_that_is_not_there_is_held_by_nobody(tmp_path: Path) -> None:
    assert describe_holder(tmp_path / "none") == ""
