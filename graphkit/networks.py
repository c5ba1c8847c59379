"""The networks of statements, for scripts and notebooks: `graphkit.network`."""

import datetime
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from numbers import Integral
from typing import Any, Literal, NamedTuple, Unpack, get_args, overload

from graphkit.algebra.matrix import LabelledMatrix
from graphkit.algebra.networks import iter_networks, rows_of
from graphkit.algebra.options import Filter, NamedOptions, NetworkOptions, named_options, window_of
from graphkit.algebra.statements import table_of
from graphkit.algebra.table import StatementTable
from graphkit.article import Article
from graphkit.errors import NetworkError
from graphkit.export.marks import mark_backbone
from graphkit.export.networks import place_and_measure
from graphkit.export.one_mode import add_cell_intervals, one_mode_graph
from graphkit.export.two_mode import Layout, two_mode_graph
from graphkit.measures.bootstrap import Bootstrap, Resample, add_intervals
from graphkit.periods import first_day, last_day
from graphkit.statement import Actor
from graphkit.statement_sources import Source, Told, read_source


class Options(NamedOptions, total=False):
    """What `network` takes by name, besides what it returns."""

    since: datetime.date | str | None
    until: datetime.date | str | None
    filters: Iterable[Filter]
    roll_up: bool
    layout: Layout
    bootstrap: int | None
    resample: Resample
    backbone: bool
    seed: int
    measures: bool
    actors: Iterable[Actor]
    articles: Iterable[Article]


class Period(NamedTuple):
    """The time of a window, in UTC: both ends belong to it."""

    start: datetime.datetime | None
    middle: datetime.datetime | None
    stop: datetime.datetime | None


_LAYOUTS: tuple[Layout, ...] = ("pair", "stance")
_RESAMPLES: tuple[Resample, ...] = get_args(Resample)
_OPTIONS = ("window", "as_matrix", *Options.__annotations__)


@overload
def network(
    statements: Source,
    *,
    window: None = None,
    as_matrix: Literal[False] = False,
    **options: Unpack[Options],
) -> Any: ...
@overload
def network(
    statements: Source,
    *,
    window: None = None,
    as_matrix: Literal[True],
    **options: Unpack[Options],
) -> LabelledMatrix: ...
@overload
def network(
    statements: Source,
    *,
    window: str,
    as_matrix: Literal[False] = False,
    **options: Unpack[Options],
) -> list[tuple[Period, Any]]: ...
@overload
def network(
    statements: Source,
    *,
    window: str,
    as_matrix: Literal[True],
    **options: Unpack[Options],
) -> list[tuple[Period, LabelledMatrix]]: ...
def network(
    statements: Source, *, window: str | None = None, as_matrix: bool = False, **options: Any
) -> Any:
    """Return the network of statements as a networkx graph, or as a labelled scipy matrix.

    `statements` are a `graphkit.Store` or its folder, a .jsonl or .csv file as ``graphkit export``
    writes them, a pandas or polars data frame, or `graphkit.Statement`s and dicts with their
    fields: actor, stance ("supports", "opposes", "ambivalent") and topic are needed, and with time
    the date.

    >>> said = [
    ...     {"actor": "Pilots", "stance": "supports", "topic": "tugs", "date": "2024-01-02"},
    ...     {"actor": "Town", "stance": "supports", "topic": "tugs", "date": "2024-01-03"},
    ...     {"actor": "Port", "stance": "opposes", "topic": "tugs", "date": "2024-01-05"},
    ... ]
    >>> graph = network(said)
    >>> graph.edges["actor: Port", "topic: tugs"]["stance"]
    'opposes'

    The options are those of ``graphkit export``, by the same names; docs/networks.md explains them:
    `mode` ("two", the default, "actors" or "topics"), `aggregate`, `normalize`, `ambivalent`,
    `duplicates`, `window` ("30 days"), `kernel`, `isolates`, `dna_compat`, `since`, `until` (days,
    or "2024-03"), `roll_up`, `layout`, `bootstrap` (how often to draw), `resample`, `backbone` and
    `seed`. `filters` are `graphkit.Filter`s.

    >>> allies = network(said, mode="actors", aggregate="subtract")
    >>> for one, other, tie in sorted(allies.edges(data=True), key=str):
    ...     print(one, "/", other, tie["value"], tie["relation"])
    actor: Pilots / actor: Port -1 conflict
    actor: Pilots / actor: Town 1 congruence
    actor: Port / actor: Town -1 conflict

    With `as_matrix` the network is a `graphkit.LabelledMatrix`: `values` is a scipy array with one
    row for each of `rows` and a column for each of `columns`.

    >>> matrix = network(said, as_matrix=True, aggregate="subtract")
    >>> matrix.rows, matrix.columns, matrix.values.toarray().tolist()
    (('Pilots', 'Port', 'Town'), ('tugs',), [[1.0], [-1.0], [1.0]])

    With a `window` there is a list of pairs, each a `Period` and the network in it.

    >>> [(str(period.middle.date()), len(each)) for period, each in network(said, window="2 days")]
    [('2024-01-03', 3), ('2024-01-04', 3)]

    Nodes and edges have the attributes that the exported files have; edges of two modes have the
    cell of the matrix as `value`, as those of one mode do. `measures=False` leaves out places,
    communities and centralities, which take most of the time. A store tells the types of actors,
    and the sources of articles; for other statements `actors` and `articles` can.

    Raise a `graphkit.GraphkitError` for an option that there is not, for options that do not go
    together and for what is no statement.

    >>> network(said, agregate="subtract")
    Traceback (most recent call last):
        ...
    graphkit.errors.NetworkError: No option 'agregate'. Did you mean aggregate?
    """
    _check_names(options)
    chosen = _chosen(window, options)
    _check_layout(chosen, options, as_matrix=as_matrix)
    _check_bootstrap(window, options, as_matrix=as_matrix)
    _check_number("seed", options.get("seed", 1))
    told = read_source(statements, roll_up=options.get("roll_up", False))
    told.actors.extend(_all_of(Actor, options, "actors"))
    told.articles.extend(_all_of(Article, options, "articles"))
    _check_documents(told, chosen)
    table = table_of(told.statements, chosen.variables, actors=told.actors, articles=told.articles)
    found = []
    for matrix in iter_networks(table, chosen):
        result = matrix if as_matrix else _graph(matrix, table, told, chosen, options)
        found.append((Period(matrix.start, matrix.middle, matrix.stop), result))
    return found[0][1] if window is None else found


def _graph(
    matrix: LabelledMatrix,
    table: StatementTable,
    told: Told,
    chosen: NetworkOptions,
    options: Mapping[str, Any],
) -> Any:
    rows = rows_of(table, chosen, matrix)
    members = [told.statements[origin] for origin in table.origins[rows].tolist()]
    if chosen.mode == "one":
        graph = one_mode_graph(matrix, (table, rows), told.statements, chosen, told.articles)
    else:
        layout: Layout = options.get("layout") or "pair"
        graph = two_mode_graph(matrix, members, told.actors, told.articles, layout=layout)
    seed = options.get("seed", 1)
    if bootstrap := _bootstrap(options):
        if chosen.mode == "one":
            add_cell_intervals(graph, matrix, (table, told.statements), chosen, bootstrap)
        else:
            add_intervals(graph, members, bootstrap, actors=told.actors)
    said = told.statements if chosen.mode == "one" and not chosen.window else members
    whole = replace(chosen, window=None)
    if options.get("backbone"):
        mark_backbone(graph, said, whole, told.actors, seed=seed)
    if options.get("measures", True):
        place_and_measure(graph, said, whole, told.actors, seed=seed)
    return graph


# --- the options --------------------------------------------------------------------------------


def _check_names(options: Mapping[str, Any]) -> None:
    for name in options:
        if name not in _OPTIONS:
            close = difflib.get_close_matches(name, _OPTIONS, n=3)
            told = f"Did you mean {' or '.join(close)}?" if close else ", ".join(_OPTIONS) + "."
            raise NetworkError(f"No option '{name}'. {told}")


def _chosen(window: str | None, options: Mapping[str, Any]) -> NetworkOptions:
    named = {name: options[name] for name in NamedOptions.__annotations__ if name in options}
    kernel = named.pop("kernel", None)
    if kernel and window is None:
        raise NetworkError("A kernel weights what is in a window: give a window, too.")
    return named_options(
        named.pop("mode", "two"),
        window=None if window is None else window_of(str(window), kernel),
        since=_day(options.get("since"), first_day),
        until=_day(options.get("until"), last_day),
        filters=tuple(_all_of(Filter, options, "filters")),
        **named,
    )


def _all_of[Item](kind: type[Item], options: Mapping[str, Any], name: str) -> list[Item]:
    """Return the items of an option that is a list of them."""
    try:
        items = list(options.get(name) or ())
    except TypeError as error:  # one alone
        raise NetworkError(f"{name} are a list: give [graphkit.{kind.__name__}(...)].") from error
    if wrong := [one for one in items if not isinstance(one, kind)]:
        raise NetworkError(f"{wrong[0]!r} is no graphkit.{kind.__name__}.")
    return items


def _day(given: Any, read: Callable[[str], datetime.date]) -> datetime.date | None:
    if given is None or isinstance(given, datetime.date):
        return given
    return read(str(given))


def _bootstrap(options: Mapping[str, Any]) -> Bootstrap | None:
    draws = options.get("bootstrap")
    resample = options.get("resample", "confidence")
    return Bootstrap(draws, resample, options.get("seed", 1)) if draws else None


def _check_bootstrap(window: str | None, options: Mapping[str, Any], *, as_matrix: bool) -> None:
    draws, resample = options.get("bootstrap"), options.get("resample")
    if resample and draws is None:
        raise NetworkError("resample says how to draw: say how often with bootstrap.")
    if resample and resample not in _RESAMPLES:
        raise NetworkError(f"No resample '{resample}': there are {', '.join(_RESAMPLES)}.")
    if draws is None:
        return
    _check_number("bootstrap", draws)
    if draws < 1:
        raise NetworkError(f"A bootstrap draws at least once, and not {draws} times.")
    if as_matrix:
        raise NetworkError("A bootstrap is for graphs, whose edges have intervals.")
    if window:
        raise NetworkError("A bootstrap is for the whole time: leave the window out.")


def _check_number(name: str, given: Any) -> None:
    is_number = isinstance(given, Integral) and not isinstance(given, bool)
    if not is_number or int(given) < 0:
        raise NetworkError(f"{name} is a whole number from 0 on, and not {given!r}.")


def _check_layout(chosen: NetworkOptions, options: Mapping[str, Any], *, as_matrix: bool) -> None:
    layout = options.get("layout")
    if layout is None:
        return
    if layout not in _LAYOUTS:
        raise NetworkError(f"No layout '{layout}': there are {', '.join(_LAYOUTS)}.")
    if as_matrix or chosen.mode == "one":
        raise NetworkError("A layout is for the graph of actors and topics.")


def _check_documents(told: Told, chosen: NetworkOptions) -> None:
    """Refuse to take statements for duplicates of which nobody knows what they are part of."""
    if chosen.duplicates in {"keep", "range"}:
        return
    for each in told.statements:
        if not each.article and (chosen.duplicates == "document" or each.date is None):
            raise NetworkError(f"Duplicates per {chosen.duplicates}: '{each.id}' needs an article.")
