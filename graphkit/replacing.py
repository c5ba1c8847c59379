"""Make a file or a folder beside its place, and put it there when it is whole.

Whatever interrupts that, a full disk or `kill -9`, the place has what was there before or all that
is new, and what was half made is removed, by the next that makes something there at the latest.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graphkit.errors import StoreError

_LOCK = "graphkit.lock"
_ATTEMPTS = 10
_HERE, _EXCHANGE = -100, 2  # Linux' AT_FDCWD and RENAME_EXCHANGE
_UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EPERM)


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """Yield a place beside a target; what is made there takes the place of the target at the end.

    If anything fails, Ctrl-C too, the target is as it was, and nothing else stays. Raise StoreError
    if nothing can be made there.
    """
    with working_folder(target) as folder:
        yield folder / "new"
        put(folder / "new", target)


@contextmanager
def working_folder(target: Path) -> Iterator[Path]:
    """Yield a hidden folder beside a target that is removed at the end."""
    target = target.resolve()  # a link to a store on another disk stays
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(target)
        folder = Path(tempfile.mkdtemp(prefix=_prefix(target), dir=target.parent))
    except OSError as error:
        raise StoreError(f"Cannot write to {target}: {error.strerror or error}.") from error
    lock = os.open(folder / "unlocked", os.O_CREAT | os.O_RDWR)
    try:
        with suppress(OSError):  # on disks that know no locks, what is abandoned stays
            fcntl.flock(lock, fcntl.LOCK_EX)
            (folder / "unlocked").rename(folder / _LOCK)  # now others may find it
        yield folder
    finally:
        _remove(folder)
        os.close(lock)


def _remove(folder: Path) -> None:
    """Remove a folder, in which a database that an error left open may make files meanwhile."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def put(new: Path, target: Path) -> None:
    """Put what is new in the place of a target. Raise StoreError, and leave the target, if not."""
    try:
        _put(new, target.resolve())
    except OSError as error:
        raise StoreError(f"Cannot write to {target}: {error.strerror or error}.") from error


def _prefix(target: Path) -> str:
    return f".{target.name}-"


def _remove_abandoned(target: Path) -> None:
    """Remove what a process was making that was killed; one that runs holds the lock."""
    for folder in target.parent.iterdir():
        if not folder.name.startswith(_prefix(target)):
            continue
        with suppress(OSError):  # it has no such file, or somebody holds the lock
            lock = os.open(folder / _LOCK, os.O_RDWR)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
            finally:
                os.close(lock)


def _put(new: Path, target: Path) -> None:
    """Put what is new in its place, and what was there in the place of the new."""
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        return
    old = new.with_name("old")  # where the system cannot do both in one step
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step. Return False if the system cannot do that."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):  # it is Linux that has it
        return False
    if library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code))
