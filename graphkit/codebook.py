"""Codebooks: curated topics as SKOS concepts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Concept:
    """A topic with its labels; ``broader`` holds the preferred labels of wider topics."""

    label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    iri: str = ""
