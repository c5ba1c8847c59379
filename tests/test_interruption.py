"""Writers that are killed, interrupted or out of room leave each change whole or not made."""

import multiprocessing
import os
import random
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graphkit.store import Store
from graphs import quads_of
from processes import change, keep_changing, run_python

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["processes"])
LONGEST = 0.25  # seconds until a writer is killed
EARLY = 0.2  # share of them that may be killed as they open the store


def interrupt(path: Path, number: int, sign: int, chance: random.Random) -> tuple[int, int]:
    """Let a process write for a while. Return the changes that it began and acknowledged last."""
    here, there = PROCESSES.Pipe(duplex=False)
    writer: Any = PROCESSES.Process(target=keep_changing, args=(path, number, there))
    writer.start()
    there.close()
    if chance.random() > EARLY:
        here.poll(None)
    writer.join(LONGEST * chance.random())
    assert writer.is_alive()
    os.kill(writer.pid, sign)
    writer.join()
    done = begun = number - 1
    for what, current in _messages(here):
        if what == "begun":
            begun = current
        else:
            done = current
    assert done <= begun <= done + 1
    return begun, done


def _messages(connection: Any) -> Iterator[tuple[str, int]]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return


def _check_interrupted(path: Path, times: int, sign: int, chance: random.Random) -> int:
    """Interrupt writers, and compare the store with what they acknowledged; return their number."""
    expected = Store.open(None)
    number = 0
    for turn in range(times):
        begun, done = interrupt(path, number, sign, chance)
        for acknowledged in range(number, done + 1):
            change(expected, acknowledged)
        number = done + 1
        with Store.open(path) as store:
            found = quads_of(store)
            if found != quads_of(expected):  # the last one was made, and nobody was left to tell
                assert begun == number
                change(expected, begun)
                number += 1
                assert found == quads_of(expected)
            if turn % 10 == 9:
                assert list(store.find_faults()) == []
    return number


@pytest.mark.slow
def test_writers_that_are_killed_50_times_leave_what_they_acknowledged(tmp_path: Path) -> None:
    made = _check_interrupted(tmp_path / "db", 50, signal.SIGKILL, random.Random(4))
    assert made > 50  # or hardly anything was interrupted


@pytest.mark.slow
def test_writers_that_are_interrupted_leave_what_they_acknowledged(tmp_path: Path) -> None:
    # Python has a moment in which it can be interrupted before the writer's first line.
    made = _check_interrupted(tmp_path / "db", 10, signal.SIGINT, random.Random(5))
    assert made > 10


def test_a_writer_out_of_room_leaves_what_it_acknowledged(tmp_path: Path) -> None:
    code = """
        import itertools, pathlib, resource, sys
        from graphkit.errors import StoreError
        from graphkit.store import Store
        from processes import change
        store = Store.open(pathlib.Path(sys.argv[1]))
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        try:
            for number in itertools.count():
                change(store, number)
                print("done", number, flush=True)
        except StoreError as error:
            print(error, flush=True)
        """
    told = run_python(code, tmp_path / "db").communicate()[0].splitlines()
    assert told[-1].startswith(f"The store {tmp_path / 'db'} ")
    made = [int(line.split()[1]) for line in told if re.fullmatch(r"done \d+", line)]
    assert len(made) > 10
    expected = Store.open(None)
    for number in made:
        change(expected, number)
    with Store.open(tmp_path / "db") as store:
        assert quads_of(store) == quads_of(expected)
        assert list(store.find_faults()) == []
