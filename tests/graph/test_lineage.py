"""Where what is said comes from: chains, origins and their groups, outlets, shared relays."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given

from provenance.casefiles import load_case
from provenance.errors import UnknownName
from provenance.graph import Graph, Lineage
from tests.cases.small_cases import case_of, origin, relay
from tests.cases.strategies import cases

SHIPPED_AND_SAILED = {
    "kind": "evidence",
    "claim": "shipped",
    "sign": "sailed",
    "if_true": 0.8,
    "if_false": 0.1,
}


def echo() -> Graph:
    """Two people on a ship, heard through an agency and one paper."""
    return Graph.of(
        case_of(
            origin("log", "pilot", basis="firsthand"),
            origin("word", "clerk"),
            relay("wire", "agency", ["log", "word"]),
            relay("story", "paper", "wire"),
            relay("column", "paper", "word"),
        )
    )


# ---------------------------------------------------------------- chains


def test_a_chain_leads_from_an_origin_to_what_is_in_hand() -> None:
    assert [chain.ids for chain in echo().chains("x")] == [
        ("log", "wire>log", "story>wire>log"),
        ("word", "wire>word", "story>wire>word"),
        ("word", "column"),
    ]


def test_a_chain_names_its_sources() -> None:
    assert echo().chains("x")[0].sources == ("pilot", "agency", "paper")


def test_a_chain_says_for_or_against() -> None:
    graph = Graph.of(
        case_of(
            origin("log", "pilot"),
            relay("story", "paper", "log"),
            origin("denial", "ministry", stance="denies"),
        )
    )

    assert [chain.direction for chain in graph.chains("x")] == [1, -1]


def test_chains_are_cut_off_at_a_number_and_all_of_them_are_counted() -> None:
    graph = echo()

    assert len(graph.chains("x", most=2)) == 2
    assert graph.lineage("x").routes == 3


def test_chains_together_have_at_most_a_hundred_times_as_many_statements() -> None:
    long = [origin("a0", "s0"), *(relay(f"a{n}", f"s{n % 7}", f"a{n - 1}") for n in range(1, 101))]
    graph = Graph.of(case_of(*long))

    assert graph.chains("x", most=1) == ()
    assert len(graph.chains("x", most=2)[0].ids) == 101
    assert graph.lineage("x").routes == 1


def test_a_claim_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnknownName, match="did you mean 'x'"):
        echo().lineage("xx")


# ---------------------------------------------------------------- origins


def test_mentions_origins_and_outlets_are_counted() -> None:
    lineage = echo().lineage("x")

    assert lineage.mentions == ("log", "word", "wire", "story", "column")
    assert (lineage.mentions_for, lineage.mentions_against) == (5, 0)
    assert lineage.groups == 2
    assert lineage.outlets == ("paper",)


def test_a_repeated_statement_is_a_mention_and_no_further_origin() -> None:
    lineage = Graph.of(case_of(origin("a", "pilot"), origin("b", "pilot"))).lineage("x")

    assert lineage.mentions == ("a", "b")
    assert lineage.independent_origins == 1


def test_what_is_ignored_is_not_mentioned() -> None:
    lineage = Graph.of(
        case_of(origin("a", "pilot"), origin("b", "clerk", basis="inference"))
    ).lineage("x")

    assert lineage.mentions == ("a",)


def test_origins_of_one_source_are_one_group() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot", "shipped"),
            origin("b", "pilot", "sailed"),
            links=[SHIPPED_AND_SAILED],
        )
    )

    assert graph.lineage("shipped").independent_origins == 1


def test_a_declaration_of_the_same_voice_joins_origins() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            origin("b", "clerk", same_voice_as={"attribution": "a", "probability": 0.1}),
        )
    )

    assert graph.lineage("x").independent_origins == 1


def test_a_declaration_that_they_cannot_be_one_voice_joins_nothing() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            origin("b", "clerk", same_voice_as={"attribution": "a", "probability": 0}),
        )
    )

    assert graph.lineage("x").independent_origins == 2


def test_an_origin_that_may_be_a_relay_is_joined_with_the_origin_of_that() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            relay("story", "paper", "a"),
            origin("b", "clerk", same_voice_as={"attribution": "story", "probability": 0.1}),
        )
    )

    assert graph.lineage("x").independent_origins == 1


def test_two_relays_that_may_be_one_voice_still_pass_on_two_origins() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            origin("b", "clerk"),
            relay("story", "paper", "a"),
            relay("echo", "daily", "b", same_voice_as={"attribution": "story", "probability": 0.1}),
        )
    )

    assert graph.lineage("x").independent_origins == 2


def test_only_judged_origins_are_counted_as_independent() -> None:
    graph = Graph.of(
        case_of(origin("a", "pilot"), origin("b", "someone"), sources=[{"id": "someone"}])
    )

    assert graph.lineage("x").independent_origins == 1
    assert graph.lineage("x").groups == 2


def test_hearsay_goes_back_to_an_origin_that_is_not_judged() -> None:
    lineage = Graph.of(case_of(origin("a", "pilot", basis="secondhand"))).lineage("x")

    assert (lineage.independent_origins, lineage.groups) == (0, 1)


# ---------------------------------------------------------------- for and against


def sides(lineage: Lineage) -> tuple[int, int]:
    return lineage.independent_origins, lineage.opposing_origins


def test_a_denial_counts_against() -> None:
    graph = Graph.of(case_of(origin("a", "pilot"), origin("b", "ministry", stance="denies")))

    assert sides(graph.lineage("x")) == (1, 1)


def test_a_sign_counts_for_its_claim_and_a_claim_not_for_its_sign() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot", "sailed"),
            origin("b", "clerk", "shipped"),
            links=[SHIPPED_AND_SAILED],
        )
    )

    assert sides(graph.lineage("shipped")) == (2, 0)
    assert sides(graph.lineage("sailed")) == (1, 0)


def test_a_sign_that_is_likelier_when_the_claim_is_false_counts_against_it() -> None:
    link = {**SHIPPED_AND_SAILED, "if_true": 0.1, "if_false": 0.8}
    graph = Graph.of(
        case_of(
            origin("a", "pilot", "sailed"), claims=[{"id": "shipped", "text": "s"}], links=[link]
        )
    )

    assert sides(graph.lineage("shipped")) == (0, 1)


def test_what_implies_a_claim_counts_for_it() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot", "x"),
            origin("b", "clerk", "y"),
            links=[{"kind": "implies", "claim": "x", "implies": "y"}],
        )
    )

    assert sides(graph.lineage("y")) == (2, 0)
    assert sides(graph.lineage("x")) == (1, 0)


def test_what_contradicts_a_claim_counts_against_it() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot", "x"),
            origin("b", "clerk", "y"),
            links=[{"kind": "contradicts", "claims": ["x", "y"]}],
        )
    )

    assert sides(graph.lineage("x")) == (1, 1)


def test_another_value_of_its_question_counts_against_a_claim() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "a"),
            origin("2", "clerk", "b"),
            origin("3", "sailor", "c", stance="denies"),
            questions=[{"id": "who", "text": "Who?", "claims": ["a", "b", "c"]}],
        )
    )

    # To deny the third value is to speak for the first.
    assert sides(graph.lineage("a")) == (2, 1)


def test_chains_of_links_are_followed() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "a"),
            claims=[{"id": name, "text": name} for name in "bcd"],
            links=[
                {"kind": "implies", "claim": "a", "implies": "b"},
                {"kind": "evidence", "claim": "c", "sign": "b", "if_true": 0.1, "if_false": 0.9},
                {"kind": "contradicts", "claims": ["c", "d"]},
            ],
        )
    )

    assert sides(graph.lineage("b")) == (1, 0)
    assert sides(graph.lineage("c")) == (0, 1)
    assert sides(graph.lineage("d")) == (1, 0)


def test_where_the_shortest_chains_of_links_disagree_an_origin_counts_both_ways() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "a"),
            claims=[{"id": name, "text": name} for name in "bcd"],
            links=[
                {"kind": "implies", "claim": "a", "implies": "b"},
                {"kind": "implies", "claim": "b", "implies": "d"},
                {"kind": "implies", "claim": "a", "implies": "c"},
                {"kind": "contradicts", "claims": ["c", "d"]},
            ],
        )
    )

    assert sides(graph.lineage("d")) == (1, 1)
    assert graph.chains("d")[0].direction == 0


def test_an_origin_that_reaches_us_only_as_disowned_counts_as_what_reaches_us() -> None:
    graph = Graph.of(case_of(origin("a", "pilot"), relay("b", "paper", "a", stance="disowns")))

    assert sides(graph.lineage("x")) == (0, 1)


def test_a_relay_that_disowns_what_is_in_hand_changes_nothing() -> None:
    graph = Graph.of(
        case_of(origin("a", "pilot", in_hand=True), relay("b", "paper", "a", stance="disowns"))
    )

    assert sides(graph.lineage("x")) == (1, 0)


# ---------------------------------------------------------------- routes


def test_a_source_on_every_route_is_shared() -> None:
    assert echo().lineage("x").shared == ("paper",)


def test_no_source_is_shared_where_nothing_is_heard() -> None:
    graph = Graph.of(case_of(origin("a", "pilot", basis="inference")))

    assert graph.lineage("x").shared == ()
    assert graph.lineage("x").one_outlet is None


def test_a_relay_that_all_routes_pass_is_shared() -> None:
    graph = Graph.of(
        case_of(
            origin("a", "pilot"),
            origin("b", "clerk"),
            relay("wire", "agency", ["a", "b"]),
            relay("story", "paper", "wire"),
            relay("echo", "daily", "wire"),
        )
    )

    assert graph.lineage("x").shared == ("agency",)
    assert graph.lineage("x").outlets == ("paper", "daily")


def test_one_outlet_is_named() -> None:
    assert echo().lineage("x").one_outlet == "paper"


@given(cases())
def test_shared_sources_are_those_on_every_single_chain(written: dict[str, Any]) -> None:
    case = load_case(written)
    graph = Graph.of(case)

    for claim in case.claims:
        chains = graph.chains(claim.id)

        expected = set.intersection(*(set(chain.sources) for chain in chains)) if chains else set()
        assert set(graph.lineage(claim.id).shared) == expected


# ---------------------------------------------------------------- lineage


def test_only_what_is_said_to_be_firsthand_has_a_known_lineage() -> None:
    assert echo().lineage("x").unknown_lineage == ("word",)


def separate(*attributions: dict[str, Any]) -> bool:
    return Graph.of(case_of(*attributions)).lineage("x").has_separate_routes


def test_two_firsthand_origins_by_different_outlets_have_separate_routes() -> None:
    assert separate(
        origin("a", "pilot", basis="firsthand"),
        origin("b", "clerk", basis="firsthand"),
        relay("story", "paper", "a"),
        relay("echo", "daily", "b"),
    )


def test_two_origins_through_one_outlet_have_no_separate_routes() -> None:
    assert not separate(
        origin("a", "pilot", basis="firsthand"),
        origin("b", "clerk", basis="firsthand"),
        relay("story", "paper", ["a", "b"]),
    )


def test_origins_of_unknown_lineage_have_no_separate_routes() -> None:
    assert not separate(origin("a", "pilot", basis="firsthand"), origin("b", "clerk"))


def test_an_outlet_that_is_itself_an_origin_is_no_separate_route() -> None:
    assert not separate(
        origin("a", "pilot", basis="firsthand"),
        origin("b", "paper", basis="firsthand"),
        relay("story", "paper", "a"),
    )


def test_a_further_route_through_a_shared_outlet_takes_nothing_away() -> None:
    assert separate(
        origin("a", "pilot", basis="firsthand"),
        origin("b", "clerk", basis="firsthand"),
        relay("story", "paper", "a"),
        relay("echo", "daily", ["a", "b"]),
    )


def test_two_denials_have_separate_routes_against_a_claim() -> None:
    lineage = Graph.of(
        case_of(
            origin("a", "pilot", basis="firsthand", stance="denies"),
            origin("b", "clerk", basis="firsthand", stance="denies"),
        )
    ).lineage("x")

    assert lineage.has_separate_routes_against
    assert not lineage.has_separate_routes


@given(cases())
def test_separate_routes_are_two_chains_without_a_common_source(written: dict[str, Any]) -> None:
    case = load_case(written)
    graph = Graph.of(case)

    for claim in case.claims:
        lineage = graph.lineage(claim.id)
        fit = {
            each.id: each.group
            for each in lineage.origins
            if each.supports and each.is_judged and each.lineage_known
        }
        # A direction of 0 speaks for the claim as well as against it.
        routes = [
            (fit[chain.ids[0]], set(chain.sources))
            for chain in graph.chains(claim.id)
            if chain.ids[0] in fit and chain.direction >= 0
        ]

        expected = any(
            one[0] != other[0] and not one[1] & other[1] for one, other in combinations(routes, 2)
        )
        assert lineage.has_separate_routes == expected


# ---------------------------------------------------------------- stories that share sources


def test_stories_that_share_a_source_are_joined_with_all_that_they_share() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "a"),
            origin("2", "pilot", "b"),
            origin("3", "clerk", "b"),
            origin("4", "clerk", "c"),
            origin("5", "sailor", "d"),
            relay("6", "paper", "5"),
        )
    )

    joined = graph.joined("a")

    assert [question.id for question in joined.questions] == ["a", "b", "c"]
    assert [each.id for each in joined.witnesses] == ["pilot", "clerk"]
    assert [each.id for each in joined.statements] == ["1", "2", "3", "4"]
    assert joined == graph.joined("c")


def test_a_story_that_shares_no_source_stays_itself() -> None:
    graph = Graph.of(case_of(origin("1", "pilot", "a"), origin("2", "clerk", "b")))

    assert graph.joined("a") == graph.story("a")


def test_links_resolutions_and_citations_move_with_their_story() -> None:
    graph = Graph.of(
        case_of(
            origin("1", "pilot", "a"),
            origin("2", "pilot", "sailed"),
            relay("3", "paper", "2", same_voice_as={"attribution": "2", "probability": 0.1}),
            claims=[
                {"id": "a", "text": "a"},
                {"id": "shipped", "text": "s", "resolved": {"value": True}},
            ],
            links=[SHIPPED_AND_SAILED],
        )
    )

    joined = graph.joined("shipped")

    places = joined.places
    assert (joined.links[0].first, joined.links[0].second) == (places["shipped"], places["sailed"])
    assert joined.resolved == ((places["shipped"], True),)
    assert joined.statements[2].question == places["sailed"].question
    assert (joined.statements[2].cites, joined.statements[2].voice) == (1, 1)
