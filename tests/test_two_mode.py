"""The network counts statements, keeps the stances apart and says where each edge comes from."""

import datetime
from dataclasses import replace

import networkx as nx
import pytest

from example import ACTORS, ARTICLES, CHARGE, STATEMENTS
from graphkit.export.two_mode import two_mode_network
from graphkit.statement import STANCES, Statement

NOVAK = ("actor: Łucja Novák", f"topic: {CHARGE}")


def _network(statements: tuple[Statement, ...] = STATEMENTS, **options: object) -> nx.DiGraph:
    return two_mode_network(statements, actors=ACTORS, articles=ARTICLES, **options)


def test_an_edge_counts_each_stance_of_its_pair() -> None:
    edge = _network().edges[NOVAK]
    assert {key: edge[key] for key in ("weight", *STANCES, "score")} == {
        "weight": 2,
        "supports": 1,
        "opposes": 1,
        "ambivalent": 0,
        "score": 0.0,
    }


def test_an_edge_carries_its_evidence() -> None:
    edge = _network().edges[NOVAK]
    found = [s for s in STATEMENTS if s.actor == "Łucja Novák" and s.topic == CHARGE]
    assert edge["statement_ids"] == "; ".join(statement.id for statement in found)
    assert (edge["first_date"], edge["last_date"]) == ("2024-03-04", "2024-03-18")
    assert edge["sources"] == "The Norwick Herald"
    assert edge["quote"] == "Novák now supports the congestion charge."  # the surest of the two


def test_an_article_without_a_source_is_named_by_its_id() -> None:
    assert _network().edges["actor: Norland", "topic: free trams"]["sources"] == "brief"


def test_an_edge_without_a_date_has_none() -> None:
    edge = _network().edges["actor: Norland", "topic: free trams"]
    assert edge["first_date"] is None
    assert edge["last_date"] is None


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_weights_are_positive_and_add_up_to_the_statements(layout: str) -> None:
    weights = [weight for _, _, weight in _network(layout=layout).edges(data="weight")]
    assert min(weights) >= 1
    assert sum(weights) == len(STATEMENTS)


def test_layout_stance_has_an_edge_for_each_stance() -> None:
    network = _network(layout="stance")
    assert set(network[NOVAK[0]][NOVAK[1]]) == {"supports", "opposes"}
    for _, _, stance, edge in network.edges(keys=True, data=True):
        assert edge["stance"] == stance
        assert edge[stance] == edge["weight"]


def test_a_clear_majority_names_the_edge_and_a_draw_is_divided() -> None:
    network = _network()
    assert network.edges[NOVAK]["stance"] == "divided"
    assert network.edges["actor: Drivers' Union", f"topic: {CHARGE}"]["stance"] == "opposes"


def test_supporting_and_opposing_edges_differ_in_colour() -> None:
    edges = _network(layout="stance")[NOVAK[0]][NOVAK[1]].values()
    assert len({(edge["r"], edge["g"], edge["b"]) for edge in edges}) == 2


def test_nodes_say_who_they_are_and_how_often_they_occur() -> None:
    node = _network().nodes["actor: Łucja Novák"]
    assert node["label"] == node["name"] == "Łucja Novák"
    assert (node["kind"], node["actor_type"], node["represents"]) == ("actor", "person", "Norwick")
    assert node["statements"] == 3
    assert node["size"] > _network().nodes["topic: Łucja Novák"]["size"]


def test_an_actor_that_is_a_topic_too_is_two_nodes() -> None:
    network = _network()
    assert network.nodes["topic: Łucja Novák"]["kind"] == "topic"
    assert network.nodes["topic: Łucja Novák"]["actor_type"] == "person"
    assert nx.is_bipartite(network)


def test_a_group_of_one_article_is_not_that_of_another() -> None:
    groups = [node for node in _network() if node.startswith("actor: some shopkeepers")]
    assert groups == ["actor: some shopkeepers (brief)", "actor: some shopkeepers (herald-1)"]


def test_a_long_quote_is_shortened_between_words() -> None:
    statement = replace(STATEMENTS[0], evidence="a longish word " * 50)
    quote = next(iter(_network((statement,)).edges.values()))["quote"]
    assert len(quote) <= 200
    assert quote.endswith("a longish word a ...")


@pytest.mark.parametrize("layout", ["pair", "stance"])
def test_the_order_of_the_statements_does_not_matter(layout: str) -> None:
    first, second = _network(layout=layout), _network(STATEMENTS[::-1], layout=layout)
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(data=True)) == list(second.edges(data=True))


def test_no_statements_make_an_empty_network() -> None:
    assert _network(()).number_of_nodes() == 0


def test_an_undated_statement_counts_as_the_oldest() -> None:
    early = replace(STATEMENTS[0], affiliation="Old Town", date=None)
    late = replace(STATEMENTS[0], date=datetime.date(2024, 3, 5))
    assert _network((late, early)).nodes["actor: Łucja Novák"]["represents"] == "Norwick"
