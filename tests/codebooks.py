"""Codebooks for tests: concepts, and the files that hold them."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph

from graphkit.codebook import Concept
from graphkit.skos_file import RDF_TYPE, SKOS

BASE = "https://topics.example/"


def large_codebook(concepts: int = 200, alternatives: int = 5) -> list[Concept]:
    """Return concepts with alternative labels; every fourth is broader than the next three."""
    return sorted(
        (
            Concept(
                f"harbour rule {number}",
                tuple(sorted(f"rule {number}.{n} for quays" for n in range(alternatives))),
                (f"harbour rule {number - number % 4}",) if number % 4 else (),
                f"{BASE}rule-{number}",
            )
            for number in range(concepts)
        ),
        key=lambda concept: concept.label,
    )


def write_table(path: Path, concepts: Sequence[Concept], delimiter: str = ",") -> None:
    """Write concepts as a table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(["label", "alternatives", "broader", "id"])
    for concept in concepts:
        broader = "|".join(concept.broader)
        writer.writerow([concept.label, "|".join(concept.alt_labels), broader, concept.iri])
    path.write_text(text.getvalue(), encoding="utf-8")


def write_turtle(path: Path, concepts: Sequence[Concept]) -> None:
    """Write concepts, which all have an IRI, as SKOS."""
    nodes = {concept.label: pyoxigraph.NamedNode(concept.iri) for concept in concepts}
    triples = []
    for concept in concepts:
        about = [(RDF_TYPE, pyoxigraph.NamedNode(f"{SKOS}Concept"))]
        about += [(f"{SKOS}prefLabel", pyoxigraph.Literal(concept.label, language="en"))]
        about += [(f"{SKOS}altLabel", pyoxigraph.Literal(one)) for one in concept.alt_labels]
        about += [(f"{SKOS}broader", nodes[label]) for label in concept.broader]
        triples += [
            pyoxigraph.Triple(nodes[concept.label], pyoxigraph.NamedNode(name), value)
            for name, value in about
        ]
    prefixes = {"skos": SKOS, "t": BASE}
    turtle = pyoxigraph.RdfFormat.TURTLE
    path.write_bytes(pyoxigraph.serialize(triples, format=turtle, prefixes=prefixes))
