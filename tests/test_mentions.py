"""The coreference scorer: marks, B-cubed, naming, and which cases are kept aside."""

import pytest

from graphkit.statement import Actor, ActorType
from mentions import Agreement, Answer, Case, agreement, cases, kept_aside, parsed, tuned, unmarked

ROW = {
    "kind": "test",
    "text": "[Ada](a) met [Rex](r). [She](a) said [it](-) rained.",
    "a": "Ada Holm|A. Holm; person; Sweden",
    "r": "Rex Bird; person",
}
ADA = Actor(name="Ada Holm", type="person", represents="Sweden")
REX = Actor(name="Rex Bird", type="person")


def answered(*found: Actor | None, case: Case | None = None) -> list[Answer]:
    """Answer the mentions of a case in text order."""
    one = case or parsed(ROW)
    pairs = zip(one.mentions, found, strict=True)
    return [Answer(one, span, key, (who,) if who else ()) for (span, key), who in pairs]


def scored(*found: Actor | None) -> Agreement:
    return agreement(answered(*found))


def test_marks_become_spans_of_the_bare_text() -> None:
    text, mentions = unmarked(ROW["text"])
    assert text == "Ada met Rex. She said it rained."
    assert [(text[start:end], key) for (start, end), key in mentions] == [
        ("Ada", "a"), ("Rex", "r"), ("She", "a"), ("it", "-"),
    ]  # fmt: skip


def test_the_right_actors_score_one() -> None:
    assert scored(ADA, REX, ADA, None) == Agreement(1.0, 1.0, 1.0)


def test_a_mention_resolved_to_nobody_costs_recall() -> None:
    found = scored(ADA, REX, None, None)
    assert found.precision == 1.0
    assert found.recall == pytest.approx((1 / 2 + 1) / 3)
    assert found.naming == pytest.approx(2 / 3)


def test_a_mention_of_nobody_that_is_resolved_costs_precision() -> None:
    found = scored(ADA, REX, ADA, ADA)
    assert found.precision == pytest.approx((2 / 3 + 1 + 2 / 3) / 4)
    assert found.recall == 1.0


def test_actors_put_together_cost_precision() -> None:
    found = scored(ADA, ADA, ADA, None)
    assert found.precision == pytest.approx((2 / 3 + 1 / 3 + 2 / 3) / 3)
    assert found.recall == 1.0
    assert found.f == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))


def test_nothing_found_scores_nothing() -> None:
    assert scored(None, None, None, None).f == 0.0


def test_mentions_of_two_texts_are_never_together() -> None:
    one, other = parsed(ROW), parsed({**ROW, "kind": "other"})
    both = [answer for case in (one, other) for answer in answered(ADA, REX, ADA, None, case=case)]
    assert agreement(both) == Agreement(1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("name", "type_", "represents", "is_right"),
    [
        ("Ada Holm", "person", "Sweden", True),
        ("a. holm", "person", "the Sweden", True),
        ("Ada", "person", "Sweden", False),
        ("Ada Holm", "group", "Sweden", False),
        ("Ada Holm", "person", "", False),
    ],
)
def test_a_name_is_right_with_its_type_and_principal(
    name: str, type_: ActorType, represents: str, is_right: bool
) -> None:
    answer = answered(Actor(name=name, type=type_, represents=represents), REX, ADA, None)[0]
    assert answer.is_named is is_right


def test_several_actors_are_named_together() -> None:
    case = parsed({"kind": "k", "text": "[They](ar) left.", "ar": "Rex Bird + Ada Holm"})
    ((span, key),) = case.mentions
    assert Answer(case, span, key, (ADA, REX)).is_named
    assert not Answer(case, span, key, (ADA,)).is_named


def test_every_third_case_is_kept_aside() -> None:
    given = cases()
    assert len(given) >= 90
    assert [given.index(case) for case in kept_aside(given)[:3]] == [2, 5, 8]
    assert len(tuned(given)) + len(kept_aside(given)) == len(given)


def test_each_actor_of_a_case_is_marked_and_typed() -> None:
    for case in cases():
        assert any(key != "-" for _, key in case.mentions), case.text
        for actor in case.actors.values():
            assert actor.types or any("+" in name for name in actor.names), case.text
