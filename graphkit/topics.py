"""Which topic a statement's label is: one of the codebook, or what all labels say alike.

Labels that say the same are one topic, whatever articles come first: the IRI of a topic that no
codebook knows comes from what its labels say, and its label is the best of theirs.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from graphkit.concepts import Index, find_concept
from graphkit.concepts.index import label_key, signature_key, words_key
from graphkit.concepts.words import content
from graphkit.curation import Curation
from graphkit.label_quality import problems_of
from graphkit.vocabulary import Iris

_FEWEST, _MOST = 2, 7  # words of a label that stands alone


class TopicLinker:
    """Finds the topics of statements by a codebook, by what labels say, and by corrections."""

    def __init__(self, codebook: Index, iris: Iris, curation: Curation) -> None:
        self.curation = curation
        self.codebook = codebook
        self._iris = iris
        self._linked: dict[tuple[str, str], str] = {}

    def topic(self, label: str, text: str, article: str) -> str:
        """Return the IRI of a statement's topic, "" if the user retired it.

        `text` are the words of the article for it, `article` is the article's id.
        """
        topic = self.curation.outcome(self.linked(label, text), label, article)
        return "" if self.curation.is_retired(topic) else topic

    def linked(self, label: str, text: str) -> str:
        """Return the IRI of a topic before the user's corrections."""
        if (label, text) not in self._linked:
            found = find_concept(label, text, self.codebook)
            iri = found.iri if found else candidate_iri(label, self._iris)
            self._linked[label, text] = iri
        return self._linked[label, text]

    def label(self, iri: str, labels: Collection[str]) -> str:
        """Return the label of a topic that no codebook knows, from those of its statements."""
        own = own_labels(iri, labels, self._iris)
        made = self.curation.made(iri) or self.curation.named(iri)
        given = self.curation.label(iri) or best_label(own) or (made[0] if made else "")
        return given or best_label(labels) or self._iris.name(iri)


def own_labels(iri: str, labels: Iterable[str], iris: Iris) -> list[str]:
    """Return the labels that give a topic its IRI, and not those merged into it."""
    return [label for label in labels if candidate_iri(label, iris) == iri]


def best_label(labels: Collection[str]) -> str:
    """Return the label that reads best: without faults, not too short or long, in common words.

    >>> best_label(["the ground troops", "ground troops in Mali", "troops in Mali", "troops"])
    'troops in Mali'
    """
    shared = Counter(stem for label in labels for stem in content(label))
    return min(labels, key=lambda label: _label_rank(label, shared), default="")


def _label_rank(label: str, shared: Mapping[str, int]) -> tuple[object, ...]:
    """Return the key by which the label comes first whose words the others share most."""
    length, stems = len(label.split()), content(label)
    common = sum(shared[stem] for stem in stems) / max(len(stems), _FEWEST)
    unfit = not _FEWEST <= length <= _MOST
    return len(problems_of(label)), unfit, -round(common, 2), length, len(label), label


@lru_cache(maxsize=200_000)
def candidate_iri(label: str, iris: Iris) -> str:
    """Return the IRI of what a label says: the same for all that say the same."""
    says = signature_key(label)
    key = says or words_key(label) or label_key(label) or f"text:{label}"
    shown = says.replace("says:", "", 1) if says else " ".join(sorted(content(label)))
    return iris.candidate(key, shown)
