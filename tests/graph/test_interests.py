"""Interests: which statements they touch, which way, and how they combine."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.graph import Graph
from tests.cases.small_cases import case_of, kept, origin, relay

CLAIMS = [{"id": name, "text": name} for name in ("broad", "sign", "other", "part")]


def evidence(if_true: float = 0.8, if_false: float = 0.1) -> dict[str, Any]:
    return {
        "kind": "evidence",
        "claim": "broad",
        "sign": "sign",
        "if_true": if_true,
        "if_false": if_false,
    }


def ratio(
    said: dict[str, Any], *interests: tuple[object, str], links: list[dict[str, Any]] | None = None
) -> float:
    """The interest ratio of one statement of a source with some interests."""
    source = {
        "id": said["source"],
        "interests": [{"claims": claims, "stake": stake} for claims, stake in interests],
    }
    case = case_of(said, claims=CLAIMS, sources=[source], links=links or [])
    return kept(Graph.of(case))[said["id"]].interest


@pytest.mark.parametrize(
    ("stake", "affirming", "denying"),
    [
        ("gains", 1.7, 1 / 1.7),
        ("gains strongly", 3.0, 1 / 3),
        ("loses", 1 / 1.7, 1.7),
        ("loses strongly", 1 / 3, 3.0),
        ("says so whatever is true", 20.0, 20.0),
    ],
)
def test_a_stake_is_a_ratio_and_a_denial_turns_it(
    stake: str, affirming: float, denying: float
) -> None:
    denial = origin("u", "general", "broad", stance="denies")

    assert ratio(origin("u", "general", "broad"), ("broad", stake)) == pytest.approx(affirming)
    assert ratio(denial, ("broad", stake)) == pytest.approx(denying)


def test_words_that_turn_what_is_said_turn_the_interest() -> None:
    doubt = origin("u", "general", "broad", wording="unlikely")

    assert ratio(doubt, ("broad", "gains strongly")) == pytest.approx(1 / 3)


def test_an_interest_in_everything_touches_every_claim() -> None:
    assert ratio(origin("u", "general", "other"), ("all", "gains")) == 1.7


def test_an_interest_in_another_claim_touches_nothing() -> None:
    assert ratio(origin("u", "general", "other"), ("broad", "gains")) == 1.0


def test_an_interest_touches_the_signs_of_its_claim() -> None:
    assert ratio(origin("u", "s", "sign"), ("broad", "gains"), links=[evidence()]) == 1.7


def test_an_interest_in_a_sign_does_not_touch_the_broader_claim() -> None:
    assert ratio(origin("u", "s", "broad"), ("sign", "gains"), links=[evidence()]) == 1.0


def test_a_sign_that_is_likelier_when_the_claim_is_false_counts_the_other_way() -> None:
    against = [evidence(0.1, 0.8)]

    assert ratio(origin("u", "s", "sign"), ("broad", "gains"), links=against) == pytest.approx(
        1 / 1.7
    )


def test_an_interest_touches_what_implies_its_claim_through_any_chain_of_links() -> None:
    links = [
        evidence(0.1, 0.8),
        {"kind": "implies", "claim": "part", "implies": "other"},
        {"kind": "implies", "claim": "other", "implies": "sign"},
    ]

    assert ratio(origin("u", "s", "part"), ("broad", "loses"), links=links) == pytest.approx(1.7)


def test_an_interest_does_not_touch_what_contradicts_its_claim() -> None:
    links = [{"kind": "contradicts", "claims": ["broad", "other"]}]

    assert ratio(origin("u", "s", "other"), ("broad", "gains"), links=links) == 1.0


def test_several_interests_combine_as_several_statements_do() -> None:
    said = origin("u", "s", "broad")

    assert ratio(said, ("broad", "gains"), ("broad", "gains strongly")) == 3.0
    assert ratio(said, ("broad", "gains strongly"), ("all", "loses")) == pytest.approx(3 / 1.7)
    assert ratio(said, ("broad", "loses"), ("all", "loses strongly")) == pytest.approx(1 / 3)


def test_a_claim_that_counts_both_ways_cancels() -> None:
    links = [evidence(0.1, 0.8), {"kind": "implies", "claim": "sign", "implies": "broad"}]

    assert ratio(origin("u", "s", "sign"), ("broad", "gains"), links=links) == pytest.approx(1.0)


def test_a_relay_is_touched_like_an_origin() -> None:
    graph = Graph.of(
        case_of(
            origin("word", "pilot", stance="denies"),
            relay("story", "paper", "word"),
            sources=[
                {"id": "paper", "interests": [{"claims": "x", "stake": "gains"}]},
            ],
        )
    )

    assert kept(graph)["story"].interest == pytest.approx(1 / 1.7)
    assert kept(graph)["word"].interest == 1.0


def test_what_an_attribution_states_overrides_the_interests_of_its_source() -> None:
    said = origin("u", "general", "broad", interest=1.2)

    assert ratio(said, ("broad", "gains strongly")) == 1.2


def test_an_interest_that_touches_no_statement_is_idle() -> None:
    graph = Graph.of(
        case_of(
            origin("u", "general", "other"),
            claims=CLAIMS,
            sources=[
                {
                    "id": "general",
                    "interests": [
                        {"claims": ["broad", "sign"], "stake": "gains"},
                        {"claims": "other", "stake": "loses"},
                    ],
                },
                {"id": "silent", "interests": [{"claims": "all", "stake": "gains"}]},
            ],
        )
    )

    assert [(each.source, each.claims) for each in graph.idle_interests] == [
        ("general", ("broad", "sign")),
        ("silent", ()),
    ]


def test_an_interest_that_an_attribution_overrides_is_not_idle() -> None:
    graph = Graph.of(
        case_of(
            origin("u", "general", interest=1.2),
            sources=[{"id": "general", "interests": [{"claims": "x", "stake": "gains"}]}],
        )
    )

    assert graph.idle_interests == ()
