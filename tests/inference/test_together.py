"""Answers about several questions of a story, read off one sum, are those that each has by itself."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from provenance import load_case
from provenance.errors import ImpossibleEvidence, IncompatiblePriors, TooEntangled
from provenance.graph import Graph, Place, Story
from provenance.inference import Answer, reasons_of, weigh_places, weigh_story
from provenance.inference.answer import _log_odds_in
from tests.cases.strategies import cases


def told(answer: Answer) -> list[float]:
    """Every number that an answer tells, and how many there are of each kind."""
    kinds: list[list[float | None]] = [
        [answer.probability, *answer.interval, answer.if_one_voice, answer.if_independent],
        [each.bits for each in reasons_of(answer)],
        [bits for _, bits in answer.weights],
        [p for _, p in answer.potentials],
        [doubt.share for doubt in sorted(answer.doubts, key=lambda each: each.parameter)],
        [trust.posterior for trust in answer.trusts],
        [p for table in answer.questions for p in table],
        [p for _, table in answer.hidden for p in table],
    ]
    return [
        number
        for kind in kinds
        for number in (len(kind), *(math.nan if each is None else each for each in kind))
    ]


def assert_told_alike(story: Story) -> None:
    places = list(story.places.values())
    try:
        alone = [told(weigh_story(story, place)) for place in places]
    except (ImpossibleEvidence, IncompatiblePriors, TooEntangled):
        return

    beside = [told(answer) for answer in weigh_places(story, places)]

    for one, other in zip(alone, beside, strict=True):
        assert one == pytest.approx(other, rel=1e-9, abs=1e-9, nan_ok=True)


@given(cases())
def test_a_claim_is_told_the_same_beside_others_as_alone(written: dict[str, Any]) -> None:
    for story in Graph.of(load_case(written)).stories:
        assert_told_alike(story)


def ladder(claims: str, voices: int) -> Story:
    """Linked claims, about each of which several speak, one of whom nobody has judged."""
    sources = voices + 2
    said = [
        {"id": f"{name}{n}", "source": f"s{(n + place) % sources}", "claim": name}
        for place, name in enumerate(claims)
        for n in range(voices)
    ]
    case = load_case(
        {
            "version": 1,
            "claims": [{"id": name, "text": f"that {name}"} for name in claims],
            "sources": [{"id": "s0"}]
            + [{"id": f"s{n}", "reliability": "C"} for n in range(1, sources)],
            "attributions": said,
            "links": [
                {"kind": "evidence", "claim": one, "sign": other, "if_true": 0.8, "if_false": 0.3}
                for one, other in pairwise(claims)
            ],
        }
    )
    return Graph.of(case).stories[0]


@pytest.mark.parametrize(
    ("claims", "voices", "at_once"), [("ab", 12, False), ("abcdefgh", 2, True)]
)
def test_linked_claims_are_told_the_same_beside_each_other_as_alone(
    claims: str, voices: int, at_once: bool
) -> None:
    story = ladder(claims, voices)
    first, *others = weigh_places(story, list(story.places.values()))

    assert_told_alike(story)
    assert not first.shares_trials
    assert [each.shares_trials for each in others] == [at_once] * len(others)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((0.2, 0.3, 0.5), math.log(0.3 / 0.7)),
        ((2e-9, 3e-9, 5e-9), math.log(3 / 7)),
        # Beside what is taken for certain or ruled out, no digits are left.
        ((0.2, 0.0, 0.8), None),
        ((0.0, 1.0, 0.0), None),
        ((0.2, 1e-201, 0.8), None),
        ((0.2, 1e-199, 0.8), math.log(1e-199)),
    ],
)
def test_the_odds_of_one_answer_are_read_off_the_weights_of_all(
    weights: tuple[float, ...], expected: float | None
) -> None:
    found = _log_odds_in([(1.0,), weights], Place(1, 1))

    assert found == (None if expected is None else pytest.approx(expected))
