"""Who holds a lock on a file, where the system tells it; Linux does."""

import os
from collections.abc import Iterator
from pathlib import Path

_LOCKS = Path("/proc/locks")
_FIELDS = 8  # number, kind, advice, mode, process, device:inode, start, end
_LONGEST = 60


def describe_holder(path: Path) -> str:
    """Return the id of the process that holds a lock on a file, as "12 (graphkit add x)".

    Return "" where that is not known for sure, as on other systems or for locks of another machine.
    """
    for process in _holders(path):
        command = _command(process)
        return f"{process} ({command})" if command else str(process)
    return ""


def _holders(path: Path) -> Iterator[int]:
    try:
        status = path.stat()
        lines = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeError):
        return
    for line in lines:
        fields = line.split()
        if len(fields) != _FIELDS or not fields[4].isdecimal() or fields[4] == "0":
            continue  # one that waits for the lock, or a process that we cannot see
        device, _, inode = fields[5].rpartition(":")
        if int(inode) == status.st_ino:
            process = int(fields[4])
            if device == _device(status) or _has_open(process, path):
                yield process


def _device(status: os.stat_result) -> str:
    return f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}"


def _has_open(process: int, path: Path) -> bool:
    """Tell whether a process has a file open; some file systems name their device in two ways."""
    try:
        return any(entry.samefile(path) for entry in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False


def _command(process: int) -> str:
    """Return how a process was called, shortened; "" if that is not ours to see."""
    try:
        told = Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    program, *arguments = told.rstrip("\0").split("\0")
    command = " ".join([Path(program).name, *arguments])
    command = "".join(char if char.isprintable() else " " for char in command)
    command = " ".join(command.split())
    return command if len(command) <= _LONGEST else f"{command[: _LONGEST - 1]}…"
