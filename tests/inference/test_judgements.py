"""An answer with one source judged otherwise is the same as one that is worked out anew."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance import Case, load_case, weigh, weigh_all
from provenance.bounds import affordable, within
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooEntangled
from provenance.graph import Graph
from provenance.inference import Judgements, Response, Structure, asked, evaluate, sums_of
from provenance.scales import Degree
from tests.cases.small_cases import case_of, origin
from tests.cases.strategies import cases

SOURCES = [{"id": name, "reliability": "C"} for name in "st"]


def judgements_of(case: Case, claim: str, question: int | None = None) -> Judgements:
    """Judgements about a claim, read off a sum that was made for its question or for another one."""
    graph = Graph.of(case)
    place = graph.place(claim)
    story = asked(graph.story(claim), place)
    structure = Structure.of(story, place.question if question is None else question)
    evaluation = evaluate(structure, story)
    sums = sums_of(evaluation, place.value, question=place.question)
    return Judgements(evaluation, sums, place)


def close(one: Response | None, other: Response | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = ((one.log_odds, other.log_odds), (one.log_total, other.log_total))
    return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-11) for a, b in pairs)


@given(cases(), st.sampled_from((0.0, 0.3, 0.5, 1.0)), st.data())
def test_judging_one_source_otherwise_gives_what_weighing_anew_gives(
    written: dict[str, Any], reliability: float, data: st.DataObject
) -> None:
    case = load_case(written)
    claim = data.draw(st.sampled_from([each.id for each in case.claims]))
    questions = len(Graph.of(case).story(claim).questions)
    try:
        judgements = judgements_of(case, claim, data.draw(st.integers(0, questions - 1)))
    except (ImpossibleEvidence, IncompatiblePriors, TooEntangled):
        return

    for index, witness in enumerate(judgements.evaluation.story.witnesses):
        tried = attrs.evolve(witness, reliability=Degree(reliability))
        assert close(judgements.judged(index, tried), judgements.anew(index, tried))


def test_one_of_many_who_are_nearly_sure_is_judged_otherwise_without_weighing_anew() -> None:
    # Thirty times some thirty bits are more than a double holds.
    sources = [{"id": f"s{n}", "reliability": 1.0 - 1e-11} for n in range(30)]
    said = [origin(f"a{n}", f"s{n}", "c", basis="firsthand") for n in range(30)]
    judgements = judgements_of(case_of(*said, sources=sources), "c")
    tried = attrs.evolve(judgements.evaluation.story.witnesses[3], reliability=Degree(0.2))

    found = judgements.judged(3, tried)

    assert not judgements.sums.can_vary
    assert judgements.variation is not None
    assert close(found, judgements.anew(3, tried))


def test_who_says_many_things_of_which_one_is_true_may_be_judged_otherwise() -> None:
    # What one source tells of sixty claims is worth some e^1,000 more with another grade.
    claims = [{"id": f"c{n}", "text": f"that {n}"} for n in range(60)]
    links = [{"kind": "contradicts", "claims": [each["id"] for each in claims]}]
    said = [origin(f"{s}{n}", s, f"c{n}") for s in "st" for n in range(60)]
    case = case_of(*said, sources=SOURCES, claims=claims, links=links)
    judgements = judgements_of(case, "c0")
    tried = attrs.evolve(judgements.evaluation.story.witnesses[0], reliability=Degree(0.05))

    assert close(judgements.judged(0, tried), judgements.anew(0, tried))


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
    judgements = judgements_of(hearsay(voices), "c")
    number, witness = next(
        (n, each)
        for n, each in enumerate(judgements.evaluation.story.witnesses)
        if each.reliability is None
    )
    assert judgements.evaluation.tape.result  # worked out once for all
    other = attrs.evolve(witness, reliability=Degree(0.4))
    judgements.judged(number, other)  # what is worked out once for all
    with within(10**9):
        before = affordable()
        judgements.judged(number, attrs.evolve(witness, reliability=Degree(0.5)))
        after = affordable()
    assert before is not None
    assert after is not None
    return before - after


@pytest.mark.parametrize("voices", [20, 200])
def test_a_source_behind_hearsay_is_judged_without_weighing_the_others_again(voices: int) -> None:
    assert cost_of_one_more(voices) < 500


@pytest.mark.parametrize("claim", ["a", "b", "c"])
def test_an_unjudged_source_could_change_a_claim_as_far_beside_others_as_alone(claim: str) -> None:
    ladder = [
        {"kind": "evidence", "claim": claim, "sign": sign, "if_true": 0.8, "if_false": 0.1}
        for claim, sign in pairwise("abc")
    ]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": name, "text": f"that {name}"} for name in "abc"],
            "sources": [{"id": "s"}],
            "attributions": [{"id": name, "source": "s", "claim": name} for name in "bc"],
            "links": ladder,
        }
    )
    alone = weigh(case, claim, coupling="none")

    (beside,) = (each for each in weigh_all(case, coupling="none") if each.claim == claim)

    assert beside.potentials["s"] == pytest.approx(alone.potentials["s"], abs=1e-12)
