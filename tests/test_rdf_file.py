import gzip
import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from graphkit.curation_rdf import read_turtle as read_corrections
from graphkit.errors import CodebookError, CorrectionError, StoreError
from graphkit.rdf_file import FORMATS, format_of, open_rdf
from graphkit.skos_file import read_turtle
from graphkit.vocabulary import Iris

TRIPLE = b'<http://x.example/a> <http://x.example/b> "caf\xc3\xa9" .\n'
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:x="http://x.example/">{}</rdf:RDF>'
)
LONG = 17_000_000


def read(path: Path) -> Iterator[pyoxigraph.Quad]:
    with open_rdf(path) as stream:
        yield from pyoxigraph.parse(stream, format_of(path))  # type: ignore[arg-type]


def entities(*values: str) -> str:
    told = "\n".join(f'<!ENTITY e{n} "{value}">' for n, value in enumerate(values))
    return f"<!DOCTYPE rdf:RDF [\n{told}\n]>\n"


def described(text: str) -> str:
    return XML.format(
        f'<rdf:Description rdf:about="http://x.example/a"><x:b>{text}</x:b></rdf:Description>'
    )


LAUGHS = ["haha", *("".join([f"&e{n};"] * 10) for n in range(9))]
BAD = [
    ("x.nq", b"<a:a> <a:b> <a:c> .\nbroken\n", r"x\.nq:2: not N-Quads: "),
    ("x.nt", b"<a:a> <a:b> .\n", r"x\.nt:1: not N-Triples: "),
    ("x.ttl", b"@prefix a: <a:> .\na:a a:b ;; a:c .", r"x\.ttl:2: not Turtle: "),
    ("x.trig", b"<a:g> {\n<a:a> 'b' <a:c> }", r"x\.trig:2: not TriG: 'b' is not a valid pre"),
    ("x.jsonld", b'{"@id": "a:a",\n"a:b": ', r"x\.jsonld:2: not JSON-LD: "),
    ("x.rdf", b"<a>\n<b>\n</a>", r"x\.rdf:3: not RDF/XML: mismatched tag"),
    ("x.xml", XML.format("<x:a rdf:nodeID='1'/>").encode(), r"x\.xml: not RDF/XML: "),
    ("x.nq", b"<a> <a:b> <a:c> .\n", r"x\.nq:1: not N-Quads: an IRI is relative"),
    ("x.ttl", b"<a:a> <a:b>\n<c> .\n", r"x\.ttl:2: not Turtle: an IRI is relative"),
    ("x.ttl", TRIPLE.decode().encode("latin-1"), r"x\.ttl:1: not Turtle: Invalid UTF-8"),
    ("x.ttl", TRIPLE.decode().encode("utf-16"), r"x\.ttl:1: not Turtle: Invalid UTF-8"),
    ("x.nq", b"\0" * 100, r"x\.nq:1: not N-Quads: "),
    ("x.nt.gz", gzip.compress(TRIPLE * 10_000)[:-200], r"x\.nt\.gz is not whole"),
    ("x.nt.gz", TRIPLE, r"x\.nt\.gz is damaged, or was not made by gzip"),
    ("x.nt.gz", gzip.compress(b"\0" * 50_000_000), r"x\.nt\.gz:1: not N-Triples"),
    ("x.nq", b'<a:a> <a:b> "' + b"x" * LONG + b'" .', r"x\.nq has a text of more than 16 MB"),
    ("x.ttl", b'<a:a> <a:b> "' + b"x" * LONG + b'" .', r"x\.ttl has a text of more than 16 MB"),
    ("x.jsonld", b'{"a:b": "' + b"x" * LONG + b'"}', r"x\.jsonld has a text of more than 16 MB"),
    ("x.rdf", described("x" * LONG).encode(), r"x\.rdf has a text of more than 16 MB"),
    ("x.rdf", f"<a {'x' * LONG}='1'/>".encode(), r"x\.rdf:1: .*a tag or a comment is longer than"),
    ("x.rdf", (entities(*LAUGHS) + described("&e9;")).encode(), r"x\.rdf:6: .*'e4' stands for too"),
    ("x.rdf", (entities(*LAUGHS) + described("")).encode(), r"x\.rdf:6: .*'e4' stands for too"),
    (
        "x.rdf",
        (entities("x" * 9_000) + described("&e0;" * 10_000)).encode(),
        r"x\.rdf.*(16 MB|amplification)",
    ),
    (
        "x.rdf",
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>{described("&e;")}'.encode(),
        r"x\.rdf:1: .*the entity 'e' is elsewhere, where nothing is fetched from",
    ),
    ("x.rdf", XML.format("<x:a><x:b>" * 100_000).encode(), r"x\.rdf:1: .*500 elements"),
    (
        "x.jsonld",
        b'{"@context": "http://127.0.0.1:9/c", "@id": "a:a", "b": 1}',
        r"x\.jsonld: not JSON-LD: its @context is on the web, where nothing is fetched from",
    ),
    ("x.jsonld", b'{"@graph":[' * 100_000, r"x\.jsonld:1: not JSON-LD: "),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
def test_a_bad_file_is_told_in_one_line_and_soon(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(StoreError, match=re.escape(str(tmp_path)) + "/" + message) as caught:
        list(read(tmp_path / name))
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < len(str(tmp_path)) + 250
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@pytest.mark.parametrize("ending", ["", ".gz"])
@pytest.mark.parametrize("name", ["x.nq", "x.nt", "x.ttl", "x.trig"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_files_are_read_compressed_or_not(
    tmp_path: Path, name: str, ending: str, mark: bytes
) -> None:
    content = mark + TRIPLE
    (tmp_path / (name + ending)).write_bytes(gzip.compress(content) if ending else content)
    (quad,) = read(tmp_path / (name + ending))
    assert quad.object == pyoxigraph.Literal("café")


def test_xml_may_abbreviate_iris_with_entities(tmp_path: Path) -> None:
    content = entities("http://x.example/", "&e0;deep/") + described("&e1;a").replace(
        "http://x.example/a", "&e1;a"
    )
    (tmp_path / "x.owl").write_text(content)
    (quad,) = read(tmp_path / "x.owl")
    assert quad.subject == pyoxigraph.NamedNode("http://x.example/deep/a")


@pytest.mark.parametrize("name", [f"x{ending}" for ending in FORMATS if ending[1] in "ntj"])
def test_an_empty_file_has_no_triples(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"{}" if name.endswith("jsonld") else b"")
    assert list(read(tmp_path / name)) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"x\.ttl: No such file or directory\."):
        list(read(tmp_path / "x.ttl"))


def test_turtle_of_users_with_a_text_beyond_bounds_is_refused(tmp_path: Path) -> None:
    text = f'<a:a> <a:b> "{"x" * LONG}" .'
    (tmp_path / "x.ttl").write_text(text)
    with pytest.raises(CodebookError, match=r"x\.ttl has a text of more than 16 MB"):
        read_turtle(tmp_path / "x.ttl", "codebook", CodebookError)
    with pytest.raises(CorrectionError, match=r"x\.ttl has a text of more than 16 MB"):
        read_corrections(text, "x.ttl", Iris())
