"""Work in a child process reaches us, and its end is told, whatever it was."""

import contextlib
import io
import os
import signal
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from graphkit.child import run_apart
from graphkit.errors import GraphkitError, QueryError, QueryTimeoutError, StoreError


def test_what_is_written_comes_in_order_and_whole() -> None:
    lines = [f"{number}\n".encode() for number in range(100_000)]
    stream = io.BytesIO()
    run_apart(lambda out: out.writelines(lines), stream)
    assert stream.getvalue() == b"".join(lines)


def test_an_error_keeps_its_kind_and_its_line_and_says_where_it_was_raised() -> None:
    def fail(stream: BinaryIO) -> None:
        raise StoreError("No store.")

    with pytest.raises(StoreError) as caught:
        run_apart(fail, io.BytesIO())
    assert str(caught.value) == "No store."
    assert "in fail" in caught.value.__notes__[0]


def test_what_was_written_before_an_error_has_come() -> None:
    def fail(stream: BinaryIO) -> None:
        stream.write(b"one")
        raise QueryError("two")

    stream = io.BytesIO()
    with pytest.raises(QueryError):
        run_apart(fail, stream)
    assert stream.getvalue() == b"one"


def test_work_is_stopped_in_time() -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"after 0\.2 s"):
        run_apart(lambda _: signal.pause(), io.BytesIO(), timeout=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_is_told(number: signal.Signals) -> None:
    with pytest.raises(QueryError, match="The SPARQL engine gave up"):
        run_apart(lambda _: os.kill(os.getpid(), number), io.BytesIO())


def test_a_kill_is_told() -> None:
    with pytest.raises(QueryError, match="ended by signal 9"):
        run_apart(lambda _: os.kill(os.getpid(), signal.SIGKILL), io.BytesIO())


def test_ctrl_c_in_the_child_is_ctrl_c() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_apart(lambda _: os.kill(os.getpid(), signal.SIGINT), io.BytesIO())


def test_a_child_that_has_no_memory_left_is_told() -> None:
    def take(stream: BinaryIO) -> None:
        raise MemoryError

    with pytest.raises(QueryError, match="takes too much memory"):
        run_apart(take, io.BytesIO())


def test_a_child_keeps_nothing_open_that_others_wait_for() -> None:
    with Path(__file__).open() as file:
        stream = io.BytesIO()

        def look(stream: BinaryIO) -> None:
            with contextlib.suppress(OSError):
                os.fstat(file.fileno())
                stream.write(b"open")

        look(stream)
        run_apart(look, stream)
        assert stream.getvalue() == b"open"  # here, but not there


def test_a_bug_shows_its_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(GraphkitError, match="The query failed"):
        run_apart(lambda _: 1 / 0, io.BytesIO())  # type: ignore[arg-type,return-value]
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_child_ends_with_a_reader_that_has_seen_enough() -> None:
    def write_on(stream: BinaryIO) -> None:
        while True:
            stream.write(b"more\n")

    class Closed(io.BytesIO):
        def write(self, data: object) -> int:
            raise BrokenPipeError

    before = _children()
    with pytest.raises(BrokenPipeError):
        run_apart(write_on, Closed())
    assert _children() == before


def _children() -> set[str]:
    """Return the processes that this one has begun; other tests may have some."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}
