"""Concepts: to which issue a topic belongs, among many, and which issues look alike.

`signature` reads what a label says, with the words of `synonyms`; `index` files concepts under
keys; `matching` finds a topic's concept by them; `ellipsis` completes what an article leaves out;
`suggestions` tells a person what may be merged.
Nothing here knows the store or spaCy.
"""

from graphkit.concepts.ellipsis import completed
from graphkit.concepts.index import Index, IndexedConcept, MemoryIndex, curated, keys_of
from graphkit.concepts.matching import Match, find_concept
from graphkit.concepts.signature import Signature, signature_of
from graphkit.concepts.suggestions import Suggestion, suggest

__all__ = [
    "Index",
    "IndexedConcept",
    "Match",
    "MemoryIndex",
    "Signature",
    "Suggestion",
    "completed",
    "curated",
    "find_concept",
    "keys_of",
    "signature_of",
    "suggest",
]
