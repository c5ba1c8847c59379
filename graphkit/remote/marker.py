"""What graphkit keeps of itself on a server: the format, the base of IRIs and the revision.

On the disk that is a file beside the database. On a server it is a graph of its own, which is no
part of the data: no look-up and no export shows it. Each change gives the store a new revision and
asks for the one that it began with, so that no change follows from what is not so any more.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

HOME = NamedNode("https://w3id.org/graphkit/store#")
FORMAT, BASE, REVISION, UNFINISHED = (
    NamedNode(HOME.value + name) for name in ("format", "base", "revision", "unfinished")
)
HALFWAY = Quad(HOME, UNFINISHED, Literal("true"), HOME)
"""Stands there while a change that needs several requests is under way."""

_PROLOGUE = re.compile(
    r"(?:\s|#[^\n]*\n|(?:PREFIX\s+\S*\s*|BASE\s*)<[^>]*>)*", re.IGNORECASE
)  # Oxigraph 0.5 reads none behind a semicolon


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of a store between two changes; its name is None before the first."""

    name: str | None
    is_halfway: bool = False

    @property
    def quads(self) -> set[Quad]:
        """What the server keeps of it."""
        told = {Quad(HOME, REVISION, Literal(self.name), HOME)} if self.name else set()
        return told | ({HALFWAY} if self.is_halfway else set())

    def after(self, text: str, *, is_halfway: bool = False) -> "Revision":
        """Return the revision that a change makes: the same for the same change of the same."""
        told = f"{self.name or ''}\n{text}".encode()
        return Revision(hashlib.sha256(told).hexdigest()[:16], is_halfway)


def guarded_update(
    before: Revision, after: Revision, removed: Iterable[Quad], added: Iterable[Quad]
) -> str:
    """Write a change as one operation that does nothing unless the store has the revision before.

    A server has to carry out one operation as a whole, whatever it does with several.
    """
    if before.name is None:
        condition = f"FILTER NOT EXISTS {{ GRAPH {HOME} {{ {HOME} {REVISION} ?any }} }}"
    else:
        condition = quad_block(before.quads)
    gone = {*removed, *before.quads}
    return (
        f"DELETE {{\n{quad_block(gone)}\n}}\n" if gone else ""
    ) + f"INSERT {{\n{quad_block({*added, *after.quads})}\n}}\nWHERE {{\n{condition}\n}}"


def free_update(after: Revision, text: str) -> str:
    """Put before an update of the user, behind its prefixes, what tells that the store changed."""
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    return (
        f"{text[:start]}\nDELETE {{ GRAPH {HOME} {{ {HOME} {REVISION} ?before }} }}\n"
        f"INSERT {{ {quad_block(after.quads)} }}\n"
        f"WHERE {{ OPTIONAL {{ GRAPH {HOME} {{ {HOME} {REVISION} ?before }} }} }} ;\n{text[start:]}"
    )


def quad_block(quads: Iterable[Quad]) -> str:
    """Write quads as SPARQL has them: a block for each graph, in a fixed order."""
    by_graph: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        by_graph.setdefault(str(quad.graph_name), []).append(line)
    return "\n".join(_blocks(by_graph))


def _blocks(by_graph: dict[str, list[str]]) -> Iterator[str]:
    for graph, lines in sorted(by_graph.items()):
        told = "\n".join(sorted(lines))
        yield f"GRAPH {graph} {{\n{told}\n}}"
