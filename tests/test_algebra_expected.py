"""The Discourse Network Analyzer's own matrices, cell for cell; not part of this repository."""

import datetime
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphkit.algebra.differences import differences
from graphkit.algebra.networks import iter_networks
from graphkit.algebra.options import Filter, NetworkOptions, Window
from graphkit.algebra.table import StatementTable
from graphkit.dna.reading import read_dna
from graphkit.dna.table import to_table

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval" / "networks"
NAMES = sorted(path.stem for path in (FOLDER / "expected").glob("*.json"))

pytestmark = pytest.mark.skipif(
    not NAMES, reason=f"the expected matrices are not there: {FOLDER.name}/expected"
)

DUPLICATES = {"acrossrange": "range"}
NORMALIZATIONS = {"no": "none"}


@pytest.fixture(scope="module")
def table() -> StatementTable:
    return to_table(read_dna(FOLDER / "rich.dna"))


def _options(given: Mapping[str, str], *, dna_compat: bool) -> NetworkOptions:
    return NetworkOptions(
        mode="two" if given["networkType"] == "twomode" else "one",
        variable1=_variable(given, "variable1", "organization"),
        variable2=_variable(given, "variable2", "concept"),
        qualifier=_variable(given, "qualifier", "agreement"),
        aggregate=given.get("qualifierAggregation", "ignore"),
        normalize=_renamed(given.get("normalization", "no"), NORMALIZATIONS),
        duplicates=_renamed(given.get("duplicates", "keep"), DUPLICATES),
        filters=tuple(_filters(given)),
        since=_date(given.get("start.date")),
        until=_date(given.get("stop.date")),
        isolates=given.get("isolates") == "true",
        window=_window(given),
        dna_compat=dna_compat,
    )


def _variable(given: Mapping[str, str], name: str, default: str) -> str:
    prefix = "document_" if given.get(f"{name}Document") == "true" else ""
    return prefix + given.get(name, default)


def _renamed(value: str, names: Mapping[str, str]) -> Any:
    return names.get(value, value)


def _filters(given: Mapping[str, str]) -> Iterator[Filter]:
    if "excludeSources" in given:
        values = frozenset(given["excludeSources"].split("||"))
        yield Filter("document_source", values, keeps=given.get("invertSources") == "true")
    if "excludeVariables" in given:
        names, values = (given[key].split("||") for key in ("excludeVariables", "excludeValues"))
        for name, value in zip(names, values, strict=True):
            yield Filter(name, frozenset({value}), keeps=given.get("invertValues") == "true")


def _date(text: str | None) -> datetime.date | None:
    return datetime.date(*map(int, reversed(text.split(".")))) if text else None


def _window(given: Mapping[str, str]) -> Window | None:
    if "timeWindow" not in given:
        return None
    unit: Any = given["timeWindow"].removesuffix("s")
    return Window(int(given["windowSize"]), unit, given.get("kernel"))  # type: ignore[arg-type]


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / "expected" / f"{name}.json").read_text("utf-8"))
    return content


def _compare(expected: dict[str, Any], table: StatementTable, options: NetworkOptions) -> None:
    networks = list(iter_networks(table, options))
    assert len(networks) == len(expected["matrices"])
    for network, matrix in zip(networks, expected["matrices"], strict=True):
        assert list(network.rows) == matrix["rows"]
        assert list(network.columns) == matrix["cols"]
        moments = [matrix[name] for name in ("start", "middle", "stop")]
        assert [network.start, network.middle, network.stop] == [
            datetime.datetime.fromisoformat(moment) for moment in moments
        ]
        if not options.kernel:  # there DNA says 0
            assert network.statements == matrix["numStatements"]
        shape = len(network.rows), len(network.columns)
        values = np.array(matrix["matrix"], float).reshape(shape)
        np.testing.assert_allclose(network.values.toarray(), values, rtol=1e-9, atol=1e-12)


def test_all_are_there() -> None:
    assert len(NAMES) == 143


@pytest.mark.parametrize("name", NAMES)
def test_compatible_networks_are_those_of_dna(name: str, table: StatementTable) -> None:
    expected = _read(name)
    _compare(expected, table, _options(expected["options"], dna_compat=True))


@pytest.mark.parametrize("name", NAMES)
def test_correct_networks_are_those_of_dna_where_no_difference_is_told(
    name: str, table: StatementTable
) -> None:
    expected = _read(name)
    options = _options(expected["options"], dna_compat=False)
    if differences(options, table.column(options.qualifier).kind):
        with pytest.raises(AssertionError):
            _compare(expected, table, options)
    else:
        _compare(expected, table, options)
