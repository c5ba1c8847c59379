"""Extraction over several processes, each with an extractor of its own.

Nothing here imports spaCy before an extractor is loaded, so that the process which only hands out
articles stays small.
"""

import os
import pickle
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import batched, cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from graphkit.article import Article
from graphkit.codebook import Concept
from graphkit.errors import ArticleError, GraphkitError
from graphkit.statement import Extraction

if TYPE_CHECKING:
    from graphkit.extract import Extractor
    from graphkit.extract.gazetteer import Gazetteer

CHUNK_SIZE = 8
"""Articles that a process gets at a time: about half a second of work."""

CHUNKS_UNDER_WAY = 3
"""Chunks for each process that are at work or wait for their turn: what bounds the memory."""

Answer = Extraction | ArticleError

THREADS = "OPENBLAS_NUM_THREADS"


@dataclass(frozen=True)
class Crew:
    """Processes that extract side by side; it takes an `Extractor`'s place, once."""

    workers: Mapping[Connection, BaseProcess]
    concepts: Sequence[Concept] = ()

    def pipe(
        self,
        articles: Iterable[Article],
        on_error: Callable[[ArticleError], None] | None = None,
    ) -> Generator[Extraction, None, None]:
        """Extract from articles as they come; the order is kept. With it the processes end.

        An article whose extraction fails goes to `on_error`, or is raised. Raise what else is
        raised in a process, and GraphkitError if one ends by itself.
        """
        under_way: deque[Connection] = deque()
        try:
            for worker in self.workers:
                _send(worker, tuple(self.concepts))
            for worker, chunk in zip(cycle(self.workers), batched(articles, CHUNK_SIZE)):
                _send(worker, chunk)
                under_way.append(worker)
                if len(under_way) >= CHUNKS_UNDER_WAY * len(self.workers):
                    yield from _iter_extractions(_receive(under_way.popleft()), on_error)
            for worker in under_way:
                yield from _iter_extractions(_receive(worker), on_error)
        finally:
            self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for process in self.workers.values():
            process.terminate()
        for process in self.workers.values():
            process.join()


def _iter_extractions(
    answers: Iterable[Answer], on_error: Callable[[ArticleError], None] | None
) -> Iterator[Extraction]:
    for answer in answers:
        if isinstance(answer, Extraction):
            yield answer
        elif on_error is None:
            raise answer
        else:
            on_error(answer)


def load_extractors(
    jobs: int,
    model: str | None = None,
    concepts: Sequence[Concept] = (),
    lexicon: Path | None = None,
    gazetteer: "Gazetteer | None" = None,
) -> "Extractor | Crew":
    """Load an extractor in this process, or for more than one job one in each of as many others.

    Raise ModelError or LexiconError as `load_extractor` does. Processes begin by importing the main
    module: a script that asks for some does so under ``if __name__ == "__main__":``.
    """
    if jobs == 1:
        from graphkit.extract import load_extractor

        return load_extractor(model, concepts, lexicon, gazetteer)
    with _one_thread_each(), _ignoring_interrupts():
        crew = Crew(dict(_start_worker(model, lexicon) for _ in range(jobs)), tuple(concepts))
    try:
        names = pickle.dumps(gazetteer)
        for worker in crew.workers:
            _send(worker, names)
        for worker in crew.workers:
            _receive(worker)  # nothing, or the error that kept it from loading
    except BaseException:
        crew.close()
        raise
    return crew


def _start_worker(model: str | None, lexicon: Path | None) -> tuple[Connection, BaseProcess]:
    context = get_context("spawn")  # a fork would copy whatever threads and locks there are
    connection, other_end = context.Pipe()
    process = context.Process(target=_work, args=(other_end, model, lexicon), daemon=True)
    process.start()
    other_end.close()  # so that a process that is gone leaves an end of file
    return connection, process


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that start here multiply matrices in one thread, for they share the cores.

    It must be settled before a process imports numpy, which its main module may do at once.
    """
    is_set = THREADS in os.environ
    os.environ.setdefault(THREADS, "1")
    try:
        yield
    finally:
        if not is_set:
            del os.environ[THREADS]


@contextmanager
def _ignoring_interrupts() -> Iterator[None]:
    """Let processes that start here be born deaf to Ctrl-C, which is for this one to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread may set this
        return
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


# Bytes, not `Connection.send` and `recv`: these hold views of a buffer. Where Ctrl-C leaves one in
# a traceback, Python 3.12.1 crashes at its end: "deallocated BytesIO object has exported buffers"


def _send(worker: Connection, message: Any) -> None:
    try:
        worker.send_bytes(pickle.dumps(message))
    except OSError as error:
        raise _lost() from error


def _receive(worker: Connection) -> list[Answer]:
    try:
        received = worker.recv_bytes()
    except (EOFError, OSError) as error:
        raise _lost() from error
    answer: list[Answer] | Exception = pickle.loads(received)  # noqa: S301 - our own process
    if isinstance(answer, Exception):
        raise answer
    return answer


def _lost() -> GraphkitError:
    return GraphkitError("A process of --jobs has ended by itself; is memory short? Use fewer.")


def _work(parent: Connection, model: str | None, lexicon: Path | None) -> None:
    """Send the parent what a process of its has to say, as long as there is a parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox: SimpleQueue[Any] = SimpleQueue()
    messages = threading.Thread(target=_take_in, args=(parent, inbox), daemon=True)
    messages.start()
    with suppress(OSError):  # the parent has gone
        for answer in _iter_answers(inbox, model, lexicon):
            parent.send(answer)
    messages.join()


def _take_in(parent: Connection, inbox: SimpleQueue[Any]) -> None:
    """Take messages in at any time, so that the parent never waits; when it has gone, go, too."""
    with suppress(EOFError, OSError):
        while True:
            inbox.put(parent.recv())
    os._exit(1)


def _iter_answers(
    inbox: SimpleQueue[Any], model: str | None, lexicon: Path | None
) -> Iterator[list[Answer] | Exception]:
    """Yield an empty list for an extractor that is loaded, then what is in each chunk.

    The gazetteer comes first, pickled, for it is read only where spaCy is imported; then come the
    concepts and the chunks. The last answer is the error that ends it all.
    """
    try:
        from graphkit.extract import load_extractor

        gazetteer = pickle.loads(inbox.get())  # noqa: S301 - of our own process
        extractor = load_extractor(model, lexicon=lexicon, gazetteer=gazetteer)
        yield []
        extractor = replace(extractor, concepts=inbox.get())
        while True:
            failures: list[Answer] = []
            yield [*extractor.pipe(inbox.get(), failures.append), *failures]
    except Exception as error:  # noqa: BLE001 - the parent raises it
        error.add_note(traceback.format_exc())
        yield error
