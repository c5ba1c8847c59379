"""Work in a process of its own, which may be stopped, or crash, without harm to this one."""

import itertools
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from graphkit.errors import GraphkitError, QueryError, QueryTimeoutError

Work = Callable[[BinaryIO], None]

_CHUNK = 1 << 16  # bytes: what a pipe holds
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT)


@dataclass(frozen=True, slots=True)
class Child:
    """A process at work: the ends of the pipes on which its data and its failure come.

    It ends by itself when the last pipe, `life`, is closed.
    """

    pid: int
    data: int
    failure: int
    life: int

    def kill(self) -> None:
        """End it at once, in the midst of whatever it does; its status can still be asked for."""
        os.kill(self.pid, signal.SIGKILL)


def run_apart(work: Work, stream: BinaryIO, timeout: float | None = None) -> None:
    """Run `work` in a forked process, and write to `stream` what it writes, as it comes.

    A fork costs 2 ms where a new interpreter costs 10, but is safe only as long as this process has
    no threads: do not open a store before. Raise what `work` raises, QueryTimeoutError if it takes
    longer than `timeout` seconds, and QueryError if it crashes. Where the system cannot fork, the
    work is done right here, and nothing ends it.
    """
    if not hasattr(os, "fork"):
        work(stream)
        return
    child = start_apart(work, timeout)
    try:
        with (
            os.fdopen(child.data, "rb", buffering=0) as source,
            os.fdopen(child.failure, "rb") as told,
        ):
            while chunk := source.read(_CHUNK):
                stream.write(chunk)
            error = told.read()
    except BaseException:  # Ctrl-C, or a reader that has seen enough
        child.kill()
        raise
    finally:
        _, status = os.waitpid(child.pid, 0)
        os.close(child.life)
    raise_failure(error, status, timeout)


def start_apart(work: Work, timeout: float | None = None) -> Child:
    """Begin `work` in a forked process, and return at once; see `run_apart`.

    Who calls reads both pipes to their ends, waits for the process, and closes its life.
    """
    (data, data_end), (failure, failure_end), (life, life_end) = os.pipe(), os.pipe(), os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if not pid:
        _close_all_but(data_end, failure_end, life)
        _end_with_parent(life)
        _work(work, data_end, failure_end, timeout)
    for end in (data_end, failure_end, life):
        os.close(end)
    return Child(pid, data, failure, life_end)


def _close_all_but(*kept: int) -> None:
    """Close what this copy has open, or the parent's clients would wait for it to end, too."""
    ends = [2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
    for before, behind in itertools.pairwise(ends):
        os.closerange(before + 1, behind)


def _end_with_parent(life: int) -> None:
    """Let the system end this process once the parent has gone, and closed its end of a pipe.

    The signal of a file that is ready kills whoever does not handle it, in the midst of a query.
    """
    import fcntl  # which not all systems have
    import select

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([life], [], [], 0)[0]:  # it has gone before it could be told
        os._exit(1)


def _work(work: Work, data: int, failure: int, timeout: float | None) -> NoReturn:
    """Do the work and end the process, whatever happens: this is a copy of the whole program.

    Signals get their plain meaning, for Python hears none while the engine is at work: Ctrl-C and
    the alarm end the process at once, and a crash shows no dump.
    """
    try:
        signal.set_wakeup_fd(-1)  # an event loop's
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, *_CRASHES):
            signal.signal(number, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, timeout or 0)
        with os.fdopen(data, "wb") as stream:
            work(stream)
    except (GraphkitError, OSError) as error:
        _tell(error, failure)
        os._exit(1)
    except MemoryError:
        os.abort()  # as the engine does
    except BaseException:  # noqa: BLE001 # or the copy would go on with the parent's work
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _tell(error: GraphkitError | OSError, failure: int) -> None:
    import pickle  # with its time, which only a failure spends
    import traceback

    error.add_note(traceback.format_exc())  # which --debug prints
    with suppress(OSError), os.fdopen(failure, "wb") as stream:
        pickle.dump(error, stream)


def raise_failure(error: bytes, status: int, timeout: float | None) -> None:
    """Raise what a process told on its pipe or by its status; nothing if it did all its work."""
    if error:
        import pickle

        raise pickle.loads(error)  # noqa: S301 # from our own child
    if not status:
        return
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGALRM:
        raise QueryTimeoutError(
            f"The query was stopped after {timeout:g} s. Narrow it, or raise --timeout."
        )
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    if number in _CRASHES:
        raise QueryError(
            "The SPARQL engine gave up: the query is nested too deeply, has too many parts, "
            "or takes too much memory."
        )
    raise QueryError(f"The query ended by signal {number}." if number else "The query failed.")
