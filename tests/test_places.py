"""Bodies that share a name: the one of a place that stands before it is not the one we know."""

from typing import TYPE_CHECKING

import pytest

from graphkit.article import Article

if TYPE_CHECKING:
    from graphkit.extract import Extractor


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Texas Supreme Court", "Texas Supreme Court"),
        ("The Ohio Senate", "Ohio Senate"),
        ("The Thai Senate", "Thai Senate"),
        ("The Minnesota Department of Education", "Minnesota Department of Education"),
        ("The Senate", "Senate"),
        ("The American Senate", "Senate"),
        ("The U.S. Department of Education", "Education Department"),
        ("The Russian FSB", "Federal Security Service"),
        ("The Polish foreign ministry", "Polish Foreign Ministry"),
        ("Poland's Ministry of Defence", "Polish Defense Ministry"),
        ("Bavaria", "Bavaria"),
        ("Virginia", "Virginia"),
        ("Virginia Holt", "Virginia Holt"),
        ("The WHO", "World Health Organization"),
    ],
)
def test_a_place_before_a_body_tells_which_one_it_is(
    extractor: "Extractor", text: str, name: str
) -> None:
    (extraction,) = extractor.pipe([Article(id="a", text=f"{text} rejected the tax plan.")])
    assert [statement.actor for statement in extraction.statements] == [name]
