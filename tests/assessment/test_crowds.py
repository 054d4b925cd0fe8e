"""Contradictions among several claims: counted along a chain, and equal to all their pairs."""

from __future__ import annotations

import math
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.assessment import Change, Remove, weigh, what_if
from provenance.casefiles import load_case
from provenance.errors import IncompatiblePriors, TooEntangled
from provenance.graph import Graph, Story
from provenance.inference import weigh_story
from provenance.inference.factors import link_tables
from provenance.records import Case

STRENGTHS = st.sampled_from((1.0, 0.9, 0.5, 0.2))


def crowd(count: int, strength: float = 1.0, **priors: float) -> dict[str, Any]:
    """Claims that contradict each other, the first two affirmed by one source and another."""
    names = [f"c{number}" for number in range(count)]
    return {
        "version": 1,
        "claims": [
            {"id": name, "text": name} | ({"prior": priors[name]} if name in priors else {})
            for name in names
        ],
        "sources": [{"id": "b", "reliability": "B"}, {"id": "c", "reliability": "C"}],
        "attributions": [
            {"id": "of-b", "source": "b", "claim": "c0"},
            {"id": "of-c", "source": "c", "claim": ["c0", "c1"]},
        ],
        "links": [{"kind": "contradicts", "claims": names, "strength": strength}],
    }


def in_pairs(story: Story) -> Story:
    """The same story, every pair of a crowd as a link of its own."""
    return attrs.evolve(story, links=tuple(attrs.evolve(link, crowd=None) for link in story.links))


@st.composite
def crowds(draw: st.DrawFn) -> Case:
    """A crowd of three to seven claims, some with priors that leave room for the others."""
    count = draw(st.integers(3, 7))
    stated = draw(st.lists(st.integers(0, count - 1), unique=True))
    prior = st.floats(0.01, 0.8 / count)
    return load_case(
        crowd(count, draw(STRENGTHS), **{f"c{number}": draw(prior) for number in stated})
    )


@given(crowds())
def test_a_crowd_weighs_what_its_pairs_weigh(case: Case) -> None:
    story = Graph.of(case).story("c0")
    pairs = in_pairs(story)

    for claim in ("c0", "c1", "c2"):
        place = story.places[claim]
        one, other = weigh_story(story, place), weigh_story(pairs, place)
        assert one.probability == pytest.approx(other.probability, rel=1e-9)
        assert one.prior == pytest.approx(other.prior, rel=1e-9)
        assert (one.low, one.high) == pytest.approx((other.low, other.high), rel=1e-7)
        for (_, bits), (_, same) in zip(one.weights, other.weights, strict=True):
            assert bits == pytest.approx(same, abs=1e-9)


@given(st.integers(3, 8), STRENGTHS, st.integers(0, 255))
def test_the_tables_of_a_crowd_multiply_to_the_factors_of_its_pairs(
    count: int, strength: float, world: int
) -> None:
    """m claims that hold are m (m - 1) / 2 pairs."""
    story = Graph.of(load_case(crowd(count, strength))).story("c0")
    parts, counts = link_tables(story.links, story.questions, range(count))
    holds = [world >> number & 1 == 1 for number in range(count)]

    product, came = 1.0, 0
    for part in parts:
        (question,) = (each for each in part.scope if each >= 0)
        table = part.table(story.links[part.link], story.questions)
        start = (came * 2 + (0 if holds[question] else 1)) * part.after
        row = table[start : start + part.after]
        product *= max(row)
        came = max(range(part.after), key=lambda out, row=row: row[out])

    held = sum(holds)
    assert product == pytest.approx((1.0 - strength) ** (held * (held - 1) // 2))
    assert len(counts) == count - 1


@pytest.mark.parametrize("count", [25, 100])
def test_a_large_crowd_is_weighed_exactly(count: int) -> None:
    """Flat, one of n contradictory claims has odds 1 to n: it, or another, or none."""
    found = weigh(load_case(crowd(count)), "c5")

    assert not found.approximate
    assert found.prior == pytest.approx(1.0 / (count + 1))


def test_priors_in_a_large_crowd_hold() -> None:
    stated = {f"c{number}": 0.02 for number in range(30)}

    case = load_case(crowd(40, **stated))

    assert weigh(case, "c3").prior == pytest.approx(0.02, abs=1e-9)
    assert weigh(case, "c35").prior == pytest.approx(0.4 / 11)


def test_priors_of_a_crowd_that_sum_to_more_than_one_are_refused() -> None:
    stated = {f"c{number}": 0.1 for number in range(12)}

    with pytest.raises(IncompatiblePriors, match="answers of a question"):
        weigh(load_case(crowd(12, **stated)), "c0")


def test_a_contradiction_that_is_not_strict_among_very_many_is_refused() -> None:
    with pytest.raises(TooEntangled) as caught:
        weigh(load_case(crowd(80, 0.5)), "c0")

    assert caught.value.questions == tuple(f"c{number}" for number in range(80))


def test_potentials_that_swing_are_swept_one_by_one() -> None:
    """All at once they would overshoot: strong priors against strict links, nearly full."""
    stated = {f"c{number}": 0.24 for number in range(4)}

    found = weigh(load_case(crowd(4, **stated)), "c1")

    assert found.prior == pytest.approx(0.24, abs=1e-9)


@pytest.mark.parametrize("strength", [0.5, 1.0])
def test_a_strength_is_changed_as_if_written_so(strength: float) -> None:
    case = load_case(crowd(4, 0.9))

    found = what_if(case, "c0", Change("strength:0", strength))

    written = weigh(load_case(crowd(4, strength)), "c0")
    assert found.after.probability == pytest.approx(written.probability, rel=1e-12)


def test_without_its_link_a_crowd_is_claims_by_themselves() -> None:
    found = what_if(load_case(crowd(4)), "c3", Remove("link:0"))

    assert found.after.probability == 0.5
    assert math.isclose(found.before.prior, 0.2)
