"""Work in a process of its own, which may be stopped, or crash, without harm to this one."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, NoReturn

from graphkit.errors import GraphkitError, QueryError, QueryTimeoutError

Work = Callable[[BinaryIO], None]

_CHUNK = 1 << 16  # bytes: what a pipe holds
_CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT)


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
    (data, data_end), (failure, failure_end), (life, life_end) = os.pipe(), os.pipe(), os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        for end in (data, failure, life_end):
            os.close(end)
        _end_with_parent(life)
        _work(work, data_end, failure_end, timeout)
    for end in (data_end, failure_end, life):
        os.close(end)
    try:
        with os.fdopen(data, "rb", buffering=0) as source, os.fdopen(failure, "rb") as told:
            while chunk := source.read(_CHUNK):
                stream.write(chunk)
            error = told.read()
    except BaseException:  # Ctrl-C, or a reader that has seen enough
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
        os.close(life_end)
    _raise_failure(error, status, timeout)


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
        for number in (signal.SIGINT, signal.SIGALRM, *_CRASHES):
            signal.signal(number, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, timeout or 0)
        with os.fdopen(data, "wb") as stream:
            work(stream)
    except (GraphkitError, OSError) as error:
        _tell(error, failure)
        os._exit(1)
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


def _raise_failure(error: bytes, status: int, timeout: float | None) -> None:
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
            "The SPARQL engine gave up: the query is nested too deeply or has too many parts."
        )
    raise QueryError(f"The query ended by signal {number}." if number else "The query failed.")
