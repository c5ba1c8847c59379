"""GEXF 1.3 for Gephi, with the days on which things were said, written without building a tree.

Own code, for networkx's writer knows no `kind`, which keeps parallel edges apart in Gephi, writes
the types of columns by their last value, and is slow; see scripts/benchmark_exports.py. The schema
is that of https://gexf.net/1.3/gexf.xsd.
"""

import datetime
import functools
import math
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from graphkit.export.columns import Line, Run, iter_edge_runs, iter_node_runs
from graphkit.export.graphml import kinds_of, node_ids
from graphkit.export.keys import Keys
from graphkit.export.xml_text import XmlText

XMLNS = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

_TYPES = {"int": "integer"}  # the others have the same name in GraphML and GEXF


def write_gexf(graph: Any, stream: BinaryIO, *, edge_kind: str = "") -> int:
    """Write a networkx `graph` and return how many characters XML forbids, and hence were removed.

    Values are written as in GraphML, but for those that have a place of their own: `label`, and
    where they are numbers that Gephi can take, `weight` of edges, `size`, `r` with `g` and `b`, and
    `x` with `y`. The dates in the list `dates` become spells, in which days that follow each other
    are one. `edge_kind` names the attribute that is the edge's kind. Raise ExportError for an
    attribute name that readers cannot keep.
    """
    text = XmlText()
    keys = Keys("node", text), Keys("edge", text)
    direction = "directed" if graph.is_directed() else "undirected"
    with tempfile.TemporaryFile() as body:  # what it declares stands first, and is known last
        has_spells = _write_body(graph, body, keys, edge_kind)
        time = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
        mode = time if has_spells else 'mode="static"'
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(f'<gexf xmlns="{XMLNS}" xmlns:viz="{VIZ}" version="1.3">\n'.encode())
        stream.write(f'  <graph defaultedgetype="{direction}" {mode}>\n'.encode())
        for own in keys:
            stream.writelines(line.encode() for line in _declarations(own))
        body.seek(0)
        shutil.copyfileobj(body, stream, 1 << 20)
    stream.write(b"  </graph>\n</gexf>\n")
    return text.removed


def _declarations(keys: Keys) -> Iterator[str]:
    yield f'    <attributes class="{keys.domain}">\n'
    for key in keys.found.values():
        type_ = _TYPES.get(key.type, key.type)
        yield f'      <attribute id="{key.id}" title="{key.name}" type="{type_}"/>\n'
    yield "    </attributes>\n"


def _write_body(graph: Any, body: Any, keys: tuple[Keys, Keys], edge_kind: str) -> bool:
    """Write nodes and edges, and say whether any of them has a spell."""
    text = keys[0].text
    ids = node_ids(graph, text)
    has_spells = False
    body.write(b"    <nodes>\n")
    for run in iter_node_runs(graph):
        line = Line()
        line.add_texts('      <node id="', [ids[node] for node in run.heads[0]], '"')
        has_spells |= _add_content(line, run, keys[0])
        line.add("</node>\n")
        body.write(line.write())
    body.write(b"    </nodes>\n    <edges>\n")
    number = 0
    for run in iter_edge_runs(graph):
        line = Line()
        line.add_texts('      <edge id="e', range(number, number + run.size), '"')
        line.add_texts(' source="', [ids[node] for node in run.heads[0]], '"')
        line.add_texts(' target="', [ids[node] for node in run.heads[1]], '"')
        if edge_kind:
            line.add_column(' kind="', kinds_of(run, edge_kind, text), '"')
        has_spells |= _add_content(line, run, keys[1])
        line.add("</edge>\n")
        body.write(line.write())
        number += run.size
    body.write(b"    </edges>\n")
    return has_spells


def _add_content(line: Line, run: Run, keys: Keys) -> bool:
    columns = dict(run.columns)
    if "label" in columns:
        line.add_column(' label="', kinds_of(run, "label", keys.text), '"')
        del columns["label"]
    if keys.domain == "edge" and _are_numbers(columns.get("weight")):
        line.add_texts(' weight="', columns.pop("weight"), '"')
    line.add(">")
    look = Line()
    _take_look(columns, look, keys.domain)
    _add_values(line, columns, keys)
    spells = list(map(_spells, columns.get("dates", ())))
    if spells:
        line.add_texts("", spells, "")
    line.add_all(look)
    return any(spells)


def _take_look(columns: dict[str, Any], look: Line, domain: str) -> None:
    """Move what viz has elements for from the columns to a line, in the order of the schema."""
    if _are_shades(columns.get(name) for name in "rgb"):
        for name, before in (("r", '<viz:color r="'), ("g", '" g="'), ("b", '" b="')):
            look.add_texts(before, columns.pop(name), "")
        look.add('" a="1.0"/>')
    if domain != "node":
        return
    if _are_numbers(columns.get("x")) and _are_numbers(columns.get("y")):
        look.add_texts('<viz:position x="', columns.pop("x"), '"')
        look.add_texts(' y="', columns.pop("y"), '" z="0.0"/>')
    if _are_numbers(columns.get("size")):
        look.add_texts('<viz:size value="', columns.pop("size"), '"/>')


def _are_numbers(values: Sequence[Any] | None) -> bool:
    """Say whether all are finite numbers, and none of them is missing."""
    if values is None or not set(map(type, values)) <= {int, float}:
        return False
    return all(map(math.isfinite, values))


def _are_shades(columns: Iterable[Sequence[Any] | None]) -> bool:
    return all(
        values is not None
        and set(map(type, values)) == {int}
        and 0 <= min(values) <= max(values) < 256
        for values in columns
    )


def _add_values(line: Line, columns: dict[Any, Any], keys: Keys) -> None:
    line.add("<attvalues>")
    for name, values in columns.items():
        key, column = keys.write(name, values)
        if key:
            line.add_column(f'<attvalue for="{key}" value="', column, '"/>')
    line.add("</attvalues>")


# --- time ---------------------------------------------------------------------------------------


def _spells(dates: Any) -> str:
    """Return a value as spells, or nothing where it is no list of dates alone."""
    if not isinstance(dates, (list, tuple, set, frozenset)):
        return ""
    try:
        return _spells_of(tuple(dates))
    except TypeError:  # a list in the list
        return ""


@functools.lru_cache(maxsize=1 << 14)  # the edges of one article have the same dates
def _spells_of(dates: tuple[Any, ...]) -> str:
    """Return spells, sorted and without overlap: both ends belong to it, so a day is one."""
    if not all(isinstance(date, datetime.date) for date in dates):
        return ""
    days = {date.date() if isinstance(date, datetime.datetime) else date for date in dates}
    spells: list[list[datetime.date]] = []
    for day in sorted(days):
        if spells and (day - spells[-1][1]).days == 1:
            spells[-1][1] = day
        else:
            spells.append([day, day])
    inside = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells)
    return f"<spells>{inside}</spells>" if inside else ""
