"""Names in RDF: the vocabulary, the prefixes, and the IRIs of all that an article yields.

Strings only, so that the look-ups need no RDF library for them.
"""

import functools
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from graphkit.digest import digest
from graphkit.statement import Span, Stance

VOCABULARY: Final = "https://w3id.org/graphkit/ns#"
BASE: Final = "https://w3id.org/graphkit/id/"

PREFIXES: Final[dict[str, str]] = {
    "gk": VOCABULARY,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
}

STANCE_TERMS: Final[dict[Stance, str]] = {
    "supports": "gk:Supports",
    "opposes": "gk:Opposes",
    "ambivalent": "gk:Ambivalent",
}
DIRECT_TERMS: Final[dict[Stance, str]] = {
    "supports": "gk:supports",
    "opposes": "gk:opposes",
    "ambivalent": "gk:ambivalentOn",
}

_SLUG_LENGTH = 80  # a claim can be a whole sentence; longer IRIs are no easier to read


@functools.cache
def expand(name: str) -> str:
    """Return the IRI of a prefixed name.

    >>> expand("gk:actor")
    'https://w3id.org/graphkit/ns#actor'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@dataclass(frozen=True, slots=True)
class Iris:
    """Mint IRIs below a base: different things get different IRIs, equal things equal ones.

    The IRIs of actors begin with a capital or "_", those of topics with neither; all others have a
    "/" after their first word. So no two kinds ever collide.
    """

    base: str = BASE

    @property
    def prefixes(self) -> dict[str, str]:
        """All prefixes, with those of the data: the empty one for actors and topics."""
        data = {"": self.base, "article": self.article(""), "statement": self.statement("")}
        return data | PREFIXES

    def actor(self, name: str) -> str:
        """Return the IRI of an actor whose name means the same in all articles.

        >>> Iris().actor("Emmanuel Macron")
        'https://w3id.org/graphkit/id/Emmanuel_Macron'
        """
        return self.base + _encode_name(name)

    def local_actor(self, article: str, name: str) -> str:
        """Return the IRI of a group or source that means something in one article only."""
        return f"{self.article(article)}#{_encode_blanks(name)}"

    def mention(self, article: str, name: str) -> str:
        """Return the IRI of an actor as one article shows it."""
        return f"{self.article(article)}#actor={_encode_blanks(name)}"

    def topic(self, label: str) -> str:
        """Return the IRI of a topic; a hash keeps labels apart that differ only in what it lacks.

        >>> Iris().topic("ammunition purchases")
        'https://w3id.org/graphkit/id/ammunition-purchases'
        >>> Iris().topic("ground troops in Ukraine")
        'https://w3id.org/graphkit/id/ground-troops-in-ukraine_7e873b42'
        """
        slug = _slug(label)
        if slug and slug.replace("-", " ") == label:
            return self.base + slug
        return f"{self.base}{slug or 'topic'}_{digest(label, 8)}"

    def candidate(self, key: str, shown: str) -> str:
        """Return the IRI of a topic that no codebook knows, from what its labels say.

        `key` is the same for all labels that say the same, and so is `shown`, its readable part.
        """
        return f"{self.base}{_slug(shown) or 'topic'}_{digest(key, 8)}"

    def article(self, article: str) -> str:
        """Return the IRI of an article, which is also that of its named graph."""
        return f"{self.base}article/{_encode_id(article)}"

    def statement(self, statement: str) -> str:
        """Return the IRI of a statement."""
        return f"{self.base}statement/{_encode_id(statement)}"

    def position(self, actor: str, topic: str) -> str:
        """Return the IRI of what an actor says on a topic, from the IRIs of both."""
        return f"{self.base}position/" + digest(f"{actor} {topic}", 16)

    def tally(self, kind: str, counted: str) -> str:
        """Return the IRI of what all statements come to for an actor, a topic or a confidence."""
        return f"{self.base}tally/" + digest(f"{kind} {counted}", 16)

    def utterance(self, statement: str, depth: int) -> str:
        """Return the IRI of a statement's utterance; depth 0 is the innermost."""
        return f"{self.statement(statement)}/utterance/{depth}"

    def span(self, article: str, span: Span, kind: str = "char") -> str:
        """Return the IRI of a stretch of text ("char", RFC 5147) or of a selector for it."""
        return f"{self.article(article)}#{kind}={span[0]},{span[1]}"

    def run(self, article: str, version: str) -> str:
        """Return the IRI of the extraction of an article by one version of the software."""
        return f"{self.article(article)}#run={_encode_id(version)}"

    def software(self, version: str) -> str:
        """Return the IRI of one version of the software."""
        return f"{self.base}software/{_encode_id(version)}"

    def profile(self, digest: str) -> str:
        """Return the IRI of what articles tell of an actor, from a hash of it."""
        return f"{self.base}profile/{digest}"

    def correction(self, id: str) -> str:
        """Return the IRI of a correction of the user."""
        return f"{self.base}correction/{id}"

    def graph(self, name: str) -> str:
        """Return the IRI of a graph that all articles share, such as "current"."""
        return f"{self.base}graph/{name}"

    def is_local_actor(self, iri: str) -> bool:
        """Tell whether an actor means something in one article only."""
        return iri.startswith(self.article(""))

    def is_actor(self, iri: str) -> bool:
        """Tell whether an IRI below the base is that of an actor.

        >>> Iris().is_actor("https://w3id.org/graphkit/id/Norland")
        True
        """
        local = iri.removeprefix(self.base)
        is_global = local != iri and (local[:1].isupper() or local.startswith("_"))
        return is_global or self.is_local_actor(iri)

    def shorten(self, iri: str) -> str:
        """Return an IRI with the prefix that a query needs not declare, or in angle brackets.

        >>> Iris().shorten("https://w3id.org/graphkit/id/Emmanuel_Macron")
        ':Emmanuel_Macron'
        """
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and (prefix or "/" not in iri.removeprefix(namespace)):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return f"<{iri}>"

    def name(self, iri: str) -> str:
        """Return the name in the IRI of an actor, as far as an IRI keeps it.

        >>> Iris().name("https://w3id.org/graphkit/id/Emmanuel_Macron")
        'Emmanuel Macron'
        """
        return unquote(re.split("[/#]", iri)[-1]).replace("_", " ").strip() or iri

    def article_id(self, iri: str) -> str:
        """Return the id in the IRI of an article."""
        return unquote(iri.removeprefix(self.base + "article/"))

    def statement_id(self, iri: str) -> str:
        """Return the id in the IRI of a statement."""
        return unquote(iri.removeprefix(self.base + "statement/"))


def _encode_name(name: str) -> str:
    """Put "_" before what does not begin with a capital, for that is how topics begin."""
    encoded = _encode_blanks(name)
    return encoded if encoded[:1].isupper() else f"_{encoded}"


def _encode_blanks(name: str) -> str:
    return _percent_encode(name, keep="-.").replace("%20", "_")


def _encode_id(text: str) -> str:
    """Keep ids as they are where they can stand in a path; "." and ".." cannot."""
    keep = "-_" if text in {".", ".."} else "-._"
    return _percent_encode(text, keep)


def _percent_encode(text: str, keep: str) -> str:
    if text.isalnum():
        return text
    return "".join(char if char.isalnum() or char in keep else _escape(char) for char in text)


def _escape(char: str) -> str:
    return quote(char, safe="") if char not in "-._~" else f"%{ord(char):02X}"


def _slug(label: str) -> str:
    chars = (char if char.isalnum() and not char.isupper() else " " for char in label.lower())
    return "-".join("".join(chars).split())[:_SLUG_LENGTH].rstrip("-")
