"""Topic evaluation: whether the topics that are one to a reader are one concept.

Statements are items, gold topics their true clusters, and the concepts on which their topics land
the found ones. B-cubed precision is the share of a statement's found cluster that shares its gold
topic, recall the share of its gold topic that shares its found cluster, each averaged over
statements (Bagga and Baldwin 1998). Only located statements count: a prediction beside gold.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass

from graphkit.codebook import Concept
from graphkit.concepts import MemoryIndex, curated
from graphkit.curation import Curation
from graphkit.errors import GraphkitError
from graphkit.evaluation import Figures, Gold, Row, located, read_position
from graphkit.topics import TopicLinker
from graphkit.vocabulary import Iris

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True, slots=True)
class TopicScores:
    """How far found clusters of statements agree with gold topics.

    In `each_article` a cluster ends with its article, in `all_together` it does not; both average
    over all statements. Beside concepts stand clusters of equal strings, the baseline.
    """

    statements: int
    gold_topics: int
    found_concepts: int
    each_article: Figures
    each_article_strings: Figures
    all_together: Figures
    all_together_strings: Figures

    def measures(self) -> dict[str, float]:
        """Return the measures that a floor can hold: F1 of each article and of all together."""
        return {"topics": self.each_article.f1, "topics-all": self.all_together.f1}

    def rows(self) -> list[dict[str, str | float]]:
        """Return the figures as a table."""
        figures = {
            ("each article", "concepts"): self.each_article,
            ("each article", "equal strings"): self.each_article_strings,
            ("all together", "concepts"): self.all_together,
            ("all together", "equal strings"): self.all_together_strings,
        }
        return [
            {"articles": articles, "clusters": clusters, **asdict(one)}
            for (articles, clusters), one in figures.items()
        ]


def score_topics(
    gold: Gold, rows: Iterable[tuple[str, Row]], codebook: Sequence[Concept] = ()
) -> TopicScores:
    """Score the topics of predicted statements, which land on concepts as in a store.

    Raise GraphkitError if the gold holds no statements or a prediction is malformed.
    """
    if gold.kind != "statements":
        raise GraphkitError("topics need gold statements; this gold holds attributions")
    listed = list(rows)
    predicted = [read_position(row, place) for place, row in listed]
    concepts = _concepts([row for _, row in listed], codebook)
    pairs = [
        (marked.article, marked.topic, predicted[number].topic, concepts[number])
        for marked, number in located(gold, predicted)
    ]
    return TopicScores(
        statements=len(pairs),
        gold_topics=len({topic for _, topic, _, _ in pairs}),
        found_concepts=len({concept for *_, concept in pairs}),
        each_article=b_cubed([((a, topic), (a, concept)) for a, topic, _, concept in pairs]),
        each_article_strings=b_cubed([((a, topic), (a, text)) for a, topic, text, _ in pairs]),
        all_together=b_cubed([(topic, concept) for _, topic, _, concept in pairs]),
        all_together_strings=b_cubed([(topic, text) for _, topic, text, _ in pairs]),
    )


def b_cubed(pairs: Sequence[Pair]) -> Figures:
    """Return B-cubed precision, recall and F1 of (gold cluster, found cluster) pairs.

    >>> b_cubed([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
    Figures(precision=0.75, recall=0.6667, f1=0.7059)
    """
    true = Counter(gold for gold, _ in pairs)
    found = Counter(cluster for _, cluster in pairs)
    both = Counter(pairs)
    precision = sum(count * count / found[cluster] for (_, cluster), count in both.items())
    recall = sum(count * count / true[gold] for (gold, _), count in both.items())
    return Figures.of_shares(precision / max(len(pairs), 1), recall / max(len(pairs), 1))


def _concepts(rows: Iterable[Row], codebook: Sequence[Concept]) -> list[str]:
    """Return the IRIs of the concepts on which the topics of the rows land in a store."""
    linker = TopicLinker(MemoryIndex(curated(codebook)), Iris(), Curation())
    return [linker.linked(row["topic"], str(row.get("topic_text") or "")) for row in rows]
