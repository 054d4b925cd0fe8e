"""What bears on a claim: the shortest chains of links count, and contradictions among many are no slower."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.bounds import within
from provenance.errors import TooCostly
from provenance.graph import Graph, Place
from provenance.graph.questions import Bearings
from provenance.records import Case
from tests.cases.small_cases import case_of, origin


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
    return case_of(claims=[{"id": name, "text": f"that {name}"} for name in names], links=links)


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


@given(linked())
def test_what_bears_on_a_claim_is_what_pair_after_pair_would_find(case: Case) -> None:
    bearings = Graph.of(case).bearings

    for claim in case.claims:
        assert bearings.towards(claim.id) == slowly(bearings, claim.id)


def test_what_bears_on_a_claim_is_found_within_a_budget() -> None:
    graph = Graph.of(case_of(*(origin(f"a{n}", f"s{n}") for n in range(100))))

    with pytest.raises(TooCostly, match="finding what bears on a claim"), within(500):
        graph.lineage("x")
