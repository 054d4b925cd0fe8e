"""What bears on a claim: the shortest chains of links count, and contradictions among many are no slower."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import load_case
from provenance.bounds import within
from provenance.errors import TooCostly
from provenance.graph import Graph, Place
from provenance.graph.questions import Bearings, Spoken
from provenance.records import Case
from tests.cases.small_cases import case_of, origin
from tests.cases.strategies import cases


@st.composite
def linked(draw: st.DrawFn) -> Case:
    """Claims in contradictions of several, some of them signs of each other."""
    names = [f"c{n}" for n in range(draw(st.integers(3, 8)))]
    some = st.lists(st.sampled_from(names), min_size=2, max_size=5, unique=True)
    links: list[dict[str, object]] = [
        {"kind": "contradicts", "claims": draw(some)} for _ in range(draw(st.integers(1, 3)))
    ]
    # A claim is a sign of one other claim at most.
    for n in range(1, len(names)):
        if draw(st.booleans()):
            chances = draw(st.sampled_from([(0.9, 0.1), (0.1, 0.9)]))
            claim = names[draw(st.integers(0, n - 1))]
            links.append({"kind": "evidence", "claim": claim, "sign": names[n],
                          "if_true": chances[0], "if_false": chances[1]})  # fmt: skip
    signs = {link.get("sign") for link in links}
    answers = [name for name in names if name not in signs][: draw(st.sampled_from([0, 2, 3]))]
    questions = [{"id": "which", "text": "which", "claims": answers}] if len(answers) > 1 else []
    speaking = draw(st.lists(st.sampled_from(names), max_size=6))
    return case_of(
        *(origin(f"a{n}", f"s{n}", name) for n, name in enumerate(speaking)),
        claims=[{"id": name, "text": f"that {name}"} for name in names],
        links=links,
        questions=questions,
    )


def slowly(bearings: Bearings, claim: str) -> dict[Place, frozenset[int]]:
    """The same with every pair of a contradiction looked at by itself."""
    places, questions = bearings.matters.places, bearings.matters.questions
    found = {places[claim]: frozenset({1})}
    distance = {places[claim]: 0}
    waiting = deque(found)
    while waiting:
        place = waiting.popleft()
        name = questions[place.question].values[place.value]
        beside = [] if name is None else [(places[o], s) for o, s in bearings.signs.get(name, ())]
        for crowd in bearings.crowds if name is not None else ():
            beside += [(places[o], -1) for o in crowd if name in crowd and o != name]
        beside += [
            (Place(place.question, value), -1)
            for value in range(questions[place.question].size)
            if value != place.value
        ]
        for other, sign in beside:
            turned = frozenset(sign * each for each in found[place])
            if distance.setdefault(other, distance[place] + 1) != distance[place] + 1:
                continue
            if other not in found:
                waiting.append(other)
            found[other] = found.get(other, frozenset()) | turned
    return found


def ladder_said(*said: str) -> Case:
    """Sixty claims, each a sign of the one before, some of them said by one source."""
    ids = [f"c{n}" for n in range(60)]
    links = [{"kind": "evidence", "claim": one, "sign": other, "if_true": 0.9, "if_false": 0.1}
             for one, other in pairwise(ids)]  # fmt: skip
    claims = [{"id": name, "text": f"that {name}"} for name in ids]
    return case_of(*(origin(f"a-{name}", "s", name) for name in said), claims=claims, links=links)


@given(linked())
def test_what_bears_on_a_claim_is_what_pair_after_pair_would_find(case: Case) -> None:
    bearings = Graph.of(case).bearings

    for claim in case.claims:
        assert bearings.towards(claim.id) == slowly(bearings, claim.id)


@given(linked())
def test_what_is_spoken_of_is_found_for_all_claims_at_once_as_for_each(case: Case) -> None:
    bearings = Graph.of(case).bearings
    places = bearings.matters.places
    values = [places[name] for each in case.attributions for name in each.claims]

    spoken = Spoken(bearings, lambda: values)
    found = {claim.id: spoken.towards(claim.id) for claim in case.claims}

    for claim, towards in found.items():
        whole = slowly(bearings, claim)
        assert {each: towards.get(each) for each in values} == {
            each: whole.get(each) for each in values
        }


def test_of_all_claims_but_the_first_only_what_is_spoken_of_is_sought() -> None:
    graph = Graph.of(ladder_said("c3"))
    places = graph.bearings.matters.places
    spoken = Spoken(graph.bearings, lambda: [places["c3"]])

    first, second = spoken.towards("c0"), spoken.towards("c1")

    assert places["c2"] in first
    assert second == {places["c3"]: frozenset({1})}


def test_what_is_found_at_once_beyond_the_budget_is_found_from_each_claim() -> None:
    graph = Graph.of(ladder_said(*(f"c{n}" for n in range(60))))

    with within(10_000):
        graph.mentions("c57")
        found = graph.mentions("c58")

    assert found == (2, 1, 1)


@given(cases())
def test_mentions_are_counted_as_they_are_told(written: dict[str, Any]) -> None:
    case = load_case(written)
    graph = Graph.of(case)

    for claim in case.claims:
        told = graph.lineage(claim.id)
        counts = len(told.mentions), told.groups, len(told.outlets)
        assert graph.mentions(claim.id) == counts


def test_what_bears_on_a_claim_is_found_within_a_budget() -> None:
    graph = Graph.of(case_of(*(origin(f"a{n}", f"s{n}") for n in range(100))))

    with pytest.raises(TooCostly, match="finding what bears on a claim"), within(500):
        graph.lineage("x")
