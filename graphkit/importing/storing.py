"""Put a parcel into a store, as a whole or not at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graphkit.codebook import Concept
from graphkit.coding import CodedArticle, import_settings, origin_of
from graphkit.coding_rdf import GRAPH, article_quads, scheme_quads
from graphkit.concepts.index import label_key
from graphkit.errors import ImportFault
from graphkit.importing.parcel import Parcel
from graphkit.rdf import fingerprint, to_quads
from graphkit.store import Store


@dataclass(slots=True)
class Outcome:
    """How many articles and statements were stored, and topics came into the codebook."""

    articles: int = 0
    statements: int = 0
    unchanged: int = 0
    topics: int = 0
    faults: list[ImportFault] = field(default_factory=list)


def put_parcel(
    store: Store,
    parcel: Parcel,
    *,
    overwrite: bool = False,
    curates: bool = True,
    batch_size: int = 2_000,
) -> Outcome:
    """Store the articles of a parcel; what is there already is left alone.

    That is one transaction, or several where there are more codings than `batch_size`, each of
    which takes about 0.15 MB; a second try finds what the first one stored unchanged. An article
    that graphkit extracted, or that came from another file, is a fault, unless it is to be
    overwritten. The topics come into the codebook if the parcel `curates`.
    """
    outcome = Outcome(faults=list(parcel.faults))
    changed = [*_changed(store, parcel, outcome, overwrite=overwrite)]
    concepts = _new_concepts(store, parcel.topics) if curates else []
    outcome.topics = len(concepts)
    scheme = scheme_quads(parcel.scheme, store.iris) if parcel.scheme else set()
    for batch in _batches(changed, batch_size):
        quads = {
            coded.extraction.article.id: to_quads(coded.extraction, store.iris, settings)
            | article_quads(coded, store.iris)
            for coded, settings in batch
        }
        store.add_articles(quads, concepts, {GRAPH: scheme})
        concepts, scheme = [], set()
    return outcome


def _changed(
    store: Store, parcel: Parcel, outcome: Outcome, *, overwrite: bool
) -> Iterator[tuple[CodedArticle, str]]:
    """Yield the articles that are to be stored, with the settings that tell their origin."""
    known = store.digests()
    for coded in parcel.articles:
        article = coded.extraction.article
        settings = import_settings(parcel.file, coded)
        before = known.get(article.id)
        if before and (
            before == fingerprint(article, settings) or _is_same(store, coded, parcel.file, before)
        ):
            outcome.unchanged += 1
        elif before and not overwrite and not _is_from(before, parcel.file):
            outcome.faults.append(_taken(parcel.file, article.id, before))
        else:
            outcome.articles += 1
            outcome.statements += len(coded.extraction.statements)
            yield coded, settings


def _batches(
    articles: Sequence[tuple[CodedArticle, str]], batch_size: int
) -> Iterator[list[tuple[CodedArticle, str]]]:
    """Yield articles in parts that fit into memory; one, maybe empty, where they are few."""
    batch: list[tuple[CodedArticle, str]] = []
    size = 0
    for article in articles:
        if batch and size >= batch_size:
            yield batch
            batch, size = [], 0
        batch.append(article)
        size += len(article[0].codings) + 1
    yield batch


def _is_same(store: Store, coded: CodedArticle, file: str, fingerprint: str) -> bool:
    """Tell whether the store would say the same of an article that has no codings of its own."""
    if _is_from(fingerprint, file) or any(coding.type for coding in coded.codings):
        return False
    article = coded.extraction.article
    same = set(coded.extraction.statements) == set(store.statements(article=article.id))
    return same and (coded.is_partial or article == store.article(article.id))


def _is_from(fingerprint: str, file: str) -> bool:
    return origin_of(fingerprint) == f"imported from {file}"


def _taken(file: str, article: str, fingerprint: str) -> ImportFault:
    made = origin_of(fingerprint) or "extracted by graphkit"
    return ImportFault(
        f"{file}: the article '{article}' was {made}; --overwrite replaces it by what is coded here"
    )


def _new_concepts(store: Store, labels: Iterable[str]) -> list[Concept]:
    """Return the topics that the codebook does not have; what has no words is none.

    What coders write in two ways is two topics, unless the codebook has one of them already.
    """
    concepts = store.concepts()
    known = {label_key(label) for one in concepts for label in (one.label, *one.alt_labels)} | {""}
    taken = {one.iri for one in concepts}
    return [
        Concept(label)
        for label in labels
        if label_key(label) not in known and store.iris.topic(label) not in taken
    ]
