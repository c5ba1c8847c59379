"""The sample, added in any order: the same actors, and the same store."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.extract import Extractor
from graphkit.reading import read_articles
from graphkit.statement import Extraction
from graphs import quads_of, stored

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
EXAMPLES = 8  # 15 articles are added for each


@pytest.fixture(scope="module")
def sample(extractor: Extractor) -> list[Extraction]:
    articles = read_articles([str(SAMPLE)], on_error=pytest.fail)
    return list(extractor.pipe(articles))


@settings(max_examples=EXAMPLES, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(
    sample: Sequence[Extraction], chance: random.Random
) -> None:
    shuffled = stored(*chance.sample(sample, len(sample)))
    ordered = stored(*sample)
    assert shuffled.actors_by_node() == ordered.actors_by_node()
    assert quads_of(shuffled) == quads_of(ordered)


def test_one_person_of_several_articles_is_one_actor(sample: Sequence[Extraction]) -> None:
    store = stored(*sample)
    assert store.actor_nodes("Emmanuel Macron") == [store.iris.actor("Emmanuel Macron")]
    assert len({s.article for s in store.statements(actor="Emmanuel Macron")}) > 1
