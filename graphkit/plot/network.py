"""The network: who stands with whom, or where on which topics, in camps that can be told apart."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import networkx as nx

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.appearance import DIVIDED
from graphkit.errors import ExportError
from graphkit.export.one_mode import one_mode_network
from graphkit.export.two_mode import two_mode_network
from graphkit.measures.polarization import polarization
from graphkit.measures.ties import ties_of
from graphkit.plot.debate import Debate, about, some_of, tip_of_evidence
from graphkit.plot.lettering import elided
from graphkit.plot.nodes import OUTLINE, Node, draw_nodes, place_nodes
from graphkit.plot.sheet import COLOURS, SMALL, Item, Sheet, Size
from graphkit.statement import STANCES
from graphkit.wording import counted

Mode = Literal["actors", "topics", "two"]

_CAMPS: Mapping[int, Item] = {
    1: {"shape": "circle", "fill": "#006b4e"},
    2: {"shape": "square", "fill": "#ecb9d6"},
    0: {"shape": "circle", "fill": "#ffffff"},
}
"""The looks of the two camps, a dark and a light one, and of whom no tie puts into either."""

_TOPIC: Item = {"shape": "diamond", "fill": "#f0e442"}
_LINES = {
    "congruence": (COLOURS["supports"], [1, 0]),
    "conflict": (COLOURS["opposes"], [5, 3]),
    "shared": ("#777777", [1, 0]),
    "supports": (COLOURS["supports"], [1, 0]),
    "opposes": (COLOURS["opposes"], [5, 3]),
    "ambivalent": (COLOURS["ambivalent"], [2, 2]),
    DIVIDED: (COLOURS[DIVIDED], [8, 3, 2, 3]),
}
"""The colours of ties, and their dashes, which grey print keeps apart."""

_STANCES: Mapping[str, str] = {name: name for name in STANCES} | {DIVIDED: "no stance prevails"}
_RELATIONS = {
    "actors": ("agree", "disagree", "speak on the same topics"),
    "topics": ("alike", "opposed", "share actors"),
}
"""What ties are called: topics do not agree, but people say the same of them."""

_TITLES = {
    "actors": "Who stands with whom",
    "topics": "Which topics go together",
    "two": "Who stands where on which topic",
}
_ALIKE = {
    "actors": ("Actors", "agreement", "disagreement", "on shared topics"),
    "topics": ("Topics", "equal stances", "opposite stances", "of shared actors"),
}
"""Who or what is tied, and by what."""

_FEW = 150  # ties that leave each other to be seen
_WIDTHS = 0.8, 5.0  # of the weakest and of the strongest tie, in pixels


def draw_network(  # noqa: PLR0913  # one for each thing that people choose
    debate: Debate,
    *,
    mode: Mode = "actors",
    options: NetworkOptions | None = None,
    actors: int = 40,
    topics: int = 20,
    ties: int = 200,
    title: str = "",
    size: Size | None = None,
) -> Sheet:
    """Draw the actors, or the topics, that agree and disagree most, or in mode "two" both kinds.

    `options` are those of the one-mode network; in mode "two" they only tell the camps. The
    strongest `ties` are drawn, and of each node its strongest. Raise ExportError if nothing is
    tied, or if there is no room for so many.
    """
    options = options or options_for(mode)
    shown = debate if mode == "two" else debate.on_shared(options.variable1)
    shown = shown if mode == "actors" else shown.on_most_discussed(topics)
    shown = shown if mode == "topics" else shown.of_most_active(actors)
    graph = _graph(shown, mode, options)
    alone = list(nx.isolates(graph))
    graph.remove_nodes_from(alone)
    if not graph:
        raise ExportError("Nobody is tied to anybody here: there is no network to draw.")
    sheet = Sheet(title or _TITLES[mode], [shown.caption, _about(mode, options)], size or Size())
    drawn = _strongest(graph, ties)
    sheet.note(*shown.notes, *_notes(graph, mode, len(alone), len(drawn)))
    if mode != "two" and options.aggregate != "subtract":
        sheet.note("Camps are those of agreement less disagreement, whichever ties are drawn.")
    looks = _looks(graph, mode, _camps(shown, options))
    words = _STANCES if mode == "two" else _words(mode, options)
    sheet.add_key([*_key_of_ties(graph, words), *_key_of_nodes(graph, looks)])
    nodes = place_nodes(sheet, graph, looks)
    _draw_ties(sheet, drawn, nodes, words)
    draw_nodes(sheet, nodes, _tips(shown, graph))
    return sheet


def options_for(mode: Mode, **chosen: Any) -> NetworkOptions:
    """Return the options of the network of a mode. Raise NetworkError for what does not fit."""
    first, second = ("topic", "actor") if mode == "topics" else ("actor", "topic")
    chosen = {"aggregate": "subtract", **chosen}
    return NetworkOptions(mode="one", variable1=first, variable2=second, **chosen)


def _graph(shown: Debate, mode: Mode, options: NetworkOptions) -> Any:
    if mode != "two":
        return one_mode_network(
            shown.statements, options, actors=shown.actors, articles=shown.articles
        )
    graph = two_mode_network(shown.statements, actors=shown.actors, articles=shown.articles)
    for *_, values in graph.edges(data=True):
        values["relation"] = values["stance"]
    return graph


def _about(mode: Mode, options: NetworkOptions) -> str:
    if mode == "two":
        return "A tie has the stance of most statements; a larger symbol has more statements."
    whose, alike, unlike, shared = _ALIKE[mode]
    kinds = {
        "subtract": f"{alike} less {unlike}",
        "congruence": alike,
        "conflict": unlike,
        "ignore": "the number of statements",
    }
    by = f"{kinds[options.aggregate]} {shared}"
    if options.normalize != "none":
        by += f" (normalized: {options.normalize})"
    return f"{whose} are tied by {by}; a larger symbol has more statements."


def _words(mode: Mode, options: NetworkOptions) -> dict[str, str]:
    """Return what the ties of a one-mode network are called."""
    alike, unlike, shared = _RELATIONS[mode]
    # Agreement or disagreement alone does not say which of both there is more of.
    mostly = "mostly " if options.aggregate == "subtract" else ""
    return {"congruence": mostly + alike, "conflict": mostly + unlike, "shared": shared}


def _strongest(graph: Any, limit: int) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Return the strongest ties, the weakest of them first, and of each node its strongest."""
    ranked = sorted(graph.edges(data=True), key=lambda tie: (-tie[2]["weight"], tie[0], tie[1]))
    kept: list[tuple[str, str, Mapping[str, Any]]] = []
    seen: set[str] = set()
    for number, tie in enumerate(ranked):
        if number < limit or not seen.issuperset(tie[:2]):
            kept.append(tie)
            seen.update(tie[:2])
    return kept[::-1]


def _notes(graph: Any, mode: Mode, alone: int, drawn: int) -> list[str]:
    notes = []
    if alone:
        what = counted(alone, "topic" if mode == "topics" else "actor")
        notes.append(f"Left out: {what} without a tie to any other.")
    if drawn < graph.number_of_edges():
        notes.append(
            f"Ties: {drawn} of {graph.number_of_edges()}, the strongest of all and of each node."
        )
    if mode != "two" and not nx.is_connected(graph):
        notes.append("Camps of parts that no tie connects cannot be compared, whatever the colour.")
    return notes


# --- looks --------------------------------------------------------------------------------------


def _camps(shown: Debate, options: NetworkOptions) -> dict[str, int]:
    """Return the camp, 1 or 2, of each node of a one-mode network, 0 if it has no tie."""
    ties = ties_of(table_of(shown.statements, options.variables, actors=shown.actors), options)
    names = (f"{options.variable1}: {name}" for name in ties.names)
    return dict(zip(names, polarization(ties).camps, strict=True))


def _looks(graph: Any, mode: Mode, camps: Mapping[str, int]) -> dict[str, Item]:
    return {
        node: _TOPIC if mode == "two" and values["kind"] == "topic" else _CAMPS[camps[node]]
        for node, values in graph.nodes(data=True)
    }


def _key_of_ties(graph: Any, words: Mapping[str, str]) -> list[tuple[str, Item]]:
    found = {values["relation"] for *_, values in graph.edges(data=True)}
    line = {"shape": "stroke", "size": 360, "strokeWidth": 2.5}
    return [
        (words[name], {**line, "stroke": colour, "strokeDash": dashes})
        for name, (colour, dashes) in _LINES.items()
        if name in found
    ]


def _key_of_nodes(graph: Any, looks: Mapping[str, Item]) -> list[tuple[str, Item]]:
    """Explain each look; a camp is called by its most active members."""
    entries = []
    for look in (*_CAMPS.values(), _TOPIC):
        members = [graph.nodes[node] for node in graph if looks[node] == look]
        if not members:
            continue
        text = f"camp with {_named(members)}"
        if look == _TOPIC:
            text = counted(len(members), "topic")
        elif look == _CAMPS[0]:
            text = f"in no camp: {len(members)}"
        entries.append((text, {**look, **OUTLINE, "size": 110}))
    return entries


def _named(members: Sequence[Mapping[str, Any]]) -> str:
    """Name the two with the most statements, and count the others."""
    ranked = sorted(members, key=lambda values: (-values["statements"], values["name"]))
    names = [elided(values["name"], 130, SMALL) for values in ranked[:2]]
    more = len(ranked) - len(names)
    return f"{', '.join(names)} and {more} more" if more else " and ".join(names)


# --- marks --------------------------------------------------------------------------------------


def _tips(shown: Debate, graph: Any) -> dict[str, Item]:
    groups = {"actor": shown.by_actor(), "topic": shown.by_topic()}
    tips = {}
    for node, values in graph.nodes(data=True):
        name = node.removeprefix(f"{values['kind']}: ")
        tips[node] = shown.tip(groups[values["kind"]][name], name)
    return tips


def _draw_ties(
    sheet: Sheet,
    ties: Sequence[tuple[str, str, Mapping[str, Any]]],
    nodes: Mapping[str, Node],
    words: Mapping[str, str],
) -> None:
    least, most = _WIDTHS
    heaviest = max(values["weight"] for *_, values in ties)
    items = []
    for source, target, values in ties:
        colour, dashes = _LINES[values["relation"]]
        ends = nodes[source], nodes[target]
        title = " – ".join(end.values["name"] for end in ends)
        said = "stance" if "stance" in values else "they"
        facts = {said: words[values["relation"]], **_numbers(values), **tip_of_evidence(values)}
        tip = {"title": title, **facts}
        items.append(
            {
                "x": ends[0].x,
                "y": ends[0].y,
                "x2": ends[1].x,
                "y2": ends[1].y,
                "stroke": colour,
                "strokeDash": dashes,
                "strokeWidth": least + (most - least) * values["weight"] / heaviest,
                "tip": tip,
                "about": about(tip),
            }
        )
    sheet.add("rule", items, strokeOpacity=0.6 if len(items) <= _FEW else 0.4)


def _numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the numbers of a tie, and what its ends share."""
    if "supports" in values:
        return {name: values[name] for name in STANCES if values[name]}
    shared = next(key for key in values if key.startswith("shared_"))
    number = values["value"]
    shown = number if isinstance(number, int) else round(number, 3)
    return {"value": shown, shared.replace("_", " "): some_of(values[shared])}
