import gzip
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

import example
from coded import make_database, write_dna
from folders import names
from graphkit import rdf_import
from graphkit.backup import back_up
from graphkit.codebook import Concept
from graphkit.curation import Correction
from graphkit.dna.records import Coder
from graphkit.errors import GraphkitError, StoreError
from graphkit.export.dna import export_dna
from graphkit.importing.dna_file import read_dna_parcel
from graphkit.importing.parcel import Choices
from graphkit.importing.storing import put_parcel
from graphkit.rdf_import import Imported, import_rdf
from graphkit.store import Store
from graphs import quads_of, stored
from test_rdf_file import BAD

DATASETS = ("nq", "trig", "jsonld")
TRIPLES = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
ALL = Imported(articles=3, unchanged=0, topics=2, corrections=1)


def fill(store: Store) -> Store:
    """Add three articles with a codebook and a correction."""
    store.add_concepts([Concept(example.CHARGE, ("the charge",), broader=("transport",))])
    for extraction in example.EXTRACTIONS:
        store.add(extraction, "some settings")
    store.correct([Correction(action="rename", actor=store.iris.actor("Ana Perez"), name="Ana")])
    return store


def write(store: Store, path: Path) -> Path:
    """Write all of a store in the syntax of a file."""
    ending = path.name.removesuffix(".gz").rpartition(".")[2]
    stream = io.BytesIO()
    if ending in DATASETS:
        store.dump(stream, ending)
    else:
        triples: Any = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        pyoxigraph.serialize(triples, stream, TRIPLES[ending])
    content = stream.getvalue()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture(params=["one transaction", "in bulk", "in memory"])
def target(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Return an empty store, into which a dump is taken in each of the ways that there are."""
    if request.param == "in bulk":
        monkeypatch.setattr(rdf_import, "MOST_AT_ONCE", 0)
    with Store.open(None if request.param == "in memory" else tmp_path / "target") as store:
        yield store


@pytest.mark.parametrize("name", [*(f"x.{one}" for one in (*DATASETS, *TRIPLES)), "x.trig.gz"])
def test_a_dump_makes_the_store_that_wrote_it(target: Store, tmp_path: Path, name: str) -> None:
    source = fill(Store.open(None))
    path = write(source, tmp_path / name)
    assert import_rdf(target, path) == ALL
    assert quads_of(target) == quads_of(source)
    assert list(target.find_faults()) == []
    assert import_rdf(target, path) == Imported(articles=0, unchanged=3, topics=0, corrections=0)
    assert quads_of(target) == quads_of(source)
    assert not [one for one in names(tmp_path) if one.startswith(".")]


@pytest.mark.parametrize("name", ["copy.nq", "copy.nq.gz"])
def test_a_backup_makes_the_store_that_wrote_it(target: Store, tmp_path: Path, name: str) -> None:
    with fill(Store.open(tmp_path / "db")) as source:
        whole = quads_of(source)
    back_up(tmp_path / "db", tmp_path / name)
    assert import_rdf(target, tmp_path / name) == ALL
    assert quads_of(target) == whole
    target.remove("brief")  # it is open as before
    assert import_rdf(target, tmp_path / name).articles == 1
    assert quads_of(target) == whole


@pytest.mark.parametrize("name", ["x.trig", "x.ttl"])
def test_dumps_of_parts_make_the_store_of_all(target: Store, tmp_path: Path, name: str) -> None:
    expected = Store.open(None)
    for extraction in example.EXTRACTIONS:
        part = Store.open(None)
        for store in (part, expected):
            store.add(extraction)
        assert import_rdf(target, write(part, tmp_path / name)).articles == 1
    assert quads_of(target) == quads_of(expected)
    assert list(target.find_faults()) == []


def put_coded(store: Store, path: Path, colour: tuple[int, int, int] = (12, 34, 56)) -> Store:
    """Import a database of DNA that is made at a path, where Ida has a colour."""
    coders = {1: Coder(name="Admin"), 2: Coder(name="Ida", colour=colour)}
    rows = [("Ana", "Port", "tugs", True), ("", "Port", "", False)]
    write_dna(make_database(rows, coders=coders), path)
    put_parcel(store, read_dna_parcel(path, Choices()))
    return store


@pytest.mark.parametrize("name", [f"x.{one}" for one in (*DATASETS, *TRIPLES)])
def test_codings_come_with_a_dump(target: Store, tmp_path: Path, name: str) -> None:
    fill(target)
    other = put_coded(Store.open(None), tmp_path / "harbour.dna")
    assert import_rdf(target, write(other, tmp_path / name)).articles == 1
    expected = put_coded(fill(Store.open(None)), tmp_path / "harbour.dna")
    assert quads_of(target) == quads_of(expected)
    assert list(target.find_faults()) == []


def test_what_coders_work_with_takes_the_place_of_earlier(target: Store, tmp_path: Path) -> None:
    put_coded(target, tmp_path / "harbour.dna")
    other = put_coded(Store.open(None), tmp_path / "pier.dna", colour=(7, 8, 9))
    import_rdf(target, write(other, tmp_path / "x.nq"))
    expected = put_coded(Store.open(None), tmp_path / "harbour.dna")
    put_coded(expected, tmp_path / "pier.dna", colour=(7, 8, 9))
    assert quads_of(target) == quads_of(expected)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("dataType", "is none: zz"),
        ("colour", "is none: zz"),
        ("number", "is none: zz"),
        ("codedSpan", "is none: zz"),
        ("moment", "is none: zz"),
        ("codingType", 'is not there: "zz"'),
        ("variableOf", 'is not there: "zz"'),
        ("entityOf", 'is not there: "zz"'),
    ],
)
def test_codings_that_cannot_be_read_are_refused(name: str, fault: str, tmp_path: Path) -> None:
    path = write(put_coded(Store.open(None), tmp_path / "harbour.dna"), tmp_path / "x.nq")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(ns#{name}>) .+ (<\S+ \.)", r'\1 "zz" \2', text), encoding="utf-8")
    target = Store.open(None)
    with pytest.raises(StoreError, match=f"has a gk:{name} that {fault}"):
        import_rdf(target, path)
    assert not quads_of(target)
    target.load(path.read_bytes())
    assert any(f"gk:{name} that {fault}" in finding.text for finding in target.find_faults())


def test_values_of_other_types_are_told_when_they_are_exported(tmp_path: Path) -> None:
    path = write(put_coded(Store.open(None), tmp_path / "harbour.dna"), tmp_path / "x.nq")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'/agreement> "true"\S+', '/agreement> "zz"', text), encoding="utf-8")
    target = Store.open(None)
    import_rdf(target, path)
    with pytest.raises(StoreError, match="has the value 'zz' of 'agreement', which is no bool"):
        export_dna(target, io.BytesIO())


def test_an_article_and_a_concept_take_the_place_of_earlier_ones(
    target: Store, tmp_path: Path
) -> None:
    fill(target)
    other = Store.open(None)
    other.add(example.EXTRACTIONS[0])  # with other settings
    other.add_concepts([Concept(example.CHARGE, ("toll",))])
    told = import_rdf(target, write(other, tmp_path / "x.nq"))
    assert told == Imported(articles=1, unchanged=0, topics=1, corrections=0)
    expected = fill(Store.open(None))
    expected.add(example.EXTRACTIONS[0])
    expected.add_concepts([Concept(example.CHARGE, ("toll",))])
    assert quads_of(target) == quads_of(expected)
    assert list(target.find_faults()) == []


def test_corrections_come_after_those_that_are_there(target: Store, tmp_path: Path) -> None:
    novak, perez = (target.iris.actor(name) for name in ("Lucja Novak", "Ana Perez"))
    first = Correction(action="rename", actor=novak, name="The mayor")
    fill(target).correct([first])
    other = Store.open(None)
    other.add(example.EXTRACTIONS[0])
    other.correct([first, Correction(action="rename", actor=perez, name="The minister")])
    assert import_rdf(target, write(other, tmp_path / "x.trig")).corrections == 1
    names = [one.name for one, _ in target.corrections()]
    assert names == ["Ana", "The mayor", "The minister"]
    assert "The minister" in {actor.name for actor in target.actors()}
    assert list(target.find_faults()) == []


def test_a_codebook_alone_is_taken(target: Store, tmp_path: Path) -> None:
    other = Store.open(None)
    other.add_concepts([Concept(example.CHARGE, broader=("transport",))])
    for extraction in example.EXTRACTIONS:
        target.add(extraction)
    told = import_rdf(target, write(other, tmp_path / "x.nq"))
    assert told == Imported(articles=0, unchanged=0, topics=2, corrections=0)
    assert {one.label for one in target.concepts()} == {example.CHARGE, "transport"}
    assert list(target.find_faults()) == []


def test_what_follows_is_made_anew_whatever_a_dump_has_of_it(target: Store, tmp_path: Path) -> None:
    source = fill(Store.open(None))
    whole = quads_of(source)
    iri = source.iris.actor
    source._inner.update(
        f"INSERT DATA {{ GRAPH <{source.iris.graph('current')}> "
        f"{{ <{iri('Nobody')}> <a:b> <{iri('Noone')}> }} }} ; "
        f"DROP GRAPH <{source.iris.graph('entities')}>"
    )
    import_rdf(target, write(source, tmp_path / "x.nq"))
    assert quads_of(target) == whole


# --- what is refused -----------------------------------------------------------------------------


def _with(line: str) -> Callable[[str], str]:
    return lambda text: f"{text}{line}\n"


def _without(part: str) -> Callable[[str], str]:
    def remove(text: str) -> str:
        lines = [line for line in text.splitlines(keepends=True) if part not in line]
        return "".join(lines)

    return remove


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("x.nq", _with("<a:a> <a:b> <a:c> <a:g> ."), "graph <a:g> is none of graphkit's"),
        ("x.nq", _with("<a:a> <a:b> <a:c> ."), "triples outside of all graphs"),
        ("x.nt", _with("<a:a> <a:b> <a:c> ."), "<a:a> is nothing that a store of graphkit"),
        ("x.nt", _with("_:a <a:b> <a:c> ."), "_:.* is nothing that a store of graphkit"),
        ("x.nq", _without("#digest>"), "article brief: .* has no gk:digest"),
        ("x.nq", _without("#profileName>"), "profiles: .* is not what was stored"),
        ("x.nq", _without("/graph/profiles>"), "has a gk:profile that is not there"),
        ("x.nq", lambda text: text.replace("In brief", "In short"), "article brief: its text"),
        ("x.nq", lambda text: text.replace("w3id.org", "x.example"), "has the base https://x.ex"),
        ("x.nq", lambda _: "", "holds nothing that a store of graphkit tells"),
        ("x.ttl", lambda _: "", "holds nothing that a store of graphkit tells"),
        ("x.ttl", lambda _: "<a:a> <a:b> <a:c> .", "`graphkit topics import` reads codebooks"),
        ("x.nq", lambda text: text.replace('rename"', 'enname"'), "gk:action 'enname' is none"),
        (
            "x.nq",
            lambda text: text.replace("/article/brief", "/article/other").replace(
                '"brief"', '"other"'
            ),
            "is a statement of .*brief.* in the store",
        ),
    ],
)
def test_what_is_not_whole_or_not_ours_is_refused(
    target: Store, tmp_path: Path, name: str, spoil: Callable[[str], str], message: str
) -> None:
    path = write(fill(Store.open(None)), tmp_path / name)
    path.write_text(spoil(path.read_text()))
    target.add(example.EXTRACTIONS[2])
    before = quads_of(target)
    with pytest.raises(StoreError, match=message) as caught:
        import_rdf(target, path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert quads_of(target) == before


@pytest.mark.parametrize(("name", "content", "message"), BAD[::3])
def test_a_bad_file_leaves_the_store_as_it_was(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with fill(Store.open(tmp_path / "db")) as store:
        before = quads_of(store)
        with pytest.raises(GraphkitError, match=message) as caught:
            import_rdf(store, tmp_path / name)
        assert "\n" not in str(caught.value)
        assert quads_of(store) == before
    assert names(tmp_path) == ["db", name]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no file of RDF by its ending"):
        import_rdf(Store.open(None), tmp_path / "x.csv")


@settings(max_examples=10, deadline=None)
@given(
    order=st.permutations(range(len(example.EXTRACTIONS))),
    first=st.sets(st.integers(0, len(example.EXTRACTIONS) - 1)),
    name=st.sampled_from(["x.nq", "x.jsonld", "x.ttl"]),
)
def test_stores_of_any_parts_make_one_of_all(order: list[int], first: set[int], name: str) -> None:
    one, other, target = (Store.open(None) for _ in range(3))
    for number in order:
        (one if number in first else other).add(example.EXTRACTIONS[number])
    with tempfile.TemporaryDirectory() as folder:
        for part in (one, other):
            if part.articles():
                import_rdf(target, write(part, Path(folder, name)))
    assert quads_of(target) == quads_of(stored(*example.EXTRACTIONS))
