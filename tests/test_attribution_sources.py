"""Who is the source of a report."""

import pytest

from graphkit.article import Article
from graphkit.extract import Extractor


@pytest.mark.parametrize(
    ("text", "cue", "source"),
    [
        ("Anna Holm was asked whether she would run again.", "asked", ""),
        ("The union sent a letter criticizing the new bridge.", "criticizing", "The union"),
        ("Holm hailed the mayor as a “brave man,” comparing him to a lion.", "comparing", "Holm"),
        ("They read a report that says the bridge is unsafe.", "says", "a report that"),
        ("They met a woman who says the bridge is unsafe.", "says", "who"),
    ],
)
def test_the_source_is_who_speaks(extractor: Extractor, text: str, cue: str, source: str) -> None:
    found = next(extractor.pipe([Article(id="a", text=text)])).attributions
    sources = [a.source for a in found if text[slice(*a.cue)] == cue]
    assert [text[span[0] : span[1]] if span else "" for span in sources] == [source]
