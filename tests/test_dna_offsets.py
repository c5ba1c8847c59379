"""Places are found by Java's count and by ours, and again when the text is normalized."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from graphkit.dna.offsets import JavaText, normalized

chars = st.text(
    st.sampled_from("ab \r\n\u0301\u0327e\u1112\u1161\u11ab가🚢é\u0915\u093c"), max_size=12
)


def _java(text: str) -> bytes:
    return text.encode("utf-16-le")


@given(chars, st.data())
def test_characters_are_found_where_java_has_them(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    java = JavaText(text)
    assert java.unit(place) == len(_java(text[:place])) // 2
    assert java.place(java.unit(place), is_end=False) == place
    assert java.place(java.unit(place), is_end=True) == place
    assert java.units == len(_java(text)) // 2


def test_half_a_character_is_all_of_it() -> None:
    java = JavaText("a🚢b")
    assert (java.place(2, is_end=False), java.place(2, is_end=True)) == (1, 2)


@given(chars, st.data())
@example("e\u0301", None)
def test_what_is_marked_is_marked_in_the_normalized_text(
    text: str, data: st.DataObject | None
) -> None:
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted)
    spans = [(start, end) for start, end in data.draw(st.lists(ends, max_size=3))] if data else []
    found, places = normalized(text, spans)
    assert found == unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for (start, end), place in zip(spans, places, strict=True):
        marked = found[slice(*place)]
        words = text[start:end].replace("\r\n", "\n")
        assert 0 <= place[0] <= place[1] <= len(found)
        if start < end:
            assert marked  # at least the character that the mark cuts
        is_cut = bool(unicodedata.combining((text[end:] or "x")[0]))  # as between e and an accent
        if words.isascii() and "\r" not in words and not is_cut:
            assert words in marked
