"""An answer with one source judged otherwise is the same as one that is worked out anew."""

from __future__ import annotations

import math
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import Case, load_case
from provenance.bounds import affordable, within
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooEntangled
from provenance.graph import Graph
from provenance.inference import Replays, Structure, asked, evaluate, sums_of
from provenance.scales import Degree
from tests.cases.strategies import cases


def replays_of(case: Case, claim: str) -> Replays:
    graph = Graph.of(case)
    place = graph.place(claim)
    story = asked(graph.story(claim), place)
    structure = Structure.of(story, place.question)
    evaluation = evaluate(structure, story)
    return Replays(evaluation, sums_of(evaluation, place.value), place)


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-11)


@given(cases(), st.sampled_from((0.0, 0.3, 0.5, 1.0)), st.data())
def test_judging_one_source_otherwise_gives_what_weighing_anew_gives(
    written: dict[str, Any], reliability: float, data: st.DataObject
) -> None:
    case = load_case(written)
    claim = data.draw(st.sampled_from([each.id for each in case.claims]))
    try:
        replays = replays_of(case, claim)
    except (ImpossibleEvidence, IncompatiblePriors, TooEntangled):
        return

    for index, witness in enumerate(replays.evaluation.story.witnesses):
        tried = attrs.evolve(witness, reliability=Degree(reliability))
        found, anew = replays.judged(index, tried), replays.anew(index, tried, 1.0)

        assert close(found.log_odds, anew.log_odds)
        assert found.log_odds is None or close(found.log_total, anew.log_total)


def hearsay(voices: int) -> Case:
    return load_case(
        {
            "version": 1,
            "claims": [{"id": "c", "text": "It is so", "prior": 0.3}],
            "sources": [{"id": f"s{n}", "reliability": "C"} for n in range(voices)],
            "attributions": [
                {"id": f"a{n}", "source": f"s{n}", "claim": "c", "basis": "secondhand"}
                for n in range(voices)
            ],
        }
    )


def cost_of_one_more(voices: int) -> int:
    replays = replays_of(hearsay(voices), "c")
    number, witness = next(
        (n, each)
        for n, each in enumerate(replays.evaluation.story.witnesses)
        if each.reliability is None
    )
    assert replays.evaluation.tape.result  # worked out once for all
    other = attrs.evolve(witness, reliability=Degree(0.4))
    replays.judged(number, other)  # what is worked out once for all
    with within(10**9):
        before = affordable()
        replays.judged(number, attrs.evolve(witness, reliability=Degree(0.5)))
        after = affordable()
    assert before is not None
    assert after is not None
    return before - after


@pytest.mark.parametrize("voices", [20, 200])
def test_a_source_behind_hearsay_is_judged_without_weighing_the_others_again(voices: int) -> None:
    assert cost_of_one_more(voices) < 500
