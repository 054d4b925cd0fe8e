"""From the case to the answer: `weigh` agrees with a slow twin that was written from the text alone."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings

from provenance.assessment import Assessment, weigh
from provenance.casefiles import load_case
from provenance.errors import ImpossibleEvidence
from tests.twins.answer_twin import (
    Asked,
    Impossible,
    ask,
    at_prior,
    bits,
    counts,
    effective_prior,
    if_independent,
    if_one_voice,
    origin_weights,
    potentials,
    probability_of,
    statement_bits,
)
from tests.twins.drawn_cases import Drawn, asked_cases
from tests.twins.interval_twin import doubts_of, interval, opinion, shares

CLOSE = 1e-9
BITS = 1e-7
"""Bits of near-certainties are only as good as their odds."""
WIDE = 0.004
"""The engine's own error in an end of an interval, in probability (model 4)."""

TURNED = ("questions", "open question", "contradicts", "disowns", "same voices", "wordings")
"""Where the two count origins differently, and the text leaves it open which is right."""

MORE = settings(max_examples=2 * settings().max_examples)
FEW = settings(max_examples=settings().max_examples // 2)


def both(drawn: Drawn) -> tuple[Assessment, Asked]:
    """The answer of the library, and the case as the twin asks it."""
    found = weigh(
        load_case(drawn.case),
        drawn.claim,
        as_of=drawn.as_of,
        coupling=drawn.coupling,
    )
    return found, ask(drawn.case, drawn.claim, **drawn.options)


def near(mine: float | None, theirs: float | None) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    return math.isclose(mine, theirs, rel_tol=BITS, abs_tol=BITS)


@MORE
@given(asked_cases())
def test_the_whole_way_from_a_case_to_a_probability_is_the_twins(drawn: Drawn) -> None:
    found, asked = both(drawn)

    assert found.probability == pytest.approx(drawn.probability, abs=CLOSE)
    assert found.prior == pytest.approx(effective_prior(asked), abs=CLOSE)
    assert found.if_one_voice == pytest.approx(if_one_voice(asked), abs=CLOSE)
    assert found.if_independent == pytest.approx(if_independent(asked), abs=CLOSE)


@given(asked_cases())
def test_every_statement_weighs_what_it_weighs_for_the_twin(drawn: Drawn) -> None:
    found, asked = both(drawn)
    assume(0.0 < found.probability < 1.0)

    theirs = statement_bits(asked)

    mine = {each.attribution: each.bits for each in found.statements}
    assert mine.keys() == theirs.keys()
    assert [name for name in mine if not near(mine[name], theirs[name])] == []
    assert near(found.bits, bits(asked)) or not 0.0 < found.prior < 1.0


@given(asked_cases())
def test_every_origin_weighs_what_it_weighs_for_the_twin(drawn: Drawn) -> None:
    found, asked = both(drawn)
    assume(0.0 < found.probability < 1.0)

    theirs = origin_weights(asked)

    mine = {frozenset(each.sources): each.bits for each in found.reasons}
    assert len(mine) == len(theirs)
    # The unnamed ones behind hearsay have names of their own.
    named = [each for each in theirs if not any(":" in source for source in each)]
    assert [each for each in named if not near(mine[each], theirs[each])] == []


@given(asked_cases(never=("resolved",)))
def test_another_prior_gives_what_it_gives_the_twin(drawn: Drawn) -> None:
    found, asked = both(drawn)
    assume(0.0 < found.prior < 1.0 and 0.0 < found.probability < 1.0)

    moved = [found.at_prior(p).probability for p in (0.05, 0.37)]

    assert moved == pytest.approx([at_prior(asked, p) for p in (0.05, 0.37)], abs=CLOSE)


@given(asked_cases(always=("unjudged",)))
def test_every_potential_is_the_twins(drawn: Drawn) -> None:
    found, asked = both(drawn)

    theirs = sorted(potentials(asked).values())

    assert sorted(found.potentials.values()) == pytest.approx(theirs, abs=CLOSE)


@given(asked_cases(never=TURNED))
def test_origins_are_counted_as_the_twin_counts_them(drawn: Drawn) -> None:
    found, asked = both(drawn)

    theirs = counts(asked)

    assert (found.independent_origins, found.established_origins, found.opposing_origins) == theirs


@FEW
@given(asked_cases(couplings=("story", "source")))
def test_the_interval_its_doubts_and_the_opinion_are_the_twins(drawn: Drawn) -> None:
    found, asked = both(drawn)
    doubts = doubts_of(asked)

    low, high = interval(asked, doubts)

    assert found.interval.low == pytest.approx(low, abs=WIDE)
    assert found.interval.high == pytest.approx(high, abs=WIDE)
    mine = {each.about: each.share for each in found.doubts}
    for about, share in shares(doubts).items():
        assert mine.get(about, 0.0) == pytest.approx(share, abs=0.02)
    belief = (found.opinion.belief, found.opinion.disbelief, found.opinion.uncertainty)
    assert belief == pytest.approx(opinion(asked, doubts)[:3], abs=0.02)
    assert found.opinion.base_rate == pytest.approx(opinion(asked, doubts)[3], abs=CLOSE)


@FEW
@given(asked_cases(couplings=("story",)))
def test_the_facts_that_confidence_rests_on_are_the_twins(drawn: Drawn) -> None:
    found, asked = both(drawn)
    assume(0.0 < found.prior < 1.0)

    facts = {each.name: each.value for each in found.confidence.basis}

    weight = bits(asked)
    assert near(facts["weight"], math.inf if weight is None else abs(weight))
    span = abs(if_independent(asked) - if_one_voice(asked))
    assert facts["span"] == pytest.approx(span, abs=CLOSE)
    assert facts["potentials"] == len(potentials(asked))
    away = weight is not None and (weight > 0) != (found.prior > 0.5)
    prior = math.log2(found.prior / (1.0 - found.prior))
    assert facts["against_prior"] == float(
        away and abs(prior) > BITS and abs(weight or 0.0) > BITS and abs(weight or 0.0) < abs(prior)
    )


def test_who_says_less_without_what_it_relayed_comes_first_among_equals() -> None:
    """Without s2, whom s0 relays, s0 says as little as s1, and stands before it in their line."""
    case = {
        "version": 1,
        "claims": [{"id": "v0", "text": "that v0"}, {"id": "v1", "text": "that v1"}],
        "questions": [{"id": "q", "text": "which of them", "claims": ["v0", "v1"]}],
        "sources": [
            {"id": "s0", "reliability": 0.9},
            {"id": "s1", "reliability": 0.9},
            {"id": "s2", "reliability": 0.75},
        ],
        "attributions": [
            {"id": "a0", "source": "s0", "claim": "v0"},
            {"id": "a1", "source": "s2", "claim": "v0"},
            {"id": "b0", "source": "s1", "cites": "a0"},
            {"id": "b1", "source": "s0", "cites": "a1"},
            {"id": "a2", "source": "s1", "claim": "v1", "stance": "denies"},
            {"id": "b3", "source": "s2", "cites": "a3"},
            {"id": "a3", "source": "s0", "claim": "v1"},
            {"id": "a4", "source": "s0", "claim": "v0"},
        ],
    }

    mine = {frozenset(each.sources): each.bits for each in weigh(load_case(case), "v0").reasons}

    assert mine == pytest.approx(origin_weights(ask(case, "v0")), abs=BITS)


IMPOSSIBLE = {
    "version": 1,
    "claims": [{"id": "x", "text": "that x", "prior": 0.3}],
    "sources": [{"id": "one", "reliability": 1}, {"id": "other", "reliability": 1}],
    "attributions": [
        {"id": "yes", "source": "one", "claim": "x", "basis": "firsthand"},
        {"id": "no", "source": "other", "claim": "x", "stance": "denies", "basis": "firsthand"},
    ],
}


def test_what_cannot_be_is_impossible_for_both() -> None:
    with pytest.raises(ImpossibleEvidence):
        weigh(load_case(IMPOSSIBLE), "x")

    with pytest.raises(Impossible):
        probability_of(ask(IMPOSSIBLE, "x"))
