"""What a server has answered, and what is likely to be asked next.

Who asks about one of the things that came together in an answer mostly goes on with the others: so
these are asked about together. That needs no change in the code that asks, one by one, as costs
nothing in a database at hand.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Quad

from graphkit.remote.questions import Question, is_askable, question_of

_MOST = 500_000  # quads, some 200 MB
_LITTLE, _ROWS = 10_000, 1_000  # bytes of one answer, and answers
_TOGETHER = {"graph": 10}
_TOGETHER_ELSE = 100  # 2 ms with Oxigraph and 50 ms with Virtuoso, where one alone takes 1 and 5


class Memory:
    """The answers of one server, which are right until somebody changes the store."""

    def __init__(self) -> None:
        self._answers: dict[Question, list[Quad]] = {}
        self._size = 0
        self._places: dict[Any, tuple[Sequence[Any], int]] = {}
        self.rows: dict[str, bytes] = {}

    def find(self, question: Question) -> list[Quad] | None:
        """Return an answer, None if it is not known."""
        found = self._answers.get(question)
        if found is None and question.kind in {"about", "text"}:
            return self._answers.get(Question("whole", question.value))
        return found

    def keep(self, question: Question, answer: list[Quad]) -> None:
        """Remember the answer to a question."""
        self._size += len(answer) + 1
        if self._size > _MOST:
            self.clear()
            self._size = len(answer) + 1
        self._answers[question] = answer

    def keep_rows(self, query: str, rows: bytes) -> None:
        """Remember what was answered to a query, if it is little: names are looked up twice."""
        if 0 < len(rows) <= _LITTLE:
            if len(self.rows) >= _ROWS:
                self.rows.clear()
            self.rows[query] = rows

    def note(self, together: Iterable[Any]) -> None:
        """Note what came together, in the order in which it may be asked about."""
        group = list(dict.fromkeys(filter(is_askable, together)))
        for place, one in enumerate(group):
            if len(group) >= len(self._places.get(one, ((), 0))[0]):
                self._places[one] = (group, place)

    def note_quads(self, quads: Sequence[Any]) -> None:
        """Note what came together in quads: subjects, graphs, and the values of a predicate."""
        self.note(quad.graph_name for quad in quads)
        values: dict[Any, list[Any]] = {}
        for quad in quads:
            values.setdefault(quad.predicate, []).append(quad.object)
        for objects in values.values():
            self.note(objects)
        self.note(quad.subject for quad in quads)

    def with_neighbours(self, question: Question) -> list[Question]:
        """Return a question and those about what came next to it, as far as they are open."""
        group, place = self._places.get(question.value, ((question.value,), 0))
        most = _TOGETHER.get(question.kind, _TOGETHER_ELSE)
        near = (*group[place + 1 : place + 1 + 2 * most], *group[max(place - 2 * most, 0) : place])
        others = map(question.with_value, near)
        return [question, *(one for one in others if self.find(one) is None)][:most]

    def forget(self, quads: Iterable[Quad]) -> None:
        """Forget the answers that a change of quads makes wrong."""
        self.rows.clear()
        for quad in quads:
            for kind in ("about", "whole", "text", "having", "graph"):
                self._answers.pop(question_of(quad, kind), None)

    def clear(self) -> None:
        """Forget all."""
        self._answers.clear()
        self._places.clear()
        self.rows.clear()
        self._size = 0
