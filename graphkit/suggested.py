"""Topics that a person may merge or put below another, with the sentences that show why."""

from dataclasses import dataclass

from graphkit.codebook import Concept
from graphkit.concepts import IndexedConcept, suggest
from graphkit.shell import command_line
from graphkit.store import Store


@dataclass(frozen=True, slots=True)
class SuggestedChange:
    """Merge `topic` into `other`, or make `other` wider than it; `statements` are those of both."""

    action: str
    topic: str
    other: str
    reason: str
    statements: int
    quote: str
    other_quote: str
    command: str


def suggested_topics(store: Store) -> list[SuggestedChange]:
    """Return what may be changed about the topics of a store, the likeliest first."""
    counts = store.statement_counts("topic")
    topics = store.topics_by_node()
    listed = {concept.iri for concept in store.concepts()}
    concepts = [
        IndexedConcept(iri, concept.label, concept.alt_labels, is_curated=iri in listed)
        for iri, concept in topics.items()
        if counts[iri] or iri in listed
    ]
    quotes: dict[str, str] = {}
    changes = []
    for found in suggest(concepts, counts):
        one, other = topics[found.concept], topics[found.other]
        if other.label in one.broader or one.label == other.label:
            continue
        for concept in (one, other):
            quotes.setdefault(concept.iri, _best_quote(store, concept))
        changes.append(
            SuggestedChange(
                action=found.kind,
                topic=one.label,
                other=other.label,
                reason=found.reason,
                statements=counts[one.iri] + counts[other.iri],
                quote=quotes[one.iri],
                other_quote=quotes[other.iri],
                command=_command(found.kind, one.label, other.label),
            )
        )
    return changes


def _best_quote(store: Store, concept: Concept) -> str:
    statements = store.statements(topic=concept.label)
    best = max(statements, key=lambda one: one.confidence, default=None)
    return best.evidence if best else ""


def _command(kind: str, label: str, other: str) -> str:
    if kind == "merge":
        return command_line("graphkit topics merge", other, label)
    return command_line("graphkit topics broader", label, other)
