"""The measures of a list of statements, with intervals that show how much they hang on doubts."""

from collections.abc import Iterable, Sequence

from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import table_of
from graphkit.evidence import local_names, name_of_actor
from graphkit.measures.bootstrap import Bootstrap, interval, iter_tables
from graphkit.measures.summary import Summary, measure_whole, summarize
from graphkit.measures.ties import ties_of
from graphkit.records import statement_order
from graphkit.statement import Actor, Statement

GROUPS = ("actor_type", "affiliation")
INTERVALS = (
    "congruence_density",
    "conflict_density",
    "polarization",
    "modularity",
    "ei_congruence",
    "ei_conflict",
)
"""The measures of the whole network that get an interval."""


def measure_statements(
    statements: Sequence[Statement],
    options: NetworkOptions,
    *,
    actors: Iterable[Actor] = (),
    groups: str = "actor_type",
    seed: int = 1,
) -> Summary:
    """Return the measures of the one-mode network of statements; see `summary.summarize`.

    `groups` is the one of GROUPS by which the E-I index tells actors apart; their latest one
    counts. Raise NetworkError for options that do not fit our statements.
    """
    actors = list(actors)
    table = table_of(statements, options.variables, actors=actors)
    own = groups_of(statements, actors, groups) if options.variable1 == "actor" else {}
    return summarize(ties_of(table, options), own, seed=seed)


def groups_of(
    statements: Iterable[Statement], actors: Iterable[Actor], name: str
) -> dict[str, str]:
    """Return the latest of one of GROUPS by the names that actors have in networks."""
    local = local_names(actors)
    ordered = sorted(statements, key=statement_order)
    known = ((name_of_actor(each, local), getattr(each, name)) for each in ordered)
    return {actor: group for actor, group in known if group}


def intervals_of(  # noqa: PLR0913  # those of `measure_statements`, and the draws
    statements: Sequence[Statement],
    options: NetworkOptions,
    *,
    bootstrap: Bootstrap,
    actors: Iterable[Actor] = (),
    groups: str = "actor_type",
    seed: int = 1,
) -> dict[str, list[float] | None]:
    """Return for each of INTERVALS between which values 95 % of the draws lie.

    None is where no draw has a value. By the confidence, they tell what doubts about the reading of
    articles do to a measure, and nothing about articles not read; see `Bootstrap`.
    """
    actors = list(actors)
    table = table_of(statements, options.variables, actors=actors)
    own = groups_of(statements, actors, groups) if options.variable1 == "actor" else {}
    found: dict[str, list[float]] = {name: [] for name in INTERVALS}
    for drawn in iter_tables(table, statements, bootstrap):
        whole = measure_whole(ties_of(drawn, options), own, seed=seed)
        for name in INTERVALS:
            if whole[name] is not None:
                found[name].append(whole[name])
    return {name: interval(values) for name, values in found.items()}
