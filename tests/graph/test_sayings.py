"""What attributions say through what they cite, held to following every route by itself."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given

from provenance import load_case
from provenance.bounds import within
from provenance.errors import TooCostly
from provenance.graph import (
    Graph,
    Said,
    Sayings,
    Taken,
    taken_from,
    turns_round,
    upstream_first,
    what_is_said,
)
from provenance.records import Attribution, Case
from tests.cases.strategies import cases


def case_of(*attributions: dict[str, Any], claims: int = 3) -> Case:
    return load_case({
        "version": 1,
        "claims": [{"id": f"c{n}", "text": f"that {n}"} for n in range(claims)],
        "sources": [{"id": "s"}, {"id": "t"}],
        "attributions": [*attributions],
    })  # fmt: skip


def followed(case: Case) -> dict[str, set[Said]]:
    """Every route to every claim, one after another, back to where it has been on this route."""
    owner = {name: each for each in case.attributions for name in each.names}
    sizes = {claim.id: 2 for claim in case.claims}
    for question in case.questions:
        sizes.update(dict.fromkeys(question.claims, question.size))

    def heard(each: Attribution, name: str, side: bool, seen: frozenset[tuple[str, bool]]) -> Any:
        """What an attribution says under a name, turned as often as those who pass it on turn it."""
        part = name.partition("/")[2]
        found = []
        for claim in () if each.is_silence else each.claims:
            if not part or part == claim:
                turned = turns_round(each, sizes[claim])
                found.append((claim, turned))
        for cited in each.cited:
            if (cited, side) not in seen:
                for claim, inner in heard(owner[cited], cited, side, seen | {(cited, side)}):
                    found.append((claim, inner != turns_round(each, sizes[claim])))
        return found

    return {
        each.id: {Said(claim, not turned) for claim, turned in heard(each, each.id, True, frozenset())}
        for each in case.attributions
    }  # fmt: skip


@given(cases().map(load_case))
def test_what_is_said_is_what_every_route_brings(case: Case) -> None:
    assert {name: set(said) for name, said in what_is_said(case).items()} == followed(case)


@given(cases().map(load_case))
def test_the_claims_that_pass_through_are_counted_without_being_listed(case: Case) -> None:
    assume(not Graph.of(case).circles)
    said = what_is_said(case)

    listed = sum(len({each.claim for each in found}) for found in said.values())
    assert Sayings(case).count == listed


@given(cases().map(load_case))
def test_what_is_cited_comes_before_those_who_cite_it(case: Case) -> None:
    assume(not Graph.of(case).circles)
    place = {each.id: number for number, each in enumerate(upstream_first(case))}
    owner = {name: each.id for each in case.attributions for name in each.names}

    assert sorted(place) == sorted(each.id for each in case.attributions)
    for each in case.attributions:
        for name in each.cited:
            assert place[owner[name]] < place[each.id]


@given(cases().map(load_case))
def test_an_attribution_is_about_the_stories_of_what_it_says_or_is_silent_on(case: Case) -> None:
    graph, said = Graph.of(case), what_is_said(case)

    for each in case.attributions:
        claims = {*each.claims, *(one.claim for one in said[each.id])}
        assert graph.stories_about(each.id) == {graph.story_of[claim] for claim in claims}


def test_the_part_that_is_taken_is_named_where_it_is_not_the_whole() -> None:
    case = case_of(
        {"id": "list", "source": "s", "claim": ["c0", "c1", "c2"]},
        {"id": "part", "source": "t", "cites": ["list/c2", "list/c0"]},
        {"id": "whole", "source": "t", "cites": "list"},
        {"id": "each", "source": "t", "cites": ["list/c0", "list/c1", "list/c2"]},
    )

    taken = taken_from(case)

    assert taken["list"] == ()
    assert taken["part"] == (Taken("list", True, ("c2", "c0")),)
    assert taken["whole"] == taken["each"] == (Taken("list", True),)


def test_one_claim_of_a_list_is_passed_on_alone() -> None:
    case = case_of(
        {"id": "list", "source": "s", "claim": ["c0", "c1"]},
        {"id": "part", "source": "t", "cites": "list/c1"},
        {"id": "whole", "source": "t", "cites": "list"},
    )

    said = what_is_said(case)

    assert said["part"] == (Said("c1", True),)
    assert said["whole"] == (Said("c0", True), Said("c1", True))
    assert Sayings(case).count == 5


def test_a_circle_is_followed_until_it_comes_back() -> None:
    case = case_of(
        {"id": "a", "source": "s", "claim": "c0"},
        {"id": "b", "source": "t", "cites": ["a", "c"]},
        {"id": "c", "source": "s", "cites": "b"},
    )

    assert what_is_said(case)["c"] == (Said("c0", True),)
    assert [each.id for each in upstream_first(case)] == ["a", "c", "b"]


def test_what_would_take_too_long_to_follow_is_refused() -> None:
    case = case_of(
        {"id": "a0", "source": "s", "claim": [f"c{n}" for n in range(30)]},
        *({"id": f"a{n}", "source": "t", "cites": f"a{n - 1}"} for n in range(1, 30)),
        claims=30,
    )

    with within(20 * 900):
        assert len(what_is_said(case)) == 30
    with within(20 * 900 - 1), pytest.raises(TooCostly, match="through all who pass it on"):
        what_is_said(case)
