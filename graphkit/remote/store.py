"""A store on a SPARQL 1.1 server, which is asked and changed as a database at hand is.

Patterns become SELECTs; what came together is asked about together, and what was answered is kept
for as long as nothing changes. Opened for reading, a store is what it was when first asked about
each thing, as one on the disk is what it was when it was opened.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import islice
from typing import IO, Any, NoReturn, cast

import pyoxigraph
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Variable,
)

from graphkit.errors import StoreChangedError, StoreError
from graphkit.place import ServerUrl
from graphkit.quad_store import Results
from graphkit.rdf import term
from graphkit.remote.marker import HALFWAY, HOME, free_update, guarded_update, quad_block
from graphkit.remote.memory import Memory
from graphkit.remote.opening import Opened, look_at, read_revision
from graphkit.remote.questions import (
    Question,
    fits,
    pattern_query,
    question_for,
    question_of,
    to_quads,
    to_query,
)
from graphkit.remote.server import Server, ServerError
from graphkit.sparql import declare_prefixes

_UNFIT = (LookupError, TypeError, ValueError, AttributeError, RuntimeError, StopIteration)
_GLIMPSE = 256  # who asks who has a value often wants to know whether anybody has
_MANY = 5_000  # quads, beyond which questions are asked one by one, and not remembered
_LARGEST = 20_000  # quads that a server gets in one request, unless it refuses
_SMALLEST = 100
_TOO_LARGE = frozenset({400, 413, 414, 500, 502, 503})  # what servers say of too large a request
_FORM = re.compile(
    r"(?:\s|#[^\n]*\n|(?:PREFIX\s+\S*\s*|BASE\s*)<[^>]*>)*(ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
_UNASKED = Variable("graphkit_is_in_no_query")
_ODD_TRUTH = b"__ASK_RETVAL"  # Virtuoso 7 answers ASK with a row


def open_server(
    place: ServerUrl, *, read_only: bool = False, base: str | None = None
) -> "RemoteStore":
    """Open the store on a server; where there is none, the first change makes one.

    Raise StoreError as `database.open_database` does, and if the server's default graph is not the
    union of all its graphs.
    """
    server = Server(place)
    try:
        opened = look_at(server, read_only=read_only, base=base)
        return RemoteStore(server, opened, is_read_only=read_only)
    except BaseException:
        server.close()
        raise


class RemoteStore:
    """The quads below `base` on a server; see `quad_store.QuadStore`."""

    def __init__(self, server: Server, opened: Opened, *, is_read_only: bool = False) -> None:
        self.server = server
        self.is_read_only = is_read_only
        self.base = opened.base
        self._opened = opened
        self._revision = opened.revision
        self._memory = Memory()
        self._size = _LARGEST

    # --- reading ----------------------------------------------------------------------------------

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit a pattern."""
        if isinstance(graph_name, DefaultGraph):  # which has nothing of its own here
            return
        pattern = (subject, predicate, object, graph_name)
        question = question_for(*pattern)
        found = self._answer(question) if question else self._matches(pattern)
        for quad in found:
            if fits(quad, *pattern):
                yield quad

    def expect(self, questions: Iterable[Question]) -> None:
        """Ask now, together, what will be asked."""
        by_kind: dict[str, list[Question]] = {}
        for question in dict.fromkeys(questions):
            if self._memory.find(question) is None:
                by_kind.setdefault(question.kind, []).append(question)
        for asked in by_kind.values():
            for start in range(0, len(asked), 5 * _SMALLEST):
                self._ask(asked[start : start + 5 * _SMALLEST])

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        use_default_graph_as_union: bool = False,  # noqa: ARG002 # which it is, or is not opened
    ) -> Results:
        """Run a query; the server must not see what is no SPARQL 1.1."""
        _check_syntax(query, prefixes)
        text = declare_prefixes(query, prefixes or {})
        form = match[1].upper() if (match := _FORM.match(text)) else "SELECT"
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return self._triples(text)
        known = self._memory.rows.get(text)
        body = self.server.ask(text) if known is None else BytesIO(known)
        beginning = body.getvalue() if isinstance(body, BytesIO) else b""
        self._memory.keep_rows(text, beginning)
        if form == "ASK" and _ODD_TRUTH in beginning:
            return _truth(beginning)
        with _whole(self.server):
            if form == "SELECT" and beginning:
                self._note(pyoxigraph.parse_query_results(beginning, QueryResultsFormat.JSON))
            return pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)

    def named_graphs(self) -> Iterator[NamedNode]:
        """Yield the names of the graphs below the base."""
        condition = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{self.base}"))'
        rows = self._rows(f"SELECT DISTINCT ?g WHERE {{ {condition} }}")
        graphs = sorted((row["g"] for row in rows), key=str)
        self._memory.note(graphs)
        yield from graphs

    def contains_named_graph(self, graph_name: Any) -> bool:
        """Tell whether there is a graph."""
        return next(self.quads_for_pattern(None, None, None, graph_name), None) is not None

    def __contains__(self, key: Any, /) -> bool:
        pattern = (key.subject, key.predicate, key.object, key.graph_name)
        return next(self.quads_for_pattern(*pattern), None) is not None

    def __iter__(self) -> Iterator[Any]:
        for graph in self.named_graphs():
            yield from self.quads_for_pattern(None, None, None, graph)

    def __len__(self) -> int:
        condition = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{self.base}"))'
        (row,) = self._rows(f"SELECT (COUNT(*) AS ?quads) WHERE {{ {condition} }}")
        return int(row["quads"].value)

    def _answer(self, question: Question) -> Iterable[Quad]:
        known = self._memory.find(question)
        if known is not None:
            return known
        together = self._memory.with_neighbours(question)
        if len(together) > 1:
            self._ask(together)
            known = self._memory.find(question)
        return self._ask_alone(question) if known is None else known

    def _ask(self, questions: Sequence[Question]) -> None:
        """Ask questions of one kind and remember the answers, unless these are too many."""
        quads = self._quads(to_query(questions, _MANY + 1))
        answers: dict[Question, list[Quad]] = {question: [] for question in questions}
        kind = questions[0].kind
        for quad in quads:
            answers.setdefault(question_of(quad, kind), []).append(quad)
        if len(quads) <= _MANY and len(answers) == len(questions):
            for question, answer in answers.items():
                self._memory.keep(question, self._own(answer))
            self._memory.note_quads(quads)

    def _ask_alone(self, question: Question) -> Iterator[Quad]:
        """Yield the answer to a question; of a long one the rest only to those who want it."""
        most = _GLIMPSE if question.kind == "having" else _MANY
        found = self._quads(to_query([question], most + 1))
        self._memory.note_quads(found)
        if len(found) <= most:
            self._memory.keep(question, self._own(found))
        yield from self._own(found)
        if len(found) > most:
            seen = set(found)
            rest = to_quads(self._rows(to_query([question])))
            yield from (quad for quad in rest if quad not in seen and self._is_own(quad))

    def _matches(self, pattern: Sequence[Any]) -> Iterator[Quad]:
        """Yield what fits a pattern that no question has, in one go."""
        quads = to_quads(self._rows(pattern_query(*pattern)), pattern)
        while few := list(islice(quads, _MANY)):
            self._memory.note_quads(few)
            yield from self._own(few)

    def _quads(self, query: str) -> list[Quad]:
        return list(to_quads(self._rows(query)))

    def _own(self, quads: Iterable[Quad]) -> list[Quad]:
        return [quad for quad in quads if self._is_own(quad)]

    def _is_own(self, quad: Any) -> bool:
        """Tell whether a quad is of the store: a server may hold other things, too."""
        graph: str = quad.graph_name.value
        return graph.startswith(self.base) or (quad.subject == HOME and graph == HOME.value)

    def _rows(self, query: str) -> Iterator[Any]:
        with _whole(self.server):
            yield from cast(
                "Iterator[Any]",
                pyoxigraph.parse_query_results(self.server.ask(query), QueryResultsFormat.JSON),
            )

    def _note(self, rows: Any) -> None:
        columns: dict[str, list[Any]] = {name.value: [] for name in rows.variables}
        for row in rows:
            for name, values in columns.items():
                values.append(row[name])
        for values in columns.values():
            self._memory.note(values)

    def _triples(self, query: str) -> Results:
        """Return the triples of a query; only a database makes them what all others take."""
        found = pyoxigraph.Store()
        body = self.server.ask(query, for_triples=True)
        with _whole(self.server):
            found.bulk_load(body, RdfFormat.N_TRIPLES)
        return found.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def check_unchanged(self) -> None:
        """Raise StoreChangedError if another process has changed the store since it was read."""
        before = self._revision
        self._refresh()
        if self._revision != before:
            self._memory.clear()
            raise StoreChangedError(
                f"Another process changed the store at {self.server} meanwhile. Run it again."
            )

    def explain(self, error: BaseException) -> None:
        """Raise StoreError if an error comes of reading while others change the store."""
        if isinstance(error, _UNFIT):
            with suppress(ServerError):  # the first error tells more
                self.check_unchanged()
                if self._revision.is_halfway:
                    self._check_finished()

    @contextmanager
    def steadied(self) -> Iterator[None]:
        """Raise StoreError for what does not fit together; see `explain`."""
        try:
            yield
        except _UNFIT as error:
            self.explain(error)
            raise

    # --- writing ----------------------------------------------------------------------------------

    def change(self, removed: set[Quad], added: set[Quad]) -> None:
        """Remove and add quads, in one request where the server takes it, else in several.

        Between these it stands on the server that a change is under way. Raise StoreChangedError
        if somebody else has changed the store since it was read; nothing is then done.
        """
        self._check_writable()
        if self._revision.is_halfway and HALFWAY not in removed:
            self._check_finished()
        steps = _steps(removed - {HALFWAY}, added)
        if steps or HALFWAY in removed:
            self._take(steps)

    def fill(self, quads: Iterable[Quad]) -> None:
        """Add the quads of a whole store, however many, in as many requests as it takes."""
        self._check_writable()
        rest = iter(quads)
        while few := list(islice(rest, _LARGEST)):
            self._take([(True, quad) for quad in few], is_halfway=True)
        self._take([])

    def _take(self, steps: Sequence[tuple[bool, Quad]], *, is_halfway: bool = False) -> None:
        """Take steps of a change; more are to come if it is halfway then."""
        made, is_last = 0, False
        while not is_last:
            piece = steps[made : made + self._size]
            is_last = made + len(piece) == len(steps)
            try:
                self._advance(piece, is_halfway=is_halfway or not is_last)
            except ServerError as error:
                if error.status not in _TOO_LARGE or len(piece) <= _SMALLEST:
                    raise
                self._size, is_last = max(len(piece) // 4, _SMALLEST), False
            else:
                made += len(piece)

    def update(self, update: str) -> None:
        """Run an update of the user. Raise SyntaxError if it is none."""
        self._check_writable()
        self._memory.clear()
        after = self._revision.after(update)
        self.server.update(free_update(after, update))
        self._refresh()

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self.change(set(), set(quads))

    def load(
        self,
        input: bytes | str | IO[bytes] | IO[str] | None = None,
        format: RdfFormat | None = None,
    ) -> None:
        """Add the quads of a file. Raise SyntaxError if it is malformed."""
        self.extend(pyoxigraph.parse(input, format))

    def flush(self) -> None:
        """Do nothing: the server has all that it has acknowledged."""

    def close(self) -> None:
        """Give up the connection."""
        self.server.close()

    def _check_writable(self) -> None:
        if self.is_read_only:
            raise StoreError(f"The store {self.server} is open for reading only.")

    def _check_finished(self) -> None:
        """Raise StoreError, for what was read while a change was under way is of no use."""
        before = self._revision
        self._refresh()
        if self._revision != before:
            self._raise_changed()
        raise StoreError(
            f"The store at {self.server} is halfway through a change: another process is at work, "
            "or was stopped. Wait, or run `graphkit check --repair`."
        )

    def _raise_changed(self) -> NoReturn:
        self._memory.clear()
        raise StoreChangedError(
            f"Another process changed the store at {self.server} meanwhile; nothing of this change "
            "was made. Run it again."
        )

    def _advance(self, steps: Sequence[tuple[bool, Quad]], *, is_halfway: bool) -> None:
        """Make a piece of a change, or nothing of it, and look whether it was made."""
        removed = {quad for is_added, quad in steps if not is_added}
        added = {quad for is_added, quad in steps if is_added}
        before = self._revision
        told = f"{quad_block(removed)}\n{quad_block(added)}"
        after = before.after(told, is_halfway=is_halfway)
        marks = self._opened.marks if before.name is None else set()
        failure: ServerError | None = None
        place = self.server.update_place()
        try:
            self.server.update(guarded_update(before, after, removed, added | marks))
        except ServerError as error:
            failure = error
        self._memory.forget({*removed, *added})
        self._refresh(failure)
        if self._revision == after:
            return
        if failure and self._revision == before:
            raise failure
        if self._revision == before:
            raise StoreError(
                f"{place} took a change and did not make it. "
                "Does the user have the right to write? GRAPHKIT_UPDATE_URL names another address."
            )
        self._raise_changed()

    def _refresh(self, failure: ServerError | None = None) -> None:
        """Read the revision that the store has now."""
        try:
            if self._revision.name is None:  # now there is something to learn the union from
                opened = look_at(self.server, read_only=False, base=self.base)
                self._revision = opened.revision
            else:
                self._revision = read_revision(self.server)
        except ServerError as error:
            if failure:
                raise ServerError(f"{failure} Whether the change was made is unknown.") from error
            raise


def _steps(removed: Iterable[Quad], added: Iterable[Quad]) -> list[tuple[bool, Quad]]:
    """Return what to remove, and then to add, in a safe order.

    An article's digest goes first and comes last: one that is not whole is then known as such by
    `graphkit check`, and `graphkit add` reads it again. What tells of a profile comes before
    anything that points to it or finds it, for whoever reads one needs it whole.
    """
    gone = sorted(removed, key=lambda quad: (-_turn(quad), str(quad)))
    come = sorted(added, key=lambda quad: (_turn(quad), str(quad)))
    return [(False, quad) for quad in gone] + [(True, quad) for quad in come]


def _turn(quad: Quad) -> int:
    if quad.predicate == term("gk:digest"):
        return 3
    if quad.predicate in {term("gk:key"), term("gk:identifies")}:
        return 2
    return 0 if str(quad.graph_name).endswith("graph/profiles>") else 1


def _check_syntax(query: str, prefixes: dict[str, str] | None) -> None:
    """Raise SyntaxError if a text is no query, without evaluating it."""
    with suppress(RuntimeError):  # a variable is missing, which is told before the evaluation
        pyoxigraph.Store().query(query, prefixes=prefixes, substitutions={_UNASKED: Literal("")})


def _truth(answer: bytes) -> Results:
    """Return the truth value that a server wrote as a row, or as none."""
    rows: Any = pyoxigraph.parse_query_results(answer, QueryResultsFormat.JSON)
    told = "true" if any(row[0].value in {"1", "true"} for row in rows) else "false"
    return pyoxigraph.parse_query_results(
        f'{{"head":{{}},"boolean":{told}}}', QueryResultsFormat.JSON
    )


@contextmanager
def _whole(server: Server) -> Iterator[None]:
    """Turn what a parser says of an answer into what that means."""
    try:
        yield
    except SyntaxError as error:
        raise ServerError(f"{server} answers with what are no whole SPARQL results.") from error
