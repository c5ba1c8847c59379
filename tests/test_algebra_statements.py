"""Our own statements make a table with the variables that are asked for."""

import datetime

import pytest

from example import ACTORS, ARTICLES, CHARGE, STATEMENTS, TRAMS
from graphkit.algebra.networks import compute_network
from graphkit.algebra.options import NetworkOptions
from graphkit.algebra.statements import VARIABLES, table_of
from graphkit.errors import NetworkError


def test_a_table_has_all_variables_or_those_asked_for() -> None:
    assert tuple(table_of(STATEMENTS).columns) == VARIABLES
    assert tuple(table_of(STATEMENTS, ["actor", "stance"]).columns) == ("actor", "stance")


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(NetworkError, match="No variable 'party'"):
        table_of(STATEMENTS, ["party"])


def test_the_two_mode_network_counts_all_statements() -> None:
    network = compute_network(table_of(STATEMENTS), NetworkOptions())
    assert network.statements == network.values.sum() == len(STATEMENTS)
    assert CHARGE in network.columns
    assert network.start == datetime.datetime(2024, 3, 4)


def test_a_group_of_one_article_is_not_that_of_the_next() -> None:
    network = compute_network(table_of(STATEMENTS, actors=ACTORS), NetworkOptions())
    named = [row for row in network.rows if row.startswith("some shopkeepers")]
    assert named == ["some shopkeepers (brief)", "some shopkeepers (herald-1)"]


def test_sources_are_variables_of_articles() -> None:
    table = table_of(STATEMENTS, articles=ARTICLES)
    network = compute_network(table, NetworkOptions(variable1="source"))
    assert network.rows == ("The Norwick Herald",)
    assert network.columns[-1] == "Łucja Novák"


def test_who_stands_with_whom() -> None:
    options = NetworkOptions(mode="one", aggregate="congruence", ambivalent="drop")
    network = compute_network(table_of(STATEMENTS), options)
    norland, novak = network.rows.index("Norland"), network.rows.index("Łucja Novák")
    # Both are for the charge and for free trams; Novák was against the charge before.
    assert network.values[norland, novak] == 2
    assert TRAMS not in network.rows
