"""Attribution: who said, thought, or wanted what, and with which words.

Each `Said` links a source, a cue and a content. `attributions` finds them in three steps:

1. `frames` asks each token whether it is a cue, by its part of speech. The cues are `verbs` ("X
   said that ...", "X called for ...", with `clauses` and `predicates` for what they report),
   `idioms` ("X took aim at ..."), `documents` and courts ("a study found flaws"), `nouns` ("X's
   claim that ..."), `adjectives` ("X was sure that ...") and `phrases` ("according to X"). They
   share `sources`, which tells whose words they are, and `contents`, which tells where these end.
2. `labels` reads "X: ..." in transcripts and headlines.
3. `quoted` widens contents to the quotations that they touch, and gives each quotation that is left
   to the attribution around or before it, or to whoever `speakers` finds beside it.

`reported` picks from them those that the article itself makes, each once (`repeats`).
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from graphkit.extract.attribution.frames import distinct, from_token
from graphkit.extract.attribution.labels import labelled
from graphkit.extract.attribution.quoted import with_loose_quotes, with_quotes
from graphkit.extract.attribution.repeats import without_repeats
from graphkit.extract.attribution.said import Said
from graphkit.extract.lexicon import Lexicon
from graphkit.extract.quotations import quotations
from graphkit.extract.syntax import text_of
from graphkit.word_lists import word_list

REPORTING = word_list("reporting")


def attributions(doc: Doc, lexicon: Lexicon) -> list[Said]:
    """Find all attributions of a parsed article, in text order."""
    quotes = quotations(text_of(doc))
    found = [said for token in doc for said in from_token(token, lexicon)]
    found += labelled(doc)
    found = [with_quotes(said, quotes) for said in distinct(found)]
    found = with_loose_quotes(doc, quotes, found, lexicon)
    return sorted(found, key=lambda said: (said.content, said.cue.idx))


def reported(found: Sequence[Said], lexicon: Lexicon) -> list[Said]:
    """Return the attributions that an article makes.

    Inside reported words only a named source that says something counts ("A said that B said"):
    what their speaker thinks or wants is part of them. Nor do the same words count twice.
    """
    speeches = [said for said in found if said.is_speech]
    return without_repeats([said for said in found if _is_told(said, speeches, lexicon)])


def _is_told(said: Said, speeches: Sequence[Said], lexicon: Lexicon) -> bool:
    cues = lexicon.verbs.get(said.cue.lemma_.lower(), ())
    around = [o for o in speeches if o.cue != said.cue and _is_around(o, said)]
    if not around:
        return said.frame != "clause" or any(cue.label in REPORTING for cue in cues)
    is_named = said.source is not None and said.source.pos_ != "PRON"
    says = any(cue.label in {"verbs.say", "verbs.insist"} for cue in cues)
    return is_named and says and all(o.quote == "indirect" for o in around)


def _is_around(outer: Said, said: Said) -> bool:
    """Tell whether an attribution lies in the words of another; of two in each other, the less."""
    if not outer.covers(said.cue.idx):
        return False
    return not said.covers(outer.cue.idx) or outer.length > said.length
